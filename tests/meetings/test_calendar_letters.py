"""Meetings by letter into calendars: who hears what, under which number, and what a mail server is given."""

import datetime as dt
import email
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
import vobject
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from styrfart.meetings.actions.inviting import (
    calendar_letters,
    invite,
    invite_to_series,
    tell_calendars_cancelled,
    tell_calendars_changed,
)
from styrfart.meetings.models import (
    Attendee,
    AttendeeRole,
    CalendarChoice,
    Invitation,
    Meeting,
    MeetingState,
    Rhythm,
    Series,
)
from styrfart.people.models import Person, Team
from styrfart.shared import mail, worker
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.meetings.test_calendar_series import read, series_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_an_address(settings: Settings) -> None:
    settings.BASE_URL = "https://styrfart.example"
    settings.DEFAULT_FROM_EMAIL = "Styrfart <styrfart@stad.example>"


def letters_to(person: Person) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(recipient=person).order_by("pk"))


def last_to(person: Person) -> tuple[OutgoingMail, list[Any]]:
    """The latest letter, and the events of its calendar."""
    letter = letters_to(person)[-1]
    return letter, vobject.readOne(letter.calendar).vevent_list


def move(meeting: Meeting, days: int = 1) -> None:
    meeting.held_on += dt.timedelta(days=days)
    meeting.save(update_fields=["held_on"])


def cancel(meeting: Meeting) -> None:
    meeting.state, meeting.cancel_reason = MeetingState.CANCELLED, "För få kan komma."
    meeting.save(update_fields=["state", "cancel_reason"])


def coming_series(team: Team) -> tuple[Series, list[Meeting]]:
    """Every second week from next year on."""
    year = timezone.localdate().year + 1
    return series_of(team, Rhythm.FORTNIGHTLY, dt.date(year, 3, 1), dt.date(year, 5, 31))


def test_an_invitation_goes_to_each_of_those_expected_once(team: Team, chair: Person, member: Person) -> None:
    meeting = make.meeting(team)
    assert invite(meeting=meeting) == sorted([chair.pk, member.pk])
    assert invite(meeting=meeting) == []
    letter, (event,) = last_to(member)
    assert (letter.calendar_method, letter.about) == ("REQUEST", f"meetings.meeting/{meeting.pk}")
    assert event.uid.value == str(meeting.uid)
    assert {row.value: (row.params["ROLE"], row.params["PARTSTAT"]) for row in event.attendee_list} == {
        f"mailto:{chair.email}": (["CHAIR"], ["NEEDS-ACTION"]),
        f"mailto:{member.email}": (["REQ-PARTICIPANT"], ["NEEDS-ACTION"]),
    }
    assert event.organizer.value == "mailto:svara-inte@stad.example"
    assert event.organizer.params["CN"] == [team.name]


def test_who_wants_none_gets_none_and_neither_does_who_has_no_address(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    CalendarChoice.objects.create(person=member, has_invitations=False)
    Person.objects.filter(pk=secretary.pk).update(email=None)
    assert invite(meeting=make.meeting(team)) == [chair.pk]


def test_only_those_who_are_named_are_invited(team: Team, chair: Person, member: Person) -> None:
    assert invite(meeting=make.meeting(team), people=[member]) == [member.pk]


def test_a_change_is_told_under_a_higher_number_to_those_who_have_the_meeting(
    team: Team, chair: Person, member: Person
) -> None:
    meeting = make.meeting(team)
    invite(meeting=meeting)
    CalendarChoice.objects.create(person=member, has_invitations=False)
    assert tell_calendars_changed(meeting=meeting) == []  # nothing that a calendar shows
    move(meeting)
    # Also to who wants no more of them: what stands in the calendar is kept right.
    assert tell_calendars_changed(meeting=meeting) == sorted([chair.pk, member.pk])
    letter, (event,) = last_to(member)
    assert letter.calendar_method == "REQUEST"
    assert (event.uid.value, event.sequence.value) == (str(meeting.uid), "1")
    assert event.dtstart.value.date() == meeting.held_on
    meeting.refresh_from_db()
    assert meeting.sequence == 1
    assert meeting.changed_at is not None


def test_a_number_that_the_deed_has_raised_is_not_raised_again(team: Team, chair: Person) -> None:
    meeting = make.meeting(team)
    invite(meeting=meeting)
    meeting.sequence = 4
    meeting.save(update_fields=["sequence"])
    move(meeting)
    tell_calendars_changed(meeting=meeting)
    assert last_to(chair)[1][0].sequence.value == "4"


def test_a_cancelled_meeting_is_taken_away_once(team: Team, chair: Person) -> None:
    meeting = make.meeting(team)
    invite(meeting=meeting)
    cancel(meeting)
    assert tell_calendars_cancelled(meeting=meeting) == [chair.pk]
    assert tell_calendars_cancelled(meeting=meeting) == []
    letter, (event,) = last_to(chair)
    assert (letter.calendar_method, event.status.value) == ("CANCEL", "CANCELLED")
    assert (event.uid.value, event.sequence.value) == (str(meeting.uid), "1")
    assert "inställt" in letter.subject


def test_who_is_expected_no_more_hears_it_and_who_is_now_is_invited(
    team: Team, chair: Person, member: Person, stranger: Person
) -> None:
    meeting = make.meeting(team)
    invite(meeting=meeting)
    Attendee.objects.filter(meeting=meeting, person=member).delete()
    make.attendee(meeting, stranger)
    assert tell_calendars_changed(meeting=meeting) == sorted([member.pk, stranger.pk])
    letter, (event,) = last_to(member)
    assert letter.calendar_method == "CANCEL"
    assert [row.value for row in event.attendee_list] == [f"mailto:{member.email}"]
    assert f"/moten/{meeting.slug}/" not in letter.body
    assert last_to(stranger)[0].calendar_method == "REQUEST"
    assert len(letters_to(chair)) == 1
    # Expected again: a new invitation, under a number that calendars do not take for old.
    make.attendee(meeting, member)
    assert tell_calendars_changed(meeting=meeting) == [member.pk]
    assert last_to(member)[0].calendar_method == "REQUEST"


def test_a_series_is_one_letter_with_a_rule(team: Team, chair: Person, member: Person) -> None:
    series, meetings = coming_series(team)
    assert invite_to_series(series=series) == sorted([chair.pk, member.pk])
    letter, (event,) = last_to(member)
    assert (event.uid.value, "rrule" in event.contents) == (str(series.uid), True)
    assert [each.begins for each in read(letter.calendar.encode())] == [each.begins for each in meetings]
    assert len(letters_to(member)) == 1


def test_one_day_of_a_series_that_moves_is_told_of_alone(team: Team, chair: Person) -> None:
    series, meetings = coming_series(team)
    invite_to_series(series=series)
    before = meetings[2].begins
    move(meetings[2])
    tell_calendars_changed(meeting=meetings[2])
    letter, (event,) = last_to(chair)
    assert letter.calendar_method == "REQUEST"
    assert event.uid.value == str(series.uid)
    assert event.contents["recurrence-id"][0].value == before
    assert (event.dtstart.value, event.sequence.value) == (meetings[2].begins, "1")
    cancel(meetings[2])
    tell_calendars_cancelled(meeting=meetings[2])
    letter, (event,) = last_to(chair)
    assert letter.calendar_method == "CANCEL"
    assert event.contents["recurrence-id"][0].value == before
    assert event.sequence.value == "2"


def test_a_series_that_is_shortened_is_one_letter_with_a_shorter_rule(team: Team, chair: Person) -> None:
    series, meetings = coming_series(team)
    invite_to_series(series=series)
    for meeting in meetings[3:]:
        cancel(meeting)
    assert calendar_letters(meetings[3:]).send_rest() == [chair.pk]
    letter, (event,) = last_to(chair)
    assert (letter.calendar_method, event.sequence.value) == ("REQUEST", "1")
    assert [each.begins for each in read(letter.calendar.encode())] == [each.begins for each in meetings[:3]]
    for meeting in meetings[:3]:
        cancel(meeting)
    calendar_letters(meetings[:3]).send_rest()
    letter, (event,) = last_to(chair)
    assert (letter.calendar_method, event.uid.value) == ("CANCEL", str(series.uid))
    assert "recurrence-id" not in event.contents
    assert event.sequence.value == "2"
    assert not Invitation.objects.filter(is_cancelled=False).exists()


def test_meetings_that_go_over_to_a_new_series_leave_the_old(team: Team, chair: Person) -> None:
    series, meetings = coming_series(team)
    invite_to_series(series=series)
    new = Series.objects.create(
        kind=series.kind,
        rhythm=series.rhythm,
        first_on=meetings[3].held_on + dt.timedelta(days=1),
        last_on=series.last_on + dt.timedelta(days=1),
        starts_at=dt.time(13, 0),
        created_by=chair,
    )
    for meeting in meetings[3:]:
        meeting.held_on += dt.timedelta(days=1)
        meeting.series, meeting.slot, meeting.starts_at = new, meeting.held_on, new.starts_at
    Meeting.objects.bulk_update(meetings[3:], ["held_on", "slot", "series", "starts_at"])
    before = len(letters_to(chair))
    calendar_letters(meetings[3:]).send_rest()
    told = letters_to(chair)[before:]
    shown = {
        vobject.readOne(letter.calendar).vevent.uid.value: [
            each.begins for each in read(letter.calendar.encode())
        ]
        for letter in told
    }
    assert shown == {
        str(series.uid): [each.begins for each in meetings[:3]],
        str(new.uid): [each.begins for each in meetings[3:]],
    }
    assert calendar_letters(meetings).send_rest() == []


def test_who_comes_into_the_team_gets_what_is_left_of_the_series_in_one_letter(
    team: Team, chair: Person, employee: Person
) -> None:
    series, meetings = coming_series(team)
    invite_to_series(series=series)
    for meeting in meetings[2:]:
        Attendee.objects.create(meeting=meeting, person=employee, role=AttendeeRole.MEMBER)
    assert calendar_letters(meetings[2:]).send_rest() == [employee.pk]
    letter = letters_to(employee)[0]
    assert [each.begins for each in read(letter.calendar.encode())] == [each.begins for each in meetings[2:]]
    # Leaves again between two meetings: one letter, and those before stay.
    Attendee.objects.filter(meeting__in=meetings[4:], person=employee).delete()
    assert calendar_letters(meetings[4:]).send_rest() == [employee.pk]
    letter = letters_to(employee)[1]
    assert [each.begins for each in read(letter.calendar.encode())] == [each.begins for each in meetings[2:4]]


def test_a_letter_of_the_deed_carries_the_calendar_and_no_second_one_is_sent(
    team: Team, chair: Person, member: Person
) -> None:
    meeting = make.meeting(team)
    letters = calendar_letters([meeting])
    mail.send(member, subject="Nytt", text="Nytt", calendar=letters.take(member))
    assert letters.take(member) is None
    assert letters.send_rest() == [chair.pk]
    assert [letter.subject for letter in letters_to(member)] == ["Nytt"]
    assert letters_to(member)[0].calendar.startswith("BEGIN:VCALENDAR\r\n")


def test_a_meeting_that_has_been_is_told_of_to_nobody(team: Team, chair: Person) -> None:
    past = make.meeting(team, held_on=timezone.localdate() - dt.timedelta(days=1))
    ended = make.meeting(team, state=MeetingState.ENDED)
    assert (invite(meeting=past), invite(meeting=ended)) == ([], [])


def test_a_letter_is_in_its_readers_language(team: Team, member: Person) -> None:
    member.language = "en"
    member.save(update_fields=["language"])
    invite(meeting=make.meeting(team))
    letter, (event,) = last_to(member)
    assert letter.subject.startswith("New meeting ")
    assert event.description.params["LANGUAGE"] == ["en"]
    assert event.attendee.params["LANGUAGE"] == ["en"]


def test_no_letter_and_no_calendar_says_what_is_taken_up(team: Team, chair: Person) -> None:
    meeting = make.meeting(team)
    make.item(meeting, "Kvarnen läggs ned")
    invite(meeting=meeting)
    (letter,) = letters_to(chair)
    assert "kvarn" not in (letter.subject + letter.body + letter.calendar).replace("\r\n ", "").lower()


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_due_takes_as_many_queries_however_many_there_are(
    team: Team, chair: Person, member: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meetings = [make.meeting(team) for _each in range(count)]
    calendar_letters(meetings).send_rest()
    with django_assert_num_queries(8):
        calendar_letters(meetings)


def test_what_is_withheld_loses_its_calendar_too(team: Team, chair: Person) -> None:
    meeting = make.meeting(team)
    invite(meeting=meeting)
    mail.withhold([mail.about_of(meeting)], text="Läs på sidan.")
    (letter,) = letters_to(chair)
    assert letter.calendar == ""
    assert "Läs på sidan." in letter.body


class Postbox(socketserver.ThreadingTCPServer):
    """A mail server that takes everything, as the words go over the wire."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Postman)
        self.received: list[bytes] = []


class Postman(socketserver.StreamRequestHandler):
    """One conversation (RFC 5321)."""

    def handle(self) -> None:
        self.wfile.write(b"220 postbox\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"EHLO":
                self.wfile.write(b"250-postbox\r\n250 8BITMIME\r\n")
            elif word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                told = []
                while (line := self.rfile.readline()) != b".\r\n":
                    told.append(line.removeprefix(b".") if line.startswith(b"..") else line)
                assert isinstance(self.server, Postbox)
                self.server.received.append(b"".join(told))
                self.wfile.write(b"250 thanks\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 yes\r\n")


@pytest.fixture
def postbox(settings: Settings) -> Iterator[Postbox]:
    settings.MAIL_IS_SENT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with Postbox() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "", False, False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_what_a_mail_server_is_given_has_the_parts_that_calendars_look_for(
    team: Team, chair: Person, postbox: Postbox
) -> None:
    meeting = make.meeting(team)
    meeting.place = "Ärtans sal, våning två; ring på Åsa"
    meeting.save(update_fields=["place"])
    invite(meeting=meeting)
    (kept,) = letters_to(chair)
    worker.run_all()
    (received,) = postbox.received
    message = email.message_from_bytes(received, policy=default)
    assert isinstance(message, EmailMessage)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/calendar", "application/ics"
    ]  # fmt: skip
    _mixed, _alternative, _plain, calendar, file = message.walk()
    assert dict(calendar["Content-Type"].params) == {"method": "REQUEST", "charset": "utf-8"}
    # Byte for byte what was written, whichever way it went.
    assert calendar.get_payload(decode=True) == kept.calendar.encode()
    assert file.get_payload(decode=True) == kept.calendar.encode()
    assert (file.get_filename(), file.get_content_disposition()) == ("kalender.ics", "attachment")
    (event,) = vobject.readOne(calendar.get_content()).vevent_list
    assert event.location.value == meeting.place
    assert message["To"] == chair.email


def test_a_letter_without_a_calendar_is_one_plain_text(chair: Person, postbox: Postbox) -> None:
    mail.send(chair, subject="Hej", text="Hej")
    worker.run_all()
    assert email.message_from_bytes(postbox.received[0]).get_content_type() == "text/plain"
