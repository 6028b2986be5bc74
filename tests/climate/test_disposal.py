"""What goes of a round when its time is over, and in which order."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.climate.models import Answer, Comment, Group, Invitation, Release, Round, Row
from styrfart.shared.disposal import Tally, record_types
from styrfart.shared.models import AuditEntry
from tests import make
from tests.climate.answers import counted_round, group, released

pytestmark = pytest.mark.django_db

TYPES = {each.record_type: each for each in record_types()}
TODAY = timezone.localdate()
BEFORE = TODAY - dt.timedelta(days=365)


def old_round(days: int) -> Round:
    of = released(
        {"Analys": 12},
        closes_on=TODAY - dt.timedelta(days=days),
        texts={"Analys": ["Mer tid."]},
        text_questions=[{"sv": "Vad saknas?"}],
    )
    Invitation.objects.create(
        round=of, group=group(of, "Analys"), person=make.person(), channel=Invitation.Channel.MAIL
    )
    shown_on = timezone.localdate() - dt.timedelta(days=days - 2)
    made_at = timezone.make_aware(dt.datetime.combine(shown_on, dt.time(8)))
    Release.objects.filter(round=of).update(made_at=made_at)
    return of


def disposed(record_type: str) -> Tally:
    """What goes; as much as the page says."""
    said = TYPES[record_type].tally(BEFORE)
    assert TYPES[record_type].dispose(BEFORE) == said
    return said


def test_answers_go_and_what_was_shown_stays() -> None:
    old, new = old_round(400), old_round(10)
    assert disposed("climate.answer") == Tally(1, old.closes_on, old.closes_on)
    for model in (Answer, Comment, Invitation):
        assert {pk for (pk,) in rounds_of(model)} == {new.pk}
    assert Row.objects.filter(release__round=old).count() == 2
    assert disposed("climate.answer") == Tally()


def test_answers_that_have_not_been_shown_are_not_disposed_of() -> None:
    counted_round({"Analys": 12}, closes_on=BEFORE - dt.timedelta(days=2))  # shown three days after
    assert disposed("climate.answer") == Tally()
    assert Answer.objects.exists()


def rounds_of(model: type[Answer] | type[Comment] | type[Invitation]) -> list[tuple[int]]:
    return list(model._default_manager.values_list("group__round"))


def test_a_report_goes_by_a_rule_of_its_own() -> None:
    old, new = old_round(400), old_round(10)
    day = old.closes_on + dt.timedelta(days=2)
    assert disposed("climate.release") == Tally(1, day, day)
    assert [each.round_id for each in Release.objects.all()] == [new.pk]
    assert Answer.objects.filter(group__round=old).exists()


def test_a_round_goes_when_nothing_of_it_is_left() -> None:
    old = old_round(400)
    assert disposed("climate.round") == Tally()
    disposed("climate.answer")
    assert disposed("climate.round") == Tally()
    disposed("climate.release")
    assert AuditEntry.objects.filter(object_type="climate.round", object_id=str(old.pk)).exists()
    assert disposed("climate.round") == Tally(1, old.closes_on, old.closes_on)
    assert not Round.objects.exists()
    assert not Group.objects.exists()
    assert not AuditEntry.objects.filter(object_type="climate.round").exists()


def test_a_round_that_another_came_after_stays_as_long_as_that() -> None:
    old, new = old_round(400), old_round(10)
    Round.objects.filter(pk=new.pk).update(after=old)
    for record_type in ("climate.answer", "climate.release"):
        disposed(record_type)
    assert disposed("climate.round") == Tally()
    assert Round.objects.filter(pk=old.pk).exists()
