"""Phases, runs and sides: what all charts have in common."""

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite

from styrfart.kernel.charts.values import Points, Side
from styrfart.kernel.errors import KernelError

ROUNDING = 1e-12  # of the largest value
FEWEST = 10  # Anhøj's table begins here, and no sensible chart before it


def points_of(values: Sequence[float | None]) -> Points:
    """The series with what is missing as None."""
    points = tuple(None if value is None or value != value else float(value) for value in values)
    if not all(point is None or isfinite(point) for point in points):
        raise KernelError("a point is a finite number, or missing")
    return points


def phases_of(count: int, changes: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Start and stop of each phase, given the places where a new one begins."""
    starts = (0, *changes)
    if any(a >= b for a, b in pairwise((*starts, count))) and (changes or count == 0):
        raise KernelError("a series has points, and changes are places inside it, in order")
    return tuple(pairwise((*starts, count)))


def checked(least: int, baseline: int | None, first: tuple[int, int]) -> None:
    """Raise for thresholds that no chart can stand on."""
    if least < FEWEST:
        raise KernelError(f"a chart needs at least {FEWEST} points")
    if baseline is not None and not least <= baseline <= first[1]:
        raise KernelError("a baseline has at least `least` places, all in the first phase")


def present(points: Points, start: int, stop: int) -> tuple[tuple[int, float], ...]:
    """Place and value of the points that are not missing."""
    return tuple((place, value) for place, value in enumerate(points[start:stop], start) if value is not None)


def median(values: Sequence[float]) -> float:
    """The middle value, or halfway between the two middle ones; at least one value."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def nearness(placed: Sequence[tuple[int, float]]) -> float:
    """What is no difference: 0.15 is on the median of 0.1 and 0.2, though the computer's numbers differ."""
    return ROUNDING * max((abs(value) for _, value in placed), default=0.0)


def runs(placed: Sequence[tuple[int, float]], centre: float) -> tuple[tuple[Side, tuple[int, ...]], ...]:
    """Places on one side of the centre in a row. A point on it, or missing, neither breaks nor counts."""
    close = nearness(placed)
    found: list[tuple[Side, list[int]]] = []
    for place, value in placed:
        if abs(value - centre) <= close:
            continue
        side = Side.ABOVE if value > centre else Side.BELOW
        if found and found[-1][0] is side:
            found[-1][1].append(place)
        else:
            found.append((side, [place]))
    return tuple((side, tuple(places)) for side, places in found)
