"""The columns of a scheme of delegation, in Swedish as we write them and in the words people use instead."""

from typing import Final

from styrfart.people.importing.layout import Column, plain


def _column(key: str, label: str, *aliases: str, is_required: bool = False) -> Column:
    return Column(key, label, frozenset(plain(word) for word in (label, *aliases)), is_required)


SHEET: Final = "Delegationsordning"
COLUMNS: Final = (
    _column(
        "code", "Punkt", "Nr", "Nummer", "Ärendenummer", "Ärendenr", "Punkt nr", "Point", is_required=True
    ),
    _column("heading", "Område", "Rubrik", "Ärendegrupp", "Kategori", "Area", "Heading"),
    _column(
        "text",
        "Vad",
        "Ärende",
        "Ärendetyp",
        "Beslut",
        "Beslutet avser",
        "Typ av ärende",
        "Matter",
        "What",
        is_required=True,
    ),
    _column("delegates", "Delegat", "Delegater", "Beslutsfattare", "Delegate", "Delegates"),
    _column("limit", "Beloppsgräns", "Belopp", "Gräns", "Limit", "Amount limit"),
    _column("conditions", "Villkor", "Anmärkning", "Kommentar", "Begränsning", "Conditions"),
    _column("law", "Lagrum", "Lagstöd", "Lag", "Law"),
    _column("is_reported", "Anmäls", "Anmälan", "Anmäls till nämnden", "Reported"),
    _column("is_delegable", "Får delegeras", "Delegerbar", "Delegable"),
    _column(
        "may_be_subdelegated", "Vidaredelegation", "Får vidaredelegeras", "Vidaredelegering", "Sub-delegation"
    ),
    _column("licence_part", "Chefskörkort", "Del av chefskörkortet", "Licence part", "Manager's licence"),
    _column("words", "Ledord", "Sökord", "Nyckelord", "Words", "Keywords"),
)
YES: Final = frozenset({"ja", "j", "x", "yes", "y", "sant", "true", "1"})
NO: Final = frozenset({"nej", "n", "no", "falskt", "false", "0"})
# Written as the delegate of what the committee has kept for itself.
COMMITTEE: Final = frozenset(
    {"nämnden", "nämnd", "nämndenihelhet", "kommunstyrelsen", "styrelsen", "ejdelegerat"}
)
# Officials who decide together: the Local Government Act 7:5 allows delegation to one employee only.
GROUP_ENDINGS: Final = ("grupp", "gruppen", "team", "teamet", "ledning", "ledningen")
# After these a title says of what: "Chef för ledningsgruppen" is one person.
OF_WHAT: Final = frozenset({"för", "i", "av", "på", "vid", "inom", "med", "till"})


def is_group(title: str) -> bool:
    """Whether what a title names is a group: "Kontorets ledningsgrupp", "Styrgruppen för skolbyggen"."""
    named: list[str] = []
    for word in title.casefold().split():
        if word in OF_WHAT:
            break
        named.append(word)
    return bool(named) and named[-1].endswith(GROUP_ENDINGS)
