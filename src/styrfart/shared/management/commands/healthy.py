"""`styrfart healthy`: whether the server on this machine says that all is well: for a container."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from styrfart.shared.healthy import ask


class Command(BaseCommand):
    help = "Fråga servern på den här maskinen hur den mår. Slutar med 0 om den mår bra."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        is_well, said = ask(settings.HOST, settings.PORT)
        (self.stdout if is_well else self.stderr).write(said)
        sys.exit(0 if is_well else 1)
