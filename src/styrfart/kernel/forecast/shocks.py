"""What strikes many projects at once: common factors, and how strong they have been.

A Gaussian copula with one factor for everything and one for each department and year. Independent sampling
lets the delays of 500 projects cancel out, which they do not do in a recession.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.model import Correlation

Rows = NDArray[np.float32]


@dataclass(frozen=True)
class CommonShock:
    """The share of variance that groups share, its F interval, and what it was measured on."""

    share: float
    low: float
    high: float
    groups: int
    projects: int


def check(correlation: Correlation) -> None:
    """KernelError unless the shares are 0 or more, below 1 in sum, and the persistence 0 to 1."""
    shares = (correlation.everywhere, correlation.department_year)
    if min(shares) < 0 or not sum(shares) < 1 or not 0 <= correlation.persistence <= 1:
        raise KernelError("shares of variance are 0 or more and below 1 in sum; persistence is 0 to 1")


def factors(
    correlation: Correlation,
    *,
    years: int,
    departments: int,
    simulations: int,
    generator: np.random.Generator,
) -> Rows:
    """The common part of the normal score, (years, departments, simulations), float32.

    Drawn year by year, so that more years leave the first ones as they were.
    """
    check(correlation)
    everywhere = generator.standard_normal(simulations, dtype=np.float32)
    everywhere *= np.float32(np.sqrt(correlation.everywhere))
    found = np.empty((years, departments, simulations), np.float32)
    keep = np.float32(correlation.persistence)
    fresh = np.float32(np.sqrt(1.0 - correlation.persistence**2))
    for year in range(years):
        generator.standard_normal(dtype=np.float32, out=found[year])
        if year and correlation.persistence:
            found[year] *= fresh
            found[year] += keep * found[year - 1]
    found *= np.float32(np.sqrt(correlation.department_year))
    found += everywhere
    return found


def common_shock(ratios: ArrayLike, groups: ArrayLike, *, level: float = 0.9) -> CommonShock:
    """How much closed projects of one group have moved together: what to set `Correlation` by.

    `ratios` (n,) are actual / planned, `groups` (n,) say which department and year each belongs to. The
    intraclass correlation of the ratios' normal scores (one-way analysis of variance, ICC(1); Donner 1986)
    with its F interval (Searle 1971; for groups of different sizes their typical size stands for each,
    which makes it approximate). Negative estimates are told as 0.

    Raises KernelError with fewer than two groups or no group of two.
    """
    values, labels = np.asarray(ratios, np.float64), np.asarray(groups)
    if values.ndim != 1 or labels.shape != values.shape or not 0 < level < 1:
        raise KernelError("a ratio and a group for each project, and a level between 0 and 1")
    _, member, counts = np.unique(labels, return_inverse=True, return_counts=True)
    n, k = values.size, counts.size
    if k < 2 or n <= k:
        raise KernelError("a common shock is seen in two groups or more, one of them of two or more")
    scores = special.ndtri((_ranks(values) - 0.375) / (n + 0.25))  # Blom 1958
    means = np.bincount(member, scores) / counts
    between = float((counts * (means - scores.mean()) ** 2).sum()) / (k - 1)
    within = float(((scores - means[member]) ** 2).sum()) / (n - k)
    size = float(n - (counts**2).sum() / n) / (k - 1)
    ratio = between / within if within > 0 else np.inf
    tails = special.fdtri(k - 1, n - k, ((1 + level) / 2, (1 - level) / 2))  # quantiles of F
    low, share, high = (
        1.0 if np.isinf(each) else max(0.0, float((each - 1) / (each - 1 + size)))
        for each in (ratio / tails[0], ratio, ratio / tails[1])
    )
    return CommonShock(share, low, high, k, n)


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1; equal values share their mean rank."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place])
