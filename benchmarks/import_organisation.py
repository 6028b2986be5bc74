# ruff: noqa: PLC0415  # what needs Django is imported when Django is ready
"""Import of a city's organisation: time, peak memory and number of queries, first and second time.

    .venv/bin/python benchmarks/import_organisation.py [people, 50000 unless told otherwise]

The limit is the issue's: 50 000 people in under 60 s and under 1 GiB, and a second import changes nothing.
Each step runs in a process of its own, so that the peak is the step's own. The database is a new one:
SQLite, or the server named by PGHOST when STYRFART_DATABASE=postgresql (a database `styrfart_benchmark`).
"""

import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT_SECONDS, LIMIT_MIB = 60.0, 1024.0
GIVEN = ["Anna", "Bo", "Åsa", "Samir", "Eva", "Örjan", "Fatima", "Lars", "Moa", "José", "Ingrid", "Ali"]
FAMILY = ["Ek", "Lind", "Öst", "Berg Lindqvist", "Haddad", "von Essen", "Ärlig", "Strand", "Noor", "Åkervall"]
PER_UNIT = 11
TITLES = ["Ingenjör", "Handläggare", "Undersköterska", "Förskollärare", "Projektledare"]


def write_workbook(path: Path, people: int) -> None:
    """A city of `people`: administrations, divisions, units of eleven, a team for each division and above."""
    import django

    django.setup()
    from styrfart.people.importing import template
    from styrfart.people.importing.layout import Sheet

    units = [["1", "Staden", "stad", "", ""]]
    persons, teams = [], []
    number = 0
    for administration in range(max(1, people // 2000)):
        code = f"{100 + administration}"
        units.append([code, f"Förvaltning {administration}", "förvaltning", "1", address(number)])
        for division in range(10):
            below = f"{code}-{division}"
            units.append(
                [below, f"Avdelning {administration}.{division}", "avdelning", code, address(number)]
            )
            first = number
            for unit in range(19):
                leaf = f"{below}-{unit:02}"
                units.append(
                    [leaf, f"Enhet {administration}.{division}.{unit}", "enhet", below, address(number)]
                )
                for place in range(PER_UNIT):
                    if number >= people:
                        break
                    title = "Enhetschef" if place == 0 else TITLES[number % len(TITLES)]
                    persons.append(person(number, leaf, title))
                    number += 1
            for seat in range(0, min(number - first, 8 * PER_UNIT), PER_UNIT):
                role = "ordförande" if seat == 0 else "ledamot"
                team = [f"Ledningsgrupp {administration}.{division}", f"lg-{below}", "", below]
                teams.append([*team, address(first + seat), role, "", None, None])
    heads = {row[0] for row in persons}
    units = [row if row[4] in heads else [*row[:4], ""] for row in units]
    path.write_bytes(template.workbook({Sheet.UNITS: units, Sheet.PEOPLE: persons, Sheet.TEAMS: teams}))
    print(
        f"{len(units)} units, {len(persons)} people, {len(teams)} seats, {path.stat().st_size / 1e6:.1f} MB"
    )


def address(number: int) -> str:
    return f"p{number:06}@demostad.example"


def person(number: int, unit: str, title: str) -> list[str | dt.date | None]:
    given, family = GIVEN[number % len(GIVEN)], FAMILY[number // len(GIVEN) % len(FAMILY)]
    return [address(number), f"{100_000 + number}", given, family, unit, title, "", None, None]


def run_import(path: Path) -> None:
    """Import once in this process and print what it cost."""
    import django

    django.setup()
    from django.db import connection
    from django.utils import timezone

    from styrfart.people.actions import import_at_once

    queries = 0

    def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # Django's hook
        nonlocal queries
        queries += 1
        return execute(sql, params, many, context)

    started, used = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        examined = import_at_once(
            uploads=[(path.name, path.read_bytes())], day=timezone.localdate(), is_whole=True, is_dry=False
        )
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = {key: value for key, value in examined.counts().items() if value}
    print(f"{seconds:6.1f} s  {cpu:6.1f} s CPU  {peak:6.0f} MiB  {queries:6} queries  {counts}")
    if examined.has_errors or seconds > LIMIT_SECONDS or peak > LIMIT_MIB:
        raise SystemExit("outside the limit")


def main() -> None:
    """Write the workbook, make a database, import twice."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "organisation.xlsx"
        environment = os.environ | {
            "STYRFART_DATA_DIR": folder,
            "STYRFART_SECRET_KEY": "only-for-benchmarks",
            "DJANGO_SETTINGS_MODULE": "styrfart.config.settings",
            "PGDATABASE": os.environ.get("PGDATABASE", "styrfart_benchmark"),
        }
        migrate = [sys.executable, "-m", "django", "migrate", "-v0"]
        subprocess.run(migrate, check=True, env=environment)
        for step in ("--write", "--import", "--import"):
            command = [sys.executable, __file__, step, str(path), str(people)]
            subprocess.run(command, check=True, env=environment)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--write", path, people]:
            write_workbook(Path(path), int(people))
        case ["--import", path, _people]:
            run_import(Path(path))
        case _:
            main()
