"""What a trial can see, told before it starts: the smallest effect, the least p value, and why it should not.

An exact test by eight units of which four start has 70 allocations, so p ≤ .05 means p ≤ 2/70 = .029, and the
textbook's formula promises more than it keeps: 80 % become 74. So the smallest effect comes from the test
itself. The limits of its interval move with the effect, so one set of simulated outcomes without any effect
gives the whole curve of power: an effect δ is seen when the low limit without it is above −δ. The effect by
formula stands beside (Student's t at the level that the lot can reach).
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from math import comb, floor, inf, isfinite, prod, sqrt

import numpy as np
from scipy import optimize, stats

from styrfart.kernel.effects.lots import DRAWS, ENUMERATED, TIE, Floats, Lot, draw, limits, p_values
from styrfart.kernel.effects.refusals import refusals
from styrfart.kernel.effects.values import LEVEL, Design, Detectable, Refusal
from styrfart.kernel.errors import KernelError

POWER = 0.80
OUTCOMES = 4_000  # simulated; the power at the effect that they give has a standard error of 0.6 points
BLOCKS = 16  # of outcomes
LISTED = 2_000  # allocations; beyond that as many are sampled, which costs at most half a point of power


class Tails(Enum):
    """Of a p value."""

    ONE = 1
    TWO = 2


class Binomial(Enum):
    """Which variance of a proportion stands for both conditions: it changes the power by several points."""

    POOLED = "pooled"  # p(1 − p) at the mean of both proportions; the R package swCRTdesign
    AVERAGE = "average"  # the mean of both variances
    BASELINE = "baseline"  # that of the proportion before; Hussey and Hughes 2007


def least_p(groups: Sequence[tuple[int, int]], *, tails: Tails = Tails.TWO) -> float:
    """The least p that any outcome can give: 1 by the number of allocations, doubled for two tails.

    `groups`: (starting, others) of each stratum; of a plain lot one, of pairs (1, 1) each. 3 and 3: .05 with
    one tail, .10 with two. Raises `KernelError` for negative numbers or none.
    """
    return min(1.0, tails.value / _allocations(groups))


def reached_level(count: int, *, level: float = LEVEL) -> float:
    """The greatest two-sided p at most `level` that a lot with `count` allocations can give; 0 for none."""
    return 2 * floor(level * count / 2 + TIE) / count


def unit_spread(*, spread: float, correlation: float, people: float) -> float:
    """The standard deviation of a unit's mean of `people`, from that of one person.

    `correlation`: of two people in one unit (ICC). √(σ²(ρ + (1 − ρ)/m)). Source: Donner and Klar 2000.
    """
    _checked(spread, others_hold=0 <= correlation <= 1 and people > 0)
    return spread * sqrt(correlation + (1 - correlation) / people)


def change_spread(*, spread: float, autocorrelation: float, before: int, after: int) -> float:
    """The standard deviation of a unit's change, mean of `after` periods less mean of `before`.

    `spread`: of one period around the unit's own level; `autocorrelation`: of neighbouring periods, falling
    off geometrically (AR(1)).
    """
    _checked(spread, others_hold=-1 < autocorrelation < 1 and before > 0 and after > 0)
    place = np.arange(before + after)
    weights = np.where(place < before, -1 / before, 1 / after)
    together = autocorrelation ** np.abs(place[:, None] - place[None, :])
    return spread * float(np.sqrt(np.einsum("i,ij,j->", weights, together, weights)))


def plan_randomised(
    groups: Sequence[tuple[int, int]],
    *,
    spread: float,
    explained: float = 0.0,
    measures: int = 0,
    worthwhile: float | None = None,
    people: tuple[int, int] | None = None,
    smallest_group: int | None = None,
    power: float = POWER,
    level: float = LEVEL,
    simulations: int = 0,
    seed: int = 0,
    design: Design = Design.RANDOMISED,
) -> Detectable:
    """The smallest effect that a lot over units can see.

    `groups`: (starting, others) of each stratum. `spread`: standard deviation of units' outcomes within a
    stratum. `explained`: correlation of outcome and baseline, when `measures` baselines are adjusted for.
    `worthwhile`: the smallest effect worth having; refused when it is smaller than what can be seen. `people`
    in all units that start, and in all others, with the survey's `smallest_group`. With `simulations` the
    power is also found by the test itself on normal outcomes.

    Raises `KernelError` for numbers out of range. Source: Cohen 1988 (noncentral t); Borm, Fransen and
    Lemmens 2007 (the factor √(1 − r²)).
    """
    _checked(spread, others_hold=-1 < explained < 1 and measures >= 0)
    count, left = _allocations(groups), spread * sqrt(1 - explained**2)
    units, treated = sum(a + b for a, b in groups), sum(a for a, _ in groups)
    # z'Mz with the strata taken out: what the lot tells about the effect, in units.
    told = sum(a * b / (a + b) for a, b in groups)
    formula = smallest_effect(
        error=left / sqrt(told) if told else inf,
        degrees=units - 1 - len(groups) - measures,
        level=reached_level(count if count <= ENUMERATED else DRAWS + 1, level=level),
        power=power,
    )
    is_seen = isfinite(formula) and least_p(groups) <= level
    effect = _by_the_test(groups, measures, left, level, power, seed) if is_seen else inf
    refused = refusals(
        units=units,
        smallest_p=least_p(groups),
        people_treated=None if people is None else people[0],
        people_compared=None if people is None else people[1],
        smallest_group=smallest_group,
    )
    plan = Detectable(
        design, effect, power, level, least_p(groups), treated, units - treated, refused, formula
    )
    if not (simulations and isfinite(effect)):
        return beside(plan, worthwhile)
    found = simulate(groups, effect=effect, spread=left, level=level, simulations=simulations, seed=seed)
    return beside(replace(plan, simulated_power=found, simulations=simulations), worthwhile)


def _by_the_test(
    groups: Sequence[tuple[int, int]], measures: int, spread: float, level: float, power: float, seed: int
) -> float:
    """The effect that normal outcomes let the exact test see with that power."""
    lows, highs = [], []
    for block in range(BLOCKS):
        # Another sample of allocations and another baseline each time: what is particular to one goes out.
        lot, strata = _lot(groups, limit=LISTED, draws=LISTED - 1, seed=seed + block)
        generator = np.random.default_rng([seed, 3, block])
        outcomes = generator.normal(scale=spread, size=(OUTCOMES // BLOCKS, lot.drawn.size))
        columns = generator.normal(size=(lot.drawn.size, measures))
        limit = limits(outcomes, lot, np.column_stack([strata, columns]), level=1 - level)
        lows.append(limit[0])
        highs.append(limit[1])
    low, high = np.concatenate(lows), np.concatenate(highs)

    def seen(effect: float) -> float:
        return float(((low > -effect) | (high < -effect)).mean())

    inside, outside = 0.0, spread
    while seen(outside) < power and isfinite(outside):
        inside, outside = outside, 2 * outside
    for _ in range(40):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if seen(middle) >= power else (middle, outside)
    return outside


def _lot(groups: Sequence[tuple[int, int]], *, limit: int, draws: int, seed: int) -> tuple[Lot, Floats]:
    """The lot of such groups, and a column for each stratum."""
    labels = np.repeat(np.arange(len(groups)), [a + b for a, b in groups])
    started = np.concatenate([np.repeat([1.0, 0.0], [a, b]) for a, b in groups])
    lot = draw(started, strata=labels, limit=limit, draws=draws, seed=seed)
    return lot, (labels[:, None] == np.arange(len(groups))).astype(np.float64)


def beside(plan: Detectable, worthwhile: float | None) -> Detectable:
    """The plan, refused as well when the worthwhile effect is smaller than what it can see."""
    if worthwhile is None or worthwhile >= plan.effect:
        return plan
    return replace(plan, refusals=(*plan.refusals, Refusal.EFFECT_OUT_OF_REACH))


def plan_difference(
    treated: int,
    compared: int,
    *,
    spread: float,
    worthwhile: float | None = None,
    power: float = POWER,
    level: float = LEVEL,
    simulations: int = 0,
    seed: int = 0,
) -> Detectable:
    """The smallest effect that a before-and-after with comparison can see; `spread` as of `change_spread`."""
    return plan_randomised(
        [(treated, compared)],
        spread=spread,
        worthwhile=worthwhile,
        power=power,
        level=level,
        simulations=simulations,
        seed=seed,
        design=Design.DIFFERENCE,
    )


def plan_matched(
    pairs: int,
    *,
    spread: float,
    alike: float = 0.0,
    worthwhile: float | None = None,
    power: float = POWER,
    level: float = LEVEL,
    simulations: int = 0,
    seed: int = 0,
) -> Detectable:
    """The smallest effect that `pairs` can see. `alike`: correlation of the outcomes within a pair.

    For pairs drawn by lot as for matched ones; the formula is that of `plan_randomised` with a stratum each.
    """
    _checked(spread, others_hold=-1 < alike < 1)
    return plan_randomised(
        [(1, 1)] * pairs,
        spread=spread * sqrt(1 - alike),
        worthwhile=worthwhile,
        power=power,
        level=level,
        simulations=simulations,
        seed=seed,
        design=Design.MATCHED,
    )


def simulate(
    groups: Sequence[tuple[int, int]],
    *,
    effect: float,
    spread: float,
    level: float = LEVEL,
    simulations: int = 2_000,
    limit: int = LISTED,
    draws: int = LISTED - 1,
    seed: int = 0,
) -> float:
    """The share of simulated trials with p ≤ `level`, by the exact test; type-I error for an `effect` of 0.

    Its standard error is √(share · (1 − share) / simulations).
    """
    lot, strata = _lot(groups, limit=limit, draws=draws, seed=seed)
    generator = np.random.default_rng([seed, 1])
    outcomes = generator.normal(scale=spread, size=(simulations, lot.drawn.size)) + effect * lot.drawn
    return float((p_values(outcomes, lot, strata) <= level + TIE).mean())


def power_of(effect: float, *, error: float, degrees: float, level: float = LEVEL) -> float:
    """The power of a two-sided t test; with infinite `degrees` the normal one."""
    if level <= 0 or error <= 0:
        return 0.0
    shift = abs(effect) / error
    if isfinite(degrees):
        edge = stats.t.isf(level / 2, degrees)
        return float(stats.nct.sf(edge, degrees, shift) + stats.nct.cdf(-edge, degrees, shift))
    edge = stats.norm.isf(level / 2)
    return float(stats.norm.sf(edge - shift) + stats.norm.cdf(-edge - shift))


def smallest_effect(*, error: float, degrees: float, level: float = LEVEL, power: float = POWER) -> float:
    """The effect with that power; infinite where none has."""
    if degrees < 1 or level <= 0 or not isfinite(error):
        return inf
    if not level < power < 1:
        raise KernelError("power is above the level and below 1")
    top = 1.0
    while power_of(top, error=1.0, degrees=degrees, level=level) < power:
        top *= 2
    root = optimize.brentq(
        lambda shift: power_of(shift, error=1.0, degrees=degrees, level=level) - power, 0.0, top, xtol=1e-10
    )
    return float(root) * error


def binomial_variance(before: float, after: float, *, convention: Binomial) -> float:
    """The variance of one yes or no, where the proportion goes from `before` to `after`."""
    if not (0 < before < 1 and 0 < after < 1):
        raise KernelError("proportions are between 0 and 1")
    mean = (before + after) / 2
    return {
        Binomial.POOLED: mean * (1 - mean),
        Binomial.AVERAGE: (before * (1 - before) + after * (1 - after)) / 2,
        Binomial.BASELINE: before * (1 - before),
    }[convention]


def _allocations(groups: Sequence[tuple[int, int]]) -> int:
    if not groups or any(a < 0 or b < 0 or a + b == 0 for a, b in groups):
        raise KernelError("each stratum has units, those that start and those that do not")
    return prod(comb(a + b, a) for a, b in groups)


def _checked(spread: float, *, others_hold: bool) -> None:
    if not (isfinite(spread) and spread > 0 and others_hold):
        raise KernelError("a spread is above zero; shares, correlations and numbers keep to their ranges")
