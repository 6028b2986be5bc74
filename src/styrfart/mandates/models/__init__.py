"""What a team is for, which matters belong to it, and who may decide what."""

from styrfart.mandates.models.delegation import Delegate, DelegationPoint, DelegationScheme, WaitingScheme
from styrfart.mandates.models.mandate import (
    Answer,
    Confirmation,
    Destination,
    Mandate,
    MandateState,
    Question,
    Remark,
    Result,
    Rule,
    TeamType,
    TimeUse,
)

__all__ = [
    "Answer",
    "Confirmation",
    "Delegate",
    "DelegationPoint",
    "DelegationScheme",
    "Destination",
    "Mandate",
    "MandateState",
    "Question",
    "Remark",
    "Result",
    "Rule",
    "TeamType",
    "TimeUse",
    "WaitingScheme",
]
