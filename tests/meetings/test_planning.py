"""Planning: one meeting, a series, who is expected, and the clock."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from styrfart.meetings import actions
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.actions import inviting
from styrfart.meetings.models import (
    AgendaItem,
    Attendee,
    AttendeeRole,
    Meeting,
    MeetingKind,
    MeetingState,
    Rhythm,
    Series,
)
from styrfart.meetings.queries.expected import out_of_step
from styrfart.meetings.queries.planning import obstacles, preview
from styrfart.people.models import Person, Role, Team, TeamMember, TeamRole
from styrfart.shared.models import AuditEntry
from tests import make
from tests.conftest import signed_in
from tests.meetings.plans import NINE, THURSDAY, changed, people_at, series, single, whole_kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_calendars(monkeypatch: pytest.MonkeyPatch) -> None:
    """What calendars are told has tests of its own (`test_calendar_letters.py`, `test_calendar_plans.py`)."""
    monkeypatch.setattr(inviting, "due_letters", lambda *_args, **_people: [])


@pytest.fixture
def kind(team: Team) -> MeetingKind:
    return whole_kind(team)


# --- one meeting ------------------------------------------------------------------------------------
def test_a_planned_meeting_gets_its_people_leader_secretary_and_standing_items(
    team: Team, kind: MeetingKind, chair: Person, member: Person, secretary: Person, adjunct: Person
) -> None:
    meeting = single(team, secretary, kind=kind)
    assert people_at(meeting) == [
        ("Samir Haddad", "member"),
        ("Ingrid Hall", "chair"),
        ("Lena Kask", "adjunct"),
        ("Tove Lind", "secretary"),
    ]
    assert (meeting.leader, meeting.secretary) == (chair, secretary)
    assert (meeting.title, meeting.slug) == ("Ledningsgruppens möte", "2027-01-14")
    assert list(meeting.items.values_list("position", "source", "owner", "minutes", "needs_material")) == [
        (1, "check_in", chair.pk, 5, False),
        (2, "standing", chair.pk, 15, False),
        (3, "wrap_up", chair.pk, 5, False),
    ]
    entry = AuditEntry.objects.get(verb="meetings.plan_meeting")
    assert (entry.actor, entry.object_label) == (secretary, "2027-01-14")


def test_adjuncts_are_not_expected_where_the_kind_is_without_them(
    team: Team, kind: MeetingKind, chair: Person, adjunct: Person
) -> None:
    MeetingKind.objects.update(has_adjuncts=False)
    kind.refresh_from_db()
    assert people_at(single(team, chair, kind=kind)) == [("Ingrid Hall", "chair")]


def test_an_external_coach_is_not_expected(team: Team, kind: MeetingKind, chair: Person) -> None:
    coach = make.member(team, role=TeamRole.ADJUNCT, person=make.person("Carl", "Coach")).person
    make.role(Role.COACH, coach)
    assert people_at(single(team, chair, kind=kind)) == [("Ingrid Hall", "chair")]


def test_the_second_meeting_of_a_day_gets_a_number(team: Team, chair: Person) -> None:
    planned = [
        actions.plan_meeting(
            team=team, kind=None, wish=actions.Wish(THURSDAY, NINE, 90, title=title), actor=chair
        )
        for title in ("Lägesmöte", "Budget", "Krisövning")
    ]
    assert [each.slug for each in planned] == ["2027-01-14", "2027-01-14-2", "2027-01-14-3"]


def test_a_button_pressed_twice_plans_once(team: Team, kind: MeetingKind, chair: Person) -> None:
    single(team, chair)
    with pytest.raises(facts.AlreadyPlanned):
        single(team, chair)
    planned = series(kind, chair)
    with pytest.raises(facts.AlreadyPlanned):
        series(kind, chair)
    assert Meeting.objects.count() == 1 + len(planned)
    actions.end_series(series=Series.objects.get(), from_day=THURSDAY, reason="Vi väntar.", actor=chair)
    assert len(series(kind, chair)) == 2 * len(planned)


def test_pages_sent_twice_say_that_it_is_planned(team: Team, kind: MeetingKind, chair: Person) -> None:
    client = signed_in(chair)
    one = {"kind": "", "held_on": "2027-01-14", "starts_at": "9", "minutes": "60", "title": "Budget"}
    many = {"rhythm": "weekly", "first_on": "2027-03-02", "last_on": "2027-03-02", "starts_at": "9"}
    days = {"dag-2027-03-02": "halls", "planera": "1"}
    address = reverse("meetings:plan-series", args=[team.slug, kind.pk])
    for where, sent in ((reverse("meetings:plan", args=[team.slug]), one), (address, many | days)):
        assert client.post(where, sent).status_code == 302
        again = client.post(where, sent | {"anyway": "1"}, follow=True)
        assert "redan planera" in again.content.decode()
    assert Meeting.objects.count() == 2


def test_an_address_that_a_meeting_had_is_never_another_meetings(team: Team, chair: Person) -> None:
    first = single(team, chair)
    actions.change_meeting(
        meeting=first, change=changed(first, held_on=dt.date(2027, 1, 15)), revision=1, actor=chair
    )
    assert single(team, chair).slug == "2027-01-14-2"


def test_a_kind_that_has_ended_is_not_planned(team: Team, kind: MeetingKind, chair: Person) -> None:
    kind.valid_to = dt.date(2027, 1, 13)
    with pytest.raises(facts.KindEnded):
        single(team, chair, kind=kind)


# --- a series ---------------------------------------------------------------------------------------
def test_a_series_takes_as_many_queries_for_six_meetings_as_for_two(
    kind: MeetingKind, chair: Person, member: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(18):
        series(kind, chair, number=2)
    with django_assert_num_queries(18):
        series(kind, chair, first=THURSDAY + dt.timedelta(weeks=60), number=6)
    assert Meeting.objects.count() == 8
    assert AgendaItem.objects.count() == 24


def test_a_day_of_a_series_may_be_moved_or_left_out(kind: MeetingKind, chair: Person) -> None:
    actions.plan_series(
        kind=kind,
        rhythm=Rhythm.WEEKLY,
        first_on=dt.date(2027, 3, 11),
        last_on=dt.date(2027, 4, 1),
        starts_at=NINE,
        days=[
            (dt.date(2027, 3, 11), dt.date(2027, 3, 11)),
            (dt.date(2027, 3, 25), dt.date(2027, 3, 24)),  # the day before Good Friday, a day earlier
            (dt.date(2027, 4, 1), dt.date(2027, 4, 1)),
        ],
        actor=chair,
    )
    assert list(Meeting.objects.values_list("slot", "held_on", "slug")) == [
        (dt.date(2027, 3, 11), dt.date(2027, 3, 11), "2027-03-11"),
        (dt.date(2027, 3, 25), dt.date(2027, 3, 24), "2027-03-24"),
        (dt.date(2027, 4, 1), dt.date(2027, 4, 1), "2027-04-01"),
    ]


def test_a_series_without_days_is_refused(kind: MeetingKind, chair: Person) -> None:
    with pytest.raises(facts.SeriesHasNoDays):
        actions.plan_series(
            kind=kind,
            rhythm=Rhythm.WEEKLY,
            first_on=THURSDAY,
            last_on=THURSDAY,
            starts_at=NINE,
            days=[],
            actor=chair,
        )
    assert Series.objects.count() == 0


def test_the_clock_change_inside_a_series_keeps_the_hour_on_the_wall(
    kind: MeetingKind, chair: Person
) -> None:
    # Summer time begins on 28 March 2027.
    before, after = series(kind, chair, first=dt.date(2027, 3, 18), number=2)
    assert [(each.begins.hour, each.begins.utcoffset()) for each in (before, after)] == [
        (9, dt.timedelta(hours=1)),
        (9, dt.timedelta(hours=2)),
    ]
    assert after.begins - before.begins == dt.timedelta(days=14) - dt.timedelta(hours=1) + dt.timedelta(
        hours=1
    )
    assert after.begins.astimezone(dt.UTC).hour == 7


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [
        # The hour between two and three is skipped: the meeting begins at half past three by the clock.
        (dt.date(2027, 3, 28), "2027-03-28T03:30:00+02:00", "2027-03-28T05:00:00+02:00"),
        # The hour comes twice: the first is meant, and ninety minutes end in the second.
        (dt.date(2027, 10, 31), "2027-10-31T02:30:00+02:00", "2027-10-31T03:00:00+01:00"),
    ],
)
def test_a_meeting_at_the_hour_that_is_skipped_or_doubled(
    team: Team, chair: Person, day: dt.date, begins: str, ends: str
) -> None:
    meeting = actions.plan_meeting(
        team=team,
        kind=None,
        wish=actions.Wish(held_on=day, starts_at=dt.time(2, 30), minutes=90),
        actor=chair,
    )
    assert meeting.begins.astimezone(dt.UTC) == dt.datetime.fromisoformat(begins)
    assert meeting.ends == dt.datetime.fromisoformat(ends)
    assert meeting.ends.isoformat() == ends


# --- who is expected --------------------------------------------------------------------------------
def test_a_member_who_leaves_between_two_meetings_is_at_the_first_and_not_at_the_second(
    kind: MeetingKind, chair: Person, member: Person
) -> None:
    first, second = series(kind, chair, number=2)
    TeamMember.objects.filter(person=member).update(valid_to=THURSDAY + dt.timedelta(days=1))
    assert [actions.refresh_attendees(meeting=each) for each in (first, second)] == [False, True]
    assert people_at(first) == [("Samir Haddad", "member"), ("Ingrid Hall", "chair")]
    assert people_at(second) == [("Ingrid Hall", "chair")]


def test_a_meeting_that_has_been_held_keeps_whoever_was_there(
    team: Team, chair: Person, member: Person
) -> None:
    past = make.meeting(team, held_on=dt.date(2026, 1, 15), state=MeetingState.ENDED)
    before = people_at(past)
    TeamMember.objects.filter(person=member).update(valid_to=dt.date(2026, 1, 1))
    assert actions.refresh_attendees(meeting=past) is False
    assert people_at(past) == before
    assert len(before) == 2


def test_a_new_member_is_expected_from_their_first_day_on(kind: MeetingKind, chair: Person) -> None:
    first, second = series(kind, chair, number=2)
    seat = make.member(kind.team, person=make.person("Nina", "Ny"))
    TeamMember.objects.filter(pk=seat.pk).update(valid_from=THURSDAY + dt.timedelta(days=1))
    for each in (first, second):
        actions.refresh_attendees(meeting=each)
    assert people_at(first) == [("Ingrid Hall", "chair")]
    assert people_at(second) == [("Ingrid Hall", "chair"), ("Nina Ny", "member")]


def test_the_clock_finds_the_meetings_whose_places_are_wrong_in_three_queries(
    kind: MeetingKind,
    chair: Person,
    member: Person,
    adjunct: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    meetings = series(kind, chair, number=4)
    make.attendee(meetings[0], make.person("Gun", "Gäst"))
    with django_assert_num_queries(3):
        assert out_of_step(dt.date(2027, 1, 1)) == []
    TeamMember.objects.filter(person=member).update(valid_to=THURSDAY + dt.timedelta(weeks=3))
    with django_assert_num_queries(3):
        assert out_of_step(dt.date(2027, 1, 1)) == meetings[2:]
    assert actions.refresh_everywhere(today=dt.date(2027, 1, 1)) == 2
    assert actions.refresh_everywhere(today=dt.date(2027, 1, 1)) == 0
    assert [len(people_at(each)) for each in meetings] == [4, 3, 2, 2]


def test_a_guest_stays_and_the_substitute_of_one_who_left_is_a_guest(
    team: Team, kind: MeetingKind, chair: Person, member: Person
) -> None:
    meeting = single(team, chair, kind=kind)
    make.attendee(meeting, make.person("Gun", "Gäst"))
    Attendee.objects.create(
        meeting=meeting,
        person=make.person("Esa", "Ersättare"),
        role=AttendeeRole.SUBSTITUTE,
        stands_in_for=member,
    )
    TeamMember.objects.filter(person=member).update(valid_to=dt.date(2027, 1, 1))
    assert actions.refresh_attendees(meeting=meeting) is True
    assert people_at(meeting) == [
        ("Esa Ersättare", "guest"),
        ("Gun Gäst", "guest"),
        ("Ingrid Hall", "chair"),
    ]


def test_a_leader_and_a_secretary_who_leave_hand_over(
    team: Team, kind: MeetingKind, chair: Person, member: Person, secretary: Person
) -> None:
    meeting = actions.plan_meeting(
        team=team,
        kind=kind,
        wish=actions.Wish(held_on=THURSDAY, starts_at=NINE, minutes=60, leader=member, secretary=member),
        actor=chair,
    )
    TeamMember.objects.filter(person=member).update(valid_to=dt.date(2027, 1, 1))
    actions.refresh_attendees(meeting=meeting)
    meeting.refresh_from_db()
    assert (meeting.leader, meeting.secretary) == (chair, secretary)
    assert set(meeting.items.values_list("owner", flat=True)) == {chair.pk}


def test_a_red_day_is_looked_at_where_it_would_move(
    team: Team, kind: MeetingKind, chair: Person, member: Person
) -> None:
    """6 May 2027 is Ascension Day: the meeting would move to the 5th, when the team meets already."""
    red, before = dt.date(2027, 5, 6), dt.date(2027, 5, 5)
    other = single(team, chair, day=before)
    elsewhere = make.meeting(make.team("En annan grupp"), held_on=before, starts_at=NINE)
    make.attendee(elsewhere, member)
    found = preview(team, rhythm=Rhythm.WEEKLY, first_on=red, last_on=red, starts_at=NINE, minutes=60)
    [day] = found.days
    assert (day.move_to, day.own, day.busy) == (before, (other,), (member,))
    assert obstacles(team, red, NINE, 60).own == ()
