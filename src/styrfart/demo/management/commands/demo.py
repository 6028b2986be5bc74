"""`styrfart demo`: fill an empty database with a municipality that does not exist."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from styrfart.demo.build import NotEmpty, Size, build


class Command(BaseCommand):
    help = "Fyll en tom databas med Demostads kommun: påhittade människor, mandat, ärenden och beslut."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--size",
            choices=list(Size),
            default=Size.OFFICE,
            help="office: 600 personer, city: 48 000, nation: 1 200 000",
        )
        parser.add_argument("--seed", type=int, default=1, help="Samma tal ger samma kommun.")

    def handle(self, *_args: Any, size: str, seed: int, **_options: Any) -> None:
        began = time.monotonic()
        try:
            build(Size(size), seed=seed, today=timezone.localdate(), report=self._say)
        except NotEmpty:
            raise CommandError(
                "Det finns redan personer i databasen. Demonstrationen läggs bara i en tom databas: "
                "ange en annan katalog med STYRFART_DATA_DIR."
            ) from None
        self._say(f"Klart på {time.monotonic() - began:.1f} s.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
