"""What a trial can see before it starts, and that the tests keep what the plans promise."""

from math import comb, inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from styrfart.kernel.effects import (
    Design,
    Refusal,
    Tails,
    change_spread,
    least_p,
    plan_difference,
    plan_matched,
    plan_randomised,
    power_of,
    reached_level,
    simulate,
    smallest_effect,
    unit_spread,
)
from styrfart.kernel.errors import KernelError


@pytest.mark.parametrize(
    ("treated", "units", "told"), [(2, 4, 0.17), (3, 6, 0.05), (4, 8, 0.014), (1, 20, 0.05)]
)
def test_the_least_p_of_the_domain_rules(treated: int, units: int, told: float) -> None:
    """Domain rules, 5.4: 1/C(m, k) with one tail."""
    found = least_p([(treated, units - treated)], tails=Tails.ONE)

    assert found == 1 / comb(units, treated)
    assert found == pytest.approx(told, abs=0.005)
    assert least_p([(treated, units - treated)]) == 2 * found


def test_the_level_that_eight_units_reach() -> None:
    assert reached_level(70) == pytest.approx(2 / 70)
    assert reached_level(924) == pytest.approx(46 / 924)
    assert reached_level(20) == 0.0
    assert reached_level(20, level=0.10) == 0.10


@given(st.integers(1, 3_000))
@settings(max_examples=100, deadline=None)
def test_a_reached_level_is_the_greatest_that_can_be(count: int) -> None:
    found = reached_level(count)

    assert found <= 0.05 + 1e-12 < found + 2 / count


def test_people_in_a_unit_are_worth_less_than_as_many_alone() -> None:
    assert unit_spread(spread=10, correlation=0, people=25) == pytest.approx(2)
    assert unit_spread(spread=10, correlation=1, people=25) == pytest.approx(10)
    assert unit_spread(spread=10, correlation=0.05, people=20) == pytest.approx(
        sqrt(100 * (0.05 + 0.95 / 20))
    )


def test_the_spread_of_a_change() -> None:
    assert change_spread(spread=2, autocorrelation=0, before=4, after=1) == pytest.approx(2 * sqrt(1.25))
    # One before, one after: var = 2(1 − r).
    assert change_spread(spread=1, autocorrelation=0.6, before=1, after=1) == pytest.approx(sqrt(0.8))


def test_the_formula_is_the_noncentral_t() -> None:
    """Cohen 1988: two groups of 26 see d = 0.8 with power .807."""
    assert power_of(0.8, error=sqrt(2 / 26), degrees=50) == pytest.approx(0.807, abs=0.0005)
    found = smallest_effect(error=sqrt(2 / 26), degrees=50, power=0.807)
    assert found == pytest.approx(0.8, abs=0.001)
    assert power_of(0.0, error=1.0, degrees=9) == pytest.approx(0.05)
    assert power_of(1.0, error=1.0, degrees=inf) == pytest.approx(
        stats.norm.sf(1.959964 - 1) + stats.norm.cdf(-1.959964 - 1), abs=1e-6
    )


@pytest.mark.parametrize("groups", [[(4, 4)], [(6, 6)], [(3, 9)], [(2, 2)] * 4, [(1, 1)] * 8], ids=str)
def test_power_is_as_planned(groups: list[tuple[int, int]]) -> None:
    """Planned by one set of simulated outcomes, tried on another by the exact test: 80 %, error ±1.1."""
    plan = plan_randomised(groups, spread=3.0, simulations=3_000, seed=20)

    assert plan.refusals == ()
    assert plan.simulated_power == pytest.approx(0.80, abs=0.035)
    assert plan.by_formula == pytest.approx(plan.effect, rel=0.08)


def test_the_textbook_promises_too_much_for_eight_units() -> None:
    plan = plan_randomised([(4, 4)], spread=1.0)

    assert plan.by_formula is not None
    assert simulate([(4, 4)], effect=plan.by_formula, spread=1.0, simulations=4_000) < 0.77


@pytest.mark.parametrize("groups", [[(4, 4)], [(6, 6)], [(3, 6)], [(1, 1)] * 7], ids=str)
def test_nothing_is_seen_where_nothing_is(groups: list[tuple[int, int]]) -> None:
    """Type-I error: at most the reached level, here within four standard errors of 4 000 simulations."""
    count = int(np.prod([comb(a + b, a) for a, b in groups]))
    share = simulate(groups, effect=0.0, spread=1.0, simulations=4_000, seed=3)

    assert share == pytest.approx(reached_level(count), abs=4 * sqrt(0.05 * 0.95 / 4_000))


def test_a_baseline_makes_smaller_effects_visible() -> None:
    plain = plan_randomised([(6, 6)], spread=1.0)
    helped = plan_randomised([(6, 6)], spread=1.0, explained=0.8, measures=1)
    useless = plan_randomised([(6, 6)], spread=1.0, explained=0.0, measures=1)

    assert helped.effect < 0.7 * plain.effect
    assert plain.effect < useless.effect < 1.15 * plain.effect  # a degree of freedom, and chance imbalance


def test_more_units_more_alike_pairs_and_more_periods_see_more() -> None:
    wide = [plan_randomised([(n, n)], spread=1.0).effect for n in (4, 5, 6)]
    pairs = [plan_matched(7, spread=1.0, alike=alike).effect for alike in (0.0, 0.5, 0.9)]
    changes = [
        plan_difference(5, 5, spread=change_spread(spread=1.0, autocorrelation=0.3, before=n, after=n)).effect
        for n in (1, 3, 6)
    ]

    for effects in (wide, pairs, changes):
        assert effects == sorted(effects, reverse=True)
    assert plan_matched(7, spread=1.0).design is Design.MATCHED


@pytest.mark.parametrize(
    ("groups", "refused"),
    [
        ([(3, 3)], (Refusal.TOO_FEW_UNITS, Refusal.LEVEL_OUT_OF_REACH)),
        ([(3, 4)], (Refusal.TOO_FEW_UNITS, Refusal.LEVEL_OUT_OF_REACH)),
        ([(1, 19)], (Refusal.LEVEL_OUT_OF_REACH,)),
        ([(1, 1)] * 5, (Refusal.LEVEL_OUT_OF_REACH,)),
        ([(0, 9)], (Refusal.LEVEL_OUT_OF_REACH,)),
    ],
)
def test_what_cannot_be_seen_is_refused_before_the_start(
    groups: list[tuple[int, int]], refused: tuple[Refusal, ...]
) -> None:
    plan = plan_randomised(groups, spread=1.0)

    assert (plan.refusals, plan.effect, plan.can_be_seen) == (refused, inf, False)


def test_a_worthwhile_effect_that_is_too_small_is_refused() -> None:
    assert plan_randomised([(6, 6)], spread=1.0, worthwhile=1.0).refusals == (Refusal.EFFECT_OUT_OF_REACH,)
    assert plan_randomised([(6, 6)], spread=1.0, worthwhile=2.0).can_be_seen


def test_too_few_people_are_refused_before_the_start() -> None:
    plan = plan_randomised([(6, 6)], spread=1.0, people=(30, 9), smallest_group=5)

    assert plan.refusals == (Refusal.TOO_FEW_PEOPLE,)


@pytest.mark.parametrize("spread", [0.0, -1.0, inf])
def test_numbers_out_of_range_are_refused(spread: float) -> None:
    with pytest.raises(KernelError):
        plan_randomised([(6, 6)], spread=spread)
    with pytest.raises(KernelError):
        unit_spread(spread=spread, correlation=0.5, people=3)
    with pytest.raises(KernelError):
        plan_matched(8, spread=1.0, alike=1.0)
    with pytest.raises(KernelError):
        smallest_effect(error=1.0, degrees=9, power=1.0)
    with pytest.raises(KernelError):
        least_p([])
    with pytest.raises(KernelError):
        least_p([(-1, 3)])
