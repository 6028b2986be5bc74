"""What lies on whom in which weeks, and when there is room: claims and staff, as `kernel.load` reads them."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from styrfart.load.models import Claim, ClaimKind
from styrfart.people.models import Post, Unit
from styrfart.shared.workdays import is_workday

if TYPE_CHECKING:
    from styrfart.kernel import load as kernel

WEEK = dt.timedelta(weeks=1)
# Hours a week that may be asked of a person beside the work itself, in a week of five workdays. A starting
# value of ours: there is no universal threshold.
HOURS_A_WEEK = 2.0
# A new survey is offered no week with fewer workdays than this: nobody is there to answer it.
LEAST_WORKDAYS = 3
LOOKS_AHEAD = 26


def monday_of(day: dt.date) -> dt.date:
    """The first day of its week."""
    return day - dt.timedelta(days=day.weekday())


@dataclass(frozen=True)
class Lies:
    """A claim with the units that it lies on: `reach` has the paths of the topmost of them."""

    claim: Claim
    reach: tuple[str, ...]

    def touches(self, path: str) -> bool:
        """Whether it lies on somebody in the unit with this path, or below it."""
        return any(path.startswith(each) or each.startswith(path) for each in self.reach)


@dataclass(frozen=True)
class Near:
    """What else lies on some of the same people in some of the same weeks."""

    claim: Claim
    people: int  # staff of the units that both lie on
    weeks: tuple[dt.date, ...]  # their Mondays


@dataclass(frozen=True)
class Picture:
    """A unit's weeks: hours asked of a person a week on average, how many things at once, and which."""

    unit: Unit
    people: int
    mondays: tuple[dt.date, ...]
    hours: tuple[float, ...]
    claims: tuple[int, ...]  # how many lie on somebody in the unit, week by week
    changes: tuple[int, ...]
    large: tuple[int, ...]
    lies: tuple[Lies, ...]


@dataclass(frozen=True)
class _Staff:
    """The units of today with how many have posts in them; `place` numbers them."""

    ids: tuple[int, ...]
    paths: tuple[str, ...]
    parents: tuple[int, ...]
    own: tuple[int, ...]

    @cached_property
    def place(self) -> dict[int, int]:
        return {pk: at for at, pk in enumerate(self.ids)}

    @cached_property
    def _sorted(self) -> tuple[list[str], list[int]]:
        """The paths in the order of their signs, and how many work in all units before each of them."""
        rows = sorted(zip(self.paths, self.own, strict=True))
        return [path for path, _own in rows], list(accumulate((own for _path, own in rows), initial=0))

    def below(self, path: str) -> int:
        """How many work in the unit with this path and below it."""
        paths, before = self._sorted
        # All below a path follow it, up to where its last stroke becomes the next sign.
        after = path[:-1] + chr(ord(path[-1]) + 1)
        return before[bisect_left(paths, after)] - before[bisect_left(paths, path)]


def picture_of(unit: Unit, weeks: int, first: dt.date | None = None) -> Picture:
    """What is asked of the unit's people in each of so many weeks from the week of `first` (today)."""
    return pictures_of([unit], weeks, first)[unit.pk]


def pictures_of(units: Collection[Unit], weeks: int, first: dt.date | None = None) -> dict[int, Picture]:
    """As `picture_of`, of each unit by its key: one calculation and four queries, however many units."""
    from styrfart.kernel.load import (  # noqa: PLC0415  # NumPy is paid for by who calculates
        below,
        load_picture,
        organisation,
    )

    day = first or timezone.localdate()
    start = monday_of(day)
    mondays = tuple(start + nr * WEEK for nr in range(weeks))
    found = {unit.pk: _nothing(unit, mondays) for unit in units}
    if not units:
        return found
    staff = _staff(day)
    place = staff.place
    known = [unit for unit in units if unit.pk in place]
    lying = [
        each for each in _lying(start, start + weeks * WEEK) if any(each.touches(unit.path) for unit in known)
    ]
    if not known:
        return found
    claims = [made for each in lying if (made := _claim(each, start, staff, place))]
    rolled = below(load_picture(organisation(staff.parents, staff.own), claims, weeks=weeks))
    for unit in known:
        lies = tuple(each for each in lying if each.touches(unit.path))
        found[unit.pk] = _picture(unit, mondays, lies, rolled, place[unit.pk])
    return found


def _nothing(unit: Unit, mondays: tuple[dt.date, ...]) -> Picture:
    """Of a unit that is none on that day: nobody, and nothing in any week."""
    none = (0,) * len(mondays)
    return Picture(unit, 0, mondays, (0.0,) * len(mondays), none, none, none, ())


def _picture(
    unit: Unit, mondays: tuple[dt.date, ...], lies: tuple[Lies, ...], rolled: "kernel.Rolled", at: int
) -> Picture:
    spans = [_span(each.claim, mondays[0]) for each in lies]
    return Picture(
        unit=unit,
        people=int(rolled.people[at]),
        mondays=mondays,
        hours=tuple(float(each) for each in rolled.hours[at]),
        claims=tuple(sum(first <= nr < after for first, after in spans) for nr in range(len(mondays))),
        changes=tuple(int(each) for each in rolled.changes[at]),
        large=tuple(int(each) for each in rolled.large[at]),
        lies=lies,
    )


def beside(
    units: Sequence[Unit],
    starts_on: dt.date,
    ends_on: dt.date,
    *,
    but: tuple[str, str] | None = None,
) -> tuple[Near, ...]:
    """What else lies on these units in these weeks: most people first. `but`: a record's own claim."""
    from styrfart.kernel.load import beside as kernel_beside  # noqa: PLC0415  # as above
    from styrfart.kernel.load import load_picture, organisation  # noqa: PLC0415  # as above

    start = monday_of(starts_on)
    weeks = (monday_of(ends_on) - start).days // 7 + 1
    reach = _topmost(unit.path for unit in units)
    lies = [
        each
        for each in _lying(start, start + weeks * WEEK, but=but)
        if any(each.touches(path) for path in reach)
    ]
    if not lies or not reach:
        return ()
    staff = _staff(start)
    place = staff.place
    org = organisation(staff.parents, staff.own)
    claims = [made for each in lies if (made := _claim(each, start, staff, place))]
    mine = _wished(reach, place, weeks)
    if mine is None:
        return ()
    known = {each.claim.pk: each.claim for each in lies}
    found = kernel_beside(load_picture(org, claims, weeks=weeks), mine)
    return tuple(
        Near(known[int(str(each.key))], each.people, tuple(start + nr * WEEK for nr in each.weeks))
        for each in found
    )


def free_starts(
    units: Sequence[Unit],
    starts_on: dt.date,
    ends_on: dt.date,
    *,
    minutes: int,
    most: int = 3,
    but: tuple[str, str] | None = None,
) -> tuple[dt.date, ...]:
    """Mondays at which a survey of this length would meet no other survey of the same people.

    Nor would anybody be asked for more hours a week than `HOURS_A_WEEK`, and no week is short of workdays.
    Looked for from the week of `starts_on`, half a year ahead.
    """
    from styrfart.kernel.load import Limits, free_weeks, load_picture, organisation  # noqa: PLC0415  # as above

    start = monday_of(starts_on)
    length = (monday_of(ends_on) - start).days // 7 + 1
    reach = _topmost(unit.path for unit in units)
    staff = _staff(start)
    place = staff.place
    mine = _wished(reach, place, length, hours=minutes / 60 / length, impact=_SURVEY)
    if mine is None:
        return ()
    lies = [
        each
        for each in _lying(start, start + LOOKS_AHEAD * WEEK, but=but)
        if any(each.touches(path) for path in reach)
    ]
    claims = [made for each in lies if (made := _claim(each, start, staff, place, for_survey=True))]
    picture = load_picture(
        organisation(staff.parents, staff.own),
        claims,
        weeks=LOOKS_AHEAD,
        capacity=[[_room(start + nr * WEEK) for nr in range(LOOKS_AHEAD)]],
        limits=Limits(large=1, large_from=_SURVEY),
    )
    return tuple(start + int(nr) * WEEK for nr in free_weeks(picture, mine, most=most).starts)


# In the picture in which a free week is looked for, a survey counts as large: no two at once.
_SURVEY = 5.0


def _room(monday: dt.date) -> float:
    workdays = sum(is_workday(monday + dt.timedelta(days=day)) for day in range(5))
    return HOURS_A_WEEK * workdays / 5 if workdays >= LEAST_WORKDAYS else 0.0


def _wished(
    reach: Sequence[str],
    place: dict[int, int],
    weeks: int,
    *,
    hours: float = 0.0,
    impact: float = 0.0,
) -> "kernel.Claim | None":
    from styrfart.kernel.load import Claim as Asked  # noqa: PLC0415  # as above
    from styrfart.kernel.load import Part  # noqa: PLC0415  # as above

    places = [place[_last(path)] for path in reach if _last(path) in place]
    if not places:
        return None
    parts = tuple(Part(each) for each in places)
    return Asked("", parts, 0, (0, weeks, 0), impact=impact, hours=(0.0, hours, 0.0))


def _staff(day: dt.date) -> _Staff:
    """Two queries, over the whole organisation."""
    units = list(Unit.objects.on(day).order_by("path").values_list("pk", "path", "parent_id"))
    heads = dict(
        Post.objects.on(day)
        .filter(person__is_active=True)
        .order_by()
        .values_list("unit_id")
        .annotate(people=Count("person", distinct=True))
    )
    number = {pk: at for at, (pk, _path, _parent) in enumerate(units)}
    return _Staff(
        ids=tuple(pk for pk, _path, _parent in units),
        paths=tuple(path for _pk, path, _parent in units),
        parents=tuple(number.get(parent or 0, -1) for _pk, _path, parent in units),
        own=tuple(heads.get(pk, 0) for pk, _path, _parent in units),
    )


def _lying(first: dt.date, after: dt.date, but: tuple[str, str] | None = None) -> list[Lies]:
    """Claims with a day in the time, each with its units. Two queries."""
    found = Claim.objects.filter(starts_on__lt=after, ends_on__gte=first).prefetch_related("units")
    if but is not None:
        found = found.exclude(source=but[0], reference=but[1])
    return [Lies(each, _topmost(unit.path for unit in each.units.all())) for each in found]


def _claim(
    lies: Lies, start: dt.date, staff: _Staff, place: dict[int, int], *, for_survey: bool = False
) -> "kernel.Claim | None":
    """As the kernel reads it; None when none of its units is left."""
    from styrfart.kernel.load import Claim as Asked  # noqa: PLC0415  # as above
    from styrfart.kernel.load import Part  # noqa: PLC0415  # as above

    reach = [path for path in lies.reach if _last(path) in place]
    if not reach:
        return None
    claim = lies.claim
    share = 1.0
    if claim.people is not None:
        share = min(claim.people / max(sum(staff.below(path) for path in reach), 1), 1.0)
    first, after = _span(claim, start)
    as_survey = _SURVEY if claim.kind == ClaimKind.SURVEY else 0.0
    return Asked(
        claim.pk,
        tuple(Part(place[_last(path)], share) for path in reach),
        first,
        (0, after - first, 0),
        impact=as_survey if for_survey else float(claim.impact),
        hours=(0.0, min(claim.minutes / 60 / (after - first), 168.0), 0.0),
    )


def _span(claim: Claim, start: dt.date) -> tuple[int, int]:
    """The claim's first week and the first after it, counted from the week of `start`."""
    first = (monday_of(claim.starts_on) - start).days // 7
    return first, (monday_of(claim.ends_on) - start).days // 7 + 1


def _topmost(paths: Iterable[str]) -> tuple[str, ...]:
    """Those that lie below none of the others."""
    found: list[str] = []
    for path in sorted(paths):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return tuple(found)


def _last(path: str) -> int:
    return int(path.rstrip("/").rpartition("/")[2])
