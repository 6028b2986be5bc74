"""Actions: something that somebody has undertaken to do by a day."""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.decisions import rules
from styrfart.decisions.actions import following, refusals
from styrfart.decisions.models import Action, Decision
from styrfart.people.models import Person, Team
from styrfart.shared import audit, mail

# Rooms above decisions (a meeting) add here what must follow when an action is taken back. Each is called in
# the same transaction with the action and the person who took it back, and may refuse.
ON_WITHDRAW: list[Callable[[Action, Person], None]] = []


@transaction.atomic
def create_action(
    *,
    team: Team,
    text: str,
    owner: Person,
    due_on: dt.date,
    actor: Person,
    decision: Decision | None = None,
) -> Action:
    """Write down who does what by when; the owner is told after commit."""
    if not rules.can_create_action(actor, team) and not (decision and rules.can_follow_up(actor, decision)):
        raise PermissionDenied
    if decision is not None:
        decision = following.in_force(decision)
        team = decision.team
    if not text.strip():
        raise refusals.TextIsMissing
    if due_on < timezone.localdate():
        raise refusals.DatesAreOutOfOrder
    action = Action.objects.create(
        team=team, decision=decision, text=text.strip(), owner=owner, due_on=due_on, created_by=actor
    )
    if owner.pk != actor.pk:
        mail.send(
            owner,
            subject=_("Ny åtgärd från %(team)s"),
            template="decisions/mail/action.txt",
            context={
                "action": action,
                # What belongs to a secret decision is read on the page.
                "words": "" if decision and decision.secrecy_ground else action.text,
                "team": team.name,
                "who": actor.full_name,
            },
            about=action,
            link=action.get_absolute_url(),
        )
    audit.record("decisions.create_action", action, actor=actor, concerns=[owner, actor])
    return action


@transaction.atomic
def complete_action(*, action: Action, actor: Person) -> Action:
    """The action is done. Doing so twice changes nothing."""
    action = _locked(action, actor)
    if action.done_at is None:
        action.done_at, action.done_by = timezone.now(), actor
        _save(action, actor, "complete_action", ["done_at", "done_by"])
    return action


@transaction.atomic
def reopen_action(*, action: Action, actor: Person) -> Action:
    """The action was not done after all. Doing so twice changes nothing."""
    action = _locked(action, actor)
    if action.done_at is not None:
        action.done_at, action.done_by = None, None
        _save(action, actor, "reopen_action", ["done_at", "done_by"])
    return action


@transaction.atomic
def move_action(*, action: Action, due_on: dt.date, actor: Person, revision: int | None = None) -> Action:
    """Move the day of an action; the day promised first is kept."""
    action = _locked(action, actor, revision)
    if action.done_at is not None:
        raise refusals.AlreadyDone
    if due_on < timezone.localdate():
        raise refusals.DatesAreOutOfOrder
    if due_on != action.due_on:
        before = action.due_on
        action.first_due_on = action.first_due_on or before
        action.due_on = due_on
        _save(
            action,
            actor,
            "move_action",
            ["due_on", "first_due_on"],
            {"due_on": [before.isoformat(), due_on.isoformat()]},
        )
    return action


@transaction.atomic
def withdraw_action(
    *, action: Action, actor: Person, revision: int | None = None, is_minuted: bool = False
) -> Action:
    """Take back what was recorded by mistake: no list, letter or figure knows of it. Twice changes nothing.

    A letter about it that has not gone is thrown away. `is_minuted`: it is taken back in the meeting where it
    was recorded, and the room above has asked who may.
    """
    action = _under_lock(action)
    if not is_minuted and not rules.may_withdraw(actor, action):
        raise PermissionDenied
    if action.withdrawn_at is not None:
        return action
    if action.done_at is not None:
        raise refusals.AlreadyDone
    if revision is not None and revision != action.revision:
        raise refusals.HasMovedOn
    if not is_minuted and not rules.can_withdraw(actor, action):
        raise refusals.UndoTimeIsOver
    action.withdrawn_at = timezone.now()
    _save(action, actor, "withdraw_action", ["withdrawn_at"])
    mail.take_back([mail.about_of(action)])
    for follow in ON_WITHDRAW:
        follow(action, actor)
    return action


def _under_lock(action: Action) -> Action:
    return (
        Action.objects.select_for_update(of=("self",), no_key=True).select_related("team").get(pk=action.pk)
    )


def _locked(action: Action, actor: Person, revision: int | None = None) -> Action:
    found = _under_lock(action)
    if not rules.can_complete(actor, found):
        raise PermissionDenied
    if found.withdrawn_at is not None:
        raise refusals.NotInForce
    if revision is not None and revision != found.revision:
        raise refusals.HasMovedOn
    return found


def _save(
    action: Action, actor: Person, verb: str, fields: list[str], detail: dict[str, object] | None = None
) -> None:
    action.revision += 1
    action.save(update_fields=[*fields, "revision"])
    audit.record(
        f"decisions.{verb}",
        action,
        actor=actor,
        concerns=[action.owner_id, action.created_by_id],
        detail=detail,
    )
