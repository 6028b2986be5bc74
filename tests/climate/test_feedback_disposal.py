"""What goes of feedback, pages, others' results and own questionnaires when their time is over."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.climate.actions.feedback import ask_feedback
from styrfart.climate.actions.ways import WRITTEN, save_way
from styrfart.climate.models import (
    ExternalResult,
    FeedbackAnswer,
    FeedbackRequest,
    OwnInstrument,
    WayOfWorking,
)
from styrfart.people.models import Person
from styrfart.shared.disposal import record_types
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.climate.test_external import recorded

pytestmark = pytest.mark.django_db

TYPES = {each.record_type: each for each in record_types()}


def gone(record_type: str, before: dt.date) -> int:
    """How many go; as many as the page says."""
    said = TYPES[record_type].tally(before)
    assert TYPES[record_type].dispose(before) == said
    return said.count


def long_ago() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=365)


def test_feedback_goes_with_what_log_and_letters_say_of_it() -> None:
    day, asker, giver = timezone.localdate(), make.person(), make.person()
    for back in (800, 3):
        asked = ask_feedback(situation="S", question="F", givers=[giver], latest_on=day, actor=asker)
        FeedbackRequest.objects.filter(pk=asked.pk).update(latest_on=day - dt.timedelta(days=back))
    assert gone("climate.feedbackrequest", long_ago()) == 1
    left = [model._default_manager.count() for model in (FeedbackAnswer, OutgoingMail, AuditEntry)]
    assert left == [1, 1, 1]


def test_a_page_goes_when_its_writer_has_left() -> None:
    stays, left = make.person(), make.person()
    for who in (stays, left):
        save_way(revision=0, texts=dict.fromkeys(WRITTEN, "x"), team_ids=[], unit_ids=[], actor=who)
    Person.objects.filter(pk=left.pk).update(is_active=False)
    assert gone("climate.wayofworking", timezone.localdate() + dt.timedelta(days=1)) == 1
    assert [way.person for way in WayOfWorking.objects.all()] == [stays]


def test_an_old_result_goes() -> None:
    unit, by = make.unit(), make.person()
    recorded(unit, by, measured_on=timezone.localdate() - dt.timedelta(days=500))
    kept = recorded(unit, by, measured_on=timezone.localdate())
    assert gone("climate.externalresult", long_ago()) == 1
    assert list(ExternalResult.objects.all()) == [kept]


def test_a_questionnaire_goes_when_it_is_no_longer_used() -> None:
    now, by = timezone.now(), make.person()
    for number, retired in enumerate((now - dt.timedelta(days=800), now, None)):
        OwnInstrument.objects.create(
            key=f"eget-{number}",
            state="retired" if retired else "ready",
            title="Ett formulär",
            origin="own",
            text_owner="Kontoret",
            declared_by=by,
            declared_at=now,
            ready_at=now,
            retired_at=retired,
        )
    assert gone("climate.owninstrument", long_ago()) == 1
    assert [own.key for own in OwnInstrument.objects.order_by("key")] == ["eget-1", "eget-2"]
