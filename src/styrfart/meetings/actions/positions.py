"""The round and the signals: where each stands, and who is ready to go on."""

from django.db import transaction
from django.utils import timezone

from styrfart.meetings import facts_live as facts
from styrfart.meetings.actions.ticking import hold_open, item_in, refuse_excluded, tick, who_is_there
from styrfart.meetings.models import (
    AgendaItem,
    Attendee,
    Exclusion,
    Meeting,
    Position,
    Ready,
    RoundKind,
    Stance,
)
from styrfart.meetings.queries.live import taking_part
from styrfart.people.models import Person
from styrfart.shared import audit


@transaction.atomic
def open_round(*, meeting: Meeting, item: int, kind: RoundKind, actor: Person) -> AgendaItem:
    """Everybody may say where they stand: openly, or unseen until all have. `NONE` closes the round."""
    meeting = hold_open(meeting)
    of = item_in(meeting, item)
    refuse_excluded(of, actor)
    of.round_kind = kind
    of.round_opened_at = (of.round_opened_at or timezone.now()) if kind else None
    of.round_shown_at = None
    of.save(update_fields=["round_kind", "round_opened_at", "round_shown_at"])
    _show_when_all_have_answered(meeting, of)
    tick(meeting)
    audit.record("meetings.open_round", of, actor=actor)
    return of


@transaction.atomic
def show_round(*, meeting: Meeting, item: int, actor: Person) -> AgendaItem:
    """Show what has been said in a silent round, also when some have not answered."""
    meeting = hold_open(meeting)
    of = item_in(meeting, item)
    refuse_excluded(of, actor)
    if not of.round_kind:
        raise facts.NoRoundIsOpen
    if of.round_shown_at is None:
        of.round_shown_at = timezone.now()
        of.save(update_fields=["round_shown_at"])
        tick(meeting)
        audit.record("meetings.show_round", of, actor=actor)
    return of


@transaction.atomic
def take_position(*, meeting: Meeting, item: int, stance: Stance, reason: str, actor: Person) -> Position:
    """Say where one stands, or change it. The last answer of a silent round shows them all."""
    meeting = hold_open(meeting)
    of = item_in(meeting, item)
    if not of.round_kind:
        raise facts.NoRoundIsOpen
    _refuse_others(meeting, of, actor)
    taken, _is_new = Position.objects.update_or_create(
        item=of, person=actor, defaults={"stance": stance, "reason": reason.strip()}
    )
    _show_when_all_have_answered(meeting, of)
    tick(meeting)
    audit.record("meetings.take_position", of, actor=actor, concerns=[actor])
    return taken


@transaction.atomic
def signal_ready(*, meeting: Meeting, item: int, is_ready: bool, actor: Person) -> None:
    """Ready to go on from the item, or not yet. In check-in and wrap-up: has said theirs.

    A sign of the moment, as a raised hand: the log says nothing of it.
    """
    meeting = hold_open(meeting)
    of = item_in(meeting, item)
    _refuse_others(meeting, of, actor)
    if is_ready:
        Ready.objects.get_or_create(item=of, person=actor)
    else:
        Ready.objects.filter(item=of, person=actor).delete()
    tick(meeting)


def _refuse_others(meeting: Meeting, item: AgendaItem, person: Person) -> None:
    row = Attendee.objects.filter(meeting=meeting, person=person).first()
    if row is None or not row.is_there:
        raise facts.IsNotThere
    refuse_excluded(item, person)


def _show_when_all_have_answered(meeting: Meeting, item: AgendaItem) -> None:
    if item.round_kind != RoundKind.SILENT or item.round_shown_at is not None:
        return
    out = set(Exclusion.objects.filter(item=item).values_list("person_id", flat=True))
    asked = {row.person_id for row in taking_part(item, who_is_there(meeting), out)}
    said = set(Position.objects.filter(item=item).values_list("person_id", flat=True))
    if asked and asked <= said:
        item.round_shown_at = timezone.now()
        item.save(update_fields=["round_shown_at"])
