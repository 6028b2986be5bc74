"""The stepped wedge against dense matrices, brute force, and the power that others publish."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from styrfart.kernel.effects import (
    Binomial,
    Caution,
    Method,
    Refusal,
    binomial_variance,
    closed_form_variance,
    draw_orders,
    plan_wedge,
    stepped_wedge,
    wedge_power,
)
from styrfart.kernel.effects.wedge import order_p, order_ps
from styrfart.kernel.effects.wedge_model import Weights, fit, restricted, solved
from styrfart.kernel.errors import KernelError

STEPS = np.repeat([1, 2, 3, 4], 2)


def treated(starts: np.ndarray, periods: int) -> np.ndarray:
    found: np.ndarray = (np.arange(periods) >= starts[:, None]).astype(float)
    return found


def simulated(starts: np.ndarray, periods: int, effect: float, *, seed: int = 1) -> np.ndarray:
    generator = np.random.default_rng(seed)
    level = generator.normal(size=(len(starts), 1))
    noise: np.ndarray = generator.normal(size=(len(starts), periods)) * 0.5
    found: np.ndarray = level + noise + np.arange(periods) * 0.3 + effect * treated(starts, periods)
    return found


def dense(outcome: np.ndarray, x: np.ndarray, sizes: np.ndarray, ratio: float) -> tuple[float, float, float]:
    """Effect, its variance over σ², and r'V⁻¹r, with the whole covariance as a matrix."""
    units, periods = x.shape
    design = np.concatenate([np.column_stack([x[i], np.eye(periods)]) for i in range(units)])
    covariance = np.zeros((units * periods, units * periods))
    for i in range(units):
        at = slice(i * periods, (i + 1) * periods)
        covariance[at, at] = np.diag(1 / sizes[i]) + ratio
    inverse = np.linalg.inv(covariance)
    information = np.linalg.inv(design.T @ inverse @ design)
    beta = information @ design.T @ inverse @ outcome.ravel()
    left = outcome.ravel() - design @ beta
    return beta[0], information[0, 0], left @ inverse @ left


@given(
    st.lists(st.integers(0, 6), min_size=4, max_size=9),
    st.integers(3, 6),
    st.floats(0, 10),
    st.floats(0.01, 10),
)
@settings(max_examples=60, deadline=None)
def test_the_closed_form_is_the_inverse_of_the_matrix(
    starts: list[int], periods: int, between: float, within: float
) -> None:
    x = treated(np.array(starts), periods)
    design = np.concatenate([np.column_stack([row, np.eye(periods)]) for row in x])
    if np.linalg.matrix_rank(design) <= periods:
        with pytest.raises(KernelError):
            closed_form_variance(x, between=0.0, within=within)
        return

    closed = closed_form_variance(x, between=between, within=within)
    _, matrix, _ = dense(np.zeros(x.shape), x, np.ones(x.shape), between / within)

    assert closed == pytest.approx(matrix * within, rel=1e-10)


@pytest.mark.parametrize(
    ("convention", "power"),
    [(Binomial.POOLED, 0.786), (Binomial.AVERAGE, 0.787), (Binomial.BASELINE, 0.730)],
)
def test_the_power_that_others_publish(convention: Binomial, power: float) -> None:
    """The example of the R package swCRTdesign: steps 6, 6, 6, 6; n 120; .05 to .035; τ .01: power .786.

    It takes p(1 − p) at the mean proportion; with the variance before, as Hussey and Hughes, it is .730.
    """
    found = wedge_power(
        np.repeat([1, 2, 3, 4], 6),
        periods=5,
        effect=0.035 - 0.05,
        between=0.01**2,
        within=binomial_variance(0.05, 0.035, convention=convention) / 120,
    )

    assert found == pytest.approx(power, abs=0.0005)


@given(st.integers(0, 10_000), st.floats(0, 5), st.booleans())
@settings(max_examples=25, deadline=None)
def test_least_squares_unit_by_unit_is_that_of_the_whole_matrix(seed: int, ratio: float, equal: bool) -> None:
    generator = np.random.default_rng(seed)
    sizes = np.ones((8, 5)) if equal else generator.integers(1, 30, size=(8, 5)).astype(float)
    outcome, x = generator.normal(size=(8, 5)), treated(STEPS, 5)
    beta, inverse, square = solved(Weights(sizes, ratio), outcome, x[:, :, None])

    assert (beta[0], inverse[0, 0], square) == pytest.approx(dense(outcome, x, sizes, ratio), rel=1e-8)


def test_the_ratio_of_variances_is_that_of_greatest_restricted_likelihood() -> None:
    outcome, x = simulated(STEPS, 5, 1.0), treated(STEPS, 5)
    sizes = np.random.default_rng(2).integers(5, 30, size=(8, 5)).astype(float)

    def lack(power: float) -> float:
        ratio = np.exp(power)
        design = np.concatenate([np.column_stack([row, np.eye(5)]) for row in x])
        covariance = np.zeros((40, 40))
        for i in range(8):
            at = slice(i * 5, i * 5 + 5)
            covariance[at, at] = np.diag(1 / sizes[i]) + ratio
        _, _, square = dense(outcome, x, sizes, ratio)
        information = design.T @ np.linalg.inv(covariance) @ design
        return float(
            (40 - 6) * np.log(square) + np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1]
        )

    oracle = optimize.minimize_scalar(lack, bounds=(-12, 6), method="bounded", options={"xatol": 1e-9})

    assert restricted(outcome, x[:, :, None], sizes) == pytest.approx(np.exp(oracle.x), rel=1e-4)


def test_units_that_do_not_differ_have_no_variance_between() -> None:
    generator = np.random.default_rng(3)
    outcome = generator.normal(size=(8, 5))
    outcome -= outcome.mean(axis=1, keepdims=True)
    found = fit(outcome, treated(STEPS, 5)[:, :, None], np.ones((8, 5)))

    assert found.components.between == 0
    assert found.components.correlation == 0


def test_p_is_the_share_of_all_orders_with_a_score_as_great() -> None:
    starts = np.array([1, 2, 3, 1, 2])
    outcome = simulated(starts, 4, 0.5)
    orders = draw_orders(starts, periods=4)
    effects = [
        dense(outcome, treated(np.array(order), 4), np.ones((5, 4)), ratio=ratio_of(outcome))[0]
        for order in sorted(set(permutations(starts.tolist())))
    ]
    own = dense(outcome, treated(starts, 4), np.ones((5, 4)), ratio=ratio_of(outcome))[0]
    tails = [np.mean(np.array(effects) >= own - 1e-9), np.mean(np.array(effects) <= own + 1e-9)]

    assert (orders.count, len(orders.others)) == (30, 30)
    assert order_p(outcome, np.ones((5, 4)), orders) == pytest.approx(2 * min(tails))


def ratio_of(outcome: np.ndarray) -> float:
    """τ²/σ² by mean squares of a two-way table without treatment."""
    units, periods = outcome.shape
    left = outcome - outcome.mean(axis=0)
    means = left.mean(axis=1)
    between = periods * (means**2).sum() / (units - 1)
    within = ((left - means[:, None]) ** 2).sum() / ((units - 1) * (periods - 1))
    return max(0.0, float((between / within - 1) / periods))


def test_many_at_once_are_the_same_as_one_by_one() -> None:
    orders = draw_orders(STEPS, periods=5, limit=500, draws=300, seed=3)
    outcomes = np.stack([simulated(STEPS, 5, 0.4, seed=seed) for seed in range(20)])

    together = order_ps(outcomes, orders)

    assert together.tolist() == [order_p(each, np.ones((8, 5)), orders) for each in outcomes]


@pytest.mark.parametrize("sized", [False, True])
def test_the_interval_ends_where_the_orders_begin_to_reject(sized: bool) -> None:
    outcome, x = simulated(STEPS, 5, 1.0), treated(STEPS, 5)
    sizes = np.random.default_rng(4).integers(5, 30, size=(8, 5)).astype(float) if sized else np.ones((8, 5))
    found = stepped_wedge(outcome, STEPS, sizes=sizes).estimate
    orders = draw_orders(STEPS, periods=5)

    for level in (0.95, 0.90):
        interval = found.interval(level)
        for end, out in ((interval.low, -1e-6), (interval.high, 1e-6)):
            assert order_p(outcome - (end + out) * x, sizes, orders) <= 1 - level + 1e-9
            assert order_p(outcome - (end - out) * x, sizes, orders) > 1 - level - 1e-9
        assert interval.holds(found.effect)
    assert found.method is Method.PERMUTATION
    assert found.smallest_p == pytest.approx(2 / 2520)


def test_an_effect_that_is_there_is_found_beside_a_trend() -> None:
    found = stepped_wedge(simulated(STEPS, 5, 2.0), STEPS)

    assert found.estimate.p is not None
    assert found.estimate.p < 0.01
    assert found.check.interval().holds(2.0)
    assert found.estimate.interval().holds(2.0)
    assert found.exposures is not None
    assert [each.periods for each in found.exposures.effects] == [0, 1, 2, 3]
    assert found.estimate.cautions == ()


def test_an_effect_that_grows_is_said() -> None:
    starts = np.repeat([1, 2, 3, 4], 4)
    since = np.maximum(np.cumsum(treated(starts, 6), axis=1) - 1, 0)
    found = stepped_wedge(simulated(starts, 6, 0.5) + 1.0 * since, starts, draws=499)

    assert found.exposures is not None
    assert found.exposures.p < 0.01
    assert Caution.EFFECT_VARIES_WITH_EXPOSURE in found.estimate.cautions
    assert [each.effect for each in found.exposures.effects] == sorted(
        each.effect for each in found.exposures.effects
    )
    assert found.exposures.average == pytest.approx(0.5 + 2.0, abs=0.8)  # mean of 0 … 4 periods since


def test_an_effect_that_turns_with_time_is_not_taken_for_one() -> None:
    """Good at first and harmful later: one effect for all would call it good (Kenny and others 2022)."""
    starts = np.repeat([1, 2, 3, 4], 4)
    since = np.cumsum(treated(starts, 6), axis=1) - 1
    turning = np.where(since >= 0, 1.0 - 1.0 * since, 0.0)
    found = stepped_wedge(simulated(starts, 6, 0.0) + turning, starts, draws=499)

    assert found.exposures is not None
    assert found.exposures.average < 0 < found.estimate.effect
    assert found.estimate.cautions == (Caution.METHODS_DISAGREE, Caution.EFFECT_VARIES_WITH_EXPOSURE)


def test_cells_that_did_not_follow_the_order_are_said_and_stay_where_they_were_drawn() -> None:
    outcome, taken_up = simulated(STEPS, 5, 1.0), treated(STEPS, 5)
    taken_up[0, 1:] = 0.0  # one of the first two never began: 4 of 20 treated cells
    found = stepped_wedge(outcome, STEPS, taken_up=taken_up)

    assert found.crossover is not None
    assert (found.crossover.treated_without, found.crossover.compared_with) == (4 / 20, 0)
    assert Caution.CROSSOVER in found.estimate.cautions
    assert found.estimate.effect == stepped_wedge(outcome, STEPS).estimate.effect


def test_six_units_are_described_and_not_judged() -> None:
    starts = np.arange(1, 7)
    found = stepped_wedge(simulated(starts, 7, 3.0), starts)

    assert found.estimate.refusals == (Refusal.TOO_FEW_UNITS,)
    assert found.estimate.p is None


def test_a_period_with_too_few_people_on_a_side_is_refused() -> None:
    sizes = np.full((8, 5), 6.0)  # the first step has two units: 12 people
    outcome = simulated(STEPS, 5, 1.0)

    assert stepped_wedge(outcome, STEPS, sizes=sizes, smallest_group=7).estimate.refusals == (
        Refusal.TOO_FEW_PEOPLE,
    )
    assert stepped_wedge(outcome, STEPS, sizes=sizes, smallest_group=6).estimate.refusals == ()


@pytest.mark.parametrize(
    ("outcome", "starts", "more"),
    [
        (np.zeros((8, 5)) * np.nan, STEPS, {}),
        (np.zeros(8), STEPS, {}),
        (np.zeros((8, 5)), STEPS[:7], {}),
        (np.zeros((8, 5)), STEPS - 2, {}),
        (np.zeros((8, 5)), STEPS * 1.0, {}),
        (np.zeros((8, 5)), np.full(8, 2), {}),
        (np.ones((8, 5)), STEPS, {"sizes": np.zeros((8, 5))}),
        (np.ones((8, 5)), STEPS, {"sizes": np.ones((8, 4))}),
    ],
)
def test_input_that_does_not_fit_is_refused(
    outcome: np.ndarray, starts: np.ndarray, more: dict[str, object]
) -> None:
    with pytest.raises(KernelError):
        stepped_wedge(outcome, starts, **more)  # type: ignore[arg-type]  # each is wrong on purpose


def test_what_a_wedge_can_see_is_what_its_test_sees() -> None:
    starts = np.repeat([1, 2, 3], [3, 3, 2])  # 560 orders
    plan = plan_wedge(starts, periods=4, between=0.5, within=0.5, simulations=1_500, seed=8)

    assert plan.refusals == ()
    assert plan.by_formula is not None
    assert plan.by_formula < plan.effect < 1.3 * plan.by_formula
    assert plan.simulated_power == pytest.approx(0.80, abs=0.04)  # both simulated: error .009 and .010


def test_a_plan_is_refused_for_few_units_or_a_small_worthwhile_effect() -> None:
    few = plan_wedge([1, 1, 2, 2, 3, 3], periods=4, between=0.5, within=0.5, worthwhile=0.1)

    assert few.refusals == (Refusal.TOO_FEW_UNITS, Refusal.EFFECT_OUT_OF_REACH)
    with pytest.raises(KernelError):
        plan_wedge(STEPS, periods=5, between=-1.0, within=0.5)


@pytest.mark.parametrize(("before", "after"), [(0.0, 0.5), (0.5, 1.0)])
def test_proportions_are_between_0_and_1(before: float, after: float) -> None:
    with pytest.raises(KernelError):
        binomial_variance(before, after, convention=Binomial.POOLED)
