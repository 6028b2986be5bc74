"""Plan, move and cancel meetings and series."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from styrfart.meetings import actions, queries
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.forms.planning import (
    CancelForm,
    ChangeMeetingForm,
    DaysForm,
    EndSeriesForm,
    MeetingForm,
    RestOfSeriesForm,
    SeriesForm,
)
from styrfart.meetings.forms.structure import WhichForm
from styrfart.meetings.models import Meeting, MeetingKind, Rhythm, Series
from styrfart.meetings.queries.planning import Preview, SeriesDay, kinds_on, obstacles, preview, teammates
from styrfart.meetings.queries.series import rest_of
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.models import Team
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn
from styrfart.shared.templatetags.words import in_words, weekday

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
    return render(request, "meetings/cancel.html", context, status=status)


# --- series -----------------------------------------------------------------------------------------
@require_http_methods(GET_OR_POST)
def plan_series(request: Request, team: str, pk: int) -> HttpResponse:
    """The meetings of a kind for a time ahead: first the rhythm, then each day."""
    kind = queries.kind_to_plan(request.user, team, pk)
    posted = request.POST if request.method == "POST" else None
    form = SeriesForm(posted, initial=_usual(kind))
    return _series(request, kind, form, None)


def _usual(kind: MeetingKind) -> dict[str, Any]:
    """Where the kind's latest series ended, or from next week on."""
    today = timezone.localdate()
    latest = kind.series.order_by("-last_on").first()
    first = today + dt.timedelta(days=7 - today.weekday() + 3)
    return {
        "rhythm": latest.rhythm if latest else Rhythm.FORTNIGHTLY,
        "starts_at": latest.starts_at if latest else dt.time(9, 0),
        "first_on": first,
        "last_on": dt.date(first.year, 12, 20) if first.month < 12 else dt.date(first.year + 1, 6, 20),
    }


@require_http_methods(GET_OR_POST)
def change_series(request: Request, team: str, pk: int, series: int) -> HttpResponse:
    """Another rhythm or hour for the rest of a series."""
    of_kind = queries.series_to_plan(request.user, team, pk, series)
    posted = request.POST if request.method == "POST" else None
    form = RestOfSeriesForm(posted, series=of_kind)
    if of_kind.ended_at:
        return _series_ended(request, of_kind.kind)
    return _series(request, of_kind.kind, form, of_kind)


def _series(request: Request, kind: MeetingKind, form: SeriesForm, series: Series | None) -> HttpResponse:
    """Show the form; then the days; then plan them when the reader has seen them."""
    if not form.is_valid():
        return _series_page(request, kind, form, series)
    values = form.cleaned_data
    days = _preview(kind, values, series)
    posted = request.POST if "planera" in request.POST else None
    chosen = DaysForm(posted, preview=days, skips_july=values["skips_july"])
    if posted is None or not chosen.is_answered or not chosen.is_valid():
        fresh = DaysForm(preview=days, skips_july=values["skips_july"])
        return _series_page(request, kind, form, series, days=chosen if chosen.is_answered else fresh)
    try:
        return _series_planned(request, kind, values, series, chosen.chosen())
    except facts.SeriesHasNoDays:
        form.add_error(None, _("Inga möten är kvar. Låt minst en dag hållas."))
    except facts.KindEnded:
        form.add_error("last_on", _("Mötesformen är avslutad då. Välj en tidigare dag"))
    except facts.SeriesEnded:
        return _series_ended(request, kind)
    return _series_page(request, kind, form, series, days=chosen)


def _preview(kind: MeetingKind, values: dict[str, Any], series: Series | None) -> Preview:
    return preview(
        kind.team,
        rhythm=Rhythm(values["rhythm"]),
        first_on=values["first_on"],
        last_on=values["last_on"],
        starts_at=values["starts_at"],
        minutes=kind.minutes,
        besides=[meeting.pk for meeting in rest_of(series, values["from_day"])] if series else [],
    )


def _series_planned(
    request: Request,
    kind: MeetingKind,
    values: dict[str, Any],
    series: Series | None,
    days: list[tuple[dt.date, dt.date]],
) -> HttpResponse:
    same = {
        "rhythm": Rhythm(values["rhythm"]),
        **{name: values[name] for name in ("first_on", "last_on", "starts_at")},
        "days": days,
        "actor": request.user,
    }
    if series is None:
        actions.plan_series(kind=kind, **same)
        text = ngettext("%(count)s möte är planerat.", "%(count)s möten är planerade.", len(days))
    else:
        actions.change_series(series=series, from_day=values["from_day"], **same)
        text = ngettext("Serien är ändrad: %(count)s möte.", "Serien är ändrad: %(count)s möten.", len(days))
    tell(request, text % {"count": in_words(len(days), "ett").capitalize() if series is None else len(days)})
    return redirect("meetings:index", kind.team.slug)


def _series_ended(request: Request, kind: MeetingKind) -> HttpResponse:
    warn(request, _("Någon har redan ändrat eller avslutat serien. Här är det som gäller nu."))
    return redirect("meetings:edit-kind", kind.team.slug, kind.pk)


def _series_page(
    request: Request,
    kind: MeetingKind,
    form: SeriesForm,
    series: Series | None,
    days: DaysForm | None = None,
) -> HttpResponse:
    context = {"team": kind.team, "kind": kind, "form": form, "series": series, "days": days}
    return render(request, "meetings/series.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_OR_POST)
def end_series(request: Request, team: str, pk: int, series: int) -> HttpResponse:
    """Hold no more meetings of a series."""
    of_kind = queries.series_to_plan(request.user, team, pk, series)
    posted = request.POST if request.method == "POST" else None
    form = EndSeriesForm(posted, initial={"from_day": timezone.localdate() + dt.timedelta(days=1)})
    if form.is_valid():
        try:
            gone = actions.end_series(series=of_kind, actor=request.user, **form.cleaned_data)
        except facts.SeriesEnded:
            return _series_ended(request, of_kind.kind)
        text = ngettext(
            "Serien är avslutad. %(count)s möte är inställt.",
            "Serien är avslutad. %(count)s möten är inställda.",
            len(gone),
        )
        tell(request, text % {"count": len(gone)})
        return redirect("meetings:edit-kind", team, pk)
    context = {"team": of_kind.kind.team, "kind": of_kind.kind, "series": of_kind, "form": form}
    return render(request, "meetings/end_series.html", context, status=422 if form.errors else 200)
