# ruff: noqa: N999  # the command is called what it does
"""`styrfart import FILE [FILE FILE]`: the organisation from a workbook or CSV files, all or nothing."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.people.actions import import_at_once
from styrfart.people.importing.examining import Examined
from styrfart.people.importing.problems import sentence
from styrfart.people.importing.telling import in_counts, in_one_line
from styrfart.people.importing.values import date_of

DONE, WRONG, UNREADABLE = 0, 1, 2
SHOWN = 200


class Command(BaseCommand):
    """Exit codes: 0 done (or nothing to do), 1 errors in the files, 2 a file cannot be opened."""

    help = "Läs in organisationen från en arbetsbok (.xlsx) eller upp till tre CSV-filer: allt eller inget."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FIL")
        parser.add_argument("--dry-run", action="store_true", help="visa skillnaderna, ändra inget")
        parser.add_argument(
            "--date", type=_day, default=None, help="dag som ändringarna gäller från, 2026-11-21"
        )
        parser.add_argument(
            "--whole",
            action="store_true",
            help="filen är hela organisationen: den som inte finns i filen avslutas",
        )
        parser.add_argument(
            "--language", choices=["sv", "en"], default="sv", help="språk för det som skrivs ut"
        )

    def handle(self, **options: Any) -> None:
        """Read, tell, and leave with the exit code."""
        with translation.override(options["language"]):
            try:
                uploads = [(path.name, path.read_bytes()) for path in options["files"]]
            except OSError as error:
                self.stderr.write(_("Filen går inte att öppna: %(name)s") % {"name": error.filename})
                raise SystemExit(UNREADABLE) from error
            examined = import_at_once(
                uploads=uploads,
                day=options["date"] or timezone.localdate(),
                is_whole=options["whole"],
                is_dry=options["dry_run"],
            )
            self._tell(examined, is_dry=options["dry_run"])
        if examined.has_errors:
            raise SystemExit(WRONG)

    def _tell(self, examined: Examined, *, is_dry: bool) -> None:
        for problem in sorted(examined.problems, key=lambda each: each.is_warning)[:SHOWN]:
            (self.stdout if problem.is_warning else self.stderr).write(sentence(problem.as_json()))
        counts = examined.counts()
        if len(examined.problems) > SHOWN:
            self.stdout.write(_("… och %(more)s till.") % {"more": len(examined.problems) - SHOWN})
        if examined.has_errors:
            wrong = counts["error"]
            self.stderr.write(
                ngettext(
                    "%(count)s fel. Ingenting har ändrats.", "%(count)s fel. Ingenting har ändrats.", wrong
                )
                % {"count": wrong}
            )
            return
        if is_dry:
            for section, kind, content in examined.lines():
                if kind:
                    self.stdout.write(f"{_section(section)}: {in_one_line(content)}")
        if not any(value for key, value in counts.items() if "." in key):
            self.stdout.write(_("Organisationen är redan som i filen. Ingenting har ändrats."))
            return
        self.stdout.write(in_counts(counts))
        self.stdout.write(_("Ingenting har ändrats.") if is_dry else _("Organisationen är inläst."))


def _section(section: str) -> str:
    return {"new": _("ny"), "changed": _("ändras"), "ended": _("avslutas")}[section]


def _day(text: str) -> dt.date:
    day = date_of(text)
    if day is None:
        raise ValueError(text)
    return day
