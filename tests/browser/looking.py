"""What a page must live up to, asked of a page that is open; what is wrong comes back as lines of text."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po
from playwright.sync_api import Page

from tests.browser.conftest import RULES

SCRIPT = Axe().axe_script
# What another colour scheme can break; the rest is the same page.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
ROOT = Path(__file__).resolve().parents[2]

# One h1, the language, the title, and everything that is read or read aloud.
ABOUT = """() => {
  const hidden = (it) => it.closest("script, style, [lang]:not(html)") !== null;
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!hidden(node.parentElement)) words.push(node.textContent.replace(/\\s+/g, " ").trim());
  }
  for (const it of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (it.hasAttribute(name) && !hidden(it)) words.push(it.getAttribute(name));
  return {
    headings: document.querySelectorAll("h1").length,
    lang: document.documentElement.lang,
    title: document.title,
    words: [...new Set(words.filter((word) => /\\p{L}{2}/u.test(word)))],
  };
}"""
TOO_WIDE = """() => {
  const most = window.innerWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const boxed = (it) => { for (let up = it.parentElement; up; up = up.parentElement)
    if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true;
    return false; };
  return [...document.body.querySelectorAll("*")]
    .filter((it) => it.getBoundingClientRect().right > most + 1 && !boxed(it))
    .slice(0, 3).map((it) => it.outerHTML.slice(0, 120));
}"""
# Every stop has the ring of three pixels, drawn on itself or on the choice around it.
WITHOUT_RING = """() => {
  const stops = document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
  const wrong = [];
  for (const it of stops) {
    if (it.disabled || !it.checkVisibility({checkVisibilityCSS: true})) continue;
    it.focus({focusVisible: true, preventScroll: true});
    if (document.activeElement !== it) continue;
    const style = getComputedStyle(it.closest(".choice") || it);
    const own = getComputedStyle(it);
    if (![style, own].some((one) => one.outlineStyle === "solid" && one.outlineWidth === "3px"))
      wrong.push(it.outerHTML.slice(0, 120));
  }
  return wrong;
}"""


def complaints(page: Page, language: str) -> list[str]:
    """Everything that is wrong with the page, in both colour schemes and on a telephone."""
    about: dict[str, Any] = page.evaluate(ABOUT)
    found = []
    if about["headings"] != 1:
        found.append(f"{about['headings']} h1")
    if about["lang"] != language:
        found.append(f"lang is {about['lang']}")
    if not about["title"].removesuffix("Styrfart").strip(" –"):
        found.append(f"title: {about['title']}")
    if language == "en":
        found += [f"not translated: {word}" for word in about["words"] if is_swedish(word)]
    # Whatever the language, the colours are the same: they are judged in the first.
    found += axe_in_both_schemes(page) if language == "sv" else axe_in_light(page)
    found += [f"no ring of focus: {html}" for html in page.evaluate(WITHOUT_RING)]
    page.set_viewport_size({"width": 320, "height": 800})
    found += [f"wider than 320 px: {html}" for html in page.evaluate(TOO_WIDE)]
    page.set_viewport_size({"width": 1280, "height": 844})
    return found


def axe_in_light(page: Page) -> list[str]:
    """What axe finds by WCAG 2.2 AA and best practice. The page has been given `SCRIPT` to begin with."""
    # Colours that are on their way from one scheme to the other are no colours to judge.
    page.emulate_media(reduced_motion="reduce")
    return _axe(page, {"type": "tag", "values": RULES})


def axe_in_both_schemes(page: Page) -> list[str]:
    """The same, and what axe finds of colours in dark."""
    light = axe_in_light(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark = _axe(page, {"type": "rule", "values": OF_COLOUR})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return light + [f"dark: {line}" for line in dark]


def _axe(page: Page, rules: dict[str, Any]) -> list[str]:
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    answer = page.evaluate("(options) => axe.run(options)", options)
    return [
        f"{problem['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for problem in answer["violations"]
        for node in problem["nodes"]
    ]


@cache
def is_swedish(text: str) -> bool:
    """Whether the text is one of ours, which has an English translation that reads otherwise."""
    exact, patterns = _ours()
    return text in exact or any(pattern.fullmatch(text) for pattern in patterns)


@cache
def _ours() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Our Swedish texts: whole ones, and patterns of those that something is put into."""
    whole, patterns, english = set(), [], set()
    for said, told in _translated():
        english.add(" ".join(told.split()))
        literals = re.split(r"%\(\w+\)[sd]|%[sd]", said)
        if said == told:
            continue
        if len(literals) == 1:
            whole.add(" ".join(said.split()))
        elif len("".join(literals)) >= 12:
            patterns.append(re.compile(".+?".join(map(re.escape, literals))))
    # The measure is translated, the product's name is not; a language is called what it calls itself.
    return frozenset(whole - english - {"Styrfart", "Svenska"}), tuple(patterns)


def _translated() -> Iterator[tuple[str, str]]:
    for path in ROOT.glob("src/styrfart/*/locale/en/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                yield from zip(filter(None, ids), texts, strict=False)
