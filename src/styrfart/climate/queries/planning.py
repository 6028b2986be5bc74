"""Who would be asked, in which groups, and which of them a report would show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.db.models import Q

from styrfart.climate.instruments import Answering, Instrument
from styrfart.climate.models import Group, Round
from styrfart.climate.queries.answering import minutes_for
from styrfart.people.models import Person, Post, Role, RoleAssignment, Team, TeamMember, TeamRole, Unit

EXPECTED_RATE = 0.75
MOST_IN_A_PULSE = 7  # questions; more is no longer a pulse


@dataclass(frozen=True)
class Stand:
    """A unit or a team that people stand at: a group to be. `parent`: its place among the stands, or -1."""

    unit_id: int | None
    team_id: int | None
    name: str
    code: str
    parent: int
    depth: int


@dataclass(frozen=True)
class Seat:
    """A person who is invited, and the stand that they stand at."""

    person_id: int
    stand: int
    has_mail: bool


@dataclass(frozen=True)
class Roster:
    """Everybody who is invited: stands depth first, a parent before those below it, siblings by name."""

    stands: tuple[Stand, ...]
    seats: tuple[Seat, ...]

    @cached_property
    def own(self) -> tuple[int, ...]:
        """How many stand at each stand itself."""
        return _counted(len(self.stands), [seat.stand for seat in self.seats])

    @cached_property
    def without_mail(self) -> tuple[int, ...]:
        """How many of them have no address, and are asked on paper."""
        return _counted(len(self.stands), [seat.stand for seat in self.seats if not seat.has_mail])

    @cached_property
    def below(self) -> tuple[int, ...]:
        """How many stand at each stand or below it."""
        return self.rolled(self.own)

    def rolled(self, own: Sequence[int]) -> tuple[int, ...]:
        """Sums from below. A parent comes before its children, so one way back is enough."""
        sums = list(own)
        for at in range(len(sums) - 1, -1, -1):
            if self.stands[at].parent >= 0:
                sums[self.stands[at].parent] += sums[at]
        return tuple(sums)


@dataclass(frozen=True)
class Planned:
    """How each stand would be reported at an expected share of answers, and if everybody answered."""

    shown: tuple[int, ...]  # `Group.Planned`
    together: tuple[int | None, ...]  # the same number: one row for all of them
    if_all: tuple[int, ...]

    def number(self, which: int) -> int:
        """How many stands are reported that way."""
        return self.shown.count(which)

    def number_if_all(self, which: int) -> int:
        """The same, if everybody answered."""
        return self.if_all.count(which)


def roster_of(asked: Round, day: dt.date, answering: Answering = Answering.WORKPLACE) -> Roster:
    """Who stands where on that day. Units: two queries; teams: one.

    Each is invited once among the units, in the one that they lead, else in the first by the tree. In teams
    the chair and the members are asked, in each of their teams: about that team.
    """
    units, teams = list(asked.units.all()), list(asked.teams.all())
    if teams:
        return _of_teams(teams, day)
    return _of_units(units, day, only_heads=answering is Answering.MANAGER)


def answering_of(instruments: Sequence[Instrument]) -> Answering:
    """Who is asked: the same for all parts of a round."""
    return instruments[0].answering if instruments else Answering.WORKPLACE


def plan_of(roster: Roster, *, least: int, rate: float = EXPECTED_RATE) -> Planned:
    """What the report would show of each stand. Calculated by `kernel.release.plan`."""
    import numpy as np  # noqa: PLC0415  # NumPy is paid for by who calculates

    from styrfart.kernel.release import Forest, Rows, plan  # noqa: PLC0415  # as above

    if not roster.stands:
        return Planned((), (), ())

    # One may sit in several teams, so answers of two teams are not as many people: they are not joined.
    are_teams = any(stand.team_id is not None for stand in roster.stands)

    def of(rows: Rows) -> tuple[int, ...]:
        shown = (int(each) for each in rows.shown)
        if are_teams:
            return tuple(
                Group.Planned.ITSELF if each == Group.Planned.ITSELF else Group.Planned.NOT for each in shown
            )
        return tuple(shown)

    forest = Forest(np.array([stand.parent for stand in roster.stands], dtype=np.int64))
    found = plan(forest, np.array(roster.own, dtype=np.int64), rate=rate, k=least)
    together: list[int | None] = [None] * len(roster.stands)
    for number, cluster in enumerate(() if are_teams else found.rows.clusters, start=1):
        for member in cluster.members:
            together[member] = number
    return Planned(of(found.rows), tuple(together), of(found.everybody))


def people_without_post(day: dt.date) -> int:
    """How many work here and stand in no unit: nobody asks them. A coach does not work here. One query."""
    placed = Post.objects.on(day).values("person")
    coaches = RoleAssignment.objects.on(day).filter(role=Role.COACH).values("person")
    every = Person.objects.filter(is_active=True).exclude(pk__in=placed)
    return every.exclude(pk__in=coaches).count()


def minutes_of(instruments: Sequence[Instrument], texts: int) -> int:
    """About how long it takes to answer: what the respondent is told."""
    return minutes_for(sum(len(each.items) for each in instruments), texts)


def _counted(size: int, places: Sequence[int]) -> tuple[int, ...]:
    counts = [0] * size
    for place in places:
        counts[place] += 1
    return tuple(counts)


def _of_teams(teams: Sequence[Team], day: dt.date) -> Roster:
    order = sorted(teams, key=lambda team: (team.name, team.pk))
    stands = tuple(Stand(None, team.pk, team.name, team.slug, -1, 0) for team in order)
    place = {team.pk: at for at, team in enumerate(order)}
    rows = (
        TeamMember.objects.on(day)
        .filter(team__in=order, role__in=[TeamRole.CHAIR, TeamRole.MEMBER], person__is_active=True)
        .order_by("team", "person")
        .values_list("team_id", "person_id", "person__email")
        .distinct()
    )
    return Roster(stands, tuple(Seat(who, place[team], bool(email)) for team, who, email in rows))


def _of_units(units: Sequence[Unit], day: dt.date, *, only_heads: bool) -> Roster:
    tops = topmost(units)
    names: dict[int, tuple[str, str]] = {}
    paths: list[tuple[tuple[tuple[str, int], ...], int, str]] = []
    # All of them: what lies above the chosen says in which order they come.
    rows = list(Unit.objects.on(day).order_by("path").values_list("pk", "path", "name", "code", "name_key"))
    keys = {pk: (key, pk) for pk, _path, _name, _code, key in rows}
    for pk, path, name, code, _key in rows:
        if path.startswith(tops):
            names[pk] = (name, code)
            ids = [int(part) for part in path.strip("/").split("/")]
            paths.append((tuple(keys.get(each, ("", each)) for each in ids), pk, path))
    paths.sort()
    homes = _homes({path: pk for _key, pk, path in paths}, tops, day, only_heads=only_heads)
    used = _with_people(paths, {unit for unit, _has_mail in homes.values()}, tops)
    place: dict[int, int] = {}
    stands: list[Stand] = []
    for pk, above, depth in used:
        place[pk] = len(stands)
        stands.append(Stand(pk, None, *names[pk], place.get(above, -1), depth))
    seats = tuple(Seat(who, place[unit], has_mail) for who, (unit, has_mail) in sorted(homes.items()))
    return Roster(tuple(stands), seats)


def _homes(
    units: dict[str, int], tops: tuple[str, ...], day: dt.date, *, only_heads: bool
) -> dict[int, tuple[int, bool]]:
    """Person -> the unit that they stand in, and whether they have an address. One query."""
    within = reduce(or_, (Q(unit__path__startswith=top) for top in tops), Q(pk__in=()))
    posts = Post.objects.on(day).filter(within, person__is_active=True)
    if only_heads:
        posts = posts.filter(is_head=True)
    rows = posts.order_by("-is_head", "unit__path", "pk").values_list(
        "person_id", "unit_id", "unit__path", "person__email"
    )
    homes: dict[int, tuple[int, bool]] = {}
    for who, unit, path, email in rows:
        if who not in homes and path in units:
            homes[who] = (unit, bool(email))
    return homes


def _with_people(
    paths: Sequence[tuple[object, int, str]], staffed: set[int], tops: tuple[str, ...]
) -> list[tuple[int, int, int]]:
    """The units with somebody at or below them, and the chosen ones: (unit, the one above, depth)."""
    needed: set[int] = set()
    for _key, pk, path in paths:
        if pk in staffed or path in tops:
            needed |= {int(part) for part in path.strip("/").split("/")}
    found: list[tuple[int, int, int]] = []
    depth: dict[int, int] = {}
    for _key, pk, path in paths:
        if pk in needed:
            ids = [int(part) for part in path.strip("/").split("/")]
            above = next((each for each in reversed(ids[:-1]) if each in depth), 0)
            depth[pk] = depth[above] + 1 if above else 0
            found.append((pk, above, depth[pk]))
    return found


def topmost(units: Sequence[Unit]) -> tuple[str, ...]:
    """The paths of those that lie below none of the others."""
    found: list[str] = []
    for path in sorted(unit.path for unit in units):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return tuple(found)
