"""Golden path 5: an employee answers a pulse in ninety seconds: by keyboard, by telephone, without a script.

And on a device that others use: a code from a slip, and nothing of it left for the next.
"""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from styrfart.climate import keys
from styrfart.climate.models import Ballot, Round, RoundState, UsedLink
from tests import make
from tests.browser.conftest import Trouble, axe, has_no_sideways_scroll
from tests.browser.test_golden_path_1 import Keyboard
from tests.climate.respondent import TEXT_QUESTION, Respondent, invited, opened, slip

Open = Callable[..., Page]
WHY = "Vi vill veta hur det är att arbeta här, så att vi kan ändra det som är svårt."


@pytest.fixture
def asked(transactional_db: None) -> Round:
    return make.climate_round(why=WHY, report_on=dt.date(2099, 10, 8))


@pytest.fixture
def somebody(asked: Round) -> Respondent:
    return invited(asked)[1]


def test_nine_questions_by_keyboard_in_ninety_seconds(open_page: Open, somebody: Respondent) -> None:
    page = open_page(somebody.at("start"))
    keyboard = Keyboard(page)
    # 1. The promise, how long it takes, who asks and why: what stands above the button is read by all.
    expect(
        page.get_by_text("Nio frågor. Det tar ungefär en minut. Du kan hoppa över frågor.")
    ).to_be_visible()
    expect(page.get_by_text("Ingen kan se vem som svarat vad.")).to_be_visible()
    keyboard.read_page(30)
    keyboard.skip_to_content()
    keyboard.tab_to("Börja svara", most=3)
    keyboard.press("Enter")
    # 2. One question a page. An arrow chooses, and choosing sends nothing; Enter goes on.
    for number in range(1, 10):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Fråga {number} av 9")
        keyboard.read_page(len((page.locator("legend").inner_text()).split()))
        keyboard.think()
        if number == 1:
            keyboard.skip_to_content()  # after that the browser stays at the content, page after page
        keyboard.press("Tab")
        keyboard.press("ArrowUp" if number == 9 else "ArrowDown")
        chosen = "Vill inte svara" if number == 9 else "Stämmer ganska dåligt"
        expect(page.get_by_label(chosen)).to_be_checked()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Fråga {number} av 9")
        keyboard.press("Enter")
    # 3. All answers, and 4. the receipt.
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontrollera och skicka")
    keyboard.read_page(10)
    keyboard.think()
    keyboard.tab_to("Skicka", most=12)
    assert Ballot.objects.count() == 0
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack. Rapporten delas med dig 8 oktober.")
    assert [each.values for each in opened(Round.objects.get())] == ["222222220"]
    assert keyboard.seconds < 90, round(keyboard.seconds)
    assert page.context.cookies()[0]["name"] == "csrftoken"
    assert [cookie["name"] for cookie in page.context.cookies(page.url)] == ["csrftoken"]


def test_the_same_way_with_a_pointer_is_quicker_still(open_page: Open, somebody: Respondent) -> None:
    """1.1 seconds to point, a thought and the reading of each question: Card, Moran and Newell."""
    page = open_page(somebody.at("start"), width=390)
    seconds = 30 * 60 / 200 + 1.1
    page.get_by_role("link", name="Börja svara").click()
    for number in range(1, 10):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Fråga {number} av 9")
        seconds += len(page.locator("legend").inner_text().split()) * 60 / 200 + 1.35 + 2 * 1.1
        page.get_by_text("Stämmer ganska bra").click()
        page.get_by_role("button", name="Fortsätt").click()
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack.")
    assert seconds + 1.35 + 1.1 + 10 * 60 / 200 < 90


def test_without_a_script_on_a_telephone_and_in_english(open_page: Open, asked: Round) -> None:
    Round.objects.update(text_questions=[TEXT_QUESTION])
    somebody = invited(asked)[1]
    page = open_page(somebody.at("start"), width=390, java_script_enabled=False)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_text("Nobody can see who answered what.")).to_be_visible()
    page.get_by_role("link", name="Start answering").click()
    for _number in range(9):
        page.get_by_label("Prefer not to answer").check()
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Write no names and nothing about anybody's health.")).to_be_visible()
    page.get_by_label("What do you want us to change?").fill("More time.\nFewer meetings.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Change the answer to question 2", exact=True).click()
    page.get_by_label("Very true", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check and send")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Thank you. The report is shared with you on 8 October."
    )
    said = opened(asked)
    assert sorted(str(getattr(each, "values", getattr(each, "text", ""))) for each in said) == [
        "050000000",
        "More time.\nFewer meetings.",
    ]


def test_one_comes_back_on_the_same_device_and_goes_on(open_page: Open, somebody: Respondent) -> None:
    page = open_page(somebody.at("start"))
    page.get_by_role("link", name="Börja svara").click()
    for _number in range(3):
        page.get_by_label("Stämmer ganska bra").check()
        page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fråga 4 av 9")
    page.close()
    page = open_page(somebody.at("start"))
    page.get_by_role("link", name="Fortsätt där du var").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fråga 4 av 9")
    page.get_by_role("link", name="Tillbaka").click()
    expect(page.get_by_label("Stämmer ganska bra")).to_be_checked()
    elsewhere = open_page(somebody.at("start"), new=True)
    expect(elsewhere.get_by_role("link", name="Börja svara")).to_be_visible()


def test_a_double_click_on_send_stores_one_answer(open_page: Open, somebody: Respondent) -> None:
    page = open_page(somebody.at("start"))
    page.get_by_role("link", name="Börja svara").click()
    for _number in range(9):
        page.get_by_label("Stämmer ganska bra").check()
        page.get_by_role("button", name="Fortsätt").click()
    page.get_by_role("button", name="Skicka").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack.")
    assert (Ballot.objects.count(), UsedLink.objects.count()) == (1, 1)


def test_without_a_choice_the_error_is_in_focus(
    open_page: Open, somebody: Respondent, trouble: Trouble
) -> None:
    page = open_page(somebody.at("question", 1))
    page.get_by_role("button", name="Fortsätt").press("Enter")
    expect(page.locator(".oops")).to_be_focused()
    assert page.title() == "Fel: Fråga 1 av 9, Puls i november – Styrfart"
    axe(page)
    page.locator(".oops a").press("Enter")
    expect(page.get_by_label("Stämmer mycket dåligt")).to_be_focused()
    assert all("422" in line for line in trouble.lines)
    trouble.lines.clear()


def test_signs_left_are_counted_while_one_writes(open_page: Open, asked: Round) -> None:
    Round.objects.update(text_questions=[TEXT_QUESTION])
    page = open_page(invited(asked)[1].at("text", 1))
    expect(page.get_by_text("Tecken kvar: 1 000")).to_be_visible()
    box = page.get_by_label("Vad vill du att vi ändrar?")
    box.fill("Mer tid\nför varandra.")
    expect(page.get_by_text("Tecken kvar: 979")).to_be_visible()
    box.fill("x" * 1003)
    expect(page.get_by_text("Tecken för mycket: 3")).to_be_visible()


def test_a_shared_device_shows_the_next_person_nothing(open_page: Open, asked: Round) -> None:
    first, second = slip(asked), slip(asked)
    page = open_page("/puls/")
    page.clock.install()
    for somebody in (first, second):
        expect(page.get_by_role("heading", level=1)).to_have_text("Svara på en puls")
        code = page.get_by_label("Skriv koden på din lapp")
        expect(code).to_have_value("")
        code.fill(keys.in_groups(somebody.link).lower())
        code.press("Enter")
        page.get_by_role("link", name="Börja svara").click()
        for _number in range(9):
            page.get_by_label("Stämmer ganska bra").check()
            page.get_by_role("button", name="Fortsätt").click()
        page.get_by_role("button", name="Skicka").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tack. Rapporten visas 8 oktober.")
        if somebody is first:
            # Untouched for twenty seconds it makes way for the next; a touch begins the time anew.
            page.clock.fast_forward(15_000)
            page.keyboard.press("Shift")
            page.clock.fast_forward(15_000)
            expect(page.get_by_role("heading", level=1)).to_have_text("Tack. Rapporten visas 8 oktober.")
            page.clock.fast_forward(6_000)
            page.wait_for_url("**/puls/")
            page.go_back()
            expect(page.get_by_text("Den här länken är redan använd.")).to_be_visible()
            page.goto("/puls/")
        else:
            page.get_by_role("link", name="Lämna plats för nästa").click()
            page.wait_for_url("**/puls/")
    assert len(opened(asked)) == 2


def pages(asked: Round) -> Iterator[tuple[Respondent, str]]:
    """Every page of the path, with whoever is there."""
    walker, answered, paper = invited(asked)[1], invited(asked)[1], slip(asked)
    answered.answer("5" * 9)
    answered.send()
    paper.answer("5" * 9)
    paper.send()
    yield walker, walker.at("start")
    yield walker, walker.at("question", 4)
    yield walker, walker.at("text", 1)
    yield walker, walker.at("check")
    yield answered, answered.at("done")
    yield answered, answered.at("start")
    yield paper, paper.at("done")
    yield paper, "/puls/"


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("sv", "dark")])
def test_every_page_is_for_everybody(
    open_page: Open, asked: Round, trouble: Trouble, language: str, scheme: str
) -> None:
    Round.objects.update(text_questions=[TEXT_QUESTION])
    choices = {"language": language, "scheme": scheme, "width": 1280 if scheme == "light" else 320}
    seen = []
    for somebody, address in pages(asked):
        page = open_page("/puls/", **choices)
        if address == somebody.at("check"):
            for name, value in (("answers", "543210543"), ("text0", "TWVyIHRpZA")):
                page.context.add_cookies(
                    [{"name": name, "value": value, "url": page.url + somebody.link + "/"}]
                )
        page.goto(address)
        seen.append(look(page))
    page = open_page("/puls/x/", **choices)
    seen.append(look(page))
    somebody = invited(asked)[1]
    for state in (RoundState.LAUNCHING, RoundState.CLOSED, RoundState.STOPPED):
        Round.objects.update(state=state)
        seen.append(look(open_page(somebody.at("start"), **choices)))
    assert len(set(seen)) == 12
    assert all("404" in line or "410" in line for line in trouble.lines)
    trouble.lines.clear()


def look(page: Page) -> str:
    """Look at the page; gives what it is called."""
    axe(page)
    assert has_no_sideways_scroll(page), page.url
    assert page.locator("h1").count() == 1
    called = page.locator("h1").inner_text()
    page.close()
    return called
