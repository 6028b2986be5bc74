"""What a trial was and how it went, and what is computed from that: values without NumPy."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum, IntEnum


class Grade(IntEnum):
    """How sure one can be that the way of working, and nothing else, made the difference."""

    IDEA = 0
    LOGIC = 1  # it is described how it would work
    FOLLOWED = 2  # before and after, or a trend: no comparison
    COMPARED = 3  # a credible comparison
    ASSIGNED = 4  # by lot or as good as, or repeated independently
    REPEATED = 5  # repeated in several units by others, with a manual


class Maturity(IntEnum):
    """How far the way of working has come in use: whether others could take it over. No proof of effect."""

    THOUGHT = 0
    DESCRIBED = 1  # what, for whom, and how it would work
    TRIED = 2  # in at least one unit, and followed up
    ADOPTED = 3  # decided and in ordinary use somewhere, and its cost is known
    CARRIED = 4  # others use it by a manual
    ROOTED = 5  # several others use it, and it is still followed up


class Design(Enum):
    NONE = "none"  # nothing is measured (yet)
    BEFORE_AFTER = "before_after"
    TREND = "trend"  # a run chart
    SERIES = "series"  # interrupted time series without a control
    DIFFERENCE = "difference"  # difference in differences, or matched comparison
    CONTROLLED_SERIES = "controlled_series"
    NEAR_RANDOM = "near_random"  # by a rule that has nothing to do with the units
    RANDOM_START = "random_start"  # stepped wedge
    RANDOMISED = "randomised"


class Registration(Enum):
    LOCKED = "locked"  # before anybody had read an outcome
    LATE = "late"
    NONE = "none"


class Reason(Enum):
    """Why a grade is lower than its design could give."""

    NO_OUTCOME = "no_outcome"  # what the design needs was not measured, before or after
    TOO_FEW_POINTS = "too_few_points"
    TOO_FEW_UNITS = "too_few_units"
    CANNOT_REACH_CERTAINTY = "cannot_reach_certainty"  # not even the clearest outcome would be surprising
    MINIMUM_DATA_MISSING = "minimum_data_missing"  # less than was registered as needed
    NOT_REGISTERED = "not_registered"
    OUTCOME_CHANGED = "outcome_changed"
    ANALYSIS_CHANGED = "analysis_changed"
    CROSSOVER = "crossover"
    ATTRITION = "attrition"
    UNEQUAL_ATTRITION = "unequal_attrition"
    IMBALANCE = "imbalance"
    SIDE_EFFECTS_UNMEASURED = "side_effects_unmeasured"
    CHOSEN_BY_OUTCOME = "chosen_by_outcome"  # the worst would have come nearer the mean by themselves


class Requirement(Enum):
    """What the next step of maturity lacks."""

    DESCRIPTION = "description"
    FOLLOWED_TRIAL = "followed_trial"
    DECISION = "decision"
    KNOWN_COST = "known_cost"
    MANUAL = "manual"
    ANOTHER_USER = "another_user"
    SEVERAL_USERS = "several_users"
    FOLLOW_UP = "follow_up"


class Outcome(Enum):
    """What came of it. That it did not work is a result like any other."""

    WORKED = "worked"
    TOO_SMALL = "too_small"  # it moved the right way, by less than is worth while
    DID_NOT_WORK = "did_not_work"  # an effect that is worth while is ruled out
    HARMED = "harmed"
    UNCLEAR = "unclear"  # both nothing and something worth while are possible
    NOT_MEASURED = "not_measured"


class Certainty(Enum):
    """How narrowly the effect is known, against what is worth while."""

    HIGH = "high"  # to within half of it
    MODERATE = "moderate"  # to within as much
    LOW = "low"
    NONE = "none"


class CostUnit(Enum):
    HOURS = "hours"
    KRONOR = "kronor"


class CostLevel(Enum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True)
class Result:
    """The estimated effect on the primary outcome, in the outcome's own unit, and its standard error."""

    estimate: float
    error: float
    low: float | None = None  # of the trial's own interval, where it has one; else normal, 95 percent
    high: float | None = None


@dataclass(frozen=True)
class Trial:
    """One trial, as registered and as it went. Shares are 0 to 1; None: not known, which counts as bad."""

    key: Hashable
    design: Design
    by: Hashable = None  # who carried it out
    places: tuple[Hashable, ...] = ()  # units that tried
    treated: int = 0  # units with the new way
    compared: int = 0  # units without (stepped wedge: 0, all are treated in the end)
    arrangements: int | None = None  # equally likely allocations; None: treated of all units
    before: int = 0  # measurements in time, of each unit
    after: int = 0
    minimum: int = 0  # observations that were registered as needed
    observations: int = 0
    registration: Registration = Registration.NONE
    outcome_changed: bool = False  # after outcomes had been read
    analysis_changed: bool = False
    crossover: float | None = None  # of units, that did not keep to their side
    attrition: float | None = None  # of people or units, lost
    attrition_gap: float | None = None  # difference in that between the sides
    imbalance: float | None = None  # largest standardised difference before the start
    side_effects_measured: bool = False
    chosen_by_outcome: bool = False  # units try because their figures were bad (or good)
    result: Result | None = None


@dataclass(frozen=True)
class Needs:
    """What data a design needs, and what it tolerates; beyond twice a tolerance costs two steps."""

    chart_points: int = 12
    series_points: int = 8  # on either side of the start
    units: int = 8
    p_value: float = 0.05  # that the clearest outcome must be able to reach
    crossover: float = 0.10
    attrition: float = 0.20
    attrition_gap: float = 0.10
    imbalance: float = 0.25


@dataclass(frozen=True)
class Deduction:
    reason: Reason
    steps: int
    value: float | None = None  # None where it is not known, or no number
    allowed: float | None = None


@dataclass(frozen=True)
class Graded:
    """A grade with all that led to it: the design's own, less the deductions, never under the floor."""

    grade: Grade
    by_design: Grade
    floor: Grade
    deductions: tuple[Deduction, ...]


@dataclass(frozen=True)
class Combined:
    """Trials of the same way of working taken together (random effects)."""

    trials: int
    estimate: float
    error: float  # Hartung-Knapp, never below the ordinary one
    low: float
    high: float
    between: float  # standard deviation of true effects between places, tau
    inconsistency: float  # I²: share of the spread that is not chance, 0 to 1
    q: float
    prediction: tuple[float, float] | None  # where the effect in the next place lies; None under three trials


@dataclass(frozen=True)
class Effect:
    """How large, against the smallest that is worth while. Positive is better, whatever the measure."""

    outcome: Outcome
    estimate: float | None
    low: float | None
    high: float | None
    times_worthwhile: float | None


@dataclass(frozen=True)
class Security:
    """How sure the size is: apart from the grade, which is about the cause."""

    certainty: Certainty
    within: float | None  # half the width of the interval (for several trials: of the prediction)
    trials: int
    doers: int  # who carried them out, counted once each
    inconsistency: float | None


@dataclass(frozen=True)
class Cost:
    """What it takes for one unit."""

    unit: CostUnit
    start: float
    yearly: float
    level: CostLevel

    @property
    def first_year(self) -> float:
        return self.start + self.yearly


@dataclass(frozen=True)
class Use:
    """How far the way of working has come in use."""

    is_described: bool = False
    adopted_by: tuple[Hashable, ...] = ()  # who have it in ordinary use after a decision
    has_manual: bool = False
    is_followed_up: bool = False  # in ordinary use, still


@dataclass(frozen=True)
class Matured:
    maturity: Maturity
    lacks: tuple[Requirement, ...]  # for the next step


@dataclass(frozen=True)
class Method:
    """A way of working, with all its trials. `worthwhile`: smallest effect worth having, above 0."""

    originator: Hashable
    trials: tuple[Trial, ...] = ()
    use: Use = Use()
    has_logic: bool = False
    higher_is_better: bool = True
    worthwhile: float | None = None
    cost: Cost | None = None


@dataclass(frozen=True)
class Evidence:
    """Grade and maturity side by side; effect, security and cost as three values that are never one."""

    graded: Graded
    independent: int  # who have credible trials of it, counted once each
    replications: int  # by others than the originator, in places of their own
    maturity: Matured
    effect: Effect
    security: Security
    cost: Cost | None
    combined: Combined | None
    based_on: tuple[Hashable, ...]  # trials behind effect and security
