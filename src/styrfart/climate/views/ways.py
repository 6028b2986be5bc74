"""How I work best: my own page, and those that people of my team or unit show."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styrfart.climate.actions import ways as actions
from styrfart.climate.forms.ways import WayForm
from styrfart.climate.models import WayOfWorking
from styrfart.climate.queries import ways as queries
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.forms import upon


@require_safe
def ways(request: Request) -> HttpResponse:
    """My page, who may read it, and the teams and units whose pages I may read."""
    return render(request, "climate/ways/home.html", {"page": queries.ways_home(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_way(request: Request) -> HttpResponse:
    """Write my page, and choose who may read it."""
    home = queries.ways_home(request.user)
    form = WayForm(request.POST if request.method == "POST" else None, home=home)
    if not form.is_bound or not form.is_valid():
        return _page(request, form)
    try:
        actions.save_way(
            revision=form.cleaned_data["revision"],
            texts=form.texts,
            team_ids=form.team_ids,
            unit_ids=form.unit_ids,
            actor=request.user,
        )
    except actions.WayMoved as moved:
        form.data = upon(form.data, moved.now.revision)
        return _page(request, form, now=moved.now)
    receipts.tell(request, _("Sidan är sparad."), draft="way")
    return redirect("climate:ways")


def _page(request: Request, form: WayForm, *, now: WayOfWorking | None = None) -> HttpResponse:
    lines = [(heading, getattr(now, name)) for name, heading in queries.HEADINGS.items()] if now else []
    context = {"form": form, "is_moved": now is not None, "now": [each for each in lines if each[1]]}
    return render(
        request, "climate/ways/edit.html", context, status=409 if now else 422 if form.errors else 200
    )


@require_POST
def take_down_way(request: Request) -> HttpResponse:
    """Show my page to nobody."""
    queries.ways_home(request.user)
    actions.take_down_way(actor=request.user)
    receipts.tell(request, _("Sidan är nedtagen. Bara du ser den."))
    return redirect("climate:ways")


@require_safe
def ways_of_team(request: Request, team: str) -> HttpResponse:
    """The pages of those in a team, beside each other."""
    page = queries.ways_of_team(request.user, team)
    return render(request, "climate/ways/circle.html", {"page": page})


@require_safe
def ways_of_unit(request: Request, code: str) -> HttpResponse:
    """The pages of those in a unit, beside each other."""
    page = queries.ways_of_unit(request.user, code)
    return render(request, "climate/ways/circle.html", {"page": page})
