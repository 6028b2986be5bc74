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
from styrfart.mandates.forms.read import ReadForm, read_now
from styrfart.mandates.forms.rule import RuleForm
from styrfart.mandates.forms.ruling import FindForm, MoveForm, TryForm
from styrfart.mandates.guidance import EXAMPLES
from styrfart.mandates.models import Mandate, Question, Rule
from styrfart.mandates.queries.choosing import titles_under
from styrfart.mandates.queries.mandates import draft_to_write, draft_written, rule_of
from styrfart.mandates.queries.trying import try_rules
from styrfart.mandates.views.writing import IS_PROPOSED, ORDER, draft_key
from styrfart.people.models import Team
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


def _page(
    request: Request, team: Team, form: RuleForm, rule: Rule | None, *, status: int = 200, **more: object
) -> HttpResponse:
    """A rule with its examples; `more` is what came in the way, for `parts/conflict.html`."""
    context = {
        "team": team,
        "rule": rule,
        "form": form,
        "titles": titles_under(team),
        "example": EXAMPLES[Question.RULES],
        "has_errors": status != 200,
        "draft_key": rule_key(form, rule),
        **more,
    }
    return render(request, "mandates/rule.html", context, status=status)


def rule_key(form: RuleForm, rule: Rule | None) -> str:
    """Under which the browser keeps what is typed until it is saved."""
    return draft_key(form, f"rule-{rule.pk if rule else 'new'}")


def _rule(draft: Mandate, pk: int) -> Rule:
    rule = rule_of(draft, pk)
    if rule is None:
        raise Http404
    return rule


def _sought(request: Request) -> str:
    """What the reader searches for on the page instead of saving; empty when they save."""
    finding = FindForm(request.POST)
    return finding.cleaned_data["find"] if finding.is_valid() else ""


@require_http_methods(["GET", "POST"])
def add_rule(request: Request, team: str) -> HttpResponse:
    if request.method == "GET":
        draft = draft_to_write(request.user, team)
        return _page(request, draft.team, RuleForm(team=draft.team, draft=draft, reader=request.user), None)
    of_team, mandate = draft_written(request.user, team)
    find = _sought(request)
    form = RuleForm(request.POST, team=of_team, draft=mandate, reader=request.user, find=find)
    if find or not form.is_valid():
        return _page(request, of_team, form, None, status=422 if form.errors else 200, is_kept=bool(find))
    try:
        if mandate is None or not form.is_of(mandate):
            raise MandateNotDraft
        rule = actions.add_rule(mandate=mandate, text=form.text(), actor=request.user)
    except TooManyRules:
        return _page(request, of_team, form, None, status=409, most=MAX_RULES)
    except MandateNotDraft:
        return _page(request, of_team, form, None, status=409, is_closed=True)
    return _saved(request, of_team, rule, key=rule_key(form, None))


@require_http_methods(["GET", "POST"])
def change_rule(request: Request, team: str, pk: int) -> HttpResponse:
    if request.method == "GET":
        draft = draft_to_write(request.user, team)
        there = _rule(draft, pk)
        form = RuleForm(team=draft.team, draft=draft, reader=request.user, rule=there)
        return _page(request, draft.team, form, there)
    of_team, mandate = draft_written(request.user, team)
    rule = rule_of(mandate, pk) if mandate else None
    find = _sought(request)
    form = RuleForm(request.POST, team=of_team, draft=mandate, reader=request.user, rule=rule, find=find)
    if find or not form.is_valid():
        status = 422 if form.errors else 200
        return _page(request, of_team, form, rule, status=status, is_kept=bool(find), is_removed=rule is None)
    return _save(request, of_team, mandate, rule, form)


def _save(
    request: Request, team: Team, mandate: Mandate | None, rule: Rule | None, form: RuleForm
) -> HttpResponse:
    """Save a changed rule; or show both texts, or what was written of a rule or a draft that is gone."""
    try:
        if not form.is_of(mandate):
            raise MandateNotDraft
        if rule is None:
            raise RuleRemoved
        read_in = form.cleaned_data["revision"]
        actions.change_rule(rule=rule, text=form.text(), revision=read_in, actor=request.user)
    except MandateChanged as changed:
        now = draft_to_write(request.user, team.slug)
        form.have_read(now.revision)
        return _page(
            request, team, form, rule_of(now, rule.pk) if rule else None, status=409, changed=changed
        )
    except RuleRemoved:
        return _page(request, team, form, None, status=409, is_removed=True)
    except MandateNotDraft:
        return _page(request, team, form, rule, status=409, is_closed=True)
    return _saved(request, team, rule, key=rule_key(form, rule))


def _saved(request: Request, team: Team, rule: Rule, *, key: str) -> HttpResponse:
    tell(request, _("Regel %(number)s är sparad.") % {"number": rule.number}, draft=key)
    return redirect(rule_at(team.slug, rule))


def rule_at(team: str, rule: Rule) -> str:
    """Where the rule stands in the list."""
    return f"{reverse('mandates:answer', args=[team, ORDER[-1]])}#regel-{rule.pk}"


@require_POST
def move_rule(request: Request, team: str, pk: int) -> HttpResponse:
    _team, draft = draft_written(request.user, team)
    rule = rule_of(draft, pk) if draft else None
    form = MoveForm(request.POST)
    try:
        if rule is None or not form.is_valid():
            raise RuleRemoved
        actions.move_rule(rule=rule, up=form.cleaned_data["flytta"] == "upp", actor=request.user)
    except RuleRemoved:
        warn(request, _("Regeln är redan borttagen."))
        return _to_list(team, draft)
    except MandateNotDraft:
        warn(request, str(IS_PROPOSED))
        return redirect("mandates:proposal", team)
    return redirect(rule_at(team, rule))


@require_http_methods(["GET", "POST"])
def remove_rule(request: Request, team: str, pk: int) -> HttpResponse:
    if request.method == "GET":
        mandate = draft_to_write(request.user, team)
        context = {
            "team": mandate.team,
            "rule": _rule(mandate, pk),
            "form": ReadForm(initial=read_now(mandate)),
        }
        return render(request, "mandates/remove_rule.html", context)
    _team, draft = draft_written(request.user, team)
    rule = rule_of(draft, pk) if draft else None
    form = ReadForm(request.POST)
    try:
        if rule is None:
            raise RuleRemoved
        actions.remove_rule(rule=rule, revision=form.read_in, actor=request.user)
    except RuleRemoved:
        warn(request, _("Regeln är redan borttagen."))
    except MandateChanged:
        warn(request, _("Någon har ändrat regeln sedan du öppnade sidan. Läs den innan du tar bort den."))
    except MandateNotDraft:
        warn(request, str(IS_PROPOSED))
    else:
        tell(request, _("Regeln är borttagen."))
    return _to_list(team, draft)


def _to_list(team: str, draft: Mandate | None) -> HttpResponse:
    """To the list of rules; to the mandate when there is no draft any more."""
    return redirect("mandates:answer", team, ORDER[-1]) if draft else redirect("mandates:show", team)
