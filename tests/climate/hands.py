"""Respondents at a real server: real connections, cookies as a browser keeps them."""

import http.client
import json
import signal
import urllib.parse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.installation import Installation, free_port, kill, on_postgresql, on_sqlite, wait_for

TOKEN = "k" * 32  # any text of this length will do, where the cookie and the field say the same
BUILD = """
    import json
    from django.conf import settings
    from django.db import transaction
    from django.test import Client
    from tests import make

    asked = make.climate_round(text_questions=[{{"sv": "Vad vill du att vi ändrar?"}}])
    group = make.climate_group(asked)
    with transaction.atomic():
        people = [make.person() for _ in range({people})]
        links = [make.invitation(group, person)[1] for person in people]
    client = Client()
    client.force_login(people[0], backend="styrfart.people.backends.PersonBackend")
    name = settings.SESSION_COOKIE_NAME
    print(json.dumps({{
        "links": links,
        "session": [name, client.cookies[name].value],
        "csrf": settings.CSRF_COOKIE_NAME,
    }}))
"""
FOUND = """
    import json
    from styrfart.climate import keys, seals
    from styrfart.climate.models import Ballot, Round, UsedLink
    asked = Round.objects.get()
    private = keys.read(asked.pk).private
    opened = [
        seals.unseal(bytes(sealed), private=private, round_id=asked.pk)
        for sealed in Ballot.objects.values_list("sealed", flat=True)
    ]
    print(json.dumps({
        "values": sorted(each.values for each in opened if isinstance(each, seals.Scores)),
        "texts": sorted(each.text for each in opened if isinstance(each, seals.Text)),
        "used": sorted(str(pk) for pk in UsedLink.objects.values_list("pk", flat=True)),
    }))
"""


def signs_of(number: int) -> str:
    """Answers that only the respondent with this number gives."""
    return "".join("12345"[number // 5**place % 5] for place in range(9))


class Hand:
    """Follows one link. `cookies` is what the browser has kept."""

    def __init__(self, port: int, link: str, cookies: dict[str, str] | None = None) -> None:
        self.port = port
        self.place = f"/puls/{link}/"
        self.cookies = {"csrftoken": TOKEN, **(cookies or {})}

    def ask(self, method: str, where: str, **fields: str) -> tuple[int, str, str]:
        """Status, where one is led, and the page."""
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": TOKEN}) if method == "POST" else None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, self.place + where, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0].strip('"')
        return answer.status, answer.headers.get("Location", ""), page

    def send(self) -> int:
        """302 to the receipt is what confirms an answer."""
        status, led, _page = self.ask("POST", "skicka/")
        return status if led == f"{self.place}klart/" else 0


@contextmanager
def installed(kind: str, folder: Path) -> Iterator[Installation]:
    """An installation on one of the databases."""
    if kind == "postgresql":
        with on_postgresql(folder) as made:
            yield made
    else:
        yield on_sqlite(folder)


@contextmanager
def answering(shop: Installation, how: signal.Signals = signal.SIGTERM, processes: int = 2) -> Iterator[int]:
    """The real server on a port, ended in this way."""
    port = free_port()
    process = shop.start(
        ["-m", "styrfart.config.cli", "web"],
        STYRFART_PORT=str(port),
        STYRFART_WEB_PROCESSES=str(processes),
    )
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield port
    finally:
        kill(process, how)


def build(shop: Installation, people: int) -> dict[str, Any]:
    """An open round, a link for each of so many people, and the session of the first of them."""
    known: dict[str, Any] = json.loads(shop.python(BUILD.format(people=people)).splitlines()[-1])
    assert known["csrf"] == "csrftoken"
    return known


def found(shop: Installation) -> dict[str, list[str]]:
    """What is stored, the ballots opened."""
    read: dict[str, list[str]] = json.loads(shop.python(FOUND).splitlines()[-1])
    return read
