"""Golden path 2 from beginning to end, in three browsers: planned, led, written down, approved and answered.

A chair, a secretary and a member, each on a computer of their own, against a server of its own: locks are
real, several ask at the same time, and one of them loses the connection in the middle.
"""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pypdf import PdfReader

from tests.browser.conftest import Trouble, has_no_sideways_scroll
from tests.browser.looking import SCRIPT, complaints
from tests.browser.whole_scene import BUILD
from tests.installation import HAS_POSTGRESQL, Installation, on_postgresql, on_sqlite, serving

SOON = 6000  # ms; what is asked every other second, on a machine that does much else
PROMISED = 2000  # ms; from one's screen to the others'


RECORD = """
    import json
    from styrfart.meetings.models import Entry, Meeting, Minutes, PulseInvitation
    from styrfart.shared.models import OutgoingMail
    meeting = Meeting.objects.get()
    print(json.dumps({
        "state": meeting.state,
        "entries": list(Entry.objects.order_by("pk").values_list("kind", "text")),
        "items": list(meeting.items.order_by("position").values_list("title", "state")),
        "presence": sorted(meeting.attendees.values_list("person__given_name", "presence")),
        "letters": sorted(OutgoingMail.objects.values_list("subject", flat=True)),
        "minutes": list(Minutes.objects.values_list("state", flat=True)),
        "answered": PulseInvitation.objects.filter(is_used=True).count(),
    }))
"""
# When the words come to be seen in the log, by the clock of the machine that all the browsers run on.
SEEN = """(words) => {
  window.seen = new Promise((done) => {
    const look = () => document.querySelector(".logbook")?.textContent.includes(words) && done(Date.now());
    new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
  });
}"""
PRESSED = """() => {
  window.addEventListener("submit", () => (window.pressed = Date.now()), {capture: true, once: true});
}"""
PRESS_AT = """(at) => {
  const button = document.querySelector("form[action$='/anteckning/'] button");
  setTimeout(() => button.click(), at - Date.now());
}"""


class Stage:
    """The installation, and the windows of those who meet."""

    def __init__(self, installation: Installation, address: str, browser: Browser, trouble: Trouble) -> None:
        self.installation, self.address, self.browser, self.trouble = installation, address, browser, trouble
        self.known: dict[str, Any] = json.loads(installation.python(BUILD))
        self.windows: list[BrowserContext] = []

    def open(self, who: str, address: str, *, width: int = 1280) -> Page:
        """A page in a window of somebody's own."""
        window = self.browser.new_context(
            viewport={"width": width, "height": 844}, locale="sv-SE", base_url=self.address
        )
        window.set_default_timeout(15_000)
        window.add_cookies(
            [{"name": self.known["cookie"], "value": self.known["people"][who], "url": self.address}]
        )
        self.windows.append(window)
        page = window.new_page()
        self.trouble.listen(page)
        page.goto(address)
        return page

    def record(self) -> dict[str, Any]:
        """What is kept in the database."""
        found: dict[str, Any] = json.loads(self.installation.python(RECORD))
        return found

    def speaks(self, who: str, language: str) -> None:
        """Somebody changes the language of the pages."""
        given = {"chair": "Ingrid", "secretary": "Tove", "member": "Samir"}[who]
        self.installation.python(f"""
            from styrfart.people.models import Person
            Person.objects.filter(given_name="{given}").update(language="{language}")
        """)


@pytest.fixture
def stage(browser: Browser, trouble: Trouble, tmp_path: Path) -> Iterator[Stage]:
    def play(installation: Installation) -> Iterator[Stage]:
        with serving(installation) as address:
            made = Stage(installation, address, browser, trouble)
            yield made
            for window in made.windows:
                window.close()

    if HAS_POSTGRESQL:
        with on_postgresql(tmp_path) as installation:
            yield from play(installation)
    else:
        yield from play(on_sqlite(tmp_path))


# --- what one does on a page ------------------------------------------------------------------------
def note_box(page: Page) -> Any:
    return page.get_by_label("Anteckning", exact=True)


def write(page: Page, text: str) -> None:
    """Enter a note, and see it in one's own log."""
    note_box(page).fill(text)
    page.get_by_role("button", name="Anteckna", exact=True).click()
    expect(page.locator(".logbook")).to_contain_text(text, timeout=SOON)


def is_on(page: Page, question: str) -> None:
    expect(page.locator("#fragan")).to_have_text(question, timeout=SOON)


def is_level(page: Page, with_: Page) -> None:
    """Wait until the page knows as much as the other."""
    expect(page.locator("#live-mark")).to_have_attribute(
        "data-tick", with_.locator("#live-mark").get_attribute("data-tick") or "", timeout=SOON
    )


def milliseconds_from(sender: Page, to: Page, text: str) -> int:
    """From the press of the button to the moment when the other can read it."""
    note_box(sender).fill(text)
    sender.evaluate(PRESSED)
    to.evaluate(SEEN, text)
    sender.get_by_role("button", name="Anteckna", exact=True).click()
    return int(to.evaluate("window.seen")) - int(sender.evaluate("window.pressed"))


def tab_to(page: Page, wanted: str, *, most: int = 80, back: bool = False) -> None:
    """By keyboard alone, to what has this id or these words; it is seen, and it shows that it has focus."""
    at = "it => it.id === wanted || it.textContent.trim() === wanted"
    for _attempt in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(f"(wanted) => ({at})(document.activeElement)", wanted):
            shown = page.evaluate(
                "() => { const style = getComputedStyle(document.activeElement);"
                " return [style.outlineStyle, style.outlineWidth]; }"
            )
            assert shown == ["solid", "3px"], (wanted, shown)
            return
    raise AssertionError(f"{wanted} was not reached in {most} steps")


# --- the path -----------------------------------------------------------------------------------------
INTRODUCTION = "Ska nya chefer få två introduktionsdagar?"
STAFFING = "Vem svarar fackförbunden om bemanningen?"
MOVING = "Hur går inflyttningen till Kompassen?"
DECIDED = "Nya chefer får två introduktionsdagar från januari."
NOTES = [
    "Två spår: två dagar eller tre.",
    "Tre dagar är för dyrt.",
    "Två dagar räcker för grunderna.",
    "Mentorerna är vidtalade.",
    "Skrivet i tunneln",
    "Sagt medan Samir var borta.",
    "Svaret kom aldrig fram",
    "Ordförandens ord",
    "Sekreterarens ord",
    "Samirs ord",
    "Bemanningen svarar enheten för.",
]


def test_a_whole_meeting_in_three_browsers(stage: Stage) -> None:
    """From an empty calendar to approved minutes that somebody has answered the pulse about."""
    here = plan(stage)
    chair, secretary, member = check_in(stage, here)
    look_around(chair, secretary, member)
    take_a_silent_round(chair, secretary, member)
    decide(chair, secretary, member)
    lose_the_connection(chair, secretary, member)
    write_at_the_same_time(chair, secretary, member)
    problems = live_up_to_what_every_page_must(stage, chair)
    leave_the_item(chair, secretary, member)
    put_off_and_end(chair, secretary, member)
    edit_and_hand_over(secretary)
    approve_from_home(stage, chair)
    answer_and_fetch(member, here)

    assert "\n".join(problems) == ""
    found = stage.record()
    notes = [text for kind, text in found["entries"] if kind == "note"]
    assert sorted(notes) == sorted(NOTES), "everything that was written, once"
    assert [text for kind, text in found["entries"] if kind != "note"] == [DECIDED]
    assert dict(found["items"]) | {INTRODUCTION: "done", STAFFING: "done", MOVING: "postponed"} == dict(
        found["items"]
    )
    assert found["presence"] == [["Ingrid", "present"], ["Samir", "present"], ["Tove", "remote"]]
    assert (found["state"], found["minutes"], found["answered"]) == ("ended", ["approved"], 1)
    # The browser writes down that there was no contact, and that a form was refused on a Saturday.
    expected = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "422 (Unprocessable")
    assert [line for line in stage.trouble.lines if not any(each in line for each in expected)] == []
    stage.trouble.lines.clear()


def plan(stage: Stage) -> str:
    """The chair plans the meeting, the secretary fills it from the draft and sends the notice."""
    team, today = stage.known["team"], stage.known["today"]
    chair = stage.open("chair", f"/lg/{team}/moten/nytt/")
    chair.get_by_label("Ledningsgruppens möte").check(force=True)
    chair.get_by_label("Dag", exact=True).fill(today)
    chair.get_by_label("Börjar").fill("9.00")
    chair.get_by_role("button", name="Planera mötet").click()
    # On a Saturday the page says so, and asks once more.
    expect(chair.get_by_role("heading", level=1)).to_contain_text(re.compile("Ledningsgruppens|Planera möte"))
    anyway = chair.get_by_role("button", name="Planera ändå")
    if anyway.is_visible():
        anyway.click()
    here = f"/lg/{team}/moten/{today}/"
    chair.wait_for_url(f"**{here}")

    secretary = stage.open("secretary", here)
    secretary.get_by_role("link", name="Få ett förslag").click()
    for question in (INTRODUCTION, STAFFING):
        expect(secretary.get_by_role("checkbox", name=question)).to_be_checked()
    secretary.get_by_role("checkbox", name=MOVING).uncheck(force=True)
    secretary.get_by_role("button", name="Lägg till på dagordningen").click()
    expect(secretary.get_by_text("Två punkter är tillagda.")).to_be_visible()
    # And one more from the queue by hand.
    secretary.get_by_role("link", name="Lägg till en punkt").click()
    row = secretary.get_by_role("listitem").filter(has_text=MOVING)
    row.get_by_role("link", name=re.compile("^Lägg till")).click()
    secretary.get_by_role("button", name=re.compile("Lägg till|Spara")).click()
    expect(secretary.locator(".agenda--plan .what", has_text=MOVING)).to_be_visible()
    secretary.get_by_role("link", name="Läs och skicka").click()
    secretary.get_by_role("button", name="Skicka kallelse").click()
    secretary.wait_for_url(f"**{here}")
    assert any("Kallelse" in subject for subject in stage.record()["letters"])
    chair.close()
    secretary.close()
    return here


def check_in(stage: Stage, here: str) -> tuple[Page, Page, Page]:
    """The chair opens; the others, who wait on the page, see it and say that they are there."""
    chair, secretary, member = (stage.open(who, f"{here}nu/") for who in ("chair", "secretary", "member"))
    expect(member.locator("[data-part=where]")).to_contain_text("Mötet har inte börjat.")
    chair.get_by_role("button", name="Öppna mötet").click()
    for page, how in ((secretary, "Jag är med på distans"), (member, "Jag är på plats")):
        page.get_by_role("button", name=how).click(timeout=SOON)
        expect(note_box(page)).to_be_visible(timeout=SOON)
    expect(chair.locator(".logbook")).to_contain_text("Tre av tre är med.", timeout=SOON)
    return chair, secretary, member


def look_around(chair: Page, secretary: Page, member: Page) -> None:
    """The chair moves the group by keyboard; the member looks at another item and finds back."""
    tab_to(chair, "nasta")
    chair.keyboard.press("Enter")
    began = time.monotonic()
    for page in (secretary, member):
        is_on(page, INTRODUCTION)
    print(f"moved: the others were there {1000 * (time.monotonic() - began):.0f} ms after the key")  # noqa: T201  # measured, to be read
    member.get_by_role("navigation", name="Dagordning").get_by_role("link", name=MOVING).click()
    is_on(member, MOVING)
    expect(member.locator("[data-part=where]")).to_contain_text("Gruppen är på punkt")
    member.get_by_role("link", name="Gå dit").click()
    is_on(member, INTRODUCTION)
    # A note by keyboard alone, from where one is.
    tab_to(chair, "anteckning_text", back=True)
    chair.keyboard.type("Två spår: två dagar eller tre.")
    tab_to(chair, "Anteckna", most=2)
    chair.keyboard.press("Enter")
    expect(chair.locator(".logbook")).to_contain_text("Två spår: två dagar eller tre.", timeout=SOON)
    took = [
        milliseconds_from(chair, member, "Tre dagar är för dyrt."),
        milliseconds_from(secretary, member, "Två dagar räcker för grunderna."),
        milliseconds_from(member, chair, "Mentorerna är vidtalade."),
    ]
    print(f"from one screen to the other: {took} ms")  # noqa: T201  # measured, to be read
    assert min(took) <= PROMISED, took


def take_a_silent_round(chair: Page, secretary: Page, member: Page) -> None:
    """Nobody sees a position before all have answered."""
    chair.get_by_text("Led punkten").click()
    chair.get_by_role("button", name="Öppna en tyst runda").click()
    pages = (chair, secretary, member)
    for number, page in enumerate(pages):
        expect(page.get_by_role("heading", name="Rundan")).to_be_visible(timeout=SOON)
        page.get_by_label("Vill ändra" if page is member else "Stöder", exact=True).check(force=True)
        page.get_by_label("Varför?").fill(f"Därför att {number}")
        page.get_by_role("button", name="Svara", exact=True).click()
        if number < 2:
            expect(page.locator("[data-part=round]")).to_contain_text("av tre har svarat", timeout=SOON)
            for each in pages:
                assert "Därför att" not in each.locator("[data-part=round]").inner_text()
            # Not in the source of the page either.
            assert "Därför att" not in pages[2].request.get(pages[2].url).text()
    for page in pages:
        expect(page.locator("[data-part=round]")).to_contain_text("Två stöder, en vill ändra", timeout=SOON)
        expect(page.locator("[data-part=round]")).to_contain_text("Därför att 2")


def decide(chair: Page, secretary: Page, member: Page) -> None:
    """The secretary writes down what the chair decides; the member reads it."""
    secretary.get_by_label("Ingrid beslutar att").fill(DECIDED)
    secretary.get_by_label("Hur ser vi att det fick effekt?").fill("Tid att öva, puls 2")
    began = time.monotonic()
    secretary.get_by_role("button", name="Fatta beslutet").click()
    expect(secretary.locator(".logbook")).to_contain_text(DECIDED, timeout=SOON)
    expect(member.locator(".logbook")).to_contain_text(DECIDED, timeout=SOON)
    print(f"decided: the member read it {1000 * (time.monotonic() - began):.0f} ms after the press")  # noqa: T201  # measured, to be read
    expect(chair.locator(".logbook")).to_contain_text(DECIDED, timeout=SOON)


def lose_the_connection(chair: Page, secretary: Page, member: Page) -> None:
    """What is typed without contact is kept, comes once, and the page catches up."""
    # Typed in the tunnel, and the button pressed there.
    note_box(member).fill("Skrivet i tunneln")
    member.context.set_offline(True)
    member.get_by_role("button", name="Anteckna", exact=True).click()
    contact = member.locator("#kontakt")
    expect(contact).to_contain_text("Ingen kontakt. Det du skriver finns kvar här.", timeout=SOON)
    expect(contact).to_contain_text("1 väntar på att skickas.", timeout=SOON)
    note_box(member).fill("Halvskrivet")
    write(secretary, "Sagt medan Samir var borta.")
    expect(member.locator(".logbook")).not_to_contain_text("Sagt medan Samir var borta.")
    expect(secretary.locator(".logbook")).not_to_contain_text("Skrivet i tunneln")
    member.context.set_offline(False)
    for page in (chair, secretary, member):
        expect(page.locator(".logbook")).to_contain_text("Skrivet i tunneln", timeout=2 * SOON)
    expect(member.locator(".logbook")).to_contain_text("Sagt medan Samir var borta.", timeout=SOON)
    expect(contact).to_be_empty(timeout=SOON)
    expect(note_box(member)).to_have_value("Halvskrivet")

    # The server has it, and the answer never comes: the page sends it again, by the same key.
    def swallow(route: Route) -> None:
        route.fetch()
        route.abort()

    member.route("**/anteckning/**", swallow, times=1)
    note_box(member).fill("Svaret kom aldrig fram")
    member.get_by_role("button", name="Anteckna", exact=True).click()
    for page in (chair, member):
        expect(page.locator(".logbook").get_by_text("Svaret kom aldrig fram")).to_have_count(1, timeout=SOON)
    expect(contact).to_be_empty(timeout=2 * SOON)
    expect(note_box(member)).to_have_value("")


def write_at_the_same_time(chair: Page, secretary: Page, member: Page) -> None:
    """Three press at the same moment."""
    pages = {"Ordförandens ord": chair, "Sekreterarens ord": secretary, "Samirs ord": member}
    for text, page in pages.items():
        note_box(page).fill(text)
    at = int(chair.evaluate("Date.now()")) + 400
    for page in pages.values():
        page.evaluate(PRESS_AT, at)
    for page in pages.values():
        for text in pages:
            expect(page.locator(".logbook").get_by_text(text)).to_have_count(1, timeout=SOON)


def live_up_to_what_every_page_must(stage: Stage, chair: Page) -> list[str]:
    """What is wrong: axe in both languages, light and dark; rings of focus; a page wider than a telephone."""
    looked_at = chair.context.new_page()
    looked_at.emulate_media(reduced_motion="reduce")  # colours that are on their way are no colours to judge
    looked_at.add_init_script(SCRIPT)
    stage.trouble.listen(looked_at)
    problems = []
    for language in ("en", "sv"):
        stage.speaks("chair", language)
        looked_at.goto(chair.url)
        problems += [f"{language}: {line}" for line in complaints(looked_at, language)]
        for width in (320, 390):
            looked_at.set_viewport_size({"width": width, "height": 844})
            if not has_no_sideways_scroll(looked_at):
                problems.append(f"{language}: wider than {width} px")
        looked_at.set_viewport_size({"width": 1280, "height": 844})
    looked_at.close()
    return problems


def leave_the_item(chair: Page, secretary: Page, member: Page) -> None:
    """The member has a conflict of interest in the next item and gets nothing of it."""
    chair.get_by_role("button", name="Nästa punkt").click()
    for page in (chair, secretary, member):
        is_on(page, STAFFING)
    chair.get_by_text("Led punkten").click()
    chair.get_by_role("link", name="Anteckna jäv").click()
    chair.get_by_label("Vem är jävig?").select_option(label="Samir Haddad")
    chair.get_by_label("Jävsgrund").fill("make till den som frågan gäller")
    chair.get_by_role("button", name="Anteckna jäv").click()
    expect(member.locator("[data-part=item]")).to_contain_text("Du är jävig i den här punkten.", timeout=SOON)
    write(secretary, "Bemanningen svarar enheten för.")
    expect(chair.locator(".logbook")).to_contain_text("Bemanningen svarar enheten för.", timeout=SOON)
    is_level(member, with_=secretary)
    assert "Bemanningen svarar" not in member.content()
    assert "Bemanningen svarar" not in member.request.get(member.url).text()
    expect(note_box(member)).to_have_count(0)


def put_off_and_end(chair: Page, secretary: Page, member: Page) -> None:
    """The third question waits for another meeting; then they wrap up."""
    chair.get_by_role("button", name="Nästa punkt").click()
    for page in (chair, secretary, member):
        is_on(page, MOVING)
    chair.get_by_role("button", name="Bordlägg punkten").first.click()
    expect(chair.locator("#fragan")).not_to_have_text(MOVING, timeout=SOON)
    chair.get_by_role("link", name="Avsluta mötet").last.click()
    chair.get_by_role("button", name="Avsluta mötet").click()
    for page in (chair, secretary, member):
        expect(page.locator("[data-part=where]")).to_contain_text("Mötet avslutades", timeout=SOON)


def edit_and_hand_over(secretary: Page) -> None:
    """The draft is there; the secretary writes it better and hands it over."""
    secretary.get_by_role("link", name="Läs anteckningarna").click()
    expect(secretary.get_by_text("Bemanningen svarar enheten för.")).to_be_visible()
    expect(secretary.get_by_text(DECIDED).first).to_be_visible()
    expect(secretary.get_by_text("Samir Haddad").first).to_be_visible()
    secretary.get_by_role("link", name=f"Ändra texten i {STAFFING}").click()
    secretary.locator("main textarea").fill("Enheten svarar fackförbunden om bemanningen.")
    secretary.get_by_role("button", name="Spara texten").click()
    expect(secretary.get_by_text("Enheten svarar fackförbunden om bemanningen.")).to_be_visible()
    secretary.get_by_role("link", name="Lämna för godkännande").click()
    secretary.get_by_role("button", name="Lämna till Ingrid").click()
    expect(secretary.get_by_text("Anteckningarna är lämnade till Ingrid.")).to_be_visible()


def approve_from_home(stage: Stage, chair: Page) -> None:
    """The same day, on a telephone, from what waits on the first page."""
    phone = stage.open("chair", "/", width=390)
    phone.get_by_role("link", name=re.compile("godkänn", re.IGNORECASE)).first.click()
    expect(phone.get_by_text("Enheten svarar fackförbunden om bemanningen.")).to_be_visible()
    assert has_no_sideways_scroll(phone)
    phone.get_by_role("button", name="Godkänn anteckningarna").click()
    expect(phone.get_by_text("Anteckningarna är godkända och låsta.")).to_be_visible()
    chair.get_by_role("link", name="Läs anteckningarna").click()
    expect(chair.get_by_role("link", name="Kontrollera att texten är oförändrad")).to_be_visible()


def answer_and_fetch(member: Page, here: str) -> None:
    """The member answers the pulse from the first page, and keeps the minutes as a tagged PDF."""
    member.goto("/")
    member.get_by_role("link", name=re.compile("^(Hur var mötet|Svara)")).first.click()
    for group in member.get_by_role("group").all():
        group.get_by_role("radio").nth(3).check(force=True)
    member.get_by_role("button", name="Skicka svaren").click()
    expect(member.get_by_text("Du har svarat. Tack.")).to_be_visible()
    member.goto(f"{here}anteckningar/")
    with member.expect_download() as coming:
        member.get_by_role("link", name="PDF", exact=True).click()
    reader = PdfReader(coming.value.path())
    root: Any = reader.trailer["/Root"]
    assert (bool(root["/MarkInfo"]["/Marked"]), root["/Lang"], "/StructTreeRoot" in root) == (
        True,
        "sv",
        True,
    )
    read = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert "Enheten svarar fackförbunden om bemanningen." in read
    assert DECIDED in read
