"""Control charts: individual values with moving ranges (XmR), and proportions with varying denominators (p).

Source: NIST/SEMATECH e-Handbook 6.3.2.2 and 6.3.3.1 to 6.3.3.2; Wheeler, Understanding Variation (rule 2);
Laney 2002 (Quality Engineering 14:531) for p′.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, pi, sqrt

from styrfart.kernel.charts.series import checked, nearness, phases_of, points_of, present, runs
from styrfart.kernel.charts.values import (
    Caution,
    ControlChart,
    ControlPhase,
    Limits,
    Points,
    Reading,
    Rule,
    Side,
    Signal,
)
from styrfart.kernel.errors import KernelError

D2 = 1.128  # expected range of two normal values, in sigmas, as tables print it (exactly 2/√π = 1.12838)
D4 = 3.267  # upper limit of the range of two, in mean ranges
SIGMAS = 3
FEW_EVENTS = 5
FEW_BEHIND_LIMITS = 20
# Variance of a mean range of m neighbouring pairs over sigma², times m and over D2²: neighbours share a
# point. Var|d| = 2 − 4/π; Cov of adjacent |d| = (4/π)(√¾ + π/12 − 1); (Var + 2 Cov) · π/4 = 0.8264.
RANGE_VARIANCE = (2 - 4 / pi + 2 * (4 / pi) * (sqrt(0.75) + pi / 12 - 1)) * pi / 4


def xmr_chart(
    values: Sequence[float | None],
    *,
    changes: Sequence[int] = (),
    baseline: int | None = None,
    least: int = 12,
    row_of: int = 8,
) -> ControlChart:
    """An XmR chart: the mean of each phase, limits at 3 · (mean moving range) / 1.128, and rules 1 and 2.

    `values`: one a period, None or NaN where missing; a range is taken between neighbours in time only, never
    over a gap. `changes`, `baseline`, `least` as in `run_chart`: centre and limits stand on the phase's own
    points, or on the frozen first ones. `row_of`: how many in a row on one side make rule 2 (8 Wheeler,
    9 Nelson). Raises `KernelError` as `run_chart`, and for `row_of` under 7.
    """
    points = points_of(values)
    spans = phases_of(len(points), changes)
    checked(least, baseline, spans[0])
    _check_row(row_of)
    return ControlChart(
        points,
        tuple(
            _individuals(points, each, baseline if each[0] == 0 else None, least, row_of) for each in spans
        ),
    )


def p_chart(
    events: Sequence[int | None],
    cases: Sequence[int | None],
    *,
    changes: Sequence[int] = (),
    baseline: int | None = None,
    least: int = 12,
    row_of: int = 8,
    limits: Limits = Limits.BINOMIAL,
) -> ControlChart:
    """A p-chart: the share of each phase, limits by each point's own denominator, and rules 1 and 2.

    `events`: how many of `cases` each period; a period with either missing, or without cases, is a missing
    point. The centre is all events over all cases, not the mean of shares. Limits are cut at 0 and 1. With
    `Limits.LANEY` they are multiplied by the dispersion between neighbours (p′); choose it beforehand, not
    because a signal is unwelcome. The dispersion is reported either way, and a caution when it is beyond its
    95 % chance interval 1 ± 1.96 · √(0.826 / pairs).

    Raises `KernelError` as `xmr_chart`, for unequal lengths, and for events below 0 or above the cases.
    """
    counts = _counts(events, cases)
    points = points_of([None if each is None else each[0] / each[1] for each in counts])
    spans = phases_of(len(points), changes)
    checked(least, baseline, spans[0])
    _check_row(row_of)
    return ControlChart(
        points,
        tuple(
            _proportions(points, counts, each, baseline if each[0] == 0 else None, least, row_of, limits)
            for each in spans
        ),
    )


Count = tuple[int, int]
Span = tuple[int, int]


@dataclass(frozen=True)
class Lines:
    """Centre and limits of a phase, and what they stand on."""

    based_on: int
    centre: float
    lower: Points
    upper: Points
    mean_range: float | None
    range_limit: float | None
    dispersion: float | None
    cautions: tuple[Caution, ...]


def _individuals(points: Points, span: Span, baseline: int | None, least: int, row_of: int) -> ControlPhase:
    start, stop = span
    reference = present(points, start, baseline or stop)
    mean_range = _mean_range(reference)
    # Without a pair of neighbours nothing is known of the spread, and every limit would be made up.
    if len(reference) < least or mean_range is None:
        return _refused(span, len(reference))
    centre = fsum(value for _, value in reference) / len(reference)
    reach = SIGMAS * mean_range / D2
    known = [value is not None for value in points[start:stop]]
    lines = Lines(
        based_on=len(reference),
        centre=centre,
        lower=tuple(centre - reach if each else None for each in known),
        upper=tuple(centre + reach if each else None for each in known),
        mean_range=mean_range,
        range_limit=D4 * mean_range,
        dispersion=None,
        cautions=() if mean_range else (Caution.NO_VARIATION,),
    )
    return _judged(points, span, lines, row_of)


def _proportions(
    points: Points,
    counts: Sequence[Count | None],
    span: Span,
    baseline: int | None,
    least: int,
    row_of: int,
    limits: Limits,
) -> ControlPhase:
    start, stop = span
    behind = [each for each in counts[start : baseline or stop] if each is not None]
    if len(behind) < least:
        return _refused(span, len(behind))
    centre = sum(each[0] for each in behind) / sum(each[1] for each in behind)
    spread = sqrt(centre * (1 - centre))
    mean_range, pairs = _mean_z_range(points, counts, (start, baseline or stop), centre, spread)
    dispersion = None if mean_range is None else mean_range / D2
    wide = 1.0
    if limits is Limits.LANEY and spread:
        if dispersion is None:
            return _refused(span, len(behind))
        wide = dispersion
    reach = [None if each is None else SIGMAS * wide * spread / sqrt(each[1]) for each in counts[start:stop]]
    lines = Lines(
        based_on=len(behind),
        centre=centre,
        lower=tuple(None if each is None else max(centre - each, 0.0) for each in reach),
        upper=tuple(None if each is None else min(centre + each, 1.0) for each in reach),
        mean_range=mean_range,
        range_limit=None,
        dispersion=dispersion,
        cautions=_cautions(counts[start:stop], centre, dispersion, pairs),
    )
    return _judged(points, span, lines, row_of)


def _judged(points: Points, span: Span, lines: Lines, row_of: int) -> ControlPhase:
    placed = present(points, *span)
    signals = [
        *_beyond(placed, span[0], lines),
        *(
            Signal(Rule.ONE_SIDE, places, len(places), row_of - 1, side)
            for side, places in runs(placed, lines.centre)
            if len(places) >= row_of
        ),
    ]
    few = (Caution.LIMITS_FROM_FEW,) if lines.based_on < FEW_BEHIND_LIMITS else ()
    return ControlPhase(
        start=span[0],
        stop=span[1],
        based_on=lines.based_on,
        centre=lines.centre,
        lower=lines.lower,
        upper=lines.upper,
        mean_range=lines.mean_range,
        range_limit=lines.range_limit,
        dispersion=lines.dispersion,
        reading=Reading.SIGNAL if signals else Reading.NOISE,
        signals=tuple(signals),
        cautions=(*lines.cautions, *few),
    )


def _beyond(placed: Sequence[tuple[int, float]], start: int, lines: Lines) -> Iterator[Signal]:
    close = nearness(placed)
    for place, value in placed:
        low, high = lines.lower[place - start], lines.upper[place - start]
        if high is not None and value > high + close:
            yield Signal(Rule.BEYOND_LIMIT, (place,), value, high, Side.ABOVE)
        elif low is not None and value < low - close:
            yield Signal(Rule.BEYOND_LIMIT, (place,), value, low, Side.BELOW)


def _refused(span: Span, based_on: int) -> ControlPhase:
    none = (None,) * (span[1] - span[0])
    return ControlPhase(
        *span, based_on, None, none, none, None, None, None, Reading.TOO_FEW_POINTS, (), ()
    )  # fmt: skip


def _mean_range(placed: Sequence[tuple[int, float]]) -> float | None:
    """Mean difference between neighbours in time; None where no two points are neighbours."""
    ranges = [abs(b - a) for (at, a), (then, b) in pairwise(placed) if then == at + 1]
    return fsum(ranges) / len(ranges) if ranges else None


def _mean_z_range(
    points: Points, counts: Sequence[Count | None], span: Span, centre: float, spread: float
) -> tuple[float | None, int]:
    """Mean difference between neighbours' distances to the centre in binomial sigmas, and how many pairs."""
    if not spread:
        return None, 0
    scored = [
        (place, (value - centre) * sqrt((counts[place] or (0, 0))[1]) / spread)
        for place, value in present(points, *span)
    ]
    pairs = sum(then == at + 1 for (at, _), (then, _) in pairwise(scored))
    return _mean_range(scored), pairs


def _cautions(
    counts: Sequence[Count | None], centre: float, dispersion: float | None, pairs: int
) -> tuple[Caution, ...]:
    rarer = min(centre, 1 - centre)
    if not rarer:
        return (Caution.NO_VARIATION,)
    found = [Caution.FEW_EVENTS] if any(each and each[1] * rarer < FEW_EVENTS for each in counts) else []
    if dispersion is not None:
        chance = 1.96 * sqrt(RANGE_VARIANCE / pairs)
        if dispersion > 1 + chance:
            found.append(Caution.OVERDISPERSED)
        elif dispersion < 1 - chance:
            found.append(Caution.UNDERDISPERSED)
    return tuple(found)


def _counts(events: Sequence[int | None], cases: Sequence[int | None]) -> tuple[Count | None, ...]:
    if len(events) != len(cases):
        raise KernelError("each period has its events and its cases")
    counts = tuple(
        None if some is None or of is None or of == 0 else (int(some), int(of))
        for some, of in zip(events, cases, strict=True)
    )
    if any(each and not 0 <= each[0] <= each[1] for each in counts):
        raise KernelError("events are 0 to the number of cases")
    return counts


def _check_row(row_of: int) -> None:
    if row_of < 7:
        raise KernelError("rule 2 needs at least seven in a row: fewer signal by chance")
