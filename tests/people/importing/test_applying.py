"""What an import writes: history, accounts, roles, the audit log; all of it or nothing."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.people import actions, rules
from styrfart.people.actions import import_at_once
from styrfart.people.importing import applying
from styrfart.people.models import (
    ImportFile,
    ImportLine,
    ImportRun,
    Person,
    Post,
    Role,
    RoleAssignment,
    Team,
    TeamMember,
    Unit,
    UnitPeriod,
)
from styrfart.shared.models import AuditEntry
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
    apply,
    complaints,
    csv,
    organisation,
    xlsx,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MONDAY = dt.date(2026, 1, 5)


def anna() -> Person:
    return Person.objects.get(email="anna@demo.example")


def test_an_organisation_is_written_with_heads_seats_and_accounts_without_password() -> None:
    apply(organisation(), day=MONDAY)
    office, division = Unit.objects.get(code="100"), Unit.objects.get(code="110")
    assert (division.parent, division.path) == (office, f"/{office.pk}/{division.pk}/")
    assert rules.leads(anna(), division)
    assert not anna().has_usable_password()
    team = Team.objects.get(slug="kontorets-ledningsgrupp")
    assert (team.level, team.unit, team.valid_from) == ("office", office, MONDAY)
    assert rules.is_chair(anna(), team)
    assert {post.valid_from for post in Post.objects.all()} == {MONDAY}


def test_a_reorganisation_ends_what_was_and_begins_anew() -> None:
    apply(organisation(), day=MONDAY)
    moved = [BO[0], "2", "Bo", "Ask", "100", "Utredare"]
    units = [OFFICE, ["110", "Projektavdelningen", "avdelning", "100", "anna@demo.example"]]
    apply(organisation(units=units, people=[ANNA, moved], teams=[CHAIR]))
    yesterday = TODAY - dt.timedelta(days=1)
    periods = UnitPeriod.objects.filter(unit__code="110").values_list("name", "valid_from", "valid_to")
    assert list(periods) == [("Avdelningen", MONDAY, yesterday), ("Projektavdelningen", TODAY, None)]
    posts = Post.objects.filter(person__email="bo@demo.example").order_by("valid_from")
    assert list(posts.values_list("title", "is_head", "valid_from", "valid_to")) == [
        ("Avdelningschef", True, MONDAY, yesterday),
        ("Utredare", False, TODAY, None),
    ]
    seat = TeamMember.objects.get(person__email="bo@demo.example")
    assert (seat.role, seat.valid_to) == ("member", yesterday)
    assert list(
        Post.objects.on(TODAY).filter(unit__code="110").values_list("person__email", "title", "is_head")
    ) == [("anna@demo.example", "Kontorschef", True)]


def test_a_moved_unit_takes_its_subtree_with_it() -> None:
    other = ["120", "Markavdelningen", "avdelning", "100", "anna@demo.example"]
    below = ["111", "Norr", "enhet", "110", "bo@demo.example"]
    apply(organisation(units=[OFFICE, DIVISION, other, below]), day=MONDAY)
    apply(organisation(units=[OFFICE, [*DIVISION[:3], "120", DIVISION[4]], other, below]))
    path = {unit.code: unit.path for unit in Unit.objects.all()}
    assert path["111"].startswith(path["110"])
    assert path["110"].startswith(path["120"])


def test_who_is_missing_from_the_whole_loses_account_posts_seats_and_roles() -> None:
    apply(organisation(), day=MONDAY)
    bo = Person.objects.get(email="bo@demo.example")
    make.role(Role.HR_DEVELOPER, bo)
    RoleAssignment.objects.create(
        person=bo, role=Role.TOP_MANAGEMENT, valid_from=TODAY + dt.timedelta(days=9)
    )
    apply(organisation(units=[OFFICE], people=[ANNA], teams=[CHAIR]))
    bo = Person.objects.get(pk=bo.pk)
    yesterday = TODAY - dt.timedelta(days=1)
    assert not bo.is_active
    assert list(bo.role_assignments.values_list("role", "valid_to")) == [("hr_developer", yesterday)]
    assert not Post.objects.on(TODAY).filter(person=bo).exists()
    assert not TeamMember.objects.on(TODAY).filter(person=bo).exists()
    assert Unit.objects.get(code="110").valid_to == yesterday


def test_a_system_owner_keeps_the_account_but_not_the_post() -> None:
    apply(organisation(), day=MONDAY)
    bo = make.role(Role.SYSTEM_OWNER, Person.objects.get(email="bo@demo.example"))
    examined = apply(organisation(units=[OFFICE], people=[ANNA], teams=[CHAIR]))
    assert complaints(examined, warnings=True) == [
        (
            "Bo Ask finns inte i filen men är förvaltare och behåller sitt konto. "
            "Avsluta rollen först om personen har slutat."
        )
    ]
    bo = Person.objects.get(pk=bo.pk)
    assert bo.is_active
    assert rules.is_system_owner(bo)
    assert not Post.objects.on(TODAY).filter(person=bo).exists()


def test_coaches_and_technical_accounts_are_not_in_the_register_and_stay() -> None:
    coach = make.role(Role.COACH)
    apply(organisation())
    assert Person.objects.get(pk=coach.pk).is_active


def test_a_part_ends_nobody() -> None:
    apply(organisation(), day=MONDAY)
    apply(csv([PEOPLE, ANNA]).encode(), is_whole=False)
    assert Person.objects.filter(is_active=True).count() == 2
    assert Unit.objects.on(TODAY).count() == 2
    assert TeamMember.objects.on(TODAY).count() == 2


def test_an_empty_sheet_in_a_whole_organisation_ends_nobody() -> None:
    apply(organisation(), day=MONDAY)
    book = xlsx({"Enheter": [UNITS, OFFICE, DIVISION], "Personer": [PEOPLE], "Ledningsgrupper": [TEAMS]})
    examined = apply(book)
    assert Person.objects.filter(is_active=True).count() == 2
    assert Team.objects.on(TODAY).count() == 1
    assert complaints(examined, warnings=True) == [
        "Personer: bladet har rubriker men inga rader. Ingenting ändras av det.",
        "Ledningsgrupper: bladet har rubriker men inga rader. Ingenting ändras av det.",
    ]


def test_a_part_with_teams_replaces_only_those_teams() -> None:
    second = ["Avdelningens ledningsgrupp", "", "", "110", "bo@demo.example", "ordförande", ""]
    apply(organisation(teams=[CHAIR, MEMBER, second]), day=MONDAY)
    apply(csv([TEAMS, [*CHAIR[:4], "bo@demo.example", "ordförande", ""]]).encode(), is_whole=False)
    assert set(TeamMember.objects.on(TODAY).values_list("team__name", "person__email", "role")) == {
        ("Kontorets ledningsgrupp", "bo@demo.example", "chair"),
        ("Avdelningens ledningsgrupp", "bo@demo.example", "chair"),
    }


def test_a_person_who_comes_back_gets_the_same_account() -> None:
    apply(organisation(), day=MONDAY)
    bo = Person.objects.get(email="bo@demo.example")
    apply(organisation(units=[OFFICE], people=[ANNA], teams=[CHAIR]), day=dt.date(2026, 3, 1))
    apply(organisation())
    again = Person.objects.get(pk=bo.pk)
    assert (again.is_active, again.email) == (True, "bo@demo.example")
    assert Post.objects.filter(person=again).count() == 2
    division = Unit.objects.get(code="110")
    assert (division.valid_to, division.periods.count()) == (None, 2)


def test_two_people_trade_addresses_and_numbers() -> None:
    apply(organisation())
    traded = [[BO[0], *ANNA[1:]], [ANNA[0], *BO[1:]]]
    units = [[*OFFICE[:4], BO[0]], [*DIVISION[:4], ANNA[0]]]
    teams = [[*CHAIR[:4], BO[0], "ordförande", ""], [*MEMBER[:4], ANNA[0], "ledamot", ""]]
    apply(organisation(units=units, people=traded, teams=teams))
    assert set(Person.objects.values_list("employee_number", "email")) == {("1", BO[0]), ("2", ANNA[0])}


def test_a_changed_name_is_found_by_its_new_spelling() -> None:
    apply(organisation())
    apply(organisation(people=[[*ANNA[:3], "Öst-Ek", *ANNA[4:]], BO]))
    person = anna()
    assert (person.name_key, person.last_key) == ("zzcst ek anna", "ek anna zzcst")
    apply(organisation(units=[[*OFFICE[:1], "Åkontoret", *OFFICE[2:]], DIVISION]))
    assert Unit.objects.get(code="100").name_key == "zzakontoret"


def test_days_in_the_file_are_the_days_of_new_posts_and_seats() -> None:
    people: list[list[Any]] = [
        [*PEOPLE, "Från och med", "Till och med"],
        [*ANNA, "2025-02-01", ""],
        [*BO, "2025-03-01", 47483],
    ]
    book = xlsx({"Enheter": [UNITS, OFFICE, DIVISION], "Personer": people, "Ledningsgrupper": [TEAMS, CHAIR]})
    apply(book)
    assert list(Post.objects.order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (dt.date(2025, 2, 1), None),
        (dt.date(2025, 3, 1), dt.date(2029, 12, 31)),
    ]
    people[2][-1] = ""  # Bo stays after all
    people[1][-2] = "2025-01-15"  # and Anna's first day was wrong
    book = xlsx({"Enheter": [UNITS, OFFICE, DIVISION], "Personer": people, "Ledningsgrupper": [TEAMS, CHAIR]})
    examined = apply(book)
    assert examined.counts() == {"error": 0, "warning": 0, "person.changed": 2}
    assert list(Post.objects.order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (dt.date(2025, 1, 15), None),
        (dt.date(2025, 3, 1), None),
    ]


def test_without_a_column_for_the_last_day_a_planned_end_stays() -> None:
    apply(organisation(), day=MONDAY)
    end = TODAY + dt.timedelta(days=60)
    Post.objects.filter(person__email="bo@demo.example").update(valid_to=end)
    TeamMember.objects.filter(person__email="bo@demo.example").update(valid_to=end)
    assert apply(organisation()).counts() == {"error": 0, "warning": 0}
    assert Post.objects.get(person__email="bo@demo.example").valid_to == end


def test_history_cannot_be_overtaken() -> None:
    """A change that would begin before what it changes is refused, with the first day that works."""
    apply(organisation(), day=dt.date(2026, 3, 1))
    examined = import_at_once(
        uploads=[("x", organisation(units=[[*OFFICE[:1], "Nytt namn", *OFFICE[2:]], DIVISION]))],
        day=dt.date(2026, 2, 1),
        is_whole=True,
        is_dry=False,
    )
    assert complaints(examined) == [
        "Kontoret har uppgifter som gäller från 1 mars 2026. Välj den dagen eller senare."
    ]
    assert Unit.objects.get(code="100").name == "Kontoret"


def test_an_import_does_not_reach_into_the_future() -> None:
    examined = import_at_once(
        uploads=[("x", organisation())], day=TODAY + dt.timedelta(days=1), is_whole=True, is_dry=False
    )
    assert complaints(examined) == [
        "Dagen ligger framåt i tiden. Välj i dag eller en tidigare dag. Läs in filen när den ska gälla."
    ]
    assert not Unit.objects.exists()


def test_a_team_that_stays_in_a_unit_that_ends_is_told() -> None:
    apply(organisation(teams=[[*CHAIR[:3], "110", *CHAIR[4:]]]), day=MONDAY)
    book = xlsx({"Enheter": [UNITS, OFFICE], "Personer": [PEOPLE, ANNA]})
    assert complaints(apply(book), warnings=True) == [
        (
            "Ledningsgruppen Kontorets ledningsgrupp finns kvar fast enheten Avdelningen avslutas. "
            "Avsluta gruppen, eller flytta den till en annan enhet."
        )
    ]


# --- The log ----------------------------------------------------------------------------------------
def test_each_object_has_its_audit_row_that_those_concerned_can_read() -> None:
    apply(organisation(), day=MONDAY)
    apply(organisation(people=[[*ANNA[:5], "Förvaltningschef"], BO], teams=[CHAIR]))
    person, bo = anna(), Person.objects.get(email="bo@demo.example")
    rows = {(entry.verb, entry.object_label): entry for entry in AuditEntry.objects.all()}
    changed = rows["people.change_person", "Anna Ek"]
    assert changed.detail == {"post": ["Kontorschef, Kontoret", "Förvaltningschef, Kontoret"]}
    assert (changed.object_type, changed.object_id, changed.actor) == ("people.person", str(person.pk), None)
    assert list(changed.concerns.all()) == [person]
    left = rows["people.change_team", "Kontorets ledningsgrupp"]
    assert left.detail == {"seat:Bo Ask": ["member", ""]}
    assert list(left.concerns.all()) == [bo]
    assert ("people.add_unit", "Avdelningen") in rows
    assert AuditEntry.objects.filter(verb="people.import_organisation").count() == 2


@pytest.mark.parametrize("people", [1, 3])
def test_writing_costs_the_same_number_of_queries_whatever_the_number(
    django_assert_num_queries: DjangoAssertNumQueries, people: int
) -> None:
    rows = [[f"p{n}@demo.example", f"{n}", "Anna", "Ek", "100", "Ingenjör"] for n in range(people)]
    book = organisation(units=[[*OFFICE[:4], "p0@demo.example"]], people=rows, teams=[])
    lock = connection.vendor == "postgresql"
    with django_assert_num_queries(20 + lock):
        apply(book)
    with django_assert_num_queries(10 + lock):
        apply(book)


def test_when_something_breaks_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_args: object, **_options: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(applying, "log", breaks)
    with pytest.raises(RuntimeError, match="the power went"):
        apply(organisation())
    assert not Unit.objects.exists()
    assert not Person.objects.exists()
    assert not AuditEntry.objects.exists()


# --- Look first, apply afterwards -------------------------------------------------------------------
def checked(owner: Person, content: bytes | None = None, **options: Any) -> ImportRun:
    values = {"day": TODAY, "is_whole": True, "actor": owner, **options}
    return actions.check_import(uploads=[("mall.xlsx", content or organisation())], **values)


def test_looking_changes_nothing_and_applying_writes_what_was_shown(owner: Person) -> None:
    run = checked(owner)
    assert not Unit.objects.exists()
    assert run.counts == {"error": 0, "warning": 0, "unit.new": 2, "person.new": 2, "team.new": 1}
    actions.apply_import(run=run, actor=owner)
    run.refresh_from_db()
    assert run.applied_at is not None
    assert Unit.objects.count() == 2
    assert AuditEntry.objects.get(verb="people.import_organisation").actor == owner


def test_files_and_lines_are_erased_when_applied(owner: Person) -> None:
    run = checked(owner)
    assert ImportFile.objects.count() == 1
    assert ImportLine.objects.count() == 5
    actions.apply_import(run=run, actor=owner)
    assert not ImportFile.objects.exists()
    assert not ImportLine.objects.exists()


def test_what_was_applied_cannot_be_applied_again(owner: Person) -> None:
    run = checked(owner)
    actions.apply_import(run=run, actor=owner)
    with pytest.raises(actions.ImportIsGone):
        actions.apply_import(run=run, actor=owner)


def test_an_upload_expires(owner: Person) -> None:
    run = checked(owner)
    ImportRun.objects.update(expires_at=timezone.now())
    with pytest.raises(actions.ImportIsGone):
        actions.apply_import(run=run, actor=owner)
    assert actions.purge_imports(timezone.now()) == 1
    assert not ImportFile.objects.exists()
    assert actions.purge_imports(timezone.now()) == 0


def test_an_upload_with_errors_is_kept_to_be_read_but_never_applied(owner: Person) -> None:
    run = checked(owner, organisation(units=[OFFICE]))
    assert run.lines.filter(section="error").count() == run.counts["error"] > 0
    with pytest.raises(actions.ImportHasErrors):
        actions.apply_import(run=run, actor=owner)


def test_when_the_organisation_has_moved_the_reader_sees_the_new_differences_first(owner: Person) -> None:
    run = checked(owner)
    apply(organisation(people=[[*ANNA[:3], "Öst", *ANNA[4:]], BO]))
    with pytest.raises(actions.ImportMoved):
        actions.apply_import(run=run, actor=owner)
    assert anna().family_name == "Öst"
    run.refresh_from_db()
    assert run.counts == {"error": 0, "warning": 0, "person.changed": 1}
    assert run.lines.get().content["changes"] == [["family_name", "Öst", "Ek"]]
    actions.apply_import(run=run, actor=owner)
    assert anna().family_name == "Ek"


def test_an_upload_can_be_dropped(owner: Person) -> None:
    run = checked(owner)
    actions.drop_import(run=run, actor=owner)
    assert not ImportRun.objects.exists()
    assert not ImportFile.objects.exists()
