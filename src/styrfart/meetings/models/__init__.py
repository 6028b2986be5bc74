"""Meetings: how a team meets, what it takes up, what happened, and what was written of it."""

from styrfart.meetings.models.agenda import (
    LEFT,
    Advice,
    AgendaItem,
    ItemMaterial,
    ItemSource,
    ItemState,
    RoundKind,
)
from styrfart.meetings.models.calendar import CalendarChoice, CalendarKey, Invitation
from styrfart.meetings.models.live import Entry, EntryKind, Exclusion, Position, Ready, Stance
from styrfart.meetings.models.meeting import (
    COMING,
    THERE,
    Attendee,
    AttendeeRole,
    Meeting,
    MeetingAddress,
    MeetingState,
    Presence,
)
from styrfart.meetings.models.minutes import Minutes, MinutesAttachment, MinutesSection, MinutesState
from styrfart.meetings.models.pulse import (
    PULSE_OPEN_FOR,
    PulseInvitation,
    PulseQuestion,
    PulseRelease,
    PulseTally,
)
from styrfart.meetings.models.structure import (
    LONGEST,
    SHORTEST,
    MeetingKind,
    Rhythm,
    RotaPlace,
    Series,
    StandingItem,
)
from styrfart.meetings.models.wheel import ReportingPeriod, WheelItem, WheelYear

__all__ = [
    "COMING",
    "LEFT",
    "LONGEST",
    "PULSE_OPEN_FOR",
    "SHORTEST",
    "THERE",
    "Advice",
    "AgendaItem",
    "Attendee",
    "AttendeeRole",
    "CalendarChoice",
    "CalendarKey",
    "Entry",
    "EntryKind",
    "Exclusion",
    "Invitation",
    "ItemMaterial",
    "ItemSource",
    "ItemState",
    "Meeting",
    "MeetingAddress",
    "MeetingKind",
    "MeetingState",
    "Minutes",
    "MinutesAttachment",
    "MinutesSection",
    "MinutesState",
    "Position",
    "Presence",
    "PulseInvitation",
    "PulseQuestion",
    "PulseRelease",
    "PulseTally",
    "Ready",
    "ReportingPeriod",
    "Rhythm",
    "RotaPlace",
    "RoundKind",
    "Series",
    "Stance",
    "StandingItem",
    "WheelItem",
    "WheelYear",
]
