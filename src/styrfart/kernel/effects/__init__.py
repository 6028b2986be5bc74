"""Did the new way of working do what was hoped for, and how sure can one be?

Each design has the smallest effect that it can see, told before it starts (`planning`); an estimate with its
interval, its p value and the least p value that the design could have given; the refusals of a design that
is too small; and cautions. `judge` turns them into one of five verdicts.
"""

from styrfart.kernel.effects.balance import Balance, Crossover, balance, crossover
from styrfart.kernel.effects.difference import Difference, difference
from styrfart.kernel.effects.lots import Lot
from styrfart.kernel.effects.matched import Matched, Matching, Pairs, match, matched
from styrfart.kernel.effects.planning import (
    Binomial,
    Tails,
    binomial_variance,
    change_spread,
    least_p,
    plan_difference,
    plan_matched,
    plan_randomised,
    power_of,
    reached_level,
    simulate,
    smallest_effect,
    unit_spread,
)
from styrfart.kernel.effects.planning_wedge import plan_wedge, simulate_wedge, wedge_power
from styrfart.kernel.effects.randomised import Compared, randomised
from styrfart.kernel.effects.registration import (
    Conclusion,
    Outcome,
    Plan,
    conclude,
    fingerprint,
    lock_refusals,
)
from styrfart.kernel.effects.regression import Errors, Fit, least_squares
from styrfart.kernel.effects.sensitivity import Bound, bound, tolerated
from styrfart.kernel.effects.series import SeriesEffect, controlled_series, interrupted_series
from styrfart.kernel.effects.series_errors import SeriesErrors
from styrfart.kernel.effects.series_model import Impact, Season
from styrfart.kernel.effects.series_plan import plan_series
from styrfart.kernel.effects.side_effects import Assessed, Harm, SideEffect, assess, holm
from styrfart.kernel.effects.staggered import (
    NEVER,
    Base,
    Comparison,
    GroupTimeEffects,
    Panel,
    WeightPeriod,
    group_time_effects,
)
from styrfart.kernel.effects.staggered_aggregate import Aggregated, Aggregation, aggregate
from styrfart.kernel.effects.staggered_cells import Adjustment
from styrfart.kernel.effects.staggered_effect import StaggeredEffect, staggered_effect
from styrfart.kernel.effects.staggered_inference import Band, PreTrend, pre_trend, uniform_band
from styrfart.kernel.effects.staggered_plan import Noise, Rollout, noise_of, plan_staggered
from styrfart.kernel.effects.two_way import two_way_effect, two_way_table
from styrfart.kernel.effects.values import (
    Caution,
    Design,
    Detectable,
    Direction,
    Estimate,
    Interval,
    Method,
    Refusal,
    Scale,
    Verdict,
)
from styrfart.kernel.effects.verdict import Because, Judgement, Size, judge
from styrfart.kernel.effects.wedge import Exposure, Exposures, Orders, Wedge, draw_orders, stepped_wedge
from styrfart.kernel.effects.wedge_model import Components, closed_form_variance

__all__ = [
    "NEVER",
    "Adjustment",
    "Aggregated",
    "Aggregation",
    "Assessed",
    "Balance",
    "Band",
    "Base",
    "Because",
    "Binomial",
    "Bound",
    "Caution",
    "Compared",
    "Comparison",
    "Components",
    "Conclusion",
    "Crossover",
    "Design",
    "Detectable",
    "Difference",
    "Direction",
    "Errors",
    "Estimate",
    "Exposure",
    "Exposures",
    "Fit",
    "GroupTimeEffects",
    "Harm",
    "Impact",
    "Interval",
    "Judgement",
    "Lot",
    "Matched",
    "Matching",
    "Method",
    "Noise",
    "Orders",
    "Outcome",
    "Pairs",
    "Panel",
    "Plan",
    "PreTrend",
    "Refusal",
    "Rollout",
    "Scale",
    "Season",
    "SeriesEffect",
    "SeriesErrors",
    "SideEffect",
    "Size",
    "StaggeredEffect",
    "Tails",
    "Verdict",
    "Wedge",
    "WeightPeriod",
    "aggregate",
    "assess",
    "balance",
    "binomial_variance",
    "bound",
    "change_spread",
    "closed_form_variance",
    "conclude",
    "controlled_series",
    "crossover",
    "difference",
    "draw_orders",
    "fingerprint",
    "group_time_effects",
    "holm",
    "interrupted_series",
    "judge",
    "least_p",
    "least_squares",
    "lock_refusals",
    "match",
    "matched",
    "noise_of",
    "plan_difference",
    "plan_matched",
    "plan_randomised",
    "plan_series",
    "plan_staggered",
    "plan_wedge",
    "power_of",
    "pre_trend",
    "randomised",
    "reached_level",
    "simulate",
    "simulate_wedge",
    "smallest_effect",
    "staggered_effect",
    "stepped_wedge",
    "tolerated",
    "two_way_effect",
    "two_way_table",
    "uniform_band",
    "unit_spread",
    "wedge_power",
]
