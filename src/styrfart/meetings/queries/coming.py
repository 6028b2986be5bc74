"""Coming meetings of a team, and what somebody owes them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from styrfart.matters.models import Matter
from styrfart.meetings.deadlines import LEAD_DAYS, workdays_before
from styrfart.meetings.models import COMING, AgendaItem, ItemState, Meeting
from styrfart.meetings.queries.secrecy import hidden_from
from styrfart.people.standing import User, standing
from styrfart.shared.addresses import reverse
from styrfart.shared.mail import about_key
from styrfart.shared.prepared import Prepared

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
class Owed:
    """Material that somebody owes a coming meeting: of one item, or of several of which this is the first."""

    count: int
    item: int
    title: str  # empty where the item is secret
    due_on: dt.date
    is_late: bool
    held_on: dt.date
    meeting_url: str
    item_url: str
    about: str  # the record whose words it tells, as a letter names it


@dataclass(frozen=True)
class _Row:
    item: int
    title: str
    position: int
    matter: int | None
    matter_secrecy: str | None
    decision_secrecy: str | None
    meeting: int
    slug: str
    held_on: dt.date
    team: str
    lead_days: int | None

    @property
    def is_secret(self) -> bool:
        return bool(self.matter_secrecy or self.decision_secrecy)


def owed_by(user: User) -> list[Owed]:
    """What `user` owes meetings of the next three weeks, what is due first first. One query.

    Nothing of a secret that is not theirs; two queries more where they owe something to a secret item.
    """
    here = standing(user)
    rows = [_Row(*row) for row in _OWED.rows(me=here.person_id, today=here.day, until=here.day + AHEAD)]
    hidden = _hidden(user, [row.item for row in rows if row.is_secret])
    of_meeting: dict[int, list[_Row]] = {}
    for row in sorted(rows, key=lambda row: (row.position, row.item)):
        if row.item not in hidden:
            of_meeting.setdefault(row.meeting, []).append(row)
    return sorted((_owed(found, here.day) for found in of_meeting.values()), key=lambda one: one.due_on)


def _owed(rows: list[_Row], today: dt.date) -> Owed:
    first = rows[0]
    due_on = workdays_before(first.held_on, LEAD_DAYS if first.lead_days is None else first.lead_days)
    at = [first.team, first.slug]
    return Owed(
        count=len(rows),
        item=first.item,
        title="" if first.is_secret else first.title,
        due_on=due_on,
        is_late=today > due_on,
        held_on=first.held_on,
        meeting_url=reverse("meetings:show", args=at),
        item_url=reverse("meetings:show-item", args=[*at, first.item]),
        about=about_key(Matter._meta.label_lower, first.matter)
        if first.matter
        else about_key(AgendaItem._meta.label_lower, first.item),
    )


def _hidden(user: User, secret: list[int]) -> set[int]:
    """No conflict of interest is noted before a meeting: only what is secret may be hidden."""
    if not secret:
        return set()
    items = AgendaItem.objects.filter(pk__in=secret).select_related("matter", "decision", "meeting")
    return {item.pk for item in items if item.pk in hidden_from(user, item.meeting, [item])}


_OWED = Prepared(
    lambda me, today, until: (
        AgendaItem.objects.filter(
            owner=me,
            meeting__state__in=list(COMING),
            meeting__held_on__gte=today,
            meeting__held_on__lte=until,
            state=ItemState.COMING,
            needs_material=True,
            ready_at=None,
        )
        .order_by()
        .values_list(
            "pk",
            "title",
            "position",
            "matter",
            "matter__secrecy_ground",
            "decision__secrecy_ground",
            "meeting",
            "meeting__slug",
            "meeting__held_on",
            "meeting__team__slug",
            "meeting__kind__lead_days",
        )
    ),
    me=int,
    today=dt.date,
    until=dt.date,
)
