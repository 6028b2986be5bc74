"""Meetings that were planned and never opened: they wait until somebody opens or cancels them."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from styrfart.meetings.models import COMING, Meeting
from styrfart.people.models import TeamMember, TeamRole


def never_opened(day: dt.date) -> QuerySet[Meeting]:
    """Meetings before `day` that nobody has opened or cancelled."""
    return Meeting.objects.filter(state__in=list(COMING), held_on__lt=day)


def who_sees_to_it(day: dt.date) -> QuerySet[TeamMember]:
    """Seats of those whom such a meeting waits for on `day`: the secretary's, or the chair's without one."""
    secretary = TeamMember.objects.on(day).filter(
        team=OuterRef("team"), role=TeamRole.SECRETARY, person__is_active=True
    )
    is_alone = ~Exists(secretary.order_by())
    return (
        TeamMember.objects.on(day)
        .filter(Q(role=TeamRole.SECRETARY) | (Q(role=TeamRole.CHAIR) & is_alone))
        .order_by()
    )
