# ruff: noqa: PLC0415, S311  # what needs Django is imported when Django is ready; nothing here is secret
"""A survey of the whole city, answered through the real server as fast as the machine takes it.

    STYRFART_TEST_DURABLE=1 tools/with-postgres .venv/bin/python -m benchmarks.answers
    .venv/bin/python -m benchmarks.answers --people 2000        on SQLite

48 000 people in 6 000 units are invited by the product's own actions. Then every one of them answers over
HTTP: the first page, the page where all answers are checked, and "Send" (three requests; one in a hundred
walks every page). Two processes of the server, twelve connections, the load generator and the database share
the machine. Afterwards the round is closed, counted, and compared with what was sent, answer by answer.

Printed: answers a second, p50 and p95 of "Send", processor time an answer of the server, and what was lost,
which must be nothing. A thousandth sends twice at the same moment.
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
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.pages import surroundings
from benchmarks.server import granian, group_cpu, machine_busy

SEED = 5
QUESTIONS = 9
IN_A_UNIT = 8
ANSWER = re.compile(rb"HTTP/1\.1 (\d{3})")
LENGTH = re.compile(rb"content-length: (\d+)", re.I)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
COOKIE = re.compile(rb"set-cookie: *([\w-]+)=([^;\r]*)", re.I)
PLACE = re.compile(rb"location: *([^\r]+)", re.I)
SENT = b"/klart/"


@dataclass
class Seen:
    """What respondents met."""

    confirmed: int = 0
    doubled: int = 0
    whole: int = 0
    requests: int = 0
    sending: list[float] = field(default_factory=list)  # ms
    bad: Counter[str] = field(default_factory=Counter)


def main() -> int:
    """Measure, print, and exit 1 when an answer was lost or came twice."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--people", type=int, default=48_000)
    options.add_argument("--connections", type=int, default=12)
    options.add_argument("--inside", choices=["prepare", "count"], help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.inside:
        print(json.dumps(prepare(chosen.people) if chosen.inside == "prepare" else count()))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), chosen)


def measure(folder: Path, chosen: argparse.Namespace) -> int:
    environment = surroundings(folder / "answers")
    known = inside(environment, "prepare", chosen.people)
    print(f"invited {len(known['links'])} people in {known['seconds']:.1f} s", flush=True)
    with granian("styrfart.config.wsgi:application", environment, workers=2) as (port, pid):
        seen, used, elapsed, foreign = asyncio.run(play(port, pid, known, chosen.connections))
    counted = inside(environment, "count", 0)
    expected = Counter(answer_of(number) for number in range(len(known["links"])))
    is_same = counted["answers"] == dict(sorted(expected.items()))
    database = os.environ.get("STYRFART_DATABASE", "sqlite")
    print(
        f"{database}: {seen.confirmed} answers confirmed in {elapsed:.0f} s: "
        f"{seen.confirmed / elapsed:.0f} answers/s, {seen.requests / elapsed:.0f} requests/s "
        f"({seen.whole} walked every page, {seen.doubled} sent twice at once)"
    )
    print(f"send: p50 {quantile(seen.sending, 50):.1f} ms, p95 {quantile(seen.sending, 95):.1f} ms")
    print(
        f"server {used / max(seen.requests, 1) * 1000:.2f} ms CPU a request; "
        f"all else took {foreign:.0%} of the machine"
    )
    print(f"closed and counted in {counted['seconds']:.1f} s: {sum(counted['answers'].values())} answers")
    lost = seen.confirmed - sum(counted["answers"].values())
    for line in (
        [f"bad answers: {dict(seen.bad)}"] * bool(seen.bad)
        + [f"{lost} confirmed answers are not there"] * bool(lost)
        + ["what was counted is not what was sent"] * (not is_same)
    ):
        print(f"MISSED: {line}")
    return 0 if is_same and not lost and not seen.bad else 1


def answer_of(number: int) -> str:
    """What this respondent answers."""
    return "".join(random.Random(f"{SEED}/{number}").choices("012345", k=QUESTIONS))


def quantile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1] if len(times) > 1 else 0.0


async def play(
    port: int, pid: int, known: dict[str, Any], connections: int
) -> tuple[Seen, float, float, float]:
    """Everybody answers once. What they met, the server's processor seconds, seconds, all else's share."""
    seen = Seen()
    everybody = iter(enumerate(known["links"]))
    busy, own, began = machine_busy(), group_cpu(pid), time.monotonic()
    await asyncio.gather(*(respond(port, everybody, seen) for _ in range(connections)))
    used, elapsed = group_cpu(pid) - own, time.monotonic() - began
    foreign = (machine_busy() - busy - used) / elapsed / (os.cpu_count() or 1)
    return seen, used, elapsed, foreign


async def respond(port: int, everybody: Iterator[tuple[int, str]], seen: Seen) -> None:
    """One connection after another respondent, until all have answered."""
    device = await Device.connected(port, seen)
    for number, link in everybody:
        device.cookies = {}
        await device.ask("GET", f"/puls/{link}/")
        if number % 100 == 0:
            await device.walk(link, answer_of(number))
            seen.whole += 1
        else:
            device.cookies["answers"] = answer_of(number)
        page = await device.ask("GET", f"/puls/{link}/kontroll/")
        found = TOKEN.search(page)
        sent = f"csrfmiddlewaretoken={found[1].decode()}" if found else ""
        if number % 1000 == 1:
            # Connected now: the server closes a connection that has been quiet for long.
            beside = await Device.connected(port, seen)
            beside.cookies = dict(device.cookies)
            await asyncio.gather(device.send(link, sent), beside.send(link, sent))
            beside.writer.close()
            seen.doubled += 1
            seen.confirmed -= 1  # two receipts, one answer
        else:
            await device.send(link, sent)
    device.writer.close()


@dataclass
class Device:
    """A respondent's browser: a connection that is kept, and cookies."""

    port: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    seen: Seen
    cookies: dict[str, str] = field(default_factory=dict)

    @classmethod
    async def connected(cls, port: int, seen: Seen) -> "Device":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        return cls(port, reader, writer, seen)

    async def walk(self, link: str, signs: str) -> None:
        """Answer question by question, as a person does."""
        for number, sign in enumerate(signs, start=1):
            page = await self.ask("GET", f"/puls/{link}/{number}/")
            found = TOKEN.search(page)
            sent = f"csrfmiddlewaretoken={found[1].decode() if found else ''}&answer={sign}"
            await self.ask("POST", f"/puls/{link}/{number}/", sent)

    async def send(self, link: str, sent: str) -> None:
        """Send, and note whether it was confirmed."""
        began = time.perf_counter()
        head = await self.ask("POST", f"/puls/{link}/skicka/", sent, wants_head=True)
        self.seen.sending.append((time.perf_counter() - began) * 1000)
        place = PLACE.search(head)
        if place and place[1].endswith(SENT):
            self.seen.confirmed += 1
        else:
            self.seen.bad["not confirmed"] += 1

    async def ask(self, method: str, path: str, sent: str = "", *, wants_head: bool = False) -> bytes:
        """The page; or with `wants_head` what stands before it."""
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {kept}"]
        if method == "POST":
            lines += [
                f"Origin: http://127.0.0.1:{self.port}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(sent)}",
            ]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n" + sent).encode())
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 60)
        length = LENGTH.search(head)
        body = await asyncio.wait_for(self.reader.readexactly(int(length[1])), 60) if length else b""
        self.seen.requests += 1
        status = ANSWER.match(head)
        if not status or int(status[1]) >= 400:
            self.seen.bad[f"{method} {path.rsplit('/', 2)[1]} {status[1].decode() if status else ''}"] += 1
        for name, value in COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode().strip('"')
        return head if wants_head else body


def inside(environment: dict[str, str], what: str, people: int) -> dict[str, Any]:
    """Done by a process of its own, with the product in it."""
    command = [sys.executable, "-m", "benchmarks.answers", "--inside", what, f"--people={people}"]
    answer = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise SystemExit(answer.stderr)
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def prepare(people: int) -> dict[str, Any]:
    """A city, and a round that its people are invited to by the product's own actions."""
    import datetime as dt

    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from styrfart.climate import keys
    from styrfart.climate.actions.launching import launch_round, prepare_round
    from styrfart.climate.models import Round
    from styrfart.people.models import Person, Post, Unit
    from tests import make

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    top = make.unit("Demostads kommun")
    since = dt.date(2024, 1, 1)
    count = -(-people // IN_A_UNIT)
    units = Unit.objects.bulk_create(
        Unit(code=f"B{n}", name=f"Enhet {n}", kind="unit", parent=top, path="/", valid_from=since)
        for n in range(count)
    )
    for unit in units:
        unit.path = f"{top.path}{unit.pk}/"
    Unit.objects.bulk_update(units, ["path"], batch_size=1000)
    everybody = Person.objects.bulk_create(
        (Person(email=f"b{n}@demo.example", given_name="Person", family_name=f"{n}") for n in range(people)),
        batch_size=2000,
    )
    Post.objects.bulk_create(
        (
            Post(person=who, unit=units[n // IN_A_UNIT], title="Handläggare", valid_from=since)
            for n, who in enumerate(everybody)
        ),
        batch_size=2000,
    )
    today = timezone.localdate()
    began = time.monotonic()
    asked = Round.objects.create(
        title="Hela staden",
        owner=make.person(),
        instruments=["hme"],
        languages=["sv"],
        opens_on=today,
        closes_on=today + dt.timedelta(days=7),
        report_on=today + dt.timedelta(days=14),
    )
    asked.units.add(top)
    launch_round(round=asked, revision=asked.revision, actor=asked.owner)
    prepare_round.call(asked.pk)
    seconds = time.monotonic() - began
    key = keys.read(asked.pk)
    numbers = asked.invitations.order_by("pk").values_list("pk", flat=True)
    return {"links": [key.link(pk) for pk in numbers], "seconds": seconds}


def count() -> dict[str, Any]:
    """Close and count the round; every pattern of answers, and how many gave it."""
    import django

    django.setup()
    from styrfart.climate.actions import close_round, count_round
    from styrfart.climate.models import Answer, Round

    asked = Round.objects.get()
    began = time.monotonic()
    close_round(round_id=asked.pk)
    count_round(round_id=asked.pk)
    seconds = time.monotonic() - began
    counts: Counter[str] = Counter()
    for values, number in Answer.objects.values_list("values", "number"):
        counts[values] += number
    return {"answers": dict(sorted(counts.items())), "seconds": seconds}


if __name__ == "__main__":
    sys.exit(main())
