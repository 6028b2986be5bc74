"""The notice of a meeting: read it through, send it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from styrfart.meetings.actions.notice import Called, call_meeting
from styrfart.meetings.facts import NothingToTell, NoticeChanged
from styrfart.meetings.forms.notice import CallForm
from styrfart.meetings.models import COMING, Meeting
from styrfart.meetings.queries.access import meeting_to_plan
from styrfart.meetings.queries.notice import notice_of
from styrfart.meetings.views.closed import show_closed
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.templatetags.words import in_words


@require_http_methods(["GET", "POST"])
@follows_the_meeting
@show_closed
def call(request: Request, team: str, day: str) -> HttpResponse:
    """What is sent and to whom; then it is sent."""
    meeting = meeting_to_plan(request.user, team, day)
    note = "" if meeting.called_at else meeting.note
    posted = request.POST if request.method == "POST" else None
    form = CallForm(posted, initial={"seen": meeting.tick, "note": note})
    if not form.is_valid():
        return _preview(request, meeting, form, status=422 if form.errors else 200)
    try:
        called = call_meeting(
            meeting=meeting,
            seen=form.cleaned_data["seen"],
            note=form.cleaned_data["note"],
            actor=request.user,
        )
    except NoticeChanged:
        form = CallForm(initial={"seen": meeting.tick, "note": form.cleaned_data["note"]})
        return _preview(request, meeting, form, status=409, has_changed=True)
    except NothingToTell:
        receipts.warn(request, _("Alla har fått kallelsen, och inget har ändrats sedan dess."))
    else:
        receipts.tell(request, _sent(called), draft=f"call-{meeting.pk}")
    return redirect(meeting.get_absolute_url())


def _preview(
    request: Request, meeting: Meeting, form: CallForm, *, status: int, has_changed: bool = False
) -> HttpResponse:
    context = {
        "team": meeting.team,
        "meeting": meeting,
        "notice": notice_of(meeting),
        "form": form,
        "has_changed": has_changed,
        "is_coming": meeting.state in COMING,
    }
    return render(request, "meetings/notice.html", context, status=status)


def _sent(called: Called) -> str:
    said = []
    if called.new:
        words = ngettext(
            "Kallelsen är skickad till %(count)s person.",
            "Kallelsen är skickad till %(count)s personer.",
            called.new,
        )
        said.append(words % {"count": in_words(called.new)})
    if called.told:
        words = ngettext(
            "Ändringarna är skickade till %(count)s person.",
            "Ändringarna är skickade till %(count)s personer.",
            called.told,
        )
        said.append(words % {"count": in_words(called.told)})
    return " ".join(said)
