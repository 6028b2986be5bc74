"""Parked questions: dealt with, or parked again."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from styrfart.meetings import rules
from styrfart.meetings.models import Entry, EntryKind, Meeting
from styrfart.people.models import Person
from styrfart.shared import audit


@transaction.atomic
def take_up_parked(*, entry: Entry, actor: Person) -> Entry:
    """Somebody has dealt with the question. Twice changes nothing."""
    return _mark(entry, actor, is_taken_up=True)


@transaction.atomic
def park_again(*, entry: Entry, actor: Person) -> Entry:
    """The question was not dealt with after all."""
    return _mark(entry, actor, is_taken_up=False)


def _mark(entry: Entry, actor: Person, *, is_taken_up: bool) -> Entry:
    entry = (
        Entry.objects.select_for_update(of=("self",), no_key=True)
        .select_related("meeting__team")
        .get(pk=entry.pk, kind=EntryKind.PARKED, removed_at=None)
    )
    if not (rules.can_plan(actor, entry.meeting.team) or entry.author_id == actor.pk):
        raise PermissionDenied
    if (entry.taken_up_at is not None) == is_taken_up:
        return entry
    entry.taken_up_at = timezone.now() if is_taken_up else None
    entry.revision += 1
    entry.save(update_fields=["taken_up_at", "revision"])
    Meeting.objects.filter(pk=entry.meeting_id).update(tick=F("tick") + 1)
    verb = "meetings.take_up_parked" if is_taken_up else "meetings.park_again"
    audit.record(verb, entry, actor=actor, concerns=[entry.author_id])
    return entry
