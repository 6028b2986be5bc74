"""Minutes: fetching is authorising. Drafts are for the room; approved minutes for all who were expected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from styrfart.meetings import rules
from styrfart.meetings.documents.shown import Document, shown
from styrfart.meetings.models import (
    THERE,
    Attendee,
    AttendeeRole,
    Meeting,
    MeetingState,
    Minutes,
    MinutesSection,
    MinutesState,
)
from styrfart.meetings.queries.access import meeting_for, meeting_to_minute
from styrfart.meetings.queries.minutes_reading import Reading, content_now, grounds_of, reads_everything
from styrfart.meetings.queries.recorded import sections_of
from styrfart.people.models import Person, TeamMember, TeamRole
from styrfart.people.standing import User, standing
from styrfart.shared.handing_over import retention_words

RECORD_TYPE = "meetings.minutes"
OPEN = (MinutesState.DRAFT, MinutesState.HANDED_OVER)


@dataclass(frozen=True)
class MinutesPage:
    """Everything on the page of minutes, and what the reader may do there."""

    meeting: Meeting
    minutes: Minutes | None = None  # None: nothing to read yet
    versions: Sequence[Minutes] = ()
    document: Document | None = None
    in_part: bool = False
    can_begin: bool = False
    can_write: bool = False
    can_approve: bool = False
    can_check: bool = False
    can_correct: bool = False
    can_register: bool = False
    editors: Mapping[int, MinutesSection] = field(default_factory=dict)

    @property
    def newer(self) -> Minutes | None:
        """An approved version that has taken the place of the one that is shown."""
        if self.minutes is None:
            return None
        later = [one for one in self.versions if one.version > self.minutes.version]
        return next((one for one in later if one.state == MinutesState.APPROVED), None)

    @property
    def earlier(self) -> list[Minutes]:
        """The versions before the one that is shown."""
        return [one for one in self.versions if self.minutes and one.version < self.minutes.version]

    @property
    def being_corrected(self) -> Minutes | None:
        """A newer version that is being written."""
        if self.minutes is None or self.minutes.state != MinutesState.APPROVED:
            return None
        return next((one for one in self.versions if one.state in OPEN), None)

    @property
    def is_late(self) -> bool:
        """Whether the day for approving has passed."""
        waits = self.minutes is not None and self.minutes.state == MinutesState.HANDED_OVER
        by = self.minutes.approve_by if waits and self.minutes else None
        return by is not None and by < timezone.localdate()


def minutes_page(user: User, team: str, day: str, version: int | None = None) -> MinutesPage:
    """The minutes of the meeting as `user` reads them; 404 for a version that is not there for them."""
    meeting = meeting_for(user, team, day)
    reading = Reading(user, meeting)
    minutes = reading.version(version)
    if minutes is None and version is not None:
        raise Http404
    can_minute = rules.can_minute(user, meeting)
    if minutes is None:
        return MinutesPage(meeting, can_begin=can_minute and is_ended(meeting))
    sections = sections_of(minutes) if minutes.state == MinutesState.DRAFT else []
    content = content_now(minutes, sections)
    secrets = reading.secrets(minutes, content)
    can_write = rules.can_write_minutes(user, minutes)
    return MinutesPage(
        meeting=meeting,
        minutes=minutes,
        versions=reading.versions,
        document=shown(
            content,
            minutes,
            grounds=secrets.grounds,
            left_out=secrets.left_out,
            retention=retention_words(RECORD_TYPE)[RECORD_TYPE],
        ),
        in_part=bool(secrets.left_out),
        can_write=can_write,
        can_approve=not secrets.left_out and may_approve(user, minutes),
        can_check=not secrets.left_out and rules.can_check(user, minutes),
        can_correct=rules.can_correct(user, minutes) and minutes == reading.versions[0],
        can_register=rules.can_minute(user, meeting),
        editors={one.pk: one for one in sections} if can_write else {},
    )


def may_approve(user: User, minutes: Minutes) -> bool:
    """Whether `user` is the one to approve, and has not; whoever checks does not also approve."""
    return (
        rules.can_approve(user, minutes)
        and minutes.approver_approved_at is None
        and standing(user).person_id != minutes.checker_id
    )


def may_send_back(user: User, minutes: Minutes) -> bool:
    """Whether `user` is asked to approve or to check."""
    return rules.can_approve(user, minutes) or rules.can_check(user, minutes)


def is_ended(meeting: Meeting) -> bool:
    """Whether minutes can be made of it."""
    return meeting.state == MeetingState.ENDED


def minutes_for(user: User, team: str, day: str, version: int) -> Minutes:
    """This version of the minutes, if `user` may read it."""
    found = Reading(user, meeting_for(user, team, day)).version(version)
    if found is None:
        raise Http404
    return found


def sealed_minutes_for(user: User, team: str, day: str, version: int) -> Minutes:
    """Approved minutes, for whoever may read all of them; 403 to those who may read a part."""
    found = minutes_for(user, team, day, version)
    if found.state != MinutesState.APPROVED:
        raise Http404
    if not reads_everything(user, found):
        raise PermissionDenied
    return found


@dataclass(frozen=True)
class AttachedFile:
    """A file that belongs to minutes."""

    name: str
    title: str

    @property
    def file_name(self) -> str:
        """As it is called where it is saved."""
        suffix = self.name.rpartition(".")[2]
        return f"{self.title}.{suffix}" if suffix != self.name else self.title

    def open(self) -> File[bytes]:
        """Its bytes."""
        return default_storage.open(self.name)


def attachment_for(user: User, team: str, day: str, version: int, position: int) -> AttachedFile:
    """A file that the minutes hold to; 404 for one of a part that the reader may not read."""
    minutes = minutes_for(user, team, day, version)
    content = content_now(minutes)
    left_out = Reading(user, minutes.meeting).secrets(minutes, content).left_out
    hidden = {one["item"]["id"] for one in content["sections"] if one["id"] in left_out and one["item"]}
    for one in content["attachments"]:
        is_open = one["position"] == position and one["item"] not in hidden
        if is_open and one["file"] and default_storage.exists(one["file"]):
            return AttachedFile(one["file"], one["title"])
    raise Http404


def latest_minutes_for(user: User, team: str, day: str) -> Minutes:
    """The newest version that `user` may read."""
    found = Reading(user, meeting_for(user, team, day)).version(None)
    if found is None:
        raise Http404
    return found


def latest_to_minute(user: User, team: str, day: str) -> Minutes:
    """The newest version, for who keeps the record; 403 to others who see the meeting."""
    found = Reading(user, meeting_to_minute(user, team, day)).version(None)
    if found is None:
        raise Http404
    return found


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


def address_of_minutes(minutes: Minutes) -> str:
    """Where they are read; `meeting` and its `team` are fetched."""
    return reverse("meetings:minutes", args=[minutes.meeting.team.slug, minutes.meeting.slug])


def document_for(user: User, minutes: Minutes, *, is_complete: bool) -> Document:
    """The document with everything (403 to those who may not read all of it), or without what is secret."""
    if is_complete and not reads_everything(user, minutes):
        raise PermissionDenied
    return document_of(minutes, is_complete=is_complete)


def document_of(minutes: Minutes, *, is_complete: bool) -> Document:
    """The document, complete or without what is secret, whoever asks."""
    content = content_now(minutes)
    grounds = grounds_of(minutes, content)
    return shown(
        content,
        minutes,
        grounds=grounds,
        left_out=frozenset() if is_complete else frozenset(grounds),
        retention=retention_words(RECORD_TYPE)[RECORD_TYPE],
    )
