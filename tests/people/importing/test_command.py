"""`styrfart import`: the same words as on the page, and exit codes for a script."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from styrfart.people.models import ImportFile, Person, Unit
from tests.people.importing.sheets import ANNA, BO, CHAIR, OFFICE, PEOPLE, csv, organisation

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, output, errors."""
    out, err = StringIO(), StringIO()
    try:
        call_command(
            "import", *(str(argument) for argument in arguments), stdout=out, stderr=err, no_color=True
        )
    except SystemExit as left:
        return int(left.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "organisation.xlsx"
    path.write_bytes(organisation())
    return path


def test_a_file_is_imported_and_a_second_time_changes_nothing(book: Path) -> None:
    told = "Enheter: 2 nya, 0 ändrade, 0 avslutas.\nPersoner: 2 nya, 0 ändrade, 0 avslutas.\n"
    told += "Ledningsgrupper: 1 nya, 0 ändrade, 0 avslutas.\nOrganisationen är inläst.\n"
    assert run(book) == (0, told, "")
    assert Unit.objects.count() == 2
    assert run(book, "--whole") == (0, "Organisationen är redan som i filen. Ingenting har ändrats.\n", "")
    assert not ImportFile.objects.exists()


def test_a_dry_run_tells_every_difference_and_changes_nothing(book: Path) -> None:
    code, out, _err = run(book, "--dry-run")
    assert code == 0
    assert "ny: Anna Ek: befattning Kontorschef, Kontoret\n" in out
    assert (
        "ny: Kontorets ledningsgrupp: nivå förvaltningens ledning; enhet Kontoret; Anna Ek ordförande;" in out
    )
    assert out.endswith("Ingenting har ändrats.\n")
    assert not Unit.objects.exists()


def test_changes_and_endings_are_told(book: Path, tmp_path: Path) -> None:
    run(book, "--date", "2026-01-05")
    path = tmp_path / "ny.xlsx"
    path.write_bytes(organisation(units=[OFFICE], people=[[*ANNA[:5], "Chef"]], teams=[CHAIR]))
    code, out, _err = run(path, "--whole", "--dry-run")
    assert code == 0
    assert out.splitlines()[:5] == [
        "ändras: Anna Ek: befattning Kontorschef, Kontoret → Chef, Kontoret",
        "avslutas: Bo Ask: befattning Avdelningschef, Avdelningen (slutar)",
        "ändras: Kontorets ledningsgrupp: Bo Ask ledamot (slutar)",
        "avslutas: Avdelningen",
        "Enheter: 0 nya, 0 ändrade, 1 avslutas.",
    ]


def test_errors_are_told_as_on_the_page_and_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / "fel.xlsx"
    path.write_bytes(
        organisation(units=[[*OFFICE[:2], "kvarter", *OFFICE[3:]]], people=[ANNA], teams=[CHAIR])
    )
    assert run(path) == (
        1,
        "",
        (
            "Enheter, rad 2, kolumn Slag: slaget ”kvarter” är okänt. "
            "Skriv stad, nämnd, förvaltning, avdelning eller enhet.\n1 fel. Ingenting har ändrats.\n"
        ),
    )
    assert not Person.objects.exists()


def test_several_text_files_and_a_day(tmp_path: Path) -> None:
    units, people = tmp_path / "a.csv", tmp_path / "b.csv"
    units.write_text(
        csv([["Kod", "Namn", "Typ"], ["100", "Kontoret", "kontor"], ["110", "Avd", "avdelning"]])
    )
    people.write_text(csv([PEOPLE, ANNA, BO]), encoding="cp1252")
    code, out, _err = run(units, people, "--date", "5/1/2026")
    assert code == 0
    assert "a.csv, rad 2, kolumn Chef: enheten Kontoret har ingen chef." in out
    assert Unit.objects.get(code="100").valid_from == dt.date(2026, 1, 5)


def test_english_is_a_choice(book: Path) -> None:
    told = "Units: 2 new, 0 changed, 0 ended.\nPeople: 2 new, 0 changed, 0 ended.\n"
    told += "Management teams: 1 new, 0 changed, 0 ended.\nThe organisation has been imported.\n"
    assert run(book, "--language", "en") == (0, told, "")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert run(tmp_path / "saknas.xlsx")[0] == 2


@pytest.mark.parametrize("day", ["i går", ""])
def test_a_day_that_is_none_is_refused(book: Path, day: str) -> None:
    with pytest.raises(CommandError, match="date"):
        run(book, "--date", day)
