"""What a first visit weighs, and whether anything moves while it loads.

    .venv/bin/python -m benchmarks.weight [--data FOLDER]

A browser without a cache opens each page of golden path 1, signed in as the head of the office: kilobytes
that were transferred (as the browser counts them, compressed and with headers), number of requests, and
cumulative layout shift. The targets: under 100 kB, nothing shifts.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.pages import NAMES, inside, surroundings
from benchmarks.server import granian

KILOBYTES, SHIFT = 100.0, 0.0
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
PAGES = {"signing in": "/konto/inloggning/", "the door": "/demo/", **NAMES}
# What the browser knows about layout shifts, from the beginning of the page.
WATCH = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True)
class Weighed:
    kilobytes: float
    requests: int
    shift: float


def main() -> int:
    """Weigh, print, and exit 1 when a target is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, help="keep the data here, and use it again")
    with tempfile.TemporaryDirectory() as folder:
        return measure(options.parse_args().data or Path(folder))


def measure(folder: Path) -> int:
    environment = surroundings(folder / "office")
    known = inside("prepare", "office", environment)
    missed: list[str] = []
    with (
        granian("styrfart.config.wsgi:application", environment) as (port, _pid),
        sync_playwright() as player,
    ):
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        print(f"{'':14}{'kB':>7}{'requests':>10}{'shift':>8}")
        for name, path in PAGES.items():
            is_open = path in {"/konto/inloggning/", "/demo/"}
            address = f"http://127.0.0.1:{port}{path.format(**known)}"
            found = weigh(browser, address, "" if is_open else str(known["cookie"]))
            print(f"{name:14}{found.kilobytes:7.1f}{found.requests:10}{found.shift:8.3f}")
            missed += faults(name, found)
        browser.close()
    for line in missed:
        print(f"MISSED: {line}")
    return 1 if missed else 0


def faults(name: str, found: Weighed) -> Iterable[str]:
    """Which targets the page missed."""
    if found.kilobytes >= KILOBYTES:
        yield f"{name}: {found.kilobytes:.0f} kB, under {KILOBYTES:.0f}"
    if found.shift > SHIFT:
        yield f"{name}: shifts by {found.shift:.3f}"


def weigh(browser: Browser, address: str, cookie: str) -> Weighed:
    """A first visit: an empty cache of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv")
    if cookie:
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{address}: {answer and answer.status}")
    page.wait_for_timeout(300)
    shift = float(page.evaluate("window.shifted"))
    context.close()
    return Weighed(sum(sizes) / 1000, len(sizes), shift)


if __name__ == "__main__":
    sys.exit(main())
