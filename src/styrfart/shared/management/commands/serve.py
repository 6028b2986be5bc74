"""`styrfart serve`: everything on one machine: prepare, then answer on the web and work in the background."""

import socket
import sys
import time
from http.client import HTTPConnection
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from styrfart.shared.processes import Kept, Supervisor


class Command(BaseCommand):
    help = "Gör i ordning, svara på webben och gör bakgrundsjobb, tills du trycker Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="med en påhittad kommun att prova i")

    def handle(self, *_args: Any, demo: bool, **_options: Any) -> None:
        if demo and not settings.DEMO:
            raise CommandError("Sätt STYRFART_DEMO=1: demon kan inte slås på för en kommun i drift.")
        if answers():
            raise CommandError(
                f"Något annat använder redan port {settings.PORT}. "
                "Avsluta det, eller välj en annan port: STYRFART_PORT=8001 make run"
            )
        call_command("prepare")
        if demo:
            self.load_demo()
        connections.close_all()
        me = [sys.executable, "-m", "styrfart.config.cli"]
        supervisor = Supervisor([Kept("web", [*me, "web"]), Kept("worker", [*me, "worker"])])
        supervisor.start()
        self.tell_when_ready(supervisor)
        supervisor.watch()

    def load_demo(self) -> None:
        """Fill an empty database with the demonstration municipality."""
        if get_user_model()._default_manager.exists():
            return
        if "demo" not in get_commands():
            self.stderr.write("Kommandot `styrfart demo` saknas i den här versionen: databasen är tom.")
            return
        self.stdout.write("Bygger demostaden, det tar en liten stund …")
        self.stdout.flush()
        call_command("demo", size="office")

    def tell_when_ready(self, supervisor: Supervisor) -> None:
        """Print the address once somebody answers there."""
        until = time.monotonic() + 60
        while time.monotonic() < until and not supervisor.stopping.wait(0.05):
            if answers() and has_started():
                self.stdout.write(f"Styrfart svarar på {settings.BASE_URL}/   (avsluta med Ctrl-C)")
                self.stdout.flush()
                return


def own_host() -> str:
    """Where this machine finds its own server."""
    return "127.0.0.1" if settings.HOST in {"0.0.0.0", "::", ""} else settings.HOST  # noqa: S104  # compared only


def has_started() -> bool:
    """Whether the product itself answers, well or not."""
    connection = HTTPConnection(own_host(), settings.PORT, timeout=5)
    try:
        connection.request("GET", "/halsa/")
        return connection.getresponse().status > 0
    except OSError:
        return False
    finally:
        connection.close()


def answers() -> bool:
    """Whether somebody listens at our address."""
    host = own_host()
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, settings.PORT)) == 0
