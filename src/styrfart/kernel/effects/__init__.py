"""Did the new way of working do what was hoped for, and how sure can one be?

Each design has the smallest effect that it can see, told before it starts (`planning`); an estimate with its
interval, its p value and the least p value that the design could have given; the refusals of a design that
is too small; and cautions. `judge` turns them into one of five verdicts.
"""

from styrfart.kernel.effects.regression import Errors, Fit, least_squares
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

__all__ = [
    "Caution",
    "Design",
    "Detectable",
    "Direction",
    "Errors",
    "Estimate",
    "Fit",
    "Interval",
    "Method",
    "Refusal",
    "Scale",
    "Verdict",
    "least_squares",
]
