"""`styrfart worker`: do background jobs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import autodiscover_modules

from styrfart.shared import worker


class Command(BaseCommand):
    help = "Gör det som väntar i kön: e-post, påminnelser och det som klockan startar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="gör det som väntar nu och sluta sedan")
        parser.add_argument("--idle", type=float, default=1.0, help="sekunder mellan frågor när kön är tom")

    def handle(self, *_args: Any, once: bool, idle: float, **_options: Any) -> None:
        # Every room's jobs.py, so that its scheduled jobs are known.
        autodiscover_modules("jobs")
        if once:
            self.stdout.write(f"{worker.run_all()} jobb gjorda")
            return
        worker.Worker(idle=idle).start()
