"""What a chart says, as values: phases, their lines, and the signals with their rule and points."""

from dataclasses import dataclass
from enum import Enum

Points = tuple[float | None, ...]


class Reading(Enum):
    """What may be said of one phase. The last two refuse: nothing may be said of it."""

    SIGNAL = "signal"
    NOISE = "noise"  # no rule finds anything but chance; not that nothing has happened
    TOO_FEW_POINTS = "too_few_points"
    TOO_FEW_OFF_THE_MEDIAN = "too_few_off_the_median"


class Rule(Enum):
    LONG_RUN = "long_run"  # Anhøj: an unusually long run on one side of the median
    FEW_CROSSINGS = "few_crossings"  # Anhøj: the median is crossed unusually seldom
    BEYOND_LIMIT = "beyond_limit"  # control charts, rule 1: outside three sigma
    ONE_SIDE = "one_side"  # control charts, rule 2: so many in a row on one side of the centre


class Side(Enum):
    ABOVE = "above"
    BELOW = "below"


class Caution(Enum):
    """What weakens a control chart; the rooms tell it beside the chart."""

    FEW_EVENTS = "few_events"  # under five expected of either kind at some point: limits are rough
    OVERDISPERSED = "overdispersed"  # more spread between neighbours than chance alone gives
    UNDERDISPERSED = "underdispersed"
    NO_VARIATION = "no_variation"  # all of what the limits stand on is equal
    LIMITS_FROM_FEW = "limits_from_few"  # fewer than twenty points behind the limits


class Limits(Enum):
    """How wide the limits of a p-chart are."""

    BINOMIAL = "binomial"
    LANEY = "laney"  # p′: widened or narrowed by the spread between neighbours


@dataclass(frozen=True)
class Signal:
    """A rule that found something: where, by how much, and on which side (None: of neither)."""

    rule: Rule
    points: tuple[int, ...]  # places in the whole series
    value: float  # the run's length, the crossings, or the point
    limit: float  # what it would have had to stay within
    side: Side | None = None


@dataclass(frozen=True)
class RunPhase:
    """One phase of a run chart. `rate` is its certificate: how often chance alone would give a signal."""

    start: int
    stop: int  # first place after it
    median: float | None  # None where there is no point
    useful: int  # points that are not on the median
    longest_run: int
    longest_allowed: int
    crossings: int
    crossings_needed: int
    rate: float | None  # of both rules together, for independent points: exact about the phase's own
    # median; about a frozen one as though it were known, which is near (benchmarks/charts.py) and not exact
    reading: Reading
    signals: tuple[Signal, ...]


@dataclass(frozen=True)
class RunChart:
    values: Points
    phases: tuple[RunPhase, ...]

    @property
    def signals(self) -> tuple[Signal, ...]:
        return tuple(signal for phase in self.phases for signal in phase.signals)


@dataclass(frozen=True)
class ControlPhase:
    """One phase of a control chart: centre, limits for each of its places, and what they stand on."""

    start: int
    stop: int
    based_on: int  # points behind centre and limits
    centre: float | None
    lower: Points  # one for each place from start to stop; None where there is no point
    upper: Points
    mean_range: float | None  # mean difference between neighbours (XmR; for a p-chart, of z-values)
    range_limit: float | None  # a difference beyond this is itself unusual (XmR)
    dispersion: float | None  # p-chart: sigma between neighbours against binomial sigma; 1 is chance alone
    reading: Reading
    signals: tuple[Signal, ...]
    cautions: tuple[Caution, ...]


@dataclass(frozen=True)
class ControlChart:
    values: Points
    phases: tuple[ControlPhase, ...]

    @property
    def signals(self) -> tuple[Signal, ...]:
        return tuple(signal for phase in self.phases for signal in phase.signals)


@dataclass(frozen=True)
class Candidate:
    """A place where the series seems to change level: a suggestion, never applied by itself.

    Whoever takes it says why, and it comes back as one of `changes`.
    """

    at: int  # first place of the new level
    before: float  # median
    after: float  # median
    shift: float  # Hodges-Lehmann: the median of all differences, later less earlier
    statistic: float  # largest standardised rank sum over all places
    p_value: float  # share of shufflings whose statistic is as large; its smallest is 1 / (shufflings + 1)
    autocorrelation: (
        float  # of neighbours, each less its own side's median; if positive, the p-value is too small
    )
    is_convincing: bool  # p-value at most what was asked
    is_autocorrelated: bool  # beyond twice its chance deviation: trust the p-value less
