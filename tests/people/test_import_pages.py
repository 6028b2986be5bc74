"""Importing in the browser: upload, read the differences, apply, drop; what goes wrong on the way."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from styrfart.people import actions
from styrfart.people.importing.template import EXAMPLES, workbook
from styrfart.people.models import ImportRun, Person, Unit
from tests.people.importing.sheets import ANNA, BO, CHAIR, DIVISION, OFFICE, PEOPLE, organisation
from tests.people.importing.sheets import csv as as_csv
from tests.people.steps import EVIL, text_of, warm

pytestmark = pytest.mark.django_db


def upload(
    browser: Client,
    *contents: bytes,
    scope: str = "hela",
    day: str = "",
    names: tuple[str, ...] = (),
    **more: Any,
) -> Any:
    """Post the files and follow to what is shown."""
    called = names or tuple(f"fil{number}.xlsx" for number in range(len(contents)))
    files = [SimpleUploadedFile(name, content) for name, content in zip(called, contents, strict=True)]
    values = {
        "upload": files,
        "scope": scope,
        "effective_on": day or timezone.localdate().isoformat(),
        **more,
    }
    return browser.post(reverse("people:import"), values, follow=True)


def run() -> ImportRun:
    return ImportRun.objects.get(applied_at=None)


def test_a_stranger_fills_in_the_template_and_reads_it_in(browser: Client) -> None:
    answer = browser.get(reverse("people:import-template"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mall-organisation.xlsx"'
    empty = upload(browser, answer.content)
    assert "Ingenting ändras" in text_of(empty)
    shown = upload(browser, workbook(EXAMPLES))
    text = text_of(shown)
    assert "Det här ändras" in text
    assert (
        "Enheter 3 Nya enheter 0 0 Personer 4 Nya personer 0 0 Ledningsgrupper 1 Nya ledningsgrupper 0 0"
        in text
    )
    assert not Unit.objects.exists()
    done = browser.post(reverse("people:apply-import", args=[ImportRun.objects.latest("pk").pk]), follow=True)
    assert "Organisationen är inläst." in text_of(done)
    assert Unit.objects.count() == 3
    assert Person.objects.get(given_name="Åsa").employee_number == "1004"


def test_the_organisation_as_it_is_can_be_changed_in_the_same_workbook(
    browser: Client, owner: Person
) -> None:
    upload(browser, organisation())
    actions.apply_import(run=run(), actor=owner)
    copy = browser.get(reverse("people:export-organisation"))
    assert f"organisation-{timezone.localdate().isoformat()}.xlsx" in copy.headers["Content-Disposition"]
    assert "Organisationen är redan som i filen." in text_of(upload(browser, copy.content))


def test_differences_are_told_in_plain_words_with_before_and_after(browser: Client, owner: Person) -> None:
    upload(browser, organisation())
    actions.apply_import(run=run(), actor=owner)
    moved = [[*ANNA[:5], "Förvaltningschef"], BO]
    answer = upload(
        browser, organisation(units=[[*OFFICE[:1], "Nya kontoret", *OFFICE[2:]], DIVISION], people=moved)
    )
    text = text_of(answer)
    assert "Enheter 0 1 Enheter som ändras 0 Personer 0 1 Personer som ändras 0" in text
    assert "Enheter som ändras Ladda ner alla som CSV Nya kontoret 100 namn: Kontoret → Nya kontoret" in text
    people = browser.get(answer.redirect_chain[-1][0], {"visa": "person.changed"})
    assert "Anna Ek" in text_of(people)
    assert "befattning: Kontorschef, Kontoret → Förvaltningschef, Nya kontoret" in text_of(people)


def test_what_ends_is_shown_first_and_must_be_confirmed(browser: Client, owner: Person) -> None:
    upload(browser, organisation())
    actions.apply_import(run=run(), actor=owner)
    answer = upload(browser, organisation(units=[OFFICE], people=[ANNA], teams=[CHAIR]))
    assert "Enheter som avslutas Ladda ner alla som CSV Avdelningen" in text_of(answer)
    where = reverse("people:apply-import", args=[run().pk])
    refused = browser.post(where)
    assert refused.status_code == 422
    assert "Bekräfta att det som avslutas stämmer" in text_of(refused)
    assert "<title>Fel:" in refused.content.decode()
    assert Person.objects.get(email="bo@demo.example").is_active
    browser.post(where, {"is_confirmed": "on"})
    assert not Person.objects.get(email="bo@demo.example").is_active


def test_a_part_says_that_nothing_ends(browser: Client, owner: Person) -> None:
    upload(browser, organisation())
    actions.apply_import(run=run(), actor=owner)
    text = text_of(upload(browser, as_csv([PEOPLE, [*ANNA[:5], "Chef"]]).encode(), scope="del"))
    assert "Filen är en del av organisationen: inget avslutas för att det saknas." in text
    assert "Jag har läst vad som avslutas" not in text


def test_errors_are_listed_with_place_and_remedy_and_can_be_downloaded(browser: Client) -> None:
    answer = upload(browser, organisation(units=[[*OFFICE[:2], "kvarter", *OFFICE[3:]], DIVISION]))
    text = text_of(answer)
    assert "Rätta filen och läs in den igen" in text
    assert "Ett fel hindrar inläsningen. Ingenting har ändrats." in text
    assert "Enheter, rad 2, kolumn Slag: slaget ”kvarter” är okänt. Skriv stad, nämnd" in text
    assert reverse("people:apply-import", args=[run().pk]) not in answer.content.decode()
    lines = browser.get(reverse("people:import-lines", args=[run().pk]), {"visa": "error"})
    rows = list(csv.reader(io.StringIO(b"".join(lines).decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Blad", "Rad", "Kolumn", "Vad som är fel", "Vad du gör"]
    assert rows[1] == [
        "Enheter",
        "2",
        "Slag",
        "slaget ”kvarter” är okänt",
        "Skriv stad, nämnd, förvaltning, avdelning eller enhet.",
    ]
    assert len(rows) == 2


def test_the_whole_file_of_errors_is_in_the_readers_language(browser: Client, owner: Person) -> None:
    """It is written row by row, after the request's own language has been turned off."""
    upload(browser, organisation(units=[[*OFFICE[:2], "kvarter", *OFFICE[3:]], DIVISION]))
    Person.objects.filter(pk=owner.pk).update(language="en")
    lines = browser.get(reverse("people:import-lines", args=[run().pk]), {"visa": "error"})
    head, row = b"".join(lines).decode("utf-8-sig").splitlines()
    assert head == "Sheet;Row;Column;What is wrong;What to do"
    assert row.split(";")[3:] == [
        "the kind “kvarter” is unknown",
        "Write city, committee, administration, division or unit.",
    ]


def test_two_hundred_errors_are_shown_and_all_can_be_downloaded(browser: Client) -> None:
    people = [["", "", f"Bo{number}", "Ek", "", ""] for number in range(250)]
    answer = upload(browser, organisation(people=people, teams=[]))
    text = text_of(answer)
    assert "De första 200 av 252 visas. Alla finns i CSV-filen." in text
    assert "Sida 1 av 2" in text
    lines = browser.get(reverse("people:import-lines", args=[run().pk]), {"visa": "error"})
    assert len(b"".join(lines).decode().splitlines()) == 253


def test_everything_wrong_at_once_is_told_first_and_at_the_fields(browser: Client) -> None:
    answer = browser.post(reverse("people:import"), {"effective_on": "i morgon", "scope": "halva"})
    text = text_of(answer)
    assert answer.status_code == 422
    assert text.count("Välj en fil") == 2
    assert text.count("Skriv datumet som 15 december 2026 eller 2026-12-15") == 2
    assert "<title>Fel:" in answer.content.decode()


def test_a_day_ahead_is_refused_at_its_field(browser: Client) -> None:
    answer = upload(browser, organisation(), day="2099-01-01")
    assert "Välj i dag eller en tidigare dag. Läs in filen när den ska gälla" in text_of(answer)
    assert not ImportRun.objects.exists()


def test_four_files_are_one_too_many(browser: Client) -> None:
    answer = upload(browser, *[as_csv([PEOPLE, ANNA]).encode()] * 4)
    assert "Välj en arbetsbok eller högst tre CSV-filer" in text_of(answer)


def test_what_is_too_large_is_refused_politely(browser: Client, settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    answer = upload(browser, b"x" * 5000)
    assert answer.status_code == 413
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tom.xlsx", b" "),
        ("bild.xlsx", b"\x89PNG\r\n\x1a\n"),
        ("../../etc/passwd", b"root:x:0:0"),
        ("a\u202ecsv.exe", b"MZ\0\0"),
        (f"{'n' * 300}.csv", b"hej"),
        ("skript.csv", f"E-post;Förnamn;Efternamn\n<script>;{EVIL};x\n".encode()),
    ],
)
def test_a_file_that_is_something_else_is_told_and_never_breaks_the_page(
    browser: Client, name: str, content: bytes
) -> None:
    answer = upload(browser, content, names=(name,))
    assert answer.status_code == 200
    assert "Rätta filen och läs in den igen" in text_of(answer)
    assert "<script>alert" not in answer.content.decode()


def test_names_that_are_code_or_formulas_are_only_names(browser: Client) -> None:
    people = [[*ANNA[:2], "=HYPERLINK(1)", "<b>Ek</b>", *ANNA[4:]], BO]
    answer = upload(browser, organisation(people=people))
    shown = browser.get(answer.redirect_chain[-1][0], {"visa": "person.new"})
    assert "<b>Ek</b>" not in shown.content.decode()
    lines = browser.get(reverse("people:import-lines", args=[run().pk]), {"visa": "person.new"})
    assert b"\r\n'=HYPERLINK(1)" in b"".join(lines)


def test_when_the_organisation_moves_meanwhile_the_new_differences_are_shown(
    browser: Client, owner: Person
) -> None:
    upload(browser, organisation())
    first = run()
    actions.apply_import(
        run=actions.check_import(
            uploads=[("a", organisation(people=[[*ANNA[:3], "Öst", *ANNA[4:]], BO]))],
            day=timezone.localdate(),
            is_whole=False,
            actor=owner,
        ),
        actor=owner,
    )
    answer = browser.post(reverse("people:apply-import", args=[first.pk]), follow=True)
    assert "Organisationen har ändrats sedan du läste skillnaderna." in text_of(answer)
    assert "efternamn: Öst → Ek" in text_of(answer)


def test_a_tab_with_older_differences_shows_the_new_ones_first(browser: Client, owner: Person) -> None:
    """Another tab has been shown the new differences, and so the upload holds them; this tab has not."""
    upload(browser, organisation())
    older = browser.get(reverse("people:import-run", args=[run().pk])).context["form"].initial
    ImportRun.objects.update(plan_digest="what the organisation was before")
    where = reverse("people:apply-import", args=[run().pk])
    for shown in ({"shown": "what the organisation was before"}, {"shown": "something older"}):
        answer = browser.post(where, shown, follow=True)
        assert "Organisationen har ändrats sedan du läste skillnaderna." in text_of(answer)
        assert not Unit.objects.exists()
    assert answer.context["form"].initial == older
    browser.post(where, older)
    assert Unit.objects.count() == 2


def test_an_upload_is_thrown_away(browser: Client) -> None:
    upload(browser, organisation())
    answer = browser.post(reverse("people:drop-import", args=[run().pk]), follow=True)
    assert "Filen är slängd. Ingenting har ändrats." in text_of(answer)
    assert not ImportRun.objects.exists()


def test_a_second_tab_cannot_apply_what_was_applied(browser: Client) -> None:
    upload(browser, organisation())
    where = reverse("people:apply-import", args=[run().pk])
    assert browser.post(where).status_code == 302
    assert browser.post(where).status_code == 404


@pytest.mark.parametrize("query", [{"visa": "allt"}, {"visa": EVIL}, {"sida": "-1"}, {"visa": "team.ended"}])
def test_any_address_of_the_differences_answers(browser: Client, query: dict[str, str]) -> None:
    upload(browser, organisation())
    assert browser.get(reverse("people:import-run", args=[run().pk]), query).status_code == 200


@pytest.mark.parametrize("people", [1, 3])
def test_the_differences_cost_the_same_however_many(
    owner: Person, django_assert_num_queries: DjangoAssertNumQueries, people: int
) -> None:
    rows = [[f"p{n}@demo.example", f"{n}", "Bo", "Ek", "100", "Ingenjör"] for n in range(people)]
    made = actions.check_import(
        uploads=[("a", organisation(units=[[*OFFICE[:4], ""]], people=rows, teams=[]))],
        day=timezone.localdate(),
        is_whole=True,
        actor=owner,
    )
    browser = warm(owner)
    with django_assert_num_queries(8):  # session, person, standing (3), run, count, lines
        browser.get(reverse("people:import-run", args=[made.pk]), {"visa": "person.new"})


def test_earlier_imports_are_listed(browser: Client, owner: Person) -> None:
    upload(browser, organisation())
    actions.apply_import(run=run(), actor=owner)
    upload(browser, organisation(people=[[*ANNA[:5], "Chef"], BO]))
    text = text_of(browser.get(reverse("people:import")))
    assert "Väntar sedan" in text
    assert "Inläst" in text
    assert "Fia Förvaltare" in text
