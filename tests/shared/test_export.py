"""Exports open in a Swedish spreadsheet, and nothing that somebody wrote becomes a formula."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from styrfart.shared import export

ROWS: list[list[Any]] = [
    [
        "Åsa Öst",
        dt.date(2026, 10, 8),
        dt.datetime(2026, 10, 8, 7, 5, tzinfo=dt.UTC),
        Decimal("12.5"),
        3,
        True,
        None,
    ],
    ["=1+1", None, None, -1.5, -3, False, "två\nrader; med; semikolon"],
]
HEAD = ["Namn", "Dag", "När", "Tal", "Antal", "Klar", "Text"]


def content(response: StreamingHttpResponse) -> bytes:
    return b"".join(response)


def test_csv_has_semicolons_a_mark_swedish_numbers_and_local_time() -> None:
    response = export.csv_response("ärenden", HEAD, ROWS)
    text = content(response).decode("utf-8")
    assert text == (
        "\ufeffNamn;Dag;När;Tal;Antal;Klar;Text\r\n"
        "Åsa Öst;2026-10-08;2026-10-08 09:05;12,5;3;ja;\r\n"
        '\'=1+1;;;-1,5;-3;nej;"två\nrader; med; semikolon"\r\n'
    )
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A4renden.csv"


def test_rows_are_in_the_language_of_whoever_asks_and_leave_it_alone() -> None:
    """They are written after the request is over, and other readers are served meanwhile."""
    met = []

    def rows() -> Iterator[list[object]]:
        for told in (True, False):
            met.append(translation.get_language())
            yield [told, gettext_lazy("ja")]

    with translation.override("en"):
        response = export.csv_response("x", [gettext_lazy("ja"), "b"], rows())
    with translation.override("sv"):
        lines = []
        for line in response:
            assert translation.get_language() == "sv"
            lines.append(bytes(line).decode())
    assert lines == ["\ufeffyes;b\r\n", "yes;yes\r\n", "no;yes\r\n"]
    assert met == ["en", "en"]


def test_a_workbook_has_dates_as_dates_and_texts_as_texts() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(export.xlsx_bytes([("Ärenden", HEAD, ROWS)])))
    assert book.sheet_names == ["Ärenden"]
    head, first, second = book.get_sheet_by_name("Ärenden").to_python()
    assert head == HEAD
    assert first == ["Åsa Öst", dt.date(2026, 10, 8), dt.datetime(2026, 10, 8, 9, 5), 12.5, 3.0, "ja", ""]  # noqa: DTZ001  # as read
    assert second[0] == "=1+1"


DANGEROUS = ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "＝1", '=HYPERLINK("x")', "\r=1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_looks_like_a_formula_is_a_text_in_csv(text: str) -> None:
    line = content(export.csv_response("x", ["a"], [[text]])).decode().split("\r\n", 1)[1]
    (read,) = next(csv.reader([line], delimiter=";")) if "\r" not in text else [line.strip('"')]
    assert read.startswith("'")


def test_no_formula_element_is_ever_written_to_a_workbook() -> None:
    made = export.xlsx_bytes([("Blad1", ["a"], [[text] for text in DANGEROUS])])
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert not [name for name in parts.namelist() if "rels" in name and "worksheets" in name]


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not export.harmless(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


@given(
    st.lists(
        st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2)
    )
)
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    text = content(export.csv_response("x", ["a", "b"], rows)).decode()
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]
    assert read == [[export.harmless(value) for value in row] for row in rows]


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    made = export.xlsx_bytes([("Blad1", ["a"], [["å" * 40_000]])])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    assert len(str(rows[1][0])) == 32767
