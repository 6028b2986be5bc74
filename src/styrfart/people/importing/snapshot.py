"""The organisation as it is: what a plan is made against, read with few queries whatever its size."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q

from styrfart.people.models import (
    Person,
    Post,
    Role,
    RoleAssignment,
    Team,
    TeamLevel,
    TeamMember,
    TeamRole,
    Unit,
    UnitKind,
    UnitPeriod,
)


class UnitNow(NamedTuple):
    """A unit in the database; one that has ended may be opened again."""

    pk: int
    code: str
    name: str
    kind: UnitKind
    parent: str  # code, empty at the top
    path: str
    is_open: bool
    since: dt.date  # when what it is called now began


class PersonNow(NamedTuple):
    """A person in the database."""

    pk: int
    email: str
    number: str
    given_name: str
    family_name: str
    is_active: bool

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class PostNow(NamedTuple):
    """A post that is held, or planned."""

    pk: int
    person: int
    unit: str
    title: str
    is_head: bool
    valid_from: dt.date
    valid_to: dt.date | None


class TeamNow(NamedTuple):
    """A team in the database."""

    pk: int
    slug: str
    name: str
    level: TeamLevel
    unit: str
    is_open: bool
    since: dt.date


class SeatNow(NamedTuple):
    """A seat that is held, or planned."""

    pk: int
    team: str
    person: int
    role: TeamRole
    function: str
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass
class Snapshot:
    """The organisation on a day."""

    units: dict[str, UnitNow] = field(default_factory=dict)
    people: dict[int, PersonNow] = field(default_factory=dict)
    teams: dict[str, TeamNow] = field(default_factory=dict)
    posts: dict[int, list[PostNow]] = field(default_factory=dict)  # by person
    seats: dict[str, list[SeatNow]] = field(default_factory=dict)  # by team
    owners: frozenset[int] = frozenset()

    def leaves_when_missing(self, person: PersonNow) -> bool:
        """Whether a whole organisation without this person means that they have left.

        Those without post and number (coaches, technical accounts) were never in its register.
        """
        is_known = bool(person.number) or person.pk in self.posts
        return person.is_active and is_known and person.pk not in self.owners


def take(day: dt.date) -> Snapshot:
    """Read the organisation as it is on `day` and as far as it is planned after that. Eight queries."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    codes = dict(Unit.objects.values_list("pk", "code"))
    owners = RoleAssignment.objects.on(day).filter(role=Role.SYSTEM_OWNER)
    return Snapshot(
        units=_units(codes, day),
        people=_people(),
        teams=_teams(codes, day),
        posts=_posts(codes, still),
        seats=_seats(still),
        owners=frozenset(owners.values_list("person", flat=True)),
    )


def _units(codes: dict[int, str], day: dt.date) -> dict[str, UnitNow]:
    since = dict(UnitPeriod.objects.filter(valid_to=None).values_list("unit", "valid_from"))
    found = {}
    for pk, code, name, kind, parent, path, start, end in Unit.objects.order_by("pk").values_list(
        "pk", "code", "name", "kind", "parent", "path", "valid_from", "valid_to"
    ):
        above = codes[parent] if parent else ""
        is_open = end is None or end >= day
        found[code] = UnitNow(pk, code, name, UnitKind(kind), above, path, is_open, since.get(pk, start))
    return found


def _people() -> dict[int, PersonNow]:
    rows = Person.objects.order_by("pk").values_list(
        "pk", "email", "employee_number", "given_name", "family_name", "is_active"
    )
    return {
        pk: PersonNow(pk, email or "", number or "", given, family, is_active)
        for pk, email, number, given, family, is_active in rows
    }


def _posts(codes: dict[int, str], still: Q) -> dict[int, list[PostNow]]:
    posts: defaultdict[int, list[PostNow]] = defaultdict(list)
    rows = Post.objects.filter(still).order_by("pk")
    for pk, holder, unit, title, is_head, start, end in rows.values_list(
        "pk", "person", "unit", "title", "is_head", "valid_from", "valid_to"
    ):
        posts[holder].append(PostNow(pk, holder, codes[unit], title, is_head, start, end))
    return dict(posts)


def _teams(codes: dict[int, str], day: dt.date) -> dict[str, TeamNow]:
    rows = Team.objects.order_by("pk").values_list(
        "pk", "slug", "name", "level", "unit", "valid_from", "valid_to"
    )
    return {
        slug: TeamNow(pk, slug, name, TeamLevel(level), codes[unit], end is None or end >= day, start)
        for pk, slug, name, level, unit, start, end in rows
    }


def _seats(still: Q) -> dict[str, list[SeatNow]]:
    seats: defaultdict[str, list[SeatNow]] = defaultdict(list)
    rows = TeamMember.objects.filter(still).order_by("pk")
    for pk, slug, person, role, function, start, end in rows.values_list(
        "pk", "team__slug", "person", "role", "function", "valid_from", "valid_to"
    ):
        seats[slug].append(SeatNow(pk, slug, person, TeamRole(role), function, start, end))
    return dict(seats)
