"""The team's meetings: what comes, and what has been."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q

from styrfart.meetings.models import COMING, AgendaItem, Meeting, MeetingState, Minutes
from styrfart.meetings.purposes import Part, parts
from styrfart.people.models import Team

A_PAGE = 20
# How many coming meetings are shown before one asks for all.
AHEAD = 12
# How long a cancelled meeting is still shown among those to come.
SHOWN = COMING | {MeetingState.OPEN, MeetingState.CANCELLED}


@dataclass(frozen=True)
class PastMeeting:
    """A meeting that has been, and how far its minutes have come."""

    meeting: Meeting
    minutes: Minutes | None

    @property
    def state(self) -> str:
        """None when nothing is written; else the state of the latest version."""
        return self.minutes.state if self.minutes else ""


@dataclass(frozen=True)
class Index:
    """What the page shows."""

    following: Meeting | None  # the one that goes on, or the next to come
    strip: list[Part]
    number_of_items: int
    coming: list[Meeting]  # after that
    number_coming: int
    past: "Page[Meeting]"
    minutes: dict[int, Minutes]

    @property
    def rows(self) -> list[PastMeeting]:
        return [PastMeeting(meeting, self.minutes.get(meeting.pk)) for meeting in self.past]


def index(team: Team, today: dt.date, page: str, *, all_coming: bool = False) -> Index:
    """Five queries, six when something has been."""
    comes = Q(state__in=SHOWN, held_on__gte=today) | Q(state=MeetingState.OPEN)
    coming = list(
        Meeting.objects.filter(comes, team=team)
        .select_related("leader", "team", "kind")
        .order_by("held_on", "starts_at", "pk")
    )
    alive = [each for each in coming if each.state != MeetingState.CANCELLED]
    following = next((each for each in alive if each.state == MeetingState.OPEN), alive[0] if alive else None)
    items = _items(following) if following else []
    past = Paginator(
        Meeting.objects.filter(team=team)
        .exclude(comes)
        .select_related("leader", "team")
        .order_by("-held_on", "-starts_at", "-pk"),
        A_PAGE,
    ).get_page(page)
    rest = [each for each in coming if each != following]
    return Index(
        following=following,
        strip=parts(items),
        number_of_items=len(items),
        coming=rest if all_coming else rest[:AHEAD],
        number_coming=len(rest),
        past=past,
        minutes=_minutes(list(past)),
    )


def _items(meeting: Meeting) -> list[tuple[str, int]]:
    return list(
        AgendaItem.objects.filter(meeting=meeting, is_in_writing=False).values_list("purpose", "minutes")
    )


def _minutes(meetings: Sequence[Meeting]) -> dict[int, Minutes]:
    """The latest version of each meeting's minutes."""
    if not meetings:
        return {}
    rows = Minutes.objects.filter(meeting__in=meetings).order_by("meeting", "version")
    return {row.meeting_id: row for row in rows.only("meeting", "version", "state")}
