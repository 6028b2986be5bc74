"""What stands in a calendar: meetings as events, a series as one event with a rule and its exceptions.

Never what is taken up: a calendar goes to other companies' servers, to telephones and to screens in a lobby.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone

from styrfart.meetings import recurrence
from styrfart.meetings.models import Meeting, MeetingState, Rhythm, Series


@dataclass(frozen=True)
class Listed:
    """A meeting that belongs in a calendar, as one of its series or by itself."""

    meeting: Meeting  # with `team` and `series__kind`
    in_series: bool


@dataclass(frozen=True)
class Event:
    """One event of a calendar. With a `rule` it recurs; one that `replaces` a moment is an exception."""

    uid: str
    begins: dt.datetime
    ends: dt.datetime
    title: str
    team: str
    place: str
    path: str
    sequence: int
    created_at: dt.datetime
    changed_at: dt.datetime
    is_cancelled: bool = False
    replaces: dt.datetime | None = None
    rule: tuple[tuple[str, str | int], ...] = ()
    until: dt.datetime | None = None
    without: tuple[dt.datetime, ...] = ()

    @property
    def told(self) -> str:
        """A digest of what a reader sees of it: the same as long as nobody needs to hear anything new."""
        seen = (self.begins.isoformat(), self.ends.isoformat(), self.title, self.place, self.is_cancelled)
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def events(listed: Iterable[Listed]) -> list[Event]:
    """The events of these meetings: each series first, with its exceptions, then those that stand alone."""
    series: dict[int, tuple[Series, dict[dt.date, Meeting]]] = {}
    alone: list[Meeting] = []
    for each in sorted(listed, key=_in_order):
        meeting = each.meeting
        if each.in_series and meeting.series and meeting.slot:
            series.setdefault(meeting.series.pk, (meeting.series, {}))[1][meeting.slot] = meeting
        else:
            alone.append(meeting)
    found: list[Event] = []
    for one, meetings in series.values():
        found += series_events(one, meetings)
    return found + [single_event(meeting) for meeting in alone]


def has_its_day(meeting: Meeting) -> bool:
    """Whether it stands for a day that its series gives, so that the series' rule can tell of it."""
    series, slot = meeting.series, meeting.slot
    return bool(
        series and slot and slot in recurrence.days(Rhythm(series.rhythm), series.first_on, slot)[-1:]
    )


def single_event(meeting: Meeting) -> Event:
    """A meeting by itself."""
    changed = meeting.changed_at or meeting.created_at
    return Event(
        uid=str(meeting.uid),
        begins=meeting.begins,
        ends=meeting.ends,
        title=meeting.title,
        team=meeting.team.name,
        place=meeting.place,
        path=meeting.get_absolute_url(),
        sequence=meeting.sequence,
        created_at=meeting.created_at,
        changed_at=max(changed, meeting.created_at),
        is_cancelled=meeting.state == MeetingState.CANCELLED,
    )


def exception_event(series: Series, slot: dt.date, meeting: Meeting) -> Event:
    """A meeting of a series, told of apart from the others (RECURRENCE-ID)."""
    alone = single_event(meeting)
    return replace(
        alone,
        uid=str(series.uid),
        replaces=_at(slot, series.starts_at),
        # Both only rise: an exception is never taken for older than the series that it belongs to.
        sequence=series.sequence + meeting.sequence,
        changed_at=max(alone.changed_at, series.changed_at or series.created_at),
    )


def ended_event(series: Series, slot: dt.date, meeting: Meeting) -> Event:
    """The whole series taken away; `slot` and `meeting` are the first of it that the calendar has."""
    return replace(
        exception_event(series, slot, meeting), replaces=None, sequence=series.sequence, is_cancelled=True
    )


def series_events(series: Series, meetings: dict[dt.date, Meeting]) -> list[Event]:
    """One event with a rule for these meetings of a series, and one for each that does not stand on it.

    `meetings` by the day that they stand for, in order. A day of the series without one is left out.
    """
    first, last = min(meetings), max(meetings)
    usual = _usual(meetings.values(), series.starts_at)
    title, minutes, place = usual
    begins = _at(first, series.starts_at)
    days = recurrence.days(Rhythm(series.rhythm), series.first_on, last)
    team = meetings[first].team
    master = Event(
        uid=str(series.uid),
        begins=begins,
        ends=timezone.localtime(begins.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)),
        title=title,
        team=team.name,
        place=place,
        path=reverse("meetings:index", args=[team.slug]),
        sequence=series.sequence,
        created_at=series.created_at,
        changed_at=max(
            series.changed_at or series.created_at,
            *(meeting.changed_at or meeting.created_at for meeting in meetings.values()),
        ),
        rule=tuple(recurrence.rule(Rhythm(series.rhythm), series.first_on).items()),
        until=_at(last, series.starts_at),
        without=tuple(_at(day, series.starts_at) for day in days if day > first and day not in meetings),
    )
    exceptions = (
        exception_event(series, slot, meeting)
        for slot, meeting in meetings.items()
        if not _is_on_rule(meeting, series.starts_at) or _shape(meeting) != usual
    )
    return [master, *exceptions]


def _in_order(each: Listed) -> tuple[dt.date, dt.date, dt.time, int]:
    meeting = each.meeting
    return (meeting.slot or meeting.held_on, meeting.held_on, meeting.starts_at, meeting.pk)


def _usual(meetings: Collection[Meeting], starts_at: dt.time) -> tuple[str, int, str]:
    """What most of them are called, how long they are and where; of several, what the first is."""
    on_rule = [meeting for meeting in meetings if _is_on_rule(meeting, starts_at)]
    return Counter(_shape(meeting) for meeting in on_rule or meetings).most_common(1)[0][0]


def _is_on_rule(meeting: Meeting, starts_at: dt.time) -> bool:
    return (
        meeting.held_on == meeting.slot
        and meeting.starts_at == starts_at
        and meeting.state != MeetingState.CANCELLED
    )


def _shape(meeting: Meeting) -> tuple[str, int, str]:
    return (meeting.title, meeting.minutes, meeting.place)


def _at(day: dt.date, clock: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, clock))
