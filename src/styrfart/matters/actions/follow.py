"""What the receiver of a matter does with it."""

from django.db import transaction
from django.utils import timezone

from styrfart.matters import rules
from styrfart.matters.actions.telling import note_event, tell
from styrfart.matters.facts import AlreadyAnswered, AlreadyRouted
from styrfart.matters.models import EventKind, HandOver, Matter, MatterState, Preparation
from styrfart.people.models import Person
from styrfart.shared import audit
from styrfart.shared.models import RecordState


@transaction.atomic
def receive(*, hand_over: HandOver, actor: Person) -> HandOver:
    """The receiver confirms that the matter has arrived; the one who handed it in is told."""
    hand_over, matter = _open(hand_over)
    if hand_over.received_at is None:
        hand_over.received_at, hand_over.received_by = timezone.now(), actor
        hand_over.save(update_fields=["received_at", "received_by"])
        event = note_event(matter, EventKind.RECEIVED, by=actor)
        tell(event, to=[matter.handed_in_by])
        audit.record("matters.receive", matter, actor=actor, concerns=[actor, matter.handed_in_by_id])
    return hand_over


@transaction.atomic
def answer(*, hand_over: HandOver, text: str, actor: Person) -> HandOver:
    """The receiver answers, and the matter is closed; the sender and whoever handed it over are told."""
    hand_over, matter = _open(hand_over)
    now = timezone.now()
    hand_over.received_at, hand_over.received_by = (
        hand_over.received_at or now,
        hand_over.received_by or actor,
    )
    hand_over.answered_at, hand_over.answer = now, text
    hand_over.save(update_fields=["received_at", "received_by", "answered_at", "answer"])
    _move(matter, MatterState.ANSWERED)
    event = note_event(matter, EventKind.ANSWERED, by=actor, note=text)
    tell(event, to=[matter.handed_in_by, matter.owner, hand_over.routing.by])
    audit.record(
        "matters.answer", matter, actor=actor, concerns=[actor, matter.handed_in_by_id, matter.owner_id]
    )
    return hand_over


@transaction.atomic
def hand_back(*, hand_over: HandOver, reason: str, actor: Person) -> HandOver:
    """The matter does not belong here: back to the queue it came from, with a reason."""
    hand_over, matter = _open(hand_over)
    if hand_over.to_team_id and matter.state != MatterState.INBOX:
        # Taken back by its sender, or waiting for more: there is nothing here to hand back.
        raise AlreadyRouted(matter)
    hand_over.returned_at, hand_over.return_reason = timezone.now(), reason
    hand_over.save(update_fields=["returned_at", "return_reason"])
    matter.team_id = hand_over.routing.team_id
    _move(matter, MatterState.INBOX)
    event = note_event(matter, EventKind.RETURNED, by=actor, note=reason)
    tell(event, to=[matter.handed_in_by, hand_over.routing.by])
    audit.record("matters.hand_back", matter, actor=actor, concerns=[actor, matter.handed_in_by_id])
    return hand_over


@transaction.atomic
def take_back(*, hand_over: HandOver, reason: str, actor: Person) -> HandOver:
    """Whoever handed it over wants it back: to their queue, with a reason. Receiver and sender are told."""
    hand_over, matter = _open(hand_over)
    hand_over.matter = matter
    if not rules.is_waited_for(hand_over):
        raise AlreadyRouted(matter)
    hand_over.returned_at, hand_over.return_reason = timezone.now(), reason
    hand_over.save(update_fields=["returned_at", "return_reason"])
    receivers = _receivers(hand_over)
    matter.team_id = hand_over.routing.team_id
    _move(matter, MatterState.INBOX)
    event = note_event(matter, EventKind.TAKEN_BACK, by=actor, note=reason)
    tell(event, to=[matter.handed_in_by, matter.owner, *receivers])
    concerned = [actor, matter.handed_in_by_id, matter.owner_id, *receivers]
    audit.record("matters.take_back", matter, actor=actor, concerns=concerned)
    return hand_over


def _receivers(hand_over: HandOver) -> list[Person]:
    """The person who had it; of a team those who would have routed it, unless they no longer may read it."""
    if hand_over.to_person:
        return [hand_over.to_person]
    if hand_over.to_team is None or hand_over.matter.secrecy_ground:
        return []
    seats = hand_over.to_team.members.on(timezone.localdate()).filter(role__in=rules.ROUTING_SEATS)
    return [seat.person for seat in seats.select_related("person").order_by("pk")]


@transaction.atomic
def finish_preparation(*, preparation: Preparation, reference: str, actor: Person) -> Preparation:
    """The official report is with the committee, which decides; the sender is told."""
    matter = Matter.objects.select_for_update().get(pk=preparation.matter_id)
    preparation = Preparation.objects.select_for_update().get(pk=preparation.pk)
    if preparation.done_at or preparation.cancelled_at:
        raise AlreadyAnswered
    preparation.done_at, preparation.reference = timezone.now(), reference
    preparation.save(update_fields=["done_at", "reference"])
    _move(matter, MatterState.PREPARED)
    event = note_event(matter, EventKind.PREPARED, by=actor, note=reference)
    tell(event, to=[matter.handed_in_by, matter.owner])
    audit.record("matters.finish_preparation", matter, actor=actor, concerns=[actor, matter.handed_in_by_id])
    return preparation


def _open(hand_over: HandOver) -> tuple[HandOver, Matter]:
    """The hand-over and its matter under lock, if an answer is still waited for."""
    matter = Matter.objects.select_for_update().get(pk=hand_over.matter_id)
    fresh = HandOver.objects.select_for_update().get(pk=hand_over.pk)
    if not fresh.is_open:
        raise AlreadyAnswered
    return fresh, matter


def _move(matter: Matter, state: MatterState) -> None:
    matter.state = state
    is_closed = state != MatterState.INBOX
    matter.closed_at = timezone.now() if is_closed else None
    matter.record_state = RecordState.COMPLETED if is_closed else RecordState.DRAFT
    matter.revision += 1
    matter.save(update_fields=["team", "state", "record_state", "closed_at", "revision", "changed_at"])
