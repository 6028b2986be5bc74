"""One writer at a time in a meeting, and the number that tells open pages that something has happened."""

from django.db.models import F

from styrfart.meetings import facts_live as facts
from styrfart.meetings.models import AgendaItem, Attendee, Exclusion, Meeting, MeetingState
from styrfart.people.models import Person


def hold(meeting: Meeting) -> Meeting:
    """The meeting as it is now, under lock: others who write in it wait until this is committed."""
    return (
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team__unit", "kind")
        .get(pk=meeting.pk)
    )


def hold_open(meeting: Meeting) -> Meeting:
    """As `hold`, for what can be done only while the meeting goes on."""
    held = hold(meeting)
    if held.state != MeetingState.OPEN:
        raise facts.MeetingIsNotOpen
    return held


def tick(meeting: Meeting) -> None:
    """Open pages of the meeting have something new to show. In the same transaction as the deed."""
    Meeting.objects.filter(pk=meeting.pk).update(tick=F("tick") + 1)


def item_in(meeting: Meeting, pk: int) -> AgendaItem:
    """The item of this meeting, read again under the meeting's lock."""
    found = (
        AgendaItem.objects.select_related("matter", "decision", "owner")
        .filter(meeting=meeting, pk=pk)
        .first()
    )
    if found is None:
        raise facts.NoSuchItem
    return found


def refuse_excluded(item: AgendaItem, person: Person) -> None:
    """Somebody with a conflict of interest takes no part in the item."""
    if Exclusion.objects.filter(item=item, person=person).exists():
        raise facts.IsExcluded


def who_is_there(meeting: Meeting) -> list[Attendee]:
    """Those who take part now, in the order in which they were expected."""
    rows = Attendee.objects.filter(meeting=meeting).select_related("person")
    return [row for row in rows if row.is_there]
