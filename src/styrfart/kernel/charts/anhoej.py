"""The Anhøj rules: how long a run may be, how often the median must be crossed, and how often chance signals.

Source: Anhøj and Olesen 2014 (PLoS ONE 9:e113825). The exact rate is that of Wentzel-Larsen and Anhøj 2019
(joint distribution of crossings and longest run for independent Bernoulli observations), by recursion here.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import comb, log2

from styrfart.kernel.charts.series import FEWEST, checked, median, phases_of, points_of, present, runs
from styrfart.kernel.charts.values import Points, Reading, Rule, RunChart, RunPhase, Side, Signal
from styrfart.kernel.errors import KernelError

MOST_EXACT = 400  # points; beyond it counting takes long, and a chart has other faults
TWENTIETH = 20  # crossings below the five-percent quantile are unusually few


@lru_cache(maxsize=4096)
def longest_allowed(useful: int) -> int:
    """The longest run that is still ordinary among `useful` points: round(log2(n) + 3). n ≥ 1."""
    _positive(useful)
    return round(log2(useful) + 3)


@lru_cache(maxsize=4096)
def crossings_needed(useful: int) -> int:
    """The fewest crossings that are still ordinary: qbinom(0.05, n − 1, 0.5), in whole numbers. n ≥ 1.

    The smallest q with 20 · Σ_{i ≤ q} C(n − 1, i) ≥ 2^(n − 1): exact, where a float could tip over.
    """
    _positive(useful)
    below = 0
    for q in range(useful):
        below += comb(useful - 1, q)
        if TWENTIETH * below >= 2 ** (useful - 1):
            break
    return q


@lru_cache(maxsize=512)
def false_signal_rate(useful: int) -> float:
    """How often chance alone makes either rule signal: exact, for independent points about a known centre.

    `useful`: points off the centre, 1 to 400. Ordinary sequences are counted by (crossings, length of the
    run that is going on); all 2^n are equally likely.
    """
    _positive(useful)
    if useful > MOST_EXACT:
        raise KernelError(f"the exact rate is for at most {MOST_EXACT} points")
    longest, needed = longest_allowed(useful), crossings_needed(useful)
    # counts[c][r]: sequences with c crossings so far and r points in the run that is going on. Crossings
    # beyond what is needed are alike.
    counts = [[0] * (longest + 1) for _ in range(needed + 1)]
    counts[0][1] = 2
    for _ in range(useful - 1):
        after = [[0] * (longest + 1) for _ in range(needed + 1)]
        for crossed, row in enumerate(counts):
            for length in range(1, longest):
                after[crossed][length + 1] += row[length]
            after[min(crossed + 1, needed)][1] += sum(row)
        counts = after
    return _unordinary(sum(counts[needed]), 2**useful)


@lru_cache(maxsize=4096)
def rate_given_sides(above: int, below: int) -> float:
    """As `false_signal_rate`, given how many points lie on either side: exact about a median of their own.

    All C(above + below, above) orders are then equally likely. Orders with c crossings are c + 1 runs in
    turn, so they are counted as compositions of each side's points into parts no longer than allowed.
    """
    useful = above + below
    _positive(useful)
    longest = longest_allowed(useful)
    ordinary = sum(
        _compositions(above, one, longest) * _compositions(below, parts - one, longest)
        for parts in range(crossings_needed(useful) + 1, useful + 1)
        for one in ({parts // 2, parts - parts // 2} if parts % 2 else (parts // 2, parts // 2))
    )
    return _unordinary(ordinary, comb(useful, above))


def _compositions(whole: int, parts: int, longest: int) -> int:
    """Ways to write `whole` as so many ordered parts of 1 to `longest`: by inclusion and exclusion."""
    if parts == 0:
        return int(whole == 0)
    terms = ((-1) ** j * comb(parts, j) * comb(whole - j * longest - 1, parts - 1)
             for j in range(parts + 1) if whole - j * longest >= parts)  # fmt: skip
    return sum(terms)


def _unordinary(ordinary: int, whole: int) -> float:
    return float(Fraction(whole - ordinary, whole))


def run_chart(
    values: Sequence[float | None],
    *,
    changes: Sequence[int] = (),
    baseline: int | None = None,
    least: int = 12,
) -> RunChart:
    """A run chart: the median of each phase, and whether its points vary by chance alone.

    `values`: one a period, None or NaN where missing. `changes`: places where somebody has judged that a new
    phase begins; each phase has its own median. `baseline`: so many first places set the median of the first
    phase (frozen); the rules run over all its points, these and the later ones. `least`: points that a phase
    (and a baseline) needs; fewer is refused, as is fewer than ten off the median.

    Both rules of Anhøj and no other: the trend rule has no use. Raises `KernelError` for changes out of
    order or outside, `least` under 10, a baseline outside the first phase, or a point that is not finite.
    """
    points = points_of(values)
    spans = phases_of(len(points), changes)
    checked(least, baseline, spans[0])
    return RunChart(
        values=points,
        phases=tuple(
            _phase(points, start, stop, baseline if start == 0 else None, least) for start, stop in spans
        ),
    )


def _phase(points: Points, start: int, stop: int, baseline: int | None, least: int) -> RunPhase:
    placed = present(points, start, stop)
    reference = [value for _, value in (present(points, start, baseline) if baseline else placed)]
    centre = median(reference) if reference else None
    found = () if centre is None else runs(placed, centre)
    useful = sum(len(places) for _, places in found)
    longest = max((len(places) for _, places in found), default=0)
    crossings = max(len(found) - 1, 0)
    allowed, needed = (longest_allowed(useful), crossings_needed(useful)) if useful else (0, 0)
    refusal = _refusal(len(reference), useful, least)
    signals: list[Signal] = []
    if not refusal:
        signals += [
            Signal(Rule.LONG_RUN, places, len(places), allowed, side)
            for side, places in found
            if len(places) > allowed
        ]
        if crossings < needed:
            places = tuple(place for _, run in found for place in run)
            signals.append(Signal(Rule.FEW_CROSSINGS, places, crossings, needed))
    return RunPhase(
        start=start,
        stop=stop,
        median=centre,
        useful=useful,
        longest_run=longest,
        longest_allowed=allowed,
        crossings=crossings,
        crossings_needed=needed,
        rate=None if refusal else _rate(found, is_frozen=baseline is not None),
        reading=refusal or (Reading.SIGNAL if signals else Reading.NOISE),
        signals=tuple(signals),
    )


def _rate(found: Sequence[tuple[Side, tuple[int, ...]]], *, is_frozen: bool) -> float | None:
    """Of these points about their own median exactly; about a frozen one as though it were known."""
    above = sum(len(places) for side, places in found if side is Side.ABOVE)
    useful = sum(len(places) for _, places in found)
    if useful > MOST_EXACT:
        return None
    return false_signal_rate(useful) if is_frozen else rate_given_sides(above, useful - above)


def _refusal(count: int, useful: int, least: int) -> Reading | None:
    if count < least:
        return Reading.TOO_FEW_POINTS
    return Reading.TOO_FEW_OFF_THE_MEDIAN if useful < FEWEST else None


def _positive(useful: int) -> None:
    if useful < 1:
        raise KernelError("the rules are for at least one point")
