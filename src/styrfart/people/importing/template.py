"""The workbook to fill in: three sheets and one that tells how; empty, or with the organisation as it is."""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.people.importing.layout import COLUMNS, INSTRUCTIONS, SHEET_LABELS, Sheet
from styrfart.people.importing.snapshot import Snapshot

Rows = Mapping[Sheet, Sequence[Sequence[str | dt.date | None]]]

KIND_WORDS: Final = {
    "city": "stad",
    "committee": "nämnd",
    "administration": "förvaltning",
    "division": "avdelning",
    "unit": "enhet",
}
LEVEL_WORDS: Final = {"city": "stad", "office": "förvaltning", "division": "avdelning", "unit": "enhet"}
ROLE_WORDS: Final = {
    "chair": "ordförande",
    "member": "ledamot",
    "secretary": "sekreterare",
    "adjunct": "adjungerad",
}
_CHOICES: Final = {
    (Sheet.UNITS, "kind"): KIND_WORDS,
    (Sheet.TEAMS, "level"): LEVEL_WORDS,
    (Sheet.TEAMS, "role"): ROLE_WORDS,
}
_WIDTHS: Final = {"email": 34, "person": 34, "head": 34, "name": 34, "team": 34, "title": 26}

_HINTS: Final = {
    (Sheet.UNITS, "code"): _("Enhetens kod i ert system. Den är densamma så länge enheten finns."),
    (Sheet.UNITS, "name"): _("Vad enheten heter."),
    (Sheet.UNITS, "kind"): _("stad, nämnd, förvaltning, avdelning eller enhet."),
    (Sheet.UNITS, "parent"): _("Koden för enheten ovanför. Tomt bara för den översta."),
    (Sheet.UNITS, "head"): _("Chefens e-postadress. Två chefer skiljs med semikolon."),
    (Sheet.PEOPLE, "email"): _(
        "Adressen som personen loggar in med. E-post eller anställningsnummer behövs."
    ),
    (Sheet.PEOPLE, "number"): _("Med numret känner vi igen den som byter adress eller namn."),
    (Sheet.PEOPLE, "given_name"): _("Tilltalsnamn."),
    (Sheet.PEOPLE, "family_name"): _("Efternamn."),
    (Sheet.PEOPLE, "unit"): _("Koden för enheten där personen arbetar."),
    (Sheet.PEOPLE, "title"): _("Befattning. Den som har två befattningar har två rader."),
    (Sheet.PEOPLE, "head"): _("Behövs bara om enheternas chefer inte står på bladet Enheter."),
    (Sheet.PEOPLE, "valid_from"): _("Första dagen, som 2026-11-21. Tomt: dagen då filen läses in."),
    (Sheet.PEOPLE, "valid_to"): _("Sista dagen. Tomt: tills vidare."),
    (Sheet.TEAMS, "team"): _("Gruppens namn, på varje rad."),
    (Sheet.TEAMS, "slug"): _("Kort namn i adressen, med a–z. Behövs om gruppen ska kunna byta namn."),
    (Sheet.TEAMS, "level"): _("stad, förvaltning, avdelning eller enhet. Tomt: som enheten."),
    (Sheet.TEAMS, "unit"): _("Koden för enheten som gruppen leder."),
    (Sheet.TEAMS, "person"): _("Personens e-postadress. En rad för varje person."),
    (Sheet.TEAMS, "role"): _("ordförande, ledamot, sekreterare eller adjungerad."),
    (Sheet.TEAMS, "function"): _("Till exempel HR-partner eller coach."),
    (Sheet.TEAMS, "valid_from"): _("Första dagen i gruppen. Tomt: dagen då filen läses in."),
    (Sheet.TEAMS, "valid_to"): _("Sista dagen i gruppen. Tomt: tills vidare."),
}
EXAMPLES: Final[Rows] = {
    Sheet.UNITS: [
        ["100", "Utvecklingskontoret", "förvaltning", "", "ingrid.hall@demostad.example"],
        ["110", "Projektavdelningen", "avdelning", "100", "samir.haddad@demostad.example"],
        ["111", "Projekt norr", "enhet", "110", "moa.lind@demostad.example"],
    ],
    Sheet.PEOPLE: [
        ["ingrid.hall@demostad.example", "1001", "Ingrid", "Hall", "100", "Kontorschef", "", None, None],
        ["samir.haddad@demostad.example", "1002", "Samir", "Haddad", "110", "Avdelningschef", "", None, None],
        ["moa.lind@demostad.example", "1003", "Moa", "Lind", "111", "Enhetschef", "", None, None],
        ["", "1004", "Åsa", "Öst", "111", "Ingenjör", "", dt.date(2026, 11, 21), dt.date(2027, 5, 31)],
    ],
    Sheet.TEAMS: [
        [
            "Kontorets ledningsgrupp",
            "kontoret",
            "förvaltning",
            "100",
            "ingrid.hall@demostad.example",
            "ordförande",
            "",
            None,
            None,
        ],
        [
            "Kontorets ledningsgrupp",
            "kontoret",
            "förvaltning",
            "100",
            "samir.haddad@demostad.example",
            "ledamot",
            "",
            None,
            None,
        ],
        [
            "Kontorets ledningsgrupp",
            "kontoret",
            "förvaltning",
            "100",
            "moa.lind@demostad.example",
            "adjungerad",
            "HR-partner",
            None,
            None,
        ],
    ],
}


def workbook(rows: Rows | None = None) -> bytes:
    """The template as an Excel file; `rows` fill the sheets."""
    import xlsxwriter  # noqa: PLC0415  # loaded by whoever writes a workbook, not by every web worker

    kept = io.BytesIO()
    # What begins with = is a text, not a formula, in a file that somebody else will open.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(kept, options)
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#E2ECED", "bottom": 1, "text_wrap": True}),
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "title": book.add_format({"bold": True, "font_size": 16}),
        "bold": book.add_format({"bold": True}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _instructions(book.add_worksheet(INSTRUCTIONS), styles)
    for sheet in Sheet:
        _sheet(book.add_worksheet(SHEET_LABELS[sheet]), sheet, (rows or {}).get(sheet, ()), styles)
    book.close()
    return kept.getvalue()


def _sheet(page: Any, sheet: Sheet, rows: Sequence[Sequence[Any]], styles: dict[str, Any]) -> None:
    for at, column in enumerate(COLUMNS[sheet]):
        style = styles["day"] if column.key in {"valid_from", "valid_to"} else styles["text"]
        page.set_column(at, at, _WIDTHS.get(column.key, 18), style)
        page.write_string(0, at, column.label, styles["head"])
        words = _CHOICES.get((sheet, column.key))
        if words:
            page.data_validation(1, at, 60_000, at, {"validate": "list", "source": list(words.values())})
    page.freeze_panes(1, 0)
    _fill(page, 1, rows, styles)


def _fill(page: Any, start: int, rows: Sequence[Sequence[Any]], styles: dict[str, Any]) -> None:
    for number, row in enumerate(rows, start=start):
        for at, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(number, at, dt.datetime.combine(value, dt.time()), styles["day"])
            elif value:
                page.write_string(number, at, value, styles["text"])


def _instructions(page: Any, styles: dict[str, Any]) -> None:
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 16)
    page.set_column(2, 8, 30)
    page.write_string(0, 0, gettext("Så fyller du i organisationen"), styles["title"])
    steps = [
        gettext("1. Fyll i bladen Enheter, Personer och Ledningsgrupper. Ändra inte bladens namn."),
        gettext("2. Lämna ett blad tomt om det inte ska läsas in."),
        gettext("3. Läs in filen. Du ser alla skillnader innan något ändras."),
        gettext("Skriv inga andra uppgifter om människor: andra kolumner läses inte in."),
    ]
    for number, step in enumerate(steps, start=2):
        page.write_string(number, 0, step)
    row = len(steps) + 3
    for sheet in Sheet:
        row = _describe(page, row, sheet, styles)


def _describe(page: Any, row: int, sheet: Sheet, styles: dict[str, Any]) -> int:
    page.write_string(row, 0, SHEET_LABELS[sheet], styles["title"])
    for at, heading in enumerate((gettext("Kolumn"), gettext("Behövs"), gettext("Vad du skriver"))):
        page.write_string(row + 1, at, heading, styles["head"])
    row += 2
    for column in COLUMNS[sheet]:
        page.write_string(row, 0, column.label, styles["bold"])
        page.write_string(row, 1, gettext("alltid") if column.is_required else gettext("när den finns"))
        page.write_string(row, 2, str(_HINTS[sheet, column.key]))
        row += 1
    page.write_string(row + 1, 0, gettext("Exempel"), styles["bold"])
    for at, column in enumerate(COLUMNS[sheet]):
        page.write_string(row + 2, at, column.label, styles["head"])
    _fill(page, row + 3, EXAMPLES[sheet], styles)
    return row + 5 + len(EXAMPLES[sheet])


def rows_of(snapshot: Snapshot) -> Rows:
    """The organisation as it is, as rows of the template: read in again, they change nothing.

    People whom the template cannot name (without address and number) are left out, with their seats.
    """
    names = {now.pk: now.email or now.number for now in snapshot.people.values() if now.is_active}
    return {
        Sheet.UNITS: list(_unit_rows(snapshot, names)),
        Sheet.PEOPLE: list(_person_rows(snapshot)),
        Sheet.TEAMS: list(_team_rows(snapshot, names)),
    }


def _unit_rows(snapshot: Snapshot, names: dict[int, str]) -> Iterator[list[str]]:
    heads: dict[str, list[str]] = {}
    for posts in snapshot.posts.values():
        for post in posts:
            if post.is_head and names.get(post.person):
                heads.setdefault(post.unit, []).append(names[post.person])
    for now in sorted(snapshot.units.values(), key=lambda unit: unit.path):
        if now.is_open:
            yield [now.code, now.name, KIND_WORDS[now.kind], now.parent, "; ".join(heads.get(now.code, ()))]


def _person_rows(snapshot: Snapshot) -> Iterator[list[str | dt.date | None]]:
    for now in snapshot.people.values():
        who = [now.email, now.number, now.given_name, now.family_name]
        # By what they lead first: of two titles in a unit the first one leads it.
        posts = sorted(snapshot.posts.get(now.pk, []), key=lambda post: not post.is_head)
        if now.is_active and (now.email or now.number) and (posts or now.number):
            for post in posts:
                yield [*who, post.unit, post.title, "", post.valid_from, post.valid_to]
            if not posts:
                yield [*who, "", "", "", None, None]


def _team_rows(snapshot: Snapshot, names: dict[int, str]) -> Iterator[list[str | dt.date | None]]:
    for now in snapshot.teams.values():
        if not now.is_open:
            continue
        team: list[str | dt.date | None] = [now.name, now.slug, LEVEL_WORDS[now.level], now.unit]
        seats = [seat for seat in snapshot.seats.get(now.slug, []) if names.get(seat.person)]
        for seat in seats:
            role = ROLE_WORDS[seat.role]
            yield [*team, names[seat.person], role, seat.function, seat.valid_from, seat.valid_to]
        if not seats:
            yield [*team, "", "", "", None, None]
