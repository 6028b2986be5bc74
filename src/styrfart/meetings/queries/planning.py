"""What planning needs to know: who is in the team on a day, and what stands in the way."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from styrfart.meetings import recurrence
from styrfart.meetings.models import (
    COMING,
    Attendee,
    AttendeeRole,
    Meeting,
    MeetingKind,
    MeetingState,
    Rhythm,
)
from styrfart.people.models import Person, Post, Role, RoleAssignment, Team, TeamMember, TeamRole
from styrfart.shared import workdays

ALIVE = COMING | {MeetingState.OPEN}


@dataclass(frozen=True)
class Seat:
    """Somebody's place in the team, and between which days."""

    person: Person
    role: str
    function: str
    first: dt.date
    last: dt.date | None

    def is_on(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def to_seats(team: Team, first: dt.date, last: dt.date) -> list[Seat]:
    """Every seat of the team that is valid on some day between the two, by name. One query."""
    return seats_of([team.pk], first, last)[team.pk]


def seats_of(teams: Collection[int], first: dt.date, last: dt.date) -> dict[int, list[Seat]]:
    """The seats of several teams between two days, by name. One query.

    External coaches are not expected at meetings: their seat opens nothing (`people.standing`).
    """
    held = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    coach = RoleAssignment.objects.filter(held, person=OuterRef("person"), role=Role.COACH)
    works_here = Post.objects.filter(held, person=OuterRef("person"), valid_from__lte=last)
    rows = (
        TeamMember.objects.filter(held, team__in=teams, valid_from__lte=last, person__is_active=True)
        .exclude(Exists(coach) & ~Exists(works_here))
        .select_related("person")
        .order_by("person__name_key", "pk")
    )
    found: dict[int, list[Seat]] = {team: [] for team in teams}
    for row in rows:
        found[row.team_id].append(Seat(row.person, row.role, row.function, row.valid_from, row.valid_to))
    return found


def expected_at(kind: MeetingKind | None, seats: Iterable[Seat]) -> list[Seat]:
    """Whom a meeting is for: everybody with a seat, but adjuncts only where its kind has them."""
    return [seat for seat in seats if seat.role != TeamRole.ADJUNCT or kind is None or kind.has_adjuncts]


# Places at a meeting that do not follow from a seat in the team.
INVITED = frozenset({AttendeeRole.GUEST, AttendeeRole.SUBSTITUTE})


def out_of_step(today: dt.date) -> list[Meeting]:
    """Coming meetings, of all teams, whose places are not those of the seats on their day. Three queries."""
    coming = list(
        Meeting.objects.filter(state__in=COMING, held_on__gte=today)
        .select_related("kind")
        .order_by("held_on")
    )
    if not coming:
        return []
    seats = seats_of({each.team_id for each in coming}, coming[0].held_on, coming[-1].held_on)
    places: dict[int, set[tuple[int, str, str]]] = {each.pk: set() for each in coming}
    rows = Attendee.objects.filter(meeting__state__in=COMING, meeting__held_on__gte=today)
    for meeting, *place in rows.exclude(role__in=INVITED).values_list(
        "meeting", "person", "role", "function"
    ):
        places.get(meeting, set()).add((place[0], place[1], place[2]))
    return [
        each
        for each in coming
        if places[each.pk]
        != {
            (seat.person.pk, str(seat.role), seat.function)
            for seat in expected_at(each.kind, there_on(seats[each.team_id], each.held_on))
        }
    ]


def there_on(seats: Iterable[Seat], day: dt.date) -> list[Seat]:
    """One seat for each person who has one on `day`."""
    return list({seat.person.pk: seat for seat in seats if seat.is_on(day)}.values())


@dataclass(frozen=True)
class SeriesDay:
    """A day that a series gives, and what speaks against it."""

    slot: dt.date
    is_red: bool = False
    move_to: dt.date | None = None  # the workday that is proposed instead of a red day
    is_july: bool = False
    own: tuple[Meeting, ...] = ()  # the team's other meetings at that hour
    busy: tuple[Person, ...] = ()  # those expected elsewhere at that hour

    @property
    def is_clear(self) -> bool:
        return not (self.is_red or self.own or self.busy)


@dataclass(frozen=True)
class Preview:
    """The days of a series before it is planned."""

    days: list[SeriesDay] = field(default_factory=list)

    @property
    def marked(self) -> list[SeriesDay]:
        return [day for day in self.days if not day.is_clear or day.is_july]


# In July most of local government is on leave.
JULY = 7


def preview(
    team: Team,
    *,
    rhythm: Rhythm,
    first_on: dt.date,
    last_on: dt.date,
    starts_at: dt.time,
    minutes: int,
    besides: Sequence[int] = (),
) -> Preview:
    """Every day of the series with red days and collisions. Two queries; `besides` are meetings that go."""
    slots = recurrence.days(rhythm, first_on, last_on)
    if not slots:
        return Preview()
    shift = dt.timedelta(days=1)
    near = list(
        Meeting.objects.filter(
            state__in=ALIVE, held_on__gte=slots[0] - shift, held_on__lte=slots[-1] + shift, team=team
        )
        .exclude(pk__in=besides)
        .select_related("team")
    )
    elsewhere = _elsewhere(team, slots[0] - shift, slots[-1] + shift)
    found = []
    for slot in slots:
        begins = timezone.make_aware(dt.datetime.combine(slot, starts_at))
        ends = begins + dt.timedelta(minutes=minutes)
        is_red = not workdays.is_workday(slot)
        found.append(
            SeriesDay(
                slot=slot,
                is_red=is_red,
                move_to=_nearest_workday(slot, slots) if is_red else None,
                is_july=slot.month == JULY,
                own=tuple(each for each in near if each.begins < ends and begins < each.ends),
                busy=tuple(
                    {
                        row.person_id: row.person
                        for row in elsewhere
                        if row.meeting.begins < ends and begins < row.meeting.ends
                    }.values()
                ),
            )
        )
    return Preview(found)


def busy_at(meeting: Meeting) -> list[Person]:
    """Those expected at the meeting who are also expected elsewhere at that hour, by name. One query."""
    rows = Attendee.objects.filter(
        meeting__state__in=ALIVE,
        meeting__held_on__range=(
            meeting.held_on - dt.timedelta(days=1),
            meeting.held_on + dt.timedelta(days=1),
        ),
        person__in=Attendee.objects.filter(meeting=meeting).order_by().values("person"),
    ).exclude(meeting=meeting)
    found = {
        row.person.pk: row.person
        for row in rows.select_related("person", "meeting").order_by("person__name_key")
        if row.meeting.begins < meeting.ends and meeting.begins < row.meeting.ends
    }
    return list(found.values())


def _elsewhere(team: Team, first: dt.date, last: dt.date) -> list[Attendee]:
    """Where the people of the team are expected at the meetings of other teams."""
    return list(
        Attendee.objects.filter(
            meeting__state__in=ALIVE,
            meeting__held_on__gte=first,
            meeting__held_on__lte=last,
            person__in=TeamMember.objects.filter(team=team, valid_from__lte=last)
            .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
            .order_by()
            .values("person"),
        )
        .exclude(meeting__team=team)
        .select_related("meeting", "person")
        .order_by("person__name_key", "pk")
    )


def _nearest_workday(day: dt.date, taken: Sequence[dt.date]) -> dt.date | None:
    """The workday nearest to `day` within a week, sooner rather than later; none that the series has."""
    for distance in range(1, 8):
        for other in (day - dt.timedelta(days=distance), day + dt.timedelta(days=distance)):
            if workdays.is_workday(other) and other not in taken:
                return other
    return None


def kind_on(kind: MeetingKind, day: dt.date) -> bool:
    """Whether meetings of the kind may be planned on `day`."""
    return kind.valid_to is None or day <= kind.valid_to


def obstacles(
    team: Team, day: dt.date, starts_at: dt.time, minutes: int, *, besides: Sequence[int] = ()
) -> SeriesDay:
    """What speaks against one meeting. Two queries."""
    found = preview(
        team,
        rhythm=Rhythm.WEEKLY,
        first_on=day,
        last_on=day,
        starts_at=starts_at,
        minutes=minutes,
        besides=besides,
    )
    return found.days[0]


def kinds_on(team: Team, day: dt.date) -> list[MeetingKind]:
    """The kinds of meeting that the team has on `day`, by name. One query."""
    return list(MeetingKind.objects.on(day).filter(team=team).order_by("name"))


def teammates(team: Team, *days: dt.date) -> list[Person]:
    """Who has a seat on any of the days, by name. One query."""
    seats = to_seats(team, min(days), max(days))
    return list({seat.person.pk: seat.person for seat in seats if any(map(seat.is_on, days))}.values())
