"""The conversation about a report: its guide, what the group chose, and what was done."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from styrfart.climate import telling_report as telling
from styrfart.climate.actions import conversation as actions
from styrfart.climate.forms.conversation import ConversationForm, SaidAndDoneForm
from styrfart.climate.models import Conversation, SaidAndDone
from styrfart.climate.queries import conversation as queries
from styrfart.climate.queries import reports
from styrfart.climate.queries.released import Report
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.forms import RevisionForm


@require_http_methods(["GET", "POST"])
def conversation(request: Request, round_pk: int, unit: str = "", team: str = "") -> HttpResponse:
    """The guide in five steps, and what the group chose to keep and to change."""
    report = reports.report_for(request.user, round_pk=round_pk, unit=unit, team=team)
    ways = queries.ways_of(report, request.user)
    if request.method != "POST":
        return _guide(request, report, ways, _form(report, ways.conversation))
    group = queries.group_to_choose_for(report, request.user)
    form = ConversationForm(request.POST, released_on=report.released_on)
    if not form.is_valid():
        return _guide(request, report, ways, form)
    try:
        actions.choose(group=group, actor=request.user, **form.cleaned_data)
    except actions.ConversationMovedOn as moved:
        form.take_revision(moved.now.revision)
        return _guide(request, report, ways, form, now=moved.now)
    except actions.GroupIsAsked:
        receipts.warn(request, _("Gruppen har redan fått frågan om det har hjälpt. Det ni valde står kvar."))
    else:
        receipts.tell(request, _("Det ni valde är sparat."), draft=_draft(report))
    return redirect(telling.address(report.place, round_pk, "conversation"))


def _form(report: Report, chosen: Conversation | None) -> ConversationForm:
    initial: dict[str, Any] = {"chosen_on": timezone.localdate()}
    if chosen is not None:
        names = ("keep", "change", "chosen_on", "revision")
        initial = {name: getattr(chosen, name) for name in names}
    return ConversationForm(initial=initial, released_on=report.released_on)


def _guide(
    request: Request,
    report: Report,
    ways: queries.Ways,
    form: ConversationForm,
    *,
    now: Conversation | None = None,
) -> HttpResponse:
    chosen = ways.conversation
    is_asked = chosen is not None and chosen.follow_up_id is not None
    context = {
        **_about(report),
        "chosen": chosen,
        "now": now,
        "form": form if ways.may_choose and not is_asked else None,
        "has_errors": bool(form.errors) or now is not None,
        "follow_up": queries.follow_up_of(chosen, report, request.user) if chosen else None,
        "matter_url": _matter(ways) if chosen else "",
    }
    status = 422 if form.errors else 200
    return render(request, "climate/report/conversation.html", context, status=status)


def _about(report: Report) -> dict[str, Any]:
    address = telling.address(report.place, report.round_pk)
    return {
        "report": report,
        "report_url": address,
        "crumbs_path": [*telling.crumbs_of(report), report.title, address],
        "draft": _draft(report),
    }


def _matter(ways: queries.Ways) -> str:
    """The hand-in form of the reader's own team, begun: what was chosen as a question."""
    chosen = ways.conversation
    if ways.team is None or chosen is None:
        return reverse("matters:choose-team")
    asked = {
        "fraga": _("Hur gör vi det här: %(change)s") % {"change": chosen.change.rstrip(".?")[:180]} + "?",
        "varfor": _("%(group)s valde det efter %(round)s. Det här behåller vi: %(keep)s")
        % {"group": ways.group.name, "round": ways.group.round.title, "keep": chosen.keep},
    }
    return f"{reverse('matters:write', args=[ways.team.slug])}?{urlencode(asked)}"


def _draft(report: Report) -> str:
    return f"climate-conversation-{report.group_pk}"


@require_http_methods(["GET", "POST"])
def said_and_done(
    request: Request, round_pk: int, pk: int = 0, unit: str = "", team: str = ""
) -> HttpResponse:
    """What people said and what was done about it: the list, a new row, or one that is changed."""
    report = reports.report_for(request.user, round_pk=round_pk, unit=unit, team=team)
    group = queries.group_to_tell(report, request.user)
    told = queries.told(group, pk) if pk else None
    form = SaidAndDoneForm(request.POST or None, initial=_as_told(told))
    if request.method == "POST" and form.is_valid():
        content = {name: form.cleaned_data[name] for name in ("said", "done", "link")}
        try:
            if told is None:
                actions.tell_done(group=group, actor=request.user, **content)
            else:
                revision = form.cleaned_data["revision"]
                actions.change_told(told=told, revision=revision, actor=request.user, **content)
        except actions.SaidAndDoneMovedOn:
            receipts.warn(request, _("Någon annan har ändrat raden. Läs den och försök igen."))
        else:
            receipts.tell(request, _("Sparat. Det står i rapporten och i nästa inbjudan."))
        return redirect(telling.address(report.place, round_pk, "said-and-done"))
    return _told_page(request, report, form, told)


def _told_page(
    request: Request, report: Report, form: SaidAndDoneForm, told: SaidAndDone | None
) -> HttpResponse:
    context = {
        **_about(report),
        "rows": queries.ways_of(report, request.user).done,
        "told": told,
        "form": form,
        "here": telling.address(report.place, report.round_pk, "said-and-done"),
    }
    return render(request, "climate/report/said_and_done.html", context, status=422 if form.errors else 200)


def _as_told(told: SaidAndDone | None) -> dict[str, Any]:
    if told is None:
        return {}
    return {name: getattr(told, name) for name in ("said", "done", "link", "revision")}


@require_POST
def take_back_told(request: Request, round_pk: int, pk: int, unit: str = "", team: str = "") -> HttpResponse:
    """Take away one row of what was said and done."""
    report = reports.report_for(request.user, round_pk=round_pk, unit=unit, team=team)
    told = queries.told(queries.group_to_tell(report, request.user), pk)
    form = RevisionForm(request.POST)
    try:
        actions.take_back_told(told=told, revision=form.number, actor=request.user)
    except actions.SaidAndDoneMovedOn:
        receipts.warn(request, _("Någon annan har ändrat raden. Läs den och försök igen."))
    else:
        receipts.tell(request, _("Raden är borttagen."))
    return redirect(telling.address(report.place, round_pk, "said-and-done"))
