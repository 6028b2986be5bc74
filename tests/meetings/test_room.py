"""What the meetings add to a matter: who handed it in sees at which meeting it is taken up."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.matters.models import Matter, MatterState
from styrfart.meetings.models import ItemState, Meeting, MeetingState
from styrfart.people.models import Person, Team
from tests import make
from tests.conftest import signed_in

TODAY = timezone.localdate()


@pytest.fixture
def matter(team: Team, employee: Person) -> Matter:
    matter = make.matter(team, by=employee)
    ready = {"purpose": "decision", "level": "tactical", "outcome": "Ett beslut.", "minutes": 20}
    Matter.objects.filter(pk=matter.pk).update(state=MatterState.QUEUED, **ready)
    matter.refresh_from_db()
    return matter


def said(matter: Matter, who: Person) -> str:
    return signed_in(who).get(f"/lg/{matter.team.slug}/arenden/{matter.pk}/").content.decode()


def test_the_sender_sees_the_day_and_the_room_finds_the_meeting(
    matter: Matter, employee: Person, chair: Person
) -> None:
    assert "dagordningen till mötet" not in said(matter, employee)
    meeting = make.meeting(matter.team, held_on=TODAY + dt.timedelta(days=4), leader=chair)
    make.item(meeting, matter=matter)
    assert "Står på dagordningen till mötet" in said(matter, employee)
    assert meeting.get_absolute_url() not in said(matter, employee)
    assert meeting.get_absolute_url() in said(matter, chair)


def test_the_latest_meeting_counts_and_a_cancelled_one_does_not(
    matter: Matter, employee: Person, chair: Person
) -> None:
    before = make.meeting(
        matter.team, held_on=TODAY - dt.timedelta(days=4), leader=chair, state=MeetingState.ENDED
    )
    make.item(before, matter=matter, state=ItemState.UNFINISHED)
    assert "Stod på dagordningen till mötet" in said(matter, employee)
    coming = make.meeting(matter.team, held_on=TODAY + dt.timedelta(days=4), leader=chair)
    make.item(coming, matter=matter)
    assert "Står på dagordningen till mötet" in said(matter, employee)
    Meeting.objects.filter(pk=coming.pk).update(
        state=MeetingState.CANCELLED, cancel_reason="För få.", cancelled_at=timezone.now()
    )
    assert "Stod på dagordningen till mötet" in said(matter, employee)
