"""A draft of the agenda for the secretary to change."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from styrfart.meetings import actions, facts, phrases, purposes, queries
from styrfart.meetings.forms import DraftForm
from styrfart.meetings.models import Meeting
from styrfart.meetings.queries import DraftAgenda
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.templatetags.words import in_words


@require_http_methods(["GET", "HEAD", "POST"])
@follows_the_meeting
def propose_agenda(request: Request, team: str, day: str) -> HttpResponse:
    """What the draft chooses and leaves, with reasons; what is ticked is put on the agenda."""
    meeting = queries.agenda_to_change(request.user, team, day)
    agenda = queries.draft_agenda(request.user, meeting)
    form = DraftForm(request.POST if request.method == "POST" else None, agenda=agenda)
    if form.is_bound and form.is_valid():
        try:
            added = actions.take_up_proposed(meeting=meeting, placings=form.chosen, actor=request.user)
        except facts.AgendaClosed as closed:
            return render(
                request, "meetings/propose.html", _context(closed.meeting, agenda, form), status=409
            )
        told = ngettext("%(count)s punkt är tillagd.", "%(count)s punkter är tillagda.", len(added))
        receipts.tell(request, told % {"count": in_words(len(added)).capitalize()})
        return redirect("meetings:show", team, day)
    return render(
        request, "meetings/propose.html", _context(meeting, agenda, form), status=422 if form.errors else 200
    )


def _context(meeting: Meeting, agenda: DraftAgenda, form: DraftForm) -> dict[str, object]:
    rows = {
        name: [
            (
                each,
                phrases.reasons(each, meeting),
                form.is_ticked(each.proposed),
                purposes.VERBS[each.proposed.purpose],
            )
            for each in placings
        ]
        for name, placings in (("chosen", agenda.chosen), ("left", agenda.left))
    }
    written = [(each, form.is_ticked(each)) for each in agenda.in_writing]
    return {
        "team": meeting.team,
        "meeting": meeting,
        "agenda": agenda,
        "form": form,
        "written": written,
        **rows,
    }
