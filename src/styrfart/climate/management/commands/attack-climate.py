# ruff: noqa: N999  # the command is named as it is typed
"""`styrfart attack-climate`: try to find out who answered what, with all that lies in the installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.climate.attacks import attack


class Command(BaseCommand):
    """Prints what was tried and what came of it; ends with 1 when anything could be found out."""

    help = (
        "Attack the answers of this installation: tables, order of rows, files, logs and what has been shown."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--log", type=Path, action="append", default=[], help="a log file to search as well"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        missing = [str(file) for file in options["log"] if not file.is_file()]
        if missing:
            raise CommandError(_("Loggen finns inte: %(files)s.") % {"files": ", ".join(missing)})
        found = attack(options["log"])
        for each in found:
            mark = _("håller") if each.is_safe else _("HÅLLER INTE")
            self.stdout.write(f"{mark}: {each.said}")
        broken = sum(not each.is_safe for each in found)
        if broken:
            raise CommandError(
                ngettext("%(number)s angrepp lyckades.", "%(number)s angrepp lyckades.", broken)
                % {"number": broken}
            )
        self.stdout.write(_("Inget av %(number)s angrepp lyckades.") % {"number": len(found)})
