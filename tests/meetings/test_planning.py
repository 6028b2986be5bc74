"""Planning: one meeting, a series, moving, cancelling, and the clock."""

import datetime as dt

import pytest
from django.core import mail as outbox
from pytest_django import DjangoAssertNumQueries

from styrfart.matters.models import ItemPurpose
from styrfart.meetings import actions
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.actions import inviting
from styrfart.meetings.actions.changing import as_planned
from styrfart.meetings.models import (
    AgendaItem,
    Attendee,
    AttendeeRole,
    ItemSource,
    ItemState,
    Meeting,
    MeetingAddress,
    MeetingKind,
    MeetingState,
    Rhythm,
    Series,
    StandingItem,
)
from styrfart.meetings.queries.planning import out_of_step
from styrfart.people.models import Person, Role, Team, TeamMember, TeamRole
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make

pytestmark = pytest.mark.django_db

THURSDAY = dt.date(2027, 1, 14)
NINE = dt.time(9, 0)


@pytest.fixture(autouse=True)
def _without_calendars(monkeypatch: pytest.MonkeyPatch) -> None:
    """What calendars are told has tests of its own (`test_calendar_letters.py`, `test_calendar_plans.py`)."""
    monkeypatch.setattr(inviting, "due_letters", lambda *_args, **_people: [])


@pytest.fixture
def kind(team: Team) -> MeetingKind:
    """With check-in, wrap-up and one standing item of the leader's."""
    made = make.meeting_kind(team)
    StandingItem.objects.create(
        kind=made,
        position=1,
        title="Läget sedan sist",
        purpose=ItemPurpose.FOLLOW_UP,
        level="tactical",
        minutes=15,
        outcome="Vi vet vad som har hänt.",
    )
    return made


def series(kind: MeetingKind, actor: Person, *, first: dt.date = THURSDAY, number: int = 4) -> list[Meeting]:
    """Every other Thursday, from 14 January 2027."""
    days = [first + dt.timedelta(weeks=2 * at) for at in range(number)]
    actions.plan_series(
        kind=kind,
        rhythm=Rhythm.FORTNIGHTLY,
        first_on=days[0],
        last_on=days[-1],
        starts_at=NINE,
        days=[(day, day) for day in days],
        actor=actor,
    )
    return list(Meeting.objects.filter(kind=kind))


def single(team: Team, actor: Person, *, kind: MeetingKind | None = None, day: dt.date = THURSDAY) -> Meeting:
    return actions.plan_meeting(
        team=team, kind=kind, wish=actions.Wish(held_on=day, starts_at=NINE, minutes=90), actor=actor
    )


def changed(meeting: Meeting, **to: object) -> actions.Change:
    values = {name: getattr(as_planned(meeting), name) for name in actions.Change.__dataclass_fields__}
    return actions.Change(**{**values, **to})


def people_at(meeting: Meeting) -> list[tuple[str, str]]:
    rows = Attendee.objects.filter(meeting=meeting).order_by("person__name_key")
    return [(row.person.full_name, row.role) for row in rows]


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
    assert [single(team, chair).slug for _ in range(3)] == ["2027-01-14", "2027-01-14-2", "2027-01-14-3"]


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
    with django_assert_num_queries(17):
        series(kind, chair, number=2)
    with django_assert_num_queries(17):
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


# --- changing ---------------------------------------------------------------------------------------
def test_a_moved_meeting_has_a_new_address_and_the_old_one_is_kept(
    team: Team, kind: MeetingKind, chair: Person, member: Person
) -> None:
    meeting = single(team, chair, kind=kind)
    to = dt.date(2027, 1, 15)
    actions.change_meeting(meeting=meeting, change=changed(meeting, held_on=to), revision=1, actor=chair)
    meeting.refresh_from_db()
    assert (meeting.slug, meeting.held_on) == ("2027-01-15", to)
    assert (meeting.revision, meeting.sequence, meeting.tick) == (2, 1, 1)
    assert list(MeetingAddress.objects.values_list("meeting", "slug")) == [(meeting.pk, "2027-01-14")]
    [letter] = OutgoingMail.objects.all()
    assert (letter.recipient, letter.subject) == (member, "Mötet 14 januari är flyttat")
    assert "torsdag 14 januari klockan 09.00 är flyttat" in letter.body
    assert "fredag 15 januari 09.00–10.30" in letter.body


def test_a_meeting_that_is_moved_back_has_its_first_address_again(team: Team, chair: Person) -> None:
    meeting = single(team, chair)
    for revision, day in enumerate((dt.date(2027, 1, 15), THURSDAY), 1):
        actions.change_meeting(
            meeting=meeting, change=changed(meeting, held_on=day), revision=revision, actor=chair
        )
    meeting.refresh_from_db()
    assert meeting.slug == "2027-01-14"
    assert list(MeetingAddress.objects.values_list("slug", flat=True)) == ["2027-01-15"]


def test_two_tabs_do_not_overwrite_each_other(team: Team, chair: Person) -> None:
    meeting = single(team, chair)
    actions.change_meeting(meeting=meeting, change=changed(meeting, place="Rum A"), revision=1, actor=chair)
    with pytest.raises(facts.PlanChanged):
        actions.change_meeting(
            meeting=meeting, change=changed(meeting, place="Rum B"), revision=1, actor=chair
        )
    meeting.refresh_from_db()
    assert meeting.place == "Rum A"


def test_nothing_is_written_or_told_when_nothing_has_changed(
    team: Team, chair: Person, member: Person
) -> None:
    meeting = single(team, chair)
    actions.change_meeting(meeting=meeting, change=changed(meeting), revision=1, actor=chair)
    meeting.refresh_from_db()
    assert (meeting.revision, OutgoingMail.objects.count()) == (1, 0)


def test_another_place_of_a_meeting_that_is_not_called_is_told_to_nobody(
    team: Team, chair: Person, member: Person
) -> None:
    meeting = single(team, chair)
    actions.change_meeting(meeting=meeting, change=changed(meeting, place="Rum A"), revision=1, actor=chair)
    assert OutgoingMail.objects.count() == 0
    Meeting.objects.update(state=MeetingState.CALLED)
    meeting.refresh_from_db()
    actions.change_meeting(meeting=meeting, change=changed(meeting, place="Rum B"), revision=2, actor=chair)
    assert [letter.recipient for letter in OutgoingMail.objects.all()] == [member]


def test_a_new_leader_takes_over_what_is_the_leaders(
    team: Team, kind: MeetingKind, chair: Person, member: Person
) -> None:
    meeting = single(team, chair, kind=kind)
    own = make.item(meeting, owner=chair)
    actions.change_meeting(meeting=meeting, change=changed(meeting, leader=member), revision=1, actor=chair)
    assert list(meeting.items.order_by("pk").values_list("owner", flat=True)) == [
        member.pk,
        member.pk,
        member.pk,
        chair.pk,
    ]
    own.refresh_from_db()
    assert own.owner == chair
    [letter] = OutgoingMail.objects.all()
    assert (letter.recipient, letter.subject) == (member, "Du leder mötet 14 januari")


def test_a_meeting_that_has_begun_is_not_changed(team: Team, chair: Person) -> None:
    meeting = make.meeting(team, leader=chair, state=MeetingState.OPEN)
    with pytest.raises(facts.MeetingNotComing):
        actions.change_meeting(meeting=meeting, change=changed(meeting, place="A"), revision=1, actor=chair)
    with pytest.raises(facts.MeetingNotComing):
        actions.cancel_meeting(meeting=meeting, reason="Nej.", revision=1, actor=chair)


# --- cancelling -------------------------------------------------------------------------------------
def test_what_stood_on_a_cancelled_agenda_is_free_for_another_and_those_expected_are_told(
    team: Team, kind: MeetingKind, chair: Person, member: Person
) -> None:
    meeting = single(team, chair, kind=kind)
    own = make.item(meeting)
    actions.cancel_meeting(meeting=meeting, reason="För få kan komma.", revision=1, actor=chair)
    meeting.refresh_from_db()
    own.refresh_from_db()
    assert (meeting.state, meeting.cancel_reason) == (MeetingState.CANCELLED, "För få kan komma.")
    assert (meeting.revision, meeting.sequence, meeting.tick) == (2, 1, 1)
    assert own.state == ItemState.POSTPONED
    assert set(meeting.items.exclude(pk=own.pk).values_list("state", "source")) == {
        ("coming", ItemSource.CHECK_IN),
        ("coming", ItemSource.STANDING),
        ("coming", ItemSource.WRAP_UP),
    }
    [letter] = OutgoingMail.objects.all()
    assert (letter.recipient, letter.subject) == (member, "Mötet 14 januari är inställt")
    assert "Varför: För få kan komma." in letter.body
    assert outbox.outbox == []  # sent by a job


# --- the rest of a series ---------------------------------------------------------------------------
def test_the_rest_of_a_series_moves_and_what_was_before_stays(
    kind: MeetingKind, chair: Person, member: Person
) -> None:
    meetings = series(kind, chair, number=4)
    make.item(meetings[2], title="Egen punkt")
    old = Series.objects.get()
    tuesdays = [dt.date(2027, 2, 9) + dt.timedelta(weeks=2 * at) for at in range(3)]
    new = actions.change_series(
        series=old,
        from_day=dt.date(2027, 2, 1),
        rhythm=Rhythm.FORTNIGHTLY,
        first_on=tuesdays[0],
        last_on=tuesdays[-1],
        starts_at=dt.time(13, 0),
        days=[(day, day) for day in tuesdays],
        actor=chair,
    )
    old.refresh_from_db()
    assert (old.last_on, old.ended_at is not None) == (dt.date(2027, 1, 31), True)
    assert list(Meeting.objects.filter(series=old).values_list("held_on", "starts_at")) == [
        (dt.date(2027, 1, 14), NINE),
        (dt.date(2027, 1, 28), NINE),
    ]
    assert list(Meeting.objects.filter(series=new).values_list("pk", "held_on", "slot", "starts_at")) == [
        (meetings[2].pk, tuesdays[0], tuesdays[0], dt.time(13, 0)),
        (meetings[3].pk, tuesdays[1], tuesdays[1], dt.time(13, 0)),
        (Meeting.objects.latest("pk").pk, tuesdays[2], tuesdays[2], dt.time(13, 0)),
    ]
    assert AgendaItem.objects.get(title="Egen punkt").meeting_id == meetings[2].pk
    [letter] = OutgoingMail.objects.all()
    assert (letter.recipient, letter.subject) == (
        member,
        "Ledningsgruppens möte får nya tider från 1 februari",
    )


def test_from_weekly_to_fortnightly_the_shared_days_keep_their_addresses(
    kind: MeetingKind, chair: Person
) -> None:
    days = [THURSDAY + dt.timedelta(weeks=at) for at in range(4)]
    old = actions.plan_series(
        kind=kind,
        rhythm=Rhythm.WEEKLY,
        first_on=days[0],
        last_on=days[-1],
        starts_at=NINE,
        days=[(day, day) for day in days],
        actor=chair,
    )
    actions.change_series(
        series=old,
        from_day=days[0],
        rhythm=Rhythm.FORTNIGHTLY,
        first_on=days[0],
        last_on=days[2],
        starts_at=NINE,
        days=[(days[0], days[0]), (days[2], days[2])],
        actor=chair,
    )
    assert list(Meeting.objects.values_list("slug", "state")) == [
        ("2027-01-14", "planned"),
        ("2027-01-21", "cancelled"),
        ("2027-01-28", "planned"),
        ("2027-02-04", "cancelled"),
    ]
    assert MeetingAddress.objects.count() == 0
    with pytest.raises(facts.SeriesEnded):
        actions.end_series(series=old, from_day=days[0], reason="Igen.", actor=chair)


def test_ending_a_series_is_told_in_one_letter(kind: MeetingKind, chair: Person, member: Person) -> None:
    series(kind, chair, number=3)
    actions.end_series(
        series=Series.objects.get(), from_day=dt.date(2027, 1, 20), reason="Vi slutar.", actor=chair
    )
    assert list(Meeting.objects.values_list("state", flat=True)) == ["planned", "cancelled", "cancelled"]
    [letter] = OutgoingMail.objects.all()
    assert (letter.recipient, letter.subject) == (member, "2 möten är inställda")
