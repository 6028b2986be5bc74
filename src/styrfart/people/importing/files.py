"""Bytes to sheets of cells: Excel workbooks, and text files as Swedish Excel writes them."""

import csv
import io
import itertools
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from styrfart.people.importing.layout import COLUMNS, plain
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.values import Cell

MAX_ROWS: Final = 200_000
MAX_CELLS: Final = 5_000_000  # the reader lays out every cell up to the last one
MAX_UNPACKED: Final = 250 * 1024 * 1024
# What a damaged archive makes of the standard library.
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    RuntimeError,  # encrypted parts; NotImplementedError is one
    ValueError,
    KeyError,
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACE: Final = re.compile(rb'\br="([A-Z]{0,4})(\d{1,9})"')
_DELIMITERS: Final = (";", "\t", ",")
_END: Final = "\x1e"  # a line of its own after the last; no spreadsheet writes it
_HEADINGS: Final = frozenset().union(*(column.aliases for columns in COLUMNS.values() for column in columns))


@dataclass(frozen=True)
class Upload:
    """A file as it arrived."""

    name: str
    content: bytes


@dataclass(frozen=True)
class RawSheet:
    """A table of cells; row n of the sheet is `rows[n - 1]`."""

    name: str
    rows: Sequence[Sequence[Cell]]
    is_alone: bool = False  # the only sheet of its file


def read_file(upload: Upload) -> tuple[list[RawSheet], list[Problem]]:
    """The sheets of a file, or what hinders us from reading it. Never raises for what the bytes are."""
    content = upload.content
    refusal = _refusal(content)
    if refusal:
        return [], [Problem(refusal, upload.name)]
    if content.startswith(b"PK"):
        return _read_workbook(upload)
    text = _decode(content)
    if sum(char < " " and not char.isspace() for char in text[:2000]) > 20:
        return [], [Problem("not_a_table", upload.name)]
    rows, endless = _split(text)
    if len(rows) > MAX_ROWS:
        return [], [Problem("too_many_rows", upload.name, values={"limit": f"{MAX_ROWS}"})]
    problems = [Problem("endless_cell", upload.name, endless)] if endless else []
    return [RawSheet(upload.name, rows, is_alone=True)], problems


def _refusal(content: bytes) -> str:
    if not content.strip():
        return "empty_file"
    if content.startswith(_OLE):
        return "locked" if "EncryptedPackage".encode("utf-16-le") in content else "old_excel"
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"{\\rtf", b"<")):
        return "not_a_table"
    return ""


# --- Workbooks --------------------------------------------------------------------------------------
def _read_workbook(upload: Upload) -> tuple[list[RawSheet], list[Problem]]:
    try:
        unpacked = _unpack(upload.content)
    except _Refused as refused:
        return [], [Problem(str(refused), upload.name)]
    except _DAMAGED:
        return [], [Problem("not_a_table", upload.name)]
    # Loaded by the process that reads a workbook, not by every web worker.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  # lazy on purpose

    try:
        workbook = CalamineWorkbook.from_filelike(unpacked)
        sheets = [
            RawSheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
        ]
    except (CalamineError, ValueError, OSError):
        return [], [Problem("not_a_table", upload.name)]
    except BaseException as error:
        # The reader is written in Rust; where it fails on a damaged file it panics, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        return [], [Problem("not_a_table", upload.name)]
    if any(len(sheet.rows) > MAX_ROWS for sheet in sheets):
        return [], [Problem("too_many_rows", upload.name, values={"limit": f"{MAX_ROWS}"})]
    return [RawSheet(sheet.name, sheet.rows, len(sheets) == 1) for sheet in sheets], []


class _Refused(Exception):
    """The code of the problem that keeps us from opening the archive."""


def _unpack(content: bytes) -> io.BytesIO:
    """The workbook's own parts in an archive without compression: no small file can grow beyond our measure.

    What the archive says of its sizes may be untrue, so we unpack it ourselves, no further than it says,
    and let the reader see only what came out.
    """
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(kept, "w") as copy:
        names = archive.namelist()
        if not any(name.endswith("workbook.xml") for name in names):
            raise _Refused("open_document" if "content.xml" in names else "not_a_table")
        parts = [entry for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels"))]
        if sum(entry.file_size for entry in parts) > MAX_UNPACKED:
            raise _Refused("too_large_unpacked")
        if len({entry.filename for entry in parts}) != len(parts):
            raise _Refused("not_a_table")
        for entry in parts:
            data = archive.read(entry)
            if "worksheets/" in entry.filename and _is_too_wide(data):
                raise _Refused("far_cells")
            copy.writestr(entry.filename, data)
    kept.seek(0)
    return kept


def _is_too_wide(xml: bytes) -> bool:
    """Whether the last cell lies so far out that laying out all cells up to it would exhaust the memory."""
    widest = deepest = 1
    for letters, digits in _PLACE.findall(xml):
        deepest = max(deepest, int(digits))
        widest = max(widest, _column_number(letters))
    return deepest * widest > MAX_CELLS


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# --- Text -------------------------------------------------------------------------------------------
def _decode(content: bytes) -> str:
    """UTF-8 or UTF-16 as the file says; without a mark UTF-8 if it is that, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content[:2000].count(0) * 3 > len(content[:2000]):  # "Unicode text" without its mark
        little = content[1:2000:2].count(0) >= content[:2000:2].count(0)
        return content.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _split(text: str) -> tuple[list[list[str]], int | None]:
    """The rows, split by the delimiter that makes most sense of the first; and where a cell never ends."""
    head = list(_lines(text[:20_000]))[:25]
    best = max(_DELIMITERS, key=lambda delimiter: _sense(_records(head, delimiter)[0]))
    return _records(_lines(text), best)


def _sense(rows: list[list[str]]) -> int:
    """How many known headings the best of the rows holds."""
    return max((sum(plain(cell) in _HEADINGS for cell in row) for row in rows), default=0)


def _lines(text: str) -> Iterator[str]:
    # newline="": a line break inside quotes belongs to its cell; "\r" alone is how old Macs end a line.
    return iter(io.StringIO(text, newline=None))


def _records(lines: Iterable[str], delimiter: str) -> tuple[list[list[str]], int | None]:
    """Records as a spreadsheet shows them, and the number of one in which a quotation mark is never closed.

    All that follows such a mark is one cell: people would be missing from the file without a word.
    """
    reader = csv.reader(itertools.chain(lines, [_END]), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error:  # a cell beyond all measure
        return [*rows, []], len(rows) + 1
    return (rows[:-1], None) if rows[-1] == [_END] else (rows, len(rows))
