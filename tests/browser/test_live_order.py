"""Answers that come late, in the wrong order or not at all: an open meeting is where the group is even so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Route, expect

from tests.browser.conftest import Trouble
from tests.browser.live_stage import FIRST, SOON, Place, Stage, place_for_a_test, place_on_sqlite, staged
from tests.installation import HAS_POSTGRESQL

SECOND = "Vem äger frågorna?"
STATE = "**/nu/laget/**"
# Whether the words have been gone again after they were there.
WATCH = """(words) => {
  const log = () => document.querySelector(".logbook")?.textContent.includes(words) ?? false;
  let was = log();
  window.vanished = false;
  new MutationObserver(() => {
    if (was && !log()) window.vanished = true;
    was ||= log();
  }).observe(document.body, {childList: true, subtree: true});
}"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place | None]:
    if HAS_POSTGRESQL:
        yield None
        return
    with place_on_sqlite(tmp_path_factory.mktemp("mote")) as place:
        yield place


@pytest.fixture
def stage(shared: Place | None, browser: Browser, trouble: Trouble, tmp_path: Path) -> Iterator[Stage]:
    with place_for_a_test(shared, tmp_path) as place:
        yield from staged(place, browser, trouble)


def is_on(page: Page, question: str) -> None:
    expect(page.locator("#fragan")).to_have_text(question, timeout=SOON)


def asks(page: Page, status: int) -> None:
    """Wait until the page has asked what is new, and been answered like this."""
    page.wait_for_event("response", lambda answer: "/nu/laget/" in answer.url and answer.status == status)


def write_slowly(page: Page, text: str) -> None:
    """Write a note while the page asks, and is told that nothing is new."""
    page.get_by_label("Anteckning", exact=True).fill(text)
    asks(page, 304)
    page.get_by_role("button", name="Anteckna", exact=True).click()
    expect(page.locator(".logbook")).to_contain_text(text, timeout=SOON)


def test_who_has_written_follows_the_group_again(stage: Stage) -> None:
    chair, member = stage.open("chair"), stage.open("member")
    write_slowly(member, "Skrivet i lugn och ro")
    expect(chair.locator(".logbook")).to_contain_text("Skrivet i lugn och ro", timeout=SOON)
    asks(member, 304)
    chair.get_by_role("button", name="Nästa punkt").click()
    is_on(chair, SECOND)
    is_on(member, SECOND)


def test_who_leads_and_has_written_goes_along(stage: Stage) -> None:
    chair = stage.open("chair")
    write_slowly(chair, "Ordföranden skriver själv")
    asks(chair, 304)
    chair.get_by_role("button", name="Nästa punkt").click()
    is_on(chair, SECOND)
    expect(chair.locator("[data-part=where]")).not_to_contain_text("Du tittar på en annan punkt.")


def test_who_leads_from_another_item_comes_to_the_next(stage: Stage) -> None:
    chair = stage.open("chair")
    chair.locator(f"#punkt-{stage.known['items'][2]}").click()
    expect(chair.locator("[data-part=where]")).to_contain_text("Du tittar på en annan punkt.", timeout=SOON)
    asks(chair, 304)
    chair.get_by_role("button", name="Nästa punkt").click()
    is_on(chair, SECOND)


def test_who_takes_away_what_was_typed_follows_again(stage: Stage) -> None:
    chair, member = stage.open("chair"), stage.open("member")
    box = member.get_by_label("Anteckning", exact=True)
    box.fill("Nej, förresten")
    chair.get_by_role("button", name="Nästa punkt").click()
    expect(member.locator("[data-part=where]")).to_contain_text("Gruppen är på punkt 2.", timeout=SOON)
    is_on(member, FIRST)
    box.fill("")
    is_on(member, SECOND)


def test_an_answer_that_was_overtaken_is_not_shown(stage: Stage) -> None:
    chair, member = stage.open("chair"), stage.open("member")
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        answer = route.fetch()
        if held or answer.status == 304:
            route.fulfill(response=answer)
        else:
            held.append((route, answer))

    member.route(STATE, hold)
    chair.get_by_label("Anteckning", exact=True).fill("Sagt först")
    chair.get_by_role("button", name="Anteckna", exact=True).click()
    for _wait in range(40):
        if held:
            break
        member.wait_for_timeout(100)
    assert held, "the page has asked, and its answer is on the way"
    member.get_by_label("Anteckning", exact=True).fill("Sagt sedan")
    member.get_by_role("button", name="Anteckna", exact=True).click()
    expect(member.locator(".logbook")).to_contain_text("Sagt sedan", timeout=SOON)
    member.evaluate(WATCH, "Sagt sedan")
    [(late, answer)] = held
    assert "Sagt sedan" not in answer.text()
    late.fulfill(response=answer)
    asks(member, 304)
    assert not member.evaluate("window.vanished")
    expect(member.locator(".logbook")).to_contain_text("Sagt först")
    member.unroute_all(behavior="wait")


@pytest.mark.parametrize("what", ["aborted", "failed", "something else"])
def test_a_question_that_went_wrong_is_asked_again(stage: Stage, trouble: Trouble, what: str) -> None:
    chair, member = stage.open("chair"), stage.open("member")

    def go_wrong(route: Route) -> None:
        if what == "aborted":
            route.abort()
        elif what == "failed":
            route.fulfill(status=500, body="")
        else:
            # The network that one is a guest in answers in the server's place.
            route.fulfill(status=200, content_type="text/html", body="<h1>Godkänn villkoren</h1>")

    member.route(STATE, go_wrong, times=1)
    expect(member.locator("#kontakt")).to_contain_text("Ingen kontakt.", timeout=SOON)
    chair.get_by_role("button", name="Nästa punkt").click()
    is_on(member, SECOND)
    expect(member.locator("#kontakt")).to_be_empty()
    trouble.lines.clear()


def test_a_press_is_not_lost_because_others_do_something(stage: Stage) -> None:
    chair, member = stage.open("chair"), stage.open("member")
    place = chair.get_by_role("button", name="Nästa punkt").bounding_box()
    assert place is not None
    chair.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    chair.mouse.down()
    member.get_by_role("button", name="Jag är redo").click()
    asks(chair, 200)
    chair.wait_for_timeout(200)
    chair.mouse.up()
    is_on(chair, SECOND)
    is_on(member, SECOND)


def test_what_was_refused_stays_until_it_is_right_and_is_then_gone(stage: Stage, trouble: Trouble) -> None:
    chair, secretary = stage.open("chair"), stage.open("secretary")
    secretary.get_by_text("Ny åtgärd").click()
    secretary.get_by_label("Vad ska göras?").fill("Boka lokal")
    secretary.get_by_role("button", name="Skriv in åtgärden").click()
    expect(secretary.locator(".oops")).to_be_visible(timeout=SOON)
    chair.get_by_role("button", name="Nästa punkt").click()
    expect(secretary.locator("[data-part=where]")).to_contain_text("Gruppen är på punkt 2.", timeout=SOON)
    expect(secretary.get_by_label("Vad ska göras?")).to_have_value("Boka lokal")
    secretary.get_by_label("Vem gör det?").select_option(label="Samir Haddad")
    secretary.get_by_label("Klart senast").last.fill("31 december 2030")
    secretary.get_by_role("button", name="Skriv in åtgärden").click()
    expect(chair.locator(".logbook")).to_contain_text("Boka lokal", timeout=SOON)
    is_on(secretary, SECOND)
    expect(secretary.get_by_label("Vad ska göras?")).to_have_value("")
    assert stage.entries() == [["action", "Boka lokal", FIRST]]
    trouble.lines.clear()
