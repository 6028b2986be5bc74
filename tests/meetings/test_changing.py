"""Changing plans: moving, cancelling, and the rest of a series."""

import datetime as dt

import pytest
from django.core import mail as outbox

from styrfart.meetings import actions
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.actions import inviting
from styrfart.meetings.models import (
    AgendaItem,
    ItemSource,
    ItemState,
    Meeting,
    MeetingAddress,
    MeetingKind,
    MeetingState,
    Rhythm,
    Series,
)
from styrfart.people.models import Person, Team, TeamMember
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.meetings.plans import NINE, THURSDAY, changed, series, single, whole_kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_calendars(monkeypatch: pytest.MonkeyPatch) -> None:
    """What calendars are told has tests of its own (`test_calendar_letters.py`, `test_calendar_plans.py`)."""
    monkeypatch.setattr(inviting, "due_letters", lambda *_args, **_people: [])


@pytest.fixture
def kind(team: Team) -> MeetingKind:
    return whole_kind(team)


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


def test_a_meeting_that_is_moved_past_its_leaders_last_day_is_led_by_somebody_else(
    team: Team, kind: MeetingKind, chair: Person, member: Person
) -> None:
    meeting = single(team, chair, kind=kind)
    actions.change_meeting(meeting=meeting, change=changed(meeting, leader=member), revision=1, actor=chair)
    TeamMember.objects.filter(person=member).update(valid_to=THURSDAY)
    meeting.refresh_from_db()
    later = changed(meeting, held_on=THURSDAY + dt.timedelta(days=7))
    actions.change_meeting(meeting=meeting, change=later, revision=2, actor=chair)
    meeting.refresh_from_db()
    assert meeting.leader == chair
    assert not meeting.items.filter(owner=member).exists()


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
