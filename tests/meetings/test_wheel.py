"""The annual wheel: days, years that differ, what is due on agendas, and the page."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from styrfart.meetings import actions, queries, starting_points
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.models import (
    AgendaItem,
    ItemSource,
    ItemState,
    Meeting,
    MeetingState,
    ReportingPeriod,
    WheelItem,
    WheelYear,
)
from styrfart.meetings.queries.wheel import day_in, year_of
from styrfart.people.models import Person, Team
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def values(**changed: object) -> actions.WheelValues:
    given: dict[str, object] = {
        "title": "Tertialrapport 1",
        "period": "tertial_1",
        "month": 5,
        "day": 15,
        "weeks_before": 3,
        "purpose": "follow_up",
        "level": "strategic",
        "minutes": 45,
        "outcome": "Rapporten är klar.",
    }
    return actions.WheelValues(**{**given, **changed})  # type: ignore[arg-type]  # as given above


def add(team: Team, actor: Person, *, first_year: int = 2026, **changed: object) -> WheelItem:
    [item] = actions.add_wheel_items(
        team=team, items=[values(**changed)], from_day=dt.date(first_year, 1, 1), actor=actor
    )
    return item


def on_agenda(
    item: WheelItem, meeting: Meeting, year: int, state: ItemState = ItemState.COMING
) -> AgendaItem:
    row = make.item(meeting, title=item.title, state=state)
    row.source, row.wheel_item, row.wheel_year = ItemSource.WHEEL, item, year
    row.save()
    return row


def titles(found: list[queries.Due]) -> list[tuple[str, int]]:
    return [(due.item.title, due.year) for due in found]


# --- starting points --------------------------------------------------------------------------------
def test_the_starting_points_hold_every_reporting_period_and_four_days_each_for_strategy_and_team() -> None:
    found = [each.period for each in starting_points.wheel().values()]
    assert {period: found.count(period) for period in ReportingPeriod.values} == {
        "plan": 1,
        "budget": 1,
        "tertial_1": 1,
        "tertial_2": 1,
        "annual_report": 1,
        "survey": 1,
        "salary": 1,
        "risk": 1,
        "strategy": 4,
        "team": 4,
        "own": 0,
    }
    # Three half-days and one whole.
    strategy = [each.minutes for each in starting_points.wheel().values() if each.period == "strategy"]
    assert strategy == [180, 180, 360, 180]


def test_every_starting_point_can_be_saved_and_is_not_added_twice(team: Team, chair: Person) -> None:
    offered = list(starting_points.wheel().values())
    made = actions.add_wheel_items(team=team, items=offered, from_day=dt.date(2027, 1, 1), actor=chair)
    for item in made:
        item.full_clean(exclude=["last_year"])
    assert len(made) == 16
    assert actions.add_wheel_items(team=team, items=offered, from_day=dt.date(2027, 1, 1), actor=chair) == []


def test_what_has_been_this_year_begins_the_next(team: Team, chair: Person) -> None:
    made = actions.add_wheel_items(
        team=team,
        items=[values(title="Före"), values(title="Samma dag", day=16), values(title="Efter", month=6)],
        from_day=dt.date(2026, 5, 16),
        actor=chair,
    )
    assert [(item.title, item.first_year) for item in made] == [
        ("Före", 2027),
        ("Samma dag", 2026),
        ("Efter", 2026),
    ]


# --- days -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("month", "day", "year", "found"),
    [
        (2, 29, 2027, dt.date(2027, 2, 28)),
        (2, 29, 2028, dt.date(2028, 2, 29)),
        (2, 31, 2028, dt.date(2028, 2, 29)),
        (4, 31, 2027, dt.date(2027, 4, 30)),
        (12, 31, 2027, dt.date(2027, 12, 31)),
    ],
)
def test_the_last_of_a_shorter_month(
    month: int, day: int, year: int, found: dt.date, team: Team, chair: Person
) -> None:
    item = add(team, chair, month=month, day=day)
    assert day_in(item, year) == found
    assert [due.due_on for due in year_of(team, year)] == [found]


# --- what is due on agendas -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "last", "is_due"),
    [
        # Due on 15 May, on an agenda from 24 April.
        (dt.date(2027, 4, 1), dt.date(2027, 4, 23), False),
        (dt.date(2027, 4, 1), dt.date(2027, 4, 24), True),
        (dt.date(2027, 5, 1), dt.date(2027, 5, 2), True),
        (dt.date(2027, 5, 15), dt.date(2027, 5, 30), True),
        (dt.date(2027, 5, 16), dt.date(2027, 5, 30), False),
    ],
)
def test_an_item_is_due_on_agendas_from_some_weeks_before_its_day_until_it(
    first: dt.date, last: dt.date, is_due: bool, team: Team, chair: Person
) -> None:
    add(team, chair)
    assert titles(queries.due_for(team, first, last)) == ([("Tertialrapport 1", 2027)] if is_due else [])


def test_what_is_due_early_next_year_is_due_on_agendas_this_year(team: Team, chair: Person) -> None:
    add(team, chair, title="Bokslut", month=1, day=10, weeks_before=4)
    assert titles(queries.due_for(team, dt.date(2026, 12, 10), dt.date(2026, 12, 16))) == [("Bokslut", 2027)]


@pytest.mark.parametrize(
    ("state", "is_due"),
    [
        (ItemState.COMING, False),
        (ItemState.DONE, False),
        (ItemState.POSTPONED, True),
        (ItemState.RETURNED, True),
        (ItemState.UNFINISHED, True),
    ],
)
def test_what_stands_on_an_agenda_is_due_no_more_unless_it_was_left_behind(
    state: ItemState, is_due: bool, team: Team, chair: Person
) -> None:
    item = add(team, chair)
    on_agenda(item, make.meeting(team, held_on=dt.date(2027, 5, 4), leader=chair), 2027, state)
    may = (dt.date(2027, 5, 1), dt.date(2027, 5, 20))
    assert bool(queries.due_for(team, *may)) == is_due
    # The year after has nothing to do with it.
    assert titles(queries.due_for(team, dt.date(2028, 5, 1), dt.date(2028, 5, 20))) == [
        ("Tertialrapport 1", 2028)
    ]


def test_what_stood_on_a_cancelled_agenda_is_due_again(team: Team, chair: Person) -> None:
    item = add(team, chair)
    meeting = make.meeting(team, held_on=dt.date(2027, 5, 4), leader=chair)
    on_agenda(item, meeting, 2027)
    assert queries.due_for(team, dt.date(2027, 5, 1), dt.date(2027, 5, 20)) == []
    actions.cancel_meeting(meeting=meeting, reason="Sjukdom.", revision=1, actor=chair)
    assert titles(queries.due_for(team, dt.date(2027, 5, 1), dt.date(2027, 5, 20))) == [
        ("Tertialrapport 1", 2027)
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_due_takes_as_many_queries_for_three_as_for_one(
    number: int, team: Team, chair: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for at in range(number):
        item = add(team, chair, title=f"Punkt {at}")
        on_agenda(item, make.meeting(team, held_on=dt.date(2027, 5, 4), leader=chair), 2027)
    with django_assert_num_queries(3):
        found = queries.due_for(team, dt.date(2028, 5, 1), dt.date(2028, 5, 20))
    assert len(found) == number


# --- years that differ ------------------------------------------------------------------------------
def change_year(item: WheelItem, actor: Person, revision: int, **changed: object) -> None:
    given: dict[str, object] = {"due_on": None, "is_skipped": False, "note": ""}
    actions.change_wheel_year(
        item=item,
        year=2027,
        revision=revision,
        actor=actor,
        **{**given, **changed},  # type: ignore[arg-type]  # as given above
    )


def test_one_year_has_another_day_is_skipped_and_is_as_usual_again(team: Team, chair: Person) -> None:
    item = add(team, chair)
    change_year(item, chair, 1, due_on=dt.date(2027, 6, 1), note="Nytt system.")
    assert [(due.due_on, due.differs) for due in year_of(team, 2027)] == [(dt.date(2027, 6, 1), True)]
    assert [(due.due_on, due.differs) for due in year_of(team, 2028)] == [(dt.date(2028, 5, 15), False)]
    change_year(item, chair, 2, is_skipped=True, note="Ny nämnd.")
    [due] = year_of(team, 2027)
    assert (due.is_skipped, due.note) == (True, "Ny nämnd.")
    assert queries.due_for(team, dt.date(2027, 5, 1), dt.date(2027, 6, 1)) == []
    change_year(item, chair, 3)
    assert WheelYear.objects.count() == 0


def test_two_tabs_on_one_item(team: Team, chair: Person) -> None:
    item = add(team, chair)
    actions.change_wheel_item(item=item, values=values(minutes=60), revision=1, actor=chair)
    with pytest.raises(facts.PlanChanged):
        actions.change_wheel_item(item=item, values=values(minutes=90), revision=1, actor=chair)
    with pytest.raises(facts.PlanChanged):
        change_year(item, chair, 1, is_skipped=True, note="Nej.")
    with pytest.raises(facts.PlanChanged):
        actions.end_wheel_item(item=item, from_year=2028, revision=1, actor=chair)
    item.refresh_from_db()
    assert (item.minutes, item.revision, item.last_year) == (60, 2, None)


def test_an_item_ends_from_a_year_and_earlier_years_keep_it(team: Team, chair: Person) -> None:
    item = add(team, chair)
    actions.end_wheel_item(item=item, from_year=2028, revision=1, actor=chair)
    assert [len(year_of(team, year)) for year in (2025, 2026, 2027, 2028)] == [0, 1, 1, 0]
    with pytest.raises(facts.YearOutside):
        actions.change_wheel_year(
            item=item, year=2028, due_on=None, is_skipped=True, note="x", revision=2, actor=chair
        )


def test_an_item_that_never_was_goes_but_one_on_an_agenda_stays(team: Team, chair: Person) -> None:
    never, used = add(team, chair, title="Aldrig"), add(team, chair, title="Använd")
    on_agenda(used, make.meeting(team, leader=chair, state=MeetingState.ENDED), 2026, ItemState.DONE)
    for item in (never, used):
        actions.end_wheel_item(item=item, from_year=2026, revision=1, actor=chair)
    assert list(WheelItem.objects.values_list("title", "last_year")) == [("Använd", 2026)]


# --- the pages --------------------------------------------------------------------------------------
def address(name: str, team: Team, *args: object) -> str:
    return reverse(f"meetings:{name}", args=[team.slug, *args])


@pytest.mark.parametrize("number", [1, 3])
def test_the_wheel_as_picture_and_list(
    number: int,
    team: Team,
    chair: Person,
    as_member: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for at in range(number):
        item = add(team, chair, title=f"Punkt {at}")
        meeting = make.meeting(team, held_on=dt.date(2027, 5, 4), leader=chair)
        on_agenda(item, meeting, 2027)
    as_member.get(address("wheel", team))
    with django_assert_num_queries(9):
        page = as_member.get(address("wheel", team) + "?ar=2027")
    body = page.content.decode()
    assert body.count('<path class="s-d1"') == number
    assert body.count("På mötet 4 maj") == number
    assert [month.first.month for month in page.context["months"] if month.dues] == [5]


def test_a_year_that_cannot_be_read_is_this_one(team: Team, as_member: Client) -> None:
    years = [
        as_member.get(address("wheel", team) + f"?ar={asked}").context["year"] for asked in ("", "förra", "1")
    ]
    assert years == [dt.date.today().year] * 3  # noqa: DTZ011  # the test is about this year


def test_a_team_begins_with_what_is_usual(team: Team, chair: Person) -> None:
    client = signed_in(chair)
    assert client.post(address("start-wheel", team), {"items": []}).status_code == 422
    client.post(address("start-wheel", team), {"items": ["budget", "tertial_1"]})
    assert list(WheelItem.objects.values_list("title", flat=True)) == [
        "Underlag till nästa års budget",
        "Tertialrapport 1",
    ]
    offered = client.get(address("start-wheel", team)).context["form"].offered
    assert len(offered) == 14


def test_an_item_of_ones_own_is_added_changed_and_ended(team: Team, chair: Person, member: Person) -> None:
    client = signed_in(chair)
    typed = {**{name: getattr(values(), name) or "" for name in actions.WheelValues.__dataclass_fields__}}
    wrong = client.post(address("add-wheel-item", team), {**typed, "day": "31", "month": "4"})
    assert wrong.status_code == 422
    client.post(address("add-wheel-item", team) + "?ar=2027", {**typed, "owner": member.pk})
    item = WheelItem.objects.get()
    assert (item.first_year, item.owner) == (2027, member)
    edit = address("edit-wheel-item", team, item.pk)
    assert client.post(edit, {**typed, "revision": "7", "title": "Sent"}).status_code == 409
    assert client.post(edit, {**typed, "revision": "1", "title": "Nytt"}).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.owner) == ("Nytt", None)
    assert client.get(address("change-wheel-year", team, item.pk, 2026)).status_code == 404
    year = address("change-wheel-year", team, item.pk, 2028)
    skip = {"revision": "2", "what": "hoppas-over"}
    assert client.post(year, skip).status_code == 422
    assert client.post(year, {**skip, "note": "Valår."}).status_code == 302
    assert WheelYear.objects.get().note == "Valår."
    wrong_year = {"revision": "3", "what": "annan-dag", "due_on": "2029-05-01"}
    assert client.post(year, wrong_year).status_code == 422
    assert (
        client.post(
            address("end-wheel-item", team, item.pk), {"revision": "3", "from_year": "2029"}
        ).status_code
        == 302
    )
    item.refresh_from_db()
    assert item.last_year == 2028


@pytest.mark.parametrize("name", ["edit-wheel-item", "change-wheel-year", "end-wheel-item"])
def test_who_may(
    name: str, team: Team, chair: Person, secretary: Person, member: Person, adjunct: Person, stranger: Person
) -> None:
    args = [add(team, chair).pk, *([2027] if name == "change-wheel-year" else [])]
    codes = [
        signed_in(person).get(address(name, team, *args)).status_code
        for person in (chair, secretary, member, adjunct, stranger)
    ]
    assert codes == [200, 200, 403, 403, 404]
