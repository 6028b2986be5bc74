"""The open meeting in real browsers: what one does the others see, and nothing typed is lost."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Trouble, axe, has_no_sideways_scroll
from tests.browser.live_stage import FIRST, SOON, Place, Stage, place_for_a_test, place_on_sqlite, staged
from tests.installation import HAS_POSTGRESQL


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


def question(page: Page) -> str:
    return page.locator("#fragan").inner_text()


def test_what_one_enters_the_other_sees_within_two_seconds(stage: Stage) -> None:
    chair = stage.open("chair")
    member = stage.open("member")
    chair.get_by_label("Anteckning", exact=True).fill("Vi prövar i vår.")
    chair.get_by_role("button", name="Anteckna", exact=True).click()
    expect(chair.locator(".logbook")).to_contain_text("Vi prövar i vår.", timeout=SOON)
    began = time.monotonic()
    expect(member.locator(".logbook")).to_contain_text("Vi prövar i vår.", timeout=SOON)
    assert time.monotonic() - began < SOON / 1000
    # It is read out once, and the box is empty for the next.
    expect(member.locator("#said")).to_have_text(re.compile("Anteckning: Vi prövar i vår"))
    expect(chair.get_by_label("Anteckning", exact=True)).to_have_value("")
    assert chair.evaluate("document.activeElement.id") == "anteckning_text"


def test_an_action_that_was_a_mistake_leaves_every_page_but_those_of_the_record(stage: Stage) -> None:
    chair, member = stage.open("chair"), stage.open("member")
    chair.get_by_text("Ny åtgärd").click()
    chair.get_by_label("Vad ska göras?").fill("Boka fel lokal")
    chair.get_by_label("Vem gör det?").select_option(label="Samir Haddad")
    chair.get_by_label("Klart senast").last.fill("31 december 2030")
    chair.get_by_role("button", name="Skriv in åtgärden").click()
    expect(member.locator(".logbook")).to_contain_text("Boka fel lokal", timeout=SOON)
    assert member.get_by_role("link", name="Ta tillbaka åtgärden").count() == 0
    chair.get_by_role("link", name="Ta tillbaka åtgärden").click()
    axe(chair)
    chair.get_by_role("button", name="Ta tillbaka åtgärden").click()
    expect(chair.locator(".logbook .gone")).to_contain_text("tillbakatagen")
    expect(chair.locator(".logbook .gone")).to_contain_text("Boka fel lokal")
    axe(chair)
    expect(member.locator(".logbook")).not_to_contain_text("Boka fel lokal", timeout=SOON)


def test_the_group_moves_and_who_writes_stays(stage: Stage) -> None:
    chair = stage.open("chair")
    member = stage.open("member")
    writer = stage.open("secretary")
    box = writer.get_by_label("Anteckning", exact=True)
    box.fill("Mitt i en mening")
    chair.get_by_role("button", name="Nästa punkt").click()
    expect(chair.locator("#fragan")).to_have_text("Vem äger frågorna?", timeout=SOON)
    expect(member.locator("#fragan")).to_have_text("Vem äger frågorna?", timeout=SOON)
    expect(writer.locator("[data-part=where]")).to_contain_text("Gruppen är på punkt 2.", timeout=SOON)
    assert question(writer) == "Två eller tre introduktionsdagar?"
    assert box.input_value() == "Mitt i en mening"
    assert writer.evaluate("document.activeElement.id") == "anteckning_text"
    assert chair.evaluate("document.activeElement.id") == "nasta"
    # What was typed waits where it was typed.
    writer.get_by_role("link", name="Gå dit").click()
    expect(writer.locator("#fragan")).to_have_text("Vem äger frågorna?", timeout=SOON)
    expect(writer.get_by_label("Anteckning", exact=True)).to_have_value("")
    writer.locator(f"#punkt-{stage.known['items'][0]}").click()
    expect(writer.get_by_label("Anteckning", exact=True)).to_have_value("Mitt i en mening", timeout=SOON)


def test_a_lost_connection_keeps_everything_and_catches_up(stage: Stage, trouble: Trouble) -> None:
    member = stage.open("member")
    chair = stage.open("chair")
    member.context.set_offline(True)
    for text in ("Skrivet i tunneln", "Och en till"):
        member.get_by_label("Anteckning", exact=True).fill(text)
        member.get_by_role("button", name="Anteckna", exact=True).click()
        expect(member.locator("#kontakt")).to_contain_text("Ingen kontakt. Det du skriver finns kvar här.")
        expect(member.get_by_label("Anteckning", exact=True)).to_have_value("", timeout=SOON)
    expect(member.locator("#kontakt")).to_contain_text("2 väntar på att skickas.", timeout=SOON)
    member.get_by_label("Anteckning", exact=True).fill("Halvskrivet")
    chair.get_by_role("button", name="Nästa punkt").click()
    expect(chair.locator("#fragan")).to_have_text("Vem äger frågorna?", timeout=SOON)
    assert stage.entries() == []
    member.context.set_offline(False)
    expect(chair.locator(".logbook")).to_contain_text("Och en till", timeout=2 * SOON)
    expect(member.locator("#kontakt")).to_be_empty(timeout=SOON)
    assert stage.entries() == [["note", "Skrivet i tunneln", FIRST], ["note", "Och en till", FIRST]]
    expect(member.get_by_label("Anteckning", exact=True)).to_have_value("Halvskrivet")
    expect(member.locator("[data-part=where]")).to_contain_text("Gruppen är på punkt 2.", timeout=SOON)
    assert all("ERR_INTERNET_DISCONNECTED" in line for line in trouble.lines), trouble.lines
    trouble.lines.clear()


def test_a_page_that_is_closed_without_contact_sends_when_it_is_opened(
    stage: Stage, trouble: Trouble
) -> None:
    member = stage.open("member")
    member.context.set_offline(True)
    member.get_by_label("Anteckning", exact=True).fill("Innan batteriet tog slut")
    member.get_by_role("button", name="Anteckna", exact=True).click()
    expect(member.locator("#kontakt")).to_contain_text("1 väntar på att skickas.", timeout=SOON)
    context = member.context
    member.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(stage.known["urls"]["live"])
    expect(again.locator(".logbook")).to_contain_text("Innan batteriet tog slut", timeout=SOON)
    assert stage.entries() == [["note", "Innan batteriet tog slut", FIRST]]
    trouble.lines.clear()


def test_a_silent_round_shows_itself_when_all_have_answered(stage: Stage) -> None:
    chair = stage.open("chair")
    chair.get_by_text("Led punkten").click()
    chair.get_by_role("button", name="Öppna en tyst runda").click()
    pages = [chair, *(stage.open(who) for who in ("member", "secretary"))]
    for number, page in enumerate(pages):
        expect(page.get_by_role("heading", name="Rundan")).to_be_visible(timeout=SOON)
        page.get_by_label("Vill ändra" if page is pages[1] else "Stöder", exact=True).check(force=True)
        page.get_by_label("Varför?").fill(f"Skäl {number}")
        page.get_by_role("button", name="Svara", exact=True).click()
        if number < 2:
            expect(page.locator("[data-part=round]")).to_contain_text("av tre har svarat", timeout=SOON)
            assert "Skäl" not in page.locator("[data-part=round]").inner_text()
    for page in pages:
        expect(page.locator("[data-part=round]")).to_contain_text("Två stöder, en vill ändra", timeout=SOON)
        expect(page.locator("[data-part=round]")).to_contain_text("Skäl 1")


def test_what_was_left_alone_while_one_wrote_comes_when_one_stops(stage: Stage) -> None:
    chair = stage.open("chair")
    chair.get_by_text("Led punkten").click()
    chair.get_by_role("button", name="Öppna en tyst runda").click()
    member = stage.open("member")
    reason = member.get_by_label("Varför?")
    reason.fill("Jag är inte klar")
    chair.get_by_role("button", name="Nästa punkt").click()
    expect(member.locator("#fragan")).to_have_text("Vem äger frågorna?", timeout=SOON)
    member.wait_for_timeout(2000)
    expect(reason).to_have_value("Jag är inte klar")
    reason.fill("")
    reason.blur()
    expect(reason).to_have_count(0, timeout=SOON)


def test_a_decision_is_written_and_wrong_ones_keep_what_was_typed(stage: Stage) -> None:
    chair = stage.open("chair")
    member = stage.open("member")
    assert chair.get_by_label("Ingrid beslutar att").input_value() == "Introduktionen blir två dagar."
    chair.get_by_label("Ingrid beslutar att").fill("Introduktionen blir två dagar från januari.")
    chair.get_by_role("button", name="Fatta beslutet").click()
    expect(chair.locator(".oops")).to_contain_text("Ange hur ni ser att beslutet fick effekt", timeout=SOON)
    assert chair.get_by_label("Ingrid beslutar att").input_value().endswith("från januari.")
    chair.get_by_label("Hur ser vi att det fick effekt?").fill("Tid att öva, puls 2")
    chair.get_by_role("button", name="Fatta beslutet").click()
    expect(member.locator(".logbook")).to_contain_text("från januari.", timeout=SOON)
    expect(chair.locator(".oops")).to_have_count(0)
    assert [kind for kind, _text, _item in stage.entries()] == ["decision"]
    assert [line for line in stage.trouble.lines if "422" not in line] == []
    stage.trouble.lines.clear()


def test_it_lives_up_to_what_every_page_must(stage: Stage) -> None:
    chair = stage.open("chair")
    chair.get_by_label("Anteckning", exact=True).fill("Vi prövar i vår.")
    chair.get_by_role("button", name="Anteckna", exact=True).click()
    expect(chair.locator(".logbook")).to_contain_text("Vi prövar i vår.", timeout=SOON)
    for who, name in (
        ("chair", "live"),
        ("member", "live"),
        ("chair", "live-room"),
        ("secretary", "attendance"),
    ):
        for width, scheme in ((1280, "dark"), (390, "light")):
            page = stage.open(who, name, width=width, color_scheme=scheme)
            axe(page)
            assert has_no_sideways_scroll(page), (name, who, width)


def test_without_a_script_every_button_is_a_form(stage: Stage) -> None:
    chair = stage.open("chair", java_script_enabled=False)
    chair.get_by_label("Anteckning", exact=True).fill("Utan skript")
    chair.get_by_role("button", name="Anteckna", exact=True).click()
    expect(chair.locator(".logbook")).to_contain_text("Utan skript")
    chair.get_by_role("button", name="Nästa punkt").click()
    expect(chair.locator("#fragan")).to_have_text("Vem äger frågorna?")
    member = stage.open("member", java_script_enabled=False)
    expect(member.get_by_role("link", name="Uppdatera")).to_be_visible()


END = """
    from styrfart.meetings import actions
    from styrfart.meetings.models import Meeting
    meeting = Meeting.objects.get()
    actions.end_meeting(meeting=meeting, actor=meeting.leader)
"""


def test_what_comes_too_late_is_not_thrown_away(stage: Stage, trouble: Trouble) -> None:
    member = stage.open("member")
    member.context.set_offline(True)
    member.get_by_label("Anteckning", exact=True).fill("Skrivet när mötet tog slut")
    member.get_by_role("button", name="Anteckna", exact=True).click()
    expect(member.locator("#kontakt")).to_contain_text("1 väntar på att skickas.", timeout=SOON)
    stage.installation.python(END)
    member.context.set_offline(False)
    expect(member.locator("#kontakt")).to_contain_text("Mötet pågår inte.", timeout=2 * SOON)
    expect(member.get_by_label("Det du skrev")).to_have_value("Skrivet när mötet tog slut")
    expect(member.locator("[data-part=where]")).to_contain_text("Mötet avslutades", timeout=SOON)
    expect(member.get_by_label("Det du skrev")).to_have_value("Skrivet när mötet tog slut")
    assert stage.entries() == []
    trouble.lines.clear()


def test_a_page_that_waits_sees_the_meeting_open(stage: Stage) -> None:
    stage.installation.python("""
        from styrfart.meetings.models import AgendaItem, Meeting
        AgendaItem.objects.update(state="coming", started_at=None)
        Meeting.objects.update(state="called", opened_at=None, current_item=None)
    """)
    member = stage.open("member")
    expect(member.locator("[data-part=where]")).to_contain_text("Mötet har inte börjat.")
    chair = stage.open("chair")
    chair.get_by_role("button", name="Öppna mötet").click()
    expect(member.get_by_label("Anteckning", exact=True)).to_be_visible(timeout=SOON)
    expect(member.locator("[data-part=bar]")).to_contain_text("Jag är redo")


def write_without_contact(page: Page, *texts: str) -> None:
    page.context.set_offline(True)
    for text in texts:
        page.get_by_label("Anteckning", exact=True).fill(text)
        page.get_by_role("button", name="Anteckna", exact=True).click()
        expect(page.get_by_label("Anteckning", exact=True)).to_have_value("", timeout=SOON)
    expect(page.locator("#kontakt")).to_contain_text(f"{len(texts)} väntar på att skickas.", timeout=SOON)


def test_what_one_typed_is_never_sent_as_somebody_else(stage: Stage, trouble: Trouble) -> None:
    member = stage.open("member")
    write_without_contact(member, "Samirs ord")
    # Meanwhile somebody else signs in on the same computer.
    known, window = stage.known, member.context
    window.clear_cookies()
    window.add_cookies(
        [{"name": known["cookie"], "value": known["people"]["secretary"], "url": stage.address}]
    )
    window.set_offline(False)
    expect(member.locator("#kontakt")).to_contain_text("Någon annan är inloggad här nu.", timeout=2 * SOON)
    other = window.new_page()
    other.goto(known["urls"]["live"])
    other.get_by_label("Anteckning", exact=True).fill("Toves ord")
    other.get_by_role("button", name="Anteckna", exact=True).click()
    expect(other.locator(".logbook")).to_contain_text("Toves ord", timeout=SOON)
    member.wait_for_timeout(2000)  # the first page asks once more
    assert stage.entries() == [["note", "Toves ord", FIRST]]
    assert "Toves ord" not in member.locator(".logbook").inner_text()
    # It waits for the one who wrote it.
    window.clear_cookies()
    window.add_cookies([{"name": known["cookie"], "value": known["people"]["member"], "url": stage.address}])
    other.goto(known["urls"]["live"])
    expect(other.locator(".logbook")).to_contain_text("Samirs ord", timeout=SOON)
    assert stage.entries() == [["note", "Toves ord", FIRST], ["note", "Samirs ord", FIRST]]
    trouble.lines.clear()


def test_all_that_comes_too_late_stays_until_one_takes_it_away(stage: Stage, trouble: Trouble) -> None:
    member = stage.open("member")
    write_without_contact(member, "Den första", "Den andra")
    window = member.context
    member.close()
    stage.installation.python(END)
    window.set_offline(False)
    # Opened when the meeting is over: what waited is neither lost nor on record.
    for _opened_again in range(2):
        late = window.new_page()
        late.goto(stage.known["urls"]["live"])
        boxes = late.get_by_label("Det du skrev")
        expect(boxes).to_have_count(2, timeout=2 * SOON)
        assert [box.input_value() for box in boxes.all()] == ["Den första", "Den andra"]
        axe(late)
    late.get_by_role("button", name="Ta bort").first.click()
    late.reload()
    expect(boxes).to_have_count(1)
    expect(boxes).to_have_value("Den andra")
    assert stage.entries() == []
    trouble.lines.clear()
