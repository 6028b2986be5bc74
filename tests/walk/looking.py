"""To look at an answer as somebody who wants to know: all of it, unpacked; and at what a request changed."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import unquote

from django.apps import apps
from django.db import connection, transaction
from django.http.cookie import SimpleCookie
from django.http.response import HttpResponseBase
from django.test import Client

# Written by every request, or a note of tries to sign in: no deed.
OF_REQUESTS = {"sessions", "axes"}


def text_of(answer: HttpResponseBase) -> str:
    """Everything that was sent: headers, body, and the files inside a file."""
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    return unescape(unquote(headers) + " ".join(_unpacked(_body(answer))))


def _body(answer: HttpResponseBase) -> bytes:
    if answer.streaming:
        body = b"".join(answer)
        # The file and not the answer: closing that would close the test's database on PostgreSQL.
        for close in answer._resource_closers:  # type: ignore[attr-defined]  # Django's own list
            close()
        return body
    return bytes(answer.content)  # type: ignore[attr-defined]  # the other kind has content


def _unpacked(content: bytes) -> Iterator[str]:
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                yield name
                yield from _unpacked(package.read(name))
        return
    text = content.decode("utf-8", errors="replace")
    # A word found may be marked: <mark>hem</mark>lig.
    yield text + re.sub(r"</?mark[^>]*>", "", text)


class Visitor:
    """A browser that is as it was before each request, whatever the one before did."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.cookies = client.cookies.output(header="", sep=";")

    def ask(self, method: str, url: str, sent: dict[str, Any]) -> HttpResponseBase:
        """The answer to one request. A file that is sent is read from its beginning."""
        self.client.cookies = SimpleCookie(self.cookies)
        for value in sent.values():
            if hasattr(value, "seek"):
                value.seek(0)
        return self.client.get(url) if method == "GET" else self.client.post(url, sent)


class Undone(Exception):
    """Raised inside a transaction in order to roll it back."""


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever is done here is undone afterwards."""
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


class Writes:
    """Notes whether anything was written; most requests write nothing, and reading every row takes time."""

    def __init__(self) -> None:
        self.tables = {
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if model._meta.app_label not in OF_REQUESTS
        }
        self.are_any = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = re.match(r'\s*(?:INSERT INTO|INSERT OR IGNORE INTO|UPDATE|DELETE FROM) "(\w+)"', sql)
        if found and found[1] in self.tables:
            self.are_any = True
        return execute(sql, params, many, context)


def fingerprint() -> dict[str, str]:
    """Of every table that a deed could change: its rows, condensed."""
    return {table: _rows(table) for table in sorted(Writes().tables)}


def _rows(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # a name of our own models
        rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
