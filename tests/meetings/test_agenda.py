"""The page of a meeting: what it takes up, by the clock, with what is missing and what the time goes to."""

import datetime as dt
import itertools
import re

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from styrfart.mandates.models import Mandate, MandateState
from styrfart.matters.models import ItemPurpose, Matter, MatterState
from styrfart.meetings import purposes
from styrfart.meetings.actions import agenda as actions
from styrfart.meetings.deadlines import material_due, workdays_before
from styrfart.meetings.facts import AgendaClosed, ItemLeft, ItemMoved
from styrfart.meetings.models import (
    AgendaItem,
    Attendee,
    AttendeeRole,
    ItemState,
    Meeting,
    MeetingState,
    Presence,
)
from styrfart.meetings.queries.agenda import agenda_of, agenda_page, clock
from styrfart.meetings.queries.coming import owed_by
from styrfart.meetings.queries.time_use import time_use
from styrfart.people.models import Person, Team
from styrfart.shared.workdays import is_workday
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(team: Team, chair: Person, member: Person, secretary: Person, adjunct: Person) -> Meeting:
    """A meeting in a week, with everybody expected."""
    return make.meeting(team, leader=chair, secretary=secretary)


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.items.values_list("title", flat=True))


# --- who may ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "reads", "changes"),
    [
        ("chair", 200, 200),
        ("secretary", 200, 200),
        ("member", 200, 403),
        ("adjunct", 200, 403),
        ("stranger", 404, 404),
        ("employee", 404, 404),
    ],
)
def test_who_may(
    request: pytest.FixtureRequest, meeting: Meeting, who: str, reads: int, changes: int
) -> None:
    client = signed_in(request.getfixturevalue(who))
    item = make.item(meeting)
    here = meeting.get_absolute_url()
    assert client.get(here).status_code == reads
    assert client.get(f"{here}punkter/{item.pk}/").status_code == reads
    for page in ("punkter/", "punkter/ny/", "kallelse/", f"punkter/{item.pk}/andra/"):
        assert client.get(f"{here}{page}").status_code == changes, page
    for page in ("bordlagg", "ta-bort"):
        assert client.get(f"{here}punkter/{item.pk}/{page}/").status_code == changes, page
    moved = client.post(f"{here}punkter/{item.pk}/flytta/", {"fran": 1, "flytta": "ned"})
    assert moved.status_code == {200: 302}.get(changes, changes)


def test_a_guest_reads_the_page(meeting: Meeting, employee: Person) -> None:
    make.attendee(meeting, employee, presence=Presence.EXPECTED)
    assert signed_in(employee).get(meeting.get_absolute_url()).status_code == 200


def test_the_owner_changes_the_words_and_nothing_else(meeting: Meeting, member: Person) -> None:
    item = make.item(meeting, owner=member)
    address = f"{meeting.get_absolute_url()}punkter/{item.pk}/andra/"
    client = signed_in(member)
    page = client.get(address).content.decode()
    assert 'name="proposal"' in page
    assert 'name="minutes"' not in page
    client.post(address, {"revision": 1, "proposal": "Vi prövar.", "minutes": "90", "title": "Annat"})
    item.refresh_from_db()
    assert (item.proposal, item.minutes) == ("Vi prövar.", 20)
    assert item.title == "Två eller tre introduktionsdagar?"


# --- the clock --------------------------------------------------------------------------------------
def test_times_flow_from_the_start(meeting: Meeting, chair: Person) -> None:
    for minutes in (10, 25, 40):
        make.item(meeting, f"{minutes} minuter", minutes=minutes)
    lines = agenda_of(chair, meeting).lines
    shown = [
        (line.number, *(timezone.localtime(at).strftime("%H.%M") for at in (line.begins, line.ends) if at))
        for line in lines
    ]
    assert shown == [(1, "09.00", "09.10"), (2, "09.10", "09.35"), (3, "09.35", "10.15")]


@given(
    st.lists(st.integers(1, 120), min_size=1, max_size=12), st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1))
)
def test_every_item_begins_when_the_one_before_ends(minutes: list[int], held_on: dt.date) -> None:
    """Also over the hour that the clock skips or repeats: minutes are minutes."""
    meeting = Meeting(held_on=held_on, starts_at=dt.time(1, 30), minutes=60)
    items = [AgendaItem(pk=nr, minutes=each) for nr, each in enumerate(minutes, 1)]
    times = list(clock(meeting, items).values())
    assert times[0][0] == meeting.begins
    assert all(before[1] == after[0] for before, after in itertools.pairwise(times))
    assert times[-1][1] - times[0][0] == dt.timedelta(minutes=sum(minutes))


def test_what_goes_out_in_writing_takes_no_time(meeting: Meeting, chair: Person) -> None:
    make.item(meeting, "Budgetläget", purpose=ItemPurpose.INFORMATION, minutes=30)
    AgendaItem.objects.update(is_in_writing=True)
    make.item(meeting, "Rör oss alla", minutes=20)
    agenda = agenda_of(chair, meeting)
    assert [line.title for line in agenda.lines] == ["Rör oss alla"]
    assert [line.title for line in agenda.written] == ["Budgetläget"]
    assert (agenda.minutes, agenda.minutes_left) == (20, 100)


def test_too_much_is_told(meeting: Meeting, chair: Person) -> None:
    make.item(meeting, minutes=135)
    page = signed_in(chair).get(meeting.get_absolute_url()).content.decode()
    assert "Punkterna tar 135 minuter, 15 mer än mötet har" in page


# --- the mix ----------------------------------------------------------------------------------------
MIX = {"information": 10, "dialogue": 40, "advice": 10, "decision": 30, "follow_up": 10}


def items(**minutes: int) -> list[AgendaItem]:
    return [AgendaItem(purpose=purpose, minutes=each) for purpose, each in minutes.items()]


@pytest.mark.parametrize(
    ("minutes", "mix", "say"),
    [
        ({"decision": 60}, {}, "Ingen tid går till att bara veta."),
        ({"decision": 80, "information": 20}, {}, "Att veta tar 20 procent av tiden."),
        (
            {"decision": 79, "information": 21},
            {},
            "Att veta tar 21 procent av tiden. Räkna med högst 20.",
        ),
        (
            {"decision": 89, "information": 11},
            MIX,
            "Att veta tar 11 procent av tiden. Mandatet säger 10.",
        ),
        (
            {"information": 10, "dialogue": 40, "advice": 0, "decision": 40, "follow_up": 10},
            MIX,
            "Tiden går till ungefär det som mandatet säger.",
        ),
        ({"decision": 100}, MIX, "Tiden går till annat än mandatet säger."),
        ({}, MIX, ""),
    ],
)
def test_time_against_the_mandate(minutes: dict[str, int], mix: dict[str, int], say: str) -> None:
    assert time_use(items(**minutes), mix).say == say


def test_the_table_has_every_purpose_of_the_mandate(meeting: Meeting, chair: Person) -> None:
    Mandate.objects.create(
        team=meeting.team,
        version=1,
        state=MandateState.ADOPTED,
        adopted_on=dt.date(2026, 1, 1),
        created_by=chair,
        target_mix=MIX,
    )
    make.item(meeting, purpose=ItemPurpose.INFORMATION, minutes=30)
    make.item(meeting, purpose=ItemPurpose.DECISION, minutes=30)
    rows = agenda_page(chair, meeting).time.rows
    assert [(row.word, row.minutes, row.percent, row.target) for row in rows] == [
        (str(purposes.VERBS[purpose]), minutes, percent, MIX[purpose])
        for purpose, minutes, percent in [
            ("information", 30, 50),
            ("dialogue", 0, 0),
            ("advice", 0, 0),
            ("decision", 30, 50),
            ("follow_up", 0, 0),
        ]
    ]


# --- order ------------------------------------------------------------------------------------------
def three(meeting: Meeting) -> tuple[AgendaItem, AgendaItem, AgendaItem]:
    return make.item(meeting, "A"), make.item(meeting, "B"), make.item(meeting, "C")


@pytest.mark.parametrize(
    ("sent", "order"),
    [
        ({"fran": 2, "flytta": "upp"}, ["B", "A", "C"]),
        ({"fran": 2, "flytta": "ned"}, ["A", "C", "B"]),
        ({"fran": 2, "till": 1}, ["B", "A", "C"]),
        ({"fran": 2, "till": 99}, ["A", "C", "B"]),
        ({"fran": 2, "flytta": "bort"}, ["A", "B", "C"]),
        ({}, ["A", "B", "C"]),
    ],
)
def test_move_item(meeting: Meeting, chair: Person, sent: dict[str, object], order: list[str]) -> None:
    _a, b, _c = three(meeting)
    answer = signed_in(chair).post(f"{meeting.get_absolute_url()}punkter/{b.pk}/flytta/", sent)
    assert answer.status_code == 302
    assert titles(meeting) == order


def test_moving_what_somebody_else_has_moved_shows_the_order_as_it_is(
    meeting: Meeting, chair: Person, secretary: Person
) -> None:
    _a, _b, c = three(meeting)
    actions.move_item(item=c, from_number=3, to_number=1, actor=secretary)
    address = f"{meeting.get_absolute_url()}punkter/{c.pk}/flytta/"
    answer = signed_in(chair).post(address, {"fran": 3, "flytta": "upp"}, follow=True)
    assert "Någon annan har flyttat om" in answer.content.decode()
    assert titles(meeting) == ["C", "A", "B"]
    swapped = signed_in(chair).post(address, {"fran": 3, "flytta": "upp"}, headers={"HX-Request": "true"})
    assert "Någon annan har flyttat om" in swapped.content.decode()
    assert "<h1" not in swapped.content.decode()


def test_every_change_is_heard_by_open_pages(meeting: Meeting, chair: Person) -> None:
    _a, b, _c = three(meeting)
    actions.move_item(item=b, from_number=2, to_number=1, actor=chair)
    meeting.refresh_from_db()
    assert meeting.tick == 1
    # What is where it was tells nobody anything.
    actions.move_item(item=b, from_number=1, to_number=1, actor=chair)
    meeting.refresh_from_db()
    assert meeting.tick == 1


def test_what_has_been_taken_up_stays_first(meeting: Meeting, chair: Person) -> None:
    a, _b, c = three(meeting)
    AgendaItem.objects.filter(pk=a.pk).update(state=ItemState.DONE)
    actions.move_item(item=c, from_number=3, to_number=1, actor=chair)
    assert titles(meeting) == ["A", "C", "B"]
    with pytest.raises(ItemLeft):
        actions.move_item(item=a, from_number=1, to_number=2, actor=chair)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 7)), max_size=8))
def test_moving_loses_nothing(moves: list[tuple[int, int]]) -> None:
    """Whatever is moved where, the agenda holds the same items, numbered from one."""
    chair = make.person()
    meeting = make.meeting(make.team(), leader=chair, state=MeetingState.OPEN)
    made = [make.item(meeting, name) for name in "ABCDE"]
    expected = [*made]
    for which, to in moves:
        item = made[which]
        at = expected.index(item)
        assert actions.move_item(item=item, from_number=at + 1, to_number=to, actor=chair) == min(to, 5)
        expected.insert(min(to, 5) - 1, expected.pop(at))
    assert list(meeting.items.values_list("pk", "position")) == [
        (item.pk, position) for position, item in enumerate(expected, 1)
    ]


@pytest.mark.parametrize("state", [MeetingState.ENDED, MeetingState.CANCELLED])
def test_a_held_meeting_keeps_its_agenda(team: Team, chair: Person, state: MeetingState) -> None:
    meeting = make.meeting(team, leader=chair, state=state)
    item = make.item(meeting)
    make.item(meeting)
    with pytest.raises(AgendaClosed):
        actions.move_item(item=item, from_number=1, to_number=2, actor=chair)
    address = f"{meeting.get_absolute_url()}punkter/{item.pk}/flytta/"
    assert signed_in(chair).post(address, {"fran": 1, "flytta": "ned"}).status_code == 409
    # A part of the page cannot say it: the page is opened anew.
    part = signed_in(chair).post(address, {"fran": 1, "flytta": "ned"}, headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == meeting.get_absolute_url()


def test_while_it_goes_on_whoever_leads_it_changes_the_agenda(team: Team, member: Person) -> None:
    meeting = make.meeting(team, leader=member, state=MeetingState.OPEN)
    item, _other = make.item(meeting, "A"), make.item(meeting, "B")
    assert actions.move_item(item=item, from_number=1, to_number=2, actor=member) == 2


# --- late, not ready --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("held_on", "lead_days", "due"),
    [
        (dt.date(2026, 10, 8), 5, dt.date(2026, 10, 1)),
        (dt.date(2026, 10, 8), 0, dt.date(2026, 10, 8)),
        # 24–26 December, 31 December, 1 and 6 January are holidays.
        (dt.date(2027, 1, 7), 5, dt.date(2026, 12, 28)),
        # Good Friday and Easter Monday 2026: 3 and 6 April.
        (dt.date(2026, 4, 9), 3, dt.date(2026, 4, 2)),
    ],
)
def test_material_is_due_working_days_before(
    team: Team, held_on: dt.date, lead_days: int, due: dt.date
) -> None:
    kind = make.meeting_kind(team)
    kind.lead_days = lead_days
    assert material_due(Meeting(kind=kind, held_on=held_on)) == due


@given(st.dates(dt.date(2025, 1, 1), dt.date(2035, 1, 1)), st.integers(1, 30))
def test_so_many_workdays_lie_between(day: dt.date, count: int) -> None:
    before = workdays_before(day, count)
    between = [before + dt.timedelta(days=nr) for nr in range((day - before).days)]
    assert is_workday(before)
    assert sum(is_workday(each) for each in between) == count


@pytest.mark.parametrize(
    ("today", "state", "is_late"),
    [
        ("2026-10-01", MeetingState.PLANNED, False),
        ("2026-10-02", MeetingState.PLANNED, True),
        ("2026-09-10", MeetingState.CALLED, True),
    ],
)
def test_material_ready_late_is_marked(
    team: Team,
    chair: Person,
    member: Person,
    monkeypatch: pytest.MonkeyPatch,
    today: str,
    state: MeetingState,
    is_late: bool,
) -> None:
    moment = dt.datetime.fromisoformat(f"{today}T10:00+02:00")
    monkeypatch.setattr(timezone, "now", lambda: moment)
    meeting = make.meeting(team, leader=chair, held_on=dt.date(2026, 10, 8), state=state)
    item = make.item(meeting, owner=member)
    client = signed_in(member)
    client.post(f"{meeting.get_absolute_url()}punkter/{item.pk}/klart/", {"klart": "ja"})
    item.refresh_from_db()
    assert (bool(item.ready_at), item.is_late) == (True, is_late)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert ("Kom till sent" in page) == is_late
    # Taking it back does not make it timely.
    client.post(f"{meeting.get_absolute_url()}punkter/{item.pk}/klart/", {"klart": "nej"})
    item.refresh_from_db()
    assert (item.ready_at, item.is_late) == (None, is_late)


def test_material_is_owed_by_the_owner_of_the_item(
    meeting: Meeting, chair: Person, member: Person, adjunct: Person, stranger: Person
) -> None:
    item = make.item(meeting, "Budgeten", owner=member)
    make.item(meeting, "Klar", owner=member)
    AgendaItem.objects.filter(title="Klar").update(ready_at=timezone.now())
    make.item(meeting, "Utan", owner=member)
    AgendaItem.objects.filter(title="Utan").update(needs_material=False)

    [owed] = owed_by(member)

    assert (owed.count, owed.item, owed.title, owed.due_on) == (
        1,
        item.pk,
        "Budgeten",
        material_due(meeting),
    )
    assert owed.item_url == f"{meeting.get_absolute_url()}punkter/{item.pk}/"
    assert owed_by(chair) == owed_by(adjunct) == owed_by(stranger) == []


def test_what_is_owed_is_asked_in_one_query(
    meeting: Meeting, member: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = make.item(meeting, "A", owner=member)
    owed_by(member)
    with django_assert_num_queries(1):
        assert [(one.item, one.count) for one in owed_by(member)] == [(first.pk, 1)]
    make.item(meeting, "B", owner=member), make.item(meeting, "C", owner=member)
    with django_assert_num_queries(1):
        assert [(one.item, one.count) for one in owed_by(member)] == [(first.pk, 3)]


# --- secrets ----------------------------------------------------------------------------------------
@pytest.fixture
def secret(team: Team, chair: Person) -> Matter:
    """A matter in the queue that outsiders may not read."""
    matter = make.matter(team, "Ska hemligheten bort?", by=chair)
    Matter.objects.filter(pk=matter.pk).update(
        secrecy_ground="OSL 39 kap.",
        state=MatterState.QUEUED,
        purpose="decision",
        level="tactical",
        outcome="Hemligheten är borta",
    )
    matter.refresh_from_db()
    return matter


def test_a_secret_item_is_without_words_to_guests(
    meeting: Meeting, secret: Matter, member: Person, employee: Person
) -> None:
    item = make.item(meeting, "Ska hemligheten bort?", matter=secret, owner=member)
    AgendaItem.objects.update(outcome="Hemligheten är borta", background="Hemlig", proposal="Hemligt")
    make.attendee(meeting, employee, presence=Presence.EXPECTED)
    seen = signed_in(member).get(meeting.get_absolute_url()).content.decode()
    assert "Ska hemligheten bort?" in seen
    assert "Hemligheten är borta" in seen
    client = signed_in(employee)
    hidden = client.get(meeting.get_absolute_url()).content.decode()
    assert "Sekretessmarkerad punkt" in hidden
    assert "emlig" not in hidden
    # The list of people names everybody; the item does not say whose it is.
    assert hidden.count(str(member)) == seen.count(str(member)) - 1
    for page in ("", "andra/", "klart/"):
        address = f"{meeting.get_absolute_url()}punkter/{item.pk}/{page}"
        answer = client.post(address, {"klart": "ja"}) if page == "klart/" else client.get(address)
        assert answer.status_code == 404


def test_a_substitute_reads_no_secret(
    meeting: Meeting, secret: Matter, member: Person, employee: Person
) -> None:
    Attendee.objects.create(
        meeting=meeting, person=employee, role=AttendeeRole.SUBSTITUTE, stands_in_for=member
    )
    make.item(meeting, "Ska hemligheten bort?", matter=secret)
    assert "emlighet" not in signed_in(employee).get(meeting.get_absolute_url()).content.decode()


def test_who_is_excluded_reads_nothing_while_it_goes_on(team: Team, chair: Person, member: Person) -> None:
    meeting = make.meeting(team, leader=chair, state=MeetingState.OPEN)
    item = make.item(meeting, "Ska jag få lokalen?", state=ItemState.CURRENT)
    Meeting.objects.filter(pk=meeting.pk).update(current_item=item)
    item.exclusions.create(person=member, ground="Äger huset", by=chair)
    here = meeting.get_absolute_url()
    assert "lokalen" not in signed_in(member).get(here).content.decode()
    assert signed_in(member).get(f"{here}punkter/{item.pk}/").status_code == 404
    assert "lokalen" in signed_in(chair).get(here).content.decode()


# --- the page ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_page(
    meeting: Meeting, chair: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make.item(meeting, f"Punkt {number}", matter=make.matter(meeting.team, state=MatterState.INBOX))
    client = signed_in(chair)
    client.get(meeting.get_absolute_url())
    with django_assert_num_queries(12):
        client.get(meeting.get_absolute_url())


def test_the_checklist_is_for_those_who_plan(meeting: Meeting, chair: Person, member: Person) -> None:
    make.item(meeting)
    page = signed_in(chair).get(meeting.get_absolute_url()).content.decode()
    for words in ("Inför mötet", "Fyra väntas", "20 av 120 minuter planerade", "Saknas till en punkt"):
        assert words in page
    assert "Inför mötet" not in signed_in(member).get(meeting.get_absolute_url()).content.decode()


def test_the_queue_is_counted_for_those_who_plan(meeting: Meeting, chair: Person, secret: Matter) -> None:
    assert "Ett ärende väntar i kön" in signed_in(chair).get(meeting.get_absolute_url()).content.decode()
    make.item(meeting, matter=secret)
    assert "väntar i kön" not in signed_in(chair).get(meeting.get_absolute_url()).content.decode()


def test_moved_raises_item_moved(meeting: Meeting, chair: Person) -> None:
    _a, b, _c = three(meeting)
    with pytest.raises(ItemMoved):
        actions.move_item(item=b, from_number=3, to_number=1, actor=chair)


def test_a_guest_gets_no_links_that_lead_nowhere(meeting: Meeting, employee: Person) -> None:
    matter = make.matter(meeting.team, state=MatterState.INBOX)
    item = make.item(meeting, matter=matter)
    make.attendee(meeting, employee, presence=Presence.EXPECTED)
    client = signed_in(employee)
    for address in (meeting.get_absolute_url(), f"{meeting.get_absolute_url()}punkter/{item.pk}/"):
        page = client.get(address).content.decode()
        links = set(re.findall(r'href="(/(?:lg|arenden)/[^"#]*)"', page))
        assert {link for link in links if client.get(link).status_code != 200} == set()
