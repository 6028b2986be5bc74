"""Who somebody is in the organisation today: roles, seats in teams, posts. Rules are answered from this."""

import datetime as dt
import time
from dataclasses import dataclass, field

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from styrfart.people.models import Person, Post, Role, RoleAssignment, Team, TeamMember, TeamRole
from styrfart.shared.prepared import Prepared, PreparedObjects

# Whoever a request may come from; only a `Person` stands anywhere.
User = Person | AnonymousUser | AbstractBaseUser


@dataclass(frozen=True)
class HeldPost:
    """A post that somebody holds today."""

    unit_id: int
    unit_path: str
    title: str
    is_head: bool


@dataclass(frozen=True)
class Standing:
    """What a person is in the organisation on a day: roles, seats in teams, posts. Read once a request."""

    person_id: int
    day: dt.date
    roles: frozenset[Role] = frozenset()
    seats: dict[int, TeamRole] = field(default_factory=dict)  # team id -> role in the team
    teams: tuple[Team, ...] = ()
    posts: tuple[HeldPost, ...] = ()
    read_at: float = field(default_factory=time.monotonic, compare=False)
    clock: object = field(default_factory=lambda: (timezone.now, timezone.localdate), compare=False)

    def is_fresh(self) -> bool:
        """Whether it was read in this second, by the clock that still goes (a test may set another)."""
        return time.monotonic() - self.read_at < 1 and self.clock == (timezone.now, timezone.localdate)

    def is_in(self, team_id: int) -> bool:
        """Whether the person sits in the team, in any role."""
        return team_id in self.seats

    def leads_unit(self, unit_id: int) -> bool:
        """Whether the person is head of the unit itself."""
        return any(post.is_head and post.unit_id == unit_id for post in self.posts)

    def leads_path(self, unit_path: str) -> bool:
        """Whether the person is head of the unit with this path, or of a unit above it."""
        return any(post.is_head and unit_path.startswith(post.unit_path) for post in self.posts)


# Asked in every request: compiled once.
_SEATS: PreparedObjects[TeamMember] = PreparedObjects(
    lambda person, day: TeamMember.objects.on(day).filter(person_id=person).order_by("team__name", "pk"),
    related=["team__unit"],
    person=int,
    day=dt.date,
)
_ROLES = Prepared(
    lambda person, day: RoleAssignment.objects.on(day).filter(person_id=person).values_list("role"),
    person=int,
    day=dt.date,
)
_POSTS = Prepared(
    lambda person, day: (
        Post.objects.on(day).filter(person_id=person).values_list("unit_id", "unit__path", "title", "is_head")
    ),
    person=int,
    day=dt.date,
)


def standing(person: User) -> Standing:
    """What `person` is today: three queries the first time in a request, none after that."""
    if isinstance(person, Person) and isinstance(person.standing_today, Standing):
        known = person.standing_today
        # Asked some fifty times in a request: which day it is has been looked up a moment ago.
        if known.is_fresh() or known.day == timezone.localdate():
            return known
    today = timezone.localdate()
    if not isinstance(person, Person):
        return Standing(person_id=0, day=today)
    roles = frozenset(Role(role) for (role,) in _ROLES.rows(person=person.pk, day=today))
    posts = tuple(HeldPost(*row) for row in _POSTS.rows(person=person.pk, day=today))
    seats = _SEATS.all(person=person.pk, day=today)
    if Role.COACH in roles and not posts:
        # An external coach works with the team and never sees the organisation: the seat opens nothing.
        seats = []
    fresh = Standing(
        person_id=person.pk,
        day=today,
        roles=roles,
        seats={seat.team_id: TeamRole(seat.role) for seat in seats},
        teams=tuple(seat.team for seat in seats),
        posts=posts,
    )
    person.standing_today = fresh
    return fresh
