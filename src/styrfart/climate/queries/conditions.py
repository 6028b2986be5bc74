"""Conditions of managers' posts: how many they lead, what they say together, what lies on their units.

Of posts, never of the persons in them: no name, no mark, no order but the organisation's own.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.climate.instruments import shipped
from styrfart.climate.models import RoundKind, Row, SpanLimits
from styrfart.climate.models.conditions import Limits
from styrfart.climate.queries.led import led_by, nearest_headed, path_above
from styrfart.climate.queries.spans import SpanRules, span_rules
from styrfart.load.queries import Picture, pictures_of
from styrfart.people import rules as people
from styrfart.people.models import Post, Unit
from styrfart.people.standing import User, standing

INSTRUMENT = "chefens-forutsattningar"
WEEKS = 6
# What is said of a span, and how it looks: always in words.
SPAN_WORDS: dict[str, tuple[Promise | str, str]] = {
    "none": (_("inom riktvärdena"), "none"),
    "note": (_("att se över"), "going"),
    "yellow": (_("ansträngt"), "late"),
    "red": (_("för många"), "late"),
}


@dataclass(frozen=True)
class Ahead:
    """What lies on a unit in the coming weeks: at most, of any week."""

    at_once: int  # things
    minutes: int  # asked of a person in the week, besides the work itself


@dataclass(frozen=True)
class PostConditions:
    """How many a post leads, against the limits that hold for its unit, and what lies on the unit."""

    unit: Unit
    title: str
    people: int
    flag: str
    above: int | None
    limits: Limits
    ahead: Ahead

    @property
    def word(self) -> Promise | str:
        return SPAN_WORDS[self.flag][0]

    @property
    def tone(self) -> str:
        return SPAN_WORDS[self.flag][1]


@dataclass(frozen=True)
class Said:
    """What managers in a group said together, as it was released: words, index, and how wide it is."""

    text: str
    index: int
    low: int
    high: int


@dataclass(frozen=True)
class SaidTogether:
    """The latest released answers of managers that hold for a unit."""

    group: str
    shown_on: dt.date
    answers: int
    lines: tuple[Said, ...]


@dataclass(frozen=True)
class OwnPost:
    """A post that the reader holds: its conditions, and what managers around it say."""

    span: PostConditions
    said: SaidTogether | None


@dataclass(frozen=True)
class ConditionsPage:
    own: tuple[OwnPost, ...]
    unit: Unit | None  # whose posts below are listed
    posts: tuple[PostConditions, ...]
    said: SaidTogether | None
    choices: tuple[Unit, ...]  # other units that the reader may look at
    may_choose_any: bool
    thresholds: Limits  # of the unit whose posts are listed, else of the reader's first, else everybody's
    exceptions: tuple[SpanLimits, ...]  # other limits that hold for some of the posts

    @property
    def flagged(self) -> int:
        """How many of the posts lead more than some threshold."""
        return sum(post.above is not None for post in self.posts)

    @property
    def note(self) -> int | None:
        """The lowest limit of the posts below; None when it is not the same for all."""
        found = {post.limits.note for post in self.posts}
        return found.pop() if len(found) == 1 else None


def can_see_conditions(user: User, unit: Unit) -> bool:
    """Of the posts under a unit: its head or one above, members of its management team, HR developers."""
    here = standing(user)
    return (
        people.is_hr_developer(user)
        or people.leads(user, unit)
        or any(team.unit_id == unit.pk and people.is_in_room(user, team) for team in here.teams)
    )


def conditions_page(user: User, code: str, *, language: str) -> ConditionsPage:
    """The reader's own posts, and the posts under a unit that they may look at.

    `code`: which unit; empty: the first that the reader leads or whose team they sit in. 404 to whoever may
    not see the organisation, or names no unit; 403 for a unit that is not theirs to look at.
    """
    if not people.can_see_organisation(user):
        raise Http404
    today = timezone.localdate()
    choices = _units_of(user, today)
    unit = _chosen(user, code, today) if code else (choices[0] if choices else None)
    own = [post for post in standing(user).posts if post.is_head]
    units = {each.pk: each for each in Unit.objects.filter(pk__in=[post.unit_id for post in own])}
    paths = [post.unit_path for post in own] + ([unit.path] if unit else [])
    spans = {path: len(people) for path, people in led_by(paths, today).items()}
    held = [_Led(units[post.unit_id], post.title, spans.get(post.unit_path, 0)) for post in own]
    under = _led_under(unit, spans, today) if unit else []
    pictures = pictures_of({led.unit.pk: led.unit for led in held + under}.values(), WEEKS)
    limits = span_rules()
    shown = unit or (held[0].unit if held else None)
    return ConditionsPage(
        own=tuple(
            OwnPost(
                _conditions(led, limits, pictures[led.unit.pk]), said_together(led.unit, language=language)
            )
            for led in held
        ),
        unit=unit,
        posts=tuple(_conditions(led, limits, pictures[led.unit.pk]) for led in under),
        said=said_together(unit, language=language) if unit else None,
        choices=tuple(each for each in choices if unit is None or each.pk != unit.pk),
        may_choose_any=people.is_hr_developer(user),
        thresholds=limits.of(shown) if shown else limits.everybodys,
        exceptions=_exceptions(held + under, limits, shown),
    )


def _units_of(user: User, today: dt.date) -> list[Unit]:
    """Those that the user leads first, then those in whose teams they sit; each from the top down."""
    here = standing(user)
    led = {post.unit_id for post in here.posts if post.is_head}
    found = Unit.objects.on(today).filter(pk__in=led | {team.unit_id for team in here.teams})
    return sorted(found, key=lambda unit: (unit.pk not in led, len(unit.ancestor_ids), unit.name_key))


def _chosen(user: User, code: str, today: dt.date) -> Unit:
    unit = Unit.objects.on(today).filter(code=code).first()
    if unit is None:
        raise Http404
    if not can_see_conditions(user, unit):
        raise PermissionDenied
    return unit


# --- span of control


class _Led(NamedTuple):
    """A head's post: its unit, what it is called, and how many it leads."""

    unit: Unit
    title: str
    people: int


def _conditions(led: _Led, limits: SpanRules, picture: Picture) -> PostConditions:
    from styrfart.kernel.load import span_of_control  # noqa: PLC0415  # NumPy is paid for by who calculates

    own = limits.of(led.unit)
    found = span_of_control(led.people, note=own.note, yellow=own.yellow, red=own.red)
    ahead = Ahead(max(picture.claims), round(max(picture.hours) * 60))
    return PostConditions(led.unit, led.title, found.people, found.flag.value, found.above, own, ahead)


def _exceptions(posts: Iterable[_Led], limits: SpanRules, shown: Unit | None) -> tuple[SpanLimits, ...]:
    """Limits that hold for some of the posts and are not those of the unit shown, in the posts' order."""
    usual = limits.at(shown) if shown else None
    return tuple(dict.fromkeys(own for led in posts if (own := limits.at(led.unit)) and own != usual))


def _led_under(unit: Unit, spans: dict[str, int], today: dt.date) -> list[_Led]:
    """Heads' posts right below the unit's own head, in the order of the organisation. Two queries."""
    headed = set(spans) | {unit.path}
    paths = [
        path
        for path in spans
        if path != unit.path
        and path.startswith(unit.path)
        and nearest_headed(path_above(path), headed) == unit.path
    ]
    on_the_way = {int(each) for path in paths for each in path.removeprefix(unit.path).strip("/").split("/")}
    units = Unit.objects.on(today).filter(pk__in=on_the_way).only("path", "name", "name_key", "code")
    below = {each.path: each for each in units}
    nearest = [below[path] for path in paths if path in below]
    titles: dict[int, str] = {}
    posts = Post.objects.on(today).filter(unit__in=nearest, is_head=True).order_by("pk")
    for unit_id, title in posts.values_list("unit", "title"):
        titles.setdefault(unit_id, title)
    return [
        _Led(each, titles[each.pk], spans[each.path])
        for each in sorted(nearest, key=lambda each: _order(each, below))
    ]


def _order(unit: Unit, below: dict[str, Unit]) -> list[str]:
    """The names on the way down to the unit: siblings in the order of their names."""
    way, path = [], unit.path
    while path in below:
        way.append(below[path].name_key)
        path = path_above(path)
    return way[::-1]


# --- what managers said together


def said_together(unit: Unit, *, language: str) -> SaidTogether | None:
    """The newest released answers of managers for the unit, or for the nearest above. One query.

    Only what was shown: figures of a released row.
    """
    keys = [f"{INSTRUMENT}.{item.key}" for item in shipped()[INSTRUMENT].items]
    row = (
        Row.objects.filter(figures__has_any_keys=keys, group__unit__in=unit.ancestor_ids)
        .exclude(release__round__kind=RoundKind.REVIEW)
        .select_related("group__unit", "release__round")
        .order_by("-release__made_at", "-group__unit__path")
        .first()
    )
    if row is None or row.group is None:
        return None
    asked = next(each for each in row.release.round.asked if each.key == INSTRUMENT)
    shown = [
        (item, figure)
        for item in asked.items
        if (figure := row.figures.get(f"{INSTRUMENT}.{item.key}")) is not None
    ]
    lines = [
        Said(item.text.to(language), figure["index"], figure["low"], figure["high"]) for item, figure in shown
    ]
    answers = max(figure["answers"] for _item, figure in shown)
    return SaidTogether(row.group.name, timezone.localdate(row.release.made_at), answers, tuple(lines))
