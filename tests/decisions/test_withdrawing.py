"""An action recorded by mistake is taken back within ten minutes, and nothing knows of it after that."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from styrfart.decisions import actions, queries
from styrfart.decisions.models import Action, Decision
from styrfart.overview import jobs
from styrfart.overview.queries import coming, waiting
from styrfart.overview.queries.gate import gate
from styrfart.people.models import Person, Team
from styrfart.shared.disposal import record_types
from styrfart.shared.mail import deliver
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.conftest import signed_in
from tests.decisions.conftest import values

pytestmark = pytest.mark.django_db

TYPES = {each.record_type: each for each in record_types()}


@pytest.fixture
def action(team: Team, chair: Person, member: Person) -> Action:
    """Recorded by the chair, owned by the member, due today."""
    return actions.create_action(
        team=team, text="Boka rum", owner=member, due_on=timezone.localdate(), actor=chair
    )


def aged(action: Action, **age: int) -> Action:
    Action.objects.filter(pk=action.pk).update(created_at=timezone.now() - dt.timedelta(**age))
    action.refresh_from_db()
    return action


def test_it_is_taken_back_once_with_a_row_in_the_log(action: Action, chair: Person, member: Person) -> None:
    for _twice in range(2):
        back = actions.withdraw_action(action=action, actor=chair, revision=1)
        assert (back.withdrawn_at is not None, back.revision) == (True, 2)
    row = AuditEntry.objects.get(verb="decisions.withdraw_action")
    assert (row.actor_id, row.object_id) == (chair.pk, str(action.pk))


def test_who_recorded_it_chair_and_secretary_take_it_back_the_owner_does_not(
    team: Team, chair: Person, member: Person, secretary: Person, adjunct: Person, stranger: Person
) -> None:
    for who, may in ((adjunct, True), (chair, True), (secretary, True), (member, False), (stranger, False)):
        entered = make.action(team, owner=member)
        Action.objects.filter(pk=entered.pk).update(created_by=adjunct)
        if may:
            assert actions.withdraw_action(action=entered, actor=who).withdrawn_at, who
        else:
            with pytest.raises(PermissionDenied):
                actions.withdraw_action(action=entered, actor=who)


def test_after_ten_minutes_or_when_done_or_changed_it_stays(
    action: Action, chair: Person, member: Person
) -> None:
    actions.move_action(action=action, due_on=timezone.localdate() + dt.timedelta(days=1), actor=member)
    with pytest.raises(actions.HasMovedOn):
        actions.withdraw_action(action=action, actor=chair, revision=1)
    actions.complete_action(action=action, actor=member)
    with pytest.raises(actions.AlreadyDone):
        actions.withdraw_action(action=action, actor=chair)
    actions.reopen_action(action=action, actor=member)
    with pytest.raises(actions.UndoTimeIsOver):
        actions.withdraw_action(action=aged(action, minutes=10, seconds=1), actor=chair)
    assert actions.withdraw_action(action=aged(action, minutes=9), actor=chair).withdrawn_at


def test_what_was_taken_back_is_neither_done_nor_moved(action: Action, chair: Person, member: Person) -> None:
    actions.withdraw_action(action=action, actor=chair)
    with pytest.raises(actions.NotInForce):
        actions.complete_action(action=action, actor=member)
    with pytest.raises(actions.NotInForce):
        actions.reopen_action(action=action, actor=member)
    with pytest.raises(actions.NotInForce):
        actions.move_action(action=action, due_on=timezone.localdate(), actor=member)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.update(done_at=timezone.now())


def test_a_letter_that_has_not_gone_is_thrown_away_and_none_comes_after(
    action: Action, chair: Person, member: Person
) -> None:
    letter = OutgoingMail.objects.get()
    make.action(action.team, "En annan", owner=chair)
    other = OutgoingMail.objects.create(address="x@demo.example", subject="Annat", about="decisions.action/0")
    actions.withdraw_action(action=action, actor=chair)
    assert list(OutgoingMail.objects.all()) == [other]
    deliver.func(letter.pk)  # queued already: there is nothing to send
    assert list(OutgoingMail.objects.all()) == [other]


def test_a_letter_that_has_gone_is_not_followed_by_another(action: Action, chair: Person) -> None:
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT)
    actions.withdraw_action(action=action, actor=chair)
    assert OutgoingMail.objects.count() == 1


def everywhere(team: Team, chair: Person, member: Person, decision: Decision) -> dict[str, Any]:
    """What each place that tells of actions says: to the owner, the chair, the archive and the jobs."""
    today = timezone.localdate()
    return {
        "lists": [
            each.text
            for is_done in (False, True)
            for each in queries.actions_of(member, team, only_mine=True, is_done=is_done)
        ],
        "decision": [row.action.text for row in queries.decision_page(chair, decision).actions],
        "due": [one.title for one in queries.due_for(member)],
        "home": [one.title for one in waiting(member)],
        "gate": gate(member).decided,
        "coming": [one.title for one in coming(member, ahead=dt.timedelta(days=7), with_meetings=True)],
        "reminders": sorted(call.thing.text for calls in queries.to_remind(today).values() for call in calls),
        "letters": member.pk in jobs.concerned(today),
        "archive": [one.title for one in queries.archive_records(team)],
    }


def test_it_disappears_everywhere(team: Team, head: Person, member: Person) -> None:
    today = timezone.localdate()
    decision = actions.make_decision(**values(team, head))
    given: dict[str, Any] = {"team": team, "decision": decision, "owner": member, "actor": head}
    now = actions.create_action(text="I dag", due_on=today, **given)
    later = actions.create_action(text="Sedan", due_on=today + dt.timedelta(days=3), **given)
    before = everywhere(team, head, member, decision)
    assert (before["lists"], before["due"], before["coming"]) == (["I dag", "Sedan"], ["I dag"], ["Sedan"])
    assert (before["gate"], before["letters"]) == (True, True)
    assert before["decision"] == ["I dag", "Sedan"]
    assert "I dag" in before["reminders"]
    for action in (now, later):
        actions.withdraw_action(action=action, actor=head)
    after = everywhere(team, head, member, decision)
    assert after == {name: False if value is True else [] for name, value in before.items()}


def test_its_own_page_says_so_to_those_who_could_read_it(
    action: Action, chair: Person, member: Person, stranger: Person
) -> None:
    as_chair = signed_in(chair)
    url, deed = (
        action.get_absolute_url(),
        reverse("decisions:withdraw-action", args=[action.team.slug, action.pk]),
    )
    assert deed in as_chair.get(url).content.decode()
    assert deed not in signed_in(member).get(url).content.decode()
    answer = as_chair.post(deed, {"revision": "1"}, follow=True)
    assert answer.redirect_chain == [(url, 302)]
    text = answer.content.decode()
    assert "Åtgärden är tillbakatagen." in text
    assert (deed in text, "Markera klar" in text, "Flytta datumet" in text) == (False, False, False)
    assert "Åtgärden är tillbakatagen." in signed_in(member).get(url).content.decode()
    assert signed_in(stranger).get(url).status_code == 404


@pytest.mark.parametrize("name", ["complete-action", "reopen-action"])
def test_a_stale_list_leads_to_the_page_that_says_so(
    action: Action, chair: Person, member: Person, name: str
) -> None:
    actions.withdraw_action(action=action, actor=chair)
    url = reverse(f"decisions:{name}", args=[action.team.slug, action.pk])
    assert signed_in(member).post(url).headers["Location"] == action.get_absolute_url()
    moved = signed_in(member).post(action.get_absolute_url(), {"due_on": timezone.localdate().isoformat()})
    assert moved.status_code == 422
    assert Action.objects.get().done_at is None


def _late(action: Action) -> None:
    aged(action, minutes=11)


def _done(action: Action) -> None:
    actions.complete_action(action=action, actor=action.owner)


def _moved(action: Action) -> None:
    Action.objects.filter(pk=action.pk).update(revision=2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_late, "De tio minuterna har gått."),
        (_done, "Åtgärden är klar och kan inte tas tillbaka."),
        (_moved, "Någon har ändrat åtgärden."),
    ],
)
def test_the_page_says_why_it_stays(
    action: Action, chair: Person, change: Callable[[Action], None], words: str
) -> None:
    change(action)
    url = reverse("decisions:withdraw-action", args=[action.team.slug, action.pk])
    answer = signed_in(chair).post(url, {"revision": "1"}, follow=True)
    assert words in answer.content.decode()
    assert Action.objects.get().withdrawn_at is None


def test_an_action_that_was_taken_back_goes_in_time(action: Action, chair: Person) -> None:
    long_ago = timezone.now() - dt.timedelta(days=4000)
    before = timezone.localdate() - dt.timedelta(days=3650)
    actions.withdraw_action(action=action, actor=chair)
    assert TYPES["decisions.action"].tally(before).count == 0
    Action.objects.update(withdrawn_at=long_ago)
    said = TYPES["decisions.action"].tally(before)
    assert (said.count, TYPES["decisions.action"].dispose(before)) == (1, said)
    assert not Action.objects.exists()


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_asks_the_same_whatever_was_taken_back(
    team: Team, chair: Person, size: int, django_assert_num_queries: Any
) -> None:
    for _ in range(size):
        gone = make.action(team, "Borta", owner=chair)
        Action.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())
        make.action(team, "Kvar", owner=chair)
    client: Client = signed_in(chair)
    client.get(reverse("decisions:action-list", args=[team.slug]))
    with django_assert_num_queries(4):
        rows = queries.action_rows(
            chair, list(queries.actions_of(chair, team, only_mine=False, is_done=False))
        )
    assert [row.action.text for row in rows] == ["Kvar"] * size
