"""What a meeting takes up: adding, changing, moving, removing and putting off items."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from styrfart.decisions.models import Decision
from styrfart.matters.models import Matter
from styrfart.meetings import rules
from styrfart.meetings.actions.holding import hold_agenda, hold_item
from styrfart.meetings.actions.material import delete_files
from styrfart.meetings.actions.ticking import tick
from styrfart.meetings.deadlines import is_too_late
from styrfart.meetings.facts import (
    AgendaClosed,
    AlreadyOnAgenda,
    ItemChanged,
    ItemIsUsed,
    ItemLeft,
    ItemMoved,
)
from styrfart.meetings.models import LEFT, AgendaItem, ItemSource, ItemState, Meeting, WheelItem
from styrfart.people.models import Person
from styrfart.shared import audit

# What a form may change in an item; its owner changes its words alone.
WORDS = ("background", "proposal", "arguments_for", "arguments_against")
PLAN = (
    "title",
    "purpose",
    "level",
    "minutes",
    "owner",
    "outcome",
    "is_in_writing",
    "why_in_meeting",
    "needs_material",
)
ON_AGENDA = [ItemState.COMING, ItemState.CURRENT]


@dataclass(frozen=True)
class Origin:
    """What an item comes from; neither: the team's own."""

    matter: Matter | None = None
    decision: Decision | None = None
    wheel: tuple[WheelItem, int] | None = None  # what the annual wheel brings, and for which year
    reasons: tuple[str, ...] = ()  # why a draft proposed it

    @property
    def source(self) -> ItemSource:
        if self.matter:
            return ItemSource.MATTER
        if self.wheel:
            return ItemSource.WHEEL
        return ItemSource.DECISION if self.decision else ItemSource.OWN


@transaction.atomic
def add_item(
    *, meeting: Meeting, content: Mapping[str, Any], actor: Person, origin: Origin | None = None
) -> AgendaItem:
    """The item stands last, but before the wrap-up. What is added after the notice or too late is marked."""
    held = hold_agenda(meeting, actor)
    origin = origin or Origin()
    before = _last_time(origin)
    item = AgendaItem(
        meeting=held,
        source=origin.source,
        matter=origin.matter,
        decision=origin.decision,
        wheel_item=origin.wheel[0] if origin.wheel else None,
        wheel_year=origin.wheel[1] if origin.wheel else None,
        reasons=list(origin.reasons),
        came_from=before,
        added_by=actor,
        is_late=is_too_late(held, timezone.localdate()),
        position=0,
        **{name: content[name] for name in (*PLAN, *WORDS)},
    )
    place_last(held, item)
    tick(held)
    audit.record("meetings.add_item", item, actor=actor, concerns=[actor, item.owner_id])
    return item


def _last_time(origin: Origin) -> AgendaItem | None:
    """The last item of the same question. Raises `AlreadyOnAgenda` when it stands on a coming one."""
    if origin.matter:
        # Under lock, so that two secretaries cannot take up the same matter at once.
        Matter.objects.select_for_update(of=("self",), no_key=True).get(pk=origin.matter.pk)
        earlier = AgendaItem.objects.filter(matter=origin.matter)
    elif origin.decision:
        Decision.objects.select_for_update(of=("self",), no_key=True).get(pk=origin.decision.pk)
        earlier = AgendaItem.objects.filter(decision=origin.decision)
    elif origin.wheel:
        WheelItem.objects.select_for_update(no_key=True).get(pk=origin.wheel[0].pk)
        earlier = AgendaItem.objects.filter(wheel_item=origin.wheel[0], wheel_year=origin.wheel[1])
    else:
        return None
    taken = earlier.filter(state__in=ON_AGENDA).select_related("meeting__team").first()
    if taken:
        raise AlreadyOnAgenda(taken)
    return earlier.order_by("-meeting__held_on", "-pk").first()


@transaction.atomic
def change_item(*, item: AgendaItem, revision: int, content: Mapping[str, Any], actor: Person) -> AgendaItem:
    """Write what a form says, if nobody has changed the item since; its owner only its words."""
    held, fresh = _unchanged(item, revision, actor)
    names = [*PLAN, *WORDS] if rules.can_change_agenda(actor, held) else [*WORDS]
    changed = [name for name in names if name in content and getattr(fresh, name) != content[name]]
    for name in changed:
        setattr(fresh, name, content[name])
    fresh.revision += 1
    fresh.save(update_fields=[*changed, "revision"])
    tick(held)
    audit.record(
        "meetings.change_item",
        fresh,
        actor=actor,
        concerns=[actor, item.owner_id, fresh.owner_id],
        detail={"fields": changed},
    )
    return fresh


@transaction.atomic
def move_item(*, item: AgendaItem, from_number: int, to_number: int, actor: Person) -> int:
    """Put the item at another place in the order; gives its number. `from_number`: where the page had it."""
    held = hold_agenda(item.meeting, actor)
    ordered = list(
        held.items.filter(is_in_writing=False).exclude(state__in=[ItemState.POSTPONED, ItemState.RETURNED])
    )
    at = next((place for place, each in enumerate(ordered) if each.pk == item.pk), None)
    if at is None or ordered[at].state in LEFT:
        raise ItemLeft(item)
    if at != from_number - 1:
        raise ItemMoved(ordered[at])
    # What has been taken up, or is, stays where it is.
    first = next((place for place, each in enumerate(ordered) if each.state == ItemState.COMING), 0)
    to = min(max(to_number - 1, first), len(ordered) - 1)
    if to != at and ordered[at].state == ItemState.COMING:
        ordered.insert(to, ordered.pop(at))
        number_items(held, ordered)
        tick(held)
        audit.record("meetings.move_item", item, actor=actor, detail={"number": [at + 1, to + 1]})
        return to + 1
    return at + 1


@transaction.atomic
def remove_item(*, item: AgendaItem, revision: int, actor: Person) -> None:
    """Take the item off the agenda, with its material; a matter is in the queue again."""
    held, fresh = _unchanged(item, revision, actor)
    if not rules.can_change_agenda(actor, held):
        raise AgendaClosed(held)
    if is_used(fresh):
        raise ItemIsUsed(fresh)
    audit.record("meetings.remove_item", fresh, actor=actor, concerns=[actor, fresh.owner_id])
    delete_files(fresh.materials.all())
    fresh.delete()
    tick(held)


def is_used(item: AgendaItem) -> bool:
    """Whether somebody has put down something that would go with it."""
    return (
        item.state == ItemState.CURRENT
        or item.entries.exists()
        or item.positions.exists()
        or item.exclusions.exists()
        or item.advice.exclude(given_at=None).exists()
    )


@transaction.atomic
def mark_ready(*, item: AgendaItem, is_ready: bool, actor: Person) -> AgendaItem:
    """Its owner says that the material is complete, or takes that back. What came late stays marked."""
    held, fresh = hold_item(item, actor)
    if is_ready == bool(fresh.ready_at):
        return fresh
    fresh.ready_at = timezone.now() if is_ready else None
    fresh.is_late = fresh.is_late or (is_ready and is_too_late(held, timezone.localdate()))
    fresh.save(update_fields=["ready_at", "is_late"])
    tick(held)
    audit.record(
        "meetings.mark_ready" if is_ready else "meetings.mark_not_ready",
        fresh,
        actor=actor,
        concerns=[actor, fresh.owner_id],
    )
    return fresh


def _unchanged(item: AgendaItem, revision: int, actor: Person) -> tuple[Meeting, AgendaItem]:
    held, fresh = hold_item(item, actor)
    if fresh.revision != revision:
        raise ItemChanged(fresh)
    return held, fresh


def place_last(meeting: Meeting, item: AgendaItem) -> None:
    """Save the item as the last one of the order, but before a wrap-up that ends it."""
    ordered = list(meeting.items.filter(is_in_writing=False))
    item.save()
    if not item.is_in_writing:
        ends = bool(ordered) and ordered[-1].source == ItemSource.WRAP_UP and ordered[-1].state not in LEFT
        ordered.insert(len(ordered) - ends, item)
    number_items(meeting, ordered)


def number_items(meeting: Meeting, ordered: list[AgendaItem]) -> None:
    """Give the items their positions: those taken up in this order, then the others as they were."""
    known = {item.pk for item in ordered}
    others = [item for item in meeting.items.all() if item.pk not in known]
    moved = []
    for position, item in enumerate([*ordered, *others], 1):
        if item.position != position:
            item.position = position
            moved.append(item)
    AgendaItem.objects.bulk_update(moved, ["position"])
