"""Who may decide, and who may do what with a decision or an action. No rule writes anything."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.utils import timezone

from styrfart.decisions.models import Action, Authority, Decision
from styrfart.mandates import rules as mandate_rules
from styrfart.mandates.models import DelegationPoint
from styrfart.people.models import Team, TeamRole, Unit
from styrfart.people.standing import HeldPost, User, standing


def deciding_post(
    decider: User,
    *,
    authority: Authority,
    point: DelegationPoint | None,
    units: Iterable[Unit],
    cost: int | None,
) -> HeldPost | None:
    """The post by which the person may decide; None when they may not (domain rule 1).

    By delegation: a post that the point names, within its limit, while the scheme is valid. By management of
    work: head of every unit that the matter concerns, or of a unit above it. `point` has `scheme.committee`
    and `delegates` loaded.
    """
    here = standing(decider)
    if authority == Authority.DELEGATION:
        if point is None or not point.scheme.is_valid_on(here.day):
            return None
        return next(iter(mandate_rules.deciding_posts(here.posts, point, cost)), None)
    paths = [unit.path for unit in units]
    heads = (post for post in here.posts if post.is_head and point is None and paths)
    return next((post for post in heads if all(path.startswith(post.unit_path) for path in paths)), None)


def is_delegable(points: Collection[DelegationPoint]) -> bool:
    """Whether somebody other than the committee may decide (Local Government Act 6:38)."""
    return all(point.is_delegable for point in points)


def can_record(user: User, *, decider: User, team: Team, is_minuted: bool) -> bool:
    """The decider records their own decision; in minutes the team's secretary records it for them."""
    if standing(user).person_id == standing(decider).person_id:
        return True
    return is_minuted and standing(user).seats.get(team.pk) == TeamRole.SECRETARY


def is_in_force(decision: Decision) -> bool:
    """Neither undone nor replaced."""
    return decision.withdrawn_at is None and decision.replaced_at is None


def can_undo(user: User, decision: Decision, *, now: dt.datetime | None = None) -> bool:
    """The decider, for ten minutes."""
    return (
        standing(user).person_id == decision.decided_by_id
        and decision.withdrawn_at is None
        and (now or timezone.now()) <= decision.undo_until
    )


def can_replace(user: User, decision: Decision, units: Iterable[Unit]) -> bool:
    """The decider, and whoever manages the work that it concerns; the form asks for their right."""
    is_close = standing(user).person_id == decision.decided_by_id or bool(
        deciding_post(user, authority=Authority.MANAGEMENT, point=None, units=units, cost=None)
    )
    return is_close and is_in_force(decision)


def can_take_on(user: User, decision: Decision) -> bool:
    """The owner."""
    return standing(user).person_id == decision.owner_id


def can_follow_up(user: User, decision: Decision) -> bool:
    """The owner, the decider, and the team's chair and secretary: they report where the decision stands."""
    return standing(user).person_id in {decision.owner_id, decision.decided_by_id} or _keeps_log(
        user, decision.team_id
    )


def can_review(user: User, decision: Decision) -> bool:
    """The decider, and the team's chair when the decider has gone on."""
    here = standing(user)
    return here.person_id == decision.decided_by_id or here.seats.get(decision.team_id) == TeamRole.CHAIR


def can_register(user: User, decision: Decision) -> bool:
    """The team's secretary sets registry number and ground for secrecy."""
    return standing(user).seats.get(decision.team_id) == TeamRole.SECRETARY


def can_archive(user: User, team: Team) -> bool:
    """The team's secretary fetches its completed records for the e-archive."""
    return standing(user).seats.get(team.pk) == TeamRole.SECRETARY


def can_report_to_committee(user: User, team: Team) -> bool:
    """The team's chair and secretary note that delegated decisions have been reported."""
    return _keeps_log(user, team.pk)


def can_create_action(user: User, team: Team) -> bool:
    """Everybody in the team's room."""
    return standing(user).is_in(team.pk)


def can_complete(user: User, action: Action) -> bool:
    """The owner, and the team's chair and secretary."""
    return standing(user).person_id == action.owner_id or _keeps_log(user, action.team_id)


def may_withdraw(user: User, action: Action) -> bool:
    """Whoever recorded it, and the team's chair and secretary."""
    return standing(user).person_id == action.created_by_id or _keeps_log(user, action.team_id)


def can_withdraw(user: User, action: Action, *, now: dt.datetime | None = None) -> bool:
    """They can for ten minutes, and not when it is done."""
    return (
        may_withdraw(user, action)
        and action.withdrawn_at is None
        and action.done_at is None
        and (now or timezone.now()) <= action.undo_until
    )


def _keeps_log(user: User, team_id: int) -> bool:
    return standing(user).seats.get(team_id) in {TeamRole.CHAIR, TeamRole.SECRETARY}
