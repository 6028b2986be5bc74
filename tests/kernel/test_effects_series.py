"""Interrupted series: published figures, another package's, laws, levels and refusals."""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from styrfart.kernel.effects.regression import least_squares
from styrfart.kernel.effects.series import SeriesEffect, controlled_series, interrupted_series
from styrfart.kernel.effects.series_counts import fit_counts, fit_shares
from styrfart.kernel.effects.series_errors import Mixture, SeriesErrors, fit_series, p_values
from styrfart.kernel.effects.series_model import Impact, Season, segments
from styrfart.kernel.effects.series_plan import plan_series, simulated
from styrfart.kernel.effects.staggered_plan import Noise
from styrfart.kernel.effects.values import Caution, Design, Direction, Method, Refusal, Scale, Verdict
from styrfart.kernel.effects.verdict import judge
from styrfart.kernel.errors import KernelError
from tests.kernel.processes import in_any_process

FILE = Path(__file__).parents[2].parent / "shared" / "data" / "sicily_its" / "sicily.csv"
needs_sicily = pytest.mark.skipif(
    not FILE.is_file(), reason="the Sicilian series of Lopez Bernal and others is not here"
)
NORMAL = 1.959963984540054
Table = npt.NDArray[np.float64]
# Thirty points, a change from the sixteenth.
SERIES = np.array(
    [
        10.001, 10.25, 10.213, 9.868, 9.74, 9.344, 9.475, 10.245, 10.099, 9.888,
        10.233, 10.512, 10.664, 10.299, 10.385, 12.832, 12.26, 12.131, 11.281, 10.736,
        9.915, 9.897, 9.364, 9.599, 9.778, 9.784, 8.626, 8.457, 8.532, 8.689,
    ]
)  # fmt: skip
BOTH = segments(np.ones(30, dtype=bool), 15, Impact.BOTH)


def sicily() -> tuple[Table, Table, int]:
    with FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counts, people = (np.array([float(row[name]) for row in rows]) for name in ("aces", "stdpop"))
    return counts, people, [row["smokban"] for row in rows].index("1")


@needs_sicily
def test_the_published_figures_of_the_smoking_ban() -> None:
    counts, people, start = sicily()
    used = np.ones(counts.size, dtype=bool)
    plain = segments(used, start, Impact.LEVEL)
    seasonal = segments(used, start, Impact.LEVEL, season=Season(12, 2))

    first = fit_counts(counts, plain.columns, np.log(people))
    third = fit_counts(counts, seasonal.columns, np.log(people))

    # Lopez Bernal, Cummins and Gasparrini 2017: model 1 is Poisson, model 3 quasi-Poisson with two harmonics.
    assert (counts[:start].mean(), counts[start:].mean()) == pytest.approx((810.86, 857.52), abs=0.005)
    assert ratios(first.coefficients[2], first.standard_errors(dispersion=1)[2]) == pytest.approx(
        (0.8944, 0.8647, 0.9251), abs=5e-4
    )
    error = third.standard_errors(dispersion=third.dispersion)[2]
    assert ratios(third.coefficients[2], error) == pytest.approx((0.8851, 0.8394, 0.9332), abs=5e-4)
    assert (first.dispersion, third.dispersion) == pytest.approx((3.5592, 2.2622), abs=5e-4)


def ratios(coefficient: float, error: float) -> tuple[float, float, float]:
    limits = coefficient + NORMAL * error * np.array([0, -1, 1])
    middle, low, high = np.exp(limits).tolist()
    return middle, low, high


@needs_sicily
def test_the_smoking_ban_as_a_trial_is_a_probable_improvement() -> None:
    counts, people, start = sicily()

    found = interrupted_series(counts, start, season=Season(12, 2), exposure=people)
    plain = interrupted_series(
        counts, start, season=Season(12, 2), exposure=people, errors=SeriesErrors.INDEPENDENT
    )

    assert (found.estimate.design, found.estimate.scale) == (Design.SERIES, Scale.LOG_RATIO)
    assert np.exp(plain.estimate.effect) == pytest.approx(0.8851, abs=5e-4)
    assert plain.estimate.method is Method.QUASI_POISSON
    assert np.exp(found.estimate.effect) == pytest.approx(0.886, abs=1e-3)
    assert found.dispersion == pytest.approx(2.2622, abs=5e-4)
    assert {Caution.NO_COMPARISON, Caution.OVERDISPERSION} <= set(found.estimate.cautions)
    # Without it there would have been more; clear by its interval, but nobody to compare with.
    assert found.without[-1] > found.fitted[-1]
    judgement = judge(found.estimate, direction=Direction.LOWER, worthwhile=-np.log(0.95))
    assert judgement.verdict is Verdict.PROBABLE_IMPROVEMENT


def test_other_errors_are_those_of_another_package() -> None:
    # statsmodels 0.15: OLS with HAC, three lags and its correction; residuals' Durbin–Watson and first lags.
    newey = fit_series(SERIES, BOTH.columns, BOTH.times, errors=SeriesErrors.NEWEY_WEST)
    found = interrupted_series(SERIES, 15, impact=Impact.BOTH, errors=SeriesErrors.INDEPENDENT)

    assert newey.coefficients == pytest.approx([10.39546667, 0.0393, 1.82460833, -0.33853929], abs=1e-8)
    assert np.sqrt(np.diag(newey.covariance)) == pytest.approx(
        [0.15496857, 0.02198992, 0.38353357, 0.04293174], abs=1e-8
    )
    assert found.durbin_watson == pytest.approx(0.8953153387, abs=1e-9)
    assert found.autocorrelations[:3] == pytest.approx((0.50334491, 0.07122137, -0.15281903), abs=1e-8)


def test_independent_errors_are_ordinary_least_squares() -> None:
    fit = fit_series(SERIES, BOTH.columns, BOTH.times, errors=SeriesErrors.INDEPENDENT)
    ordinary = least_squares(SERIES, BOTH.columns)

    assert fit.coefficients == pytest.approx(ordinary.coefficients, abs=1e-12)
    assert fit.covariance == pytest.approx(ordinary.covariance, abs=1e-12)
    t = ordinary.coefficients[2] / ordinary.standard_errors[2]
    assert fit.combination(BOTH.level).p == pytest.approx(2 * stats.t.sf(abs(t), 26), rel=1e-9)


def test_counts_and_shares_are_those_of_another_package() -> None:
    # statsmodels 0.15: GLM Poisson with scale X2, and binomial of 40 + count, both with an offset.
    counts, offset = np.round(SERIES * 3), np.log(np.linspace(1, 2, 30))

    poisson = fit_counts(counts, BOTH.columns, offset)
    binomial = fit_shares(counts, counts + 40, BOTH.columns, offset)

    assert poisson.coefficients == pytest.approx([3.00932167, -0.02423053, 0.17824405, -0.02495892], abs=1e-8)
    assert poisson.dispersion == pytest.approx(0.05628189928955567, rel=1e-8)
    assert poisson.standard_errors(dispersion=poisson.dispersion) == pytest.approx(
        [0.02329939, 0.00258189, 0.03075682, 0.00365745], abs=1e-8
    )
    assert binomial.coefficients == pytest.approx(
        [-0.67982216, -0.02427213, 0.17645029, -0.02460546], abs=1e-8
    )
    assert binomial.standard_errors(dispersion=1) == pytest.approx(
        [0.13004661, 0.01435025, 0.1733336, 0.02031905], abs=1e-8
    )


def restricted(
    y: Table, columns: Table, times: npt.NDArray[np.int64], rho: float
) -> tuple[float, Table, Table]:
    """The logarithm of the restricted likelihood at ρ, coefficients and covariance, by whole matrices."""
    correlation = np.float64(rho) ** np.abs(np.subtract.outer(times, times))
    inverse = np.linalg.inv(correlation)
    gram = columns.T @ inverse @ columns
    beta = np.linalg.solve(gram, columns.T @ inverse @ y)
    left = y - columns @ beta
    square = left @ inverse @ left / (y.size - beta.size)
    logarithm = (
        np.linalg.slogdet(correlation)[1]
        + np.linalg.slogdet(gram)[1]
        + (y.size - beta.size) * np.log(square * (y.size - beta.size))
    )
    return float(-0.5 * logarithm), np.asarray(beta), np.asarray(square * np.linalg.inv(gram))


def test_the_average_over_correlations_is_that_of_whole_matrices() -> None:
    # Points 3 and 20 are missing: neighbours are then two apart.
    times = np.delete(np.arange(30), [3, 20])
    y, columns = SERIES[times], BOTH.columns[times]
    fit = fit_series(y, columns, times)
    grid = np.arange(50) / 50
    each = [restricted(y, columns, times, rho) for rho in grid]
    logarithms = np.array([one[0] for one in each])
    weights = np.exp(logarithms - logarithms.max()) / np.sqrt(1 - grid**2)
    weights /= weights.sum()

    mixture = fit.combination(BOTH.level)
    low = sum(
        weight * stats.t.cdf(-beta[2] / covariance[2, 2] ** 0.5, times.size - 4)
        for weight, (_, beta, covariance) in zip(weights, each, strict=True)
    )

    assert fit.weights == pytest.approx(weights, abs=1e-9)
    assert mixture.p == pytest.approx(2 * min(low, 1 - low), rel=1e-7)
    assert mixture.centre == pytest.approx(sum(w * b[2] for w, (_, b, _) in zip(weights, each, strict=True)))
    best = fit_series(y, columns, times, errors=SeriesErrors.RESTRICTED)
    assert best.correlation == grid[logarithms.argmax()]


def test_many_series_at_once_have_the_p_values_of_each() -> None:
    model = segments(np.ones(20, dtype=bool), 9, Impact.BOTH)
    ys = np.random.default_rng(0).normal(size=(5, 20)).cumsum(axis=1) + 100

    for errors in SeriesErrors:
        each = [
            fit_series(y, model.columns, model.times, errors=errors).combination(model.average).p for y in ys
        ]
        at_once = p_values(ys, model.columns, model.times, model.average, errors=errors)
        assert at_once == pytest.approx(each, abs=1e-10)


def test_a_mixture_of_one_is_a_t_distribution() -> None:
    one = Mixture(np.array([1.0]), np.array([2.0]), np.array([1.0]), 10.0)
    two = Mixture(np.array([-5.0, 5.0]), np.array([1.0, 1.0]), np.array([0.5, 0.5]), 10.0)

    assert one.quantile(0.975) == pytest.approx(1 + 2 * 2.2281388519649385)
    assert (two.quantile(0.5), two.p, two.spread) == pytest.approx((0, 1, 26**0.5), abs=1e-9)


def test_a_segmented_model_worked_by_hand() -> None:
    # Five points, the change at the third: level 1 at once, then 2 more a point: 1, 3, 5 on average 3, at
    # the end 5; a season of two points swings by 1.
    model = segments(np.ones(5, dtype=bool), 2, Impact.BOTH, season=Season(2, 1))

    assert model.columns.tolist() == [
        [1, -2, 0, 0, 1],
        [1, -1, 0, 0, -1],
        [1, 0, 1, 0, 1],
        [1, 1, 1, 1, -1],
        [1, 2, 1, 2, 1],
    ]
    coefficients = np.array([10, 0, 1, 2, 1])
    assert (model.average @ coefficients, model.at_end @ coefficients) == (3, 5)
    late = segments(np.ones(7, dtype=bool), 2, Impact.LEVEL, phase_in=2)
    assert late.times.tolist() == [0, 1, 4, 5, 6]
    assert late.is_after.tolist() == [False, False, True, True, True]


@pytest.mark.parametrize(
    ("impact", "added"), [(Impact.LEVEL, [5] * 15), (Impact.SLOPE, range(15)), (Impact.BOTH, range(3, 18))]
)
def test_what_was_added_is_found(impact: Impact, added: list[float]) -> None:
    noise = np.random.default_rng(3).normal(size=30) * 1e-3
    y = 10 + 0.5 * np.arange(30) + noise + np.r_[np.zeros(15), added]

    found = interrupted_series(y, 15, impact=impact)

    assert found.estimate.effect == pytest.approx(np.mean(added), abs=0.02)
    assert found.at_end is not None
    assert found.at_end.value == pytest.approx(list(added)[-1], abs=0.02)
    assert found.trend is not None
    assert found.trend.value == pytest.approx(0.5, abs=0.01)
    assert found.without[-1] == pytest.approx(10 + 0.5 * 29, abs=0.05)
    assert (found.level is None, found.slope is None) == (impact is Impact.SLOPE, impact is Impact.LEVEL)


@given(
    shift=st.floats(-1e3, 1e3), drift=st.floats(-10, 10), times=st.floats(0.1, 10), seed=st.integers(0, 99)
)
@settings(max_examples=15, deadline=None)
def test_level_drift_and_unit_of_the_outcome_do_not_matter(
    shift: float, drift: float, times: float, seed: int
) -> None:
    y = np.random.default_rng(seed).normal(size=20)
    one = interrupted_series(y, 10, impact=Impact.BOTH).estimate
    other = interrupted_series(times * y + shift + drift * np.arange(20), 10, impact=Impact.BOTH).estimate

    assert other.p == pytest.approx(one.p, rel=1e-5, abs=1e-9)
    assert other.effect == pytest.approx(times * one.effect, rel=1e-6, abs=1e-6)
    assert other.interval().high == pytest.approx(times * one.interval().high, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("impact", Impact)
@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.6])
def test_the_default_keeps_its_level_at_eight_and_eight(impact: Impact, correlation: float) -> None:
    # 2 000 series; 6 % plus two standard errors. The benchmark tells how the other errors fare.
    model = segments(np.ones(16, dtype=bool), 8, impact)
    ys = simulated(Noise(1.0, correlation), model.times, 2_000, seed=11)

    assert (p_values(ys, model.columns, model.times, model.average) <= 0.05).mean() <= 0.0706


def test_newey_and_west_does_not_keep_it() -> None:
    model = segments(np.ones(16, dtype=bool), 8, Impact.LEVEL)
    ys = simulated(Noise(1.0, 0.3), model.times, 500, seed=11)
    p = p_values(ys, model.columns, model.times, model.average, errors=SeriesErrors.NEWEY_WEST)

    assert (p <= 0.05).mean() > 0.12


def test_the_smallest_visible_effect_is_seen_as_often_as_planned() -> None:
    found = plan_series(24, 12, Noise(2.0, 0.3), impact=Impact.BOTH, seed=1)
    model = segments(np.ones(36, dtype=bool), 24, Impact.BOTH)
    ys = 2 * simulated(Noise(1.0, 0.3), model.times, 1_000, seed=99)

    seen = p_values(ys + found.effect * model.is_after, model.columns, model.times, model.average) <= 0.05

    assert (found.design, found.treated, found.compared) == (Design.SERIES, 1, 0)
    assert seen.mean() == pytest.approx(0.8, abs=0.06)


def test_more_points_controls_and_less_noise_show_smaller_effects() -> None:
    few, many = (
        plan_series(n, n, Noise(1.0, 0.2), simulations=200).effect for n in (8, 24)
    )  # fmt: skip
    calm = plan_series(8, 8, Noise(0.5, 0.2), simulations=200, controls=3)

    assert many < few
    assert calm.effect == pytest.approx(few / 2)
    assert (calm.design, calm.compared) == (Design.CONTROLLED_SERIES, 3)


def test_too_few_points_are_refused_before_and_after() -> None:
    plan = plan_series(7, 20, Noise(1.0, 0.0))
    found = interrupted_series(SERIES[8:], 7)
    counts = interrupted_series(np.array([2.0] * 7 + [4.0] * 7), 7, exposure=np.ones(14))

    assert (plan.refusals, plan.effect) == ((Refusal.TOO_FEW_POINTS_BEFORE,), float("inf"))
    assert found.estimate.refusals == (Refusal.TOO_FEW_POINTS_BEFORE,)
    assert (found.estimate.p, found.estimate.intervals) == (None, ())
    assert found.estimate.effect == pytest.approx(SERIES[15:].mean() - SERIES[8:15].mean())
    both = (Refusal.TOO_FEW_POINTS_BEFORE, Refusal.TOO_FEW_POINTS_AFTER)
    assert counts.estimate.refusals == both
    assert counts.estimate.effect == pytest.approx(np.log(4.5 / 2.5))


def test_missing_points_and_those_of_the_phase_in_are_not_used() -> None:
    gap = SERIES.copy()
    gap[[3, 20]] = np.nan

    found = interrupted_series(gap, 15, phase_in=2)

    assert set(range(30)) - set(found.times) == {3, 15, 16, 20}


def test_a_series_without_noise_is_refused() -> None:
    assert interrupted_series(np.arange(20.0), 10).estimate.refusals == (Refusal.NO_VARIATION,)


def test_what_one_must_know_is_said() -> None:
    rng = np.random.default_rng(5)
    short = interrupted_series(rng.normal(size=20), 10, season=Season(6, 1)).estimate.cautions
    restless = interrupted_series(rng.normal(size=60).cumsum(), 30).estimate.cautions
    calm = interrupted_series(rng.normal(size=60), 30).estimate.cautions

    assert short == (
        Caution.NO_COMPARISON, Caution.NO_RANDOMISATION, Caution.FEW_POINTS, Caution.SEASON_UNSEEN
    )  # fmt: skip
    assert Caution.AUTOCORRELATION in restless
    assert calm == (Caution.NO_COMPARISON, Caution.NO_RANDOMISATION)


def test_beside_controls_the_effect_is_the_interaction_of_group_and_time() -> None:
    rng = np.random.default_rng(6)
    shared = rng.normal(size=30).cumsum()
    own, control = shared + rng.normal(size=30), shared + rng.normal(size=30)
    found = controlled_series(own, control, 15, impact=Impact.BOTH, errors=SeriesErrors.INDEPENDENT)

    # Both series stacked, all columns twice: alone, and times being the treated one.
    x = BOTH.columns
    stacked = least_squares(np.r_[control, own], np.block([[x, np.zeros_like(x)], [x, x]]))
    assert found.level is not None
    assert found.slope is not None
    assert (found.level.value, found.slope.value) == pytest.approx(stacked.coefficients[6:], abs=1e-10)
    assert found.estimate.cautions == (Caution.NO_RANDOMISATION,)
    assert (found.estimate.design, found.estimate.compared) == (Design.CONTROLLED_SERIES, 1)


def test_what_strikes_all_series_is_no_effect() -> None:
    rng = np.random.default_rng(7)
    struck = 5.0 * (np.arange(40) >= 20)
    series = rng.normal(size=(5, 40)) + struck

    beside, alone = controlled_series(series[0], series[1:], 20), interrupted_series(series[0], 20)

    assert beside.estimate.interval().holds(0)
    assert not alone.estimate.interval().holds(0)
    assert beside.placebo_p in {0.2, 0.4, 0.6, 0.8, 1.0}


def test_counts_beside_counts_tell_of_the_ratio_of_rates() -> None:
    # A wave of 1 to 3 strikes both; from the twentieth point the first has half the rate.
    rng = np.random.default_rng(8)
    wave = 2 + np.sin(np.arange(40))
    half = np.where(np.arange(40) >= 20, 0.5, 1.0)
    own, others = rng.poisson(300 * wave * half), rng.poisson(400 * wave, size=(3, 40))

    found = controlled_series(
        own, others, 20, exposure=np.full(40, 3.0), control_exposure=np.full((3, 40), 4.0)
    )

    assert np.exp(found.estimate.effect) == pytest.approx(0.5, abs=0.03)
    assert found.estimate.interval().holds(np.log(0.5))
    assert found.dispersion == pytest.approx(1, abs=0.5)
    assert found.placebo_p == 0.25
    assert np.array(found.fitted) == pytest.approx(own, rel=0.2)


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: interrupted_series(SERIES, 0), "start lies"),
        (lambda: interrupted_series(SERIES, 15, season=Season(12, 7)), "half as many"),
        (lambda: interrupted_series([[1.0]], 1), "a row"),
        (lambda: interrupted_series(SERIES, 15, exposure=np.zeros(30)), "above zero"),
        (lambda: interrupted_series(-SERIES, 15, exposure=np.ones(30)), "not negative"),
        (lambda: interrupted_series(np.r_[np.ones(15), np.zeros(15)], 15, exposure=np.ones(30)), "no best"),
        (lambda: controlled_series(SERIES, SERIES[:9], 15), "C × T"),
        (lambda: controlled_series(SERIES, SERIES, 15, exposure=np.ones(30)), "all series or none"),
        (lambda: plan_series(9, 9, Noise(1.0, 1.0)), "shares"),
        (lambda: fit_series(SERIES, np.ones((30, 2)), np.arange(30)), "depend on one another"),
    ],
)
def test_what_does_not_fit_is_refused(call: object, match: str) -> None:
    assert callable(call)
    with pytest.raises(KernelError, match=match):
        call()


DIGEST = """
import numpy as np
from styrfart.kernel.effects.series import controlled_series, interrupted_series
from styrfart.kernel.effects.series_plan import plan_series
from styrfart.kernel.effects.staggered_plan import Noise
series = np.random.default_rng(1).normal(size=(4, 30))
print(repr((interrupted_series(series[0], 15), controlled_series(series[0], series[1:], 15),
    plan_series(12, 12, Noise(1.0, 0.3), simulations=100))))
"""


def test_the_answer_is_the_same_in_any_process() -> None:
    assert SeriesEffect.__name__ in in_any_process(DIGEST)
