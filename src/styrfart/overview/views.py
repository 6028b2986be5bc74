"""Home, all that waits, and search."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from styrfart.overview import queries
from styrfart.overview.forms import SearchForm
from styrfart.people.request import Request


@require_GET
def home(request: Request) -> HttpResponse:
    """A queue first, then what comes, then what is on its way; figures last and in words."""
    return render(
        request,
        "overview/home.html",
        {"home": queries.home(request.user), "greeting": greeting(timezone.localtime().hour)},
    )


@require_GET
def waiting(request: Request) -> HttpResponse:
    """Everything that waits, without a limit."""
    return render(request, "overview/waiting.html", {"items": queries.waiting(request.user)})


@require_GET
@vary_on_headers("HX-Request")
def search(request: Request) -> HttpResponse:
    """Hits by kind; the list alone when the page asks for it while somebody types."""
    form = SearchForm(request.GET)
    groups = queries.search(request.user, form.text, form.only)
    template = "overview/search.html"
    if request.htmx and not request.htmx.boosted:
        template += "#results"
    return render(request, template, {"form": form, "groups": groups, "text": form.text, "only": form.only})


def greeting(hour: int) -> str:
    """By the time of day, as one greets in a corridor."""
    if 4 <= hour < 10:
        return _("God morgon")
    if hour < 12 and hour >= 10:
        return _("God förmiddag")
    if 12 <= hour < 18:
        return _("God eftermiddag")
    return _("God kväll")
