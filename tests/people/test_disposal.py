"""The system owner's way to disposal: what may go, the order, the job, the record of it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from styrfart.people import actions, jobs
from styrfart.people.models import Person
from styrfart.shared import audit
from styrfart.shared.models import AuditEntry, DisposalRun, OutgoingMail, RetentionRule
from tests.conftest import signed_in
from tests.people.steps import text_of, warm

pytestmark = pytest.mark.django_db

TYPE = "shared.outgoingmail"
TODAY = timezone.localdate()


def letters(count: int, *, years_ago: int = 3) -> None:
    """Letters that were sent so long ago."""
    for _ in range(count):
        made = OutgoingMail.objects.create(address="a@demo.example", subject="Hej", body="Text", state="sent")
        at = timezone.now() - dt.timedelta(days=366 * years_ago)
        OutgoingMail.objects.filter(pk=made.pk).update(created_at=at)


def decide(years: int | None = 2, decision: str = "KS 2026/118", record_type: str = TYPE) -> None:
    RetentionRule.objects.filter(record_type=record_type).update(
        keep_years=years, decision_reference=decision
    )


@pytest.fixture
def browser(owner: Person) -> Client:
    return signed_in(owner)


def known(browser: Client) -> str:
    """The mark that the page carries."""
    form = browser.get(reverse("people:dispose", args=[TYPE])).context["form"]
    return str(form.known_now)


def confirm(browser: Client, mark: str, **sent: str) -> int:
    sent = {"known": mark, "is_sure": "on", **sent}
    return int(browser.post(reverse("people:dispose", args=[TYPE]), sent).status_code)


def work() -> None:
    """What the worker would do."""
    for task in DBTaskResult.objects.filter(task_path__endswith="people.jobs.dispose"):
        jobs.dispose.func(*task.args_kwargs["args"])


def test_without_a_decision_there_is_nothing_to_dispose_of(browser: Client) -> None:
    letters(1)
    page = text_of(browser.get(reverse("people:disposal")))
    assert "Inget att gallra." in page
    assert "Inget har gallrats." in page
    where = reverse("people:dispose", args=[TYPE])
    assert browser.get(where).status_code == 404
    assert browser.post(where, {"is_sure": "on"}).status_code == 404
    assert OutgoingMail.objects.count() == 1


def test_what_falls_under_a_decision_is_shown_with_how_many_and_from_when(browser: Client) -> None:
    letters(2)
    letters(1, years_ago=1)
    decide()
    page = text_of(browser.get(reverse("people:disposal")))
    assert "Utskick 2 KS 2026/118. Den äldsta avslutades" in page
    assert "Gallra 2 handlingar" in text_of(browser.get(reverse("people:dispose", args=[TYPE])))


def test_it_goes_when_it_is_confirmed_and_the_record_of_it_stays(browser: Client, owner: Person) -> None:
    letters(2)
    letters(1, years_ago=1)
    decide()
    assert confirm(browser, known(browser)) == 302
    page = text_of(browser.get(reverse("people:disposal")))
    assert "Utskick Gallras nu" in page
    assert OutgoingMail.objects.count() == 3
    work()
    work()  # a job may run twice
    assert OutgoingMail.objects.count() == 1
    run = DisposalRun.objects.get()
    assert (run.count, run.decision_reference, run.ordered_by) == (2, "KS 2026/118", owner)
    page = text_of(browser.get(reverse("people:disposal")))
    assert "Inget att gallra." in page
    assert "2 handlingar" in page
    done = AuditEntry.objects.get(verb="people.dispose")
    assert done.actor == owner
    assert done.detail == {"count": ["", "2"], "decision_reference": ["", "KS 2026/118"]}
    lines = browser.get(reverse("people:disposal-record")).getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Utskick;KS 2026/118;2;")
    assert ";Fia Förvaltare;" in lines[1]


@pytest.mark.parametrize("sent", [{"is_sure": ""}, {"known": "annat"}, {"known": ""}])
def test_it_must_be_confirmed_and_be_what_the_page_showed(browser: Client, sent: dict[str, str]) -> None:
    letters(1)
    decide()
    assert confirm(browser, known(browser), **sent) == 422
    assert not DisposalRun.objects.exists()


def test_more_than_the_page_showed_is_asked_about_again(browser: Client) -> None:
    letters(1)
    decide()
    mark = known(browser)
    letters(1)
    answer = browser.post(reverse("people:dispose", args=[TYPE]), {"known": mark, "is_sure": "on"})
    assert answer.status_code == 422
    assert "Det som kan gallras har ändrats" in text_of(answer)
    assert "Gallra 2 handlingar" in text_of(answer)
    assert confirm(browser, str(answer.context["form"].data["known"])) == 302


def test_a_rule_that_changes_in_between_stops_it(browser: Client) -> None:
    letters(1)
    decide()
    confirm(browser, known(browser))
    decide(2, "KS 2026/200")
    work()
    run = DisposalRun.objects.get()
    assert (run.done_at, run.count, OutgoingMail.objects.count()) == (None, None, 1)
    assert run.stopped_at is not None
    assert AuditEntry.objects.filter(verb="people.stop_disposal").count() == 1
    assert "Avbruten" in text_of(browser.get(reverse("people:disposal")))
    assert confirm(browser, known(browser)) == 302


def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    browser: Client, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters(3)
    decide()
    confirm(browser, known(browser))

    def fail(*_args: object, **_words: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr("styrfart.people.actions.disposal.record", fail)
        with pytest.raises(ConnectionError):
            work()
    assert (OutgoingMail.objects.count(), DisposalRun.objects.get().done_at) == (3, None)
    work()
    assert (OutgoingMail.objects.count(), DisposalRun.objects.get().count) == (0, 3)


def test_one_that_the_job_gave_up_on_can_be_ordered_again(browser: Client) -> None:
    letters(1)
    decide()
    confirm(browser, known(browser))
    assert browser.get(reverse("people:dispose", args=[TYPE])).status_code == 404
    DisposalRun.objects.update(ordered_at=timezone.now() - dt.timedelta(days=2))
    assert confirm(browser, known(browser)) == 302
    first, second = DisposalRun.objects.order_by("pk")
    assert first.stopped_at is not None
    assert second.stopped_at is None


def test_two_cannot_order_the_same_and_only_by_a_valid_rule(owner: Person, member: Person) -> None:
    before = TODAY - dt.timedelta(days=800)
    with pytest.raises(actions.NotDisposable):
        actions.order_disposal(record_type=TYPE, before=before, actor=owner)
    decide()
    with pytest.raises(PermissionDenied):
        actions.order_disposal(record_type=TYPE, before=before, actor=member)
    with pytest.raises(actions.NotDisposable):
        actions.order_disposal(record_type=TYPE, before=TODAY, actor=owner)
    actions.order_disposal(record_type=TYPE, before=before, actor=owner)
    with pytest.raises(actions.NotDisposable):
        actions.order_disposal(record_type=TYPE, before=before, actor=owner)
    assert DisposalRun.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(
    owner: Person, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    letters(rows)
    decide()
    for _ in range(rows):
        DisposalRun.objects.create(
            record_type=TYPE,
            keep_years=2,
            decision_reference="KS 1",
            before=TODAY,
            ordered_by=owner,
            done_at=timezone.now(),
            count=1,
        )
    audit.record("people.dispose", DisposalRun.objects.latest("pk"), actor=owner)
    browser = warm(owner)
    with django_assert_num_queries(9):  # session, person, standing (3), rules, under way, tally, runs
        browser.get(reverse("people:disposal"))
