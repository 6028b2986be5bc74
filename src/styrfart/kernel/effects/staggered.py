"""Effects where units start at different times and nobody drew lots: group-time average effects.

A group is the units that started in the same period. Its effect in a period is its change since its base
period less the same change of units that have not started: never of units that started earlier, which is
what a regression with effects of unit and period does, and why it can give the wrong sign.

Source: Callaway and Sant'Anna (2021), "Difference-in-Differences with multiple time periods", Journal of
Econometrics 225(2). Conventions (base periods, what counts as not yet treated, anticipation) are those of
the R package `did`, whose published figures the tests reproduce.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import numpy.typing as npt

from styrfart.kernel.effects.staggered_cells import (
    Adjustment,
    NotEstimable,
    adjusted_difference,
    difference_of_means,
    difference_of_weighted_means,
)
from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NEVER = 2**31 - 1  # the start of a unit that does not start


class Comparison(Enum):
    """Whom those who started are compared with."""

    NEVER_TREATED = "never_treated"
    NOT_YET_TREATED = "not_yet_treated"  # the never treated, and those who start later than both periods


class Base(Enum):
    """The period that a change is counted from, before the start; after it, always the last one before."""

    VARYING = "varying"  # the period before: each effect before the start is a change of one period
    UNIVERSAL = "universal"  # the last before the start for all, where the effect is 0 by construction


class WeightPeriod(Enum):
    """Which period's weights are used, where a unit's weight changes from period to period."""

    EARLIER = "earlier"  # of the two periods that are compared
    BASE = "base"  # the last before the group's start
    FIRST = "first"  # of the panel
    EACH = "each"  # each period has its own (without covariates only)


@dataclass(frozen=True, eq=False)
class Panel:
    """Units observed in every period.

    `outcomes` N × T, NaN where missing. `starts` (N): the first period with the new way of working, in the
    units of `times`; `NEVER`, or anything later than the last period, where there is none within the panel.
    `times` (T) rises. `covariates` N × K, from before anybody's start. `weights` (N) or N × T, above zero.
    `clusters` (N labels): what units were chosen together; without it each unit is its own.
    """

    outcomes: npt.ArrayLike
    starts: npt.ArrayLike
    times: npt.ArrayLike
    covariates: npt.ArrayLike | None = None
    weights: npt.ArrayLike | None = None
    clusters: npt.ArrayLike | None = None


@dataclass(frozen=True, eq=False)
class Units:
    """The units of a panel that can be used, checked; and the places of those that cannot."""

    outcomes: Floats  # N × T
    starts: Integers  # N; `NEVER` for all that start after the last period
    times: Integers  # T
    covariates: Floats | None  # N × K
    weights: Floats  # N × T
    clusters: Integers  # N, from 0
    kept: Integers  # places in the panel
    incomplete: tuple[int, ...]  # places of the units with a missing value
    began_before: tuple[int, ...]  # places of the units that had started before anything was observed

    @property
    def count(self) -> int:
        return int(self.starts.size)

    @property
    def cluster_count(self) -> int:
        return int(self.clusters.max()) + 1 if self.clusters.size else 0

    @property
    def is_never(self) -> Flags:
        return np.asarray(self.starts == NEVER)

    @property
    def groups(self) -> tuple[int, ...]:
        """The start times of those who start within the panel, rising."""
        return tuple(int(each) for each in np.unique(self.starts[~self.is_never]))


@dataclass(frozen=True)
class Cell:
    """One group in one period: which columns are compared."""

    group: int
    time: int
    before: int  # column of the base period
    after: int  # column of the period
    column_before_start: int
    anticipation: int = 0

    @property
    def is_after(self) -> bool:
        """Whether the group has started."""
        return self.time >= self.group

    @property
    def is_reference(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True)
class Settings:
    """How cells are estimated: see `group_time_effects`."""

    comparison: Comparison
    adjustment: Adjustment
    base: Base
    anticipation: int
    weight_period: WeightPeriod


@dataclass(frozen=True, eq=False)
class GroupTimeEffects:
    """The effect on each group in each period, and each unit's influence on it.

    `not_estimable`: cells with nobody to compare with, or too few units for the covariates.
    """

    units: Units
    cells: tuple[Cell, ...]
    effects: Floats  # (C,)
    influence: Floats  # N × C; zero for a reference cell
    treated: Integers  # (C,) units
    compared: Integers  # (C,) units
    not_estimable: tuple[Cell, ...]
    settings: Settings

    @property
    def standard_errors(self) -> Floats:
        """(C,): clustered as the panel says; 0 for a reference cell."""
        return clustered_standard_errors(self.influence, self.units.clusters)

    def at(self, group: int, time: int) -> int:
        """The place of a cell; raises `KernelError` when it was not estimated."""
        for place, cell in enumerate(self.cells):
            if (cell.group, cell.time) == (group, time):
                return place
        raise KernelError("there is no such group and period, or it could not be estimated")


def clustered_standard_errors(influence: Floats, clusters: Integers) -> Floats:
    """Of each column of `influence` (N × C): root of the sum of squares of the clusters' sums, over N."""
    sums = summed_by(influence, clusters)
    return np.asarray(np.sqrt(np.einsum("gc,gc->c", sums, sums)) / max(influence.shape[0], 1))


def summed_by(values: Floats, clusters: Integers) -> Floats:
    """The sum of the rows (N × C) within each cluster (N labels from 0)."""
    sums = np.zeros((int(clusters.max()) + 1 if clusters.size else 0, values.shape[1]))
    np.add.at(sums, clusters, values)
    return sums


def group_time_effects(
    panel: Panel,
    *,
    comparison: Comparison = Comparison.NEVER_TREATED,
    adjustment: Adjustment = Adjustment.DOUBLY_ROBUST,
    base: Base = Base.VARYING,
    anticipation: int = 0,
    weight_period: WeightPeriod = WeightPeriod.EARLIER,
) -> GroupTimeEffects:
    """The effect on each group in each period that can be estimated.

    `anticipation`: so many units of time before the start the effect may already show; the base period lies
    before that. `adjustment` matters only with covariates. Units with a missing value, or that had started
    by the first period, are left out and listed.

    Raises `KernelError` for shapes that do not fit, times that do not rise, fewer than two periods, weights
    not above zero, or `WeightPeriod.EACH` together with covariates.
    """
    units = usable(panel)
    if weight_period is WeightPeriod.EACH and units.covariates is not None:
        raise KernelError("a weight for each period goes without covariates only")
    if anticipation < 0:
        raise KernelError("anticipation is not negative")
    return effects_on(units, Settings(comparison, adjustment, base, anticipation, weight_period))


def effects_on(units: Units, settings: Settings) -> GroupTimeEffects:
    """The same for units that were checked already."""
    found: list[tuple[Cell, float, Floats, int, int]] = []
    missing = []
    for cell in cells_of(units.groups, units.times, base=settings.base, anticipation=settings.anticipation):
        treated = units.starts == cell.group
        others = compared_with(cell, units, settings.comparison)
        try:
            effect, influence = _estimated(cell, units, treated, others, settings)
        except NotEstimable:
            missing.append(cell)
            continue
        found.append((cell, effect, influence, int(treated.sum()), int(others.sum())))
    return GroupTimeEffects(
        units=units,
        cells=tuple(each[0] for each in found),
        effects=np.array([each[1] for each in found], dtype=np.float64),
        influence=np.array([each[2] for each in found]).reshape(len(found), units.count).T,
        treated=np.array([each[3] for each in found], dtype=np.int64),
        compared=np.array([each[4] for each in found], dtype=np.int64),
        not_estimable=tuple(missing),
        settings=settings,
    )


def estimated_anew(effects: GroupTimeEffects, units: Units) -> Floats:
    """The same cells estimated with other `units`, no number where that cannot be done."""
    found = np.full(len(effects.cells), np.nan)
    for place, cell in enumerate(effects.cells):
        treated, others = units.starts == cell.group, compared_with(cell, units, effects.settings.comparison)
        try:
            found[place], _ = _estimated(cell, units, treated, others, effects.settings)
        except NotEstimable:
            continue
    return found


def cells_of(
    groups: tuple[int, ...], times: Integers, *, base: Base = Base.VARYING, anticipation: int = 0
) -> Iterator[Cell]:
    """The cells of each group, in order of group and time; none for a group without a base period."""
    for group in groups:
        early = np.flatnonzero(times + anticipation < group)
        if not early.size:
            continue
        last = int(early[-1])
        first = 0 if base is Base.UNIVERSAL else 1
        for after in range(first, times.size):
            is_after = int(times[after]) >= group
            before = last if is_after or base is Base.UNIVERSAL else after - 1
            yield Cell(group, int(times[after]), before, after, last, anticipation)


def compared_with(cell: Cell, units: Units, comparison: Comparison) -> Flags:
    """The units (N) that the cell's group is compared with."""
    if comparison is Comparison.NEVER_TREATED:
        return units.is_never
    latest = int(units.times[max(cell.before, cell.after)]) + cell.anticipation
    return np.asarray((units.starts > latest) & (units.starts != cell.group))


def usable(panel: Panel) -> Units:
    """The panel checked, without units that miss a value or had started by the first period."""
    outcomes = np.asarray(panel.outcomes, dtype=np.float64)
    starts, times = np.asarray(panel.starts), np.asarray(panel.times)
    if outcomes.ndim != 2 or starts.shape != outcomes.shape[:1] or times.shape != outcomes.shape[1:]:
        raise KernelError("outcomes are N × T, with a start for each unit and a time for each period")
    if times.size < 2 or (np.diff(times) <= 0).any():
        raise KernelError("there are at least two periods, and time rises")
    if not (np.issubdtype(starts.dtype, np.integer) and np.issubdtype(times.dtype, np.integer)):
        raise KernelError("starts and times are whole numbers")
    count = outcomes.shape[0]
    covariates = _covariates(panel.covariates, count)
    weights = _weights(panel.weights, outcomes.shape)
    labels = np.arange(count) if panel.clusters is None else np.asarray(panel.clusters)
    if labels.shape != (count,):
        raise KernelError("there is a cluster for each unit")
    began = starts <= times[0]
    whole = np.isfinite(outcomes).all(axis=1)
    if covariates is not None:
        whole &= np.isfinite(covariates).all(axis=1)
    kept = np.flatnonzero(whole & ~began)
    return Units(
        outcomes=outcomes[kept],
        starts=np.where(starts > times[-1], NEVER, starts)[kept].astype(np.int64),
        times=times.astype(np.int64),
        covariates=None if covariates is None else covariates[kept],
        weights=weights[kept],
        clusters=np.unique(labels[kept], return_inverse=True)[1].astype(np.int64).reshape(kept.size),
        kept=kept.astype(np.int64),
        incomplete=tuple(int(each) for each in np.flatnonzero(~whole & ~began)),
        began_before=tuple(int(each) for each in np.flatnonzero(began)),
    )


def subset(units: Units, chosen: Flags) -> Units:
    """The `chosen` (N) of `units`, with what was left out of the panel as it was."""
    labels = np.unique(units.clusters[chosen], return_inverse=True)[1]
    return replace(
        units,
        outcomes=units.outcomes[chosen],
        starts=units.starts[chosen],
        covariates=None if units.covariates is None else units.covariates[chosen],
        weights=units.weights[chosen],
        clusters=labels.astype(np.int64).reshape(-1),
        kept=units.kept[chosen],
    )


def _covariates(given: npt.ArrayLike | None, count: int) -> Floats | None:
    if given is None:
        return None
    covariates = np.asarray(given, dtype=np.float64)
    if covariates.ndim != 2 or covariates.shape[0] != count:
        raise KernelError("covariates are N × K")
    return covariates if covariates.shape[1] else None


def _weights(given: npt.ArrayLike | None, shape: tuple[int, ...]) -> Floats:
    weights = np.ones(shape) if given is None else np.asarray(given, dtype=np.float64)
    if weights.shape == shape[:1]:
        weights = np.repeat(weights[:, None], shape[1], axis=1)
    if weights.shape != shape or not np.isfinite(weights).all() or (weights <= 0).any():
        raise KernelError("weights are N or N × T, finite and above zero")
    return weights


def _estimated(
    cell: Cell,
    units: Units,
    treated: Flags,
    others: Flags,
    settings: Settings,
) -> tuple[float, Floats]:
    """The effect in a cell, and the influence (N) of each unit, zero for those outside the cell."""
    if not (treated.any() and others.any()):
        raise NotEstimable
    if cell.is_reference:
        return 0.0, np.zeros(units.count)
    rows = treated | others
    ours = treated[rows]
    before, after = units.outcomes[rows, cell.before], units.outcomes[rows, cell.after]
    column = {
        WeightPeriod.EARLIER: min(cell.before, cell.after),
        WeightPeriod.BASE: cell.column_before_start,
        WeightPeriod.FIRST: 0,
        WeightPeriod.EACH: 0,
    }[settings.weight_period]
    weights = units.weights[rows, column]
    if settings.weight_period is WeightPeriod.EACH:
        early, late = units.weights[rows, cell.before], units.weights[rows, cell.after]
        effect, part = difference_of_weighted_means(before, after, ours, early, late)
    elif units.covariates is None:
        effect, part = difference_of_means(after - before, ours, weights)
    else:
        columns = np.column_stack([np.ones(int(rows.sum())), units.covariates[rows]])
        effect, part = adjusted_difference(after - before, ours, columns, weights, settings.adjustment)
    influence = np.zeros(units.count)
    influence[rows] = part * (units.count / int(rows.sum()))
    return effect, influence
