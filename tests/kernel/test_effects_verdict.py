"""One of five words for an estimate, at each edge of the rule."""

from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.effects import (
    Because,
    Caution,
    Design,
    Direction,
    Estimate,
    Interval,
    Method,
    Refusal,
    Size,
    Verdict,
    judge,
)
from styrfart.kernel.effects.verdict import CLOUDS, MENDED_BY_LOT, WEAKENS
from styrfart.kernel.errors import KernelError


def estimate(
    wide: tuple[float, float],
    narrow: tuple[float, float],
    *cautions: Caution,
    design: Design = Design.RANDOMISED,
) -> Estimate:
    return Estimate(
        design,
        Method.PERMUTATION,
        effect=sum(narrow) / 2,
        treated=6,
        compared=6,
        p=0.5,
        intervals=(Interval(*wide, 0.95), Interval(*narrow, 0.90)),
        cautions=cautions,
    )


def verdict(each: Estimate, worthwhile: float = 2.0) -> tuple[Verdict, Because]:
    found = judge(each, direction=Direction.HIGHER, worthwhile=worthwhile)
    return found.verdict, found.because[0]


@pytest.mark.parametrize(
    ("wide", "narrow", "said", "because"),
    [
        ((0.1, 5), (0.4, 4), Verdict.CLEAR_IMPROVEMENT, Because.SURELY_BETTER),
        ((0.0, 5), (0.4, 4), Verdict.PROBABLE_IMPROVEMENT, Because.PROBABLY_BETTER),
        ((-1.0, 5), (0.0, 4), Verdict.CANNOT_BE_JUDGED, Because.TOO_IMPRECISE),
        ((-1.0, 5), (-0.5, 2.0), Verdict.CANNOT_BE_JUDGED, Because.TOO_IMPRECISE),
        ((-1.0, 5), (-0.5, 1.9), Verdict.NO_DETECTABLE_DIFFERENCE, Because.WORTHWHILE_RULED_OUT),
        ((-4.0, 0.0), (-3.0, -0.1), Verdict.DETERIORATION, Because.PROBABLY_WORSE),
        ((-4.0, -0.1), (-3.0, -0.2), Verdict.DETERIORATION, Because.SURELY_WORSE),
        ((-inf, inf), (-inf, inf), Verdict.CANNOT_BE_JUDGED, Because.TOO_IMPRECISE),
    ],
)
def test_the_word_follows_from_the_two_intervals_and_the_worthwhile_effect(
    wide: tuple[float, float], narrow: tuple[float, float], said: Verdict, because: Because
) -> None:
    assert verdict(estimate(wide, narrow)) == (said, because)


def test_where_less_is_better_the_same_interval_means_the_opposite() -> None:
    falling = estimate((-5, -0.1), (-4, -0.4))

    found = judge(falling, direction=Direction.LOWER, worthwhile=0.3)

    assert (found.verdict, found.size) == (Verdict.CLEAR_IMPROVEMENT, Size.REACHED)
    assert verdict(falling)[0] is Verdict.DETERIORATION


def test_an_improvement_can_be_clear_and_too_small() -> None:
    found = judge(estimate((0.1, 1.5), (0.2, 1.4)), direction=Direction.HIGHER, worthwhile=2.0)

    assert (found.verdict, found.size) == (Verdict.CLEAR_IMPROVEMENT, Size.RULED_OUT)


@pytest.mark.parametrize("caution", sorted(WEAKENS - MENDED_BY_LOT, key=str))
def test_a_doubtful_design_goes_one_step_down(caution: Caution) -> None:
    clear = judge(estimate((0.1, 5), (0.4, 4), caution), direction=Direction.HIGHER, worthwhile=2)
    probable = judge(estimate((-0.1, 5), (0.4, 4), caution), direction=Direction.HIGHER, worthwhile=2)

    assert (clear.verdict, clear.decisive) == (Verdict.PROBABLE_IMPROVEMENT, (caution,))
    assert clear.because == (Because.SURELY_BETTER, Because.WEAKENED)
    assert probable.verdict is Verdict.CANNOT_BE_JUDGED


@pytest.mark.parametrize("caution", sorted(MENDED_BY_LOT, key=str))
def test_what_came_by_lot_weakens_only_where_no_lot_was_drawn(caution: Caution) -> None:
    def of(design: Design) -> Verdict:
        return verdict(estimate((0.1, 5), (0.4, 4), caution, design=design))[0]

    assert of(Design.STEPPED_WEDGE) is Verdict.CLEAR_IMPROVEMENT
    assert of(Design.DIFFERENCE) is Verdict.PROBABLE_IMPROVEMENT


@pytest.mark.parametrize("caution", sorted(CLOUDS, key=str))
def test_what_hides_an_effect_makes_a_null_unknown(caution: Caution) -> None:
    found = judge(estimate((-1, 1), (-0.5, 0.5), caution), direction=Direction.HIGHER, worthwhile=2)

    assert (found.verdict, found.because[1], found.decisive) == (
        Verdict.CANNOT_BE_JUDGED,
        Because.CLOUDED,
        (caution,),
    )


def test_sure_harm_stays_harm_in_a_doubtful_design_and_probable_harm_does_not() -> None:
    assert verdict(estimate((-4, -0.1), (-3, -0.2), Caution.NO_COMPARISON))[0] is Verdict.DETERIORATION
    assert verdict(estimate((-4, 0.1), (-3, -0.2), Caution.NO_COMPARISON))[0] is Verdict.CANNOT_BE_JUDGED


def test_that_the_worst_get_better_by_themselves_does_not_explain_that_they_got_worse() -> None:
    found = estimate((-4, 0.1), (-3, -0.2), Caution.REGRESSION_TO_THE_MEAN, design=Design.DIFFERENCE)

    assert verdict(found)[0] is Verdict.DETERIORATION


def test_a_refusal_cannot_be_judged_however_clear_the_numbers_were() -> None:
    refused = estimate((0.1, 5), (0.4, 4)).refused(Refusal.TOO_FEW_UNITS)
    found = judge(refused, direction=Direction.HIGHER, worthwhile=2)

    assert (found.verdict, found.refusals) == (Verdict.CANNOT_BE_JUDGED, (Refusal.TOO_FEW_UNITS,))
    assert (refused.p, refused.intervals, refused.method) == (None, (), Method.DESCRIPTION)
    assert refused.effect == pytest.approx(2.2)  # what was measured is still told


@pytest.mark.parametrize("worthwhile", [0.0, -1.0, inf, nan])
def test_a_worthwhile_effect_is_named_and_above_zero(worthwhile: float) -> None:
    with pytest.raises(KernelError):
        judge(estimate((0.1, 5), (0.4, 4)), direction=Direction.HIGHER, worthwhile=worthwhile)


@given(st.lists(st.floats(-10, 10), min_size=4, max_size=4), st.floats(0.01, 5))
@settings(max_examples=200, deadline=None)
def test_turning_the_outcome_and_the_direction_changes_nothing(ends: list[float], worthwhile: float) -> None:
    low, inner_low, inner_high, high = sorted(ends)
    one = estimate((low, high), (inner_low, inner_high))
    other = estimate((-high, -low), (-inner_high, -inner_low))

    assert judge(one, direction=Direction.HIGHER, worthwhile=worthwhile) == judge(
        other, direction=Direction.LOWER, worthwhile=worthwhile
    )


@given(st.floats(0.1, 3), st.floats(0.01, 2))
@settings(max_examples=100, deadline=None)
def test_a_greater_effect_never_gets_a_worse_word(reach: float, worthwhile: float) -> None:
    order = [
        Verdict.DETERIORATION,
        Verdict.NO_DETECTABLE_DIFFERENCE,
        Verdict.CANNOT_BE_JUDGED,
        Verdict.PROBABLE_IMPROVEMENT,
        Verdict.CLEAR_IMPROVEMENT,
    ]
    said = [
        order.index(
            verdict(estimate((e - 1.2 * reach, e + 1.2 * reach), (e - reach, e + reach)), worthwhile)[0]
        )
        for e in (-4, -2, -1, -0.5, 0, 0.5, 1, 2, 4)
    ]

    assert all(before <= after for before, after in pairwise(said))


def test_cautions_are_told_once_in_the_order_they_came() -> None:
    twice = estimate((0, 1), (0, 1), Caution.CROSSOVER).warned(Caution.LEAKAGE, Caution.CROSSOVER)

    assert twice.cautions == (Caution.CROSSOVER, Caution.LEAKAGE)


def test_an_interval_that_was_not_calculated_is_the_whole_line() -> None:
    assert estimate((0, 1), (0, 1)).interval(0.99) == Interval(-inf, inf, 0.99)
    assert Interval(-inf, inf, 0.99).is_endless
    assert Interval(0, 1, 0.9).holds(1.0)
