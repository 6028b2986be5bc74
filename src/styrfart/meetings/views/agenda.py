"""The page of a meeting, what could be added to it, and the order of what it takes up."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from styrfart.meetings import rules
from styrfart.meetings.actions import agenda as actions
from styrfart.meetings.facts import ItemMoved
from styrfart.meetings.forms.moving import MoveForm
from styrfart.meetings.models import Meeting
from styrfart.meetings.queries.access import meeting_for
from styrfart.meetings.queries.agenda import agenda_page, agenda_to_change, item_to_change
from styrfart.meetings.queries.checklist import checklist
from styrfart.meetings.queries.queue import decisions_to_follow, waiting_matters
from styrfart.meetings.views.closed import show_closed
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared import receipts


@require_GET
@follows_the_meeting
def show(request: Request, team: str, day: str) -> HttpResponse:
    """The meeting on one page: what, when, who, and what is missing."""
    meeting = meeting_for(request.user, team, day)
    return render(request, "meetings/show.html", shown(request, meeting))


def shown(request: Request, meeting: Meeting, **more: object) -> dict[str, Any]:
    """What the page of a meeting is made of."""
    page = agenda_page(request.user, meeting)
    return {
        "in_room": rules.can_see_meetings(request.user, meeting.team),  # a guest is not
        "team": meeting.team,
        "meeting": meeting,
        "page": page,
        "agenda": page.agenda,
        "is_unopened": rules.was_never_opened(meeting, timezone.localdate()),
        "checklist": checklist(page) if page.can_plan else [],
        **more,
    }


@require_GET
@follows_the_meeting
def choose_item(request: Request, team: str, day: str) -> HttpResponse:
    """What could be taken up: the queue, decisions to follow up, something of our own."""
    meeting = agenda_to_change(request.user, team, day)
    context = {
        "team": meeting.team,
        "meeting": meeting,
        "waiting": waiting_matters(request.user, meeting),
        "decisions": decisions_to_follow(request.user, meeting),
        "can_change": rules.can_change_agenda(request.user, meeting),
    }
    return render(request, "meetings/choose_item.html", context)


@require_POST
@vary_on_headers("HX-Request")
@follows_the_meeting
@show_closed
def move_item(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Move an item a step or to a number; the times of all that comes after follow."""
    meeting, line = item_to_change(request.user, team, day, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return redirect(meeting.get_absolute_url())
    try:
        number = actions.move_item(
            item=line.item,
            from_number=form.cleaned_data["fran"],
            to_number=form.to_number,
            actor=request.user,
        )
        said = _("%(title)s är nu punkt %(number)s.") % {"title": line.item.title, "number": number}
    except ItemMoved:
        said = _("Någon annan har flyttat om. Det här är ordningen nu, och din flytt är inte gjord.")
    if not request.htmx:
        receipts.tell(request, said)
        return redirect(f"{meeting.get_absolute_url()}#punkt-{pk}")
    direction = form.cleaned_data["flytta"] or "upp"
    context = shown(request, meeting, said=said, moved=pk, moved_by=direction)
    return render(request, "meetings/show.html#order", context)
