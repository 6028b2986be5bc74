"""Pages of decisions and actions."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from styrfart.decisions import queries
from styrfart.people.request import Request


@require_GET
def show(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """One decision: what, why, by whom, and how far it has come."""
    decision = queries.decision_for(request.user, slug, year, week, sequence)
    return render(request, "decisions/show.html", {"decision": decision})
