"""What approver and checker answer; when all have said yes the minutes are sealed, locked and sent."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from styrfart.decisions.models import Decision
from styrfart.meetings import rules
from styrfart.meetings.actions import minutes_letters as letters
from styrfart.meetings.actions.minutes import locked_minutes, make_documents, save_minutes
from styrfart.meetings.documents.content import Content, digest_of, digest_of_file
from styrfart.meetings.facts_minutes import MinutesHaveMovedOn, ReasonIsMissing, RecordsHaveChanged
from styrfart.meetings.models import Minutes, MinutesState
from styrfart.meetings.queries.minutes import may_approve, may_send_back
from styrfart.meetings.queries.minutes_reading import reads_everything
from styrfart.people.models import Person
from styrfart.shared import audit
from styrfart.shared.models import RecordState


@transaction.atomic
def approve_minutes(*, minutes: Minutes, revision: int, actor: Person) -> Minutes:
    """Approve what was handed over. When the checker has checked too, it is sealed and sent."""
    minutes = _to_answer(minutes, revision, actor, may_approve)
    # The chair may be another than when it was handed over; the record names whoever approved.
    minutes.approver = actor
    minutes.approver_approved_at = timezone.now()
    save_minutes(minutes, "approver", "approver_approved_at")
    audit.record("meetings.approve_minutes", minutes, actor=actor)
    return _seal_when_all_have(minutes, actor)


@transaction.atomic
def check_minutes(*, minutes: Minutes, revision: int, actor: Person) -> Minutes:
    """The checker agrees that this is what happened. When it is approved too, it is sealed and sent."""
    minutes = _to_answer(minutes, revision, actor, rules.can_check)
    minutes.checked_at = timezone.now()
    save_minutes(minutes, "checked_at")
    audit.record("meetings.check_minutes", minutes, actor=actor)
    return _seal_when_all_have(minutes, actor)


@transaction.atomic
def send_back_minutes(*, minutes: Minutes, note: str, revision: int, actor: Person) -> Minutes:
    """Send the text back to be changed, and say how; the one who handed it over is told after commit."""
    minutes = _to_answer(minutes, revision, actor, may_send_back)
    if not note.strip():
        raise ReasonIsMissing
    minutes.state, minutes.content = MinutesState.DRAFT, {}
    minutes.sent_back_note = note.strip()
    minutes.approver_approved_at = minutes.checked_at = None
    save_minutes(minutes, "state", "content", "sent_back_note", "approver_approved_at", "checked_at")
    letters.tell_sent_back(minutes, actor)
    audit.record("meetings.send_back_minutes", minutes, actor=actor, concerns=[minutes.handed_over_by])
    return minutes


def _seal_when_all_have(minutes: Minutes, actor: Person) -> Minutes:
    """Lock it when nobody is left to answer: the content with who approved it, and the digest over it."""
    if minutes.approver_approved_at is None or (minutes.checker_id and minutes.checked_at is None):
        return minutes
    _check_unchanged(minutes)
    minutes.content = {**minutes.content, "approvals": _approvals(minutes)}
    minutes.digest = digest_of(minutes.content)
    minutes.approved_at = timezone.now()
    minutes.state = MinutesState.APPROVED
    minutes.record_state = RecordState.APPROVED
    save_minutes(minutes, "content", "digest", "approved_at", "state", "record_state")
    audit.record("meetings.seal_minutes", minutes, actor=None, detail={"digest": [None, minutes.digest]})
    letters.send_out(minutes, actor)
    make_documents(minutes)
    return minutes


def _approvals(minutes: Minutes) -> list[dict[str, str]]:
    found = [("checker", minutes.checker, minutes.checked_at)]
    found.append(("approver", minutes.approver, minutes.approver_approved_at))
    return [
        {"as": role, "name": person.full_name, "at": timezone.localtime(at).isoformat(timespec="seconds")}
        for role, person, at in found
        if person is not None and at is not None
    ]


def _check_unchanged(minutes: Minutes) -> None:
    """What was handed over still holds: no decision undone, no attachment other than it was."""
    content: Content = minutes.content
    decisions = [each["id"] for one in content["sections"] for each in one["decisions"]]
    undone = Decision.objects.filter(pk__in=decisions, withdrawn_at__isnull=False)
    moved = [
        one for one in content["attachments"] if one["file"] and digest_of_file(one["file"]) != one["sha256"]
    ]
    if moved or undone.exists():
        raise RecordsHaveChanged


def _to_answer(
    minutes: Minutes, revision: int, actor: Person, may: Callable[[Person, Minutes], bool]
) -> Minutes:
    """The minutes under lock, if `actor` may answer; nobody approves what is closed to them."""
    minutes = locked_minutes(minutes)
    if minutes.state != MinutesState.HANDED_OVER and actor.pk in {minutes.approver_id, minutes.checker_id}:
        raise MinutesHaveMovedOn  # asked, but another answered first, or it was answered in another tab
    if not may(actor, minutes) or not reads_everything(actor, minutes):
        raise PermissionDenied
    if minutes.revision != revision:
        raise MinutesHaveMovedOn
    return minutes
