"""The calendar's pages, and what is written in it by hand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from styrfart.load import actions, queries
from styrfart.load.forms import ClaimForm, OpenForm
from styrfart.people import queries as people
from styrfart.people.request import Request
from styrfart.shared.forms import RevisionForm
from styrfart.shared.receipts import tell, warn


@require_GET
def index(request: Request) -> HttpResponse:
    """What lies on the reader's own unit, else on the whole organisation."""
    here = queries.own_unit(request.user)
    page = queries.load_page(request.user, here) if here else None
    return render(request, "load/unit.html", {"page": page, "is_own": True})


@require_GET
def unit(request: Request, code: str) -> HttpResponse:
    """What lies on the unit and those below it in the weeks ahead."""
    found = people.unit_for(request.user, code)
    page = queries.load_page(request.user, found)
    return render(request, "load/unit.html", {"page": page, "is_own": False})


@require_http_methods(["GET", "POST"])
def enter_claim(request: Request) -> HttpResponse:
    """Write by hand that something takes people's time."""
    queries.writer_only(request.user)
    come_from = OpenForm(request.GET).code
    form = ClaimForm(request.POST or None, user=request.user, initial={"units": [come_from], "impact": "0"})
    if request.method == "POST" and form.is_valid():
        units = form.cleaned_data["units"]
        actions.enter_claim(wish=form.wish(), units=units, actor=request.user)
        tell(request, _("Det är inskrivet i kalendern."))
        return redirect("load:unit", units[0].code)
    return _form(request, form, {"verb": _("Skriv in"), "is_new": True})


@require_http_methods(["GET", "POST"])
def change_claim(request: Request, pk: int) -> HttpResponse:
    """Let what was entered by hand say something else."""
    claim = queries.claim_to_change(request.user, pk)
    form = ClaimForm.about(claim, request.POST or None, user=request.user)
    is_changed = False
    if request.method == "POST" and form.is_valid():
        units, known = form.cleaned_data["units"], form.cleaned_data["revision"] or 0
        try:
            actions.change_claim(
                claim=claim, revision=known, wish=form.wish(), units=units, actor=request.user
            )
        except actions.ClaimMovedOn:
            is_changed = True
            form.moved_on(claim.revision)
        else:
            tell(request, _("Ändringen är sparad."))
            return redirect("load:unit", units[0].code)
    context = {"verb": _("Spara"), "claim": claim, "is_changed": is_changed}
    return _form(request, form, context)


@require_http_methods(["GET", "POST"])
def remove_claim(request: Request, pk: int) -> HttpResponse:
    """Take what was entered by hand out of the calendar."""
    claim = queries.claim_to_change(request.user, pk)
    form = RevisionForm(request.POST or None, initial={"revision": claim.revision})
    if request.method == "POST" and form.is_valid():
        code = claim.units.all()[0].code
        try:
            actions.remove_claim(claim=claim, revision=form.cleaned_data["revision"], actor=request.user)
        except actions.ClaimMovedOn:
            warn(request, _("Någon ändrade medan du läste. Kontrollera vad som står nu."))
            return redirect("load:remove-claim", pk)
        tell(request, _("Det är borttaget ur kalendern."))
        return redirect("load:unit", code)
    return render(request, "load/remove.html", {"claim": claim, "form": form})


def _form(request: Request, form: ClaimForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "load/form.html", {"form": form, **context}, status=status)
