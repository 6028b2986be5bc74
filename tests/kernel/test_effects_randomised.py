"""Units drawn by lot, and changes of units where no lot was drawn."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from styrfart.kernel.effects import (
    Caution,
    Design,
    Direction,
    Method,
    Refusal,
    Verdict,
    balance,
    crossover,
    difference,
    judge,
    least_squares,
    randomised,
)
from styrfart.kernel.errors import KernelError

HALF = np.repeat([1, 0], 6)


def outcomes(effect: float, *, seed: int = 1, units: int = 12) -> np.ndarray:
    started = np.repeat([1, 0], units // 2)
    noise: np.ndarray = np.random.default_rng(seed).normal(size=units) + effect * started
    return noise


def test_the_check_is_students_t() -> None:
    values = outcomes(1.0)
    oracle = stats.ttest_ind(values[:6], values[6:])

    found = randomised(values, HALF)

    assert found.estimate.effect == pytest.approx(values[:6].mean() - values[6:].mean())
    assert found.check.p == pytest.approx(oracle.pvalue)
    assert found.check.degrees == 10
    assert found.check.interval(0.95).low == pytest.approx(oracle.confidence_interval().low)
    assert (found.estimate.method, found.estimate.draws) == (Method.PERMUTATION, 924)


def test_a_baseline_that_explains_the_outcome_narrows_the_interval_and_mends_the_imbalance() -> None:
    generator = np.random.default_rng(2)
    before = generator.normal(size=12) + 1.0 * HALF
    after = 2 * before + 0.5 * HALF + 0.1 * generator.normal(size=12)

    plain, adjusted = randomised(after, HALF), randomised(after, HALF, baseline=before)

    assert adjusted.estimate.effect == pytest.approx(0.5, abs=0.2)
    assert plain.estimate.effect > 1.5
    widths = [each.estimate.interval().high - each.estimate.interval().low for each in (plain, adjusted)]
    assert widths[1] < widths[0] / 5
    assert adjusted.balance[0].is_imbalanced
    assert adjusted.balance[0].treated == pytest.approx(before[:6].mean())


def test_six_units_are_described_and_not_judged() -> None:
    found = randomised([9, 8, 9, 1, 2, 1], [1, 1, 1, 0, 0, 0])

    assert found.estimate.refusals == (Refusal.TOO_FEW_UNITS, Refusal.LEVEL_OUT_OF_REACH)
    assert (found.estimate.p, found.estimate.intervals) == (None, ())
    assert found.estimate.smallest_p == 0.1  # 2/20
    assert found.estimate.effect == pytest.approx(22 / 3)
    verdict = judge(found.estimate, direction=Direction.HIGHER, worthwhile=1.0).verdict
    assert verdict is Verdict.CANNOT_BE_JUDGED


def test_eight_units_in_pairs_cannot_reach_the_level() -> None:
    found = randomised(np.arange(8.0), [1, 0] * 4, strata=np.repeat([0, 1, 2, 3], 2))

    assert found.estimate.refusals == (Refusal.LEVEL_OUT_OF_REACH,)
    assert found.estimate.smallest_p == 0.125  # 2/16


def test_eight_units_drawn_freely_can() -> None:
    found = randomised([9.0, 8, 9.5, 8.5, 1, 2, 1.5, 2.5], [1, 1, 1, 1, 0, 0, 0, 0])

    assert found.estimate.refusals == ()
    assert found.estimate.p == pytest.approx(2 / 70)
    assert (
        judge(found.estimate, direction=Direction.HIGHER, worthwhile=1.0).verdict is Verdict.CLEAR_IMPROVEMENT
    )


def test_effects_of_too_few_people_are_not_shown() -> None:
    people = np.full(12, 1)
    found = randomised(outcomes(1), HALF, people=people, smallest_group=5)
    enough = randomised(outcomes(1), HALF, people=2 * people, smallest_group=5)

    assert found.estimate.refusals == (Refusal.TOO_FEW_PEOPLE,)  # 6 < 2 · 5
    assert enough.estimate.refusals == ()


def test_units_that_did_not_do_as_allotted_are_counted_where_they_were_allotted() -> None:
    taken_up = np.array([1, 1, 1, 1, 0.2, 0, 1, 0, 0, 0, 0, 0])
    found = randomised(outcomes(2), HALF, taken_up=taken_up)

    assert found.estimate.effect == randomised(outcomes(2), HALF).estimate.effect
    assert found.crossover is not None
    assert (found.crossover.treated_without, found.crossover.compared_with) == (2 / 6, 1 / 6)
    assert found.estimate.cautions == (Caution.CROSSOVER, Caution.LEAKAGE)
    assert found.crossover.uptake == pytest.approx(4.2 / 6 - 1 / 6)
    assert found.crossover.per_uptake(1.6) == pytest.approx(3.0)


def test_a_lost_unit_is_left_out_and_said() -> None:
    values = outcomes(1)
    values[3] = np.nan
    found = randomised(values, HALF)

    assert found.estimate.cautions == (Caution.ATTRITION,)
    assert (found.estimate.treated, found.estimate.compared) == (5, 6)
    assert found.estimate.effect == pytest.approx(np.nanmean(values[:6]) - values[6:].mean())


def test_an_effect_that_one_unit_makes_is_said() -> None:
    values = np.array([0.1, -0.2, 0.0, 0.1, -0.1, 9.0, 0.05, 0.02, -0.03, 0.04, 0.01, 0.06])
    found = randomised(values, HALF)
    without = [
        np.delete(values, each)[np.delete(HALF, each) == 1].mean()
        - np.delete(values, each)[np.delete(HALF, each) == 0].mean()
        for each in range(12)
    ]

    assert found.without_one == pytest.approx((min(without), max(without)))


def test_leaving_each_unit_out_is_the_same_as_fitting_again() -> None:
    generator = np.random.default_rng(11)
    before, strata = generator.normal(size=12), np.tile([0, 1], 6)
    values = outcomes(1) + before
    columns = np.column_stack([HALF, strata == 0, strata == 1, before]).astype(float)
    again = [
        least_squares(np.delete(values, each), np.delete(columns, each, axis=0)).coefficients[0]
        for each in range(12)
    ]

    found = randomised(values, HALF, baseline=before, strata=strata)

    assert found.without_one == pytest.approx((min(again), max(again)))


def test_nothing_that_varies_cannot_be_judged() -> None:
    found = randomised(np.ones(12), HALF)

    assert Refusal.NO_VARIATION in found.estimate.refusals
    assert found.estimate.effect == pytest.approx(0, abs=1e-12)


def test_a_restricted_lot_gives_a_p_from_its_own_allocations() -> None:
    rows = np.stack([np.roll(HALF, shift) for shift in range(12)])
    found = randomised(outcomes(3), HALF, allocations=rows)

    assert found.estimate.smallest_p == pytest.approx(2 / 12)
    assert found.estimate.refusals == (Refusal.LEVEL_OUT_OF_REACH,)


@pytest.mark.parametrize(
    "more",
    [
        {"strata": np.zeros(12), "allocations": [HALF]},
        {"strata": np.zeros(11)},
        {"baseline": np.zeros(11)},
        {"baseline": np.full(12, np.nan)},
        {"taken_up": np.full(12, 1.5)},
        {"taken_up": np.ones(11)},
        {"baseline": HALF.astype(float)},
    ],
)
def test_input_that_does_not_fit_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(KernelError):
        randomised(outcomes(1), HALF, **more)  # type: ignore[arg-type]  # each is wrong on purpose


def test_an_outcome_without_end_is_no_lost_unit() -> None:
    values = outcomes(1)
    values[0] = np.inf
    with pytest.raises(KernelError):
        randomised(values, HALF)


def test_lost_units_and_a_listed_lot_do_not_go_together() -> None:
    values = outcomes(1)
    values[0] = np.nan
    with pytest.raises(KernelError):
        randomised(values, HALF, allocations=[HALF, 1 - HALF])


def test_balance_is_standardised_by_both_groups() -> None:
    # Means 2 and 5; variances 1 and 4, whose mean has the root √2.5.
    found = balance([1, 1, 1, 0, 0, 0], [[1.0], [2.0], [3.0], [3.0], [5.0], [7.0]])[0]

    assert found.difference == pytest.approx(-3 / np.sqrt(2.5))
    assert not crossover([1, 0], [1, 0]).cautions


def test_a_difference_of_changes_by_hand() -> None:
    # Changes of those who start 3 4 3 4 (mean 3.5), of the others 1 0 1 0 (mean .5): 3.
    before = np.array([[1.0, 3], [2, 4], [3, 5], [4, 6], [2, 4], [3, 5], [4, 6], [1, 3]])
    change = np.array([3.0, 4, 3, 4, 1, 0, 1, 0])
    after = before.mean(axis=1) + change

    found = difference(before, after, [1, 1, 1, 1, 0, 0, 0, 0])

    assert found.compared.estimate.effect == pytest.approx(3)
    assert found.compared.estimate.p == pytest.approx(2 / 70)
    assert found.compared.estimate.design is Design.DIFFERENCE
    assert found.compared.estimate.cautions == (Caution.NO_RANDOMISATION,)
    assert (found.trend_gap, found.trend_p) == (None, None)
    assert found.before_after == ((3.5, 7.0), (3.5, 4.0))


def test_a_group_that_was_already_on_its_way_is_said() -> None:
    generator = np.random.default_rng(4)
    time = np.arange(6)
    before = generator.normal(size=(12, 6)) * 0.1 + HALF[:, None] * time * 0.5
    found = difference(before, before[:, -1] + 1, HALF)

    assert Caution.TRENDS_DIFFERED in found.compared.estimate.cautions
    assert found.trend_gap == pytest.approx(0.5, abs=0.05)
    assert found.trend_p == pytest.approx(2 / 924)


def test_the_worst_who_were_chosen_for_it_get_better_by_themselves() -> None:
    """Nothing was done, yet the chosen improve; what is expected of regression alone is most of it."""
    generator = np.random.default_rng(9)
    level = generator.normal(size=400)
    first, second = level + generator.normal(size=400), level + generator.normal(size=400)
    chosen = (first < np.quantile(first, 0.2)).astype(int)

    found = difference(first, second, chosen, draws=199)

    assert Caution.REGRESSION_TO_THE_MEAN in found.compared.estimate.cautions
    assert found.compared.estimate.effect > 0.5
    assert found.expected_regression == pytest.approx(found.compared.estimate.effect, rel=0.25)
    assert judge(found.compared.estimate, direction=Direction.HIGHER, worthwhile=0.5).verdict is (
        Verdict.PROBABLE_IMPROVEMENT
    )


def test_a_change_takes_away_what_a_unit_has_always_been_like() -> None:
    generator = np.random.default_rng(10)
    before, after = generator.normal(size=(12, 3)), generator.normal(size=(12, 3))
    level = 100 * generator.normal(size=(12, 1))

    one, other = difference(before, after, HALF), difference(before + level, after + level, HALF)

    assert one.compared.estimate.effect == pytest.approx(other.compared.estimate.effect)
    assert one.compared.estimate.p == other.compared.estimate.p


def test_those_compared_with_who_took_it_up_are_said() -> None:
    generator = np.random.default_rng(12)
    before, after = generator.normal(size=(12, 2)), generator.normal(size=(12, 2))
    found = difference(before, after, HALF, taken_up=np.ones(12))

    assert Caution.LEAKAGE in found.compared.estimate.cautions
    assert found.compared.crossover is not None


def test_rows_before_and_after_belong_together() -> None:
    with pytest.raises(KernelError):
        difference(np.ones((12, 2)), np.ones((11, 2)), HALF)
    with pytest.raises(KernelError):
        difference(np.full((12, 2), np.inf), np.ones((12, 2)), HALF)


def test_a_smaller_p_never_comes_with_a_smaller_effect_of_the_same_noise() -> None:
    ps = [randomised(outcomes(effect), HALF).estimate.p or 0 for effect in (0.5, 1, 2, 4)]

    assert all(before >= after for before, after in pairwise(ps))
