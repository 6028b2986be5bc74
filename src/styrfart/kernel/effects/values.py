"""The values that every design of a trial shares: what was estimated, what was refused, what to beware of.

Without NumPy: enums and frozen dataclasses of plain numbers.
"""

from dataclasses import dataclass, replace
from enum import Enum
from math import inf, isinf

LEVEL = 0.05  # two-sided; what may be called clear
LEVELS = (0.95, 0.90)  # of the intervals that every estimate carries, widest first
LEAST_UNITS = 8  # below, only description: see `Refusal.TOO_FEW_UNITS`
LEAST_POINTS = 8  # on either side of a change in a series


class Direction(Enum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"

    @property
    def sign(self) -> int:
        return 1 if self is Direction.HIGHER else -1


class Scale(Enum):
    """What the number of an effect means. An effect of 0 is no effect on both."""

    DIFFERENCE = "difference"  # in the outcome's unit
    LOG_RATIO = "log_ratio"  # the natural logarithm of a ratio


class Design(Enum):
    """How those who started came to be compared with others."""

    RANDOMISED = "randomised"
    STEPPED_WEDGE = "stepped_wedge"  # everybody starts, in an order drawn by lot
    STAGGERED = "staggered"  # everybody's start is known, none was drawn by lot
    DIFFERENCE = "difference"  # one start, before and after, with others who did not start
    CONTROLLED_SERIES = "controlled_series"
    SERIES = "series"  # nobody to compare with
    MATCHED = "matched"

    @property
    def is_randomised(self) -> bool:
        return self in {Design.RANDOMISED, Design.STEPPED_WEDGE}


class Method(Enum):
    """Where the p value and the intervals come from."""

    DESCRIPTION = "description"  # there are none
    PERMUTATION = "permutation"  # of every allocation that the lot could have given
    PERMUTATION_SAMPLED = "permutation_sampled"  # of a seeded sample of them
    SIGN_FLIPS = "sign_flips"  # of every exchange within pairs
    SIGN_FLIPS_SAMPLED = "sign_flips_sampled"
    STUDENT_T = "student_t"
    GENERALISED_LEAST_SQUARES = "generalised_least_squares"
    INFLUENCE_FUNCTION = "influence_function"
    MULTIPLIER_BOOTSTRAP = "multiplier_bootstrap"
    NEWEY_WEST = "newey_west"
    QUASI_POISSON = "quasi_poisson"
    CLUSTER_ROBUST = "cluster_robust"


class Refusal(Enum):
    """Why there is no p value and no interval, only description; or why a plan should not start."""

    TOO_FEW_UNITS = "too_few_units"  # fewer than eight, where the usual intervals are far too narrow
    TOO_FEW_TREATED = "too_few_treated"
    TOO_FEW_COMPARED = "too_few_compared"
    TOO_FEW_POINTS_BEFORE = "too_few_points_before"
    TOO_FEW_POINTS_AFTER = "too_few_points_after"
    TOO_FEW_PEOPLE = "too_few_people"  # fewer than twice the survey's smallest group
    LEVEL_OUT_OF_REACH = "level_out_of_reach"  # not even the most extreme outcome gives so small a p
    EFFECT_OUT_OF_REACH = "effect_out_of_reach"  # what is worthwhile is smaller than what can be seen
    NO_COMPARISON = "no_comparison"  # nobody is untreated at the same time
    NO_POINT_BEFORE = "no_point_before"  # a unit without any period before its start
    NO_VARIATION = "no_variation"  # every unit has the same value
    NO_MATCHES = "no_matches"
    NOT_LOCKED = "not_locked"  # an outcome was read before the plan was locked
    PLAN_DIFFERS = "plan_differs"  # what was analysed is not what was locked


class Caution(Enum):
    """What somebody who reads the estimate must know."""

    NO_RANDOMISATION = "no_randomisation"
    NO_COMPARISON = "no_comparison"  # one series, no control
    IMBALANCE = "imbalance"  # groups differed before the start
    CROSSOVER = "crossover"  # units that did not do what they were allotted
    LEAKAGE = "leakage"  # units that were compared with took up some of it
    ATTRITION = "attrition"  # units that are missing at the end
    REGRESSION_TO_THE_MEAN = "regression_to_the_mean"  # the worst were chosen because they were the worst
    TRENDS_DIFFERED = "trends_differed"  # before the start
    ANTICIPATION = "anticipation"  # something happened just before the start
    EFFECT_VARIES_WITH_EXPOSURE = "effect_varies_with_exposure"  # it grows or fades after the start
    EFFECT_VARIES_BETWEEN_GROUPS = "effect_varies_between_groups"
    HIDDEN_BIAS = "hidden_bias"  # a modest unseen difference would explain it
    UNMATCHED = "unmatched"  # some found nobody like them
    DEPENDS_ON_ONE_UNIT = "depends_on_one_unit"  # without it the effect has the other sign
    METHODS_DISAGREE = "methods_disagree"  # the check says something else than the main method
    FEW_UNITS = "few_units"  # enough to calculate, too few to be sure of the standard error
    FEW_POINTS = "few_points"
    AUTOCORRELATION = "autocorrelation"  # more than the standard error allows for
    OVERDISPERSION = "overdispersion"
    SEASON_UNSEEN = "season_unseen"  # less than two whole years before the start
    SIDE_EFFECT_WORSE = "side_effect_worse"
    SIDE_EFFECT_UNCERTAIN = "side_effect_uncertain"  # harm of the margin's size cannot be ruled out


class Verdict(Enum):
    """The five words of a trial (domain rules, 5.4)."""

    CLEAR_IMPROVEMENT = "clear_improvement"
    PROBABLE_IMPROVEMENT = "probable_improvement"
    NO_DETECTABLE_DIFFERENCE = "no_detectable_difference"
    DETERIORATION = "deterioration"
    CANNOT_BE_JUDGED = "cannot_be_judged"


@dataclass(frozen=True)
class Interval:
    """Values that the data do not speak against, at a level of confidence. Limits may be infinite."""

    low: float
    high: float
    level: float  # 0.95: two-sided

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def is_endless(self) -> bool:
        return isinf(self.low) or isinf(self.high)


@dataclass(frozen=True)
class Estimate:
    """An effect with its uncertainty, and what that rests on.

    `effect` is the outcome with the trial less the outcome without it, in the outcome's unit (or a logarithm
    of a ratio, by `scale`). `p` is two-sided; `smallest_p` is the least that the design could give whatever
    the outcome (0.0 where a formula has no least). With `refusals` there is neither p nor intervals.
    """

    design: Design
    method: Method
    effect: float
    treated: int  # units
    compared: int  # units
    standard_error: float | None = None
    p: float | None = None
    smallest_p: float = 0.0
    intervals: tuple[Interval, ...] = ()
    scale: Scale = Scale.DIFFERENCE
    refusals: tuple[Refusal, ...] = ()
    cautions: tuple[Caution, ...] = ()
    draws: int = 0  # allocations or bootstrap samples looked at; 0 for a formula
    seed: int | None = None  # where they were sampled
    degrees: float | None = None  # of freedom, for a t reference

    def interval(self, level: float = LEVELS[0]) -> Interval:
        """The interval at `level`; the whole line where there is none at that level."""
        return next((each for each in self.intervals if each.level == level), Interval(-inf, inf, level))

    def warned(self, *cautions: Caution) -> "Estimate":
        """The same with `cautions` added, each once, in the order given."""
        return replace(self, cautions=tuple(dict.fromkeys((*self.cautions, *cautions))))

    def refused(self, *refusals: Refusal) -> "Estimate":
        """The same as a description only: refusals added, p value and intervals taken away."""
        if not refusals:
            return self
        return replace(
            self,
            method=Method.DESCRIPTION,
            standard_error=None,
            p=None,
            intervals=(),
            degrees=None,
            refusals=tuple(dict.fromkeys((*self.refusals, *refusals))),
        )


@dataclass(frozen=True)
class Detectable:
    """The smallest effect that a plan can see, told before it starts.

    `effect` is in the outcome's unit and infinite where no effect whatever can reach the level. `power` is
    the chance of p ≤ `level` (two-sided) when the true effect is `effect`.
    """

    design: Design
    effect: float
    power: float
    level: float
    smallest_p: float
    treated: int
    compared: int
    refusals: tuple[Refusal, ...] = ()
    by_formula: float | None = None  # the textbook's effect, where the test itself gave `effect`
    simulated_power: float | None = None  # at `effect`, where it was asked for
    simulations: int = 0

    @property
    def can_be_seen(self) -> bool:
        return not self.refusals and not isinf(self.effect)
