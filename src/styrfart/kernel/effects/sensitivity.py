"""How much hidden bias would explain a matched comparison away (Rosenbaum's bounds).

Two matched units may differ in something nobody measured, so that one was up to Γ times as likely as the
other to be the one that started (in odds). For each Γ there is a greatest possible p value; the Γ where it
passes the level is how strong the hidden difference would have to be.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from styrfart.kernel.effects.lots import Floats
from styrfart.kernel.effects.values import LEVEL
from styrfart.kernel.errors import KernelError

EXACT = 60  # pairs up to which the distribution is exact; beyond, normal
GREATEST = 1e3


@dataclass(frozen=True)
class Bound:
    """The greatest one-sided p when hidden bias is at most `gamma`."""

    gamma: float
    p: float
    is_exact: bool


def bound(differences: npt.ArrayLike, *, gamma: float) -> Bound:
    """The greatest p, of an effect above zero, of Wilcoxon's signed ranks under bias of at most `gamma`.

    `differences`: treated less compared of each pair. Zeros are ranked and then left out (Pratt 1959, as
    Rosenbaum does), ties get mean ranks. Exact for 60 pairs or fewer.

    Raises `KernelError` for a `gamma` below 1 or no pair that differs.
    Source: Rosenbaum 2002, Observational Studies, section 4.3.3.
    """
    if not gamma >= 1:
        raise KernelError("gamma is 1 or more")
    ranks, statistic = _signed_ranks(np.asarray(differences, dtype=np.float64))
    share = gamma / (1 + gamma)
    if ranks.size <= EXACT:
        return Bound(gamma, _exact_tail(ranks, statistic, share), is_exact=True)
    return Bound(gamma, normal_tail(ranks, statistic, share), is_exact=False)


def tolerated(differences: npt.ArrayLike, *, level: float = LEVEL / 2) -> float:
    """The greatest Γ at which the bound is at most `level`, for an effect in the direction that was seen.

    1.0 or more; 0.0 when the comparison does not reach `level` even without hidden bias.
    """
    given = np.asarray(differences, dtype=np.float64)
    turned = given if given.sum() >= 0 else -given
    if bound(turned, gamma=1.0).p > level:
        return 0.0
    low, high = 1.0, 2.0
    while high < GREATEST and bound(turned, gamma=high).p <= level:
        low, high = high, 2 * high
    for _ in range(40):
        middle = (low + high) / 2
        if bound(turned, gamma=middle).p <= level:
            low = middle
        else:
            high = middle
    return low


def normal_tail(ranks: Floats, statistic: float, share: float) -> float:
    """The same tail by the normal distribution, without correction for continuity."""
    mean = share * ranks.sum()
    spread = np.sqrt(share * (1 - share) * np.square(ranks).sum())
    return float(special.ndtr((mean - statistic) / spread))


def _signed_ranks(differences: Floats) -> tuple[Floats, float]:
    if differences.ndim != 1 or not np.isfinite(differences).all():
        raise KernelError("there is a finite difference for each pair")
    if not differences.any():
        raise KernelError("at least one pair differs")
    ranks: Floats = stats.rankdata(np.abs(differences))
    return ranks[differences != 0], float(ranks[differences > 0].sum())


def _exact_tail(ranks: Floats, statistic: float, share: float) -> float:
    """P(sum of ranks ≥ statistic) when each counts with probability `share`, by adding rank after rank.

    Mean ranks are halves at most, so twice the ranks are whole numbers.
    """
    doubled = np.rint(2 * ranks).astype(np.int64)
    chances = np.zeros(int(doubled.sum()) + 1)
    chances[0] = 1.0
    for step in doubled:
        moved = np.zeros_like(chances)
        moved[step:] = chances[:-step]
        chances = (1 - share) * chances + share * moved
    return float(min(1.0, chances[round(2 * statistic) :].sum()))
