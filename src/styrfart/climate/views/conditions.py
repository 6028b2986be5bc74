"""Managers' conditions: one's own posts, and the posts under a unit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styrfart.climate.forms.conditions import WhichUnitForm
from styrfart.climate.queries.conditions import conditions_page
from styrfart.people.request import Request


@require_safe
def conditions(request: Request) -> HttpResponse:
    """How many posts lead, what managers say together, and what lies on their units."""
    form = WhichUnitForm(request.GET or None, user=request.user)
    page = conditions_page(request.user, form.code, language=request.LANGUAGE_CODE)
    context = {"page": page, "form": form}
    return render(request, "climate/conditions/conditions.html", context, status=422 if form.errors else 200)
