"""The page with every component: readable for all, at every width, without a complaint from the browser."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from styrfart.people.models import Person
from tests.browser.conftest import Trouble, axe, has_no_sideways_scroll

Open = Callable[..., Page]

PUBLIC = [
    "shared:help",
    "shared:protection",
    "shared:accessibility",
    "shared:about",
    "shared:feedback",
    "account_login",
]

# WCAG 1.4.12: what a reader may set.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""


@pytest.fixture(autouse=True)
def _demonstration(settings: Settings) -> None:
    """The components are shown while developing and in a demonstration only."""
    settings.DEMO = True


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
)
def test_axe_finds_nothing_on_the_components(open_page: Open, width: int, scheme: str, language: str) -> None:
    axe(open_page("/komponenter/", width=width, scheme=scheme, language=language))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PUBLIC)
def test_axe_finds_nothing_on_the_public_pages(open_page: Open, name: str, scheme: str) -> None:
    axe(open_page(reverse(name), scheme=scheme))


@pytest.mark.parametrize("width", [320, 390, 700, 1000, 1280, 1800])
def test_no_width_scrolls_sideways(open_page: Open, width: int) -> None:
    assert has_no_sideways_scroll(open_page("/komponenter/", width=width))


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_text_spacing_and_twice_the_text_size_still_fit(open_page: Open, width: int) -> None:
    page = open_page("/komponenter/", width=width, bypass_csp=True)
    page.add_style_tag(content=SPACING)
    assert has_no_sideways_scroll(page)
    if width > 320:  # at 320 px twice the size is the same as 160 px, which nobody asks for
        page.add_style_tag(content="html { font-size: 200% }")
        assert has_no_sideways_scroll(page)


def test_the_error_of_a_field_is_reached_from_the_summary_by_keyboard(open_page: Open) -> None:
    page = open_page("/komponenter/")
    page.get_by_role("link", name="Skriv datumet som 15 december 2026 eller 2026-12-15").press("Enter")
    expect(page.get_by_label("Klart senast")).to_be_focused()
    expect(page.get_by_label("Klart senast")).to_have_accessible_description(
        "Till exempel 15 december 2026 Fel: Skriv datumet som 15 december 2026 eller 2026-12-15"
    )


def test_focus_is_always_seen(open_page: Open) -> None:
    """Every stop on the way through the page has the two-toned ring, and nothing sticks on top of it."""
    page = open_page("/komponenter/")
    stops = 0
    for _step in range(120):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
                const at = document.activeElement;
                if (!at || at === document.body) return null;
                const shown = at.closest(".choice") || at;
                const box = at.getBoundingClientRect();
                const style = getComputedStyle(shown);
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return {what: at.outerHTML.slice(0, 80), ring: style.outlineWidth, style: style.outlineStyle,
                        covered: !(top && (at.contains(top) || top.contains(at)))};
            }"""
        )
        if state is None:
            break
        stops += 1
        assert (state["ring"], state["style"], state["covered"]) == ("3px", "solid", False), state
    assert stops > 30


def test_the_menu_folds_and_unfolds_on_a_phone(open_page: Open, chair: Person) -> None:
    page = open_page("/hjalp/", person=chair, width=390)
    menu = page.get_by_role("button", name="Meny")
    expect(page.get_by_role("link", name="Ledningsgruppen")).to_be_hidden()
    menu.click()
    expect(page.get_by_role("link", name="Ledningsgruppen")).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Ledningsgruppen")).to_be_hidden()
    expect(menu).to_be_focused()


def test_without_a_script_every_link_of_the_menu_is_there(open_page: Open, chair: Person) -> None:
    page = open_page("/hjalp/", person=chair, width=390, java_script_enabled=False)
    expect(page.get_by_role("link", name="Ledningsgruppen")).to_be_visible()
    expect(page.get_by_role("link", name="Sök")).to_be_visible()
    expect(page.get_by_role("button", name="Meny")).to_be_hidden()


def test_a_chosen_theme_wins_over_the_computers(open_page: Open, chair: Person) -> None:
    chair.theme = Person.Theme.DARK
    chair.save(update_fields=["theme"])
    page = open_page("/hjalp/", person=chair, scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(10, 22, 28)"


def test_an_inline_script_would_be_stopped_and_noticed(open_page: Open, trouble: Trouble) -> None:
    """The guard behind every other test here: a breach of the policy ends up among the troubles."""
    page = open_page("/hjalp/")
    page.evaluate("""document.body.insertAdjacentHTML("beforeend", '<p style="color:red">x</p>')""")
    page.wait_for_timeout(100)
    assert len(trouble.lines) == 1
    assert "Content Security Policy" in trouble.lines[0]
    trouble.lines.clear()


def test_a_first_visit_is_light(live_server: LiveServer, open_page: Open) -> None:
    """Everything that a page asks for, compressed as it is served, is under 100 kB."""
    import brotli  # type: ignore[import-untyped]  # ships no types

    page = open_page("/komponenter/", new=True)
    total = 0
    for address in page.evaluate("performance.getEntriesByType('resource').map(one => one.name)"):
        total += len(brotli.compress(page.request.get(address).body(), quality=11))
    total += len(brotli.compress(page.content().encode(), quality=5))
    assert total < 60_000


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_the_page_loads(open_page: Open, chair: Person, width: int) -> None:
    page = open_page("/hjalp/", person=chair, width=width)
    moved = page.evaluate(
        """() => new Promise(done => {
            const found = [];
            new PerformanceObserver(list => found.push(...list.getEntries().map(one => one.value)))
                .observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(found.reduce((sum, one) => sum + one, 0)), 300);
        })"""
    )
    assert moved == 0
