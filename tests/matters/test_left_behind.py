"""When a team has ended, somebody who routes sees what it left behind and can place it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from styrfart.matters import actions, queries, rules
from styrfart.matters.models import ROUTABLE, HandOver, Matter, MatterState, Routing
from styrfart.matters.queries import WaitingKind
from styrfart.people.actions import end_team
from styrfart.people.models import Person, Post, Role, Team, TeamMember, TeamRole
from tests import make
from tests.matters.conftest import Office
from tests.matters.test_routes import address
from tests.matters.test_take_back import kinds, leave

LIST = "matters:left-behind"


@pytest.fixture
def ended(office: Office) -> Team:
    """A team of the unit `services`, which ended yesterday; the unit has a head, `office.head`."""
    team = make.team("Servicegruppen", of_unit=office.services)
    make.member(team, role=TeamRole.CHAIR, person=office.sender)
    end_team(team=team, actor=make.role(Role.SYSTEM_OWNER))
    return Team.objects.get(pk=team.pk)


def left(ended: Team, question: str = "Vem tar över?", **fields: object) -> Matter:
    return make.matter(ended, question, **fields)  # type: ignore[arg-type]  # of `make.matter`


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


# --- the rule


@pytest.mark.parametrize(
    ("heads", "chairs", "expected"),
    [
        ({3: {30}}, {3: {31}, 2: {21}}, {30}),
        ({}, {3: {31}, 2: {21}}, {31}),
        ({2: {20}}, {2: {21}, 1: {11}}, {21}),
        ({2: {20}}, {1: {11}}, {11}),
        ({2: {20}, 1: {10}}, {}, {20}),
        ({1: {10}}, {}, {10}),
        ({3: {30, 32}}, {}, {30, 32}),
        ({9: {90}}, {9: {91}}, set()),
        ({}, {}, set()),
    ],
    ids=[
        "the head of the unit",
        "a living team in the unit",
        "the nearest team above, not its head",
        "a team further up before a head nearer",
        "the nearest head above when there is no team",
        "the head at the top",
        "both heads",
        "nobody elsewhere",
        "nobody",
    ],
)
def test_who_places(heads: dict[int, set[int]], chairs: dict[int, set[int]], expected: set[int]) -> None:
    assert rules.who_places([1, 2, 3], heads, chairs) == expected


PEOPLE = st.dictionaries(st.integers(1, 6), st.sets(st.integers(100, 120)), max_size=6)


@given(PEOPLE, PEOPLE)
def test_somebody_places_whenever_somebody_leads_above(
    heads: dict[int, set[int]], chairs: dict[int, set[int]]
) -> None:
    units = [1, 2, 3, 4]
    near = {person for unit in units for led in (heads, chairs) for person in led.get(unit, ())}
    found = rules.who_places(units, heads, chairs)
    assert found <= near
    assert bool(found) == bool(near)


# --- who is asked


def test_the_head_of_the_unit_sees_it_on_home_and_in_the_list(office: Office, ended: Team) -> None:
    matter = left(ended)
    assert kinds(office.head) == [(WaitingKind.PLACE, 1)]
    browser = office.as_(office.head)
    page = browser.get(reverse("overview:home")).content.decode()
    assert "Hitta en ny väg för ett ärende" in page
    assert "Gruppen finns inte längre, och du tar över efter den." in page
    listed = browser.get(reverse(LIST)).content.decode()
    assert "Servicegruppen" in listed
    assert f'href="{address("show", matter)}"' in listed
    # The head of the office and its chair are further away.
    assert kinds(office.chair) == []
    assert "Vem tar över?" not in office.as_(office.chair).get(reverse(LIST)).content.decode()


def test_without_a_head_the_chair_of_the_nearest_team_above_sees_it(office: Office, ended: Team) -> None:
    left(ended)
    leave(office.head)
    city = make.member(office.other_team, role=TeamRole.CHAIR).person
    assert kinds(office.chair) == [(WaitingKind.PLACE, 1)]
    assert kinds(office.secretary) == kinds(office.member) == kinds(office.head) == kinds(city) == []


def test_a_closed_account_places_nothing(office: Office, ended: Team) -> None:
    left(ended)
    Person.objects.filter(pk=office.head.pk).update(is_active=False)
    assert kinds(office.chair) == [(WaitingKind.PLACE, 1)]


def test_the_chair_of_a_team_that_has_ended_too_places_nothing(office: Office, ended: Team) -> None:
    left(ended)
    leave(office.head)
    end_team(team=office.team, actor=make.role(Role.SYSTEM_OWNER))
    # Its unit has a head still, who chaired it.
    assert kinds(office.chair) == [(WaitingKind.PLACE, 1)]
    Post.objects.filter(person=office.chair).delete()
    assert kinds(office.chair) == []


def test_one_row_for_several_teams_and_what_is_with_somebody_who_has_left(
    office: Office, ended: Team
) -> None:
    second = make.team("Servicens projektgrupp", of_unit=office.services)
    end_team(team=second, actor=make.role(Role.SYSTEM_OWNER))
    left(ended)
    left(second)
    left(second, state=MatterState.MORE_ASKED)
    gone = make.post(is_head=False).person
    leave(gone)
    make.hand_over(left(ended, "Hos den som slutat?", state=MatterState.HANDED_OVER), gone)
    make.hand_over(left(ended, "Hos den som är kvar?", state=MatterState.HANDED_OVER), office.member)
    left(ended, "Klart?", state=MatterState.ANSWERED)
    left(ended, "Utkast?", state=MatterState.DRAFT)
    assert kinds(office.head) == [(WaitingKind.PLACE, 4)]
    page = office.as_(office.head).get(reverse(LIST)).content.decode()
    assert page.count("Den som fick ärendet har slutat.") == 1
    assert "Hos den som är kvar?" in page
    assert "Klart?" not in page
    assert "Utkast?" not in page


def test_while_the_team_lives_nobody_above_sees_its_queue(office: Office) -> None:
    living = make.team("Servicegruppen", of_unit=office.services)
    matter = left(living)
    assert kinds(office.head) == []
    assert office.as_(office.head).get(address("show", matter)).status_code == 404
    living.valid_to = timezone.localdate()  # its last day
    living.save()
    assert kinds(office.head) == []


def test_a_coach_is_told_of_nothing(office: Office, ended: Team) -> None:
    matter = left(ended)
    coach = make.role(Role.COACH, make.member(office.team, role=TeamRole.ADJUNCT).person)
    page = office.as_(coach).get(reverse(LIST))
    assert "Inget ärende behöver en ny grupp." in page.content.decode()
    assert office.as_(coach).get(address("show", matter)).status_code == 404


# --- what they may do


WAYS = ["take-up", "hand-over", "prepare", "ask-for-more", "send-out", "decide-now"]


def test_they_move_it_to_another_team_or_decline_and_nothing_else(office: Office, ended: Team) -> None:
    matter = left(ended)
    browser = office.as_(office.head)
    page = browser.get(address("show", matter)).content.decode()
    assert "Gruppen finns inte längre" in page
    assert f'href="{reverse(LIST)}"' in page
    assert {name: browser.get(address(name, matter)).status_code for name in WAYS} == dict.fromkeys(WAYS, 403)
    assert [browser.get(address(name, matter)).status_code for name in ("hand-to-team", "decline")] == [
        200,
        200,
    ]
    for url in ("matters:queue", "matters:all", "matters:mirror"):
        assert browser.get(reverse(url, args=[ended.slug])).status_code == 403


@pytest.mark.parametrize("state", sorted(ROUTABLE - {MatterState.QUEUED}))
def test_move_it(office: Office, ended: Team, state: MatterState) -> None:
    matter = left(ended, by=office.member, state=state)
    day = (timezone.localdate() + dt.timedelta(days=9)).isoformat()
    sent = {"revision": 1, "to": office.team.slug, "answer_by": day}
    browser = office.as_(office.head)
    answer = browser.post(address("hand-to-team", matter), sent, follow=True)
    assert answer.redirect_chain[-1][0] == reverse(LIST)
    assert "Lämnat till Kontorets ledningsgrupp." in answer.content.decode()
    moved = Matter.objects.get()
    assert (moved.team, moved.state) == (office.team, MatterState.INBOX)
    assert kinds(office.head) == []
    # Whoever moved it follows it, and undoes it for ten minutes.
    assert browser.get(address("show", moved)).status_code == 200
    back = browser.post(address("undo", moved), follow=True)
    assert back.status_code == 200
    assert (Matter.objects.get().team, Matter.objects.get().state) == (ended, state)


def test_decline_it(office: Office, ended: Team) -> None:
    matter = left(ended, by=office.member)
    sent = {"revision": 1, "note": "Gruppen finns inte.", "home": "Enheten"}
    office.as_(office.head).post(address("decline", matter), sent)
    assert Matter.objects.get().state == MatterState.DECLINED
    assert Routing.objects.get().by == office.head
    assert kinds(office.head) == []


def test_what_is_handed_back_to_a_team_that_has_ended_waits_for_whoever_takes_over(
    office: Office, ended: Team
) -> None:
    matter = left(ended, by=office.member)
    day = timezone.localdate() + dt.timedelta(days=9)
    actions.hand_to_team(matter=matter, revision=1, to=office.team, answer_by=day, actor=office.head)
    actions.hand_back(hand_over=HandOver.objects.get(), reason="Inte vårt.", actor=office.chair)
    assert kinds(office.head) == [(WaitingKind.PLACE, 1)]


def test_they_take_back_what_is_with_somebody_who_has_left(office: Office, ended: Team) -> None:
    gone = make.post(make.person("Stig", "Slutat"), is_head=False).person
    matter = left(ended)
    day = timezone.localdate() + dt.timedelta(days=9)
    actions.hand_over(matter=matter, revision=1, to=gone, answer_by=day, actor=office.sender)
    Routing.objects.update(at=timezone.now() - dt.timedelta(minutes=11))
    leave(gone)
    page = office.as_(office.head).get(address("show", matter)).content.decode()
    assert "Den som fick ärendet har slutat." in page
    office.as_(office.head).post(address("take-back", matter), {"taken_back": "Han har slutat."})
    assert Matter.objects.get().state == MatterState.INBOX
    assert kinds(office.head) == [(WaitingKind.PLACE, 1)]


def test_a_secret_matter_is_read_by_whoever_takes_over_and_follows_whoever_placed_it(
    office: Office, ended: Team
) -> None:
    matter = left(ended)
    came = left(office.other_team, "Har varit här?")
    make.routing(came)
    Routing.objects.update(team=ended)
    Matter.objects.update(secrecy_ground="OSL 21 kap. 7 §")
    browser = office.as_(office.head)
    assert browser.get(address("show", matter)).status_code == 200
    assert browser.get(address("show", came)).status_code == 404
    Routing.objects.update(by=office.head)
    assert browser.get(address("show", came)).status_code == 200


def test_its_documents_come_along(office: Office, ended: Team, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    matter = left(ended)
    material = matter.materials.create(
        title="a.txt", file=ContentFile(b"x", "a.txt"), added_by=matter.handed_in_by
    )
    url = reverse("matters:download", args=[ended.slug, matter.pk, material.pk])
    answer = office.as_(office.head).get(url)
    assert b"".join(answer) == b"x"
    for close in answer._resource_closers:  # type: ignore[attr-defined]  # Django's own list
        close()
    assert office.as_(office.chair).get(url).status_code == 404


# --- for everybody: who may come to the matter, and what they may do

WHO: dict[str, Callable[[Office, Team], Person]] = {
    "head": lambda office, _ended: office.head,
    "head of the unit beside": lambda office, _ended: make.post(in_unit=office.planning).person,
    "chair above": lambda office, _ended: office.chair,
    "secretary above": lambda office, _ended: office.secretary,
    "works in the unit": lambda office, _ended: make.post(in_unit=office.services, is_head=False).person,
    "sat there": lambda office, _ended: office.sender,
    "top": lambda _office, _ended: make.role(Role.TOP_MANAGEMENT),
    "owner": lambda _office, _ended: make.role(Role.SYSTEM_OWNER),
    "stranger": lambda office, _ended: make.member(office.other_team).person,
}


def test_who_may(office: Office, ended: Team) -> None:
    matter = left(ended)
    names = ("show", "hand-to-team", "decline", "take-up", "edit")
    found = {
        who: [office.as_(person(office, ended)).get(address(name, matter)).status_code for name in names]
        for who, person in WHO.items()
    }
    assert found == {
        "head": [200, 200, 200, 403, 403],
        **{who: [404, 404, 404, 404, 404] for who in list(WHO)[1:]},
    }


def test_without_a_head_who_may(office: Office, ended: Team) -> None:
    matter = left(ended)
    leave(office.head)
    found = {
        who: office.as_(person(office, ended)).get(address("hand-to-team", matter)).status_code
        for who, person in WHO.items()
    }
    assert found == {**dict.fromkeys(WHO, 404), "chair above": 200}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_whatever_there_is(
    office: Office, ended: Team, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for nr in range(count):
        team = make.team(f"Grupp {nr}", of_unit=office.services)
        end_team(team=team, actor=make.role(Role.SYSTEM_OWNER))
        left(team, f"Fråga {nr}?")
    browser = office.as_(office.head)
    browser.get(reverse(LIST))
    with django_assert_num_queries(13):
        page = browser.get(reverse(LIST)).content.decode()
    assert page.count("Fråga") == count


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_asks_the_same_whatever_there_is(
    office: Office, ended: Team, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for nr in range(count):
        left(ended, f"Fråga {nr}?")
    queries.waiting_for(fresh(office.head))
    head = fresh(office.head)
    with django_assert_num_queries(9):  # three for who the head is, two for who is nearest
        assert [one.matters for one in queries.waiting_for(head)] == [count]


def test_a_seat_that_outlives_the_team_sorts_its_queue_as_before(office: Office, ended: Team) -> None:
    TeamMember.objects.filter(team=ended).update(valid_to=None)
    left(ended)
    assert kinds(office.sender) == [(WaitingKind.ROUTE, 1)]
