"""Who is what: answered from seats, posts and roles as they are today."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.people import queries, rules
from styrfart.people.models import Person, Role, Team, TeamMember, UnitKind
from tests import make

ASKED_OF_A_TEAM = (rules.is_member, rules.is_chair, rules.is_secretary, rules.is_in_room, rules.can_see_team)


@pytest.mark.parametrize(
    ("who", "answers"),
    [
        ("chair", (True, True, False, True, True)),
        ("member", (True, False, False, True, True)),
        ("secretary", (False, False, True, True, True)),
        ("adjunct", (False, False, False, True, True)),
        ("stranger", (False, False, False, False, False)),
        ("employee", (False, False, False, False, False)),
        ("owner", (False, False, False, False, True)),
    ],
)
def test_seats_decide_who_is_what_in_a_team(
    request: pytest.FixtureRequest, team: Team, who: str, answers: tuple[bool, ...]
) -> None:
    person = request.getfixturevalue(who)
    assert tuple(asks(person, team) for asks in ASKED_OF_A_TEAM) == answers


def test_nobody_is_anything_before_sign_in(team: Team) -> None:
    visitor = AnonymousUser()
    assert [asks(visitor, team) for asks in ASKED_OF_A_TEAM] == [False] * 5
    assert not rules.can_see_organisation(visitor)
    assert not rules.is_system_owner(visitor)


def test_a_seat_counts_from_its_first_day_to_its_last(team: Team) -> None:
    today = timezone.localdate()
    seat = make.member(team)
    seat.valid_from, seat.valid_to = today, today
    seat.save()
    assert rules.is_member(Person.objects.get(pk=seat.person_id), team)
    TeamMember.objects.filter(pk=seat.pk).update(
        valid_from=today - dt.timedelta(days=2), valid_to=today - dt.timedelta(days=1)
    )
    assert not rules.is_member(Person.objects.get(pk=seat.person_id), team)


@pytest.mark.django_db
def test_a_head_leads_the_unit_and_everything_below_it_and_nothing_beside_it() -> None:
    office = make.unit()
    division = make.unit("Projektavdelningen", kind=UnitKind.DIVISION, parent=office)
    unit = make.unit("Projekt norr", kind=UnitKind.UNIT, parent=division)
    beside = make.unit("Markavdelningen", kind=UnitKind.DIVISION, parent=office)
    head = make.post(in_unit=division, title="Avdelningschef").person
    assert [rules.leads(head, each) for each in (office, division, unit, beside)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.django_db
def test_a_post_that_is_not_a_head_leads_nothing() -> None:
    unit = make.unit()
    assert not rules.leads(make.post(in_unit=unit, title="Ingenjör", is_head=False).person, unit)


@pytest.mark.django_db
def test_the_unit_with_a_longer_number_is_not_below_the_one_with_a_shorter() -> None:
    """ "/1/" is no prefix of "/12/": the closing slash decides."""
    one = make.unit("Ett")
    other = make.unit("Annat")
    type(other).objects.filter(pk=other.pk).update(path=one.path[:-1] + "2/")
    other.refresh_from_db()
    assert not rules.leads(make.post(in_unit=one).person, other)


@pytest.mark.parametrize(
    ("role", "asks"),
    [
        (Role.SYSTEM_OWNER, rules.is_system_owner),
        (Role.HR_DEVELOPER, rules.is_hr_developer),
        (Role.TOP_MANAGEMENT, rules.is_top_management),
        (Role.COACH, rules.is_coach),
    ],
)
@pytest.mark.django_db
def test_a_role_is_held_by_those_who_have_it(role: Role, asks: object) -> None:
    assert callable(asks)
    assert asks(make.role(role))
    assert not asks(make.person())


@pytest.mark.django_db
def test_an_external_coach_sees_nothing_of_the_organisation_but_a_coach_who_works_here_does() -> None:
    assert not rules.can_see_organisation(make.role(Role.COACH))
    assert rules.can_see_organisation(make.role(Role.COACH, make.post().person))
    assert rules.can_see_organisation(make.person())


def test_standing_costs_three_queries_and_the_rules_none(
    django_assert_num_queries: DjangoAssertNumQueries, team: Team, chair: Person
) -> None:
    person = Person.objects.get(pk=chair.pk)
    with django_assert_num_queries(3):
        queries.standing(person)
    with django_assert_num_queries(0):
        assert [asks(person, team) for asks in ASKED_OF_A_TEAM] == [True, True, False, True, True]
