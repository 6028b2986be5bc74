"""`styrfart restore FILE`: put back what a backup holds; all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from styrfart.shared.backup import BackupUnreadable
from styrfart.shared.restore import RestoreRefused, restore

REASONS = {
    "not empty": "Databasen är inte tom. Lägg till --force om allt i den ska ersättas.",
    "in use": "En arbetare är igång. Stäng av styrfart först, eller lägg till --force.",
}


class Command(BaseCommand):
    help = "Återställ från säkerhetskopian FIL. Databasen ska vara tom, om inte --force anges."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")
        parser.add_argument("--force", action="store_true", help="ersätt det som finns")

    def handle(self, *_args: Any, file: Path, force: bool, **_options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"Filen {file} finns inte.")
        try:
            done = restore(file.absolute(), is_forced=force)
        except RestoreRefused as refusal:
            raise CommandError(REASONS[str(refusal)]) from refusal
        except BackupUnreadable as fault:
            raise CommandError(f"Säkerhetskopian går inte att använda: {fault}. Inget är ändrat.") from fault
        self.stdout.write(
            f"Återställt: {sum(done.rows.values())} rader från {done.made_at} "
            f"(version {done.version}, {done.engine}). Alla behöver logga in igen."
        )
