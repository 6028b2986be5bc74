"""Promises kept: the first promised day counts, and what is open and overdue is not kept."""

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri

from styrfart.kernel.cooperation.ties import Kept, Promise
from styrfart.kernel.errors import KernelError


def promises_kept(
    promises: Sequence[Promise], *, since: int, until: int, today: int, level: float = 0.95
) -> Kept:
    """The share kept of those whose first promised day falls from `since` to `until` and has passed.

    Kept: delivered no later than the first promised day. A promise that falls due later does not count yet,
    delivered or not: else only those that went well would count early. What was delivered after `today` was
    open. The interval is Wilson's with as many promises as tell the same when those of a cluster hang
    together (Wilson 1927; Kish 1965; Korn & Graubard 1998); with all kept, or none, as many as clusters.

    Raises `KernelError` for a period that ends before it begins, a latest day before the first, or a level
    outside 0 to 1.
    """
    if since > until or not 0 < level < 1:
        raise KernelError("a period has an end, and a level lies between 0 and 1")
    if any(each.latest_promised < each.first_promised for each in promises):
        raise KernelError("the latest promised day is the first or after it")
    inside = [each for each in promises if since <= each.first_promised <= until]
    due = [each for each in inside if each.first_promised <= today]
    kept = [was_kept(each, today) for each in due]
    effective = _effective([each.cluster for each in due], kept)
    share = sum(kept) / len(due) if due else None
    low, high = wilson(share * effective, effective, level=level) if share is not None else (0.0, 1.0)
    return Kept(
        kept=sum(kept),
        due=len(due),
        share=share,
        low=low,
        high=high,
        kept_as_latest=sum(
            each.delivered is not None and each.delivered <= min(each.latest_promised, today) for each in due
        ),
        not_yet_due=len(inside) - len(due),
        effective=effective,
    )


def was_kept(promise: Promise, today: int) -> bool:
    """Whether it was delivered by the first promised day, as far as can be known `today`."""
    return promise.delivered is not None and promise.delivered <= min(promise.first_promised, today)


def wilson(kept: float, count: float, *, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval for a share (1927, Journal of the American Statistical Association 22)."""
    if count <= 0 or not 0 <= kept <= count:
        raise KernelError("a share is of something")
    z = float(ndtri((1 + level) / 2))
    share = kept / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / (4 * count * count)) ** 0.5
    return (0.0 if kept == 0 else max(middle - half, 0.0)), (
        1.0 if kept == count else min(middle + half, 1.0)
    )


def _effective(clusters: Sequence[int], kept: Sequence[bool]) -> float:
    """How many promises would tell as much, were each a cluster of its own; never more than there are."""
    count = len(kept)
    if count == 0:
        return 0.0
    names, cluster = np.unique(np.asarray(clusters), return_inverse=True)
    share = sum(kept) / count
    if names.size == count:
        return float(count)
    if names.size < 2 or share in (0, 1):
        return float(names.size)
    excess = np.bincount(cluster, weights=np.asarray(kept, dtype=np.float64) - share)
    variance = float((excess * excess).sum()) * names.size / (names.size - 1) / count**2
    alone = share * (1 - share) / count
    return float(min(count, count * alone / variance)) if variance > 0 else float(count)
