"""Who was there, corrected while the minutes are being written."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from styrfart.meetings import rules
from styrfart.meetings.actions.minutes import locked_minutes
from styrfart.meetings.facts_minutes import MinutesHaveMovedOn, MinutesRefused
from styrfart.meetings.models import Attendee, Meeting, Minutes, MinutesState
from styrfart.meetings.queries.minutes_writing import known_of, moment_of
from styrfart.people.models import Person
from styrfart.shared import audit


class AttendanceHasMovedOn(MinutesRefused):
    """Somebody else corrected it meanwhile; `attendee` is what stands there now."""

    def __init__(self, attendee: Attendee) -> None:
        super().__init__(attendee.pk)
        self.attendee = attendee


@transaction.atomic
def correct_attendance(
    *,
    minutes: Minutes,
    attendee: Attendee,
    presence: str,
    excuse: str,
    arrived: dt.time | None,
    left: dt.time | None,
    known: str,
    actor: Person,
) -> Attendee:
    """Write down how it was; only while the minutes are being written."""
    minutes = locked_minutes(minutes)
    if not rules.can_minute(actor, minutes.meeting):
        raise PermissionDenied
    if minutes.state != MinutesState.DRAFT:
        raise MinutesHaveMovedOn
    found = (
        Attendee.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person")
        .get(pk=attendee.pk, meeting=minutes.meeting)
    )
    if known_of(found) != known:
        raise AttendanceHasMovedOn(found)
    before = found.presence
    found.presence, found.excuse = presence, excuse.strip()
    found.arrived_at = _at(minutes.meeting, arrived, found.arrived_at)
    found.left_at = _at(minutes.meeting, left, found.left_at)
    found.save(update_fields=["presence", "excuse", "arrived_at", "left_at"])
    Minutes.objects.filter(pk=minutes.pk).update(revision=F("revision") + 1)
    Meeting.objects.filter(pk=minutes.meeting_id).update(tick=F("tick") + 1)
    audit.record(
        "meetings.correct_attendance",
        minutes,
        actor=actor,
        concerns=[found.person],
        detail={"presence": [before, presence]} if before != presence else {},
    )
    return found


def _at(meeting: Meeting, time: dt.time | None, known: dt.datetime | None) -> dt.datetime | None:
    """The moment of the meeting; what was known to the second stays when the minute is the same."""
    if time is None:
        return None
    if known and timezone.localtime(known).time().replace(second=0, microsecond=0) == time:
        return known
    return moment_of(meeting, time)
