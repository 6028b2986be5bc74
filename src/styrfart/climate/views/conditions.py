"""Managers' conditions: one's own posts, the posts under a unit, and limits of how many they lead."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styrfart.climate.actions import conditions as actions
from styrfart.climate.forms.conditions import SpanLimitsForm, WhichUnitForm
from styrfart.climate.queries.conditions import conditions_page
from styrfart.climate.queries.spans import SpanLimitsPage, span_limits_page
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.forms import RevisionForm, upon


@require_safe
def conditions(request: Request) -> HttpResponse:
    """How many posts lead, what managers say together, and what lies on their units."""
    form = WhichUnitForm(request.GET or None, user=request.user)
    page = conditions_page(request.user, form.code, language=request.LANGUAGE_CODE)
    context = {"page": page, "form": form}
    return render(request, "climate/conditions/conditions.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def span_limits(request: Request, code: str) -> HttpResponse:
    """Set how many a manager in the unit and below may lead before it is said."""
    page = span_limits_page(request.user, code)
    form = SpanLimitsForm(request.POST if request.method == "POST" else None, page=page)
    if not form.is_bound or not form.is_valid():
        return _limits(request, page, form, status=422 if form.errors else 200)
    try:
        actions.set_span_limits(
            unit=page.unit,
            revision=form.cleaned_data["revision"],
            limits=form.limits,
            actor=request.user,
        )
    except actions.LimitsMoved as moved:
        form.data = upon(form.data, moved.now.revision if moved.now else 0)
        return _limits(request, span_limits_page(request.user, code), form, status=409)
    receipts.tell(request, _("Gränserna är sparade."))
    return redirect("climate:span-limits", code)


def _limits(request: Request, page: SpanLimitsPage, form: SpanLimitsForm, *, status: int) -> HttpResponse:
    context = {"page": page, "form": form, "is_moved": status == 409}
    return render(request, "climate/conditions/limits.html", context, status=status)


@require_POST
def remove_span_limits(request: Request, code: str) -> HttpResponse:
    """Let the limits from above hold again."""
    page = span_limits_page(request.user, code)
    form = RevisionForm(request.POST)
    try:
        actions.remove_span_limits(unit=page.unit, revision=form.number, actor=request.user)
    except actions.LimitsMoved:
        receipts.warn(request, _("Någon ändrade gränserna medan du läste. Kontrollera vad som gäller nu."))
    else:
        receipts.tell(request, _("Enhetens egna gränser är borttagna."))
    return redirect("climate:span-limits", code)
