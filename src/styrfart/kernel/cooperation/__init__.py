"""Do the departments work together, and more than before?

Ties come from joint matters and decisions, hand-overs and deliveries. `share_across` holds what crosses
against what chance would give, `modularity` and `reciprocity` describe the pattern, `promises_kept` counts
the first promised day, `change` compares two periods with an interval, and `shown_pairs` says what may be
shown of each pair of departments.
"""

from styrfart.kernel.cooperation.changing import change, change_in_promises
from styrfart.kernel.cooperation.measures import modularity, reciprocity, share_across, strengths
from styrfart.kernel.cooperation.pairs import Group, Layout, Pair, PairTable, Shown, shown_pairs
from styrfart.kernel.cooperation.promises import promises_kept, wilson
from styrfart.kernel.cooperation.ties import (
    Across,
    Change,
    Kept,
    Kind,
    Measure,
    Period,
    Promise,
    Reciprocity,
    Tie,
    Verdict,
    joint_ties,
)

__all__ = [
    "Across",
    "Change",
    "Group",
    "Kept",
    "Kind",
    "Layout",
    "Measure",
    "Pair",
    "PairTable",
    "Period",
    "Promise",
    "Reciprocity",
    "Shown",
    "Tie",
    "Verdict",
    "change",
    "change_in_promises",
    "joint_ties",
    "modularity",
    "promises_kept",
    "reciprocity",
    "share_across",
    "shown_pairs",
    "strengths",
    "wilson",
]
