"""The pictures of the README, taken of the real thing: `make run`, then

    python tools/screenshots.py [http://127.0.0.1:8000] [docs/pictures]

Steps into the demonstration as each person below and photographs what they see.
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]


@dataclass(frozen=True)
class Picture:
    """A picture: its file, who looks, the addresses on the way, what is pressed, through which window."""

    name: str
    person: str
    way: tuple[str, ...]
    pressed: tuple[str, ...] = ()
    width: int = 1280
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    language: Literal["sv", "en"] = "sv"


PICTURES = (
    Picture("hem", "Ingrid", ("/",)),
    Picture("hem-morkt", "Ingrid", ("/",), scheme="dark"),
    Picture("hem-telefon", "Ingrid", ("/",), width=390),
    Picture("arende", "Ingrid", ("/lg/uk/arenden/",)),
    Picture("mandat", "Ingrid", ("/lg/uk/mandat/",)),
    Picture("beslut", "Ingrid", ("/lg/uk/beslut/",)),
    Picture("home-english", "Ingrid", ("/",), language="en"),
    Picture("mote", "Ingrid", ("/",), (*("Öppna mötet",) * 3, *("Nästa punkt",) * 4), height=1100),
    Picture("klimat", "Ingrid", ("/klimat/uk/2/",), height=1180),
    Picture("puls-telefon", "Linnea", ("/klimat/",), ("Svara", "Börja svara"), width=390, height=844),
    Picture("byggstenar", "", ("/komponenter/",)),
)


def step_in(page: Page, person: str) -> None:
    """Become `person`, by the button that everybody uses."""
    page.goto("/demo/")
    page.get_by_role("button", name=person).first.click()
    page.wait_for_load_state()


def speak(page: Page, language: str) -> None:
    """Turn the page into `language` by the button in its header."""
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"header button[lang='{language}']").click()
        page.wait_for_load_state()


def take(browser: Browser, base: str, folder: Path, picture: Picture) -> None:
    """Take one picture; raises when a page on the way is not there."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=2 if picture.width < 500 else 1,
        color_scheme=picture.scheme,
        locale="sv-SE",
    )
    page = context.new_page()
    if picture.person:
        step_in(page, picture.person)
    for address in picture.way:
        answer = page.goto(address)
        if answer is None or not answer.ok:
            raise SystemExit(f"{picture.name}: {address} answers {answer.status if answer else 'nothing'}")
    for words in picture.pressed:
        page.locator("a, button").filter(has_text=words).locator("visible=true").first.click()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1000)  # what the script exchanges comes after
    speak(page, picture.language)
    page.screenshot(path=folder / f"{picture.name}.png")
    if picture.person:
        speak(page, "sv")  # the language is remembered with the person
    context.close()


def main(arguments: list[str]) -> None:
    """Take every picture."""
    base = arguments[0] if arguments else "http://127.0.0.1:8000"
    folder = Path(arguments[1] if len(arguments) > 1 else "docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for picture in PICTURES:
            take(browser, base, folder, picture)
            sys.stdout.write(f"{folder / picture.name}.png\n")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
