"""The first page of climate: whom a 360 is about and as what one answers, and what is offered to whom."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from styrfart.climate.models import Round
from styrfart.people.models import Person, Role, TeamRole
from tests import make
from tests.climate.test_review import opened
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
OFFERED = "Chefers förutsättningar</a>"


@pytest.fixture
def boss(db: None) -> Person:
    return make.post(make.person("Beata", "Boss"), make.unit("Utvecklingskontoret")).person


def led(name: str, boss: Person) -> Person:
    unit = make.unit(name, parent=boss.posts.get().unit)
    return make.post(make.person("Maja", f"Mark{name}"), unit).person


def of_index(person: Person) -> str:
    return signed_in(person).get("/klimat/").content.decode()


def asked_as(asked: Round, rater: str) -> Person:
    person = asked.invitations.filter(group__rater=rater).select_related("person").first()
    assert person is not None
    assert person.person is not None
    return person.person


@pytest.mark.parametrize(
    ("rater", "told"),
    [
        ("self", "Du svarar om dig själv, med namn."),
        ("manager", "Du svarar som chef, med namn."),
        ("peer", "Du svarar som kollega."),
        ("report", "Du svarar som medarbetare."),
    ],
)
def test_a_360_says_whom_it_is_about_and_as_what_one_answers(rater: str, told: str, boss: Person) -> None:
    asked = opened(led("norr", boss), boss, 3, 3)
    page = of_index(asked_as(asked, rater))
    assert page.count("<b>360 för Maja Marknorr</b>") == 1
    assert page.count(told) == 1
    assert "Du svarar för" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_names_of_those_whom_360_are_about_are_one_query(
    number: int, boss: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(number):
        opened(led(f"enhet{each}", boss), boss, 3, 0)
    browser = signed_in(boss)
    browser.get("/klimat/")
    with django_assert_num_queries(9):
        page = browser.get("/klimat/").content.decode()
    assert page.count("<b>360 för Maja Mark") == number


def test_conditions_are_offered_to_those_who_have_something_to_see(boss: Person) -> None:
    unit = boss.posts.get().unit
    member = make.member(make.team(of_unit=unit), role=TeamRole.MEMBER).person
    developer = make.role(Role.HR_DEVELOPER, make.post(in_unit=unit, is_head=False).person)
    employee = make.post(in_unit=unit, is_head=False).person
    assert [OFFERED in of_index(each) for each in (boss, member, developer, employee)] == [
        True,
        True,
        True,
        False,
    ]


def test_whoever_has_nothing_to_see_of_conditions_is_told_what_the_page_is_for(boss: Person) -> None:
    employee = make.post(in_unit=boss.posts.get().unit, is_head=False).person
    page = signed_in(employee).get("/klimat/villkor/").content.decode()
    assert "Du har inget uppdrag som visas här." in page
    assert "Den som är chef ser sitt eget uppdrag." in page
    assert 'href="/klimat/formular/chefens-forutsattningar/"' in page


def test_an_hr_developer_begins_with_the_box_for_a_unit_and_has_to_fill_it(boss: Person) -> None:
    developer = make.role(Role.HR_DEVELOPER, make.person("Hanna", "Hermansson"))
    browser = signed_in(developer)
    page = browser.get("/klimat/villkor/").content.decode()
    assert page.count('name="enhet"') == 1
    assert "(frivilligt)" not in page
    empty = browser.get("/klimat/villkor/", {"enhet": ""})
    assert (empty.status_code, empty.content.decode().count("Ange en enhet")) == (422, 2)
    chosen = browser.get("/klimat/villkor/", {"enhet": boss.posts.get().unit.code}).content.decode()
    assert "Välj en annan enhet" in chosen


def test_the_one_a_360_is_about_is_reminded_to_answer_too(boss: Person, settings: Settings) -> None:
    manager = led("norr", boss)
    asked = opened(manager, boss, 3, 3)
    address = f"/aterkoppling/360/{asked.pk}/"
    page = signed_in(manager).get(address).content.decode()
    assert (page.count("Svara själv också"), page.count(f'href="/demo/svara/{asked.pk}/"')) == (1, 1)
    settings.DEMO = False
    page = signed_in(manager).get(address).content.decode()
    assert (page.count("Svara själv också"), page.count(f'href="/demo/svara/{asked.pk}/"')) == (1, 0)
    assert page.count(f'action="/klimat/pulser/{asked.pk}/lanken/"') == 1


def test_a_questionnaire_takes_as_long_in_the_list_as_when_a_pulse_is_planned(boss: Person) -> None:
    browser = signed_in(boss)
    assert "9 frågor, ungefär 1 min" in browser.get("/klimat/pulser/ny/").content.decode()
    assert "9 frågor, ungefär 1 min." in browser.get("/klimat/formular/").content.decode()
    assert "<dd>ungefär 1 min</dd>" in browser.get("/klimat/formular/hme/").content.decode()


def test_an_external_coach_comes_straight_to_what_is_shown_to_them(boss: Person) -> None:
    coach = make.role(Role.COACH, make.person("Petra", "Coach"))
    page = of_index(coach)
    [main] = re.findall(r"<main.*?</main>", page, re.S)
    assert re.findall(r'href="([^"]+)"', main) == ["/aterkoppling/", "/aterkoppling/360/"]
    assert "Inget resultat att läsa än." not in page
    assert "Inget resultat att läsa än." in of_index(boss)
