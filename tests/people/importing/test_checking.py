"""What is no fault: several posts, names for codes, parts that speak of the rest; and who is who."""

import pytest

from styrfart.people.models import Person, Role
from tests import make
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
    but,
    complaints,
    csv,
    look,
    organisation,
    xlsx,
)

pytestmark = pytest.mark.django_db


# --- What is no fault -------------------------------------------------------------------------------
def test_one_person_with_two_posts_has_two_rows() -> None:
    examined = look(organisation(people=[ANNA, BO, but(BO, c4="100", c5="Utredare")]))
    assert complaints(examined) == []
    assert examined.plan is not None
    assert [
        (post.unit, post.title, post.is_head) for post in examined.plan.new_posts if post.person == "r3"
    ] == [
        ("110", "Avdelningschef", True),
        ("100", "Utredare", False),
    ]


def test_units_and_people_may_be_called_by_name_when_it_is_theirs_alone() -> None:
    examined = look(
        organisation(
            units=[but(OFFICE, c4="Anna Ek"), but(DIVISION, c3="kontoret", c4="2")],
            people=[but(ANNA, c4="KONTORET"), but(BO, c4="Avdelningen")],
            teams=[but(CHAIR, c4="Anna Ek", c3="Kontoret")],
        )
    )
    assert complaints(examined) == []


def test_a_shared_lead_is_two_addresses() -> None:
    examined = look(organisation(units=[but(OFFICE, c4="anna@demo.example; bo@demo.example"), DIVISION]))
    assert examined.plan is not None
    heads = {(post.person, post.unit) for post in examined.plan.new_posts if post.is_head}
    assert heads == {("r2", "100"), ("r3", "100"), ("r3", "110")}


def test_the_head_is_the_one_whom_everybody_else_in_the_unit_names() -> None:
    people = [
        [*PEOPLE, "Närmaste chef"],
        [*ANNA, ""],
        [*BO, "anna@demo.example"],
        ["c@demo.example", "3", "Cia", "Al", "110", "Ingenjör", "bo@demo.example"],
        ["d@demo.example", "4", "Dan", "Al", "110", "Ingenjör", "2"],
    ]
    units = [UNITS, but(OFFICE, c4="anna@demo.example"), but(DIVISION, c4="")]
    examined = look(xlsx({"Enheter": units, "Personer": people}))
    assert complaints(examined, warnings=True) == []
    assert examined.plan is not None
    assert [post.person for post in examined.plan.new_posts if post.is_head] == ["r2", "r3"]


def test_heads_that_people_do_not_agree_on_are_not_guessed() -> None:
    people = [
        [*PEOPLE, "Chef"],
        [*ANNA, ""],
        [*BO, ""],
        ["c@demo.example", "3", "Cia", "Al", "110", "Ingenjör", "bo@demo.example"],
        ["d@demo.example", "4", "Dan", "Al", "110", "Ingenjör", "anna@demo.example"],
    ]
    units = [UNITS, OFFICE, but(DIVISION, c4="")]
    examined = look(xlsx({"Enheter": units, "Personer": people}))
    assert complaints(examined, warnings=True) == [
        (
            "Enheter, rad 3, kolumn Chef: enheten Avdelningen har ingen chef, och personerna "
            "där anger olika chefer. "
            "Fyll i Chef på bladet Enheter, eller läs in ändå."
        )
    ]


def test_teams_that_share_a_name_get_addresses_of_their_own() -> None:
    teams = [but(CHAIR, c0="Ledningsgruppen"), but(MEMBER, c0="Ledningsgruppen", c3="110", c5="ordförande")]
    examined = look(organisation(teams=teams))
    assert examined.plan is not None
    assert [(team.slug, team.unit) for team in examined.plan.new_teams] == [
        ("ledningsgruppen", "100"),
        ("ledningsgruppen-110", "110"),
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_a_short_name_may_stand_on_some_of_a_teams_rows(order: int) -> None:
    examined = look(organisation(teams=[but(CHAIR, c1="kontoret"), MEMBER][::order]))
    assert examined.plan is not None
    assert [(team.slug, len(team.seats)) for team in examined.plan.new_teams] == [("kontoret", 2)]


@pytest.mark.parametrize("order", [1, -1])
def test_a_short_name_that_another_teams_name_would_become_keeps_them_apart(order: int) -> None:
    other = but(MEMBER, c0="Annan grupp", c1="kontorets-ledningsgrupp", c5="ordförande")
    examined = look(organisation(teams=[CHAIR, other][::order]))
    assert examined.plan is not None
    assert {team.name: team.slug for team in examined.plan.new_teams} == {
        "Kontorets ledningsgrupp": "kontorets-ledningsgrupp-100",
        "Annan grupp": "kontorets-ledningsgrupp",
    }


def test_two_chairs_may_follow_each_other() -> None:
    rows = [
        [*TEAMS, "Från och med", "Till och med"],
        [*CHAIR, "2026-01-01", "2030-12-31"],
        [*but(MEMBER, c5="ordförande"), "2031-01-01", ""],
    ]
    book = xlsx(
        {"Enheter": [UNITS, OFFICE, DIVISION], "Personer": [PEOPLE, ANNA, BO], "Ledningsgrupper": rows}
    )
    assert complaints(look(book)) == []


def test_a_part_of_the_organisation_may_speak_of_the_rest() -> None:
    unit = make.unit("Kontoret")
    head = make.person("Ingrid", "Hall")
    rows = [[*PEOPLE, "Chef"], [*but(ANNA, c4=unit.code), head.email]]
    assert complaints(look(csv(rows).encode(), is_whole=False)) == []
    assert len(complaints(look(csv(rows).encode(), is_whole=True))) == 0  # Ingrid has no post: she stays


def test_who_is_missing_from_the_whole_cannot_be_spoken_of() -> None:
    unit = make.unit("Kontoret")
    head = make.post(make.person("Ingrid", "Hall"), unit).person
    rows = [[*PEOPLE, "Chef"], [*but(ANNA, c4=unit.code), head.email]]
    assert complaints(look(csv(rows).encode(), is_whole=False)) == []
    assert complaints(look(csv(rows).encode(), is_whole=True)) == [
        (
            "fil1, rad 2, kolumn Chef: adressen finns inte bland personerna. Rätta adressen eller "
            "lägg till personen."
        )
    ]


# --- Who is who -------------------------------------------------------------------------------------
def known(number: str, email: str, given: str = "Anna", family: str = "Ek") -> Person:
    person = make.person(given, family, employee_number=number or None, email=email or None)
    make.post(person, make.unit())
    return person


def test_a_number_recognises_who_has_changed_name_and_address() -> None:
    person = known("1", "anna.ek@demo.example")
    examined = look(organisation(people=[but(ANNA, c3="Öst"), BO]), is_whole=False)
    assert examined.plan is not None
    assert [(now.pk, changed) for now, changed in examined.plan.changed_people] == [
        (person.pk, {"family_name": "Öst", "email": "anna@demo.example"})
    ]


def test_an_address_recognises_who_has_no_number_yet() -> None:
    person = known("", "anna@demo.example")
    examined = look(organisation(), is_whole=False)
    assert examined.plan is not None
    assert [(now.pk, changed) for now, changed in examined.plan.changed_people] == [
        (person.pk, {"number": "1"})
    ]


def test_an_address_that_another_number_holds_is_refused() -> None:
    known("77", "anna@demo.example", "Anders", "Ek")
    assert complaints(look(organisation(), is_whole=False)) == [
        (
            "Personer, rad 2, kolumn E-post: adressen tillhör redan Anders Ek. "
            "Rätta adressen, eller ta först bort den från den personen."
        )
    ]


def test_a_new_person_does_not_take_over_the_account_of_a_namesake_who_has_left() -> None:
    person = known("", "anna@demo.example", "Berit", "Nord")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert complaints(look(organisation(people=[but(ANNA, c1=""), BO]), is_whole=False)) == [
        (
            "Personer, rad 2, kolumn E-post: adressen tillhör redan Berit Nord. "
            "Rätta adressen, eller ta först bort den från den personen."
        )
    ]


def test_two_people_may_trade_addresses() -> None:
    known("1", "bo@demo.example")
    known("2", "anna@demo.example", "Bo", "Ask")
    assert complaints(look(organisation(), is_whole=False)) == []


def test_two_rows_cannot_be_the_same_known_person() -> None:
    known("1", "gammal@demo.example")
    people = [but(ANNA, c0=""), BO, ["gammal@demo.example", "", "Anna", "Ek", "100", "Utredare"]]
    units = [but(OFFICE, c4="1"), DIVISION]
    teams = [but(CHAIR, c4="1")]
    assert complaints(look(organisation(units=units, people=people, teams=teams), is_whole=False)) == [
        (
            "Personer, rad 4, kolumn E-post: adressen ”gammal@demo.example” finns redan på rad 2. "
            "Ge varje person sin egen adress, eller samma namn och nummer om det är samma person."
        )
    ]


def test_a_system_owner_may_be_spoken_of_though_missing() -> None:
    owner = make.role(Role.SYSTEM_OWNER, known("9", "fia@demo.example", "Fia", "Nord"))
    teams = [CHAIR, but(MEMBER, c4=owner.email)]
    examined = look(organisation(teams=teams))
    assert complaints(examined) == []
