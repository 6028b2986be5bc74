"""Planning, moving and cancelling, as calendars hear of it: one letter a person and deed."""

import datetime as dt

import pytest
import vobject
from django.utils import timezone

from styrfart.meetings import actions
from styrfart.meetings.actions.changing import as_planned
from styrfart.meetings.actions.inviting import invite
from styrfart.meetings.models import Meeting, MeetingKind, Presence, Rhythm, Series
from styrfart.people.models import Person, Team
from styrfart.shared.models import OutgoingMail
from styrfart.shared.templatetags.words import day, day_short
from tests import make
from tests.meetings.test_calendar_series import read

pytestmark = pytest.mark.django_db
NINE = dt.time(9, 0)


@pytest.fixture
def kind(team: Team) -> MeetingKind:
    return make.meeting_kind(team)


@pytest.fixture
def days() -> list[dt.date]:
    """Six Thursdays, every second week, over the change of the clock in spring of next year."""
    first = dt.date(timezone.localdate().year + 1, 2, 25)
    first += dt.timedelta(days=(3 - first.weekday()) % 7)
    return [first + dt.timedelta(weeks=2 * each) for each in range(6)]


def planned(kind: MeetingKind, days: list[dt.date], actor: Person) -> Series:
    return actions.plan_series(
        kind=kind,
        rhythm=Rhythm.FORTNIGHTLY,
        first_on=days[0],
        last_on=days[-1],
        starts_at=NINE,
        days=[(day, day) for day in days],
        actor=actor,
    )


def told(person: Person) -> list[tuple[str, str]]:
    """What the letters since last asked for of the calendar: method and number."""
    letters = OutgoingMail.objects.filter(recipient=person).order_by("pk")
    found = [
        (each.calendar_method, vobject.readOne(each.calendar).vevent.sequence.value if each.calendar else "")
        for each in letters
    ]
    letters.delete()
    return found


def test_planning_one_meeting_invites_everybody(
    team: Team, kind: MeetingKind, chair: Person, member: Person, days: list[dt.date]
) -> None:
    wish = actions.Wish(held_on=days[0], starts_at=NINE, minutes=90)
    actions.plan_meeting(team=team, kind=kind, wish=wish, actor=chair)
    assert (told(chair), told(member)) == ([("REQUEST", "0")], [("REQUEST", "0")])


def test_a_series_with_moved_and_left_out_days_is_one_letter(
    kind: MeetingKind, chair: Person, member: Person, days: list[dt.date]
) -> None:
    held = [(day, day) for day in days]
    held[1] = (days[1], days[1] - dt.timedelta(days=1))  # a red day
    del held[3]
    series = actions.plan_series(
        kind=kind, rhythm=Rhythm.FORTNIGHTLY, first_on=days[0], last_on=days[-1], starts_at=NINE,
        days=held, actor=chair,
    )  # fmt: skip
    (letter,) = OutgoingMail.objects.filter(recipient=member)
    meetings = list(Meeting.objects.filter(series=series))
    assert [each.begins for each in read(letter.calendar.encode())] == [each.begins for each in meetings]
    assert len({each.begins.utcoffset() for each in meetings}) == 2


def test_moving_one_is_told_in_the_letter_that_is_sent_anyhow(
    kind: MeetingKind, chair: Person, member: Person, days: list[dt.date]
) -> None:
    planned(kind, days, chair)
    told(chair), told(member)
    meeting = Meeting.objects.all()[2]
    change = actions.Change(
        **{**vars(as_planned(meeting)), "held_on": meeting.held_on + dt.timedelta(days=1)}
    )
    actions.change_meeting(meeting=meeting, change=change, revision=meeting.revision, actor=chair)
    letter = OutgoingMail.objects.get(recipient=member)
    assert "flyttat" in letter.subject
    # Who moved it gets no such letter, but the calendar must hear.
    assert (told(chair), told(member)) == ([("REQUEST", "1")], [("REQUEST", "1")])


def test_cancelling_one_and_ending_the_rest(
    kind: MeetingKind, chair: Person, member: Person, days: list[dt.date]
) -> None:
    series = planned(kind, days, chair)
    told(chair), told(member)
    meeting = Meeting.objects.all()[2]
    actions.cancel_meeting(meeting=meeting, reason="Ledigt", revision=meeting.revision, actor=chair)
    assert (told(chair), told(member)) == ([("CANCEL", "1")], [("CANCEL", "1")])
    actions.end_series(series=series, from_day=days[4], reason="Färdigt", actor=chair)
    (letter,) = OutgoingMail.objects.filter(recipient=member)
    assert [each.begins.date() for each in read(letter.calendar.encode())] == [days[0], days[1], days[3]]
    assert (told(chair), len(told(member))) == ([("REQUEST", "2")], 1)


def test_a_new_rhythm_ends_the_old_series_in_calendars_and_begins_the_new(
    kind: MeetingKind, chair: Person, member: Person, days: list[dt.date]
) -> None:
    series = planned(kind, days, chair)
    told(chair), told(member)
    later = [day + dt.timedelta(days=1) for day in days[2:]]
    new = actions.change_series(
        series=series,
        from_day=days[2],
        rhythm=Rhythm.FORTNIGHTLY,
        first_on=later[0],
        last_on=later[-1],
        starts_at=dt.time(13, 0),
        days=[(day, day) for day in later],
        actor=chair,
    )
    shown = {}
    for letter in OutgoingMail.objects.filter(recipient=member):
        uid = vobject.readOne(letter.calendar).vevent.uid.value
        shown[uid] = [each.begins.date() for each in read(letter.calendar.encode())]
    assert shown == {str(series.uid): days[:2], str(new.uid): later}


def test_a_guest_hears_of_their_own_meeting_in_a_series_that_changes_and_of_no_other(
    kind: MeetingKind, chair: Person, days: list[dt.date], stranger: Person, employee: Person
) -> None:
    series = planned(kind, days, chair)
    meetings = list(Meeting.objects.filter(series=series))
    make.attendee(meetings[0], stranger, presence=Presence.EXPECTED)
    make.attendee(meetings[-1], employee, presence=Presence.EXPECTED)
    for meeting in (meetings[0], meetings[-1]):
        invite(meeting=meeting)
    OutgoingMail.objects.all().delete()
    actions.change_series(
        series=series,
        from_day=days[0],
        rhythm=Rhythm.WEEKLY,
        first_on=days[0],
        last_on=days[0] + dt.timedelta(days=7),
        starts_at=dt.time(13, 0),
        days=[(day, day) for day in (days[0], days[0] + dt.timedelta(days=7))],
        actor=chair,
    )
    moved = OutgoingMail.objects.get(recipient=stranger)
    cancelled = OutgoingMail.objects.get(recipient=employee)
    assert [line for line in moved.body.splitlines() if "13.00" in line] == [f"{day(days[0])} 13.00"]
    assert (cancelled.subject, cancelled.calendar_method) == (
        f"Mötet {day_short(days[-1])} är inställt",
        "CANCEL",
    )


def test_who_comes_into_a_team_and_leaves_it_hears_it_in_one_letter_each(
    team: Team, kind: MeetingKind, chair: Person, employee: Person, days: list[dt.date]
) -> None:
    series = planned(kind, days, chair)
    told(chair)
    seat = make.member(team, person=employee)
    assert actions.refresh_everywhere(today=timezone.localdate()) == len(days)
    (letter,) = OutgoingMail.objects.filter(recipient=employee)
    assert [each.begins.date() for each in read(letter.calendar.encode())] == days
    seat.valid_to = days[2]
    seat.save(update_fields=["valid_to"])
    assert actions.refresh_everywhere(today=timezone.localdate()) == 3
    letter = OutgoingMail.objects.filter(recipient=employee).latest("pk")
    assert [each.begins.date() for each in read(letter.calendar.encode())] == days[:3]
    assert vobject.readOne(letter.calendar).vevent.uid.value == str(series.uid)
    assert OutgoingMail.objects.filter(recipient=employee).count() == 2
    assert told(chair) == []
