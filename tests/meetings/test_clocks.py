"""What a year does to a series: the clock changes twice, and somebody leaves between two meetings.

The hour that is skipped or doubled, and who is expected after a change of seats, are proved in
`test_planning.py`; a whole series in a calendar in `test_calendar_series.py`; two who write in the same part
of the minutes in `test_minutes.py` and in `tests/browser/test_minutes.py`.
"""

import datetime as dt
import itertools
from collections import Counter

from django.urls import reverse
from django.utils import timezone

from styrfart.meetings import actions
from styrfart.meetings.models import Meeting, MeetingKind, Minutes, Presence, Rhythm
from styrfart.meetings.recurrence import days
from styrfart.people.models import Person, Team, TeamMember
from tests import make
from tests.conftest import signed_in
from tests.meetings.plans import people_at
from tests.meetings.test_calendar_series import read, rows, written


def a_year(
    kind: MeetingKind, actor: Person, *, starts_at: dt.time, rhythm: Rhythm, first: dt.date
) -> list[Meeting]:
    """A series from `first` to a year later."""
    last = first + dt.timedelta(days=365)
    actions.plan_series(
        kind=kind,
        rhythm=rhythm,
        first_on=first,
        last_on=last,
        starts_at=starts_at,
        days=[(day, day) for day in days(rhythm, first, last)],
        actor=actor,
    )
    return list(Meeting.objects.filter(kind=kind).order_by("held_on"))


def test_a_series_over_both_changes_of_the_clock_keeps_its_hour_on_the_wall(
    team: Team, chair: Person
) -> None:
    meetings = a_year(
        make.meeting_kind(team), chair,
        starts_at=dt.time(9, 0), rhythm=Rhythm.FORTNIGHTLY, first=dt.date(2026, 10, 8),
    )  # fmt: skip
    assert len(meetings) == 27
    assert {(each.begins.hour, each.begins.minute) for each in meetings} == {(9, 0)}
    assert {(each.ends.hour, each.ends.minute) for each in meetings} == {(11, 0)}
    # In UTC: summer time until 25 October 2026 and from 28 March 2027.
    hours = [(each.held_on, each.begins.astimezone(dt.UTC).hour) for each in meetings]
    assert [day for day, hour in hours if hour == 8] == [
        each.held_on for each in meetings if dt.date(2026, 10, 25) <= each.held_on < dt.date(2027, 3, 28)
    ]
    assert Counter(hour for _day, hour in hours) == {7: 16, 8: 11}
    # From one to the next it is two weeks, but for an hour more in autumn and an hour less in spring.
    moments = [each.begins.astimezone(dt.UTC) for each in meetings]
    steps = Counter(after - before for before, after in itertools.pairwise(moments))
    assert steps == {
        dt.timedelta(days=14): 24,
        dt.timedelta(days=14, hours=1): 1,
        dt.timedelta(days=14, hours=-1): 1,
    }


def test_a_weekly_series_at_half_past_two_on_sundays_meets_the_skipped_and_the_doubled_hour(
    team: Team, chair: Person
) -> None:
    meetings = a_year(
        make.meeting_kind(team), chair,
        starts_at=dt.time(2, 30), rhythm=Rhythm.WEEKLY, first=dt.date(2026, 10, 4),
    )  # fmt: skip
    by_day = {each.held_on: each for each in meetings}
    assert {each.starts_at for each in meetings} == {dt.time(2, 30)}, "what is planned is what stands there"
    doubled, skipped = by_day[dt.date(2026, 10, 25)], by_day[dt.date(2027, 3, 28)]
    assert doubled.begins.astimezone(dt.UTC) == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC), "the first"
    assert skipped.begins.astimezone(dt.UTC) == dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)
    # Each is as long as it was planned, and none comes before the one it follows.
    assert {each.ends - each.begins.astimezone(dt.UTC) for each in meetings} == {dt.timedelta(hours=2)}
    assert sorted(meetings, key=lambda each: each.begins.astimezone(dt.UTC)) == meetings
    # A calendar, read by others, shows the same moments; an hour that is not on the wall is read by the
    # offset before the gap (RFC 5545, 3.3.5), which this reader does not do: that day `begins` above says it.
    gap = skipped.begins.astimezone(dt.UTC).date()
    shown, planned = ([each for each in them if each.begins.date() != gap]
                      for them in (read(written(meetings)), rows(meetings)))  # fmt: skip
    assert shown == planned
    assert len(shown) == len(meetings) - 1


def test_who_leaves_between_two_meetings_stays_in_the_minutes_of_the_first(
    team: Team, chair: Person, secretary: Person, member: Person
) -> None:
    kind, today = make.meeting_kind(team), timezone.localdate()
    first, second = (
        actions.plan_meeting(
            team=team,
            kind=kind,
            wish=actions.Wish(held_on=day, starts_at=dt.time(9, 0), minutes=60),
            actor=chair,
        )
        for day in (today, today + dt.timedelta(weeks=2))
    )
    actions.open_meeting(meeting=first, actor=chair)
    actions.note_own_presence(meeting=first, presence=Presence.PRESENT, actor=member)
    actions.end_meeting(meeting=first, actor=chair)
    # Their seat ends before the minutes are read, and well before the next meeting.
    TeamMember.objects.filter(person=member).update(valid_to=today - dt.timedelta(days=1))
    actions.refresh_everywhere(today=today)
    assert people_at(second) == [("Ingrid Hall", "chair"), ("Tove Lind", "secretary")]
    assert ("Samir Haddad", "member") in people_at(first)

    minutes = Minutes.objects.get(meeting=first)
    actions.hand_over_minutes(
        minutes=minutes, approver=chair, checker=None, revision=minutes.revision, actor=secretary
    )
    minutes.refresh_from_db()
    actions.approve_minutes(minutes=minutes, revision=minutes.revision, actor=chair)
    minutes.refresh_from_db()
    present = {one["name"]: one["presence"] for one in minutes.content["people"]}
    assert present == {"Ingrid Hall": "present", "Samir Haddad": "present", "Tove Lind": "absent"}
    # They read what they were at, and nothing of what comes after.
    browser = signed_in(Person.objects.get(pk=member.pk))
    answers = {
        (meeting, name): browser.get(reverse(f"meetings:{name}", args=[team.slug, which.slug])).status_code
        for meeting, which in (("first", first), ("second", second))
        for name in ("minutes", "show")
    }
    assert answers == {
        ("first", "minutes"): 200,
        ("first", "show"): 200,
        ("second", "minutes"): 404,
        ("second", "show"): 404,
    }
