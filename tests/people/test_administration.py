"""What the system owner does: people and roles, teams, the log, mail, jobs, retention."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.people import actions, rules
from styrfart.people.models import (
    Person,
    Post,
    Role,
    RoleAssignment,
    Team,
    TeamLevel,
    TeamMember,
    TeamRole,
    UnitKind,
)
from styrfart.shared import audit
from styrfart.shared.models import AuditEntry, OutgoingMail, RetentionRule
from tests import make
from tests.conftest import signed_in
from tests.people.test_pages import EVIL, text_of, warm

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def browser(owner: Person) -> Client:
    return signed_in(owner)


def post(browser: Client, step: str, /, *arguments: Any, **values: Any) -> Any:
    return browser.post(reverse(f"people:{step}", args=arguments), values, follow=True)


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


# --- The log ----------------------------------------------------------------------------------------
@pytest.fixture
def logged(owner: Person, employee: Person, member: Person) -> None:
    """Three rows: about two people, on two days."""
    audit.record(
        "people.change_person", employee, actor=owner, concerns=[employee], detail={"email": ["", "=1+1"]}
    )
    audit.record("people.give_role", member, actor=owner, concerns=[member], detail={"role": ["", "coach"]})
    old = audit.record("matters.hand_in", member, actor=member)
    AuditEntry.objects.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=30))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, 3),
        ({"person": "moa"}, 1),
        ({"person": "samir haddad"}, 2),
        ({"verb": "people.give_role"}, 1),
        ({"about": "medarb"}, 1),
        ({"first": TODAY.isoformat()}, 2),
        ({"last": YESTERDAY.isoformat()}, 1),
        ({"first": TODAY.isoformat(), "person": "moa", "verb": "people.give_role"}, 0),
        ({"person": "finns inte"}, 3),  # told as a fault; nothing is narrowed
        ({"verb": EVIL}, 3),
        ({"sida": "x"}, 3),
    ],
)
def test_the_log_is_narrowed(browser: Client, logged: None, query: dict[str, str], expected: int) -> None:
    answer = browser.get(reverse("people:audit-log"), query)
    assert len(answer.context["entries"]) == expected
    lines = b"".join(browser.get(reverse("people:export-audit-log"), query)).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(lines), delimiter=";"))) == expected + 1


def test_the_log_tells_in_words_and_its_file_holds_no_formula(browser: Client, logged: None) -> None:
    text = text_of(browser.get(reverse("people:audit-log")))
    assert "Fia Förvaltare gav en roll till Samir Haddad" in text
    assert "roll: extern coach" in text
    assert "Samir Haddad lämnade in ärendet Samir Haddad" in text
    lines = b"".join(browser.get(reverse("people:export-audit-log"))).decode()
    assert ";=1+1" not in lines


@pytest.mark.parametrize("rows", [1, 3])
def test_the_whole_log_costs_the_same_however_long(
    owner: Person, employee: Person, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for _ in range(rows):
        audit.record("people.change_person", employee, actor=owner, concerns=[employee])
    browser = warm(owner)
    with django_assert_num_queries(7):  # session, person, standing (3), count, rows
        browser.get(reverse("people:audit-log"))


# --- Mail, jobs, retention --------------------------------------------------------------------------
def test_the_outbox_shows_to_whom_and_why_not_but_never_the_text(browser: Client, employee: Person) -> None:
    mail = OutgoingMail.objects.create(
        recipient=employee,
        address="moa@demo.example",
        subject="Ditt ärende",
        body="HEMLIG TEXT",
        state="failed",
        failure="SMTPServerDisconnected",
    )
    OutgoingMail.objects.create(address="a@demo.example", subject="Skickat brev", body="x", state="sent")
    text = text_of(browser.get(reverse("people:outbox")))
    assert "Ditt ärende Misslyckades Skicka igen Ditt ärende Moa Medarbetare, moa@demo.example" in text
    assert "HEMLIG" not in text
    assert "Ditt ärende" not in text_of(browser.get(reverse("people:outbox"), {"lage": "sent"}))
    post(browser, "send-mail-again", mail.pk)
    mail.refresh_from_db()
    assert mail.state == "waiting"
    assert list(AuditEntry.objects.get(verb="people.send_mail_again").concerns.all()) == [employee]


def test_a_mail_that_has_left_is_not_sent_again(browser: Client) -> None:
    mail = OutgoingMail.objects.create(address="a@demo.example", subject="Hej", body="x", state="sent")
    assert post(browser, "send-mail-again", mail.pk).status_code == 404


@pytest.mark.parametrize("mails", [1, 3])
def test_the_outbox_costs_the_same_however_full(
    owner: Person, django_assert_num_queries: DjangoAssertNumQueries, mails: int
) -> None:
    for _ in range(mails):
        OutgoingMail.objects.create(
            recipient=make.person(), address="a@demo.example", subject="Hej", body="x"
        )
    browser = warm(owner)
    with django_assert_num_queries(7):  # session, person, standing (3), count, mails
        browser.get(reverse("people:outbox"))


def test_the_state_of_jobs_says_when_nobody_works(browser: Client) -> None:
    from styrfart.shared.models import WorkerPulse

    where = reverse("people:jobs")
    assert "Ingen tar hand om jobben." in text_of(browser.get(where))
    now = timezone.now()
    WorkerPulse.objects.create(worker="worker-1", started_at=now, seen_at=now)
    assert "Någon tar hand om jobben." in text_of(browser.get(where))


def test_a_failed_job_is_shown_without_what_it_said(browser: Client) -> None:
    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.create(
        status=TaskResultStatus.FAILED,
        task_path="styrfart.people.jobs.forget_imports",
        args_kwargs={"args": ["HEMLIGT"], "kwargs": {}},
        queue_name="default",
        backend_name="default",
        priority=0,
        run_after=timezone.now(),
        finished_at=timezone.now(),
        exception_class_path="builtins.ValueError",
        traceback="HEMLIGT",
    )
    text = text_of(browser.get(reverse("people:jobs")))
    assert "Misslyckade 1 Misslyckades senast people.jobs.forget_imports ValueError" in text
    assert "HEMLIGT" not in text


def test_uploads_are_forgotten_by_the_clock() -> None:
    from styrfart.shared.jobs import SCHEDULE

    call_command("worker", "--once")  # which reads every room's jobs
    assert SCHEDULE["people.forget_imports"].work.module_path == "styrfart.people.jobs.forget_imports"


def test_retention_needs_a_decision(browser: Client) -> None:
    text = text_of(browser.get(reverse("people:retention")))
    for name in ("Beslut", "Mandat", "Åtgärder", "Ärenden"):
        assert f"{name} Bevaras. Inget beslut är angivet. Ändra" in text
    refused = post(browser, "change-retention", "matters.matter", keep_years="10", decision_reference="")
    assert text_of(refused).count("Ange beslutet som tillåter gallring, eller lämna antalet år tomt") == 2
    post(browser, "change-retention", "matters.matter", keep_years="10", decision_reference="KS 2026/118")
    rule = RetentionRule.objects.get()
    assert (rule.record_type, rule.keep_years, rule.decision_reference) == (
        "matters.matter",
        10,
        "KS 2026/118",
    )
    assert "Ärenden 10 år. KS 2026/118" in text_of(browser.get(reverse("people:retention")))
    stale = post(
        browser, "change-retention", "matters.matter", keep_years="5", decision_reference="KS 2026/119"
    )
    assert stale.status_code == 422
    assert "Nu står det 10 KS 2026/118" in text_of(stale)


@pytest.mark.parametrize("years", ["0", "-1", "tio", "501", "9" * 30])
def test_years_that_cannot_be_are_refused(browser: Client, years: str) -> None:
    answer = post(browser, "change-retention", "matters.matter", keep_years=years, decision_reference="KS 1")
    assert answer.status_code == 422
    assert not RetentionRule.objects.exists()


def test_a_planned_role_is_shown_and_taken_back(browser: Client, employee: Person) -> None:
    later = TODAY + dt.timedelta(days=30)
    planned = RoleAssignment.objects.create(person=employee, role=Role.COACH, valid_from=later)
    assert "Extern coach" in text_of(browser.get(reverse("people:edit-person", args=[employee.pk])))
    post(browser, "end-role", employee.pk, planned.pk)
    assert roles_of(employee) == []
