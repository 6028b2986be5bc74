"""`styrfart healthy`: whether the server on this machine says that all is well: for a container."""

import sys
from http.client import HTTPConnection, HTTPException
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Fråga servern på den här maskinen hur den mår. Slutar med 0 om den mår bra."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        host = "127.0.0.1" if settings.HOST in {"0.0.0.0", "::"} else settings.HOST  # noqa: S104  # compared only
        connection = HTTPConnection(host, settings.PORT, timeout=4)
        try:
            connection.request("GET", "/halsa/", headers={"Host": "127.0.0.1"})
            answer = connection.getresponse()
            self.stdout.write(answer.read().decode())
            status = answer.status
        except (OSError, HTTPException):
            self.stderr.write("Servern svarar inte.")
            status = 0
        finally:
            connection.close()
        sys.exit(0 if status == 200 else 1)
