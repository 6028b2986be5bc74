"""What can no longer be changed becomes a completed record by itself."""

import pytest

from styrfart.decisions import actions, jobs
from styrfart.decisions.models import Action, Decision
from styrfart.people.models import Person, Team
from styrfart.shared.jobs import SCHEDULE
from styrfart.shared.models import RecordState
from tests import make
from tests.decisions.conftest import aged, values

pytestmark = pytest.mark.django_db


def test_drafts_become_completed_records_and_the_undone_never_do(team: Team, head: Person) -> None:
    fresh, old, undone = (actions.make_decision(**values(team, head)) for _ in range(3))
    actions.undo_decision(decision=undone, actor=head)
    aged(old, minutes=11)
    aged(undone, minutes=11)
    # It is right before any job has run …
    states = {one.pk: one.record_state_now for one in Decision.objects.all()}
    assert states == {
        fresh.pk: RecordState.DRAFT,
        old.pk: RecordState.COMPLETED,
        undone.pk: RecordState.DRAFT,
    }
    # … and stored when it has.
    jobs.complete_records.func()
    assert {one.pk: RecordState(one.record_state) for one in Decision.objects.all()} == states


def test_an_action_is_a_draft_until_it_is_done(team: Team, member: Person) -> None:
    action = make.action(team, owner=member)
    assert action.record_state_now == RecordState.DRAFT
    actions.complete_action(action=action, actor=member)
    jobs.complete_records.func()
    assert Action.objects.get().record_state == RecordState.COMPLETED
    reopened = actions.reopen_action(action=action, actor=member)
    jobs.complete_records.func()
    assert Action.objects.get(pk=reopened.pk).record_state == RecordState.DRAFT


def test_the_clock_knows_the_job() -> None:
    assert "decisions.complete_records" in SCHEDULE
