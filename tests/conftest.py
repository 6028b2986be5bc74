"""The cast of every test: a chair, a member, a secretary, an adjunct, a stranger and the system owner."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import connections
from django.db.backends.signals import connection_created
from django.test import Client
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from styrfart.matters import similar, triage
from styrfart.people.models import Person, Role, Team, TeamRole
from tests import make
from tests.demonstration import Demonstration
from tests.installation import HAS_POSTGRESQL, ROOT, migrated_postgresql, migrated_sqlite

STANDING = pytest.StashKey[Demonstration]()
LONGEST = {
    ROOT / "tests/test_walk.py",
    ROOT / "tests/shared/test_backup.py",
    ROOT / "tests/config/test_sign_in.py",
}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The database begins as a copy of one that is migrated already: migrations take ten seconds."""
    if HAS_POSTGRESQL:
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = migrated_postgresql()
        yield
        return

    def fill(connection: Any, **_others: Any) -> None:
        connection_created.disconnect(fill)  # the first one made is the database in memory, and is empty
        with closing(sqlite3.connect(migrated_sqlite())) as template:
            template.backup(connection.connection)

    connection_created.connect(fill)
    yield
    connection_created.disconnect(fill)


@pytest.fixture(scope="session")
def demonstration(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Demonstration]:
    """What `town` shows; it stands from one test that reads it to the next."""
    made = request.session.stash[STANDING] = Demonstration(django_db_blocker)
    yield made
    made.end()


def reads_the_demonstration(item: pytest.Item) -> bool:
    """Whether the test asks for the town, or for something that does."""
    return "demonstration" in getattr(item, "fixturenames", ())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The demonstration stands for the tests that read it, and for no others."""
    made = item.session.stash.get(STANDING, None)
    if made is not None and reads_the_demonstration(item):
        made.show()
    elif made is not None:
        made.end()


def meets_the_database(item: pytest.Item) -> bool:
    """Whether the test may see something else when the run is on another database.

    It does when it asks for the test database, or makes installations that follow the run; not when it
    calculates, or brings a SQLite of its own.
    """
    call = getattr(item, "callspec", None)
    engines = {"sqlite", "postgresql"}.intersection(map(str, call.params.values() if call else ()))
    if engines:
        return "postgresql" in engines
    asked = {"db", "transactional_db", "django_db_setup"}
    file = item.getparent(pytest.Module)
    return (
        not asked.isdisjoint(getattr(item, "fixturenames", ()))
        or item.get_closest_marker("django_db") is not None
        or file is None
        or any(getattr(each, "__module__", "") == "tests.installation" for each in vars(file.obj).values())
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what need not be run again on another database."""
    if not meets_the_database(item):
        item.add_marker(pytest.mark.once)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, lest one be left at the end; then all that read the demonstration."""
    of_the_town = Counter(item.path for item in items if reads_the_demonstration(item))
    others = Counter(item.path for item in items if not reads_the_demonstration(item))

    def place(item: pytest.Item) -> tuple[bool, bool, int, bool]:
        is_of_the_town = item.path in of_the_town
        among = others[item.path] if is_of_the_town else 0
        return (item.path not in LONGEST, not is_of_the_town, among, not reads_the_demonstration(item))

    items.sort(key=place)


@pytest.fixture(autouse=True)
def _quick_and_local(settings: Settings) -> None:
    """Cheap passwords, caches that are empty and in memory, plain static files: what a test is not about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Kept by the process, they would outlive the rows of the test before.
    similar.forget()
    triage.forget()


@pytest.fixture
def team(db: None) -> Team:
    """A management team with a chair, a member, a secretary and an adjunct."""
    return make.team()


@pytest.fixture
def chair(team: Team) -> Person:
    """Leads the team's unit and its meetings."""
    return make.member(team, role=TeamRole.CHAIR, person=make.person("Ingrid", "Hall")).person


@pytest.fixture
def member(team: Team) -> Person:
    """Sits in the team."""
    return make.member(team, person=make.person("Samir", "Haddad")).person


@pytest.fixture
def secretary(team: Team) -> Person:
    """Keeps the team's record."""
    return make.member(team, role=TeamRole.SECRETARY, person=make.person("Tove", "Lind")).person


@pytest.fixture
def adjunct(team: Team) -> Person:
    """In the room as HR partner, not of the team."""
    return make.member(
        team, role=TeamRole.ADJUNCT, person=make.person("Lena", "Kask"), function="HR-partner"
    ).person


@pytest.fixture
def stranger(db: None) -> Person:
    """Works here, in another part; sits in another team."""
    other = make.team(name="Annan ledningsgrupp")
    return make.member(other, person=make.person("Frans", "Främling")).person


@pytest.fixture
def employee(db: None) -> Person:
    """Works here and sits in no team."""
    return make.person("Moa", "Medarbetare")


@pytest.fixture
def owner(db: None) -> Person:
    """The system owner."""
    return make.role(Role.SYSTEM_OWNER, make.person("Fia", "Förvaltare"))


def signed_in(person: Person) -> Client:
    """A browser in which `person` has signed in."""
    client = Client()
    client.force_login(person, backend="styrfart.people.backends.PersonBackend")
    return client


@pytest.fixture
def as_chair(chair: Person) -> Client:
    return signed_in(chair)


@pytest.fixture
def as_member(member: Person) -> Client:
    return signed_in(member)
