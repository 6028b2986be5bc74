"""A whole installation of its own for a test: settings by environment, a database, real processes."""

import contextlib
import functools
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

HAS_POSTGRESQL = os.environ.get("STYRFART_DATABASE") == "postgresql"
ROOT = Path(__file__).resolve().parents[1]
PREAMBLE = "import django; django.setup()\n"


def clean_environment() -> dict[str, str]:
    """This process's environment without what points at a database or describes an installation."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("STYRFART_", "PG"))}


class Installation:
    """Where it keeps its data, and its environment; code and commands run in processes of their own."""

    def __init__(self, folder: Path, environment: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.env = {
            **clean_environment(),
            "STYRFART_DATA_DIR": str(self.data),
            "STYRFART_SECRET_KEY": "only-for-tests",
            "STYRFART_LOG_LEVEL": "INFO",
            "DJANGO_SETTINGS_MODULE": "styrfart.config.settings",
            # The folder for modules of the test's own, then the product and its tests as they are here.
            "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT / "src"), str(ROOT)]),
            **(environment or {}),
        }

    def python(self, code: str, *, timeout: float = 60) -> str:
        """What the code prints, after `django.setup()`."""
        return self._output([sys.executable, "-c", PREAMBLE + textwrap.dedent(code)], timeout)

    def styrfart(self, *arguments: str, timeout: float = 120) -> str:
        """What the command prints."""
        return self._output([sys.executable, "-m", "styrfart.config.cli", *arguments], timeout)

    def start(self, arguments: Sequence[str], **environment: str) -> "subprocess.Popen[bytes]":
        """A process of the installation; its log goes to `log` in the folder."""
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *arguments],
                env=self.env | environment,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
            )

    def _output(self, command: list[str], timeout: float) -> str:
        ran = subprocess.run(
            command, env=self.env, capture_output=True, text=True, timeout=timeout, check=False
        )
        if ran.returncode:
            raise AssertionError(f"{command[1:3]} ended with {ran.returncode}:\n{ran.stdout}\n{ran.stderr}")
        return ran.stdout.strip()


@functools.cache
def _migrated_sqlite() -> Path:
    """A migrated, empty database that tests copy; made once for the process."""
    folder = Path(tempfile.mkdtemp(prefix="styrfart-template-"))
    made = Installation(folder)
    made.styrfart("migrate", "--verbosity=0")
    made.styrfart("createcachetable", "--verbosity=0")
    # One file: what is in the write-ahead log is moved into it.
    made.python(
        "from django.db import connection as c; c.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')"
    )
    return made.data / "styrfart.sqlite3"


def on_sqlite(folder: Path, *, is_migrated: bool = True) -> Installation:
    """An installation with SQLite."""
    made = Installation(folder)
    made.data.mkdir(parents=True, exist_ok=True)
    if is_migrated:
        shutil.copy(_migrated_sqlite(), made.data / "styrfart.sqlite3")
    return made


@contextlib.contextmanager
def on_postgresql(folder: Path, *, is_migrated: bool = True) -> Iterator[Installation]:
    """An installation with a database of its own in the cluster that the test run uses."""
    name = f"styrfart_{secrets.token_hex(6)}"
    place = {key: os.environ[key] for key in ("PGHOST", "PGUSER") if key in os.environ}
    with psycopg.connect(dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    made = Installation(folder, {"STYRFART_DATABASE": "postgresql", "PGDATABASE": name, **place})
    if is_migrated:
        made.styrfart("migrate", "--verbosity=0")
        made.styrfart("createcachetable", "--verbosity=0")
    try:
        yield made
    finally:
        with psycopg.connect(dbname="postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def free_port() -> int:
    """A port on the loopback that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
