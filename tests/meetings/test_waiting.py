"""What of the meetings waits for whom, and which meeting is next."""

import datetime as dt

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.matters.models import Matter
from styrfart.meetings import actions, queries
from styrfart.meetings.models import (
    AgendaItem,
    Attendee,
    AttendeeRole,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    Presence,
)
from styrfart.meetings.queries import WaitingKind
from styrfart.people.models import Person, Team
from tests import make

TODAY = timezone.localdate()


def kinds(person: Person) -> list[WaitingKind]:
    fresh = Person.objects.get(pk=person.pk)
    return [one.kind for one in queries.waiting_for(fresh)]


def test_nothing_waits_for_somebody_without_meetings(
    employee: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert kinds(employee) == []
    fresh = Person.objects.get(pk=employee.pk)
    with django_assert_num_queries(8):  # three of them who somebody is
        queries.waiting_for(fresh)


def test_a_meeting_that_goes_on_waits_for_those_expected(
    team: Team, chair: Person, member: Person, stranger: Person
) -> None:
    make.meeting(team, held_on=TODAY, leader=chair, state=MeetingState.OPEN)
    assert (kinds(chair), kinds(member), kinds(stranger)) == (
        [WaitingKind.GOES_ON],
        [WaitingKind.GOES_ON],
        [],
    )


def test_a_notice_that_should_go_waits_for_those_who_plan(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    make.meeting(team, held_on=TODAY + dt.timedelta(days=3), leader=chair)
    make.meeting(team, held_on=TODAY + dt.timedelta(days=39), leader=chair)
    assert (kinds(chair), kinds(secretary), kinds(member)) == ([WaitingKind.NOTICE], [WaitingKind.NOTICE], [])


def test_minutes_wait_for_who_approves_and_who_checks(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    meeting = make.meeting(team, held_on=TODAY, leader=chair, secretary=secretary, state=MeetingState.ENDED)
    minutes = Minutes.objects.create(meeting=meeting, approver=chair, checker=member)
    assert (kinds(chair), kinds(secretary)) == ([], [WaitingKind.WRITE])
    Minutes.objects.filter(pk=minutes.pk).update(
        state=MinutesState.HANDED_OVER, approve_by=TODAY - dt.timedelta(days=1)
    )
    assert (kinds(chair), kinds(member), kinds(secretary)) == ([WaitingKind.APPROVE], [WaitingKind.CHECK], [])
    assert queries.waiting_for(chair)[0].is_late is True


def test_material_waits_for_who_owes_it(team: Team, chair: Person, member: Person) -> None:
    meeting = make.meeting(team, held_on=TODAY + dt.timedelta(days=20), leader=chair)
    item = make.item(meeting, owner=member)
    assert (kinds(member), kinds(chair)) == ([WaitingKind.MATERIAL], [])
    AgendaItem.objects.filter(pk=item.pk).update(ready_at=timezone.now())
    assert kinds(member) == []


def test_the_pulse_waits_for_five_days(team: Team, chair: Person) -> None:
    meeting = make.meeting(team, held_on=TODAY, leader=chair, state=MeetingState.ENDED)
    Attendee.objects.filter(person=chair).update(presence=Presence.PRESENT)
    actions.invite_to_pulse(meeting=meeting)
    assert kinds(chair) == [WaitingKind.PULSE]
    Meeting.objects.filter(pk=meeting.pk).update(ended_at=timezone.now() - dt.timedelta(days=6))
    assert kinds(chair) == []


def test_the_next_meeting_with_its_agenda(
    team: Team, chair: Person, member: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.meeting(team, held_on=TODAY + dt.timedelta(days=9), leader=chair)
    meeting = make.meeting(team, held_on=TODAY + dt.timedelta(days=2), leader=chair)
    for number in range(3):
        make.item(meeting, f"Fråga {number}")
    meeting.attendees.filter(person=member).update(presence=Presence.ABSENT)
    queries.next_meeting(chair)
    with django_assert_num_queries(3):
        found = queries.next_meeting(chair)
    assert found is not None
    assert (found.meeting, [line.title for line in found.lines]) == (
        meeting,
        ["Fråga 0", "Fråga 1", "Fråga 2"],
    )
    assert (found.absent, [part.minutes for part in found.strip]) == ([member], [20, 20, 20])


def test_a_guest_sees_no_secret_item_in_their_next_meeting(
    team: Team, chair: Person, employee: Person
) -> None:
    matter = make.matter(team, "Ska vi köpa HEMLIGT?")
    Matter.objects.filter(pk=matter.pk).update(secrecy_ground="OSL 19 kap. 1 §")
    meeting = make.meeting(team, leader=chair)
    make.item(meeting, "Ska vi köpa HEMLIGT?", matter=matter)
    Attendee.objects.create(meeting=meeting, person=employee, role=AttendeeRole.GUEST)
    mine, theirs = queries.next_meeting(chair), queries.next_meeting(employee)
    assert mine is not None
    assert theirs is not None
    assert [line.title for line in mine.lines] == ["Ska vi köpa HEMLIGT?"]
    assert [line.title for line in theirs.lines] == ["Sekretessmarkerad punkt"]


def test_without_a_meeting_within_a_month_there_is_no_next(team: Team, chair: Person) -> None:
    make.meeting(team, held_on=TODAY + dt.timedelta(days=40), leader=chair)
    make.meeting(team, held_on=TODAY + dt.timedelta(days=4), leader=chair, state=MeetingState.CANCELLED)
    assert queries.next_meeting(chair) is None
