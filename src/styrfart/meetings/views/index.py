"""The team's meetings: the next one, those after it, and those that have been."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from styrfart.meetings import queries, rules
from styrfart.meetings.forms.planning import ShownForm
from styrfart.meetings.queries import index as reads
from styrfart.people.request import Request
from styrfart.shared.forms import PageForm


@require_GET
def index(request: Request, team: str) -> HttpResponse:
    of_team = queries.team_for(request.user, team)
    today = timezone.localdate()
    all_coming = ShownForm(request.GET).all_coming
    found = reads.index(of_team, today, PageForm(request.GET).number, all_coming=all_coming)
    context = {
        "team": of_team,
        "index": found,
        "today": today,
        "can_plan": rules.can_plan(request.user, of_team),
    }
    return render(request, "meetings/index.html", context)
