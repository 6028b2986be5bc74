"""What kind of matter it is goes beside what it is about: information, a state, rules for all cases."""

import pytest

from styrfart.kernel.triage import Asked, Confidence, Destination, Mandate, ReasonKind, Route, Rule
from tests.kernel.desk import NO_SCHEME, ask


@pytest.mark.parametrize(
    "question", ["Så här blir jouren i jul", "Så går riskbedömningen", "Remissen om bron"]
)
def test_information_goes_out_in_writing_wherever_a_decision_would_go(question: str) -> None:
    proposal = ask(question, asked=Asked.INFORMATION)

    assert (proposal.route, proposal.rule, proposal.confidence) == (Route.WRITTEN, 10, Confidence.LIKELY)
    assert [reason.kind for reason in proposal.reasons][:2] == [
        ReasonKind.ASKED_FOR_INFORMATION,
        ReasonKind.RULE_WORDS,
    ]


def test_information_is_written_and_names_the_rule_that_it_touches_where_none_is_on_writing() -> None:
    mandate = Mandate((Rule(1, "Vägval", Destination.MEETING, words=("riskbedömning",)),))
    proposal = ask("Så går riskbedömningen", mandate=mandate, scheme=NO_SCHEME, asked=Asked.INFORMATION)

    assert (proposal.route, proposal.rule) == (Route.WRITTEN, None)
    assert proposal.reasons[1].values["rule"] == 1


def test_a_rule_on_one_kind_of_written_information_is_not_quoted_for_another() -> None:
    mandate = Mandate((Rule(1, "Statistik över besök", Destination.WRITTEN),))

    assert ask("Så blir julen", mandate=mandate, scheme=NO_SCHEME, asked=Asked.INFORMATION).rule is None


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("Ska 46 sjuka lindar tas ner?", None),
        ("Två medarbetare är sjuka, vad gör vi?", 1),
        ("Hon är sjuk, vad gör vi?", 1),
        ("Ska den trasiga bron lagas?", None),
        ("Ska den trasiga stolen lagas?", 2),
    ],
)
def test_a_state_that_any_thing_may_be_in_needs_company(question: str, rule: int | None) -> None:
    mandate = Mandate(
        (
            Rule(1, "Hur vi mår", Destination.MEETING, words=("sjuka",)),
            Rule(2, "Huset", Destination.LINE, words=("trasig", "stol")),
        )
    )

    assert ask(question, mandate=mandate, scheme=NO_SCHEME).rule == rule


@pytest.mark.parametrize(
    ("destination", "asked", "question", "rule"),
    [
        (Destination.COMMITTEE, Asked.THINKING, "Hur ska pumpstationspolicyn bli?", 1),
        (Destination.COMMITTEE, Asked.THINKING, "Hur ska pumpstationen bli?", None),
        (Destination.LINE, Asked.DECISION, "Ska pumpstationspolicyn ändras?", None),
        (Destination.LINE, Asked.DECISION, "Ska pumpstationen ändras?", 1),
    ],
)
def test_a_policy_follows_the_committee_and_leaves_the_line(
    destination: Destination, asked: Asked, question: str, rule: int | None
) -> None:
    mandate = Mandate((Rule(1, "Vatten", destination, words=("pumpstation",)),))

    assert ask(question, mandate=mandate, scheme=NO_SCHEME, asked=asked).rule == rule
