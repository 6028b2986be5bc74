"""Minutes: fetching is authorising. Drafts are for the room; approved minutes for all who were expected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import Http404
from django.utils import timezone

from styrfart.meetings import rules
from styrfart.meetings.documents.shown import Document, shown
from styrfart.meetings.models import (
    Meeting,
    MeetingState,
    Minutes,
    MinutesSection,
    MinutesState,
)
from styrfart.meetings.queries.access import meeting_for, meeting_to_minute
from styrfart.meetings.queries.minutes_reading import Reading, content_now
from styrfart.meetings.queries.recorded import sections_of
from styrfart.people.standing import User, standing
from styrfart.shared.addresses import reverse
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


def address_of_minutes(minutes: Minutes) -> str:
    """Where they are read; `meeting` and its `team` are fetched."""
    return reverse("meetings:minutes", args=[minutes.meeting.team.slug, minutes.meeting.slug])
