"""How far the number in a hidden cell is from being known: bounds in a transportation polytope, by flows.

Rows' residuals are known totals, cells' residuals are known totals, the hidden numbers between them are only
known not to be negative, and not to be above 0 where nobody is (that may be known from elsewhere). A number
can rise by as much as flows from its cells' side to its rows' side beside it, and fall by as much as flows
back: the interval is exact, and whole numbers reach it.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from styrfart.kernel.release.forest import Bools, Forest, Ints
from styrfart.kernel.release.merging import Offer, standing

Edge = tuple[int, int]  # row, category


@dataclass(frozen=True, eq=False)
class Table:
    """The hidden numbers of a split.

    `count`: for each row its non-empty categories with the number of people in its own residual. `hub`
    (cells,): the shown cell, itself or above, in whose residual a cell's people are, -1 for none. `host`
    (cells,): for a shown cell the one above it. `hidden`: hidden cells with people of whom something is
    unknown (in no shown cell below, and not in a row where all are of one category, which the row tells),
    and the width of their interval if no cell at all were shown: the people of the rows they lie in.
    `rows_of`: the rows and categories around each hub.
    """

    width: int
    count: list[dict[int, int]]
    hub: Ints
    host: Ints
    hidden: dict[int, int]
    forest: Forest
    rows_of: dict[int, list[Edge]]

    def within(self, row: int) -> list[int]:
        found = [row]
        for each in found:
            found += self.forest.children(each)
        return found


def table_of(forest: Forest, offer: Offer, base: Ints, gone: Bools) -> Table:
    width = base.shape[1]
    hub = standing(offer.up, gone)
    host = np.where(offer.up >= 0, hub[offer.up], -1)
    count: list[dict[int, int]] = [{} for _ in range(base.shape[0])]
    rows_of: dict[int, list[Edge]] = {}
    for row, category in zip(*(axis.tolist() for axis in np.nonzero(base)), strict=True):
        count[row][category] = int(base[row, category])
        rows_of.setdefault(int(hub[row * width + category]), []).append((row, category))
    mixed = np.where((base > 0).sum(axis=1, keepdims=True) > 1, base, 0)
    around = np.where(mixed > 0, base.sum(axis=1, keepdims=True), 0)
    most = forest.rolled(around, where=gone.reshape(base.shape)).ravel()
    cells = np.flatnonzero(gone & (most > 0))
    hidden = dict(zip(cells.tolist(), most[cells].tolist(), strict=True))
    return Table(width, count, hub, host, hidden, forest, rows_of)


def too_narrow(table: Table, width: int, *, cleared: set[int]) -> list[int]:
    """The hidden cells, by number, whose interval is narrower than `width`; adds the others to `cleared`.

    Less is asked of a cell in a row so small that nothing shown would leave less.
    Most are cleared by exchanges with one other hub at a time, which is a lower bound; the rest by flows.
    What was cleared stays so when more cells are given up: less is then known.
    """
    shared = _shared(table)
    narrow = []
    for cell, most in table.hidden.items():
        if cell in cleared:
            continue
        enough = min(width, most)
        if _by_exchange(table, shared, cell) >= enough or width_of(table, cell, enough=enough) >= enough:
            cleared.add(cell)
        else:
            narrow.append(cell)
    return narrow


def _shared(table: Table) -> dict[tuple[int, int], int]:
    """For two hubs: the people of the first, in rows that have people in both."""
    shared: dict[tuple[int, int], int] = {}
    hub, width = table.hub.tolist(), table.width
    for row, counts in enumerate(table.count):
        ends = [(hub[row * width + category], number) for category, number in counts.items()]
        for one, number in ends:
            for other, _ in ends:
                shared[one, other] = shared.get((one, other), 0) + number * (one != other)
    return shared


def _by_exchange(table: Table, shared: dict[tuple[int, int], int], cell: int) -> int:
    """A width that the cell's interval has at least."""
    row, category = divmod(cell, table.width)
    hub = int(table.hub[cell])
    mine: dict[int, int] = {}  # by other hub: our people of the category in rows that have people there
    theirs: dict[int, int] = {}
    free_up = free_down = 0
    for each in table.within(row):
        if table.hub[each * table.width + category] != hub or category not in table.count[each]:
            continue
        number = table.count[each][category]
        beside = 0
        for other, count in table.count[each].items():
            there = int(table.hub[each * table.width + other])
            if other == category:
                continue
            if there == hub:  # both outside every shown cell
                beside += count
                continue
            mine[there] = mine.get(there, 0) + number
            theirs[there] = theirs.get(there, 0) + count
        free_up += beside
        free_down += number if beside else 0
    up = [min(theirs[there], shared[hub, there] - mine[there]) for there in mine]
    down = [min(mine[there], shared[there, hub] - theirs[there]) for there in mine]
    return max([free_up, *up]) + max([free_down, *down])


def width_of(table: Table, cell: int, *, enough: int) -> int:
    """The width of the interval of the number in a cell, counted up to `enough`."""
    row, category = divmod(cell, table.width)
    hub = int(table.hub[cell])
    rows = [
        each
        for each in table.within(row)
        if category in table.count[each] and table.hub[each * table.width + category] == hub
    ]
    rises = _flow(table, rows, category, hub, rising=True, enough=enough)
    return rises + _flow(table, rows, category, hub, rising=False, enough=enough - rises)


def _flow(
    table: Table, rows: list[int], category: int, hub: int, *, rising: bool, enough: int
) -> int:  # fmt: skip
    """By how much the numbers of a category in `rows` can rise, or fall, together, up to `enough`."""
    taken = {(row, category) for row in rows}
    now = Moved(table)
    moved = 0
    while moved < enough:
        path = _path(table, now, taken, rows, hub, rising=rising)
        if path is None:
            break
        room = min([now[edge] for edge, grows in path if not grows] or [enough - moved])
        start = path[0][0][0]
        if not rising:
            room = min(room, now[start, category])
        step = min(room, enough - moved)
        for edge, grows in path:
            now[edge] += step if grows else -step
        if not rising:
            now[start, category] -= step
        moved += step
    return moved


class Moved(dict[Edge, int]):
    """The numbers as they stand after some people were moved."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __missing__(self, edge: Edge) -> int:
        return self.table.count[edge[0]][edge[1]]


Step = tuple[Edge, bool]  # a number, and whether it grows


def _path(
    table: Table, now: "Moved", taken: set[Edge], rows: list[int], hub: int, *, rising: bool
) -> list[Step] | None:  # fmt: skip
    """A shortest way from the hub to one of the rows (rising) or back, along which people can be moved.

    From a hub to a row some must be there to be moved; from a row to a hub there is always room.
    """
    goals = set(rows)
    category = next(iter(taken))[1]
    came: dict[tuple[str, int], tuple[tuple[str, int], Step] | None] = {}
    begin = [("hub", hub)] if rising else [("row", row) for row in rows if now[row, category] > 0]
    queue = deque(begin)
    came.update(dict.fromkeys(begin))
    while queue:
        node = queue.popleft()
        kind, number = node
        arrived = number in goals if rising else number == hub
        if came[node] is not None and (kind == "row") == rising and arrived:
            return _traced(came, node)
        for edge, following in _onward(table, now, taken, kind, number):
            if following not in came:
                came[following] = (node, (edge, kind == "row"))
                queue.append(following)
    return None


def _onward(
    table: Table, now: "Moved", taken: set[Edge], kind: str, number: int
) -> list[tuple[Edge, tuple[str, int]]]:  # fmt: skip
    if kind == "hub":
        return [
            (edge, ("row", edge[0]))
            for edge in table.rows_of.get(number, ())
            if edge not in taken and now[edge] > 0
        ]
    edges = [(number, category) for category in table.count[number]]
    return [
        (edge, ("hub", int(table.hub[number * table.width + edge[1]]))) for edge in edges if edge not in taken
    ]


def _traced(
    came: dict[tuple[str, int], tuple[tuple[str, int], Step] | None], node: tuple[str, int]
) -> list[Step]:  # fmt: skip
    steps: list[Step] = []
    before = came[node]
    while before is not None:
        node, step = before
        steps.append(step)
        before = came[node]
    return steps[::-1]
