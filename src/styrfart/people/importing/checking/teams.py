"""The sheet of management teams: one row for each seat."""

import re
from typing import Final

from django.utils.text import slugify

from styrfart.people.importing.checking.cells import days, fitting, needed, overlap
from styrfart.people.importing.checking.finding import Ambiguous, People, Units, Unknown
from styrfart.people.importing.layout import LEVEL_OF_KIND, LEVELS, ROLES, plain
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.reading import Row, Table
from styrfart.people.importing.register import SeatWish, TeamWish
from styrfart.people.importing.snapshot import Snapshot
from styrfart.people.models import TeamRole
from styrfart.people.models.name_key import fold

_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTH: Final = 60
RESERVED: Final = frozenset({"ny"})  # the page where a team is made has that address


def check_teams(
    table: Table, units: Units, people: People, snapshot: Snapshot, problems: list[Problem]
) -> dict[str, TeamWish]:
    """The teams of the table by slug."""
    slugs = _Slugs(table, units, snapshot, problems)
    teams: dict[str, TeamWish] = {}
    rows = {row.number: row for row in table.rows}
    for row in table.rows:
        team = _team(table, row, units, slugs, snapshot, problems)
        if team is None:
            continue
        known = teams.setdefault(team.slug, team)
        if known is not team:
            _compare(table, row, known, team, problems)
        _add_seat(table, row, known, people, problems)
    for team in teams.values():
        row = rows[team.row]
        if not team.seats:
            problems.append(table.problem("team_without_people", row, "person"))
        elif not any(seat.role == TeamRole.CHAIR for seat in team.seats):
            problems.append(table.problem("no_chair", row, "role", team=team.name))
    return teams


def _team(
    table: Table, row: Row, units: Units, slugs: "_Slugs", snapshot: Snapshot, problems: list[Problem]
) -> TeamWish | None:
    name = needed(table, row, "team", 120, problems)
    unit = _unit(table, row, units, problems)
    level = LEVELS.get(plain(row.text("level")))
    if row.text("level") and level is None:
        problems.append(table.problem("unknown_level", row, "level", value=row.text("level")))
    slug = slugs.of(row, name, unit) if name and unit else ""
    if not slug:
        return None
    known = snapshot.teams.get(slug)
    if level is None:
        level = known.level if known and known.is_open else LEVEL_OF_KIND[units.kinds[unit]]
    return TeamWish(row.number, slug, name, level, unit)


def _unit(table: Table, row: Row, units: Units, problems: list[Problem]) -> str:
    text = needed(table, row, "unit", 120, problems)
    if not text:
        return ""
    try:
        return units.find(text)
    except Unknown:
        problems.append(table.problem("unit_unknown", row, "unit", value=text))
    except Ambiguous:
        problems.append(table.problem("unit_ambiguous", row, "unit", value=text))
    return ""


class _Slugs:
    """The short name of a team in addresses: as written, else as we know it, else made from its name.

    Many teams are called just "Ledningsgruppen": without a short name a team is its name and its unit.
    """

    def __init__(self, table: Table, units: Units, snapshot: Snapshot, problems: list[Problem]) -> None:
        self.table, self.problems = table, problems
        self.taken = {now.slug: (fold(now.name), now.unit) for now in snapshot.teams.values()}
        self.known = {(fold(now.name), now.unit): now.slug for now in snapshot.teams.values() if now.is_open}
        self.written: dict[str, str] = {}  # slug -> the name it was written for
        # Read before any name is made into one: a short name may stand on some of a team's rows only.
        for row in table.rows:
            if slug := row.text("slug").lower():
                self._learn(slug, row, units)

    def _learn(self, slug: str, row: Row, units: Units) -> None:
        try:
            identity = (fold(row.text("team")), units.find(row.text("unit")))
        except (Unknown, Ambiguous):
            return
        if slug not in self.written:
            # Who had it is renamed by the file.
            if (former := self.taken.get(slug)) and self.known.get(former) == slug:
                del self.known[former]
            self.written[slug], self.taken[slug] = row.text("team"), identity
        self.known[identity] = slug

    def of(self, row: Row, name: str, unit: str) -> str:
        """The slug; empty after a complaint."""
        if written := row.text("slug").lower():
            return self._written(row, written, name)
        identity = (fold(name), unit)
        if identity not in self.known:
            made = _slug(name)
            if self.taken.get(made, identity) != identity or made in RESERVED:
                made = _slug(name, unit)
            if not made or self.taken.get(made, identity) != identity:
                self.problems.append(self.table.problem("no_slug", row, "slug"))
                return ""
            self.known[identity], self.taken[made] = made, identity
        return self.known[identity]

    def _written(self, row: Row, slug: str, name: str) -> str:
        if not (_SLUG.fullmatch(slug) and len(slug) <= SLUG_LENGTH) or slug in RESERVED:
            self.problems.append(self.table.problem("not_a_slug", row, "slug", value=slug))
            return ""
        first = self.written.setdefault(slug, name)
        if fold(first) != fold(name):
            self.problems.append(self.table.problem("slug_twice", row, "slug", value=slug, first=first))
            return ""
        return slug


def _slug(*parts: str) -> str:
    return slugify(" ".join(parts)).replace("_", "-")[:SLUG_LENGTH].strip("-")


def _compare(table: Table, row: Row, known: TeamWish, team: TeamWish, problems: list[Problem]) -> None:
    """A team is one thing, however many rows it has; an empty level is no contradiction."""
    if known.unit != team.unit:
        problems.append(table.problem("team_differs", row, "unit", team=known.name, first=known.row))
    if row.text("level") and known.level != team.level:
        problems.append(table.problem("team_differs", row, "level", team=known.name, first=known.row))


def _add_seat(table: Table, row: Row, team: TeamWish, people: People, problems: list[Problem]) -> None:
    text, role = row.text("person"), ROLES.get(plain(row.text("role")))
    function = fitting(table, row, "function", 80, problems)
    first, last = days(table, row, problems)
    if not text and not row.text("role"):
        return  # the team alone
    if not text:
        problems.append(table.problem("missing", row, "person"))
    if not row.text("role"):
        problems.append(table.problem("missing", row, "role"))
    elif role is None:
        problems.append(table.problem("unknown_role", row, "role", value=row.text("role")))
    if not text or role is None:
        return
    try:
        seat = SeatWish(row.number, people.find(text), role, function, first, last)
    except Unknown:
        problems.append(table.problem("person_unknown", row, "person", value=text))
    except Ambiguous:
        problems.append(table.problem("person_ambiguous", row, "person", value=text))
    else:
        if _fits(table, row, team, seat, problems):
            team.seats.append(seat)
            team.by_person.setdefault(seat.person, []).append(seat)


def _fits(table: Table, row: Row, team: TeamWish, seat: SeatWish, problems: list[Problem]) -> bool:
    for other in team.by_person.get(seat.person, []):
        if overlap(seat, other):
            problems.append(table.problem("member_twice", row, "person", first=other.row))
            return False
    chairs = (
        [each for each in team.seats if each.role == TeamRole.CHAIR] if seat.role == TeamRole.CHAIR else []
    )
    for other in chairs:
        if overlap(seat, other):
            problems.append(table.problem("two_chairs", row, "role", team=team.name, first=other.row))
            return False
    return True
