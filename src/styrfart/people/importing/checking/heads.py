"""Who leads which unit: as the units say, else as the people of the unit agree."""

from collections import defaultdict

from styrfart.people.importing.checking.finding import Ambiguous, People, Unknown
from styrfart.people.importing.layout import Sheet
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.reading import Row, Table
from styrfart.people.importing.register import Register
from styrfart.people.importing.snapshot import Snapshot
from styrfart.people.models import UnitKind

# A committee is led by politicians, a city by its director, who is head of an administration.
_NEEDS_HEAD = frozenset({UnitKind.ADMINISTRATION, UnitKind.DIVISION, UnitKind.UNIT})


def check_heads(
    tables: dict[Sheet, Table],
    register: Register,
    people: People,
    snapshot: Snapshot,
    problems: list[Problem],
) -> dict[str, tuple[str, ...]]:
    """The heads of each unit in the file, by key: several when the lead is shared, by semicolons.

    An empty cell says that there is none; without the column, and where the people do not agree on anybody,
    those who lead go on doing so. A unit without a head is worth knowing, not wrong.
    """
    named: dict[str, str] = {}
    if table := tables.get(Sheet.PEOPLE):
        named = _named_by_people(table, people, problems)
    if Sheet.UNITS not in tables:
        return {}
    table = tables[Sheet.UNITS]
    rows = {row.number: row for row in table.rows}
    said = _said_in_units(register, named)
    before = {} if "head" in table.headings else snapshot.heads()
    heads: dict[str, tuple[str, ...]] = {}
    for code, wish in register.units.items():
        row = rows[wish.row]
        if row.text("head"):
            texts = [text.strip() for text in row.text("head").split(";") if text.strip()]
            keys = [_find(table, row, text, people, problems) for text in texts]
            heads[code] = tuple(dict.fromkeys(key for key in keys if key))
        elif agreed := _agreed(said.get(code, {})):
            heads[code] = (agreed,)
        elif stay := tuple(key for key in before.get(code, ()) if key in people.keys):
            heads[code] = stay
        elif wish.kind in _NEEDS_HEAD:
            fault = "heads_differ" if said.get(code) else "no_head"
            problems.append(table.problem(fault, row, "head", unit=wish.name))
    return heads


def _named_by_people(table: Table, people: People, problems: list[Problem]) -> dict[str, str]:
    """Key of a person -> key of the head they name."""
    named: dict[str, str] = {}
    if "head" not in table.headings:
        return named
    known: dict[str, str] = {}  # a head is named by many
    for row in table.rows:
        text = row.text("head")
        if not text:
            continue
        head = known.get(text) or _find(table, row, text, people, problems)
        if not head:
            continue
        known[text] = head
        who = people.by_number.get(row.text("number")) or people.by_address.get(row.text("email").lower())
        if who:
            named[who] = head
    return named


def _find(table: Table, row: Row, text: str, people: People, problems: list[Problem]) -> str:
    try:
        return people.find(text)
    except Unknown:
        problems.append(table.problem("person_unknown", row, "head", value=text))
    except Ambiguous:
        problems.append(table.problem("person_ambiguous", row, "head", value=text))
    return ""


def _said_in_units(register: Register, named: dict[str, str]) -> dict[str, dict[str, str]]:
    """Code of a unit -> who there names whom."""
    said: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for wish in register.people.values():
        if wish.key in named:
            for post in wish.posts[:1]:
                said[post.unit][wish.key] = named[wish.key]
    return said


def _agreed(said: dict[str, str]) -> str:
    """The one whom everybody else in the unit names; heads themselves name somebody above."""
    candidates = [
        head
        for head in dict.fromkeys(said.values())
        if all(h == head for who, h in said.items() if who != head)
    ]
    return candidates[0] if len(candidates) == 1 else ""
