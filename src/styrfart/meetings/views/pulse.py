"""The pulse after a meeting."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from styrfart.meetings import actions, queries
from styrfart.meetings.forms import PulseForm
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
@follows_the_meeting
def answer_pulse(request: Request, team: str, day: str) -> HttpResponse:
    """Five questions on a page; the answers are counted and forgotten."""
    meeting, invitation = queries.pulse_to_answer(request.user, team, day)
    form = PulseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.answer_pulse(meeting=meeting, answers=form.answers(), actor=request.user)
        except actions.PulseIsClosed:
            messages.info(request, _("Svaren räknades inte: pulsen är stängd, eller så har du redan svarat."))
        else:
            messages.success(request, _("Tack. Dina svar är räknade."))
        return redirect("meetings:pulse", team=team, day=day)
    context = {
        "meeting": meeting,
        "team": meeting.team,
        "form": form,
        "least": settings.MIN_ANSWERS,
        "may_answer": not invitation.is_used and actions.is_pulse_open(meeting),
        "is_used": invitation.is_used,
    }
    return render(request, "meetings/pulse.html", context, status=422 if form.errors else 200)
