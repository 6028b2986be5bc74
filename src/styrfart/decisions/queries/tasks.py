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


def actions_of(user: User, slug: str, *, only_mine: bool, is_done: bool) -> tuple[Team, QuerySet[Action]]:
    """The team and its actions, open or done. Who only owns one of them sees that; 404 to everybody else."""
    team = Team.objects.select_related("unit").filter(slug=slug).first()
    if team is None:
        raise Http404
    seen = Action.objects.visible_to(user).filter(team=team)
    if not can_see_team(user, team) and not seen.exists():
        raise Http404
    if only_mine:
        seen = seen.filter(owner=standing(user).person_id)
    order = ["-done_at", "-pk"] if is_done else ["due_on", "pk"]
    decisions = Prefetch("decision", Decision.objects.visible_to(user).select_related("team"))
    return team, seen.filter(done_at__isnull=not is_done).select_related("owner").prefetch_related(
        decisions
    ).order_by(*order)


def action_rows(user: User, actions: list[Action]) -> list[ActionRow]:
    """The actions as they stand in a list."""
    today = timezone.localdate()
    return [action_row(user, action, today) for action in actions]


def action_for(user: User, slug: str, pk: int) -> Action:
    """The action, if `user` may read it; otherwise it does not exist."""
    found = (
        Action.objects.visible_to(user).filter(team__slug=slug, pk=pk).select_related("team", "owner").first()
    )
    if found is None:
        raise Http404
    return found


def action_to_change(user: User, slug: str, pk: int) -> Action:
    """The action, if `user` may mark it done and move its day; 403 to who may only read it."""
    found = action_for(user, slug, pk)
    if not rules.can_complete(user, found):
        raise PermissionDenied
    return found
