"""To end a meeting, or to let one that was forgotten end by itself; and what becomes of its matters."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.matters.actions.meeting import adopt_decision, close_as_taken_up
from styrfart.matters.models import ItemPurpose, Matter
from styrfart.meetings import facts_live as facts
from styrfart.meetings import rules
from styrfart.meetings.actions.attendance import close_attendance
from styrfart.meetings.actions.live import leave_current
from styrfart.meetings.actions.minutes import begin_minutes
from styrfart.meetings.actions.pulse import invite_to_pulse
from styrfart.meetings.actions.returning import return_unfinished
from styrfart.meetings.actions.ticking import hold, tick
from styrfart.meetings.models import (
    AgendaItem,
    Attendee,
    Entry,
    EntryKind,
    ItemState,
    Meeting,
    MeetingState,
    Position,
)
from styrfart.people.models import Person
from styrfart.shared import audit
from styrfart.shared.templatetags.words import day

# A meeting that nobody ended is ended so long after its planned end and after the last that happened in it.
FORGOTTEN_AFTER = dt.timedelta(hours=2)


@transaction.atomic
def end_meeting(
    *, meeting: Meeting, actor: Person | None, current_is_done: bool = True, at: dt.datetime | None = None
) -> Meeting:
    """The meeting is over. What was not reached comes back; matters that were taken up get their answer.

    `actor` None: nobody ended it, and it ended `at` the last that happened in it. Twice changes nothing.
    """
    matters = _hold_matters(meeting)  # before the meeting, as wherever both are held
    meeting = hold(meeting)
    if meeting.state == MeetingState.ENDED:
        return meeting
    if meeting.state != MeetingState.OPEN:
        raise facts.MeetingIsNotOpen
    now = at or timezone.now()
    leave_current(meeting, now, ItemState.DONE if current_is_done else ItemState.UNFINISHED)
    meeting.items.filter(state=ItemState.COMING, is_in_writing=False).update(
        state=ItemState.UNFINISHED, revision=F("revision") + 1
    )
    close_attendance(meeting)
    meeting.state, meeting.ended_at, meeting.ended_by = MeetingState.ENDED, now, actor
    meeting.current_item = None
    meeting.save(update_fields=["state", "ended_at", "ended_by", "current_item"])
    _answer(meeting, matters, actor or meeting.leader)
    tick(meeting)
    begin_minutes(meeting=meeting, actor=actor if actor and rules.can_minute(actor, meeting) else None)
    invite_to_pulse(meeting=meeting)
    return_unfinished(team=meeting.team, actor=actor)
    audit.record("meetings.end_meeting", meeting, actor=actor, concerns=[meeting.leader_id])
    return meeting


def last_happened_at(meeting: Meeting) -> dt.datetime:
    """When something last happened in the meeting."""
    moments: Iterable[dt.datetime | None] = (
        meeting.opened_at,
        Entry.objects.filter(meeting=meeting).aggregate(at=Max("at"))["at"],
        Position.objects.filter(item__meeting=meeting).aggregate(at=Max("at"))["at"],
        AgendaItem.objects.filter(meeting=meeting).aggregate(at=Max("started_at"))["at"],
        *Attendee.objects.filter(meeting=meeting).aggregate(a=Max("arrived_at"), b=Max("left_at")).values(),
    )
    return max(moment for moment in moments if moment is not None)


def forgotten_meetings(*, now: dt.datetime) -> list[int]:
    """Ids of the meetings that nobody ended."""
    open_ones = Meeting.objects.filter(state=MeetingState.OPEN).select_related("team__unit", "leader")
    return [meeting.pk for meeting in open_ones if is_forgotten(meeting, now)]


@transaction.atomic
def end_forgotten_meeting(*, pk: int, now: dt.datetime) -> bool:
    """End a meeting that nobody ended, as of the last that happened in it; False when somebody is back."""
    meeting = Meeting.objects.select_related("team__unit", "leader").filter(pk=pk).first()
    if meeting is None:
        return False
    _hold_matters(meeting)  # before the meeting, as wherever both are held
    held = hold(meeting)
    if held.state != MeetingState.OPEN or not is_forgotten(held, now):
        return False
    end_meeting(meeting=held, actor=None, at=last_happened_at(held))
    return True


def is_forgotten(meeting: Meeting, now: dt.datetime) -> bool:
    """Whether the meeting should have ended long ago, and nothing more happens in it."""
    return now - max(meeting.ends, last_happened_at(meeting)) > FORGOTTEN_AFTER


def _hold_matters(meeting: Meeting) -> dict[int, Matter]:
    items = meeting.items.filter(matter__isnull=False).order_by().values("matter")
    return {row.pk: row for row in Matter.objects.select_for_update().filter(pk__in=items).order_by("pk")}


def _answer(meeting: Meeting, matters: dict[int, Matter], by: Person) -> None:
    """What was done is answered. A question for a decision that got none stays in the queue."""
    note = _("Togs upp på %(meeting)s %(day)s.") % {"meeting": meeting.title, "day": day(meeting.held_on)}
    done = meeting.items.filter(state=ItemState.DONE, matter__in=list(matters))
    for item in done.order_by("position", "pk"):
        matter = matters[item.matter_id]  # type: ignore[index]  # filtered by it
        entry = (
            Entry.objects.filter(item=item, kind=EntryKind.DECISION, decision__withdrawn_at=None)
            .filter(decision__replaced_at=None, decision__matter=None)
            .select_related("decision")
            .first()
        )
        if entry is not None and entry.decision is not None:
            adopt_decision(matter=matter, decision=entry.decision, actor=by)
        elif item.purpose != ItemPurpose.DECISION:
            close_as_taken_up(matter=matter, note=note, actor=by)
