"""What the system owner does with teams: make, fill, change chair, end."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.people import actions
from styrfart.people.models import (
    Person,
    Team,
    TeamLevel,
    TeamMember,
    TeamRole,
    UnitKind,
)
from styrfart.shared.models import AuditEntry
from tests import make
from tests.people.steps import post, text_of, warm

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


# --- Teams ------------------------------------------------------------------------------------------
def test_a_team_is_made_and_filled_and_changes_chair(
    browser: Client, employee: Person, member: Person
) -> None:
    unit = make.unit("Norr", kind=UnitKind.DIVISION)
    post(browser, "create-team", name="Norrs ledningsgrupp", unit=unit.code, level="division")
    team = Team.objects.get(name="Norrs ledningsgrupp")
    assert (team.slug, team.unit, team.valid_from) == ("norrs-ledningsgrupp", unit, TODAY)
    values = {"person": employee.email, "role": "chair", "valid_from": "2026-01-01"}
    assert "Moa Medarbetare är med i gruppen." in text_of(post(browser, "add-member", team.slug, **values))
    chair = {"person": "Samir Haddad", "valid_from": "2026-06-01", "stays": "stays"}
    assert "Ordföranden är bytt." in text_of(post(browser, "change-chair", team.slug, **chair))
    seats = team.members.order_by("valid_from", "person__family_name")
    assert list(seats.values_list("person__given_name", "role", "valid_from", "valid_to")) == [
        ("Moa", "chair", dt.date(2026, 1, 1), dt.date(2026, 5, 31)),
        ("Samir", "chair", dt.date(2026, 6, 1), None),
        ("Moa", "member", dt.date(2026, 6, 1), None),
    ]
    text = text_of(browser.get(reverse("people:edit-team", args=[team.slug])))
    assert "Tidigare med Moa Medarbetare, ordförande 1 januari 2026 till 31 maj 2026" in text
    assert AuditEntry.objects.get(verb="people.change_chair").detail == {
        "seat:Moa Medarbetare": ["chair", "member"],
        "seat:Samir Haddad": ["", "chair"],
    }


def test_a_new_chair_who_was_a_member_leaves_that_seat(
    team: Team, chair: Person, member: Person, owner: Person
) -> None:
    actions.change_chair(team=team, person=member, valid_from=TODAY, stays_as_member=False, actor=owner)
    seats = TeamMember.objects.on(TODAY).filter(team=team)
    assert list(seats.values_list("person", "role")) == [(member.pk, "chair")]


def test_who_sits_in_a_team_cannot_be_added_again_and_there_is_one_chair(
    browser: Client, team: Team, chair: Person, member: Person, employee: Person
) -> None:
    again = {"person": member.email, "role": "member", "valid_from": TODAY.isoformat()}
    assert "Personen sitter redan i gruppen då" in text_of(post(browser, "add-member", team.slug, **again))
    second = {"person": employee.email, "role": "chair", "valid_from": TODAY.isoformat()}
    text = text_of(post(browser, "add-member", team.slug, **second))
    assert "Gruppen har redan en ordförande då. Byt ordförande i stället" in text
    same = {"person": chair.email, "valid_from": TODAY.isoformat(), "stays": "leaves"}
    assert "Personen är redan ordförande" in text_of(post(browser, "change-chair", team.slug, **same))


def test_a_name_that_several_have_asks_for_the_address(browser: Client, team: Team) -> None:
    one, other = make.person("Eva", "Lind"), make.person("Eva", "Lind")
    values = {"person": "Eva Lind", "role": "member", "valid_from": TODAY.isoformat()}
    answer = post(browser, "add-member", team.slug, **values)
    text = text_of(answer)
    assert answer.status_code == 422
    assert (
        f"Flera personer passar. Skriv en av adresserna: Eva Lind ({one.email}); Eva Lind ({other.email})"
        in text
    )
    assert 'value="Eva Lind"' in answer.content.decode()
    values["person"] = f"Eva Lind ({other.email})"
    post(browser, "add-member", team.slug, **values)
    assert team.members.get().person == other


def test_a_seat_ends_after_its_last_day(
    browser: Client, team: Team, member: Person, employee: Person
) -> None:
    seat = team.members.get()
    answer = post(browser, "end-member", team.slug, seat.pk, last_day="2023-01-01")
    assert "Platsen började senare än så." in text_of(answer)
    post(browser, "end-member", team.slug, seat.pk, last_day="2026-10-31")
    seat.refresh_from_db()
    assert seat.valid_to == dt.date(2026, 10, 31)


def test_a_seat_that_has_not_begun_is_taken_back(owner: Person, team: Team, employee: Person) -> None:
    seat = actions.add_member(
        team=team,
        person=employee,
        role=TeamRole.MEMBER,
        valid_from=TODAY + dt.timedelta(days=10),
        actor=owner,
    )
    actions.end_member(seat=seat, last_day=TODAY, actor=owner)
    assert not team.members.exists()


def test_two_tabs_on_a_team_lose_nothing(browser: Client, team: Team) -> None:
    where = reverse("people:edit-team", args=[team.slug])
    known = browser.get(where).context["change_form"].initial["known"]
    values = {"unit": team.unit.code, "level": "office", "known": known}
    post(browser, "edit-team", team.slug, name="Först", **values)
    answer = post(browser, "edit-team", team.slug, name="Sist", **values)
    assert answer.status_code == 422
    assert "Nu står det Först" in text_of(answer)
    assert 'value="Sist"' in answer.content.decode()
    assert Team.objects.get(pk=team.pk).name == "Först"


def test_a_team_keeps_its_address_when_it_is_renamed_and_moved(
    browser: Client, team: Team, member: Person
) -> None:
    unit = make.unit("Söder")
    known = browser.get(reverse("people:edit-team", args=[team.slug])).context["change_form"].initial["known"]
    post(
        browser,
        "edit-team",
        team.slug,
        name="Söders ledningsgrupp",
        unit="Söder",
        level="division",
        known=known,
    )
    fresh = Team.objects.get(slug=team.slug)
    assert (fresh.name, fresh.unit, fresh.level) == ("Söders ledningsgrupp", unit, "division")
    entry = AuditEntry.objects.get(verb="people.change_team")
    assert list(entry.concerns.all()) == [member]


def test_a_team_ends_with_its_seats(browser: Client, team: Team, chair: Person, member: Person) -> None:
    asked = text_of(browser.get(reverse("people:end-team", args=[team.slug])))
    assert "2 platser avslutas samtidigt." in asked
    post(browser, "end-team", team.slug)
    assert Team.objects.get(pk=team.pk).valid_to == YESTERDAY
    assert not TeamMember.objects.on(TODAY).filter(team=team).exists()
    assert set(AuditEntry.objects.get(verb="people.end_team").concerns.all()) == {chair, member}


def test_everything_wrong_about_a_team_at_once(browser: Client) -> None:
    answer = post(browser, "create-team", name="", unit="finns inte", level="")
    text = text_of(answer)
    for told in (
        "Ange gruppens namn",
        "Ingen enhet hittades. Kontrollera koden eller namnet",
        "Välj en nivå",
    ):
        assert text.count(told) == 2
    assert not Team.objects.exists()


def test_teams_of_the_same_name_get_addresses_of_their_own(owner: Person) -> None:
    unit = make.unit()
    made = [
        actions.create_team(name=name, unit=unit, level=TeamLevel.OFFICE, valid_from=TODAY, actor=owner).slug
        for name in ("Ledningsgruppen", "Ledningsgruppen", "Ny", "👩‍💻")
    ]
    assert made == ["ledningsgruppen", "ledningsgruppen-2", "ny-2", f"lg-{unit.code.lower()}"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_teams_costs_the_same_however_many(
    owner: Person, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for place in range(number):
        make.member(make.team(f"Grupp {place}"), role=TeamRole.CHAIR)
    browser = warm(owner)
    with django_assert_num_queries(8):  # session, person, standing (3), count, teams, chairs
        browser.get(reverse("people:admin-teams"))


# --- Days that were stay ------------------------------------------------------------------------------
def test_a_chair_cannot_be_changed_from_a_day_before_the_present_one_began(
    browser: Client, team: Team, chair: Person, member: Person
) -> None:
    seat = team.members.get(role=TeamRole.CHAIR)
    before = seat.valid_from - dt.timedelta(days=30)
    values = {"person": member.email, "valid_from": before.isoformat(), "stays": "leaves"}
    answer = post(browser, "change-chair", team.slug, **values)
    assert answer.status_code == 422
    assert "En plats som ändras började 1 januari 2024. Välj den dagen eller en senare" in text_of(answer)
    seat.refresh_from_db()
    assert seat.valid_to is None
    assert team.members.count() == 2


def test_a_chair_who_began_today_may_be_changed_today(owner: Person, team: Team, member: Person) -> None:
    make.member(team, role=TeamRole.CHAIR)
    TeamMember.objects.filter(team=team, role=TeamRole.CHAIR).update(valid_from=TODAY)
    actions.change_chair(team=team, person=member, valid_from=TODAY, stays_as_member=False, actor=owner)
    assert list(team.members.filter(role=TeamRole.CHAIR).values_list("person", "valid_from")) == [
        (member.pk, TODAY)
    ]


@pytest.mark.parametrize(("days", "is_refused"), [(30, False), (60, True)])
def test_a_seat_is_not_prolonged_into_the_next_chairs(
    browser: Client, owner: Person, team: Team, chair: Person, employee: Person, days: int, is_refused: bool
) -> None:
    seat = team.members.get()
    TeamMember.objects.update(valid_to=TODAY + dt.timedelta(days=10))
    later = TODAY + dt.timedelta(days=50)
    actions.add_member(team=team, person=employee, role=TeamRole.CHAIR, valid_from=later, actor=owner)
    last = TODAY + dt.timedelta(days=days)
    answer = post(browser, "end-member", team.slug, seat.pk, last_day=last.isoformat())
    told = "En annan plats tar vid före den dagen. Välj en tidigare dag"
    assert (answer.status_code, told in text_of(answer)) == ((422, True) if is_refused else (200, False))
    seat.refresh_from_db()
    assert seat.valid_to == (TODAY + dt.timedelta(days=10) if is_refused else last)


def test_a_team_that_has_ended_in_another_tab_is_not_changed(
    browser: Client, owner: Person, team: Team, member: Person, employee: Person
) -> None:
    seat = team.members.get()
    known = browser.get(reverse("people:edit-team", args=[team.slug])).context["change_form"].initial["known"]
    actions.end_team(team=team, actor=owner)
    Team.objects.update(valid_to=TODAY - dt.timedelta(days=400))
    TeamMember.objects.update(valid_to=TODAY - dt.timedelta(days=400))
    day = TODAY.isoformat()
    values = {"name": "Ny", "unit": team.unit.code, "level": "office", "known": known}
    someone = {"person": employee.email, "valid_from": day}
    steps = [
        post(browser, "edit-team", team.slug, **values),
        post(browser, "add-member", team.slug, role="member", **someone),
        post(browser, "change-chair", team.slug, stays="leaves", **someone),
        post(browser, "end-team", team.slug),
    ]
    for answer in steps:
        assert "Gruppen är avslutad. Det går inte att ändra den längre." in text_of(answer)
    assert post(browser, "end-member", team.slug, seat.pk, last_day=day).status_code == 404
    assert Team.objects.get().valid_to == TODAY - dt.timedelta(days=400)
    assert team.members.count() == 1


# --- Finding ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["äldre", "ÄLDRE", "Äldreomsorgens", "östra ledning"])
def test_teams_are_found_by_swedish_letters_in_either_case(browser: Client, text: str) -> None:
    make.team("Äldreomsorgens ledningsgrupp", of_unit=make.unit("Östra"))
    make.team("Kontorets ledningsgrupp")
    page = browser.get(reverse("people:admin-teams"), {"q": text}).context["page"]
    assert [team.name for team in page] == ["Äldreomsorgens ledningsgrupp"]


def test_a_unit_is_found_by_a_code_of_one_letter_but_not_when_it_has_ended(browser: Client) -> None:
    unit = make.unit("Kommunen")
    type(unit).objects.update(code="K")
    values = {"name": "Kommunledningen", "unit": "K", "level": "city"}
    post(browser, "create-team", **values)
    assert Team.objects.get().unit == unit
    type(unit).objects.update(valid_to=YESTERDAY)
    answer = post(browser, "create-team", **values)
    assert "Ingen enhet hittades. Kontrollera koden eller namnet" in text_of(answer)
