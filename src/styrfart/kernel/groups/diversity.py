"""The maximally diverse grouping problem: groups whose members are as far from each other as possible.

Maximise the sum of distances within groups, with a smallest and a largest size for each group. With positive
distances the sizes are decided first, exactly: the more pairs, the more distance, so the sum of squared
sizes is made as large as the bounds allow. The members are then found by simulated annealing of swaps, with
arrays (`blocks`) or one at a time with a compiler (`compiled`).
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from styrfart.kernel.errors import KernelError
from styrfart.kernel.groups import compiled
from styrfart.kernel.groups.blocks import Blocks, Floats, Ints

REPLICAS = 8
# Cooling begins where this share of all swaps is still made and ends where hardly any is: the scale of
# distances, their structure and the sizes of groups then need no settings of their own.
HOT, COLD = 0.03, {"arrays": 6e-4, "compiled": 1.5e-4, "plain": 1.5e-4}
FIRST, FALL, SAMPLES, LADDER = 0.8, 0.85, 24, 60  # the search for these two temperatures
RUNGS = 200  # temperatures of the compiled annealing


class Engine(Enum):
    """How the annealing is calculated."""

    ARRAYS = "arrays"
    COMPILED = "compiled"  # needs numba
    PLAIN = "plain"  # the compiled function uncompiled: the same bits, for tests


@dataclass(frozen=True)
class Diverse:
    """The best partition found and what it is worth."""

    group: tuple[int, ...]  # of each person
    sizes: tuple[int, ...]  # of each group
    value: float  # the sum of distances within groups, recounted
    upper_bound: float  # no partition into these sizes is worth more


def best_sizes(smallest: ArrayLike, largest: ArrayLike, people: int) -> Ints:
    """Sizes within the bounds (G,) that add up to `people` with the greatest sum of squares, exactly.

    Dynamic programming over groups and people. Raises `KernelError` when no sizes add up.
    """
    low, high = np.asarray(smallest, dtype=np.int64), np.asarray(largest, dtype=np.int64)
    if low.shape != high.shape or low.ndim != 1 or not low.size or (low < 0).any() or (low > high).any():
        raise KernelError("each group has a smallest size from 0 and a largest that is not smaller")
    if not low.sum() <= people <= high.sum():
        raise KernelError("the groups' sizes cannot add up to the number of people")
    worth = np.full(people + 1, -1, dtype=np.int64)
    worth[0] = 0
    chosen: list[Ints] = []
    for least, most in zip(low, np.minimum(high, people), strict=True):
        after, size_for = np.full_like(worth, -1), np.zeros_like(worth)
        for size in range(int(least), int(most) + 1):
            before = worth[: people + 1 - size]
            offered = np.where(before >= 0, before + size * size, -1)
            better = offered > after[size:]
            after[size:][better] = offered[better]
            size_for[size:][better] = size
        worth = after
        chosen.append(size_for)
    sizes, left = [], people
    for size_for in reversed(chosen):
        sizes.append(int(size_for[left]))
        left -= sizes[-1]
    return np.array(sizes[::-1], dtype=np.int64)


def diversity(distance: ArrayLike, group: ArrayLike) -> float:
    """The sum of distances (n, n) between people of the same group (n,): each pair once."""
    away, which = np.asarray(distance, dtype=np.float64), np.asarray(group)
    total = 0.0
    for each in np.unique(which[which >= 0]):
        members = np.flatnonzero(which == each)
        total += float(away[np.ix_(members, members)].sum()) / 2.0
    return total


def upper_bound(distance: ArrayLike, sizes: ArrayLike) -> float:
    """A value that no partition into `sizes` exceeds: each person beside those furthest away.

    People are given the sizes by an assignment that is best for this sum, so unequal sizes are not all
    counted as the largest. Loose (up to twice the optimum on random distances), but proven.
    """
    away, wide = np.asarray(distance, dtype=np.float64), np.asarray(sizes, dtype=np.int64)
    others = np.sort(away + np.diag(np.full(len(away), -np.inf)), axis=1)[:, :0:-1]
    reached = np.column_stack([np.zeros(len(away)), np.cumsum(others, axis=1)])
    offered = reached[:, np.repeat(wide, wide) - 1]  # a place in a group of s gives s - 1 others
    rows, columns = optimize.linear_sum_assignment(offered, maximize=True)
    return float(offered[rows, columns].sum()) / 2.0


class Search:
    """A search that can be continued: each `improve` cools the partitions once, and the best is kept.

    `distance` (n, n) symmetric and not negative, with zeros on the diagonal; `smallest` and `largest` (G,).
    The same arguments and the same calls give the same partition, bit by bit; `COMPILED` and `PLAIN` give
    the same as each other.

    Raises `KernelError` for distances of another form, sizes that cannot add up, or `COMPILED` without
    numba. Source of the problem: Gallego, Laguna, Martí and Duarte (J. Oper. Res. Soc. 64, 2013).
    """

    def __init__(
        self,
        distance: ArrayLike,
        smallest: ArrayLike,
        largest: ArrayLike,
        *,
        seed: int,
        engine: Engine = Engine.ARRAYS,
        replicas: int = REPLICAS,
    ) -> None:
        self._distance = _checked(distance)
        self._sizes = best_sizes(smallest, largest, len(self._distance))
        self._engine = engine
        is_arrays = engine is Engine.ARRAYS
        self._blocks = Blocks(self._distance, self._sizes, seed=seed, replicas=replicas if is_arrays else 1)
        self._hot, self._cold = _temperatures(self._blocks, self._distance, self._sizes, engine)
        if not is_arrays:
            self._prepare_one_at_a_time(seed)

    def improve(self, proposals: int) -> float:
        """Anneal once from hot to cold with about `proposals` judged swaps; the best value so far."""
        if len(self._sizes) < 2 or self._hot <= 0.0:
            return self.value
        if self._engine is Engine.ARRAYS:
            steps = max(proposals // max(self._blocks.swaps_per_step, 1), 1)
            self._blocks.cool(np.geomspace(self._hot, self._cold, steps))
            return self.value
        self._run(
            self._distance, self._group, self._gain, self._best, self._values, self._state, self._logs,
            np.geomspace(self._hot, self._cold, RUNGS), max(proposals // RUNGS, 1),
        )  # fmt: skip
        # What thousands of additions have rounded away is put back before the next cooling.
        self._recount()
        return self.value

    @property
    def value(self) -> float:
        """The best value so far."""
        if self._engine is Engine.ARRAYS:
            return self._blocks.best()[0]
        return float(self._values[1])

    def result(self) -> Diverse:
        """The best partition so far, its value recounted from the distances."""
        group = self._blocks.best()[1] if self._engine is Engine.ARRAYS else self._best
        return Diverse(
            tuple(group.tolist()),
            tuple(np.bincount(group, minlength=len(self._sizes)).tolist()),
            diversity(self._distance, group),
            upper_bound(self._distance, self._sizes),
        )

    def _prepare_one_at_a_time(self, seed: int) -> None:
        run = compiled.compiled() if self._engine is Engine.COMPILED else compiled.anneal
        if run is None:
            raise KernelError("the compiled search needs numba")
        self._run = run
        self._group = self._blocks.best()[1].copy()
        self._best, self._values = self._group.copy(), np.zeros(2)
        self._state, self._logs = compiled.state_of(seed), compiled.log_uniform()
        self._recount()

    def _recount(self) -> None:
        inside = np.zeros((len(self._sizes), len(self._distance)))
        inside[self._group, np.arange(len(self._group))] = 1.0
        # Added row by row, not by a product of matrices: threads add in an order of their own.
        self._gain = np.zeros_like(inside)
        for each in range(len(self._sizes)):
            self._gain[each] = self._distance[inside[each] > 0].sum(axis=0)
        self._values[0] = diversity(self._distance, self._group)
        self._values[1] = diversity(self._distance, self._best)


def _checked(distance: ArrayLike) -> Floats:
    away: NDArray[np.float64] = np.array(distance, dtype=np.float64)
    if away.ndim != 2 or away.shape[0] != away.shape[1] or not away.size:
        raise KernelError("distances are a square matrix")
    if (
        not np.isfinite(away).all()
        or (away < 0).any()
        or (np.diag(away) != 0).any()
        or (away != away.T).any()
    ):
        raise KernelError("distances are symmetric, finite and not negative, with zeros on the diagonal")
    return away


def _temperatures(blocks: Blocks, distance: Floats, sizes: Ints, engine: Engine) -> tuple[float, float]:
    """Where to begin and to end cooling: a short annealing tells how many swaps are made at each height."""
    scale = float(distance[np.triu_indices(len(distance), 1)].std()) if len(distance) > 1 else 0.0
    if scale == 0.0 or len(sizes) < 2:
        return 0.0, 0.0
    heights = FIRST * scale * float(np.sqrt(len(distance) / len(sizes))) * FALL ** np.arange(LADDER)
    hot = cold = float(heights[0])
    for height in heights:
        blocks.cool(np.full(SAMPLES, height))
        share = float(np.mean([blocks.acceptance(float(height)) for _ in range(3)]))
        hot = float(height) if share > HOT else hot
        cold = float(height)
        if share < COLD[engine.value]:
            break
    return hot, cold
