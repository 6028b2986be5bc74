"""Search over everything there is, with permissions in the query of every room."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrfart.decisions import queries as decisions
from styrfart.decisions.phrases import short
from styrfart.mandates.models import DelegationPoint, MandateState, Rule
from styrfart.matters import queries as matters
from styrfart.matters.models import MatterState
from styrfart.meetings import queries as meetings
from styrfart.people import queries as people
from styrfart.people.models import Person, Team
from styrfart.people.rules import can_see_organisation, can_see_team, is_system_owner, is_top_management
from styrfart.people.standing import standing
from styrfart.shared.addresses import reverse
from styrfart.shared.prepared import Prepared, PreparedObjects
from styrfart.shared.sought import holds, keywords
from styrfart.shared.templatetags.words import day

SHORTEST = 2  # letters
LONGEST = 100
MOST_WORDS = 6
FEW, MANY = 4, 50  # of each kind: together, and alone


class Kind(Enum):
    """What can be found, in the order in which it is shown."""

    PEOPLE = "personer"
    UNITS = "enheter"
    TEAMS = "grupper"
    MATTERS = "arenden"
    DECISIONS = "beslut"
    MINUTES = "anteckningar"
    RULES = "regler"
    POINTS = "delegation"


NAMES: Mapping[Kind, str | Promise] = {
    Kind.PEOPLE: gettext_lazy("Personer"),
    Kind.UNITS: gettext_lazy("Enheter"),
    Kind.TEAMS: gettext_lazy("Ledningsgrupper"),
    Kind.MATTERS: gettext_lazy("Ärenden"),
    Kind.DECISIONS: gettext_lazy("Beslut"),
    Kind.MINUTES: gettext_lazy("Anteckningar"),
    Kind.RULES: gettext_lazy("Regler i mandat"),
    Kind.POINTS: gettext_lazy("Delegationsordningen"),
}


@dataclass(frozen=True)
class Found:
    """One hit: what it is called, what tells it apart, and its page."""

    title: str
    meta: str
    url: str


@dataclass(frozen=True)
class Group:
    """Hits of one kind."""

    kind: Kind
    hits: list[Found]
    has_more: bool

    @property
    def name(self) -> str:
        return str(NAMES[self.kind])

    @property
    def more(self) -> str:
        """The words that lead to the rest; empty when all are here."""
        return _("Visa fler") if self.has_more else ""


def search(user: Person, text: str, only: Kind | None = None) -> list[Group]:
    """What `user` may see that holds every word of `text`, by kind; kinds without hits are left out."""
    text = " ".join(text.replace("\0", "").split())[:LONGEST]
    if len(text) < SHORTEST or not can_see_organisation(user):
        return []
    limit = MANY if only else FEW
    groups = []
    for kind in [only] if only else Kind:
        hits = list(FIND[kind](user, text, limit + 1))
        if hits:
            groups.append(Group(kind, hits[:limit], has_more=len(hits) > limit and only is None))
    return groups


def _people(user: Person, text: str, limit: int) -> Iterable[Found]:
    for hit in people.search_people(user, text, limit=limit):
        unit = hit.unit.name if hit.unit else ""
        meta = ", ".join(part for part in (hit.title, unit) if part)
        yield Found(hit.person.full_name, meta, reverse("people:person", args=[hit.person.pk]))


def _units(user: Person, text: str, limit: int) -> Iterable[Found]:
    for unit in people.search_units(user, text, limit=limit):
        above = unit.parent.name if unit.parent else ""
        yield Found(unit.name, above, reverse("people:unit", args=[unit.code]))


def _teams(user: Person, text: str, limit: int) -> Iterable[Found]:
    """Everybody finds every team, to hand in a matter; its room only whoever may enter."""
    asked = _asked(text)
    for team in _team_search(tuple(asked), limit).all(day=timezone.localdate(), **asked):
        if can_see_team(user, team):
            yield Found(team.name, team.unit.name, reverse("matters:team", args=[team.slug]))
        else:
            yield Found(team.name, _("Lämna in ett ärende"), reverse("matters:write", args=[team.slug]))


def _matters(user: Person, text: str, limit: int) -> Iterable[Found]:
    for matter in matters.search(user, text, limit=limit):
        words = {"nr": matter.pk, "team": matter.team, "state": MatterState(matter.state).label}
        url = reverse("matters:show", args=[matter.team.slug, matter.pk])
        yield Found(matter.question, _("Ärende %(nr)s, %(team)s, %(state)s") % words, url)


def _decisions(user: Person, text: str, limit: int) -> Iterable[Found]:
    for decision in decisions.search(user, text, limit=limit):
        words = {"number": decision.number, "day": day(decision.decided_at), "team": decision.team}
        meta = _("Beslut %(number)s, %(day)s, %(team)s") % words
        yield Found(short(decision.text, 140), meta, decision.get_absolute_url())


def _minutes(user: Person, text: str, limit: int) -> Iterable[Found]:
    """Parts of approved minutes; what is secret is not looked in."""
    for hit in meetings.search_minutes(user, text, limit=limit):
        meeting = hit.section.minutes.meeting
        words = {"day": day(meeting.held_on), "team": meeting.team}
        yield Found(hit.section.heading, _("Anteckningar %(day)s, %(team)s") % words, hit.url)


def _rules(user: Person, text: str, limit: int) -> Iterable[Found]:
    """Rules of the mandates that the user may read, in force today."""
    given = _asked(text) | _teams_seen(user)
    for concerns, number, team, slug in _rule_search(tuple(given), limit).rows(**given):
        meta = _("Punkt %(number)s i mandatet, %(team)s") % {"number": number, "team": team}
        yield Found(concerns, meta, reverse("mandates:show", args=[slug]))


def _teams_seen(user: Person) -> dict[str, Any]:
    """By what the teams are known whose rooms `user` may enter (`people.rules.can_see_team`); empty: all."""
    if is_top_management(user) or is_system_owner(user):
        return {}
    here = standing(user)
    paths = (post.unit_path for post in here.posts if post.is_head)
    return {"room": list(here.seats)} | {f"path{nr}": path for nr, path in enumerate(paths)}


def _points(_user: Person, text: str, limit: int) -> Iterable[Found]:
    """A scheme of delegation is a public document: everybody who works here reads every point."""
    asked = _asked(text)
    for words, code, committee, unit in _point_search(tuple(asked), limit).rows(
        day=timezone.localdate(), **asked
    ):
        url = reverse("mandates:scheme", args=[unit])
        yield Found(words, _("Punkt %(code)s, %(committee)s") % {"code": code, "committee": committee}, url)


def _asked(text: str) -> dict[str, Any]:
    """The first words of the text, as a prepared query asks for them."""
    return keywords(text.split()[:MOST_WORDS])


# One query for each set of keywords (how many words, how many units one is head of) and length of the answer.
@lru_cache(maxsize=32)
def _team_search(names: tuple[str, ...], limit: int) -> PreparedObjects[Team]:
    def found(*, day: dt.date, **asked: str) -> QuerySet[Team]:
        return Team.objects.on(day).filter(holds(asked, "name", "unit__name"))[:limit]

    return PreparedObjects(found, ("unit",), day=dt.date, **dict.fromkeys(names, str))


@lru_cache(maxsize=64)
def _rule_search(names: tuple[str, ...], limit: int) -> Prepared:
    def found(**given: Any) -> "QuerySet[Rule, tuple[str, int, str, str]]":
        seen = Q(mandate__team__in=given["room"]) if "room" in given else Q()
        for name in names:
            if name.startswith("path"):
                seen |= Q(mandate__team__unit__path__startswith=given[name])
        rules = Rule.objects.filter(holds(given, "concerns"), seen, mandate__state=MandateState.ADOPTED)
        columns = ("concerns", "number", "mandate__team__name", "mandate__team__slug")
        return rules.order_by("mandate__team", "number").values_list(*columns)[:limit]

    return Prepared(found, **{name: list if name == "room" else str for name in names})


@lru_cache(maxsize=32)
def _point_search(names: tuple[str, ...], limit: int) -> Prepared:
    def found(*, day: dt.date, **asked: str) -> "QuerySet[DelegationPoint, tuple[str, str, str, str]]":
        in_force = Q(scheme__valid_from__lte=day)
        in_force &= Q(scheme__valid_to__isnull=True) | Q(scheme__valid_to__gte=day)
        points = DelegationPoint.objects.filter(holds(asked, "text", "heading", "code"), in_force)
        columns = ("text", "code", "scheme__committee__name", "scheme__committee__code")
        return points.order_by("scheme", "position").values_list(*columns)[:limit]

    return Prepared(found, day=dt.date, **dict.fromkeys(names, str))


FIND: Mapping[Kind, Callable[[Person, str, int], Iterable[Found]]] = {
    Kind.PEOPLE: _people,
    Kind.UNITS: _units,
    Kind.TEAMS: _teams,
    Kind.MATTERS: _matters,
    Kind.DECISIONS: _decisions,
    Kind.MINUTES: _minutes,
    Kind.RULES: _rules,
    Kind.POINTS: _points,
}
