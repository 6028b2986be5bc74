"""Scores of stored forecasts: hand-worked, and against independent formulas."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast import crps, pinball, pit, reliability, score, skill, wilson


@pytest.mark.parametrize(("count", "of"), [(27, 34), (0, 10), (10, 10), (1, 3), (5_000, 10_000)])
def test_wilson_is_the_score_interval(count: int, of: int) -> None:
    oracle = stats.binomtest(count, of).proportion_ci(0.95, method="wilson")

    found = wilson(count, of)

    assert (found.share, found.low, found.high) == pytest.approx((count / of, oracle.low, oracle.high))


def test_nothing_counted_is_nothing_known() -> None:
    found = wilson(0, 0)

    assert (found.low, found.high, found.of) == (0.0, 1.0, 0)


def test_pinball_by_hand() -> None:
    # Above the quantile by 2 at level .8: .8 * 2 = 1.6. Below it by 3 at level .8: .2 * 3 = .6.
    assert pinball([10.0], [0.8], [12.0, 7.0]).ravel() == pytest.approx([1.6, 0.6])


@given(st.floats(0.05, 0.95), st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_nobody_gains_by_saying_another_quantile(level: float, seed: int) -> None:
    # Proper: over uniform outcomes the mean loss is least at the true quantile.
    outcomes = (np.arange(1_000) + 0.5) / 1_000
    other = np.random.default_rng(seed).uniform(-0.5, 1.5)

    said = pinball([level], [level], outcomes).mean()

    assert said <= pinball([other], [level], outcomes).mean() + 1e-6


def test_crps_by_hand() -> None:
    # Levels .25 and .75 stand for half each: points 0 and 2, outcome 3. E|X - y| = (3 + 1) / 2 = 2,
    # E|X - X'| / 2 = (2 * 1/2) / 2 = 1/2.
    assert crps([0.0, 2.0], [0.25, 0.75], [3.0]) == pytest.approx([1.5])


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=6), st.floats(-12, 12))
@settings(max_examples=60, deadline=None)
def test_crps_is_the_area_between_the_forecast_and_what_happened(points: list[float], outcome: float) -> None:
    q = np.sort(points)
    levels = (np.arange(q.size) + 1) / (q.size + 1)
    mass = np.diff(np.concatenate(([0.0], (levels[1:] + levels[:-1]) / 2, [1.0])))
    # The integral of (F(x) - [y <= x])^2, step by step.
    steps = np.unique(np.append(q, outcome))
    below = np.array([mass[q <= x].sum() for x in steps[:-1]])
    area = ((below - (outcome <= steps[:-1])) ** 2 * np.diff(steps)).sum()

    assert crps(q, levels, [outcome])[0] == pytest.approx(area, abs=1e-9)


def test_the_record_by_hand() -> None:
    # Quantiles 1, 2, 3 at .2, .5, .8; five outcomes.
    found = score([1.0, 2.0, 3.0], [0.2, 0.5, 0.8], [0.5, 1.5, 2.0, 2.5, 9.0])

    assert [each.share for each in found.coverage] == [0.2, 0.6, 0.8]
    assert found.pit.tolist() == [1, 2, 1, 1]
    assert found.pit_expected == pytest.approx([1.0, 1.5, 1.5, 1.0])
    assert found.inside.share == 0.6  # above 1 and at most 3: 1.5, 2.0, 2.5
    # Level .5: half the mean distance from 2: (1.5 + .5 + 0 + .5 + 7) / 5 / 2 = .95.
    assert found.pinball[1] == pytest.approx(0.95)
    assert (found.closed, found.open) == (5, 0)


def test_open_forecasts_are_counted_both_ways() -> None:
    # Two closed below the quantile 2; of three open, one has passed 2 and two have not.
    found = score([2.0], [0.5], [1.0, 1.5], still_open=[0.5, 1.9, 2.5])

    assert found.coverage[0].share == 1.0
    assert found.if_open_late == (2 / 5,)
    assert found.if_open_soon == (4 / 5,)


def test_open_forecasts_have_their_own_quantiles() -> None:
    found = score([2.0], [0.5], [1.0], still_open=[2.5, 2.5], open_quantiles=[[2.0], [3.0]])

    assert found.if_open_soon == (2 / 3,)


def test_the_transform_says_where_an_outcome_fell() -> None:
    found = pit([1.0, 3.0], [0.2, 0.8], [0.0, 1.0, 2.0, 3.0, 4.0])

    assert found == pytest.approx([0.1, 0.2, 0.5, 0.8, 0.9])


def test_a_calibrated_forecast_is_even() -> None:
    chance = np.random.default_rng(2)
    levels = [0.1, 0.5, 0.9]
    found = score(stats.norm.ppf(levels), levels, chance.standard_normal(4_000))

    assert stats.chisquare(found.pit, found.pit_expected).pvalue > 0.01
    assert all(each.low <= level <= each.high for each, level in zip(found.coverage, levels, strict=True))


def test_skill_is_how_much_lower_the_loss_is() -> None:
    found = skill([1.0, 2.0, 3.0], [2.0, 4.0, 6.0])

    # Half of the other in every pair: no doubt is left.
    assert (found.share, found.low, found.high) == pytest.approx((0.5, 0.5, 0.5))


def test_skill_has_an_interval_that_covers() -> None:
    chance = np.random.default_rng(3)
    found = [skill(chance.exponential(0.8, 200), chance.exponential(1.0, 200)) for _ in range(400)]

    # The truth is .2; 95 % of 400 is 380, standard deviation 4.4, and the method is approximate.
    assert 366 <= sum(each.low <= 0.2 <= each.high for each in found) <= 394


def test_chances_are_held_to_what_happened() -> None:
    # Squares: .01, .81, .04, .09; the target was met in one of the two said to be below a half.
    found = reliability([0.1, 0.1, 0.8, 0.7], [False, True, True, True], edges=(0.0, 0.5, 1.0))

    assert found.brier == pytest.approx((0.01 + 0.81 + 0.04 + 0.09) / 4)
    assert found.base == pytest.approx(0.75 * 0.25)
    assert found.said == pytest.approx((0.1, 0.75))
    assert [(each.share, each.of) for each in found.happened] == [(0.5, 2), (1.0, 2)]


def test_a_chance_of_one_is_in_the_last_bin() -> None:
    assert [each.of for each in reliability([1.0], [True]).happened] == [0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    "call",
    [
        lambda: reliability([], []),
        lambda: reliability([0.5], [True, False]),
        lambda: reliability([1.5], [True]),
        lambda: reliability([0.5], [True], edges=(1.0, 0.0)),
    ],
)
def test_what_is_no_chance_is_refused(call: object) -> None:
    with pytest.raises(KernelError):
        call()  # type: ignore[operator]  # each is a call


@pytest.mark.parametrize(
    "call",
    [
        lambda: score([1.0], [0.5], []),
        lambda: score([2.0, 1.0], [0.2, 0.8], [1.0]),
        lambda: score([1.0, 2.0], [0.8, 0.2], [1.0]),
        lambda: score([1.0], [1.0], [1.0]),
        lambda: score([np.nan], [0.5], [1.0]),
        lambda: pinball([[1.0], [2.0]], [0.5], [1.0]),
        lambda: wilson(3, 2),
        lambda: skill([1.0], [1.0]),
        lambda: skill([1.0, 1.0], [0.0, 0.0]),
    ],
)
def test_what_cannot_be_scored_is_refused(call: object) -> None:
    with pytest.raises(KernelError):
        call()  # type: ignore[operator]  # each is a call
