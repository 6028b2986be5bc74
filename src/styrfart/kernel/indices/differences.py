"""Differences between rounds, groups, and a group and its reference: intervals and probabilities."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from styrfart.kernel.errors import KernelError
from styrfart.kernel.indices.intervals import invited_of, score_interval
from styrfart.kernel.indices.moments import Floats, Moments
from styrfart.kernel.indices.results import Population
from styrfart.kernel.indices.scale import Scale
from styrfart.kernel.indices.spread import Spread, Usual, check, spread, usual

HALVINGS = 50  # of the search for a probability: to within 1e-13 of the quantile
FARTHEST = 60.0  # quantiles
MANY = 1e9  # degrees of freedom, where nothing varies


@dataclass(frozen=True, eq=False)
class Side:
    """One side of a comparison: its moments and how many were invited (None: not known)."""

    moments: Moments
    invited: npt.ArrayLike | None = None


@dataclass(frozen=True, eq=False)
class Reference:
    """A known value of each measure to compare with, 0 to 100, and its standard error where it has one.

    Broadcast to [group, measure]; measures in the order that the comparison names them.
    """

    value: npt.ArrayLike
    error: npt.ArrayLike = 0.0


@dataclass(frozen=True, eq=False)
class Differences:
    """First less second, in points, of each group and measure; nan where an index is lacking.

    `scaled`: what the two spreads' difference is multiplied by (less than 1 for a group and its whole).
    """

    measures: tuple[str, ...]
    higher_is_better: bool | None
    first: Spread
    second: Spread
    scaled: Floats
    answers: tuple[Floats, Floats]  # [group, measure], to the item with the most; inf: a reference
    response: tuple[Floats, Floats]  # [group]; 1 where it is not known

    @property
    def difference(self) -> Floats:
        """[group, measure]"""
        return 100 * self.scaled * (self.first.share - self.second.share)

    @property
    def freedom(self) -> Floats:
        """Degrees of freedom, by Welch and Satterthwaite."""
        one, other = self.first.variance, self.second.variance
        together = one**2 / self.first.freedom + other**2 / self.second.freedom
        known = np.divide((one + other) ** 2, together, out=np.full_like(one, MANY), where=together > 0)
        return np.where(np.isnan(one + other), np.nan, np.minimum(known, MANY))

    def interval(self, level: float) -> tuple[Floats, Floats]:
        """[group, measure]: at this level, by the recovery of variances from two score intervals (MOVER)."""
        below, above = self._reach(special.stdtrit(self.freedom, (1 + level) / 2))
        return self.difference - below, self.difference + above

    def probability(self, margin: float = 0.0) -> Floats:
        """[group, measure]: two-sided p of a difference no larger than `margin`: one less the level at which
        the interval begins to hold it. 1 where the difference is within the margin.
        """
        seen = np.abs(self.difference)
        is_higher = self.difference > 0
        nearest, farthest = np.zeros_like(seen), np.full_like(seen, FARTHEST)
        for _ in range(HALVINGS):
            middle = (nearest + farthest) / 2
            below, above = self._reach(middle)
            is_outside = seen - np.where(is_higher, below, above) > margin
            nearest, farthest = np.where(is_outside, middle, nearest), np.where(is_outside, farthest, middle)
        p = 2 * special.stdtr(self.freedom, -nearest)
        return np.where(np.isnan(seen), np.nan, np.where(seen > margin, p, 1.0))

    def _reach(self, quantile: Floats) -> tuple[Floats, Floats]:
        """How far below and above the difference its interval goes: Zou and Donner (2008)."""
        low, high = score_interval(self.first, quantile)
        other_low, other_high = score_interval(self.second, quantile)
        one, other = self.first.share, self.second.share
        below = np.hypot(one - low, other_high - other)
        above = np.hypot(high - one, other - other_low)
        return 100 * self.scaled * below, 100 * self.scaled * above


def between(
    first: Side,
    second: Side,
    *,
    scale: Scale,
    measures: tuple[str, ...] = ("total",),
    population: Population = Population.LASTING,
    held_to: Usual | None = None,
) -> Differences:
    """Two rounds of the same groups, or two groups that have nobody in common: first less second.

    The groups of `first` and `second` correspond one to one. Rounds: the later first. The same people may
    have answered in both rounds, but anonymously, so that what each gave cannot be set off against what the
    same person gave before: the two are taken as independent, which makes the interval too wide when people
    are like themselves from one round to the next, never too narrow (LASTING).

    LASTING (the default) has no correction for a finite population: two rounds that everyone answered differ,
    but whether the workplace does is another question (Cochran, 1977, 2.14: comparisons are analytical).
    INVITED answers only whether those who were asked, then, differ.
    Raises `KernelError` for sides of different lengths, another scale, or a measure that is not there.
    """
    if len(first.moments) != len(second.moments):
        raise KernelError("both sides have the same groups")
    weights = _weights(scale, measures)
    one, other = (
        _spread(side, weights, scale, population, held_to or usual(scale)) for side in (first, second)
    )
    return Differences(
        measures,
        scale.higher_is_better,
        one,
        other,
        np.ones_like(one.share),
        (_most(first.moments, weights), _most(second.moments, weights)),
        (_response(first), _response(second)),
    )


def with_whole(
    part: Side,
    whole: Side,
    *,
    scale: Scale,
    measures: tuple[str, ...] = ("total",),
    population: Population = Population.LASTING,
    held_to: Usual | None = None,
) -> Differences:
    """A group and the larger one that it is part of: part less whole.

    `whole` has as many groups as `part`, or one that all are part of. What they have in common is taken out:
    for each item, part less whole is (1 - the part's share of the answers) times part less rest, and the rest
    is independent of the part.
    Raises `KernelError` when a part has more answers than its whole, otherwise as `between`.
    """
    rest = whole.moments.without(part.moments)
    weights = _weights(scale, measures)
    answers = part.moments.answers
    apart = 1 - np.divide(answers, answers + rest.answers, out=np.zeros_like(answers), where=answers > 0)
    own = weights[None] * apart[:, None, :]
    scaled = own.sum(axis=2)
    normed = np.where(scaled[..., None] > 0, own / np.where(scaled > 0, scaled, 1)[..., None], weights)
    silent = None if part.invited is None or whole.invited is None else _less(whole.invited, part.invited)
    remaining = Side(rest, silent)
    held = held_to or usual(scale)
    return Differences(
        measures,
        scale.higher_is_better,
        _spread(part, normed, scale, population, held),
        _spread(remaining, normed, scale, population, held),
        scaled,
        (_most(part.moments, weights), _most(rest, weights)),
        (_response(part), _response(remaining)),
    )


def with_reference(
    group: Side,
    reference: Reference,
    *,
    scale: Scale,
    measures: tuple[str, ...] = ("total",),
    population: Population = Population.LASTING,
    held_to: Usual | None = None,
) -> Differences:
    """A group and a value from elsewhere that it has no part in: group less reference.

    Raises `KernelError` for a reference outside 0 to 100 or a negative error, otherwise as `between`.
    """
    weights = _weights(scale, measures)
    one = _spread(group, weights, scale, population, held_to or usual(scale))
    value = np.broadcast_to(np.asarray(reference.value, dtype=np.float64) / 100, one.share.shape)
    error = np.broadcast_to(np.asarray(reference.error, dtype=np.float64) / 100, one.share.shape)
    if not (np.all((value >= 0) & (value <= 1)) and np.all(error >= 0)):
        raise KernelError("a reference is from 0 to 100, and its error not negative")
    inside = value * (1 - value)
    other = Spread(
        value,
        np.divide(error**2, inside, out=np.zeros_like(inside), where=inside > 0),
        np.full_like(value, np.inf),
    )
    return Differences(
        measures,
        scale.higher_is_better,
        one,
        other,
        np.ones_like(value),
        (_most(group.moments, weights), np.full_like(value, np.inf)),
        (_response(group), np.ones(len(value))),
    )


def _weights(scale: Scale, measures: tuple[str, ...]) -> Floats:
    if not set(measures) <= set(scale.measures) or not measures:
        raise KernelError("a measure that the scale does not have, or none")
    return np.array(scale.weights())[[scale.measures.index(each) for each in measures]]


def _spread(side: Side, weights: Floats, scale: Scale, population: Population, held_to: Usual) -> Spread:
    check(side.moments, scale)
    asked = invited_of(side.moments, side.invited)
    about = asked if population is Population.INVITED else np.full(len(asked), np.inf)
    return spread(side.moments, weights, scale=scale, invited=about, held_to=held_to)


def _most(moments: Moments, weights: Floats) -> Floats:
    most: Floats = np.where(weights > 0, moments.answers[:, None, :], 0).max(axis=2)
    return most


def _response(side: Side) -> Floats:
    """[group]; 1 where it is not known how many were invited."""
    if side.invited is None:
        return np.ones(len(side.moments))
    return side.moments.people / invited_of(side.moments, side.invited)


def _less(whole: npt.ArrayLike, part: npt.ArrayLike) -> Floats:
    remaining: Floats = np.asarray(whole, dtype=np.float64) - np.asarray(part, dtype=np.float64)
    return remaining
