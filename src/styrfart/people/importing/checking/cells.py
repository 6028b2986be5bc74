"""One cell at a time: is it there, does it fit, is it a day."""

import datetime as dt
from typing import Protocol

from styrfart.people.importing.problems import Problem
from styrfart.people.importing.reading import Row, Table
from styrfart.people.importing.values import date_of


def needed(table: Table, row: Row, key: str, limit: int, problems: list[Problem]) -> str:
    """The text of a cell that must be filled in and fit its column; empty after a complaint."""
    text = fitting(table, row, key, limit, problems)
    if not row.text(key):
        problems.append(table.problem("missing", row, key))
    return text


def fitting(table: Table, row: Row, key: str, limit: int, problems: list[Problem]) -> str:
    """The text of a cell that may be empty; empty after a complaint."""
    text = row.text(key)
    if len(text) > limit:
        problems.append(table.problem("too_long", row, key, limit=limit))
        return ""
    return text


def days(table: Table, row: Row, problems: list[Problem]) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day, each None when not told."""
    found: list[dt.date | None] = []
    for key in ("valid_from", "valid_to"):
        try:
            found.append(date_of(row.cells.get(key)))
        except ValueError:
            problems.append(table.problem("not_a_date", row, key, value=row.text(key)))
            found.append(None)
    first, last = found
    if first and last and last < first:
        problems.append(table.problem("ends_before_start", row, "valid_to"))
    return first, last


class Tenure(Protocol):
    """What has a first and a last day; None where the file tells none."""

    @property
    def valid_from(self) -> dt.date | None: ...
    @property
    def valid_to(self) -> dt.date | None: ...


def overlap(one: Tenure, other: Tenure) -> bool:
    """Whether some day belongs to both."""
    ends_first = one.valid_to is not None and one.valid_to < (other.valid_from or dt.date.min)
    begins_last = other.valid_to is not None and other.valid_to < (one.valid_from or dt.date.min)
    return not (ends_first or begins_last)
