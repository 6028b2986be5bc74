"""What is put on record while a meeting goes on: notes, parked questions, actions, decisions.

Each is a row of its own, so several may write at once. The page that sends it makes its key: the same key
again is the same entry, so that a page which lost its connection may send everything once more.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.actions import Attendance, SecretStaysInRoom, create_action, make_decision
from styrfart.decisions.models import Action, Decision
from styrfart.matters.actions import decide_now
from styrfart.matters.models import ROUTABLE, Matter
from styrfart.meetings import facts_live as facts
from styrfart.meetings.actions.ticking import (
    hold,
    hold_open,
    item_in,
    refuse_excluded,
    tick,
    who_is_there,
)
from styrfart.meetings.models import AgendaItem, Entry, EntryKind, Exclusion, Meeting
from styrfart.meetings.queries.live import taking_part
from styrfart.people.models import Person
from styrfart.people.standing import standing
from styrfart.shared import audit, mail


@transaction.atomic
def record_note(
    *,
    meeting: Meeting,
    item: int | None,
    text: str,
    key: uuid.UUID,
    actor: Person,
    kind: EntryKind = EntryKind.NOTE,
    take_up_on: dt.date | None = None,
) -> Entry:
    """A note, or a question that is parked until a day."""
    meeting = hold(meeting)
    known, key = _known(meeting, key, text, actor)
    if known:
        return known
    of = _item_to_write_on(meeting, item, actor)
    if not text.strip():
        raise facts.TextIsMissing
    return _enter(meeting, of, kind, text, key, actor, take_up_on=take_up_on)


@transaction.atomic
def record_action(
    *,
    meeting: Meeting,
    item: int | None,
    text: str,
    owner: Person,
    due_on: dt.date,
    key: uuid.UUID,
    actor: Person,
) -> Entry:
    """Who does what by when; the owner is told after commit. Given by those of the room."""
    meeting = hold(meeting)
    known, key = _known(meeting, key, text, actor)
    if known:
        return known
    of = _item_to_write_on(meeting, item, actor)
    decision = _decision_of(of)
    ground = secrecy_of(of) if of else ""
    if ground and not standing(owner).is_in(meeting.team_id):
        raise SecretStaysInRoom
    action = create_action(
        team=meeting.team,
        text=text,
        owner=owner,
        due_on=due_on,
        actor=actor,
        decision=decision,
    )
    if ground:
        _keep_secret(action, ground)
    return _enter(meeting, of, EntryKind.ACTION, action.text, key, actor, action=action)


@transaction.atomic
def record_decision(
    *, meeting: Meeting, item: int, key: uuid.UUID, actor: Person, dissents: dict[int, str], **decision: Any
) -> Entry:
    """What one authorised person decided here; those who were there took part, who left for it is named.

    `decision` is what `decisions.make_decision` asks for but team, participants and actor. A matter of the
    item is decided by it. Raises `DecisionRefused` or `OnlyCommitteeDecides`.
    """
    matter = Matter.objects.select_for_update().filter(agenda_items=item).first()  # before the meeting
    meeting = hold(meeting)
    known, key = _known(meeting, key, str(decision.get("text", "")), actor)
    if known:
        return known
    of = _item_to_write_on(meeting, item, actor)
    assert of is not None  # noqa: S101  # `item` is given
    given = {
        **decision,
        # What comes of a secret item is as secret, whatever was written in the box.
        "secrecy_ground": str(decision.get("secrecy_ground", "")).strip() or secrecy_of(of),
        "participants": list(_participants(meeting, of, decision["decided_by"], dissents)),
        "is_minuted": True,
    }
    if matter is not None and matter.state in ROUTABLE:
        routing = decide_now(matter=matter, revision=matter.revision, actor=actor, **given)
        made = routing.matter.decision
        assert made is not None  # noqa: S101  # that is what was chosen
    else:
        made = make_decision(team=meeting.team, actor=actor, **given)
    return _enter(meeting, of, EntryKind.DECISION, made.text, key, actor, decision=made)


@transaction.atomic
def change_entry(
    *, meeting: Meeting, entry: int, text: str, revision: int, actor: Person, take_up_on: dt.date | None
) -> Entry:
    """Write a note or a parked question anew, unless somebody else has done so since the page was loaded."""
    meeting = hold_open(meeting)
    row = _entry_to_change(meeting, entry)
    if row.revision != revision:
        raise facts.EntryHasMovedOn(row)
    if not text.strip():
        raise facts.TextIsMissing
    row.text, row.take_up_on = text.strip(), take_up_on if row.kind == EntryKind.PARKED else None
    row.revision += 1
    row.save(update_fields=["text", "take_up_on", "revision"])
    tick(meeting)
    audit.record("meetings.change_entry", row, actor=actor, concerns=[row.author_id])
    return row


@transaction.atomic
def remove_entry(*, meeting: Meeting, entry: int, actor: Person, is_removed: bool = True) -> Entry:
    """Take a note or a parked question off the record, or put it back; who keeps the record still sees it."""
    meeting = hold_open(meeting)
    row = _entry_to_change(meeting, entry)
    if (row.removed_at is not None) != is_removed:
        row.removed_at = timezone.now() if is_removed else None
        row.revision += 1
        row.save(update_fields=["removed_at", "revision"])
        tick(meeting)
        verb = "meetings.remove_entry" if is_removed else "meetings.restore_entry"
        audit.record(verb, row, actor=actor, concerns=[row.author_id])
    return row


def follow_undone_decision(decision: Decision, actor: Person) -> None:
    """A decision of a meeting was undone on its own page: the record says so on every open page."""
    entry = Entry.objects.select_related("meeting").filter(decision=decision).first()
    if entry is None:
        return
    # The matter before the meeting, as wherever both are held: else each could wait for the other.
    Matter.objects.select_for_update().filter(decision=decision).first()
    meeting = hold(entry.meeting)
    Entry.objects.filter(pk=entry.pk).update(removed_at=timezone.now(), revision=entry.revision + 1)
    tick(meeting)
    audit.record("meetings.follow_undone_decision", entry, actor=actor, concerns=[entry.author_id])


def secrecy_of(item: AgendaItem) -> str:
    """On which ground the item is secret; empty when it is not."""
    grounds = [each.secrecy_ground for each in (item.matter, item.decision) if each]
    return next((ground for ground in grounds if ground), "")


def _keep_secret(action: Action, ground: str) -> None:
    """The action says on which ground it is secret, and the letter to its owner says no more of it."""
    action.secrecy_ground = ground
    action.save(update_fields=["secrecy_ground"])
    mail.withhold(
        [mail.about_of(action)],
        text=_("Du har fått en åtgärd. Läs den på sidan."),
        link=action.get_absolute_url(),
    )


def _known(meeting: Meeting, key: uuid.UUID, text: str, actor: Person) -> tuple[Entry | None, uuid.UUID]:
    """What this page has sent before, or the key to enter it by.

    Nobody is given what somebody else has entered. Other words with a key that has been used (a page that
    somebody went back to) get a key of their own, made of both: they are not lost, nor entered twice.
    """
    known = Entry.objects.filter(meeting=meeting, key=key).first()
    if known is not None and known.author_id != actor.pk:
        raise facts.TextIsMissing
    words = text.split()
    # An entry that has been changed since does not tell what was sent.
    if known is None or known.revision > 1 or known.text.split() == words or not words:
        return known, key
    key = uuid.uuid5(key, " ".join(words))
    return Entry.objects.filter(meeting=meeting, key=key).first(), key


def _item_to_write_on(meeting: Meeting, item: int | None, actor: Person) -> AgendaItem | None:
    if not meeting.opened_at or meeting.ended_at:
        raise facts.MeetingIsNotOpen
    if item is None:
        return None
    of = item_in(meeting, item)
    refuse_excluded(of, actor)
    return of


def _decision_of(item: AgendaItem | None) -> Decision | None:
    """The latest decision on the item that stands; an action that follows belongs to it."""
    if item is None:
        return None
    entry = (
        Entry.objects.filter(
            item=item,
            kind=EntryKind.DECISION,
            decision__withdrawn_at=None,
            decision__replaced_at=None,
        )
        .select_related("decision__team")
        .last()
    )
    return entry.decision if entry else None


def _participants(
    meeting: Meeting, item: AgendaItem, decided_by: Person, dissents: dict[int, str]
) -> Iterable[Attendance]:
    """Those who are there and may know of the item, and those who had to leave; never the decider."""
    out = {row.person_id: row for row in Exclusion.objects.filter(item=item).select_related("person")}
    for row in out.values():
        # Nobody with a conflict of interest decides: `decisions` refuses it by this.
        yield Attendance(row.person, is_excluded=True, conflict_ground=row.ground)
    for there in taking_part(item, who_is_there(meeting), out):
        if there.person_id != decided_by.pk:
            yield Attendance(there.person, dissent=dissents.get(there.person_id, ""))


def _enter(
    meeting: Meeting,
    item: AgendaItem | None,
    kind: EntryKind,
    text: str,
    key: uuid.UUID,
    actor: Person,
    **more: Any,
) -> Entry:
    entry = Entry.objects.create(
        meeting=meeting, item=item, kind=kind, text=text.strip(), key=key, author=actor, **more
    )
    tick(meeting)
    audit.record(f"meetings.enter_{kind}", entry, actor=actor, concerns=[actor])
    return entry


def _entry_to_change(meeting: Meeting, pk: int) -> Entry:
    row = Entry.objects.filter(meeting=meeting, pk=pk).first()
    if row is None:
        raise facts.NoSuchItem
    if row.kind in {EntryKind.DECISION, EntryKind.ACTION}:
        raise facts.EntryIsFixed
    return row
