"""Cells as people and programs leave them, to the values they mean."""

import datetime as dt
import re
import unicodedata
from typing import Final

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

# Invisible in a cell and harmful in a name: control characters, zero-width marks, overrides of direction.
_INVISIBLE: Final = {
    **{code: None for code in (*range(32), *range(127, 160)) if not chr(code).isspace()},
    **dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
}
_EXCEL_DAY_ZERO: Final = dt.date(1899, 12, 30)
_SERIALS: Final = range(20_000, 80_000)  # the years 1954 to 2119
_DATE_FORMS: Final = (
    (re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), (0, 1, 2)),
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), (0, 1, 2)),
    (re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"), (2, 1, 0)),
)
_TIME: Final = re.compile(
    r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$"
)  # an export's; with a zone the day is not sure
_ADDRESS: Final = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
)
MAX_ADDRESS: Final = 254


def text_of(cell: Cell) -> str:
    """The cell as clean text: one space between words, nothing invisible, 1042.0 as "1042"."""
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nej"
        case float() if cell.is_integer():
            return str(int(cell))
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case str():
            text = cell if cell.isascii() else unicodedata.normalize("NFC", cell)
            # A lone surrogate is half a character: no database takes it.
            text = text.encode("utf-8", "replace").decode() if not text.isascii() else text
            return " ".join(text.translate(_INVISIBLE).split())
        case _:
            return str(cell)


def date_of(cell: Cell) -> dt.date | None:
    """The day in the cell, None when it is empty; ValueError when it is no day."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = _TIME.sub(
        "", text_of(int(cell) if isinstance(cell, float) and abs(cell) < _SERIALS.stop else cell)
    )
    if not text:
        return None
    if text.isdecimal() and len(text) == 5 and int(text) in _SERIALS:
        return _EXCEL_DAY_ZERO + dt.timedelta(days=int(text))
    for form, order in _DATE_FORMS:
        if match := form.fullmatch(text):
            year, month, day = (int(match.groups()[place]) for place in order)
            return dt.date(year, month, day)
    raise ValueError(text)


def is_address(text: str) -> bool:
    """Whether the text (in lower case) is an e-mail address as an organisation gives its people."""
    return len(text) <= MAX_ADDRESS and _ADDRESS.fullmatch(text) is not None
