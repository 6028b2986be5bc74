"""What else the lot could have given: allocations, and the p value and interval that follow from them.

The p value of a randomised trial needs no assumption about the outcome when it is the share of the possible
allocations whose statistic is at least as extreme (Fisher 1935). The statistic here is the adjusted
difference divided by its standard error: with M the projection off the columns that are adjusted for, and z
an allocation, u(z) = z'My / √(z'Mz). It is exact for any shape of outcome; dividing makes allocations
comparable that are unevenly spread over the adjusted columns.

**Interval** (Hodges and Lehmann 1963: the effects that the test does not reject). The hypothesis that the
effect is θ + d, where θ is the estimate, is tested on y − (θ + d)z. With e = M(y − θz), which is orthogonal
to Mz, an allocation z* is at least as extreme on the low side exactly when

    d ≤ τ* = −z*'e / (√(z*'Mz* · z'Mz) − z*'Mz),

since by Cauchy and Schwarz the divisor is not negative; where it is 0 (z itself) τ* has no end. So each tail
of the p value is monotone in d, and the limits are order statistics of θ + τ*: no search is needed and none
can go wrong. Both tails get half of the error: two-sided p = 2 · the smaller tail.
"""

from dataclasses import dataclass
from itertools import combinations
from math import comb, floor, inf, prod

import numpy as np
import numpy.typing as npt

from styrfart.kernel.effects.values import LEVELS, Interval
from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
ENUMERATED = 200_000  # allocations that are all looked at; beyond that a sample
DRAWS = 9_999
TIE = 1e-9  # relative; what is closer is equal, and counts as extreme


@dataclass(frozen=True)
class Lot:
    """The allocation that was drawn, and those that could have been.

    `others` (P × G, ones for those who start) holds each possible allocation, the drawn one among them, when
    `is_complete`; else a sample of them. `count` is how many there are.
    """

    drawn: Floats
    others: Floats
    count: int
    is_complete: bool
    seed: int | None

    @property
    def looked_at(self) -> int:
        """The divisor of p values: a sample counts the drawn one in (Phipson and Smyth 2010)."""
        return len(self.others) + (not self.is_complete)

    @property
    def smallest_p(self) -> float:
        """The least two-sided p that any outcome can give."""
        return min(1.0, 2 / self.looked_at)


def draw(
    started: npt.ArrayLike,
    *,
    strata: npt.ArrayLike | None = None,
    limit: int = ENUMERATED,
    draws: int = DRAWS,
    seed: int = 0,
) -> Lot:
    """The allocations with as many who start in each stratum as in `started` (G values of 0 and 1).

    `strata`: G labels; pairs are strata of two. All are listed when there are at most `limit`, else `draws`
    of them are drawn with `seed`. Raises `KernelError` when nobody starts, or everybody, or shapes differ.
    """
    drawn = zero_one(started)
    labels = np.zeros(drawn.size, dtype=np.int64) if strata is None else labelled(strata, drawn.size)
    places = [np.flatnonzero(labels == label) for label in range(int(labels.max()) + 1)]
    starting = [int(drawn[place].sum()) for place in places]
    count = prod(comb(place.size, k) for place, k in zip(places, starting, strict=True))
    if count <= limit:
        return Lot(drawn, _all(places, starting, drawn.size, count), count, is_complete=True, seed=None)
    generator = np.random.default_rng(seed)
    others = np.empty((draws, drawn.size))
    for place, k in zip(places, starting, strict=True):
        row = np.concatenate([np.ones(k), np.zeros(place.size - k)])
        others[:, place] = generator.permuted(np.tile(row, (draws, 1)), axis=1)
    return Lot(drawn, others, count, is_complete=False, seed=seed)


def listed(started: npt.ArrayLike, allocations: npt.ArrayLike) -> Lot:
    """A lot with exactly `allocations` (P × G), each equally likely: for a draw that was restricted.

    Raises `KernelError` unless `started` is among them, each has both sides, and none comes twice.
    """
    drawn, others = zero_one(started), np.asarray(allocations, dtype=np.float64)
    if others.ndim != 2 or others.shape[1] != drawn.size or not np.isin(others, (0.0, 1.0)).all():
        raise KernelError("allocations are rows of 0 and 1, a column for each unit")
    if not (others == drawn).all(axis=1).any() or len(np.unique(others, axis=0)) != len(others):
        raise KernelError("each allocation comes once, and the drawn one is among them")
    if not ((others.sum(axis=1) > 0) & (others.sum(axis=1) < drawn.size)).all():
        raise KernelError("in each allocation some start and some do not")
    return Lot(drawn, others, len(others), is_complete=True, seed=None)


@dataclass(frozen=True)
class Reference:
    """The estimate, and how far each allocation lets the truth lie from it."""

    effect: float
    shifts: Floats  # τ, ascending; without those that have no end
    endless: int  # allocations that no effect whatever makes less extreme
    looked_at: int

    @property
    def _tie(self) -> float:
        """How near is equal: by the middle of the shifts, since the greatest may lie a million times off."""
        return TIE * (abs(self.effect) + (float(np.median(np.abs(self.shifts))) if self.shifts.size else 0.0))

    @property
    def p(self) -> float:
        """Two-sided, of no effect."""
        turned = self.shifts if self.effect >= 0 else -self.shifts[::-1]
        extreme = int(np.searchsorted(turned, -abs(self.effect) + self._tie, side="right"))
        return min(1.0, 2 * (self.endless + extreme) / self.looked_at)

    def interval(self, level: float) -> Interval:
        """The effects that the two-sided test at 1 − `level` does not reject."""
        rank = floor((1 - level) / 2 * self.looked_at + TIE) - self.endless
        if not 0 <= rank < self.shifts.size:
            return Interval(-inf, inf, level)
        low = self.effect + self.shifts[rank] - self._tie
        high = self.effect + self.shifts[-1 - rank] + self._tie
        return Interval(float(low), float(high), level)

    @property
    def intervals(self) -> tuple[Interval, ...]:
        return tuple(self.interval(level) for level in LEVELS)


def reference(outcome: Floats, lot: Lot, adjusted: Floats) -> Reference:
    """The estimate of `outcome` (G) by `lot`, adjusted for the columns of `adjusted` (G × k; a constant too).

    Raises `KernelError` when the drawn allocation is a combination of the adjusted columns.
    """
    basis = orthonormal(adjusted)
    aside = lot.drawn - np.einsum("gk,k->g", basis, np.einsum("gk,g->k", basis, lot.drawn))
    square = float(np.einsum("g,g->", aside, aside))
    if square <= TIE * lot.drawn.size:
        raise KernelError("who starts follows from what is adjusted for")
    effect = float(np.einsum("g,g->", aside, outcome)) / square
    left = outcome - effect * lot.drawn
    left = left - np.einsum("gk,k->g", basis, np.einsum("gk,g->k", basis, left))
    divisor = _divisors(lot, basis, aside)
    is_endless = divisor <= TIE * square
    shifts = -np.einsum("pg,g->p", lot.others, left)[~is_endless] / divisor[~is_endless]
    endless = int(is_endless.sum()) + (not lot.is_complete)
    return Reference(effect, np.sort(shifts), endless, lot.looked_at)


def p_values(outcomes: Floats, lot: Lot, adjusted: Floats) -> Floats:
    """The two-sided p of no effect for each row of `outcomes` (S × G): for simulations."""
    basis = orthonormal(adjusted)
    centred = outcomes - np.einsum("gk,sk->sg", basis, np.einsum("gk,sg->sk", basis, outcomes))
    squares = _squares(lot.others, basis)
    tells = squares > TIE * lot.drawn.size
    others = lot.others * (tells / np.sqrt(np.where(tells, squares, 1.0)))[:, None]
    square = _squares(lot.drawn[None, :], basis)[0]
    drawn = np.einsum("sg,g->s", centred, lot.drawn) / np.sqrt(square)
    tie = TIE * np.sqrt(np.einsum("sg,sg->s", centred, centred))
    extreme = np.zeros(len(outcomes))
    for start in range(0, len(outcomes), 256):  # keeps the table of statistics small
        rows = slice(start, start + 256)
        statistics = np.einsum("sg,pg->sp", centred[rows], others) * np.sign(drawn[rows])[:, None]
        extreme[rows] = (statistics >= (np.abs(drawn) - tie)[rows, None]).sum(axis=1)
    extreme[drawn == 0] = len(lot.others)
    return np.minimum(1.0, 2 * (extreme + (not lot.is_complete)) / lot.looked_at)


def limits(outcomes: Floats, lot: Lot, adjusted: Floats, *, level: float) -> tuple[Floats, Floats]:
    """The low and high limit at `level` of each row of `outcomes` (S × G): for simulations.

    They move with the effect: of y + δz both are those of y, plus δ.
    """
    basis = orthonormal(adjusted)
    aside = lot.drawn - np.einsum("gk,k->g", basis, np.einsum("gk,g->k", basis, lot.drawn))
    square = np.einsum("g,g->", aside, aside)
    effects = np.einsum("sg,g->s", outcomes, aside) / square
    centred = outcomes - np.einsum("gk,sk->sg", basis, np.einsum("gk,sg->sk", basis, outcomes))
    left = centred - effects[:, None] * aside
    divisor = _divisors(lot, basis, aside)
    kept = divisor > TIE * square
    others, divisor = lot.others[kept], divisor[kept]
    endless = int((~kept).sum()) + (not lot.is_complete)
    rank = floor((1 - level) / 2 * lot.looked_at + TIE) - endless
    low, high = np.full(len(outcomes), -inf), np.full(len(outcomes), inf)
    if not 0 <= rank < len(others):
        return low, high
    for start in range(0, len(outcomes), 256):
        rows = slice(start, start + 256)
        shifts = -np.einsum("sg,pg->sp", left[rows], others) / divisor
        shifts.partition((rank, len(others) - 1 - rank), axis=1)
        low[rows], high[rows] = shifts[:, rank], shifts[:, -1 - rank]
    return effects + low, effects + high


def orthonormal(columns: Floats) -> Floats:
    """An orthonormal basis of the columns' span: Gram–Schmidt, twice, those that add nothing left out."""
    kept: list[Floats] = []
    for column in columns.T:
        size = float(np.sqrt(np.einsum("g,g->", column, column)))
        rest = column
        for _ in range(2):
            for each in kept:
                rest = rest - each * np.einsum("g,g->", each, rest)
        norm = float(np.sqrt(np.einsum("g,g->", rest, rest)))
        if norm > 1e-9 * size:
            kept.append(rest / norm)
    return np.stack(kept, axis=1)


def _squares(allocations: Floats, basis: Floats) -> Floats:
    """z'Mz of each allocation z."""
    along = np.einsum("pg,gk->pk", allocations, basis)
    squares: Floats = np.maximum(allocations.sum(axis=1) - np.einsum("pk,pk->p", along, along), 0.0)
    return squares


def _divisors(lot: Lot, basis: Floats, aside: Floats) -> Floats:
    """√(z*'Mz* · z'Mz) − z*'Mz of each allocation z*, where `aside` is Mz."""
    squares = _squares(lot.others, basis)
    divisors: Floats = np.sqrt(squares * np.einsum("g,g->", aside, aside)) - np.einsum(
        "pg,g->p", lot.others, aside
    )
    # An allocation that follows from the adjusted columns tells nothing: its statistic is 0, and so is τ*.
    divisors[squares <= TIE * lot.drawn.size] = 1.0
    return divisors


def _all(places: list[Labels], starting: list[int], units: int, count: int) -> Floats:
    others = np.zeros((count, units))
    before = 1
    for place, k in zip(places, starting, strict=True):
        block = _chosen(place.size, k)
        after = count // (before * len(block))
        others[:, place] = np.tile(np.repeat(block, after, axis=0), (before, 1))
        before *= len(block)
    return others


def _chosen(size: int, k: int) -> Floats:
    """Each way to choose k of `size`, as ones in a row, in lexicographic order."""
    chosen = np.array(list(combinations(range(size), k)), dtype=np.int64).reshape(comb(size, k), k)
    rows = np.zeros((len(chosen), size))
    np.put_along_axis(rows, chosen, 1.0, axis=1)
    return rows


def zero_one(started: npt.ArrayLike) -> Floats:
    """`started` as ones and zeros, refused unless some start and some do not."""
    drawn = np.asarray(started, dtype=np.float64)
    if drawn.ndim != 1 or not np.isin(drawn, (0.0, 1.0)).all():
        raise KernelError("who starts is a row of 0 and 1")
    if not 0 < drawn.sum() < drawn.size:
        raise KernelError("some start and some do not")
    return drawn


def labelled(labels: npt.ArrayLike, n: int) -> Labels:
    """Labels as numbers from 0, in sorted order."""
    given = np.asarray(labels)
    if given.shape != (n,):
        raise KernelError("there is a label for each unit")
    return np.unique(given, return_inverse=True)[1].astype(np.int64).reshape(n)
