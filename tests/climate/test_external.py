"""Results of others' instruments: figures with source and date, one or a whole file; never a question."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, models
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from styrfart.climate.forms.external import KNOWN, ResultForm
from styrfart.climate.forms.external_file import MOST_BYTES, ResultsFileForm
from styrfart.climate.instruments import shipped
from styrfart.climate.models import ExternalResult
from styrfart.people.models import Person, Role, Team, Unit
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

HEAD = "instrument;enhet;ledningsgrupp;datum;mått;värde;skala;svar;källa"
DAY = "2026-05-12"


@pytest.fixture
def hr(db: None) -> Person:
    return make.role(Role.HR_DEVELOPER, make.person("Hanna", "Hermansson"))


@pytest.fixture
def unit(db: None) -> Unit:
    return make.unit("Service")


def line(unit: Unit, measure: str = "Socialt stöd", **changed: str) -> str:
    cells = {
        "instrument": "COPSOQ",
        "enhet": unit.code,
        "ledningsgrupp": "",
        "datum": DAY,
        "mått": measure,
        "värde": "71,5",
        "skala": "0–100",
        "svar": "24",
        "källa": "HR",
    } | changed
    return ";".join(cells.values())


def file_of(*lines: str, coding: str = "utf-8-sig", head: str = HEAD) -> SimpleUploadedFile:
    return SimpleUploadedFile("resultat.csv", "\r\n".join([head, *lines]).encode(coding))


def read(user: Person, *lines: str, **more: Any) -> ResultsFileForm:
    form = ResultsFileForm({}, {"file": file_of(*lines, **more)}, user=user)
    form.is_valid()
    return form


def faults(user: Person, *lines: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.what) for fault in read(user, *lines).faults]


def recorded(unit: Unit, by: Person, **fields: Any) -> ExternalResult:
    values: dict[str, Any] = {
        "instrument": "COPSOQ",
        "measured_on": dt.date(2026, 5, 12),
        "measure": "Socialt stöd",
        "value": 71,
        "scale": "0–100",
        "answers": 24,
        "source": "HR",
    }
    return ExternalResult.objects.create(unit=unit, recorded_by=by, **(values | fields))


def test_there_is_no_place_for_a_question() -> None:
    """Every text is a name, a scale or a source; none is long enough for a questionnaire."""
    texts = {
        field.name: field.max_length
        for field in ExternalResult._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField)
    }
    assert texts == {"instrument": 60, "measure": 60, "scale": 80, "source": 200}
    assert not {name.lower() for name in KNOWN} & set(shipped())
    assert not any(name.lower() in file.name for name in KNOWN for file in Path("src").rglob("*.toml"))


def test_a_figure_is_shown_with_its_source_and_date(hr: Person, unit: Unit) -> None:
    sent = {
        "instrument": "COPSOQ",
        "unit": unit.code,
        "measured_on": "12 maj 2026",
        "measure": "Socialt stöd",
        "value": "71,5",
        "scale": "0–100, högre är bättre",
        "answers": "24",
        "source": "Rapport från företagshälsan",
    }
    client = signed_in(hr)
    assert client.post("/klimat/resultat/nytt/", sent).status_code == 302
    text = client.get("/klimat/resultat/").content.decode()
    for word in (
        "71,5",
        "12 maj 2026",
        "Rapport från företagshälsan",
        "Service",
        "COPSOQ",
        "Styrfart har inte räknat",
    ):
        assert word in text
    again = client.post("/klimat/resultat/nytt/", sent)
    assert again.status_code == 422
    assert ExternalResult.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"answers": "6"}, "answers"),
        ({"value": "mycket"}, "value"),
        ({"value": "1,234"}, "value"),
        ({"unit": ""}, "unit"),
        ({"unit": "Finns inte"}, "unit"),
        ({"measured_on": "2099-01-01"}, "measured_on"),
        ({"source": ""}, "source"),
        ({"measure": "å" * 61}, "measure"),
    ],
)
def test_a_figure_that_is_not_whole_is_refused(
    changed: dict[str, str], field: str, hr: Person, unit: Unit
) -> None:
    sent = {
        "instrument": "COPSOQ",
        "unit": unit.code,
        "measured_on": DAY,
        "measure": "Socialt stöd",
        "value": "71",
        "scale": "0–100",
        "answers": "24",
        "source": "HR",
    }
    form = ResultForm(sent | changed, user=hr)
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_the_database_takes_no_figure_of_fewer_than_seven(hr: Person, unit: Unit) -> None:
    with pytest.raises(IntegrityError):
        recorded(unit, hr, answers=6)


def test_a_file_is_read_whole(hr: Person, unit: Unit) -> None:
    team = make.team("Kontorets ledningsgrupp")
    sent = file_of(
        line(unit),
        line(unit, "Rollklarhet"),
        "",
        line(unit, enhet="", ledningsgrupp=team.name, instrument="GDQ"),
    )
    assert signed_in(hr).post("/klimat/resultat/fil/", {"file": sent}).status_code == 302
    assert [
        (each.measure, each.unit, each.team, float(each.value))
        for each in ExternalResult.objects.order_by("pk")
    ] == [
        ("Socialt stöd", unit, None, 71.5),
        ("Rollklarhet", unit, None, 71.5),
        ("Socialt stöd", None, team, 71.5),
    ]


@pytest.mark.parametrize(("coding", "mark"), [("utf-8", ","), ("cp1252", ";"), ("utf-8-sig", "\t")])
def test_a_file_is_read_as_a_spreadsheet_writes_it(coding: str, mark: str, hr: Person, unit: Unit) -> None:
    text = line(unit, värde="71.5", skala="0-100").replace(";", mark)
    form = read(hr, text, coding=coding, head=HEAD.replace(";", mark))
    assert form.is_valid(), form.errors
    assert [(row["measure"], str(row["value"])) for row in form.rows] == [("Socialt stöd", "71.5")]


def test_one_fault_and_nothing_is_read(hr: Person, unit: Unit) -> None:
    sent = file_of(line(unit), line(unit, "Rollklarhet", svar="6"), line(unit, "Tillit"))
    answer = signed_in(hr).post("/klimat/resultat/fil/", {"file": sent})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Rad 3:" in text
    assert "färre än 7 svar" in text
    assert not ExternalResult.objects.exists()


def test_as_many_must_have_answered_as_the_installation_asks_of_its_own_rounds(
    hr: Person, unit: Unit, settings: Settings
) -> None:
    settings.MIN_ANSWERS = 12
    assert faults(hr, line(unit, "A", svar="11"), line(unit, "B", svar="12")) == [
        (2, "Resultat från färre än 12 svar tas inte emot.")
    ]
    page = signed_in(hr).get("/klimat/resultat/nytt/").content.decode()
    assert "Minst 12. Resultat från färre tas inte emot." in page


def test_a_code_is_known_with_other_capitals_and_its_own_first(hr: Person) -> None:
    units = {code: make.unit() for code in ("Q7", "q7", "Q8")}
    for code, unit in units.items():
        Unit.objects.filter(pk=unit.pk).update(code=code)
    sent = file_of(*(line(units["Q7"], code, enhet=code) for code in ("Q7", "q7", "q8")))
    assert signed_in(hr).post("/klimat/resultat/fil/", {"file": sent}).status_code == 302
    assert [each.unit for each in ExternalResult.objects.order_by("pk")] == list(units.values())


def test_each_fault_is_told_at_its_line(hr: Person, unit: Unit) -> None:
    recorded(unit, hr, measure="Känt")
    number = "Skriv värdet som ett tal, till exempel 71,5."
    found = faults(
        hr,
        line(unit, "A", datum="maj", värde="x", svar="många"),
        line(unit, "B", enhet="E-finns-inte"),
        line(unit, "C", enhet="", ledningsgrupp=""),
        line(unit, "D"),
        line(unit, "D"),
        line(unit, "Känt"),
        line(unit, "", källa=""),
        line(unit, "F", datum="2099-01-01"),
    )
    assert found == [
        (2, f"Skriv datumet som 2026-05-12. {number} Skriv antalet svar som ett heltal."),
        (3, "Enheten E-finns-inte finns inte, eller leds inte av dig."),
        (4, "Ange antingen enhet eller ledningsgrupp."),
        (6, "Samma mått står redan på rad 5"),
        (7, "Måttet är redan inskrivet för den dagen"),
        (8, "Mått saknas. Källa saknas."),
        (9, "Datumet har inte varit än."),
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "Filen \xc3\xa4r tom".encode("latin-1").decode()),
        (HEAD.encode(), "Filen har inga rader med resultat"),
        (b"enhet;v\xc3\xa4rde\nE1;3", "Kolumnen saknas i filen"),
        (b"x" * (MOST_BYTES + 1), "Filen är för stor"),
        (b"\x81\x8d\x8f;\x00\x9d", "Filen går inte att läsa"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, fault: str, hr: Person) -> None:
    form = ResultsFileForm({}, {"file": SimpleUploadedFile("x.csv", content)}, user=hr)
    assert not form.is_valid()
    assert fault in str(form.errors["file"])


def test_a_head_writes_down_what_they_lead_and_no_more(unit: Unit) -> None:
    head = make.post(in_unit=unit).person
    below, beside = make.unit(parent=unit), make.unit()
    assert [found for found, _what in faults(head, line(below, "A"), line(beside, "B"))] == [3]


def test_who_reads_what(
    hr: Person, owner: Person, employee: Person, stranger: Person, team: Team, chair: Person
) -> None:
    office = make.unit("Kontoret")
    unit, beside = make.unit("Service", parent=office), make.unit("Annan", parent=office)
    head = make.post(in_unit=office).person
    other_head = make.post(in_unit=beside).person
    make.post(employee, unit, is_head=False)
    top = make.role(Role.TOP_MANAGEMENT)
    recorded(unit, hr, measure="Enhetens mått")
    recorded(office, hr, measure="Kontorets mått")
    ExternalResult.objects.create(
        team=team, recorded_by=hr, instrument="GDQ", measured_on=dt.date(2026, 5, 1), measure="Gruppens mått",
        value=Decimal(3), scale="1–4", answers=8, source="GDQ",
    )  # fmt: skip
    measures = ("Enhetens mått", "Kontorets mått", "Gruppens mått")
    rows = {}
    named = {"hr": hr, "owner": owner, "top": top, "head": head, "other head": other_head,
             "employee": employee, "chair": chair, "stranger": stranger}  # fmt: skip
    for name, who in named.items():
        text = signed_in(who).get("/klimat/resultat/").content.decode()
        rows[name] = "".join("+" if measure in text else "-" for measure in measures)
    assert rows == {
        "hr": "+++",
        "owner": "+++",
        "top": "+++",
        "head": "++-",
        "other head": "-+-",
        "employee": "++-",
        "chair": "--+",
        "stranger": "---",
    }


def test_who_may_write_and_take_away(
    hr: Person, owner: Person, employee: Person, chair: Person, unit: Unit
) -> None:
    make.post(employee, unit, is_head=False)
    head = make.post(in_unit=unit).person
    coach = make.role(Role.COACH)
    people = (hr, head, chair, employee, owner, coach)
    for address in ("nytt/", "fil/", "mall.csv"):
        asked = [signed_in(who).get(f"/klimat/resultat/{address}").status_code for who in people]
        assert asked == [200, 200, 200, 403, 403, 404]
    own, others = recorded(unit, head), recorded(unit, hr, measure="B")
    assert signed_in(head).post(f"/klimat/resultat/{others.pk}/ta-bort/").status_code == 404
    assert signed_in(head).post(f"/klimat/resultat/{own.pk}/ta-bort/").status_code == 302
    assert signed_in(hr).post(f"/klimat/resultat/{others.pk}/ta-bort/").status_code == 302
    assert not ExternalResult.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_a_fixed_number_of_times(
    count: int, hr: Person, unit: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        recorded(unit, hr, measured_on=timezone.localdate() - dt.timedelta(days=number))
    client = signed_in(hr)
    with django_assert_num_queries(10):  # session (1 and 3 to renew), person, standing (3), count and page
        text = client.get("/klimat/resultat/").content.decode()
    assert text.count("Socialt stöd<br>") == count


def test_no_figure_is_taken_that_leaves_a_few_people(hr: Person) -> None:
    top = make.unit("Förvaltningen")
    one, two = make.unit("Hamnen", parent=top), make.unit("Torget", parent=top)
    lines = [line(top, svar="27"), line(one, svar="12"), line(two, svar="12"), line(two, "Krav", svar="12")]
    browser = signed_in(hr)
    said = browser.post("/klimat/resultat/fil/", {"file": file_of(*lines)})
    text = said.content.decode()
    assert (said.status_code, ExternalResult.objects.count()) == (422, 0)
    assert "<b>Rad 2:</b> Förvaltningen har 27 svar och enheterna under har 24." in text
    assert "Då går det att räkna ut resultatet för de tre som blir över." in text
    # Without one of them; and then the one by itself.
    assert browser.post("/klimat/resultat/fil/", {"file": file_of(*lines[:2])}).status_code == 302
    sent = {
        "instrument": "COPSOQ",
        "unit": two.code,
        "measured_on": DAY,
        "measure": "Socialt stöd",
        "value": "71",
        "scale": "0–100",
        "source": "HR",
    }
    said = browser.post("/klimat/resultat/nytt/", sent | {"answers": "14"})
    assert said.status_code == 422
    assert "vad den enda som blir över svarade" in said.content.decode()
    for answers in ("15", "8"):
        assert browser.post("/klimat/resultat/nytt/", sent | {"answers": answers}).status_code == 302
        ExternalResult.objects.filter(unit=two).delete()
    # Of another day it is another measurement.
    sent |= {"answers": "14", "measured_on": "2026-05-13"}
    assert browser.post("/klimat/resultat/nytt/", sent).status_code == 302
