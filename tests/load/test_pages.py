import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.load.models import Claim
from styrfart.people.models import Person, Role, Unit
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def office() -> Unit:
    return make.unit("Utvecklingskontoret")


def sent(at: Unit, **fields: str) -> dict[str, str]:
    return {
        "title": "Brandskydd",
        "kind": "training",
        "units": at.code,
        "starts_on": "1 februari 2027",
        "ends_on": "26 februari 2027",
        "minutes": "90",
        "people": "",
        "impact": "0",
        **fields,
    }


WHO: dict[str, Callable[[Unit], Person]] = {
    "visitor": lambda _at: make.person(),
    "employee": lambda at: make.post(in_unit=at, is_head=False).person,
    "head": lambda at: make.post(in_unit=at).person,
    "head of another": lambda _at: make.post(in_unit=make.unit("En annan")).person,
    "HR developer": lambda _at: make.role(Role.HR_DEVELOPER),
    "coach": lambda _at: make.role(Role.COACH),
    "system owner": lambda _at: make.role(Role.SYSTEM_OWNER),
}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("visitor", [200, 200, 403, 403, 403]),
        ("employee", [200, 200, 403, 403, 403]),
        ("head", [200, 200, 200, 200, 200]),
        ("head of another", [200, 200, 200, 403, 403]),
        ("HR developer", [200, 200, 200, 200, 200]),
        ("coach", [404, 404, 404, 404, 404]),
        ("system owner", [200, 200, 403, 403, 403]),
    ],
)
def test_who_may(who: str, expected: list[int]) -> None:
    at = office()
    claim = make.claim(at, starts_on=timezone.localdate())
    browser = signed_in(WHO[who](at))
    urls = [
        "/belastning/",
        f"/belastning/{at.code}/",
        "/belastning/nytt/",
        f"/belastning/{claim.pk}/andra/",
        f"/belastning/{claim.pk}/ta-bort/",
    ]
    assert [browser.get(url).status_code for url in urls] == expected


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_one_as_for_three(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at = office()
    head = make.post(in_unit=at).person
    for each in range(number):
        make.claim(at, f"Enkät {each}", starts_on=timezone.localdate() + dt.timedelta(days=7 * each))
        make.unit(f"Enhet {each}", parent=at)
    browser = signed_in(head)
    browser.get("/belastning/")
    with django_assert_num_queries(11):
        page = browser.get(f"/belastning/{at.code}/").content.decode()
    assert page.count("Ändra<span") == number


def test_weeks_are_told_in_words_first() -> None:
    at = office()
    make.post(in_unit=at, is_head=False)
    first = timezone.localdate()
    make.claim(at, "Medarbetarenkäten", starts_on=first - dt.timedelta(days=first.weekday()), weeks=1)
    page = signed_in(make.person()).get(f"/belastning/{at.code}/").content.decode()
    week = first.isocalendar().week
    assert f"Mest begärs i vecka {week}" in page
    assert "Då begärs 60 minuter i veckan av var och en." in page
    assert "Det är aldrig mer än en sak samtidigt." in page


def test_weeks_that_ask_as_much_are_told_together() -> None:
    at = office()
    make.post(in_unit=at, is_head=False)
    first = timezone.localdate()
    monday = first - dt.timedelta(days=first.weekday())
    make.claim(at, "Medarbetarenkäten", starts_on=monday, weeks=2)
    page = signed_in(make.person()).get(f"/belastning/{at.code}/").content.decode()
    weeks = [(monday + dt.timedelta(weeks=n)).isocalendar().week for n in (0, 1)]
    assert f"Mest begärs i vecka {weeks[0]}–{weeks[1]}" in page
    assert "Då begärs 30 minuter i veckan av var och en." in page


def test_an_empty_calendar_says_what_will_come() -> None:
    at = office()
    page = signed_in(make.person()).get(f"/belastning/{at.code}/").content.decode()
    assert "Inget begärs de närmaste tolv veckorna." in page


def test_a_head_writes_changes_and_removes() -> None:
    at = office()
    browser = signed_in(make.post(in_unit=at).person)
    answer = browser.post("/belastning/nytt/", sent(at))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/belastning/{at.code}/")
    claim = Claim.objects.get()
    assert (claim.title, claim.minutes, str(claim.starts_on), claim.people) == (
        "Brandskydd",
        90,
        "2027-02-01",
        None,
    )
    browser.post(f"/belastning/{claim.pk}/andra/", sent(at, minutes="60", revision="1"))
    claim.refresh_from_db()
    assert (claim.minutes, claim.revision) == (60, 2)
    browser.post(f"/belastning/{claim.pk}/ta-bort/", {"revision": "2"})
    assert not Claim.objects.exists()


def test_everything_wrong_at_once_is_said_at_once() -> None:
    at = office()
    answer = signed_in(make.post(in_unit=at).person).post(
        "/belastning/nytt/",
        {
            "title": "",
            "kind": "",
            "units": "finns-inte",
            "starts_on": "i morgon bitti",
            "ends_on": "",
            "minutes": "två",
            "people": "0",
            "impact": "9",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fel:" in page
    for fault in (
        "Skriv vad det är",
        "Välj vilket slag det är",
        "finns-inte: Ingen enhet hittades",
        "Skriv datumet som",
        "Ange sista dagen",
        "Skriv minuterna med siffror",
        "Skriv minst en person",
    ):
        assert page.count(fault) >= 2  # in the summary, and at the field
    assert not Claim.objects.exists()


def test_a_head_does_not_write_for_others() -> None:
    at, other = office(), make.unit("Stadsbyggnad")
    answer = signed_in(make.post(in_unit=at).person).post(
        "/belastning/nytt/", sent(at, units=f"{at.code}\n{other.code}")
    )
    assert answer.status_code == 422
    assert "Du kan bara skriva för enheter som du leder. Ta bort: Stadsbyggnad" in answer.content.decode()
    assert not Claim.objects.exists()


def test_the_last_day_is_not_before_the_first() -> None:
    at = office()
    answer = signed_in(make.post(in_unit=at).person).post(
        "/belastning/nytt/", sent(at, ends_on="1 januari 2027")
    )
    assert "Sista dagen ligger före den första" in answer.content.decode()


def test_two_tabs_keep_what_was_typed() -> None:
    at = office()
    browser = signed_in(make.post(in_unit=at).person)
    browser.post("/belastning/nytt/", sent(at))
    claim = Claim.objects.get()
    url = f"/belastning/{claim.pk}/andra/"
    browser.post(url, sent(at, minutes="60", revision="1"))
    answer = browser.post(url, sent(at, title="Mitt eget", revision="1"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Någon ändrade medan du skrev" in page
    assert 'value="Mitt eget"' in page
    assert "60 minuter per person" in page
    browser.post(url, sent(at, title="Mitt eget", revision="2"))
    claim.refresh_from_db()
    assert claim.title == "Mitt eget"


def test_somebody_with_a_page_that_has_moved_on_removes_nothing() -> None:
    at = office()
    browser = signed_in(make.post(in_unit=at).person)
    browser.post("/belastning/nytt/", sent(at))
    claim = Claim.objects.get()
    browser.post(f"/belastning/{claim.pk}/andra/", sent(at, revision="1"))
    browser.post(f"/belastning/{claim.pk}/ta-bort/", {"revision": "1"})
    assert Claim.objects.filter(pk=claim.pk).exists()
