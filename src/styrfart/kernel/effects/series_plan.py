"""Before a change in one series: the smallest average effect that so many points can show."""

from collections.abc import Callable
from dataclasses import replace
from math import inf

import numpy as np
import numpy.typing as npt

from styrfart.kernel.effects.series_errors import SeriesErrors, p_values
from styrfart.kernel.effects.series_model import Impact, Season, segments
from styrfart.kernel.effects.staggered_plan import Noise
from styrfart.kernel.effects.values import LEAST_POINTS, LEVEL, Design, Detectable, Refusal
from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
HALVINGS = 30
LARGEST = 1e6  # standard deviations


def plan_series(
    before: int,
    after: int,
    noise: Noise,
    *,
    impact: Impact = Impact.LEVEL,
    season: Season | None = None,
    phase_in: int = 0,
    controls: int = 0,
    errors: SeriesErrors = SeriesErrors.AVERAGED,
    level: float = LEVEL,
    power: float = 0.8,
    simulations: int = 500,
    seed: int = 0,
) -> Detectable:
    """The average effect after the start that the test of `interrupted_series` sees with `power`.

    `before` and `after`: points, `after` without those of `phase_in`. `noise`: of the series that is analysed
    around its level, trend and season; with `controls` that of the difference. For counts its deviation is,
    on the scale of logarithms, the root of the dispersion over the expected count. An effect grows as
    `impact` says: with a slope, from nothing to about twice its average.

    By simulating the test itself on the same noise with effects of different sizes. Raises `KernelError` for
    shares that are not between 0 and 1, fewer than 100 simulations, or too few points for the model.
    """
    if not (0 < level < 1 and level < power < 1 and noise.deviation >= 0 and 0 <= noise.correlation < 1):
        raise KernelError("level, power and correlation are shares, and a deviation is not negative")
    if simulations < 100:
        raise KernelError("there are at least 100 simulations")
    design = Design.CONTROLLED_SERIES if controls else Design.SERIES
    found = Detectable(design, inf, power, level, 0.0, 1, controls, _too_short(before, after))
    if found.refusals:
        return found
    model = segments(
        np.ones(before + phase_in + after, dtype=bool), before, impact, season=season, phase_in=phase_in
    )
    shape = _shape(model.level, model.slope, model.columns, model.average)
    ys = simulated(noise, model.times, simulations, seed)

    def seen(effect: float) -> float:
        shifted = ys + effect * shape  # in standard deviations of the noise
        return float(
            (p_values(shifted, model.columns, model.times, model.average, errors=errors) <= level).mean()
        )

    least = _least(seen, power)
    if least is None:
        return found
    return replace(
        found, effect=least * noise.deviation, simulated_power=seen(least), simulations=simulations
    )


def _too_short(before: int, after: int) -> tuple[Refusal, ...]:
    rules = (
        (Refusal.TOO_FEW_POINTS_BEFORE, before < LEAST_POINTS),
        (Refusal.TOO_FEW_POINTS_AFTER, after < LEAST_POINTS),
    )
    return tuple(refusal for refusal, holds in rules if holds)


def _least(seen: Callable[[float], float], power: float) -> float | None:
    """The least effect that is `seen` with `power`, to a thousandth; None when not even `LARGEST` is."""
    high = 1.0
    while seen(high) < power:
        high *= 2
        if high > LARGEST:
            return None
    low = 0.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if seen(middle) >= power else (middle, high)
        if high - low <= 1e-3 * high:
            break
    return high


def simulated(noise: Noise, times: npt.NDArray[np.int64], count: int, seed: int) -> Floats:
    """`count` × n series of standard deviation 1 with the noise's correlation."""
    correlations = np.float64(noise.correlation) ** np.abs(times[:, None] - times[None, :])
    drawn = np.random.default_rng(seed).standard_normal((count, times.size))
    return np.asarray(np.einsum("ts,ns->nt", np.linalg.cholesky(correlations), drawn))


def _shape(level: Floats, slope: Floats, columns: Floats, average: Floats) -> Floats:
    """What is added to each point (n) by an effect whose average is 1: at once, if the model has a level."""
    chosen = level if level.any() else slope
    return np.asarray(np.einsum("nk,k->n", columns, chosen / float((chosen * average).sum())))
