"""What a team is for, which matters belong to it, and who may decide what."""

from styrfart.mandates.models.delegation import Delegate, DelegationPoint, DelegationScheme
from styrfart.mandates.models.mandate import (
    Confirmation,
    Destination,
    Mandate,
    MandateState,
    Result,
    Rule,
    TeamType,
)

__all__ = [
    "Confirmation",
    "Delegate",
    "DelegationPoint",
    "DelegationScheme",
    "Destination",
    "Mandate",
    "MandateState",
    "Result",
    "Rule",
    "TeamType",
]
