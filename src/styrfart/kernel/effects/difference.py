"""Some started, others did not, nobody drew lots: the difference of the changes (difference-in-differences).

Each unit becomes one number, its mean after less its mean before. That takes away what each unit has always
been like, and with it the correlation over time that makes ordinary standard errors far too small (Bertrand,
Duflo and Mullainathan 2004). The p value is of every way in which as many units could have been those who
started: exact if starting was as good as drawn by lot, which is what must be believed here.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from styrfart.kernel.effects.balance import EXTREME, balance, crossover
from styrfart.kernel.effects.lots import DRAWS, ENUMERATED, Floats, Labels, Lot, draw, labelled, p_values
from styrfart.kernel.effects.randomised import PROBABLE, Compared, compare, dummies, refused_by
from styrfart.kernel.effects.values import Caution, Design
from styrfart.kernel.errors import KernelError

LEAST_FOR_TREND = 3  # periods before


@dataclass(frozen=True)
class Difference:
    """The difference of the changes, and whether the two groups went the same way before."""

    compared: Compared  # of each unit's change
    before_after: tuple[tuple[float, float], tuple[float, float]]  # treated, compared: mean before and after
    trend_gap: float | None  # slope a period before the start, treated less compared; None below 3 periods
    trend_p: float | None  # by permutation; a large one does not show that trends were alike
    expected_regression: float | None  # what regression to the mean alone would add to the effect


def difference(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    started: npt.ArrayLike,
    *,
    strata: npt.ArrayLike | None = None,
    taken_up: npt.ArrayLike | None = None,
    people: npt.ArrayLike | None = None,
    smallest_group: int | None = None,
    limit: int = ENUMERATED,
    draws: int = DRAWS,
    seed: int = 0,
) -> Difference:
    """The effect on units that started at one time, compared with units that did not.

    `before` (G × T₀, or G) and `after` (G × T₁, or G): outcomes by period, finite. `started` (G): 1 or 0.
    `strata` (G labels): like is compared with like. Other arguments as in `randomised`.

    Cautions: always `NO_RANDOMISATION`; `TRENDS_DIFFERED` when the groups' slopes before differ (p ≤ .10);
    `REGRESSION_TO_THE_MEAN` when the groups' level before differ by more than half a standard deviation.
    Raises `KernelError` for shapes that do not fit. Source: Rokicki, Cohen, Fink, Salomon and Landrum 2018.
    """
    first, last = _periods(before), _periods(after)
    lot = draw(started, strata=strata, limit=limit, draws=draws, seed=seed)
    z = lot.drawn
    if not first.shape[0] == last.shape[0] == z.size:
        raise KernelError("there is a row before and after for each unit")
    labels = np.zeros(z.size, dtype=np.int64) if strata is None else labelled(strata, z.size)
    found = compare(
        last.mean(axis=1) - first.mean(axis=1), lot, before=None, labels=labels, design=Design.DIFFERENCE
    )
    gap, trend_p = _trends(first, lot, labels)
    level = balance(z, first.mean(axis=1))[0]
    rules = (
        (Caution.NO_RANDOMISATION, True),
        (Caution.TRENDS_DIFFERED, trend_p is not None and trend_p <= PROBABLE),
        (Caution.REGRESSION_TO_THE_MEAN, abs(level.difference) > EXTREME),
    )
    size = None if people is None else np.asarray(people, dtype=np.int64)
    refused = refused_by(lot, size, smallest_group)
    crossed = None if taken_up is None else crossover(z, taken_up)
    estimate = found.estimate.refused(*refused).warned(
        *(each for each, holds in rules if holds), *(() if crossed is None else crossed.cautions)
    )
    return Difference(
        replace(found, estimate=estimate, balance=(level,), crossover=crossed),
        (_means(first, last, z == 1), _means(first, last, z == 0)),
        gap,
        trend_p,
        _expected_regression(first.mean(axis=1), last.mean(axis=1), z),
    )


def _trends(first: Floats, lot: Lot, labels: Labels) -> tuple[float | None, float | None]:
    """The gap between the groups' slopes before the start and its p value; None below three periods."""
    if first.shape[1] < LEAST_FOR_TREND:
        return None, None
    slopes = _slopes(first)
    gap = slopes[lot.drawn == 1].mean() - slopes[lot.drawn == 0].mean()
    return float(gap), float(p_values(slopes[None, :], lot, dummies(labels))[0])


def _means(first: Floats, last: Floats, group: npt.NDArray[np.bool_]) -> tuple[float, float]:
    return float(first[group].mean()), float(last[group].mean())


def _periods(values: npt.ArrayLike) -> Floats:
    given = np.asarray(values, dtype=np.float64)
    given = given[:, None] if given.ndim == 1 else given
    if given.ndim != 2 or given.shape[1] == 0 or not np.isfinite(given).all():
        raise KernelError("outcomes are finite, a row for each unit and a column for each period")
    return given


def _slopes(values: Floats) -> Floats:
    time = np.arange(values.shape[1]) - (values.shape[1] - 1) / 2
    slopes: Floats = np.einsum("gt,t->g", values, time) / np.square(time).sum()
    return slopes


def _expected_regression(before: Floats, after: Floats, z: Floats) -> float | None:
    """(r − 1) · the gap before, r the slope of after on before among those who did not start.

    A group that is extreme by chance comes back by that share (Galton 1886); None when fewer than four were
    compared, where r is not known at all.
    """
    level, later = before[z == 0], after[z == 0]
    spread = float(np.square(level - level.mean()).sum())
    if level.size < 4 or spread == 0:
        return None
    slope = float(((level - level.mean()) * (later - later.mean())).sum()) / spread
    return (slope - 1) * float(before[z == 1].mean() - level.mean())
