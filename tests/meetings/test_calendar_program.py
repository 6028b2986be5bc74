"""A calendar program that reads every letter and nothing else shows, after anything, what is planned.

The program is written here from RFC 5546, and is as strict as Outlook: what has no higher number than what it
knows is old, and is thrown away.
"""

import datetime as dt
from typing import Any

import pytest
import vobject
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styrfart.meetings.actions.inviting import calendar_letters
from styrfart.meetings.models import (
    COMING,
    Attendee,
    AttendeeRole,
    Invitation,
    Meeting,
    MeetingState,
    Rhythm,
    Series,
)
from styrfart.people.models import Person, Team, TeamRole
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.meetings.test_calendar_series import series_of

pytestmark = pytest.mark.django_db
Shown = dict[tuple[str, dt.datetime], tuple[dt.datetime, dt.timedelta, str]]


class Program:
    """What somebody's calendar holds: occurrences by what they are called and when they first were to be."""

    def __init__(self) -> None:
        self.shown: Shown = {}
        self.whole: dict[str, int] = {}  # the number of the latest that told of all of it
        self.known: dict[tuple[str, dt.datetime], int] = {}  # and of one day of it
        self.read = 0

    def fetch(self, person: Person) -> None:
        letters = list(OutgoingMail.objects.filter(recipient=person, pk__gt=self.read).order_by("pk"))
        for letter in letters:
            self.read = letter.pk
            if letter.calendar:
                self.take(vobject.readOne(letter.calendar))

    def take(self, calendar: Any) -> None:
        events = calendar.vevent_list
        (uid,) = {event.uid.value for event in events}
        wholes = [event for event in events if "recurrence-id" not in event.contents]
        for event in wholes:
            number = int(event.sequence.value)
            assert number > self.whole.get(uid, -1) or not self._has(uid), "taken for old"
            self.whole[uid] = number
            self._forget(uid)
            if calendar.method.value == "REQUEST":
                moments = list(event.getrruleset()) if "rrule" in event.contents else [event.dtstart.value]
                for moment in moments:
                    self.shown[uid, _utc(moment)] = _seen(event, moment)
        for event in events:
            if event in wholes:
                continue
            slot = _utc(event.contents["recurrence-id"][0].value)
            number = int(event.sequence.value)
            if not wholes:
                latest = max(self.known.get((uid, slot), -1), self.whole[uid])
                assert number > latest, "taken for old"
            self.known[uid, slot] = number
            self.shown.pop((uid, slot), None)
            if calendar.method.value == "REQUEST":
                self.shown[uid, slot] = _seen(event, event.dtstart.value)

    def _has(self, uid: str) -> bool:
        return any(each == uid for each, _slot in self.shown)

    def _forget(self, uid: str) -> None:
        self.shown = {key: value for key, value in self.shown.items() if key[0] != uid}

    @property
    def meetings(self) -> list[tuple[dt.datetime, dt.timedelta, str]]:
        return sorted(self.shown.values())


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)


def _seen(event: Any, moment: dt.datetime) -> tuple[dt.datetime, dt.timedelta, str]:
    length = (
        event.duration.value
        if "duration" in event.contents
        else _utc(event.dtend.value) - _utc(event.dtstart.value)
    )
    return _utc(moment), length, event.location.value if "location" in event.contents else ""


def expected_of(person: Person) -> list[tuple[dt.datetime, dt.timedelta, str]]:
    rows = Meeting.objects.filter(attendees__person=person, state__in=COMING)
    return sorted((_utc(each.begins), each.ends - each.begins, each.place) for each in rows)


KINDS = ["move", "place", "cancel", "leave", "come", "new", "rest", "over", "nothing"]


def deed(data: st.DataObject, team: Team, people: list[Person]) -> list[Meeting]:
    """Something that happens to meetings; gives those that calendars must hear of."""
    coming = list(Meeting.objects.filter(state__in=COMING).select_related("team", "series"))
    kind = data.draw(st.sampled_from(KINDS))
    if kind == "new" or not coming:
        held_on = timezone.localdate() + dt.timedelta(days=data.draw(st.integers(0, 400)))
        return [make.meeting(team, held_on=held_on)]
    one = data.draw(st.sampled_from(coming))
    if kind in {"leave", "come"}:
        later = [each for each in coming if each.held_on >= one.held_on]
        at = data.draw(st.sampled_from([[one], later, later[::2], later[1::3]]))
        come_and_go(kind, at, data.draw(st.sampled_from(people)))
        return at
    if kind in {"rest", "over"} and one.series:
        rest = [each for each in coming if each.series == one.series and _slot(each) >= _slot(one)]
        if kind == "over":
            go_over(rest, dt.time(data.draw(st.integers(7, 16)), 30), people[0])
        else:
            Meeting.objects.filter(pk__in=[each.pk for each in rest]).update(**CALLED_OFF)
        return rest
    if kind == "move":
        one.held_on += dt.timedelta(days=data.draw(st.integers(-3, 9)))
        one.held_on = max(one.held_on, timezone.localdate())
        one.starts_at = dt.time(data.draw(st.integers(7, 16)))
    elif kind == "place":
        one.place = data.draw(st.sampled_from(["", "Sal 3", "Rådhuset; övre"]))
    elif kind == "cancel":
        one.state, one.cancel_reason = CALLED_OFF["state"], CALLED_OFF["cancel_reason"]
    one.save(update_fields=["held_on", "starts_at", "place", "state", "cancel_reason"])
    return [one]


CALLED_OFF = {"state": MeetingState.CANCELLED.value, "cancel_reason": "Ledigt"}


def _slot(meeting: Meeting) -> dt.date:
    return meeting.slot or meeting.held_on


def come_and_go(kind: str, meetings: list[Meeting], person: Person) -> None:
    for each in meetings:
        rows = Attendee.objects.filter(meeting=each, person=person)
        if kind == "leave":
            rows.delete()
        elif not rows.exists():
            Attendee.objects.create(meeting=each, person=person, role=AttendeeRole.MEMBER)


def go_over(meetings: list[Meeting], starts_at: dt.time, actor: Person) -> None:
    """To a series of their own, every week."""
    days = [_slot(meetings[0]) + dt.timedelta(weeks=at) for at in range(len(meetings))]
    series = meetings[0].series
    assert series is not None
    new = Series.objects.create(
        kind=series.kind,
        rhythm=Rhythm.WEEKLY,
        first_on=days[0],
        last_on=days[-1],
        starts_at=starts_at,
        created_by=actor,
    )
    for each, day in zip(meetings, days, strict=True):
        each.series, each.slot, each.held_on, each.starts_at = new, day, day, starts_at
    Meeting.objects.bulk_update(meetings, ["series", "slot", "held_on", "starts_at"])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, *HealthCheck]
)
@given(data=st.data())
def test_whatever_happens_the_calendar_shows_what_is_planned(team: Team, data: st.DataObject) -> None:
    with transaction.atomic():
        people = [
            make.member(team, role=role, person=make.person(name, "Prov")).person
            for name, role in (("Ett", TeamRole.CHAIR), ("Två", TeamRole.MEMBER))
        ]
        late = make.person("Tre", "Prov")
        everybody = [*people, late]
        programs = {person.pk: Program() for person in everybody}
        first_on = timezone.localdate() + dt.timedelta(days=data.draw(st.integers(1, 200)))
        rhythm = data.draw(st.sampled_from([Rhythm.WEEKLY, Rhythm.FORTNIGHTLY, Rhythm.MONTHLY]))
        _series, meetings = series_of(team, rhythm, first_on, first_on + dt.timedelta(days=110))
        touched = meetings
        for _each in range(data.draw(st.integers(1, 7))):
            calendar_letters(touched).send_rest()
            for person in everybody:
                programs[person.pk].fetch(person)
                assert programs[person.pk].meetings == expected_of(person)
            # Nobody hears the same twice.
            before = OutgoingMail.objects.count()
            calendar_letters(touched).send_rest()
            assert OutgoingMail.objects.count() == before
            touched = deed(data, team, everybody)
        assert Invitation.objects.exists()
        transaction.set_rollback(True)
