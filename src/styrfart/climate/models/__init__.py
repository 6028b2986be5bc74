"""Rounds, who is invited, answers without people, and what was shown. The schema is the promise (ADR 25)."""

from styrfart.climate.models.answers import Answer, Ballot, Comment, UsedLink
from styrfart.climate.models.conditions import SpanLimits
from styrfart.climate.models.conversation import Conversation, SaidAndDone
from styrfart.climate.models.feedback import (
    FeedbackAnswer,
    FeedbackRequest,
    FeedbackShare,
    ReviewRater,
    ReviewShare,
)
from styrfart.climate.models.groups import Group, Invitation
from styrfart.climate.models.instruments import ExternalResult, OwnInstrument
from styrfart.climate.models.national import NationalFigure
from styrfart.climate.models.released import Release, Row
from styrfart.climate.models.rounds import Round, RoundKind, RoundState
from styrfart.climate.models.ways import WayOfWorking, WayShown

__all__ = [
    "Answer",
    "Ballot",
    "Comment",
    "Conversation",
    "ExternalResult",
    "FeedbackAnswer",
    "FeedbackRequest",
    "FeedbackShare",
    "Group",
    "Invitation",
    "NationalFigure",
    "OwnInstrument",
    "Release",
    "ReviewRater",
    "ReviewShare",
    "Round",
    "RoundKind",
    "RoundState",
    "Row",
    "SaidAndDone",
    "SpanLimits",
    "UsedLink",
    "WayOfWorking",
    "WayShown",
]
