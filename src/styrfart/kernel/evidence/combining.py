"""Several trials of the same way of working taken together: random effects.

Between-place variance by restricted maximum likelihood; interval of the mean by Hartung and Knapp (2001),
with the modification that it is never narrower than the ordinary one (Röver, Knapp and Friede 2015); I² by
Higgins and Thompson (2002), with REML's variance. The prediction interval does not take the between-place
variance for known, which is what makes the usual one too narrow with few trials: it runs over the whole
confidence distribution of that variance, as in Nagashima, Noma and Furukawa (2019), here from the exact pivot
Q(tau²) ~ chi²(k − 1) (Viechtbauer 2007), and without drawing. benchmarks/evidence.py shows the coverage.
"""

from collections.abc import Callable, Sequence
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr
from scipy.stats import chi2, t

from styrfart.kernel.errors import KernelError
from styrfart.kernel.evidence.values import Combined, Result

Floats = npt.NDArray[np.float64]
STEPS = 400  # equally likely values of the between-place variance
HALVINGS = 64


def combine(results: Sequence[Result], *, level: float = 0.95) -> Combined:
    """The mean effect over places, its interval, and where the effect in the next place lies.

    All results are of the same outcome in the same unit, from different places. Two trials give an interval
    that is honest and wide; a prediction needs three. Raises `KernelError` for fewer than two, a standard
    error that is not positive, an estimate that is not finite, or a level outside 0.5 to 1.
    """
    effects = np.array([each.estimate for each in results], dtype=np.float64)
    variances = np.array([each.error for each in results], dtype=np.float64) ** 2
    count = effects.size
    if count < 2 or not np.isfinite(effects).all() or not 0.5 < level < 1:
        raise KernelError("at least two finite estimates, and a level of 0.5 to 1")
    if not (np.isfinite(variances) & (variances > 0)).all():
        raise KernelError("a standard error is positive")
    # In units of the typical error, so that no search depends on the outcome's unit.
    scale = sqrt(float(np.median(variances)))
    y, v = effects / scale, variances / scale**2
    between = _restricted(y, v)
    weights = 1 / (v + between)
    mean = float((weights * y).sum() / weights.sum())
    spread = float((weights * (y - mean) ** 2).sum()) / (count - 1)
    error = sqrt(max(spread, 1.0) / float(weights.sum()))
    reach = float(t.ppf((1 + level) / 2, count - 1)) * error
    return Combined(
        trials=count,
        estimate=mean * scale,
        error=error * scale,
        low=(mean - reach) * scale,
        high=(mean + reach) * scale,
        between=sqrt(between) * scale,
        inconsistency=between / (between + _typical(v)),
        q=float(_q(y, v, np.zeros(1))[0]),
        prediction=_scaled(_prediction(y, v, level), scale) if count > 2 else None,
    )


def _restricted(y: Floats, v: Floats) -> float:
    """tau² where the restricted likelihood is greatest: the root of its slope; 0 where it only falls.

    The slope can have more than one root; the greatest likelihood among the roots and 0 is taken.
    """
    grid = np.concatenate([[0.0], np.geomspace(1e-6, 1e6, 400)])
    slopes = _slopes(y, v, grid)

    def slope(between: float) -> float:
        return float(_slopes(y, v, np.array([between]))[0])

    falls = np.flatnonzero((slopes[:-1] > 0) & (slopes[1:] <= 0))
    roots = [_root(slope, float(grid[at]), float(grid[at + 1])) for at in falls]
    return max([0.0, *roots], key=lambda each: _likelihood(y, v, each))


def _slopes(y: Floats, v: Floats, between: Floats) -> Floats:
    """Twice the slope of the restricted log-likelihood in each tau²."""
    w = 1 / (v[None, :] + between[:, None])
    whole = w.sum(axis=1)
    mean = (w * y).sum(axis=1) / whole
    squares = w * w
    return np.asarray((squares * (y - mean[:, None]) ** 2).sum(axis=1) + squares.sum(axis=1) / whole - whole)


def _likelihood(y: Floats, v: Floats, between: float) -> float:
    """Twice the restricted log-likelihood, but for a constant."""
    w = 1 / (v + between)
    mean = (w * y).sum() / w.sum()
    return float(np.log(w).sum() - np.log(w.sum()) - (w * (y - mean) ** 2).sum())


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


def _typical(v: Floats) -> float:
    """The typical sampling variance of Higgins and Thompson."""
    w = 1 / v
    return float((v.size - 1) * w.sum() / (w.sum() ** 2 - (w * w).sum()))


def _q(y: Floats, v: Floats, between: Floats) -> Floats:
    """The weighted spread about the mean for each tau²: chi² of k − 1 degrees at the true one."""
    w = 1 / (v[None, :] + between[:, None])
    mean = (w * y).sum(axis=1) / w.sum(axis=1)
    return np.asarray((w * (y - mean[:, None]) ** 2).sum(axis=1))


def _prediction(y: Floats, v: Floats, level: float) -> tuple[float, float]:
    """Quantiles of the effect in the next place, over the confidence distribution of tau²."""
    wanted = np.asarray(chi2.ppf((np.arange(STEPS) + 0.5) / STEPS, y.size - 1))
    between = _between(y, v, wanted)
    w = 1 / (v[None, :] + between[:, None])
    means = (w * y).sum(axis=1) / w.sum(axis=1)
    errors = np.sqrt(between + 1 / w.sum(axis=1))
    low, high = float((means - 40 * errors).min()), float((means + 40 * errors).max())
    below, above = (
        _root(lambda at, share=share: share - float(ndtr((at - means) / errors).mean()), low, high)  # type: ignore[misc]  # bound early
        for share in ((1 - level) / 2, (1 + level) / 2)
    )
    return below, above


def _between(y: Floats, v: Floats, wanted: Floats) -> Floats:
    """tau² at which the spread has each wanted value; 0 where it is less even without any."""
    low, high = np.zeros_like(wanted), np.ones_like(wanted)
    while (more := _q(y, v, high) > wanted).any():
        high = np.where(more, 4 * high, high)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        more = _q(y, v, middle) > wanted
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    return np.asarray(np.where(_q(y, v, np.zeros_like(wanted)) <= wanted, 0.0, (low + high) / 2))


def _scaled(interval: tuple[float, float], scale: float) -> tuple[float, float]:
    return interval[0] * scale, interval[1] * scale
