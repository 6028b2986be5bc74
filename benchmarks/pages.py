# ruff: noqa: PLC0415  # what needs Django is imported when Django is ready
"""Pages on the data of a whole city, with hello world as the limit in the same run.

    .venv/bin/python -m benchmarks.pages [--seconds 6] [--size city] [--data FOLDER]
    tools/with-postgres .venv/bin/python -m benchmarks.pages

One worker of granian, eight connections (wrk -t1 -c8, or threads of our own without wrk). For each page:
requests a second, p50 and p95, processor time a request (of the server's process group, from /proc), how many
times that of hello world, and what everything else took of the machine: a high figure there means that the
run says little. Then the number of queries of each page on the data of an office and of a city, which must be
the same. The targets: at most 10 ms a request, at least 100 requests a second, p95 under 100 ms.

Comparable open systems, measured likewise on a machine of this kind (/docs/architecture.md): 49 to 104 ms.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.minutes import minutes_to_read
from benchmarks.server import Measured, granian, load

WHO = "ingrid.hagenas@demostad.example"
CPU_MS, RATE, P95_MS = 10.0, 100.0, 100.0
NAMES = {
    "home": "/",
    "team room": "/lg/uk/",
    "matter queue": "/lg/uk/arenden/",
    "one matter": "/lg/uk/arenden/{matter}/",
    "search": "/sok/?q=projekt",
    "agenda": "/lg/uk/moten/{meeting}/",
    "minutes": "/lg/uk/moten/{minutes}/anteckningar/",
}


def main() -> int:
    """Measure, print, and exit 1 when a target is missed."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--seconds", type=float, default=6)
    options.add_argument("--size", default="city", choices=["office", "city"])
    options.add_argument("--data", type=Path, help="keep the data here, and use it again")
    options.add_argument("--inside", choices=["prepare", "count"], help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.inside:
        print(json.dumps({"prepare": prepare, "count": count}[chosen.inside](chosen.size)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return measure(chosen.data or Path(folder), chosen.size, chosen.seconds)


def measure(folder: Path, size: str, seconds: float) -> int:
    environment = surroundings(folder / size)
    known = inside("prepare", size, environment)
    database = os.environ.get("STYRFART_DATABASE", "sqlite")
    print(f"{database}, {known['people']} people, {known['matters']} matters")
    with granian("benchmarks.hello:application", {}) as (port, pid):
        hello = load(port, pid, "/", "", seconds)
    head = f"{'':14}{'rps':>7}{'p50':>8}{'p95':>8}{'CPU/req':>9}{'× hello':>9}{'foreign':>9}{'bad':>5}"
    print(head + "\n" + row("hello world", hello, hello))
    missed: list[str] = []
    with granian("styrfart.config.wsgi:application", environment) as (port, pid):
        for name, path in NAMES.items():
            found = load(port, pid, path.format(**known), str(known["cookie"]), seconds)
            print(row(name, found, hello))
            missed += faults(name, found)
    if "PGHOST" not in os.environ:  # one server holds one city: there only the office could be counted
        missed += compare(folder, size, environment)
    for line in missed:
        print(f"MISSED: {line}")
    return 1 if missed else 0


def row(name: str, found: Measured, hello: Measured) -> str:
    times = found.cpu_ms / hello.cpu_ms if hello.cpu_ms else 0
    return (
        f"{name:14}{found.rate:7.0f}{found.p50:8.1f}{found.p95:8.1f}{found.cpu_ms:9.2f}{times:9.1f}"
        f"{found.foreign:9.0%}{found.bad:5}"
    )


def faults(name: str, found: Measured) -> Iterable[str]:
    """Which targets the page missed."""
    if found.bad:
        yield f"{name}: {found.bad} bad answers"
    if found.cpu_ms > CPU_MS:
        yield f"{name}: {found.cpu_ms:.1f} ms CPU a request, at most {CPU_MS:.0f}"
    if found.rate < RATE:
        yield f"{name}: {found.rate:.0f} requests a second, at least {RATE:.0f}"
    if found.p95 > P95_MS:
        yield f"{name}: p95 {found.p95:.0f} ms, under {P95_MS:.0f}"


def compare(folder: Path, size: str, environment: Mapping[str, str]) -> Iterable[str]:
    """Queries of each page, office beside city."""
    small = surroundings(folder / "office")
    inside("prepare", "office", small)
    few, many = inside("count", "office", small), inside("count", size, environment)
    print(f"\n{'queries':14}{'office':>8}{size:>8}")
    for name in NAMES:
        print(f"{name:14}{few[name]:8}{many[name]:8}")
        if few[name] != many[name]:
            yield f"{name}: {few[name]} queries in an office, {many[name]} in a {size}"


def surroundings(folder: Path) -> dict[str, str]:
    """As in production: no debugging, its own data."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "STYRFART_DATA_DIR": str(folder),
        "STYRFART_DEMO": "1",
        "STYRFART_DEBUG": "0",
        "STYRFART_HOSTS": "127.0.0.1",
        "STYRFART_LOG_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
        "DJANGO_SETTINGS_MODULE": "styrfart.config.settings",
    }


def inside(what: str, size: str, environment: Mapping[str, str]) -> dict[str, str | int]:
    """Run a part in a process of its own, with those surroundings."""
    command = [sys.executable, "-m", "benchmarks.pages", "--inside", what, "--size", size]
    answer = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise SystemExit(answer.stderr)
    found: dict[str, str | int] = json.loads(answer.stdout.splitlines()[-1])
    return found


def prepare(size: str) -> dict[str, str | int]:
    """Data, static files, and a session of the head of the office."""
    import django

    django.setup()
    from django.core.management import call_command

    from styrfart.matters.models import Matter, MatterState
    from styrfart.people.models import Person

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Person.objects.exists():
        call_command("demo", size=size)
    matter = Matter.objects.filter(team__slug="uk", state=MatterState.INBOX).order_by("pk").first()
    return {
        "cookie": session_of(Person.objects.get(email=WHO)),
        "matter": matter.pk if matter else 0,
        "meeting": meeting_to_read(),
        "minutes": minutes_to_read(WHO),
        "people": Person.objects.count(),
        "matters": Matter.objects.count(),
    }


def meeting_to_read() -> str:
    """The address of a coming meeting with ten items and their material; made if there is none."""
    import datetime as dt

    from django.utils import timezone

    from styrfart.meetings.models import AgendaItem, Attendee, ItemMaterial, Meeting
    from styrfart.people.models import Person, Team, TeamMember

    name = "Mätning"
    known = Meeting.objects.filter(team__slug="uk", title=name).first()
    if known is not None:
        return known.slug
    team, leader = Team.objects.get(slug="uk"), Person.objects.get(email=WHO)
    day = timezone.localdate() + dt.timedelta(days=20)
    meeting = Meeting.objects.create(
        team=team,
        title=name,
        held_on=day,
        slug=f"{day}-99",
        starts_at=dt.time(9, 0),
        minutes=120,
        leader=leader,
        secretary=leader,
    )
    seats = TeamMember.objects.on(day).filter(team=team)
    Attendee.objects.bulk_create(
        Attendee(meeting=meeting, person_id=seat.person_id, role=seat.role) for seat in seats
    )
    purposes = ("decision", "dialogue", "advice", "follow_up", "information")
    for number in range(1, 11):
        item = AgendaItem.objects.create(
            meeting=meeting,
            position=number,
            title=f"Vad gör vi åt fråga {number} av dem som rör flera förvaltningar?",
            purpose=purposes[number % 5],
            level="tactical",
            minutes=12,
            owner=leader,
            outcome="Ett beslut om vilket alternativ vi väljer",
            source="own",
        )
        ItemMaterial.objects.create(item=item, title="Underlag", reference="Diariet", added_by=leader)
    return meeting.slug


def session_of(person: object) -> str:
    """A cookie with which a browser is signed in as `person`."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person, backend="styrfart.people.backends.PersonBackend")  # type: ignore[arg-type]  # ours
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def count(size: str) -> dict[str, str | int]:
    """How many queries each page makes, when the process is warm."""
    known = prepare(size)
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Host": "127.0.0.1"})
    name, _, value = str(known["cookie"]).partition("=")
    client.cookies[name] = value
    found: dict[str, str | int] = {}
    for page, path in NAMES.items():
        client.get(path.format(**known))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path.format(**known))
        if answer.status_code != 200:
            raise SystemExit(f"{page}: {answer.status_code}")
        found[page] = len(queries)
    return found


if __name__ == "__main__":
    sys.exit(main())
