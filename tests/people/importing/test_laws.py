"""Laws of an import: applied it leaves nothing to do, it gives what the file says, and history stays."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styrfart.people.actions import import_at_once
from styrfart.people.importing.examining import examine, read_uploads
from styrfart.people.importing.snapshot import take
from styrfart.people.importing.template import KIND_WORDS, LEVEL_WORDS, ROLE_WORDS, rows_of, workbook
from styrfart.people.models import Person, Post, TeamMember, TeamPeriod, Unit, UnitPeriod
from tests.people.importing.sheets import PEOPLE, TEAMS, UNITS, complaints, csv

LAW = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
CODES = ["A", "b-1", "C 2", "4", "Å5"]
NAMES = ["Kontoret", "Norr", "Söder", "=1+1"]
TITLES = ["Chef", "Ingenjör"]


@dataclass
class Organisation:
    """What a file says, as plain values."""

    units: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # code: name, kind, parent
    heads: dict[str, int] = field(default_factory=dict)
    people: dict[int, tuple[str, str, str]] = field(default_factory=dict)  # number: given, family, email
    posts: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    seats: dict[str, dict[int, str]] = field(default_factory=dict)
    teams: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # slug: name, level, unit

    def files(self) -> list[tuple[str, bytes]]:
        """As three text files."""
        units = [
            [code, name, KIND_WORDS[kind], parent, self.heads.get(code, "")]
            for code, (name, kind, parent) in self.units.items()
        ]
        people = [
            [email, number, given_name, family, unit, title]
            for number, (given_name, family, email) in self.people.items()
            for unit, title in self.posts.get(number) or [("", "")]
        ]
        teams = [
            [name, slug, LEVEL_WORDS[level], unit, number, ROLE_WORDS[role], ""]
            for slug, seats in self.seats.items()
            for name, level, unit in [self.teams[slug]]
            for number, role in seats.items()
        ]
        tables: dict[str, list[list[Any]]] = {
            "enheter.csv": [UNITS, *units],
            "personer.csv": [PEOPLE, *people],
            "grupper.csv": [TEAMS, *teams],
        }
        return [(name, csv(rows).encode()) for name, rows in tables.items()]

    def held(self) -> set[tuple[str, str, str, bool]]:
        """The posts that should be held: those of the file, and one for whoever leads from elsewhere."""
        found = set()
        for number, posts in self.posts.items():
            led = {unit for unit, head in self.heads.items() if head == number}
            for unit, title in posts:
                found.add((f"{number}", unit, title, unit in led))
                led.discard(unit)
            found |= {(f"{number}", unit, posts[0][1], True) for unit in led}
        return found

    def sat(self) -> set[tuple[str, str, str]]:
        """The seats that should be held."""
        return {
            (slug, f"{number}", role) for slug, seats in self.seats.items() for number, role in seats.items()
        }


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """A small tree with people, heads and teams; always at least one of each sheet's rows."""
    made = Organisation()
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    for at, code in enumerate(codes):
        parent = draw(st.sampled_from(["", *codes[:at]])) if at else ""
        made.units[code] = (draw(st.sampled_from(NAMES)), draw(st.sampled_from(sorted(KIND_WORDS))), parent)
    for number in draw(st.lists(st.integers(1, 5), min_size=1, unique=True)):
        email = draw(st.sampled_from(["", f"p{number}@demo.example", f"ny{number}@demo.example"]))
        made.people[number] = (
            draw(st.sampled_from(["Anna", "Åsa"])),
            draw(st.sampled_from(["Ek", "Öst"])),
            email,
        )
        places = st.tuples(st.sampled_from(codes), st.sampled_from(TITLES))
        made.posts[number] = draw(st.lists(places, max_size=2, unique=True))
    numbers = sorted(made.people)
    for code in codes:
        # Whoever leads has a title in the file, so that we know by which one.
        if head := draw(st.sampled_from([None, *(number for number in numbers if made.posts[number])])):
            made.heads[code] = head
    for slug in draw(st.lists(st.sampled_from(["lg-a", "lg-b"]), min_size=1, unique=True)):
        level, unit = draw(st.sampled_from(sorted(LEVEL_WORDS))), draw(st.sampled_from(codes))
        made.teams[slug] = (draw(st.sampled_from(["Gruppen", "Ledningen"])), level, unit)
        seated = draw(st.lists(st.sampled_from(numbers), min_size=1, unique=True))
        roles = ["chair", "member", "secretary", "adjunct"]
        made.seats[slug] = {
            number: draw(st.sampled_from(roles if at == 0 else roles[1:])) for at, number in enumerate(seated)
        }
    return made


class History:
    """What was imported on which day."""

    def __init__(self) -> None:
        self.day = dt.date(2020, 1, 1)
        self.told: list[tuple[dt.date, Organisation]] = []


@pytest.fixture
def history(db: None) -> History:
    return History()


def held_on(day: dt.date) -> set[tuple[str | None, str, str, bool]]:
    return set(Post.objects.on(day).values_list("person__employee_number", "unit__code", "title", "is_head"))


def sat_on(day: dt.date) -> set[tuple[str, str | None, str]]:
    seats = TeamMember.objects.on(day)
    return set(seats.values_list("team__slug", "person__employee_number", "role"))


def units_on(day: dt.date) -> dict[str, tuple[str, str, str]]:
    periods = UnitPeriod.objects.on(day).select_related("unit", "parent")
    return {p.unit.code: (p.name, p.kind, p.parent.code if p.parent else "") for p in periods}


def teams_on(day: dt.date) -> list[tuple[str, tuple[str, str, str]]]:
    """What every team was called, its level and its unit; one that is told twice stands there twice."""
    periods = TeamPeriod.objects.on(day).order_by("team__slug").select_related("team", "unit")
    return [(each.team.slug, (each.name, each.level, each.unit.code)) for each in periods]


def stable(organisation: Organisation) -> None:
    """A reader may not change a person's address back to nothing: empty cells leave what is known."""
    for number, (given_name, family, email) in organisation.people.items():
        known = Person.objects.filter(employee_number=f"{number}").values_list("email", flat=True).first()
        organisation.people[number] = (given_name, family, email or known or "")


@LAW
@given(organisation=organisations())
def test_a_whole_organisation_becomes_what_the_file_says_and_history_stays(
    history: History, organisation: Organisation
) -> None:
    """One organisation after another, a day between them; every earlier day is still as it was told."""
    history.day += dt.timedelta(days=1)
    day = history.day
    stable(organisation)
    files = organisation.files()
    examined = import_at_once(uploads=files, day=day, is_whole=True, is_dry=False)
    assert complaints(examined) == []
    # Applied, it leaves nothing to do, today or later.
    for later in (day, day + dt.timedelta(days=30)):
        again = examine(read_uploads(files), day=later, is_whole=True)
        assert again.plan is not None
        assert (again.plan.differences, again.plan.is_empty) == ([], True)
    # It is what the file says.
    open_units = {unit.code: unit for unit in Unit.objects.on(day).select_related("parent")}
    assert {
        code: (unit.name, unit.kind, unit.parent.code if unit.parent else "")
        for code, unit in open_units.items()
    } == organisation.units
    for unit in open_units.values():
        assert unit.path == f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    active = Person.objects.filter(is_active=True)
    assert {
        int(person.employee_number or 0): (person.given_name, person.family_name, person.email or "")
        for person in active
    } == organisation.people
    # Every day is still what was told that day.
    history.told.append((day, organisation))
    for earlier, was in history.told:
        assert units_on(earlier) == was.units
        assert teams_on(earlier) == sorted(was.teams.items())
        assert held_on(earlier) == was.held()
        assert sat_on(earlier) == was.sat()
    # The workbook of the organisation as it is changes nothing either.
    copy = [("allt.xlsx", workbook(rows_of(take(day))))]
    exported = examine(read_uploads(copy), day=day, is_whole=True)
    assert complaints(exported) == []
    assert exported.plan is not None
    assert exported.plan.differences == []


@LAW
@given(first=organisations(), second=organisations())
def test_the_same_day_can_be_imported_again_and_again(
    history: History, first: Organisation, second: Organisation
) -> None:
    """A corrected file on the same day leaves no trace of the first: it never was."""
    for organisation in (first, second):
        stable(organisation)
        examined = import_at_once(uploads=organisation.files(), day=history.day, is_whole=True, is_dry=False)
        assert complaints(examined) == []
    assert (units_on(history.day), held_on(history.day), sat_on(history.day)) == (
        second.units,
        second.held(),
        second.sat(),
    )
    assert teams_on(history.day) == sorted(second.teams.items())
    assert not Post.objects.filter(valid_from__gt=history.day).exists()


@LAW
@given(whole=organisations(), part=organisations())
def test_a_part_ends_nobody_and_no_unit(history: History, whole: Organisation, part: Organisation) -> None:
    history.day += dt.timedelta(days=1)
    stable(whole)
    assert (
        complaints(import_at_once(uploads=whole.files(), day=history.day, is_whole=True, is_dry=False)) == []
    )
    stable(part)
    # A part may lay its units below themselves in the whole; that is a ring, and refused.
    examined = import_at_once(uploads=part.files(), day=history.day, is_whole=False, is_dry=False)
    assert [text for text in complaints(examined) if "ligger i en ring" not in text] == []
    assert examined.counts().get("person.ended", 0) == 0
    assert {*whole.people, *part.people} >= {
        int(number or 0)
        for number in Person.objects.filter(is_active=True).values_list("employee_number", flat=True)
    }
    assert set(whole.units) <= {unit.code for unit in Unit.objects.on(history.day)}
    if not examined.has_errors:
        again: Any = examine(read_uploads(part.files()), day=history.day, is_whole=False)
        assert again.plan.differences == []
    for unit in Unit.objects.select_related("parent"):
        assert unit.path == f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"


# --- Days in the file -------------------------------------------------------------------------------
FIRST_DAYS = ["", "2019-06-01", "2020-01-01", "2020-01-02", "2020-01-04", "2031-01-01"]


@st.composite
def dated_people(draw: st.DrawFn) -> list[tuple[str, bytes]]:
    """Two people with posts and seats in one unit and one team, and days that the file tells of them."""
    days, flags = st.sampled_from(FIRST_DAYS), st.booleans()
    numbers = [number for number in (1, 2) if number == 1 or draw(flags)]
    heads = "; ".join(f"{number}" for number in numbers if draw(flags))
    places = {number: draw(st.lists(st.sampled_from(TITLES), unique=True, max_size=2)) for number in numbers}
    people = [
        ["", number, "Anna", "Ek", "A" if title else "", title, draw(days)]
        for number in numbers
        for title in places[number] or [""]
    ]
    roles = draw(st.permutations(["ordförande", "ledamot"]))
    seats = [
        ["LG", "lg", "", "A", number, role, "", draw(days)]
        for number, role in zip(numbers, roles, strict=False)
    ]
    return [
        ("enheter.csv", csv([UNITS, ["A", "Kontoret", "enhet", "", heads]]).encode()),
        ("personer.csv", csv([[*PEOPLE, "Från och med"], *people]).encode()),
        ("grupper.csv", csv([[*TEAMS, "Från och med"], *seats]).encode()),
    ]


def overlapping(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Of rows (what it is, first day, last day), those that reach into another of the same."""
    rows = sorted(rows, key=lambda row: (row[:-2], row[-2]))
    return [
        later
        for earlier, later in itertools.pairwise(rows)
        if earlier[:-2] == later[:-2] and (earlier[-1] is None or later[-2] <= earlier[-1])
    ]


@LAW
@given(first=dated_people(), second=dated_people())
def test_days_in_the_file_leave_nothing_to_do_and_never_double_what_was(
    history: History, first: list[tuple[str, bytes]], second: list[tuple[str, bytes]]
) -> None:
    """Nobody holds a post or a seat twice on a day, and no team has two chairs, whatever days files tell."""
    before: dict[dt.date, Any] = {}
    for files in (first, second):
        history.day += dt.timedelta(days=1)
        day = history.day
        examined = import_at_once(uploads=files, day=day, is_whole=True, is_dry=False)
        assert complaints(examined) == []
        again = examine(read_uploads(files), day=day, is_whole=True)
        assert again.plan is not None
        assert again.plan.differences == []
        # What was on a day that has passed still was, though the file may tell of more.
        for earlier, (held, sat) in before.items():
            assert held <= held_on(earlier)
            assert sat <= sat_on(earlier)
        before[day] = (held_on(day), sat_on(day))
    posts = Post.objects.values_list("person", "unit", "title", "valid_from", "valid_to")
    seats = TeamMember.objects.values_list("team", "person", "valid_from", "valid_to")
    chairs = TeamMember.objects.filter(role="chair").values_list("team", "valid_from", "valid_to")
    assert [overlapping(list(rows)) for rows in (posts, seats, chairs)] == [[], [], []]
