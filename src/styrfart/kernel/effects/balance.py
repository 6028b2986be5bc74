"""Were those who started and those compared with alike before, and did each do what it was allotted?"""

from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from styrfart.kernel.effects.lots import Floats, zero_one
from styrfart.kernel.effects.values import Caution
from styrfart.kernel.errors import KernelError

# Standard deviations. Where adjustment is needed but suffices by 0.25, not beyond it (What Works
# Clearinghouse, Procedures and Standards Handbook); regression to the mean is worth a word from 0.5.
IMBALANCED = 0.25
EXTREME = 0.5
CROSSED = 0.10  # share of a group's units, from which crossover is worth a caution
DONE = 0.5  # uptake from which a unit did it


@dataclass(frozen=True)
class Balance:
    """One measure before the start, in both groups."""

    treated: float  # mean
    compared: float
    difference: float  # standardised by the root of the mean of both variances; infinite if these are 0

    @property
    def is_imbalanced(self) -> bool:
        return abs(self.difference) > IMBALANCED


@dataclass(frozen=True)
class Crossover:
    """Who did not do what was allotted. The estimate stays by what was allotted (intention to treat)."""

    treated_without: float  # share of units that were to start and did not
    compared_with: float  # share of units that were not to start and did
    uptake: float  # mean uptake of those who were to start less that of the others
    cautions: tuple[Caution, ...]

    def per_uptake(self, effect: float) -> float:
        """The effect on those who did it because they were allotted it; infinite without a difference.

        Assumes that being allotted does nothing but through the uptake (Bloom 1984; Angrist, Imbens and
        Rubin 1996).
        """
        return effect / self.uptake if self.uptake else inf


def balance(started: npt.ArrayLike, before: npt.ArrayLike) -> tuple[Balance, ...]:
    """The balance of each column of `before` (G × k, or G) between those who start and the others."""
    drawn = zero_one(started)
    return tuple(_balance(drawn, column) for column in columns_of(before, drawn.size).T)


def crossover(started: npt.ArrayLike, taken_up: npt.ArrayLike) -> Crossover:
    """Who crossed over. `taken_up`: the share, 0 to 1, of the new way that each unit (G) really took up.

    Of a wedge both are I × T, and cells are counted. Raises `KernelError` for shares out of range.
    """
    drawn, uptake = zero_one(np.ravel(started)), np.ravel(np.asarray(taken_up, dtype=np.float64))
    if uptake.shape != drawn.shape or not ((uptake >= 0) & (uptake <= 1)).all():
        raise KernelError("uptake is a share for each unit")
    treated, compared = uptake[drawn == 1], uptake[drawn == 0]
    without, with_it = float((treated < DONE).mean()), float((compared >= DONE).mean())
    found = ((Caution.CROSSOVER, without >= CROSSED), (Caution.LEAKAGE, with_it >= CROSSED))
    return Crossover(
        without,
        with_it,
        float(treated.mean() - compared.mean()),
        tuple(caution for caution, holds in found if holds),
    )


def columns_of(before: npt.ArrayLike, units: int) -> Floats:
    """Measures before the start as G × k, refused when they are not finite."""
    given = np.asarray(before, dtype=np.float64)
    given = given[:, None] if given.ndim == 1 else given
    if given.ndim != 2 or given.shape[0] != units or not np.isfinite(given).all():
        raise KernelError("what was measured before has a finite row for each unit")
    return given


def _balance(drawn: Floats, column: Floats) -> Balance:
    treated, compared = column[drawn == 1], column[drawn == 0]
    gap = float(treated.mean() - compared.mean())
    # Of one unit there is no variance: then that of the other group stands for both.
    variances = [group.var(ddof=1) for group in (treated, compared) if group.size > 1]
    spread = float(np.sqrt(np.mean(variances))) if variances else 0.0
    standard = gap / spread if spread else (inf if gap > 0 else -inf if gap < 0 else 0.0)
    return Balance(float(treated.mean()), float(compared.mean()), standard)
