"""When an agenda can no longer be changed: what has happened, and what was typed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from styrfart.matters.forms import long_texts
from styrfart.meetings.facts import AgendaClosed, ItemLeft
from styrfart.meetings.models import ItemState, Meeting, MeetingState
from styrfart.people.request import Request
from styrfart.shared import receipts

View = Callable[..., HttpResponse]


def show_closed(view: View) -> View:
    """Answer 409 with what has happened when the meeting, or the item, has moved on in the meantime."""

    @wraps(view)
    def guarded(request: Request, team: str, day: str, **rest: Any) -> HttpResponse:
        try:
            return view(request, team, day, **rest)
        except AgendaClosed as fact:
            return _closed(request, fact.meeting, _of_meeting(fact.meeting))
        except ItemLeft as fact:
            is_off = fact.item.state in {ItemState.COMING, ItemState.CURRENT}
            words = _("Någon har tagit bort eller bordlagt punkten, eller så är den klar.") if is_off else ""
            return _closed(request, fact.item.meeting, words or _("Punkten är redan klar eller bordlagd."))

    return guarded


def _of_meeting(meeting: Meeting) -> str:
    if meeting.state == MeetingState.CANCELLED:
        return _("Mötet är inställt.")
    if meeting.state == MeetingState.ENDED:
        return _("Mötet är avslutat, så dagordningen ändras inte längre.")
    return _("Mötet pågår. Nu ändrar den som leder mötet eller för anteckningarna dagordningen.")


def _closed(request: Request, meeting: Meeting, happened: str) -> HttpResponse:
    if request.htmx:  # a part of the page cannot say it: the page is read anew, and says it there
        receipts.warn(request, happened)
        return HttpResponseClientRedirect(meeting.get_absolute_url())
    context = {
        "team": meeting.team,
        "meeting": meeting,
        "happened": happened,
        "typed": long_texts(request.POST),
    }
    return render(request, "meetings/agenda_closed.html", context, status=409)
