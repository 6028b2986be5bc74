"""The mirror: how the team works, for the team itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from styrfart.matters import findings, parts, queries
from styrfart.people.request import Request


@require_GET
def mirror(request: Request, slug: str) -> HttpResponse:
    """What the last year says, in findings with their numbers."""
    team = queries.mirror_for(request.user, slug)
    found = queries.mirror(team)
    context = {
        "team": team,
        "mirror": found,
        "says": findings.findings(found),
        "rows": findings.quarter_rows(found),
        "key": findings.key(),
        "ways": findings.WAYS.values(),
        "overruled": [findings.told_rule(use, slug=slug) for use in found.uses if use.is_often_overruled],
        "enough": queries.ENOUGH,
        "can_read_desk": True,
        "parts": parts.offered(parts.MIRROR, request.user, team),
    }
    return render(request, "matters/mirror.html", context)
