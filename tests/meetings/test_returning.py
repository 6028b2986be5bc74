"""What a meeting did not reach comes back by itself."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.matters.models import Matter, MatterState
from styrfart.meetings import actions
from styrfart.meetings.jobs import return_unfinished
from styrfart.meetings.models import AgendaItem, ItemSource, ItemState, Meeting, MeetingState, WheelItem
from styrfart.people.models import Team
from tests import make

TODAY = timezone.localdate()


@pytest.fixture
def ended(team: Team) -> Meeting:
    return make.meeting(team, held_on=TODAY, state=MeetingState.ENDED)


def queued(team: Team) -> Matter:
    matter = make.matter(team)
    fields = {"purpose": "decision", "level": "tactical", "outcome": "Ett beslut.", "minutes": 20}
    Matter.objects.filter(pk=matter.pk).update(state=MatterState.QUEUED, **fields)
    matter.refresh_from_db()
    return matter


def test_it_stands_on_the_next_agenda_once(team: Team, ended: Meeting) -> None:
    left = make.item(ended, matter=queued(team), state=ItemState.UNFINISHED)
    coming = make.meeting(team)
    make.meeting(team, held_on=TODAY + dt.timedelta(days=30))
    assert [item.came_from for item in actions.return_unfinished(team=team)] == [left]
    assert actions.return_unfinished(team=team) == []
    again = coming.items.get()
    assert (again.title, again.minutes, again.matter) == (left.title, left.minutes, left.matter)


def test_without_a_coming_meeting_it_waits_until_there_is_one(team: Team, ended: Meeting) -> None:
    left = make.item(ended, state=ItemState.UNFINISHED)
    return_unfinished.func()
    assert AgendaItem.objects.count() == 1
    coming = make.meeting(team)
    return_unfinished.func()
    assert coming.items.get().came_from == left


def test_the_next_meeting_of_the_same_kind_is_chosen(team: Team) -> None:
    kind = make.meeting_kind(team)
    ended = make.meeting(team, held_on=TODAY, state=MeetingState.ENDED, kind=kind)
    make.item(ended, state=ItemState.UNFINISHED)
    other = make.meeting(team, held_on=TODAY + dt.timedelta(days=2))
    same = make.meeting(team, held_on=TODAY + dt.timedelta(days=14), kind=kind)
    actions.return_unfinished(team=team)
    assert (other.items.count(), same.items.count()) == (0, 1)


@pytest.mark.parametrize("source", [ItemSource.STANDING, ItemSource.CHECK_IN, ItemSource.WRAP_UP])
def test_what_every_meeting_has_does_not_come_back(team: Team, ended: Meeting, source: ItemSource) -> None:
    item = make.item(ended, state=ItemState.UNFINISHED)
    AgendaItem.objects.filter(pk=item.pk).update(source=source)
    coming = make.meeting(team)
    assert actions.return_unfinished(team=team) == []
    assert coming.items.count() == 0


@pytest.mark.parametrize("state", [MatterState.DECLINED, MatterState.HANDED_OVER, MatterState.INBOX])
def test_a_matter_that_has_got_another_route_does_not_come_back(
    team: Team, ended: Meeting, state: MatterState
) -> None:
    matter = queued(team)
    make.item(ended, matter=matter, state=ItemState.UNFINISHED)
    Matter.objects.filter(pk=matter.pk).update(state=state)
    make.meeting(team)
    assert actions.return_unfinished(team=team) == []


def test_a_matter_that_stands_on_an_agenda_already_does_not_come_back(team: Team, ended: Meeting) -> None:
    matter = queued(team)
    make.item(ended, matter=matter, state=ItemState.UNFINISHED)
    make.item(make.meeting(team), matter=matter)
    assert actions.return_unfinished(team=team) == []


def test_a_decision_or_the_years_item_that_stands_on_an_agenda_does_not_come_back_beside_it(
    team: Team, ended: Meeting
) -> None:
    wheel = WheelItem.objects.create(
        team=team, title="Budget", period="budget", month=9, day=1, purpose="decision", level="strategic",
        minutes=30, outcome="Ett förslag.", first_year=2020,
    )  # fmt: skip
    coming = make.meeting(team)
    for origin in ({"decision": make.decision(team)}, {"wheel_item": wheel, "wheel_year": 2027}):
        for item in (make.item(ended, state=ItemState.UNFINISHED), make.item(coming)):
            AgendaItem.objects.filter(pk=item.pk).update(**origin)
    assert actions.return_unfinished(team=team) == []
    AgendaItem.objects.filter(meeting=coming, decision=None).update(wheel_year=2026)
    assert [again.wheel_year for again in actions.return_unfinished(team=team)] == [2027]


def test_what_was_done_returned_or_put_off_to_the_queue_does_not_come_back(
    team: Team, ended: Meeting
) -> None:
    make.item(ended, state=ItemState.DONE)
    make.item(ended, state=ItemState.RETURNED)
    make.item(ended, state=ItemState.POSTPONED, matter=queued(team))
    make.meeting(team)
    assert actions.return_unfinished(team=team) == []


def test_an_own_item_that_was_put_off_without_saying_whither_comes_back(team: Team, ended: Meeting) -> None:
    left = make.item(ended, state=ItemState.POSTPONED)
    coming = make.meeting(team)
    actions.return_unfinished(team=team)
    assert coming.items.get().came_from == left


def test_the_teams_own_items_of_a_cancelled_meeting_come_back_and_matters_wait_in_the_queue(
    team: Team,
) -> None:
    called_off = make.meeting(team)
    own = make.item(called_off, "Vem tar jouren?")
    make.item(called_off, matter=queued(team))
    actions.cancel_meeting(
        meeting=called_off, reason="För få kan komma.", revision=1, actor=called_off.leader
    )
    coming = make.meeting(team, held_on=TODAY + dt.timedelta(days=14))
    return_unfinished.func()
    return_unfinished.func()
    again = coming.items.get()
    assert (again.title, again.came_from) == ("Vem tar jouren?", own)
