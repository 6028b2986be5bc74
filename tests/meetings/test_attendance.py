"""Who is at the meeting, in whose place, until when; and who leaves for an item."""

from typing import Any

import pytest
from django.utils import timezone

from styrfart.meetings import actions
from styrfart.meetings import facts_live as facts
from styrfart.meetings.models import AttendeeRole, Exclusion, MeetingState, Position, Presence, Ready
from styrfart.people.models import Person, Team
from tests import make
from tests.conftest import signed_in
from tests.meetings.live_scene import Going, going


@pytest.fixture
def scene(team: Team, chair: Person, member: Person, secretary: Person) -> Going:
    return going(team, chair, secretary)


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_asks_as_much_with_one_guest_as_with_three(
    scene: Going, chair: Person, people: int, django_assert_num_queries: object
) -> None:
    for _number in range(people):
        make.attendee(scene.meeting)
    client = signed_in(chair)
    client.get(scene.url("attendance"))
    with django_assert_num_queries(14):  # type: ignore[operator]  # the fixture is a function
        assert client.get(scene.url("attendance")).status_code == 200


def test_late_left_and_back_again(scene: Going, chair: Person, member: Person) -> None:
    row = scene.meeting.attendees.get(person=member)
    row.presence, row.arrived_at = Presence.EXPECTED, None
    row.save()
    note: dict[str, Any] = {"meeting": scene.meeting, "attendee": row.pk, "actor": chair}
    came = actions.note_presence(**note, presence=Presence.REMOTE)
    assert came.arrived_at is not None
    assert came.arrived_at > scene.meeting.opened_at  # type: ignore[operator]  # the scene is open
    left = actions.note_presence(**note, presence=Presence.ABSENT)
    assert (left.presence, left.is_there) == (Presence.REMOTE, False)
    back = actions.note_presence(**note, presence=Presence.PRESENT)
    assert (back.is_there, back.arrived_at) == (True, came.arrived_at)


def test_absent_with_an_excuse_is_told_in_the_log(scene: Going, chair: Person, member: Person) -> None:
    row = scene.meeting.attendees.get(person=member)
    row.presence, row.arrived_at = Presence.EXPECTED, None
    row.save()
    scene.send(signed_in(chair), "note-presence", row.pk, presence="absent", excuse="sjuk")
    page = signed_in(chair).get(scene.url("live")).content.decode()
    assert "Två av tre är med. Samir Haddad: sjuk." in page


def test_a_substitute_stands_in_for_somebody(scene: Going, secretary: Person, member: Person) -> None:
    person = make.person("Ebba", "Ersättare")
    sent: dict[str, Any] = {"person": person.email, "stands_in_for": member.pk}
    scene.send(signed_in(secretary), "attendance", **sent)
    scene.send(signed_in(secretary), "attendance", **sent)
    row = scene.meeting.attendees.get(person=person)
    assert (row.role, row.stands_in_for, row.is_there) == (AttendeeRole.SUBSTITUTE, member, True)


def test_nobody_stands_in_for_themselves(scene: Going, secretary: Person, member: Person) -> None:
    answer = scene.send(signed_in(secretary), "attendance", person=member.email, stands_in_for=member.pk)
    assert answer.status_code == 422
    assert "ingen ersätter sig själv" in answer.content.decode()


def test_a_new_member_says_that_they_are_there(scene: Going, team: Team, stranger: Person) -> None:
    new = make.member(team, person=make.person("Ny", "Ledamot")).person
    assert scene.send(signed_in(new), "note-own-presence", presence="remote").status_code == 302
    row = scene.meeting.attendees.get(person=new)
    assert (row.role, row.presence) == (AttendeeRole.MEMBER, Presence.REMOTE)
    assert scene.send(signed_in(stranger), "note-own-presence", presence="remote").status_code == 404


def test_attendance_may_be_noted_before_the_meeting_opens(team: Team, chair: Person, member: Person) -> None:
    meeting = make.meeting(team, held_on=timezone.localdate(), leader=chair)
    row = meeting.attendees.get(person=member)
    noted = actions.note_presence(
        meeting=meeting, attendee=row.pk, presence=Presence.ABSENT, excuse="ledig", actor=chair
    )
    assert (noted.presence, noted.excuse, noted.arrived_at) == (Presence.ABSENT, "ledig", None)


def test_an_exclusion_takes_back_what_was_said_and_can_be_undone(
    scene: Going, chair: Person, member: Person
) -> None:
    item = scene.items[0]
    Position.objects.create(item=item, person=member, stance="supports")
    Ready.objects.create(item=item, person=member)
    answer = scene.send(signed_in(chair), "exclude", item.pk, item=item.pk, person=member.pk, ground="Syskon")
    assert answer.status_code == 302
    assert (Position.objects.count(), Ready.objects.count()) == (0, 0)
    assert Exclusion.objects.get().ground == "Syskon"
    with pytest.raises(facts.IsExcluded):
        actions.signal_ready(meeting=scene.meeting, item=item.pk, is_ready=True, actor=member)
    scene.send(signed_in(chair), "readmit", item.pk, member.pk)
    assert Exclusion.objects.count() == 0
    actions.signal_ready(meeting=scene.meeting, item=item.pk, is_ready=True, actor=member)


def test_an_exclusion_says_its_ground(scene: Going, chair: Person, member: Person) -> None:
    answer = scene.send(
        signed_in(chair), "exclude", scene.items[0].pk, item=scene.items[0].pk, person=member.pk
    )
    assert answer.status_code == 422
    assert "Ange jävsgrunden" in answer.content.decode()


def test_nothing_is_noted_after_the_end(scene: Going, chair: Person, member: Person) -> None:
    actions.end_meeting(meeting=scene.meeting, actor=chair)
    row = scene.meeting.attendees.get(person=member)
    with pytest.raises(facts.MeetingIsNotOpen):
        actions.note_presence(meeting=scene.meeting, attendee=row.pk, presence=Presence.ABSENT, actor=chair)
    assert scene.fresh.state == MeetingState.ENDED
