"""Rows of a file that is written one at a time, after the request's own language has been turned off."""

from collections.abc import Iterator
from typing import Any

from django.utils import translation

Rows = Iterator[list[Any]]


def as_read(rows: Rows) -> Rows:
    """The rows, each told in the language in which the reader asks for them now."""
    return _told(rows, translation.get_language())


def _told(rows: Rows, language: str | None) -> Rows:
    while True:
        # Never turned on while somebody else has the row: the thread may serve another reader meanwhile.
        with translation.override(language):
            row = next(rows, None)
        if row is None:
            return
        yield row
