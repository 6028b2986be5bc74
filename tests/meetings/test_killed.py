"""A server killed while several write in a meeting: what was confirmed is there once, and it goes on."""

import http.client
import json
import random
import signal
import threading
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

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

WRITERS, ROUNDS, ENOUGH = 5, 2, 20
TOKEN = "k" * 32  # any text of this length will do, where the cookie and the header say the same
DUE = "2099-01-31"

BUILD = """
    import datetime as dt, json
    from django.conf import settings
    from django.test import Client
    from styrfart.people.models import TeamRole
    from tests import make
    from tests.meetings.live_scene import going

    team = make.team()
    chair = make.member(team, role=TeamRole.CHAIR).person
    people = [chair, *(make.member(team).person for _ in range({writers} - 1))]
    scene = going(team, chair)

    def cookie(person):
        client = Client()
        client.force_login(person, backend="styrfart.people.backends.PersonBackend")
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    print(json.dumps({{
        "session": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "cookies": [cookie(person) for person in people],
        "people": [person.pk for person in people],
        "item": scene.items[0].pk,
        "note": scene.url("record-note"),
        "action": scene.url("record-action"),
        "state": scene.url("live-state"),
    }}))
"""
FOUND = """
    import json
    from styrfart.decisions.models import Action
    from styrfart.meetings.models import Entry, Meeting
    from styrfart.shared.models import AuditEntry

    meeting = Meeting.objects.get()
    entries = Entry.objects.order_by("pk")
    print(json.dumps({
        "texts": sorted(entries.values_list("text", flat=True)),
        "keys": sorted(str(key) for key in entries.values_list("key", flat=True)),
        "actions": sorted(Action.objects.values_list("text", flat=True)),
        "entered_actions": sorted(entries.filter(kind="action").values_list("text", flat=True)),
        "logged": AuditEntry.objects.filter(verb__startswith="meetings.enter_").count(),
        "tick": meeting.tick,
        "state": meeting.state,
        "current": meeting.current_item_id,
    }))
"""


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.skipif(not HAS_POSTGRESQL, reason="no PostgreSQL")),
    ]
)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An installation with the database, and two processes that answer."""
    with on_postgresql(tmp_path) if request.param == "postgresql" else _local(tmp_path) as made:
        made.env |= {"STYRFART_LOG_LEVEL": "ERROR", "STYRFART_WEB_PROCESSES": "2"}
        yield made


@contextmanager
def _local(folder: Path) -> Iterator[Installation]:
    yield on_sqlite(folder)


class Room:
    """The open meeting: who is there, and how what they write is sent."""

    def __init__(self, shop: Installation) -> None:
        self.known: dict[str, Any] = json.loads(shop.python(BUILD.format(writers=WRITERS)))

    def fields(self, key: str, *, is_action: bool) -> dict[str, str]:
        fields = {"item": str(self.known["item"]), "key": key, "text": f"Skrivet {key}"}
        return {**fields, "owner": str(self.known["people"][0]), "due_on": DUE} if is_action else fields

    def headers(self, who: int) -> dict[str, str]:
        cookies = f"{self.known['session']}={self.known['cookies'][who]}; {self.known['csrf']}={TOKEN}"
        return {"Cookie": cookies, "X-CSRFToken": TOKEN}

    def send(self, to: http.client.HTTPConnection, who: int, key: str, *, is_action: bool) -> int:
        """What the server answered; a redirect back to the page says that it is on record."""
        body = urllib.parse.urlencode(self.fields(key, is_action=is_action))
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        to.request("POST", self.known["action" if is_action else "note"], body, self.headers(who) | kind)
        answer = to.getresponse()
        answer.read()
        return answer.status

    def asks(self, to: http.client.HTTPConnection, who: int, tick: int) -> int:
        """The answer to an open page that knows of so much."""
        to.request("GET", f"{self.known['state']}?sedan={tick}", headers=self.headers(who) | {"X-Live": "1"})
        answer = to.getresponse()
        answer.read()
        return answer.status


class Writer(threading.Thread):
    """Enters one thing after the other until the server is gone; remembers what was sent and confirmed."""

    def __init__(self, room: Room, port: int, who: int) -> None:
        super().__init__(daemon=True)
        self.room, self.port, self.who = room, port, who
        self.sent: dict[str, bool] = {}  # key -> whether it was an action
        self.confirmed: list[str] = []
        self.refused: list[int] = []

    def run(self) -> None:
        with (
            suppress(OSError, http.client.HTTPException),
            closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection,
        ):
            while True:
                key = str(uuid.uuid4())
                self.sent[key] = len(self.sent) % 4 == 3
                status = self.room.send(connection, self.who, key, is_action=self.sent[key])
                if status == 302:
                    self.confirmed.append(key)
                else:
                    self.refused.append(status)


@contextmanager
def answering(shop: Installation, how: signal.Signals) -> Iterator[int]:
    """The server on a port, ended in this way."""
    port = free_port()
    process = shop.start(["-m", "styrfart.config.cli", "web"], STYRFART_PORT=str(port))
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield port
    finally:
        kill(process, how)


def test_what_was_confirmed_is_there_once_and_the_meeting_goes_on(shop: Installation) -> None:
    room = Room(shop)
    chance = random.Random(11)  # noqa: S311  # when to strike, not a secret
    sent: list[tuple[int, str, bool]] = []
    confirmed: set[str] = set()
    for round_ in range(1, ROUNDS + 1):
        with answering(shop, signal.SIGKILL) as port:
            writers = [Writer(room, port, who) for who in range(WRITERS)]
            for writer in writers:
                writer.start()
            until = time.monotonic() + 60
            while sum(len(each.confirmed) for each in writers) < ENOUGH and time.monotonic() < until:
                time.sleep(0.005)
            time.sleep(chance.random() * 0.05)
            assert all(each.is_alive() for each in writers), "the writers are at work when it strikes"
        for writer in writers:
            writer.join(timeout=35)
        assert [each.refused for each in writers] == [[]] * WRITERS
        for writer in writers:
            sent += [(writer.who, key, is_action) for key, is_action in writer.sent.items()]
            confirmed.update(writer.confirmed)
        assert len(confirmed) >= round_ * ENOUGH
        found = json.loads(shop.python(FOUND))
        assert found["keys"] == sorted(set(found["keys"])), "each once"
        assert confirmed <= set(found["keys"]) <= {key for _who, key, _is_action in sent}
        # At most one of each writer was on record and not yet confirmed when it struck; none by halves.
        assert len(found["keys"]) - len(confirmed) <= WRITERS * round_
        assert found["texts"] == [f"Skrivet {key}" for key in found["keys"]]
        assert found["actions"] == found["entered_actions"]
        assert found["tick"] == found["logged"] == len(found["keys"])
        assert (found["state"], found["current"]) == ("open", room.known["item"])

    # The pages that lost their connection send everything once more.
    with answering(shop, signal.SIGTERM) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        assert room.asks(connection, 0, found["tick"]) == 304
        again = {room.send(connection, who, key, is_action=is_action) for who, key, is_action in sent}
        assert again == {302}
        after = json.loads(shop.python(FOUND))
        assert after["keys"] == sorted(key for _who, key, _is_action in sent)
        assert after["actions"] == after["entered_actions"]
        assert after["tick"] == after["logged"] == len(sent)
        # The meeting is open still: what is written now raises its number, and open pages are told.
        assert room.asks(connection, 1, after["tick"]) == 304
        assert room.send(connection, 0, str(uuid.uuid4()), is_action=False) == 302
        assert room.asks(connection, 1, after["tick"]) == 200
        assert room.asks(connection, 1, after["tick"] + 1) == 304
        connection.close()
