"""Writing what a group chose after its report, and what was done about what it said."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max

from styrfart.climate.models import Conversation, Group, SaidAndDone
from styrfart.people.models import Person
from styrfart.shared import audit


class ConversationMovedOn(Exception):
    """Somebody has written something else since the page was loaded; `now` is what stands there."""

    def __init__(self, now: Conversation) -> None:
        super().__init__(str(now.pk))
        self.now = now


class GroupIsAsked(Exception):
    """The group is being asked, or has been, whether it helped: what it was asked about stays."""


class SaidAndDoneMovedOn(Exception):
    """Somebody has changed the row, or taken it away, since the page was loaded."""


@transaction.atomic
def choose(
    *, group: Group, keep: str, change: str, chosen_on: dt.date, revision: int, actor: Person
) -> Conversation:
    """Write what the group keeps and what it changes; in the log. The group is asked in a month.

    `revision` 0: nothing was written when the page was loaded. Raises `ConversationMovedOn`, `GroupIsAsked`.
    """
    found = Conversation.objects.select_for_update(of=("self",)).filter(group=group).first()
    if found is None:
        found = _new(group, keep, change, chosen_on, actor)
        audit.record("climate.choose", found, actor=actor)
        return found
    if found.revision != revision:
        raise ConversationMovedOn(found)
    if found.follow_up_id:
        raise GroupIsAsked
    found.keep, found.change, found.chosen_on, found.recorded_by = keep, change, chosen_on, actor
    found.revision += 1
    found.save(update_fields=["keep", "change", "chosen_on", "recorded_by", "revision"])
    audit.record("climate.choose", found, actor=actor)
    return found


def _new(group: Group, keep: str, change: str, chosen_on: dt.date, actor: Person) -> Conversation:
    try:
        with transaction.atomic():
            return Conversation.objects.create(
                group=group, keep=keep, change=change, chosen_on=chosen_on, recorded_by=actor
            )
    except IntegrityError:
        # Two wrote at the same time: the second reads what the first wrote.
        raise ConversationMovedOn(Conversation.objects.get(group=group)) from None


@transaction.atomic
def tell_done(*, group: Group, said: str, done: str, link: str, actor: Person) -> SaidAndDone:
    """Add what was said and what was done about it, last; in the log."""
    last = SaidAndDone.objects.filter(group=group).aggregate(last=Max("position"))["last"] or 0
    made = SaidAndDone.objects.create(
        group=group, said=said, done=done, link=link, position=last + 1, written_by=actor
    )
    audit.record("climate.tell_done", made, actor=actor)
    return made


@transaction.atomic
def change_told(
    *, told: SaidAndDone, revision: int, said: str, done: str, link: str, actor: Person
) -> SaidAndDone:
    """Let it say something else; in the log. Raises `SaidAndDoneMovedOn`."""
    found = _locked(told, revision)
    found.said, found.done, found.link, found.written_by = said, done, link, actor
    found.revision += 1
    found.save(update_fields=["said", "done", "link", "written_by", "revision"])
    audit.record("climate.tell_done", found, actor=actor)
    return found


@transaction.atomic
def take_back_told(*, told: SaidAndDone, revision: int, actor: Person) -> None:
    """Take it away; in the log. Raises `SaidAndDoneMovedOn`."""
    found = _locked(told, revision)
    audit.record("climate.take_back_told", found, actor=actor)
    found.delete()


def _locked(told: SaidAndDone, revision: int) -> SaidAndDone:
    found = SaidAndDone.objects.select_for_update().filter(pk=told.pk, revision=revision).first()
    if found is None:
        raise SaidAndDoneMovedOn
    return found
