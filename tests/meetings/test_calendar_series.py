"""A series in a calendar: what independent readers of the format make of it is exactly the meetings."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styrfart.meetings import recurrence
from styrfart.meetings.calendars.events import Listed, events, has_its_day
from styrfart.meetings.calendars.writing import write_feed
from styrfart.meetings.models import Meeting, MeetingState, Rhythm, Series
from styrfart.people.models import Team
from tests import make

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")
REGULAR = [rhythm for rhythm in Rhythm if rhythm != Rhythm.SINGLE]


@dataclass(frozen=True, order=True)
class Read:
    """What a program shows of a meeting."""

    begins: dt.datetime
    ends: dt.datetime
    title: str
    place: str
    is_cancelled: bool


def series_of(
    team: Team,
    rhythm: Rhythm = Rhythm.FORTNIGHTLY,
    first_on: dt.date = dt.date(2026, 10, 8),
    last_on: dt.date = dt.date(2027, 4, 30),
    starts_at: dt.time = dt.time(9, 0),
) -> tuple[Series, list[Meeting]]:
    """A series with a meeting on each of its days."""
    series = Series.objects.create(
        kind=make.meeting_kind(team),
        rhythm=rhythm,
        first_on=first_on,
        last_on=last_on,
        starts_at=starts_at,
        created_by=make.person(),
    )
    meetings = []
    for day in recurrence.days(rhythm, first_on, last_on):
        meeting = make.meeting(team, held_on=day, starts_at=starts_at, kind=series.kind)
        meeting.series, meeting.slot = series, day
        meetings.append(meeting)
    Meeting.objects.bulk_update(meetings, ["series", "slot"])
    return series, meetings


def written(meetings: list[Meeting]) -> bytes:
    return write_feed(events(Listed(each, has_its_day(each)) for each in meetings), name="Möten")


def _utc(moment: dt.datetime) -> dt.datetime:
    """A moment as read, by the time zone that the calendar itself describes."""
    assert moment.tzinfo is not None
    return moment.astimezone(dt.UTC)


def _length(event: Any) -> dt.timedelta:
    if "duration" in event.contents:
        length: dt.timedelta = event.duration.value
        return length
    return _utc(event.dtend.value) - _utc(event.dtstart.value)


def read(text: bytes) -> list[Read]:
    """Every occurrence, expanded by dateutil from what vobject reads."""
    calendar = vobject.readOne(text.decode())
    found: list[Read] = []
    all_events = calendar.contents.get("vevent", [])
    replaced = {
        (event.uid.value, _utc(event.contents["recurrence-id"][0].value))
        for event in all_events
        if "recurrence-id" in event.contents
    }
    for event in all_events:
        moments = [event.dtstart.value]
        if "rrule" in event.contents:
            moments = list(event.getrruleset())
        for moment in moments:
            begins = _utc(moment)
            if "recurrence-id" not in event.contents and (event.uid.value, begins) in replaced:
                continue
            found.append(
                Read(
                    begins,
                    begins + _length(event),
                    event.summary.value.removeprefix("Inställt: ").rpartition(", ")[0],
                    event.location.value if "location" in event.contents else "",
                    event.status.value == "CANCELLED",
                )
            )
    return sorted(found)


def rows(meetings: list[Meeting]) -> list[Read]:
    return sorted(
        Read(
            each.begins.astimezone(dt.UTC),
            each.ends.astimezone(dt.UTC),
            each.title,
            each.place,
            each.state == MeetingState.CANCELLED,
        )
        for each in meetings
    )


def test_a_series_on_rule_is_one_event_and_keeps_its_hour_when_the_clock_changes(team: Team) -> None:
    _series, meetings = series_of(team, last_on=dt.date(2027, 4, 30))
    text = written(meetings)
    assert text.count(b"BEGIN:VEVENT") == 1
    assert b"RRULE:FREQ=WEEKLY;UNTIL=20270422T070000Z;INTERVAL=2\r\n" in text
    found = read(text)
    assert found == rows(meetings)
    # 8 and 22 October in summer time, 5 November to 25 March in winter time, 8 and 22 April in summer time.
    assert [each.begins.hour for each in found] == [7, 7, *([8] * 11), 7, 7]
    assert {each.begins.astimezone(STOCKHOLM).time() for each in found} == {dt.time(9, 0)}


def test_removed_moved_changed_and_cancelled_days_are_exceptions(team: Team) -> None:
    series, meetings = series_of(team, last_on=dt.date(2026, 12, 31))
    removed, moved, longer, cancelled = meetings[1:5]
    removed.delete()
    moved.held_on, moved.starts_at = moved.held_on + dt.timedelta(days=1), dt.time(13, 30)
    longer.minutes, longer.place = 180, "Rådhuset"
    cancelled.state, cancelled.cancel_reason = MeetingState.CANCELLED, "För få kan komma."
    kept = [meetings[0], moved, longer, cancelled, *meetings[5:]]
    text = written(kept)
    assert read(text) == rows(kept)
    assert text.count(b"BEGIN:VEVENT") == 4
    assert b"EXDATE;TZID=Europe/Stockholm:20261022T090000\r\n" in text
    assert b"RECURRENCE-ID;TZID=Europe/Stockholm:20261105T090000\r\n" in text
    assert text.count(f"UID:{series.uid}".encode()) == 4


def test_what_the_first_meeting_of_a_series_was_is_an_exception_like_any_other(team: Team) -> None:
    _series, meetings = series_of(team, last_on=dt.date(2026, 12, 31))
    meetings[0].held_on -= dt.timedelta(days=2)
    assert read(written(meetings)) == rows(meetings)


def test_a_day_that_the_rhythm_does_not_give_stands_by_itself(team: Team) -> None:
    _series, meetings = series_of(team, last_on=dt.date(2026, 11, 30))
    odd = meetings[-1]
    odd.slot = odd.held_on = odd.held_on + dt.timedelta(days=1)
    text = written(meetings)
    assert read(text) == rows(meetings)
    assert f"UID:{odd.uid}".encode() in text


def test_every_number_is_raised_with_the_series_and_the_meeting(team: Team) -> None:
    series, meetings = series_of(team, last_on=dt.date(2026, 11, 30))
    series.sequence = 2
    for each in meetings:
        each.series = series
    meetings[1].sequence, meetings[1].place = 3, "Rådhuset"
    calendar = vobject.readOne(written(meetings).decode())
    assert [event.sequence.value for event in calendar.vevent_list] == ["2", "5"]


def test_texts_are_escaped_and_folded_between_letters(team: Team) -> None:
    meeting = make.meeting(team)
    meeting.title = "Åäö; räksmörgås, \\backslash och " + "ö" * 40
    meeting.place = "Rad ett\nRad två\x0bmed\u2028konstigheter"
    team.name = 'Grupp "Ö" \U0001f6a2'
    meeting.team = team
    text = written([meeting])
    lines = text.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two
    assert b"\n" not in text.replace(b"\r\n", b"")
    (event,) = vobject.readOne(text.decode()).vevent_list
    assert event.summary.value == f"{meeting.title}, {team.name}"
    assert event.location.value == "Rad ett\nRad två med konstigheter"
    assert event.organizer.params["CN"] == ["Grupp 'Ö' \U0001f6a2"]


def test_the_time_zone_is_described_by_the_rule_that_holds(team: Team) -> None:
    text = written([make.meeting(team, held_on=dt.date(2026, 10, 8))]).replace(b"\r\n", b"\n").decode()
    assert text[text.index("BEGIN:VTIMEZONE") : text.index("BEGIN:VEVENT")] == (
        "BEGIN:VTIMEZONE\nTZID:Europe/Stockholm\n"
        "BEGIN:DAYLIGHT\nDTSTART:19960331T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n"
        "TZNAME:CEST\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\n"
        "BEGIN:STANDARD\nDTSTART:19961027T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n"
        "TZNAME:CET\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
    )


def test_a_meeting_through_the_night_when_the_clock_changes_is_as_long_as_planned(team: Team) -> None:
    meeting = make.meeting(team, held_on=dt.date(2026, 10, 25), starts_at=dt.time(1, 0))
    found = read(written([meeting]))
    assert found == rows([meeting])
    assert found[0].ends - found[0].begins == dt.timedelta(hours=2)


CHANGES = st.sampled_from(["as it is", "as it is", "removed", "moved", "longer", "elsewhere", "cancelled"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rhythm=st.sampled_from(REGULAR),
    first_on=st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31)),
    length=st.integers(0, 420),
    hour=st.integers(6, 20),
    data=st.data(),
)
def test_what_is_read_is_what_is_planned(
    team: Team, rhythm: Rhythm, first_on: dt.date, length: int, hour: int, data: st.DataObject
) -> None:
    """Over any series with any exceptions, across both changes of the clock in a year."""
    with transaction.atomic():
        starts_at = dt.time(hour, 15)
        _series, meetings = series_of(team, rhythm, first_on, first_on + dt.timedelta(days=length), starts_at)
        kept = []
        for meeting in meetings:
            change = data.draw(CHANGES)
            if change == "removed":
                continue
            if change == "moved":
                meeting.held_on += dt.timedelta(days=data.draw(st.integers(-6, 6)))
                meeting.starts_at = dt.time(data.draw(st.integers(6, 20)), 0)
            elif change == "longer":
                meeting.minutes = data.draw(st.integers(10, 200))
            elif change == "elsewhere":
                meeting.place = data.draw(st.text("aåäö,;:\\\"' \n", max_size=120)).strip()
            elif change == "cancelled":
                meeting.state = MeetingState.CANCELLED
            kept.append(meeting)
        text = written(kept)
        assert read(text) == rows(kept)
        assert written(list(reversed(kept))) == text
        transaction.set_rollback(True)
