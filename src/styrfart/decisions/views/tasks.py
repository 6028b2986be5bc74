"""Actions: the list, one action, to mark it done and open it again."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from styrfart.decisions import actions, queries, rules
from styrfart.decisions.forms import NOT_WITHDRAWN, ActionForm, MoveActionForm, RevisionForm, ShownForm
from styrfart.decisions.views.deciding import page as decision_page
from styrfart.people.request import Request
from styrfart.people.rules import can_see_team
from styrfart.shared.forms import PageForm
from styrfart.shared.receipts import tell, warn
from styrfart.shared.templatetags.words import day

PER_PAGE = 25


@require_http_methods(["GET", "POST"])
def action_list(request: Request, slug: str) -> HttpResponse:
    """Actions of the team, mine or everybody's, open or done; and a form for a new one."""
    team = queries.team_with_actions_for(request.user, slug)
    may_create = rules.can_create_action(request.user, team)
    if request.method == "POST" and not may_create:
        raise PermissionDenied
    shown = ShownForm(request.GET)
    found = queries.actions_of(request.user, team, only_mine=shown.only_mine, is_done=shown.is_done)
    listed = Paginator(found, PER_PAGE).get_page(PageForm(request.GET).number)
    form = ActionForm(request.POST or None, people=queries.people_near(team) if may_create else {})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.create_action(team=team, actor=request.user, **{**data, "owner": form.people[data["owner"]]})
        tell(request, _("Åtgärden är tillagd."), draft=f"action-{team.pk}")
        return redirect("decisions:action-list", slug=slug)
    context = {
        "team": team,
        "rows": queries.action_rows(request.user, list(listed)),
        "page": listed,
        "only_mine": shown.only_mine,
        "is_done": shown.is_done,
        "form": form,
        "may_create": may_create,
        "may_see_team": can_see_team(request.user, team),
    }
    return render(request, "decisions/action_list.html", context, status=422 if form.is_bound else 200)


@require_POST
def create_action(request: Request, slug: str, year: int, week: int, sequence: int) -> HttpResponse:
    """A new action that belongs to the decision."""
    decision = queries.decision_for(request.user, slug, year, week, sequence)
    form = ActionForm(request.POST, people=queries.people_near(decision.team), auto_id="atgard_%s")
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.create_action(
                team=decision.team,
                decision=decision,
                actor=request.user,
                **{**data, "owner": form.people[data["owner"]]},
            )
        except actions.DecisionRefused as refusal:
            form.refuse(refusal)
        else:
            tell(request, _("Åtgärden är tillagd."))
            return redirect(decision)
    return decision_page(request, decision, action_form=form)


@require_http_methods(["GET", "POST"])
def show_action(request: Request, slug: str, pk: int) -> HttpResponse:
    """One action; those who may, mark it done or move its day."""
    action = queries.action_for(request.user, slug, pk)
    initial = {"due_on": action.due_on, "revision": action.revision}
    form = MoveActionForm(request.POST or None, initial=initial)
    if request.method == "POST":
        action = queries.action_to_change(request.user, slug, pk)
        if form.is_valid():
            try:
                actions.move_action(action=action, actor=request.user, **form.cleaned_data)
            except actions.DecisionRefused as refusal:
                action = queries.action_for(request.user, slug, pk)
                form.refuse(refusal, revision=action.revision)
            else:
                words = _("Datumet är flyttat till %(day)s.")
                tell(request, words % {"day": day(form.cleaned_data["due_on"])})
                return redirect("decisions:show-action", slug=slug, pk=pk)
    row = queries.action_rows(request.user, [action])[0]
    context = {
        "row": row,
        "action": action,
        "team": action.team,
        "form": form,
        "decision": queries.decision_behind(request.user, action),
    }
    return render(request, "decisions/action.html", context, status=422 if form.is_bound else 200)


@require_POST
def complete_action(request: Request, slug: str, pk: int) -> HttpResponse:
    """The action is done."""
    action = queries.action_to_change(request.user, slug, pk)
    try:
        actions.complete_action(action=action, actor=request.user)
    except actions.NotInForce:
        return redirect(action)  # its page says that it was taken back
    undo = reverse("decisions:reopen-action", args=[slug, pk])
    tell(request, _("Åtgärden är markerad som klar."), undo=undo)
    return _back(request, slug)


@require_POST
def reopen_action(request: Request, slug: str, pk: int) -> HttpResponse:
    """The action was not done after all."""
    action = queries.action_to_change(request.user, slug, pk)
    try:
        actions.reopen_action(action=action, actor=request.user)
    except actions.NotInForce:
        return redirect(action)
    tell(request, _("Åtgärden är öppnad igen."))
    return _back(request, slug)


@require_POST
def withdraw_action(request: Request, slug: str, pk: int) -> HttpResponse:
    """The action was recorded by mistake: it is taken back."""
    action = queries.action_to_withdraw(request.user, slug, pk)
    try:
        actions.withdraw_action(action=action, actor=request.user, revision=RevisionForm(request.POST).known)
    except actions.DecisionRefused as refusal:
        warn(request, str(NOT_WITHDRAWN[type(refusal)]))
    else:
        tell(request, _("Åtgärden är tillbakatagen."))
    return redirect(action)


def _back(request: HttpRequest, slug: str) -> HttpResponse:
    """To the list that the button stood in."""
    query = "?vems=mina" if ShownForm(request.POST).only_mine else ""
    return redirect(reverse("decisions:action-list", args=[slug]) + query)
