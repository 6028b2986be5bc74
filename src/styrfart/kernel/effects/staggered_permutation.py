"""What the effect would have been, had the same start times fallen on other units.

If the new way of working does nothing, and which units started when tells nothing of how their outcomes would
have gone, each way to deal the start times out was as likely: the p value is the share of those that give an
estimate at least as extreme. Nothing is assumed of how a unit's periods resemble each other, so it keeps its
level with eight units, where clustered standard errors do not.

The interval holds the effects θ that the test does not reject. The estimate is linear in the outcome, so on
outcomes less θ for those who have started, an allocation gives a − θb: a of the outcomes, b of the indicator
of having started, and the real one gives θ̂ − θ. Where b < 1, a − θb ≤ θ̂ − θ just when θ ≤ (θ̂ − a)/(1 − b):
each tail is monotone, and the limits are order statistics. As in `lots`, both tails get half of the error.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import factorial, prod

import numpy as np
import numpy.typing as npt

from styrfart.kernel.effects.lots import DRAWS, TIE, Reference
from styrfart.kernel.effects.staggered import (
    NEVER,
    Cell,
    Comparison,
    GroupTimeEffects,
    Units,
    estimated_anew,
)
from styrfart.kernel.effects.staggered_aggregate import Aggregation, overall_weights
from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
ENUMERATED = 20_000  # ways to deal start times out that are all looked at; beyond that a sample
FEW_DRAWS = 499  # with covariates each way is a set of regressions
TABLE = 4_000_000  # numbers at once in the table of deals by start by unit


@dataclass(frozen=True, eq=False)
class Deals:
    """Ways to deal the start times out (R × clusters, places in `starts`), the real one among them.

    `count` is how many there are; `is_complete` when all are here, else they are a sample with `seed`.
    """

    dealt: Integers
    starts: Integers  # rising
    count: int
    is_complete: bool
    seed: int | None

    @property
    def smallest_p(self) -> float:
        """The least two-sided p that any outcome can give."""
        return min(1.0, 2 / len(self.dealt))


def number_of_deals(sizes: Sequence[int]) -> int:
    """In how many ways start times can be dealt out, when each is for so many units."""
    return factorial(sum(sizes)) // prod(factorial(size) for size in sizes)


def deal(units: Units, *, draws: int = DRAWS, limit: int = ENUMERATED, seed: int = 0) -> Deals:
    """All ways to deal the start times out over the clusters, or a sample when there are more than `limit`.

    Raises `KernelError` when units of one cluster start at different times: then nothing was dealt to
    clusters.
    """
    kinds, places = np.unique(units.starts, return_inverse=True)
    real = np.zeros(units.cluster_count, dtype=np.int64)
    real[units.clusters] = places.reshape(units.count)
    if (real[units.clusters] != places.reshape(units.count)).any():
        raise KernelError("units of one cluster start together")
    sizes = [int(each) for each in np.bincount(real, minlength=kinds.size)]
    count = number_of_deals(sizes)
    if count <= limit:
        every = np.array(list(_dealt(list(range(real.size)), sizes, 0)), dtype=np.int64)
        return Deals(_as_places(every, sizes), kinds.astype(np.int64), count, is_complete=True, seed=None)
    generator = np.random.default_rng(seed)
    sample = generator.permuted(np.tile(real, (draws, 1)), axis=1)
    dealt = np.concatenate([real[None, :], sample])
    return Deals(dealt, kinds.astype(np.int64), count, is_complete=False, seed=seed)


def permutation_reference(effects: GroupTimeEffects, aggregation: Aggregation, deals: Deals) -> Reference:
    """The overall effect, and how far each deal lets the truth lie from it."""
    units = effects.units
    has_started = (units.times[None, :] >= units.starts[:, None]).astype(np.float64)
    if is_plain(units):
        values = np.stack([units.outcomes, has_started])
        a, b = overall_of_deals(values, units, effects.cells, effects.settings.comparison, aggregation, deals)
    else:
        a, b = _one_by_one(effects, has_started, aggregation, deals)
    real = row_of(units, deals)
    effect = float(a[real])
    gap = 1 - b
    is_endless = ~(gap > TIE)  # also where there is no number
    shifts = (effect - a[~is_endless]) / gap[~is_endless] - effect
    return Reference(effect, np.sort(shifts), int(is_endless.sum()), len(deals.dealt))


def two_sided(reference: Reference) -> float:
    """Twice the smaller tail of no effect: so that p is at most α just when the interval excludes 0.

    The deals of several start times need not lie evenly around 0, so the smaller tail need not be the one on
    the estimate's side.
    """
    tie = TIE * (abs(reference.effect) + float(np.abs(reference.shifts).max(initial=0.0)))
    as_low = int((reference.shifts >= -reference.effect - tie).sum())
    as_high = int((reference.shifts <= -reference.effect + tie).sum())
    return min(1.0, 2 * (reference.endless + min(as_low, as_high)) / reference.looked_at)


def overall_of_deals(
    values: Floats,
    units: Units,
    cells: Sequence[Cell],
    comparison: Comparison,
    aggregation: Aggregation,
    deals: Deals,
) -> Floats:
    """The overall effect (V × R) on each of V × N × T `values`, for each deal; weights constant over time."""
    found = [
        np.einsum("rc,vrc->vr", overall_weights(cells, aggregation, shares), differences)
        for shares, differences in cells_of_deals(values, units, cells, comparison, deals)
    ]
    return np.concatenate(found, axis=1)


def cells_of_deals(
    values: Floats, units: Units, cells: Sequence[Cell], comparison: Comparison, deals: Deals
) -> Iterator[tuple[Floats, Floats]]:
    """For some deals at a time: each cell's share of the units (R × C), and its difference (V × R × C)."""
    weights = units.weights[:, 0]
    groups = np.array([int(np.flatnonzero(deals.starts == cell.group)[0]) for cell in cells])
    before = np.array([cell.before for cell in cells])
    after = np.array([cell.after for cell in cells])
    others = np.array([others_of(cell, units, comparison, deals.starts) for cell in cells])
    step = max(1, TABLE // (deals.starts.size * units.count * max(1, values.shape[0])))
    for start in range(0, len(deals.dealt), step):
        labels = deals.dealt[start : start + step][:, units.clusters]
        masks = np.where(labels[:, None, :] == np.arange(deals.starts.size)[:, None], weights, 0.0)
        sizes = masks.sum(axis=2)
        sums = np.einsum("rln,vnt->vrlt", masks, values)
        changes = sums[:, :, :, after] - sums[:, :, :, before]
        own = np.take_along_axis(changes, groups[None, None, None, :], axis=2)[:, :, 0, :]
        theirs = np.einsum("vrlc,cl->vrc", changes, others) / np.einsum("rl,cl->rc", sizes, others)
        yield sizes[:, groups] / sizes.sum(axis=1, keepdims=True), own / sizes[:, groups] - theirs


def others_of(cell: Cell, units: Units, comparison: Comparison, starts: Integers) -> Floats:
    """Ones for those of `starts` that the cell's group is compared with."""
    if comparison is Comparison.NEVER_TREATED:
        return np.asarray(starts == NEVER, dtype=np.float64)
    latest = int(units.times[max(cell.before, cell.after)]) + cell.anticipation
    return np.asarray((starts > latest) & (starts != cell.group), dtype=np.float64)


def is_plain(units: Units) -> bool:
    """Whether means are all that is needed: no covariates, and weights that stay."""
    return units.covariates is None and bool((units.weights == units.weights[:, :1]).all())


def _one_by_one(
    effects: GroupTimeEffects, has_started: Floats, aggregation: Aggregation, deals: Deals
) -> tuple[Floats, Floats]:
    """The same by estimating anew for each deal; no number where a cell could not be estimated."""
    units = effects.units
    weights = units.weights[:, 0]
    found = np.full((2, len(deals.dealt)), np.nan)
    for row, dealt in enumerate(deals.dealt):
        starts = deals.starts[dealt][units.clusters]
        groups = np.array([cell.group for cell in effects.cells])
        shares = np.einsum("nc,n->c", (starts[:, None] == groups).astype(np.float64), weights)
        counts = overall_weights(effects.cells, aggregation, shares)
        for place, values in enumerate((units.outcomes, has_started)):
            moved = replace(units, starts=starts, outcomes=values)
            found[place, row] = float((counts * estimated_anew(effects, moved)).sum())
    return found[0], found[1]


def row_of(units: Units, deals: Deals) -> int:
    """The row of `deals` that is the real one."""
    places = np.searchsorted(deals.starts, units.starts)
    same = (deals.dealt[:, units.clusters] == places).all(axis=1)
    return int(np.flatnonzero(same)[0])


def _dealt(left: list[int], sizes: Sequence[int], kind: int) -> Iterator[tuple[int, ...]]:
    """Each order of the places in which those of one kind rise: kind by kind."""
    if kind == len(sizes) - 1:
        yield tuple(left)
        return
    for chosen in combinations(left, sizes[kind]):
        taken = set(chosen)
        rest = [each for each in left if each not in taken]
        for tail in _dealt(rest, sizes, kind + 1):
            yield chosen + tail


def _as_places(orders: Integers, sizes: Sequence[int]) -> Integers:
    kinds = np.repeat(np.arange(len(sizes)), sizes)
    dealt = np.empty_like(orders)
    np.put_along_axis(dealt, orders, np.broadcast_to(kinds, orders.shape), axis=1)
    return dealt
