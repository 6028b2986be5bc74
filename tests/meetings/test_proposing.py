"""The draft of an agenda: from the queue, the wheel, decisions and what was parked, with reasons."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.decisions.models import Decision
from styrfart.matters.models import ItemPurpose, Matter, MatterLevel, MatterState
from styrfart.meetings import actions, queries
from styrfart.meetings.models import (
    AgendaItem,
    Entry,
    EntryKind,
    ItemSource,
    ItemState,
    Meeting,
    MeetingState,
    ReportingPeriod,
    WheelItem,
)
from styrfart.people.models import Person, Team
from styrfart.people.standing import standing
from tests import make
from tests.conftest import signed_in

TODAY = timezone.localdate()


@pytest.fixture
def meeting(team: Team, chair: Person, secretary: Person, member: Person) -> Meeting:
    """In a week, of two hours; the next is two weeks later."""
    make.meeting(team, held_on=TODAY + dt.timedelta(days=21), leader=chair)
    return make.meeting(team, leader=chair, secretary=secretary)


def queued(team: Team, question: str, *, minutes: int = 30, **fields: object) -> Matter:
    matter = make.matter(team, question)
    values = {"purpose": ItemPurpose.DECISION, "level": MatterLevel.TACTICAL, "outcome": "Ett beslut."}
    Matter.objects.filter(pk=matter.pk).update(
        state=MatterState.QUEUED, minutes=minutes, **{**values, **fields}
    )
    matter.refresh_from_db()
    return matter


def wheel(team: Team, title: str = "Budget för nästa år") -> WheelItem:
    """Due in twelve days, to stand on an agenda from three weeks before."""
    due = TODAY + dt.timedelta(days=12)
    return WheelItem.objects.create(
        team=team,
        title=title,
        period=ReportingPeriod.BUDGET,
        month=due.month,
        day=due.day,
        purpose=ItemPurpose.DECISION,
        level=MatterLevel.STRATEGIC,
        minutes=40,
        outcome="Ett förslag till nämnden.",
        first_year=TODAY.year - 1,
    )


def parked(at: Meeting, by: Person) -> Entry:
    text = "Ersättning till mentorer?"
    return Entry.objects.create(meeting=at, kind=EntryKind.PARKED, text=text, author=by, take_up_on=TODAY)


def address(meeting: Meeting) -> str:
    return f"/lg/{meeting.team.slug}/moten/{meeting.slug}/forslag/"


def test_who_may(
    meeting: Meeting, chair: Person, secretary: Person, member: Person, stranger: Person
) -> None:
    found = [signed_in(who).get(address(meeting)).status_code for who in (chair, secretary, member, stranger)]
    assert found == [200, 200, 403, 404]


def test_from_every_source_with_reasons(team: Team, meeting: Meeting, chair: Person) -> None:
    queued(team, "Ska vi flytta?", latest_on=TODAY + dt.timedelta(days=10))
    wheel(team)
    earlier = make.meeting(team, held_on=TODAY - dt.timedelta(days=7), state=MeetingState.ENDED)
    Entry.objects.create(
        meeting=earlier,
        kind=EntryKind.PARKED,
        text="Ersättning till mentorer?",
        author=chair,
        take_up_on=TODAY,
    )
    page = signed_in(chair).get(address(meeting)).content.decode()
    assert "Ska vi flytta?" in page
    assert "och kan inte vänta till nästa möte." in page
    assert "Budget för nästa år" in page
    assert "Ersättning till mentorer?" in page


def test_what_is_ticked_stands_on_the_agenda_with_its_reasons(
    team: Team, meeting: Meeting, chair: Person
) -> None:
    matter = queued(team, "Ska vi flytta?", latest_on=TODAY + dt.timedelta(days=10))
    other = queued(team, "Ska vi byta färg?")
    item = wheel(team)
    year = (TODAY + dt.timedelta(days=12)).year
    answer = signed_in(chair).post(
        address(meeting), {"taken": [f"matter-{matter.pk}", f"wheel-{item.pk}-{year}"]}
    )
    assert answer.status_code == 302
    taken = {each.title: each for each in meeting.items.all()}
    assert set(taken) == {"Ska vi flytta?", "Budget för nästa år"}
    assert taken["Ska vi flytta?"].reasons == ["cannot_wait"]
    assert (taken["Budget för nästa år"].source, taken["Budget för nästa år"].wheel_year) == (
        ItemSource.WHEEL,
        year,
    )
    found = queries.draft_agenda(chair, meeting)
    assert [each.proposed.matter for each in (*found.chosen, *found.left)] == [other]


def test_when_time_is_short_the_rest_can_wait(team: Team, meeting: Meeting, chair: Person) -> None:
    make.item(meeting, minutes=60)
    pressing = queued(team, "Brådskar", minutes=40, latest_on=TODAY + dt.timedelta(days=9))
    long = queued(team, "Lång", minutes=45)
    found = queries.draft_agenda(chair, meeting)
    assert [each.proposed.matter for each in found.chosen] == [pressing]
    assert [(each.proposed.matter, each.why[0].value) for each in found.left] == [(long, "no_time")]
    assert (found.minutes_free, found.minutes) == (60, 40)


def test_information_goes_out_in_writing(team: Team, meeting: Meeting, chair: Person) -> None:
    told = queued(team, "Läget i byggena", purpose=ItemPurpose.INFORMATION)
    found = queries.draft_agenda(chair, meeting)
    assert ([each.matter for each in found.in_writing], found.chosen) == ([told], [])
    signed_in(chair).post(address(meeting), {"taken": [f"matter-{told.pk}"]})
    assert meeting.items.get().is_in_writing is True


def test_what_was_not_reached_comes_first_and_keeps_its_preparation(
    team: Team, meeting: Meeting, chair: Person
) -> None:
    matter = queued(team, "Hann vi inte")
    queued(team, "Ny", latest_on=TODAY + dt.timedelta(days=10))
    earlier = make.meeting(team, held_on=TODAY - dt.timedelta(days=7), state=MeetingState.ENDED)
    left = make.item(earlier, matter=matter, state=ItemState.POSTPONED)
    AgendaItem.objects.filter(pk=left.pk).update(proposal="Vi flyttar i maj.")
    found = queries.draft_agenda(chair, meeting)
    assert [each.proposed.title for each in found.chosen] == ["Hann vi inte", "Ny"]
    signed_in(chair).post(address(meeting), {"taken": [f"matter-{matter.pk}"]})
    again = meeting.items.get()
    assert (again.proposal, again.came_from) == ("Vi flyttar i maj.", left)


def test_a_parked_question_that_is_taken_up_is_parked_no_more(
    team: Team, meeting: Meeting, chair: Person
) -> None:
    earlier = make.meeting(team, held_on=TODAY - dt.timedelta(days=7), state=MeetingState.ENDED)
    entry = Entry.objects.create(
        meeting=earlier,
        kind=EntryKind.PARKED,
        text="Ersättning till mentorer?",
        author=chair,
        take_up_on=TODAY,
    )
    signed_in(chair).post(address(meeting), {"taken": [f"parked-{entry.pk}"]})
    entry.refresh_from_db()
    assert entry.taken_up_at is not None
    assert meeting.items.get().title == "Ersättning till mentorer?"


def test_nothing_ticked_and_what_has_gone_are_said(team: Team, meeting: Meeting, chair: Person) -> None:
    matter = queued(team, "Ska vi flytta?")
    answer = signed_in(chair).post(address(meeting), {})
    assert (answer.status_code, "Kryssa för minst en punkt" in answer.content.decode()) == (422, True)
    Matter.objects.filter(pk=matter.pk).update(state=MatterState.DECLINED)
    answer = signed_in(chair).post(address(meeting), {"taken": [f"matter-{matter.pk}"]})
    assert answer.status_code == 422
    assert meeting.items.count() == 0


def test_what_was_parked_beside_a_secret_decision_or_matter_is_not_proposed(
    team: Team, meeting: Meeting, chair: Person
) -> None:
    earlier = make.meeting(team, held_on=TODAY - dt.timedelta(days=7), state=MeetingState.ENDED)
    decision, matter = make.decision(team), queued(team, "Vem får gå?", secrecy_ground="OSL 39:2")
    Decision.objects.filter(pk=decision.pk).update(secrecy_ground="OSL 39:2")
    for item in (make.item(earlier), make.item(earlier, matter=matter, state=ItemState.DONE)):
        AgendaItem.objects.filter(pk=item.pk, matter=None).update(decision=decision)
        entry = parked(earlier, chair)
        Entry.objects.filter(pk=entry.pk).update(item=item)
    found = queries.draft_agenda(chair, meeting)
    assert [each.proposed.parked for each in (*found.chosen, *found.left) if each.proposed.parked] == []


def test_a_parked_question_is_another_than_the_item_beside_which_it_came_up(
    team: Team, meeting: Meeting, chair: Person
) -> None:
    earlier = make.meeting(team, held_on=TODAY - dt.timedelta(days=7), state=MeetingState.ENDED)
    item = make.item(earlier, state=ItemState.DONE)
    AgendaItem.objects.filter(pk=item.pk).update(background="Om något helt annat.")
    entry = parked(earlier, chair)
    Entry.objects.filter(pk=entry.pk).update(item=item)
    [placing] = queries.draft_agenda(chair, meeting).chosen
    assert (placing.proposed.parked, [why.value for why in placing.why]) == (entry, ["cannot_wait"])
    actions.take_up_proposed(meeting=meeting, placings=[placing], actor=chair)
    assert meeting.items.get().background == ""


def test_two_tabs_take_up_a_parked_question_once(team: Team, meeting: Meeting, chair: Person) -> None:
    entry = parked(make.meeting(team, held_on=TODAY - dt.timedelta(days=7), state=MeetingState.ENDED), chair)
    [placing] = queries.draft_agenda(chair, meeting).chosen
    later = Meeting.objects.get(held_on=TODAY + dt.timedelta(days=21))
    for at in (meeting, later):
        actions.take_up_proposed(meeting=at, placings=[placing], actor=chair)
    assert (meeting.items.count(), later.items.count()) == (1, 0)
    entry.refresh_from_db()
    assert entry.taken_up_at is not None


def test_who_leads_takes_a_question_parked_by_somebody_who_has_left(
    team: Team, meeting: Meeting, chair: Person, member: Person, stranger: Person
) -> None:
    earlier = make.meeting(team, held_on=TODAY - dt.timedelta(days=7), state=MeetingState.ENDED)
    for who in (stranger, member):
        parked(earlier, who)
    found = queries.draft_agenda(chair, meeting).chosen
    assert [each.proposed.owner for each in found] == [chair, member]


def test_a_queue_longer_than_can_be_weighed_still_gives_a_draft(
    team: Team, meeting: Meeting, chair: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued(team, "En dag")
    pressing = queued(team, "Brådskar", latest_on=TODAY + dt.timedelta(days=9))
    monkeypatch.setattr("styrfart.meetings.queries.proposing.MOST", 1)
    found = queries.draft_agenda(chair, meeting)
    assert [each.proposed.matter for each in (*found.chosen, *found.left)] == [pressing]


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_however_much_waits(
    team: Team,
    meeting: Meeting,
    chair: Person,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    earlier = make.meeting(team, held_on=TODAY - dt.timedelta(days=7), state=MeetingState.ENDED)
    for at in range(number):
        make.item(earlier, matter=queued(team, f"Fråga {at}"), state=ItemState.UNFINISHED)
        wheel(team, f"Budget {at}")
        parked(earlier, chair)
        decision = make.decision(team, due_on=TODAY)
        Decision.objects.filter(pk=decision.pk).update(effect_on=TODAY, effect_question=f"Blev det {at}?")
    chair = Person.objects.get(pk=chair.pk)
    standing(chair)
    meeting = queries.agenda_to_change(chair, team.slug, meeting.slug)
    with django_assert_num_queries(13):
        found = queries.draft_agenda(chair, meeting)
    assert len(found.chosen) + len(found.left) == 4 * number
