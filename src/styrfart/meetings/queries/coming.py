"""Coming meetings of a team, and what of them is not ready."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from styrfart.meetings.deadlines import material_due
from styrfart.meetings.models import COMING, AgendaItem, ItemState, Meeting
from styrfart.meetings.queries.secrecy import hidden_from, is_secret
from styrfart.meetings.rules import PLANNING_SEATS
from styrfart.people.standing import User, standing
from styrfart.shared.prepared import PreparedObjects

# How many coming meetings an item may be put off to.
OFFERED = 12
# How far ahead what is not ready is shown.
AHEAD = dt.timedelta(days=21)


def coming_after(meeting: Meeting) -> list[Meeting]:
    """The team's next meetings that an item of this one may be put off to. One query."""
    found = Meeting.objects.filter(team=meeting.team_id, state__in=COMING, held_on__gte=meeting.held_on)
    later = found.filter(Q(held_on__gt=meeting.held_on) | Q(starts_at__gt=meeting.starts_at)).exclude(
        pk=meeting.pk
    )
    return list(later.select_related("team__unit", "kind").order_by("held_on", "starts_at", "pk")[:OFFERED])


@dataclass(frozen=True)
class NotReady:
    """An item whose material is not ready: by when it should be, and who owes it."""

    item: AgendaItem
    due_on: dt.date
    is_mine: bool
    is_late: bool
    url: str


def not_ready(user: User) -> list[NotReady]:
    """Items without their material: the user's own, and all of the meetings that the user plans.

    Of meetings within three weeks, what is due first comes first; nothing of a secret that is not theirs.
    One query, and one more for those outside a room where something is secret.
    """
    here = standing(user)
    if not here.person_id:
        return []
    planned = [pk for pk, role in here.seats.items() if role in PLANNING_SEATS]
    return _told(
        user, _NOT_READY.all(me=here.person_id, teams=planned, today=here.day, until=here.day + AHEAD)
    )


def owed_by(user: User) -> list[NotReady]:
    """Of those only the user's own: what somebody owes. One query."""
    here = standing(user)
    return _told(user, _OWED.all(me=here.person_id, today=here.day, until=here.day + AHEAD))


def _told(user: User, items: list[AgendaItem]) -> list[NotReady]:
    here, found = standing(user), []
    days: dict[int, dt.date] = {}
    for item in items:
        # No conflict of interest is noted before a meeting: only what is secret may be hidden.
        if is_secret(item) and item.pk in hidden_from(user, item.meeting, [item]):
            continue
        due_on = days.get(item.meeting_id) or days.setdefault(item.meeting_id, material_due(item.meeting))
        address = reverse("meetings:show-item", args=[item.meeting.team.slug, item.meeting.slug, item.pk])
        found.append(NotReady(item, due_on, item.owner_id == here.person_id, here.day > due_on, address))
    return sorted(found, key=lambda one: (one.due_on, one.item.position, one.item.pk))


def _not_ready(*, me: int, teams: list[int], today: dt.date, until: dt.date) -> QuerySet[AgendaItem]:
    return _without_material(today=today, until=until).filter(Q(owner=me) | Q(meeting__team__in=teams))


def _without_material(*, today: dt.date, until: dt.date) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(
        meeting__state__in=list(COMING),
        meeting__held_on__gte=today,
        meeting__held_on__lte=until,
        state=ItemState.COMING,
        needs_material=True,
        ready_at=None,
    ).order_by()


_NOT_READY: PreparedObjects[AgendaItem] = PreparedObjects(
    _not_ready,
    ("owner", "matter", "decision", "meeting__team", "meeting__kind"),
    me=int,
    teams=list,
    today=dt.date,
    until=dt.date,
)
_OWED: PreparedObjects[AgendaItem] = PreparedObjects(
    lambda me, today, until: _without_material(today=today, until=until).filter(owner=me),
    ("matter", "decision", "meeting__team", "meeting__kind"),
    me=int,
    today=dt.date,
    until=dt.date,
)
