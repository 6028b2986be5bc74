"""The files of a report: the same values as the page, and nothing of what is hidden."""

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.climate.models import Round
from styrfart.climate.queries.reports import report_for
from styrfart.people.models import Person, Role
from tests import make
from tests.climate.answers import TOP, group, released
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
DOCUMENTED = Path(__file__).parents[2] / "docs" / "report-data.md"
FILES = ("report-csv", "report-data", "report-picture")


@pytest.fixture
def hr() -> Person:
    return make.role(Role.HR_DEVELOPER, make.person("Hanna", "Rask"))


def address(of: Round, page: str, name: str = TOP) -> str:
    at = group(of, name).unit
    assert at is not None
    return reverse(f"climate:{page}", args=[at.code, of.pk])


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.getvalue().decode()


def lines_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_table_holds_the_values_of_the_report(hr: Person) -> None:
    of = released({"Ledarutveckling": 13, "Analys": 4, "Kansli": 5})
    report = report_for(hr, round_pk=of.pk, unit=address(of, "report").split("/")[2])
    head, *lines = lines_of(text_of(signed_in(hr), address(of, "report-csv")))
    assert head[:7] == ["Grupp", "Mått", "Formulär", "Index", "Troligen från", "Troligen till", "Svar"]
    columns = [report.whole, *report.columns]
    assert len(lines) == len(columns) * len(report.measures)
    names = [TOP, "Ledarutveckling", "Analys", "Kansli", "Analys och Kansli ihop"]
    expected = []
    for name, column in zip(names, columns, strict=True):
        for measure in report.measures:
            figure = column.figures.get(measure.key)
            said = (
                [str(figure.index), str(figure.low), str(figure.high), str(figure.answers)]
                if figure
                else ["visas inte", "", "", ""]
            )
            expected.append([name, measure.name, "hme@1", *said])
    assert [line[:7] for line in lines] == expected


def test_what_is_hidden_looks_alike_whatever_the_reason(hr: Person) -> None:
    # Analys is too small; Kansli is large enough, and would give Analys away.
    of = released({"Ledarutveckling": 13, "Analys": 3, "Kansli": 9})
    client = signed_in(hr)
    few, complement = {"name": "Analys"}, {"name": "Kansli"}
    for each in (few, complement):
        unit = group(of, each["name"]).unit
        assert unit is not None
        each["code"] = unit.code
    # The table: the same lines but for the name.
    table = text_of(client, address(of, "report-csv"))
    assert lines_with(table, "Analys;") == [
        line.replace("Kansli;", "Analys;") for line in lines_with(table, "Kansli;")
    ]
    assert len(lines_with(table, "Analys;")) == 13
    # JSON: the same bytes but for name and code.
    columns = {
        column["name"]: json.dumps(column)
        for column in json.loads(text_of(client, address(of, "report-data")))["columns"]
    }
    assert columns["Analys"] == swapped(columns["Kansli"], complement, few)
    # The page: heads and cells the same.
    page = text_of(client, address(of, "report"))
    heads = [each for each in re.findall(r"<th scope=\"col\".*?</th>", page, re.DOTALL) if "ihop" not in each]
    analys, kansli = (next(head for head in heads if name in head) for name in ("Analys", "Kansli"))
    assert analys == swapped(kansli, complement, few)
    cells = re.findall(r"<td[^>]*>.*?</td>", page, re.DOTALL)
    assert len({cell for cell in cells if "visas inte" in cell}) == 1
    # And their own reports, tables, files and pictures.
    for name in ("report", *FILES):
        texts = [
            without_tokens(text_of(client, address(of, name, each["name"]))) for each in (few, complement)
        ]
        assert texts[0] == swapped(texts[1], complement, few), name


def lines_with(table: str, begins: str) -> list[str]:
    return [line for line in table.splitlines() if line.startswith(begins)]


def swapped(text: str, old: dict[str, str], new: dict[str, str]) -> str:
    """The text with one group's name and code in the place of the other's, and the other way round."""
    for key in ("name", "code"):
        mark = f"<{key}>"
        text = text.replace(old[key], mark).replace(new[key], old[key]).replace(mark, new[key])
    # Names that stand in a list keep their order, and "K" its initial.
    return text.replace("Kansli och Analys", "Analys och Kansli").replace(
        '["Kansli", "Analys"]', '["Analys", "Kansli"]'
    )


def without_tokens(text: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', r'\1""', text)


def test_a_name_is_never_a_formula(hr: Person) -> None:
    of = released({"=HYPERLINK(1)": 8, "Kansli": 9})
    table = text_of(signed_in(hr), address(of, "report-csv"))
    assert "'=HYPERLINK(1)" in table
    assert "\n=HYPERLINK" not in table


def test_the_picture_is_drawn_in_itself_and_said_in_words(hr: Person) -> None:
    of = released({"<script>": 20, "Kansli": 20})
    text = text_of(signed_in(hr), address(of, "report-picture", "<script>"))
    root = ET.fromstring(text)  # our own
    title, described = (root.find(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc"))
    assert title is not None
    assert title.text
    report = report_for(hr, round_pk=of.pk, unit=address(of, "report", "<script>").split("/")[2])
    assert described is not None
    for measure in report.headlines:
        assert f"{measure.name}: {report.whole.figures[measure.key].index}," in str(described.text)
    assert not {"script", "style", "a", "image", "foreignObject"} & {
        element.tag.rpartition("}")[2] for element in root.iter()
    }
    assert not re.search(r"\son\w+=|url\(|href", text)


def test_the_json_has_the_keys_that_are_documented(hr: Person) -> None:
    texts = {"Analys": [f"Mer tid {n}" for n in range(12)]}
    released({"Analys": 12, "Kansli": 13}, closes_on=timezone.localdate() - dt.timedelta(days=200))
    of = released({"Analys": 12, "Kansli": 13}, texts=texts, text_questions=[{"sv": "Vad saknas?"}])
    data = json.loads(text_of(signed_in(hr), address(of, "report-data")))
    documented = re.findall(r"^\| `([\w.\[\]]+)`", DOCUMENTED.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(documented) == sorted(keys_of(data))
    assert data["format"] == "styrfart-report@1"


MAPS = {"figures", "beside", "changes", "distributions", "trends"}  # by measure


def keys_of(value: object, before: str = "", *, is_map: bool = False) -> set[str]:
    """Every key with those it lies in; "[]" for each of a list and for each measure."""
    if isinstance(value, list):
        inside = before if before.endswith("[]") else f"{before}[]"
        return {key for each in value for key in keys_of(each, inside)}
    if not isinstance(value, dict):
        return set()
    found: set[str] = set()
    for key, each in value.items():
        name = f"{before}[]" if is_map else f"{before}.{key}" if before else key
        found |= set() if is_map else {name}
        found |= keys_of(each, name, is_map=not is_map and key in MAPS)
    return found


@pytest.mark.parametrize("page", FILES)
@pytest.mark.parametrize("number", [1, 3])
def test_files_are_made_in_the_same_queries_whatever_the_size(
    page: str, number: int, hr: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    of = released(dict.fromkeys(["Analys", "Kansli", "Verksamhet"][:number], 8))
    url, client = address(of, page), signed_in(hr)
    client.get(url)
    with django_assert_num_queries({"report-csv": 13, "report-data": 15, "report-picture": 13}[page]):
        client.get(url).getvalue()


@pytest.mark.parametrize("page", FILES)
def test_who_may_fetch(page: str, hr: Person) -> None:
    of = released({"Analys": 8, "Kansli": 9})
    url = address(of, page)
    answers = {
        who: (signed_in(person) if person else Client()).get(url).status_code
        for who, person in {
            "HR developer": hr,
            "system owner": make.role(Role.SYSTEM_OWNER),
            "top management": make.role(Role.TOP_MANAGEMENT),
            "coach": make.role(Role.COACH),
            "stranger": make.person("Frans", "Främling"),
            "visitor": None,
        }.items()
    }
    assert answers == {
        "HR developer": 200,
        "system owner": 200,
        "top management": 200,
        "coach": 404,
        "stranger": 404,
        "visitor": 302,
    }
