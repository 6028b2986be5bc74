"""What could wait, exactly: integer programs in order of what matters, each with its bound.

The solver works with floating numbers and a tolerance; each of its plans is checked in whole numbers, and
what only the tolerance allowed is cut off before it is solved again.
"""

from dataclasses import dataclass

import numpy as np

from styrfart.kernel.load.field import Cell, Field
from styrfart.kernel.load.organisation import Floats
from styrfart.kernel.load.program import Program
from styrfart.kernel.load.table import FINE
from styrfart.kernel.load.values import Limit

SLACK = 1e-6
MOST_CUTS = 25


@dataclass(frozen=True)
class Plan:
    """Weeks later by mover; people-weeks above after it; and the fewest of both that are proven needed."""

    later: dict[int, int]
    left: int
    fewest_left: int
    fewest_moves: int


@dataclass(frozen=True, eq=False)
class Question:
    """The program's columns: movers at their delays, what may stay broken, then cells that stay above."""

    field: Field
    columns: list[tuple[int, int]]  # mover, weeks later
    adds: dict[Cell, list[tuple[int, int]]]  # for each cell that can be broken: columns, and what they add
    broken: dict[Cell, int]  # columns; none where nothing may stay above
    above: dict[tuple[int, int], int]

    @property
    def width(self) -> int:
        return len(self.columns) + len(self.broken) + len(self.above)

    @property
    def one_move(self) -> int:
        """A move costs more than all the waiting there could be."""
        return 1 + sum(mover.delay for mover in self.field.movers)


def columns_of(field: Field) -> list[tuple[int, int]]:
    """Each mover at each delay that it may have."""
    return [(number, later) for number, mover in enumerate(field.movers) for later in range(mover.delay + 1)]


def entries_of(field: Field) -> int:
    """How many numbers the program would hold, at most."""
    return sum(
        (mover.delay + 1)
        * (mover.edges[-1] - mover.edges[0])
        * sum((piece.after - piece.first) * len(piece.adds) for piece in mover.pieces)
        for mover in field.movers
    )


def best_plan(field: Field, nodes: int) -> Plan | None:
    """The plan that leaves fewest people-weeks above, with fewest moves, then least waiting; None: not found.

    Bounds hold also where the nodes did not suffice. No move adds to a limit that is broken.
    """
    base = field.without_movers()
    columns = columns_of(field)
    adds = _adds(field, columns)
    hopeless = field.people_weeks(base)
    if not hopeless:
        question = Question(field, columns, adds, {}, {})
        found, bound, is_possible = _checked(question, _program(question), _waiting(question), nodes)
        if found is not None:
            return _plan(question, found, bound, 0)
        if is_possible:
            return None
    return _least_above(field, columns, adds, nodes)


def _least_above(
    field: Field, columns: list[tuple[int, int]], adds: dict[Cell, list[tuple[int, int]]], nodes: int
) -> Plan | None:
    """Where not everything can be cleared: first the fewest people-weeks, and with those the fewest moves."""
    broken = {cell: len(columns) + at for at, cell in enumerate(adds)}
    places = sorted({(segment, week) for _, segment, week in adds})
    above = {place: len(columns) + len(broken) + at for at, place in enumerate(places)}
    question = Question(field, columns, adds, broken, above)
    program = _program(question)
    costs = np.zeros(question.width)
    for (segment, _), column in above.items():
        costs[column] = field.people[segment]
    least, bound, _ = _checked(question, program, costs, nodes)
    if least is None:
        return None
    # What is above whatever waits, and where nothing that could wait lies, is no column.
    hopeless = np.zeros((field.people.size, field.weeks), dtype=np.bool_)
    for each in field.without_movers().values():
        hopeless |= each < 0
    for segment, week in places:
        hopeless[segment, week] = False
    fewest_left = int(np.ceil(bound - SLACK)) + int((field.people[:, None] * hopeless).sum())
    weights = [(column, float(field.people[segment])) for (segment, _), column in above.items()]
    program.row(weights, high=float(np.round(costs @ least)))
    found, bound, _ = _checked(question, program, _waiting(question), nodes)
    return _plan(question, least if found is None else found, bound, fewest_left)


def _plan(question: Question, found: Floats, bound: float, fewest_left: int) -> Plan:
    later = {number: delay for at, (number, delay) in enumerate(question.columns) if found[at] and delay}
    # The bound is of moves and waiting together, and all waiting is less than one move.
    whole = question.one_move
    fewest = max(int(np.ceil((bound - (whole - 1)) / whole - SLACK)), 0)
    if bound > sum(whole + delay for delay in later.values()) - 0.5:
        fewest = len(later)
    left = question.field.people_weeks(question.field.after(later))
    return Plan(later, left, fewest_left, fewest)


def _waiting(question: Question) -> Floats:
    costs = np.zeros(question.width)
    for at, (_, later) in enumerate(question.columns):
        costs[at] = question.one_move + later if later else 0
    return costs


def _adds(field: Field, columns: list[tuple[int, int]]) -> dict[Cell, list[tuple[int, int]]]:
    """For each cell that some plan could break: the columns that add there, and how much."""
    base = field.without_movers()
    worst = {limit: np.zeros_like(each) for limit, each in base.items()}
    for mover in field.movers:
        most = {limit: np.zeros_like(each) for limit, each in base.items()}
        for later in range(mover.delay + 1):
            for area in mover.areas(later, field.weeks):
                part = most[area.limit][area.segments, area.weeks]
                np.maximum(part, area.value, out=part)
        for limit, each in most.items():
            worst[limit] += each
    at_risk = {limit: worst[limit] > each for limit, each in base.items()}
    found: dict[Cell, list[tuple[int, int]]] = {}
    for column, (number, later) in enumerate(columns):
        for area in field.movers[number].areas(later, field.weeks):
            for cell in area.cells(at_risk[area.limit]):
                found.setdefault(cell, []).append((column, area.value))
    return found


def _program(question: Question) -> Program:
    """Each mover has one delay; each cell keeps its limit, or stays broken: then nothing is moved there."""
    program = Program(question.width)
    base = question.field.without_movers()
    delays: dict[int, list[tuple[int, float]]] = {}
    for column, (number, _) in enumerate(question.columns):
        delays.setdefault(number, []).append((column, 1.0))
    for entries in delays.values():
        program.row(entries, low=1.0, high=1.0)
    for cell, adds in question.adds.items():
        limit, segment, week = cell
        unit = 1 if limit is Limit.LARGE else FINE
        allowed = int(base[limit][segment, week])
        entries = [(column, value / unit) for column, value in adds]
        if cell in question.broken:
            stays = question.broken[cell]
            moved = [(column, 1.0) for column, _ in adds if question.columns[column][1]]
            entries.append((stays, -max(sum(value for _, value in adds) - allowed, 0) / unit))
            program.row([*moved, (stays, float(len(moved)))], high=float(len(moved)))
            program.row([(question.above[segment, week], 1.0), (stays, -1.0)], low=0.0)
        program.row(entries, high=allowed / unit)
    return program


def _checked(
    question: Question, program: Program, costs: Floats, nodes: int
) -> tuple[Floats | None, float, bool]:
    """As `solve`, with every plan checked in whole numbers; a cut for each that tolerance let through."""
    bound, is_possible = 0.0, True
    for _ in range(MOST_CUTS):
        found, bound, is_possible = program.solve(costs, nodes)
        if found is None:
            return None, bound, is_possible
        slips = _slips(question, found)
        if not slips:
            return found, bound, True
        for entries in slips:
            program.row(entries, high=sum(value for _, value in entries if value > 0) - 1)
    return None, bound, is_possible


def _slips(question: Question, found: Floats) -> list[list[tuple[int, float]]]:
    """Cells broken in whole numbers that the plan does not own up to: columns that may not meet."""
    field = question.field
    later = {number: delay for at, (number, delay) in enumerate(question.columns) if found[at] and delay}
    room = field.after(later)
    slips = []
    for cell, adds in question.adds.items():
        limit, segment, week = cell
        stays = question.broken.get(cell)
        if room[limit][segment, week] < 0 and (stays is None or not found[stays]):
            chosen = [(column, 1.0) for column, _ in adds if found[column]]
            slips.append(chosen if stays is None else [*chosen, (stays, -1.0)])
    return slips
