"""The sheet of units: codes, names, kinds and a tree without rings."""

import re
from typing import Final

from styrfart.people.importing.checking.cells import fitting, needed
from styrfart.people.importing.checking.finding import Ambiguous, Units, Unknown
from styrfart.people.importing.layout import KINDS, Sheet, plain
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.reading import Row, Table
from styrfart.people.importing.register import Register, UnitWish
from styrfart.people.importing.snapshot import Snapshot

MAX_DEPTH: Final = 25
_CODE: Final = re.compile(r"[\w .:-]*\w[\w .:-]*")


def check_units(
    table: Table, snapshot: Snapshot, problems: list[Problem], *, is_whole: bool
) -> dict[str, UnitWish]:
    """The units of the table by code."""
    known_codes = {code.casefold(): code for code in snapshot.units}
    found: dict[str, UnitWish] = {}
    rows: dict[str, Row] = {}
    for row in table.rows:
        wish = _unit(table, row, known_codes, problems)
        if not wish.code:
            continue
        if wish.code in found:
            first = found[wish.code].row
            problems.append(table.problem("code_twice", row, "code", value=wish.code, first=first))
            continue
        found[wish.code], rows[wish.code] = wish, row
    _join(table, found, rows, snapshot, problems, is_whole=is_whole)
    parents = {now.code: now.parent for now in snapshot.units.values() if now.is_open and not is_whole}
    parents |= {wish.code: wish.parent for wish in found.values()}
    names = {code: now.name for code, now in snapshot.units.items()}
    names |= {code: wish.name for code, wish in found.items()}
    _complain_of_rings(table, found, rows, parents, names, problems)
    return found


def _unit(table: Table, row: Row, known_codes: dict[str, str], problems: list[Problem]) -> UnitWish:
    code = needed(table, row, "code", 40, problems)
    if code and not _CODE.fullmatch(code):
        problems.append(table.problem("not_a_code", row, "code", value=code))
        code = ""
    name = needed(table, row, "name", 120, problems)
    kind = KINDS.get(plain(row.text("kind")))
    if not row.text("kind"):
        problems.append(table.problem("missing", row, "kind"))
    elif kind is None:
        problems.append(table.problem("unknown_kind", row, "kind", value=row.text("kind")))
    # A code that differs only in case is the code we know: Excel users write both.
    code = known_codes.setdefault(code.casefold(), code) if code else ""
    return UnitWish(row.number, code, name, kind or KINDS["enhet"], "")


def _join(
    table: Table,
    found: dict[str, UnitWish],
    rows: dict[str, Row],
    snapshot: Snapshot,
    problems: list[Problem],
    *,
    is_whole: bool,
) -> None:
    """Find each unit's parent."""
    register = Register(sheets=frozenset({Sheet.UNITS}), units=found)
    units = Units.known(register, snapshot, is_whole=is_whole)
    known = {now.code: now for now in snapshot.units.values() if now.is_open}
    tops = 0 if is_whole else sum(not now.parent for now in known.values() if now.code not in found)
    for code, wish in list(found.items()):
        row = rows[code]
        text = fitting(table, row, "parent", 120, problems)
        if "parent" not in table.headings and code in known:
            text = known[code].parent
        if not text:
            tops += 1
            if tops > 1:
                problems.append(table.problem("no_parent", row, "parent"))
            continue
        try:
            found[code] = wish._replace(parent=units.find(text))
        except Unknown:
            problems.append(table.problem("parent_unknown", row, "parent", value=text))
        except Ambiguous:
            problems.append(table.problem("unit_ambiguous", row, "parent", value=text))


def _complain_of_rings(
    table: Table,
    found: dict[str, UnitWish],
    rows: dict[str, Row],
    parents: dict[str, str],
    names: dict[str, str],
    problems: list[Problem],
) -> None:
    """Say once of each ring where it is, and of each branch that is too deep.

    `parents` holds the units of the file and, when the file is a part, those of the organisation: a part
    may lay a unit below one that already lies below it.
    """
    depth: dict[str, int | None] = {"": 0}  # None for units that hang in a ring
    for start in found:
        places: dict[str, int] = {}
        code = start
        while code in parents and code not in depth and code not in places:
            places[code] = len(places)
            code = parents[code]
        walked = list(places)
        if code in places:
            ring = walked[places[code] :]
            first = min((each for each in ring if each in found), key=lambda each: found[each].row)
            told = " → ".join([*(names[each] for each in ring[:6]), *(["…"] if len(ring) > 6 else [])])
            problems.append(table.problem("cycle", rows[first], "parent", ring=told))
            depth |= dict.fromkeys(walked)
            continue
        below = depth.get(code, 1)  # a parent that is nowhere has been complained of
        for each in reversed(walked):
            below = None if below is None else below + 1
            depth[each] = below
            if below == MAX_DEPTH + 1:
                row = rows.get(each) or rows[start]
                problems.append(table.problem("too_deep", row, "parent", limit=MAX_DEPTH))
