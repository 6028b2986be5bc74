"""What is wrong with a file is said with its sheet, row and column, and what to do about it."""

from typing import Any

import pytest
from django.utils.translation import override

from styrfart.people.importing.problems import TEXTS, sentence, tell
from tests import make
from tests.people.importing.sheets import (
    ANNA,
    BO,
    CHAIR,
    DIVISION,
    MEMBER,
    OFFICE,
    PEOPLE,
    UNITS,
    but,
    complaints,
    csv,
    look,
    organisation,
    xlsx,
)

pytestmark = pytest.mark.django_db


def test_a_small_organisation_has_no_faults() -> None:
    examined = look(organisation())
    assert (complaints(examined), complaints(examined, warnings=True)) == ([], [])
    assert examined.counts() == {"error": 0, "warning": 0, "unit.new": 2, "person.new": 2, "team.new": 1}


SMALL_UNIT = ["111", "Enheten", "enhet", "110", "bo@demo.example"]
FAULTS = [
    # --- units
    (
        {"units": [OFFICE, DIVISION, but(SMALL_UNIT, c0="")]},
        "Enheter, rad 4, kolumn Enhetskod: uppgiften saknas. Fyll i den.",
    ),
    ({"units": [but(OFFICE, c1=""), DIVISION]}, "Enheter, rad 2, kolumn Namn: uppgiften saknas. Fyll i den."),
    ({"units": [but(OFFICE, c2=""), DIVISION]}, "Enheter, rad 2, kolumn Slag: uppgiften saknas. Fyll i den."),
    (
        {"units": [but(OFFICE, c1="N" * 121), DIVISION]},
        "Enheter, rad 2, kolumn Namn: texten är längre än 120 tecken. Korta den.",
    ),
    (
        {"units": [OFFICE, DIVISION, but(SMALL_UNIT, c0="1/0")]},
        (
            "Enheter, rad 4, kolumn Enhetskod: koden ”1/0” går inte i en adress. "
            "Använd bokstäver, siffror, mellanslag, punkt och bindestreck."
        ),
    ),
    (
        {"units": [but(OFFICE, c2="kvarter"), DIVISION]},
        (
            "Enheter, rad 2, kolumn Slag: slaget ”kvarter” är okänt. "
            "Skriv stad, nämnd, förvaltning, avdelning eller enhet."
        ),
    ),
    (
        {"units": [OFFICE, DIVISION, but(SMALL_UNIT, c0="100")]},
        "Enheter, rad 4, kolumn Enhetskod: koden ”100” finns redan på rad 2. Ge varje enhet en egen kod.",
    ),
    (
        {"units": [OFFICE, but(DIVISION, c3="999")]},
        (
            "Enheter, rad 3, kolumn Överordnad enhet: den överordnade enheten ”999” finns inte "
            "bland enheterna. "
            "Rätta koden eller lägg till enheten."
        ),
    ),
    (
        {"units": [but(OFFICE, c3="110"), DIVISION]},
        (
            "Enheter, rad 2, kolumn Överordnad enhet: enheterna ligger i en ring: Kontoret → Avdelningen. "
            "Ändra Överordnad enhet för en av dem."
        ),
    ),
    (
        {"units": [but(OFFICE, c3="100"), DIVISION]},
        (
            "Enheter, rad 2, kolumn Överordnad enhet: enheterna ligger i en ring: Kontoret. "
            "Ändra Överordnad enhet för en av dem."
        ),
    ),
    (
        {
            "units": [OFFICE, DIVISION, but(DIVISION, c0="120"), but(SMALL_UNIT, c3="Avdelningen")],
        },
        (
            "Enheter, rad 5, kolumn Överordnad enhet: flera enheter heter ”Avdelningen”. "
            "Skriv enhetens kod i stället."
        ),
    ),
    (
        {"units": [but(OFFICE, c4="ingen@demo.example"), DIVISION]},
        (
            "Enheter, rad 2, kolumn Chef: adressen finns inte bland personerna. "
            "Rätta adressen eller lägg till personen."
        ),
    ),
    (
        {"units": [but(OFFICE, c4="Anna Ek"), DIVISION], "people": [ANNA, BO, but(ANNA, c0="", c1="3")]},
        (
            "Enheter, rad 2, kolumn Chef: flera personer heter ”Anna Ek”. Skriv personens "
            "e-postadress i stället."
        ),
    ),
    # --- people
    (
        {"people": [but(ANNA, c0="", c1="")], "units": [but(OFFICE, c4="")], "teams": []},
        (
            "Personer, rad 2, kolumn E-post: personen har varken e-postadress eller anställningsnummer. "
            "Fyll i ett av dem."
        ),
    ),
    (
        {"people": [ANNA, BO, but(BO, c0="bo snabel demo", c1="")]},
        "Personer, rad 4, kolumn E-post: ”bo snabel demo” är ingen e-postadress. Skriv som namn@kommunen.se.",
    ),
    ({"people": [but(ANNA, c2=" "), BO]}, "Personer, rad 2, kolumn Förnamn: uppgiften saknas. Fyll i den."),
    (
        {"people": [but(ANNA, c3="E" * 81), BO]},
        "Personer, rad 2, kolumn Efternamn: texten är längre än 80 tecken. Korta den.",
    ),
    (
        {"people": [ANNA, BO, ["Anna@Demo.example", "", "Eva", "Al", "100", "Ingenjör"]]},
        (
            "Personer, rad 4, kolumn E-post: adressen ”anna@demo.example” finns redan på rad 2. "
            "Ge varje person sin egen adress, eller samma namn och nummer om det är samma person."
        ),
    ),
    (
        {"people": [ANNA, BO, ["eva@demo.example", "1", "Eva", "Al", "100", "Ingenjör"]]},
        (
            "Personer, rad 4, kolumn Anställningsnummer: anställningsnumret ”1” finns redan på rad 2. "
            "Ge varje person sitt eget nummer, eller samma namn och adress om det är samma person."
        ),
    ),
    (
        {"people": [ANNA, BO, but(ANNA, c0="bo@demo.example")]},
        (
            "Personer, rad 4, kolumn E-post: adressen ”bo@demo.example” finns redan på rad 3. "
            "Ge varje person sin egen adress, eller samma namn och nummer om det är samma person."
        ),
    ),
    (
        {"people": [but(ANNA, c4="999"), BO]},
        (
            "Personer, rad 2, kolumn Enhetskod: enheten ”999” finns inte bland enheterna. "
            "Skriv enhetens kod, eller lägg till enheten."
        ),
    ),
    (
        {"people": [but(ANNA, c4=""), BO]},
        "Personer, rad 2, kolumn Enhetskod: enheten saknas. Skriv koden för personens enhet.",
    ),
    (
        {"people": [but(ANNA, c5=""), BO]},
        "Personer, rad 2, kolumn Befattning: befattningen saknas. Skriv personens befattning.",
    ),
    # --- teams
    (
        {"teams": [but(CHAIR, c0="")]},
        "Ledningsgrupper, rad 2, kolumn Ledningsgrupp: uppgiften saknas. Fyll i den.",
    ),
    (
        {"teams": [but(CHAIR, c0="👩‍💻")]},
        (
            "Ledningsgrupper, rad 2, kolumn Kortnamn: gruppens namn går inte att göra till en adress. "
            "Skriv ett kortnamn med a–z."
        ),
    ),
    (
        {"teams": [but(CHAIR, c1="Kontorets LG")]},
        (
            "Ledningsgrupper, rad 2, kolumn Kortnamn: kortnamnet ”kontorets lg” går inte i en adress. "
            "Använd bara a–z, siffror och bindestreck."
        ),
    ),
    (
        {"teams": [but(CHAIR, c1="lg"), but(MEMBER, c0="En annan grupp", c1="lg")]},
        (
            "Ledningsgrupper, rad 3, kolumn Kortnamn: kortnamnet ”lg” används redan av gruppen "
            "Kontorets ledningsgrupp. Ge gruppen ett eget kortnamn."
        ),
    ),
    (
        {"teams": [but(CHAIR, c2="kvarter")]},
        (
            "Ledningsgrupper, rad 2, kolumn Nivå: nivån ”kvarter” är okänd. "
            "Skriv stad, förvaltning, avdelning eller enhet, eller lämna tomt."
        ),
    ),
    (
        {"teams": [but(CHAIR, c1="lg"), but(MEMBER, c1="lg", c3="110")]},
        (
            "Ledningsgrupper, rad 3, kolumn Enhetskod: gruppen Kontorets ledningsgrupp har en "
            "annan uppgift här "
            "än på rad 2. Skriv samma på alla rader för gruppen."
        ),
    ),
    (
        {"teams": [but(CHAIR, c5="kassör")]},
        (
            "Ledningsgrupper, rad 2, kolumn Roll: rollen ”kassör” är okänd. "
            "Skriv ordförande, ledamot, sekreterare eller adjungerad."
        ),
    ),
    ({"teams": [but(CHAIR, c5="")]}, "Ledningsgrupper, rad 2, kolumn Roll: uppgiften saknas. Fyll i den."),
    (
        {"teams": [CHAIR, but(MEMBER, c4="")]},
        "Ledningsgrupper, rad 3, kolumn Person: uppgiften saknas. Fyll i den.",
    ),
    (
        {"teams": [CHAIR, MEMBER, MEMBER]},
        (
            "Ledningsgrupper, rad 4, kolumn Person: personen sitter redan i gruppen på rad 3. "
            "Ta bort en av raderna."
        ),
    ),
    (
        {"teams": [CHAIR, but(MEMBER, c5="ordf.")]},
        (
            "Ledningsgrupper, rad 3, kolumn Roll: gruppen Kontorets ledningsgrupp har redan en "
            "ordförande på rad 2. "
            "En grupp har en ordförande i taget. Ändra den ena till ledamot."
        ),
    ),
]


@pytest.mark.parametrize(("sheets", "expected"), FAULTS, ids=[text[:60] for _sheets, text in FAULTS])
def test_a_fault_is_told_with_its_place_and_remedy(sheets: dict[str, Any], expected: str) -> None:
    examined = look(organisation(**sheets))
    assert complaints(examined) == [expected]
    assert examined.plan is None


WARNINGS = [
    (
        {"units": [but(OFFICE, c4=""), DIVISION]},
        "Enheter, rad 2, kolumn Chef: enheten Kontoret har ingen chef. Fyll i Chef, eller läs in ändå.",
    ),
    (
        {"units": [OFFICE, but(DIVISION, c3="")]},
        (
            "Enheter, rad 3, kolumn Överordnad enhet: enheten har ingen överordnad enhet och hamnar överst. "
            "Fyll i Överordnad enhet om det inte är meningen."
        ),
    ),
    ({"people": [ANNA, BO, BO]}, "Personer, rad 4: raden är lika med rad 3. Den läses in en gång."),
    (
        {"teams": [MEMBER]},
        (
            "Ledningsgrupper, rad 2, kolumn Roll: gruppen Kontorets ledningsgrupp har ingen ordförande. "
            "Lägg till en, eller läs in ändå."
        ),
    ),
    (
        {"teams": [but(CHAIR, c4="", c5="")]},
        "Ledningsgrupper, rad 2, kolumn Person: raden har ingen person. Gruppen läses in tom.",
    ),
]


@pytest.mark.parametrize(("sheets", "expected"), WARNINGS, ids=[text[:60] for _sheets, text in WARNINGS])
def test_what_is_worth_knowing_does_not_stop_the_import(sheets: dict[str, Any], expected: str) -> None:
    examined = look(organisation(**sheets))
    assert (complaints(examined), complaints(examined, warnings=True)) == ([], [expected])
    assert examined.plan is not None


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (
            ("i morgon", ""),
            "Personer, rad 2, kolumn Från och med: ”i morgon” är inget datum. Skriv som 2026-11-21.",
        ),
        (
            ("2026-05-01", "30/4/2026"),
            (
                "Personer, rad 2, kolumn Till och med: sista dagen ligger före den första. "
                "Rätta Från och med eller Till och med."
            ),
        ),
    ],
)
def test_days_that_cannot_be(dates: tuple[str, str], expected: str) -> None:
    make.unit()
    unit = make.unit("Kontoret")
    rows = [[*PEOPLE, "Från och med", "Till och med"], [*but(ANNA, c4=unit.code), *dates]]
    assert complaints(look(csv(rows).encode(), names=["Personer.csv"])) == [
        expected.replace("Personer", "Personer.csv")
    ]


def test_the_head_that_a_person_names_must_be_among_the_people() -> None:
    people = [[*PEOPLE, "Chef"], *([*ANNA, ""] for _ in range(12)), [*BO, "okand@demo.example"]]
    book = xlsx({"Enheter": [UNITS, but(OFFICE, c4=""), but(DIVISION, c4="")], "Personer": people})
    assert complaints(look(book)) == [
        (
            "Personer, rad 14, kolumn Chef: adressen finns inte bland personerna. "
            "Rätta adressen eller lägg till personen."
        )
    ]


def test_a_whole_tree_in_a_ring_is_told_once_and_a_branch_below_it_not_at_all() -> None:
    ring = [[f"{n}", f"Enhet {n}", "enhet", f"{(n + 1) % 3}", "anna@demo.example"] for n in range(3)]
    below = [["9", "Under", "enhet", "1", "anna@demo.example"]]
    told = complaints(look(organisation(units=[*ring, *below], people=[but(ANNA, c4="9")], teams=[])))
    assert told == [
        (
            "Enheter, rad 2, kolumn Överordnad enhet: enheterna ligger i en ring: Enhet 0 → "
            "Enhet 1 → Enhet 2. "
            "Ändra Överordnad enhet för en av dem."
        )
    ]


def test_a_part_cannot_lay_a_unit_below_itself() -> None:
    office = make.unit("Kontoret")
    division = make.unit("Avdelningen", parent=office)
    units = [[office.code, "Kontoret", "förvaltning", division.code, "anna@demo.example"]]
    examined = look(organisation(units=units, people=[but(ANNA, c4=office.code)], teams=[]), is_whole=False)
    assert complaints(examined) == [
        (
            "Enheter, rad 2, kolumn Överordnad enhet: enheterna ligger i en ring: Kontoret → Avdelningen. "
            "Ändra Överordnad enhet för en av dem."
        )
    ]


def test_a_tree_may_be_deep_but_not_bottomless() -> None:
    units = [[f"{n}", f"Nivå {n}", "enhet", f"{n - 1}" if n else "", ""] for n in range(28)]
    fine = look(organisation(units=units[:25], people=[], teams=[]))
    assert complaints(fine) == []
    assert complaints(look(organisation(units=units, people=[], teams=[]))) == [
        (
            "Enheter, rad 27, kolumn Överordnad enhet: trädet är djupare än 25 nivåer. Lägg enheten "
            "närmare toppen."
        )
    ]


def test_everything_wrong_is_told_at_once() -> None:
    examined = look(
        organisation(
            units=[but(OFFICE, c2="kvarter", c4="ingen"), but(DIVISION, c3="999")],
            people=[but(ANNA, c2="", c4="999"), but(BO, c0="bo")],
            teams=[but(CHAIR, c5="kassör"), but(MEMBER, c3="999")],
        )
    )
    assert len(complaints(examined)) == 9
    assert examined.counts()["error"] == 9


def test_faults_are_told_from_the_top_of_each_sheet_down() -> None:
    examined = look(
        organisation(
            units=[but(OFFICE, c4="ingen"), but(DIVISION, c2="kvarter")],
            people=[but(ANNA, c4="999"), but(BO, c2="")],
            teams=[but(CHAIR, c5="kassör")],
        )
    )
    places = [(fault.sheet, fault.row) for fault in examined.problems if not fault.is_warning]
    assert places == [
        ("Enheter", 2),
        ("Enheter", 3),
        ("Personer", 2),
        ("Personer", 3),
        ("Ledningsgrupper", 2),
    ]


VALUES = (
    *("value", "first", "second", "limit", "label", "found", "ring"),
    *("unit", "name", "team", "day", "columns", "example"),
)


@pytest.mark.parametrize(("language", "place"), [("sv", "rad 14, kolumn"), ("en", "row 14, column")])
@pytest.mark.parametrize("code", TEXTS)
def test_every_fault_that_can_be_told_has_words_in_both_languages(
    code: str, language: str, place: str
) -> None:
    values = dict.fromkeys(VALUES, "2026-11-21")
    kept = {"code": code, "sheet": "Personer", "row": 14, "column": "Chef", "values": values}
    with override(language):
        told, text = tell(kept), sentence(kept)
    assert text == f"Personer, {place} Chef: {told['what']}. {told['remedy']}"
    assert told["remedy"].endswith(".")
    assert told["remedy"][0].isupper()
    assert told["what"][0].islower() or not told["what"][0].isalpha()
    assert "%(" not in text
    with override("en" if language == "sv" else "sv"):
        assert tell(kept)["what"] != told["what"]
