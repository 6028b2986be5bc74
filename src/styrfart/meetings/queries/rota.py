"""Whose turn it is to lead."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from styrfart.meetings import rules
from styrfart.meetings.models import COMING, Meeting, MeetingKind, MeetingState, RotaPlace
from styrfart.meetings.queries.access import meeting_for
from styrfart.meetings.queries.expected import Seat, there_on, to_seats
from styrfart.meetings.turns import Turns
from styrfart.people.models import Person, TeamRole
from styrfart.people.standing import User


def turns_of(kind: MeetingKind, *, before: dt.date | None = None, order: list[int] | None = None) -> Turns:
    """The turns of the kind as they stand after its meetings (those held `before` a day). Two queries."""
    if order is None:
        order = list(RotaPlace.objects.filter(kind=kind).values_list("person_id", flat=True))
    led = Meeting.objects.filter(kind=kind).exclude(state=MeetingState.CANCELLED)
    if before is not None:
        led = led.filter(held_on__lt=before)
    return Turns(order, led.values_list("leader_id", flat=True) if order else ())


def choose_leader(turns: Turns, seats: Collection[Seat], otherwise: Person) -> Person:
    """Whose turn it is among those with a seat; without a rota the chair; `otherwise` when there is none."""
    by_id = {seat.person.pk: seat.person for seat in seats}
    found = turns.next(by_id)
    if found is not None:
        turns.note(found)
        return by_id[found]
    return next((seat.person for seat in seats if seat.role == TeamRole.CHAIR), otherwise)


@dataclass(frozen=True)
class RotaPage:
    """The rota of a kind: who may be in it, in order, and who leads the coming meetings."""

    kind: MeetingKind
    places: list[Person]
    others: list[Person]
    left: frozenset[int]  # those in the rota who have left the team
    meetings: list[Meeting]


def rota_page(kind: MeetingKind, today: dt.date) -> RotaPage:
    """Three queries."""
    places = [place.person for place in kind.rota.select_related("person")]
    seats = there_on(to_seats(kind.team, today, today), today)
    in_rota = {person.pk for person in places}
    seated = {seat.person.pk for seat in seats}
    return RotaPage(
        kind=kind,
        places=places,
        others=[seat.person for seat in seats if seat.person.pk not in in_rota],
        left=frozenset(in_rota - seated),
        meetings=list(coming_of(kind, today)),
    )


def turn_to_change(user: User, team: str, slug: str) -> Meeting:
    """The meeting, for whoever leads it and those who plan; 403 to others who see it."""
    meeting = meeting_for(user, team, slug)
    if not rules.can_change_turn(user, meeting):
        raise PermissionDenied
    return meeting


def coming_of(kind: MeetingKind, today: dt.date) -> "list[Meeting]":
    """The meetings of the kind that are still to be held, in order, each with its leader and team."""
    return list(
        Meeting.objects.filter(kind=kind, state__in=COMING, held_on__gte=today)
        .select_related("leader", "team")
        .order_by("held_on", "starts_at", "pk")
    )
