"""Annealing of partitions with arrays alone: many swaps judged at once.

Groups are paired at random. In each pair (a block) every swap of a member of one with a member of the other
is judged in one operation, and one of them, or none, is drawn with weights exp(change / temperature): a heat
bath by the Gumbel maximum. Blocks share no group, so that their swaps do not disturb each other. Several
independent partitions (replicas) go through the same operations side by side.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
POOL = 1 << 20  # Gumbel numbers drawn once; each step reads a stretch of them from a random place
CHUNK = 1024  # steps whose pairings are drawn at a time


class Blocks:
    """Replicas of a partition into groups of given sizes, and the best that each has seen."""

    def __init__(self, distance: Floats, sizes: Ints, *, seed: int, replicas: int) -> None:
        people, groups, widest = len(distance), len(sizes), int(sizes.max())
        self._people, self._groups, self._replicas = people, groups, replicas
        self._draw = np.random.default_rng(seed)
        # A person beyond the last fills the empty places of the smaller groups, at no distance to anybody.
        self._distance = np.zeros((people + 1, people + 1))
        self._distance[:people, :people] = distance
        self._twice = (2.0 * self._distance).ravel()
        empty = np.arange(widest)[None, :] >= sizes[:, None]
        self._barred = np.tile(np.where(empty, -np.inf, 0.0), (replicas, 1))
        self._members = np.full((replicas * groups, widest), people)
        for replica in range(replicas):
            rows = self._members[replica * groups : (replica + 1) * groups]
            rows[~empty] = self._draw.permutation(people)
        self._gumbel = self._draw.gumbel(size=POOL)
        self._place()
        self.best_values, self._best = self._values.copy(), self._members.copy()

    @property
    def swaps_per_step(self) -> int:
        """Swaps that one step judges, those with empty places counted."""
        return int(self._replicas * (self._groups // 2) * self._members.shape[1] ** 2)

    def best(self) -> tuple[float, Ints]:
        """The highest value of any replica and its partition, shape (n,)."""
        replica = int(self.best_values.argmax())
        rows = self._best[replica * self._groups : (replica + 1) * self._groups]
        group = np.zeros(self._people + 1, dtype=np.int64)
        group[rows] = np.arange(self._groups)[:, None]
        return float(self.best_values[replica]), group[: self._people]

    def cool(self, temperatures: Floats) -> None:
        """One step at each of `temperatures`."""
        for start in range(0, len(temperatures), CHUNK):
            self._steps(temperatures[start : start + CHUNK])

    def acceptance(self, temperature: float) -> float:
        """The mean chance by Metropolis' rule that a swap in a random pairing is made."""
        one, other, _, _ = self._pairings(1)
        change, _, _ = self._judged(one[0], other[0])
        return float(np.exp(np.minimum(change[np.isfinite(change)], 0.0) / temperature).mean())

    def _pairings(self, steps: int) -> tuple[Ints, Ints, Ints, Floats]:
        half = self._groups // 2
        order = self._draw.uniform(size=(steps, self._replicas, self._groups)).argsort(axis=2)
        order += (np.arange(self._replicas) * self._groups)[:, None]
        one = order[:, :, :half].reshape(steps, -1)
        other = order[:, :, half : 2 * half].reshape(steps, -1)
        offsets = self._draw.integers(0, POOL - min(self.swaps_per_step, POOL // 2), steps)
        return one, other, offsets, self._draw.gumbel(size=one.shape)

    def _judged(self, one: Ints, other: Ints) -> tuple[Floats, Ints, Ints]:
        """The change by each swap between the groups of a block, shape (blocks, width * width)."""
        people, gain = self._people + 1, self._gain.ravel()
        left, right = self._members[one], self._members[other]
        here, there = (one * people)[:, None], (other * people)[:, None]
        leaving = gain.take(left + there)
        leaving -= gain.take(left + here)
        leaving += self._barred[one]
        coming = gain.take(right + here)
        coming -= gain.take(right + there)
        coming += self._barred[other]
        change = self._twice.take((left * people)[:, :, None] + right[:, None, :])
        np.subtract(coming[:, None, :], change, out=change)
        change += leaving[:, :, None]
        return change.reshape(len(one), -1), left, right

    def _steps(self, temperatures: Floats) -> None:
        one, other, offsets, stay = self._pairings(len(temperatures))
        for step, temperature in enumerate(temperatures):
            self._step(one[step], other[step], int(offsets[step]), stay[step], float(temperature))

    def _step(self, one: Ints, other: Ints, offset: int, stay: Floats, temperature: float) -> None:
        change, left, right = self._judged(one, other)
        noise = self._gumbel[offset : offset + change.size]
        if noise.size < change.size:  # very large instances read the pool more than once
            noise = np.resize(self._gumbel, change.size)
        score = noise.reshape(change.shape) * temperature
        score += change
        drawn = score.argmax(axis=1)
        made = (score[np.arange(len(one)), drawn] > stay * temperature).nonzero()[0]
        if not made.size:
            return
        width = left.shape[1]
        drawn = drawn[made]
        here, there = one[made], other[made]
        gone, come = left[made, drawn // width], right[made, drawn % width]
        self._members[here, drawn // width] = come
        self._members[there, drawn % width] = gone
        more = self._distance[come]
        more -= self._distance[gone]
        self._gain[here] += more
        self._gain[there] -= more
        self._keep(here // self._groups, change[made, drawn])

    def _keep(self, replica: Ints, change: Floats) -> None:
        """Add the changes to the replicas' values, and remember those that are better than before."""
        self._values += np.bincount(replica, weights=change, minlength=self._replicas)
        better = self._values > self.best_values + 1e-9
        if better.any():
            self.best_values[better] = self._values[better]
            rows = np.repeat(better, self._groups)
            self._best[rows] = self._members[rows]

    def _place(self) -> None:
        self._gain = self._distance[self._members].sum(axis=1)
        own = np.take_along_axis(self._gain, self._members, axis=1)
        self._values = own.reshape(self._replicas, -1).sum(axis=1) / 2.0
