"""Words about an item at a glance: late, not ready, postponed, returned."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from styrfart.matters.models import MatterState
from styrfart.meetings.models import LEFT, AgendaItem, ItemState
from styrfart.shared.templatetags.words import day_short


@dataclass(frozen=True)
class Tag:
    """A word about an item, with its tone."""

    word: str
    tone: str = "none"


def tags_of(item: AgendaItem, due_on: dt.date, today: dt.date) -> list[Tag]:
    """All there is to know; `matter` and `came_from__meeting` have been fetched."""
    found = [Tag(_("kom till sent"), "late")] if item.is_late else []
    if item.state == ItemState.POSTPONED:
        found.append(Tag(_("bordlagd")))
    elif item.state == ItemState.RETURNED:
        found.append(Tag(_("lämnad tillbaka, inte färdig")))
    elif item.state not in LEFT and item.needs_material:
        found.append(_of_material(item, due_on, today))
    if item.came_from:
        found.append(came(item.came_from))
    if item.matter and item.state not in LEFT and item.matter.state != MatterState.QUEUED:
        found.append(Tag(_("ärendet har fått en annan väg"), "late"))
    return found


def came(before: AgendaItem) -> Tag:
    """What became of the question the last time."""
    words = {
        ItemState.RETURNED: _("lämnades tillbaka %(day)s"),
        ItemState.UNFINISHED: _("hanns inte med %(day)s"),
        ItemState.DONE: _("togs upp %(day)s"),
    }
    said = words.get(ItemState(before.state), _("bordlades %(day)s"))
    return Tag(said % {"day": day_short(before.meeting.held_on)})


def _of_material(item: AgendaItem, due_on: dt.date, today: dt.date) -> Tag:
    if item.ready_at:
        return Tag(_("underlaget är klart"), "ok")
    if today > due_on:
        return Tag(
            _("underlaget är inte klart, det skulle vara klart %(day)s") % {"day": day_short(due_on)}, "late"
        )
    return Tag(_("underlaget ska vara klart %(day)s") % {"day": day_short(due_on)}, "going")
