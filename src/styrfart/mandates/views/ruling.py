"""The numbered rules of a draft: a list, and one rule a page."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from styrfart.mandates import actions
from styrfart.mandates.actions.ruling import MAX_RULES
from styrfart.mandates.facts import MandateChanged, MandateNotDraft, RuleRemoved, TooManyRules
from styrfart.mandates.forms.rule import FindForm, MoveForm, RevisionForm, RuleForm, TryForm
from styrfart.mandates.guidance import EXAMPLES
from styrfart.mandates.models import Mandate, Question, Rule
from styrfart.mandates.queries.choosing import titles_under
from styrfart.mandates.queries.mandates import draft_to_write, rule_of
from styrfart.mandates.queries.trying import try_rules
from styrfart.mandates.views.writing import ORDER
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn


@require_GET
@vary_on_headers("HX-Request")
def show_rules(request: Request, team: str) -> HttpResponse:
    mandate = draft_to_write(request.user, team)
    form = TryForm(request.GET)
    tried = None
    if form.is_valid() and form.cleaned_data["prova"]:
        tried = try_rules(mandate, form.cleaned_data["prova"], form.cleaned_data["kostnad"])
    context = {
        "form": form,
        "tried": tried,
        "team": mandate.team,
        "mandate": mandate,
        "number": len(ORDER),
        "total": len(ORDER),
        "back": ORDER[-2],
        "example": EXAMPLES[Question.RULES],
    }
    template = "mandates/rules.html#tried" if request.htmx else "mandates/rules.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _form(request: Request, mandate: Mandate, rule: Rule | None) -> tuple[RuleForm, bool]:
    """The form, and whether the reader only searches for something to choose."""
    if request.method == "GET":
        return RuleForm(mandate=mandate, reader=request.user, rule=rule), False
    finding = FindForm(request.POST)
    find = finding.cleaned_data["find"] if finding.is_valid() else ""
    return RuleForm(request.POST, mandate=mandate, reader=request.user, rule=rule, find=find), bool(find)


def _page(
    request: Request,
    mandate: Mandate,
    form: RuleForm,
    rule: Rule | None,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    context = {
        "team": mandate.team,
        "mandate": mandate,
        "rule": rule,
        "form": form,
        "titles": titles_under(mandate.team),
        "example": EXAMPLES[Question.RULES],
        "has_errors": status != 200,
        "draft_key": draft_key(mandate, rule),
        **more,
    }
    return render(request, "mandates/rule.html", context, status=status)


def draft_key(mandate: Mandate, rule: Rule | None) -> str:
    """Under which the browser keeps what is typed until it is saved."""
    return f"mandate-{mandate.pk}-rule-{rule.pk if rule else 'new'}"


@require_http_methods(["GET", "POST"])
def add_rule(request: Request, team: str) -> HttpResponse:
    mandate = draft_to_write(request.user, team)
    form, is_finding = _form(request, mandate, None)
    if is_finding or not form.is_valid():
        return _page(request, mandate, form, None, status=422 if form.errors else 200, is_kept=is_finding)
    try:
        rule = actions.add_rule(mandate=mandate, text=form.text(), actor=request.user)
    except TooManyRules:
        return _page(request, mandate, form, None, status=409, most=MAX_RULES)
    except MandateNotDraft:
        return _page(request, mandate, form, None, status=409, is_closed=True)
    tell(request, _("Regel %(number)s är sparad.") % {"number": rule.number}, draft=draft_key(mandate, None))
    return redirect(rule_at(team, rule))


@require_http_methods(["GET", "POST"])
def change_rule(request: Request, team: str, pk: int) -> HttpResponse:
    mandate = draft_to_write(request.user, team)
    rule = rule_of(mandate, pk)
    if rule is None and request.method == "GET":
        raise Http404
    form, is_finding = _form(request, mandate, rule)
    if is_finding or not form.is_valid():
        status = 422 if form.errors else 200
        return _page(request, mandate, form, rule, status=status, is_kept=is_finding, is_removed=rule is None)
    return _save(request, mandate, rule, form)


def _save(request: Request, mandate: Mandate, rule: Rule | None, form: RuleForm) -> HttpResponse:
    """Save a changed rule; or show both texts, or what was written of a rule that is gone."""
    team = mandate.team.slug
    try:
        if rule is None:
            raise RuleRemoved
        read_in = form.cleaned_data["revision"]
        actions.change_rule(rule=rule, text=form.text(), revision=read_in, actor=request.user)
    except MandateChanged as changed:
        now = draft_to_write(request.user, team)
        form.have_read(now.revision)
        return _page(request, now, form, rule_of(now, rule.pk) if rule else None, status=409, changed=changed)
    except RuleRemoved:
        return _page(request, mandate, form, None, status=409, is_removed=True)
    except MandateNotDraft:
        return _page(request, mandate, form, rule, status=409, is_closed=True)
    tell(request, _("Regel %(number)s är sparad.") % {"number": rule.number}, draft=draft_key(mandate, rule))
    return redirect(rule_at(team, rule))


def rule_at(team: str, rule: Rule) -> str:
    """Where the rule stands in the list."""
    return f"{reverse('mandates:answer', args=[team, ORDER[-1]])}#regel-{rule.pk}"


@require_POST
def move_rule(request: Request, team: str, pk: int) -> HttpResponse:
    rule = rule_of(draft_to_write(request.user, team), pk)
    form = MoveForm(request.POST)
    try:
        if rule is None or not form.is_valid():
            raise RuleRemoved
        actions.move_rule(rule=rule, up=form.cleaned_data["flytta"] == "upp", actor=request.user)
    except RuleRemoved:
        warn(request, _("Regeln är redan borttagen."))
        return redirect("mandates:answer", team, ORDER[-1])
    except MandateNotDraft:
        warn(request, _("Mandatet är föreslaget och går inte att ändra förrän förslaget tas tillbaka."))
        return redirect("mandates:check", team)
    return redirect(rule_at(team, rule))


@require_http_methods(["GET", "POST"])
def remove_rule(request: Request, team: str, pk: int) -> HttpResponse:
    mandate = draft_to_write(request.user, team)
    rule = rule_of(mandate, pk)
    form = RevisionForm(
        request.POST if request.method == "POST" else None, initial={"revision": mandate.revision}
    )
    if request.method == "GET" and rule is not None:
        return render(
            request, "mandates/remove_rule.html", {"team": mandate.team, "rule": rule, "form": form}
        )
    try:
        if rule is None:
            raise RuleRemoved
        actions.remove_rule(rule=rule, revision=form.read_in, actor=request.user)
    except RuleRemoved:
        warn(request, _("Regeln är redan borttagen."))
    except MandateChanged:
        warn(request, _("Någon har ändrat regeln sedan du öppnade sidan. Läs den innan du tar bort den."))
    except MandateNotDraft:
        warn(request, _("Mandatet är föreslaget och går inte att ändra förrän förslaget tas tillbaka."))
    else:
        tell(request, _("Regeln är borttagen."))
    return redirect("mandates:answer", team, ORDER[-1])
