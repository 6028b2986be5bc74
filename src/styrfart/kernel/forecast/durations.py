"""How long things take compared with their plans: reference classes, and three points as the fallback.

A reference class is the distribution of actual / planned duration among closed projects of one kind
(Kahneman & Tversky's outside view; Flyvbjerg 2006). Each distribution is kept as 1 025 quantiles, so that
sampling is a look-up.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.model import Basis

FloatArray = NDArray[np.float64]

POINTS = 1_025
PROBABILITIES: FloatArray = np.linspace(0.0, 1.0, POINTS)


@dataclass(frozen=True, eq=False)
class Durations:
    """A distribution of actual / planned duration, and what it rests on.

    `ratios` are the quantiles at `PROBABILITIES`, rising. `own`, `open` and `outside` count the projects
    read, `own_weight` is the share of the distribution that is one's own, and `tail` the probability that
    the open projects leave beyond the last one closed (0 without open ones): there the quantiles are held
    at the largest ratio seen.
    """

    ratios: FloatArray
    basis: Basis
    own: int = 0
    open: int = 0
    outside: int = 0
    own_weight: float = 1.0
    tail: float = 0.0

    def quantile(self, level: ArrayLike) -> FloatArray:
        """The ratios at `level`, any shape, each 0 to 1."""
        return np.asarray(np.interp(np.asarray(level, np.float64), PROBABILITIES, self.ratios))

    def chance_at_most(self, ratio: float) -> float:
        """The probability of a ratio of at most `ratio`."""
        if ratio >= self.ratios[-1]:
            return 1.0
        at = int(np.searchsorted(self.ratios, ratio, side="right"))
        if at == 0:
            return 0.0
        low, high = self.ratios[at - 1], self.ratios[at]
        return float(PROBABILITIES[at - 1] + (ratio - low) / (high - low) / (POINTS - 1))

    def mean(self) -> float:
        """The mean ratio: the integral of the quantiles between the 1 025 points."""
        return float((self.ratios[1:] + self.ratios[:-1]).sum() / (2 * (POINTS - 1)))


def reference_class(
    closed: ArrayLike,
    *,
    still_open: ArrayLike = (),
    outside: ArrayLike = (),
    strength: float = 10.0,
) -> Durations:
    """The distribution of actual / planned duration from own projects, leaning on others' when few.

    `closed` (n,) are the ratios of one's own closed projects, `still_open` (m,) time elapsed / planned of
    those under way, and `outside` the closed ratios of comparable projects elsewhere.

    Shrinkage: the outside class weighs as `strength` own projects, so that the result is the mixture with
    own share n / (n + strength): the posterior mean under a Dirichlet process whose base is the outside
    class (Ferguson 1973). With no outside class there is nothing to lean on.

    Open projects enter by the product-limit estimate (Kaplan & Meier 1958); probability beyond the last
    closed one is put at the largest ratio seen (Efron 1967) and told as `tail`. Leave them out and the
    class is of completed projects only, which is too quick in a growing portfolio; take them in and dormant
    projects make it too slow. Report both.

    Quantiles are at the plotting positions i / (n + 1), so that a new project of the same kind falls below
    the level-p quantile with probability p whatever the distribution (David & Nagaraja 2003, 2.5); for
    unequal weights n is Kish's effective number. Beyond the outermost ratios they are level.

    Raises KernelError when nothing is closed, here or elsewhere, or a ratio is negative or not a number.
    """
    own, running, others = (_ratios(each) for each in (closed, still_open, outside))
    if not 0.0 <= strength < np.inf:
        raise KernelError("strength is a number of projects, 0 or more")
    values, weights, tail = _product_limit(own, running) if own.size else (own, own, 0.0)
    n = float(own.size + running.size) if own.size else 0.0
    lean = strength if n else 1.0
    if others.size and lean:
        values = np.concatenate((values, others))
        weights = np.concatenate((weights, np.full(others.size, lean / others.size)))
    if not values.size:
        raise KernelError("a reference class needs closed projects, own or outside ones")
    is_leaning = bool(others.size and lean)
    basis = Basis.OUTSIDE if not n else Basis.SHRUNK if is_leaning else Basis.OWN
    share = n / (n + lean) if is_leaning else 1.0
    return Durations(
        _quantiles(values, weights),
        basis,
        own=own.size,
        open=running.size if n else 0,
        outside=others.size,
        own_weight=share if n else 0.0,
        tail=tail * share,
    )


def pert(least: float, likely: float, most: float) -> Durations:
    """The beta-PERT distribution of a ratio from three guessed points, least < most (Malcolm et al. 1959).

    Its mean is (least + 4 likely + most) / 6. A fallback where no reference class exists: guessed points
    leave out what nobody thought of, and the distribution ends at `most`.
    """
    if not 0.0 <= least <= likely <= most < np.inf or least == most:
        raise KernelError("three points in order: 0 <= least <= likely <= most, least < most")
    width = most - least
    first, second = 1 + 4 * (likely - least) / width, 1 + 4 * (most - likely) / width
    return Durations(np.asarray(least + width * special.betaincinv(first, second, PROBABILITIES)), Basis.PERT)


def remaining(durations: Durations, elapsed: float) -> tuple[FloatArray, bool]:
    """Quantiles of what is left of a project that has run for `elapsed` of its plan; whether it outlasted.

    The distribution given that the ratio is above `elapsed`, less `elapsed`. A project that has outlasted
    every one in the class tells that the class says nothing of it: it is taken to begin anew.
    """
    passed = durations.chance_at_most(elapsed)
    if passed >= 1.0:
        return durations.ratios, True
    left = durations.quantile(passed + (1 - passed) * PROBABILITIES) - elapsed
    return np.maximum(left, 0.0), False


def _ratios(given: ArrayLike) -> FloatArray:
    ratios = np.atleast_1d(np.asarray(given, np.float64))
    if ratios.ndim != 1 or not bool(np.isfinite(ratios).all()) or bool((ratios < 0).any()):
        raise KernelError("ratios are one row of numbers, 0 or more")
    return np.sort(ratios)


def _product_limit(closed: FloatArray, running: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    """Ratios, their weights (in projects, in sum all of them), and the probability put at the last one."""
    if not running.size:
        return closed, np.ones(closed.size), 0.0
    total = closed.size + running.size
    values, deaths = np.unique(closed, return_counts=True)
    # At risk: all that closed then or later, and all that are open at that age or a greater one.
    at_risk = (closed.size - np.searchsorted(closed, values, side="left")) + (
        running.size - np.searchsorted(running, values, side="left")
    )
    survival = np.cumprod(1.0 - deaths / at_risk)
    weights = -np.diff(survival, prepend=1.0) * total
    tail = float(survival[-1])
    if tail > 0.0:
        values = np.append(values, max(closed[-1], running[-1]))
        weights = np.append(weights, tail * total)
    return values, weights, tail


def _quantiles(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Quantiles at `PROBABILITIES` of weighted values, at (cumulated weight) / (n + 1) for equal weights."""
    order = np.argsort(values, kind="stable")
    values, weights = values[order], weights[order]
    total = float(weights.sum())
    typical = float((weights * weights).sum()) / total  # one project's weight: 1 / Kish's effective number
    middle = np.cumsum(weights) - weights / 2
    return np.asarray(np.interp(PROBABILITIES, (middle + typical / 2) / (total + typical), values))
