"""Figures of the national database: read from a saved answer, all or nothing, and put beside a report."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from styrfart.climate import kolada
from styrfart.climate.actions.national import FileIsFaulty, Imported, import_national
from styrfart.climate.models import NationalFigure, Row
from styrfart.climate.queries.national import benchmarks
from styrfart.climate.queries.released import Direction, Strength
from styrfart.climate.queries.reports import report_for
from styrfart.people.models import Role
from styrfart.shared.models import AuditEntry
from tests import make
from tests.climate import report_stage as stage
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 3)


def value(value: Any = 79.4, **fields: Any) -> dict[str, Any]:
    return {"gender": "T", "count": 280, "status": "", "value": value, "isdeleted": False} | fields


def row(
    indicator: str = "U00200", year: Any = 2024, *values: Mapping[str, Any], **fields: Any
) -> dict[str, Any]:
    return {
        "kpi": indicator,
        "municipality": "G2328",
        "period": year,
        "values": list(values) or [value()],
    } | fields


def file(*rows: Mapping[str, Any], **fields: Any) -> bytes:
    return json.dumps({"values": list(rows), "next_url": None} | fields).encode()


def read(*rows: Mapping[str, Any], on: dt.date = DAY, **fields: Any) -> Imported:
    return import_national(content=file(*rows, **fields), fetched_on=on, actor=None)


def stored() -> list[tuple[str, int, float]]:
    return list(NationalFigure.objects.values_list("indicator", "year", "value"))


def test_the_mean_of_all_municipalities_is_read_as_it_is() -> None:
    outcome = read(
        row("U00200", 2024, value(79.4), value(80.1, gender="K"), value(78.0, gender="M")),
        row("U00201", 2024, value(80.0, count=None)),
        row("U00200", 2024, municipality="0180"),
        row("U00202", 2025, value(None)),
    )
    assert stored() == [("U00200", 2024, 79.4), ("U00201", 2024, 80.0)]
    assert (outcome.new, outcome.empty, outcome.left_out, outcome.has_more) == (2, 1, 1, False)
    first = NationalFigure.objects.get(indicator="U00200")
    assert (first.count, first.source, first.fetched_on) == (280, "Kolada", DAY)
    assert AuditEntry.objects.filter(verb="climate.import_national").count() == 1


def test_the_older_shape_is_read_too() -> None:
    flat = {
        "kpi": "U00201",
        "municipality": "G2328",
        "period": "2023",
        "gender": "T",
        "value": 80,
        "count": 290,
    }
    content = json.dumps({"count": 2, "values": [row("U00200", "2023"), flat], "next_page": "…"}).encode()
    outcome = import_national(content=b"\xef\xbb\xbf" + content, fetched_on=DAY, actor=None)
    assert stored() == [("U00200", 2023, 79.4), ("U00201", 2023, 80.0)]
    assert outcome.has_more


def test_what_the_database_has_changed_is_changed_and_what_it_has_taken_away_goes() -> None:
    read(row("U00200", 2023), row("U00200", 2024), row("U00201", 2024))
    later = DAY + dt.timedelta(days=30)
    outcome = read(
        row("U00200", 2023, value(isdeleted=True)),
        row("U00200", 2024, value(79.6)),
        row("U00201", 2024),
        on=later,
    )
    assert stored() == [("U00200", 2024, 79.6), ("U00201", 2024, 79.4)]
    assert (outcome.removed, outcome.changed, outcome.unchanged) == (1, 1, 1)
    assert set(NationalFigure.objects.values_list("fetched_on", flat=True)) == {later}


def test_an_older_file_does_not_put_old_figures_back() -> None:
    read(row("U00200", 2024))
    with pytest.raises(FileIsFaulty) as error:
        read(row("U00200", 2024, value(70.0)), on=DAY - dt.timedelta(days=1))
    assert [str(fault) for fault in error.value.faults] == [
        "Rad 1: U00200 2024 är redan inläst ur ett svar som hämtades 3 mars 2026. Den här filen är äldre."
    ]
    assert stored() == [("U00200", 2024, 79.4)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (row(kpi=None), "nyckeltalets id saknas. Det ser ut som U00200."),
        (row(year="i fjol"), "året går inte att läsa. Det ska vara fyra siffror."),
        (row(year=True), "året går inte att läsa. Det ska vara fyra siffror."),
        (row(year=1789), "året kan inte stämma."),
        (row("U00200", 2024, value("79")), "värdet är inte ett tal."),
        (row("U00200", 2024, value(float("nan"))), "värdet är inte ett tal."),
        (row("U00200", 2024, value(101)), "värdet är inte ett index: det ska ligga mellan 0 och 100."),
        (row("U00200", 2024, values="79"), "värdet går inte att läsa. Spara Koladas svar på nytt."),
        (row("U00201", 2024), "U00201 2024 finns redan på rad 1."),
        ("79", "är inte ett värde. Spara Koladas svar på nytt."),
    ],
)
def test_a_row_that_is_wrong_stops_all_of_it(wrong: Any, said: str) -> None:
    with pytest.raises(FileIsFaulty) as error:
        read(row("U00201", 2024), wrong)
    assert [str(fault) for fault in error.value.faults] == [f"Rad 2: {said}"]
    assert stored() == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"[]",
        b'{"value": 1}',
        b'{"values": {}}',
        b"[" * 100_000,
        file(row(municipality="0180")),
    ],
    ids=["empty", "workbook", "list", "other", "no list", "deep", "one municipality"],
)
def test_another_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(kolada.Unreadable):
        import_national(content=content, fetched_on=DAY, actor=None)
    assert stored() == []


def test_the_command_tells_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "kolada.json"
    saved.write_bytes(file(row(), row("U00201", 2024, municipality="0180")))
    call_command("import-kolada", str(saved), "--fetched", "2026-03-03")
    assert capsys.readouterr().out.splitlines() == [
        "1 nytt värde är inläst.",
        "1 rad handlar inte om alla kommuner och är inte inläst.",
    ]
    call_command("import-kolada", str(saved), "--fetched", "2026-03-03", "--language", "en")
    assert (
        capsys.readouterr().out.splitlines()[0]
        == "The values were there already. Only the day of fetching is new."
    )


@pytest.mark.parametrize(("content", "code"), [(b"{}", 1), (file(row(year="x")), 1), (None, 2)])
def test_the_command_leaves_with_a_code(tmp_path: Path, content: bytes | None, code: int) -> None:
    saved = tmp_path / "kolada.json"
    if content is not None:
        saved.write_bytes(content)
    with pytest.raises(SystemExit) as error:
        call_command("import-kolada", str(saved))
    assert error.value.code == code
    assert stored() == []


@pytest.mark.parametrize(
    ("role", "sees", "reads_in"),
    [
        (Role.HR_DEVELOPER, 200, 302),
        (Role.SYSTEM_OWNER, 200, 403),
        (Role.TOP_MANAGEMENT, 200, 403),
        (None, 200, 403),
        (Role.COACH, 404, 404),
    ],
)
def test_who_may_see_and_who_may_read_in(role: Role | None, sees: int, reads_in: int) -> None:
    client = signed_in(make.role(role) if role else make.person())
    assert client.get("/klimat/nationellt/").status_code == sees
    upload = SimpleUploadedFile("kolada.json", file(row()), "application/json")
    answer = client.post("/klimat/nationellt/", {"file": upload, "fetched_on": "3 mars 2026"})
    assert answer.status_code == reads_in
    assert bool(stored()) is (reads_in == 302)


def test_the_page_names_every_faulty_row_and_changes_nothing() -> None:
    client = signed_in(make.role(Role.HR_DEVELOPER))
    upload = SimpleUploadedFile("kolada.json", file(row(year="x"), row(), row("U1", 2024)))
    answer = client.post("/klimat/nationellt/", {"file": upload, "fetched_on": "3 mars 2026"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Rätta 2 rader i filen och läs in den igen" in html
    assert "Rad 1: året går inte att läsa." in html
    assert "Rad 3: nyckeltalets id saknas." in html
    assert "<title>Fel:" in html
    assert stored() == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Välj filen"),
        ({"file": b"PK"}, "Filen går inte att läsa som JSON."),
        ({"file": b"x" * (kolada.MOST_BYTES + 1)}, "Filen är för stor för att vara ett svar från Kolada."),
        ({"file": file(row()), "fetched_on": "1 januari 2999"}, "Den kan inte ligga framåt i tiden."),
    ],
)
def test_a_form_that_is_wrong_says_what_to_do(sent: dict[str, Any], said: str) -> None:
    data = {"fetched_on": "3 mars 2026"} | sent
    if "file" in data:
        data["file"] = SimpleUploadedFile("kolada.json", data["file"])
    answer = signed_in(make.role(Role.HR_DEVELOPER)).post("/klimat/nationellt/", data)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_however_long_it_is(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    read(*(row(f"U0020{nr}", 2024) for nr in range(number)))
    client = signed_in(make.person())
    client.get("/klimat/nationellt/")
    with django_assert_num_queries(6):
        html = client.get("/klimat/nationellt/").content.decode()
    assert html.count("79,4") == number


def test_a_figure_must_be_an_index() -> None:
    with pytest.raises(IntegrityError, match="climate_national_figure_is_an_index"):
        NationalFigure.objects.create(
            indicator="U00200", year=2024, value=101, source="Kolada", fetched_on=DAY
        )


def beside(items: Mapping[str, list[int]], **national: float) -> dict[str, tuple[Strength, Direction]]:
    office = stage.office()
    Row.objects.filter(group=office.whole).update(items=items)
    read(*(row(indicator, 2024, value(number)) for indicator, number in national.items()))
    report = report_for(office.head, round_pk=office.september.pk, unit=office.unit.code)
    return {each.measure.key: (each.verdict.strength, each.verdict.direction) for each in benchmarks(report)}


ALL_HIGH = {f"hme.hme-{nr}": [0, 0, 0, 5, 36] for nr in range(1, 10)}
ALL_ALIKE = {f"hme.hme-{nr}": [2, 3, 8, 16, 12] for nr in range(1, 10)}


def test_a_report_stands_beside_the_national_value_by_our_own_computation() -> None:
    assert beside(ALL_HIGH, U00201=60.0, U00200=60.0) == {
        "hme.motivation": (Strength.CLEAR, Direction.HIGHER),
        "hme.total": (Strength.CLEAR, Direction.HIGHER),
    }


def test_a_small_difference_is_not_called_one() -> None:
    assert beside(ALL_ALIKE, U00201=71.0) == {
        "hme.motivation": (Strength.NO_CLEAR_DIFFERENCE, Direction.NEITHER)
    }


def test_the_comparison_knows_only_the_distributions_that_are_shown() -> None:
    hidden = {key: counts for key, counts in ALL_HIGH.items() if key != "hme.hme-3"}
    assert beside(hidden, U00201=60.0, U00202=60.0) == {
        "hme.motivation": (Strength.TOO_EARLY, Direction.NEITHER),
        "hme.ledarskap": (Strength.CLEAR, Direction.HIGHER),
    }


def test_the_latest_year_that_is_not_after_the_round_is_taken() -> None:
    office = stage.office()
    for year, number in ((2023, 70.0), (2025, 75.0), (2027, 99.0)):
        read(row("U00201", year, value(number)))
    report = report_for(office.head, round_pk=office.september.pk, unit=office.unit.code)
    (found,) = benchmarks(report)
    assert (found.year, found.value) == (2025, 75.0)
    assert found.source == "Källa: Kolada, U00201, alla kommuner (ovägt medel) 2025, hämtat 3 mars 2026"


def test_without_national_values_nothing_is_said_of_them() -> None:
    office = stage.office()
    client, at = signed_in(office.head), f"/klimat/{office.unit.code}/{office.september.pk}/"
    assert "Kolada, U" not in client.get(at).content.decode()
    read(row("U00201", 2024, value(70.0)))
    assert "Kolada, U" in client.get(at).content.decode()
