"""Whom a meeting is for: the seats of its team on its day."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from styrfart.meetings.models import COMING, Attendee, AttendeeRole, Meeting, MeetingKind
from styrfart.people.models import Person, Post, Role, RoleAssignment, Team, TeamMember, TeamRole


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
    for row in rows.exclude(role__in=INVITED):
        places.get(row.meeting_id, set()).add((row.person_id, row.role, row.function))
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


def teammates(team: Team, *days: dt.date) -> list[Person]:
    """Who has a seat on any of the days, by name. One query."""
    seats = to_seats(team, min(days), max(days))
    return list({seat.person.pk: seat.person for seat in seats if any(map(seat.is_on, days))}.values())
