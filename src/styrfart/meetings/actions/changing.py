"""Change a meeting that is still to come, cancel it, and keep those expected at it right."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from styrfart.meetings import facts_plans as facts
from styrfart.meetings import rules
from styrfart.meetings.actions.inviting import calendar_letters
from styrfart.meetings.actions.planning import (
    Addresses,
    attendee_of,
    secretary_among,
)
from styrfart.meetings.actions.telling_plans import tell_cancelled, tell_changed, tell_leaders
from styrfart.meetings.actions.ticking import tick
from styrfart.meetings.models import (
    COMING,
    AgendaItem,
    Attendee,
    AttendeeRole,
    ItemSource,
    ItemState,
    Meeting,
    MeetingAddress,
    MeetingState,
)
from styrfart.meetings.queries.expected import INVITED, Seat, expected_at, out_of_step, there_on, to_seats
from styrfart.meetings.queries.rota import choose_leader, turns_of
from styrfart.meetings.turns import Turns
from styrfart.people.models import Person, Team
from styrfart.shared import audit

FRAME = (ItemSource.CHECK_IN, ItemSource.WRAP_UP, ItemSource.STANDING)


@dataclass(frozen=True)
class Change:
    """A meeting as it is to be."""

    held_on: dt.date
    starts_at: dt.time
    minutes: int
    title: str
    place: str
    note: str
    leader: Person
    secretary: Person | None


def lock_coming(meeting: Meeting, *, revision: int | None = None) -> Meeting:
    """The meeting re-read under lock, still to come; PlanChanged when it is not in `revision`."""
    Team.objects.select_for_update().get(pk=meeting.team_id)
    fresh = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("team", "kind", "series", "leader", "secretary")
        .get(pk=meeting.pk)
    )
    if fresh.state not in COMING:
        raise facts.MeetingNotComing
    if revision is not None and fresh.revision != revision:
        raise facts.PlanChanged
    return fresh


@transaction.atomic
def change_meeting(*, meeting: Meeting, change: Change, revision: int, actor: Person) -> Meeting:
    """Move a meeting, or change its place or people; those whom it concerns are told after commit.

    A meeting that is moved to another day gets another address, and the old one leads on. KindEnded when its
    kind is not held that day.
    """
    fresh = lock_coming(meeting, revision=revision)
    before = as_planned(fresh)
    if before == change:
        return fresh
    if fresh.kind and fresh.kind.valid_to and change.held_on > fresh.kind.valid_to:
        raise facts.KindEnded
    earlier = told_of(fresh)
    apply(fresh, change)
    detail = {
        name: [_shown(getattr(before, name)), _shown(getattr(change, name))]
        for name in Change.__dataclass_fields__
        if getattr(before, name) != getattr(change, name)
    }
    audit.record(
        "meetings.change_meeting", fresh, actor=actor, concerns={before.leader, fresh.leader}, detail=detail
    )
    tell_changed(fresh, before=before, earlier=earlier, actor=actor)
    return fresh


def apply(meeting: Meeting, change: Change) -> None:
    """Save the change, with what follows from it: address, attendees, whose items they are. Tells nobody.

    Whoever has no seat in the team on the new day neither leads nor keeps the record.
    """
    is_moved = change.held_on != meeting.held_on
    former = meeting.leader
    for name in Change.__dataclass_fields__:
        setattr(meeting, name, getattr(change, name))
    if is_moved:
        give_address(meeting)
    if former != meeting.leader:
        hand_over_frame(meeting, former)
    save_plan(meeting)
    if is_moved:
        seats = there_on(to_seats(meeting.team, meeting.held_on, meeting.held_on), meeting.held_on)
        follow_seats(meeting, seats)
        _fill_posts(meeting, seats)


def as_planned(meeting: Meeting) -> Change:
    """The meeting as it is."""
    return Change(**{name: getattr(meeting, name) for name in Change.__dataclass_fields__})


def _shown(value: object) -> Any:
    """As the log keeps it: people by name, the greeting only as there or not."""
    return (
        value.isoformat()
        if isinstance(value, dt.date | dt.time)
        else value
        if isinstance(value, int)
        else str(value or "")
    )


def told_of(meeting: Meeting) -> list[Person]:
    """Those expected at the meeting now."""
    return [row.person for row in Attendee.objects.filter(meeting=meeting).select_related("person")]


def give_address(meeting: Meeting) -> None:
    """An address by the meeting's new day; the one it had leads on to it."""
    old, meeting.slug = meeting.slug, Addresses(meeting.team, meeting=meeting).take(meeting.held_on)
    if old == meeting.slug:
        return
    MeetingAddress.objects.filter(meeting=meeting, slug__in=[old, meeting.slug]).delete()
    MeetingAddress.objects.create(meeting=meeting, team=meeting.team, slug=old)


def hand_over_frame(meeting: Meeting, former: Person) -> None:
    """What the leader owns for leading goes to the new one; a standing item with an owner stays theirs."""
    AgendaItem.objects.filter(
        meeting=meeting, source__in=FRAME, owner=former, state=ItemState.COMING, standing_item__owner=None
    ).update(owner=meeting.leader, revision=F("revision") + 1)


def save_plan(meeting: Meeting) -> None:
    """Save the plan as a new revision: open pages and calendars hear of it."""
    meeting.revision += 1
    meeting.sequence, meeting.changed_at = meeting.sequence + 1, timezone.now()
    meeting.save(
        update_fields=[
            *("series", "slot", "title", "held_on", "starts_at", "minutes", "place", "note"),
            *("slug", "leader", "secretary", "revision", "sequence", "changed_at"),
        ]
    )
    tick(meeting)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, revision: int, actor: Person) -> Meeting:
    """Cancel a meeting; what stood on its agenda is free for another, and those expected are told.

    Of one whose day has passed nobody is told: they know that it was not held.
    """
    fresh = lock_coming(meeting, revision=revision)
    is_past = rules.was_never_opened(fresh, timezone.localdate())
    call_off(fresh, reason)
    audit.record("meetings.cancel_meeting", fresh, actor=actor, detail={"reason": [None, reason]})
    if not is_past:
        tell_cancelled([fresh], reason=reason, actor=actor)
    return fresh


def call_off(meeting: Meeting, reason: str) -> None:
    """Cancel in the caller's transaction; tells nobody."""
    meeting.state, meeting.cancel_reason, meeting.cancelled_at = (
        MeetingState.CANCELLED,
        reason,
        timezone.now(),
    )
    meeting.revision += 1
    meeting.sequence, meeting.changed_at = meeting.sequence + 1, timezone.now()
    meeting.save(
        update_fields=["state", "cancel_reason", "cancelled_at", "revision", "sequence", "changed_at"]
    )
    AgendaItem.objects.filter(meeting=meeting, state=ItemState.COMING).exclude(source__in=FRAME).update(
        state=ItemState.POSTPONED, revision=F("revision") + 1
    )
    tick(meeting)


@transaction.atomic
def refresh_attendees(*, meeting: Meeting) -> bool:
    """Let those expected be those with a seat on that day; whether anything was wrong.

    Run by the clock, and when the meeting is called or opened. Guests stay. Whoever has left the team is
    expected no more, and hands over what they were to do: the next in turn leads, the secretary of that day
    keeps the record. The new leader is told. Meetings that have been held are not touched.
    """
    found = _refresh(meeting)
    if found and found.former:
        tell_leaders([(found.meeting, found.former)], but=[found.former])
    return found is not None


@dataclass(frozen=True)
class Refreshed:
    """A meeting whose places were not those of the seats, and who led it if somebody else does now."""

    meeting: Meeting
    former: Person | None


def _refresh(meeting: Meeting) -> Refreshed | None:
    """Refresh without telling anybody; None when nothing was wrong."""
    try:
        fresh = lock_coming(meeting)
    except facts.MeetingNotComing:
        return None
    former = fresh.leader
    seats = there_on(to_seats(fresh.team, fresh.held_on, fresh.held_on), fresh.held_on)
    is_changed = _fill_posts(fresh, seats)
    if follow_seats(fresh, seats) and not is_changed:
        fresh.sequence, fresh.changed_at = fresh.sequence + 1, timezone.now()
        fresh.save(update_fields=["sequence", "changed_at"])
        tick(fresh)
        is_changed = True
    return Refreshed(fresh, former if fresh.leader != former else None) if is_changed else None


def refresh_everywhere(*, today: dt.date) -> int:
    """Refresh each coming meeting whose places are not those of the seats on its day; how many there were.

    Each team in a transaction of its own, with one letter to each calendar of what is new in a series and one
    to each new leader. Run by the clock, since teams change in a room that knows no meetings.
    """
    by_team: dict[int, list[Meeting]] = {}
    for meeting in out_of_step(today):
        by_team.setdefault(meeting.team_id, []).append(meeting)
    number = 0
    for meetings in by_team.values():
        with transaction.atomic():
            found = [each for each in map(_refresh, meetings) if each]
            handed_over = [(each.meeting, each.former) for each in found if each.former]
            tell_leaders(handed_over, but=[former for _meeting, former in handed_over])
            calendar_letters(each.meeting for each in found).send_rest()
        number += len(found)
    return number


def _fill_posts(meeting: Meeting, seats: list[Seat]) -> bool:
    """Somebody who is there leads and keeps the record; whether that had to be changed."""
    here = {seat.person.pk for seat in seats} | set(
        Attendee.objects.filter(meeting=meeting, role__in=INVITED).values_list("person_id", flat=True)
    )
    former = meeting.leader
    keeps = meeting.secretary
    if former.pk not in here:
        turns = turns_of(meeting.kind, before=meeting.held_on) if meeting.kind else Turns(())
        meeting.leader = choose_leader(turns, seats, former)
    if keeps is None or keeps.pk not in here:
        meeting.secretary = secretary_among(seats)
    if (meeting.leader, meeting.secretary) == (former, keeps):
        return False
    if meeting.leader != former:
        hand_over_frame(meeting, former)
    save_plan(meeting)
    return True


def follow_seats(meeting: Meeting, seats: list[Seat]) -> bool:
    """Make the places at a coming meeting those of `seats`, and the guests; whether any was wrong."""
    wanted = {seat.person.pk: seat for seat in expected_at(meeting.kind, seats)}
    known = {row.person_id: row for row in Attendee.objects.filter(meeting=meeting)}
    gone = [row for pk, row in known.items() if pk not in wanted and row.role not in INVITED]
    changed = []
    for pk, seat in wanted.items():
        row = known.get(pk)
        if row is None:
            continue
        if (row.role, row.function) != (seat.role, seat.function):
            # A guest who has got a seat is one no more.
            row.role, row.function, row.stands_in_for = AttendeeRole(seat.role), seat.function, None
            changed.append(row)
    for row in known.values():
        if row.role == AttendeeRole.SUBSTITUTE and row.stands_in_for_id in {each.person_id for each in gone}:
            row.role, row.stands_in_for = AttendeeRole.GUEST, None
            changed.append(row)
    new = [attendee_of(meeting, seat) for pk, seat in wanted.items() if pk not in known]
    Attendee.objects.bulk_update(changed, ["role", "function", "stands_in_for"])
    Attendee.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Attendee.objects.bulk_create(new)
    return bool(gone or changed or new)
