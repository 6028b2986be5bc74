"""What is promised to who answers: each sentence as data, with the names of the tests that back it.

The same words stand before, under and after a pulse, and on the page about protection. What the protection
cannot do is told there, too (ADR 25).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models import Group, Round
from styrfart.climate.models.rounds import thresholds
from styrfart.shared.templatetags.words import in_words

CASTING = "tests/climate/test_casting.py::test_"
PROMISE = "tests/climate/test_promise.py::test_"
RAW = "tests/climate/test_raw_files.py::test_"
SENT = "tests/climate/test_answering_raw.py::test_"
KERNEL = "tests/kernel/test_release_examples.py::test_"
ORGANISATIONS = "tests/kernel/test_release_organisations.py::test_"
DRAFTS = "tests/climate/test_drafts.py::test_"


@dataclass(frozen=True)
class Sentence:
    """`text` may hold %(least)s and %(least_text)s, the thresholds of the round in words."""

    text: Promise
    backed_by: tuple[str, ...]

    def told(self, least: int, least_text: int) -> str:
        """The sentence as the reader meets it."""
        return str(self.text) % {"least": in_words(least), "least_text": in_words(least_text)}


NOBODY_SEES = Sentence(
    _("Ingen kan se vem som svarat vad."),
    (
        f"{CASTING}an_answer_is_a_sealed_ballot_and_a_used_link",
        f"{CASTING}an_answer_touches_no_row_of_the_person",
        f"{CASTING}the_database_does_not_hold_what_a_link_is_made_of",
        f"{PROMISE}no_column_leads_from_an_answer_to_a_person",
        f"{SENT}what_is_sent_leaves_no_trace_of_link_or_person_on_disk",
    ),
)
WITHOUT_NAME = Sentence(
    _("Ditt svar sparas utan namn, tid och ordning, och är förseglat tills pulsen har stängt."),
    (
        f"{PROMISE}nothing_that_is_stored_of_an_answer_says_who_or_when",
        f"{CASTING}every_ballot_of_scores_is_of_the_same_size",
        f"{CASTING}counting_adds_up_and_destroys_what_it_came_from",
        f"{CASTING}an_open_round_is_not_counted",
        f"{RAW}sqlite_holds_no_answer_in_plain_text_while_the_round_is_open",
        f"{RAW}postgresql_holds_no_answer_in_plain_text_while_the_round_is_open",
        f"{RAW}sqlite_all_answers_come_into_being_at_once_and_sorted",
    ),
)
WHO_ANSWERED = Sentence(
    _("Vem som har svarat visas aldrig för någon."),
    (
        f"{CASTING}the_database_does_not_hold_what_a_link_is_made_of",
        f"{PROMISE}nothing_joins_a_used_link_to_an_invitation",
        f"{SENT}a_signed_in_person_who_answers_is_nobody",
    ),
)
THRESHOLD = Sentence(
    _("Resultat visas bara för grupper med minst %(least)s svar, och den gränsen kan ingen sänka."),
    (
        f"{PROMISE}the_threshold_of_a_round_is_never_lowered",
        f"{KERNEL}a_unit_of_k_has_a_row_and_one_of_less_has_none",
        f"{ORGANISATIONS}no_combination_of_rows_and_cells_reaches_few_and_no_hidden_number_is_known",
        "tests/climate/test_attack.py::test_a_row_below_the_limit_is_found",
        "tests/climate/test_attack.py::test_a_group_that_comes_of_subtraction_is_found",
    ),
)
IN_WORDS = Sentence(
    _(
        "Det du skriver med egna ord sparas skilt från dina andra svar och visas, utan namn, "
        "om minst %(least_text)s har skrivit."
    ),
    (
        f"{PROMISE}a_text_is_stored_apart_from_the_other_answers",
        f"{KERNEL}distributions_and_free_text_have_the_higher_threshold",
        f"{PROMISE}the_threshold_of_a_round_is_never_lowered",
    ),
)
ON_YOUR_DEVICE = Sentence(
    _("Innan du skickar finns dina svar bara i din webbläsare."),
    (
        f"{DRAFTS}the_server_keeps_nothing_before_it_is_sent",
        f"{DRAFTS}sending_makes_the_device_forget",
    ),
)
VOLUNTARY = Sentence(
    _("Du väljer själv vilka frågor du svarar på."),
    ("tests/climate/test_answering.py::test_one_may_refuse_to_answer_every_question",),
)

WITH_NAME = Sentence(
    _("Dina svar visas med ditt namn i rapporten."),
    ("tests/climate/test_review.py::test_what_the_manager_and_their_manager_answered_stands_by_name",),
)
SEALED = Sentence(
    _("Tills rapporten ska visas är ditt svar förseglat, och ingen kan läsa det."),
    (
        f"{CASTING}an_open_round_is_not_counted",
        "tests/climate/test_launching.py::test_the_clock_opens_closes_counts_and_shows",
    ),
)

ALWAYS = (NOBODY_SEES, WITHOUT_NAME, WHO_ANSWERED, THRESHOLD, ON_YOUR_DEVICE, VOLUNTARY)
# In a 360 the manager and their own manager answer by name, and are told so before.
BY_NAME = (WITH_NAME, SEALED, ON_YOUR_DEVICE, VOLUNTARY)
EVERY = (NOBODY_SEES, WITHOUT_NAME, WHO_ANSWERED, THRESHOLD, IN_WORDS, ON_YOUR_DEVICE, VOLUNTARY)

# What it costs, and whom it does not protect from, in plain words (ADR 25).
LIMITS = (
    _(
        "Den som styr över själva servern kan bryta skyddet fram till att en puls visas: genom att läsa både "
        "databasen och nyckeln till pulsen, eller genom att ändra programmet. Inget program kan skydda mot "
        "den som styr datorn det körs på."
    ),
    _(
        "Svaren räknas samma morgon som de visas. Då förstörs nyckeln, och det som sparas är svaren i de "
        "grupper som visas. Därefter kan ingen få fram mer än så, inte ens ur en äldre säkerhetskopia."
    ),
    _("Försvinner nyckeln innan svaren är räknade går pulsen förlorad, och den får göras om."),
    _(
        "Ingen kan i efterhand ta reda på om just ditt svar kom fram. Det säger bara kvittot, och länken som "
        "inte går att använda igen."
    ),
    _(
        "Påminnelsen går bara till dem som inte har svarat. Den som sköter e-posten kan se vilka som "
        "fick den."
    ),
    _("Den som sköter nätverket kan se att en dator har öppnat sidan, men inte vad som svarades."),
    _("Den som har din länk kan svara i ditt ställe. Skicka den inte vidare."),
    _(
        "Den som skriver ut lappar med koder kan svara med dem i stället för att dela ut dem. Lapparna är "
        "aldrig fler än de som saknar e-post, och loggen visar vem som gjorde dem."
    ),
    _(
        "Det du skriver med egna ord visas som du skrev det. Den som känner igen det du berättar kan gissa "
        "vem du är."
    ),
)


def sentences(asked: Round, rater: str = "") -> tuple[str, ...]:
    """What whoever answers this round is told, its thresholds in words; the first is the promise in short.

    `rater`: in a review, which kind of rater is told.
    """
    told: tuple[Sentence, ...] = EVERY if asked.text_questions else ALWAYS
    if rater in {Group.Rater.SELF, Group.Rater.MANAGER}:
        told = BY_NAME
    return tuple(each.told(asked.least, asked.least_text) for each in told)


def everything() -> tuple[str, ...]:
    """Every sentence, with the thresholds that a new round of this installation is launched with."""
    return tuple(each.told(*thresholds()) for each in EVERY)


def limits() -> tuple[str, ...]:
    """What the protection does not do."""
    return tuple(str(each) for each in LIMITS)
