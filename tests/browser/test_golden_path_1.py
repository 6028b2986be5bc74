"""Golden path 1: the chair opens an incoming matter, decides it, hands it out and will be reminded.

Walked by keyboard alone, counted in key presses and timed; with a script and without one; in two browsers at
once; and every page of it readable for everybody, in both languages, light and dark.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from styrfart.decisions.models import Decision
from styrfart.matters import actions
from styrfart.matters.models import Asked, Matter, MatterState
from styrfart.people.models import Person
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.browser.conftest import Trouble, axe, has_no_sideways_scroll
from tests.matters.conftest import Office, office  # noqa: F401  # the fixture is found by its name here

Open = Callable[..., Page]

# Keystroke-level model (Card, Moran & Newell 1980): a key, a thought; reading 200 words a minute.
KEY, THOUGHT, WORD = 0.28, 1.35, 60 / 200
EFFECT = "Andel besök som får svar"


@pytest.fixture
def desk(transactional_db: None, office: Office) -> Office:  # noqa: F811  # the fixture imported above
    """Two matters wait; an earlier one was like the first."""
    earlier = make.matter(office.team, "Ska receptionen ha jour över påsken?", state=MatterState.ANSWERED)
    make.routing(earlier)
    first = make.matter(office.team, "Ska receptionen ha jour mellan jul och nyår?", by=office.sender)
    first.units.add(office.services)
    make.matter(
        office.team, "Hur ska vi prioritera mellan avdelningarna?", by=office.sender, asked=Asked.ADVICE
    )
    return office


@dataclass
class Keyboard:
    """Presses keys, counts them, and never touches a mouse."""

    page: Page
    pressed: int = 0
    typed: int = 0
    thoughts: int = 0
    read: int = 0

    def press(self, key: str) -> None:
        if key != "Tab":
            # A machine is quicker than a reader: leaving while the icon loads is a failed request.
            self.page.wait_for_load_state("networkidle")
        self.page.keyboard.press(key)
        self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.typed += len(text)

    def think(self) -> None:
        self.thoughts += 1

    def read_page(self, words: int) -> None:
        self.read += words

    def skip_to_content(self) -> None:
        """By the link that comes first on every page."""
        self.press("Tab")
        expect(self.page.locator(":focus")).to_have_text("Hoppa till innehållet")
        self.press("Enter")

    def tab_to(self, name: str, *, most: int = 30) -> None:
        """Tab until the thing in focus is called `name`, seen on the screen and not hidden by anything."""
        for _attempt in range(most):
            self.press("Tab")
            if name in self.page.evaluate(NAME_OF_FOCUS):
                assert self.page.evaluate(FOCUS_IS_SEEN), f"{name} is in focus but out of sight"
                return
        raise AssertionError(f"{name} was not reached by {most} tabs")

    @property
    def seconds(self) -> float:
        """How long it takes somebody who knows the way, by the keystroke-level model."""
        return (self.pressed + self.typed) * KEY + self.thoughts * THOUGHT + self.read * WORD


NAME_OF_FOCUS = """() => {
  const it = document.activeElement;
  const label = it.labels && it.labels.length ? [...it.labels].map((one) => one.innerText).join(" ") : "";
  return [label, it.innerText || "", it.getAttribute("aria-label") || ""].join(" ");
}"""
FOCUS_IS_SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 20)];
  const [it, hit] = [document.activeElement, document.elementFromPoint(x, y)];
  const mine = [it, ...(it.labels || [])];
  return box.height > 0 && hit !== null && mine.some((one) => one.contains(hit) || hit.contains(one));
}"""


def decided() -> tuple[Matter, Decision]:
    decision = Decision.objects.get()
    return Matter.objects.get(decision=decision), decision


def test_the_chair_decides_by_keyboard_in_under_two_minutes(open_page: Open, desk: Office) -> None:
    page = open_page("/", person=desk.chair)
    keys = Keyboard(page)
    began = time.monotonic()

    # 1. Home: what waits comes first.
    keys.read_page(20)
    keys.think()
    keys.skip_to_content()
    keys.tab_to("Sortera ärenden", most=3)
    keys.press("Enter")

    # 2. One matter, with the rule quoted. 3. Key 3: decide now.
    expect(page.get_by_role("heading", level=3)).to_have_text("Ska receptionen ha jour mellan jul och nyår?")
    expect(page.get_by_text("Mandatet föreslår: lämna till Mikael Strandvik.")).to_be_visible()
    keys.read_page(80)
    keys.think()
    keys.press("3")

    # 4. The decision is there already; 5. so are owner and day. What is left is how its effect will be seen.
    expect(page.get_by_label("Beslut", exact=True)).to_have_value(
        "Receptionen ska ha jour mellan jul och nyår."
    )
    keys.read_page(40)
    keys.skip_to_content()
    keys.tab_to("Hur ser vi att det fick effekt?", most=8)
    keys.think()
    keys.type(EFFECT)
    # 6. Enter makes the decision.
    keys.press("Enter")

    # 7. The receipt says what happens, and the next matter is on the screen.
    receipt = page.locator(".receipt")
    expect(receipt).to_contain_text("Moa får veta nu. Vi påminner")
    expect(page.get_by_role("heading", level=3)).to_have_text("Hur ska vi prioritera mellan avdelningarna?")
    keys.read_page(20)

    matter, decision = decided()
    assert (matter.state, decision.decided_by, decision.owner) == (
        MatterState.DECIDED,
        desk.chair,
        desk.sender,
    )
    assert decision.effect_question == EFFECT
    assert decision.text == "Receptionen ska ha jour mellan jul och nyår."
    assert OutgoingMail.objects.filter(recipient=desk.sender).count() == 1
    # 15 presses and the 24 letters of the effect; for somebody who knows the way, most is reading.
    assert (keys.pressed, keys.typed, round(keys.seconds)) == (15, 24, 63)
    assert time.monotonic() - began < 30

    # Undone by keyboard within ten minutes, the matter waits again.
    keys.tab_to("Ångra", most=3)
    keys.press("Enter")
    expect(page.locator(".receipt")).to_contain_text("Ångrat.")
    expect(page.get_by_role("heading", level=3)).to_have_text("Ska receptionen ha jour mellan jul och nyår?")
    assert Matter.objects.get(pk=matter.pk).state == MatterState.INBOX
    assert Decision.objects.get().withdrawn_at is not None


def test_the_same_way_without_a_script(open_page: Open, desk: Office) -> None:
    page = open_page("/", person=desk.chair, java_script_enabled=False)
    keys = Keyboard(page)
    keys.skip_to_content()
    keys.tab_to("Sortera ärenden")
    keys.press("Enter")
    page.wait_for_url("**/arenden/")
    keys.skip_to_content()
    keys.tab_to("Besluta nu")
    keys.press("Enter")
    page.wait_for_url("**/besluta/")
    keys.skip_to_content()
    keys.tab_to("Hur ser vi att det fick effekt?")
    keys.type(EFFECT)
    keys.press("Enter")
    expect(page.locator(".receipt")).to_contain_text("Moa får veta nu. Vi påminner")
    expect(page.get_by_role("heading", level=3)).to_have_text("Hur ska vi prioritera mellan avdelningarna?")
    matter, decision = decided()
    assert (matter.state, decision.effect_question) == (MatterState.DECIDED, EFFECT)
    keys.tab_to("Ångra", most=3)
    keys.press("Enter")
    expect(page.locator(".receipt")).to_contain_text("Ångrat.")


def test_following_the_mandate_is_one_key(open_page: Open, desk: Office) -> None:
    page = open_page(reverse("matters:queue", args=[desk.team.slug]), person=desk.chair)
    keys = Keyboard(page)
    keys.press("j")
    expect(page.get_by_text("Ärende 2 av 2")).to_be_visible()
    keys.press("k")
    expect(page.get_by_text("Ärende 1 av 2")).to_be_visible()
    keys.press("?")
    expect(page.get_by_text("väljer väg,")).to_be_visible()
    keys.press("1")
    expect(page.locator(".receipt")).to_contain_text("Lämnat till Mikael Strandvik, som får veta nu.")
    assert Matter.objects.filter(state=MatterState.HANDED_OVER).count() == 1
    assert keys.pressed == 4


def test_shortcuts_can_be_turned_off_where_they_are(open_page: Open, desk: Office) -> None:
    page = open_page(reverse("matters:queue", args=[desk.team.slug]), person=desk.chair)
    page.keyboard.press("?")
    page.get_by_role("button", name="Stäng av kortkommandon").press("Enter")
    expect(page.get_by_text("Kortkommandon är avstängda", exact=True)).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("3")
    page.keyboard.press("1")
    expect(page.get_by_text("Ärende 1 av 2")).to_be_visible()
    assert not Person.objects.get(pk=desk.chair.pk).has_shortcuts
    assert Matter.objects.filter(state=MatterState.INBOX).count() == 2


def test_keys_do_nothing_while_one_writes(open_page: Open, desk: Office) -> None:
    page = open_page(reverse("matters:queue", args=[desk.team.slug]), person=desk.chair)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("4")
    field = page.get_by_label("Vad behöver ni veta?")
    field.press("Control+A")
    field.press_sequentially("1 2 3 j k")
    expect(field).to_have_value("1 2 3 j k")


def test_two_browsers_on_the_same_matter(open_page: Open, desk: Office, trouble: Trouble) -> None:
    queue = reverse("matters:queue", args=[desk.team.slug])
    chair = open_page(queue, person=desk.chair)
    secretary = open_page(queue, person=desk.secretary)
    for page in (chair, secretary):
        page.wait_for_load_state("networkidle")
    chair.keyboard.press("5")
    chair.get_by_label("Varför hör ärendet inte hemma här?").fill("Enheten beslutar om sin egen jour.")
    secretary.keyboard.press("4")
    secretary.get_by_label("Vad behöver ni veta?").fill("Vad kostar det?")
    secretary.get_by_role("button", name="Be om mer").press("Enter")
    expect(secretary.locator(".receipt")).to_contain_text("Komplettering begärd. Moa Medin får veta nu.")
    chair.get_by_role("button", name="Tacka nej").press("Enter")
    expect(chair.get_by_role("heading", level=1)).to_have_text("Ärendet har redan fått en väg")
    expect(chair.get_by_text("Tove Lind ber om mer: Vad kostar det?")).to_be_visible()
    expect(chair.get_by_text("Enheten beslutar om sin egen jour.")).to_be_visible()
    assert Matter.objects.filter(state=MatterState.MORE_ASKED).count() == 1
    axe(chair)
    assert all("409" in line for line in trouble.lines)
    trouble.lines.clear()


def test_what_is_typed_survives_a_lost_connection(open_page: Open, desk: Office) -> None:
    address = reverse("matters:write", args=[desk.team.slug])
    page = open_page(address, person=desk.sender)
    page.get_by_label("Vilken fråga ska besvaras?").fill("Ska vi öppna tidigare?")
    page.wait_for_timeout(400)
    page.close()
    page = open_page(address, person=desk.sender)
    expect(page.get_by_label("Vilken fråga ska besvaras?")).to_have_value("Ska vi öppna tidigare?")
    page.get_by_role("button", name="Spara utkast").press("Enter")
    expect(page.locator(".receipt")).to_contain_text("Utkastet är sparat. Bara du ser det.")
    assert Matter.objects.get(state=MatterState.DRAFT).question == "Ska vi öppna tidigare?"
    # What the server has is forgotten by the browser.
    page = open_page(address, person=desk.sender)
    expect(page.get_by_label("Vilken fråga ska besvaras?")).to_have_value("")


def test_names_are_suggested_while_one_writes(open_page: Open, desk: Office) -> None:
    page = open_page(reverse("matters:write", args=[desk.team.slug]), person=desk.sender)
    owner = page.get_by_label("Vem äger ärendet?")
    owner.fill("")
    owner.press_sequentially("Mika")
    suggestion = page.locator("#id_owner_forslag option")
    expect(suggestion).to_have_attribute("value", f"Mikael Strandvik, {desk.head.email}")


def pages(desk: Office) -> Iterator[tuple[Person, str]]:
    """Every page of the room, with whoever comes there."""
    slug, first = desk.team.slug, Matter.objects.filter(state=MatterState.INBOX).earliest("pk")
    draft = make.matter(desk.team, by=desk.sender, state=MatterState.DRAFT)
    handed = make.matter(desk.team, "Vem svarar i telefon?", by=desk.sender)
    actions.hand_over(
        matter=handed, revision=1, to=desk.head, answer_by=timezone.localdate(), actor=desk.chair
    )
    for name in ("team", "queue", "all", "mirror", "write"):
        yield desk.chair, reverse(f"matters:{name}", args=[slug])
    for name in (
        "show",
        "take-up",
        "hand-over",
        "hand-to-team",
        "prepare",
        "ask-for-more",
        "decline",
        "send-out",
        "decide-now",
    ):
        yield desk.chair, reverse(f"matters:{name}", args=[slug, first.pk])
    yield desk.head, reverse("matters:show", args=[slug, handed.pk])
    yield desk.member, reverse("matters:queue", args=[slug])
    for name in ("edit", "preview"):
        yield desk.sender, reverse(f"matters:{name}", args=[slug, draft.pk])
    yield desk.sender, reverse("matters:handed-in", args=[slug, first.pk])
    yield desk.sender, reverse("matters:mine")
    yield desk.sender, reverse("matters:choose-team")
    yield desk.sender, reverse("matters:teams")


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("sv", "dark")])
def test_every_page_is_for_everybody(open_page: Open, desk: Office, language: str, scheme: str) -> None:
    width = 1280 if scheme == "light" else 320
    for person, address in list(pages(desk)):
        page = open_page(address, person=person, language=language, scheme=scheme, width=width)
        axe(page)
        assert has_no_sideways_scroll(page), address
        assert page.locator("h1").count() == 1
        page.close()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_form_with_errors_is_for_everybody(
    open_page: Open, desk: Office, trouble: Trouble, language: str
) -> None:
    page = open_page(reverse("matters:write", args=[desk.team.slug]), person=desk.sender, language=language)
    page.locator("#id_owner").fill("")
    page.locator("button.btn--main").press("Enter")
    expect(page.locator(".oops")).to_be_focused()
    axe(page)
    assert page.title().startswith("Fel: " if language == "sv" else "Error: ")
    page.locator(".oops a").first.press("Enter")
    expect(page.locator("#id_question")).to_be_focused()
    assert all("422" in line for line in trouble.lines)
    trouble.lines.clear()
