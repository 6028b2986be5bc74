"""The way to effect: take on, report, carry out, follow the effect, move the date, review."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.decisions import rules
from styrfart.decisions.actions import refusals
from styrfart.decisions.models import Decision, EffectVerdict, Progress, ProgressKind, Recipient
from styrfart.people.models import Person
from styrfart.shared import audit, mail


@transaction.atomic
def take_on(*, decision: Decision, actor: Person) -> Decision:
    """The owner takes the decision on: it is distributed. Doing so twice changes nothing."""
    decision = in_force(decision)
    if not rules.can_take_on(actor, decision):
        raise PermissionDenied
    if decision.distributed_at is None:
        decision.distributed_at = timezone.now()
        _step(decision, actor, ProgressKind.TAKEN_ON, ["distributed_at"])
    return decision


@transaction.atomic
def note_progress(*, decision: Decision, note: str, actor: Person) -> Decision:
    """Write where the decision stands, in words. The step stays as it is."""
    decision = in_force(decision)
    _may_follow_up(actor, decision)
    if not note.strip():
        raise refusals.TextIsMissing
    _step(decision, actor, ProgressKind.NOTE, [], note=note)
    return decision


@transaction.atomic
def report_done(
    *, decision: Decision, actor: Person, note: str = "", revision: int | None = None
) -> Decision:
    """The decision has been carried out; whoever had not taken it on has done so by this."""
    decision = in_force(decision, revision)
    _may_follow_up(actor, decision)
    if decision.done_at:
        raise refusals.AlreadyDone
    decision.done_at = timezone.now()
    decision.distributed_at = decision.distributed_at or decision.done_at
    _step(decision, actor, ProgressKind.DONE, ["done_at", "distributed_at"], note=note)
    return decision


@transaction.atomic
def reopen_decision(
    *, decision: Decision, actor: Person, note: str = "", revision: int | None = None
) -> Decision:
    """It turned out not to be carried out after all; possible until the effect has been followed."""
    decision = in_force(decision, revision)
    _may_follow_up(actor, decision)
    if decision.effect_at:
        raise refusals.EffectIsFollowed
    if decision.done_at is None:
        raise refusals.NotDoneYet
    decision.done_at = None
    _step(decision, actor, ProgressKind.REOPENED, ["done_at"], note=note)
    return decision


@transaction.atomic
def follow_effect(
    *,
    decision: Decision,
    verdict: EffectVerdict | str,
    note: str,
    actor: Person,
    revision: int | None = None,
) -> Decision:
    """Say whether the decision had effect and how that was seen; only when it has been carried out."""
    decision = in_force(decision, revision)
    _may_follow_up(actor, decision)
    if decision.done_at is None:
        raise refusals.NotDoneYet
    if decision.effect_at:
        raise refusals.EffectIsFollowed
    if not note.strip():
        raise refusals.TextIsMissing
    decision.effect_at = timezone.now()
    decision.effect_verdict = EffectVerdict(verdict)
    decision.effect_note = note.strip()
    _step(decision, actor, ProgressKind.EFFECT, ["effect_at", "effect_verdict", "effect_note"], note=note)
    return decision


@transaction.atomic
def move_due(
    *, decision: Decision, due_on: dt.date, reason: str, actor: Person, revision: int | None = None
) -> Decision:
    """Move the day when the decision is to be carried out. The day promised first is kept, and counts.

    The day when the effect is followed moves along when it would otherwise come before. The owner is told.
    """
    decision = in_force(decision, revision)
    _may_follow_up(actor, decision)
    if decision.done_at:
        raise refusals.AlreadyDone
    if not reason.strip():
        raise refusals.TextIsMissing
    if due_on < timezone.localdate() or due_on == decision.due_on:
        raise refusals.DatesAreOutOfOrder
    before = decision.due_on
    decision.first_due_on = decision.first_due_on or before
    decision.due_on = due_on
    if decision.effect_on < due_on:
        decision.effect_on += due_on - before
    _step(
        decision,
        actor,
        ProgressKind.MOVED,
        ["due_on", "first_due_on", "effect_on"],
        note=reason,
        due_from=before,
        due_to=due_on,
    )
    if actor.pk != decision.owner_id:
        mail.send(
            decision.owner,
            subject=_("Nytt datum för beslut %(number)s"),
            template="decisions/mail/moved.txt",
            context={
                "number": decision.number,
                "team": decision.team.name,
                "who": actor.full_name,
                "due_on": due_on,
                "reason": reason.strip() if not decision.secrecy_ground else "",
            },
            about=decision,
            link=decision.get_absolute_url(),
        )
    return decision


@transaction.atomic
def review_decision(
    *,
    decision: Decision,
    actor: Person,
    note: str = "",
    review_on: dt.date | None = None,
    revision: int | None = None,
) -> Decision:
    """Look the decision over and let it stand, until `review_on` or until further notice."""
    decision = in_force(decision, revision)
    if not rules.can_review(actor, decision):
        raise PermissionDenied
    if review_on is not None and review_on <= timezone.localdate():
        raise refusals.DatesAreOutOfOrder
    decision.review_on = review_on
    _step(decision, actor, ProgressKind.REVIEWED, ["review_on"], note=note)
    return decision


@transaction.atomic
def confirm_receipt(*, decision: Decision, actor: Person) -> Recipient:
    """The recipient has read the decision. The first time counts."""
    recipient = (
        Recipient.objects.select_for_update(of=("self",), no_key=True)
        .select_related("decision")
        .filter(decision=decision, person=actor)
        .first()
    )
    if recipient is None:
        raise PermissionDenied
    if recipient.received_at is None:
        recipient.received_at = timezone.now()
        recipient.save(update_fields=["received_at"])
        audit.record(
            "decisions.confirm_receipt",
            recipient.decision,
            actor=actor,
            concerns=[actor, recipient.decision.decided_by_id],
        )
    return recipient


def in_force(decision: Decision, revision: int | None = None) -> Decision:
    """The decision, read again under lock, if it still holds."""
    found = locked(decision, revision)
    if not rules.is_in_force(found):
        raise refusals.NotInForce
    return found


def locked(decision: Decision, revision: int | None = None) -> Decision:
    """The decision, read again under lock, if it is as the page showed it."""
    found = (
        Decision.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team", "owner")
        .get(pk=decision.pk)
    )
    if revision is not None and revision != found.revision:
        raise refusals.HasMovedOn
    return found


def _may_follow_up(actor: Person, decision: Decision) -> None:
    if not rules.can_follow_up(actor, decision):
        raise PermissionDenied


def _step(
    decision: Decision,
    actor: Person,
    kind: ProgressKind,
    fields: list[str],
    *,
    note: str = "",
    due_from: dt.date | None = None,
    due_to: dt.date | None = None,
) -> None:
    """Save the fields, write the history and the audit row."""
    decision.revision += 1
    decision.save(update_fields=[*fields, "revision"])
    Progress.objects.create(
        decision=decision,
        by=actor,
        kind=kind,
        step=decision.step,
        note=note.strip(),
        due_from=due_from,
        due_to=due_to,
    )
    audit.record(
        f"decisions.{kind.value}",
        decision,
        actor=actor,
        concerns=[actor, decision.decided_by_id, decision.owner_id],
        detail={"due_on": [str(due_from), str(due_to)]} if due_to else {},
    )
