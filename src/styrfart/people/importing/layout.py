"""What the sheets and columns are called, in Swedish as we write them and in the words people use instead."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from styrfart.people.models import TeamLevel, TeamRole, UnitKind


class Sheet(StrEnum):
    """The three things that are imported."""

    UNITS = "units"
    PEOPLE = "people"
    TEAMS = "teams"


@dataclass(frozen=True)
class Column:
    """A column we read: our key, what we call it, and what else it may be called."""

    key: str
    label: str  # as in the template; the file's language is not the reader's
    aliases: frozenset[str]
    is_required: bool = False


def plain(text: str) -> str:
    """A heading or word without case, spaces and punctuation: "E-postadress " → "epostadress"."""
    return "".join(char for char in unicodedata.normalize("NFC", text).casefold() if char.isalnum())


def _column(key: str, label: str, *aliases: str, is_required: bool = False) -> Column:
    return Column(key, label, frozenset(plain(word) for word in (label, *aliases)), is_required)


SHEET_LABELS: Final = {Sheet.UNITS: "Enheter", Sheet.PEOPLE: "Personer", Sheet.TEAMS: "Ledningsgrupper"}
SHEET_NAMES: Final = {
    plain(name): sheet
    for sheet, names in {
        Sheet.UNITS: ("Enheter", "Enhet", "Organisation", "Units"),
        Sheet.PEOPLE: ("Personer", "Person", "Medarbetare", "Anställda", "People", "Persons", "Employees"),
        Sheet.TEAMS: ("Ledningsgrupper", "Ledningsgrupp", "Grupper", "Management teams", "Teams"),
    }.items()
    for name in names
}
# The sheet in our template that tells how to fill in the others.
INSTRUCTIONS: Final = "Läs först"

_FROM = _column("valid_from", "Från och med", "Från", "From", "Start", "Startdatum", "Valid from", "Fr.o.m.")
_TO = _column("valid_to", "Till och med", "Till", "To", "Slut", "Slutdatum", "Valid to", "T.o.m.")

COLUMNS: Final[dict[Sheet, tuple[Column, ...]]] = {
    Sheet.UNITS: (
        _column(
            "code", "Enhetskod", "Kod", "Enhetsnummer", "Enhetsid", "Unit code", "Code", is_required=True
        ),
        _column("name", "Namn", "Enhet", "Enhetsnamn", "Name", "Unit", "Unit name", is_required=True),
        _column("kind", "Slag", "Typ", "Kind", "Type", is_required=True),
        _column(
            "parent",
            "Överordnad enhet",
            "Överordnad",
            "Överordnad kod",
            "Parent",
            "Parent unit",
            "Parent code",
        ),
        _column("head", "Chef", "Chefens e-post", "Chefens e-postadress", "Head", "Manager", "Manager email"),
    ),
    Sheet.PEOPLE: (
        _column("email", "E-post", "E-postadress", "Email", "Mejl", "Mejladress", "Mail", "Email address"),
        _column(
            "number", "Anställningsnummer", "Anst.nr", "Anställningsnr", "Employee number", "Employee id"
        ),
        _column("given_name", "Förnamn", "Tilltalsnamn", "Given name", "First name", is_required=True),
        _column("family_name", "Efternamn", "Family name", "Last name", "Surname", is_required=True),
        _column("unit", "Enhetskod", "Enhet", "Unit code", "Unit"),
        _column("title", "Befattning", "Titel", "Title", "Post", "Position", "Job title"),
        _column("head", "Chef", "Närmaste chef", "Chefens e-post", "Chefens e-postadress", "Head", "Manager"),
        _FROM,
        _TO,
    ),
    Sheet.TEAMS: (
        _column("team", "Ledningsgrupp", "Grupp", "Team", "Management team", "Team name", is_required=True),
        _column("slug", "Kortnamn", "Short name", "Slug"),
        _column("level", "Nivå", "Level"),
        _column("unit", "Enhetskod", "Enhet", "Unit code", "Unit", is_required=True),
        _column("person", "Person", "E-post", "E-postadress", "Ledamot", "Member", "Email", is_required=True),
        _column("role", "Roll", "Role", is_required=True),
        _column("function", "Funktion", "Function"),
        _FROM,
        _TO,
    ),
}
# Which columns tell what a sheet is when its name does not.
TELLTALE: Final = {
    Sheet.UNITS: frozenset({"code", "name"}),
    Sheet.PEOPLE: frozenset({"given_name", "family_name"}),
    Sheet.TEAMS: frozenset({"team", "role"}),
}

T = TypeVar("T")


def _words(pairs: Iterable[tuple[T, tuple[str, ...]]]) -> dict[str, T]:
    return {plain(word): value for value, words in pairs for word in words}


KINDS: Final[dict[str, UnitKind]] = _words(
    [
        (UnitKind.CITY, ("stad", "kommun", "region", "city", "municipality")),
        (UnitKind.COMMITTEE, ("nämnd", "stadsdelsnämnd", "styrelse", "committee", "board")),
        (UnitKind.ADMINISTRATION, ("förvaltning", "kontor", "bolag", "administration", "office", "company")),
        (UnitKind.DIVISION, ("avdelning", "division", "department")),
        (UnitKind.UNIT, ("enhet", "sektion", "grupp", "unit", "section")),
    ]
)
LEVELS: Final[dict[str, TeamLevel]] = _words(
    [
        (TeamLevel.CITY, ("stad", "stadens ledning", "kommun", "city")),
        (TeamLevel.OFFICE, ("förvaltning", "förvaltningens ledning", "kontor", "office", "administration")),
        (TeamLevel.DIVISION, ("avdelning", "avdelningens ledning", "division", "department")),
        (TeamLevel.UNIT, ("enhet", "enhetens ledning", "unit")),
    ]
)
ROLES: Final[dict[str, TeamRole]] = _words(
    [
        (TeamRole.CHAIR, ("ordförande", "ordf", "chair", "chairman", "chairperson")),
        (TeamRole.MEMBER, ("ledamot", "medlem", "member")),
        (TeamRole.SECRETARY, ("sekreterare", "sekr", "secretary")),
        (TeamRole.ADJUNCT, ("adjungerad", "adj", "adjunct")),
    ]
)
LEVEL_OF_KIND: Final = {
    UnitKind.CITY: TeamLevel.CITY,
    UnitKind.COMMITTEE: TeamLevel.OFFICE,
    UnitKind.ADMINISTRATION: TeamLevel.OFFICE,
    UnitKind.DIVISION: TeamLevel.DIVISION,
    UnitKind.UNIT: TeamLevel.UNIT,
}
