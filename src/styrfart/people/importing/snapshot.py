"""The organisation as it is: what a plan is made against, read with few queries whatever its size."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from styrfart.people.models import (
    Person,
    Post,
    Role,
    RoleAssignment,
    Team,
    TeamLevel,
    TeamMember,
    TeamPeriod,
    TeamRole,
    Unit,
    UnitKind,
    UnitPeriod,
)

K = TypeVar("K")


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
    ends: dt.date | None  # its last day, when that is known


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
    since: dt.date  # when what it is called now began
    ends: dt.date | None


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
    # The last days of what had ended before that day: nothing that begins may reach back over them.
    past_posts: dict[tuple[int, str, str], dt.date] = field(default_factory=dict)  # person, unit, title
    past_seats: dict[tuple[str, int], dt.date] = field(default_factory=dict)  # team, person
    past_chairs: dict[str, dt.date] = field(default_factory=dict)  # team
    owners: frozenset[int] = frozenset()

    def heads(self) -> dict[str, list[str]]:
        """Code of a unit -> keys of those who lead it."""
        found: dict[str, list[str]] = {}
        for posts in self.posts.values():
            for post in posts:
                if post.is_head:
                    found.setdefault(post.unit, []).append(f"p{post.person}")
        for keys in found.values():
            keys.sort()
        return found

    def leaves_when_missing(self, person: PersonNow) -> bool:
        """Whether a whole organisation without this person means that they have left.

        Those without post and number (coaches, technical accounts) were never in its register.
        """
        is_known = bool(person.number) or person.pk in self.posts
        return person.is_active and is_known and person.pk not in self.owners


def take(day: dt.date) -> Snapshot:
    """Read the organisation as it is on `day` and as far as it is planned after that. Eight queries."""
    codes = dict(Unit.objects.values_list("pk", "code"))
    owners = RoleAssignment.objects.on(day).filter(role=Role.SYSTEM_OWNER)
    snapshot = Snapshot(
        units=_units(codes, day),
        people=_people(),
        teams=_teams(codes, day),
        owners=frozenset(owners.values_list("person", flat=True)),
    )
    _add_posts(snapshot, codes, day)
    _add_seats(snapshot, day)
    return snapshot


def _units(codes: dict[int, str], day: dt.date) -> dict[str, UnitNow]:
    since = dict(UnitPeriod.objects.filter(valid_to=None).values_list("unit", "valid_from"))
    found = {}
    for pk, code, name, kind, parent, path, start, end in Unit.objects.order_by("pk").values_list(
        "pk", "code", "name", "kind", "parent", "path", "valid_from", "valid_to"
    ):
        above = codes[parent] if parent else ""
        is_open = end is None or end >= day
        found[code] = UnitNow(pk, code, name, UnitKind(kind), above, path, is_open, since.get(pk, start), end)
    return found


def _people() -> dict[int, PersonNow]:
    rows = Person.objects.order_by("pk").values_list(
        "pk", "email", "employee_number", "given_name", "family_name", "is_active"
    )
    return {
        pk: PersonNow(pk, email or "", number or "", given, family, is_active)
        for pk, email, number, given, family, is_active in rows
    }


def _add_posts(snapshot: Snapshot, codes: dict[int, str], day: dt.date) -> None:
    rows = Post.objects.order_by("pk")
    for pk, holder, unit, title, is_head, start, end in rows.values_list(
        "pk", "person", "unit", "title", "is_head", "valid_from", "valid_to"
    ):
        if end is None or end >= day:
            now = PostNow(pk, holder, codes[unit], title, is_head, start, end)
            snapshot.posts.setdefault(holder, []).append(now)
        else:
            _note_end(snapshot.past_posts, (holder, codes[unit], title), end)


def _note_end(known: dict[K, dt.date], key: K, end: dt.date) -> None:
    known[key] = max(end, known.get(key, end))


def _teams(codes: dict[int, str], day: dt.date) -> dict[str, TeamNow]:
    open_now = TeamPeriod.objects.filter(team=OuterRef("pk"), valid_to=None).values("valid_from")
    rows = Team.objects.order_by("pk").annotate(since=Coalesce(Subquery(open_now), "valid_from"))
    return {
        slug: TeamNow(pk, slug, name, TeamLevel(level), codes[unit], end is None or end >= day, since, end)
        for pk, slug, name, level, unit, since, end in rows.values_list(
            "pk", "slug", "name", "level", "unit", "since", "valid_to"
        )
    }


def _add_seats(snapshot: Snapshot, day: dt.date) -> None:
    rows = TeamMember.objects.order_by("pk")
    for pk, slug, person, role, function, start, end in rows.values_list(
        "pk", "team__slug", "person", "role", "function", "valid_from", "valid_to"
    ):
        if end is None or end >= day:
            now = SeatNow(pk, slug, person, TeamRole(role), function, start, end)
            snapshot.seats.setdefault(slug, []).append(now)
            continue
        _note_end(snapshot.past_seats, (slug, person), end)
        if role == TeamRole.CHAIR:
            _note_end(snapshot.past_chairs, slug, end)
