"""Who is at the meeting, in whose place, until when, and who has to leave the room for an item."""

from django.db import transaction
from django.utils import timezone

from styrfart.meetings import facts_live as facts
from styrfart.meetings.actions.ticking import hold, hold_open, item_in, tick
from styrfart.meetings.models import (
    COMING,
    THERE,
    AgendaItem,
    Attendee,
    AttendeeRole,
    Exclusion,
    Meeting,
    MeetingState,
    Position,
    Presence,
    Ready,
)
from styrfart.people.models import Person
from styrfart.people.standing import standing
from styrfart.shared import audit


@transaction.atomic
def note_presence(
    *, meeting: Meeting, attendee: int, presence: Presence, actor: Person, excuse: str = ""
) -> Attendee:
    """Write down how somebody takes part. Who had come and is absent now has left; coming back counts."""
    meeting = _hold_unended(meeting)
    row = Attendee.objects.select_related("person").filter(meeting=meeting, pk=attendee).first()
    if row is None:
        raise facts.IsNotThere
    _set(row, meeting, presence, excuse)
    tick(meeting)
    audit.record(
        "meetings.note_presence",
        meeting,
        actor=actor,
        concerns=[row.person_id],
        detail={"presence": [None, str(presence)]},
    )
    return row


@transaction.atomic
def note_own_presence(*, meeting: Meeting, presence: Presence, actor: Person) -> Attendee:
    """Somebody says that they are here; one of the room who was not on the list is put there."""
    meeting = _hold_unended(meeting)
    row = Attendee.objects.filter(meeting=meeting, person=actor).first()
    if row is None:
        seat = standing(actor).seats.get(meeting.team_id)
        if seat is None:
            raise facts.IsNotThere
        row = Attendee.objects.create(meeting=meeting, person=actor, role=AttendeeRole(seat))
    _set(row, meeting, presence, "")
    tick(meeting)
    audit.record("meetings.note_presence", meeting, actor=actor, concerns=[actor])
    return row


@transaction.atomic
def add_attendee(
    *, meeting: Meeting, person: Person, stands_in_for: Person | None, function: str, actor: Person
) -> Attendee:
    """A guest, or a substitute for somebody who was expected. Who is on the list already stays so."""
    meeting = _hold_unended(meeting)
    row = Attendee.objects.filter(meeting=meeting, person=person).first()
    if row is None:
        row = Attendee(
            meeting=meeting,
            person=person,
            role=AttendeeRole.SUBSTITUTE if stands_in_for else AttendeeRole.GUEST,
            stands_in_for=stands_in_for,
            function=function.strip(),
        )
        row.save()
    if meeting.state == MeetingState.OPEN and not row.is_there:
        _set(row, meeting, Presence.PRESENT, "")
    tick(meeting)
    audit.record(
        "meetings.add_attendee",
        meeting,
        actor=actor,
        concerns=[person, *([stands_in_for] if stands_in_for else [])],
    )
    return row


@transaction.atomic
def exclude(*, meeting: Meeting, item: int, person: Person, ground: str, actor: Person) -> Exclusion:
    """A conflict of interest: the person neither takes part in the item nor is there. What they said goes."""
    if not ground.strip():
        raise facts.TextIsMissing
    meeting = hold_open(meeting)
    of = item_in(meeting, item)
    if not Attendee.objects.filter(meeting=meeting, person=person).exists():
        raise facts.IsNotThere
    made, _is_new = Exclusion.objects.get_or_create(
        item=of, person=person, defaults={"ground": ground.strip(), "by": actor}
    )
    Position.objects.filter(item=of, person=person).delete()
    Ready.objects.filter(item=of, person=person).delete()
    tick(meeting)
    audit.record("meetings.exclude", of, actor=actor, concerns=[person])
    return made


@transaction.atomic
def readmit(*, meeting: Meeting, item: int, person: int, actor: Person) -> None:
    """There was no conflict of interest: the person takes part again."""
    meeting = hold_open(meeting)
    of = item_in(meeting, item)
    gone, _by_kind = Exclusion.objects.filter(item=of, person_id=person).delete()
    if gone:
        tick(meeting)
        audit.record("meetings.readmit", of, actor=actor, concerns=[person])


def close_attendance(meeting: Meeting) -> None:
    """Whoever has not been seen when the meeting ends was absent."""
    Attendee.objects.filter(meeting=meeting, presence=Presence.EXPECTED).update(presence=Presence.ABSENT)


def _hold_unended(meeting: Meeting) -> Meeting:
    held = hold(meeting)
    if held.state not in COMING and held.state != MeetingState.OPEN:
        raise facts.MeetingIsNotOpen
    return held


def _set(row: Attendee, meeting: Meeting, presence: Presence, excuse: str) -> None:
    now, came = timezone.now(), row.arrived_at is not None
    is_open = meeting.state == MeetingState.OPEN
    if presence in THERE:
        row.presence, row.excuse, row.left_at = presence, "", None
        row.arrived_at = row.arrived_at or (now if is_open else None)
    elif presence == Presence.ABSENT and is_open and came:
        row.left_at = row.left_at or now  # how they took part until then stays
    else:
        row.presence, row.excuse = presence, excuse.strip()
        row.arrived_at = row.left_at = None
    row.save(update_fields=["presence", "excuse", "arrived_at", "left_at"])


def excluded_of(item: AgendaItem) -> dict[int, Exclusion]:
    """Who has left the room for the item, by person."""
    return {row.person_id: row for row in Exclusion.objects.filter(item=item).select_related("person")}
