"""The team's room."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from styrfart.matters import parts, queries, rules
from styrfart.people import queries as people
from styrfart.people.request import Request


@require_GET
def team(request: Request, slug: str) -> HttpResponse:
    """Why we exist, what waits, decisions on their way, what is next."""
    found = people.team_for(request.user, slug)
    own = people.standing(request.user).teams
    context = {
        "team": found,
        "room": queries.room(request.user, found),
        "teams": own if len(own) > 1 else (),
        "can_read_desk": rules.can_read_desk(request.user, found),
        "parts": parts.offered(parts.ROOM, request.user, found),
    }
    return render(request, "matters/room.html", context)


@require_GET
def teams(request: Request) -> HttpResponse:
    """The way in from the menu: straight to the only team, else a choice among one's own."""
    own = people.standing(request.user).teams
    if len(own) == 1:
        return redirect("matters:team", own[0].slug)
    return render(request, "matters/teams.html", {"teams": own})
