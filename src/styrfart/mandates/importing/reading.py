"""Rows of a spreadsheet to points, and what is wrong with them. Never raises for what the file holds."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from styrfart.mandates.importing.layout import COLUMNS, COMMITTEE, NO, SHEET, YES, is_group
from styrfart.mandates.importing.points import PointText, Reserved, not_reserved
from styrfart.people.importing.files import RawSheet, Upload, read_file
from styrfart.people.importing.layout import plain
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.reading import Row
from styrfart.people.importing.values import Cell, text_of
from styrfart.shared.forms import KronorField

HEADER_WITHIN: Final = 20  # rows: titles, dates and logotypes may stand above the headings
MAX_POINTS: Final = 2000
LONGEST: Final = {
    "code": 20,
    "heading": 120,
    "text": 2000,
    "conditions": 2000,
    "law": 120,
    "licence_part": 60,
}
MOST_WORDS: Final = 200
_LABELS: Final = {column.key: column.label for column in COLUMNS}


@dataclass
class Reading:
    """The points of a file in its order, and what was wrong with it."""

    points: list[PointText] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # What the law keeps from being delegated and the scheme says nothing of.
    not_reserved: list[Reserved] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.code not in WARNINGS]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.code in WARNINGS]


WARNINGS: Final = frozenset({"unread_columns", "committee_decides", "limit_unused", "several_in_one"})


def read_scheme(upload: Upload) -> Reading:
    """Read one workbook or text file."""
    reading = Reading()
    sheets, problems = read_file(upload)
    reading.problems += problems
    if not sheets:
        return reading
    sheet, at = _choose(sheets)
    if at is None:
        example = ", ".join(column.label for column in COLUMNS[:4])
        reading.problems.append(Problem("no_header", sheet.name, values={"example": example}))
        return reading
    columns = _columns(sheet, at, reading)
    if columns is not None:
        _read_rows(sheet, at, columns, reading)
        reading.not_reserved = not_reserved(reading.points) if not reading.errors else []
    return reading


def _choose(sheets: Sequence[RawSheet]) -> tuple[RawSheet, int | None]:
    """The sheet that is called as ours, else the one with most of our headings; and the row they stand in."""
    found = [(sheet, *_header(sheet)) for sheet in sheets]
    named = [each for each in found if plain(each[0].name) == plain(SHEET) and each[1] is not None]
    sheet, at, _count = (named or sorted(found, key=lambda each: -each[2]))[0]
    return sheet, at


def _header(sheet: RawSheet) -> tuple[int | None, int]:
    """The row that holds most of our headings, at least two, and how many it holds."""
    counts = [
        sum(any(plain(text_of(cell)) in column.aliases for cell in row) for column in COLUMNS)
        for row in sheet.rows[:HEADER_WITHIN]
    ]
    best = max(counts, default=0)
    return (counts.index(best), best) if best >= 2 else (None, 0)


def _columns(sheet: RawSheet, at: int, reading: Reading) -> dict[str, int] | None:
    """Where each of our columns stands; None when one that is needed is missing."""
    words = [plain(text_of(cell)) for cell in sheet.rows[at]]
    found: dict[str, int] = {}
    for column in COLUMNS:
        exact = [place for place, word in enumerate(words) if word == plain(column.label)]
        places = exact or [place for place, word in enumerate(words) if word in column.aliases]
        if places:
            found[column.key] = places[0]
        elif column.is_required:
            values = {"label": column.label}
            reading.problems.append(Problem("no_column", sheet.name, at + 1, values=values))
    unread = [
        text_of(cell)
        for place, cell in enumerate(sheet.rows[at])
        if place not in found.values() and text_of(cell)
    ]
    if unread:
        values = {"columns": ", ".join(unread)[:200]}
        reading.problems.append(Problem("unread_columns", sheet.name, values=values))
    return None if {"code", "text"} - found.keys() else found


def _read_rows(sheet: RawSheet, at: int, columns: dict[str, int], reading: Reading) -> None:
    heading = ""
    seen: dict[str, int] = {}
    for number, cells in enumerate(sheet.rows[at + 1 :], start=at + 2):
        row = Row(number, {key: cells[place] for key, place in columns.items() if place < len(cells)})
        if not any(text_of(cell) for cell in row.cells.values()):
            continue
        if _is_heading(row):
            heading = row.text("heading") or row.text("text") or row.text("code")
            continue
        heading = row.text("heading") or heading
        reader = _RowReader(sheet.name, row, reading.problems)
        point = reader.point(heading[: LONGEST["heading"]])
        reader.note_twice(seen)
        reading.points.append(point)
    if len(reading.points) > MAX_POINTS:
        reading.problems.append(Problem("too_many_points", sheet.name, values={"limit": str(MAX_POINTS)}))
        reading.points = reading.points[:MAX_POINTS]
    if not reading.points and not reading.errors:
        reading.problems.append(Problem("no_points", sheet.name))


def _is_heading(row: Row) -> bool:
    """A row that only names an area: one text, or a number and an area, and nothing that a point has."""
    filled = {key for key in row.cells if row.text(key)}
    if filled == {"code"}:
        return any(char.isalpha() for char in row.text("code"))
    return filled in ({"heading"}, {"text"}, {"code", "heading"})


@dataclass
class _RowReader:
    """One row, read column by column; what is wrong is noted with its place."""

    sheet: str
    row: Row
    problems: list[Problem]

    def note(self, code: str, key: str, **values: object) -> None:
        told = {name: str(value)[:120] for name, value in values.items()}
        self.problems.append(Problem(code, self.sheet, self.row.number, _LABELS[key], told))

    def point(self, heading: str) -> PointText:
        delegates, is_delegable = self.who()
        return PointText(
            code=self.code(),
            heading=heading,
            text=self.text("text", is_required=True),
            delegates=delegates,
            is_delegable=is_delegable,
            is_reported=self.flag("is_reported", default=is_delegable),
            may_be_subdelegated=self.flag("may_be_subdelegated", default=False),
            law=self.text("law"),
            conditions=self.text("conditions"),
            licence_part=slugify(self.text("licence_part")),
            words=self.words(),
        )

    def text(self, key: str, *, is_required: bool = False) -> str:
        text = self.row.text(key)
        if is_required and not text:
            self.note("missing", key)
        if len(text) > LONGEST[key]:
            self.note("too_long", key, limit=LONGEST[key])
        return text[: LONGEST[key]]

    def code(self) -> str:
        cell = self.row.cells.get("code")
        if isinstance(cell, dt.date | dt.datetime | dt.time):
            self.note("code_is_date", "code", value=text_of(cell))
        code = self.text("code", is_required=True)
        if code and not code.rstrip("."):
            self.note("missing", "code")
        return code.rstrip(".")

    def note_twice(self, seen: dict[str, int]) -> None:
        code = self.row.text("code").rstrip(".")
        first = seen.setdefault(code, self.row.number)
        if code and first != self.row.number:
            # Excel makes the number 1.1 of the text 1.10.
            is_number = isinstance(self.row.cells.get("code"), float)
            self.note("code_twice_number" if is_number else "code_twice", "code", value=code, first=first)

    def flag(self, key: str, *, default: bool) -> bool:
        word = plain(self.row.text(key))
        if not word:
            return default
        if word not in YES | NO:
            self.note("not_yes_or_no", key, value=self.row.text(key))
            return default
        return word in YES

    def who(self) -> tuple[tuple[tuple[str, int | None], ...], bool]:
        """The delegates with their limits, and whether the point may be delegated at all."""
        named = [part.strip() for part in _lines(self.row.cells.get("delegates")) if part.strip()]
        is_kept = bool(named) and all(plain(part) in COMMITTEE for part in named)
        says_no = bool(self.row.text("is_delegable")) and not self.flag("is_delegable", default=True)
        common = self.amount(self.row.text("limit"), "limit") if self.row.text("limit") else None
        if is_kept or says_no:
            if is_kept and not says_no and not self.row.text("is_delegable"):
                self.note("committee_decides", "delegates", value=named[0])
            if (not is_kept and named) or (is_kept and self.row.text("is_delegable") and not says_no):
                self.note("delegate_of_nothing", "delegates", value=named[0])
            return (), False
        if not named:
            self.note("no_delegate", "delegates")
        return self.delegates(named, common), True

    def delegates(self, named: list[str], common: int | None) -> tuple[tuple[str, int | None], ...]:
        found: dict[str, tuple[str, int | None]] = {}
        for part in named:
            title, colon, amount = part.rpartition(":")
            title = " ".join((title if colon else part).split())
            limit = self.amount(amount, "delegates") if colon else common
            if is_group(title):
                self.note("group_decides", "delegates", value=title)
            if any(sign in title for sign in (",", "/", " eller ")):
                self.note("several_in_one", "delegates", value=title)
            if not title or len(title) > 80:
                self.note("not_a_title", "delegates", value=part)
            if title.casefold() in found:
                self.note("delegate_twice", "delegates", value=title)
            found[title.casefold()] = (title[:80], limit)
        if common is not None and all(limit != common for _title, limit in found.values()):
            self.note("limit_unused", "limit", value=common)
        return tuple(found.values())

    def amount(self, text: str, key: str) -> int | None:
        try:
            amount = KronorField(required=False).clean(text.strip())
        except ValidationError:
            self.note("not_an_amount", key, value=text)
            return None
        return None if amount is None else int(amount)

    def words(self) -> tuple[str, ...]:
        parts = [word for line in _lines(self.row.cells.get("words")) for word in line.split(",")]
        words = tuple(dict.fromkeys(text for part in parts if (text := text_of(part).casefold())))
        if len(words) > MOST_WORDS:
            self.note("too_many_words", "words", limit=MOST_WORDS)
        return tuple(word[:60] for word in words[:MOST_WORDS])


def _lines(cell: Cell) -> list[str]:
    """What stands between semicolons or on lines of its own in a cell."""
    if not isinstance(cell, str):
        return [text_of(cell)]
    return [text_of(part) for part in cell.replace("\r", "\n").replace("\n", ";").split(";")]
