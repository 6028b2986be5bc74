"""Fetching is authorising: 404 to outsiders, 403 to those who may see but not do."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from styrfart.meetings import rules
from styrfart.meetings.models import Meeting, MeetingAddress
from styrfart.people import queries as people
from styrfart.people.models import Team
from styrfart.people.standing import User
from styrfart.shared.prepared import PreparedObjects

_MEETING: PreparedObjects[Meeting] = PreparedObjects(
    lambda team, slug: Meeting.objects.filter(team__slug=team, slug=slug).order_by(),
    ("team__unit", "kind", "series", "leader", "secretary"),
    team=str,
    slug=str,
)


class HasMoved(Exception):
    """The meeting is held another day than the address says; `meeting` knows its new one."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting.slug)
        self.meeting = meeting


def team_for(user: User, slug: str) -> Team:
    """The team whose meetings `user` sees; 403 to those who may enter its room but not its meetings."""
    team = people.team_for(user, slug)
    if not rules.can_see_meetings(user, team):
        raise PermissionDenied
    return team


def team_to_plan(user: User, slug: str) -> Team:
    """The team whose meetings `user` plans; 403 to others in the room."""
    team = team_for(user, slug)
    if not rules.can_plan(user, team):
        raise PermissionDenied
    return team


def meeting_for(user: User, team: str, slug: str) -> Meeting:
    """The meeting, for the team and for those who are expected at it. Raises `HasMoved`."""
    meeting = _MEETING.first(team=team, slug=slug) or _moved(team, slug)
    if meeting is None or not (
        rules.can_see_meetings(user, meeting.team)
        or Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
    ):
        raise Http404
    if meeting.slug != slug:
        raise HasMoved(meeting)
    return meeting


def meeting_to_plan(user: User, team: str, slug: str) -> Meeting:
    """The meeting, for those who plan the team's meetings; 403 to others who see it."""
    meeting = meeting_for(user, team, slug)
    if not rules.can_plan(user, meeting.team):
        raise PermissionDenied
    return meeting


def meeting_to_lead(user: User, team: str, slug: str) -> Meeting:
    """The meeting, for those who may move the group on; 403 to others who see it."""
    meeting = meeting_for(user, team, slug)
    if not rules.can_lead(user, meeting):
        raise PermissionDenied
    return meeting


def meeting_to_minute(user: User, team: str, slug: str) -> Meeting:
    """The meeting, for those who keep its record; 403 to others who see it."""
    meeting = meeting_for(user, team, slug)
    if not rules.can_minute(user, meeting):
        raise PermissionDenied
    return meeting


def _moved(team: str, slug: str) -> Meeting | None:
    """The meeting that had this address before it was moved."""
    old = MeetingAddress.objects.filter(team__slug=team, slug=slug).order_by("-pk").first()
    return (
        Meeting.objects.select_related("team__unit", "leader").filter(pk=old.meeting_id).first()
        if old
        else None
    )
