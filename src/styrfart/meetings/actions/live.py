"""To open a meeting and move the group through its agenda. The clock is read here and nowhere else."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from styrfart.matters.actions import ask_for_more
from styrfart.matters.models import ROUTABLE, Matter
from styrfart.meetings import facts_live as facts
from styrfart.meetings.actions.changing import refresh_attendees
from styrfart.meetings.actions.ticking import hold, hold_open, item_in, refuse_excluded, tick
from styrfart.meetings.models import (
    COMING,
    LEFT,
    AgendaItem,
    Attendee,
    ItemState,
    Meeting,
    MeetingState,
    Presence,
)
from styrfart.people.models import Person
from styrfart.shared import audit


@transaction.atomic
def open_meeting(*, meeting: Meeting, actor: Person) -> Meeting:
    """The meeting goes on: its first item is current, whoever opened it is there. Twice changes nothing."""
    refresh_attendees(meeting=meeting)  # the clock may not have been here since somebody got a seat
    meeting = hold(meeting)
    if meeting.state == MeetingState.OPEN:
        return meeting
    if meeting.state not in COMING:
        raise facts.MeetingIsCancelled if meeting.state == MeetingState.CANCELLED else facts.MeetingIsNotOpen
    if meeting.held_on > timezone.localdate():
        raise facts.MeetingIsNotToday
    now = timezone.now()
    meeting.state, meeting.opened_at = MeetingState.OPEN, now
    meeting.save(update_fields=["state", "opened_at"])
    Attendee.objects.filter(meeting=meeting, person=actor, presence=Presence.EXPECTED).update(
        presence=Presence.PRESENT, arrived_at=now
    )
    first = in_order(meeting).filter(state=ItemState.COMING).first()
    if first is not None:
        _take_up(meeting, first, now)
    tick(meeting)
    audit.record("meetings.open_meeting", meeting, actor=actor, concerns=[actor, meeting.leader_id])
    return meeting


@transaction.atomic
def move_group(*, meeting: Meeting, to: int, actor: Person) -> AgendaItem:
    """The group goes on, or back, to an item; the one it leaves is done and its time is counted."""
    meeting = hold_open(meeting)
    item = item_in(meeting, to)
    now = timezone.now()
    if meeting.current_item_id != item.pk:
        if item.state in LEFT and _stands_elsewhere(item):
            raise facts.ItemIsElsewhere
        leave_current(meeting, now)
        _take_up(meeting, item, now)
        tick(meeting)
        audit.record("meetings.move_group", item, actor=actor)
    return item


@transaction.atomic
def put_off_item(*, meeting: Meeting, item: int, actor: Person) -> AgendaItem:
    """The item waits for another meeting, and the group goes on; its matter stays in the queue."""
    meeting = hold_open(meeting)
    return _set_aside(meeting, item_in(meeting, item), ItemState.POSTPONED, actor)


@transaction.atomic
def return_item(*, meeting: Meeting, item: int, note: str, actor: Person) -> AgendaItem:
    """The item was not ready: whoever handed in its matter is asked for the rest, and the group goes on."""
    if not note.strip():
        raise facts.TextIsMissing
    # The matter before the meeting, as wherever both are held: else each could wait for the other.
    matter = Matter.objects.select_for_update().filter(agenda_items=item).first()
    meeting = hold_open(meeting)
    of = item_in(meeting, item)
    refuse_excluded(of, actor)
    done = _set_aside(meeting, of, ItemState.RETURNED, actor)
    if matter is not None and matter.state in ROUTABLE:
        ask_for_more(matter=matter, revision=matter.revision, note=note.strip(), actor=actor)
    return done


def in_order(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items of the order; what goes out in writing takes no meeting time."""
    return AgendaItem.objects.filter(meeting=meeting, is_in_writing=False)


def leave_current(meeting: Meeting, now: dt.datetime, state: ItemState = ItemState.DONE) -> None:
    """The current item, if any, has been left in this way; the time it took is added to that before."""
    item = AgendaItem.objects.filter(meeting=meeting, state=ItemState.CURRENT).first()
    if item is None:
        return
    if item.started_at is not None:
        item.seconds_used += max(0, round((now - item.started_at).total_seconds()))
    item.state = state
    item.revision += 1
    item.save(update_fields=["seconds_used", "state", "revision"])


def _stands_elsewhere(item: AgendaItem) -> bool:
    """Whether it was put off to another meeting, or its matter has come on another agenda."""
    same = AgendaItem.objects.filter(state__in=[ItemState.COMING, ItemState.CURRENT]).exclude(pk=item.pk)
    again = same.filter(came_from=item)
    return again.exists() or (item.matter_id is not None and same.filter(matter=item.matter_id).exists())


def _take_up(meeting: Meeting, item: AgendaItem, now: dt.datetime) -> None:
    item.state, item.started_at = ItemState.CURRENT, now
    item.revision += 1
    item.save(update_fields=["state", "started_at", "revision"])
    meeting.current_item = item
    meeting.save(update_fields=["current_item"])


def _set_aside(meeting: Meeting, item: AgendaItem, state: ItemState, actor: Person) -> AgendaItem:
    now = timezone.now()
    was_current = meeting.current_item_id == item.pk
    if was_current:
        leave_current(meeting, now, state)
        following = in_order(meeting).filter(state=ItemState.COMING, position__gt=item.position).first()
        following = following or in_order(meeting).filter(state=ItemState.COMING).first()
        if following is not None:
            _take_up(meeting, following, now)
    else:
        AgendaItem.objects.filter(pk=item.pk).update(state=state, revision=item.revision + 1)
    tick(meeting)
    audit.record(
        f"meetings.{'put_off_item' if state == ItemState.POSTPONED else 'return_item'}",
        item,
        actor=actor,
        concerns=[item.owner_id],
    )
    item.refresh_from_db()
    return item
