# ruff: noqa: PLC0415, S311  # what needs Django is imported when Django is ready; nothing here is secret
"""Twenty open meetings with twelve people each, whose pages ask every 1.5 seconds what is new.

    .venv/bin/python -m benchmarks.meeting [--seconds 20] [--meetings 20] [--people 12]
    tools/with-postgres .venv/bin/python -m benchmarks.meeting

One worker of granian with one thread; 240 connections, each kept open and asking as `live.js` does.
In each meeting somebody enters a note now and then (`--notes` seconds apart), as its page would: after that
everybody is sent the page's parts once, and then 304 again. Printed: how many asked, how many were told that
nothing is new, p50 and p95 of those, of what is new and of notes, processor time a question (of the server's
process group, from /proc), and what everything else took of the machine, this load generator included.

The target: p95 under 20 ms for every question. Only the loopback address is used.
"""

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.pages import surroundings
from benchmarks.server import granian, group_cpu, machine_busy

EVERY = 1.5  # seconds between two questions of one page
P95_MS = 20.0
ANSWER = re.compile(rb"HTTP/1\.1 (\d{3})")
LENGTH = re.compile(rb"content-length: (\d+)", re.I)
TICK = re.compile(rb'data-tick="(\d+)"')
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
COOKIE = re.compile(rb"set-cookie: *(csrf\w*)=([^;]+)", re.I)


@dataclass
class Seen:
    """What the pages met, in milliseconds."""

    unchanged: list[float] = field(default_factory=list)
    new: list[float] = field(default_factory=list)
    notes: list[float] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return len(self.unchanged) + len(self.new)


def main() -> int:
    """Measure, print, and exit 1 when the target is missed."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--meetings", type=int, default=20)
    options.add_argument("--people", type=int, default=12)
    options.add_argument("--notes", type=float, default=20, help="seconds between notes in a meeting")
    options.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.inside:
        print(json.dumps(prepare(chosen.meetings, chosen.people)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), chosen)


def measure(folder: Path, chosen: argparse.Namespace) -> int:
    environment = surroundings(folder / "meeting")
    known = inside(environment, chosen.meetings, chosen.people)
    database = os.environ.get("STYRFART_DATABASE", "sqlite")
    print(f"{database}: {chosen.meetings} meetings, {chosen.people} people in each, every {EVERY} s")
    with granian("styrfart.config.wsgi:application", environment) as (port, pid):
        seen, used, elapsed, foreign = asyncio.run(play(port, pid, known, chosen))
    everything = [*seen.unchanged, *seen.new]
    print(
        f"asked {seen.asked} in {elapsed:.0f} s ({seen.asked / elapsed:.0f}/s), "
        f"{len(seen.unchanged) / max(seen.asked, 1):.0%} answered 304, {len(seen.bad)} bad"
    )
    for name, times in (
        ("304", seen.unchanged),
        ("new", seen.new),
        ("all", everything),
        ("note", seen.notes),
    ):
        print(row(name, times))
    print(f"CPU {used / max(seen.asked, 1) * 1000:.2f} ms a question; one core {used / elapsed:.0%} busy")
    print(f"everything else took {foreign:.0%} of the machine")
    p95 = quantile(everything, 95)
    missed = [f"p95 {p95:.1f} ms, under {P95_MS:.0f}"] if p95 >= P95_MS else []
    missed += [f"{len(seen.bad)} bad answers: {sorted(set(seen.bad))}"] if seen.bad else []
    for line in missed:
        print(f"MISSED: {line}")
    return 1 if missed else 0


def row(name: str, times: list[float]) -> str:
    return f"{name:5}{len(times):7}   p50 {quantile(times, 50):6.1f} ms   p95 {quantile(times, 95):6.1f} ms"


def quantile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1] if len(times) > 1 else 0.0


async def play(
    port: int, pid: int, known: dict[str, Any], chosen: argparse.Namespace
) -> tuple[Seen, float, float, float]:
    """Open every page, let them settle, and measure while they ask; one in each meeting also writes.

    Gives what they met, processor seconds of the server, seconds, and the share that all else took.
    """
    seen = Seen()
    pages = [
        Page(port, meeting["url"], f"{known['cookie']}={session}", meeting["item"], writes=place == 0)
        for meeting in known["meetings"]
        for place, session in enumerate(meeting["sessions"])
    ]
    for page in pages:
        await page.open()
    await asyncio.gather(*(page.live(Seen(), 2 * EVERY, 1e9) for page in pages))
    busy, own, began = machine_busy(), group_cpu(pid), time.monotonic()
    await asyncio.gather(*(page.live(seen, chosen.seconds, chosen.notes) for page in pages))
    used, elapsed = group_cpu(pid) - own, time.monotonic() - began
    foreign = (machine_busy() - busy - used) / elapsed / (os.cpu_count() or 1)
    for page in pages:
        page.writer.close()
    return seen, used, elapsed, foreign


class Page:
    """One browser with the page open: a connection that is kept, and what it knows."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def __init__(self, port: int, url: str, cookie: str, shown: int, *, writes: bool) -> None:
        self.port, self.url, self.cookie, self.shown = port, url, cookie, shown
        self.writes = writes
        self.tick = self.token = ""

    async def open(self) -> None:
        """Read the whole page, as when somebody comes to the meeting."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        _status, _took, head, body = await self.ask("GET", "")
        self.learn(head, body)

    async def live(self, seen: Seen, seconds: float, notes: float) -> None:
        """Ask what is new for so long; write now and then, when there is an item to write to."""
        now = time.monotonic()
        until, next_note = now + seconds, now + random.random() * notes
        await asyncio.sleep(random.random() * EVERY)
        while time.monotonic() < until:
            if self.writes and time.monotonic() >= next_note:
                next_note += notes
                await self.note(seen)
            status, took, head, body = await self.ask("GET", f"laget/?sedan={self.tick}&har={self.shown}")
            if status == 304:
                seen.unchanged.append(took)
            elif status == 200:
                seen.new.append(took)
                self.learn(head, body)
            else:
                seen.bad.append(status)
            await asyncio.sleep(EVERY + random.random() * 0.15)

    async def note(self, seen: Seen) -> None:
        sent = {"text": "Vi prövar i vår.", "item": self.shown, "key": uuid.uuid4()}
        text = urlencode({"csrfmiddlewaretoken": self.token, **sent})
        status, took, head, body = await self.ask("POST", f"anteckning/?har={self.shown}", text)
        if status == 200:
            seen.notes.append(took)
            self.learn(head, body)
        else:
            seen.bad.append(status)

    def learn(self, head: bytes, body: bytes) -> None:
        if found := TICK.search(body):
            self.tick = found[1].decode()
        if found := TOKEN.search(body):
            self.token = found[1].decode()
        if found := COOKIE.search(head):
            name, value = found[1].decode(), found[2].decode()
            self.cookie = f"{self.cookie.split(';')[0]}; {name}={value}"

    async def ask(self, method: str, path: str, sent: str = "") -> tuple[int, float, bytes, bytes]:
        """Status, milliseconds, head and body."""
        lines = [
            f"{method} {self.url}{path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Cookie: {self.cookie}",
            "X-Live: 1",
        ]
        if method == "POST":
            lines += [
                f"Origin: http://127.0.0.1:{self.port}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(sent)}",
            ]
        began = time.perf_counter()
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n" + sent).encode())
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 20)
        length = LENGTH.search(head)
        body = await asyncio.wait_for(self.reader.readexactly(int(length[1])), 20) if length else b""
        took = (time.perf_counter() - began) * 1000
        status = ANSWER.match(head)
        return int(status[1]) if status else 0, took, head, body


def inside(environment: dict[str, str], meetings: int, people: int) -> dict[str, Any]:
    """Make the data in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.meeting", "--inside"]
    command += [f"--meetings={meetings}", f"--people={people}"]
    answer = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise SystemExit(answer.stderr)
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def prepare(meetings: int, people: int) -> dict[str, Any]:
    """Teams that meet, each with six items, and a session for everybody who is there."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from styrfart.meetings import actions
    from styrfart.people.models import TeamRole
    from tests import make

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    found = []
    for number in range(meetings):
        team = make.team(f"Ledningsgrupp {number}")
        chair = make.member(team, role=TeamRole.CHAIR).person
        members = [chair, *(make.member(team).person for _ in range(people - 1))]
        meeting = make.meeting(team, held_on=timezone.localdate(), leader=chair)
        items = [make.item(meeting, f"Punkt {place}") for place in range(6)]
        actions.open_meeting(meeting=meeting, actor=chair)
        meeting.attendees.update(presence="present", arrived_at=timezone.now())
        sessions = []
        for person in members:
            client = Client()
            client.force_login(person, backend="styrfart.people.backends.PersonBackend")
            sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
        url = f"/lg/{team.slug}/moten/{meeting.slug}/nu/"
        found.append({"url": url, "item": items[0].pk, "sessions": sessions})
    return {"cookie": settings.SESSION_COOKIE_NAME, "meetings": found}


if __name__ == "__main__":
    sys.exit(main())
