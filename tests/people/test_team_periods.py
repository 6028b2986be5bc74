"""What a team was called, which unit it led and at which level: a change ends what was, no more."""

import datetime as dt
import importlib
import itertools
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from styrfart.people import actions
from styrfart.people.actions.teams import revision
from styrfart.people.models import Person, Team, TeamLevel, TeamMember, TeamPeriod, TeamRole, Unit, UnitKind
from styrfart.people.team_periods import begin_periods, end_periods, name_then
from styrfart.shared.models import AuditEntry
from tests import make
from tests.people.steps import post, text_of, warm

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
ONE_DAY = dt.timedelta(days=1)
YESTERDAY = TODAY - ONE_DAY
SINCE = dt.date(2024, 1, 1)


def told(team: Team) -> list[tuple[Any, ...]]:
    """The periods of the team, the oldest first."""
    rows = team.periods.order_by("valid_from")
    return list(rows.values_list("name", "unit__name", "level", "valid_from", "valid_to"))


def change(team: Team, actor: Person, **changes: Any) -> Team:
    now = Team.objects.select_related("unit").get(pk=team.pk)
    values = {"name": now.name, "unit": now.unit, "level": TeamLevel(now.level), **changes}
    return actions.change_team(team=now, known=revision(now), **values, actor=actor)


# --- By hand ----------------------------------------------------------------------------------------
def test_a_team_that_is_made_has_its_period_from_the_first_day(browser: Client) -> None:
    unit = make.unit("Norr", kind=UnitKind.DIVISION)
    post(browser, "create-team", name="Norrs ledningsgrupp", unit=unit.code, level="division")
    assert told(Team.objects.get()) == [("Norrs ledningsgrupp", "Norr", "division", TODAY, None)]


def test_a_change_ends_what_was_and_begins_anew(owner: Person, team: Team) -> None:
    south = make.unit("Söder")
    change(team, owner, name="Söders ledningsgrupp", unit=south, level=TeamLevel.DIVISION)
    assert told(team) == [
        ("Kontorets ledningsgrupp", "Utvecklingskontoret", "office", SINCE, YESTERDAY),
        ("Söders ledningsgrupp", "Söder", "division", TODAY, None),
    ]


@pytest.mark.parametrize("changed", ["name", "unit", "level"])
def test_each_of_the_three_is_history_by_itself(owner: Person, team: Team, changed: str) -> None:
    values = {"name": "Ny", "unit": make.unit("Söder"), "level": TeamLevel.CITY}
    change(team, owner, **{changed: values[changed]})
    assert [row[3:] for row in told(team)] == [(SINCE, YESTERDAY), (TODAY, None)]


def test_a_second_change_on_the_day_corrects_the_first(owner: Person, team: Team) -> None:
    change(team, owner, name="Fel")
    change(team, owner, name="Rätt")
    assert [(row[0], *row[3:]) for row in told(team)] == [
        ("Kontorets ledningsgrupp", SINCE, YESTERDAY),
        ("Rätt", TODAY, None),
    ]


def test_a_change_that_is_taken_back_on_the_day_never_was(owner: Person, team: Team) -> None:
    before = told(team)
    change(team, owner, name="Fel")
    change(team, owner, name="Kontorets ledningsgrupp")
    assert told(team) == before
    assert AuditEntry.objects.filter(verb="people.change_team").count() == 2


def test_saving_without_a_change_leaves_the_period(owner: Person, team: Team) -> None:
    before = list(team.periods.values_list("pk", "valid_from", "valid_to"))
    change(team, owner)
    assert list(team.periods.values_list("pk", "valid_from", "valid_to")) == before


def test_a_team_that_ends_keeps_what_it_was_called(owner: Person, team: Team) -> None:
    change(team, owner, name="Ny")
    actions.end_team(team=team, actor=owner)
    assert [(row[0], *row[3:]) for row in told(team)] == [("Kontorets ledningsgrupp", SINCE, YESTERDAY)]


def test_a_team_of_one_day_keeps_the_day_before_as_the_team_does(owner: Person) -> None:
    team = actions.create_team(
        name="Kort", unit=make.unit(), level=TeamLevel.UNIT, valid_from=TODAY, actor=owner
    )
    actions.end_team(team=team, actor=owner)
    now = Team.objects.get()
    assert (now.valid_from, now.valid_to) == (YESTERDAY, YESTERDAY)
    assert [(row[0], *row[3:]) for row in told(now)] == [("Kort", YESTERDAY, YESTERDAY)]


def test_a_stale_tab_and_an_ended_team_leave_the_periods(owner: Person, team: Team) -> None:
    stale = Team.objects.select_related("unit").get()
    change(team, owner, name="Först")
    before = told(team)
    with pytest.raises(actions.TeamChanged):
        actions.change_team(
            team=stale,
            known=revision(stale),
            name="Sist",
            unit=stale.unit,
            level=TeamLevel.CITY,
            actor=owner,
        )
    assert told(team) == before
    actions.end_team(team=team, actor=owner)
    before = told(team)
    with pytest.raises(actions.TeamHasEnded):
        change(team, owner, name="Sent")
    assert told(team) == before


# --- The law ----------------------------------------------------------------------------------------
STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["A", "B", "C", "end", "again"])), min_size=1, max_size=12
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_day_is_as_it_was_told_that_evening(db: None, steps: list[tuple[int, str]]) -> None:
    """Renamed, ended and taken up again in any order: no day has two names, and no evening is rewritten."""
    start = day = dt.date(2020, 1, 10)
    team = make.team("A")
    team.periods.all().delete()
    Team.objects.filter(pk=team.pk).update(valid_from=start)
    begin_periods([team.pk], start)
    evenings = {start: "A"}
    row = Team.objects.get(pk=team.pk)
    for days, step in steps:
        for passed in range(days):
            evenings[day + (passed + 1) * ONE_DAY] = evenings[day]
        day += days * ONE_DAY
        if step == "end":
            last = day - ONE_DAY
            row.valid_from, row.valid_to = min(row.valid_from, last), row.valid_to or last
            row.save(update_fields=["valid_from", "valid_to"])
            end_periods([team.pk], day)
            evenings[day] = ""
        elif step != "again" or row.valid_to:
            row.name, row.valid_to = row.name if step == "again" else step, None
            row.save(update_fields=["name", "valid_to"])
            begin_periods([team.pk], day)
            evenings[day] = row.name
    for evening, name in evenings.items():
        found = list(TeamPeriod.objects.on(evening).filter(team=team).values_list("name", flat=True))
        # A team that ended on its first day keeps the day before, as `Team` does.
        assert found == ([name] if name else [])
    periods = list(team.periods.order_by("valid_from"))
    assert all(
        one.valid_to is not None and one.valid_to < other.valid_from
        for one, other in itertools.pairwise(periods)
    )


def test_there_is_one_open_period_and_none_runs_backwards(team: Team) -> None:
    values = {"team": team, "name": "Två", "unit": team.unit, "level": team.level}
    for days in ({"valid_from": TODAY}, {"valid_from": TODAY, "valid_to": YESTERDAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TeamPeriod.objects.create(**values, **days)
    assert team.periods.count() == 1


def test_a_unit_that_a_team_once_led_is_not_deleted(owner: Person, team: Team) -> None:
    before = team.unit
    change(team, owner, unit=make.unit("Söder"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=before.pk).delete()


def test_teams_from_before_get_the_period_that_they_are_in(team: Team) -> None:
    ended = make.team("Ended")
    Team.objects.filter(pk=ended.pk).update(valid_to=YESTERDAY)
    TeamPeriod.objects.all().delete()
    migration = importlib.import_module("styrfart.people.migrations.0004_teams_have_periods")
    migration.begin_with_what_they_are_called(apps, SimpleNamespace(connection=connection))
    assert told(team) == [("Kontorets ledningsgrupp", "Utvecklingskontoret", "office", SINCE, None)]
    assert told(ended) == [("Ended", "Utvecklingskontoret", "office", SINCE, YESTERDAY)]


# --- Where it shows ---------------------------------------------------------------------------------
def test_the_page_of_the_unit_tells_what_its_teams_were_called(owner: Person, employee: Person) -> None:
    unit, before = make.unit("Norr"), make.unit("Gamla Norr")
    team = make.team("Norrs ledningsgrupp", of_unit=unit)
    make.earlier_name(team, "Norra gruppen", first=dt.date(2020, 1, 1), last=dt.date(2023, 12, 31))
    team.periods.filter(valid_to=None).update(valid_from=dt.date(2024, 1, 1))
    oldest = make.earlier_name(team, "Nordgruppen", first=dt.date(2018, 1, 1), last=dt.date(2019, 12, 31))
    team.periods.filter(valid_to=None).update(valid_from=dt.date(2024, 1, 1))
    TeamPeriod.objects.filter(pk=oldest.pk).update(unit=before, level=TeamLevel.UNIT)
    make.team("Stabens ledningsgrupp", of_unit=unit)
    page = warm(employee).get(reverse("people:unit", args=[unit.code]))
    assert (
        "Norrs ledningsgrupp Lämna in ett ärende till Norrs ledningsgrupp "
        "Tidigare Norra gruppen, 1 januari 2020 till 31 december 2023. "
        "Tidigare Nordgruppen, 1 januari 2018 till 31 december 2019. Ledde Gamla Norr. "
        "Nivå: enhetens ledning. "
        "Stabens ledningsgrupp Lämna in ett ärende"
    ) in text_of(page)
    assert [link.team.name for link in page.context["page"].teams] == [
        "Norrs ledningsgrupp",
        "Stabens ledningsgrupp",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_earlier_names_cost_the_page_of_the_unit_nothing(
    employee: Person, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    unit = make.unit("Norr", parent=make.unit("Kontoret"))
    for place in range(number):
        team = make.team(f"Grupp {place}", of_unit=unit)
        for year in range(2000, 2000 + number):
            TeamPeriod.objects.create(
                team=team,
                name=f"Förr {year}",
                unit=unit,
                level=team.level,
                valid_from=dt.date(year, 1, 1),
                valid_to=dt.date(year, 12, 31),
            )
    browser = warm(employee)
    with django_assert_num_queries(
        12
    ):  # session, person, standing (3), unit, page (6: nobody, nothing below)
        page = browser.get(reverse("people:unit", args=[unit.code])).context["page"]
    assert [len(link.earlier) for link in page.teams] == [number] * number


def test_the_system_owner_sees_what_a_team_was(browser: Client, owner: Person, team: Team) -> None:
    assert browser.get(reverse("people:edit-team", args=[team.slug])).context["file"].was == []
    change(team, owner, name="Ny", level=TeamLevel.CITY)
    text = text_of(browser.get(reverse("people:edit-team", args=[team.slug])))
    day = f"{YESTERDAY.day} "
    assert f"Tidigare Kontorets ledningsgrupp 1 januari 2024 till {day}" in text
    assert "Utvecklingskontoret, förvaltningens ledning" in text
    actions.end_team(team=Team.objects.get(pk=team.pk), actor=owner)
    # What it was called on its last day stands as its name, not among the earlier ones.
    assert browser.get(reverse("people:edit-team", args=[team.slug])).context["file"].was == []


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2019, 12, 31), "Ny"),  # before it was
        (dt.date(2020, 1, 1), "Gammal"),
        (dt.date(2022, 12, 31), "Gammal"),
        (dt.date(2023, 6, 1), "Gammal"),  # away
        (dt.date(2024, 1, 1), "Ny"),
        (TODAY, "Ny"),
    ],
)
def test_a_row_knows_what_its_team_was_called_that_day(team: Team, day: dt.date, name: str) -> None:
    Team.objects.filter(pk=team.pk).update(name="Ny")
    team.periods.update(name="Ny")
    make.earlier_name(team, "Gammal", first=dt.date(2020, 1, 1), last=dt.date(2022, 12, 31))
    team.periods.filter(valid_to=None).update(valid_from=dt.date(2024, 1, 1))
    seat = make.member(team)
    TeamMember.objects.filter(pk=seat.pk).update(valid_from=day)
    seats = TeamMember.objects.annotate(team_then=name_then("team", on="valid_from"))
    assert seats.get(pk=seat.pk).team_then == name


# --- Chairs -----------------------------------------------------------------------------------------
def chairs(team: Team) -> list[tuple[str, dt.date, dt.date | None]]:
    rows = team.members.filter(role=TeamRole.CHAIR).order_by("valid_from")
    return list(rows.values_list("person__given_name", "valid_from", "valid_to"))


def test_a_former_chair_who_is_planned_as_a_member_stays_until_then(
    owner: Person, team: Team, chair: Person, employee: Person
) -> None:
    later = TODAY + dt.timedelta(days=20)
    team.members.update(valid_to=later - ONE_DAY)
    actions.add_member(team=team, person=chair, role=TeamRole.ADJUNCT, valid_from=later, actor=owner)
    actions.change_chair(team=team, person=employee, valid_from=TODAY, stays_as_member=True, actor=owner)
    seats = team.members.filter(person=chair).order_by("valid_from")
    assert list(seats.values_list("role", "valid_from", "valid_to")) == [
        ("chair", SINCE, YESTERDAY),
        ("member", TODAY, later - ONE_DAY),
        ("adjunct", later, None),
    ]


def test_who_was_only_planned_to_chair_does_not_become_a_member(
    owner: Person, team: Team, chair: Person, member: Person, employee: Person
) -> None:
    planned, later = make.person("Pia", "Plan"), TODAY + dt.timedelta(days=20)
    team.members.filter(person=chair).update(valid_to=later - ONE_DAY)
    actions.add_member(team=team, person=planned, role=TeamRole.CHAIR, valid_from=later, actor=owner)
    actions.change_chair(team=team, person=employee, valid_from=TODAY, stays_as_member=True, actor=owner)
    assert chairs(team) == [("Ingrid", SINCE, YESTERDAY), ("Moa", TODAY, None)]
    assert not team.members.filter(person=planned).exists()
    assert team.members.filter(person=chair, role=TeamRole.MEMBER, valid_from=TODAY, valid_to=None).exists()


def test_a_chair_of_today_who_is_changed_today_may_stay(owner: Person, team: Team, employee: Person) -> None:
    seat = make.member(team, role=TeamRole.CHAIR)
    TeamMember.objects.filter(pk=seat.pk).update(valid_from=TODAY)
    actions.change_chair(team=team, person=employee, valid_from=TODAY, stays_as_member=True, actor=owner)
    assert list(team.members.filter(person=seat.person).values_list("role", "valid_from", "valid_to")) == [
        ("member", TODAY, None)
    ]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "change and stay", "end"]),
        st.integers(0, 2),
        st.sampled_from(["chair", "member"]),
        st.integers(-6, 6),
        st.none() | st.integers(0, 6),
    ),
    min_size=1,
    max_size=10,
)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
@example(
    deeds=[("add", 0, "chair", 0, 0), ("add", 0, "chair", 1, None), ("change and stay", 1, "chair", 0, None)]
)
def test_whatever_is_done_no_day_has_two_chairs_and_nobody_two_seats(
    owner: Person, deeds: list[tuple[str, int, str, int, int | None]]
) -> None:
    team = make.team()
    crowd = [make.person() for _ in range(3)]
    for deed, who, role, start, length in deeds:
        first = TODAY + start * ONE_DAY
        last = None if length is None else first + length * ONE_DAY
        try:
            with transaction.atomic():
                if deed == "add":
                    actions.add_member(
                        team=team,
                        person=crowd[who],
                        role=TeamRole(role),
                        valid_from=first,
                        valid_to=last,
                        actor=owner,
                    )
                elif deed == "end":
                    seats = list(team.members.order_by("pk"))
                    if seats:
                        actions.end_member(seat=seats[who % len(seats)], last_day=first, actor=owner)
                else:
                    stays = deed == "change and stay"
                    actions.change_chair(
                        team=team, person=crowd[who], valid_from=first, stays_as_member=stays, actor=owner
                    )
        except (actions.AlreadyInTeam, actions.HasChair, actions.SeatHasBegun):
            pass  # refused, and said so
    seated = list(team.members.all())
    for day in (TODAY + at * ONE_DAY for at in range(-13, 20)):
        then = [seat for seat in seated if seat.is_valid_on(day)]
        assert len(then) == len({seat.person_id for seat in then})
        assert [seat.role for seat in then].count(TeamRole.CHAIR) <= 1
