"""How good stored forecasts were, when the date has come.

A forecast is a row of quantiles at fixed levels. The pinball loss is a proper score for each level (Koenker &
Bassett 1978; Gneiting & Raftery 2007): nobody gains by saying another quantile than one believes. Coverage
tells whether the levels hold, and the loss whether they were worth something.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.durations import FloatArray
from styrfart.kernel.forecast.model import Interval

IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Scores:
    """The record of stored forecasts, N in number, at L levels.

    `coverage[l]` is the share of outcomes at or below quantile l (ideally `levels[l]`); `if_open_late` and
    `if_open_soon` are the same when every forecast still open turns out above it, or at once: the truth lies
    between (survivorship both ways). `inside` is the share between the outermost levels.
    """

    levels: tuple[float, ...]
    closed: int
    open: int
    pinball: FloatArray  # (L,) mean loss at each level, in the unit of the outcomes
    mean_pinball: float
    crps: float  # mean, of the forecast that has only these quantiles as its outcomes
    coverage: tuple[Interval, ...]
    if_open_late: tuple[float, ...]
    if_open_soon: tuple[float, ...]
    inside: Interval
    pit: IntArray  # (L + 1,) outcomes in each gap between quantiles
    pit_expected: FloatArray  # (L + 1,) how many there should be


@dataclass(frozen=True)
class Skill:
    """How much lower the mean loss is than another's on the same outcomes: .18 is 18 % lower."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Reliability:
    """The record of stored chances.

    `brier` is the mean squared error of the chances (Brier 1950), and `base` that of always saying how often
    it happened in all. In each bin: the mean chance said, and how often it happened.
    """

    brier: float
    base: float
    said: tuple[float, ...]
    happened: tuple[Interval, ...]


def wilson(count: int, of: int, *, level: float = 0.95) -> Interval:
    """The share `count` / `of` with Wilson's score interval (1927); all of 0 to 1 when `of` is 0."""
    if not 0 <= count <= of or not 0 < level < 1:
        raise KernelError("a count of 0 to `of`, and a level between 0 and 1")
    if of == 0:
        return Interval(0.0, 0.0, 1.0, 0)
    z = float(special.ndtri((1 + level) / 2))
    share, spread = count / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * np.sqrt(share * (1 - share) / of + spread / (4 * of))
    # At the ends Wilson's interval is closed by algebra; rounding must not open it.
    low = 0.0 if count == 0 else float(middle - half)
    high = 1.0 if count == of else float(middle + half)
    return Interval(share, low, high, of)


def pinball(quantiles: ArrayLike, levels: ArrayLike, outcomes: ArrayLike) -> FloatArray:
    """The loss (N, L) of `quantiles` (N, L), or (L,) for all, at `levels` (L,), for `outcomes` (N,)."""
    q, level, y = _checked(quantiles, levels, outcomes)
    error = y[:, None] - q
    return np.asarray(np.maximum(level * error, (level - 1) * error))


def crps(quantiles: ArrayLike, levels: ArrayLike, outcomes: ArrayLike) -> FloatArray:
    """The continuous ranked probability score (N,) of the forecasts that `quantiles` stand for.

    Each quantile is taken to stand for the probabilities nearer to its level than to another, so that the
    forecast is a distribution on L points, and the score of that is exact: E|X - y| - E|X - X'| / 2
    (Gneiting & Raftery 2007).
    """
    q, level, y = _checked(quantiles, levels, outcomes)
    edges = np.concatenate(([0.0], (level[1:] + level[:-1]) / 2, [1.0]))
    mass = np.diff(edges)
    far = (np.abs(q - y[:, None]) * mass).sum(axis=1)
    # Half the mean distance of two draws is the integral of F (1 - F), constant between the points.
    spread = (np.diff(q, axis=1) * (edges[1:-1] * (1 - edges[1:-1]))).sum(axis=1)
    return np.asarray(far - spread)


def score(
    quantiles: ArrayLike,
    levels: Sequence[float],
    outcomes: ArrayLike,
    *,
    still_open: ArrayLike = (),
    open_quantiles: ArrayLike | None = None,
) -> Scores:
    """Score forecasts `quantiles` (N, L), or (L,) for all, whose `outcomes` (N,) are known.

    `still_open` (M,) are the values that unfinished ones have passed already and `open_quantiles` (M, L), or
    (L,), what was forecast for them. Outcomes that move together make the intervals too narrow: they count
    each as news. Raises KernelError without outcomes, or for quantiles that fall as levels rise.
    """
    q, level, y = _checked(quantiles, levels, outcomes)
    if not y.size:
        raise KernelError("nothing to score: no outcome is known")
    losses = pinball(q, level, y)
    below = y[:, None] <= q
    counts = below.sum(axis=0)
    passed = np.atleast_1d(np.asarray(still_open, np.float64))
    late, soon = counts, counts
    if passed.size:
        open_q, _, _ = _checked(quantiles if open_quantiles is None else open_quantiles, level, passed)
        soon = counts + (passed[:, None] <= open_q).sum(axis=0)
    everything = y.size + passed.size
    inside = int(((y > q[:, 0]) & (y <= q[:, -1])).sum())
    edges = np.concatenate(([0.0], level, [1.0]))
    return Scores(
        tuple(level.tolist()),
        y.size,
        passed.size,
        losses.mean(axis=0),
        float(losses.mean()),
        float(crps(q, level, y).mean()),
        tuple(wilson(int(each), y.size) for each in counts),
        tuple((late / everything).tolist()),
        tuple((soon / everything).tolist()),
        wilson(inside, y.size),
        np.bincount((~below).sum(axis=1), minlength=level.size + 1),
        np.diff(edges) * y.size,
    )


def pit(quantiles: ArrayLike, levels: ArrayLike, outcomes: ArrayLike) -> FloatArray:
    """The probability integral transform (N,): where in its own forecast each outcome fell, 0 to 1.

    Straight lines between the quantiles; an outcome beyond the outermost is put in the middle of what is
    left there, since the quantiles say no more. Uniform if the forecasts are calibrated (Dawid 1984).
    """
    q, level, y = _checked(quantiles, levels, outcomes)
    found = np.empty(y.size)
    for row, (points, outcome) in enumerate(zip(q, y.tolist(), strict=True)):
        if outcome <= points[0]:
            found[row] = level[0] if outcome == points[0] else level[0] / 2
        elif outcome > points[-1]:
            found[row] = (1 + level[-1]) / 2
        else:
            found[row] = np.interp(outcome, points, level)
    return found


def reliability(
    chances: ArrayLike, happened: ArrayLike, *, edges: Sequence[float] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
) -> Reliability:
    """The record of chances (N,) of a target, such as "4 times of 10", when it is known what happened (N,).

    `edges` part the chances into bins, the last with its upper end. Raises KernelError without chances.
    """
    said, came = np.asarray(chances, np.float64), np.asarray(happened, np.bool_)
    limits = np.asarray(edges, np.float64)
    if said.ndim != 1 or said.shape != came.shape or not said.size:
        raise KernelError("a chance, and whether it happened, for each of one or more forecasts")
    if limits.size < 2 or bool((np.diff(limits) <= 0).any()):
        raise KernelError("edges rise")
    if not bool(((said >= limits[0]) & (said <= limits[-1])).all()):
        raise KernelError("chances lie within the edges")
    at = np.minimum(np.searchsorted(limits, said, side="right") - 1, limits.size - 2)
    counts = np.bincount(at, minlength=limits.size - 1)
    sums = np.bincount(at, said, minlength=limits.size - 1)
    hits = np.bincount(at, came, minlength=limits.size - 1)
    return Reliability(
        float(((said - came) ** 2).mean()),
        float(came.mean() * (1 - came.mean())),
        tuple(float(total / count) if count else 0.0 for total, count in zip(sums, counts, strict=True)),
        tuple(wilson(int(hit), int(count)) for hit, count in zip(hits, counts, strict=True)),
    )


def skill(losses: ArrayLike, others: ArrayLike, *, level: float = 0.95) -> Skill:
    """How much lower the mean of `losses` (N,) is than that of `others` (N,), pair by pair.

    The interval is by the delta method for a ratio of paired means (Fieller's first order).
    """
    ours, theirs = np.asarray(losses, np.float64), np.asarray(others, np.float64)
    if ours.ndim != 1 or ours.shape != theirs.shape or ours.size < 2 or not theirs.mean() > 0:
        raise KernelError("two losses for each of two or more forecasts, the others' above 0 in mean")
    ratio = float(ours.mean() / theirs.mean())
    error = float((ours - ratio * theirs).std(ddof=1) / np.sqrt(ours.size) / theirs.mean())
    half = float(special.ndtri((1 + level) / 2)) * error
    return Skill(1 - ratio, 1 - ratio - half, 1 - ratio + half)


def _checked(
    quantiles: ArrayLike, levels: ArrayLike, outcomes: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    level, y = np.asarray(levels, np.float64), np.asarray(outcomes, np.float64)
    q = np.asarray(quantiles, np.float64)
    if q.ndim == 1:
        q = np.broadcast_to(q, (y.size, q.size))
    if level.ndim != 1 or not level.size or y.ndim != 1 or q.shape != (y.size, level.size):
        raise KernelError("quantiles are (forecasts, levels), with an outcome for each forecast")
    if not bool(((level > 0) & (level < 1)).all()) or bool((np.diff(level) <= 0).any()):
        raise KernelError("levels rise, between 0 and 1")
    if bool((np.diff(q, axis=1) < 0).any()) or not bool(np.isfinite(q).all() and np.isfinite(y).all()):
        raise KernelError("quantiles rise with their levels, and all are numbers")
    return q, level, y
