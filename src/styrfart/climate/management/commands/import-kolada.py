# ruff: noqa: N999  # the command is called what it does
"""`styrfart import-kolada FILE`: figures of the national database from a saved answer, all or nothing."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from styrfart.climate.actions.national import FileIsFaulty, import_national
from styrfart.climate.kolada import Unreadable
from styrfart.climate.telling_national import lines_of

WRONG, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Exit codes: 0 done, 1 errors in the file, 2 the file cannot be opened."""

    help = "Läs in nationella värden ur ett svar från Kolada som är sparat som fil: allt eller inget."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")
        parser.add_argument(
            "--fetched",
            type=dt.date.fromisoformat,
            default=None,
            help="dag då svaret hämtades, 2026-11-21; annars dagen då filen sparades",
        )
        parser.add_argument(
            "--language", choices=["sv", "en"], default="sv", help="språk för det som skrivs ut"
        )

    def handle(self, **options: Any) -> None:
        """Read, tell, and leave with the exit code."""
        path: Path = options["file"]
        with translation.override(options["language"]):
            try:
                content, saved = path.read_bytes(), path.stat().st_mtime
            except OSError as error:
                self.stderr.write(_("Filen går inte att öppna: %(name)s") % {"name": path})
                raise SystemExit(UNREADABLE) from error
            saved_on = timezone.localdate(dt.datetime.fromtimestamp(saved, tz=dt.UTC))
            fetched_on = options["fetched"] or min(saved_on, timezone.localdate())
            try:
                outcome = import_national(content=content, fetched_on=fetched_on, actor=None)
            except Unreadable as error:
                self.stderr.write(str(error.text))
                raise SystemExit(WRONG) from error
            except FileIsFaulty as error:
                for fault in error.faults:
                    self.stderr.write(str(fault))
                self.stderr.write(_("Ingenting har ändrats."))
                raise SystemExit(WRONG) from error
            for line in lines_of(outcome):
                self.stdout.write(line)
