"""What the receiver of a matter, and the one who handed it in, do with it afterwards."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from styrfart.matters import actions, queries, rules
from styrfart.matters.facts import AlreadyAnswered
from styrfart.matters.forms import AnswerForm, PreparationForm, ReturnForm, TakeBackForm
from styrfart.matters.views.conflicts import show_conflicts
from styrfart.matters.views.desk import shown
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.forms import RevisionForm


@require_POST
def receive(request: Request, slug: str, nr: int) -> HttpResponse:
    """Confirm that the matter has arrived."""
    hand_over = queries.hand_over_for(request.user, nr)
    try:
        actions.receive(hand_over=hand_over, actor=request.user)
    except AlreadyAnswered:
        return _too_late(request, nr)
    receipts.tell(request, _("Bekräftat. Den som lämnade in ärendet får veta att du har tagit emot det."))
    return redirect("matters:show", slug, nr)


@require_POST
def answer(request: Request, slug: str, nr: int) -> HttpResponse:
    """Answer the matter."""
    hand_over = queries.hand_over_for(request.user, nr)
    if hand_over.to_person_id != request.user.pk:
        raise PermissionDenied
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "matters/show.html",
            shown(request, queries.matter_for(request.user, nr), answer_form=form),
            status=422,
        )
    try:
        actions.answer(hand_over=hand_over, text=form.cleaned_data["answer"], actor=request.user)
    except AlreadyAnswered:
        return _too_late(request, nr, typed=form.cleaned_data["answer"])
    receipts.tell(request, _("Svarat. De som väntade på svaret får det nu."), draft=f"answer-{nr}")
    return redirect("matters:show", slug, nr)


@require_POST
@show_conflicts
def hand_back(request: Request, slug: str, nr: int) -> HttpResponse:  # noqa: ARG001  # of the address
    """Hand the matter back with a reason."""
    hand_over = queries.hand_over_for(request.user, nr)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "matters/show.html",
            shown(request, queries.matter_for(request.user, nr), return_form=form),
            status=422,
        )
    try:
        hand_over = actions.hand_back(
            hand_over=hand_over, reason=form.cleaned_data["reason"], actor=request.user
        )
    except AlreadyAnswered:
        return _too_late(request, nr, typed=form.cleaned_data["reason"])
    receipts.tell(request, _("Lämnat tillbaka. De som lämnade ärendet får veta varför."))
    return redirect("matters:find", nr)


@require_POST
@show_conflicts
def take_back(request: Request, slug: str, nr: int) -> HttpResponse:  # noqa: ARG001  # of the address
    """Take the matter back to the queue from whoever got it."""
    hand_over = queries.hand_over_to_take_back(request.user, nr)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "matters/show.html",
            shown(request, queries.matter_for(request.user, nr), take_back_form=form),
            status=422,
        )
    reason = form.cleaned_data["taken_back"]
    try:
        actions.take_back(hand_over=hand_over, reason=reason, actor=request.user)
    except AlreadyAnswered:
        return _too_late(request, nr, typed=reason)
    receipts.tell(request, _("Tagit tillbaka till kön. De som berörs får veta varför."))
    return redirect("matters:find", nr)


@require_POST
def finish_preparation(request: Request, slug: str, nr: int) -> HttpResponse:
    """The official report is with the committee."""
    preparation = queries.preparation_for(request.user, nr)
    form = PreparationForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "matters/show.html",
            shown(request, queries.matter_for(request.user, nr), preparation_form=form),
            status=422,
        )
    try:
        actions.finish_preparation(
            preparation=preparation, reference=form.cleaned_data["reference"], actor=request.user
        )
    except AlreadyAnswered:
        return _too_late(request, nr, typed=form.cleaned_data["reference"])
    receipts.tell(request, _("Noterat. Tjänsteutlåtandet är lämnat, och nämnden beslutar."))
    return redirect("matters:show", slug, nr)


@require_POST
@show_conflicts
def withdraw(request: Request, slug: str, nr: int) -> HttpResponse:
    """Take the matter back."""
    matter = queries.matter_for(request.user, nr)
    if matter.handed_in_by_id != request.user.pk:
        raise PermissionDenied
    form = RevisionForm(request.POST)
    if not form.is_valid() or not rules.can_withdraw(request.user, matter):
        return redirect("matters:show", slug, nr)
    actions.withdraw(matter=matter, revision=form.cleaned_data["revision"], actor=request.user)
    receipts.tell(request, _("Återtaget. Ärendet finns kvar bland dina ärenden."))
    return redirect("matters:show", slug, nr)


def _too_late(request: Request, nr: int, *, typed: str = "") -> HttpResponse:
    """Somebody was first: what was typed is shown, so that it can be used elsewhere."""
    matter = queries.matter_for(request.user, nr)
    routing = queries.last_routing(matter)
    context = {
        "matter": matter,
        "team": matter.team,
        "routing": routing,
        "happened": _("Ärendet är redan besvarat, lämnat tillbaka eller ångrat."),
        "typed": [typed] if typed else [],
    }
    return render(request, "matters/already_routed.html", context, status=409)
