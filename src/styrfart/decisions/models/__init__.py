"""Decisions and actions on their way to effect."""

from styrfart.decisions.models.action import Action
from styrfart.decisions.models.decision import (
    UNDO_FOR,
    Authority,
    Decision,
    DecisionQuerySet,
    DecisionStep,
    EffectVerdict,
    Participant,
    Progress,
    ProgressKind,
    Recipient,
)
from styrfart.decisions.models.reminder import Reminder, ReminderKind

__all__ = [
    "UNDO_FOR",
    "Action",
    "Authority",
    "Decision",
    "DecisionQuerySet",
    "DecisionStep",
    "EffectVerdict",
    "Participant",
    "Progress",
    "ProgressKind",
    "Recipient",
    "Reminder",
    "ReminderKind",
]
