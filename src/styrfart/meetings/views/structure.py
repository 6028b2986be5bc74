"""How the team meets: kinds of meeting, their standing items, and how they end."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.meetings import actions, queries, rules, starting_points
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.forms.structure import EndKindForm, KindForm, StandingItemForm, StepForm, WhichForm
from styrfart.meetings.models import MeetingKind
from styrfart.meetings.queries import structure as reads
from styrfart.meetings.queries.expected import teammates
from styrfart.meetings.starting_points import KindStart
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn

GET_OR_POST = ["GET", "POST"]


@require_GET
def kinds(request: Request, team: str) -> HttpResponse:
    of_team = queries.team_for(request.user, team)
    found = reads.structure(of_team, timezone.localdate())
    can_plan = rules.can_plan(request.user, of_team)
    names = {row.kind.name for row in found.kinds}
    starts = [each for each in starting_points.kinds().values() if each.values.name not in names]
    context = {
        "team": of_team,
        "structure": found,
        "starts": starts if can_plan else [],
        "can_plan": can_plan,
    }
    return render(request, "meetings/kinds.html", context)


def _start(request: Request) -> KindStart | None:
    which = WhichForm(request.GET)
    return starting_points.kinds().get(which.cleaned_data["mall"]) if which.is_valid() else None


@require_http_methods(GET_OR_POST)
def add_kind(request: Request, team: str) -> HttpResponse:
    """A kind of the team's own, from a starting point (`?mall=`) or from nothing."""
    of_team = queries.team_to_plan(request.user, team)
    start = _start(request)
    initial = {
        name: getattr(start.values, name)
        for name in actions.KindValues.__dataclass_fields__
        if start is not None
    } or {"minutes": 120, "call_days": 5, "lead_days": 5, "approve_days": 3, "has_adjuncts": True}
    form = KindForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        standing = start.standing if start else ()
        try:
            kind = actions.add_kind(team=of_team, values=form.values(), standing=standing, actor=request.user)
        except facts.NameTaken:
            form.add_error("name", _("Ni har redan ett möte som heter så. Välj ett annat namn"))
        else:
            tell(request, _("%(name)s är tillagt. Planera nu när ni möts.") % {"name": kind.name})
            return redirect("meetings:edit-kind", team, kind.pk)
    context = {"team": of_team, "form": form, "start": start}
    return render(request, "meetings/add_kind.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_OR_POST)
def edit_kind(request: Request, team: str, pk: int) -> HttpResponse:
    kind = queries.kind_to_plan(request.user, team, pk)
    form = KindForm(request.POST if request.method == "POST" else None, initial=KindForm.initial_of(kind))
    if not form.is_valid():
        return _kind_page(request, kind, form)
    try:
        actions.change_kind(
            kind=kind, values=form.values(), revision=form.cleaned_data["revision"] or 0, actor=request.user
        )
    except facts.PlanChanged:
        form.have_read(kind.revision)
        return _kind_page(request, kind, form, status=409)
    except facts.NameTaken:
        form.add_error("name", _("Ni har redan ett möte som heter så. Välj ett annat namn"))
        return _kind_page(request, kind, form)
    except facts.KindEnded:
        return _ended(request, kind)
    tell(request, _("%(name)s är sparat.") % {"name": form.cleaned_data["name"]})
    return redirect("meetings:edit-kind", team, pk)


def _ended(request: Request, kind: MeetingKind) -> HttpResponse:
    warn(request, _("%(name)s är avslutat och går inte att ändra.") % {"name": kind.name})
    return redirect("meetings:kinds", kind.team.slug)


def _kind_page(request: Request, kind: MeetingKind, form: KindForm, *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "team": kind.team,
        "kind": kind,
        "form": form,
        "standing": kind.standing_items.select_related("owner"),
        "rota": kind.rota.select_related("person"),
        "series": [
            each for each in kind.series.select_related("kind") if not each.ended_at and each.last_on >= today
        ],
        "is_changed": status == 409,
    }
    return render(request, "meetings/kind.html", context, status=422 if form.errors else status)


@require_http_methods(GET_OR_POST)
def end_kind(request: Request, team: str, pk: int) -> HttpResponse:
    """Hold no more meetings of the kind after a day; what has been held stays."""
    kind = queries.kind_to_plan(request.user, team, pk)
    posted = request.POST if request.method == "POST" else None
    form = EndKindForm(posted, initial={"last_day": timezone.localdate(), "revision": kind.revision})
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            gone = actions.end_kind(kind=kind, actor=request.user, **form.cleaned_data)
        except facts.PlanChanged:
            form.have_read(kind.revision)
            status = 409
        except facts.KindEnded:
            return _ended(request, kind)
        else:
            text = ngettext(
                "%(name)s är avslutat. %(count)s möte är inställt.",
                "%(name)s är avslutat. %(count)s möten är inställda.",
                len(gone),
            )
            tell(request, text % {"name": kind.name, "count": len(gone)})
            return redirect("meetings:kinds", team)
    context = {"team": kind.team, "kind": kind, "form": form, "is_changed": status == 409}
    return render(request, "meetings/end_kind.html", context, status=status)


# --- standing items ---------------------------------------------------------------------------------
@require_http_methods(GET_OR_POST)
def add_standing_item(request: Request, team: str, pk: int) -> HttpResponse:
    kind = queries.kind_to_plan(request.user, team, pk)
    people = teammates(kind.team, timezone.localdate())
    posted = request.POST if request.method == "POST" else None
    form = StandingItemForm(posted, people=people, initial={"revision": kind.revision, "level": "tactical"})
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            item = actions.add_standing_item(
                kind=kind, values=form.values(), revision=form.cleaned_data["revision"], actor=request.user
            )
        except facts.PlanChanged:
            form.have_read(kind.revision)
            status = 409
        except facts.KindEnded:
            return _ended(request, kind)
        else:
            tell(request, _("%(title)s är tillagd.") % {"title": item.title})
            return redirect("meetings:edit-kind", team, pk)
    context = {"team": kind.team, "kind": kind, "form": form, "is_changed": status == 409}
    return render(request, "meetings/standing_item.html", context, status=status)


@require_http_methods(GET_OR_POST)
def edit_standing_item(request: Request, team: str, pk: int, item: int) -> HttpResponse:
    found = queries.standing_item_to_plan(request.user, team, pk, item)
    kind = found.kind
    people = teammates(kind.team, timezone.localdate())
    posted = request.POST if request.method == "POST" else None
    form = StandingItemForm(posted, people=people, initial=StandingItemForm.initial_of(found))
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.change_standing_item(
                item=found, values=form.values(), revision=form.cleaned_data["revision"], actor=request.user
            )
        except facts.PlanChanged:
            form.have_read(kind.revision)
            status = 409
        except facts.KindEnded:
            return _ended(request, kind)
        else:
            tell(request, _("%(title)s är sparad.") % {"title": form.cleaned_data["title"]})
            return redirect("meetings:edit-kind", team, pk)
    context = {"team": kind.team, "kind": kind, "item": found, "form": form, "is_changed": status == 409}
    return render(request, "meetings/standing_item.html", context, status=status)


@require_POST
def move_standing_item(request: Request, team: str, pk: int, item: int) -> HttpResponse:
    found = queries.standing_item_to_plan(request.user, team, pk, item)
    step = StepForm(request.POST).step
    if step:
        actions.move_standing_item(item=found, step=step, actor=request.user)
    return redirect("meetings:edit-kind", team, pk)


@require_POST
def remove_standing_item(request: Request, team: str, pk: int, item: int) -> HttpResponse:
    found = queries.standing_item_to_plan(request.user, team, pk, item)
    actions.remove_standing_item(item=found, actor=request.user)
    tell(request, _("%(title)s är borttagen.") % {"title": found.title})
    return redirect("meetings:edit-kind", team, pk)
