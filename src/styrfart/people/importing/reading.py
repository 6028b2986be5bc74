"""Sheets of cells to tables: which sheet is which, where its headings are, and the rows below them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from styrfart.people.importing.files import RawSheet, Upload, read_file
from styrfart.people.importing.layout import (
    COLUMNS,
    INSTRUCTIONS,
    SHEET_NAMES,
    TELLTALE,
    Column,
    Sheet,
    plain,
)
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.values import Cell, text_of

HEADER_WITHIN: Final = 20  # rows: titles, logotypes and dates may stand above the headings


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it; `number` is what the spreadsheet shows."""

    number: int
    cells: dict[str, Cell]

    def text(self, key: str) -> str:
        """The cell as clean text; empty when the column is not there."""
        return text_of(self.cells.get(key))


@dataclass
class Table:
    """A sheet we understand."""

    sheet: Sheet
    name: str
    headings: dict[str, str] = field(default_factory=dict)  # our key -> the heading in the file
    rows: list[Row] = field(default_factory=list)

    def problem(self, code: str, row: Row | None, key: str = "", **values: object) -> Problem:
        """A problem at a place in this table, in the words of the file."""
        heading = self.headings.get(key) or next((c.label for c in COLUMNS[self.sheet] if c.key == key), "")
        told = {name: str(value)[:120] for name, value in values.items()}
        return Problem(code, self.name, row.number if row else None, heading, told)


@dataclass
class Contents:
    """What the files hold: at most one table of each sort, and what was wrong with them."""

    tables: dict[Sheet, Table] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(uploads: Sequence[Upload]) -> Contents:
    """Read a workbook, or up to three text files. Never raises for what they hold."""
    contents = Contents()
    if not uploads:
        contents.problems.append(Problem("no_file"))
    sheets: list[RawSheet] = []
    for upload in uploads:
        found, problems = read_file(upload)
        sheets += found
        contents.problems += problems
    chosen = _choose(sheets, contents.problems)
    if sheets and not chosen and not contents.problems:
        names = ", ".join(sheet.name for sheet in sheets)[:120]
        contents.problems.append(Problem("no_sheet", values={"found": names}))
    for kind, sheet in chosen.items():
        table = _table(kind, sheet, contents.problems)
        if table:
            contents.tables[kind] = table
    return contents


def _choose(sheets: list[RawSheet], problems: list[Problem]) -> dict[Sheet, RawSheet]:
    """Which sheet is which: by its name, else by its headings."""
    sheets = [sheet for sheet in sheets if plain(sheet.name) != plain(INSTRUCTIONS)]
    by_name = {place: SHEET_NAMES.get(plain(sheet.name)) for place, sheet in enumerate(sheets)}
    taken = frozenset(by_name[place] for place, sheet in enumerate(sheets) if not sheet.is_alone)
    chosen: dict[Sheet, RawSheet] = {}
    for place, sheet in enumerate(sheets):
        if sheet.is_alone:  # a file is called what people like; its headings know better
            kind = _kind_by_headings(sheet, frozenset()) or by_name[place] or _kind_by_file_name(sheet.name)
        else:
            kind = by_name[place] or _kind_by_headings(sheet, taken)
        if kind in chosen:
            values = {"first": chosen[kind].name, "second": sheet.name}
            problems.append(Problem("sheet_twice", values=values))
        elif kind:
            chosen[kind] = sheet
    return chosen


def _kind_by_file_name(name: str) -> Sheet | None:
    return SHEET_NAMES.get(plain(name.rpartition(".")[0]))


def _kind_by_headings(sheet: RawSheet, taken: frozenset[Sheet | None]) -> Sheet | None:
    for kind in (Sheet.TEAMS, Sheet.PEOPLE, Sheet.UNITS):
        place = _header(kind, sheet) if kind not in taken else None
        if place is not None:
            found = _match(COLUMNS[kind], sheet.rows[place])
            if TELLTALE[kind] <= found.keys():
                return kind
    return None


def _header(kind: Sheet, sheet: RawSheet) -> int | None:
    """The place of the row that holds most of the headings, at least two of them."""
    counts = [len(_match(COLUMNS[kind], row)) for row in sheet.rows[:HEADER_WITHIN]]
    best = max(counts, default=0)
    return counts.index(best) if best >= 2 else None


def _match(columns: Sequence[Column], row: Sequence[Cell]) -> dict[str, list[int]]:
    """Our keys and the places where their headings stand; our own name for a column goes before an alias."""
    words = [plain(text_of(cell)) for cell in row]
    found: dict[str, list[int]] = {}
    for column in columns:
        exact = [place for place, word in enumerate(words) if word == plain(column.label)]
        alias = [place for place, word in enumerate(words) if word in column.aliases]
        places = exact or alias
        if places:
            found[column.key] = places
    return found


def _table(kind: Sheet, sheet: RawSheet, problems: list[Problem]) -> Table | None:
    place = _header(kind, sheet)
    if place is None:
        example = ", ".join(column.label for column in COLUMNS[kind][:3])
        problems.append(Problem("no_header", sheet.name, values={"example": example}))
        return None
    heading = sheet.rows[place]
    found = _match(COLUMNS[kind], heading)
    table = Table(kind, sheet.name, {key: text_of(heading[at[0]]) for key, at in found.items()})
    is_whole = True
    for column in COLUMNS[kind]:
        places = found.get(column.key, [])
        if len(places) > 1:
            problems.append(Problem("column_twice", sheet.name, place + 1, table.headings[column.key]))
        if column.is_required and not places:
            is_whole = False
            values = {"label": column.label}
            problems.append(Problem("no_column", sheet.name, place + 1, values=values))
    if kind is Sheet.PEOPLE and is_whole and not {"email", "number"} & found.keys():
        is_whole = False
        problems.append(Problem("no_column", sheet.name, place + 1, values={"label": "E-post"}))
    if not is_whole:
        return None
    columns = {key: at[0] for key, at in found.items()}
    table.rows = _rows(sheet.rows, place + 1, columns)
    if not table.rows:
        problems.append(Problem("no_rows", sheet.name))
    _note_unread(sheet, heading, frozenset(at for places in found.values() for at in places), problems)
    return table


def _rows(raw: Sequence[Sequence[Cell]], start: int, columns: dict[str, int]) -> list[Row]:
    rows = []
    for number, cells in enumerate(raw[start:], start=start + 1):
        values = {
            key: cells[at] for key, at in columns.items() if at < len(cells) and cells[at] not in ("", None)
        }
        if any(text_of(value) for value in values.values()):
            rows.append(Row(number, values))
    return rows


def _note_unread(
    sheet: RawSheet, heading: Sequence[Cell], read_places: frozenset[int], problems: list[Problem]
) -> None:
    """Say which columns are left alone, so that nobody believes that they were kept."""
    unread = [text_of(cell) for at, cell in enumerate(heading) if at not in read_places and text_of(cell)]
    if unread:
        problems.append(Problem("unread_columns", sheet.name, values={"columns": ", ".join(unread)[:200]}))
