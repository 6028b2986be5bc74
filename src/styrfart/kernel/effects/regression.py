"""Least squares with the standard errors that trials need, the convention of each stated.

Own code instead of a package: the standard error of the same model differs between packages by how the
parameters are counted, and one well-known package counts them differently from run to run.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
COLLINEAR = 1e-9  # the least share of a column's square that the other columns may leave unexplained


class Errors(Enum):
    """How the covariance of the coefficients is estimated. n observations, K parameters, G clusters."""

    IID = "iid"  # residual sum / (n − K)
    HC1 = "hc1"  # White with n / (n − K)
    CR1 = "cr1"  # clustered with G/(G − 1) · (n − 1)/(n − K); Liang–Zeger 1986, Stata's factor


@dataclass(frozen=True)
class Fit:
    """Coefficients in the order of the columns, with their covariance."""

    coefficients: Floats  # (k,)
    covariance: Floats  # (k, k)
    residuals: Floats  # (n,), of the unweighted outcome
    observations: int
    parameters: int  # K as counted for the standard errors
    degrees: int  # n − K, or G − 1 when clustered: of the t reference
    r_squared: float  # within, when effects were absorbed

    @property
    def standard_errors(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))


def least_squares(
    outcome: npt.ArrayLike,
    columns: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    absorb: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    errors: Errors = Errors.IID,
    parameters: int | None = None,
) -> Fit:
    """Ordinary or weighted least squares of `outcome` (n) on `columns` (n × k; no constant is added).

    `weights` (n, positive; analytic: proportional to the inverse variance). `absorb` (n labels): one effect
    for each label is swept out by subtracting weighted means, exactly; then `columns` hold no constant.
    `clusters` (n labels) are needed for `Errors.CR1`. `parameters` is K in the factors; without it K is k,
    plus one for each absorbed effect, except where each absorbed label lies within one cluster and the
    errors are clustered: then the effects count as one (Stata's `xtreg, fe vce(cluster)`; Cameron and Miller
    2015, section III.B).

    Raises `KernelError` for shapes that do not fit, numbers that are not finite, weights not above zero,
    columns that depend on one another, no observation more than parameters, fewer than two clusters.
    """
    y, x = np.asarray(outcome, dtype=np.float64), np.asarray(columns, dtype=np.float64)
    if y.ndim != 1 or x.ndim != 2 or x.shape[0] != y.size or x.shape[1] == 0:
        raise KernelError("outcome is (n,), columns (n, k) with k at least 1")
    w = np.ones(y.size) if weights is None else np.asarray(weights, dtype=np.float64)
    if w.shape != y.shape or not (np.isfinite(y).all() and np.isfinite(x).all() and np.isfinite(w).all()):
        raise KernelError("outcome, columns and weights are finite, and there is a weight for each outcome")
    if (w <= 0).any():
        raise KernelError("weights are above zero")
    effects = None if absorb is None else _labels(absorb, y.size)
    groups = None if clusters is None else _labels(clusters, y.size)
    if (groups is None) is (errors is Errors.CR1):
        raise KernelError("clusters are given with clustered errors and only with them")
    if effects is None:
        centred_y, centred_x = y, x
    else:
        centred_y = _less_means(y[:, None], effects, w)[:, 0]
        centred_x = _less_means(x, effects, w)
        if (np.square(centred_x).sum(axis=0) <= COLLINEAR * np.square(x).sum(axis=0)).any():
            raise KernelError("a column is zero, or nothing but the absorbed effects")
    counted = _counted(x.shape[1], effects, groups) if parameters is None else parameters
    return _fitted(centred_y, centred_x, w, groups, errors, counted, has_absorbed=effects is not None)


def _fitted(
    y: Floats, x: Floats, w: Floats, groups: Labels | None, errors: Errors, k: int, *, has_absorbed: bool
) -> Fit:
    n = y.size
    if n <= k:
        raise KernelError("there are more observations than parameters")
    scale = np.sqrt(np.einsum("n,nk,nk->k", w, x, x))
    if (scale == 0).any():
        raise KernelError("a column is zero")
    z = x / scale
    bread = _inverse(np.einsum("n,nk,nl->kl", w, z, z))
    beta = bread @ np.einsum("n,nk,n->k", w, z, y)
    residuals = y - np.einsum("nk,k->n", z, beta)
    # One step of refinement: normal equations lose half the digits, and this gives them back.
    beta = beta + bread @ np.einsum("n,nk,n->k", w, z, residuals)
    residuals = y - np.einsum("nk,k->n", z, beta)
    middle, degrees = _middle(z, w, residuals, groups, errors, k)
    covariance = bread @ middle @ bread / np.outer(scale, scale)
    left = float(np.einsum("n,n,n->", w, residuals, residuals))
    mean = 0.0 if has_absorbed else float(np.einsum("n,n->", w, y) / w.sum())
    whole = float(np.einsum("n,n,n->", w, y - mean, y - mean))
    return Fit(beta / scale, covariance, residuals, n, k, degrees, 1 - left / whole if whole else 0.0)


def _middle(
    z: Floats, w: Floats, residuals: Floats, groups: Labels | None, errors: Errors, k: int
) -> tuple[Floats, int]:
    n = residuals.size
    if errors is Errors.IID:
        variance = np.einsum("n,n,n->", w, residuals, residuals) / (n - k)
        return variance * np.einsum("n,nk,nl->kl", w, z, z), n - k
    scores = z * (w * residuals)[:, None]
    if groups is None:
        return n / (n - k) * np.einsum("nk,nl->kl", scores, scores), n - k
    count = int(groups.max()) + 1
    if count < 2:
        raise KernelError("there are at least two clusters")
    sums = np.zeros((count, z.shape[1]))
    np.add.at(sums, groups, scores)
    factor = count / (count - 1) * (n - 1) / (n - k)
    return factor * np.einsum("gk,gl->kl", sums, sums), count - 1


def _inverse(gram: Floats) -> Floats:
    """The inverse of a Gram matrix whose diagonal is ones, refused when a column depends on the others."""
    try:
        inverse = np.linalg.inv(gram)
    except np.linalg.LinAlgError:
        raise KernelError("the columns depend on one another") from None
    # The diagonal of the inverse is 1/(1 − R²) of each column on the others.
    diagonal = np.diag(inverse)
    if not np.isfinite(diagonal).all() or (diagonal < 0).any() or (diagonal > 1 / COLLINEAR).any():
        raise KernelError("the columns depend on one another")
    return (inverse + inverse.T) / 2


def _less_means(values: Floats, labels: Labels, w: Floats) -> Floats:
    count = int(labels.max()) + 1
    sums = np.zeros((count, values.shape[1]))
    np.add.at(sums, labels, values * w[:, None])
    weight = np.bincount(labels, weights=w, minlength=count)
    return values - (sums / weight[:, None])[labels]


def _counted(columns: int, effects: Labels | None, groups: Labels | None) -> int:
    if effects is None:
        return columns
    if groups is not None and _is_nested(effects, groups):
        return columns + 1
    return columns + int(effects.max()) + 1


def _is_nested(effects: Labels, groups: Labels) -> bool:
    first = np.full(int(effects.max()) + 1, -1, dtype=np.int64)
    first[effects[::-1]] = groups[::-1]
    return bool((first[effects] == groups).all())


def _labels(labels: npt.ArrayLike, n: int) -> Labels:
    """Labels as numbers from 0, in sorted order."""
    given = np.asarray(labels)
    if given.shape != (n,):
        raise KernelError("there is a label for each outcome")
    return np.unique(given, return_inverse=True)[1].astype(np.int64).reshape(n)
