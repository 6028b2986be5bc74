"""What will be finished by when, how sure is it, and what would help?

A portfolio under capacity and precedence is simulated: `portfolio`, `reference_class`, `dispatch_order`,
`draw`, `schedule`; then `by_date`, `finish_quantiles`, `criticality`, `which_capacity` and `with_arrivals`
ask of it. `score` and `reliability` say how good the answers were when the date has come; `flow` how
deliveries go meanwhile. `plan` makes a plan of a small network and proves how good it is, and
`forecast.solver.prove` proves more when OR-Tools is installed.

This package imports NumPy and SciPy: a room imports it in the function that calculates.
"""

from styrfart.kernel.forecast.arrivals import offered_load, with_arrivals
from styrfart.kernel.forecast.capacity import Gain, which_capacity
from styrfart.kernel.forecast.draws import Draws, draw
from styrfart.kernel.forecast.durations import Durations, pert, reference_class
from styrfart.kernel.forecast.flow import Flow, flow
from styrfart.kernel.forecast.model import Basis, Correlation, Interval, Policy, Proof
from styrfart.kernel.forecast.outcome import (
    ByDate,
    Criticality,
    by_date,
    criticality,
    finish_quantiles,
    homes_by,
)
from styrfart.kernel.forecast.planner import plan
from styrfart.kernel.forecast.portfolio import Portfolio, dispatch_order, portfolio, ranks
from styrfart.kernel.forecast.project import Plan, Project, broken
from styrfart.kernel.forecast.schedule import Run, schedule
from styrfart.kernel.forecast.scores import (
    Reliability,
    Scores,
    Skill,
    crps,
    pinball,
    pit,
    reliability,
    score,
    skill,
    wilson,
)
from styrfart.kernel.forecast.shocks import CommonShock, common_shock

__all__ = [
    "Basis",
    "ByDate",
    "CommonShock",
    "Correlation",
    "Criticality",
    "Draws",
    "Durations",
    "Flow",
    "Gain",
    "Interval",
    "Plan",
    "Policy",
    "Portfolio",
    "Project",
    "Proof",
    "Reliability",
    "Run",
    "Scores",
    "Skill",
    "broken",
    "by_date",
    "common_shock",
    "criticality",
    "crps",
    "dispatch_order",
    "draw",
    "finish_quantiles",
    "flow",
    "homes_by",
    "offered_load",
    "pert",
    "pinball",
    "pit",
    "plan",
    "portfolio",
    "ranks",
    "reference_class",
    "reliability",
    "schedule",
    "score",
    "skill",
    "which_capacity",
    "wilson",
    "with_arrivals",
]
