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

__all__ = [
    "HasMoved",
    "meeting_for",
    "meeting_to_lead",
    "meeting_to_minute",
    "meeting_to_plan",
    "team_for",
    "team_to_plan",
]
