"""The segmented regression of an interrupted series: its columns, and the average effect as a sum of them.

    y = b0 + b1·t + b2·after + b3·(t − start)·after + the season

Source: Wagner, Soumerai, Zhang and Ross-Degnan 2002; Lopez Bernal, Cummins and Gasparrini 2017, International
Journal of Epidemiology 46(1). What may change (`Impact`) is stated before the outcome is seen.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


class Impact(Enum):
    """What the change is expected to do, stated in advance."""

    LEVEL = "level"  # at once, and it stays
    SLOPE = "slope"  # more and more
    BOTH = "both"


@dataclass(frozen=True)
class Season:
    """A season of `length` points (12 in monthly series), as so many pairs of sine and cosine."""

    length: int
    harmonics: int = 2


@dataclass(frozen=True, eq=False)
class Segments:
    """The columns of a model, n × k, and what of the coefficients makes which answer (k each)."""

    columns: Floats
    times: Integers  # n: the points that are used
    is_after: npt.NDArray[np.bool_]  # n
    average: Floats  # the effect averaged over the points after the start
    at_end: Floats  # the effect at the last point
    level: Floats  # at the start; zeros when the model has none
    slope: Floats  # a point; zeros when the model has none
    trend: Floats  # a point, before the start
    impact: Impact
    without: Floats  # n × k: the columns had there been no change


def segments(
    used: npt.NDArray[np.bool_],
    start: int,
    impact: Impact,
    *,
    season: Season | None = None,
    phase_in: int = 0,
) -> Segments:
    """The model of the points where `used` (T) holds; the first point with the change is `start`.

    Points `start` to `start + phase_in − 1` are left out: the change was on its way. Raises `KernelError`
    unless a point is left on either side, or for a season that has fewer points than its curves need.
    """
    count = used.size
    if not 0 < start < count or phase_in < 0:
        raise KernelError("the start lies after the first point and not after the last")
    if season is not None and not (season.length >= 2 and 1 <= season.harmonics <= season.length // 2):
        raise KernelError("a season has at least two points, and at most half as many pairs of curves")
    every = np.arange(count)
    kept = used & ~((every >= start) & (every < start + phase_in))
    times = every[kept]
    after = times >= start
    if not after.any() or after.all():
        raise KernelError("there are points on either side of the start")
    since = np.where(after, times - start, 0).astype(np.float64)
    changes = {
        Impact.LEVEL: [after.astype(np.float64)],
        Impact.SLOPE: [since],
        Impact.BOTH: [after.astype(np.float64), since],
    }[impact]
    # Time is counted from the start, so that the constant is the level there.
    columns = np.column_stack([np.ones(times.size), times - start, *changes, *_curves(times, season)])
    without = columns.copy()
    without[:, 2 : 2 + len(changes)] = 0
    level, slope, trend = np.zeros((3, columns.shape[1]))
    trend[1] = 1
    if impact is not Impact.SLOPE:
        level[2] = 1
    if impact is not Impact.LEVEL:
        slope[1 + len(changes)] = 1
    return Segments(
        columns=columns,
        times=times,
        is_after=after,
        average=level + slope * since[after].mean(),
        at_end=level + slope * since[-1],
        level=level,
        slope=slope,
        trend=trend,
        impact=impact,
        without=without,
    )


def _curves(times: Integers, season: Season | None) -> list[Floats]:
    if season is None:
        return []
    curves = []
    for pair in range(1, season.harmonics + 1):
        angle = 2 * np.pi * pair * times / season.length
        curves.append(np.cos(angle))
        if 2 * pair < season.length:  # of the quickest curve the sine is zero at every point
            curves.append(np.sin(angle))
    return curves
