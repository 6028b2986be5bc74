"""What a matter is about, beside what only surrounds it: clauses, reasons, names, titles, amounts."""

import pytest

from styrfart.kernel.triage import Asked, Confidence, Destination, Mandate, Need, Post, Route, Rule, Team
from styrfart.kernel.triage.amounts import cost_in
from styrfart.kernel.triage.standing import names
from tests.kernel.desk import NO_SCHEME, NORTH, NOTHING, OFFICE, SOUTH, TEAM, ask, one_rule

TWO = Mandate(
    (
        Rule(1, "Pumpar", Destination.MEETING, words=("pumpstation",)),
        Rule(2, "Stolar", Destination.LINE, words=("kontorsstol",)),
    )
)


@pytest.mark.parametrize(
    "question",
    [
        "Ska vi byta kontorsstolarna när pumpstationen målas?",
        "När pumpstationen målas, ska vi byta kontorsstolarna?",
        "Ska vi byta kontorsstolarna trots att pumpstationen målas?",
        "Vem svarar på uppgifter om kontorsstolarna i tidskriften om att pumpstationen målas?",
        "Ska enheten för pumpstationer byta kontorsstol?",
    ],
)
def test_a_circumstance_and_a_units_name_count_less_than_the_subject(question: str) -> None:
    assert ask(question, mandate=TWO, scheme=NO_SCHEME, touched=(NORTH,)).rule == 2


def test_two_subjects_in_one_question_are_both_quoted() -> None:
    proposal = ask(
        "Ska vi byta kontorsstolarna och pumpstationen?", mandate=TWO, scheme=NO_SCHEME, touched=(NORTH,)
    )

    assert (proposal.route, proposal.needs) == (Route.UNKNOWN, (Need.WHICH_RULE,))


def test_what_stands_only_in_the_reasons_is_no_proposal_however_often() -> None:
    why = "Pumpstation, pumpstationen och återigen pumpstationer."
    proposal = ask(
        "Får Ove behålla vinet som han fick?", why, mandate=TWO, scheme=NO_SCHEME, touched=(NORTH,)
    )

    assert proposal.rule is None


def test_a_question_that_says_nothing_lets_the_reasons_tell() -> None:
    mandate = one_rule("Vatten", words=("pumpstation", "cistern"))
    why = "Pumpstationen läcker och cisternen är tom."

    assert ask("Hur mår vi?", why, mandate=mandate, touched=(NORTH,)).rule == 1
    assert ask("Hur mår vi?", "Pumpstationen läcker.", mandate=mandate, touched=(NORTH,)).rule is None


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("Kan enhetscheferna få nya mössor?", None),
        ("Ska vi rekrytera en enhetschef?", 1),
        ("Vem blir ny enhetschef?", 1),
        ("Enhetschefen slutar, vad gör vi?", 1),
    ],
)
def test_a_title_is_no_hint_unless_somebody_is_to_get_it(question: str, rule: int | None) -> None:
    mandate = one_rule("Tillsättning", Destination.POST, words=("enhetschef",), post_title="Avdelningschef")

    assert ask(question, mandate=mandate, scheme=NO_SCHEME, touched=(NORTH,)).rule == rule


@pytest.mark.parametrize("title", ["avdelningschef", "kontorschef"])
def test_nobody_is_proposed_to_appoint_an_equal_or_a_superior(title: str) -> None:
    mandate = one_rule("Rekrytering", Destination.POST, words=("rekrytera",), post_title="Avdelningschef")

    assert ask(f"Ska vi rekrytera ny {title}?", mandate=mandate, touched=(NORTH,)).rule is None
    assert ask("Ska vi rekrytera ny enhetschef?", mandate=mandate, touched=(NORTH,)).rule == 1


@pytest.mark.parametrize(
    ("hint", "question", "fits"),
    [
        ("skrivare", "Kan någon skriva ett intyg?", False),
        ("skrivare", "Var är skrivarna?", True),
        ("skrivare", "Vår färgskrivare är sönder", True),
        ("skrivelse", "Kan någon skriva ett intyg?", False),
        ("förhandling", "Är gatan slutförhandlad, och priserna slutförhandlade?", False),
        ("förhandling", "Ska vi kalla till en löneförhandling?", True),
        ("ledighet", "Vad säger ledningsgruppen?", False),
        ("ledighet", "Kan Ove vara föräldraledig?", True),
        ("projekt", "Hur avslutas projektet?", True),
        ("skrivbord", "Får jag byta skrivbordet?", True),
    ],
)
def test_a_hint_is_said_by_its_own_forms_and_not_by_other_words(hint: str, question: str, fits: bool) -> None:
    mandate = one_rule("Annat", Destination.LINE, words=(hint,))

    assert (ask(question, mandate=mandate, scheme=NO_SCHEME, touched=(NORTH,)).rule == 1) is fits


COMMITTEES = Mandate(
    (
        Rule(1, "Mark", Destination.COMMITTEE, words=("pumpstation",)),
        Rule(2, "Gator", Destination.MEETING, words=("kontorsstol",)),
    )
)


@pytest.mark.parametrize("named", ["EN", "nämnden", "KF", "kommunstyrelsen"])
def test_of_rules_that_tie_the_committees_wins_when_it_is_named_and_preparation_asked(named: str) -> None:
    question = f"Ska pumpstation och kontorsstol gå upp till {named}?"

    assert ask(question, asked=Asked.PREPARATION, mandate=COMMITTEES, touched=(NORTH,)).rule == 1
    assert ask(question, asked=Asked.DECISION, mandate=COMMITTEES, touched=(NORTH,)).rule is None


@pytest.mark.parametrize("said", ["en", "den ovan nämnda", "EN STOR"])
def test_what_only_looks_like_a_committee_is_none(said: str) -> None:
    question = f"Ska pumpstation och kontorsstol ha {said} skylt?"
    question = question.upper() if said.isupper() else question

    assert ask(question, asked=Asked.PREPARATION, mandate=COMMITTEES, touched=(NORTH,)).rule is None


@pytest.mark.parametrize(
    ("question", "reasons", "cost"),
    [
        ("Ska 4,5 mnkr flyttas?", "", 4_500_000),
        ("Får vi lägga 240 000 kr på bron?", "", 240_000),
        ("Får vi lägga 1.200.000 kronor eller 900 tkr?", "", 1_200_000),
        ("Ska bron målas?", "Det kostar 60 tkr om dagen.", None),
        ("Ska bron målas?", "Budgeten är 425 kr/pers.", None),
        ("Ska bron målas?", "Uppskattat värde 240 mnkr på fyra år.", 240_000_000),
        ("Ska bron målas?", "Grannen vann 3 miljoner kronor.", None),
        ("Ska 38 almar på plan 5 bytas 2027?", "", None),
        ("Ska 99999999999999 miljoner kronor flyttas?", "", None),
    ],
)
def test_the_cost_is_read_in_the_text(question: str, reasons: str, cost: int | None) -> None:
    assert cost_in(question, reasons) == cost


def test_a_cost_read_in_the_text_is_never_clear_and_a_given_cost_goes_before_it() -> None:
    mandate = one_rule("Drönare", Destination.LINE, words=("drönare",), amount_min=100_000)
    told = ask("Ska vi köpa en drönare för 240 000 kr?", mandate=mandate, touched=(NORTH,))

    assert (told.rule, told.confidence) == (1, Confidence.LIKELY)
    assert (
        ask("Ska vi köpa en drönare för 240 000 kr?", mandate=mandate, touched=(NORTH,), cost=5).rule is None
    )


def test_what_costs_much_is_seldom_for_the_line() -> None:
    mandate = one_rule("Stolar", Destination.LINE, words=("stol",))

    assert ask("Ska vi byta stolarna?", mandate=mandate, touched=(NORTH, SOUTH), cost=20_000).rule == 1
    clear = ask("Ska vi byta stolarna?", mandate=mandate, touched=(NORTH,), cost=20_000).confidence
    assert clear is Confidence.CLEAR
    assert (
        ask("Ska vi byta stolarna?", mandate=mandate, touched=(NORTH,), cost=900_000).confidence is not clear
    )


def test_a_long_hint_said_in_the_question_beats_a_short_one_of_less_weight() -> None:
    mandate = Mandate(
        (
            Rule(1, "Avgifter", Destination.MEETING, words=("tomträttsavgäld",)),
            Rule(2, "Papper", Destination.LINE, words=("papper",)),
        )
    )
    proposal = ask("Ska tomträttsavgälden skrivas på papper?", mandate=mandate, touched=(NORTH,))

    assert (proposal.rule, proposal.confidence) == (1, Confidence.LIKELY)


def test_the_desk_of_these_tests_has_its_heads() -> None:
    assert [post.title for post in TEAM.deciders if names("Avdelningschef", post.title)] == [
        "Avdelningschef"
    ] * 3
    assert isinstance(TEAM, Team)
    assert isinstance(TEAM.deciders[0], Post)
    assert NOTHING.rules == ()
    assert OFFICE == ("stad", "kontor")
