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


def _chances(*fits: RuleFit) -> dict[int, float]:
    return {fit.ready.rule.number: fit.chance or 0.0 for fit in judged(fits)}


def test_without_rules_nothing_is_judged() -> None:
    assert judged([]) == []


def test_the_chance_of_one_rule_is_its_share_beside_none() -> None:
    by = Judgement(
        words=1.0, words_unlike=-0.5, like=2.0, share=-1.0, none_words=0.5, none_like=0, none_share=1
    )
    seen = math.log(0.4 + UNSEEN)
    meant = math.exp(1.2 + 0.5 * 1.2 * -seen + 2 * seen - 0.4)
    none = math.exp(0.5 * 1.2 + 0.4)

    assert judged([_fit(1, 1.2, 0.4)], by)[0].chance == pytest.approx(meant / (meant + none))


def test_rules_that_lead_to_the_same_place_share_their_chance_and_the_likelier_is_quoted() -> None:
    both = judged([_fit(1, 0.0, 0.3), _fit(2, 0.0, 0.35), _fit(3, 0.5, 0.3)])

    assert [fit.ready.rule.number for fit in both] == [3, 1, 2]
    assert both[0].chance == both[1].chance
    assert (both[0].chance or 0) + (both[2].chance or 0) < 1


def test_a_rule_is_likelier_by_words_by_likeness_and_by_both() -> None:
    neither, words, like, both = (
        _chances(_fit(1, strength, share))[1]
        for strength, share in ((0.0, 0.02), (1.2, 0.02), (0.0, 0.6), (1.2, 0.6))
    )

    assert neither < words < like < both
    assert both > 0.6


def test_likeness_to_one_rule_goes_before_a_word_of_another() -> None:
    beside = _chances(_fit(1, 1.2, 0.1), _fit(2, 0.0, 0.85))

    assert beside[1] < beside[2]


def test_a_rule_without_a_subject_is_judged_by_its_words() -> None:
    assert _chances(_fit(3, 1.2, None))[3] > 0.3 > _chances(_fit(3, 0.1, None))[3]
    assert 0 < WITHOUT_SUBJECT < 1


def test_the_order_in_which_rules_come_means_nothing() -> None:
    fits = [_fit(1, 0.7, 0.3), _fit(2, 0.9, 0.2), _fit(3, 0.2, 0.4)]

    assert judged(fits) == judged(fits[::-1])
