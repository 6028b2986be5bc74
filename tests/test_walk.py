"""Every address of the product walked as nine people: who comes where, who may do what, and nothing leaks.

A new address makes the walk fail until it stands in the table; a new text that only some may read belongs in
`tests/walk/scene.py` with a word of its own.
"""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import get_resolver
from pytest_django.plugin import DjangoDbBlocker

from styrfart.shared import health
from tests.conftest import signed_in
from tests.test_urls import patterns
from tests.walk.addresses import lines
from tests.walk.looking import Visitor, Writes, fingerprint, rolled_back, text_of
from tests.walk.scene import ROLES, Scene, build
from tests.walk.table import TABLE

pytestmark = pytest.mark.django_db
SIGN_IN = "/konto/inloggning/?next="
LETTERS = {200: ".", 302: "r", 403: "x", 404: "-", 405: "m", 400: "!", 401: "!", 409: "!", 422: "!"}
QUICK = override_settings(
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    STORAGES={
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
)


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """Built once; gone when the module's tests are done."""
    with django_db_blocker.unblock(), QUICK, transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def letter(answer: HttpResponseBase) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith(SIGN_IN):
        return "L"
    return LETTERS[answer.status_code]


def browser(scene: Scene, role: str) -> Visitor:
    return Visitor(Client() if role == "visitor" else signed_in(scene[role]))


@pytest.mark.parametrize("role", ROLES)
def test_walk(scene: Scene, role: str) -> None:
    cache.clear()  # what is limited by the hour is not used up by those who walked before
    health.forget()  # nor is what another test found to be wrong remembered
    visitor, place = browser(scene, role), ROLES.index(role)
    met: dict[str, str] = {}
    read: dict[str, str] = {}
    before, writes = fingerprint(), Writes()
    with connection.execute_wrapper(writes):
        for line, (url, sent) in lines(scene).items():
            letters = ""
            for method in ("GET", "POST"):
                writes.are_any = False
                with rolled_back():
                    answer = visitor.ask(method, url, sent)
                    body = text_of(answer)
                    has_changed = writes.are_any and fingerprint() != before
                letters += "+" if has_changed else letter(answer)
                read |= {word: f"{method} {line}" for word in scene.secrets if word in body}
            met[line] = letters
    expected = {line: row.split()[0][place] + row.split()[1][place] for line, row in TABLE.items()}
    assert met == expected
    may_read = {word for word, readers in scene.secrets.items() if role in readers}
    leaks = {word: where for word, where in read.items() if word not in may_read}
    assert leaks == {}
    # What could not be met by anybody would prove nothing.
    assert may_read - set(read) == set()


def test_every_address_of_the_product_is_walked() -> None:
    assert {line.split(",")[0] for line in TABLE} == {name for name, _url in patterns(get_resolver())}


def test_only_a_post_changes_anything() -> None:
    assert [line for line, row in TABLE.items() if "+" in row.split()[0]] == []


def test_whoever_may_not_come_in_changes_nothing() -> None:
    """Where a page is not found, or is somebody else's, a POST to it is refused as well."""
    wrong = []
    for line, row in TABLE.items():
        for got, posted in zip(*row.split(), strict=True):
            if got in "L-x" and posted == "+" and line.split(":")[-1] != "set-language":
                wrong.append((line, got, posted))
    assert wrong == []
