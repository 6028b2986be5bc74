"""Putting an item off."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from styrfart.meetings.actions.postponing import postpone_item as postpone
from styrfart.meetings.facts import ItemChanged
from styrfart.meetings.forms.moving import PostponeForm
from styrfart.meetings.queries.agenda import item_to_change
from styrfart.meetings.queries.coming import coming_after
from styrfart.meetings.views.closed import show_closed
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.templatetags.words import weekday


@require_http_methods(["GET", "POST"])
@follows_the_meeting
@show_closed
def postpone_item(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Put the item off to a coming meeting, or a matter back to the queue."""
    meeting, line = item_to_change(request.user, team, day, pk)
    form = PostponeForm(
        request.POST if request.method == "POST" else None,
        meetings=coming_after(meeting),
        has_queue=bool(line.item.matter_id or line.item.decision_id),
        initial={"revision": line.item.revision},
    )
    if form.is_valid():
        revision, to = form.cleaned_data["revision"], form.meeting
        try:
            postpone(item=line.item, revision=revision, to=to, actor=request.user)
        except ItemChanged:
            receipts.warn(request, _("Punkten har ändrats sedan du öppnade sidan. Läs den igen."))
            return redirect("meetings:show-item", team, meeting.slug, pk)
        said = (
            _("Bordlagd. Frågan står nu på dagordningen %(day)s.") % {"day": weekday(to.held_on)}
            if to
            else _("Bordlagd. Frågan är i kö till ett kommande möte.")
        )
        receipts.tell(request, said)
        return redirect(meeting.get_absolute_url())
    context = {"team": meeting.team, "meeting": meeting, "line": line, "item": line.item, "form": form}
    return render(request, "meetings/postpone_item.html", context, status=422 if form.errors else 200)
