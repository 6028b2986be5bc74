"""What the pages of a unit and of a person tell: what concerns work, and no more."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from styrfart.people import rules
from styrfart.people.models import (
    Person,
    Post,
    Role,
    RoleAssignment,
    Team,
    TeamLevel,
    TeamMember,
    Unit,
    UnitPeriod,
)
from styrfart.people.queries.units import nearest_head
from styrfart.people.standing import User

PER_PAGE = 50


@dataclass(frozen=True)
class EarlierTeam:
    """What a team was called before; unit and level are empty when they were what they are now."""

    name: str
    unit: str
    level: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class TeamLink:
    """A team, and whether the reader may enter its room."""

    team: Team
    may_enter: bool
    role: str = ""
    earlier: tuple[EarlierTeam, ...] = ()


@dataclass(frozen=True)
class SubUnit:
    """A unit below, and those who lead it."""

    unit: Unit
    heads: list[Person]


@dataclass(frozen=True)
class UnitPage:
    """Everything on the page of a unit."""

    unit: Unit
    above: list[Unit]
    heads: list[Post]
    teams: list[TeamLink]
    below: list[SubUnit]
    people: "Page[Post]"
    earlier: list[UnitPeriod]
    has_ended: bool
    whom_to_ask: list[Person]  # the system owners, for those who keep a team here and may not change it


def unit_page(user: User, unit: Unit, number: str = "") -> UnitPage:
    """The page of a unit that `user` may see. Eight queries, whatever the size of the unit."""
    today = timezone.localdate()
    here = Unit.objects.in_bulk(unit.ancestor_ids[:-1])
    held = Post.objects.on(today).filter(unit=unit).select_related("person")
    teams = _teams_of(unit, today)
    below = list(Unit.objects.on(today).filter(parent=unit))
    heads = Post.objects.on(today).filter(unit__in=below, is_head=True).select_related("person")
    by_unit: defaultdict[int, list[Person]] = defaultdict(list)
    for post in heads.order_by("person__name_key", "pk"):
        by_unit[post.unit_id].append(post.person)
    people = Paginator(held.order_by("-is_head", "person__name_key", "pk"), PER_PAGE)
    return UnitPage(
        unit=unit,
        above=[here[pk] for pk in unit.ancestor_ids[:-1] if pk in here],
        heads=list(held.filter(is_head=True).order_by("person__name_key")),
        teams=[TeamLink(team, rules.can_see_team(user, team), earlier=was) for team, was in teams],
        below=[SubUnit(each, by_unit[each.pk]) for each in below],
        people=people.get_page(number or 1),
        earlier=list(unit.periods.filter(valid_to__lt=today).select_related("parent").order_by("-valid_to")),
        has_ended=not unit.is_valid_on(today) and unit.valid_from <= today,
        whom_to_ask=_owners(today) if any(_keeps(user, team) for team, _was in teams) else [],
    )


def _teams_of(unit: Unit, today: dt.date) -> list[tuple[Team, tuple[EarlierTeam, ...]]]:
    """The teams of the unit, each with what it was before, the latest first. One query: a row for each."""
    teams: dict[int, Team] = {}
    earlier: defaultdict[int, list[EarlierTeam]] = defaultdict(list)
    for row in (
        Team.objects.on(today)
        .filter(unit=unit)
        .annotate(was=FilteredRelation("periods", condition=Q(periods__valid_to__lt=today)))
        .annotate(was_called=F("was__name"), was_at=F("was__level"), was_of=F("was__unit"))
        .annotate(led=F("was__unit__name"), first=F("was__valid_from"), last=F("was__valid_to"))
        .order_by("name", "pk", "-was__valid_to")
    ):
        row.unit = unit
        teams.setdefault(row.pk, row)
        if row.last is not None:
            level = "" if row.was_at == row.level else str(TeamLevel(row.was_at).label)
            led = "" if row.was_of == unit.pk else row.led
            earlier[row.pk].append(EarlierTeam(row.was_called, led, level, row.first, row.last))
    return [(team, tuple(earlier[pk])) for pk, team in teams.items()]


def _keeps(user: User, team: Team) -> bool:
    return rules.is_chair(user, team) or rules.is_secretary(user, team)


def _owners(today: dt.date) -> list[Person]:
    held = RoleAssignment.objects.on(today).filter(role=Role.SYSTEM_OWNER)
    return list(Person.objects.filter(pk__in=held.values("person"), is_active=True))


@dataclass(frozen=True)
class PersonPage:
    """Everything on the page of a person."""

    person: Person
    posts: list[Post]
    head: Post | None
    teams: list[TeamLink]


def person_page(user: User, person: Person) -> PersonPage:
    """The page of a person that `user` may see: name, posts, address, nearest head, teams. Three queries."""
    today = timezone.localdate()
    if not person.is_active:
        return PersonPage(person, [], None, [])
    posts = list(
        Post.objects.on(today)
        .filter(person=person)
        .select_related("unit")
        .order_by("-is_head", "valid_from", "pk")
    )
    seats = TeamMember.objects.on(today).filter(person=person).select_related("team__unit")
    return PersonPage(
        person=person,
        posts=posts,
        head=nearest_head(posts[0].unit, today, but=person) if posts else None,
        teams=[
            TeamLink(seat.team, rules.can_see_team(user, seat.team), seat.function or seat.get_role_display())
            for seat in seats.order_by("team__name", "pk")
        ],
    )
