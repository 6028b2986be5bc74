"""Conditions of managers' posts: in words, in the organisation's order, without a name."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from styrfart.climate.instruments import plain, shipped
from styrfart.climate.models import Release, RoundState, Row
from styrfart.climate.queries.conditions import ConditionsPage, conditions_page
from styrfart.people.models import Person, Role, Team, TeamRole, Unit
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def staff(unit: Unit, count: int) -> None:
    for _number in range(count):
        make.post(in_unit=unit, is_head=False, title="Handläggare")


@pytest.fixture
def office(db: None) -> Unit:
    return make.unit("Kontoret")


@pytest.fixture
def boss(office: Unit) -> Person:
    return make.post(make.person("Beata", "Boss"), office, title="Kontorschef").person


def headed(name: str, above: Unit, count: int, *, title: str = "Enhetschef") -> Unit:
    unit = make.unit(name, parent=above)
    make.post(make.person("Hemlig", f"Chef{name}"), unit, title=title)
    staff(unit, count)
    return unit


def page_for(who: Person, code: str = "") -> ConditionsPage:
    return conditions_page(who, code, language="sv")


def test_a_post_leads_those_in_the_unit_those_without_a_head_and_the_heads_below(
    office: Unit, boss: Person
) -> None:
    staff(office, 2)
    headless = make.unit("Utan chef", parent=office)
    staff(headless, 3)
    headed("Under utan chef", headless, 5)
    headed("Direkt under", office, 7)
    page = page_for(boss)
    assert page.own[0].span.people == 2 + 3 + 2
    assert [(post.unit.name, post.people) for post in page.posts] == [
        ("Direkt under", 7),
        ("Under utan chef", 5),
    ]


def test_a_head_who_sits_in_a_team_above_begins_with_what_they_lead(office: Unit, boss: Person) -> None:
    make.member(make.team(of_unit=make.unit("Staden")), person=boss)
    page = page_for(boss)
    assert page.unit == office
    assert [unit.name for unit in page.choices] == ["Staden"]


def test_who_has_two_posts_is_one_person_and_nobody_leads_themself(office: Unit, boss: Person) -> None:
    person = make.post(in_unit=office, is_head=False, title="Jurist").person
    make.post(person, office, is_head=False, title="Registrator")
    below = make.unit(parent=office)
    make.post(boss, below)  # heads both
    spans = {post.span.unit: post.span.people for post in page_for(boss).own}
    assert spans == {office: 1, below: 0}


@pytest.mark.parametrize(
    ("count", "word"),
    [(20, "inom riktvärdena"), (21, "att se över"), (31, "ansträngt"), (36, "för många")],
)
def test_a_threshold_is_passed_by_more_and_said_in_words(
    count: int, word: str, office: Unit, boss: Person
) -> None:
    headed("Service", office, count)
    post = page_for(boss).posts[0]
    assert (post.people, str(post.word)) == (count, word)
    assert word in signed_in(boss).get("/klimat/villkor/").content.decode()


def test_the_thresholds_are_the_installations_own(office: Unit, boss: Person, settings: Settings) -> None:
    settings.SPAN_OF_CONTROL = (5, 6, 7)
    headed("Service", office, 7)
    assert page_for(boss).posts[0].flag == "yellow"


def test_posts_stand_in_the_organisations_order_without_names(office: Unit, boss: Person) -> None:
    for name, count in (("Österut", 40), ("Arkivet", 2), ("Service", 25)):
        headed(name, office, count)
    text = signed_in(boss).get("/klimat/villkor/").content.decode().split("<main")[1]
    places = [text.index(f"Enhetschef, {name}</th>") for name in ("Arkivet", "Service", "Österut")]
    assert places == sorted(places)
    assert "Hemlig Chef" not in text


def test_who_may_see_the_posts_under_a_unit(
    office: Unit, boss: Person, owner: Person, employee: Person, stranger: Person
) -> None:
    below = headed("Service", office, 3)
    manager = below.posts.get(is_head=True).person
    team: Team = make.team(of_unit=office)
    seated = make.member(team, role=TeamRole.MEMBER).person
    above = make.role(Role.HR_DEVELOPER)
    coach = make.role(Role.COACH)
    make.member(team, person=coach)
    asked = [
        signed_in(who).get(f"/klimat/villkor/?enhet={office.code}").status_code
        for who in (boss, seated, above, manager, employee, stranger, owner, coach)
    ]
    assert asked == [200, 200, 200, 403, 403, 403, 403, 404]
    own = signed_in(manager).get("/klimat/villkor/").content.decode()
    assert "Ditt uppdrag: Enhetschef, Service" in own
    assert "Ditt uppdrag" not in signed_in(employee).get("/klimat/villkor/").content.decode()


def test_what_lies_ahead_is_shown_for_each_post_below(office: Unit, boss: Person) -> None:
    this_week = timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday())
    service, archive = headed("Service", office, 3), headed("Arkivet", office, 1)
    headed("Registret", office, 1)
    part = make.unit("Under service", parent=service)
    make.claim(service, starts_on=this_week, weeks=2, minutes=60)
    make.claim(
        part, starts_on=this_week + dt.timedelta(weeks=1), weeks=1, minutes=40
    )  # of nobody: it is empty
    make.claim(archive, starts_on=this_week + dt.timedelta(weeks=5), weeks=1, minutes=15)
    make.claim(archive, starts_on=this_week + dt.timedelta(weeks=6), weeks=1, minutes=90)  # too far ahead
    page = page_for(boss)
    assert [(post.unit.name, post.ahead.at_once, post.ahead.minutes) for post in page.posts] == [
        ("Arkivet", 1, 15),
        ("Registret", 0, 0),
        ("Service", 2, 30),
    ]
    own = page.own[0].span.ahead  # of nine at the office four are asked for half an hour a week
    assert (own.at_once, own.minutes) == (2, 13)
    cells = signed_in(boss).get("/klimat/villkor/").content.decode().split("<tbody>")[1].split("<tr>")[1:]
    assert [
        next(
            words
            for words in ("en sak åt gången", "två saker åt gången", "inget är inskrivet")
            if words in cell
        )
        for cell in cells
    ] == ["en sak åt gången", "inget är inskrivet", "två saker åt gången"]
    assert ["15 minuter per person" in cell for cell in cells] == [True, False, False]


def answered(unit: Unit, figures: dict[str, dict[str, int]]) -> None:
    asked = make.climate_round(state=RoundState.DRAFT, instruments=("chefens-forutsattningar",))
    group = make.climate_group(asked, unit, invited=12, invited_below=12)
    asked.form = [plain(shipped()["chefens-forutsattningar"])]
    asked.state, asked.launched_at, asked.released_at = RoundState.RELEASED, timezone.now(), timezone.now()
    asked.save()
    release = Release.objects.create(
        round=asked, made_at=timezone.now(), least=7, least_text=10, invited=12, answered=9, digest="0" * 64
    )
    Row.objects.create(release=release, position=0, group=group, invited=12, answered=9, figures=figures)


def test_what_managers_said_together_is_shown_as_it_was_released(office: Unit, boss: Person) -> None:
    below = headed("Service", office, 3)
    figure = {"index": 54, "low": 41, "high": 67, "answers": 9}
    answered(office, {"chefens-forutsattningar.c2": figure})
    said = page_for(boss).own[0].said
    assert said is not None
    assert [(line.text, line.index, line.low, line.high) for line in said.lines] == [
        (shipped()["chefens-forutsattningar"].items[1].text.to("sv"), 54, 41, 67)
    ]
    manager = below.posts.get(is_head=True).person
    text = signed_in(manager).get("/klimat/villkor/").content.decode()
    assert "Så svarade 9 chefer i Kontoret" in text
    assert shipped()["chefens-forutsattningar"].items[0].text.to("sv") not in text


def test_another_offices_answers_are_not_shown(office: Unit, boss: Person) -> None:
    answered(
        make.unit("Annat"), {"chefens-forutsattningar.c2": {"index": 54, "low": 41, "high": 67, "answers": 9}}
    )
    assert page_for(boss).own[0].said is None


def test_an_hr_developer_finds_a_unit_by_name(office: Unit, boss: Person) -> None:
    headed("Service", office, 3)
    client = signed_in(make.role(Role.HR_DEVELOPER))
    assert "Enhetschef, Service" in client.get("/klimat/villkor/?enhet=Kontoret").content.decode()
    assert client.get("/klimat/villkor/?enhet=Finns inte").status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_a_fixed_number_of_times(
    count: int, office: Unit, boss: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make.claim(headed(f"Enhet {number}", office, 2), starts_on=timezone.localdate())
    client = signed_in(boss)
    with django_assert_num_queries(20):
        text = client.get("/klimat/villkor/").content.decode()
    assert text.count("Enhetschef, Enhet") == count
