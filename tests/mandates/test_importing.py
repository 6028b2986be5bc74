"""Reading a scheme of delegation from a spreadsheet: what people send, and what is said of what is wrong."""

import datetime as dt
import io
import unicodedata
from collections.abc import Sequence

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.mandates.importing.points import PointText, Reserved, as_json, from_json, not_reserved
from styrfart.mandates.importing.reading import Reading, read_scheme
from styrfart.mandates.importing.telling import RESERVED, told
from styrfart.mandates.importing.template import EXAMPLE, RESERVED_ROWS, workbook
from styrfart.people.importing.files import Upload

HEAD = (
    "Punkt;Område;Vad;Delegat;Beloppsgräns;Villkor;Lagrum;"
    "Anmäls;Får delegeras;Vidaredelegation;Chefskörkort;Ledord"
)


def read(*rows: str, head: str = HEAD, encoding: str = "utf-8") -> Reading:
    return read_scheme(Upload("ordning.csv", "\r\n".join([head, *rows]).encode(encoding)))


def one(row: str) -> PointText:
    reading = read(row)
    assert reading.errors == []
    (point,) = reading.points
    return point


def faults(reading: Reading) -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.row, problem.column) for problem in reading.errors]


def book(rows: Sequence[Sequence[object]], name: str = "Blad1") -> bytes:
    kept = io.BytesIO()
    made = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = made.add_worksheet(name)
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            page.write(number, at, cell)
    made.close()
    return kept.getvalue()


def test_a_whole_row_is_read() -> None:
    assert one(
        "2.10;Inköp;Avrop inom ramavtal;"
        '"Enhetschef: 500 tkr; Avdelningschef: 2 000 000; Kontorschef";;'
        'Inom budget;LOU 7 kap.;nej;ja;ja;Upphandling;"avrop; ramavtal, inköp"'
    ) == PointText(
        code="2.10",
        heading="Inköp",
        text="Avrop inom ramavtal",
        delegates=(("Enhetschef", 500_000), ("Avdelningschef", 2_000_000), ("Kontorschef", None)),
        is_delegable=True,
        is_reported=False,
        may_be_subdelegated=True,
        law="LOU 7 kap.",
        conditions="Inom budget",
        licence_part="upphandling",
        words=("avrop", "ramavtal", "inköp"),
    )


def test_what_is_left_empty_has_the_usual_meaning() -> None:
    assert one("1;;Anställa;Enhetschef") == PointText(
        code="1", text="Anställa", delegates=(("Enhetschef", None),), is_reported=True
    )


@pytest.mark.parametrize(
    ("amount", "limit"),
    [
        ("2 000 000", 2_000_000),
        ("2000000", 2_000_000),
        ("2 mnkr", 2_000_000),
        ("500 tkr", 500_000),
        ("10 000 kr", 10_000),
    ],
)
def test_amounts_are_read_as_people_write_them(amount: str, limit: int) -> None:
    assert one(f"1;;Köpa;Enhetschef;{amount}").delegates == (("Enhetschef", limit),)
    assert one(f"1;;Köpa;Enhetschef: {amount}").delegates == (("Enhetschef", limit),)


def test_the_common_limit_holds_for_delegates_without_their_own() -> None:
    point = one('1;;Köpa;"Enhetschef; Avdelningschef: 900";500')
    assert point.delegates == (("Enhetschef", 500), ("Avdelningschef", 900))


def test_an_area_on_a_row_of_its_own_holds_for_the_rows_below() -> None:
    reading = read("2;Personal", "2.1;;Anställa;Enhetschef", ";Ekonomi;", "3.1;;Köpa;Enhetschef")
    assert [(point.code, point.heading) for point in reading.points] == [
        ("2.1", "Personal"),
        ("3.1", "Ekonomi"),
    ]


@pytest.mark.parametrize(
    "row", ["1;;Mål;;;;;;nej", "1;;Mål;Nämnden;;;;;nej", "1;;Mål;Nämnden;;;;;", "1;;Mål;Kommunstyrelsen"]
)
def test_what_the_committee_keeps_has_no_delegate_and_is_not_reported(row: str) -> None:
    point = one(row)
    assert (point.is_delegable, point.delegates, point.is_reported) == (False, (), False)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (";;Anställa;Enhetschef", ("missing", 2, "Punkt")),
        ("1;;;Enhetschef", ("missing", 2, "Vad")),
        ("1;;Anställa;", ("no_delegate", 2, "Delegat")),
        ("1;;Anställa;Enhetschef;;;;;nej", ("delegate_of_nothing", 2, "Delegat")),
        ("1;;Anställa;Nämnden;;;;;ja", ("delegate_of_nothing", 2, "Delegat")),
        ("1;;Anställa;Ledningsgruppen", ("group_decides", 2, "Delegat")),
        ("1;;Anställa;Kontorets ledningsgrupp: 500", ("group_decides", 2, "Delegat")),
        ("1;;Anställa;Styrgruppen för skolbyggen", ("group_decides", 2, "Delegat")),
        (".;;Anställa;Chef", ("missing", 2, "Punkt")),
        ('1;;Anställa;"Chef; CHEF"', ("delegate_twice", 2, "Delegat")),
        (f"1;;Anställa;{'x' * 81}", ("not_a_title", 2, "Delegat")),
        ("1;;Anställa;Chef: två basbelopp", ("not_an_amount", 2, "Delegat")),
        ("1;;Anställa;Chef;-5", ("not_an_amount", 2, "Beloppsgräns")),
        ("1;;Anställa;Chef;;;;kanske", ("not_yes_or_no", 2, "Anmäls")),
        ("1;;Anställa;Chef;;;;;kanske", ("not_yes_or_no", 2, "Får delegeras")),
        (f"1;;{'x' * 2001};Chef", ("too_long", 2, "Vad")),
        (f"{'1' * 21};;Anställa;Chef", ("too_long", 2, "Punkt")),
    ],
)
def test_what_is_wrong_is_said_with_its_place(row: str, fault: tuple[str, int, str]) -> None:
    assert fault in faults(read(row))


@pytest.mark.parametrize(
    "title",
    ["Chef för ledningsgruppen", "Gruppchef", "Teamledare", "Ordförande i styrgruppen", "Handläggare"],
)
def test_somebody_who_leads_a_group_is_one_person(title: str) -> None:
    assert one(f"1;;Anställa;{title}").delegates == ((title, None),)


def test_a_wrong_answer_to_whether_it_may_be_delegated_is_one_fault_and_not_two() -> None:
    assert faults(read("1;;Anställa;Chef;;;;;kanske")) == [("not_yes_or_no", 2, "Får delegeras")]


@pytest.mark.parametrize(
    ("title", "is_warned"),
    [
        ("Enhetschef, avdelningschef", True),
        ("Enhetschef/Avdelningschef", True),
        ("Enhetschef eller avdelningschef", True),
        ("Chef för mark och exploatering", False),
        ("Enhetschef: 100,5 tkr", False),
    ],
)
def test_titles_that_are_read_as_one_are_warned_of(title: str, is_warned: bool) -> None:
    reading = read(f'1;;Anställa;"{title}"')
    assert reading.errors == []
    assert [problem.code for problem in reading.warnings] == ["several_in_one"] * is_warned


def test_every_fault_is_told_in_words() -> None:
    reading = read("1;;;Ledningsgruppen: x;-5;;;kanske", "1;;Köpa;")
    sentences = [told(problem.as_json()) for problem in reading.errors]
    assert sentences[0] == {
        "where": "ordning.csv, rad 2, kolumn Beloppsgräns",
        "what": "beloppet ”-5” går inte att läsa",
        "remedy": "Skriv det i kronor, till exempel 2 000 000, 500 tkr eller 2 mnkr.",
    }
    assert len(sentences) == 7
    assert all(all(sentence.values()) for sentence in sentences)


def test_the_same_point_twice_is_told_with_both_rows() -> None:
    problem = read("1.1;;Anställa;Chef", "1.1;;Köpa;Chef").errors[0]
    assert (problem.code, problem.row, problem.values["first"]) == ("code_twice", 3, "2")


def test_excel_that_has_made_numbers_or_dates_of_points_is_told() -> None:
    head = ["Punkt", "Vad", "Delegat"]
    kept = io.BytesIO()
    made = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = made.add_worksheet()
    for at, word in enumerate(head):
        page.write(0, at, word)
    for number, code in enumerate([1.1, 1.1], start=1):
        page.write(number, 0, code)
        page.write(number, 1, "Köpa")
        page.write(number, 2, "Chef")
    page.write_datetime(3, 0, dt.datetime(2026, 2, 1), made.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001  # a day in Excel has no zone
    page.write(3, 1, "Köpa")
    page.write(3, 2, "Chef")
    made.close()
    reading = read_scheme(Upload("ordning.xlsx", kept.getvalue()))
    assert faults(reading) == [("code_twice_number", 3, "Punkt"), ("code_is_date", 4, "Punkt")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_swedish_letters_arrive_however_excel_saved_them(encoding: str) -> None:
    reading = read("1;Övrigt;Ändra i årshjulet;Förvaltningschef", encoding=encoding)
    assert [point.text for point in reading.points] == ["Ändra i årshjulet"]
    assert reading.points[0].delegates == (("Förvaltningschef", None),)


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_the_sign_between_cells_is_found(sign: str) -> None:
    text = "\n".join(sign.join(row) for row in [["Punkt", "Vad", "Delegat"], ["1", "Köpa", "Chef"]])
    reading = read_scheme(Upload("ordning.csv", text.encode()))
    assert reading.points == [PointText(code="1", text="Köpa", delegates=(("Chef", None),))]


def test_title_rows_above_other_sheets_and_other_words_for_columns_are_understood() -> None:
    rows: list[list[object]] = [
        ["Delegationsordning för nämnden"],
        [],
        ["Nr", "Ärende", "Delegater", "Belopp", "Handläggare"],
        ["1.1", "  Anställa \u200b", "Enhetschef ", 5000.0, "Moa"],
    ]
    reading = read_scheme(Upload("ordning.xlsx", book(rows)))
    assert reading.errors == []
    assert reading.points == [PointText(code="1.1", text="Anställa", delegates=(("Enhetschef", 5000),))]
    assert [(problem.code, problem.values) for problem in reading.warnings] == [
        ("unread_columns", {"columns": "Handläggare"})
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.4", "not_a_table"),
        (b"PK\x03\x04rubbish", "not_a_table"),
        (b"hej\nhopp", "no_header"),
        ("Punkt;Område\n1;x".encode(), "no_column"),
        (HEAD.encode(), "no_points"),
    ],
)
def test_a_file_that_is_no_scheme_is_told(content: bytes, code: str) -> None:
    reading = read_scheme(Upload("fil", content))
    assert [problem.code for problem in reading.errors] == [code]
    assert told(reading.errors[0].as_json())["what"]


def test_the_template_reads_in_cleanly_and_lacks_nothing_reserved() -> None:
    reading = read_scheme(Upload("mall.xlsx", workbook([*RESERVED_ROWS, EXAMPLE])))
    assert reading.problems == []
    assert reading.points == [*RESERVED_ROWS, EXAMPLE]
    assert reading.not_reserved == []


def test_a_scheme_that_keeps_nothing_for_the_committee_is_warned_of() -> None:
    reading = read("1;;Anställa;Enhetschef")
    assert reading.not_reserved == list(Reserved)
    assert set(RESERVED) == set(Reserved)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Beslut om verksamhetens mål och inriktning", Reserved.DIRECTION),
        ("Yttranden till kommunfullmäktige", Reserved.OPINIONS),
        ("Myndighetsutövning mot enskild av principiell beskaffenhet", Reserved.PRINCIPLE),
        ("Ärenden väckta genom medborgarförslag", Reserved.CITIZENS),
    ],
)
def test_a_reserved_kind_is_known_by_its_words_and_only_when_it_is_not_delegable(
    text: str, kind: Reserved
) -> None:
    assert kind not in not_reserved([PointText("1", text, is_delegable=False)])
    assert kind in not_reserved([PointText("1", text, is_delegable=True)])


letters = st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters=";:,")
texts = st.text(letters, min_size=1, max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
titles = st.from_regex(r"[A-ZÅÄÖ][a-zåäö]{3,12}chef", fullmatch=True)
limits = st.none() | st.integers(0, 10**9)
named = st.lists(
    st.tuples(titles, limits), min_size=1, max_size=3, unique_by=lambda each: each[0].lower()
).map(tuple)
points = st.builds(
    PointText,
    code=st.from_regex(r"[0-9]{1,2}\.[0-9]{1,2}", fullmatch=True),
    text=texts,
    heading=texts,
    delegates=named,
    is_reported=st.booleans(),
    may_be_subdelegated=st.booleans(),
    law=texts,
    conditions=texts,
    words=st.lists(texts.map(str.casefold), unique=True, max_size=4).map(tuple),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(points, min_size=1, max_size=5, unique_by=lambda point: point.code))
def test_a_scheme_written_to_a_workbook_reads_back_the_same(scheme: list[PointText]) -> None:
    reading = read_scheme(Upload("ordning.xlsx", workbook(scheme)))
    assert reading.errors == []
    assert reading.points == scheme
    assert from_json(as_json(scheme)) == scheme


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=30), max_size=14), max_size=8))
def test_no_text_file_makes_reading_fail(rows: list[list[str]]) -> None:
    content = "\n".join([HEAD, *(";".join(row) for row in rows)])
    reading = read_scheme(Upload("fil.csv", content.encode("utf-8", "replace")))
    assert [
        told(problem.as_json()) for problem in reading.problems if not told(problem.as_json())["what"]
    ] == []


def test_a_large_scheme_is_read_in_seconds() -> None:
    reading = read(*(f"{number};;Köpa;Chef" for number in range(2001)))
    assert [problem.code for problem in reading.errors] == ["too_many_points"]
    assert len(reading.points) == 2000
