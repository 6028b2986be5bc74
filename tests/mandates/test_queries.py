"""What rooms above ask: the mandate in force, the scheme that holds, who is authorised; at constant cost."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from styrfart.mandates import queries
from styrfart.mandates.models import MandateState, TimeUse
from styrfart.mandates.queries.delegation import renewed
from styrfart.matters.models import ItemPurpose
from styrfart.people.models import Person, Team, Unit, UnitKind
from tests import make

DAY = dt.timedelta(days=1)
JANUARY = dt.date(2026, 1, 1)


@pytest.fixture
def office(committee: Unit) -> Unit:
    return make.unit("Kontoret", parent=committee)


@pytest.mark.parametrize("rules", [1, 3])
def test_the_mandate_in_force_costs_five_queries_whatever_it_holds(
    team: Team, django_assert_num_queries: DjangoAssertNumQueries, rules: int
) -> None:
    mandate = make.mandate(team)
    for _ in range(rules):
        rule = make.rule(mandate, words=["konsult"])
        rule.units.set([make.unit(), make.unit()])
        rule.points.set([make.point(), make.point()])
    with django_assert_num_queries(5):
        found = queries.mandate_in_force(team)
        assert found is not None
        told = [
            (
                rule.to_team,
                rule.post_unit,
                len(rule.units.all()),
                [point.scheme.pk for point in rule.points.all()],
            )
            for rule in found.rules.all()
        ]
    assert len(told) == rules


def test_neither_drafts_nor_former_versions_are_in_force(team: Team) -> None:
    make.mandate(team, state=MandateState.SUPERSEDED)
    make.mandate(team, state=MandateState.DRAFT)
    assert queries.mandate_in_force(team) is None


def test_the_nearest_committee_upwards_counts(committee: Unit, office: Unit) -> None:
    city = make.unit("Staden", kind=UnitKind.CITY)
    below = make.unit("Nämnden", kind=UnitKind.COMMITTEE, parent=city)
    unit = make.unit("Enheten", kind=UnitKind.UNIT, parent=make.unit("Förvaltningen", parent=below))
    of_city, of_committee = make.scheme(city), make.scheme(below)
    make.scheme(committee)
    today = dt.date(2026, 10, 6)
    assert queries.scheme_for(unit, today) == of_committee
    assert queries.scheme_for(make.team(of_unit=unit), today) == of_committee
    assert queries.scheme_for(city, today) == of_city
    assert queries.scheme_for(make.unit("Bolaget"), today) is None


def test_each_day_has_the_version_that_was_in_force(committee: Unit, office: Unit) -> None:
    old = make.scheme(committee, valid_to=JANUARY - DAY)
    new = make.scheme(committee, valid_from=JANUARY)
    assert queries.scheme_for(office, JANUARY - DAY) == old
    assert queries.scheme_for(office, JANUARY) == new
    assert queries.scheme_for(office, dt.date(2020, 1, 1)) is None


@pytest.mark.parametrize("count", [1, 3])
def test_points_for_triage_cost_three_queries(
    committee: Unit, office: Unit, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    scheme = make.scheme(committee)
    for number in range(count):
        make.point(scheme, f"1.{number}")
    with django_assert_num_queries(3):
        points = queries.points_for_triage(office, JANUARY)
        told = [(p.code, p.scheme.committee.path, [d.title for d in p.delegates.all()]) for p in points]
    assert told == [(f"1.{number}", committee.path, ["Enhetschef"]) for number in range(count)]


def test_what_a_rule_refers_to_is_renewed_by_code_within_its_committee(committee: Unit, office: Unit) -> None:
    older = make.scheme(committee, valid_to=JANUARY - DAY)
    newer = make.scheme(committee, valid_from=JANUARY)
    elsewhere = make.point(make.scheme(), "1.1")
    rule = make.rule()
    gone = make.point(older, "1.9")
    now = make.point(newer, "1.1")
    make.point(newer, "1.2")
    rule.points.set([make.point(older, "1.1"), gone, elsewhere, now])
    points = queries.points_for_triage(office, JANUARY)
    assert renewed(rule.points.order_by("pk"), points) == [elsewhere, gone, now]


@pytest.mark.parametrize(
    ("day", "is_authorised"),
    [(JANUARY - DAY, False), (JANUARY, True), (dt.date(2026, 6, 30), True), (dt.date(2026, 7, 1), False)],
)
def test_whoever_holds_the_post_that_day_is_authorised(
    office: Unit, committee: Unit, employee: Person, day: dt.date, is_authorised: bool
) -> None:
    point = make.point(make.scheme(committee), title="Enhetschef", amount_limit=100)
    post = make.post(employee, make.unit("Enheten", parent=office))
    post.valid_from, post.valid_to = JANUARY, dt.date(2026, 6, 30)
    post.save(update_fields=["valid_from", "valid_to"])
    assert queries.authorised(employee, point, 100, day) is is_authorised
    assert not queries.authorised(employee, point, 101, day)


def test_a_version_that_is_not_in_force_authorises_nobody(
    office: Unit, committee: Unit, employee: Person
) -> None:
    point = make.point(make.scheme(committee, valid_to=JANUARY - DAY))
    make.post(employee, office)
    assert queries.authorised(employee, point, None, JANUARY - DAY)
    assert not queries.authorised(employee, point, None, JANUARY)


def test_the_uses_of_meeting_time_are_the_purposes_of_agenda_items() -> None:
    assert list(TimeUse.choices) == list(ItemPurpose.choices)
