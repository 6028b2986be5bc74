"""The tree, a unit, a person."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from styrfart.people import queries
from styrfart.people.forms import OpenForm, PageForm
from styrfart.people.request import Request


@require_GET
@vary_on_headers("HX-Request")
def units(request: Request) -> HttpResponse:
    """The organisation from the top; a branch alone when the page asks for it."""
    code = OpenForm(request.GET).code
    if request.htmx and code:
        branch = queries.children(request.user, code)
        return render(request, "people/units.html#below", {"branches": branch.branches, "branch": branch})
    return render(
        request, "people/units.html", {"branches": queries.tree(request.user, code), "opened": code}
    )


@require_GET
def unit(request: Request, code: str) -> HttpResponse:
    """A unit: its place, head, teams, units below and people."""
    found = queries.unit_for(request.user, code)
    page = queries.unit_page(request.user, found, PageForm(request.GET).number)
    return render(request, "people/unit.html", {"page": page, "unit": found})


@require_GET
def person(request: Request, pk: int) -> HttpResponse:
    """A person: what concerns work, and no more."""
    found = queries.person_for(request.user, pk)
    page = queries.person_page(request.user, found)
    return render(request, "people/person.html", {"page": page, "person": found})
