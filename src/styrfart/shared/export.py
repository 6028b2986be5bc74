"""Tables for a spreadsheet: CSV as Swedish Excel opens it, and XLSX; nothing in them is ever a formula."""

import csv
import datetime as dt
import decimal
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

# A cell that begins with one of these is a formula to a spreadsheet.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would take it for a formula."""
    text = text.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text


def cell(value: Any) -> str:
    """A value as a CSV cell: dates in ISO form, numbers with a decimal comma, texts made harmless."""
    match value:
        case None:
            return ""
        case bool():
            return gettext("ja") if value else gettext("nej")
        case dt.datetime():
            moment = timezone.localtime(value) if timezone.is_aware(value) else value
            return moment.strftime("%Y-%m-%d %H:%M")
        case dt.date():
            return value.isoformat()
        case int():
            return str(value)
        case float() | decimal.Decimal():
            return str(value).replace(".", ",")
        case _:
            return harmless(str(value))


class _Line:
    """What `csv` writes to: gives the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_response(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """The table as a CSV file called `name`.csv: semicolons, a byte order mark, one row at a time.

    Each row is told in the language of whoever asks for the file, though it is written when the request's own
    language has been turned off.
    """
    lines = _lines(head, rows, translation.get_language())
    response = StreamingHttpResponse(lines, content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}.csv"
    )
    return response


def _lines(head: Sequence[Any], rows: Iterable[Sequence[Any]], language: str) -> Iterator[str]:
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    source = iter(rows)
    row: Sequence[Any] | None = head
    mark = "\ufeff"
    while row is not None:
        # Never turned on while somebody else has the line: the thread may serve another reader meanwhile.
        with translation.override(language):
            line = mark + writer.writerow([cell(value) for value in row])
        yield line
        mark = ""
        with translation.override(language):
            row = next(source, None)


def xlsx_bytes(sheets: Iterable[tuple[str, Sequence[Any], Iterable[Sequence[Any]]]]) -> bytes:
    """A workbook of sheets (name, head, rows): heads in bold and held, dates as dates, texts as texts."""
    import xlsxwriter  # noqa: PLC0415  # 21 MB that a web process without exports does without

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name, head, rows in sheets:
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, [str(value) for value in head], bold)
            for column, value in enumerate(head):
                sheet.set_column(column, column, max(12, min(40, len(str(value)) + 4)))
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    _write(sheet, number, column, value, day, moment)
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, day: Any, moment: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_string(row, column, cell(value))
        case dt.datetime():
            sheet.write_datetime(
                row, column, timezone.localtime(value) if timezone.is_aware(value) else value, moment
            )
        case dt.date():
            sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
        case int() | float() | decimal.Decimal():
            sheet.write_number(row, column, value)
        case _:
            # Longer than a cell can hold is cut rather than lost.
            sheet.write_string(row, column, str(value).replace("\0", "")[:32767])


def xlsx_response(
    name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]], *, sheet: str = "Blad1"
) -> HttpResponse:
    """The table as a workbook called `name`.xlsx."""
    response = HttpResponse(xlsx_bytes([(sheet, head, rows)]), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}.xlsx"
    )
    return response
