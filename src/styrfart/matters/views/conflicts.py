"""When somebody else was first: what happened, and what was typed, on one page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from styrfart.matters import phrases, queries
from styrfart.matters.facts import AlreadyRouted, MatterChanged
from styrfart.matters.forms import long_texts
from styrfart.people.request import Request
from styrfart.shared import receipts

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponse]


def show_conflicts(view: View[P]) -> View[P]:
    """Answer 409 with what happened when a matter has got its route, or has been changed, in the meantime."""

    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except AlreadyRouted as fact:
            return _already_routed(request, fact)
        except MatterChanged as fact:
            matter = queries.matter_for(request.user, fact.matter.pk)
            receipts.warn(request, _("Ärendet har ändrats sedan du öppnade sidan. Läs det igen."))
            return redirect("matters:show", matter.team.slug, matter.pk)

    return guarded


def _already_routed(request: Request, fact: AlreadyRouted) -> HttpResponse:
    matter = queries.matter_for(request.user, fact.matter.pk)
    routing = queries.last_routing(matter)
    context: dict[str, Any] = {
        "matter": matter,
        "team": matter.team,
        "routing": routing,
        "happened": phrases.moved(routing) if routing else "",
        "typed": long_texts(request.POST),
    }
    return render(request, "matters/already_routed.html", context, status=409)
