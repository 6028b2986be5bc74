"""A whole installation of its own for a test: settings by environment, a database, real processes."""

import contextlib
import fcntl
import functools
import hashlib
import http.cookiejar
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import psycopg

LONGEST_RUN = 2 * 3600  # seconds; what no run has used for so long is thrown away
HAS_POSTGRESQL = os.environ.get("STYRFART_DATABASE") == "postgresql"
ROOT = Path(__file__).resolve().parents[1]
PREAMBLE = "import django; django.setup()\n"


def clean_environment() -> dict[str, str]:
    """This process's environment without what points at a database or describes an installation."""
    # The browser tests set the last one for their own process.
    ours = ("STYRFART_", "PG", "DJANGO_ALLOW_ASYNC_UNSAFE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


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
def _source() -> str:
    """Another when anything is changed that an installation is made of."""
    seen = hashlib.sha256(sys.version.encode())
    files = [path for path in (ROOT / "src").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    for path in [ROOT / "requirements.lock", *sorted(files)]:
        seen.update(f"{path} {path.stat().st_size}\n".encode() + path.read_bytes())
    return seen.hexdigest()[:16]


@contextlib.contextmanager
def _made_once(what: str) -> Iterator[tuple[Installation, bool]]:
    """An installation that all processes of a run share, and the next run too if the source is the same.

    Gives it, and whether it is ready; the others wait until whoever got it unready has made it so.
    """
    place = Path(tempfile.gettempdir())
    name = f"styrfart-{what}-{os.getuid()}-"
    with (place / f"{name}lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = place / f"{name}{_source()}"
        done = folder / "done"
        is_ready = done.exists()
        if not is_ready:
            for old in place.glob(f"{name}*[0-9a-f]"):
                used = old / "done" if (old / "done").exists() else old
                if old == folder or time.time() - used.stat().st_mtime > LONGEST_RUN:
                    shutil.rmtree(old, ignore_errors=True)
            (folder / "data").mkdir(mode=0o700, parents=True)
        yield Installation(folder), is_ready
        done.touch()


def _into_one_file(installation: Installation) -> None:
    """What is in the write-ahead log is moved into the database's file."""
    installation.python(
        "from django.db import connection as c; c.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')"
    )


@functools.cache
def migrated_sqlite() -> Path:
    """A migrated, empty database that others are copied from."""
    with _made_once("migrated") as (made, is_ready):
        if not is_ready:
            made.styrfart("migrate", "--verbosity=0")
            made.styrfart("createcachetable", "--verbosity=0")
            _into_one_file(made)
    return made.data / "styrfart.sqlite3"


@functools.cache
def _prepared() -> Path:
    """The data folder of a prepared, empty installation that tests copy."""
    with _made_once("template") as (made, is_ready):
        if not is_ready:
            shutil.copy(migrated_sqlite(), made.data)
            made.styrfart("prepare")
            _into_one_file(made)
    return made.data


def on_sqlite(folder: Path, *, is_migrated: bool = True) -> Installation:
    """An installation with SQLite."""
    made = Installation(folder)
    made.data.mkdir(parents=True, exist_ok=True)
    if is_migrated:
        shutil.copy(_prepared() / "styrfart.sqlite3", made.data)
        (made.data / "static").symlink_to(_prepared() / "static")
    return made


def _place(database: str) -> dict[str, str]:
    place = {key: os.environ[key] for key in ("PGHOST", "PGUSER") if key in os.environ}
    return {"STYRFART_DATABASE": "postgresql", "PGDATABASE": database, **place}


def _in_cluster(statement: str) -> None:
    with psycopg.connect(dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)


@functools.cache
def migrated_postgresql() -> str:
    """The same in the cluster that the test run uses; gives its name."""
    cluster = hashlib.sha256(os.environ.get("PGHOST", "").encode()).hexdigest()[:8]
    name = f"styrfart_template_{_source()}"
    with _made_once(f"postgresql-{cluster}") as (made, is_ready):
        if not is_ready:
            _in_cluster(f'DROP DATABASE IF EXISTS "{name}"')
            _in_cluster(f'CREATE DATABASE "{name}"')
            there = Installation(made.folder, _place(name))
            there.styrfart("migrate", "--verbosity=0")
            there.styrfart("createcachetable", "--verbosity=0")
    return name


@contextlib.contextmanager
def on_postgresql(folder: Path, *, is_migrated: bool = True) -> Iterator[Installation]:
    """An installation with a database of its own in the cluster that the test run uses."""
    name = f"styrfart_{secrets.token_hex(6)}"
    _in_cluster(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{migrated_postgresql()}"' if is_migrated else ""))
    made = Installation(folder, _place(name))
    if is_migrated:
        made.data.mkdir(parents=True, exist_ok=True)
        (made.data / "static").symlink_to(_prepared() / "static")
    try:
        yield made
    finally:
        _in_cluster(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def serving(installation: Installation, **environment: str) -> Iterator[str]:
    """The installation's web server on a port of its own; gives its address. Ended, if need be by force."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    installation.env |= {
        "STYRFART_PORT": str(port),
        "STYRFART_BASE_URL": address,
        "STYRFART_WEB_PROCESSES": "1",
        **environment,
    }
    process = installation.start(["-m", "styrfart.config.cli", "web"])
    try:
        wait_for(address)
        yield address
    finally:
        kill(process, signal.SIGTERM)


def wait_for(address: str, seconds: float = 30) -> None:
    """Wait until the product answers there."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if Browser().get(f"{address}/halsa/").status in {200, 503}:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing answered at {address}")


def kill(process: "subprocess.Popen[bytes]", how: signal.Signals) -> None:
    """End the process and all that it started; with SIGTERM politely at first."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@dataclass(frozen=True)
class Page:
    """What a browser got."""

    status: int
    url: str
    headers: Message
    text: str

    @property
    def token(self) -> str:
        """The hidden token of the page's form."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.text)
        assert found, f"no form at {self.url}: {self.text[:300]}"
        return found.group(1)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


class Browser:
    """Cookies and redirects, over real connections to this machine."""

    def __init__(self) -> None:
        self.cookies = http.cookiejar.CookieJar()
        keep = urllib.request.HTTPCookieProcessor(self.cookies)
        direct = urllib.request.ProxyHandler({})
        self._following = urllib.request.build_opener(direct, keep)
        self._staying = urllib.request.build_opener(direct, keep, _Stay)

    def get(self, url: str, *, follow: bool = True) -> Page:
        return self._open(urllib.request.Request(url), follow)  # noqa: S310  # loopback addresses of tests

    def post(self, url: str, fields: dict[str, str], *, follow: bool = True) -> Page:
        data = urllib.parse.urlencode(fields).encode()
        return self._open(urllib.request.Request(url, data, {"Referer": url}), follow)  # noqa: S310  # as above

    def submit(self, url: str, fields: dict[str, str]) -> Page:
        """Open the page with the form, then send it."""
        return self.post(url, {**fields, "csrfmiddlewaretoken": self.get(url).token})

    def _open(self, request: urllib.request.Request, follow: bool) -> Page:
        opener = self._following if follow else self._staying
        try:
            answer = opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Page(
                answer.status, answer.geturl(), answer.headers, answer.read().decode(errors="replace")
            )


def free_port() -> int:
    """A port on the loopback that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
