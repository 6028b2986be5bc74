"""Who may what, page by page: strangers are sent to sign in, others get 404 where they need not know."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from styrfart.people import actions
from styrfart.people.models import ImportRun, Person, Role, Team, Unit
from styrfart.shared.models import OutgoingMail, RetentionRule
from tests import make
from tests.conftest import signed_in
from tests.people.importing.sheets import organisation

pytestmark = pytest.mark.django_db

EVERYBODY = ("chair", "member", "secretary", "adjunct", "stranger", "employee", "owner")


@pytest.fixture
def coach(db: None) -> Person:
    """From outside: sees nothing of the organisation."""
    return make.role(Role.COACH, make.person("Cleo", "Coach"))


@pytest.fixture
def hr(db: None) -> Person:
    return make.role(Role.HR_DEVELOPER, make.person("Hanna", "Hermansson"))


@pytest.fixture
def top(db: None) -> Person:
    return make.role(Role.TOP_MANAGEMENT, make.person("Tor", "Toppen"))


@pytest.fixture
def things(team: Team, owner: Person, employee: Person) -> dict[str, Any]:
    """One of each thing that an address may name."""
    run = actions.check_import(
        uploads=[("a.xlsx", organisation())], day=make.people.SINCE, is_whole=False, actor=owner
    )
    mail = OutgoingMail.objects.create(address="a@demo.example", subject="Hej", body="Text", state="failed")
    role = make.role(Role.HR_DEVELOPER, make.person("Rut", "Rollin")).role_assignments.get()
    return {
        "unit": team.unit,
        "team": team,
        "person": employee,
        "run": run,
        "mail": mail,
        "role": role,
        "seat": make.member(team),
        "due": _due(),
    }


def _due() -> str:
    """A type of record of which something may be disposed of."""
    old = OutgoingMail.objects.create(address="a@demo.example", subject="Hej", body="Text", state="sent")
    OutgoingMail.objects.filter(pk=old.pk).update(created_at=timezone.now() - dt.timedelta(days=800))
    rules = RetentionRule.objects.filter(record_type="shared.outgoingmail")
    rules.update(keep_years=1, decision_reference="KS 1")
    return "shared.outgoingmail"


def address(name: str, *keys: str) -> Callable[[dict[str, Any]], str]:
    """The address of a view, with the keys of the things that it names."""

    def of(things: dict[str, Any]) -> str:
        return reverse(f"people:{name}", args=[_key(things[key]) for key in keys])

    return of


def _key(thing: Any) -> Any:
    match thing:
        case Unit():
            return thing.code
        case Team():
            return thing.slug
        case str():
            return thing
        case _:
            return thing.pk


FOR_EMPLOYEES = {
    "units": address("units"),
    "unit": address("unit", "unit"),
    "person": address("person", "person"),
}
FOR_ONESELF = {"account": address("account"), "log": address("log")}
FOR_THE_OWNER = {
    "administration": address("administration"),
    "import": address("import"),
    "import-template": address("import-template"),
    "export-organisation": address("export-organisation"),
    "import-run": address("import-run", "run"),
    "import-lines": address("import-lines", "run"),
    "people": address("people"),
    "add-person": address("add-person"),
    "edit-person": address("edit-person", "person"),
    "deactivate-person": address("deactivate-person", "person"),
    "admin-teams": address("admin-teams"),
    "create-team": address("create-team"),
    "edit-team": address("edit-team", "team"),
    "end-member": address("end-member", "team", "seat"),
    "end-team": address("end-team", "team"),
    "audit-log": address("audit-log"),
    "export-audit-log": address("export-audit-log"),
    "outbox": address("outbox"),
    "jobs": address("jobs"),
    "retention": address("retention"),
    "disposal": address("disposal"),
    "disposal-record": address("disposal-record"),
    "dispose": address("dispose", "due"),
}
# What only changes something: everybody but the owner is refused before anything is read.
STEPS_OF_THE_OWNER = {
    "apply-import": address("apply-import", "run"),
    "drop-import": address("drop-import", "run"),
    "give-role": address("give-role", "person"),
    "end-role": address("end-role", "person", "role"),
    "reactivate-person": address("reactivate-person", "person"),
    "add-member": address("add-member", "team"),
    "change-chair": address("change-chair", "team"),
    "send-mail-again": address("send-mail-again", "mail"),
}


@pytest.mark.parametrize("page", [*FOR_EMPLOYEES, *FOR_ONESELF, *FOR_THE_OWNER])
def test_a_visitor_is_sent_to_sign_in(things: dict[str, Any], page: str) -> None:
    where = (FOR_EMPLOYEES | FOR_ONESELF | FOR_THE_OWNER)[page](things)
    answer = Client().get(where)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("who", [*EVERYBODY, "hr", "top"])
@pytest.mark.parametrize("page", [*FOR_EMPLOYEES, *FOR_ONESELF])
def test_whoever_works_here_sees_the_organisation(
    request: pytest.FixtureRequest, things: dict[str, Any], who: str, page: str
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    assert browser.get((FOR_EMPLOYEES | FOR_ONESELF)[page](things)).status_code == 200


@pytest.mark.parametrize("page", FOR_EMPLOYEES)
def test_an_external_coach_does_not(things: dict[str, Any], coach: Person, page: str) -> None:
    assert signed_in(coach).get(FOR_EMPLOYEES[page](things)).status_code == 404


def test_an_external_coach_sees_their_own_page_and_account(coach: Person) -> None:
    browser = signed_in(coach)
    for where in (reverse("people:person", args=[coach.pk]), *(page({}) for page in FOR_ONESELF.values())):
        assert browser.get(where).status_code == 200


@pytest.mark.parametrize("who", [*EVERYBODY, "hr", "top", "coach"])
@pytest.mark.parametrize("page", FOR_THE_OWNER)
def test_administration_is_there_for_the_system_owner_alone(
    request: pytest.FixtureRequest, things: dict[str, Any], who: str, page: str
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    where = FOR_THE_OWNER[page](things)
    assert browser.get(where).status_code == (200 if who == "owner" else 404)
    if who != "owner":
        assert browser.post(where).status_code in {404, 405}


@pytest.mark.parametrize("who", [*(who for who in EVERYBODY if who != "owner"), "hr", "top", "coach"])
@pytest.mark.parametrize("step", STEPS_OF_THE_OWNER)
def test_a_step_of_the_system_owner_is_refused_to_others(
    request: pytest.FixtureRequest, things: dict[str, Any], who: str, step: str
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    assert browser.post(STEPS_OF_THE_OWNER[step](things)).status_code == 404
    assert ImportRun.objects.get().applied_at is None


@pytest.mark.parametrize("step", STEPS_OF_THE_OWNER)
def test_a_step_is_a_post(things: dict[str, Any], owner: Person, step: str) -> None:
    assert signed_in(owner).get(STEPS_OF_THE_OWNER[step](things)).status_code == 405


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("unit", ["finns-inte"]),
        ("person", [10**25]),
        ("edit-person", [999_999]),
        ("edit-team", ["finns-inte"]),
        ("import-run", [999_999]),
        ("change-retention", ["people.person"]),
        ("dispose", ["people.person"]),
        ("end-member", ["finns-inte", 1]),
    ],
)
def test_what_is_not_there_is_404_for_the_owner_too(owner: Person, name: str, arguments: list[Any]) -> None:
    assert signed_in(owner).get(reverse(f"people:{name}", args=arguments)).status_code == 404
