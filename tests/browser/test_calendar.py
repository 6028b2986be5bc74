"""One's own calendar: made, copied, read by a program, renewed and closed, with and without a second tab."""

import re
from pathlib import Path

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from styrfart.people.models import Person, Team
from tests import make
from tests.browser.conftest import Open, axe, has_no_sideways_scroll

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_an_address_is_made_read_and_closed(
    team: Team,
    member: Person,
    open_page: Open,
    live_server: LiveServer,
    settings: Settings,
    width: int,
    scheme: str,
    tmp_path: Path,
) -> None:
    settings.BASE_URL = live_server.url
    make.meeting(team)
    page = open_page("/konto/kalender/", person=member, width=width, scheme=scheme)
    axe(page)
    assert has_no_sideways_scroll(page)
    page.screenshot(path=tmp_path / "1.png", full_page=True)
    page.get_by_role("button", name="Skapa en adress").click()
    address = page.get_by_label("Adressen till din kalender").input_value()
    assert re.fullmatch(re.escape(live_server.url) + r"/kalender/[\w-]{43}\.ics", address)
    assert page.get_by_role("link", name="Öppna i kalenderprogrammet").get_attribute("href") == (
        address.replace("http:", "webcal:")
    )
    axe(page)
    assert has_no_sideways_scroll(page)
    page.screenshot(path=tmp_path / "2.png", full_page=True)
    answer = page.request.get(address, headers={"Cookie": ""})
    assert (answer.status, "Ledningsgruppens möte" in answer.text().replace("\r\n ", "")) == (200, True)
    # Who comes back sees that it was read, and the address no more.
    page.goto("/konto/kalender/")
    assert page.get_by_label("Adressen till din kalender").count() == 0
    assert not page.get_by_label("Skicka inbjudningar till min kalender").is_checked()
    axe(page)
    page.screenshot(path=tmp_path / "3.png", full_page=True)
    page.get_by_role("button", name="Stäng adressen").click()
    assert page.get_by_text("Adressen är stängd.").is_visible()
    assert page.get_by_label("Skicka inbjudningar till min kalender").is_checked()
    assert page.request.get(address).status == 404


def test_two_tabs_never_close_each_others_address_unseen(member: Person, open_page: Open) -> None:
    first = open_page("/konto/kalender/", person=member)
    second = open_page("/konto/kalender/", person=member)
    first.get_by_role("button", name="Skapa en adress").click()
    first.get_by_label("Adressen till din kalender").wait_for()
    second.get_by_role("button", name="Skapa en adress").click()
    assert second.get_by_text("Adressen har ändrats sedan sidan visades.").is_visible()
