"""The meeting and its item under lock, if somebody may still change them."""

from styrfart.meetings import rules
from styrfart.meetings.actions.ticking import hold
from styrfart.meetings.facts import AgendaClosed, ItemLeft
from styrfart.meetings.models import LEFT, AgendaItem, Meeting
from styrfart.people.models import Person


def hold_agenda(meeting: Meeting, actor: Person) -> Meeting:
    """The meeting under lock, if `actor` may still change what it takes up."""
    held = hold(meeting)
    if not rules.can_change_agenda(actor, held):
        raise AgendaClosed(held)
    return held


def hold_item(item: AgendaItem, actor: Person) -> tuple[Meeting, AgendaItem]:
    """The item under its meeting's lock, if `actor` may still prepare it."""
    held = hold(item.meeting)
    fresh = AgendaItem.objects.filter(pk=item.pk, meeting=held).first()
    if fresh is None or fresh.state in LEFT:
        raise ItemLeft(item)
    fresh.meeting = held
    if not rules.can_prepare(actor, fresh):
        raise AgendaClosed(held)
    return held, fresh
