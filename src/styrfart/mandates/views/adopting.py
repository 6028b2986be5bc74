"""Propose, confirm, ask for a change, take back, keep."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from styrfart.mandates import actions, queries
from styrfart.mandates.facts import (
    MandateChanged,
    MandateIncomplete,
    MandateNotAdopted,
    MandateNotDraft,
    MandateNotOpen,
    MandateNotProposed,
    NotAllConfirmed,
)
from styrfart.mandates.forms.adopting import ProposeForm, RemarkForm
from styrfart.mandates.forms.read import ReadForm, WhichForm, read_now
from styrfart.mandates.models import Mandate, MandateState
from styrfart.mandates.queries.mandates import (
    adopted_to_lead,
    draft_to_read,
    open_to_answer,
    open_to_lead,
)
from styrfart.mandates.queries.versions import compare_versions
from styrfart.mandates.views.reading import may
from styrfart.mandates.views.writing import check_context
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn


@require_POST
def propose_mandate(request: Request, team: str) -> HttpResponse:
    try:
        mandate = open_to_lead(request.user, team)
        form = ProposeForm(request.POST, mandate=mandate)
        if not form.is_valid():
            return render(request, "mandates/check.html", check_context(request, mandate, form), status=422)
        if not form.is_of(mandate):
            raise MandateChanged
        given = form.cleaned_data
        proposed = actions.propose_mandate(
            mandate=mandate, revision=given["revision"], actor=request.user, review_on=given["review_on"]
        )
    except MandateChanged:
        warn(request, _("Utkastet har ändrats sedan du öppnade sidan. Läs igenom det en gång till."))
    except MandateIncomplete:
        warn(request, _("Svara på alla frågor innan du föreslår mandatet."))
    except MandateNotDraft:
        warn(request, _("Mandatet är redan föreslaget, antaget eller kastat."))
        return redirect("mandates:show", team)
    else:
        return _after(request, proposed)
    return redirect("mandates:check", team)


def _after(request: Request, mandate: Mandate) -> HttpResponse:
    """Say what has become of a proposal, and show it."""
    if mandate.state == MandateState.ADOPTED:
        tell(request, _("Mandatet är antaget och gäller från och med i dag."))
        return redirect("mandates:show", mandate.team.slug)
    tell(request, _("Mandatet är föreslaget. Ledamöterna får veta nu."))
    return redirect("mandates:proposal", mandate.team.slug)


@require_GET
def proposal(request: Request, team: str) -> HttpResponse:
    mandate = draft_to_read(request.user, team)
    if mandate.state == MandateState.DRAFT:
        return redirect("mandates:check", team)
    return _proposal(request, mandate, RemarkForm())


def _proposal(request: Request, mandate: Mandate, remark: RemarkForm, status: int = 200) -> HttpResponse:
    adopted = queries.mandate_in_force(mandate.team)
    so_far = queries.confirming(mandate, timezone.localdate())
    context = {
        "team": mandate.team,
        "mandate": mandate,
        "round": so_far,
        "waits_for_me": mandate.state == MandateState.PROPOSED and so_far.waits_for(request.user),
        "comparison": compare_versions(adopted, mandate) if adopted else None,
        "form": remark,
        "read": ReadForm(initial=read_now(mandate)),
        **may(request, mandate.team),
    }
    return render(request, "mandates/proposal.html", context, status=status)


@require_POST
def confirm_mandate(request: Request, team: str) -> HttpResponse:
    form = ReadForm(request.POST)
    try:
        mandate = open_to_answer(request.user, team)
        if not form.is_of(mandate):
            raise MandateChanged
        confirmed = actions.confirm_mandate(mandate=mandate, revision=form.read_in, actor=request.user)
    except MandateChanged:
        warn(request, _("Förslaget har ändrats sedan du öppnade sidan. Läs det en gång till."))
        return redirect("mandates:proposal", team)
    except MandateNotProposed:
        warn(request, _("Förslaget är taget tillbaka eller redan antaget."))
        return redirect("mandates:show", team)
    if confirmed.state == MandateState.ADOPTED:
        tell(request, _("Du har bekräftat mandatet. Det är antaget och gäller från och med i dag."))
    else:
        tell(request, _("Du har bekräftat mandatet."))
    return redirect("mandates:show", team)


@require_POST
def ask_for_change(request: Request, team: str) -> HttpResponse:
    form = RemarkForm(request.POST)
    try:
        mandate = open_to_answer(request.user, team)
        if not form.is_valid():
            return _proposal(request, mandate, form, status=422)
        actions.ask_for_change(mandate=mandate, text=form.cleaned_data["text"], actor=request.user)
    except MandateNotOpen:
        warn(request, _("Förslaget är taget tillbaka eller redan antaget."))
        return redirect("mandates:show", team)
    except MandateNotProposed:
        form.add_error(
            None, _("Förslaget är taget tillbaka eller redan antaget. Det du skrev finns kvar här.")
        )
        return _proposal(request, mandate, form, status=409)
    tell(
        request,
        _("Förslaget är ett utkast igen. Ordföranden får veta vad du vill ändra."),
        draft=f"mandate-remark-{mandate.pk}",
    )
    return redirect("mandates:check", team)


@require_POST
def withdraw_proposal(request: Request, team: str) -> HttpResponse:
    try:
        mandate = open_to_lead(request.user, team)
        actions.withdraw_proposal(mandate=mandate, actor=request.user)
    except MandateNotProposed:
        warn(request, _("Förslaget är redan taget tillbaka eller antaget."))
        return redirect("mandates:show", team)
    tell(request, _("Förslaget är taget tillbaka. Mandatet är ett utkast igen."))
    return redirect("mandates:check", team)


@require_POST
def adopt_mandate(request: Request, team: str) -> HttpResponse:
    try:
        mandate = open_to_lead(request.user, team)
        actions.adopt_mandate(mandate=mandate, actor=request.user)
    except NotAllConfirmed:
        warn(request, _("Alla i gruppen har inte bekräftat än."))
        return redirect("mandates:proposal", team)
    except MandateNotProposed:
        warn(request, _("Förslaget är taget tillbaka eller redan antaget."))
    else:
        tell(request, _("Mandatet är antaget och gäller från och med i dag."))
    return redirect("mandates:show", team)


@require_POST
def keep_mandate(request: Request, team: str) -> HttpResponse:
    mandate = adopted_to_lead(request.user, team)
    try:
        if not WhichForm(request.POST).is_of(mandate):
            raise MandateNotAdopted
        actions.keep_mandate(mandate=mandate, actor=request.user)
    except MandateNotAdopted:
        warn(request, _("Mandatet har ersatts av ett nytt."))
    else:
        tell(request, _("Mandatet är genomgånget och gäller som det är. Nästa översyn är om ett år."))
    return redirect("mandates:show", team)
