"""Which calendars must hear of which meetings: what each was told, beside what stands now."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Prefetch, Q
from django.utils import timezone

from styrfart.meetings.calendars.events import has_its_day, single_event
from styrfart.meetings.models import (
    COMING,
    Attendee,
    CalendarChoice,
    Invitation,
    Meeting,
    MeetingState,
    Series,
)
from styrfart.meetings.queries.calendar import INVITED
from styrfart.people.models import Person

ALIVE = COMING | {MeetingState.OPEN}


class What(StrEnum):
    """What has happened to a calendar's entry."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass
class Letter:
    """What one calendar is to hear of a series, or of a meeting by itself."""

    person: Person
    what: What
    series: Series | None
    wanted: list[Meeting]  # what is to stand there of it, in order
    known: list[Invitation]  # what stands there
    # The one day of the series that differs, when no more does: calendars then hear of that alone.
    only: tuple[dt.date, Meeting] | None = None

    @property
    def meetings(self) -> list[Meeting]:
        """Those that the letter is about, in order."""
        if self.only:
            return [self.only[1]]
        if self.what == What.GONE:
            return sorted((row.meeting for row in self.known), key=lambda each: (each.held_on, each.pk))
        return [meeting for meeting in self.wanted if meeting.state in ALIVE]


# What a calendar knows as one thing: a series (its id), or a meeting by itself (nought and its id).
Thing = tuple[int, int]


@dataclass
class _Calendar:
    """What one person's calendar holds of some meetings, and what it is to hold."""

    person: Person
    known: dict[Thing, list[Invitation]] = field(default_factory=dict)
    wanted: dict[Thing, list[Meeting]] = field(default_factory=dict)

    def letters(
        self, touched: Collection[int], series: dict[int, Series], *, may_be_new: bool
    ) -> Iterator[Letter]:
        """One for each thing of which it holds something else than it should."""
        for thing in {**self.known, **self.wanted}:
            known, wanted = self.known.get(thing, []), self.wanted.get(thing, [])
            ids = {row.meeting_id for row in known} | {meeting.pk for meeting in wanted}
            if ids.isdisjoint(touched) or not (known or may_be_new):
                continue
            letter = Letter(self.person, What.CHANGED, series.get(thing[0]), wanted, known)
            if _compare(letter):
                yield letter


def due_letters(touched: Collection[int], *, people: Collection[int] | None = None) -> list[Letter]:
    """A letter for each calendar that holds something else of these meetings than it should.

    `people`: those who may be sent something new; None means everybody. Five queries, however many meetings.
    """
    meetings = _with_their_series(touched)
    series = {each.series.pk: each.series for each in meetings.values() if each.series}
    calendars: dict[int, _Calendar] = {}
    knows: dict[tuple[int, int], Invitation] = {}
    for row in Invitation.objects.filter(meeting__in=meetings, is_cancelled=False).select_related(
        "person", "series"
    ):
        row.meeting = meetings[row.meeting_id]
        if row.series:
            row.series = series.setdefault(row.series.pk, row.series)
        calendar = calendars.setdefault(row.person_id, _Calendar(row.person))
        calendar.known.setdefault(_thing(row), []).append(row)
        knows[row.person_id, row.meeting_id] = row
    for meeting in meetings.values():
        if meeting.series_id:
            meeting.series = series[meeting.series_id]
    _want(meetings.values(), calendars, knows)
    without = set(
        CalendarChoice.objects.filter(person__in=calendars, has_invitations=False).values_list(
            "person_id", flat=True
        )
    )
    return [
        letter
        for pk, calendar in sorted(calendars.items())
        for letter in calendar.letters(
            touched, series, may_be_new=pk not in without and (people is None or pk in people)
        )
    ]


def _with_their_series(touched: Collection[int]) -> dict[int, Meeting]:
    """These meetings, and every meeting of a series that one of them is in, or was when calendars heard."""
    told = Invitation.objects.filter(meeting__in=touched, is_cancelled=False, series__isnull=False)
    now = Meeting.objects.filter(pk__in=touched, series__isnull=False)
    series = set(told.order_by().values_list("series_id", flat=True)) | set(
        now.order_by().values_list("series_id", flat=True)
    )
    every = (
        Meeting.objects.filter(Q(pk__in=touched) | Q(series__in=series))
        .select_related("team", "series")
        .prefetch_related(Prefetch("attendees", Attendee.objects.select_related("person").order_by("pk")))
        .order_by("held_on", "starts_at", "pk")
    )
    return {meeting.pk: meeting for meeting in every}


def _want(
    meetings: Iterable[Meeting],
    calendars: dict[int, _Calendar],
    knows: dict[tuple[int, int], Invitation],
) -> None:
    """Add what each calendar is to hold. What has been held stays there as it was told."""
    today = timezone.localdate()
    for meeting in meetings:
        is_day_of_series = has_its_day(meeting)
        for row in meeting.attendees.all():
            person = row.person
            known = knows.get((person.pk, meeting.pk))
            if not person.email or not person.is_active:
                continue
            if meeting.state not in ALIVE or (known is None and meeting.held_on < today):
                continue
            calendar = calendars.setdefault(person.pk, _Calendar(person))
            in_series = is_day_of_series and row.role not in INVITED
            thing = (meeting.series_id or 0, 0) if in_series else (0, meeting.pk)
            calendar.wanted.setdefault(thing, []).append(meeting)
        if meeting.state == MeetingState.ENDED:
            for (person_pk, meeting_pk), known in knows.items():
                if meeting_pk == meeting.pk:
                    calendars[person_pk].wanted.setdefault(_thing(known), []).append(meeting)


def _thing(row: Invitation) -> Thing:
    return (row.series_id, 0) if row.series_id else (0, row.meeting_id)


def _compare(letter: Letter) -> bool:
    """Say what the letter is to tell; whether there is anything."""
    known = {row.meeting_id: row for row in letter.known}
    wanted = {meeting.pk: meeting for meeting in letter.wanted}
    new = [meeting for pk, meeting in wanted.items() if pk not in known]
    gone = [row for pk, row in known.items() if pk not in wanted]
    changed = [
        meeting
        for pk, meeting in wanted.items()
        if pk in known
        and meeting.state in ALIVE
        and (known[pk].told != single_event(meeting).told or _slot(letter, meeting) != known[pk].slot)
    ]
    if not known:
        letter.what = What.NEW
    elif not wanted:
        letter.what = What.GONE
    elif letter.series and (len(new), len(gone), len(changed)) == (0, 1, 0) and gone[0].slot:
        letter.what, letter.only = What.GONE, (gone[0].slot, gone[0].meeting)
    elif letter.series and (len(new), len(gone), len(changed)) == (0, 0, 1) and changed[0].slot:
        letter.only = (changed[0].slot, changed[0])
    return bool(new or gone or changed)


def _slot(letter: Letter, meeting: Meeting) -> dt.date | None:
    return meeting.slot if letter.series else None
