"""The effect in one cell of a staggered start: one group, one period, against one base period.

A cell is two groups and two periods. Each function gives the effect on those who started and the influence
of each unit on it: the asymptotically linear representation, scaled so that its mean square divided by the
number of units is the variance (Sant'Anna and Zhao 2020, Journal of Econometrics 219(1); Callaway and
Sant'Anna 2021, Journal of Econometrics 225(2)). The functions know nothing of start times.
"""

from enum import Enum

import numpy as np
import numpy.typing as npt
from scipy import special

from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
TRIM = 0.995  # units to compare with that were as sure as this to start stand for nobody: they are left out
NO_OVERLAP = 0.999  # and a group whose start the covariates foretell like this has nobody to be compared with
STEPS = 50


class Adjustment(Enum):
    """How covariates are allowed for. Without covariates the three are the same number."""

    REGRESSION = "regression"  # the change of the others, foretold from their covariates
    WEIGHTING = "weighting"  # the others weighted to the started ones' covariates
    DOUBLY_ROBUST = "doubly_robust"  # both: right when either model is


class NotEstimable(Exception):
    """The cell has too few units for its covariates, or the covariates foretell who starts."""


def difference_of_means(change: Floats, treated: Flags, weights: Floats) -> tuple[float, Floats]:
    """Mean `change` (n) of the treated less that of the others, weighted, and each unit's influence (n)."""
    ours, theirs = np.where(treated, weights, 0.0), np.where(treated, 0.0, weights)
    one, other = _mean(change, ours), _mean(change, theirs)
    influence = ours * (change - one) / ours.mean() - theirs * (change - other) / theirs.mean()
    return one - other, influence


def difference_of_weighted_means(
    before: Floats, after: Floats, treated: Flags, weights_before: Floats, weights_after: Floats
) -> tuple[float, Floats]:
    """The same where each period has weights of its own, so that a unit's change is not one number."""
    late, late_influence = difference_of_means(after, treated, weights_after)
    early, early_influence = difference_of_means(before, treated, weights_before)
    return late - early, late_influence - early_influence


def adjusted_difference(
    change: Floats, treated: Flags, columns: Floats, weights: Floats, adjustment: Adjustment
) -> tuple[float, Floats]:
    """The effect allowing for `columns` (n × k, with a constant), and each unit's influence (n).

    Raises `NotEstimable` when there are no more units to compare with than columns, when the columns depend
    on one another among them, or when the columns foretell perfectly who is treated.
    """
    if columns.ndim != 2 or columns.shape[0] != change.size:
        raise KernelError("columns are (n, k)")
    if adjustment is Adjustment.REGRESSION:
        return _by_regression(change, treated, columns, weights)
    if adjustment is Adjustment.WEIGHTING:
        return _by_weighting(change, treated, columns, weights)
    return _doubly_robust(change, treated, columns, weights)


def _by_regression(change: Floats, treated: Flags, x: Floats, weights: Floats) -> tuple[float, Floats]:
    expected, linear = _regression(change, treated, x, weights)
    ours = np.where(treated, weights, 0.0)
    one, other = _mean(change, ours), _mean(expected, ours)
    of_treated = ours * (change - one)
    of_model = ours * (expected - other) + _product(linear, _moment(ours, x))
    return one - other, (of_treated - of_model) / ours.mean()


def _by_weighting(change: Floats, treated: Flags, x: Floats, weights: Floats) -> tuple[float, Floats]:
    ours, theirs, linear = _propensity(treated, x, weights)
    one, other = _mean(change, ours), _mean(change, theirs)
    slope = _moment(theirs * (change - other), x)
    of_others = theirs * (change - other) + _product(linear, slope)
    return one - other, ours * (change - one) / ours.mean() - of_others / theirs.mean()


def _doubly_robust(change: Floats, treated: Flags, x: Floats, weights: Floats) -> tuple[float, Floats]:
    expected, of_regression = _regression(change, treated, x, weights)
    ours, theirs, of_propensity = _propensity(treated, x, weights)
    left = change - expected
    one, other = _mean(left, ours), _mean(left, theirs)
    of_treated = ours * (left - one) - _product(of_regression, _moment(ours, x))
    of_others = (
        theirs * (left - other)
        + _product(of_propensity, _moment(theirs * (left - other), x))
        - _product(of_regression, _moment(theirs, x))
    )
    return one - other, of_treated / ours.mean() - of_others / theirs.mean()


def _regression(change: Floats, treated: Flags, x: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The change foretold from the untreated, for all (n), and the influence on its coefficients (n × k)."""
    theirs = np.where(treated, 0.0, weights)
    if int((~treated).sum()) <= x.shape[1]:
        raise NotEstimable
    scale = np.abs(x).max(axis=0)
    if (scale == 0).any():
        raise NotEstimable
    z = x / scale
    bread = _inverse(np.einsum("n,nk,nl->kl", theirs, z, z) / change.size)
    beta = bread @ _moment(theirs * change, z)
    beta = beta + bread @ _moment(theirs * (change - np.einsum("nk,k->n", z, beta)), z)
    expected = np.einsum("nk,k->n", z, beta)
    scores = (theirs * (change - expected))[:, None] * z
    return expected, np.einsum("nk,kl->nl", scores, bread) / scale


def _propensity(treated: Flags, x: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Weights of the treated and of the others (n each), and the influence on the coefficients (n × k)."""
    scale = np.abs(x).max(axis=0)
    if (scale == 0).any() or min(int(treated.sum()), int((~treated).sum())) == 0:
        raise NotEstimable
    z, is_treated = x / scale, treated.astype(np.float64)
    beta = np.zeros(z.shape[1])
    for _ in range(STEPS):
        chance = special.expit(np.einsum("nk,k->n", z, beta))
        bread = _inverse(np.einsum("n,nk,nl->kl", weights * chance * (1 - chance), z, z) / treated.size)
        step = bread @ _moment(weights * (is_treated - chance), z)
        beta = beta + step
        if float(np.abs(step).max()) < 1e-12 * (1 + float(np.abs(beta).max())):
            break
    else:
        raise NotEstimable  # the likelihood has no top: the covariates foretell who is treated
    chance = special.expit(np.einsum("nk,k->n", z, beta))
    if float(chance.max()) >= NO_OVERLAP:
        raise NotEstimable
    scores = (weights * (is_treated - chance))[:, None] * z
    stands_for = np.where(treated | (chance >= TRIM), 0.0, weights * chance / (1 - chance))
    return np.where(treated, weights, 0.0), stands_for, np.einsum("nk,kl->nl", scores, bread) / scale


def _inverse(matrix: Floats) -> Floats:
    try:
        inverse = np.linalg.inv(matrix)
    except np.linalg.LinAlgError:
        raise NotEstimable from None
    # As in least squares: the diagonals' product is 1/(1 − R²) of a column on the others.
    if not np.isfinite(inverse).all() or (np.diag(inverse) * np.diag(matrix) > 1e9).any():
        raise NotEstimable
    return np.asarray((inverse + inverse.T) / 2)


def _mean(values: Floats, weights: Floats) -> float:
    return float((values * weights).sum() / weights.sum())


def _moment(weights: Floats, columns: Floats) -> Floats:
    return np.asarray(np.einsum("n,nk->k", weights, columns) / weights.size)


def _product(columns: Floats, vector: Floats) -> Floats:
    return np.asarray(np.einsum("nk,k->n", columns, vector))
