"""Advice that was asked for: for the one who was asked, and for those who see the meeting."""

from dataclasses import dataclass

from django.http import Http404

from styrfart.meetings import rules
from styrfart.meetings.models import COMING, LEFT, Advice, AgendaItem, Attendee, Meeting, Presence
from styrfart.meetings.queries.secrecy import hidden_from
from styrfart.people.models import Person
from styrfart.people.standing import User


@dataclass(frozen=True)
class AdvicePage:
    """What the one who was asked needs in order to answer."""

    advice: Advice
    item: AgendaItem
    meeting: Meeting
    may_give: bool
    sees_meeting: bool


def advice_for(user: User, nr: int) -> AdvicePage:
    """The advice, for the one who was asked and for those who read the item; 404 to others. Four queries."""
    advice = (
        Advice.objects.select_related(
            "item__meeting__team__unit",
            "item__meeting__kind",
            "item__matter",
            "item__decision",
            "item__owner",
        )
        .select_related("asked_of", "asked_by")
        .filter(pk=nr)
        .first()
    )
    if advice is None:
        raise Http404
    meeting, is_mine = advice.item.meeting, rules.can_advise(user, advice)
    sees = (
        rules.can_see_meetings(user, meeting.team)
        or Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
    )
    if not (is_mine or sees) or advice.item.pk in hidden_from(user, meeting, [advice.item]):
        raise Http404
    may_give = is_mine and meeting.state in COMING and advice.item.state not in LEFT
    return AdvicePage(advice, advice.item, meeting, may_give, sees)


def advice_on(item: AgendaItem) -> list[Advice]:
    """What has been asked and answered on the item, in order. One query."""
    return list(item.advice.select_related("asked_of", "asked_by").order_by("pk"))


def worth_asking(meeting: Meeting, item: AgendaItem) -> list[Person]:
    """Those expected at the meeting who will not be there and have not been asked. One query."""
    asked = item.advice.order_by().values("asked_of")
    absent = Attendee.objects.filter(meeting=meeting, presence=Presence.ABSENT).exclude(person__in=asked)
    return [row.person for row in absent.select_related("person")]
