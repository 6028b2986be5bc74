"""What arrives: encodings, delimiters, titles, damaged and hostile files."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styrfart.people.importing.files import MAX_ROWS, Upload, read_file
from styrfart.people.importing.layout import Sheet
from styrfart.people.importing.problems import sentence
from styrfart.people.importing.reading import Contents, read
from styrfart.people.importing.values import date_of, is_address, text_of
from tests.people.importing.sheets import ANNA, OFFICE, PEOPLE, UNITS, csv, organisation, xlsx

# The machine is shared: a law is not broken by being slow.
LAW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
FIXTURES = Path(__file__).parent / "fixtures"
ASA = ["åsa.öst@demo.example".replace("å", "a").replace("ö", "o"), "7", "Åsa", "Öst", "100", "Ingenjör"]


def read_one(content: bytes, name: str = "personer.csv") -> Contents:
    return read([Upload(name, content)])


def told(contents: Contents) -> list[str]:
    return [sentence(problem.as_json()) for problem in contents.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_is_read_in_every_encoding_and_with_every_delimiter(encoding: str, delimiter: str) -> None:
    contents = read_one(csv([PEOPLE, ASA], delimiter).encode(encoding))
    assert told(contents) == []
    row = contents.tables[Sheet.PEOPLE].rows[0]
    assert (row.number, row.text("given_name"), row.text("family_name")) == (2, "Åsa", "Öst")


def test_excel_says_its_delimiter_in_a_first_line_and_titles_stand_above_the_headings() -> None:
    rows = [["sep=;"], ["Medarbetare", "", ""], [""], ["Uttag 2026-11-21"], PEOPLE, [""], ASA]
    contents = read_one(csv(rows).encode("cp1252"))
    assert [row.number for row in contents.tables[Sheet.PEOPLE].rows] == [7]


def test_merged_titles_and_blank_rows_do_not_move_the_row_numbers() -> None:
    book = xlsx(
        {"Personer": [["Organisation per den 21 november"], [], ["", "", "Rapport"], PEOPLE, [], ANNA]}
    )
    contents = read_one(book, "a.xlsx")
    assert [row.number for row in contents.tables[Sheet.PEOPLE].rows] == [6]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (" Anna\u00a0 Ek ", "Anna Ek"),
        ("An\u0308na", "An\u0308na"),
        ("A\u030asa", "Åsa"),
        ("Anna\0\x07\u200b", "Anna"),
        ("\u202eknA\u202c", "knA"),
        ("👩‍💻", "👩‍💻"),
        ("\ud800x", "?x"),
        ("rad ett\nrad två", "rad ett rad två"),
        (1042.0, "1042"),
        (10.5, "10.5"),
        (True, "ja"),
        (dt.datetime.fromisoformat("2026-11-21"), "2026-11-21"),
        (None, ""),
    ],
)
def test_cells_are_cleaned_of_what_nobody_sees(cell: object, expected: str) -> None:
    assert text_of(cell) == expected  # type: ignore[arg-type]  # the table holds every sort of cell


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-21",
        "2026/11/21",
        "20261121",
        "21/11/2026",
        "21.11.2026",
        "21-11-2026",
        "2026-11-21 00:00:00",
        "2026-11-21T00:00",
        dt.date(2026, 11, 21),
        dt.datetime.fromisoformat("2026-11-21T13:05"),
        "2026-11-21 13:05:00",
        46347,
        46347.0,
        46347.54,
        "46347",
    ],
)
def test_days_are_read_as_people_and_excel_write_them(cell: object) -> None:
    assert date_of(cell) == dt.date(2026, 11, 21)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    "cell",
    [
        "11/21/2026",
        "2026-02-30",
        "2026-11-21T23:30:00Z",
        "2026-11-21 13",
        float("inf"),
        float("nan"),
        "i morgon",
        "21 nov",
        3,
        99_999_999,
        "0000-00-00",
    ],
)
def test_what_is_no_day_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        date_of(cell)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("anna.ek@demo.example", True),
        ("o'hara+x@sub.demo.example", True),
        ("anna.ek@demo", False),
        ("anna ek@demo.example", False),
        ("anna@@demo.example", False),
        ("anna..ek@demo.example", False),
        ("<script>@demo.example", False),
        ("=1+1@demo.example\n", False),
        (f"{'a' * 250}@demo.example", False),
    ],
)
def test_addresses(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one


def test_numbers_dates_and_texts_keep_their_meaning_in_a_workbook() -> None:
    heading = [*PEOPLE, "Från och med"]
    book = xlsx({"Personer": [heading, ["", 1042, "Anna", "Ek", 100, "Ingenjör", dt.date(2026, 1, 1)]]})
    row = read_one(book).tables[Sheet.PEOPLE].rows[0]
    assert (row.text("number"), row.text("unit"), row.cells["valid_from"]) == (
        "1042",
        "100",
        dt.date(2026, 1, 1),
    )


# --- Which sheet is which ---------------------------------------------------------------------------
def test_three_text_files_are_known_by_their_headings_whatever_they_are_called() -> None:
    contents = read(
        [
            Upload("uttag1.csv", csv([PEOPLE, ANNA]).encode()),
            Upload("uttag2.txt", csv([UNITS, OFFICE]).encode()),
            Upload(
                "x", csv([["Ledningsgrupp", "Enhet", "Person", "Roll"], ["LG", "100", "a", "b"]]).encode()
            ),
        ]
    )
    assert told(contents) == []
    assert {kind: table.name for kind, table in contents.tables.items()} == {
        Sheet.PEOPLE: "uttag1.csv",
        Sheet.UNITS: "uttag2.txt",
        Sheet.TEAMS: "x",
    }


def test_sheets_with_other_names_are_known_by_their_headings_and_others_left_alone() -> None:
    book = xlsx({"Blad1": [["hej"]], "Blad2": [UNITS, OFFICE], "Blad3": [PEOPLE, ANNA]})
    contents = read_one(book)
    assert {table.name for table in contents.tables.values()} == {"Blad2", "Blad3"}
    assert told(contents) == []


def test_english_headings_are_known() -> None:
    heading = ["Email", "Employee number", "First name", "Last name", "Unit code", "Job title"]
    contents = read_one(xlsx({"People": [heading, ANNA]}))
    assert told(contents) == []
    assert contents.tables[Sheet.PEOPLE].rows[0].text("title") == "Kontorschef"


def test_a_column_we_do_not_read_is_told_and_left() -> None:
    contents = read_one(csv([[*PEOPLE, "Lön", "Personnummer"], [*ANNA, "50000", "x"]]).encode())
    assert told(contents) == [
        (
            "personer.csv: de här kolumnerna läses inte in: Lön, Personnummer. "
            "Ta bort dem om de innehåller uppgifter som inte behövs här."
        )
    ]
    assert "50000" not in str(contents.tables[Sheet.PEOPLE].rows)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("tom.xlsx", b"", "tom.xlsx: filen är tom. Fyll i mallen och läs in den."),
        ("blank.csv", b" \r\n ", "blank.csv: filen är tom. Fyll i mallen och läs in den."),
        (
            "bild.png",
            b"\x89PNG\r\n\x1a\n",
            (
                "bild.png: filen går inte att läsa som arbetsbok eller CSV. "
                "Öppna den i Excel, spara den som .xlsx och läs in den igen."
            ),
        ),
        (
            "gammal.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            (
                "gammal.xls: filen är sparad i Excels gamla format. "
                "Spara den som Excel-arbetsbok (.xlsx) och läs in den igen."
            ),
        ),
        (
            "hemlig.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "hemlig.xlsx: filen är skyddad med lösenord. Ta bort lösenordet i Excel och läs in filen igen.",
        ),
        (
            "trasig.xlsx",
            b"PK\x03\x04" + b"x" * 500,
            (
                "trasig.xlsx: filen går inte att läsa som arbetsbok eller CSV. "
                "Öppna den i Excel, spara den som .xlsx och läs in den igen."
            ),
        ),
        (
            "brev.csv",
            "Hej! Här kommer listan.".encode(),
            (
                "Inget blad är enheter, personer eller ledningsgrupper. Det här finns: brev.csv. "
                "Ladda ner mallen och jämför bladens namn och rubriker."
            ),
        ),
        (
            "skräp.bin",
            bytes(range(1, 32)) * 20,
            (
                "skräp.bin: filen går inte att läsa som arbetsbok eller CSV. "
                "Öppna den i Excel, spara den som .xlsx och läs in den igen."
            ),
        ),
        (
            "personer.csv",
            csv([["Epost", "Förnamn"], ["a@b.se", "Anna"]]).encode(),
            "personer.csv, rad 1: kolumnen Efternamn saknas. Lägg till den. Mallen visar hur.",
        ),
        (
            "personer.csv",
            csv([["Förnamn", "Efternamn"], ["Anna", "Ek"]]).encode(),
            "personer.csv, rad 1: kolumnen E-post saknas. Lägg till den. Mallen visar hur.",
        ),
        (
            "personer.csv",
            b"hej;svejs\r\n1;2\r\n",
            (
                "personer.csv: det finns ingen rad med kolumnrubriker. "
                "Rubrikerna ska heta som i mallen, till exempel E-post, Anställningsnummer, Förnamn."
            ),
        ),
        (
            "personer.csv",
            csv([[*PEOPLE, "Förnamn"], [*ANNA, "Ann"]]).encode(),
            (
                "personer.csv, rad 1, kolumn Förnamn: rubriken finns två gånger. "
                "Ta bort eller byt namn på den ena kolumnen."
            ),
        ),
        (
            "personer.csv",
            csv([PEOPLE]).encode(),
            "personer.csv: bladet har rubriker men inga rader. Ingenting ändras av det.",
        ),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(name: str, content: bytes, expected: str) -> None:
    assert told(read_one(content, name)) == [expected]


def test_two_tables_of_the_same_sort_are_refused() -> None:
    one, other = Upload("a.csv", csv([PEOPLE, ANNA]).encode()), Upload("b.csv", csv([PEOPLE, ASA]).encode())
    assert told(read([one, other])) == [
        "Det finns två tabeller med samma slags uppgifter: a.csv och b.csv. Behåll en av dem."
    ]


@pytest.mark.parametrize("name", ['"Ek', f"Ek{'k' * 200_000}"], ids=["a quotation mark", "beyond measure"])
def test_a_cell_that_swallows_the_rest_of_the_file_is_told_with_its_row(name: str) -> None:
    """The people after it would be missing, and of a whole organisation they would have left."""
    content = (
        f"E-post;Förnamn;Efternamn\na@demo.example;Anna;Ask\nb@demo.example;Bo;{name}\nc@demo.example;Cia;Al"
    )
    assert told(read_one(content.encode())) == [
        (
            "personer.csv, rad 3: ett citattecken stängs aldrig, så resten av filen blir en enda cell. "
            "Ta bort citattecknet i raden och läs in filen igen."
        )
    ]


def test_quotation_marks_in_pairs_are_a_spreadsheets_own() -> None:
    content = 'E-post;Förnamn;Efternamn\r\na@demo.example;"Anna ""Nan""\nLi";"Ek; Al"\r\n'
    contents = read_one(content.encode())
    assert told(contents) == []
    row = contents.tables[Sheet.PEOPLE].rows[0]
    assert (row.text("given_name"), row.text("family_name")) == ('Anna "Nan" Li', "Ek; Al")


def test_no_file_at_all_is_said() -> None:
    assert told(read([])) == ["Ingen fil kom fram. Välj en arbetsbok eller upp till tre CSV-filer."]


def test_an_opendocument_sheet_is_sent_back() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert "OpenDocument" in told(read_one(kept.getvalue()))[0]


# --- Hostile and damaged files ----------------------------------------------------------------------
def repacked(book: bytes, name: str, change: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change if entry == name else old.read(entry))
    return kept.getvalue()


def test_a_cell_at_the_end_of_the_sheet_does_not_exhaust_the_memory() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    book = repacked(organisation(), "xl/worksheets/sheet1.xml", sheet)
    assert told(read_one(book, "vid.xlsx")) == [
        (
            "vid.xlsx: bladet har celler långt utanför tabellen. "
            "Kopiera tabellen till ett nytt blad och läs in det."
        )
    ]


def test_a_bomb_is_not_unpacked() -> None:
    bomb = repacked(organisation(), "xl/worksheets/sheet1.xml", b" " * (251 * 1024 * 1024))
    assert len(bomb) < 1_000_000
    assert told(read_one(bomb, "bomb.xlsx")) == [
        (
            "bomb.xlsx: arbetsboken är för stor när den packas upp. "
            "Ta bort bilder, formatering och blad som inte ska läsas in."
        )
    ]


def test_a_file_that_lies_about_its_size_is_read_no_further_than_it_says() -> None:
    book = bytearray(repacked(organisation(), "xl/worksheets/sheet1.xml", b" " * 5_000_000))
    true_size, said = (5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert true_size in book
    lying = bytes(book).replace(true_size, said)
    assert told(read_one(lying, "lögn.xlsx")) == [
        (
            "lögn.xlsx: filen går inte att läsa som arbetsbok eller CSV. "
            "Öppna den i Excel, spara den som .xlsx och läs in den igen."
        )
    ]


def test_too_many_rows_are_refused() -> None:
    content = b"Enhetskod;Namn;Slag\n" + b"1;a;enhet\n" * MAX_ROWS
    assert told(read_one(content, "enheter.csv"))[0].startswith("enheter.csv: filen har fler än 200000 rader")


@LAW
@given(st.binary(max_size=2000))
def test_reading_never_raises_whatever_the_bytes(content: bytes) -> None:
    read_one(content)


@LAW
@given(st.text(max_size=500), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_reading_never_raises_whatever_the_text(text: str, encoding: str) -> None:
    read_one(f"{csv([PEOPLE])}{text}".encode(encoding, "replace"))


BOOK = organisation()


@LAW
@given(st.lists(st.tuples(st.integers(4, len(BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_damaged_workbook_never_raises(damages: list[tuple[int, int]]) -> None:
    book = bytearray(BOOK)
    for place, value in damages:
        book[place] = value
    read_one(bytes(book), "skadad.xlsx")


@LAW
@given(st.binary(max_size=300), st.integers(0, 600))
def test_a_damaged_sheet_never_raises(damage: bytes, at: int) -> None:
    """The damage is inside the archive, where its checksums do not see it."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    read_one(repacked(BOOK, "xl/worksheets/sheet1.xml", sheet[:at] + damage + sheet[at:]), "skadad.xlsx")


@LAW
@given(
    st.lists(
        st.lists(
            st.one_of(st.text(max_size=20), st.integers(-(10**6), 10**6), st.floats(allow_nan=False)),
            max_size=8,
        ),
        max_size=15,
    )
)
def test_every_problem_points_to_a_row_that_exists(rows: list[list[object]]) -> None:
    content = csv([PEOPLE, *rows]).encode("utf-8", "replace")
    sheets, problems = read_file(Upload("personer.csv", content))
    last = max((len(sheet.rows) for sheet in sheets), default=0)
    contents = read_one(content)
    assert all(problem.row is None or 1 <= problem.row <= last for problem in [*problems, *contents.problems])


def test_a_workbook_written_by_libreoffice_is_read() -> None:
    contents = read_one((FIXTURES / "libreoffice.xlsx").read_bytes(), "libreoffice.xlsx")
    assert told(contents) == []
    assert {kind: len(table.rows) for kind, table in contents.tables.items()} == {
        Sheet.UNITS: 3,
        Sheet.PEOPLE: 4,
        Sheet.TEAMS: 3,
    }
    asa = contents.tables[Sheet.PEOPLE].rows[-1]
    assert (asa.text("given_name"), asa.cells["valid_to"]) == ("Åsa", dt.date(2027, 5, 31))
