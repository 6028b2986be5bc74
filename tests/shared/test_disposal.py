"""Which types of record there are, when their time is over, and the disposal of letters and of the log."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from styrfart.people.models import Person
from styrfart.shared import audit, mail
from styrfart.shared.disposal import Tally, ends_before, ensure_rules, forget, in_parts, record_types
from styrfart.shared.models import AuditEntry, DisposalRun, OutgoingMail, Record, RetentionRule

TYPES = {each.record_type: each for each in record_types()}


def test_everything_written_has_its_type_and_so_have_letters_the_log_and_meetings() -> None:
    written = {model._meta.label_lower for model in apps.get_models() if issubclass(model, Record)}
    # What the climate room keeps has no registry number and no state of a record, and is disposed of all the
    # same.
    heard = {"answer", "release", "round", "feedbackrequest", "wayofworking", "externalresult"}
    others = {"shared.outgoingmail", "shared.auditentry", "meetings.meeting", "climate.owninstrument"}
    assert set(TYPES) == written | others | {f"climate.{name}" for name in heard}


@pytest.mark.django_db
def test_every_type_is_preserved_until_somebody_decides_otherwise() -> None:
    rules = RetentionRule.objects.values_list("record_type", "keep_years", "decision_reference")
    assert sorted(rules) == [(record_type, None, "") for record_type in sorted(TYPES)]


@pytest.mark.django_db
def test_a_lost_rule_returns_as_preserved_and_a_decided_one_stays() -> None:
    RetentionRule.objects.filter(record_type="matters.matter").delete()
    RetentionRule.objects.filter(record_type="decisions.decision").update(
        keep_years=7, decision_reference="KS 1"
    )
    call_command("migrate", verbosity=0)
    ensure_rules()
    assert RetentionRule.objects.get(record_type="matters.matter").keep_years is None
    assert RetentionRule.objects.get(record_type="decisions.decision").keep_years == 7


@pytest.mark.django_db
def test_rooms_that_are_migrated_before_the_table_is_there_do_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    RetentionRule.objects.all().delete()
    monkeypatch.setattr(
        type(connection.introspection), "table_names", lambda *_args, **_words: ["people_unit"]
    )
    ensure_rules()
    assert not RetentionRule.objects.exists()


def rule(keep_years: int | None, decision: str = "KS 1") -> RetentionRule:
    return RetentionRule(record_type="x", keep_years=keep_years, decision_reference=decision)


def test_nothing_may_go_without_years_and_a_decision() -> None:
    today = dt.date(2026, 11, 22)
    assert ends_before(None, today) is None
    assert ends_before(rule(None), today) is None
    assert ends_before(rule(None, ""), today) is None
    assert ends_before(rule(10, ""), today) is None
    assert ends_before(rule(10), today) == dt.date(2016, 11, 22)


@pytest.mark.django_db
@pytest.mark.parametrize(("years", "is_kept"), [(None, True), (1, True), (0, False), (-1, False)])
def test_the_database_holds_no_rule_that_would_dispose_at_once(years: int | None, is_kept: bool) -> None:
    wanted = rule(years)
    if is_kept:
        wanted.save()
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            wanted.save()
    assert RetentionRule.objects.filter(record_type="x").exists() is is_kept


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)), st.integers(1, 500))
def test_nothing_goes_before_its_years_are_full(today: dt.date, years: int) -> None:
    before = ends_before(rule(years), today)
    assert before is not None
    last = before - dt.timedelta(days=1)  # the latest day on which what may go has ended
    assert (last.year + years, last.month, last.day) < (today.year, today.month, today.day)


@given(st.sets(st.integers(1, 10**9), max_size=1200))
def test_parts_are_the_whole(ids: set[int]) -> None:
    parts = list(in_parts(ids))
    assert [pk for part in parts for pk in part] == sorted(ids)
    assert all(len(part) <= 500 for part in parts)


def test_a_tally_of_nothing_and_of_something() -> None:
    day = dt.date(2020, 2, 29)
    assert Tally.of([]) == Tally(0, None, None)
    assert Tally.of([day, dt.date(2019, 1, 1), day]) == Tally(3, dt.date(2019, 1, 1), day)


def letter(state: OutgoingMail.State, days: int, **more: object) -> OutgoingMail:
    made = OutgoingMail.objects.create(
        address="a@demo.example", subject="Hej", body="Text", state=state, **more
    )
    OutgoingMail.objects.filter(pk=made.pk).update(created_at=timezone.now() - dt.timedelta(days=days))
    return made


@pytest.mark.django_db
def test_letters_go_but_not_those_on_their_way() -> None:
    sent, waits = OutgoingMail.State.SENT, OutgoingMail.State.WAITING
    letter(sent, 400)
    waiting, new = letter(waits, 400), letter(sent, 300)
    before = timezone.localdate() - dt.timedelta(days=365)
    day = timezone.localdate(timezone.now() - dt.timedelta(days=400))  # summer time may lie between
    assert TYPES["shared.outgoingmail"].tally(before) == Tally(1, day, day)
    assert TYPES["shared.outgoingmail"].dispose(before) == Tally(1, day, day)
    assert set(OutgoingMail.objects.all()) == {waiting, new}
    assert TYPES["shared.outgoingmail"].dispose(before) == Tally()


@pytest.mark.django_db
def test_the_log_goes_but_never_that_something_was_disposed_of(owner: Person, employee: Person) -> None:
    run = DisposalRun.objects.create(
        record_type="matters.matter",
        keep_years=1,
        decision_reference="KS 1",
        before=timezone.localdate(),
        ordered_by=owner,
    )
    gone = audit.record("people.change_person", employee, actor=owner, concerns=[employee, owner])
    audit.record("people.dispose", run, actor=owner, concerns=[owner])
    AuditEntry.objects.update(at=timezone.now() - dt.timedelta(days=400))
    audit.record("people.change_person", employee, actor=owner)
    before = timezone.localdate() - dt.timedelta(days=365)
    assert TYPES["shared.auditentry"].tally(before).count == 1
    assert TYPES["shared.auditentry"].dispose(before).count == 1
    assert sorted(AuditEntry.objects.values_list("verb", flat=True)) == [
        "people.change_person",
        "people.dispose",
    ]
    assert not AuditEntry.objects.filter(pk=gone.pk).exists()


@pytest.mark.django_db
def test_what_log_and_outbox_say_of_a_record_is_forgotten_and_no_more(
    owner: Person, employee: Person
) -> None:
    for person in (owner, employee):
        audit.record("people.change_person", person, actor=owner, concerns=[employee])
        mail.send(employee, subject="Hej", about=person)
    forget("people.person", [employee.pk])
    assert AuditEntry.objects.get().object_id == str(owner.pk)
    assert OutgoingMail.objects.get().about == f"people.person/{owner.pk}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"decision_reference": ""},
        {"done_at": timezone.now()},
        {"count": 3},
        {"done_at": timezone.now(), "count": 3, "stopped_at": timezone.now()},
    ],
)
def test_the_database_refuses_a_disposal_that_cannot_be(owner: Person, wrong: dict[str, object]) -> None:
    right = {
        "record_type": "matters.matter",
        "keep_years": 1,
        "decision_reference": "KS 1",
        "before": timezone.localdate(),
        "ordered_by": owner,
    }
    with transaction.atomic():
        DisposalRun.objects.create(**right).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalRun.objects.create(**{**right, **wrong})


@pytest.mark.django_db
def test_one_disposal_of_a_type_at_a_time(owner: Person) -> None:
    values = {
        "keep_years": 1,
        "decision_reference": "KS 1",
        "before": timezone.localdate(),
        "ordered_by": owner,
    }
    DisposalRun.objects.create(record_type="matters.matter", done_at=timezone.now(), count=0, **values)
    DisposalRun.objects.create(record_type="matters.matter", **values)
    DisposalRun.objects.create(record_type="decisions.action", **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalRun.objects.create(record_type="matters.matter", **values)
