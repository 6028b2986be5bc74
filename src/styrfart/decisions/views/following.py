"""The steps on the way to effect. Each is posted from the page of the decision and leads back to it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from styrfart.decisions import actions, queries
from styrfart.decisions.forms import EffectForm, MoveForm, RegisterForm, ReportForm, ReviewForm, StepForm
from styrfart.decisions.forms.following import DONE
from styrfart.decisions.models import Decision
from styrfart.decisions.views.deciding import page
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn
from styrfart.shared.templatetags.words import day


def _answer(
    request: Request, decision: Decision, name: str, form: StepForm, act: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """Do what the form asks; `act` gives the receipt. When it cannot be done the page says why."""
    if form.is_valid():
        try:
            words = act(form.cleaned_data)
        except actions.DecisionRefused as refusal:
            number = (decision.year, decision.week, decision.sequence)
            decision = queries.decision_for(request.user, decision.team.slug, *number)
            form.refuse(refusal, revision=decision.revision)
        else:
            tell(request, words)
            return redirect(decision)
    return page(request, decision, **{name: form})


@require_POST
def take_on(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """The owner takes the decision on."""
    decision = queries.decision_for(request.user, slug, year, week, sequence)
    try:
        actions.take_on(decision=decision, actor=request.user)
    except actions.NotInForce:
        warn(request, _("Beslutet gäller inte längre. Någon har återtagit eller ersatt det."))
    else:
        tell(request, _("Du har tagit dig an beslutet. Vi påminner %(day)s.") % {"day": day(decision.due_on)})
    return redirect(decision)


@require_POST
def confirm_receipt(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """The recipient has read the decision."""
    decision = queries.decision_for(request.user, slug, year, week, sequence)
    actions.confirm_receipt(decision=decision, actor=request.user)
    tell(request, _("Du har bekräftat att du har tagit del av beslutet."))
    return redirect(decision)


@require_POST
def report_progress(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """Where the decision stands, or that it has been carried out."""
    decision = queries.decision_for(request.user, slug, year, week, sequence)

    def act(data: dict[str, Any]) -> str:
        if data["what"] != DONE:
            actions.note_progress(decision=decision, note=data["note"], actor=request.user)
            return _("Läget är rapporterat.")
        made = actions.report_done(
            decision=decision, note=data["note"], revision=data["revision"], actor=request.user
        )
        words = _("Genomförandet är rapporterat. Effekten följs %(day)s.")
        return words % {"day": day(made.effect_on)}

    form = ReportForm(request.POST, auto_id="lage_%s")
    return _answer(request, decision, "report_form", form, act)


@require_POST
def reopen_decision(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """It was not carried out after all."""
    decision = queries.decision_for(request.user, slug, year, week, sequence)
    try:
        actions.reopen_decision(decision=decision, actor=request.user)
    except actions.DecisionRefused:
        warn(request, _("Beslutet kan inte öppnas igen. Läs det senaste i historiken."))
    else:
        tell(request, _("Beslutet är öppnat igen. Det står som inte genomfört."))
    return redirect(decision)


@require_POST
def follow_effect(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """Whether the decision had effect."""
    decision = queries.decision_for(request.user, slug, year, week, sequence)

    def act(data: dict[str, Any]) -> str:
        actions.follow_effect(decision=decision, actor=request.user, **data)
        return _("Effekten är följd. Beslutet har nått hela vägen.")

    form = EffectForm(request.POST, auto_id="effekt_%s")
    return _answer(request, decision, "effect_form", form, act)


@require_POST
def move_due(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """Another day, with a reason."""
    decision = queries.decision_for(request.user, slug, year, week, sequence)

    def act(data: dict[str, Any]) -> str:
        actions.move_due(decision=decision, actor=request.user, **data)
        return _("Datumet är flyttat till %(day)s.") % {"day": day(data["due_on"])}

    form = MoveForm(request.POST, auto_id="datum_%s")
    return _answer(request, decision, "move_form", form, act)


@require_POST
def review_decision(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """The decision stands."""
    decision = queries.decision_for(request.user, slug, year, week, sequence)

    def act(data: dict[str, Any]) -> str:
        actions.review_decision(decision=decision, actor=request.user, **data)
        if data["review_on"]:
            return _("Beslutet är översett. Det ses över igen %(day)s.") % {"day": day(data["review_on"])}
        return _("Beslutet är översett och gäller tills vidare.")

    form = ReviewForm(request.POST, auto_id="oversyn_%s")
    return _answer(request, decision, "review_form", form, act)


@require_POST
def register_decision(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """Registry number and secrecy."""
    decision = queries.decision_for(request.user, slug, year, week, sequence)

    def act(data: dict[str, Any]) -> str:
        actions.register_decision(decision=decision, actor=request.user, **data)
        return _("Uppgifterna är sparade.")

    form = RegisterForm(request.POST, auto_id="register_%s")
    return _answer(request, decision, "register_form", form, act)
