"""Actions: who does what by when; done, opened again, moved."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from styrfart.decisions import actions
from styrfart.decisions.models import Action
from styrfart.people.models import Person, Team
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.decisions.conftest import values

pytestmark = pytest.mark.django_db

TOMORROW = dt.timedelta(days=1)


def test_an_action_is_written_down_and_its_owner_told(team: Team, chair: Person, member: Person) -> None:
    due_on = timezone.localdate() + TOMORROW
    action = actions.create_action(team=team, text=" Boka rum ", owner=member, due_on=due_on, actor=chair)
    assert (action.text, action.owner, action.due_on, action.created_by) == (
        "Boka rum",
        member,
        due_on,
        chair,
    )
    told = OutgoingMail.objects.get()
    assert (told.recipient, told.subject) == (member, f"Ny åtgärd från {team.name}")
    assert "Boka rum" in told.body
    assert action.get_absolute_url() in told.body
    actions.create_action(team=team, text="Egen", owner=chair, due_on=due_on, actor=chair)
    assert OutgoingMail.objects.count() == 1


def test_an_action_has_words_and_a_day_to_come(team: Team, chair: Person) -> None:
    today = timezone.localdate()
    with pytest.raises(actions.TextIsMissing):
        actions.create_action(team=team, text=" ", owner=chair, due_on=today, actor=chair)
    with pytest.raises(actions.DatesAreOutOfOrder):
        actions.create_action(team=team, text="Boka", owner=chair, due_on=today - TOMORROW, actor=chair)


def test_only_the_room_writes_actions_and_the_owner_of_a_decision_its_own(
    team: Team, head: Person, stranger: Person
) -> None:
    given: dict[str, Any] = {
        "text": "Boka",
        "owner": stranger,
        "due_on": timezone.localdate(),
        "actor": stranger,
    }
    with pytest.raises(PermissionDenied):
        actions.create_action(team=team, **given)
    decision = actions.make_decision(**values(team, head, owner=stranger))
    action = actions.create_action(team=make.team(), decision=decision, **given)
    assert (action.team, action.decision) == (team, decision)


def test_the_action_of_a_secret_decision_is_told_of_without_its_words(
    team: Team, head: Person, member: Person
) -> None:
    decision = actions.make_decision(**values(team, head, secrecy_ground="OSL 39 kap. 2 §"))
    due_on = timezone.localdate()
    actions.create_action(
        team=team, decision=decision, text="Ring henne", owner=member, due_on=due_on, actor=head
    )
    assert "Ring henne" not in OutgoingMail.objects.get().body


def test_done_and_opened_again_and_twice_is_once(team: Team, member: Person, secretary: Person) -> None:
    action = make.action(team, owner=member)
    done = actions.complete_action(action=action, actor=secretary)
    assert (done.done_by, done.done_at is not None) == (secretary, True)
    assert actions.complete_action(action=action, actor=member).done_by == secretary
    opened = actions.reopen_action(action=action, actor=member)
    assert (opened.done_at, opened.done_by) == (None, None)
    actions.reopen_action(action=action, actor=member)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "decisions.complete_action",
        "decisions.reopen_action",
    ]


def test_a_moved_day_keeps_the_first_promise(team: Team, member: Person) -> None:
    action = make.action(team, owner=member)
    first, later = action.due_on, action.due_on + TOMORROW
    moved = actions.move_action(action=action, due_on=later, actor=member, revision=action.revision)
    assert (moved.due_on, moved.first_due_on) == (later, first)
    with pytest.raises(actions.HasMovedOn):
        actions.move_action(action=action, due_on=first, actor=member, revision=1)
    with pytest.raises(actions.DatesAreOutOfOrder):
        actions.move_action(action=action, due_on=timezone.localdate() - TOMORROW, actor=member)
    actions.complete_action(action=action, actor=member)
    with pytest.raises(actions.AlreadyDone):
        actions.move_action(action=action, due_on=later + TOMORROW, actor=member)
    assert Action.objects.get().due_on == later


def test_only_owner_chair_and_secretary_mark_an_action(
    team: Team, chair: Person, member: Person, secretary: Person, adjunct: Person, stranger: Person
) -> None:
    action = make.action(team, owner=member)
    for person in (adjunct, stranger):
        with pytest.raises(PermissionDenied):
            actions.complete_action(action=action, actor=person)
    for person in (member, chair, secretary):
        actions.complete_action(action=action, actor=person)
        actions.reopen_action(action=action, actor=person)
