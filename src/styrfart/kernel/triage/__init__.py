"""Where a matter belongs, by the mandate of the team and the scheme of delegation.

`propose` answers; a room that asks often keeps what `prepare` returns and calls `propose_prepared`. Answers
are values and enums: the room makes the words.
"""

from styrfart.kernel.triage.likeness import Weights, weights_from
from styrfart.kernel.triage.model import (
    Asked,
    Confidence,
    Considered,
    Delegate,
    Destination,
    Mandate,
    Matter,
    Member,
    Need,
    Path,
    Point,
    Post,
    Proposal,
    Reason,
    ReasonKind,
    Ref,
    Route,
    Rule,
    Scheme,
    Team,
)
from styrfart.kernel.triage.preparing import Prepared, prepare
from styrfart.kernel.triage.proposing import propose, propose_prepared
from styrfart.kernel.triage.thresholds import DEFAULT, Thresholds

__all__ = [
    "DEFAULT",
    "Asked",
    "Confidence",
    "Considered",
    "Delegate",
    "Destination",
    "Mandate",
    "Matter",
    "Member",
    "Need",
    "Path",
    "Point",
    "Post",
    "Prepared",
    "Proposal",
    "Reason",
    "ReasonKind",
    "Ref",
    "Route",
    "Rule",
    "Scheme",
    "Team",
    "Thresholds",
    "Weights",
    "prepare",
    "propose",
    "propose_prepared",
    "weights_from",
]
