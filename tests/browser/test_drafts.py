"""What is typed is not lost: the connection goes, the window closes, the server fails."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from styrfart.people.models import Person
from styrfart.shared import feedback
from styrfart.shared.models import OutgoingMail
from tests.browser.conftest import Trouble, sign_in

Open = Callable[..., Page]
FORM = "/synpunkter/"
WORDS = "Knappen för att lämna in syns inte i telefonen."


def type_remark(page: Page, text: str = WORDS) -> None:
    page.get_by_label("Vad vill du säga?").fill(text)
    for _try in range(30):  # the page writes it down when one stops typing for a moment
        if kept(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was kept")


def kept(page: Page) -> list[str]:
    return list(page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('styrfart:draft:'))"))


def test_what_was_typed_comes_back_after_the_window_was_closed(open_page: Open, chair: Person) -> None:
    page = open_page(FORM, person=chair)
    type_remark(page)
    page.close()
    again = open_page(FORM, person=chair)
    expect(again.get_by_label("Vad vill du säga?")).to_have_value(WORDS)
    expect(again.get_by_role("status")).to_contain_text("Vi har lagt tillbaka det du skrev")
    again.get_by_role("button", name="Ta bort det jag skrev").click()
    expect(again.get_by_label("Vad vill du säga?")).to_have_value("")
    assert kept(again) == []


def test_a_saved_form_leaves_nothing_behind(open_page: Open, chair: Person) -> None:
    page = open_page(FORM, person=chair)
    type_remark(page)
    page.get_by_role("button", name="Skicka synpunkten").click()
    expect(page.get_by_role("status")).to_contain_text("Tack, vi har tagit emot det du skrev.")
    assert kept(page) == []
    assert OutgoingMail.objects.get().body.startswith(WORDS)


def test_pressing_twice_sends_once(open_page: Open, chair: Person) -> None:
    page = open_page(FORM, person=chair)
    type_remark(page)
    page.get_by_role("button", name="Skicka synpunkten").dblclick()
    expect(page.get_by_role("status")).to_contain_text("Tack")
    assert OutgoingMail.objects.count() == 1


def test_without_a_connection_the_page_stays_and_says_so(
    open_page: Open, chair: Person, trouble: Trouble
) -> None:
    page = open_page(FORM, person=chair)
    type_remark(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Skicka synpunkten").click()
    expect(page.get_by_role("status")).to_contain_text(
        "Sidan kunde inte spara. Det du skrev finns kvar på den här datorn."
    )
    assert OutgoingMail.objects.count() == 0
    page.context.set_offline(False)
    page.get_by_role("button", name="Försök igen").click()
    expect(page.get_by_role("status")).to_contain_text("Tack")
    assert OutgoingMail.objects.count() == 1
    assert kept(page) == []
    trouble.lines.clear()  # the lost request is noticed, as it should be


def test_an_error_from_the_server_keeps_what_was_typed(
    open_page: Open, chair: Person, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_kwargs: str) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(feedback, "pass_on", fail)
    page = open_page(FORM, person=chair)
    type_remark(page)
    page.get_by_role("button", name="Skicka synpunkten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Något gick fel hos oss")
    page.get_by_role("link", name="Gå till startsidan").evaluate("link => link.href = '/hjalp/'")
    page.get_by_role("link", name="Gå till startsidan").click()
    page.goto(FORM)
    expect(page.get_by_label("Vad vill du säga?")).to_have_value(WORDS)
    trouble.lines.clear()


def test_a_form_that_is_refused_keeps_what_was_typed(
    open_page: Open, chair: Person, trouble: Trouble
) -> None:
    page = open_page(FORM, person=chair)
    type_remark(page)
    page.get_by_label("Din e-postadress").fill("inte en adress")
    page.get_by_role("button", name="Skicka synpunkten").click()
    expect(page.locator(".oops")).to_be_focused()
    assert page.title().startswith("Fel: ")
    expect(page.get_by_label("Vad vill du säga?")).to_have_value(WORDS)
    page.goto(FORM)
    expect(page.get_by_label("Vad vill du säga?")).to_have_value(WORDS)
    trouble.lines.clear()  # the browser writes down that the answer was 422


def test_a_session_that_ended_keeps_what_was_typed(open_page: Open, chair: Person) -> None:
    page = open_page("/konto/losenord/", person=chair)
    page.goto(FORM)
    type_remark(page)
    page.evaluate("document.querySelector('form[data-draft]').action = '/konto/losenord/'")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Skicka synpunkten").click()
    page.wait_for_url("**/konto/inloggning/**")
    assert len(kept(page)) == 1


def test_passwords_and_hidden_fields_are_never_kept(open_page: Open, chair: Person) -> None:
    page = open_page(FORM, person=chair)
    page.evaluate(
        """() => {
            const field = document.createElement("input");
            Object.assign(field, {type: "password", name: "secret", value: "hemligt"});
            document.querySelector("form[data-draft]").append(field);
        }"""
    )
    type_remark(page)
    found = page.evaluate("JSON.stringify(localStorage)")
    assert WORDS in found
    assert "hemligt" not in found
    assert "csrf" not in found


def test_another_person_at_the_same_computer_does_not_see_it(
    open_page: Open, chair: Person, member: Person
) -> None:
    page = open_page(FORM, person=chair)
    type_remark(page)
    sign_in(page.context, member, page.url.split("/synpunkter")[0])
    page.goto(FORM)
    expect(page.get_by_label("Vad vill du säga?")).to_have_value("")


def test_signing_out_clears_the_computer(open_page: Open, chair: Person) -> None:
    page = open_page(FORM, person=chair)
    type_remark(page)
    page.goto("/konto/utloggning/")
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/")
    assert kept(page) == []


def test_a_page_that_has_changed_since_is_not_overwritten_in_silence(open_page: Open, chair: Person) -> None:
    page = open_page(FORM, person=chair)
    type_remark(page)
    page.goto(f"{FORM}?sida=/lg/kontoret/")  # the server now fills in something else
    field = page.get_by_label("Vad vill du säga?")
    expect(field).to_have_value("")
    expect(page.get_by_role("status")).to_contain_text("sidan har ändrats sedan dess")
    page.get_by_role("button", name="Lägg tillbaka det jag skrev").click()
    expect(field).to_have_value(WORDS)
