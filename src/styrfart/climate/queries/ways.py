"""How people work best: one's own page, and those of the people of a team or a unit who show theirs."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models import WayOfWorking, WayShown
from styrfart.people import rules as people
from styrfart.people.models import Person, Post, Team, TeamMember, Unit
from styrfart.people.standing import standing

HEADINGS: dict[str, str | Promise] = {
    "best": _("Så arbetar jag bäst"),
    "feedback": _("Så vill jag ha återkoppling"),
    "pressed": _("Det här behöver jag när det är mycket"),
    "ask_me": _("Fråga mig gärna om"),
    "misread": _("Det här missförstår människor ibland"),
}


@dataclass(frozen=True)
class Circle:
    """A team or a unit of the reader's, whether they show their page there, and how many do."""

    name: str
    team: Team | None
    unit: Unit | None
    is_shown: bool
    pages: int

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"lg-{self.team.pk}" if self.team else f"enhet-{self.unit.pk if self.unit else 0}"


@dataclass(frozen=True)
class WaysHome:
    """The reader's page and where it may be shown."""

    way: WayOfWorking | None
    circles: list[Circle]

    @property
    def lines(self) -> list[tuple[str | Promise, str]]:
        """What the reader's page says, as others see it."""
        return _page(self.way).lines if self.way else []

    @property
    def is_shown(self) -> bool:
        return any(circle.is_shown for circle in self.circles)


def ways_home(user: Person) -> WaysHome:
    """The reader's own page, and the teams and units that they are in. 404 to whoever is not of the house."""
    if not people.can_see_organisation(user):
        raise Http404
    here = standing(user)
    way = WayOfWorking.objects.filter(person=user).first()
    shown: set[tuple[int | None, int | None]] = set()
    if way is not None:
        shown |= set(WayShown.objects.filter(way=way).values_list("team", "unit"))
    units = Unit.objects.filter(pk__in={post.unit_id for post in here.posts})
    circles = [
        Circle(str(team), team, None, (team.pk, None) in shown, _of_team(team).count()) for team in here.teams
    ]
    circles += [
        Circle(str(unit), None, unit, (None, unit.pk) in shown, _of_unit(unit).count()) for unit in units
    ]
    return WaysHome(way, circles)


@dataclass(frozen=True)
class Page:
    """What one person shows: each answer under its heading, the empty ones left out."""

    person: Person
    lines: list[tuple[str | Promise, str]]


@dataclass(frozen=True)
class WaysPage:
    name: str
    pages: list[Page]


def ways_of_team(user: Person, slug: str) -> WaysPage:
    """What those in the team show each other; 404 to everybody who has no seat in it today."""
    team = next((team for team in standing(user).teams if team.slug == slug), None)
    if team is None:
        raise Http404
    return WaysPage(str(team), [_page(way) for way in _of_team(team).select_related("person")])


def ways_of_unit(user: Person, code: str) -> WaysPage:
    """What those who work in the unit show each other; 404 to everybody who has no post in it today."""
    ids = {post.unit_id for post in standing(user).posts}
    unit = Unit.objects.filter(code=code, pk__in=ids).first()
    if unit is None:
        raise Http404
    return WaysPage(str(unit), [_page(way) for way in _of_unit(unit).select_related("person")])


def _of_team(team: Team) -> QuerySet[WayOfWorking]:
    seats = TeamMember.objects.on(timezone.localdate()).filter(team=team, person=OuterRef("person"))
    return WayOfWorking.objects.filter(Exists(seats), shown__team=team, person__is_active=True)


def _of_unit(unit: Unit) -> QuerySet[WayOfWorking]:
    posts = Post.objects.on(timezone.localdate()).filter(unit=unit, person=OuterRef("person"))
    return WayOfWorking.objects.filter(Exists(posts), shown__unit=unit, person__is_active=True)


def _page(way: WayOfWorking) -> Page:
    lines = [(HEADINGS[name], getattr(way, name)) for name in HEADINGS]
    return Page(way.person, [(heading, text) for heading, text in lines if text])
