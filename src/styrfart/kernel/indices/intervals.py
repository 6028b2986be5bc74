"""Indices with their intervals."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from styrfart.kernel.errors import KernelError
from styrfart.kernel.indices.coverage import LEVEL, lowest_coverage
from styrfart.kernel.indices.moments import Floats, Ints, Moments
from styrfart.kernel.indices.results import Figure, Population
from styrfart.kernel.indices.scale import Scale
from styrfart.kernel.indices.spread import Spread, Usual, check, spread, usual


@dataclass(frozen=True, eq=False)
class Indices:
    """Of each group and measure, 0 to 100; nan where an item that the measure needs has no answer.

    What each array means is said in `Figure`. Not for showing as they are: what may be shown is for
    `kernel.release` to say.
    """

    measures: tuple[str, ...]
    index: Floats  # [group, measure], as low, high, least, most
    low: Floats
    high: Floats
    least: Floats
    most: Floats
    answers: Ints  # [group, measure]: of the item with the most
    fewest: Ints  # [group, measure]: of the item with the fewest
    people: Ints  # [group]: who answered anything
    invited: Floats  # [group]; inf where it is not known
    level: float
    population: Population

    def of(self, group: int, measure: str) -> Figure:
        """One figure. Raises `KernelError` for a measure that is not there."""
        if measure not in self.measures:
            raise KernelError(f"no measure {measure!r}")
        at = group, self.measures.index(measure)
        answers = int(self.answers[at])
        invited = float(self.invited[group])
        return Figure(
            measure=measure,
            index=_known(self.index[at]),
            low=_known(self.low[at]),
            high=_known(self.high[at]),
            least=_known(self.least[at]),
            most=_known(self.most[at]),
            answers=answers,
            fewest=int(self.fewest[at]),
            invited=None if np.isinf(invited) else int(invited),
            level=self.level,
            population=self.population,
            coverage=lowest_coverage(answers, self.population) if self.level == LEVEL else None,
        )


def index_of(means: npt.ArrayLike, *, scale: Scale) -> Floats:
    """The indices of [..., item] means of answers: [..., measure], as the national database computes them.

    An item's index is (mean - lowest) / (highest - lowest) x 100 (turned round when reversed), a sub-index
    the mean of its items' indices, the total the mean of all items' indices. No rounding.
    Source: Kolada U00200 to U00203. Raises `KernelError` for another number of items or means off the scale.
    """
    given = np.asarray(means, dtype=np.float64)
    if given.shape[-1:] != (len(scale.items),):
        raise KernelError("one mean for each item")
    if np.any((given < scale.lowest) | (given > scale.highest)):
        raise KernelError("a mean is on the scale")
    turned = np.array([item in scale.reversed_items for item in scale.items])
    items = np.where(turned, scale.highest - given, given - scale.lowest) / scale.steps * 100
    weights = np.array(scale.weights())
    indices: Floats = np.einsum("mi,...i->...m", weights, items)
    return indices


def measure(
    moments: Moments,
    *,
    scale: Scale,
    invited: npt.ArrayLike | None = None,
    population: Population = Population.INVITED,
    held_to: Usual | None = None,
    level: float = LEVEL,
) -> Indices:
    """Every index of every group, with the interval at `level`.

    `invited`: [group], how many were asked; None: not known, and then the interval is about what lasts.
    INVITED: the interval is about the index that all the invited would have given, with the correction for a
    finite population: when all have answered it has no width. LASTING: about the workplace as such.
    `held_to`: what spread is usual, as `usual(scale, moments)` of the whole round; HME's where it is None.

    Method: Wilson's score interval for a share that varies as k T (1 - T), k measured over people and held to
    what is usual (`spread.py`), Student's quantile with the degrees of freedom of both, finite population as
    Cochran (Sampling Techniques, 1977, 2.6); then cut to where the index must lie whatever the silent would
    have answered (Manski, 1989). The interval speaks of chance alone: that those who stayed silent differ
    from those who answered is not in it, only in `least` and `most`.

    Raises `KernelError` for fewer invited than answers, a level outside 0.5 to 0.999, or another scale.
    """
    check(moments, scale)
    asked = invited_of(moments, invited)
    if not 0.5 <= level <= 0.999:
        raise KernelError("a level from 0.5 to 0.999")
    weights = np.array(scale.weights())
    about = asked if population is Population.INVITED else np.full(len(asked), np.inf)
    known = Population.LASTING if invited is None else population
    found = spread(moments, weights, scale=scale, invited=about, held_to=held_to or usual(scale))
    quantile = special.stdtrit(found.freedom, (1 + level) / 2)
    low, high = score_interval(found, quantile)
    least, most = _whatever_the_silent(moments, weights, asked, scale)
    if known is Population.INVITED:
        low, high = np.maximum(low, least), np.minimum(high, most)
    needed, counted = weights > 0, moments.answers[:, None, :]
    return Indices(
        measures=scale.measures,
        index=100 * found.share,
        low=100 * low,
        high=100 * high,
        least=100 * least,
        most=100 * most,
        answers=np.where(needed, counted, 0).max(axis=2).astype(np.int64),
        fewest=np.where(needed, counted, np.inf).min(axis=2).astype(np.int64),
        people=moments.people,
        invited=asked,
        level=level,
        population=known,
    )


def invited_of(moments: Moments, invited: npt.ArrayLike | None) -> Floats:
    """[group]: how many were asked, inf where that is not known.

    Raises `KernelError` for fewer than answered.
    """
    if invited is None:
        return np.full(len(moments), np.inf)
    asked = np.asarray(invited, dtype=np.float64)
    if asked.shape != (len(moments),) or np.any(np.isnan(asked)):
        raise KernelError("each group has its number of invited")
    if np.any(asked < np.maximum(moments.people, moments.answers.max(axis=1))):
        raise KernelError("fewer were invited than answered")
    return np.maximum(asked, 1)


def score_interval(found: Spread, quantile: Floats) -> tuple[Floats, Floats]:
    """The T for which (share - T)^2 <= quantile^2 k T (1 - T): Wilson's interval (JASA 22, 1927)."""
    widened = quantile**2 * found.factor
    root = np.sqrt(widened * found.share * (1 - found.share) + widened**2 / 4)
    middle = found.share + widened / 2
    return (middle - root) / (1 + widened), (middle + root) / (1 + widened)


def _whatever_the_silent(
    moments: Moments, weights: Floats, asked: Floats, scale: Scale
) -> tuple[Floats, Floats]:
    """Where the index of all invited lies when each silent answer is the worst, and the best."""
    heard = np.diagonal(moments.sums, axis1=1, axis2=2) / scale.steps / asked[:, None]
    silent = 1 - moments.answers / asked[:, None]
    least: Floats = np.einsum("mi,gi->gm", weights, heard)
    most: Floats = np.einsum("mi,gi->gm", weights, heard + silent)
    has_all = np.all((weights == 0) | (moments.answers > 0)[:, None, :], axis=2)
    return np.where(has_all, least, np.nan), np.where(has_all, most, np.nan)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
