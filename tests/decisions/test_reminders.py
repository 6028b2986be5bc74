"""Each morning: one mail a person about what has its day, and never the same twice."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.decisions import actions, jobs
from styrfart.decisions.models import Action, Decision, Reminder
from styrfart.people.models import Person, Team
from styrfart.shared.jobs import SCHEDULE
from styrfart.shared.models import OutgoingMail, RecordState
from tests import make
from tests.decisions.conftest import aged, shifted, values

pytestmark = pytest.mark.django_db


def morning() -> dict[int | None, str]:
    """Who is reminded this morning, of what."""
    OutgoingMail.objects.all().delete()
    jobs.remind.func()
    return {mail.recipient_id: mail.body for mail in OutgoingMail.objects.all()}


def test_the_owner_is_reminded_on_the_day_and_not_before(team: Team, head: Person, member: Person) -> None:
    decision = shifted(actions.make_decision(**values(team, head, owner=member)), due_on=1)
    assert morning() == {}
    shifted(decision, due_on=0)
    sent = morning()
    assert list(sent) == [member.pk]
    assert f"- Beslut {decision.number} i {team.name} ska vara genomfört" in sent[member.pk]
    assert decision.get_absolute_url() in sent[member.pk]
    assert morning() == {}


def test_the_chair_is_reminded_fourteen_days_later(team: Team, head: Person, member: Person) -> None:
    decision = shifted(actions.make_decision(**values(team, head, owner=member)), due_on=-13)
    assert morning() == {}
    shifted(decision, due_on=-14)
    sent = morning()
    assert list(sent) == [head.pk]
    assert "Samir Haddad äger det." in sent[head.pk]
    assert morning() == {}


def test_effect_and_review_are_reminded_of_on_their_days(team: Team, head: Person, member: Person) -> None:
    decision = actions.make_decision(**values(team, head, owner=member))
    actions.report_done(decision=decision, actor=member)
    shifted(decision, due_on=-3, effect_on=0, review_on=0)
    sent = morning()
    assert set(sent) == {member.pk, head.pk}
    assert f"- Effekten av beslut {decision.number}" in sent[member.pk]
    assert f"- Beslut {decision.number} i {team.name} ska ses över." in sent[head.pk]


def test_everything_of_the_day_comes_in_one_mail(team: Team, head: Person, member: Person) -> None:
    for _ in range(2):
        shifted(actions.make_decision(**values(team, head, owner=member)), due_on=0)
    make.action(team, owner=member, due_on=timezone.localdate())
    sent = morning()
    assert list(sent) == [member.pk]
    assert sent[member.pk].count("\n- ") == 3
    assert Reminder.objects.count() == 3


def test_a_morning_without_a_worker_is_made_up_for_but_old_history_is_not(
    team: Team, head: Person, member: Person
) -> None:
    shifted(actions.make_decision(**values(team, head, owner=member)), due_on=-3)
    make.action(team, owner=member, due_on=timezone.localdate() - dt.timedelta(days=4))
    assert morning()[member.pk].count("\n- ") == 1


def test_a_moved_day_is_reminded_of_anew(team: Team, head: Person, member: Person) -> None:
    decision = shifted(actions.make_decision(**values(team, head, owner=member)), due_on=-1)
    assert list(morning()) == [member.pk]
    actions.move_due(decision=decision, due_on=timezone.localdate(), reason="Nästan klart", actor=member)
    assert list(morning()) == [member.pk]


def test_what_is_done_undone_or_replaced_is_not_reminded_of(team: Team, head: Person, member: Person) -> None:
    done, undone, replaced = (
        shifted(actions.make_decision(**values(team, head, owner=member)), due_on=0) for _ in range(3)
    )
    actions.report_done(decision=done, actor=member)
    actions.undo_decision(decision=undone, actor=head)
    again = values(team, head, owner=member)
    del again["team"]
    actions.replace_decision(decision=replaced, **again)
    assert morning() == {}


def test_a_secret_decision_is_reminded_of_in_the_room_without_its_words(
    team: Team, head: Person, stranger: Person
) -> None:
    decision = actions.make_decision(**values(team, head, owner=stranger))
    Decision.objects.filter(pk=decision.pk).update(secrecy_ground="OSL 39 kap. 2 §")
    shifted(decision, due_on=0)
    sent = morning()
    assert list(sent) == [head.pk]
    assert decision.text not in sent[head.pk]


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


def test_the_clock_knows_the_jobs() -> None:
    assert {"decisions.remind", "decisions.complete_records"} <= set(SCHEDULE)
