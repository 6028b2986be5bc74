"""One decision: the page, to undo it, to replace it."""

from dataclasses import fields

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.decisions import actions, queries
from styrfart.decisions.forms import (
    ActionForm,
    DecisionForm,
    EffectForm,
    MoveForm,
    RegisterForm,
    ReportForm,
    ReviewForm,
    receipt_words,
)
from styrfart.decisions.models import Decision
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn


@require_GET
def show(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """One decision: what, why, by whom, and how far it has come."""
    return page(request, queries.decision_for(request.user, slug, year, week, sequence))


def page(request: Request, decision: Decision, **bound: django_forms.Form) -> HttpResponse:
    """The page of the decision; a form in `bound` stands with what was typed and what is wrong (422)."""
    known = {"revision": decision.revision}
    shown = queries.decision_page(request.user, decision)
    context: dict[str, object] = {
        "page": shown,
        "decision": decision,
        "report_form": ReportForm(initial=known, auto_id="lage_%s"),
        "effect_form": EffectForm(initial=known, auto_id="effekt_%s"),
        "move_form": MoveForm(initial=known, auto_id="datum_%s"),
        "review_form": ReviewForm(initial=known, auto_id="oversyn_%s"),
        "register_form": RegisterForm(
            initial={
                **known,
                "registry_number": decision.registry_number,
                "secrecy_ground": decision.secrecy_ground,
            },
            auto_id="register_%s",
        ),
        "has_errors": bool(bound),
        "bound": next(iter(bound.values()), None),
    }
    if shown.can_create_action:
        context["action_form"] = ActionForm(people=queries.people_near(decision.team), auto_id="atgard_%s")
    return render(request, "decisions/show.html", context | bound, status=422 if bound else 200)


@require_POST
def undo_decision(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """Take the decision back within ten minutes."""
    decision = queries.decision_for(request.user, slug, year, week, sequence)
    try:
        actions.undo_decision(decision=decision, actor=request.user)
    except actions.NotTheDecider as error:
        raise PermissionDenied from error
    except actions.UndoTimeIsOver:
        warn(request, _("Tio minuter har gått. Nu ändras beslutet bara genom ett nytt beslut."))
    except actions.NotInForce:
        warn(request, _("Beslutet är redan återtaget."))
    else:
        tell(request, _("Beslutet är återtaget. De som hade fått veta får ett nytt brev."))
    return redirect(decision)


@require_http_methods(["GET", "POST"])
def replace_decision(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """Decide anew: the only way to change a decision after ten minutes."""
    old = queries.decision_to_replace(request.user, slug, year, week, sequence)
    form = replacement_form(request, old)
    if not form.can_decide:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.replace_decision(
                decision=old, revision=form.cleaned_data["revision"], actor=request.user, **form.arguments()
            )
        except actions.DecisionRefused as refusal:
            form.refuse(refusal, revision=old.revision)
        else:
            undo = reverse("decisions:undo-decision", args=[slug, made.year, made.week, made.sequence])
            tell(request, receipt_words(made), undo=undo, draft=f"replace-{old.pk}")
            return redirect(made)
    context = {"form": form, "decision": old, "has_errors": form.is_bound}
    return render(request, "decisions/replace.html", context, status=422 if form.is_bound else 200)


def replacement_form(request: Request, old: Decision) -> DecisionForm:
    """The form for a new decision, with the old one's words in it."""
    right = f"p{old.delegation_point_id}" if old.delegation_point_id else "arbetsledning"
    return DecisionForm(
        request.POST or None,
        team=old.team,
        decider=request.user,
        units=queries.units_of(old),
        others=queries.people_of(old),
        initial={
            "text": old.text,
            "reasons": old.reasons,
            "alternatives": old.alternatives,
            "owner": old.owner_id,
            "effect_question": old.effect_question,
            "right": right,
            "cost": old.cost,
            "recipients": [row.person_id for row in old.recipients.all()],
            "secrecy_ground": old.secrecy_ground,
            "is_major_change": old.is_major_change,
            **{field.name: getattr(old, field.name) for field in fields(actions.MajorChange)},
            "revision": old.revision,
        },
    )
