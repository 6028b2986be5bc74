"""Advice before a meeting: asked on the item, given on a page of its own."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from styrfart.meetings import actions, facts, queries
from styrfart.meetings.forms import AskAdviceForm, GiveAdviceForm
from styrfart.meetings.models import Advice, AgendaItem, Meeting
from styrfart.meetings.queries import AdvicePage
from styrfart.meetings.queries.agenda import item_to_prepare
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared import receipts


@require_http_methods(["GET", "HEAD", "POST"])
@follows_the_meeting
def ask_advice(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Ask somebody for advice on an item."""
    meeting, line = item_to_prepare(request.user, team, day, pk)
    form = AskAdviceForm(
        request.POST if request.method == "POST" else None, meeting=meeting, user=request.user
    )
    if form.is_bound and form.is_valid():
        try:
            return _asked(request, meeting, line.item, form)
        except facts.AdviceAlreadyAsked:
            form.add_error("asked_of", _("Den personen är redan tillfrågad om punkten"))
        except facts.AdvisorMayNotRead:
            form.add_error("asked_of", _("Punkten omfattas av sekretess. Välj någon som får läsa den"))
        except (facts.ItemLeft, facts.AgendaClosed):
            receipts.warn(request, _("Punkten är redan avslutad. Inget råd begärdes."))
            return redirect("meetings:show", team, day)
    context = {
        "team": meeting.team,
        "meeting": meeting,
        "line": line,
        "form": form,
        "asked": queries.advice_on(line.item),
        "absent": queries.worth_asking(meeting, line.item),
    }
    return render(request, "meetings/ask_advice.html", context, status=422 if form.errors else 200)


def _asked(request: Request, meeting: Meeting, item: AgendaItem, form: AskAdviceForm) -> HttpResponse:
    advice = actions.ask_advice(item=item, actor=request.user, **form.cleaned_data)
    told = _("%(name)s får din fråga nu.") % {"name": advice.asked_of.full_name}
    receipts.tell(request, told, draft=f"advice-{item.pk}")
    return redirect("meetings:ask-advice", meeting.team.slug, meeting.slug, item.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: Request, nr: int) -> HttpResponse:
    """Read what is asked, and give the advice."""
    page = queries.advice_for(request.user, nr)
    if request.method != "POST":
        return _page(request, page, _form_for(page.advice))
    form = GiveAdviceForm(request.POST)
    if not form.is_valid():
        return _page(request, page, form)
    try:
        actions.give_advice(advice=page.advice, actor=request.user, **form.cleaned_data)
    except facts.AdviceIsClosed as closed:
        return _page(request, queries.advice_for(request.user, nr), form, now=closed.advice)
    receipts.tell(request, _("Sparat. Alla på mötet kan läsa ditt råd."), draft=f"give-advice-{nr}")
    return redirect("meetings:advice", nr)


@require_POST
def decline_advice(request: Request, nr: int) -> HttpResponse:
    """Say that no advice will come."""
    page = queries.advice_for(request.user, nr)
    try:
        actions.decline_advice(advice=page.advice, actor=request.user)
    except facts.AdviceIsClosed:
        receipts.warn(request, _("Det går inte längre att tacka nej."))
    else:
        receipts.tell(request, _("Den som frågade får veta att du inte kan ge råd den här gången."))
    return redirect("meetings:advice", nr)


def _form_for(given: Advice) -> GiveAdviceForm:
    return GiveAdviceForm(initial={"revision": given.revision, "text": given.text})


def _page(
    request: Request, page: AdvicePage, form: GiveAdviceForm, *, now: Advice | None = None
) -> HttpResponse:
    context = {"page": page, "advice": page.advice, "item": page.item, "meeting": page.meeting}
    status = 422 if form.errors else 409 if now else 200
    return render(request, "meetings/advice.html", {**context, "form": form, "now": now}, status=status)
