"""Does a series over time vary by chance alone, or has something happened, and where?

Run charts with the Anhøj rules, XmR and p-charts with rules 1 and 2, phases that somebody has judged, a
frozen baseline, and a suggestion of where a level may have changed. This package imports NumPy for the
suggestion alone: a web worker imports it in the function that draws.
"""

from styrfart.kernel.charts.anhoej import (
    crossings_needed,
    false_signal_rate,
    longest_allowed,
    rate_given_sides,
    run_chart,
)
from styrfart.kernel.charts.change import suggest_change
from styrfart.kernel.charts.control import p_chart, xmr_chart
from styrfart.kernel.charts.values import (
    Candidate,
    Caution,
    ControlChart,
    ControlPhase,
    Limits,
    Reading,
    Rule,
    RunChart,
    RunPhase,
    Side,
    Signal,
)

__all__ = [
    "Candidate",
    "Caution",
    "ControlChart",
    "ControlPhase",
    "Limits",
    "Reading",
    "Rule",
    "RunChart",
    "RunPhase",
    "Side",
    "Signal",
    "crossings_needed",
    "false_signal_rate",
    "longest_allowed",
    "p_chart",
    "rate_given_sides",
    "run_chart",
    "suggest_change",
    "xmr_chart",
]
