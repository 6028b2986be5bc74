"""Putting what a draft proposed on the agenda."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from styrfart.matters.models import ItemPurpose
from styrfart.meetings.actions.agenda import Origin, add_item
from styrfart.meetings.actions.holding import hold_agenda
from styrfart.meetings.facts import AlreadyOnAgenda
from styrfart.meetings.models import AgendaItem, Entry, Meeting
from styrfart.meetings.queries.proposing import Placing
from styrfart.people.models import Person


@transaction.atomic
def take_up_proposed(*, meeting: Meeting, placings: Iterable[Placing], actor: Person) -> list[AgendaItem]:
    """Add each to the agenda in this order; what somebody else has taken up meanwhile is passed over."""
    held = hold_agenda(meeting, actor)
    added = []
    for placing in placings:
        proposed = placing.proposed
        if proposed.parked and not _take(proposed.parked):
            continue
        origin = Origin(
            matter=proposed.matter,
            decision=proposed.decision,
            wheel=(proposed.wheel_item, proposed.wheel_year)
            if proposed.wheel_item and proposed.wheel_year
            else None,
            reasons=tuple(why.value for why in placing.why),
        )
        try:
            added.append(add_item(meeting=held, content=_content(placing), actor=actor, origin=origin))
        except AlreadyOnAgenda:
            continue
    return added


def _take(parked: Entry) -> bool:
    """Mark that a parked question has been taken up; whether nobody had."""
    waits = Entry.objects.filter(pk=parked.pk, taken_up_at=None, removed_at=None)
    return bool(waits.update(taken_up_at=timezone.now()))


def _content(placing: Placing) -> dict[str, object]:
    """The item's fields. What came back keeps what was prepared for it."""
    proposed, before = placing.proposed, placing.proposed.before
    return {
        "title": proposed.title,
        "purpose": proposed.purpose,
        "level": proposed.level,
        "minutes": proposed.minutes,
        "owner": proposed.owner,
        "outcome": proposed.outcome,
        "is_in_writing": not before and proposed.purpose == ItemPurpose.INFORMATION,
        "why_in_meeting": "",
        "needs_material": proposed.decision is None and proposed.parked is None,
        **{
            name: getattr(before, name) if before else ""
            for name in ("background", "proposal", "arguments_for", "arguments_against")
        },
    }
