"""Workbooks and text files for the tests, as people and programs make them."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from django.utils import timezone

from styrfart.people.actions import import_at_once
from styrfart.people.importing.examining import Examined, examine, read_uploads
from styrfart.people.importing.problems import sentence

Cells = Sequence[Sequence[Any]]

UNITS = ["Enhetskod", "Namn", "Slag", "Överordnad enhet", "Chef"]
PEOPLE = ["E-post", "Anställningsnummer", "Förnamn", "Efternamn", "Enhetskod", "Befattning"]
TEAMS = ["Ledningsgrupp", "Kortnamn", "Nivå", "Enhetskod", "Person", "Roll", "Funktion"]

OFFICE = ["100", "Kontoret", "förvaltning", "", "anna@demo.example"]
DIVISION = ["110", "Avdelningen", "avdelning", "100", "bo@demo.example"]
ANNA = ["anna@demo.example", "1", "Anna", "Ek", "100", "Kontorschef"]
BO = ["bo@demo.example", "2", "Bo", "Ask", "110", "Avdelningschef"]
CHAIR = ["Kontorets ledningsgrupp", "", "", "100", "anna@demo.example", "ordförande", ""]
MEMBER = ["Kontorets ledningsgrupp", "", "", "100", "bo@demo.example", "ledamot", ""]


def xlsx(sheets: Mapping[str, Cells]) -> bytes:
    """A workbook as Excel writes it; cell values keep their types."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(
        kept, {"in_memory": True, "strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}
    )
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for at, value in enumerate(row):
                if value not in ("", None):
                    page.write(number, at, value)
    book.close()
    return kept.getvalue()


def csv(rows: Cells, delimiter: str = ";") -> str:
    """A text file as Excel writes it, without quotes."""
    return "".join(delimiter.join(str(cell) for cell in row) + "\r\n" for row in rows)


def organisation(
    units: Cells = (OFFICE, DIVISION), people: Cells = (ANNA, BO), teams: Cells = (CHAIR, MEMBER)
) -> bytes:
    """A small organisation without faults, unless the caller brings some."""
    return xlsx(
        {"Enheter": [UNITS, *units], "Personer": [PEOPLE, *people], "Ledningsgrupper": [TEAMS, *teams]}
    )


def look(*contents: bytes, is_whole: bool = True, names: Sequence[str] = ()) -> Examined:
    """What the files would do to the organisation as it is."""
    named = names or [f"fil{number}" for number in range(1, len(contents) + 1)]
    uploads = read_uploads(list(zip(named, contents, strict=True)))
    return examine(uploads, day=timezone.localdate(), is_whole=is_whole)


def apply(*contents: bytes, day: dt.date | None = None, is_whole: bool = True) -> Examined:
    """Read the files in, as from the command line; there are no errors in them."""
    uploads = [(f"fil{number}", content) for number, content in enumerate(contents)]
    examined = import_at_once(
        uploads=uploads, day=day or timezone.localdate(), is_whole=is_whole, is_dry=False
    )
    assert complaints(examined) == []
    return examined


def complaints(examined: Examined, *, warnings: bool = False) -> list[str]:
    """The errors (or the warnings) in words."""
    chosen = [problem for problem in examined.problems if problem.is_warning == warnings]
    return [sentence(problem.as_json()) for problem in chosen]


def but(row: list[Any], **cells: Any) -> list[Any]:
    """The row with other values in some columns, by place: `but(ANNA, c3="Öst")`."""
    changed = list(row)
    for place, value in cells.items():
        changed[int(place[1:])] = value
    return changed
