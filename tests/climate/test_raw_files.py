"""The raw files of both databases, while a round is open and after its count: what do they give away?

The attacker has every byte: on SQLite the file and its write-ahead log, replayed commit by commit; on
PostgreSQL the write-ahead log as `pg_waldump` tells it, and all files of the cluster.
"""

import json
import os
import re
import shutil
import sqlite3
import struct
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.installation import HAS_POSTGRESQL, Installation, on_postgresql, on_sqlite

PEOPLE = 24
WORDS = "Hemligt ord nummer"

SET_UP = f"""
import json
from django.db import connection
from styrfart.climate import keys
from styrfart.climate.models import Invitation
from tests import make
asked = make.climate_round(text_questions=[{{"sv": "Vad saknas?"}}])
group = make.climate_group(asked)
links = [make.invitation(group, make.person(f"Person{{n}}"))[1] for n in range({PEOPLE})]
"""
# Each answers in a way of their own, so that plain text could be found; not in the order of the invitations.
ANSWERS = f"""
from styrfart.climate.actions import cast, close_round, count_round
def values(n): return "".join("12345"[(n // 5 ** place) % 5] for place in range(9))
for n in range({PEOPLE}):
    at = (7 * n + 3) % {PEOPLE}
    cast(link=links[at], values=values(at + 100), texts={{0: f"{WORDS} {{at}} slut"}})
"""
COUNT = """
close_round(round_id=asked.pk)
count_round(round_id=asked.pk)
"""


def signs(number: int) -> str:
    """What the respondent with this number answered."""
    return "".join("12345"[(number + 100) // 5**place % 5] for place in range(9))


def plain(content: bytes) -> list[int]:
    """The respondents whose words stand in the content."""
    return sorted({int(found) for found in re.findall(rf"{WORDS} (\d+) slut".encode(), content)})


# --- SQLite ---------------------------------------------------------------------------------------------
def commits(log: bytes) -> list[int]:
    """Where in the write-ahead log each commit ends (the format of SQLite's documentation, section 4)."""
    size = struct.unpack(">I", log[8:12])[0]
    found, at = [], 32
    while at + 24 + size <= len(log):
        _page, pages_after = struct.unpack(">II", log[at : at + 8])
        salt = log[at + 8 : at + 16]
        if salt != log[16:24]:
            break  # left from before the log began anew
        at += 24 + size
        if pages_after:
            found.append(at)
    return found


def tables(folder: Path, database: Path, log: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Every table, as the attacker reads it from the file and this much of its log."""
    folder.mkdir(exist_ok=True)
    copy = folder / "copy.sqlite3"
    shutil.copy(database, copy)
    Path(f"{copy}-wal").write_bytes(log)
    Path(f"{copy}-shm").unlink(missing_ok=True)
    with sqlite3.connect(copy) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {
            name: connection.execute(f'SELECT rowid, * FROM "{name}" ORDER BY rowid').fetchall()  # noqa: S608  # so named
            for name in names
        }
    connection.close()
    return found


def texts_of(rows: list[tuple[Any, ...]]) -> list[str]:
    """The one text in each row, in the order of the rows."""
    return [next(value for value in row if isinstance(value, str)) for row in rows]


def on_a_copy(installation: Installation, code: str, name: str) -> tuple[Path, bytes]:
    """The database file and its log as they are after the code has run and before anything closes them."""
    copied = f"""
import shutil
from django.conf import settings
kept, target = str(settings.DATABASES["default"]["NAME"]), {str(installation.folder / name)!r}
for end in ("", "-wal"):
    shutil.copy(kept + end, target + end)
"""
    begun = "connection.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')\n"
    begun += "connection.cursor().execute('PRAGMA wal_autocheckpoint = 0')\n"
    installation.python(SET_UP + begun + code + copied)
    return installation.folder / name, (installation.folder / f"{name}-wal").read_bytes()


@pytest.mark.skipif(HAS_POSTGRESQL, reason="SQLite's own files; the turn on PostgreSQL has a test of its own")
def test_sqlite_each_answer_changes_ballots_and_used_links_and_nothing_else(tmp_path: Path) -> None:
    database, log = on_a_copy(on_sqlite(tmp_path), ANSWERS, "open")
    ends = commits(log)
    before = tables(tmp_path / "replay", database, b"")
    seen = 0
    for end in ends:
        after = tables(tmp_path / "replay", database, log[:end])
        changed = {name for name in after if after[name] != before.get(name)}
        assert changed == {"climate_ballot", "climate_usedlink"}
        before = after
        seen += 1
    assert seen == PEOPLE
    assert len(before["climate_ballot"]) == 2 * PEOPLE


@pytest.mark.skipif(HAS_POSTGRESQL, reason="SQLite's own files; the turn on PostgreSQL has a test of its own")
def test_sqlite_holds_no_answer_in_plain_text_while_the_round_is_open(tmp_path: Path) -> None:
    database, log = on_a_copy(on_sqlite(tmp_path), ANSWERS, "open")
    for content in (database.read_bytes(), log):
        assert plain(content) == []
        assert not any(signs(number).encode() in content for number in range(PEOPLE))


@pytest.mark.skipif(HAS_POSTGRESQL, reason="SQLite's own files; the turn on PostgreSQL has a test of its own")
def test_sqlite_all_answers_come_into_being_at_once_and_sorted(tmp_path: Path) -> None:
    database, log = on_a_copy(on_sqlite(tmp_path), ANSWERS + COUNT, "counted")
    numbers = [
        len(tables(tmp_path / "replay", database, log[:end])["climate_answer"]) for end in commits(log)
    ]
    assert sorted(set(numbers)) == [0, PEOPLE]
    last = tables(tmp_path / "replay", database, log)
    assert texts_of(last["climate_answer"]) == sorted(signs(number) for number in range(PEOPLE))
    assert texts_of(last["climate_comment"]) == sorted(f"{WORDS} {number} slut" for number in range(PEOPLE))
    assert last["climate_ballot"] == last["climate_usedlink"] == []


# --- PostgreSQL -----------------------------------------------------------------------------------------
def cluster() -> Path:
    """Where the test run's own cluster keeps its files."""
    return Path(os.environ["PGHOST"]) / "data"


def written() -> Iterator[tuple[Path, bytes]]:
    """What the cluster has on disk, but for what another test drops meanwhile from a database of its own."""
    for place in ("base", "pg_wal"):
        for folder, _folders, names in os.walk(cluster() / place):  # passes by a folder that is gone
            for file in (Path(folder) / name for name in sorted(names)):
                with suppress(FileNotFoundError):
                    content = file.read_bytes()
                    yield file, content


def waldump(begin: str, end: str) -> str:
    """What happened between two places of the write-ahead log."""
    tool = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_waldump"))[-1]
    ran = subprocess.run(
        [tool, "--path", str(cluster() / "pg_wal"), "--start", begin, "--end", end],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return ran.stdout


PLACES = """
def asked_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
def place():
    # What has been logged so far is written out first: the test run's cluster does not wait for that.
    asked_of("SELECT set_config('synchronous_commit', 'on', false)")
    asked_of("SELECT pg_logical_emit_message(true, 'test', 'here')")
    return asked_of("SELECT pg_current_wal_flush_lsn()::text")[0][0]
def files():
    here = asked_of("SELECT oid FROM pg_database WHERE datname = current_database()")[0][0]
    found = asked_of("SELECT pg_relation_filenode(oid), relname FROM pg_class WHERE relkind <> 'v'")
    return {f"{here}/{node}": name for node, name in found}
"""


@pytest.mark.skipif(not HAS_POSTGRESQL, reason="needs PostgreSQL")
def test_postgresql_each_answer_changes_ballots_and_used_links_and_nothing_else(tmp_path: Path) -> None:
    with on_postgresql(tmp_path) as installation:
        told = installation.python(
            SET_UP + PLACES + "begin = place()\n" + ANSWERS + "print(json.dumps([begin, place(), files()]))"
        )
        begin, end, names = json.loads(told.splitlines()[-1])
        here = next(iter(names)).split("/")[0]
        touched: dict[str, set[str]] = defaultdict(set)
        for line in waldump(begin, end).splitlines():
            transaction = re.search(r"tx:\s*(\d+)", line)
            for node in re.findall(r"rel \d+/(\d+/\d+)", line):
                assert transaction
                # Other tests have databases of their own in the same cluster.
                if node.split("/")[0] == here:
                    touched[transaction.group(1)].add(names.get(node, node))
        casting = [of for of in touched.values() if "climate_ballot" in of]
        assert len(casting) == PEOPLE
        for of in casting:
            assert {
                name
                for name in of
                if not name.startswith(("climate_ballot", "climate_usedlink", "climate_used"))
            } == set()


@pytest.mark.skipif(not HAS_POSTGRESQL, reason="needs PostgreSQL")
def test_postgresql_holds_no_answer_in_plain_text_while_the_round_is_open(tmp_path: Path) -> None:
    with on_postgresql(tmp_path) as installation:
        installation.python(SET_UP + ANSWERS + "connection.cursor().execute('CHECKPOINT')")
        searched = 0
        for _file, content in written():
            searched += len(content)
            assert plain(content) == []
        assert searched > 10_000_000
        # The search finds what is there: after the count the words stand in the files.
        installation.python(
            "from styrfart.climate.actions import close_round, count_round\n"
            "from styrfart.climate.models import Round\n"
            "from django.db import connection\n"
            "pk = Round.objects.get().pk\n"
            "close_round(round_id=pk)\ncount_round(round_id=pk)\n"
            "connection.cursor().execute('CHECKPOINT')"
        )
        found: set[int] = set()
        for _file, content in written():
            found |= set(plain(content))
        assert found == set(range(PEOPLE))
