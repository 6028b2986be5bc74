"""What may be shown of a survey, so that nobody can work out the answers of fewer than k people.

`release` goes from answers in memory to rows, means, distributions and indices with their certificates;
`split_answers` adds one-way splits (`split` for numbers alone, `split_beside` for a second one); `admit`
(and `earlier=` of `release`) holds everything ever released of the same answers together as one system;
`plan` tells before launch what will be reported. Two independent audits: the exact ones (`audit`,
`audit_items`, and the cuts in each certificate) and an attacker with a linear program (`attack_groups`,
`attack_numbers`). Thresholds are arguments. Imports NumPy and SciPy: a web worker imports it in the
function that calculates.

Who reads is taken to know everything published, the rules, how many people there are in every cell, who
belongs where, and which cells are empty; and to combine published sums with any coefficients. Means are taken
to be exact, though they are rounded. What nobody may get at is a combination of the answers of 1 to k - 1
people, or of a group that is of one mind. What this does not protect from: people who tell each other what
they answered, and knowledge about answers that does not come from what is published.
"""

from styrfart.kernel.release.admission import Admission, admit
from styrfart.kernel.release.attack import (
    Interval,
    Reach,
    Statements,
    attack_groups,
    attack_numbers,
    groups_of,
    statements,
)
from styrfart.kernel.release.forest import Forest
from styrfart.kernel.release.items import audit_items
from styrfart.kernel.release.plan import Plan, plan
from styrfart.kernel.release.publish import K_DETAIL, K, Release, release, rounded_means
from styrfart.kernel.release.rows import Cluster, Rows, audit, protect
from styrfart.kernel.release.split_answers import split_answers
from styrfart.kernel.release.splits import Split, part_of, split, split_beside
from styrfart.kernel.release.tally import tally
from styrfart.kernel.release.values import Certificate, Method, Mode, Reason, Shown

__all__ = [
    "K_DETAIL",
    "Admission",
    "Certificate",
    "Cluster",
    "Forest",
    "Interval",
    "K",
    "Method",
    "Mode",
    "Plan",
    "Reach",
    "Reason",
    "Release",
    "Rows",
    "Shown",
    "Split",
    "Statements",
    "admit",
    "attack_groups",
    "attack_numbers",
    "audit",
    "audit_items",
    "groups_of",
    "part_of",
    "plan",
    "protect",
    "release",
    "rounded_means",
    "split",
    "split_answers",
    "split_beside",
    "statements",
    "tally",
]
