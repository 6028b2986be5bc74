"""What a group chose after its report: read with the report's own right."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from styrfart.climate import rules
from styrfart.climate.models import Conversation, Group, Round, RoundState, SaidAndDone
from styrfart.climate.queries.released import Figure, Report
from styrfart.climate.queries.reports import report_for
from styrfart.people.models import Person, Team
from styrfart.people.standing import standing


@dataclass(frozen=True)
class Ways:
    """The report's group, what it chose, what was done, and what the reader may write."""

    group: Group
    conversation: Conversation | None
    done: tuple[SaidAndDone, ...]
    may_choose: bool
    may_tell: bool
    team: Team | None  # of the reader's own: where they would take it up


@dataclass(frozen=True)
class FollowUp:
    """Whether what was chosen helped: as the report of that round says it, when there is one."""

    round: Round
    figure: Figure | None  # None: still asked, or not shown

    @property
    def is_told(self) -> bool:
        return self.round.state == RoundState.RELEASED


def follow_up_of(chosen: Conversation, report: Report, user: Person) -> FollowUp | None:
    """How the group answered a month later. None before it has been asked."""
    asked = chosen.follow_up
    if asked is None or asked.state == RoundState.STOPPED:
        return None
    if asked.state != RoundState.RELEASED:
        return FollowUp(asked, None)
    here = report.place
    try:
        told = report_for(user, round_pk=asked.pk, unit="" if here.team else here.unit, team=here.team)
    except Http404:  # the unit has been moved since, out of the reader's sight
        return FollowUp(asked, None)
    return FollowUp(asked, next(iter(told.whole.figures.values()), None))


def ways_of(report: Report, user: Person) -> Ways:
    """Who has read the report may read this. Two queries."""
    group = (
        Group.objects.select_related("round", "unit", "team", "conversation__follow_up")
        .defer("round__form", "conversation__follow_up__form")
        .get(pk=report.group_pk)
    )
    return Ways(
        group=group,
        conversation=getattr(group, "conversation", None),
        done=tuple(SaidAndDone.objects.filter(group=group).order_by("position", "pk")),
        may_choose=rules.can_hold_conversation(user, group),
        may_tell=rules.can_tell_what_was_done(user, group),
        team=_team_of(report, user),
    )


def group_to_choose_for(report: Report, user: Person) -> Group:
    """The report's group, if the user holds its conversation; 403 to those who may only read."""
    ways = ways_of(report, user)
    if not ways.may_choose:
        raise PermissionDenied
    return ways.group


def group_to_tell(report: Report, user: Person) -> Group:
    """The report's group, if the user tells what was done about what it said; 403 to others."""
    ways = ways_of(report, user)
    if not ways.may_tell:
        raise PermissionDenied
    return ways.group


def told(group: Group, pk: int) -> SaidAndDone:
    """One of what was told of the group; 404 for another group's."""
    found = SaidAndDone.objects.filter(group=group, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _team_of(report: Report, user: Person) -> Team | None:
    """The reader's own team nearest above the group; none of them: they choose one."""
    teams = standing(user).teams
    if report.place.team:
        return next((team for team in teams if team.slug == report.place.team), None)
    for place in reversed(report.path):
        for team in teams:
            if place.unit and team.unit.code == place.unit:
                return team
    return None
