"""What an import leaves alone: what its columns do not tell, and the days that were."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django.utils import timezone

from styrfart.people import rules
from styrfart.people.actions import import_at_once
from styrfart.people.importing.telling import in_one_line
from styrfart.people.models import Person, Post, Team, TeamMember, TeamPeriod, Unit, UnitPeriod
from tests.people.importing.sheets import (
    ANNA,
    BO,
    CHAIR,
    DIVISION,
    MEMBER,
    OFFICE,
    PEOPLE,
    TEAMS,
    UNITS,
    apply,
    but,
    complaints,
    csv,
    organisation,
    xlsx,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MONDAY = dt.date(2026, 1, 5)


# --- Columns that are not there -----------------------------------------------------------------------
def test_a_column_that_is_not_there_leaves_what_it_would_tell() -> None:
    """Whoever renames a unit from three columns neither moves it to the top nor takes its head away."""
    apply(organisation(teams=[but(CHAIR, c2="avdelning", c6="HR-partner")]), day=MONDAY)
    units = csv([["Enhetskod", "Namn", "Slag"], ["110", "Projektavdelningen", "avdelning"]])
    examined = apply(units.encode(), is_whole=False)
    assert examined.counts() == {"error": 0, "warning": 0, "unit.changed": 1}
    division = Unit.objects.select_related("parent").get(code="110")
    assert (division.name, division.parent and division.parent.code) == ("Projektavdelningen", "100")
    assert rules.leads(Person.objects.get(email="bo@demo.example"), division)
    people = csv([["E-post", "Förnamn", "Efternamn"], ["anna@demo.example", "Anna", "Öst"]])
    assert apply(people.encode(), is_whole=False).counts() == {"error": 0, "warning": 0, "person.changed": 1}
    assert Post.objects.on(TODAY).count() == 2
    teams = csv([["Ledningsgrupp", "Enhetskod", "Person", "Roll"], [*CHAIR[:1], *CHAIR[3:6]]])
    assert apply(teams.encode(), is_whole=False).counts() == {"error": 0, "warning": 0}
    assert (Team.objects.get().level, TeamMember.objects.get().function) == ("division", "HR-partner")


def test_people_without_columns_for_posts_keep_the_posts_by_which_they_do_not_lead() -> None:
    cia = ["cia@demo.example", "3", "Cia", "Al", "110", "Ingenjör"]
    apply(organisation(people=[ANNA, BO, cia]), day=MONDAY)
    people = csv([["E-post", "Förnamn", "Efternamn"], *(row[:1] + row[2:4] for row in (ANNA, BO, cia))])
    assert apply(people.encode()).counts() == {"error": 0, "warning": 0}
    assert Post.objects.on(TODAY).filter(person__email="cia@demo.example").count() == 1


def test_an_empty_cell_for_the_head_says_that_there_is_none() -> None:
    apply(organisation(), day=MONDAY)
    examined = apply(organisation(units=[OFFICE, but(DIVISION, c4="")]))
    assert examined.counts() == {"error": 0, "warning": 1, "unit.changed": 1}
    _section, _kind, content = list(examined.lines())[-1]
    assert in_one_line(content) == "Avdelningen: chef Bo Ask → ingen"
    assert not Post.objects.on(TODAY).filter(unit__code="110", is_head=True).exists()


def test_a_unit_that_would_be_a_second_top_is_told_of_in_a_part_too() -> None:
    apply(organisation(), day=MONDAY)
    examined = apply(xlsx({"Enheter": [UNITS, but(DIVISION, c3="")]}), is_whole=False)
    assert complaints(examined, warnings=True) == [
        (
            "Enheter, rad 2, kolumn Överordnad enhet: enheten har ingen överordnad enhet och hamnar överst. "
            "Fyll i Överordnad enhet om det inte är meningen."
        )
    ]


# --- Days in the file, and history --------------------------------------------------------------------
def dated(people: Sequence[list[Any]], teams: Sequence[list[Any]] = (), head: str = BO[0]) -> bytes:
    """The organisation with first and last days; without rows of teams nothing is said of them."""
    days = ["Från och med", "Till och med"]
    sheets: dict[str, Sequence[list[Any]]] = {
        "Enheter": [UNITS, OFFICE, but(DIVISION, c4=head)],
        "Personer": [[*PEOPLE, *days], *people],
    }
    if teams:
        sheets["Ledningsgrupper"] = [[*TEAMS, *days], *teams]
    return xlsx(sheets)


SINCE = [MONDAY.isoformat(), ""]
YESTERDAY = TODAY - dt.timedelta(days=1)


def test_a_first_day_in_the_file_does_not_reach_back_over_what_was() -> None:
    """Chair and member trade seats, and somebody else leads: that begins today, also when read in again."""
    apply(dated([[*ANNA, *SINCE], [*BO, *SINCE]], [[*CHAIR, *SINCE], [*MEMBER, *SINCE]]), day=MONDAY)
    traded = [[*but(CHAIR, c4=BO[0]), *SINCE], [*but(MEMBER, c4=ANNA[0]), *SINCE]]
    book = dated([[*ANNA, *SINCE], [*BO, *SINCE]], traded, head=ANNA[0])
    apply(book)
    assert apply(book).counts() == {"error": 0, "warning": 0}
    seats = TeamMember.objects.order_by("role", "valid_from")
    assert list(seats.values_list("person__given_name", "role", "valid_from", "valid_to")) == [
        ("Anna", "chair", MONDAY, YESTERDAY),
        ("Bo", "chair", TODAY, None),
        ("Bo", "member", MONDAY, YESTERDAY),
        ("Anna", "member", TODAY, None),
    ]
    posts = Post.objects.filter(unit__code="110").order_by("person__given_name", "valid_from")
    assert list(posts.values_list("person__given_name", "is_head", "valid_from", "valid_to")) == [
        ("Anna", True, TODAY, None),
        ("Bo", True, MONDAY, YESTERDAY),
        ("Bo", False, TODAY, None),
    ]


def test_a_new_chair_who_has_long_been_there_chairs_from_today() -> None:
    apply(dated([[*ANNA, *SINCE], [*BO, *SINCE]], [[*CHAIR, *SINCE]]), day=MONDAY)
    apply(dated([[*ANNA, *SINCE], [*BO, *SINCE]], [[*but(CHAIR, c4=BO[0]), *SINCE]]))
    assert list(TeamMember.objects.order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (MONDAY, YESTERDAY),
        (TODAY, None),
    ]


def test_a_later_first_day_does_not_take_away_the_days_that_were() -> None:
    """A register gives everybody a new first day at a reorganisation."""
    apply(dated([[*ANNA, *SINCE], [*BO, *SINCE]], [[*CHAIR, *SINCE]]), day=MONDAY)
    anew = ["2026-10-01", ""]
    later = dated([[*ANNA, *anew], [*BO, *anew]], [[*CHAIR, *anew]])
    assert apply(later).counts() == {"error": 0, "warning": 0}
    assert {post.valid_from for post in Post.objects.all()} == {MONDAY}


def test_who_comes_back_to_the_same_post_was_away_meanwhile() -> None:
    apply(dated([[*ANNA, *SINCE], [*BO, *SINCE]]), day=MONDAY)
    apply(organisation(units=[OFFICE], people=[ANNA], teams=[]), day=dt.date(2026, 3, 1))
    book = dated([[*ANNA, *SINCE], [*BO, *SINCE]])
    apply(book)
    assert apply(book).counts() == {"error": 0, "warning": 0}
    posts = Post.objects.filter(person__email=BO[0]).order_by("valid_from")
    assert list(posts.values_list("valid_from", "valid_to")) == [
        (MONDAY, dt.date(2026, 2, 28)),
        (dt.date(2026, 3, 1), None),
    ]


def test_what_begins_later_begins_then_though_something_ends_now() -> None:
    later = (TODAY + dt.timedelta(days=40)).isoformat()
    apply(dated([[*ANNA, *SINCE], [*BO, *SINCE]], [[*CHAIR, *SINCE], [*MEMBER, *SINCE]]), day=MONDAY)
    book = dated([[*ANNA, *SINCE], [*BO, *SINCE]], [[*but(CHAIR, c4=BO[0]), later, ""]])
    apply(book)
    assert apply(book).counts() == {"error": 0, "warning": 0}
    assert TeamMember.objects.get(valid_to=None).valid_from.isoformat() == later


def test_rows_of_the_past_do_not_hide_the_row_of_today() -> None:
    """Registers list every time in a post; the last one counts, and a planned one is kept."""
    later = (TODAY + dt.timedelta(days=40)).isoformat()
    rows = [
        [*ANNA, *SINCE],
        [*but(BO, c5="Ingenjör"), "2020-01-01", "2024-12-31"],
        [*but(BO, c5="Ingenjör"), "2026-01-05", "2026-12-01"],
        [*but(BO, c5="Ingenjör"), later, ""],
    ]
    book = dated(rows, head=ANNA[0])
    assert complaints(apply(book), warnings=True) == []
    posts = Post.objects.filter(person__email=BO[0]).order_by("valid_from")
    assert [(post.valid_from.isoformat(), str(post.valid_to)) for post in posts] == [
        ("2026-01-05", "2026-12-01"),
        (later, "None"),
    ]
    rows[2], rows[3] = rows[3], rows[2]
    assert apply(dated(rows, head=ANNA[0])).plan.is_empty  # type: ignore[union-attr]  # no errors: a plan


def test_rows_of_one_post_that_overlap_are_one() -> None:
    rows = [[*ANNA, *SINCE], [*BO, "2026-03-01", ""], [*but(BO, c5="Utredare"), *SINCE], [*BO, *SINCE]]
    examined = apply(dated(rows))
    assert complaints(examined, warnings=True) == [
        (
            "Personer, rad 5: personen har samma befattning som på rad 3, med andra dagar som går in i "
            "varandra. Raderna läses in som en, från den första dagen till den sista."
        )
    ]
    assert Post.objects.get(title="Avdelningschef").valid_from == MONDAY
    assert complaints(apply(dated([*rows[:3], rows[2]])), warnings=True) == [
        "Personer, rad 5: raden är lika med rad 4. Den läses in en gång."
    ]


@pytest.mark.parametrize("name", ["Avdelningen", "Nytt namn"])
def test_what_has_ended_since_then_cannot_be_told_of_as_if_it_had_not(name: str) -> None:
    apply(organisation(), day=MONDAY)
    apply(organisation(units=[OFFICE], people=[ANNA], teams=[]), day=dt.date(2026, 3, 1))
    examined = import_at_once(
        uploads=[("x", organisation(units=[OFFICE, but(DIVISION, c1=name)]))],
        day=dt.date(2026, 2, 1),
        is_whole=True,
        is_dry=False,
    )
    assert complaints(examined) == [
        "Avdelningen har uppgifter som gäller från 1 mars 2026. Välj den dagen eller senare."
    ]
    assert list(UnitPeriod.objects.filter(unit__code="110").values_list("name", "valid_to")) == [
        ("Avdelningen", dt.date(2026, 2, 28))
    ]


# --- What teams were called -----------------------------------------------------------------------------
OLD, NEW = "Kontorets ledningsgrupp", "Stabens ledningsgrupp"


def renamed(name: str, level: str = "", unit: str = "100") -> list[list[Any]]:
    return [[name, "lg", level, unit, *row[4:]] for row in (CHAIR, MEMBER)]


def called() -> list[tuple[Any, ...]]:
    rows = TeamPeriod.objects.filter(team__slug="lg").order_by("valid_from")
    return list(rows.values_list("name", "level", "unit__code", "valid_from", "valid_to"))


def test_a_renamed_and_moved_team_keeps_what_it_was_until_the_day() -> None:
    apply(organisation(teams=renamed(OLD)), day=MONDAY)
    march = dt.date(2026, 3, 1)
    apply(organisation(teams=renamed(NEW, "avdelning", "110")), day=march)
    expected = [
        (OLD, "office", "100", MONDAY, march - dt.timedelta(days=1)),
        (NEW, "division", "110", march, None),
    ]
    assert called() == expected
    again = apply(organisation(teams=renamed(NEW, "avdelning", "110")))
    assert again.counts() == {"error": 0, "warning": 0}
    assert called() == expected


def test_a_file_that_is_corrected_on_the_day_leaves_no_trace_of_the_fault() -> None:
    apply(organisation(teams=renamed(OLD)), day=MONDAY)
    for name in ("Fel", NEW):
        apply(organisation(teams=renamed(name)))
    assert [(row[0], *row[3:]) for row in called()] == [(OLD, MONDAY, YESTERDAY), (NEW, TODAY, None)]
    apply(organisation(teams=renamed(OLD)))
    assert [(row[0], *row[3:]) for row in called()] == [(OLD, MONDAY, None)]


def test_a_team_that_is_missing_ends_and_may_come_back_under_another_name() -> None:
    apply(organisation(teams=renamed(OLD)), day=MONDAY)
    other = [["Annan", "annan", *row[2:]] for row in (CHAIR, MEMBER)]
    apply(organisation(teams=other), day=dt.date(2026, 3, 1))
    assert [(row[0], *row[3:]) for row in called()] == [(OLD, MONDAY, dt.date(2026, 2, 28))]
    apply(organisation(teams=[*other, *renamed(NEW)]))
    assert [(row[0], *row[3:]) for row in called()] == [
        (OLD, MONDAY, dt.date(2026, 2, 28)),
        (NEW, TODAY, None),
    ]


def test_what_a_team_has_been_called_since_then_is_not_told_of_as_if_it_had_not() -> None:
    apply(organisation(teams=renamed(OLD)), day=MONDAY)
    apply(organisation(teams=renamed(NEW)), day=dt.date(2026, 3, 1))
    examined = import_at_once(
        uploads=[("x", organisation(teams=renamed("Mellan")))],
        day=dt.date(2026, 2, 1),
        is_whole=True,
        is_dry=False,
    )
    assert complaints(examined) == [
        "Stabens ledningsgrupp har uppgifter som gäller från 1 mars 2026. Välj den dagen eller senare."
    ]
    assert [row[0] for row in called()] == [OLD, NEW]
