"""What changed from one period to the next, with an interval."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_array

from styrfart.kernel.cooperation.bootstrap import Floats, interval
from styrfart.kernel.cooperation.measures import modularities, reciprocities, shares
from styrfart.kernel.cooperation.promises import was_kept
from styrfart.kernel.cooperation.ties import Change, Measure, Period, Promise, Tie, Verdict, check_ties
from styrfart.kernel.errors import KernelError

OF_TABLES: dict[Measure, Callable[[Floats], Floats]] = {
    Measure.SHARE_ACROSS: shares,
    Measure.MODULARITY: modularities,
    Measure.RECIPROCITY: reciprocities,
}


def change(
    ties: Sequence[Tie],
    departments: int,
    measure: Measure,
    *,
    seed: int,
    level: float = 0.95,
    draws: int = 2_000,
    fewest: int = 10,
) -> Change:
    """The measure in `Period.AFTER` less that in `Period.BEFORE`, with a bootstrap interval over clusters.

    The verdict follows the interval: more or less when it leaves out zero; too early with fewer than `fewest`
    clusters in a period, or when a measure has no value in a period. Raises `KernelError` for a measure that
    is not of ties, or a department out of range.
    """
    if measure not in OF_TABLES:
        raise KernelError("a measure of ties")
    check_ties(ties, departments)
    cells = departments * departments
    where = [
        (tie.period is Period.AFTER) * cells + tie.source * departments + tie.target for tie in ties
    ]  # fmt: skip
    parts = _parts([tie.cluster for tie in ties], where, [tie.weight for tie in ties], 2 * cells)
    return _changed(
        measure, parts, OF_TABLES[measure], _counts(ties), seed=seed, level=level, draws=draws, fewest=fewest
    )


def change_in_promises(
    promises: Sequence[Promise],
    *,
    today: int,
    seed: int,
    level: float = 0.95,
    draws: int = 2_000,
    fewest: int = 10,
) -> Change:
    """The share of promises kept, as `promises_kept` counts, in the later period less the earlier."""
    due = [each for each in promises if each.first_promised <= today]
    where = [
        2 * (each.period is Period.AFTER) + offset for offset in (0, 1) for each in due
        if offset or was_kept(each, today)
    ]  # fmt: skip
    clusters = [
        each.cluster for offset in (0, 1) for each in due if offset or was_kept(each, today)
    ]  # fmt: skip
    parts = _parts(clusters, where, [1.0] * len(where), 4, every=[each.cluster for each in due])
    return _changed(
        Measure.PROMISES_KEPT, parts, _kept_shares, _counts(due),
        seed=seed, level=level, draws=draws, fewest=fewest,
    )  # fmt: skip


def _kept_shares(sums: Floats) -> Floats:
    found = np.full(sums.shape[0], np.nan)
    np.divide(sums[:, 0], sums[:, 1], out=found, where=sums[:, 1] > 0)
    return found


def _counts(those: Sequence[Tie] | Sequence[Promise]) -> tuple[int, int]:
    """Clusters that have something before, and after."""
    before = {each.cluster for each in those if each.period is Period.BEFORE}
    after = {each.cluster for each in those if each.period is Period.AFTER}
    return len(before), len(after)


def _parts(
    clusters: Sequence[int],
    where: Sequence[int],
    weights: Sequence[float],
    sums: int,
    *,
    every: Sequence[int] | None = None,
) -> csr_array:
    """What each cluster adds to each sum."""
    names = np.unique(np.asarray(clusters if every is None else every, dtype=np.int64))
    rows = np.searchsorted(names, np.asarray(clusters, dtype=np.int64))
    return csr_array(
        (np.asarray(weights, dtype=np.float64), (rows, np.asarray(where, dtype=np.int64))),
        shape=(names.size, sums),
    )


def _changed(
    measure: Measure,
    parts: csr_array,
    statistic: Callable[[Floats], Floats],
    counts: tuple[int, int],
    *,
    seed: int,
    level: float,
    draws: int,
    fewest: int,
) -> Change:
    if fewest < 2:
        raise KernelError("an interval needs two clusters in each period")
    half = parts.shape[1] // 2

    def difference(sums: Floats) -> Floats:
        return statistic(sums[:, half:]) - statistic(sums[:, :half])

    whole = np.asarray(parts.sum(axis=0), dtype=np.float64).reshape(1, -1)
    before, after = (_value(statistic(each)) for each in (whole[:, :half], whole[:, half:]))
    if before is None or after is None:
        return Change(measure, before, after, None, None, None, *counts, Verdict.TOO_EARLY)
    ends = None
    if min(counts) >= fewest:
        ends = interval(parts, difference, seed=seed, level=level, draws=draws)
    if ends is None:
        return Change(measure, before, after, after - before, None, None, *counts, Verdict.TOO_EARLY)
    verdict = Verdict.MORE if ends[0] > 0 else Verdict.LESS if ends[1] < 0 else Verdict.NO_CLEAR_DIFFERENCE
    return Change(measure, before, after, after - before, *ends, *counts, verdict)


def _value(of_one: Floats) -> float | None:
    return None if np.isnan(of_one[0]) else float(of_one[0])
