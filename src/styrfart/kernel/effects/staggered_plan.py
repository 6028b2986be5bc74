"""Before a staggered start: how the outcome moves by itself, and the smallest effect that can be seen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import floor, inf, sqrt

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

from styrfart.kernel.effects.lots import DRAWS, TIE
from styrfart.kernel.effects.staggered import NEVER, Cell, Comparison, Panel, Units, cells_of, usable
from styrfart.kernel.effects.staggered_aggregate import Aggregation, overall_weights
from styrfart.kernel.effects.staggered_permutation import (
    ENUMERATED,
    deal,
    number_of_deals,
    others_of,
    overall_of_deals,
    row_of,
)
from styrfart.kernel.effects.values import LEAST_UNITS, LEVEL, Design, Detectable, Refusal
from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
AT_ONCE = 32  # simulated panels
MANY = 40  # units; from here on standard errors can be trusted when no group is small


@dataclass(frozen=True)
class Noise:
    """How a unit's outcome moves when nothing is done, beside its own level and what all units share.

    `deviation`: the standard deviation around them, in the outcome's unit. `correlation` of one period with
    the next; with the one after that it is its square, and so on.
    """

    deviation: float
    correlation: float


@dataclass(frozen=True)
class Rollout:
    """How many units start when, and how many do not within the panel."""

    starts: Mapping[int, int]  # start: units
    never: int
    times: tuple[int, ...]  # the periods that will be observed

    @property
    def sizes(self) -> tuple[int, ...]:
        return (*(self.starts[each] for each in sorted(self.starts)), *((self.never,) if self.never else ()))


def noise_of(outcomes: npt.ArrayLike) -> Noise:
    """The noise of N × T outcomes from before anybody started, T at least 3.

    The plain correlation of deviations from a unit's own mean is too low when there are few periods; the one
    returned is the one whose expectation gives what was seen (method of moments). Raises `KernelError` for
    fewer than two units or three periods, or numbers that are not finite.
    """
    values = np.asarray(outcomes, dtype=np.float64)
    if values.ndim != 2 or values.shape[0] < 2 or values.shape[1] < 3 or not np.isfinite(values).all():
        raise KernelError("outcomes are N × T, finite, at least two units and three periods")
    left = values - values.mean(axis=1, keepdims=True)
    left = left - left.mean(axis=0)
    units, periods = values.shape
    square = float((left**2).sum()) / (units - 1)
    if square == 0:
        return Noise(0.0, 0.0)
    seen = float((left[:, 1:] * left[:, :-1]).sum()) / (units - 1) / square

    def missing(correlation: float) -> float:
        own, beside = _expected(correlation, periods)
        return float(beside / own - seen)

    low, high = -0.9, 0.98
    if missing(low) >= 0:
        correlation = low
    elif missing(high) <= 0:
        correlation = high
    else:
        correlation = float(optimize.brentq(missing, low, high, xtol=1e-10))
    return Noise(sqrt(square / _expected(correlation, periods)[0]), correlation)


def plan_staggered(
    plan: Rollout,
    noise: Noise,
    *,
    aggregation: Aggregation = Aggregation.GROUP,
    comparison: Comparison = Comparison.NOT_YET_TREATED,
    anticipation: int = 0,
    level: float = LEVEL,
    power: float = 0.8,
    simulations: int = 1_000,
    seed: int = 0,
) -> Detectable:
    """The constant effect that the test of `staggered_effect` at `level` sees with `power`.

    In the outcome's unit. With fewer than `MANY` units the permutation test itself is simulated: in each
    simulated panel there is an effect from which on the test sees it, and the answer is the quantile `power`
    of those. With more, from the variance of the estimate, which is linear in the outcomes, and the t
    reference.

    Raises `KernelError` for counts below one, starts outside the times, fewer than 100 simulations, or
    shares that are not between 0 and 1.
    """
    units = _units(plan)
    if not (0 < level < 1 and level < power < 1 and noise.deviation >= 0 and abs(noise.correlation) < 1):
        raise KernelError("level, power and correlation are shares, and a deviation is not negative")
    if simulations < 100:
        raise KernelError("there are at least 100 simulations")
    cells = [
        cell
        for cell in cells_of(units.groups, units.times, anticipation=anticipation)
        if others_of(cell, units, comparison, units.starts).any()
    ]
    treated, compared = sum(plan.starts.values()), _compared(cells, units, comparison)
    is_few = units.count < MANY
    smallest = 2 / _looked_at(plan) if is_few else 0.0
    found = Detectable(
        Design.STAGGERED if len(plan.starts) > 1 else Design.DIFFERENCE,
        inf,
        power,
        level,
        smallest,
        treated,
        compared,
        _refusals(cells, units, treated, compared, smallest, level),
    )
    if found.refusals:
        return found
    if is_few:
        thresholds = _thresholds(cells, units, comparison, aggregation, noise, level, simulations, seed)
        return replace(
            found,
            effect=float(np.quantile(thresholds, power, method="higher")),
            simulated_power=power,
            simulations=simulations,
        )
    deviation = sqrt(_variance(cells, units, comparison, aggregation, noise))
    return replace(found, effect=deviation * _multiple(units.count - len(plan.sizes), level, power))


def _units(plan: Rollout) -> Units:
    if not plan.starts or min((*plan.starts.values(), plan.never + 1)) < 1:
        raise KernelError("each start has at least one unit, and so many that never start as there are")
    if min(plan.starts) <= plan.times[0] or max(plan.starts) > plan.times[-1]:
        raise KernelError("starts lie after the first period and not after the last")
    each = [start for start in sorted(plan.starts) for _ in range(plan.starts[start])]
    starts = np.array([*each, *[NEVER] * plan.never], dtype=np.int64)
    return usable(Panel(np.zeros((starts.size, len(plan.times))), starts, np.array(plan.times)))


def _looked_at(plan: Rollout) -> int:
    count = number_of_deals(plan.sizes)
    return count if count <= ENUMERATED else DRAWS + 1


def _compared(cells: list[Cell], units: Units, comparison: Comparison) -> int:
    used = np.zeros(units.count, dtype=bool)
    for cell in cells:
        if cell.is_after:
            used |= others_of(cell, units, comparison, units.starts) > 0
    return int(used.sum())


def _refusals(
    cells: list[Cell], units: Units, treated: int, compared: int, smallest: float, level: float
) -> tuple[Refusal, ...]:
    rules = (
        (Refusal.NO_COMPARISON, not any(cell.is_after for cell in cells)),
        (Refusal.TOO_FEW_UNITS, units.count < LEAST_UNITS),
        (Refusal.TOO_FEW_TREATED, treated < 2),
        (Refusal.TOO_FEW_COMPARED, compared < 2),
        (Refusal.LEVEL_OUT_OF_REACH, smallest > level * (1 + TIE)),
    )
    return tuple(refusal for refusal, holds in rules if holds)


def _variance(
    cells: list[Cell], units: Units, comparison: Comparison, aggregation: Aggregation, noise: Noise
) -> float:
    """Of the overall effect: it is a sum over units and periods of known coefficients times outcomes."""
    groups = np.array([cell.group for cell in cells])
    shares = (units.starts[:, None] == groups).mean(axis=0)
    counts = overall_weights(cells, aggregation, shares)
    coefficients = np.zeros(units.outcomes.shape)
    for cell, count in zip(cells, counts, strict=True):
        own = units.starts == cell.group
        others = others_of(cell, units, comparison, units.starts)
        of_unit = count * (own / own.sum() - others / others.sum())
        coefficients[:, cell.after] += of_unit
        coefficients[:, cell.before] -= of_unit
    covariance = noise.deviation**2 * _correlations(noise.correlation, np.array(units.times))
    return float(np.einsum("nt,ts,ns->", coefficients, covariance, coefficients))


def _correlations(correlation: float, times: npt.NDArray[np.int64]) -> Floats:
    return np.asarray(np.float64(correlation) ** np.abs(times[:, None] - times[None, :]))


def _expected(correlation: float, periods: int) -> tuple[float, float]:
    """The expected sums of squares and of products of neighbours, of deviations from a unit's own mean."""
    whole = _correlations(correlation, np.arange(periods))
    centre = np.eye(periods) - 1 / periods
    left = np.einsum("st,tu,uv->sv", centre, whole, centre)
    return float(np.trace(left)), float(np.trace(left, offset=1))


def _multiple(degrees: int, level: float, power: float) -> float:
    """How many standard deviations an effect must be: the noncentral t distribution turned around."""
    limit = float(special.stdtrit(degrees, 1 - level / 2))

    def missing(shift: float) -> float:
        return 1 - float(special.nctdtr(degrees, shift, limit)) - power

    high = limit
    while missing(high) < 0:
        high += 1
    return float(optimize.brentq(missing, 0.0, high, xtol=1e-10))


def _thresholds(
    cells: list[Cell],
    units: Units,
    comparison: Comparison,
    aggregation: Aggregation,
    noise: Noise,
    level: float,
    simulations: int,
    seed: int,
) -> Floats:
    """For each simulated panel the effect from which on the permutation test sees it.

    An effect θ adds θb to a deal's estimate a, and θ to the real one, a₀: the deal is as extreme while
    θ ≤ (a − a₀)/(1 − b). The test sees θ when at most so many deals are as the level has room for.
    """
    generator = np.random.default_rng(seed)
    deals = deal(units, draws=999, limit=1_000, seed=seed)
    real = row_of(units, deals)
    room = floor(level / 2 * len(deals.dealt) + TIE)
    started = (units.times[None, None, :] >= units.starts[None, :, None]).astype(np.float64)
    gap = 1 - overall_of_deals(started, units, cells, comparison, aggregation, deals)[0]
    root = np.linalg.cholesky(_correlations(noise.correlation, units.times)) * noise.deviation
    found = []
    for start in range(0, simulations, AT_ONCE):
        count = min(AT_ONCE, simulations - start)
        drawn = generator.standard_normal((count, *units.outcomes.shape))
        values = np.einsum("ts,vns->vnt", root, drawn)
        a = overall_of_deals(values, units, cells, comparison, aggregation, deals)
        with_end = gap > TIE
        limits = np.where(with_end, (a - a[:, [real]]) / np.where(with_end, gap, 1.0), inf)
        found.append(np.sort(limits, axis=1)[:, -1 - room])
    return np.concatenate(found)
