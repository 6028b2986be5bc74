"""A server killed in the middle of its work loses nothing that it confirmed, and keeps nothing by halves."""

import http.client
import itertools
import json
import random
import signal
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.installation import (
    HAS_POSTGRESQL,
    Installation,
    free_port,
    kill,
    on_postgresql,
    on_sqlite,
    wait_for,
)

WRITERS, ROUNDS = 6, 3

# The product with one more page: a deed as actions do them, with an audit row, a mail and its job.
PAGES = """
    from django.contrib.auth.decorators import login_not_required
    from django.db import transaction
    from django.http import HttpResponse
    from django.urls import include, path
    from django.views.decorators.csrf import csrf_exempt
    from styrfart.people.models import Person
    from styrfart.shared import audit, mail

    @csrf_exempt
    @login_not_required
    def deed(request, number):
        with transaction.atomic():
            who = Person.objects.select_for_update().get(email="anna.ek@demo.example")
            audit.record("test.deed", who, actor=who, concerns=[who], detail={"number": number})
            mail.send(who, subject=str(number), text="x" * 5000)
        return HttpResponse(status=204)

    urlpatterns = [path("dad/<int:number>/", deed), path("", include("styrfart.config.urls"))]
"""
SETTINGS = "from styrfart.config.settings import *\nROOT_URLCONF = 'killpages'\n"
FOUND = """
    import json
    from django_tasks_db.models import DBTaskResult
    from styrfart.shared.models import AuditEntry, OutgoingMail
    print(json.dumps({
        "deeds": sorted(detail["number"] for detail in AuditEntry.objects.values_list("detail", flat=True)),
        "concerns": AuditEntry.concerns.through.objects.count(),
        "mails": sorted(int(subject) for subject in OutgoingMail.objects.values_list("subject", flat=True)),
        "jobs": DBTaskResult.objects.count(),
    }))
"""


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.skipif(not HAS_POSTGRESQL, reason="no PostgreSQL")),
    ]
)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    if request.param == "sqlite":
        yield dressed(on_sqlite(tmp_path))
    else:
        with on_postgresql(tmp_path) as made:
            yield dressed(made)


def dressed(made: Installation) -> Installation:
    (made.folder / "killpages.py").write_text(textwrap.dedent(PAGES))
    (made.folder / "killsettings.py").write_text(SETTINGS)
    made.env |= {
        "DJANGO_SETTINGS_MODULE": "killsettings",
        "STYRFART_LOG_LEVEL": "ERROR",
        "STYRFART_WEB_PROCESSES": "2",
    }
    made.python("from tests import make; make.person('Anna', 'Ek', email='anna.ek@demo.example')")
    return made


class Writer(threading.Thread):
    """Does one deed after the other until the server is gone; remembers what was confirmed."""

    def __init__(self, port: int, numbers: "itertools.count[int]", confirmed: list[int]) -> None:
        super().__init__(daemon=True)
        self.port, self.numbers, self.confirmed = port, numbers, confirmed

    def run(self) -> None:
        with (
            suppress(OSError, http.client.HTTPException),
            closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection,
        ):
            while True:
                number = next(self.numbers)
                connection.request("POST", f"/dad/{number}/")
                answer = connection.getresponse()
                answer.read()
                if answer.status == 204:
                    self.confirmed.append(number)


def test_what_was_confirmed_is_there_after_a_kill_and_nothing_is_there_by_halves(shop: Installation) -> None:
    numbers, confirmed = itertools.count(1), list[int]()
    chance = random.Random(7)  # noqa: S311  # when to strike, not a secret
    for round_ in range(ROUNDS):
        port = free_port()
        process = shop.start(["-m", "styrfart.config.cli", "web"], STYRFART_PORT=str(port))
        try:
            wait_for(f"http://127.0.0.1:{port}")
            writers = [Writer(port, numbers, confirmed) for _ in range(WRITERS)]
            for writer in writers:
                writer.start()
            until, enough = time.monotonic() + 30, len(confirmed) + 40
            while len(confirmed) < enough and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(chance.random() * 0.1)
        finally:
            kill(process, signal.SIGKILL)
        for writer in writers:
            writer.join(timeout=35)
        assert len(confirmed) >= (round_ + 1) * 40, "the writers were at work when it struck"
        found = json.loads(shop.python(FOUND))
        assert set(confirmed) <= set(found["deeds"]), "what was confirmed is there"
        assert found["deeds"] == found["mails"] == sorted(set(found["deeds"])), "whole deeds, each once"
        assert found["concerns"] == found["jobs"] == len(found["deeds"])
        # At most one deed a writer was done and not yet confirmed when it struck.
        assert len(found["deeds"]) - len(confirmed) <= WRITERS * (round_ + 1)
