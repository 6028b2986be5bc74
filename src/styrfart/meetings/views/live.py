"""The meeting while it goes on: the page, what is new since, the screen of the room, and who moves it."""

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.meetings import actions, queries
from styrfart.meetings import facts_live as facts
from styrfart.meetings.forms.live import EndForm, ItemForm, ReturnForm, StateForm
from styrfart.meetings.views.live_answers import done, live_address, page_of, refused
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared import receipts


@require_GET
@follows_the_meeting
def live(request: Request, team: str, day: str) -> HttpResponse:
    """What is on the table now, or the item that the reader looks at."""
    return page_of(request, queries.meeting_for(request.user, team, day))


@require_GET
@follows_the_meeting
def live_state(request: Request, team: str, day: str) -> HttpResponse:
    """What has changed since the page was read; 304 when nothing has. Asked every other second by each."""
    known = StateForm(request.GET).known
    tick = queries.state_for(request.user, team, day)
    if tick is not None and tick == known:
        return _unchanged(tick)
    meeting = queries.meeting_for(request.user, team, day)
    if meeting.tick == known:
        return _unchanged(meeting.tick)
    response = page_of(request, meeting)
    response["ETag"] = f'"{meeting.tick}"'
    return response


def _unchanged(tick: int) -> HttpResponse:
    response = HttpResponseNotModified()
    response["ETag"] = f'"{tick}"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_GET
@follows_the_meeting
def live_room(request: Request, team: str, day: str) -> HttpResponse:
    """The same in large type for the screen in the room: nothing to fill in, nothing secret."""
    meeting = queries.meeting_for(request.user, team, day)
    page = queries.live_page(request.user, meeting, is_for_room=True)
    context = {"page": page, "meeting": meeting, "team": meeting.team}
    response = render(request, "meetings/live_room.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@follows_the_meeting
def open_meeting(request: Request, team: str, day: str) -> HttpResponse:
    """The meeting begins."""
    meeting = queries.meeting_to_lead(request.user, team, day)
    try:
        actions.open_meeting(meeting=meeting, actor=request.user)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact)
    return redirect(live_address(meeting))


@require_http_methods(["GET", "POST"])
@follows_the_meeting
def end_meeting(request: Request, team: str, day: str) -> HttpResponse:
    """Say what becomes of what is left, then end."""
    meeting = queries.meeting_to_lead(request.user, team, day)
    form = EndForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        page = queries.live_page(request.user, meeting)
        return render(
            request, "meetings/live_end.html", {"page": page, "meeting": meeting, "team": meeting.team}
        )
    try:
        actions.end_meeting(
            meeting=meeting, actor=request.user, current_is_done=not form.cleaned_data["is_unfinished"]
        )
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact)
    receipts.tell(request, _("Mötet är avslutat. Anteckningarna väntar på språket."))
    return redirect(live_address(meeting))


@require_POST
@follows_the_meeting
def move_group(request: Request, team: str, day: str) -> HttpResponse:
    """Take everybody to an item."""
    meeting = queries.meeting_to_lead(request.user, team, day)
    form = ItemForm(request.POST)
    try:
        if not form.is_valid():
            raise facts.NoSuchItem
        actions.move_group(meeting=meeting, to=form.cleaned_data["item"], actor=request.user)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact)
    return done(request, meeting)


@require_POST
@follows_the_meeting
def put_off_item(request: Request, team: str, day: str) -> HttpResponse:
    """The item waits for another meeting."""
    meeting = queries.meeting_to_lead(request.user, team, day)
    form = ItemForm(request.POST)
    try:
        if not form.is_valid():
            raise facts.NoSuchItem
        actions.put_off_item(meeting=meeting, item=form.cleaned_data["item"], actor=request.user)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact)
    return done(request, meeting)


@require_POST
@follows_the_meeting
def return_item(request: Request, team: str, day: str) -> HttpResponse:
    """The item was not ready: ask for what is missing."""
    meeting = queries.meeting_to_lead(request.user, team, day)
    form = ReturnForm(request.POST)
    try:
        if not form.is_valid():
            raise facts.TextIsMissing
        actions.return_item(meeting=meeting, actor=request.user, **form.cleaned_data)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact)
    return done(request, meeting)
