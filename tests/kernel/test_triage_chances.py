"""Words and likeness weighed together: the chance of each rule, beside all others and beside none."""

import math

import pytest

from styrfart.kernel.triage import Destination, Mandate, Rule, prepare
from styrfart.kernel.triage.chances import UNSEEN, WITHOUT_SUBJECT, Judgement, judged
from styrfart.kernel.triage.weighing import RuleFit
from tests.kernel.desk import NO_SCHEME

READY = prepare(
    Mandate(
        (
            Rule(1, "Inköp", Destination.MEETING),
            Rule(2, "Omorganisation", Destination.COMMITTEE),
            Rule(3, "Drakar", Destination.MEETING),
        )
    ),
    NO_SCHEME,
).rules


def _fit(rule: int, strength: float, share: float | None) -> RuleFit:
    return RuleFit(READY[rule - 1], strength, share=share)


def _judged(*fits: RuleFit, rest: float = 0.3, telling: int = 5) -> list[RuleFit]:
    return judged(fits, rest, telling)


def _chances(*fits: RuleFit, rest: float = 0.3, telling: int = 5) -> dict[int, float]:
    return {fit.ready.rule.number: fit.chance or 0.0 for fit in _judged(*fits, rest=rest, telling=telling)}


def test_without_rules_nothing_is_judged() -> None:
    assert _judged() == []


def test_the_chance_of_one_rule_is_its_share_beside_none() -> None:
    by = Judgement(words=1.0, words_unlike=-0.5, like=2.0, share=-1.0, none=0.5, rest=0.8, telling=0.3)
    seen = math.log(0.4 + UNSEEN)
    meant = math.exp(1.2 + 0.5 * 1.2 * -seen + 2 * seen - 0.4)
    none = math.exp(0.5 + 0.8 * math.log(0.25 + UNSEEN) + 0.3 * math.log(1 + 6))

    assert judged([_fit(1, 1.2, 0.4)], 0.25, 6, by)[0].chance == pytest.approx(meant / (meant + none))


def test_rules_that_lead_to_the_same_place_share_their_chance_and_the_likelier_is_quoted() -> None:
    both = _judged(_fit(1, 0.0, 0.3), _fit(2, 0.0, 0.35), _fit(3, 0.5, 0.3))

    assert [fit.ready.rule.number for fit in both] == [3, 1, 2]
    assert both[0].chance == both[1].chance
    assert (both[0].chance or 0) + (both[2].chance or 0) < 1


def test_a_rule_is_likelier_by_words_by_likeness_and_by_both() -> None:
    neither, words, like, both = (
        _chances(_fit(1, strength, share))[1]
        for strength, share in ((0.0, 0.02), (1.2, 0.02), (0.0, 0.6), (1.2, 0.6))
    )

    assert neither < words < like < both
    assert both > 0.55


def test_a_rule_is_less_likely_the_more_the_matter_is_like_what_no_rule_is_about() -> None:
    surely, hardly = (_chances(_fit(1, 1.2, 0.3), rest=rest)[1] for rest in (0.05, 0.7))

    assert hardly < surely - 0.2


def test_a_word_in_a_long_question_says_less_than_in_a_short_one() -> None:
    short, long = (_chances(_fit(1, 1.2, 0.1), telling=telling)[1] for telling in (2, 12))

    assert long < short - 0.05


def test_a_rest_that_rounds_to_less_than_nothing_is_nothing() -> None:
    assert _chances(_fit(1, 1.2, 1.0), rest=-1e-12) == _chances(_fit(1, 1.2, 1.0), rest=0.0)


def test_likeness_to_one_rule_goes_before_a_word_of_another() -> None:
    beside = _chances(_fit(1, 1.2, 0.1), _fit(2, 0.0, 0.85))

    assert beside[1] < beside[2]


def test_a_rule_without_a_subject_is_judged_by_its_words() -> None:
    said, hardly = (_chances(_fit(3, words, None), rest=0.9)[3] for words in (1.2, 0.1))

    assert said > 0.3 > hardly
    assert 0 < WITHOUT_SUBJECT < 1


def test_the_order_in_which_rules_come_means_nothing() -> None:
    fits = [_fit(1, 0.7, 0.3), _fit(2, 0.9, 0.2), _fit(3, 0.2, 0.4)]

    assert _judged(*fits) == _judged(*fits[::-1])
