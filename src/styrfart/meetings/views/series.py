"""Plan a series of meetings, change the rest of one, end it: first the rhythm, then each day."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from styrfart.meetings import actions, queries
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.forms.series import DaysForm, EndSeriesForm, RestOfSeriesForm, SeriesForm
from styrfart.meetings.models import MeetingKind, Rhythm, Series
from styrfart.meetings.queries.planning import Preview, preview
from styrfart.meetings.queries.series import rest_of
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn
from styrfart.shared.templatetags.words import in_words

GET_OR_POST = ["GET", "POST"]


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
    except facts.AlreadyPlanned:
        warn(request, _("Mötena är redan planerade. Här är de."))
        return redirect("meetings:index", kind.team.slug)
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
