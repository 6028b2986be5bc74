"""`styrfart prepare`: make the installation ready for this version; does nothing when it is."""

import compileall
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

# What the installation's state depends on, under the package.
WATCHED = ("*/migrations/*.py", "*/static/**/*", "*/locale/*/LC_MESSAGES/*.mo")


def fingerprint() -> str:
    """Changes when migrations, static files, translations or the libraries do."""
    seen = hashlib.sha256()
    for path in sorted(_watched()):
        state = path.stat()
        seen.update(f"{path} {state.st_mtime_ns} {state.st_size}\n".encode())
    database = settings.DATABASES["default"]
    seen.update(f"{database['ENGINE']} {database['NAME']} {settings.STATIC_ROOT}".encode())
    return seen.hexdigest()


def _watched() -> Iterator[Path]:
    # The folder that libraries are installed into changes when one of them is.
    yield Path(django.__file__).parent.parent
    for pattern in WATCHED:
        yield from settings.PACKAGE.glob(pattern)


def is_ready() -> bool:
    """Whether this version has been prepared for here before: only asked with a database that is a file."""
    stamp = settings.DATA_DIR / "prepared"
    file = Path(settings.DATABASES["default"]["NAME"])
    return (
        connection.vendor == "sqlite"
        and file.exists()
        and file.stat().st_size > 0
        and stamp.exists()
        and stamp.read_text() == fingerprint()
    )


class Command(BaseCommand):
    help = "Gör i ordning databasen och de statiska filerna för den här versionen."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="också när inget verkar ha ändrats")

    def handle(self, *_args: Any, force: bool, **_options: Any) -> None:
        if is_ready() and not force:
            return
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if not settings.DEBUG:
            call_command("collectstatic", verbosity=0, interactive=False)
        # Where nothing writes bytecode, every start would compile the product anew.
        compileall.compile_dir(str(settings.PACKAGE), quiet=2)
        (settings.DATA_DIR / "prepared").write_text(fingerprint())
