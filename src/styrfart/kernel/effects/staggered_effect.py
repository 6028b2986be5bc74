"""The whole answer for units that started at different times: one estimate, what it rests on, what to beware.

By default the p value and the intervals are of permuted start times (`staggered_permutation`). With 40
clusters or more, ten at least in each group of starters and ten to compare with, they are of the influence
function, which then keeps its level and needs no exchangeability: its standard error is the published one
times √(G / (G − k)), with a t reference of G − k degrees, where G counts clusters and k groups of starters
and those who never start. With smaller groups it does not keep it: 7 to 8 % instead of 5 with 4 starters of
40 (measured in the benchmark).
"""

from dataclasses import dataclass, replace
from math import nan

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from styrfart.kernel.effects.lots import DRAWS
from styrfart.kernel.effects.randomised import PROBABLE, by_t
from styrfart.kernel.effects.refusals import refusals
from styrfart.kernel.effects.staggered import (
    Base,
    Comparison,
    GroupTimeEffects,
    Panel,
    Units,
    WeightPeriod,
    compared_with,
    effects_on,
    group_time_effects,
    subset,
    summed_by,
    usable,
)
from styrfart.kernel.effects.staggered_aggregate import Aggregated, Aggregation, aggregate
from styrfart.kernel.effects.staggered_cells import Adjustment
from styrfart.kernel.effects.staggered_inference import Band, PreTrend, careful_band, pre_trend, uniform_band
from styrfart.kernel.effects.staggered_permutation import (
    ENUMERATED,
    FEW_DRAWS,
    Deals,
    deal,
    is_plain,
    two_sided,
)
from styrfart.kernel.effects.staggered_permutation import permutation_reference as by_permutation
from styrfart.kernel.effects.values import LEVEL, Caution, Design, Estimate, Method, Refusal
from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
MANY, LARGE = 40, 10  # clusters in all, and in each group, from which on the influence function is trusted
MANY_FOR_ALL, LARGE_FOR_ALL = 200, 50  # the same for the bootstrap of all effects at once
LEFT_OUT = 100  # clusters, up to which each is really left out
FEWEST = 2  # clusters that start, and to compare with
SURE = 0.01  # level of the look at the period just before the start: one look of many


@dataclass(frozen=True, eq=False)
class StaggeredEffect:
    """The estimate, its check by the other method, and the parts.

    `overall`, `by_exposure` and `band` are None where no effect after a start could be estimated.
    `incomplete` and `began_before` are places in the panel of units that were left out: with a missing
    value, and with a start no later than the first period.
    """

    estimate: Estimate
    check: Estimate | None
    group_time: GroupTimeEffects
    overall: Aggregated | None
    by_exposure: Aggregated | None
    band: Band | None  # around `by_exposure`
    pre_trend: PreTrend | None
    without_one: tuple[float, float] | None  # the range of the effect when any one cluster is left out
    incomplete: tuple[int, ...]
    began_before: tuple[int, ...]


def staggered_effect(
    panel: Panel,
    *,
    aggregation: Aggregation = Aggregation.GROUP,
    comparison: Comparison = Comparison.NOT_YET_TREATED,
    adjustment: Adjustment | None = None,
    base: Base = Base.VARYING,
    anticipation: int = 0,
    weight_period: WeightPeriod = WeightPeriod.EARLIER,
    people: npt.ArrayLike | None = None,
    smallest_group: int | None = None,
    draws: int | None = None,
    limit: int = ENUMERATED,
    seed: int = 0,
) -> StaggeredEffect:
    """The overall effect of `panel` and what one must know of it.

    `adjustment` for covariates: without it by regression, and doubly robust where the influence function is
    used; with few units the weights of the latter rest on one or two of them.
    `people` (N) with `smallest_group`: respondents behind each unit, and the survey's smallest group.
    `draws` ways to deal start times out are looked at when there are more than `limit`; without it 9 999, or
    499 where each is a set of regressions. Other arguments as in `group_time_effects`.

    Cautions: always `NO_RANDOMISATION`; `ATTRITION` for units with missing values; `CROSSOVER` for units
    left out since they had begun before; `TRENDS_DIFFERED` when effects before the start are not zero
    together (p ≤ .10); `ANTICIPATION` when the last one before the start is not (p ≤ .01);
    `EFFECT_VARIES_…` (p ≤ .05); `METHODS_DISAGREE` and `DEPENDS_ON_ONE_UNIT` as for drawn units;
    `FEW_UNITS` where only the influence function could be used, with fewer clusters than it needs.
    Raises `KernelError` as `group_time_effects` does.
    """
    if adjustment is None:
        is_large = _is_large(usable(panel))
        adjustment = Adjustment.DOUBLY_ROBUST if is_large else Adjustment.REGRESSION
    found = group_time_effects(
        panel,
        comparison=comparison,
        adjustment=adjustment,
        base=base,
        anticipation=anticipation,
        weight_period=weight_period,
    )
    if not any(cell.is_after for cell in found.cells):
        return _nothing(found)
    answer = _answered(found, aggregation, _deals(found.units, draws, limit, seed), seed)
    refused = _refusals(answer.estimate, found.units, people, smallest_group)
    return replace(answer, estimate=answer.estimate.refused(*refused))


def _nothing(found: GroupTimeEffects) -> StaggeredEffect:
    units = found.units
    why = Refusal.NO_POINT_BEFORE if units.began_before and not units.groups else Refusal.NO_COMPARISON
    return StaggeredEffect(
        estimate=_bare(found).refused(why),
        check=None,
        group_time=found,
        overall=None,
        by_exposure=None,
        band=None,
        pre_trend=None,
        without_one=None,
        incomplete=units.incomplete,
        began_before=units.began_before,
    )


def _answered(
    found: GroupTimeEffects, aggregation: Aggregation, deals: Deals | None, seed: int
) -> StaggeredEffect:
    units, is_large = found.units, _is_large(found.units)
    overall, by_exposure = aggregate(found, aggregation), aggregate(found, Aggregation.DYNAMIC)
    bare = replace(_bare(found), effect=overall.overall)
    formula = _by_formula(bare, overall, units)
    dealt = None if deals is None else _by_deals(bare, found, aggregation, deals)
    estimate, check = (formula, dealt) if dealt is None or is_large else (dealt, formula)
    trend = pre_trend(found, aggregation, deals=deals if is_plain(units) and not is_large else None)
    without = _without_one(found, overall)
    return StaggeredEffect(
        estimate=estimate.warned(
            *_cautions(found, by_exposure, aggregate(found, Aggregation.GROUP), trend),
            *_doubts(estimate, check, without, has_deals=deals is not None, is_large=is_large),
        ),
        check=check,
        group_time=found,
        overall=overall,
        by_exposure=by_exposure,
        band=_band(by_exposure, units, seed),
        pre_trend=trend,
        without_one=without,
        incomplete=units.incomplete,
        began_before=units.began_before,
    )


def _bare(found: GroupTimeEffects) -> Estimate:
    units = found.units
    used = np.zeros(units.count, dtype=bool)
    for cell in found.cells:
        if cell.is_after:
            used |= compared_with(cell, units, found.settings.comparison)
    started = units.clusters[~units.is_never]
    design = Design.STAGGERED if len(units.groups) > 1 else Design.DIFFERENCE
    return Estimate(
        design, Method.DESCRIPTION, nan, np.unique(started).size, np.unique(units.clusters[used]).size
    )


def _kinds(units: Units) -> list[int]:
    """Clusters in each group of starters, and of those who never start."""
    kinds = [np.unique(units.clusters[units.starts == group]).size for group in units.groups]
    never = np.unique(units.clusters[units.is_never]).size
    return [*kinds, never] if never else kinds


def _is_large(units: Units) -> bool:
    return units.cluster_count >= MANY and min(_kinds(units)) >= LARGE


def _by_formula(bare: Estimate, overall: Aggregated, units: Units) -> Estimate:
    bare = replace(bare, method=Method.INFLUENCE_FUNCTION)
    degrees = units.cluster_count - len(_kinds(units))
    if degrees < 1:
        return bare.refused(Refusal.TOO_FEW_UNITS)
    return by_t(bare, overall.overall_standard_error * _inflation(units), float(degrees))


def _band(by_exposure: Aggregated, units: Units, seed: int) -> Band | None:
    degrees = units.cluster_count - len(_kinds(units))
    if degrees < 1:
        return None
    # As wide as the standard error of the estimate by formula.
    wide = by_exposure.influence * _inflation(units)
    if min(_kinds(units)) < LARGE_FOR_ALL or units.cluster_count < MANY_FOR_ALL:
        return careful_band(by_exposure.effects, wide, units.clusters, degrees=degrees)
    return uniform_band(by_exposure.effects, wide, units.clusters, seed=seed, degrees=degrees)


def _inflation(units: Units) -> float:
    """What a standard error is multiplied by: as many degrees are lost as groups have means."""
    degrees = units.cluster_count - len(_kinds(units))
    return float(np.sqrt(units.cluster_count / degrees)) if degrees > 0 else nan


def _deals(units: Units, draws: int | None, limit: int, seed: int) -> Deals | None:
    """None when start times were not dealt to clusters; nor as a check that takes regressions of many."""
    pairs = np.unique(np.stack([units.clusters, np.where(units.is_never, -1, units.starts)]), axis=1)
    is_simple = is_plain(units)
    if pairs.shape[1] > units.cluster_count or (_is_large(units) and not is_simple):
        return None
    if draws is None:
        draws = DRAWS if is_simple and not _is_large(units) else FEW_DRAWS
    return deal(units, draws=draws, limit=limit if is_simple else min(limit, draws), seed=seed)


def _by_deals(bare: Estimate, found: GroupTimeEffects, aggregation: Aggregation, deals: Deals) -> Estimate:
    reference = by_permutation(found, aggregation, deals)
    if not reference.shifts.size or float(np.ptp(reference.shifts)) == 0:
        return bare.refused(Refusal.NO_VARIATION)
    return replace(
        bare,
        method=Method.PERMUTATION if deals.is_complete else Method.PERMUTATION_SAMPLED,
        p=two_sided(reference),
        smallest_p=deals.smallest_p,
        intervals=reference.intervals,
        draws=len(deals.dealt),
        seed=deals.seed,
    )


def _refusals(
    estimate: Estimate, units: Units, people: npt.ArrayLike | None, smallest_group: int | None
) -> tuple[Refusal, ...]:
    size = None
    if people is not None:
        every = np.asarray(people, dtype=np.int64)
        if every.shape != (units.count + len(units.incomplete) + len(units.began_before),):
            raise KernelError("there is a number of people for each unit")
        size = every[units.kept]
    return (
        *refusals(
            units=units.cluster_count,
            smallest_p=estimate.smallest_p,
            people_treated=None if size is None else int(size[~units.is_never].sum()),
            people_compared=None if size is None else _people_compared(size, units),
            smallest_group=smallest_group,
        ),
        *((Refusal.TOO_FEW_TREATED,) if estimate.treated < FEWEST else ()),
        *((Refusal.TOO_FEW_COMPARED,) if estimate.compared < FEWEST else ()),
    )


def _people_compared(size: npt.NDArray[np.int64], units: Units) -> int:
    """Behind those who never start; where everybody does, behind those who start last."""
    last = units.is_never if units.is_never.any() else units.starts == units.starts.max()
    return int(size[last].sum())


def _cautions(
    found: GroupTimeEffects, by_exposure: Aggregated, by_group: Aggregated, trend: PreTrend | None
) -> tuple[Caution, ...]:
    units = found.units
    after = by_exposure.keys >= 0
    rules = (
        (Caution.NO_RANDOMISATION, True),
        (Caution.ATTRITION, bool(units.incomplete)),
        (Caution.CROSSOVER, bool(units.began_before)),
        (Caution.TRENDS_DIFFERED, trend is not None and trend.p <= PROBABLE),
        (Caution.ANTICIPATION, _just_before(found, by_exposure) <= SURE),
        (
            Caution.EFFECT_VARIES_WITH_EXPOSURE,
            _all_alike(by_exposure.effects[after], by_exposure.influence[:, after], units) <= LEVEL,
        ),
        (
            Caution.EFFECT_VARIES_BETWEEN_GROUPS,
            _all_alike(by_group.effects, by_group.influence, units) <= LEVEL,
        ),
    )
    return tuple(caution for caution, holds in rules if holds)


def _just_before(found: GroupTimeEffects, by_exposure: Aggregated) -> float:
    """p of the effect in the last period that should have none; 1 where it is 0 by construction."""
    anticipation = found.settings.anticipation
    before = np.flatnonzero(by_exposure.keys < -anticipation)
    degrees = found.units.cluster_count - len(_kinds(found.units))
    if not before.size or degrees < 1:
        return 1.0
    error = float(by_exposure.standard_errors[before[-1]]) * _inflation(found.units)
    if error == 0:
        return 1.0
    return float(2 * stats.t.sf(abs(by_exposure.effects[before[-1]]) / error, degrees))


def _all_alike(effects: Floats, influence: Floats, units: Units) -> float:
    """p of all effects being equal, by Hotelling's F on their differences; 1 where it cannot be told."""
    clusters, count = units.cluster_count, effects.size - 1
    if count < 1 or clusters <= count + len(_kinds(units)):
        return 1.0
    sums = summed_by(influence[:, 1:] - influence[:, [0]], units.clusters)
    covariance = np.einsum("gp,gq->pq", sums, sums) / units.count**2 * _inflation(units) ** 2
    differences = effects[1:] - effects[0]
    if float(np.linalg.cond(covariance)) > 1e9:
        return 1.0
    wald = float(differences @ np.linalg.solve(covariance, differences))
    degrees = clusters - len(_kinds(units)) - count + 1
    return float(special.fdtrc(count, degrees, wald * degrees / (count * (degrees + count - 1))))


def _doubts(
    estimate: Estimate,
    check: Estimate | None,
    without: tuple[float, float] | None,
    *,
    has_deals: bool,
    is_large: bool,
) -> tuple[Caution, ...]:
    p, other = estimate.p, None if check is None else check.p
    disagree = (
        p is not None
        and other is not None
        and ((p <= LEVEL and other > PROBABLE) or (other <= LEVEL and p > PROBABLE))
    )
    hangs = p is not None and p <= PROBABLE and without is not None and without[0] * without[1] <= 0
    rules = (
        (Caution.METHODS_DISAGREE, disagree),
        (Caution.DEPENDS_ON_ONE_UNIT, hangs),
        (Caution.FEW_UNITS, not has_deals and not is_large),
    )
    return tuple(caution for caution, holds in rules if holds)


def _without_one(found: GroupTimeEffects, overall: Aggregated) -> tuple[float, float] | None:
    """The least and greatest effect when each cluster in turn is left out.

    With many by the influence function, which then is the same but for a share of one over a group's size.
    """
    units = found.units
    if _is_large(units) or units.cluster_count > LEFT_OUT:
        moves = summed_by(overall.overall_influence[:, None], units.clusters)[:, 0] / units.count
        return float(overall.overall - moves.max()), float(overall.overall - moves.min())
    effects = []
    for cluster in range(units.cluster_count):
        rest = effects_on(subset(units, units.clusters != cluster), found.settings)
        if any(cell.is_after for cell in rest.cells):
            effects.append(aggregate(rest, overall.aggregation).overall)
    return (min(effects), max(effects)) if effects else None
