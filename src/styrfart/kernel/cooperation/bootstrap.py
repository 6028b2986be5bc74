"""Intervals by drawing whole clusters again: bias-corrected and accelerated.

Efron 1987, Journal of the American Statistical Association 82; clusters as in Davison & Hinkley 1997, 3.8. A
cluster that has something in both periods is drawn with both, so that what is paired stays paired.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import ndtr, ndtri

from styrfart.kernel.errors import KernelError

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
BATCH = 2_000_000  # numbers in memory at a time
UNDEFINED = 0.05  # more draws than this without a value: no interval


def interval(
    parts: csr_array, statistic: Statistic, *, seed: int, level: float, draws: int
) -> tuple[float, float] | None:
    """The interval of a statistic of sums over clusters; None when it is not defined often enough.

    `parts`: (clusters, sums), what each cluster adds. `statistic`: (n, sums) to (n,), nan where undefined.
    """
    if not 0 < level < 1 or draws < 100 or parts.shape[0] < 2:
        raise KernelError("two clusters, 100 draws and a level between 0 and 1 are the least")
    estimate = float(statistic(_sums(parts, np.ones((1, parts.shape[0]))))[0])
    drawn = _drawn(parts, statistic, seed, draws)
    defined = drawn[~np.isnan(drawn)]
    if np.isnan(estimate) or defined.size < (1 - UNDEFINED) * draws:
        return None
    below = ((defined < estimate).sum() + (defined == estimate).sum() / 2) / defined.size
    bias = float(ndtri(np.clip(below, 1 / defined.size, 1 - 1 / defined.size)))
    speed = _acceleration(parts, statistic)
    ends = bias + ndtri(np.array([(1 - level) / 2, (1 + level) / 2]))
    at = ndtr(bias + ends / np.maximum(1 - speed * ends, 1e-9))
    low, high = np.quantile(defined, np.clip(at, 0, 1))
    return float(low), float(high)


def _sums(parts: csr_array, times: Floats) -> Floats:
    """Σ over clusters of times drawn × what it adds, by row of `times`; without BLAS, in a fixed order."""
    return np.ascontiguousarray((parts.T @ times.T).T)


def _drawn(parts: csr_array, statistic: Statistic, seed: int, draws: int) -> Floats:
    rng = np.random.default_rng(seed)
    clusters, sums = parts.shape
    size = max(1, BATCH // max(clusters, sums))
    found = []
    for start in range(0, draws, size):
        rows = min(size, draws - start)
        times = rng.multinomial(clusters, np.full(clusters, 1 / clusters), size=rows)
        found.append(statistic(_sums(parts, times.astype(np.float64))))
    return np.concatenate(found)


def _acceleration(parts: csr_array, statistic: Statistic) -> float:
    """From the values that come when each cluster in turn is left out."""
    clusters, sums = parts.shape
    size = max(1, BATCH // max(clusters, sums))
    values = []
    for start in range(0, clusters, size):
        # Summed anew, not taken off the whole: rounding would leave something where nothing is left.
        times = np.ones((min(size, clusters - start), clusters))
        times[np.arange(times.shape[0]), start + np.arange(times.shape[0])] = 0
        values.append(statistic(_sums(parts, times)))
    found = np.concatenate(values)
    found = found[~np.isnan(found)]
    away = found.mean() - found if found.size else found
    spread = float((away * away).sum())
    return float((away**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0
