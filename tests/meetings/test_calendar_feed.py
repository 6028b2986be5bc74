"""The address that a calendar program reads: who it opens for, what it holds, and what it never says."""

import datetime as dt
import logging
from collections.abc import Callable

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from styrfart.meetings.actions.calendar import (
    KeyHasChanged,
    make_calendar_key,
    mark_of,
    revoke_calendar_key,
)
from styrfart.meetings.models import (
    Attendee,
    AttendeeRole,
    CalendarKey,
    Meeting,
    MeetingState,
    Presence,
)
from styrfart.meetings.queries.calendar import digest_of
from styrfart.people.models import Person, Role, Team, TeamMember
from styrfart.shared.models import AuditEntry
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_an_address(settings: Settings) -> None:
    settings.BASE_URL = "https://styrfart.example"
    settings.DEFAULT_FROM_EMAIL = "Styrfart <styrfart@stad.example>"


def secret_of(person: Person) -> str:
    key = CalendarKey.objects.filter(person=person).first()
    return make_calendar_key(known=mark_of(key), actor=person).secret


def read(secret: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    answer = Client().get(f"/kalender/{secret}.ics", headers=headers)
    return answer.status_code, answer.content.decode(), dict(answer.headers)


def titles(person: Person) -> list[str]:
    """What a calendar program lists."""
    calendar = vobject.readOne(read(secret_of(person))[1])
    return sorted(event.summary.value for event in calendar.contents.get("vevent", []))


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def named(meeting: Meeting, title: str) -> Meeting:
    meeting.title = title
    meeting.save(update_fields=["title"])
    return meeting


def test_a_meeting_stands_with_name_team_time_place_and_link(team: Team, member: Person) -> None:
    meeting = make.meeting(team, held_on=dt.date(2030, 10, 24), starts_at=dt.time(9, 0))
    meeting.place = "Sal 3; plan 2, Tekniska nämndhuset"
    meeting.save(update_fields=["place"])
    status, text, headers = read(secret_of(member))
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    (event,) = vobject.readOne(text).vevent_list
    assert event.summary.value == f"Ledningsgruppens möte, {team.name}"
    assert event.location.value == "Sal 3; plan 2, Tekniska nämndhuset"
    assert event.dtstart.value.astimezone(dt.UTC) == dt.datetime(2030, 10, 24, 7, 0, tzinfo=dt.UTC)
    assert event.dtend.value.astimezone(dt.UTC) == dt.datetime(2030, 10, 24, 9, 0, tzinfo=dt.UTC)
    assert event.url.value == f"https://styrfart.example/lg/{team.slug}/moten/2030-10-24/"
    assert event.organizer.value == "mailto:svara-inte@stad.example"
    assert event.uid.value == str(meeting.uid)
    assert (event.status.value, event.sequence.value) == ("CONFIRMED", "0")
    assert not {"attendee", "valarm"} & set(event.contents)


def test_nothing_of_what_is_taken_up_is_in_it(team: Team, member: Person) -> None:
    meeting = make.meeting(team)
    make.item(meeting, "Kvarnen läggs ned")
    meeting.note = "Läs om kvarnen"
    meeting.save(update_fields=["note"])
    _status, text, _headers = read(secret_of(member))
    assert "kvarn" not in text.replace("\r\n ", "").lower()
    assert "Ledningsgruppens möte" in text.replace("\r\n ", "")


def test_a_cancelled_meeting_is_seen_to_be_so(team: Team, member: Person) -> None:
    make.meeting(team, state=MeetingState.CANCELLED)
    (event,) = vobject.readOne(read(secret_of(member))[1]).vevent_list
    assert (event.status.value, event.transp.value) == ("CANCELLED", "TRANSPARENT")
    assert event.summary.value == f"Inställt: Ledningsgruppens möte, {team.name}"


def test_it_reaches_ninety_days_back_and_as_far_ahead_as_anything_is_planned(
    team: Team, member: Person
) -> None:
    for days, title in ((-91, "För länge sedan"), (-90, "Nyss"), (0, "I dag"), (700, "Om två år")):
        held_on = in_days(days)
        meeting = named(make.meeting(team, held_on=held_on), title)
        Attendee.objects.get_or_create(meeting=meeting, person=member, defaults={"role": AttendeeRole.MEMBER})
    assert titles(member) == [f"{each}, {team.name}" for each in ("I dag", "Nyss", "Om två år")]


def test_only_those_where_the_person_is_expected(team: Team, member: Person, chair: Person) -> None:
    meeting = make.meeting(team)
    Attendee.objects.filter(meeting=meeting, person=member).delete()
    assert (titles(member), titles(chair)) == ([], [f"Ledningsgruppens möte, {team.name}"])


def leave(team: Team, person: Person, last_day: dt.date) -> None:
    TeamMember.objects.filter(team=team, person=person).update(
        valid_from=dt.date(2020, 1, 1), valid_to=last_day
    )


def test_who_has_left_the_team_keeps_only_those_they_were_at(team: Team, member: Person) -> None:
    was_there = named(make.meeting(team, held_on=in_days(-20), state=MeetingState.ENDED), "Var där")
    was_away = named(make.meeting(team, held_on=in_days(-13), state=MeetingState.ENDED), "Var borta")
    named(make.meeting(team, held_on=in_days(8)), "Kommer")
    Attendee.objects.filter(person=member).delete()
    for meeting in Meeting.objects.all():
        make.attendee(meeting, member, presence=Presence.EXPECTED)
    Attendee.objects.filter(person=member).update(role=AttendeeRole.MEMBER)
    Attendee.objects.filter(person=member, meeting=was_there).update(presence=Presence.REMOTE)
    Attendee.objects.filter(person=member, meeting=was_away).update(presence=Presence.ABSENT)
    assert titles(member) == [f"{each}, {team.name}" for each in ("Kommer", "Var borta", "Var där")]
    leave(team, member, in_days(-1))
    assert titles(Person.objects.get(pk=member.pk)) == [f"Var där, {team.name}"]


def test_a_guest_has_the_meeting_and_its_own_link_though_it_is_one_of_a_series(
    team: Team, stranger: Person
) -> None:
    meeting = make.meeting(team)
    make.attendee(meeting, stranger, presence=Presence.EXPECTED)
    (event,) = vobject.readOne(read(secret_of(stranger))[1]).vevent_list
    assert event.url.value.endswith(f"/moten/{meeting.slug}/")


def test_the_seat_of_an_external_coach_opens_nothing(team: Team) -> None:
    coach = make.role(Role.COACH)
    make.member(team, person=coach)
    held = make.meeting(team, held_on=in_days(-3), state=MeetingState.ENDED)
    make.meeting(team)
    Attendee.objects.get_or_create(
        meeting=held, person=coach, defaults={"role": AttendeeRole.MEMBER, "presence": Presence.PRESENT}
    )
    Attendee.objects.filter(person=coach).update(presence=Presence.PRESENT)
    assert Attendee.objects.filter(person=coach).count() == 2
    assert titles(coach) == []


@pytest.mark.parametrize("end", ["renew", "revoke", "close"])
def test_an_address_that_has_ended_answers_as_one_that_never_was(member: Person, end: str) -> None:
    secret = secret_of(member)
    assert read(secret)[0] == 200
    deeds: dict[str, Callable[[], object]] = {
        "renew": lambda: secret_of(member),
        "revoke": lambda: revoke_calendar_key(actor=member),
        "close": lambda: Person.objects.filter(pk=member.pk).update(is_active=False),
    }
    deeds[end]()
    never = read("a" * 43)
    gone = read(secret)
    assert (gone[0], never[0]) == (404, 404)
    assert CalendarKey.objects.filter(digest=secret).count() == 0


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_address_only_reads(member: Person, method: str) -> None:
    assert getattr(Client(), method)(f"/kalender/{secret_of(member)}.ics").status_code == 405


def test_the_same_state_gives_the_same_bytes_and_is_sent_once(team: Team, member: Person) -> None:
    make.meeting(team)
    secret = secret_of(member)
    _status, text, headers = read(secret)
    assert read(secret)[1] == text
    assert headers["Cache-Control"] == "private, max-age=900"
    assert "Set-Cookie" not in headers
    tag = headers["ETag"]
    status, nothing, again = read(secret, If_None_Match=tag)
    assert (status, nothing, again["ETag"]) == (304, "", tag)
    assert again["Cache-Control"] == headers["Cache-Control"]
    make.meeting(team)
    status, other, newer = read(secret, If_None_Match=tag)
    assert status == 200
    assert newer["ETag"] != tag
    assert other != text


def test_it_is_in_its_owners_language_whoever_asks(team: Team, member: Person) -> None:
    make.meeting(team, state=MeetingState.CANCELLED)
    member.language = "en"
    member.save(update_fields=["language"])
    _status, text, headers = read(secret_of(member), Accept_Language="sv")
    assert headers["Content-Language"] == "en"
    assert vobject.readOne(text).vevent.summary.value.startswith("Cancelled: ")


def test_the_day_it_was_read_is_kept_and_not_the_hour(member: Person) -> None:
    secret = secret_of(member)
    assert CalendarKey.objects.get().last_read_on is None
    read(secret)
    assert CalendarKey.objects.get().last_read_on == timezone.localdate()


@pytest.mark.parametrize("count", [1, 3])
def test_reading_takes_as_many_queries_however_many_meetings(
    team: Team, member: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(count):
        make.meeting(team)
    secret = secret_of(member)
    read(secret)
    with django_assert_num_queries(5):  # the key; roles, posts, seats; the meetings
        read(secret)


def test_the_secret_is_kept_nowhere(member: Person) -> None:
    client = signed_in(member)
    answer = client.post(reverse("meetings:make-calendar-key"), {"known": ""})
    address = answer.context["address"]
    secret = address.removeprefix("https://styrfart.example/kalender/").removesuffix(".ics")
    assert len(secret) == 43
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert address in answer.content.decode()
    assert secret not in client.get(reverse("meetings:calendar-settings")).content.decode()
    key = CalendarKey.objects.get(person=member)
    assert secret not in repr(key.__dict__)
    entries = list(AuditEntry.objects.values_list("verb", "object_label", "detail"))
    assert [entry[0] for entry in entries] == ["meetings.make_calendar_key"]
    assert secret not in repr(entries)
    assert read(secret)[0] == 200


@pytest.mark.parametrize("is_right", [True, False])
def test_the_log_of_requests_never_holds_the_secret(
    member: Person, caplog: pytest.LogCaptureFixture, is_right: bool
) -> None:
    # One that looks like any word in an address would otherwise be written.
    secret = "kalendern" if is_right else "almanackan"
    CalendarKey.objects.create(person=member, digest=digest_of("kalendern"))
    with caplog.at_level(logging.INFO, logger="styrfart.requests"):
        status, _text, _headers = read(secret)
    (line,) = [each for each in caplog.records if each.name == "styrfart.requests"]
    assert status == (200 if is_right else 404)
    assert line.__dict__["path"] == "/kalender/*.ics"
    assert secret not in repr([each.__dict__ for each in caplog.records if each.name != "django.request"])


def test_a_reloaded_page_makes_no_second_address(member: Person) -> None:
    client = signed_in(member)
    secret = client.post(reverse("meetings:make-calendar-key"), {"known": ""}).context["address"][-47:-4]
    answer = client.post(reverse("meetings:make-calendar-key"), {"known": ""})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("meetings:calendar-settings"))
    assert read(secret)[0] == 200
    with pytest.raises(KeyHasChanged):
        make_calendar_key(known="", actor=member)


def test_renewing_and_closing_are_written_in_ones_own_log(member: Person) -> None:
    secret_of(member)
    secret_of(member)
    revoke_calendar_key(actor=member)
    revoke_calendar_key(actor=member)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "meetings.make_calendar_key", "meetings.renew_calendar_key", "meetings.revoke_calendar_key"
    ]  # fmt: skip
    page = signed_in(member).get(reverse("people:log")).content.decode()
    assert "stängde adressen till kalendern för" in page


def test_an_address_turns_invitations_off_and_closing_it_turns_them_on(member: Person) -> None:
    client = signed_in(member)
    page = reverse("meetings:calendar-settings")
    assert client.get(page).context["has_invitations"]
    client.post(reverse("meetings:make-calendar-key"), {"known": ""})
    assert not client.get(page).context["has_invitations"]
    client.post(reverse("meetings:choose-invitations"), {"has_invitations": "on"})
    assert client.get(page).context["has_invitations"]
    client.post(reverse("meetings:choose-invitations"), {})
    assert not client.get(page).context["has_invitations"]
    client.post(reverse("meetings:revoke-calendar-key"))
    assert client.get(page).context["has_invitations"]
    assert not CalendarKey.objects.exists()


@pytest.mark.parametrize("who", ["chair", "member", "stranger", "employee", "owner"])
def test_everybody_has_a_calendar_of_their_own(who: str, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    assert signed_in(person).get(reverse("meetings:calendar-settings")).status_code == 200
    for name in ("calendar-settings", "make-calendar-key", "revoke-calendar-key", "choose-invitations"):
        answer = Client().post(reverse(f"meetings:{name}"))
        assert answer.headers["Location"].startswith("/konto/inloggning/")
