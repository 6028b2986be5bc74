"""The tree, a unit, a person, one's own account: what stands there, what does not, and at what price."""

import datetime as dt
import html
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart import people
from styrfart.people.models import Person, Post, Role, Team, TeamMember, Unit, UnitKind, UnitPeriod
from styrfart.shared import audit
from tests import make
from tests.conftest import signed_in
from tests.people.steps import EVIL, text_of, warm

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TEMPLATES = sorted(Path(people.__file__).with_name("templates").rglob("*.html"))
VOID = {"br", "img", "input"}  # which have no closing tag


def get(person: Person, name: str, *arguments: Any, **query: str) -> Any:
    answer = signed_in(person).get(reverse(f"people:{name}", args=arguments), query)
    assert answer.status_code == 200
    return answer


# --- The tree ---------------------------------------------------------------------------------------
@pytest.fixture
def city() -> dict[str, Unit]:
    """A city with one office, its divisions and a unit far down."""
    units = {"city": make.unit("Staden", kind=UnitKind.CITY)}
    units["office"] = make.unit("Kontoret", parent=units["city"])
    units["division"] = make.unit("Avdelningen", kind=UnitKind.DIVISION, parent=units["office"])
    units["unit"] = make.unit("Enheten", kind=UnitKind.UNIT, parent=units["division"])
    units["low"] = make.unit("Gruppen", kind=UnitKind.UNIT, parent=units["unit"])
    return units


def test_the_tree_shows_the_top_and_says_what_lies_below(city: dict[str, Unit], employee: Person) -> None:
    text = text_of(get(employee, "units"))
    for name in ("Staden stad", "Kontoret förvaltning", "Avdelningen avdelning , visa en enhet under"):
        assert name in text
    assert "Gruppen" not in text


def test_a_branch_opens_without_a_script(city: dict[str, Unit], employee: Person) -> None:
    text = text_of(get(employee, "units", oppna=city["unit"].code))
    assert "Gruppen enhet" in text


def test_a_branch_is_fetched_alone_when_the_page_asks(city: dict[str, Unit], employee: Person) -> None:
    answer = signed_in(employee).get(
        reverse("people:units"), {"oppna": city["division"].code}, headers={"HX-Request": "true"}
    )
    assert text_of(answer).startswith("Enheten enhet")
    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer.headers["Vary"]


def test_a_wide_top_is_not_opened_further(employee: Person) -> None:
    top = make.unit("Staden", kind=UnitKind.CITY)
    for number in range(7):
        division = make.unit(f"Kontor {number}", parent=top)
        for place in range(10):
            make.unit(f"Avdelning {number}-{place}", kind=UnitKind.DIVISION, parent=division)
    text = text_of(get(employee, "units"))
    assert "Kontor 6 förvaltning , visa 10 enheter under" in text
    assert "Avdelning 6-9" not in text


def test_units_that_have_ended_are_not_in_the_tree(city: dict[str, Unit], employee: Person) -> None:
    Unit.objects.filter(pk=city["division"].pk).update(valid_to=TODAY - dt.timedelta(days=1))
    assert "Avdelningen" not in text_of(get(employee, "units"))


@pytest.mark.parametrize("units", [1, 3])
def test_the_tree_costs_the_same_whatever_its_size(
    employee: Person, django_assert_num_queries: DjangoAssertNumQueries, units: int
) -> None:
    top = make.unit("Staden", kind=UnitKind.CITY)
    for number in range(units):
        make.unit(f"Under {number}", parent=make.unit(f"Kontor {number}", parent=top))
    browser = warm(employee)
    with django_assert_num_queries(7):  # session, person, standing (3), the tree (2)
        assert browser.get(reverse("people:units")).status_code == 200


# --- A unit -----------------------------------------------------------------------------------------
def test_a_unit_tells_its_place_head_teams_people_and_what_it_was(employee: Person) -> None:
    above = make.unit("Kontoret")
    unit = make.unit("Norr", kind=UnitKind.DIVISION, parent=above)
    below = make.unit("Hamnen", kind=UnitKind.UNIT, parent=unit)
    make.post(make.person("Ingrid", "Hall"), unit, title="Avdelningschef")
    make.post(make.person("Åsa", "Öst"), unit, title="Ingenjör", is_head=False)
    make.post(make.person("Leo", "Ask"), below)
    make.post(make.person("Mo", "Alm"), below)
    make.team("Norrs ledningsgrupp", of_unit=unit)
    UnitPeriod.objects.create(
        unit=unit,
        name="Gamla Norr",
        kind="unit",
        parent=above,
        valid_from=dt.date(2020, 1, 1),
        valid_to=dt.date(2023, 12, 31),
    )
    text = text_of(get(employee, "unit", unit.code))
    for told in (
        "Organisationen Kontoret Norr",
        "Hamnen Mo Alm, Leo Ask",
        "2 personer har sin befattning här. Ingrid Hall Avdelningschef Åsa Öst Ingenjör",
        "Chef IH Ingrid Hall Avdelningschef",
        "Norrs ledningsgrupp Lämna in ett ärende",
        "Gamla Norr 1 januari 2020 till 31 december 2023. Under Kontoret",
    ):
        assert told in text


def test_who_sits_in_a_team_enters_its_room_and_others_hand_in(
    team: Team, chair: Person, stranger: Person
) -> None:
    room = reverse("matters:team", args=[team.slug])
    assert f'href="{room}"' in get(chair, "unit", team.unit.code).content.decode()
    assert f'href="{room}"' not in get(stranger, "unit", team.unit.code).content.decode()


@pytest.mark.parametrize(("who", "is_told"), [("chair", True), ("secretary", True), ("member", False)])
def test_whoever_keeps_a_team_is_told_whom_to_ask(
    request: pytest.FixtureRequest, team: Team, owner: Person, who: str, is_told: bool
) -> None:
    text = text_of(get(request.getfixturevalue(who), "unit", team.unit.code))
    assert ("Be förvaltaren: Fia Förvaltare" in text) is is_told


def test_a_unit_that_has_ended_says_so_and_keeps_its_name(employee: Person) -> None:
    unit = make.unit("Gamla")
    Unit.objects.filter(pk=unit.pk).update(valid_to=dt.date(2026, 1, 31))
    assert "Enheten upphörde 31 januari 2026." in text_of(get(employee, "unit", unit.code))


@pytest.mark.parametrize("number", [1, 3])
def test_a_unit_costs_the_same_whatever_its_size(
    employee: Person, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    above = make.unit("Kontoret")
    unit = make.unit("Norr", parent=above)
    for place in range(number):
        make.post(make.person(), unit, is_head=place == 0)
        make.post(make.person(), make.unit(f"Under {place}", parent=unit))
        make.team(f"Grupp {place}", of_unit=unit)
        UnitPeriod.objects.create(
            unit=unit,
            name=f"Förr {place}",
            kind="unit",
            parent=above,
            valid_from=dt.date(2020 + place, 1, 1),
            valid_to=dt.date(2020 + place, 12, 31),
        )
    browser = warm(employee)
    with django_assert_num_queries(14):  # session, person, standing (3), unit, page (8)
        assert browser.get(reverse("people:unit", args=[unit.code])).status_code == 200


def test_many_people_are_shown_fifty_at_a_time(employee: Person) -> None:
    unit = make.unit()
    for number in range(60):
        make.post(make.person("Bo", f"Ek{number:02}"), unit, title="Ingenjör", is_head=False)
    first, second = get(employee, "unit", unit.code), get(employee, "unit", unit.code, sida="2")
    assert ("Bo Ek49" in text_of(first), "Bo Ek50" in text_of(first)) == (True, False)
    assert "Bo Ek50" in text_of(second)
    assert text_of(get(employee, "unit", unit.code, sida="x")) == text_of(first)


# --- A person ---------------------------------------------------------------------------------------
def test_a_person_tells_what_concerns_work_and_no_more(team: Team, stranger: Person) -> None:
    top = make.post(make.person("Tor", "Toppen"), make.unit("Staden"), title="Direktör")
    unit = make.unit("Norr", parent=top.unit)
    person = make.person("Åsa", "Öst", employee_number="19800101-1234")
    make.post(person, unit, title="Avdelningschef")
    make.member(team, person=person, function="HR-partner")
    text = text_of(get(stranger, "person", person.pk))
    for told in (
        "Åsa Öst",
        "Avdelningschef Norr chef för enheten",
        person.email or "",
        "Närmaste chef Tor Toppen",
    ):
        assert told in text
    assert "Kontorets ledningsgrupp HR-partner" in text
    assert "19800101" not in text


def test_of_somebody_who_has_left_only_the_name_is_told(employee: Person) -> None:
    person = make.post(make.person("Åsa", "Öst")).person
    make.member(make.team("Gruppen"), person=person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    text = text_of(get(employee, "person", person.pk))
    assert "Åsa Öst Personen har slutat." in text
    assert "Enhetschef" not in text
    assert "Gruppen" not in text
    assert (person.email or "") not in text


@pytest.mark.parametrize("number", [1, 3])
def test_a_person_costs_the_same_whatever_they_do(
    employee: Person, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    person = make.person()
    for place in range(number):
        make.post(person, make.unit(f"Enhet {place}"), title=f"Titel {place}")
        make.member(make.team(f"Grupp {place}"), person=person)
    browser = warm(employee)
    with django_assert_num_queries(9):  # session, person, standing (3), person, posts, teams, head
        assert browser.get(reverse("people:person", args=[person.pk])).status_code == 200


def test_names_are_never_code(employee: Person) -> None:
    unit = make.unit(EVIL)
    person = make.post(make.person(EVIL, EVIL), unit, title=EVIL).person
    make.team(EVIL, of_unit=unit)
    for answer in (
        get(employee, "units"),
        get(employee, "unit", unit.code),
        get(employee, "person", person.pk),
    ):
        assert "<script>alert" not in answer.content.decode()
        assert EVIL in html.unescape(answer.content.decode())


# --- One's own account ------------------------------------------------------------------------------
def test_the_account_is_saved_and_says_so_in_the_new_language(employee: Person) -> None:
    browser = signed_in(employee)
    answer = browser.post(
        reverse("people:account"), {"language": "en", "theme": "dark", "has_digest": "on"}, follow=True
    )
    assert answer.status_code == 200
    assert 'lang="en"' in answer.content.decode()
    fresh = Person.objects.get(pk=employee.pk)
    assert (fresh.language, fresh.theme, fresh.has_shortcuts, fresh.has_digest) == ("en", "dark", False, True)


def test_a_choice_that_there_is_not_is_refused_and_nothing_is_saved(employee: Person) -> None:
    answer = signed_in(employee).post(reverse("people:account"), {"language": "xx", "theme": EVIL})
    assert answer.status_code == 422
    assert "<title>Fel:" in answer.content.decode()
    assert Person.objects.get(pk=employee.pk).theme == "auto"


def test_the_account_shows_ones_own_number_and_the_way_to_administration(
    owner: Person, employee: Person
) -> None:
    Person.objects.filter(pk=employee.pk).update(employee_number="4711")
    assert "Anställningsnummer 4711" in text_of(get(employee, "account"))
    assert reverse("people:administration") not in get(employee, "account").content.decode()
    assert reverse("people:administration") in get(owner, "account").content.decode()


def test_the_language_is_remembered_with_the_person_and_in_a_cookie_for_a_visitor(employee: Person) -> None:
    where = reverse("people:set-language")
    answer = signed_in(employee).post(where, {"language": "en", "next": "/konto/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/konto/")
    assert Person.objects.get(pk=employee.pk).language == "en"
    visitor = Client()
    assert visitor.post(where, {"language": "en", "next": reverse("shared:help")}).status_code == 302
    assert 'lang="en"' in visitor.get(reverse("shared:help")).content.decode()


@pytest.mark.parametrize(
    "there",
    ["", "https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "\\\\evil", EVIL],
)
def test_one_comes_back_to_our_own_pages_only(employee: Person, there: str) -> None:
    answer = signed_in(employee).post(reverse("people:set-language"), {"language": "sv", "next": there})
    assert answer.headers["Location"] == "/"


def test_a_language_that_we_do_not_speak_changes_nothing(employee: Person) -> None:
    answer = signed_in(employee).post(reverse("people:set-language"), {"language": "xx"})
    assert answer.status_code == 302
    assert Person.objects.get(pk=employee.pk).language == "sv"


def test_shortcuts_are_toggled_and_one_comes_back(employee: Person) -> None:
    browser = signed_in(employee)
    for expected in (False, True):
        answer = browser.post(reverse("people:toggle-shortcuts"), {"next": "/lg/"})
        assert answer.headers["Location"] == "/lg/"
        assert Person.objects.get(pk=employee.pk).has_shortcuts is expected


# --- What has been written about me -----------------------------------------------------------------
def test_one_reads_what_concerns_oneself_and_nothing_else(
    employee: Person, member: Person, owner: Person
) -> None:
    audit.record(
        "people.change_person",
        employee,
        actor=owner,
        concerns=[employee],
        detail={"family_name": ["Ek", "Öst"]},
    )
    audit.record("people.change_person", member, actor=owner, concerns=[member])
    text = text_of(get(employee, "log"))
    assert "Fia Förvaltare ändrade personen Moa Medarbetare" in text
    assert "efternamn: Ek → Öst" in text
    assert "Samir" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_costs_the_same_however_long(
    employee: Person, owner: Person, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for _ in range(rows):
        audit.record("people.change_person", employee, actor=owner, concerns=[employee])
    browser = warm(employee)
    with django_assert_num_queries(4):  # session, person, count, rows
        assert browser.get(reverse("people:log")).status_code == 200


def test_posts_and_seats_of_other_days_are_not_told(employee: Person) -> None:
    person = make.person("Åsa", "Öst")
    post, seat = make.post(person), make.member(make.team("Gamla gruppen"), person=person)
    yesterday = TODAY - dt.timedelta(days=1)
    Post.objects.filter(pk=post.pk).update(valid_to=yesterday)
    TeamMember.objects.filter(pk=seat.pk).update(valid_to=yesterday)
    text = text_of(get(employee, "person", person.pk))
    assert "Enhetschef" not in text
    assert "Gamla gruppen" not in text


def test_top_management_sees_no_employee_numbers_either() -> None:
    person = make.person("Åsa", "Öst", employee_number="4711")
    reader = make.role(Role.TOP_MANAGEMENT)
    assert "4711" not in text_of(get(reader, "person", person.pk))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: "/".join(file.parts[-2:]))
def test_what_a_template_opens_it_closes(file: Path) -> None:
    """One closing tag too many ends the page's own column, and nobody sees why."""
    text = file.read_text(encoding="utf-8")
    opened = Counter(re.findall(r"<([a-z]+[1-6]?)(?=[\s>{])", text))
    closed = Counter(re.findall(r"</([a-z]+[1-6]?)>", text))
    assert {tag: opened[tag] for tag in opened if tag not in VOID} == closed
