"""Who should be in which group, when each meets, and how near the best that is.

`form` partitions people under hard rules (sizes, a common free slot, the line, exclusions, earlier
meetings, limits, fixed members) by weighted criteria; `regroup` mends a grouping with few moves; `Explainer`
says why and why not; `effect_of_swap` and `effect_of_move` what a change by hand does. `diversity` holds the
plain maximally diverse grouping problem on a distance matrix.
"""

from styrfart.kernel.groups.counting import certify
from styrfart.kernel.groups.diversity import Diverse, Engine, Search, best_sizes, diversity
from styrfart.kernel.groups.explaining import Explainer, effect_of_move, effect_of_swap
from styrfart.kernel.groups.forming import form
from styrfart.kernel.groups.kinds import (
    Apart,
    Because,
    Breach,
    Certificate,
    Effect,
    Grouping,
    Impossible,
    Kind,
    Reason,
    Refusal,
    Regrouping,
    Unplaced,
    Why,
)
from styrfart.kernel.groups.problem import Criterion, Limit, Problem, pairs_of
from styrfart.kernel.groups.regrouping import regroup

__all__ = [
    "Apart",
    "Because",
    "Breach",
    "Certificate",
    "Criterion",
    "Diverse",
    "Effect",
    "Engine",
    "Explainer",
    "Grouping",
    "Impossible",
    "Kind",
    "Limit",
    "Problem",
    "Reason",
    "Refusal",
    "Regrouping",
    "Search",
    "Unplaced",
    "Why",
    "best_sizes",
    "certify",
    "diversity",
    "effect_of_move",
    "effect_of_swap",
    "form",
    "pairs_of",
    "regroup",
]
