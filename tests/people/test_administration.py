"""What the system owner does with people: corrections, roles, accounts."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.people import actions, rules
from styrfart.people.forms import persons
from styrfart.people.models import (
    Person,
    Post,
    Role,
    RoleAssignment,
    Team,
    TeamMember,
)
from styrfart.shared.models import AuditEntry
from tests import make
from tests.conftest import signed_in
from tests.people.steps import EVIL, post, text_of, warm

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


def roles_of(person: Person) -> list[tuple[str, Any]]:
    return list(person.role_assignments.order_by("pk").values_list("role", "valid_to"))


# --- People -----------------------------------------------------------------------------------------
def test_those_with_a_role_are_shown_first_and_others_are_found(browser: Client, employee: Person) -> None:
    where = reverse("people:people")
    assert "De som har en roll i dag Fia Förvaltare" in text_of(browser.get(where))
    found = text_of(browser.get(where, {"q": "moa"}))
    assert "Träffar Moa Medarbetare" in found
    assert "Fia Förvaltare" not in found.replace("Ditt konto: Fia", "")


def test_closed_accounts_are_found_apart(browser: Client, employee: Person) -> None:
    Person.objects.filter(pk=employee.pk).update(is_active=False)
    text = text_of(browser.get(reverse("people:people"), {"q": "medarb"}))
    assert "Ingen passar. Kontrollera stavningen eller skriv e-postadressen. Stängda konton Moa" in text


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_people_costs_the_same_however_many(
    owner: Person, django_assert_num_queries: DjangoAssertNumQueries, people: int
) -> None:
    for _ in range(people):
        make.role(Role.HR_DEVELOPER, make.post().person)
    browser = warm(owner)
    with django_assert_num_queries(7):  # session, person, standing (3), people, posts
        browser.get(reverse("people:people"))


def test_an_external_person_is_added_and_gets_a_role(browser: Client) -> None:
    answer = post(browser, "add-person", given_name="Cleo", family_name="Coach", email="Cleo@Coach.example")
    person = Person.objects.get(email="cleo@coach.example")
    assert "Cleo Coach är tillagd." in text_of(answer)
    assert not person.has_usable_password()
    answer = post(browser, "give-role", person.pk, role="coach", valid_from=TODAY.isoformat())
    assert "Rollen är given." in text_of(answer)
    assert rules.is_coach(Person.objects.get(pk=person.pk))


def test_a_person_is_corrected_and_told_in_the_log(browser: Client, employee: Person, owner: Person) -> None:
    form = browser.get(reverse("people:edit-person", args=[employee.pk])).context["change_form"]
    values = {**form.initial, "family_name": "Öst", "employee_number": "77"}
    assert "Uppgifterna är sparade." in text_of(post(browser, "edit-person", employee.pk, **values))
    fresh = Person.objects.get(pk=employee.pk)
    assert (fresh.family_name, fresh.employee_number, fresh.last_key) == ("Öst", "77", "zzcst moa")
    entry = AuditEntry.objects.get(verb="people.change_person")
    assert entry.detail == {"family_name": ["Medarbetare", "Öst"], "number": ["", "77"]}
    assert (entry.actor, list(entry.concerns.all())) == (owner, [employee])


def test_two_tabs_on_a_person_lose_nothing(browser: Client, employee: Person) -> None:
    where = reverse("people:edit-person", args=[employee.pk])
    first, second = (dict(browser.get(where).context["change_form"].initial) for _ in range(2))
    post(browser, "edit-person", employee.pk, **{**first, "family_name": "Först"})
    answer = post(browser, "edit-person", employee.pk, **{**second, "family_name": "Sist"})
    text = text_of(answer)
    assert answer.status_code == 422
    assert "Någon har ändrat personen sedan du öppnade sidan." in text
    assert "Nu står det Moa Först" in text
    assert 'value="Sist"' in answer.content.decode()
    assert Person.objects.get(pk=employee.pk).family_name == "Först"
    again = {**second, "family_name": "Sist", "known": answer.context["change_form"].data["known"]}
    post(browser, "edit-person", employee.pk, **again)
    assert Person.objects.get(pk=employee.pk).family_name == "Sist"


def test_everything_wrong_about_a_person_at_once(browser: Client, owner: Person) -> None:
    answer = post(browser, "add-person", given_name=" ", family_name="N" * 81, email="inte en adress")
    text = text_of(answer)
    assert answer.status_code == 422
    for told in ("Ange ett förnamn", "Skriv adressen som namn@exempel.se"):
        assert text.count(told) == 2
    assert "Adressen tillhör redan Fia Förvaltare" in text_of(
        post(browser, "add-person", given_name="Fia", family_name="Två", email=(owner.email or "").upper())
    )


def test_an_address_that_somebody_gets_meanwhile_is_refused(
    browser: Client, owner: Person, employee: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two forms are checked before either is saved: the database has the last word."""
    monkeypatch.setattr(persons, "_address", lambda text, **_but: text)  # as checked before the other saved
    taken = {"given_name": "Eva", "family_name": "Lind", "email": owner.email}
    answer = post(browser, "add-person", **taken)
    assert answer.status_code == 422
    assert "Någon fick adressen medan du skrev. Sök efter personen" in text_of(answer)
    form = browser.get(reverse("people:edit-person", args=[employee.pk])).context["change_form"]
    answer = post(browser, "edit-person", employee.pk, **{**form.initial, "email": owner.email})
    assert answer.status_code == 422
    assert "Någon fick adressen eller numret medan du skrev." in text_of(answer)
    assert Person.objects.get(pk=employee.pk).email == employee.email
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("name", [EVIL[:80], "👩‍💻", "\u202bشخص\u202c", "O'Hara; DROP TABLE", "=1+1"])
def test_any_name_is_only_a_name(browser: Client, name: str) -> None:
    post(browser, "add-person", given_name=name, family_name="Ek", email="n@demo.example")
    person = Person.objects.get(email="n@demo.example")
    answer = browser.get(reverse("people:edit-person", args=[person.pk]))
    assert "<script>alert" not in answer.content.decode()


def test_nul_in_a_name_is_refused(browser: Client) -> None:
    answer = post(browser, "add-person", given_name="A\0b", family_name="Ek", email="n@demo.example")
    assert answer.status_code == 422


# --- Roles ------------------------------------------------------------------------------------------
def test_a_role_is_given_for_a_time_and_not_twice(browser: Client, employee: Person) -> None:
    values = {"role": "hr_developer", "valid_from": TODAY.isoformat(), "valid_to": "2099-12-31"}
    post(browser, "give-role", employee.pk, **values)
    assert roles_of(employee) == [("hr_developer", dt.date(2099, 12, 31))]
    answer = post(browser, "give-role", employee.pk, **values)
    assert (answer.status_code, "Personen har redan rollen då" in text_of(answer)) == (422, True)
    later = {"role": "hr_developer", "valid_from": "2100-01-01"}
    post(browser, "give-role", employee.pk, **later)
    assert len(roles_of(employee)) == 2


def test_a_role_that_cannot_be_is_refused_with_all_that_is_wrong(browser: Client, employee: Person) -> None:
    values = {"role": "kung", "valid_from": "2026-03-01", "valid_to": "2026-02-01"}
    text = text_of(post(browser, "give-role", employee.pk, **values))
    assert "Sista dagen ligger före den första" in text
    assert roles_of(employee) == []


def test_a_role_ends_at_once_and_stays_in_history(browser: Client, employee: Person) -> None:
    make.role(Role.HR_DEVELOPER, employee)
    held = employee.role_assignments.get()
    assert "Rollen är avslutad." in text_of(post(browser, "end-role", employee.pk, held.pk))
    assert roles_of(employee) == [("hr_developer", YESTERDAY)]
    assert "Tidigare roller HR-utvecklare" in text_of(
        browser.get(reverse("people:edit-person", args=[employee.pk]))
    )
    assert AuditEntry.objects.get(verb="people.end_role").detail == {"role": ["hr_developer", ""]}


def test_the_last_system_owner_keeps_the_role_and_the_account(browser: Client, owner: Person) -> None:
    held = owner.role_assignments.get()
    text = "Det måste finnas en förvaltare. Ge någon annan rollen först."
    post(browser, "end-role", owner.pk, held.pk)
    assert rules.is_system_owner(Person.objects.get(pk=owner.pk))
    assert text in text_of(post(browser, "deactivate-person", owner.pk))
    assert Person.objects.get(pk=owner.pk).is_active
    assert "Personen är den enda förvaltaren." in text_of(
        browser.get(reverse("people:edit-person", args=[owner.pk]))
    )


def test_one_of_two_system_owners_may_go_and_comes_to_their_account(browser: Client, owner: Person) -> None:
    make.role(Role.SYSTEM_OWNER)
    answer = post(browser, "end-role", owner.pk, owner.role_assignments.get().pk)
    assert answer.redirect_chain[-1][0] == reverse("people:account")
    assert not rules.is_system_owner(Person.objects.get(pk=owner.pk))


def test_an_owner_whose_account_is_closed_does_not_count(owner: Person) -> None:
    other = make.role(Role.SYSTEM_OWNER)
    Person.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(actions.LastOwner):
        actions.deactivate_person(person=owner, actor=owner)


def test_a_role_of_somebody_else_is_not_ended_by_a_forged_address(browser: Client, employee: Person) -> None:
    other = make.role(Role.HR_DEVELOPER)
    post(browser, "end-role", employee.pk, other.role_assignments.get().pk)
    assert roles_of(other) == [("hr_developer", None)]


# --- Accounts ---------------------------------------------------------------------------------------
def test_closing_an_account_asks_first_and_ends_posts_seats_and_roles(
    browser: Client, team: Team, employee: Person
) -> None:
    make.post(employee, make.unit("Norr"), title="Ingenjör", is_head=False)
    make.member(team, person=employee)
    make.role(Role.HR_DEVELOPER, employee)
    theirs = signed_in(employee)
    asked = text_of(browser.get(reverse("people:deactivate-person", args=[employee.pk])))
    for told in ("Ingenjör, Norr", "platsen i Kontorets ledningsgrupp (ledamot)", "rollen HR-utvecklare"):
        assert told in asked
    answer = post(browser, "deactivate-person", employee.pk)
    assert "Kontot för Moa Medarbetare är stängt." in text_of(answer)
    assert not Post.objects.on(TODAY).filter(person=employee).exists()
    assert not TeamMember.objects.on(TODAY).filter(person=employee).exists()
    assert roles_of(employee) == [("hr_developer", YESTERDAY)]
    assert theirs.get("/konto/").status_code == 302  # signed out where they were
    post(browser, "reactivate-person", employee.pk)
    assert Person.objects.get(pk=employee.pk).is_active
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == [
        "people.deactivate_person",
        "people.reactivate_person",
    ]


def test_a_planned_role_is_shown_and_taken_back(browser: Client, employee: Person) -> None:
    later = TODAY + dt.timedelta(days=30)
    planned = RoleAssignment.objects.create(person=employee, role=Role.COACH, valid_from=later)
    assert "Extern coach" in text_of(browser.get(reverse("people:edit-person", args=[employee.pk])))
    post(browser, "end-role", employee.pk, planned.pk)
    assert roles_of(employee) == []
