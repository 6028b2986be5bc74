"""The workbook to fill in: one sheet of points and one that tells how; empty, or with a scheme as it is."""

import io
from collections.abc import Iterable
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.importing.layout import COLUMNS, SHEET
from styrfart.mandates.importing.points import PointText
from styrfart.people.importing.layout import INSTRUCTIONS

HINTS: Final[dict[str, str | Promise]] = {
    "code": _("Punktens nummer, till exempel 2.10. Kolumnen är text, så att Excel inte ändrar det."),
    "heading": _("Området, till exempel Personal. Kan också stå på en egen rad ovanför."),
    "text": _("Vad som får beslutas."),
    "delegates": _(
        "Befattningen som får besluta. Flera skiljs med semikolon. En egen gräns skrivs efter kolon: "
        "Avdelningschef: 2 000 000; Kontorschef."
    ),
    "limit": _("Gränsen i kronor för de delegater som inte har en egen. Tomt: ingen gräns."),
    "conditions": _("Vad som måste vara uppfyllt."),
    "law": _("Lag och paragraf."),
    "is_reported": _("Ja om beslutet anmäls till nämnden. Tomt: ja."),
    "is_delegable": _("Nej om bara nämnden får besluta. Då ska Delegat vara tomt. Tomt: ja."),
    "may_be_subdelegated": _("Ja om förvaltningschefen får delegera vidare. Tomt: nej."),
    "licence_part": _("Den del av chefskörkortet som befattningen måste ha."),
    "words": _("Ord som brukar stå i sådana ärenden, skilda med semikolon."),
}
# What no committee may delegate, in our words, after the Local Government Act 6:38. Swedish: it is the
# language of the file.
RESERVED_ROWS: Final = (
    PointText(
        code="1.1",
        heading="Får inte delegeras",
        text="Ärenden om verksamhetens mål, inriktning, omfattning eller kvalitet",
        is_delegable=False,
        is_reported=False,
        law="6 kap. 38 § kommunallagen",
        words=("mål", "inriktning", "omfattning", "kvalitet", "verksamhetsplan", "budget"),
    ),
    PointText(
        code="1.2",
        heading="Får inte delegeras",
        text="Framställningar och yttranden till fullmäktige",
        is_delegable=False,
        is_reported=False,
        law="6 kap. 38 § kommunallagen",
        words=("yttrande", "remissvar", "framställning", "motion", "fullmäktige"),
    ),
    PointText(
        code="1.3",
        heading="Får inte delegeras",
        text="Myndighetsutövning mot enskilda av principiell natur eller större vikt",
        is_delegable=False,
        is_reported=False,
        law="6 kap. 38 § kommunallagen",
        words=("principiell", "prejudikat", "ny praxis"),
    ),
    PointText(
        code="1.4",
        heading="Får inte delegeras",
        text="Ärenden som har väckts genom medborgarförslag",
        is_delegable=False,
        is_reported=False,
        law="6 kap. 38 § kommunallagen",
        words=("medborgarförslag",),
    ),
)
EXAMPLE: Final = PointText(
    code="2.1",
    heading="Inköp",
    text="Upphandling och avrop inom budget",
    delegates=(("Enhetschef", 100_000), ("Avdelningschef", 2_000_000), ("Förvaltningschef", None)),
    words=("upphandling", "avrop", "inköp"),
)


def row_of(point: PointText) -> list[str]:
    """The point as cells, in the order of the columns; read again it says the same."""
    cells = {
        "code": point.code,
        "heading": point.heading,
        "text": point.text,
        "delegates": "; ".join(
            title if limit is None else f"{title}: {limit:,}".replace(",", " ")
            for title, limit in point.delegates
        ),
        "limit": "",
        "conditions": point.conditions,
        "law": point.law,
        "is_reported": "ja" if point.is_reported else "nej",
        "is_delegable": "ja" if point.is_delegable else "nej",
        "may_be_subdelegated": "ja" if point.may_be_subdelegated else "nej",
        "licence_part": point.licence_part,
        "words": "; ".join(point.words),
    }
    return [cells[column.key] for column in COLUMNS]


def workbook(points: Iterable[PointText]) -> bytes:
    """The points as an Excel file that reads in cleanly."""
    import xlsxwriter  # noqa: PLC0415  # loaded by whoever writes a workbook, not by every web worker

    kept = io.BytesIO()
    # What begins with = is a text, not a formula, in a file that somebody else will open.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(kept, options)
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#E2ECED", "bottom": 1, "text_wrap": True}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
    }
    _points(book.add_worksheet(SHEET), points, styles)
    _instructions(book.add_worksheet(INSTRUCTIONS), styles)
    book.close()
    return kept.getvalue()


def _points(page: Any, points: Iterable[PointText], styles: dict[str, Any]) -> None:
    wide = {"text": 50, "delegates": 40, "words": 40, "conditions": 30, "heading": 24, "law": 24}
    for at, column in enumerate(COLUMNS):
        page.set_column(at, at, wide.get(column.key, 15), styles["text"])
        page.write_string(0, at, column.label, styles["head"])
        if column.key.startswith(("is_", "may_")):
            page.data_validation(1, at, 5000, at, {"validate": "list", "source": ["ja", "nej"]})
    page.freeze_panes(1, 1)
    for number, point in enumerate(points, start=1):
        for at, text in enumerate(row_of(point)):
            page.write_string(number, at, text, styles["text"])


def _instructions(page: Any, styles: dict[str, Any]) -> None:
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, gettext("Kolumn"), styles["head"])
    page.write_string(0, 1, gettext("Så fyller du i"), styles["head"])
    for number, column in enumerate(COLUMNS, start=1):
        page.write_string(number, 0, column.label)
        page.write_string(number, 1, str(HINTS[column.key]), styles["text"])
