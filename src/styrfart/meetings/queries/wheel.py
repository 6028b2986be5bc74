"""The annual wheel: what the year holds, which meeting takes it up, and what is due on agendas."""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.http import Http404

from styrfart.meetings.models import AgendaItem, ItemState, Meeting, MeetingState, WheelItem, WheelYear
from styrfart.meetings.queries.access import team_to_plan
from styrfart.people.models import Team
from styrfart.people.standing import User

# An item that was left behind in one of these ways still has to be taken up.
NOT_TAKEN_UP = frozenset({ItemState.POSTPONED, ItemState.RETURNED, ItemState.UNFINISHED})


@dataclass(frozen=True)
class Due:
    """A wheel item in a year: the day it is due, and from when it should stand on an agenda."""

    item: WheelItem
    year: int
    due_on: dt.date
    is_skipped: bool = False
    differs: bool = False  # another day than other years
    note: str = ""
    meeting: Meeting | None = None  # where it stands, or was taken up
    is_done: bool = False

    @property
    def from_day(self) -> dt.date:
        """From when it should stand on an agenda."""
        return self.due_on - dt.timedelta(weeks=self.item.weeks_before)


def day_in(item: WheelItem, year: int) -> dt.date:
    """The item's day in a year; the 31st, or 29 February, of a shorter month is its last."""
    return dt.date(year, item.month, min(item.day, calendar.monthrange(year, item.month)[1]))


def year_of(team: Team, year: int) -> list[Due]:
    """Everything on the wheel in a year, also what is skipped, by day. Three queries."""
    return _due(_items(team, [year]), [year])


def due_for(team: Team, from_day: dt.date, to_day: dt.date) -> list[Due]:
    """What should stand on an agenda between two days: not skipped, and not yet on any. Three queries.

    That is each item whose time, from `weeks_before` its day up to that day, reaches into the interval.
    """
    # An item that is due early in a year may have to stand on an agenda in the year before.
    years = list(range(from_day.year, to_day.year + 2))
    return [
        due
        for due in _due(_items(team, years), years)
        if not due.is_skipped and due.meeting is None and due.due_on >= from_day and due.from_day <= to_day
    ]


def _items(team: Team, years: Sequence[int]) -> list[WheelItem]:
    differing = Prefetch("years", WheelYear.objects.filter(year__in=years), "differing")
    on_agendas = Prefetch(
        "agenda_items",
        AgendaItem.objects.filter(wheel_year__in=years)
        .exclude(state__in=NOT_TAKEN_UP)
        .exclude(meeting__state=MeetingState.CANCELLED)
        .select_related("meeting__team")
        .order_by("meeting__held_on", "pk"),
        "standing_on",
    )
    return list(
        WheelItem.objects.filter(Q(last_year=None) | Q(last_year__gte=min(years)), team=team)
        .filter(first_year__lte=max(years))
        .select_related("owner")
        .prefetch_related(differing, on_agendas)
    )


def _due(items: Iterable[WheelItem], years: Iterable[int]) -> list[Due]:
    found = [_one(item, year) for item in items for year in years if is_in(item, year)]
    return sorted(found, key=lambda due: (due.due_on, due.item.title, due.item.pk))


def is_in(item: WheelItem, year: int) -> bool:
    """Whether the item is on the wheel in a year."""
    return item.first_year <= year and (item.last_year is None or year <= item.last_year)


def _one(item: WheelItem, year: int) -> Due:
    differing: dict[int, WheelYear] = {each.year: each for each in item.differing}  # type: ignore[attr-defined]  # fetched above
    standing: dict[int, AgendaItem] = {each.wheel_year: each for each in item.standing_on}  # type: ignore[attr-defined]  # fetched above
    change, on_agenda = differing.get(year), standing.get(year)
    return Due(
        item=item,
        year=year,
        due_on=(change.due_on if change else None) or day_in(item, year),
        is_skipped=bool(change and change.is_skipped),
        differs=bool(change and change.due_on),
        note=change.note if change else "",
        meeting=on_agenda.meeting if on_agenda else None,
        is_done=bool(on_agenda and on_agenda.state == ItemState.DONE),
    )


def wheel_item_to_plan(user: User, team: str, pk: int) -> WheelItem:
    """An item of the team's wheel, for those who plan; 403 to others in the room."""
    of_team = team_to_plan(user, team)
    item = WheelItem.objects.select_related("team__unit", "owner").filter(team=of_team, pk=pk).first()
    if item is None:
        raise Http404
    return item


@dataclass(frozen=True)
class Month:
    """A month of the year and what is due in it."""

    first: dt.date
    dues: list[Due]


def by_month(dues: Iterable[Due], year: int) -> list[Month]:
    """All twelve months, with what is due in each."""
    found = [Month(dt.date(year, month, 1), []) for month in range(1, 13)]
    for due in dues:
        found[due.due_on.month - 1].dues.append(due)
    return found
