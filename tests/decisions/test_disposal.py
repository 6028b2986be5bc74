"""Which decisions and actions may go when their time is over, and that nothing of them is left."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.decisions import actions
from styrfart.decisions.models import (
    Action,
    Decision,
    EffectVerdict,
    Participant,
    Progress,
    Recipient,
    Reminder,
)
from styrfart.people.models import Person, Team
from styrfart.shared.disposal import record_types
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.decisions.conftest import values

pytestmark = pytest.mark.django_db

TYPES = {each.record_type: each for each in record_types()}
LONG_AGO = timezone.now() - dt.timedelta(days=4000)
BEFORE = timezone.localdate() - dt.timedelta(days=3650)


def disposed() -> int:
    """How many decisions go; as many as the page says."""
    said = TYPES["decisions.decision"].tally(BEFORE)
    assert TYPES["decisions.decision"].dispose(BEFORE) == said
    return said.count


def followed(decision: Decision, **changes: object) -> Decision:
    """The decision as if its effect had been followed long ago."""
    fields = {
        "distributed_at": LONG_AGO,
        "done_at": LONG_AGO,
        "effect_at": LONG_AGO,
        "effect_verdict": EffectVerdict.CLEAR,
        **changes,
    }
    Decision.objects.filter(pk=decision.pk).update(**fields)
    decision.refresh_from_db()
    return decision


def test_a_decision_goes_with_everything_that_names_it(team: Team, head: Person, member: Person) -> None:
    decision = actions.make_decision(
        **values(
            team,
            head,
            owner=member,
            recipients=[make.person()],
            participants=[actions.Attendance(member, dissent="För dyrt.")],
        )
    )
    Reminder.objects.create(decision=decision, kind="due", on=decision.due_on, person=member)
    actions.take_on(decision=decision, actor=member)
    followed(decision)
    stays = actions.make_decision(**values(team, head, owner=member))
    assert AuditEntry.objects.filter(object_id=str(decision.pk)).exists()
    assert disposed() == 1
    assert list(Decision.objects.all()) == [stays]
    for model in (Participant, Recipient, Progress, Reminder):
        assert not model.objects.exists()
    assert set(AuditEntry.objects.values_list("object_id", flat=True)) == {str(stays.pk)}
    assert set(OutgoingMail.objects.values_list("about", flat=True)) == {f"decisions.decision/{stays.pk}"}


@pytest.mark.parametrize(
    ("changes", "goes"),
    [
        ({}, True),
        ({"effect_at": timezone.now()}, False),
        ({"effect_at": None, "effect_verdict": ""}, False),
        ({"effect_at": None, "effect_verdict": "", "withdrawn_at": LONG_AGO}, True),
        ({"effect_at": None, "effect_verdict": "", "replaced_at": LONG_AGO}, True),
        ({"replaced_at": timezone.now()}, False),
        ({"review_on": timezone.localdate()}, False),
        ({"review_on": LONG_AGO.date()}, True),
        ({"is_to_be_reported": True}, False),
        ({"is_to_be_reported": True, "reported_on": LONG_AGO.date()}, True),
    ],
)
def test_when_a_decision_has_ended(team: Team, changes: dict[str, object], goes: bool) -> None:
    followed(make.decision(team), **changes)
    assert (disposed() == 1) is goes


def test_a_decision_with_an_action_waits_for_it(team: Team, member: Person) -> None:
    decision = followed(make.decision(team))
    action = make.action(team, owner=member)
    Action.objects.filter(pk=action.pk).update(decision=decision, done_at=LONG_AGO)
    assert disposed() == 0
    said = TYPES["decisions.action"].tally(BEFORE)
    assert TYPES["decisions.action"].dispose(BEFORE) == said
    assert said.count == 1
    assert disposed() == 1


def test_an_open_action_stays(team: Team) -> None:
    make.action(team)
    assert TYPES["decisions.action"].dispose(BEFORE).count == 0
    assert Action.objects.exists()


def thread(team: Team) -> list[Decision]:
    """Three decisions that replaced each other long ago; the last has been followed."""
    first, second, third = (followed(make.decision(team)) for _ in range(3))
    Decision.objects.filter(pk=first.pk).update(replaced_at=LONG_AGO)
    Decision.objects.filter(pk=second.pk).update(replaced_at=LONG_AGO, replaces=first)
    Decision.objects.filter(pk=third.pk).update(replaces=second)
    return [first, second, third]


def test_decisions_that_replaced_each_other_go_together(team: Team) -> None:
    thread(team)
    assert disposed() == 3
    assert not Decision.objects.exists()


def test_what_a_decision_that_stays_has_replaced_stays(team: Team) -> None:
    _first, _second, third = thread(team)
    followed(third, review_on=timezone.localdate())
    assert disposed() == 0


def test_the_older_goes_when_only_the_newer_stays_behind_nothing(team: Team) -> None:
    first, second, third = thread(team)
    # The middle one is kept by an action: it and what it replaced stay; the newest points at it and may go.
    action = make.action(team)
    Action.objects.filter(pk=action.pk).update(decision=second)
    assert disposed() == 1
    assert {one.pk for one in Decision.objects.all()} == {first.pk, second.pk}
    assert third.pk not in set(Decision.objects.values_list("pk", flat=True))
