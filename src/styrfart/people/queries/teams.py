"""Teams and who sits in them."""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404

from styrfart.people import rules
from styrfart.people.models import Person, Post, Team, TeamMember, TeamRole, Unit
from styrfart.people.standing import User
from styrfart.shared.prepared import PreparedObjects


def team_for(user: User, slug: str) -> Team:
    """The team with its unit, if `user` may enter its room; 404 to everybody else."""
    team = _BY_SLUG.first(slug=slug)
    if team is None or not rules.can_see_team(user, team):
        raise Http404
    return team


_BY_SLUG: PreparedObjects[Team] = PreparedObjects(
    lambda slug: Team.objects.filter(slug=slug), ("unit",), slug=str
)


def people_in(team: Team, day: dt.date) -> list[TeamMember]:
    """The seats of the team on `day`, each with its person, by name. One query."""
    return _SEATS.all(team=team.pk, day=day)


_SEATS: PreparedObjects[TeamMember] = PreparedObjects(
    lambda team, day: TeamMember.objects.on(day).filter(team=team).order_by("person__name_key", "pk"),
    ("person",),
    team=int,
    day=dt.date,
)


@dataclass(frozen=True)
class MemberUnit:
    """A unit that a member of the team leads, and by which title."""

    person: Person
    unit: Unit
    title: str


def member_units(team: Team, day: dt.date) -> tuple[MemberUnit, ...]:
    """Which member of the team leads which unit on `day`: chair and members, by name. One query."""
    members = TeamMember.objects.on(day).filter(team=team, role__in=[TeamRole.CHAIR, TeamRole.MEMBER])
    posts = (
        Post.objects.on(day)
        .filter(is_head=True, person__in=members.values("person"))
        .select_related("person", "unit")
        .order_by("person__name_key", "person", "unit__path")
    )
    return tuple(MemberUnit(post.person, post.unit, post.title) for post in posts)
