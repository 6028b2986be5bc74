"""Rows to a register: every cell is read, every reference resolved, everything wrong is said at once."""

from styrfart.people.importing.checking.finding import People, Units
from styrfart.people.importing.checking.heads import check_heads
from styrfart.people.importing.checking.people import check_people
from styrfart.people.importing.checking.teams import check_teams
from styrfart.people.importing.checking.units import check_units
from styrfart.people.importing.layout import Sheet
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.reading import Contents
from styrfart.people.importing.register import Register
from styrfart.people.importing.snapshot import Snapshot


def check(contents: Contents, snapshot: Snapshot, *, is_whole: bool) -> tuple[Register, list[Problem]]:
    """The register that the tables describe, and what is wrong with them. Never raises for what they hold.

    What a table does not hold may be in the organisation already, unless the files are the whole of it.
    """
    # A sheet without rows says nothing; it does not say that everybody has left.
    tables = {sheet: table for sheet, table in contents.tables.items() if table.rows}
    register = Register(
        sheets=frozenset(tables),
        tells_end=frozenset(sheet for sheet, table in tables.items() if "valid_to" in table.headings),
    )
    problems = list(contents.problems)
    if table := tables.get(Sheet.UNITS):
        register.units = check_units(table, snapshot, problems, is_whole=is_whole)
    units = Units.known(register, snapshot, is_whole=is_whole)
    if table := tables.get(Sheet.PEOPLE):
        register.people = check_people(table, units, snapshot, problems)
        register.tells_posts = bool({"unit", "title"} & table.headings.keys())
    people = People.known(register, snapshot, is_whole=is_whole)
    register.heads = check_heads(tables, register, people, snapshot, problems)
    if table := tables.get(Sheet.TEAMS):
        register.teams = check_teams(table, units, people, snapshot, problems)
    return register, _in_order(problems, contents)


def _in_order(problems: list[Problem], contents: Contents) -> list[Problem]:
    """Sheet by sheet and from the top down, as somebody goes through the file to put it right."""
    sheets = {table.name: place for place, table in enumerate(contents.tables.values(), start=1)}
    return sorted(problems, key=lambda problem: (sheets.get(problem.sheet, 0), problem.row or 0))
