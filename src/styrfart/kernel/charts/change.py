"""Where a series seems to have changed level: a suggestion with its evidence.

Method: the largest standardised Mann-Whitney statistic over all places (Pettitt 1979, standardised as in
Hawkins and Deng 2010 so that early and late changes compete fairly), judged by shuffling the series, which is
exact for any values, ties included, as long as the points are independent.
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from styrfart.kernel.charts.series import checked, points_of, present
from styrfart.kernel.charts.values import Candidate, Reading
from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]


def suggest_change(
    values: Sequence[float | None],
    *,
    start: int = 0,
    stop: int | None = None,
    side: int = 4,
    least: int = 12,
    level: float = 0.05,
    shufflings: int = 4_999,
    seed: int = 0,
) -> Candidate | Reading:
    """The likeliest place of one change of level in `values[start:stop]`, or the refusal.

    `side`: fewest points on either side. `level`: the largest p-value that convinces. Refuses with
    `Reading.TOO_FEW_POINTS` (under `least` points that are not missing) and with `Reading.NOISE` where all
    points are equal. The same seed gives the same p-value on any machine. Apply it to a phase, not across
    one: looking again after each accepted change is a new look, with the same chance of a false one.

    Raises `KernelError` for a span outside the series, `side` under 2 or more than half of `least`, a level
    outside 0 to 1, or no shufflings.
    """
    points = points_of(values)
    stop = len(points) if stop is None else stop
    _check(len(points), start, stop, side, least, level, shufflings)
    placed = present(points, start, stop)
    if len(placed) < least:
        return Reading.TOO_FEW_POINTS
    series = np.array([value for _, value in placed])
    if (series == series[0]).all():
        return Reading.NOISE
    ranks = np.asarray(rankdata(series), dtype=np.float64)
    scores = _scores(ranks[None, :], side)[0]
    best = int(np.argmax(scores))
    # Ties between floating sums must not depend on the order of adding.
    reached = int((_shuffled(ranks, side, shufflings, seed) >= scores[best] - 1e-9).sum())
    p_value = (reached + 1) / (shufflings + 1)
    cut = best + side
    before, after = series[:cut], series[cut:]
    related = _autocorrelation(np.concatenate([before - np.median(before), after - np.median(after)]))
    return Candidate(
        at=placed[cut][0],
        before=float(np.median(before)),
        after=float(np.median(after)),
        shift=float(np.median(after[:, None] - before[None, :])),
        statistic=float(scores[best]),
        p_value=p_value,
        autocorrelation=related,
        is_convincing=p_value <= level,
        is_autocorrelated=related > 2 / sqrt(len(series)),
    )


def _scores(ranks: Floats, side: int) -> Floats:
    """For each row of ranks and each cut from `side` to n − side: |W − mean| / sd of earlier ranks.

    The standard deviation is that of a sample without replacement from these ranks: right with ties too.
    """
    n = ranks.shape[1]
    cuts = np.arange(side, n - side + 1, dtype=np.float64)
    sums = np.cumsum(ranks, axis=1)[:, side - 1 : n - side]
    spread = np.sqrt(cuts * (n - cuts) / n * ranks[0].var(ddof=1))
    return np.asarray(np.abs(sums - cuts * (n + 1) / 2) / spread)


def _shuffled(ranks: Floats, side: int, shufflings: int, seed: int) -> Floats:
    """The largest score of each shuffled series."""
    rng = np.random.default_rng(seed)
    rows = rng.permuted(np.broadcast_to(ranks, (shufflings, ranks.size)), axis=1)
    return np.asarray(_scores(rows, side).max(axis=1))


def _autocorrelation(residuals: Floats) -> float:
    centred = residuals - residuals.mean()
    whole = float((centred * centred).sum())
    return float((centred[1:] * centred[:-1]).sum()) / whole if whole else 0.0


def _check(count: int, start: int, stop: int, side: int, least: int, level: float, shufflings: int) -> None:
    if not 0 <= start < stop <= count:
        raise KernelError("the span is places of the series, in order")
    checked(least, None, (start, stop))
    if not 2 <= side <= least // 2:
        raise KernelError("either side has at least two points, and no more than half of `least`")
    if not 0 < level < 1 or shufflings < 1:
        raise KernelError("a level is between 0 and 1, and there is at least one shuffling")
