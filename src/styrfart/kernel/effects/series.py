"""One series that was interrupted by a change, alone or beside series that were not.

The effect is the average difference, over the points after the start, between the outcome and what the model
foretells without the change. How neighbouring points resemble each other is allowed for as `series_errors`
says. A single series has nobody to compare with: what else happened at the same time is in the effect. With
control series the difference to their mean is analysed (of counts: the share of the two rates, given their
sum), which is the same as the interactions of group and time, and takes away what strikes all alike.
"""

from dataclasses import dataclass, replace
from math import nan

import numpy as np
import numpy.typing as npt
from scipy import special

from styrfart.kernel.effects.series_counts import fit_counts, fit_shares
from styrfart.kernel.effects.series_errors import (
    Mixture,
    SeriesErrors,
    SeriesFit,
    fit_series,
    is_exact,
    whitened_residuals,
)
from styrfart.kernel.effects.series_model import Impact, Season, Segments, segments
from styrfart.kernel.effects.values import (
    LEAST_POINTS,
    LEVELS,
    Caution,
    Design,
    Estimate,
    Interval,
    Method,
    Refusal,
    Scale,
)
from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
FEW = 12  # points on a side
HALF = 0.5  # what is added to a count that may be 0, where its logarithm is only described
TIE = 1e-9
STRONG = 0.7  # correlation of neighbours, from which on the level is not kept
RESTLESS = 0.01  # p of residuals that still resemble their neighbours
DISPERSED = 2.0  # times Poisson's variance
LEAST_CONTROLS = 3  # for a placebo: with fewer it could never be below a quarter
METHODS = {
    SeriesErrors.AVERAGED: Method.GENERALISED_LEAST_SQUARES,
    SeriesErrors.RESTRICTED: Method.GENERALISED_LEAST_SQUARES,
    SeriesErrors.NEWEY_WEST: Method.NEWEY_WEST,
    SeriesErrors.INDEPENDENT: Method.STUDENT_T,
}


@dataclass(frozen=True)
class Part:
    """One quantity of the model with its 95 % interval."""

    value: float
    interval: Interval


@dataclass(frozen=True, eq=False)
class SeriesEffect:
    """The estimate and what it rests on.

    `level`, `slope` and `trend` are in the outcome's unit (a point, for the latter two), or logarithms of
    ratios for counts. `without` (n) is what the model foretells without the change, `fitted` (n) with it,
    `times` (n) the places of the points that were used; beside control series both are of the difference
    for numbers, and of this series' counts for counts.
    """

    estimate: Estimate
    impact: Impact
    level: Part | None
    slope: Part | None
    trend: Part | None  # before the start
    at_end: Part | None
    correlation: float  # of neighbouring points, by the model
    correlation_range: tuple[float, float]
    durbin_watson: float  # of the residuals, 2 when neighbours do not resemble each other
    autocorrelations: tuple[float, ...]  # of the residuals, from lag 1
    dispersion: float | None  # of counts: 1 is Poisson's
    times: tuple[int, ...]
    fitted: tuple[float, ...]
    without: tuple[float, ...]
    placebo_p: float | None = None  # share of the series whose effect is as large, itself included


@dataclass(frozen=True, eq=False)
class _Working:
    """What is fitted as a linear model, and how it came from the outcome."""

    y: Floats
    weights: Floats | None
    scale: Scale
    dispersion: float | None
    offset: Floats  # on the scale of the model
    totals: Floats | None  # beside control series of counts


def interrupted_series(
    outcome: npt.ArrayLike,
    start: int,
    *,
    impact: Impact = Impact.LEVEL,
    season: Season | None = None,
    exposure: npt.ArrayLike | None = None,
    phase_in: int = 0,
    errors: SeriesErrors = SeriesErrors.AVERAGED,
) -> SeriesEffect:
    """The effect in one series. `outcome` (T, NaN where missing); `start`: the first place with the change.

    With `exposure` (T, above zero: people, days, cases) the outcome is counts, and the effect the logarithm
    of a ratio of rates. `impact` is stated in advance. `phase_in` points from the start are left out.

    Refused below 8 points on either side. Cautions: always `NO_COMPARISON` and `NO_RANDOMISATION`;
    `FEW_POINTS` below 12 on either side; `SEASON_UNSEEN`; `OVERDISPERSION` above 2; `AUTOCORRELATION` when ρ
    is .7 or more, where the level is not kept, or when residuals still resemble their neighbours (p ≤ .01).
    Raises `KernelError` for shapes that do not fit, or counts that are negative or lack on one side.
    """
    y = _outcome(outcome)
    used = np.isfinite(y)
    if exposure is None:
        model = segments(used, start, impact, season=season, phase_in=phase_in)
        working = _linear(y[model.times])
    else:
        among = _exposure(exposure, y.size)
        model = segments(used & np.isfinite(among), start, impact, season=season, phase_in=phase_in)
        offset = np.log(among[model.times])
        working = _counted(y[model.times], None, model, offset)
    return _effect(working, model, season, errors, Estimate(Design.SERIES, METHODS[errors], nan, 1, 0))


def controlled_series(
    outcome: npt.ArrayLike,
    controls: npt.ArrayLike,
    start: int,
    *,
    impact: Impact = Impact.LEVEL,
    season: Season | None = None,
    exposure: npt.ArrayLike | None = None,
    control_exposure: npt.ArrayLike | None = None,
    phase_in: int = 0,
    errors: SeriesErrors = SeriesErrors.AVERAGED,
) -> SeriesEffect:
    """The effect in one series less that in `controls` (C × T, or T) where nothing changed.

    Points are used where all series have a value. With both exposures the outcomes are counts, and those of
    the controls are added up. `placebo_p`, with three controls or more: each control in turn is taken for
    the treated one. Otherwise as `interrupted_series`, without its caution `NO_COMPARISON`.
    """
    y, others = _outcome(outcome), np.atleast_2d(np.asarray(controls, dtype=np.float64))
    if others.ndim != 2 or others.shape[1] != y.size or (exposure is None) is not (control_exposure is None):
        raise KernelError("controls are C × T, and exposures are given for all series or none")
    every = np.vstack([y, others])
    used, among = np.asarray(np.isfinite(every).all(axis=0)), None
    if exposure is not None and control_exposure is not None:
        beside = np.atleast_2d(np.asarray(control_exposure, dtype=np.float64))
        if beside.shape != others.shape:
            raise KernelError("there is an exposure for each point of each control")
        among = np.vstack([_exposure(each, y.size) for each in (exposure, *beside)])
        used &= np.isfinite(among).all(axis=0)
    model = segments(used, start, impact, season=season, phase_in=phase_in)
    bare = Estimate(Design.CONTROLLED_SERIES, METHODS[errors], nan, 1, len(others))
    rest = list(range(1, len(every)))
    found = _effect(_beside(0, rest, every, among, model), model, season, errors, bare)
    if len(others) < LEAST_CONTROLS or found.estimate.refusals:
        return found
    return replace(found, placebo_p=_placebo(every, among, model))


def _effect(
    working: _Working, model: Segments, season: Season | None, errors: SeriesErrors, bare: Estimate
) -> SeriesEffect:
    bare = replace(bare, scale=working.scale)
    if working.scale is Scale.LOG_RATIO and errors is SeriesErrors.INDEPENDENT:
        bare = replace(bare, method=Method.QUASI_POISSON)
    refused = _refusals(working, model)
    y, weights = working.y, working.weights
    if refused:
        return _described(bare.refused(*refused), working, model)
    fit = fit_series(y, model.columns, model.times, weights=weights, errors=errors)
    mixture = fit.combination(model.average)
    root = np.ones(y.size) if weights is None else np.sqrt(weights)
    residuals = root * (y - np.einsum("nk,k->n", model.columns, fit.coefficients))
    estimate = replace(
        bare,
        effect=mixture.centre,
        standard_error=mixture.spread,
        p=mixture.p,
        intervals=tuple(_interval(mixture, level) for level in LEVELS),
        degrees=fit.degrees,
    )
    cautions = _cautions(working, model, season, fit, residuals, errors, estimate)
    return SeriesEffect(
        estimate=estimate.warned(*cautions),
        impact=model.impact,
        level=_part(fit, model.level),
        slope=_part(fit, model.slope),
        trend=_part(fit, model.trend),
        at_end=_part(fit, model.at_end),
        correlation=fit.correlation,
        correlation_range=fit.correlation_range,
        durbin_watson=float((np.diff(residuals) ** 2).sum() / (residuals**2).sum()),
        autocorrelations=_autocorrelations(residuals),
        dispersion=working.dispersion,
        times=tuple(int(each) for each in model.times),
        fitted=_expected(working, np.einsum("nk,k->n", model.columns, fit.coefficients)),
        without=_expected(working, np.einsum("nk,k->n", model.without, fit.coefficients)),
    )


def _described(estimate: Estimate, working: _Working, model: Segments) -> SeriesEffect:
    """The difference of the means after and before, and no more."""
    after, before = working.y[model.is_after], working.y[~model.is_after]
    alone = (Caution.NO_COMPARISON,) if estimate.design is Design.SERIES else ()
    return SeriesEffect(
        estimate=replace(estimate, effect=float(after.mean() - before.mean())).warned(
            *alone, Caution.NO_RANDOMISATION
        ),
        impact=model.impact,
        level=None,
        slope=None,
        trend=None,
        at_end=None,
        correlation=nan,
        correlation_range=(nan, nan),
        durbin_watson=nan,
        autocorrelations=(),
        dispersion=None,
        times=tuple(int(each) for each in model.times),
        fitted=(),
        without=(),
    )


def _refusals(working: _Working, model: Segments) -> tuple[Refusal, ...]:
    if not _is_enough(model):
        after = int(model.is_after.sum())
        rules = (
            (Refusal.TOO_FEW_POINTS_BEFORE, model.times.size - after < LEAST_POINTS),
            (Refusal.TOO_FEW_POINTS_AFTER, after < LEAST_POINTS),
        )
        return tuple(refusal for refusal, holds in rules if holds)
    exact = is_exact(working.y, model.columns, working.weights)
    return (Refusal.NO_VARIATION,) if exact else ()


def _is_enough(model: Segments) -> bool:
    after = int(model.is_after.sum())
    return min(after, model.times.size - after) >= LEAST_POINTS


def _cautions(
    working: _Working,
    model: Segments,
    season: Season | None,
    fit: SeriesFit,
    residuals: Floats,
    errors: SeriesErrors,
    estimate: Estimate,
) -> tuple[Caution, ...]:
    after = int(model.is_after.sum())
    before = model.times.size - after
    left = residuals
    if errors in {SeriesErrors.AVERAGED, SeriesErrors.RESTRICTED}:
        left = whitened_residuals(residuals, model.times, fit.correlation)
    rules = (
        (Caution.NO_COMPARISON, estimate.design is Design.SERIES),
        (Caution.NO_RANDOMISATION, True),
        (Caution.FEW_POINTS, min(before, after) < FEW),
        (Caution.SEASON_UNSEEN, season is not None and before < 2 * season.length),
        (Caution.OVERDISPERSION, working.dispersion is not None and working.dispersion > DISPERSED),
        (Caution.AUTOCORRELATION, fit.correlation >= STRONG or _resemblance(left) <= RESTLESS),
    )
    return tuple(caution for caution, holds in rules if holds)


def _part(fit: SeriesFit, of: Floats) -> Part | None:
    if not of.any():
        return None
    mixture = fit.combination(of)
    return Part(mixture.centre, _interval(mixture, LEVELS[0]))


def _interval(mixture: Mixture, level: float) -> Interval:
    return Interval(mixture.quantile((1 - level) / 2), mixture.quantile((1 + level) / 2), level)


def _autocorrelations(residuals: Floats) -> tuple[float, ...]:
    square = float((residuals**2).sum())
    lags = min(12, residuals.size // 4)
    return tuple(float((residuals[lag:] * residuals[:-lag]).sum()) / square for lag in range(1, lags + 1))


def _resemblance(residuals: Floats) -> float:
    """p of no autocorrelation at lags 1 to n/4, at most 12 (Ljung and Box 1978)."""
    n = residuals.size
    sums = sum(each**2 / (n - lag) for lag, each in enumerate(_autocorrelations(residuals), start=1))
    return float(special.chdtrc(min(12, n // 4), n * (n + 2) * sums))


def _placebo(every: Floats, among: Floats | None, model: Segments) -> float:
    """The share of all series whose effect beside the controls is as far from zero as the first one's."""
    effects = []
    for place in range(len(every)):
        rest = [other for other in range(1, len(every)) if other != place]
        working = _beside(place, rest, every, among, model)
        beta = fit_series(
            working.y, model.columns, model.times, weights=working.weights, errors=SeriesErrors.INDEPENDENT
        ).coefficients
        effects.append(abs(float((model.average * beta).sum())))
    return sum(each >= effects[0] * (1 - TIE) for each in effects) / len(effects)


def _beside(place: int, rest: list[int], every: Floats, among: Floats | None, model: Segments) -> _Working:
    """One series less the mean of the `rest`; of counts, its share of the sum of them all."""
    points = model.times
    if among is None:
        return _linear(every[place, points] - every[rest][:, points].mean(axis=0))
    offset = np.log(among[place, points]) - np.log(among[rest][:, points].sum(axis=0))
    return _counted(every[place, points], every[rest][:, points].sum(axis=0), model, offset)


def _linear(y: Floats) -> _Working:
    return _Working(y, None, Scale.DIFFERENCE, None, np.zeros(y.size), None)


def _counted(counts: Floats, others: Floats | None, model: Segments, offset: Floats) -> _Working:
    totals = None if others is None else counts + others
    if not _is_enough(model):
        rates = np.log(counts + HALF) - offset
        bare = rates if others is None else rates - np.log(others + HALF)
        return _Working(bare, None, Scale.LOG_RATIO, None, offset, totals)
    if totals is None:
        fit = fit_counts(counts, model.columns, offset)
    else:
        fit = fit_shares(counts, totals, model.columns, offset)
    return _Working(fit.response, fit.weights, Scale.LOG_RATIO, fit.dispersion, offset, totals)


def _expected(working: _Working, linear: Floats) -> tuple[float, ...]:
    whole = linear + working.offset
    if working.scale is Scale.LOG_RATIO:
        whole = np.exp(whole) if working.totals is None else working.totals * special.expit(whole)
    return tuple(float(each) for each in whole)


def _outcome(outcome: npt.ArrayLike) -> Floats:
    y = np.asarray(outcome, dtype=np.float64)
    if y.ndim != 1 or np.isinf(y).any():
        raise KernelError("an outcome is a row of finite numbers, NaN where one is missing")
    return y


def _exposure(exposure: npt.ArrayLike, count: int) -> Floats:
    among = np.asarray(exposure, dtype=np.float64)
    if among.shape != (count,) or (among <= 0).any() or np.isinf(among).any():
        raise KernelError("there is an exposure above zero for each point, NaN where it is missing")
    return among
