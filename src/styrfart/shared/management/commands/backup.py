"""`styrfart backup FILE`: everything in one file, while people go on working."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from styrfart.shared import backup


class Command(BaseCommand):
    help = "Skriv en säkerhetskopia av databasen och alla filer till FIL."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        if not file.absolute().parent.is_dir():
            raise CommandError(f"Mappen {file.absolute().parent} finns inte. Skapa den först.")
        made = backup.make(file.absolute(), version=version("styrfart"))
        files = sum(name.startswith("files/") for name in made.digests)
        size = file.stat().st_size / 1_000_000
        rows = sum(made.rows.values())
        self.stdout.write(f"Säkerhetskopian är skriven: {file} ({size:.1f} MB, {rows} rader, {files} filer).")
