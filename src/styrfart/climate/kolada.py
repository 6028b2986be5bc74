"""An answer of the national database Kolada, saved as a file, as figures: read, and nothing fetched.

The shape is that of its API v3 (`next_url`, a whole number for `period`); that of v2 (`next_page`, a text) is
read too. Only the unweighted mean of all municipalities is taken, and only of both sexes together.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models.national import ALL_MUNICIPALITIES

BOTH_SEXES = "T"
MOST_BYTES = 5 * 1024 * 1024
FIRST_YEAR, LAST_YEAR = 1990, 2100
_INDICATOR = re.compile(r"[A-Z]\d{5}")


class Unreadable(Exception):
    """The file is no answer of the database; `text` says what to do."""

    def __init__(self, text: "str | Promise") -> None:
        super().__init__(str(text))
        self.text = text


@dataclass(frozen=True)
class Read:
    """A figure of the file. `value` None: the database has taken it away, or it has none."""

    row: int
    indicator: str
    year: int
    value: float | None
    count: int | None
    is_deleted: bool


@dataclass(frozen=True)
class Fault:
    """What is wrong in which row of the file, and what to do."""

    row: int
    text: "str | Promise"

    def __str__(self) -> str:
        return str(format_lazy(_("Rad {row}: {text}"), row=self.row, text=self.text))


@dataclass(frozen=True)
class Reading:
    """What a file holds: figures, faults, how many rows are about others, and whether there is more."""

    figures: tuple[Read, ...]
    faults: tuple[Fault, ...]
    left_out: int
    has_more: bool


class _Wrong(Exception):
    """Something in a row cannot be read."""


def read(content: bytes) -> Reading:
    """The figures of the file. Raises `Unreadable` when it is no answer of the database at all."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("Filen är för stor för att vara ett svar från Kolada. Spara ett svar i taget."))
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            _("Filen går inte att läsa som JSON. Spara Koladas svar som det är, utan att öppna det i Excel.")
        ) from error
    rows = data.get("values") if isinstance(data, Mapping) else None
    if not isinstance(rows, list):
        raise Unreadable(_("Filen är inte ett svar från Kolada: listan ”values” saknas."))
    figures: list[Read] = []
    faults: list[Fault] = []
    left_out = 0
    for number, row in enumerate(rows, start=1):
        try:
            found = list(_figures(number, row))
        except _Wrong as wrong:
            faults.append(Fault(number, wrong.args[0]))
            continue
        left_out += not found
        figures += found
    faults += _twice(figures)
    has_more = bool(data.get("next_url") or data.get("next_page"))
    return Reading(tuple(figures), tuple(faults), left_out, has_more)


def _figures(number: int, row: Any) -> Iterator[Read]:
    """The figure of a row: none when it is about a single municipality, or about women or men."""
    if not isinstance(row, Mapping):
        raise _Wrong(_("är inte ett värde. Spara Koladas svar på nytt."))
    if row.get("municipality") != ALL_MUNICIPALITIES:
        return
    indicator = row.get("kpi")
    if not isinstance(indicator, str) or not _INDICATOR.fullmatch(indicator):
        raise _Wrong(_("nyckeltalets id saknas. Det ser ut som U00200."))
    year = _year(row.get("period"))
    inner = row.get("values")
    if inner is None:
        inner = [row]  # one value for each row: the oldest files
    if not isinstance(inner, list) or not all(isinstance(each, Mapping) for each in inner):
        raise _Wrong(_("värdet går inte att läsa. Spara Koladas svar på nytt."))
    for each in inner:
        if each.get("gender", BOTH_SEXES) != BOTH_SEXES:
            continue
        is_deleted = bool(each.get("isdeleted") or row.get("isdeleted"))
        yield Read(number, indicator, year, _value(each.get("value")), _count(each.get("count")), is_deleted)


def _year(period: Any) -> int:
    text = str(period).strip()
    if isinstance(period, bool) or not re.fullmatch(r"\d{4}", text):
        raise _Wrong(_("året går inte att läsa. Det ska vara fyra siffror."))
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _Wrong(_("året kan inte stämma."))
    return year


def _value(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _Wrong(_("värdet är inte ett tal."))
    if not 0 <= value <= 100:
        raise _Wrong(_("värdet är inte ett index: det ska ligga mellan 0 och 100."))
    return float(value)


def _count(count: Any) -> int | None:
    return count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None


def _twice(figures: list[Read]) -> Iterator[Fault]:
    """Two figures for the same indicator and year: which of them is meant cannot be told."""
    seen: dict[tuple[str, int], int] = {}
    for each in figures:
        key = each.indicator, each.year
        if key in seen:
            yield Fault(
                each.row,
                format_lazy(
                    _("{indicator} {year} finns redan på rad {other}."),
                    indicator=each.indicator,
                    year=each.year,
                    other=seen[key],
                ),
            )
        seen.setdefault(key, each.row)
