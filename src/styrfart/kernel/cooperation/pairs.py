"""Which pairs of departments may be shown, so that nothing is said of fewer than k people.

A pair is shown when its ties stand on at least k different people. The others of a department are shown as
one sum, which has to stand on k people and be of two pairs or more: if it is not, the shown pair with the
fewest people goes with them; if there is none, the department's total is left out. Departments whose total is
left out are treated in the same way against the total of all.

What is published are disjoint groups of pairs, each with its sum, so that whatever can be derived from it by
adding and subtracting is a sum of whole groups: the smallest group is the smallest that anybody can derive.
Pairs without ties are hidden with the others of their group, so that each hidden pair can be anything from
nothing to the whole sum. Totals by source only: totals by target as well would be a second way to add.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from styrfart.kernel.cooperation.ties import Tie, check_ties
from styrfart.kernel.errors import KernelError


class Shown(Enum):
    """What is said of a pair."""

    WEIGHT = "weight"
    NOTHING = "nothing"  # no ties; said where all the department's others are shown
    HIDDEN = "hidden"


class Layout(Enum):
    """How the pairs are laid out."""

    FROM_TO = "from_to"  # ties from the first to the second, with a total for each first
    BOTH_WAYS = "both_ways"  # ties either way together, one total for all


@dataclass(frozen=True)
class Pair:
    """Two departments and what is said of their ties."""

    first: int
    second: int
    shown: Shown
    weight: float | None


@dataclass(frozen=True)
class Group:
    """A department's pairs, or all of them: hidden ones together, and the total; None is left out."""

    first: int | None
    others: float | None
    total: float | None


@dataclass(frozen=True)
class PairTable:
    """What may be shown. The certificate: no sum that can be derived stands on fewer people."""

    layout: Layout
    pairs: tuple[Pair, ...]
    groups: tuple[Group, ...]
    total: float | None
    smallest_group: int | None  # people; None when nothing is shown


@dataclass
class _Cell:
    first: int
    second: int
    weight: float = 0.0
    people: set[int] = field(default_factory=set)
    hidden: bool = False


@dataclass
class _Row:
    first: int | None
    cells: list[_Cell]
    is_open: bool = True  # its total is shown

    def hidden(self) -> list[_Cell]:
        return [cell for cell in self.cells if cell.hidden]


def shown_pairs(
    ties: Sequence[Tie], departments: int, *, k: int, layout: Layout = Layout.FROM_TO
) -> PairTable:
    """What may be shown of the ties between departments, with k people or more behind each number.

    What stays within a department is left out. It is one publication: the same ties in another layout, by
    kind or over another period, are more to add and subtract with. Raises `KernelError` for k below 2 or a
    department out of range.
    """
    if k < 2:
        raise KernelError("k is at least 2")
    rows = _rows(ties, departments, layout)
    for row in rows:
        for cell in row.cells:
            cell.hidden = cell.weight > 0 and len(cell.people) < k
        _complete(row, k)
    is_total = _close(rows, k)
    for row in rows:
        _hide_nothing_with_others(row)
    return _table(rows, layout, is_total)


def _rows(ties: Sequence[Tie], departments: int, layout: Layout) -> list[_Row]:
    check_ties(ties, departments)
    both = layout is Layout.BOTH_WAYS
    cells = {
        (first, second): _Cell(first, second)
        for first in range(departments)
        for second in range(departments)
        if (first < second if both else first != second)
    }
    for tie in ties:
        if tie.source == tie.target:
            continue
        key = (tie.source, tie.target)
        cell = cells[min(key), max(key)] if both else cells[key]
        cell.weight += tie.weight
        cell.people |= tie.people
    if both:
        return [_Row(None, list(cells.values()))]
    return [
        _Row(first, [cell for cell in cells.values() if cell.first == first]) for first in range(departments)
    ]


def _people(cells: Sequence[_Cell]) -> int:
    found: set[int] = set()
    for cell in cells:
        found |= cell.people
    return len(found)


def _is_safe(hidden: Sequence[_Cell], among: int, k: int) -> bool:
    """Whether the sum of the hidden may be known: nothing hidden, or k people in two pairs or more."""
    return not hidden or (_people(hidden) >= k and among >= 2)


def _unshown(row: _Row) -> int:
    """Pairs of a row that are not shown, those without ties too."""
    return sum(cell.hidden or cell.weight == 0 for cell in row.cells)


def _complete(row: _Row, k: int) -> None:
    """Hide one more pair where that makes the sum of the hidden safe; else leave the total out."""
    if _is_safe(row.hidden(), _unshown(row), k):
        return
    shown = [cell for cell in row.cells if cell.weight > 0 and not cell.hidden]
    if shown:
        least = min(shown, key=lambda cell: (len(cell.people), cell.weight, cell.second))
        least.hidden = True
    row.is_open = _is_safe(row.hidden(), _unshown(row), k)


def _close(rows: list[_Row], k: int) -> bool:
    """Leave out one more total where that makes the total of all safe; whether it may be shown."""
    closed = [row for row in rows if not row.is_open]
    if _all_safe(closed, k):
        return True
    helping = [row for row in rows if row.is_open and row.hidden()]
    if not helping:
        return False
    least = min(helping, key=lambda row: (_people(row.hidden()), row.first or 0))
    least.is_open = False
    return _all_safe([*closed, least], k)


def _all_safe(closed: Sequence[_Row], k: int) -> bool:
    hidden = [cell for row in closed for cell in row.hidden()]
    return _is_safe(hidden, sum(_unshown(row) for row in closed), k)


def _hide_nothing_with_others(row: _Row) -> None:
    """Pairs without ties do not stand out where others are hidden."""
    if row.hidden():
        for cell in row.cells:
            cell.hidden = cell.hidden or cell.weight == 0


def _table(rows: Sequence[_Row], layout: Layout, is_total: bool) -> PairTable:  # noqa: FBT001  # private
    groups = [[cell] for row in rows for cell in row.cells if cell.weight > 0 and not cell.hidden]
    groups += [row.hidden() for row in rows if row.is_open]
    if is_total:
        groups.append([cell for row in rows if not row.is_open for cell in row.hidden()])
    sizes = [_people(group) for group in groups if group]
    return PairTable(
        layout=layout,
        pairs=tuple(_pair(cell) for row in rows for cell in row.cells),
        groups=tuple(_group(row) for row in rows),
        total=sum(cell.weight for row in rows for cell in row.cells) if is_total else None,
        smallest_group=min(sizes, default=None),
    )


def _pair(cell: _Cell) -> Pair:
    if cell.hidden:
        return Pair(cell.first, cell.second, Shown.HIDDEN, None)
    shown = Shown.WEIGHT if cell.weight > 0 else Shown.NOTHING
    return Pair(cell.first, cell.second, shown, cell.weight)


def _group(row: _Row) -> Group:
    if not row.is_open:
        return Group(row.first, None, None)
    others = sum(cell.weight for cell in row.hidden()) if row.hidden() else None
    return Group(row.first, others, sum(cell.weight for cell in row.cells))
