"""Questionnaires as data files: their words, their licences, and that they stand nowhere else."""

import ast
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from styrfart.climate import instruments
from styrfart.climate.instruments import InstrumentError, Licence, instrument_of, plain, shipped
from styrfart.climate.queries.instruments import NoSuchInstrument, find, instruments_for
from styrfart.kernel.indices import Scale, SubIndex, from_counts, measure
from styrfart.people.models import Person

ROOM = Path(instruments.__file__).parents[1]
SOURCE = ROOM.parent
FILES = sorted((ROOM / "instruments").glob("*.toml"))

HME = [
    "Mitt arbete känns meningsfullt.",
    "Jag lär nytt och utvecklas i mitt dagliga arbete.",
    "Jag ser fram emot att gå till arbetet.",
    "Min närmaste chef visar uppskattning för mina arbetsinsatser.",
    "Min närmaste chef visar förtroende för mig som medarbetare.",
    "Min närmaste chef ger mig förutsättningar att ta ansvar i mitt arbete.",
    "Jag är insatt i min arbetsplats mål.",
    "Min arbetsplats mål följs upp och utvärderas på ett bra sätt.",
    "Jag vet vad som förväntas av mig i mitt arbete.",
]
ORIC = [
    "feel confident that the organization can get people invested in implementing this change.",
    "are committed to implementing this change.",
    "feel confident that they can keep track of progress in implementing this change.",
    "will do whatever it takes to implement this change.",
    "feel confident that the organization can support people as they adjust to this change.",
    "want to implement this change.",
    "feel confident that they can keep the momentum going in implementing this change.",
    "feel confident that they can handle the challenges that might arise in implementing this change.",
    "are determined to implement this change.",
    "feel confident that they can coordinate tasks so that implementation goes smoothly.",
    "are motivated to implement this change.",
    "feel confident that they can manage the politics of implementing this change.",
]
FIRST_AND_LAST = {
    "klimat": (
        "I vår ledningsgrupp tar vi upp svåra frågor medan de fortfarande går att påverka.",
        "Vi avsätter tid för att prata om hur vi arbetar tillsammans.",
    ),
    "mandat": (
        "Jag kan med en mening säga vad ledningsgruppen finns till för.",
        "Det är tydligt vem som beslutar i varje ärende.",
    ),
    "moten": (
        "Syftet med varje punkt var tydligt.",
        "Vi lämnade mötet med tydliga ansvar och datum.",
    ),
    "motestid": ("Hur stor del av mötestiden var väl använd?",) * 2,
    "forandring": (
        "Jag förstår varför förändringen behövs.",
        "Jag har kunnat påverka hur den genomförs.",
    ),
    "chefens-forutsattningar": (
        "Antalet medarbetare jag leder gör att jag kan vara tillgänglig.",
        "Jag hinner återhämta mig.",
    ),
}


def read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_file_is_an_instrument_that_says_by_what_right_it_stands_here(file: Path) -> None:
    made = instrument_of(read(file))
    assert made.key == file.stem
    assert made.licence in {Licence.OWN, Licence.SKR_FREE, Licence.CC_BY}
    assert made.languages == ("sv", "en")
    assert instrument_of(plain(made)) == made


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("licence", [None, "", "unknown", "cc-by-nc-nd", "all rights reserved"])
def test_a_text_without_a_licence_that_allows_it_is_refused(file: Path, licence: str | None) -> None:
    data = read(file) | {"licence": licence}
    if licence is None:
        del data["licence"]
    with pytest.raises(InstrumentError):
        instrument_of(data)


@pytest.mark.parametrize("missing", ["source", "validation", "is_validated", "title", "steps", "items"])
def test_an_instrument_that_does_not_say_where_it_is_from_is_refused(missing: str) -> None:
    data = read(FILES[0])
    del data[missing]
    with pytest.raises(InstrumentError):
        instrument_of(data)


def test_a_file_whose_licence_is_struck_out_is_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOM / "instruments" / "klimat.toml").read_text()
    (tmp_path / "klimat.toml").write_text(text.replace('licence = "own"', ""))
    monkeypatch.setattr(instruments, "HERE", tmp_path)
    with pytest.raises(InstrumentError):
        shipped.__wrapped__()


def test_the_nine_items_of_hme_are_word_for_word() -> None:
    assert [item.text.to("sv") for item in shipped()["hme"].items] == HME
    assert shipped()["hme"].licence == Licence.SKR_FREE


def test_the_twelve_items_of_oric_are_word_for_word_and_their_authors_named() -> None:
    oric = shipped()["oric"]
    assert [item.text.to("en") for item in oric.items] == [f"People who work here {each}" for each in ORIC]
    assert oric.licence == Licence.CC_BY
    assert oric.original == "en"
    assert "Shea" in oric.source
    assert "Implementation Science" in oric.source
    assert "ej validerad" in oric.validation.to("sv")
    parts = {part.key: [int(item.split("-")[1]) for item in part.items] for part in oric.sub_indices}
    assert parts == {"efficacy": [1, 3, 5, 7, 8, 10, 12], "commitment": [2, 4, 6, 9, 11]}


@pytest.mark.parametrize(("key", "wording"), FIRST_AND_LAST.items())
def test_our_own_are_as_they_were_written_and_say_that_nobody_has_validated_them(
    key: str, wording: tuple[str, str]
) -> None:
    made = shipped()[key]
    assert (made.items[0].text.to("sv"), made.items[-1].text.to("sv")) == wording
    assert (made.licence, made.is_validated) == (Licence.OWN, False)
    assert made.validation.to("sv").startswith("Eget formulär, ej validerat.")


def test_how_many_items_and_steps_each_has() -> None:
    assert {key: (len(each.items), len(each.steps)) for key, each in shipped().items()} | {
        "uppfoljning": (0, 0)
    } == {
        "chefens-forutsattningar": (6, 5),
        "forandring": (7, 5),
        "hme": (9, 5),
        "klimat": (7, 5),
        "ledarskap": (10, 5),
        "mandat": (5, 5),
        "moten": (4, 5),
        "motestid": (1, 11),
        "oric": (12, 5),
        "uppfoljning": (0, 0),  # another's, which is tested where it is used
    }


def test_hme_is_computed_as_the_national_database_computes_it() -> None:
    """Ten people whose item means are those of the published example; domain.md 2.1."""
    means = [4.3, 3.9, 3.8, 4.0, 4.3, 4.1, 4.2, 3.7, 4.4]
    hme = shipped()["hme"]
    scale = Scale(
        items=tuple(item.key for item in hme.items),
        sub_indices=tuple(SubIndex(part.key, part.items) for part in hme.sub_indices),
        lowest=1,
        highest=len(hme.steps),
    )
    counts = np.zeros((1, 9, 5), dtype=np.int64)
    for item, mean in enumerate(means):
        low = int(mean)
        counts[0, item, low] = round((mean - low) * 10)
        counts[0, item, low - 1] += 10 - counts[0, item, low]
    found = measure(from_counts(counts, scale=scale), scale=scale)
    parts = {
        key: round(found.of(0, key).index or 0, 2) for key in ("motivation", "ledarskap", "styrning", "total")
    }
    assert parts == {"motivation": 75.0, "ledarskap": 78.33, "styrning": 77.5, "total": 76.94}


def texts_outside() -> dict[str, str]:
    """What people read that is not in an instrument's file: templates, catalogues, strings of the program."""
    found = {}
    for file in [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt"), *SOURCE.rglob("*.po")]:
        found[str(file.relative_to(SOURCE))] = " ".join(file.read_text().split())
    for file in ROOM.rglob("*.py"):
        strings = [
            node.value
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        found[str(file.relative_to(SOURCE))] = " ".join(" ".join(strings).split())
    return found


def items_in(texts: dict[str, str]) -> list[tuple[str, str]]:
    words = [
        text
        for key, each in shipped().items()
        for item in each.items
        for text in item.text.texts.values()
        # The meeting's own pulse is an older room's, and its five questions are ours.
        if key not in {"moten", "motestid"}
    ]
    return [(where, word) for where, text in texts.items() for word in words if word in text]


def test_no_question_stands_anywhere_but_in_its_file() -> None:
    assert items_in(texts_outside()) == []


def test_a_question_in_a_template_would_be_found() -> None:
    assert items_in({"a.html": f"<legend>{HME[2]}</legend>"}) == [("a.html", HME[2])]
    assert len(texts_outside()) > 100


def test_a_key_finds_the_questionnaire_that_would_be_asked_now(db: None) -> None:
    assert find("hme") is shipped()["hme"]
    with pytest.raises(NoSuchInstrument):
        find("copsoq")


def test_what_a_pulse_may_be_made_of(
    employee: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _ = employee.pk
    with django_assert_num_queries(4):  # who one is (3), the organisation's own
        keys = [each.key for each in instruments_for(employee)]
    assert keys == [
        "chefens-forutsattningar",
        "forandring",
        "hme",
        "klimat",
        "mandat",
        "moten",
        "motestid",
        "oric",
    ]
