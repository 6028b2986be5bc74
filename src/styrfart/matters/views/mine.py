"""A person's own matters, and names while one writes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from styrfart.matters import phrases, queries
from styrfart.matters.fields import labelled, written
from styrfart.matters.forms import SuggestForm
from styrfart.matters.models import Matter
from styrfart.people import queries as people
from styrfart.people.models import Person
from styrfart.people.request import Request
from styrfart.shared.forms import PageForm

SUGGESTIONS = 8


@require_GET
def mine(request: Request) -> HttpResponse:
    """What I handed in and where it is, and what was handed to me."""
    found = queries.mine(request.user, PageForm(request.GET).number)
    context = {
        "mine": found,
        "under_way": [_row(matter, request.user) for matter in found.under_way],
        "closed": [_row(matter, request.user) for matter in found.closed],
    }
    return render(request, "matters/mine.html", context)


def _row(matter: Matter, reader: Person) -> tuple[Matter, str, str]:
    return matter, phrases.beyond_state(matter), phrases.tone(matter, reader)


@require_GET
def left_behind(request: Request) -> HttpResponse:
    """What ended teams left behind for me to place."""
    page = queries.left_behind(request.user, PageForm(request.GET).number)
    rows = [
        (matter, phrases.where_and_whether(matter), phrases.tone(matter, request.user)) for matter in page
    ]
    return render(request, "matters/left_behind.html", {"page": page, "rows": rows})


@require_GET
def suggest_people(request: Request) -> HttpResponse:
    """Names that begin as what has been written so far, as choices for a text box."""
    text = SuggestForm.text_of(request.GET)
    options = [
        (written(hit.person), hit.label)
        for hit in people.search_people(request.user, text, limit=SUGGESTIONS)
    ]
    return render(request, "matters/parts/options.html", {"options": options})


@require_GET
def suggest_units(request: Request) -> HttpResponse:
    """Units that begin as what has been written so far."""
    text = SuggestForm.text_of(request.GET)
    options = [
        (labelled(unit), str(unit.parent or ""))
        for unit in people.search_units(request.user, text, limit=SUGGESTIONS)
    ]
    return render(request, "matters/parts/options.html", {"options": options})
