"""The model of a stepped wedge: period effects, a random effect for each unit, one effect of having started.

y[i, j] = period j + effect · x[i, j] + unit i + noise, the unit's variance τ², the noise's σ²/n[i, j] (Hussey
and Hughes 2007). Everything is solved unit by unit: V of a unit is diagonal plus constant, so its inverse is
known, and nothing larger than the number of periods is ever inverted.
"""

from dataclasses import dataclass
from math import exp, log

import numpy as np
from scipy import optimize

from styrfart.kernel.effects.lots import Floats
from styrfart.kernel.errors import KernelError

LEAST_RATIO, GREATEST_RATIO = 1e-6, 1e4  # of τ² to σ², for one observation in each cell


@dataclass(frozen=True)
class Components:
    """Variances of the unit effect (τ²) and of one observation around it (σ²)."""

    between: float
    within: float

    @property
    def correlation(self) -> float:
        """Of two observations in one unit (ICC)."""
        total = self.between + self.within
        return self.between / total if total else 0.0


@dataclass(frozen=True)
class Gls:
    """Coefficients by generalised least squares, the columns' first and the periods' after them."""

    coefficients: Floats
    covariance: Floats
    components: Components


class Weights:
    """Inverse covariance of each unit for a ratio τ²/σ², in units of 1/σ². `sizes` (I × T)."""

    def __init__(self, sizes: Floats, ratio: float) -> None:
        self.sizes = sizes
        self.ratio = ratio
        self.shrink = ratio / (1 + ratio * sizes.sum(axis=1))  # Sherman–Morrison

    def times(self, values: Floats) -> Floats:
        """V⁻¹ of each unit times its rows: values (I × T) or (I × T × k)."""
        flat = values if values.ndim == 3 else values[:, :, None]
        weighted = flat * self.sizes[:, :, None]
        sums = weighted.sum(axis=1)
        out: Floats = weighted - self.sizes[:, :, None] * (self.shrink[:, None] * sums)[:, None, :]
        return out if values.ndim == 3 else out[:, :, 0]

    @property
    def log_determinant(self) -> float:
        """Of V / σ², over all units."""
        grown = np.log1p(self.ratio * self.sizes.sum(axis=1)).sum()
        return float(grown - np.log(self.sizes).sum())

    def periods(self) -> Floats:
        """F'V⁻¹F, where F are the period effects (T × T)."""
        outer: Floats = np.einsum("i,ij,ik->jk", self.shrink, self.sizes, self.sizes)
        inner: Floats = np.diag(self.sizes.sum(axis=0)) - outer
        return inner


def fit(outcome: Floats, columns: Floats, sizes: Floats, ratio: float | None = None) -> Gls:
    """Generalised least squares of `outcome` (I × T) on `columns` (I × T × k) and an effect for each period.

    `ratio` is τ²/σ²; without it, it is estimated by restricted maximum likelihood. Raises `KernelError` when
    the columns depend on one another or on the periods, or nothing is left to estimate the noise from.
    """
    units, periods = outcome.shape
    free = units * periods - periods - columns.shape[2]
    if free < 1:
        raise KernelError("there are more cells than effects")
    used = restricted(outcome, columns, sizes) if ratio is None else ratio
    weights = Weights(sizes, used)
    beta, inverse, square = solved(weights, outcome, columns)
    within = square / free
    return Gls(beta, within * inverse, Components(used * within, within))


def solved(weights: Weights, outcome: Floats, columns: Floats) -> tuple[Floats, Floats, float]:
    """Coefficients, inverse of X'V⁻¹X, and r'V⁻¹r, of which the noise's variance is estimated."""
    units, periods = outcome.shape
    design = np.concatenate([columns, np.broadcast_to(np.eye(periods), (units, periods, periods))], axis=2)
    heavy = weights.times(design)
    gram = np.einsum("ijk,ijl->kl", design, heavy)
    scale = 1 / np.sqrt(np.diag(gram))
    scaled = gram * np.outer(scale, scale)
    if not np.isfinite(scale).all() or np.linalg.eigvalsh(scaled)[0] < 1e-10:
        raise KernelError("the columns depend on one another or on the periods")
    inverse = np.linalg.inv(scaled) * np.outer(scale, scale)
    beta = inverse @ np.einsum("ijk,ij->k", heavy, outcome)
    left = outcome - np.einsum("ijk,k->ij", design, beta)
    return beta, inverse, float(np.einsum("ij,ij->", left, weights.times(left)))


def restricted(outcome: Floats, columns: Floats, sizes: Floats) -> float:
    """τ²/σ² by restricted maximum likelihood (Patterson and Thompson 1971), 0 when that is the best."""
    units, periods = outcome.shape
    free = units * periods - periods - columns.shape[2]

    def lack(ratio: float) -> float:
        weights = Weights(sizes, ratio)
        _, inverse, square = solved(weights, outcome, columns)
        if square <= 0:
            raise KernelError("the outcome does not vary")
        return float(free * log(square) + weights.log_determinant - np.linalg.slogdet(inverse)[1])

    mean = float(sizes.mean())
    best = optimize.minimize_scalar(
        lambda power: lack(exp(power) / mean),
        bounds=(log(LEAST_RATIO), log(GREATEST_RATIO)),
        method="bounded",
        options={"xatol": 1e-6},
    )
    ratio = exp(float(best.x)) / mean
    return 0.0 if lack(0.0) <= lack(ratio) else ratio


def closed_form_variance(treated: Floats, *, between: float, within: float) -> float:
    """Var of the effect for a plan `treated` (I × T of 0 and 1), equal cells.

    `between` is τ², `within` the variance of a cell's mean around its unit, σ²/n. Source: Hussey and Hughes
    2007, section 3, where U = ΣX, W = Σ over periods of (Σ over units)², V = Σ over units of (Σ over
    periods)²: I·s(s + T·τ²) / ((I·U − W)·s + (U² + I·T·U − T·W − I·V)·τ²).
    """
    units, periods = treated.shape
    u = treated.sum()
    w = (treated.sum(axis=0) ** 2).sum()
    v = (treated.sum(axis=1) ** 2).sum()
    below = (units * u - w) * within + (u**2 + units * periods * u - periods * w - units * v) * between
    if below <= 0:
        raise KernelError("the plan does not tell the effect from the periods")
    return float(units * within * (within + periods * between) / below)
