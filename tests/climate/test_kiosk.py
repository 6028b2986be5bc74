"""A code from a slip of paper, typed on a device that others use, too."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from styrfart.climate import keys
from styrfart.climate.actions import close_round
from tests import make
from tests.climate.respondent import invited, opened, slip
from tests.climate.test_answering import stored, words_of

pytestmark = pytest.mark.django_db


def typed(code: str, client: Client | None = None) -> HttpResponse:
    return (client or Client()).post("/puls/", {"code": code})  # type: ignore[return-value]  # the client's own kind


@pytest.mark.parametrize("write", [str, str.lower, keys.in_groups, lambda code: f" {code[:8]} {code[8:]}. "])
def test_a_code_is_read_however_it_is_typed(write: Callable[[str], str]) -> None:
    somebody = slip(make.climate_round())
    answer = typed(write(somebody.link))
    assert answer.headers["Location"] == somebody.at("start")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "Skriv koden som står på lappen."),
        ("K7MQ-4XTP", "Koden har 16 tecken. Vi kunde läsa 8."),
        ("K7MQ-4XTP-9R2D-W3F0", "I den finns aldrig 0, 1, I, L, O eller U."),
        ("K7MQ-4XTP-9R2D-W3FH", "Koden stämmer inte med någon lapp."),
    ],
)
def test_a_code_that_does_not_fit_is_asked_for_again(code: str, said: str) -> None:
    slip(make.climate_round())
    answer = typed(code)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(said) == 2
    assert not code or f'value="{code}"' in page
    assert stored() == (0, 0)


def test_the_whole_way_and_back_for_the_next() -> None:
    asked = make.climate_round()
    first, second = slip(asked), slip(asked)
    shared = first.client
    second.client = shared
    for each in (first, second):
        typed(keys.in_groups(each.link), shared)
        assert "Börja svara" in each.get("start").content.decode()
        each.answer()
        each.send()
        receipt = each.get("done").content.decode()
        assert 'href="/puls/" data-return="20">Lämna plats för nästa</a>' in receipt
        assert "Tack. Rapporten visas" in receipt
    assert len(opened(asked)) == 2
    # Back in the browser, the page is asked for again, and shows nothing of what was answered.
    assert first.get("check").headers["Location"] == first.at("start")
    assert "Den här länken är redan använd." in words_of(first.get("start"))
    assert "checked" not in first.get("question", 1).content.decode()


def test_a_link_from_a_mail_stays_on_its_own_device() -> None:
    _asked, somebody = invited()
    somebody.answer()
    somebody.send()
    assert "data-return" not in somebody.get("done").content.decode()
    assert len(somebody.link) == 22


def test_a_slip_of_a_round_that_has_closed_says_so() -> None:
    asked = make.climate_round()
    somebody = slip(asked)
    close_round(round_id=asked.pk)
    assert typed(somebody.link).headers["Location"] == somebody.at("start")
    assert somebody.get("start").status_code == 410


def test_the_first_page_knows_nobody_and_is_asked_of_no_table(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        page = words_of(Client().get("/puls/"))
    assert "Lappen har inget namn. Ingen vet vem som drog den." in page


def test_the_language_is_chosen_before_the_code() -> None:
    client = Client()
    assert client.get("/puls/?sprak=en").headers["Location"] == "/puls/"
    assert "Type the code on your slip" in words_of(client.get("/puls/"))
