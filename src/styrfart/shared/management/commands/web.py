"""`styrfart web`: answer requests. Becomes the web server, so that signals and memory are its own."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Svara på webben, med den adress och det antal processer som miljön anger."

    def handle(self, *_args: Any, **_options: Any) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "styrfart.config.settings")
        os.execv(sys.executable, arguments())  # noqa: S606  # nothing here comes from outside


def arguments() -> list[str]:
    """The command line of the web server. One thread and one connection a process (docs/adr/0006)."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "styrfart.config.wsgi:application",
        "--host", settings.HOST,
        "--port", str(settings.PORT),
        "--workers", str(settings.WEB_PROCESSES),
        "--blocking-threads", "1",
        "--http", "1",
        "--no-ws",
        "--respawn-failed-workers",
        "--workers-kill-timeout", "10",
        "--log-level", settings.LOG_LEVEL.lower(),
        "--log-config", str(settings.PACKAGE / "config" / "granian.json"),
    ]  # fmt: skip
