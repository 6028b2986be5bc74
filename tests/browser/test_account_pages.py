"""Signing in, in our look: every page of it readable for all, and the way in walked by keyboard."""

from collections.abc import Callable

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Page, expect

from styrfart.people.models import Person
from tests.browser.conftest import Trouble, axe, has_no_sideways_scroll

Open = Callable[..., Page]
WORD = "hav-och-kompass-7"

ANONYMOUS = [
    "/konto/inloggning/",
    "/konto/registrering/",
    "/konto/inaktivt/",
    "/konto/losenord/glomt/",
    "/konto/losenord/glomt/skickat/",
    "/konto/losenord/glomt/klart/",
    "/konto/losenord/glomt/1-fel/",
    "/konto/avbruten/",
    "/konto/fel/",
]
SIGNED_IN = ["/konto/utloggning/", "/konto/losenord/", "/konto/andra-faktor/", "/konto/andra-faktor/nycklar/"]
AFTER_PASSWORD = ["/konto/andra-faktor/app/", "/konto/andra-faktor/nycklar/ny/"]


@pytest.fixture
def reader(chair: Person) -> Person:
    """The chair, with a password."""
    chair.set_password(WORD)
    chair.save(update_fields=["password"])
    return chair


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ANONYMOUS)
def test_axe_finds_nothing_before_signing_in(open_page: Open, address: str, scheme: str) -> None:
    page = open_page(address, scheme=scheme, width=390)
    axe(page)
    assert has_no_sideways_scroll(page)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("address", SIGNED_IN)
def test_axe_finds_nothing_after_signing_in(
    open_page: Open, reader: Person, address: str, language: str
) -> None:
    axe(open_page(address, person=reader, language=language))


@pytest.mark.parametrize("address", AFTER_PASSWORD)
def test_what_is_delicate_asks_for_the_password_again(open_page: Open, reader: Person, address: str) -> None:
    page = open_page(address, person=reader)
    expect(page.get_by_role("heading", level=1)).to_have_text("Visa att det är du")
    axe(page)
    page.get_by_label("Lösenord").fill(WORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    axe(page)
    assert has_no_sideways_scroll(page)


def test_one_signs_in_by_keyboard(open_page: Open, reader: Person) -> None:
    page = open_page("/konto/inloggning/?next=/hjalp/")
    page.get_by_label("E-postadress").focus()
    page.keyboard.type(reader.email or "")
    page.keyboard.press("Tab")
    if "Glömt" in page.evaluate("document.activeElement.textContent"):
        page.keyboard.press("Tab")
    page.keyboard.type(WORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/hjalp/")
    expect(page.get_by_role("link", name=f"Ditt konto: {reader.given_name}")).to_be_visible()


def test_a_wrong_password_is_told_first_and_in_the_title(
    open_page: Open, reader: Person, trouble: Trouble
) -> None:
    page = open_page("/konto/inloggning/")
    page.get_by_label("E-postadress").fill(reader.email or "")
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Logga in").click()
    expect(page.locator(".oops")).to_be_focused()
    assert page.title() == "Fel: Logga in – Styrfart"
    axe(page)
    trouble.lines.clear()  # a browser may write down that the answer was 4xx


def test_a_code_is_asked_for_where_there_is_an_app(open_page: Open, reader: Person) -> None:
    TOTP.activate(reader, generate_totp_secret())
    codes = RecoveryCodes.activate(reader).get_unused_codes()
    page = open_page("/konto/inloggning/?next=/hjalp/", width=390)
    page.get_by_label("E-postadress").fill(reader.email or "")
    page.get_by_label("Lösenord").fill(WORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv koden")
    axe(page)
    page.get_by_label("Kod").fill(codes[0])
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("**/hjalp/")
