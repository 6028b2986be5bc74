"""Limits of how many a manager leads: a unit's own hold for all below it, and are set by an HR developer."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from styrfart.climate.actions.conditions import LimitsMoved, remove_span_limits, set_span_limits
from styrfart.climate.models import SpanLimits
from styrfart.climate.models.conditions import Limits
from styrfart.climate.queries.conditions import conditions_page
from styrfart.people.models import Person, Role, Unit
from styrfart.shared.models import AuditEntry
from tests import make
from tests.climate.test_conditions import headed
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None) -> Unit:
    return make.unit("Kontoret")


@pytest.fixture
def hr(db: None) -> Person:
    return make.role(Role.HR_DEVELOPER)


def sent(note: object = 5, yellow: object = 8, red: object = 10, revision: int = 0) -> dict[str, str]:
    return {name: str(value) for name, value in locals().items()}


def address(unit: Unit) -> str:
    return f"/klimat/villkor/granser/{unit.code}/"


def own(unit: Unit) -> Limits | None:
    found = SpanLimits.objects.filter(unit=unit).first()
    return found.limits if found else None


def test_the_nearest_above_hold(office: Unit, hr: Person) -> None:
    care = headed("Omsorgen", office, 6)
    night = headed("Natten", care, 6)
    headed("Teknik", office, 6)
    for unit, limits in ((care, Limits(5, 8, 10)), (night, Limits(3, 4, 5))):
        set_span_limits(unit=unit, revision=0, limits=limits, actor=hr)
    page = conditions_page(hr, office.code, language="sv")
    assert [(post.unit.name, post.people, post.above) for post in page.posts] == [
        ("Omsorgen", 7, 5),
        ("Teknik", 6, None),
    ]
    assert (page.thresholds, page.note) == (Limits(20, 30, 35), None)
    assert [each.unit for each in page.exceptions] == [care]
    below = conditions_page(hr, care.code, language="sv")
    assert [(post.unit.name, post.people, post.above) for post in below.posts] == [("Natten", 6, 5)]
    assert (below.thresholds, below.note) == (Limits(5, 8, 10), 3)


def test_the_page_tells_whose_limits_hold(office: Unit, hr: Person) -> None:
    care = headed("Omsorgen", office, 6)
    headed("Teknik", office, 6)
    set_span_limits(unit=care, revision=0, limits=Limits(5, 8, 10), actor=hr)
    text = signed_in(hr).get(f"/klimat/villkor/?enhet={office.code}").content.decode()
    assert "Ett av 2 uppdrag leder fler än gränsen för sin enhet." in text
    assert "I Omsorgen är gränserna 5, 8 och 10." in text
    set_span_limits(unit=care, revision=1, limits=Limits(15, 18, 20), actor=hr)
    text = signed_in(hr).get(f"/klimat/villkor/?enhet={office.code}").content.decode()
    assert "Inget uppdrag leder fler än gränsen för sin enhet." in text


def test_only_an_hr_developer_sets_them(office: Unit, hr: Person, employee: Person, owner: Person) -> None:
    boss = make.post(in_unit=office).person
    coach = make.role(Role.COACH)
    make.member(make.team(of_unit=office), person=coach)
    everybody = (hr, boss, employee, owner, coach)
    assert [signed_in(who).get(address(office)).status_code for who in everybody] == [200, 403, 403, 403, 404]
    posted = [signed_in(who).post(address(office), sent()).status_code for who in everybody[1:]]
    assert (posted, own(office)) == ([403, 403, 403, 404], None)
    assert signed_in(hr).post(address(office), sent()).status_code == 302
    removed = [signed_in(who).post(f"{address(office)}ta-bort/", {"revision": 1}) for who in everybody[1:]]
    assert ([each.status_code for each in removed], own(office)) == ([403, 403, 403, 404], Limits(5, 8, 10))
    links = ["Ändra gränserna" in signed_in(who).get(f"/klimat/villkor/?enhet={office.code}").content.decode()
             for who in (hr, boss)]  # fmt: skip
    assert links == [True, False]


def test_what_is_done_is_in_the_log(office: Unit, hr: Person) -> None:
    browser = signed_in(hr)
    browser.post(address(office), sent())
    browser.post(address(office), sent(note=6, revision=1))
    browser.post(f"{address(office)}ta-bort/", {"revision": 2})
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "object_label", "detail")) == [
        ("climate.set_span_limits", "Kontoret", {"limits": ["", "5/8/10"]}),
        ("climate.set_span_limits", "Kontoret", {"limits": ["5/8/10", "6/8/10"]}),
        ("climate.remove_span_limits", "Kontoret", {"limits": ["6/8/10", ""]}),
    ]
    assert own(office) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (sent(yellow=5), "Skriv ett högre antal än i rutan före"),
        (sent(red=8), "Skriv ett högre antal än i rutan före"),
        (sent(note=""), "Skriv hur många personer"),
        (sent(note="några"), "Skriv antalet med siffror"),
        (sent(note=0), "Skriv minst en person"),
        (sent(red=1000), "Så många leder ingen"),
    ],
)
def test_limits_rise_and_are_numbers(wrong: dict[str, str], said: str, office: Unit, hr: Person) -> None:
    answer = signed_in(hr).post(address(office), wrong)
    text = answer.content.decode()
    assert (answer.status_code, text.count(said), "<title>Fel:" in text) == (422, 2, True)
    assert own(office) is None


def test_the_table_refuses_limits_that_do_not_rise(office: Unit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SpanLimits.objects.create(unit=office, note=5, yellow=5, red=6)


def test_a_tab_that_stayed_open_keeps_what_was_typed(office: Unit, hr: Person) -> None:
    browser = signed_in(hr)
    browser.post(address(office), sent())
    late = browser.post(address(office), sent(note=2, yellow=3, red=4))
    text = late.content.decode()
    assert (late.status_code, own(office)) == (409, Limits(5, 8, 10))
    assert "Nu är de 5, 8 och 10." in text
    assert 'name="note" value="2"' in text
    assert 'name="revision" value="1"' in text
    assert browser.post(address(office), sent(2, 3, 4, revision=1)).status_code == 302
    assert own(office) == Limits(2, 3, 4)


def test_what_moved_is_not_removed(office: Unit, hr: Person) -> None:
    browser = signed_in(hr)
    browser.post(address(office), sent())
    browser.post(address(office), sent(note=6, revision=1))
    page = browser.post(f"{address(office)}ta-bort/", {"revision": 1}, follow=True).content.decode()
    assert "Någon ändrade gränserna medan du läste." in page
    assert own(office) == Limits(6, 8, 10)
    with pytest.raises(LimitsMoved):
        remove_span_limits(unit=office, revision=0, actor=hr)
    remove_span_limits(unit=office, revision=2, actor=hr)
    with pytest.raises(LimitsMoved):
        remove_span_limits(unit=office, revision=2, actor=hr)


def test_the_form_says_what_holds_without_own_limits(office: Unit, hr: Person) -> None:
    care = make.unit("Omsorgen", parent=office)
    set_span_limits(unit=office, revision=0, limits=Limits(5, 8, 10), actor=hr)
    text = signed_in(hr).get(address(care)).content.decode()
    assert "Enheten har inga egna gränser. Här gäller de för Kontoret: 5, 8 och 10." in text
    assert "Ta bort gränserna" not in text
    text = signed_in(hr).get(address(office)).content.decode()
    assert "Enheten har egna gränser. Utan dem gäller de för hela organisationen: 20, 30 och 35." in text
    assert "Ta bort gränserna" in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_one_as_for_three(
    number: int, office: Unit, hr: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(number):
        set_span_limits(unit=headed(f"Enhet {each}", office, 1), revision=0, limits=Limits(1, 2, 3), actor=hr)
    browser = signed_in(hr)
    with django_assert_num_queries(10):
        text = browser.get(address(office)).content.decode()
    assert text.count("1, 2 och 3") == number
