"""The end of a meeting: what is left comes back, matters are answered, a forgotten meeting ends by itself."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from styrfart.matters.models import Matter, MatterState
from styrfart.meetings import actions
from styrfart.meetings.jobs import end_forgotten_meeting, end_forgotten_meetings
from styrfart.meetings.models import (
    AgendaItem,
    Entry,
    ItemState,
    Meeting,
    MeetingState,
    Minutes,
    Presence,
    PulseInvitation,
)
from styrfart.people.models import Person, Team
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.conftest import signed_in
from tests.meetings.live_scene import Going, going, queued


@pytest.fixture
def scene(team: Team, chair: Person, member: Person, secretary: Person) -> Going:
    return going(team, chair, secretary)


def with_matter(scene: Going, place: int, matter: Matter, purpose: str) -> AgendaItem:
    AgendaItem.objects.filter(pk=scene.items[place].pk).update(
        source="matter", matter=matter, purpose=purpose
    )
    return scene.items[place]


def test_what_was_not_reached_is_unfinished(scene: Going, chair: Person, member: Person) -> None:
    late = make.attendee(scene.meeting, presence=Presence.EXPECTED)
    ended = actions.end_meeting(meeting=scene.meeting, actor=chair)
    states = list(scene.meeting.items.values_list("state", flat=True))
    assert states == [ItemState.DONE, ItemState.UNFINISHED, ItemState.UNFINISHED]
    late.refresh_from_db()
    assert late.presence == Presence.ABSENT
    assert (ended.state, ended.ended_by) == (MeetingState.ENDED, chair)
    assert Minutes.objects.filter(meeting=ended).count() == 1
    assert PulseInvitation.objects.filter(meeting=ended).count() == 3


def test_ending_twice_changes_nothing(scene: Going, chair: Person, secretary: Person) -> None:
    first = actions.end_meeting(meeting=scene.meeting, actor=chair)
    again = actions.end_meeting(meeting=scene.meeting, actor=secretary)
    assert (again.ended_at, again.ended_by) == (first.ended_at, chair)


def test_the_item_that_goes_on_may_come_back(scene: Going, chair: Person) -> None:
    scene.send(signed_in(chair), "end", is_unfinished="on")
    scene.items[0].refresh_from_db()
    assert scene.items[0].state == ItemState.UNFINISHED


def test_a_dialogue_is_answered_and_its_sender_told_once(scene: Going, team: Team, chair: Person) -> None:
    sender = make.person("Sten", "Sändare")
    matter = queued(team, sender)
    with_matter(scene, 0, matter, "dialogue")
    actions.end_meeting(meeting=scene.meeting, actor=chair)
    matter.refresh_from_db()
    assert matter.state == MatterState.ANSWERED
    assert matter.closed_at is not None
    letters = OutgoingMail.objects.filter(recipient=sender)
    assert letters.count() == 1
    assert "Togs upp på Ledningsgruppens möte" in letters.get().body


def test_a_question_for_a_decision_that_got_none_stays_in_the_queue(
    scene: Going, team: Team, chair: Person, member: Person
) -> None:
    matter = queued(team, member)
    with_matter(scene, 0, matter, "decision")
    put_off = queued(team, member)
    with_matter(scene, 1, put_off, "dialogue")
    actions.put_off_item(meeting=scene.meeting, item=scene.items[1].pk, actor=chair)
    actions.end_meeting(meeting=scene.meeting, actor=chair)
    for each in (matter, put_off):
        each.refresh_from_db()
        assert each.state == MatterState.QUEUED


def test_returned_unready_asks_for_what_is_missing(scene: Going, team: Team, chair: Person) -> None:
    sender = make.person("Sten", "Sändare")
    matter = queued(team, sender)
    item = with_matter(scene, 0, matter, "decision")
    scene.send(signed_in(chair), "return-item", item=item.pk, note="Kostnaden för tre år saknas.")
    matter.refresh_from_db()
    item.refresh_from_db()
    assert (matter.state, item.state) == (MatterState.MORE_ASKED, ItemState.RETURNED)
    assert scene.current == scene.items[1]
    assert "Kostnaden för tre år saknas." in OutgoingMail.objects.get(recipient=sender).body


def test_a_matter_that_has_gone_another_way_is_left_alone(
    scene: Going, team: Team, chair: Person, member: Person
) -> None:
    matter = queued(team, member)
    with_matter(scene, 0, matter, "dialogue")
    Matter.objects.filter(pk=matter.pk).update(state=MatterState.WITHDRAWN)
    actions.end_meeting(meeting=scene.meeting, actor=chair)
    matter.refresh_from_db()
    assert matter.state == MatterState.WITHDRAWN


def forget(scene: Going, *, hours: float) -> dt.datetime:
    """As if the last that happened did so that long ago, and the meeting should have been over by then."""
    moment = timezone.now() - dt.timedelta(hours=hours)
    local = timezone.localtime(moment) - dt.timedelta(hours=2)
    Meeting.objects.filter(pk=scene.meeting.pk).update(
        opened_at=moment - dt.timedelta(hours=2), held_on=local.date(), starts_at=local.time()
    )
    AgendaItem.objects.filter(started_at__isnull=False).update(started_at=moment - dt.timedelta(minutes=30))
    scene.meeting.attendees.update(arrived_at=moment - dt.timedelta(hours=2))
    Entry.objects.update(at=moment)
    return moment


def end_what_was_forgotten() -> int:
    """What the clock does, and then the worker; gives how many were queued."""
    end_forgotten_meetings.func()
    queued = DBTaskResult.objects.filter(task_path=end_forgotten_meeting.module_path)
    keys = [task.args_kwargs["args"][0] for task in queued]
    for pk in keys:
        end_forgotten_meeting.func(pk)
    return len(keys)


def test_a_forgotten_meeting_ends_as_of_the_last_that_happened(scene: Going, chair: Person) -> None:
    make.entry(scene.meeting, by=chair, on=scene.items[0])
    moment = forget(scene, hours=2.5)
    assert end_what_was_forgotten() == 1
    meeting = scene.fresh
    assert (meeting.state, meeting.ended_by, meeting.ended_at) == (MeetingState.ENDED, None, moment)
    scene.items[0].refresh_from_db()
    assert scene.items[0].seconds_used == 30 * 60


def test_a_meeting_where_something_happens_is_not_ended(scene: Going, chair: Person) -> None:
    forget(scene, hours=3)
    make.entry(scene.meeting, by=chair, on=scene.items[0])
    assert end_what_was_forgotten() == 0
    # Somebody came back after the clock had looked.
    end_forgotten_meeting.func(scene.meeting.pk)
    assert scene.fresh.state == MeetingState.OPEN


def test_what_was_not_reached_stands_on_the_next_agenda(scene: Going, team: Team, chair: Person) -> None:
    coming = make.meeting(team, leader=chair)
    actions.end_meeting(meeting=scene.meeting, actor=chair)
    assert list(coming.items.values_list("title", "came_from")) == [
        (item.title, item.pk) for item in scene.items[1:]
    ]
