"""Reads about meetings: fetching is authorising."""

from styrfart.meetings.queries.access import (
    HasMoved,
    meeting_for,
    meeting_to_lead,
    meeting_to_minute,
    meeting_to_plan,
    team_for,
    team_to_plan,
)
from styrfart.meetings.queries.mirror import MeetingMirror, TimeUse, meeting_mirror
from styrfart.meetings.queries.pulse import PulseRow, PulseShown, pulse_shown, pulse_to_answer, pulses_waiting

__all__ = [
    "HasMoved",
    "MeetingMirror",
    "PulseRow",
    "PulseShown",
    "TimeUse",
    "meeting_for",
    "meeting_mirror",
    "meeting_to_lead",
    "meeting_to_minute",
    "meeting_to_plan",
    "pulse_shown",
    "pulse_to_answer",
    "pulses_waiting",
    "team_for",
    "team_to_plan",
]
