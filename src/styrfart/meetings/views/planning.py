"""Plan, move and cancel meetings and series."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from styrfart.meetings import actions, queries, rules
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.forms.planning import (
    CancelForm,
    ChangeMeetingForm,
    MeetingForm,
)
from styrfart.meetings.forms.structure import WhichForm
from styrfart.meetings.models import Meeting, MeetingKind
from styrfart.meetings.queries.expected import teammates
from styrfart.meetings.queries.planning import SeriesDay, kinds_on, obstacles
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.models import Team
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn
from styrfart.shared.templatetags.words import weekday

GET_OR_POST = ["GET", "POST"]


@require_http_methods(GET_OR_POST)
def plan(request: Request, team: str) -> HttpResponse:
    """One meeting. What speaks against the day is shown once, before it is planned all the same."""
    of_team = queries.team_to_plan(request.user, team)
    today = timezone.localdate()
    kinds = kinds_on(of_team, today)
    which = WhichForm(request.GET)
    initial = {"kind": which.cleaned_data["mall"] if which.is_valid() else ""}
    posted = request.POST if request.method == "POST" else None
    form = MeetingForm(posted, kinds=kinds, people=teammates(of_team, today), initial=initial)
    against = None
    if form.is_valid():
        against = _against(of_team, form.cleaned_data)
        if against is None or form.cleaned_data["anyway"]:
            return _planned(request, of_team, form) or _plan_page(request, of_team, form, kinds, None)
    return _plan_page(request, of_team, form, kinds, against)


def _planned(request: Request, team: Team, form: MeetingForm) -> HttpResponse | None:
    try:
        meeting = actions.plan_meeting(team=team, kind=form.kind_chosen, wish=form.wish(), actor=request.user)
    except facts.KindEnded:
        form.add_error("held_on", _("Mötesformen är avslutad den dagen. Välj en tidigare dag"))
        return None
    except facts.AlreadyPlanned:
        warn(request, _("Mötet är redan planerat. Här är det."))
        return redirect("meetings:index", team.slug)
    tell(request, _("Mötet %(day)s är planerat.") % {"day": weekday(meeting.held_on)})
    return redirect(meeting)


def _plan_page(
    request: Request, team: Team, form: MeetingForm, kinds: list[MeetingKind], against: SeriesDay | None
) -> HttpResponse:
    status = 422 if form.errors or against else 200
    context = {"team": team, "form": form, "kinds": kinds, "against": against}
    return render(request, "meetings/plan.html", context, status=status)


def _against(team: Team, values: dict[str, Any], meeting: Meeting | None = None) -> SeriesDay | None:
    """What speaks against the day and hour; None when nothing does."""
    found = obstacles(
        team,
        values["held_on"],
        values["starts_at"],
        values["minutes"],
        besides=[meeting.pk] if meeting else [],
    )
    return None if found.is_clear else found


@require_http_methods(GET_OR_POST)
@follows_the_meeting
def change_meeting(request: Request, team: str, day: str) -> HttpResponse:
    """Move a meeting, or change its place or people."""
    meeting = queries.meeting_to_plan(request.user, team, day)
    posted = request.POST if request.method == "POST" else None
    people = teammates(meeting.team, timezone.localdate(), meeting.held_on)
    form = ChangeMeetingForm(posted, meeting=meeting, people=people)
    if not form.is_valid():
        return _change_page(request, meeting, form)
    is_moved = (meeting.held_on, meeting.starts_at) != (
        form.cleaned_data["held_on"],
        form.cleaned_data["starts_at"],
    )
    against = _against(meeting.team, form.cleaned_data, meeting) if is_moved else None
    if against and not form.cleaned_data["anyway"]:
        return _change_page(request, meeting, form, against=against)
    return _changed(request, meeting, form)


def _changed(request: Request, meeting: Meeting, form: ChangeMeetingForm) -> HttpResponse:
    try:
        fresh = actions.change_meeting(
            meeting=meeting,
            change=form.change(),
            revision=form.cleaned_data["revision"],
            actor=request.user,
        )
    except facts.PlanChanged:
        form.have_read(meeting.revision)
        return _change_page(request, meeting, form, status=409, is_changed=True)
    except facts.KindEnded:
        form.add_error("held_on", _("Mötesformen är avslutad den dagen. Välj en tidigare dag"))
        return _change_page(request, meeting, form)
    except facts.MeetingNotComing:
        return _too_late(request, meeting)
    tell(request, _("Mötet %(day)s är ändrat.") % {"day": weekday(fresh.held_on)})
    return redirect(fresh)


def _too_late(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    warn(request, _("Mötet har börjat, varit eller ställts in. Det går inte att ändra."))
    return redirect("meetings:index", meeting.team.slug)


def _change_page(
    request: Request, meeting: Meeting, form: ChangeMeetingForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"team": meeting.team, "meeting": meeting, "form": form, **more}
    if form.errors or more.get("against"):
        status = 422
    return render(request, "meetings/change.html", context, status=status)


@require_http_methods(GET_OR_POST)
@follows_the_meeting
def cancel_meeting(request: Request, team: str, day: str) -> HttpResponse:
    """Cancel a meeting that is still to come."""
    meeting = queries.meeting_to_plan(request.user, team, day)
    posted = request.POST if request.method == "POST" else None
    form = CancelForm(posted, initial={"revision": meeting.revision})
    status = 422 if form.errors else 200
    is_changed = False
    if form.is_valid():
        try:
            actions.cancel_meeting(meeting=meeting, actor=request.user, **form.cleaned_data)
        except facts.PlanChanged:
            form.have_read(meeting.revision)
            status, is_changed = 409, True
        except facts.MeetingNotComing:
            return _too_late(request, meeting)
        else:
            tell(request, _("Mötet %(day)s är inställt.") % {"day": weekday(meeting.held_on)})
            return redirect("meetings:index", team)
    context = {"team": meeting.team, "meeting": meeting, "form": form, "is_changed": is_changed}
    context["is_unopened"] = rules.was_never_opened(meeting, timezone.localdate())
    return render(request, "meetings/cancel.html", context, status=status)
