"""What a rule is called by, others call something else: subjects lend words to the rules that name them."""

from collections import Counter

import pytest

from styrfart.kernel.swedish import words
from styrfart.kernel.triage import Asked, Confidence, Destination, Mandate, ReasonKind, Rule, prepare
from styrfart.kernel.triage.hearing import named
from styrfart.kernel.triage.subjects import SUBJECTS
from styrfart.kernel.triage.vocabulary import key
from tests.kernel.desk import NO_SCHEME, NORTH, ask, one_rule


def _asked(question: str, mandate: Mandate, **given: object) -> int | None:
    return ask(question, mandate=mandate, scheme=NO_SCHEME, touched=(NORTH,), **given).rule  # type: ignore[arg-type]  # as `ask` takes them


@pytest.mark.parametrize(
    ("concerns", "question"),
    [
        ("Anställning och ledighet", "Kan vi tillsätta tjänsten efter Marit?"),
        ("Bemanning", "Ska tjänsten ligga vakant?"),
        ("Ledighet", "Får Ove vara tjänstledig?"),
        ("Arbetsmiljö", "Två i gruppen mår dåligt, vad gör vi?"),
        ("Verksamhetsplan och budget", "Vi går minus i år, vad gör vi?"),
        ("Remisser", "Yttrar vi oss över grannkommunens översiktsplan?"),
        ("Omorganisation", "Ska vi slå ihop två enheter?"),
        ("Inköp", "Får vi åka på konferens?"),
        ("Upphandling", "Kan vi förlänga avtalet?"),
        ("Press", "Ska vi låta oss intervjuas?"),
        ("Krisberedskap", "Bombhot i morse, vad gör vi?"),
        ("Lex Sarah", "Fel medicin gavs i natt"),
    ],
)
def test_a_rule_hears_what_its_subject_is_also_called(concerns: str, question: str) -> None:
    assert _asked(question, one_rule(concerns)) == 1
    assert _asked(question, one_rule("Pumpar och slussar")) is None


def test_the_reason_quotes_the_rules_own_word_and_the_matters() -> None:
    proposal = ask(
        "Kan vi tillsätta tjänsten?", mandate=one_rule("Anställning"), scheme=NO_SCHEME, touched=(NORTH,)
    )
    reason = proposal.reasons[0]

    assert reason.kind is ReasonKind.RULE_WORDS
    assert dict(reason.values) == {
        "rule": 1,
        "words": ("anställning",),
        "found": ("tillsätta tjänsten",),
        "lent": True,
    }


def test_the_rules_own_words_and_those_of_its_subject_are_told_apart() -> None:
    mandate = one_rule("Bemanning", words=("jour",))
    reasons = ask(
        "Tjänsten är vakant, hur blir jouren?", mandate=mandate, scheme=NO_SCHEME, touched=(NORTH,)
    ).reasons

    told = [dict(reason.values) for reason in reasons if reason.kind is ReasonKind.RULE_WORDS]
    assert told == [
        {"rule": 1, "words": ("jour",), "found": ("jouren",), "lent": False},
        {"rule": 1, "words": ("bemanning",), "found": ("vakant",), "lent": True},
    ]


def test_a_hint_of_the_rules_own_goes_before_what_a_subject_lends_another() -> None:
    mandate = Mandate(
        (
            Rule(1, "Inköp", Destination.MEETING),
            Rule(2, "Annat", Destination.LINE, words=("skåpbil",)),
        )
    )
    considered = ask("Ska skåpbilen tvättas?", mandate=mandate, scheme=NO_SCHEME).also_considered

    assert [one.rule for one in considered] == [2, 1]


def test_a_rule_that_names_a_subject_in_passing_does_not_have_it() -> None:
    assert _asked("Ska tjänsten ligga vakant?", one_rule("Lampor inför rekrytering")) is None


def test_one_hint_is_too_little_to_name_a_subject_and_two_are_enough() -> None:
    question = "Ska tjänsten ligga vakant?"

    assert _asked(question, one_rule("Lampor", words=("vikarie",))) is None
    assert _asked(question, one_rule("Lampor", words=("vikarie", "rekrytering"))) == 1


def test_who_takes_part_says_too_little_alone_and_together_enough() -> None:
    land = one_rule("Markanvisning")

    assert _asked("Byggherren har döpt huset", land) is None
    assert _asked("Byggherren vill byta fastighet, får han?", land) == 1


@pytest.mark.parametrize(
    ("concerns", "question"),
    [
        ("Möbler", "Ska den trasiga bron stängas av?"),
        ("Möbler", "Lekställningen har gått av och är sönder, vad gör vi?"),
        ("Prioritering", "Vilken beläggning ska torget få?"),
        ("Lex Sarah", "Ska den försvunna statyn ersättas?"),
        ("Arbetsmiljö", "Är gångtunneln otrygg?"),
        ("Krisberedskap", "Är det avspärrat vid fontänen?"),
    ],
)
def test_what_things_may_be_as_well_as_people_needs_company(concerns: str, question: str) -> None:
    assert _asked(question, one_rule(concerns)) is None


def test_loose_words_are_never_clear() -> None:
    proposal = ask(
        "Byggherren vill byta fastighet, får han?",
        mandate=one_rule("Markanvisning"),
        scheme=NO_SCHEME,
        touched=(NORTH,),
    )

    assert proposal.confidence is Confidence.LIKELY


def test_what_follows_the_first_sentence_says_less() -> None:
    mandate = Mandate(
        (
            Rule(1, "Ett", Destination.MEETING, words=("pumpstation",)),
            Rule(2, "Annat", Destination.LINE, words=("kontorsstol",)),
        )
    )
    asked = "Ska vi måla taket på vår pumpstation? En kontorsstol räcker."

    assert _asked(asked, mandate) == 1


def test_a_clause_on_the_word_before_says_less() -> None:
    mandate = Mandate(
        (
            Rule(1, "Pumpar", Destination.MEETING, words=("pumpstation",)),
            Rule(2, "Stolar", Destination.LINE, words=("kontorsstol",)),
        )
    )

    assert _asked("Får vi kasta kontorsstolen som stod i pumpstationen?", mandate) is None
    assert _asked("Får vi kasta kontorsstolen som vi fick av en pumpstation?", mandate) == 2


@pytest.mark.parametrize(("asked", "rule"), [(Asked.DECISION, 1), (Asked.PREPARATION, 2)])
def test_preparation_leans_to_the_committee(asked: Asked, rule: int) -> None:
    mandate = Mandate(
        (
            Rule(1, "Ett", Destination.LINE, words=("stol",)),
            Rule(2, "Annat", Destination.COMMITTEE, words=("pump",)),
        )
    )
    considered = ask(
        "Ska en stol stå vid en pump?", mandate=mandate, scheme=NO_SCHEME, asked=asked
    ).also_considered

    assert considered[0].rule == rule


@pytest.mark.parametrize(
    "word",
    [
        "sjuksköterskor",
        "föreslås",
        "västergötland",
        "arrendatorer",
        "ensamhet",
        "projektor",
        "stationsparken",
    ],
)
def test_no_subject_is_heard_in_a_word_that_only_looks_like_one_of_its_own(word: str) -> None:
    everything = Mandate(
        tuple(
            Rule(number, subject.names[0], Destination.MEETING)
            for number, subject in enumerate(SUBJECTS, start=1)
        )
    )

    assert ask(f"Hur är det med {word}?", mandate=everything, scheme=NO_SCHEME).rule is None


def test_every_subject_has_names_by_which_a_rule_gets_it() -> None:
    for number, subject in enumerate(SUBJECTS):
        assert number in dict(named(words(subject.names[0]), ())), subject.names[0]


def test_no_name_is_given_twice_and_no_word_is_both_sure_and_loose() -> None:
    def said(phrases: tuple[str, ...]) -> list[tuple[str, ...]]:
        return [tuple(map(key, words(phrase))) for phrase in phrases]

    for subject in SUBJECTS:
        assert [name for name, times in Counter(said(subject.names)).items() if times > 1] == []
        assert set(said(subject.sure)) & set(said(subject.loose)) == set(), subject.names[0]


def test_a_mandate_is_prepared_without_the_words_of_the_subjects() -> None:
    """Each process keeps hundreds of prepared mandates: what is the same for all is kept once."""
    prepared = prepare(one_rule("Bemanning"), NO_SCHEME)

    assert set(prepared.vocabulary.same) == {key("bemanning")}
