"""Counts with a changing rate: iteratively reweighted least squares, whose last step is a linear model.

At convergence the fit is that of a working response with working weights, on which the correlation of
neighbouring points is allowed for as in any series (`series_errors`): the spread is free, as in
quasi-likelihood (Wedderburn 1974), so that counts that vary more than Poisson's do so here too.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
STEPS = 100


@dataclass(frozen=True, eq=False)
class CountFit:
    """A log-linear (or logistic) model fitted by maximum likelihood, and its working linear model."""

    coefficients: Floats  # (k,)
    covariance: Floats  # (k, k), with dispersion 1
    dispersion: float  # Pearson's, over n − k
    fitted: Floats  # (n,) expected counts
    residuals: Floats  # (n,) Pearson
    response: Floats  # (n,) working response, without the offset
    weights: Floats  # (n,) working weights
    degrees: int

    def standard_errors(self, *, dispersion: float) -> Floats:
        return np.asarray(np.sqrt(dispersion * np.diag(self.covariance)))


def fit_counts(counts: Floats, columns: Floats, offset: Floats) -> CountFit:
    """Poisson with a log link. `offset` (n) is the logarithm of what the counts are counted among.

    Raises `KernelError` for counts below zero or all zero, columns that depend on one another, no more
    points than columns, or a maximum that is not there (no counts at all on one side).
    """
    if (counts < 0).any() or not counts.any() or counts.size <= columns.shape[1]:
        raise KernelError("counts are not negative nor all zero, and there are more of them than columns")
    linear = np.log(np.maximum(counts, 0.5))
    for _ in range(STEPS):
        expected = np.exp(linear)
        response = linear - offset + (counts - expected) / expected
        beta, covariance = _weighted(response, columns, expected)
        step = np.einsum("nk,k->n", columns, beta) + offset - linear
        linear = linear + step
        if float(np.abs(step).max()) < 1e-12:
            expected = np.exp(linear)
            residuals = (counts - expected) / np.sqrt(expected)
            return _found(
                beta,
                covariance,
                expected,
                residuals,
                linear - offset + (counts - expected) / expected,
                expected,
            )
        if float(np.abs(linear).max()) > 500:
            break
    raise KernelError("the counts have no best fit: none on one side of the start")


def fit_shares(successes: Floats, totals: Floats, columns: Floats, offset: Floats) -> CountFit:
    """Binomial with a logit link: of the two series' total at each point, the share of the first.

    Given the total, that share tells of the ratio of the two rates alone: what strikes both is gone.
    """
    if (successes < 0).any() or (successes > totals).any() or (totals <= 0).any():
        raise KernelError("of a positive total at each point, the first series has a share")
    linear = special.logit((successes + 0.5) / (totals + 1))
    for _ in range(STEPS):
        chance = special.expit(linear)
        weight = totals * chance * (1 - chance)
        response = linear - offset + (successes - totals * chance) / weight
        beta, covariance = _weighted(response, columns, weight)
        step = np.einsum("nk,k->n", columns, beta) + offset - linear
        linear = linear + step
        if float(np.abs(step).max()) < 1e-12:
            chance = special.expit(linear)
            weight = totals * chance * (1 - chance)
            left = successes - totals * chance
            return _found(
                beta,
                covariance,
                totals * chance,
                left / np.sqrt(weight),
                linear - offset + left / weight,
                weight,
            )
        if float(np.abs(linear).max()) > 500:
            break
    raise KernelError("the counts have no best fit: none of one series on one side of the start")


def _found(
    beta: Floats, covariance: Floats, fitted: Floats, residuals: Floats, response: Floats, weights: Floats
) -> CountFit:
    degrees = residuals.size - beta.size
    dispersion = float((residuals**2).sum()) / degrees
    return CountFit(beta, covariance, dispersion, fitted, residuals, response, weights, degrees)


def _weighted(y: Floats, x: Floats, w: Floats) -> tuple[Floats, Floats]:
    scale = np.sqrt(np.einsum("n,nk,nk->k", w, x, x))
    if not np.isfinite(scale).all() or (scale == 0).any():
        raise KernelError("no column is zero")
    z = x / scale
    gram = np.einsum("n,nk,nl->kl", w, z, z)
    if float(np.linalg.cond(gram)) > 1e10:
        raise KernelError("the columns depend on one another")
    bread = np.linalg.inv(gram)
    return np.einsum("kl,n,nl,n->k", bread, w, z, y) / scale, bread / np.outer(scale, scale)
