"""A meeting that goes on in an installation of its own, and the browsers of those who are there."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Trouble
from tests.installation import HAS_POSTGRESQL, Installation, on_postgresql, on_sqlite, serving

SOON = 4000  # ms; two seconds, and two more for a machine that does much else

# An installation of its own: several pages ask at the same time, and locks are real.
BUILD = """
    import json
    from django.conf import settings
    from django.test import Client
    from styrfart.meetings.models import AgendaItem
    from styrfart.people.models import TeamRole
    from tests import make
    from tests.meetings.live_scene import going

    office = make.unit("Utvecklingskontoret")
    team = make.team("Kontorets ledningsgrupp", of_unit=office)
    chair = make.member(team, role=TeamRole.CHAIR, person=make.person("Ingrid", "Hall")).person
    member = make.member(team, person=make.person("Samir", "Haddad")).person
    secretary = make.member(team, role=TeamRole.SECRETARY, person=make.person("Tove", "Lind")).person
    make.post(chair, office, title="Kontorschef")
    scene = going(team, chair, secretary)
    AgendaItem.objects.filter(pk=scene.items[0].pk).update(
        proposal="Introduktionen blir två dagar.", background="Fler vill öva."
    )

    def cookie(person):
        client = Client()
        client.force_login(person, backend="styrfart.people.backends.PersonBackend")
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    people = {"chair": chair, "member": member, "secretary": secretary}
    print(json.dumps({
        "cookie": settings.SESSION_COOKIE_NAME,
        "people": {name: cookie(person) for name, person in people.items()},
        "urls": {name: scene.url(name) for name in ("live", "live-room", "attendance")},
        "items": [item.pk for item in scene.items],
    }))
"""
ENTRIES = """
    import json
    from styrfart.meetings.models import Entry
    print(json.dumps(list(Entry.objects.values_list("kind", "text", "item__title"))))
"""
FIRST = "Två eller tre introduktionsdagar?"


class Stage:
    """The installation that serves the meeting, and the windows of those who are there."""

    def __init__(self, place: "Place", browser: Browser, trouble: Trouble) -> None:
        self.installation, self.address, self.known = place.installation, place.address, place.known
        self.browser, self.trouble = browser, trouble
        self.windows: list[BrowserContext] = []

    def open(self, who: str, name: str = "live", *, width: int = 1280, **more: Any) -> Page:
        """The page in a window of somebody's own."""
        window = self.browser.new_context(
            viewport={"width": width, "height": 844}, locale="sv-SE", base_url=self.address, **more
        )
        window.set_default_timeout(10_000)
        window.add_cookies(
            [{"name": self.known["cookie"], "value": self.known["people"][who], "url": self.address}]
        )
        self.windows.append(window)
        page = window.new_page()
        self.trouble.listen(page)
        page.goto(self.known["urls"][name])
        return page

    def entries(self) -> list[list[str]]:
        """What is on record: kind, text, item."""
        found: list[list[str]] = json.loads(self.installation.python(ENTRIES))
        return found


class Place:
    """A server, and the meeting as it is before anybody does anything."""

    def __init__(self, installation: Installation, address: str) -> None:
        self.installation, self.address = installation, address
        self.known: dict[str, Any] = json.loads(installation.python(BUILD))
        self._begun = installation.folder / "begun.sqlite3"
        if not HAS_POSTGRESQL:
            _copy(installation.data / "styrfart.sqlite3", self._begun)

    def begin_again(self) -> None:
        """The database is what it was; the server goes on."""
        _copy(self._begun, self.installation.data / "styrfart.sqlite3")


def _copy(one: Path, other: Path) -> None:
    with closing(sqlite3.connect(one)) as source, closing(sqlite3.connect(other, timeout=20)) as target:
        source.backup(target)


@contextmanager
def place_on_sqlite(folder: Path) -> Iterator[Place]:
    """One place for many meetings, one after another."""
    installation = on_sqlite(folder)
    with serving(installation) as address:
        yield Place(installation, address)


def staged(place: Place, browser: Browser, trouble: Trouble) -> Iterator[Stage]:
    """The meeting, until the test is over."""
    stage = Stage(place, browser, trouble)
    yield stage
    for window in stage.windows:
        window.close()


@contextmanager
def place_for_a_test(shared: Place | None, folder: Path) -> Iterator[Place]:
    """The shared place as it was in the beginning; on PostgreSQL one of its own."""
    if shared is not None:
        shared.begin_again()
        yield shared
        return
    with on_postgresql(folder) as installation, serving(installation) as address:
        yield Place(installation, address)
