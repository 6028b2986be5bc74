"""Actions: those of a team, and one."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone

from styrfart.decisions import rules
from styrfart.decisions.models import Action, Decision
from styrfart.decisions.queries.reading import ActionRow, action_row
from styrfart.people.models import Team
from styrfart.people.rules import can_see_team
from styrfart.people.standing import User, standing


def team_with_actions_for(user: User, slug: str) -> Team:
    """The team, for whoever can see it and for whoever owns one of its actions; 404 to everybody else."""
    team = Team.objects.select_related("unit").filter(slug=slug).first()
    if team is None or not (
        can_see_team(user, team) or Action.objects.visible_to(user).filter(team=team).exists()
    ):
        raise Http404
    return team


def actions_of(user: User, team: Team, *, only_mine: bool, is_done: bool) -> QuerySet[Action]:
    """Those of the team's actions that `user` may read: open ones by day, done ones latest first."""
    seen = Action.objects.visible_to(user).filter(team=team, done_at__isnull=not is_done)
    if only_mine:
        seen = seen.filter(owner=standing(user).person_id)
    order = ["-done_at", "-pk"] if is_done else ["due_on", "pk"]
    decisions = Prefetch("decision", Decision.objects.visible_to(user).select_related("team"))
    return seen.select_related("owner").prefetch_related(decisions).order_by(*order)


def action_rows(user: User, actions: list[Action]) -> list[ActionRow]:
    """The actions as they stand in a list."""
    today = timezone.localdate()
    return [action_row(user, action, today) for action in actions]


def action_for(user: User, slug: str, pk: int) -> Action:
    """The action, in force or taken back, if `user` may read it; otherwise it does not exist."""
    found = (
        Action.objects.readable_by(user)
        .filter(team__slug=slug, pk=pk)
        .select_related("team", "owner", "done_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


def decision_behind(user: User, action: Action) -> Decision | None:
    """The decision that the action belongs to, if `user` may read it."""
    if action.decision_id is None:
        return None
    return Decision.objects.visible_to(user).select_related("team").filter(pk=action.decision_id).first()


def action_to_change(user: User, slug: str, pk: int) -> Action:
    """The action, if `user` may mark it done and move its day; 403 to who may only read it."""
    found = action_for(user, slug, pk)
    if not rules.can_complete(user, found):
        raise PermissionDenied
    return found


def action_to_withdraw(user: User, slug: str, pk: int) -> Action:
    """The action, if `user` may take it back, or could a while ago; 403 to who may only read it."""
    found = action_for(user, slug, pk)
    if not rules.may_withdraw(user, found):
        raise PermissionDenied
    return found
