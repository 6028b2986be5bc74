# ruff: noqa: PLC0415  # what needs Django is imported when Django is ready
"""A round from its table of answers to its report: a city, a country, and the page of the whole city.

    .venv/bin/python -m benchmarks.climate [--size city|nation] [--seconds 6]
    tools/with-postgres .venv/bin/python -m benchmarks.climate

Invented organisations of five and six levels, from fixed seeds; 98 of 100 answers to each of nine questions.
The city: 48 000 people in two rounds half a year apart, nine in ten the same, so that everything is compared.
The country: 1.2 million in one round. Times are the process's own (the machine may be busy); for each size
the reference is a raw cursor that reads the same rows. Then the page of the whole city from one worker of
granian, beside hello world in the same run.
"""

import argparse
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.comparison import Bound, Row, show
from benchmarks.server import granian, load

PEOPLE = {"city": 48_000, "nation": 1_200_000}
WIDTHS: dict[str, tuple[float, ...]] = {"city": (14, 7, 6, 10.2), "nation": (20, 10, 6, 6, 8.3)}
QUESTIONS, MOST_SECONDS = 9, 1.0
RAW = "raw cursor, same rows, same run"


def main() -> int:
    """Measure, print, and exit 1 when a limit is missed."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--size", choices=sorted(PEOPLE), action="append")
    options.add_argument("--seconds", type=float, default=6)
    options.add_argument("--inside", choices=sorted(PEOPLE), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.inside:
        print(json.dumps(measure(chosen.inside)))
        return 0
    rows: list[Row] = []
    for size in chosen.size or ["city", "nation"]:
        with tempfile.TemporaryDirectory() as folder:
            environment = surroundings(Path(folder), size)
            found = inside(size, environment)
            rows += pipeline(size, found)
            if size == "city":
                rows += page(found, environment, chosen.seconds)
    return show("climate", rows)


def surroundings(folder: Path, size: str) -> dict[str, str]:
    """As in production: no debugging, its own data."""
    return {
        "STYRFART_DATA_DIR": str(folder / size),
        "STYRFART_DEMO": "1",
        "STYRFART_DEBUG": "0",
        "STYRFART_HOSTS": "127.0.0.1",
        "STYRFART_LOG_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
        "DJANGO_SETTINGS_MODULE": "styrfart.config.settings",
    }


def inside(size: str, environment: dict[str, str]) -> dict[str, Any]:
    """Measure a size in a process of its own, so that the peak is its own."""
    command = [sys.executable, "-m", "benchmarks.climate", "--inside", size]
    answer = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise SystemExit(answer.stderr)
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def pipeline(size: str, found: dict[str, Any]) -> Iterator[Row]:
    what = f"{size}, {found['groups']} groups, {found['answers']} kinds of answers"
    raw = found["raw"]
    yield Row(f"{what}: read", raw, RAW, found["read"], "s")
    yield Row(f"{size}: what may be shown, figures", raw, RAW, found["reckon"], "s")
    if size == "city":
        yield Row(f"{size}: compared with last time and with the whole", raw, RAW, found["compare"], "s")
    yield Row(f"{size}: attacked, {found['tried']} of {found['targets']}", raw, RAW, found["attack"], "s")
    yield Row(f"{size}: {found['rows']} rows written", raw, RAW, found["write"], "s")
    limit = 60.0 if size == "city" else 180.0
    yield Row(
        f"{size}: from table to report, all of it", raw, RAW, found["all"], "s", Bound.AT_MOST, limit
    )  # fmt: skip
    yield Row(f"{size}: peak memory", None, "none published", found["peak"], "MiB", Bound.AT_MOST, 4096)
    yield Row(
        f"{size}: report of the whole, {found['columns']} columns, {found['queries']} queries",
        None,
        "issue 5 point 8: under a second",
        found["report"],
        "s",
        Bound.AT_MOST,
        MOST_SECONDS,
    )


def page(found: dict[str, Any], environment: dict[str, str], seconds: float) -> Iterator[Row]:
    """The page of the whole city, from the server."""
    with granian("benchmarks.hello:application", {}) as (port, pid):
        hello = load(port, pid, "/", "", seconds)
    with granian("styrfart.config.wsgi:application", environment) as (port, pid):
        for name, path in found["paths"].items():
            seen = load(port, pid, path, found["cookie"], seconds)
            if seen.bad:
                raise SystemExit(f"{path}: {seen.bad} bad answers")
            source = "hello world, same run"
            yield Row(f"city: {name}, processor time", hello.cpu_ms, source, seen.cpu_ms, "ms")
            yield Row(
                f"city: {name}, p95 of eight at once",
                hello.p95,
                source,
                seen.p95,
                "ms",
                Bound.AT_MOST,
                MOST_SECONDS * 1000,
            )


# --- inside the process -----------------------------------------------------------------------------
class Clock:
    """Seconds of the process's own time, by what they were used for."""

    def __init__(self) -> None:
        self.used: dict[str, float] = {}

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        start = time.process_time()
        yield
        self.used[what] = time.process_time() - start


def measure(size: str) -> dict[str, Any]:
    """Make the data, release it, read it; seconds of each."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from styrfart.climate.actions.releasing import release_round
    from styrfart.climate.models import Release
    from styrfart.climate.models import Row as Shown

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    rounds = made(size)
    for earlier in rounds[:-1]:
        release_round(round_id=earlier.pk)
    last, clock = rounds[-1], Clock()
    import styrfart.climate.actions.releasing.working  # noqa: F401  # what it imports is not what is measured

    with clock.of("raw"), connection.cursor() as cursor:
        cursor.execute(
            'SELECT group_id, "values", number FROM climate_answer WHERE group_id IN '
            "(SELECT id FROM climate_group WHERE round_id = %s)",
            [last.pk],
        )
        answers = len(cursor.fetchall())
    steps(last, clock, timezone.now())
    with clock.of("all"):
        release_round(round_id=last.pk)
    release = Release.objects.get(round=last)
    worked = sum(clock.used[each] for each in ("read", "reckon", "compare", "attack"))
    return {
        **clock.used,
        "write": max(clock.used["all"] - worked, 0.0),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "answers": answers,
        "groups": last.groups.count(),
        "rows": Shown.objects.filter(release=release).count(),
        "tried": release.attack["tried"],
        "targets": release.attack["groups"],
        **read(last),
    }


def steps(of: Any, clock: Clock, now: dt.datetime) -> None:
    """The same as the release, part by part; nothing is written."""
    from styrfart.climate.actions.releasing.comparing import compare
    from styrfart.climate.actions.releasing.proving import attack
    from styrfart.climate.actions.releasing.reckoning import figures_of
    from styrfart.climate.actions.releasing.sheets import groups_of, sheets_of, texts_of

    with clock.of("read"):
        groups = groups_of(of)
        sheets = sheets_of(of, groups.place)
    with clock.of("reckon"):
        reckoned = figures_of(
            of.asked,
            groups,
            sheets,
            least=of.least,
            least_text=of.least_text,
            written=texts_of(of, groups.place),
            questions=len(of.text_questions),
            seed=str(of.pk),
        )
    with clock.of("compare"):
        compare(of, groups, reckoned, before=now)
    with clock.of("attack"):
        attack(groups, reckoned.nesting, reckoned.systems)


def read(of: Any) -> dict[str, Any]:
    """The report of the whole: seconds, queries, and where its page is."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from styrfart.climate.queries.reports import report_for
    from styrfart.people.models import Person, Role, RoleAssignment

    hr = Person.objects.create(email="hr@demostad.example", given_name="Hanna", family_name="Rask")
    RoleAssignment.objects.create(person=hr, role=Role.HR_DEVELOPER, valid_from=dt.date(2024, 1, 1))
    code = of.groups.select_related("unit").get(parent=None).unit.code
    report_for(hr, round_pk=of.pk, unit=code)
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        report = report_for(hr, round_pk=of.pk, unit=code)
        seconds = time.perf_counter() - start
    client = Client()
    client.force_login(hr, backend="styrfart.people.backends.PersonBackend")
    return {
        "report": seconds,
        "queries": len(queries),
        "columns": len(report.columns),
        "paths": {
            "page": reverse("climate:report", args=[code, of.pk]),
            "JSON": reverse("climate:report-data", args=[code, of.pk]),
        },
        "cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}",
    }


def made(size: str) -> list[Any]:
    """The units, the people of a city, and one or two counted rounds."""
    import numpy as np

    from benchmarks.release import organisation
    from styrfart.people.models import Person, Unit, UnitKind

    forest, unit = organisation(PEOPLE[size], WIDTHS[size], 1)
    parent = forest.parent.tolist()
    order = depth_first(parent)
    since = dt.date(2024, 1, 1)
    paths = [""] * len(parent)
    for place in order:
        above = parent[place]
        paths[place] = f"{paths[above] if above >= 0 else '/'}{place + 1}/"
    units = [
        Unit(
            pk=place + 1,
            code=f"E{place}",
            name=f"Enhet {place}",
            kind=UnitKind.ADMINISTRATION,
            parent_id=parent[place] + 1 if parent[place] >= 0 else None,
            path=paths[place],
            valid_from=since,
        )
        for place in range(len(parent))
    ]
    Unit.objects.bulk_create(units, batch_size=2000)
    owner = Person.objects.create(email="owner@demostad.example", given_name="Olle", family_name="Ek")
    people: Any = None
    if size == "city":
        Person.objects.bulk_create(
            (
                Person(pk=1000 + n, email=f"p{n}@demostad.example", given_name="P", family_name=str(n))
                for n in range(PEOPLE[size])
            ),
            batch_size=2000,
        )
        people = np.arange(PEOPLE[size]) + 1000
    chance = np.random.default_rng(7)
    rounds = []
    for number, days in enumerate([180, 3] if size == "city" else [3]):
        if number:  # one in ten has moved to another unit
            moved = chance.random(unit.size) < 0.1
            unit = np.where(moved, chance.permutation(unit), unit)
        rounds.append(round_of(parent, order, unit, people, owner, days, number))
    return rounds


def depth_first(parent: list[int]) -> list[int]:
    below: dict[int, list[int]] = {}
    for place, above in enumerate(parent):
        below.setdefault(above, []).append(place)
    found: list[int] = []
    waiting = below.get(-1, [])[::-1]
    while waiting:
        place = waiting.pop()
        found.append(place)
        waiting += below.get(place, [])[::-1]
    return found


def round_of(
    parent: list[int], order: list[int], unit: Any, people: Any, owner: Any, days: int, number: int
) -> Any:
    """A closed and counted round: three in four of the invited answered."""
    import numpy as np
    from django.utils import timezone

    from styrfart.climate.instruments import plain, shipped
    from styrfart.climate.models import Group, Invitation, Round, RoundState

    closes = timezone.localdate() - dt.timedelta(days=days)
    of = Round.objects.create(
        title=f"Puls {number + 1}",
        state=RoundState.CLOSED,
        owner=owner,
        form=[plain(shipped()["hme"])],
        languages=["sv"],
        opens_on=closes - dt.timedelta(days=10),
        closes_on=closes,
        report_on=closes + dt.timedelta(days=2),
        launched_at=timezone.now(),
        counted_at=timezone.now(),
    )
    base = (number + 1) * 10_000_000
    own = np.bincount(unit, minlength=len(parent)).tolist()
    Group.objects.bulk_create(
        (
            Group(
                pk=base + place,
                round=of,
                parent_id=base + parent[place] if parent[place] >= 0 else None,
                unit_id=place + 1,
                name=f"Enhet {place}",
                position=position,
                invited=own[place],
            )
            for position, place in enumerate(order)
        ),
        batch_size=2000,
    )
    if people is not None:
        Invitation.objects.bulk_create(
            (
                Invitation(round=of, group_id=base + at, person_id=who, channel=Invitation.Channel.MAIL)
                for at, who in zip(unit.tolist(), people.tolist(), strict=True)
            ),
            batch_size=2000,
        )
    answer(unit, base, number)
    return of


def answer(unit: Any, base: int, number: int) -> None:
    """Three in four of those who stand at `unit` answer; the groups' numbers follow `base`."""
    from collections import Counter

    import numpy as np

    from benchmarks.release import answers_of
    from styrfart.climate.models import Answer

    steps = answers_of(unit.size, 2 + number)
    answered = np.random.default_rng(3 + number).random(unit.size) < 0.75
    signs = (steps[answered] + ord("0")).tobytes().decode()
    counted = Counter(
        (at, signs[place * QUESTIONS : (place + 1) * QUESTIONS])
        for place, at in enumerate(unit[answered].tolist())
    )
    Answer.objects.bulk_create(
        (Answer(group_id=base + at, values=values, number=n) for (at, values), n in sorted(counted.items())),
        batch_size=5000,
    )


if __name__ == "__main__":
    sys.exit(main())
