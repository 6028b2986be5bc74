"""Plan meetings: one, or the days of a series. Each gets attendees, a leader, and what it always holds."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from styrfart.matters.models import ItemPurpose, MatterLevel
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.actions.inviting import invite, invite_to_series
from styrfart.meetings.models import (
    COMING,
    AgendaItem,
    Attendee,
    AttendeeRole,
    ItemSource,
    Meeting,
    MeetingAddress,
    MeetingKind,
    Rhythm,
    Series,
    StandingItem,
)
from styrfart.meetings.queries.expected import Seat, expected_at, there_on, to_seats
from styrfart.meetings.queries.planning import kind_on
from styrfart.meetings.queries.rota import choose_leader, turns_of
from styrfart.meetings.turns import Turns
from styrfart.people.models import Person, Team, TeamRole
from styrfart.shared import audit

# What every agenda begins and ends with when its kind wants that. Records are Swedish, whoever reads.
CHECK_IN_MINUTES = WRAP_UP_MINUTES = 5
CHECK_IN = ("Incheckning", "Alla har sagt något och vet vad mötet ska nå.")
WRAP_UP = ("Avrundning", "Alla vet vad som är beslutat och vem som gör vad.")


@dataclass(frozen=True)
class Wish:
    """A meeting as it is wished for; what is left empty follows from its kind and from the team."""

    held_on: dt.date
    starts_at: dt.time
    minutes: int
    title: str = ""
    place: str = ""
    note: str = ""
    leader: Person | None = None
    secretary: Person | None = None
    slot: dt.date | None = None  # which day of its series it stands for


@transaction.atomic
def plan_meeting(*, team: Team, kind: MeetingKind | None, wish: Wish, actor: Person) -> Meeting:
    """Plan one meeting. KindEnded when its kind is not held then, AlreadyPlanned when the same is planned."""
    if kind is not None and not kind_on(kind, wish.held_on):
        raise facts.KindEnded
    _lock(team)
    same = Meeting.objects.filter(team=team, kind=kind, held_on=wish.held_on, starts_at=wish.starts_at)
    if same.filter(title=title_of(wish, kind), state__in=COMING).exists():
        raise facts.AlreadyPlanned
    [meeting] = make_meetings(team, kind, [wish], actor=actor)
    audit.record("meetings.plan_meeting", meeting, actor=actor, concerns=[meeting.leader])
    invite(meeting=meeting)
    return meeting


@transaction.atomic
def plan_series(
    *,
    kind: MeetingKind,
    rhythm: Rhythm,
    first_on: dt.date,
    last_on: dt.date,
    starts_at: dt.time,
    days: Sequence[tuple[dt.date, dt.date]],
    actor: Person,
) -> Series:
    """Plan the meetings of a series. `days`: (day of the rhythm, day it is held); days left out are not held.

    KindEnded when a day lies after the last of the kind, SeriesHasNoDays when there are none, AlreadyPlanned
    when the kind has the very same series.
    """
    if not days:
        raise facts.SeriesHasNoDays
    if not all(kind_on(kind, held_on) for _slot, held_on in days):
        raise facts.KindEnded
    _lock(kind.team)
    when = {"rhythm": rhythm, "first_on": first_on, "last_on": last_on, "starts_at": starts_at}
    if Series.objects.filter(kind=kind, ended_at=None, **when).exists():
        raise facts.AlreadyPlanned
    series = Series.objects.create(kind=kind, created_by=actor, **when)
    wishes = [Wish(held_on, starts_at, kind.minutes, slot=slot) for slot, held_on in days]
    made = make_meetings(kind.team, kind, wishes, actor=actor, series=series)
    audit.record(
        "meetings.plan_series",
        series,
        actor=actor,
        detail={"meetings": [None, len(made)], "kind": [None, kind.name]},
    )
    invite_to_series(series=series)
    return series


def make_meetings(
    team: Team,
    kind: MeetingKind | None,
    wishes: Sequence[Wish],
    *,
    actor: Person,
    series: Series | None = None,
) -> list[Meeting]:
    """The meetings with attendees and agendas, in as few queries for all. The caller has locked the team."""
    wishes = sorted(wishes, key=lambda wish: (wish.held_on, wish.starts_at))
    seats = to_seats(team, wishes[0].held_on, wishes[-1].held_on)
    turns = turns_of(kind) if kind else Turns(())
    addresses = Addresses(team)
    made = []
    for wish in wishes:
        there = there_on(seats, wish.held_on)
        leader = wish.leader or choose_leader(turns, there, actor)
        if wish.leader:
            turns.note(wish.leader.pk)
        meeting = Meeting(
            team=team,
            kind=kind,
            series=series,
            slot=wish.slot,
            title=title_of(wish, kind),
            held_on=wish.held_on,
            starts_at=wish.starts_at,
            minutes=wish.minutes,
            place=wish.place or (kind.place if kind else ""),
            note=wish.note,
            slug=addresses.take(wish.held_on),
            leader=leader,
            secretary=wish.secretary or secretary_among(there),
        )
        meeting.seats = there  # type: ignore[attr-defined]  # on its way to the rows below
        made.append(meeting)
    Meeting.objects.bulk_create(made)
    Attendee.objects.bulk_create(
        attendee_of(meeting, seat)
        for meeting in made
        for seat in expected_at(meeting.kind, meeting.seats)  # type: ignore[attr-defined]  # set above
    )
    lay_agendas(kind, made)
    return made


def _lock(team: Team) -> None:
    """Two who plan at once wait for each other: no address is given twice, nothing is planned twice."""
    Team.objects.select_for_update().get(pk=team.pk)


def title_of(wish: Wish, kind: MeetingKind | None) -> str:
    """What the meeting is called. Records are Swedish."""
    return wish.title or (kind.name if kind else "Möte")


def secretary_among(seats: Iterable[Seat]) -> Person | None:
    """Who keeps the record unless somebody else is chosen."""
    return next((seat.person for seat in seats if seat.role == TeamRole.SECRETARY), None)


def attendee_of(meeting: Meeting, seat: Seat) -> Attendee:
    """The seat as a place at the meeting, unsaved."""
    return Attendee(meeting=meeting, person=seat.person, role=AttendeeRole(seat.role), function=seat.function)


def lay_agendas(kind: MeetingKind | None, meetings: Iterable[Meeting]) -> None:
    """Put what the kind always holds on the agendas of new meetings."""
    if kind is None:
        return
    standing = list(StandingItem.objects.filter(kind=kind).select_related("owner"))
    AgendaItem.objects.bulk_create(item for meeting in meetings for item in _items(kind, standing, meeting))


def _items(kind: MeetingKind, standing: Iterable[StandingItem], meeting: Meeting) -> list[AgendaItem]:
    found = []
    if kind.has_check_in:
        found.append(_frame(meeting, CHECK_IN, CHECK_IN_MINUTES, ItemSource.CHECK_IN, ItemPurpose.DIALOGUE))
    found += [standing_on(meeting, each) for each in standing]
    if kind.has_wrap_up:
        found.append(_frame(meeting, WRAP_UP, WRAP_UP_MINUTES, ItemSource.WRAP_UP, ItemPurpose.FOLLOW_UP))
    for position, item in enumerate(found, 1):
        item.position = position
    return found


def standing_on(meeting: Meeting, item: StandingItem, *, position: int = 0) -> AgendaItem:
    """What the kind always holds as an item of a meeting, unsaved."""
    return AgendaItem(
        meeting=meeting,
        position=position,
        title=item.title,
        purpose=item.purpose,
        level=item.level,
        minutes=item.minutes,
        owner=item.owner or meeting.leader,
        outcome=item.outcome,
        source=ItemSource.STANDING,
        standing_item=item,
        needs_material=False,
    )


def _frame(
    meeting: Meeting, words: tuple[str, str], minutes: int, source: ItemSource, purpose: ItemPurpose
) -> AgendaItem:
    return AgendaItem(
        meeting=meeting,
        title=words[0],
        outcome=words[1],
        purpose=purpose,
        level=MatterLevel.OPERATIONAL,
        minutes=minutes,
        owner=meeting.leader,
        source=source,
        needs_material=False,
    )


class Addresses:
    """The addresses that a team's meetings have and have had; read once, taken one by one."""

    def __init__(self, team: Team, *, meeting: Meeting | None = None) -> None:
        """Of a `meeting` that moves, its own earlier addresses are free to it again."""
        now = Meeting.objects.filter(team=team)
        before = MeetingAddress.objects.filter(team=team)
        if meeting is not None:
            now, before = now.exclude(pk=meeting.pk), before.exclude(meeting=meeting)
        self.taken = set(now.values_list("slug", flat=True)) | set(before.values_list("slug", flat=True))

    def take(self, day: dt.date) -> str:
        """The day, or the day with a number: a link in a letter never leads to another meeting."""
        slug, number = day.isoformat(), 1
        while slug in self.taken:
            number += 1
            slug = f"{day.isoformat()}-{number}"
        self.taken.add(slug)
        return slug
