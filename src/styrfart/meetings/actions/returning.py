"""What a meeting did not reach comes back by itself, on the team's next agenda."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from styrfart.matters.models import MatterState
from styrfart.meetings.actions.postponing import copy_to
from styrfart.meetings.actions.ticking import hold
from styrfart.meetings.models import (
    COMING,
    AgendaItem,
    ItemSource,
    ItemState,
    Meeting,
    MeetingState,
)
from styrfart.people.models import Person, Team
from styrfart.shared import audit

# What every meeting has anyway comes with the meeting.
EVERY_TIME = [ItemSource.STANDING, ItemSource.CHECK_IN, ItemSource.WRAP_UP]


@transaction.atomic
def return_unfinished(*, team: Team, actor: Person | None = None) -> list[AgendaItem]:
    """Put what ended meetings did not reach on the agenda of the next coming one; twice adds nothing more.

    So too the team's own items that were put off, or whose meeting was cancelled: no queue and no wheel keeps
    them. The next one is of the same kind where there is such. Without a coming meeting it waits until one is
    planned. What stands on an agenda already does not come back, nor a matter that has got another route.
    """
    # One at a time for a team: the clock and a meeting that ends may both be here.
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    left = (
        _left_behind()
        .filter(meeting__team=team)
        .exclude(Exists(_on_agenda().filter(_same_question())))
        .exclude(decision__isnull=False, decision__effect_at__isnull=False)
        .select_related("meeting", "matter")
        .order_by("meeting__held_on", "position", "pk")
    )
    returned = []
    for item in left:
        is_elsewhere = item.matter and (
            item.matter.state != MatterState.QUEUED or item.matter.team_id != team.pk
        )
        target = None if is_elsewhere else _next(team, item.meeting)
        if target is not None:
            again = copy_to(item, hold(target), actor=actor)
            audit.record("meetings.return_unfinished", again, actor=actor, concerns=[again.owner_id])
            returned.append(again)
    return returned


def _left_behind() -> QuerySet[AgendaItem]:
    """What no meeting has taken up and none will, unless it comes back."""
    not_reached = Q(meeting__state=MeetingState.ENDED, state=ItemState.UNFINISHED)
    over = [MeetingState.ENDED, MeetingState.CANCELLED]
    put_off = Q(meeting__state__in=over, state=ItemState.POSTPONED, source=ItemSource.OWN)
    found = AgendaItem.objects.filter(not_reached | put_off, went_to__isnull=True)
    return found.exclude(source__in=EVERY_TIME)


def _on_agenda() -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(state__in=[ItemState.COMING, ItemState.CURRENT]).order_by()


def _same_question() -> Q:
    """Of the same matter, the same decision, or the same item of the wheel in the same year."""
    return (
        Q(matter=OuterRef("matter"))
        | Q(decision=OuterRef("decision"))
        | Q(wheel_item=OuterRef("wheel_item"), wheel_year=OuterRef("wheel_year"))
    )


def return_everywhere() -> int:
    """For every team where something waits for a meeting that has been planned since; how many came back."""
    teams = Team.objects.filter(
        pk__in=_left_behind().order_by().values("meeting__team"), meetings__state__in=COMING
    ).distinct()
    return sum(len(return_unfinished(team=team)) for team in teams)


def _next(team: Team, after: Meeting) -> Meeting | None:
    coming = Meeting.objects.filter(team=team, state__in=COMING, held_on__gte=after.held_on).exclude(
        pk=after.pk
    )
    same_kind = coming.filter(kind=after.kind_id).first() if after.kind_id else None
    return same_kind or coming.first()
