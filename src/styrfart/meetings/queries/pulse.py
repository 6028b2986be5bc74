"""The pulse: whether somebody may answer, what is left to answer, and what has been released."""

from dataclasses import dataclass

from django.http import Http404

from styrfart.meetings.models import (
    Meeting,
    PulseInvitation,
    PulseQuestion,
    PulseRelease,
)
from styrfart.meetings.queries.access import meeting_for
from styrfart.people.models import Team
from styrfart.people.standing import User, standing


@dataclass(frozen=True)
class PulseRow:
    """A question, its latest pooled mean and the one before."""

    question: PulseQuestion
    value: float
    earlier: float | None


@dataclass(frozen=True)
class PulseShown:
    """What the team sees of its pulse: the latest release, and each question beside the one before."""

    latest: PulseRelease
    rows: list[PulseRow]


def pulse_to_answer(user: User, team: str, day: str) -> tuple[Meeting, PulseInvitation]:
    """The meeting and the user's own invitation to its pulse; 404 to whoever was not there."""
    meeting = meeting_for(user, team, day)
    invitation = PulseInvitation.objects.filter(meeting=meeting, person=standing(user).person_id).first()
    if invitation is None:
        raise Http404
    return meeting, invitation


def pulse_shown(team: Team) -> PulseShown | None:
    """The latest release of the team beside the one before, or None when there is none. One query."""
    releases = list(
        PulseRelease.objects.filter(team=team).select_related("first_meeting", "last_meeting")[:2]
    )
    if not releases:
        return None
    latest, before = releases[0], releases[1] if len(releases) > 1 else None
    rows = [
        PulseRow(question, latest.means[question], before.means.get(question) if before else None)
        for question in PulseQuestion
        if question in latest.means
    ]
    return PulseShown(latest, rows)
