"""How uncertain a weighted mean of item means is: the group's own spread, held to what is usual.

A share T between 0 and 1 is taken to vary as k T (1 - T): less near the ends of the scale, where people must
agree. k is measured in the group from the covariances of the items over people (so item non-response costs
what it should), and held towards what is usual, because eight people measure a spread badly. A calm sample
is held harder than a troubled one: eight people who happen to agree are no proof that all do, but eight who
do not agree are proof enough. It also means that the width of an interval tells little of who agreed.
"""

from dataclasses import dataclass

import numpy as np

from styrfart.kernel.errors import KernelError
from styrfart.kernel.indices.moments import Floats, Moments
from styrfart.kernel.indices.scale import Scale

# Usual, where nothing is known: nine items give a person's total a standard deviation of 16.5 at a mean of
# 78, as is usual for HME (15 to 18).
MEAN, DEVIATION, CORRELATION = 0.78, 0.23, 0.46
WORTH = 100  # people: how many of the installation's own outweigh that
# People that what is usual counts as, beside less and more spread than usual. Chosen by simulation: the least
# with which every row of `benchmarks/indices.py` holds.
CALM, TROUBLED = 80.0, 0.5


@dataclass(frozen=True, eq=False)
class Usual:
    """What is usual: mean and covariance of the items over people within groups, as shares of the scale."""

    means: Floats  # [item]
    covariance: Floats  # [item, item]


@dataclass(frozen=True, eq=False)
class Spread:
    """Of weighted means that vary as `factor` T (1 - T), with `freedom` degrees of freedom."""

    share: Floats  # T
    factor: Floats  # k, by how many answered and who they speak for
    freedom: Floats

    @property
    def variance(self) -> Floats:
        """Away from the ends of the scale, so that it is never nothing: T as if four more had answered."""
        centre = (self.share + 2 * self.factor) / (1 + 4 * self.factor)
        return self.factor * centre * (1 - centre)


def usual(scale: Scale, moments: Moments | None = None) -> Usual:
    """What is usual within groups: in `moments` (all groups of a round), or for HME where there are none.

    Groups of a hundred people in all weigh as much as what is usual for HME.
    Raises `KernelError` when the moments are of another number of items.
    """
    width = len(scale.items)
    means = np.full(width, MEAN)
    likeness = np.where(np.eye(width, dtype=bool), 1.0, CORRELATION)
    covariance = DEVIATION**2 * likeness
    if moments is None:
        return Usual(means, covariance)
    check(moments, scale)
    crossed, freedom = _crossed(moments, scale)
    answers = moments.answers.sum(axis=0)
    total = np.diagonal(moments.sums, axis1=1, axis2=2).sum(axis=0) / scale.steps
    return Usual(
        (WORTH * means + total) / (WORTH + answers),
        (WORTH * covariance + crossed.sum(axis=0)) / (WORTH + freedom.sum(axis=0)),
    )


def spread(
    moments: Moments, weights: Floats, *, scale: Scale, invited: Floats, held_to: Usual
) -> Spread:  # fmt: skip
    """The spread of weighted means of item means.

    `weights`: [measure, item] or [group, measure, item], rows summing to 1. `invited`: [group], inf for a
    sample of what lasts. Answers [group, measure]; nan where an item of weight has no answer.

    The covariance of two item means is S (both / (one x other) - 1 / invited), S estimated without bias from
    those who answered both (answers missing at random).
    """
    weight = np.broadcast_to(weights, (len(moments), *weights.shape[-2:]))
    needed = weight != 0
    answers = moments.answers
    has_all = np.all(~needed | (answers > 0)[:, None, :], axis=2)
    means = np.where(answers > 0, moments.means, 0) / scale.steps
    share = np.where(has_all, np.einsum("gmi,gi->gm", weight, means), np.nan).clip(0, 1)
    crossed, freedom = _crossed(moments, scale)
    own = np.where(freedom > 1e-9, crossed / np.maximum(freedom, 1e-9), held_to.covariance)
    counted = np.maximum(answers, 1)
    part = moments.pairs / (counted[:, :, None] * counted[:, None, :]) - 1 / invited[:, None, None]
    measured = _quadratic(weight, own * part)
    expected = _quadratic(weight, held_to.covariance * part)
    centre = np.einsum("gmi,i->gm", weight, held_to.means)
    usual_factor = np.maximum(expected, 0) / (centre * (1 - centre))
    # The harmonic mean of the answers that the measure rests on, less one.
    harmonic = needed.sum(axis=2) / np.where(needed, 1 / counted[:, None, :], 0).sum(axis=2)
    own_freedom = np.maximum(harmonic - 1, 0)
    room = share * (1 - share) + np.maximum(measured, 0)
    is_at_end = ~(share * (1 - share) > 1e-12)  # nothing is measured at an end: it is as usual
    factor = np.where(is_at_end, usual_factor, np.maximum(measured, 0) / np.where(room > 0, room, 1))
    strength = np.where(factor > usual_factor, TROUBLED, CALM)
    held = (strength * usual_factor + own_freedom * factor) / (strength + own_freedom)
    return Spread(share, np.where(has_all, held, np.nan), TROUBLED + own_freedom)


def check(moments: Moments, scale: Scale) -> None:
    """Raises `KernelError` when the moments are of another number of items than the scale's."""
    if moments.pairs.shape[1:] != (len(scale.items), len(scale.items)):
        raise KernelError("the moments are of another scale")


def _crossed(moments: Moments, scale: Scale) -> tuple[Floats, Floats]:
    """[group, item, item]: products of deviations over those who answered both, and what they are divided by
    to be a covariance without bias: n - 1 when all answered both.
    """
    answers, pairs = np.maximum(moments.answers, 1), moments.pairs
    means = np.where(moments.answers > 0, moments.means, 0)
    one, other = means[:, :, None], means[:, None, :]
    sums = moments.sums
    crossed = moments.products - one * sums - other * np.swapaxes(sums, 1, 2) + pairs * one * other
    first, second = 1 / answers[:, :, None], 1 / answers[:, None, :]
    freedom = pairs * (1 - first - second + pairs * first * second)
    return crossed / scale.steps**2, np.maximum(freedom, 0)


def _quadratic(weight: Floats, matrix: Floats) -> Floats:
    half: Floats = np.einsum("gmi,gij->gmj", weight, matrix)
    whole: Floats = np.einsum("gmj,gmj->gm", half, weight)
    return whole
