"""A stand-in for the reader while a query is prepared: the rooms' own permissions, compiled once."""

from collections.abc import Collection

from django.utils import timezone

from styrfart.people.models import Person, TeamRole
from styrfart.people.standing import Standing, standing

# Seats that a prepared query has room for. Who sits in more teams gets the first of them, by name.
SEATS = 8
KINDS = {f"{name}{place}": int for name in ("team", "kept") for place in range(SEATS)}
KEEPERS = frozenset({TeamRole.CHAIR, TeamRole.SECRETARY})


def reader(me: int, teams: Collection[int]) -> Person:
    """A person of whom nothing is known but these ids; `visible_to` asks for no more."""
    person = Person(pk=me)
    seats = dict.fromkeys(teams, TeamRole.MEMBER)
    person.standing_today = Standing(person_id=me, day=timezone.localdate(), seats=seats)
    return person


def seats_of(user: Person) -> dict[str, int]:
    """The reader's teams, and those whose chair or secretary they are, as keywords for a prepared query."""
    here = standing(user).seats
    kept = [pk for pk, role in here.items() if role in KEEPERS]
    return _numbered("team", list(here)) | _numbered("kept", kept)


def _numbered(name: str, ids: list[int]) -> dict[str, int]:
    """No team has the number 0, so the places that are left match nothing."""
    return {f"{name}{place}": ids[place] if place < len(ids) else 0 for place in range(SEATS)}


def teams_in(values: dict[str, int], name: str) -> list[int]:
    """The ids that were given as `name`0 …"""
    return [values[f"{name}{place}"] for place in range(SEATS)]
