"""An action that was entered in a meeting by mistake is taken back: there, or on its own page."""

from django.db import transaction
from django.utils import timezone

from styrfart.decisions import actions as decisions
from styrfart.decisions.models import Action
from styrfart.meetings import facts_live as facts
from styrfart.meetings.actions.ticking import hold, hold_open, tick
from styrfart.meetings.models import Entry, Meeting, Minutes, MinutesState
from styrfart.people.models import Person
from styrfart.shared import audit


@transaction.atomic
def withdraw_action(*, meeting: Meeting, entry: int, actor: Person, revision: int | None = None) -> Entry:
    """Take the action back while the meeting goes on; who keeps the record still sees it, struck out.

    `revision` is that of the action, as the page showed it.
    """
    # The action before the meeting, as on its own page: else each could wait for the other.
    action = Action.objects.select_for_update(of=("self",), no_key=True).filter(meeting_entry=entry).first()
    row = Entry.objects.filter(meeting=hold_open(meeting), pk=entry).first()
    if row is None or action is None:
        raise facts.NoSuchItem
    try:
        decisions.withdraw_action(action=action, actor=actor, revision=revision, is_minuted=True)
    except decisions.HasMovedOn as fact:
        raise facts.EntryHasMovedOn(row) from fact
    except decisions.AlreadyDone as fact:
        raise facts.ActionIsDone from fact
    row.refresh_from_db()
    return row


def follow_withdrawn_action(action: Action, actor: Person) -> None:
    """The record says so on every open page of the meeting. Refused when minutes that are sealed have it."""
    entry = Entry.objects.select_related("meeting").filter(action=action).first()
    if entry is None:
        return
    meeting = hold(entry.meeting)
    if Minutes.objects.filter(meeting=meeting).exclude(state=MinutesState.DRAFT).exists():
        raise decisions.StandsInMinutes
    Entry.objects.filter(pk=entry.pk).update(removed_at=timezone.now(), revision=entry.revision + 1)
    tick(meeting)
    audit.record("meetings.follow_withdrawn_action", entry, actor=actor, concerns=[entry.author_id])
