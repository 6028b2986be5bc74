"""How much is known about a way of working: how sure of the cause, of the size, and at what cost?

The grade from 0 to 5 is computed from design and data, never chosen, and never from the effect; the maturity
stands beside it. This package imports NumPy and SciPy where trials are combined: a web worker imports it in
the function that calculates (`styrfart.kernel.evidence.values` has the types alone).
"""

from styrfart.kernel.evidence.combining import combine
from styrfart.kernel.evidence.grading import grade_method, grade_trial, smallest_p_value
from styrfart.kernel.evidence.values import (
    Certainty,
    Combined,
    Cost,
    CostLevel,
    CostUnit,
    Deduction,
    Design,
    Effect,
    Evidence,
    Grade,
    Graded,
    Matured,
    Maturity,
    Method,
    Needs,
    Outcome,
    Reason,
    Registration,
    Requirement,
    Result,
    Security,
    Trial,
    Use,
)
from styrfart.kernel.evidence.weighing import cost_of, effect_of, evidence_of, maturity_of

__all__ = [
    "Certainty",
    "Combined",
    "Cost",
    "CostLevel",
    "CostUnit",
    "Deduction",
    "Design",
    "Effect",
    "Evidence",
    "Grade",
    "Graded",
    "Matured",
    "Maturity",
    "Method",
    "Needs",
    "Outcome",
    "Reason",
    "Registration",
    "Requirement",
    "Result",
    "Security",
    "Trial",
    "Use",
    "combine",
    "cost_of",
    "effect_of",
    "evidence_of",
    "grade_method",
    "grade_trial",
    "maturity_of",
    "smallest_p_value",
]
