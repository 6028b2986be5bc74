"""Who is at the meeting, and who has to leave the room for an item."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from styrfart.meetings import actions, queries
from styrfart.meetings import facts_live as facts
from styrfart.meetings.forms.live import (
    AttendeeForm,
    ExcludeForm,
    OwnPresenceForm,
    PresenceForm,
)
from styrfart.meetings.models import Meeting, Presence
from styrfart.meetings.views.live_answers import done, live_address, refused
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared import receipts


@require_http_methods(["GET", "POST"])
@follows_the_meeting
def attendance(request: Request, team: str, day: str) -> HttpResponse:
    """Everybody on the list, one row each; somebody new is put there below."""
    meeting = queries.meeting_to_keep(request.user, team, day)
    page = queries.live_page(request.user, meeting)
    form = AttendeeForm(request.POST or None, user=request.user, people=page.people)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_attendee(meeting=meeting, actor=request.user, **form.arguments())
        except facts.LiveRefused as fact:
            return refused(request, meeting, fact)
        receipts.tell(request, _("%(name)s står på listan.") % {"name": row.person})
        return redirect(_list_of(meeting))
    context = {"form": form, "page": page, "meeting": meeting, "team": meeting.team}
    context["has_errors"] = form.is_bound
    return render(request, "meetings/live_attendance.html", context, status=422 if form.is_bound else 200)


@require_POST
@follows_the_meeting
def note_presence(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """How one on the list takes part."""
    meeting = queries.meeting_to_keep(request.user, team, day)
    form = PresenceForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.note_presence(
                meeting=meeting,
                attendee=pk,
                presence=Presence(given["presence"]),
                excuse=given["excuse"],
                actor=request.user,
            )
        except facts.LiveRefused as fact:
            return refused(request, meeting, fact)
    return redirect(_list_of(meeting))


@require_POST
@follows_the_meeting
def note_own_presence(request: Request, team: str, day: str) -> HttpResponse:
    """I am here."""
    meeting = queries.meeting_to_join(request.user, team, day)
    form = OwnPresenceForm(request.POST)
    try:
        if not form.is_valid():
            raise facts.IsNotThere
        presence = Presence(form.cleaned_data["presence"])
        actions.note_own_presence(meeting=meeting, presence=presence, actor=request.user)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact)
    return done(request, meeting)


@require_http_methods(["GET", "POST"])
@follows_the_meeting
def exclude(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Somebody has a conflict of interest in the item, and leaves it."""
    meeting, item = queries.item_to_keep(request.user, team, day, pk)
    people = list(meeting.attendees.select_related("person"))
    form = ExcludeForm(request.POST or None, people=people, initial={"item": pk})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = form.people[given["person"]]
        try:
            actions.exclude(
                meeting=meeting, item=pk, person=person, ground=given["ground"], actor=request.user
            )
        except facts.LiveRefused as fact:
            return refused(request, meeting, fact)
        receipts.tell(request, _("%(name)s deltar inte i punkten.") % {"name": person})
        return redirect(live_address(meeting, pk))
    context = {
        "form": form,
        "item": item,
        "meeting": meeting,
        "team": meeting.team,
        "has_errors": form.is_bound,
    }
    return render(request, "meetings/live_exclude.html", context, status=422 if form.is_bound else 200)


@require_POST
@follows_the_meeting
def readmit(request: Request, team: str, day: str, pk: int, person: int) -> HttpResponse:
    """There was no conflict of interest after all."""
    meeting, _item = queries.item_to_keep(request.user, team, day, pk)
    try:
        actions.readmit(meeting=meeting, item=pk, person=person, actor=request.user)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact)
    return done(request, meeting, item=pk)


def _list_of(meeting: Meeting) -> str:
    return reverse("meetings:attendance", args=[meeting.team.slug, meeting.slug])
