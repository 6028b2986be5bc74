"""What is written in minutes: drafts fetched for whoever keeps the record."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from styrfart.meetings import rules
from styrfart.meetings.models import THERE, Attendee, AttendeeRole, Meeting, Minutes, MinutesSection
from styrfart.meetings.queries.minutes import latest_to_minute
from styrfart.meetings.queries.minutes_reading import Reading, content_now
from styrfart.meetings.queries.recorded import sections_of
from styrfart.people.models import Person, TeamMember, TeamRole
from styrfart.people.standing import User, standing


def minutes_to_correct(user: User, team: str, day: str) -> Minutes:
    """The approved minutes, for who keeps the record; 403 to others, and while a version is being written."""
    found = latest_to_minute(user, team, day)
    if not rules.can_correct(user, found):
        raise PermissionDenied
    return found


@dataclass(frozen=True)
class HandingOver:
    """The minutes that are to be handed over, and to whom they can be."""

    minutes: Minutes
    approvers: list[Person]
    checkers: list[Person]

    @property
    def only_approver(self) -> Person | None:
        """Who approves, when nobody else can."""
        return self.approvers[0] if len(self.approvers) == 1 else None


def handing_over_for(user: User, team: str, day: str) -> HandingOver:
    """The draft, for who keeps the record: approved by the chair or who led, checked by who was there."""
    minutes = latest_to_minute(user, team, day)
    if not rules.can_write_minutes(user, minutes):
        raise PermissionDenied
    meeting = minutes.meeting
    chairs = TeamMember.objects.on(standing(user).day).filter(team=meeting.team_id, role=TeamRole.CHAIR)
    approvers = {seat.person_id: seat.person for seat in chairs.select_related("person").order_by("pk")}
    if rules.can_see_meetings(meeting.leader, meeting.team):
        approvers.setdefault(meeting.leader_id, meeting.leader)
    checkers: list[Person] = []
    if meeting.kind and meeting.kind.has_checker:
        there = meeting.attendees.filter(presence__in=THERE).exclude(role=AttendeeRole.GUEST)
        seats = there.exclude(person=meeting.secretary_id).select_related("person").order_by("pk")
        checkers = [seat.person for seat in seats]
    return HandingOver(minutes, list(approvers.values()), checkers)


def known_of(attendee: Attendee) -> str:
    """What a form about somebody's attendance has seen."""
    at = [moment.isoformat() if moment else "" for moment in (attendee.arrived_at, attendee.left_at)]
    return "|".join([attendee.presence, attendee.excuse, *at])


def moment_of(meeting: Meeting, time: dt.time) -> dt.datetime:
    """When it was that time by the clock: the day it began, or the night after when it went over midnight."""
    began = timezone.localtime(meeting.opened_at or meeting.begins)
    ended = timezone.localtime(meeting.ended_at or meeting.ends)
    is_after_midnight = ended.date() > began.date() and time <= ended.time() and time < began.time()
    day = began.date() + dt.timedelta(days=1) if is_after_midnight else began.date()
    return timezone.make_aware(dt.datetime.combine(day, time))


def attendee_to_correct(user: User, team: str, day: str, pk: int) -> tuple[Minutes, Attendee]:
    """The draft and somebody who was expected, for who keeps the record."""
    minutes = latest_to_minute(user, team, day)
    if not rules.can_write_minutes(user, minutes):
        raise PermissionDenied
    found = minutes.meeting.attendees.filter(pk=pk).select_related("person").first()
    if found is None:
        raise Http404
    return minutes, found


def section_to_edit(user: User, team: str, day: str, pk: int) -> MinutesSection:
    """A part of the draft, for who keeps the record. 404 for one whose words the reader may not read."""
    minutes = latest_to_minute(user, team, day)
    found = next((one for one in sections_of(minutes) if one.pk == pk), None)
    if found is None:
        raise Http404
    found.minutes = minutes
    if pk in Reading(user, minutes.meeting).secrets(minutes, content_now(minutes)).left_out:
        raise PermissionDenied
    return found
