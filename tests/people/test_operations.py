"""The log, mail, jobs and retention, for the system owner."""

import csv
import datetime as dt
import io
import re
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.people.models import (
    Person,
)
from styrfart.shared import audit
from styrfart.shared.models import AuditEntry, OutgoingMail, RetentionRule
from tests import make
from tests.people.steps import EVIL, post, text_of, warm

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


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


def test_the_log_about_somebody_whose_account_is_closed_is_found_from_their_page(
    browser: Client, logged: None, employee: Person
) -> None:
    other = make.person("Moa", "Medarbetarén")
    Person.objects.filter(pk__in=[employee.pk, other.pk]).update(is_active=False)
    page = browser.get(reverse("people:edit-person", args=[employee.pk])).content.decode()
    links = re.findall(rf'{reverse("people:audit-log")}\?person=([^"]+)', page)
    assert links == [quote(employee.email or "", safe="")]
    for text in (employee.email or "", "Moa Medarbetare"):
        answer = browser.get(reverse("people:audit-log"), {"person": text})
        assert [told.entry.object_label for told in answer.context["entries"]] == ["Moa Medarbetare"]
    assert len(browser.get(reverse("people:audit-log"), {"person": "moa"}).context["entries"]) == 3


@pytest.mark.parametrize("text", ["öst", "ÖST", "Öst"])
def test_the_log_is_narrowed_by_a_swedish_name_in_either_case(
    browser: Client, owner: Person, text: str
) -> None:
    audit.record("people.change_person", make.person("Åsa", "Öst"), actor=owner)
    assert len(browser.get(reverse("people:audit-log"), {"about": text}).context["entries"]) == 1


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
    for name in ("Beslut", "Ledningsgruppernas mandat", "Loggen", "Utskick", "Åtgärder", "Ärenden"):
        assert f"{name} Bevaras. Inget beslut är angivet. Ändra" in text
    refused = post(browser, "change-retention", "matters.matter", keep_years="10", decision_reference="")
    assert text_of(refused).count("Ange beslutet som tillåter gallring, eller lämna antalet år tomt") == 2
    post(browser, "change-retention", "matters.matter", keep_years="10", decision_reference="KS 2026/118")
    rule = RetentionRule.objects.get(record_type="matters.matter")
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
    assert RetentionRule.objects.get(record_type="matters.matter").keep_years is None


def test_the_log_as_a_file_is_in_the_readers_language(browser: Client, logged: None, owner: Person) -> None:
    Person.objects.filter(pk=owner.pk).update(language="en")
    lines = b"".join(browser.get(reverse("people:export-audit-log"))).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(lines), delimiter=";"))
    assert [row[2] for row in rows] == [
        "What",
        "gave a role to",
        "changed the person",
        "handed in the matter",
    ]
