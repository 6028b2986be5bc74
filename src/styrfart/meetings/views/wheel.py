"""The annual wheel: the year as a picture and a list, and what is on it."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from styrfart.meetings import actions, queries, rules, starting_points
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.forms.wheel import (
    AS_USUAL,
    EARLIEST,
    LATEST,
    OTHER_DAY,
    SKIPPED,
    EndWheelForm,
    StartWheelForm,
    WheelItemForm,
    WheelYearForm,
    YearForm,
)
from styrfart.meetings.models import WheelItem
from styrfart.meetings.queries import wheel as reads
from styrfart.meetings.queries.expected import teammates
from styrfart.people.request import Request
from styrfart.shared.receipts import tell

GET_OR_POST = ["GET", "POST"]


@require_GET
def wheel(request: Request, team: str) -> HttpResponse:
    of_team = queries.team_for(request.user, team)
    today = timezone.localdate()
    year = YearForm(request.GET).year
    found = reads.year_of(of_team, year)
    context = {
        "team": of_team,
        "year": year,
        "today": today,
        "before": year - 1 if year > EARLIEST else None,
        "after": year + 1 if year < LATEST else None,
        "months": reads.by_month(found, year),
        "dues": [due for due in found if not due.is_skipped],
        "number": len(found),
        "can_plan": rules.can_plan(request.user, of_team),
    }
    return render(request, "meetings/wheel.html", context)


def _to_year(team: str, year: int) -> HttpResponse:
    return redirect(f"{reverse('meetings:wheel', args=[team])}?ar={year}")


@require_http_methods(GET_OR_POST)
def start_wheel(request: Request, team: str) -> HttpResponse:
    """Choose among what most municipal teams come back to."""
    of_team = queries.team_to_plan(request.user, team)
    known = {(each.title, each.month, each.day) for each in of_team.wheel.filter(last_year=None)}
    offered = {
        key: each
        for key, each in starting_points.wheel().items()
        if (each.title, each.month, each.day) not in known
    }
    posted = request.POST if request.method == "POST" else None
    form = StartWheelForm(posted, offered=offered, initial={"items": list(offered)})
    if form.is_valid():
        today = timezone.localdate()
        made = actions.add_wheel_items(team=of_team, items=form.chosen(), from_day=today, actor=request.user)
        text = ngettext(
            "%(count)s punkt är tillagd i årshjulet. Har dagen varit i år börjar den %(year)s.",
            "%(count)s punkter är tillagda i årshjulet. De vars dag har varit i år börjar %(year)s.",
            len(made),
        )
        tell(request, text % {"count": len(made), "year": today.year + 1})
        return redirect("meetings:wheel", team)
    context = {"team": of_team, "form": form, "is_empty": not offered}
    return render(request, "meetings/start_wheel.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_OR_POST)
def add_wheel_item(request: Request, team: str) -> HttpResponse:
    of_team = queries.team_to_plan(request.user, team)
    today = timezone.localdate()
    year = YearForm(request.GET).year
    initial = {"period": "own", "month": today.month, "weeks_before": 3, "minutes": 30}
    posted = request.POST if request.method == "POST" else None
    form = WheelItemForm(posted, people=teammates(of_team, today), initial=initial)
    if form.is_valid():
        actions.add_wheel_items(
            team=of_team, items=[form.values()], from_day=dt.date(year, 1, 1), actor=request.user
        )
        tell(request, _("%(title)s är tillagd i årshjulet.") % {"title": form.cleaned_data["title"]})
        return _to_year(team, year)
    context = {"team": of_team, "form": form, "year": year}
    return render(request, "meetings/wheel_item.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_OR_POST)
def edit_wheel_item(request: Request, team: str, pk: int) -> HttpResponse:
    item = queries.wheel_item_to_plan(request.user, team, pk)
    people = teammates(item.team, timezone.localdate())
    posted = request.POST if request.method == "POST" else None
    form = WheelItemForm(posted, people=people, initial=WheelItemForm.initial_of(item))
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.change_wheel_item(
                item=item,
                values=form.values(),
                revision=form.cleaned_data["revision"] or 0,
                actor=request.user,
            )
        except facts.PlanChanged:
            form.have_read(item.revision)
            status = 409
        else:
            tell(request, _("%(title)s är sparad.") % {"title": form.cleaned_data["title"]})
            return redirect("meetings:wheel", team)
    context = {"team": item.team, "item": item, "form": form, "is_changed": status == 409}
    return render(request, "meetings/wheel_item.html", context, status=status)


@require_http_methods(GET_OR_POST)
def change_year(request: Request, team: str, pk: int, year: int) -> HttpResponse:
    """Let one year differ."""
    item = queries.wheel_item_to_plan(request.user, team, pk)
    if not (EARLIEST <= year <= LATEST and reads.is_in(item, year)):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = WheelYearForm(posted, year=year, initial=_year_now(item, year))
    if not form.is_valid():
        return _year_page(request, item, form, status=422 if form.errors else 200)
    try:
        actions.change_wheel_year(
            item=item,
            year=year,
            revision=form.cleaned_data["revision"],
            actor=request.user,
            **form.arguments(),
        )
    except facts.PlanRefused:
        form.have_read(item.revision)
        return _year_page(request, item, form, status=409)
    tell(request, _("%(title)s %(year)s är sparad.") % {"title": item.title, "year": year})
    return _to_year(team, year)


def _year_page(request: Request, item: WheelItem, form: WheelYearForm, *, status: int) -> HttpResponse:
    context = {
        "team": item.team,
        "item": item,
        "year": form.year,
        "usual": reads.day_in(item, form.year),
        "form": form,
        "is_changed": status == 409,
    }
    return render(request, "meetings/wheel_year.html", context, status=status)


def _year_now(item: WheelItem, year: int) -> dict[str, object]:
    """What the year does now."""
    row = item.years.filter(year=year).first()
    what = AS_USUAL if row is None else SKIPPED if row.is_skipped else OTHER_DAY
    return {
        "revision": item.revision,
        "what": what,
        "due_on": row.due_on if row else None,
        "note": row.note if row else "",
    }


@require_http_methods(GET_OR_POST)
def end_wheel_item(request: Request, team: str, pk: int) -> HttpResponse:
    """Take an item off the wheel from a year on."""
    item = queries.wheel_item_to_plan(request.user, team, pk)
    initial = {"revision": item.revision, "from_year": timezone.localdate().year + 1}
    form = EndWheelForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.end_wheel_item(item=item, actor=request.user, **form.cleaned_data)
        except facts.PlanChanged:
            form.have_read(item.revision)
            status = 409
        else:
            tell(
                request,
                _("%(title)s är borta ur årshjulet från och med %(year)s.")
                % {"title": item.title, "year": form.cleaned_data["from_year"]},
            )
            return redirect("meetings:wheel", team)
    context = {"team": item.team, "item": item, "form": form, "is_changed": status == 409}
    return render(request, "meetings/end_wheel_item.html", context, status=status)
