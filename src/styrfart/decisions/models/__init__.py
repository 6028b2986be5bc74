"""Decisions and actions on their way to effect."""

from styrfart.decisions.models.action import Action
from styrfart.decisions.models.decision import (
    Authority,
    Decision,
    DecisionStep,
    EffectVerdict,
    Participant,
    Progress,
    Recipient,
)

__all__ = [
    "Action",
    "Authority",
    "Decision",
    "DecisionStep",
    "EffectVerdict",
    "Participant",
    "Progress",
    "Recipient",
]
