"""What a team left behind when it ended: matters that somebody must place."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from styrfart.matters import rules
from styrfart.matters.models import CLOSED, HandOver, Matter, MatterState
from styrfart.matters.queries.whereabouts import with_whereabouts
from styrfart.people.models import Person, Post, Team, TeamMember, TeamRole, Unit
from styrfart.people.rules import can_see_organisation
from styrfart.people.standing import User, standing
from styrfart.shared.prepared import Prepared

ON_A_PAGE = 25


def left_behind(user: User, number: str = "1") -> "Page[Matter]":
    """Open matters of ended teams that are `user`'s to place, one team after the other, oldest first."""
    day = standing(user).day
    units = led_units(user)
    teams: list[Team] = []
    if units:
        ended = Team.objects.filter(_left_something(), valid_to__lt=day, unit__in=_units_below(units))
        teams = placed_by(user, ended.select_related("unit"))
    matters = with_whereabouts(Matter.objects.filter(team__in=teams).exclude(state__in=_NOT_OPEN))
    matters = matters.select_related("handed_in_by", "team", "decision__team", "decision__owner")
    ordered = matters.annotate(receiver_left=has_receiver_left(day)).order_by(
        "team__name", "team", "handed_in_at", "pk"
    )
    return Paginator(ordered, ON_A_PAGE).get_page(number)  # type: ignore[return-value]  # each knows one thing more


_NOT_OPEN = [*CLOSED, MatterState.DRAFT]


def _left_something() -> Exists:
    return Exists(Matter.objects.filter(team=OuterRef("pk")).exclude(state__in=_NOT_OPEN).order_by())


def has_receiver_left(day: dt.date) -> Exists:
    """Of a matter: whether it is with a person who has left."""
    stuck = HandOver.objects.still_open().receiver_left(day).order_by()
    return Exists(stuck.filter(matter=OuterRef("pk"), matter__state=MatterState.HANDED_OVER))


def has_left(person: Person | None) -> bool:
    """Whether the person has left: the account is closed, or every post they held has ended."""
    if person is None:
        return False
    today = timezone.localdate()
    ends = [day for (day,) in _ENDS_OF_POSTS.rows(person=person.pk)]
    return not person.is_active or (bool(ends) and all(day and day < today for day in ends))


_ENDS_OF_POSTS = Prepared(
    lambda person: Post.objects.filter(person=person).order_by().values_list("valid_to"), person=int
)


def led_units(user: User) -> list[int]:
    """Ids of the units that `user` heads, or in which they chair a living team."""
    here = standing(user)
    if not can_see_organisation(user):
        return []
    chaired = {
        team.unit_id
        for team in here.teams
        if here.seats[team.pk] == TeamRole.CHAIR and team.is_valid_on(here.day)
    }
    return sorted(chaired | {post.unit_id for post in here.posts if post.is_head})


def _units_below(units: Collection[int]) -> Collection[int]:
    """Ids of units at or below these."""
    paths = Unit.objects.filter(pk__in=units).order_by().values_list("path", flat=True)
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    return Unit.objects.filter(below).order_by().values("pk")  # type: ignore[return-value]  # a subquery


def places(user: User, team: Team) -> bool:
    """Whether `user` places what the team left behind. No query while the team lives. Needs its unit."""
    return not _is_living(team) and bool(led_units(user)) and bool(placed_by(user, [team]))


def placed_by(user: User, teams: Iterable[Team]) -> list[Team]:
    """Those of these ended teams whose matters `user` places. Two queries."""
    teams = list(teams)
    me = standing(user).person_id
    found = who_place({team.pk: team.unit.ancestor_ids for team in teams})
    return [team for team in teams if me in found[team.pk]]


def who_place(units: Mapping[int, list[int]]) -> dict[int, frozenset[int]]:
    """By team (id) with the ids of its units, the top first: ids of those who place its matters today."""
    day = timezone.localdate()
    every = {unit for path in units.values() for unit in path}
    if not every:
        return {}
    heads: dict[int, set[int]] = defaultdict(set)
    chairs: dict[int, set[int]] = defaultdict(set)
    posts = Post.objects.on(day).filter(is_head=True, unit__in=every, person__is_active=True).order_by()
    for unit, person in posts.values_list("unit", "person"):
        heads[unit].add(person)
    seats = TeamMember.objects.on(day).filter(role=TeamRole.CHAIR, person__is_active=True).order_by()
    living = Team.objects.on(day).filter(unit__in=every).order_by()
    for unit, person in seats.filter(team__in=living).values_list("team__unit", "person"):
        chairs[unit].add(person)
    return {team: rules.who_places(path, heads, chairs) for team, path in units.items()}


def who_place_left_behind(today: dt.date) -> dict[int, frozenset[int]]:
    """By ended team (id) that left open matters: ids of those who place them. Three queries."""
    ended = Team.objects.filter(_left_something(), valid_to__lt=today).select_related("unit").order_by()
    return who_place({team.pk: team.unit.ancestor_ids for team in ended})


def sees_left_behind(user: User, matter: Matter) -> bool:
    """Whether the matter is or has been in an ended team for which `user` places: as a seat there would show.

    What is secret is seen where it is now, and by whoever placed it.
    """
    if matter.state == MatterState.DRAFT or not led_units(user):
        return False
    came = Q(routings__matter=matter)
    if matter.secrecy_ground:
        came &= Q(routings__by=standing(user).person_id)
    ended = Team.objects.filter(came | Q(pk=matter.team_id), valid_to__lt=standing(user).day)
    return bool(placed_by(user, ended.select_related("unit").distinct()))


def _is_living(team: Team) -> bool:
    return team.valid_to is None or team.valid_to >= timezone.localdate()
