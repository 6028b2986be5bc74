"""A real browser for the tests: Chromium where it is installed, and what every page must live up to."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Request as PageRequest
from pytest_django.live_server_helper import LiveServer

from styrfart.people.models import Person

# Playwright keeps an event loop in this thread; Django would refuse to talk to the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The browser without its window is the same browser, and answers sooner.
KINDS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("STYRFART_CHROMIUM") or next(filter(None, map(shutil.which, KINDS)), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HERE = Path(__file__).parent
LONGEST_SILENCE = 240  # seconds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser, and says so when there is none."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed (apt install chromium)"))


@dataclass
class Trouble:
    """What a browser complained about while a test looked at pages."""

    lines: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Write down every error, refused resource and failed answer of `page`."""
        page.on("pageerror", lambda error: self.lines.append(f"script: {error}"))
        page.on(
            "console",
            lambda message: (
                self.lines.append(f"console: {message.text}")
                if message.type in {"error", "warning"}
                else None
            ),
        )
        page.on("requestfailed", self._refused)

    def _refused(self, request: PageRequest) -> None:
        # What was still on its way when the page was left is given up, and nothing is wrong with it.
        if request.failure != "net::ERR_ABORTED":
            self.lines.append(f"request: {request.url}: {request.failure}")


@pytest.fixture(autouse=True)
def _is_answered() -> Iterator[None]:
    """A browser that never answers fails the test, instead of holding up the run for ever."""

    def ring(_signal: int, _frame: object) -> None:
        raise TimeoutError(f"the browser has not answered for {LONGEST_SILENCE} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    wait_again()
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def wait_again() -> None:
    """The browser has answered: a test of many pages waits as long for the next."""
    signal.alarm(LONGEST_SILENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def trouble() -> Iterator[Trouble]:
    """What the browser complained about; the test fails unless it has looked at `lines` and emptied it."""
    found = Trouble()
    yield found
    assert found.lines == []


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer, trouble: Trouble) -> Iterator[Open]:
    """Open an address: `open_page("/", person=chair, width=390, scheme="dark", language="en")`.

    Calls with the same choices share a browser window; `new=True` opens another one, as on another computer.
    """
    windows: list[BrowserContext] = []
    shared: dict[tuple[Any, ...], BrowserContext] = {}

    def window(person: Person | None, width: int, scheme: Any, language: str, **more: Any) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            locale="sv-SE" if language == "sv" else "en-GB",
            base_url=live_server.url,
            **more,
        )
        context.set_default_timeout(10_000)
        if person is not None:
            sign_in(context, person, live_server.url)
        windows.append(context)
        return context

    def open_page(
        address: str,
        *,
        person: Person | None = None,
        width: int = 1280,
        scheme: str = "light",
        language: str = "sv",
        new: bool = False,
        **more: Any,
    ) -> Page:
        if person is not None and person.language != language:
            person.language = language
            person.save(update_fields=["language"])
        key = (person and person.pk, width, scheme, language, *sorted(more.items()))
        if new or key not in shared:
            shared[key] = window(person, width, scheme, language, **more)
        page = shared[key].new_page()
        trouble.listen(page)
        page.goto(address)
        return page

    yield open_page
    for context in windows:
        context.close()


def sign_in(context: BrowserContext, person: Person, url: str) -> None:
    """Put `person` in the browser without the sign-in page."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "styrfart.people.backends.PersonBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": url}]
    )


def axe(page: Page) -> None:
    """Assert that axe finds nothing to object to, by WCAG 2.2 AA and best practice."""
    page.wait_for_load_state()  # a link that was followed just now has led to a page that is not all there
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    problems = [
        f"{problem['id']} ({problem['impact']}): {node['target']} {node.get('failureSummary', '')}"
        for problem in found.response["violations"]
        for node in problem["nodes"]
    ]
    assert problems == [], f"{page.url}: " + "\n".join(problems)


def has_no_sideways_scroll(page: Page) -> bool:
    """Whether the page is no wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
