"""What approver and checker answer: yes, or that something must be changed first."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from styrfart.meetings import actions, queries
from styrfart.meetings.forms import AnswerForm, SendBackForm
from styrfart.meetings.models import Minutes, MinutesState
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn


@require_POST
@follows_the_meeting
def approve(request: Request, team: str, day: str) -> HttpResponse:
    """The text that was read is approved."""
    return _answer(request, team, day, actions.approve_minutes)


@require_POST
@follows_the_meeting
def check(request: Request, team: str, day: str) -> HttpResponse:
    """The text that was read is what happened."""
    return _answer(request, team, day, actions.check_minutes)


@require_http_methods(["GET", "POST"])
@follows_the_meeting
def send_back(request: Request, team: str, day: str) -> HttpResponse:
    """Something must be changed first."""
    minutes = queries.latest_minutes_for(request.user, team, day)
    if not queries.may_send_back(request.user, minutes):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = SendBackForm(sent, initial={"revision": minutes.revision})
    if form.is_valid():
        try:
            actions.send_back_minutes(minutes=minutes, actor=request.user, **form.cleaned_data)
        except actions.MinutesHaveMovedOn:
            _has_moved_on(request)
        else:
            tell(request, _("Anteckningarna är skickade tillbaka."), draft=f"minutes-back-{minutes.pk}")
        return redirect("meetings:minutes", team, day)
    context = {"minutes": minutes, "form": form}
    return render(request, "meetings/minutes/send_back.html", context, status=422 if form.errors else 200)


def _answer(request: Request, team: str, day: str, act: Callable[..., Any]) -> HttpResponse:
    minutes = queries.latest_minutes_for(request.user, team, day)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        _has_moved_on(request)
        return redirect("meetings:minutes", team, day)
    try:
        done: Minutes = act(minutes=minutes, actor=request.user, **form.cleaned_data)
    except actions.MinutesHaveMovedOn:
        _has_moved_on(request)
    except actions.RecordsHaveChanged:
        words = _(
            "Ett beslut har återtagits eller en bilaga ändrats sedan dess. Skicka tillbaka anteckningarna."
        )
        warn(request, words)
    else:
        tell(request, _receipt(done))
    return redirect("meetings:minutes", team, day)


def _receipt(minutes: Minutes) -> str:
    if minutes.state == MinutesState.APPROVED:
        return _("Anteckningarna är godkända och låsta. De som berörs får ett brev.")
    if minutes.checked_at:
        return _("Du har justerat anteckningarna. De är klara när de också är godkända.")
    return _("Du har godkänt anteckningarna. De är klara när de också är justerade.")


def _has_moved_on(request: Request) -> None:
    warn(request, _("Anteckningarna har ändrats sedan du öppnade sidan. Läs dem igen och svara sedan."))
