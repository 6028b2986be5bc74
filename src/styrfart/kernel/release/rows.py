"""Which units have a row of their own, which share one, and which have none.

A unit has a row when at least k people answered and when nobody can work out a smaller group from the rows:
the people of a row who are in no row below it are its residual, and it must be empty or at least k. Where it
would not be, the smallest row below is given up, and joins the small siblings in a cluster: one row for all
of them. The rows stay nested, also where rows of units lie within a cluster.
"""

import heapq
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from styrfart.kernel.errors import KernelError
from styrfart.kernel.release.forest import Bools, Forest, Ints
from styrfart.kernel.release.values import Certificate, Method, Reason, Shown


@dataclass(frozen=True)
class Cluster:
    """Siblings shown as one row; with `has_own` also those who stand directly under their parent."""

    parent: int  # unit, -1 when the members are roots
    members: tuple[int, ...]  # units, by number
    has_own: bool


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a report and where each unit's own people are counted.

    The first rows are units, `unit` (rows,) their numbers, ascending; the last `len(clusters)` are clusters
    with unit -1. `forest`: the rows nested. `people` (rows,): who answered. `home` (units,): the row in whose
    residual a unit's own people are, -1 outside every row. `shown`, `reason` (units,): `Shown` and `Reason`.
    """

    unit: Ints
    clusters: tuple[Cluster, ...]
    forest: Forest
    people: Ints
    home: Ints
    shown: Ints
    reason: Ints

    @property
    def size(self) -> int:
        return int(self.unit.size)

    @cached_property
    def row_of(self) -> Ints:
        """(units,): the row of the unit itself or of the cluster it is a member of, else -1."""
        rows = np.full(self.home.size, -1, dtype=np.int64)
        own = self.unit >= 0
        rows[self.unit[own]] = np.flatnonzero(own)
        first = self.size - len(self.clusters)
        for number, cluster in enumerate(self.clusters, start=first):
            rows[list(cluster.members)] = number
        return rows


def protect(forest: Forest, own: Ints, *, k: int) -> Rows:
    """The rows of a report on `own` (units,) people who answered, counted at the unit where they stand.

    Every residual is empty or at least `k`. Raises `KernelError` for k < 2 or counts that do not fit.
    """
    own = np.asarray(own, dtype=np.int64)
    if k < 2 or own.shape != (forest.size,) or (own.size and own.min() < 0):
        raise KernelError("k is at least 2, and each unit has a number of people")
    total = forest.rolled(own)
    is_row = total >= k
    rest = forest.rolled(own, where=~is_row)
    for unit in _deepest_first(forest, np.flatnonzero((rest > 0) & (rest < k) & is_row)):
        _give_up(forest, unit, total, rest, is_row, k)
    rows = _rows(forest, own, total, is_row, _clusters(forest, own, total, is_row, k))
    rows.reason[~is_row & (total >= k)] = Reason.COMPLEMENT
    return rows


def _deepest_first(forest: Forest, units: Ints) -> list[int]:
    found: list[int] = units[np.argsort(-forest.depth[units], kind="stable")].tolist()
    return found


def _give_up(forest: Forest, unit: int, total: Ints, rest: Ints, is_row: Bools, k: int) -> None:
    """Give up rows under `unit`, the smallest first, until its residual is k.

    A row whose own residual is empty helps nothing by itself, so it comes after those that do. The given up
    rows' residuals were made good before, deepest first; what is below them moves up to `unit`.
    """
    waiting = [_turn(child, total, rest) for child in forest.children(unit) if is_row[child]]
    heapq.heapify(waiting)
    while rest[unit] < k:
        *_, given = heapq.heappop(waiting)
        is_row[given] = False
        rest[unit] += rest[given]
        for child in forest.children(given):
            if is_row[child]:
                heapq.heappush(waiting, _turn(child, total, rest))


def _turn(unit: int, total: Ints, rest: Ints) -> tuple[bool, int, int]:
    return bool(rest[unit] == 0), int(total[unit]), unit


def _clusters(forest: Forest, own: Ints, total: Ints, is_row: Bools, k: int) -> list[Cluster]:
    """Clusters under each row, and of the roots, among the children that have no row of their own."""
    rest = forest.rolled(own, where=~is_row)
    hidden = ~is_row & (total > 0)
    parent = forest.parent
    under_row = hidden & (parent >= 0)
    under_row[under_row] = is_row[parent[under_row]]
    found: list[Cluster] = []
    if (hidden & (parent < 0)).any():
        found += _joined(forest, -1, 0, rest, is_row, k)
    for unit in np.unique(parent[under_row]).tolist():
        found += _joined(forest, unit, int(own[unit]), rest, is_row, k)
    return found


def _joined(forest: Forest, unit: int, own: int, rest: Ints, is_row: Bools, k: int) -> list[Cluster]:
    """Clusters of at least k each, as many as a rule for covering bins finds: the largest that do not fill
    one, then the smallest until it is filled (after Csirik, Frenk, Labbé and Zhang, 1999)."""
    siblings = forest.children(unit)
    members = [child for child in siblings if not is_row[child]]
    counts = {child: int(rest[child]) for child in members}
    together = sum(counts.values())
    takes_own = 0 < own < k or (own >= k > together)
    if together + own * takes_own < k or not together:
        return []
    bins = _covered(sorted(members, key=lambda child: (counts[child], child)), counts, own * takes_own, k)
    if unit >= 0 and len(bins) == 1 and len(members) == len(siblings) and (takes_own or not own):
        return []  # it would be the unit itself once more
    return [Cluster(unit, tuple(sorted(each)), takes_own and not n) for n, each in enumerate(bins)]


def _covered(members: list[int], counts: dict[int, int], begun: int, k: int) -> list[list[int]]:
    """Members, by ascending count, in bins of at least k; the first bin has `begun` already."""
    empty = [each for each in members if not counts[each]]
    left = members[len(empty) :]
    low, high = 0, len(left)
    bins: list[list[int]] = []
    while low < high:
        high -= 1
        content, filled = [left[high]], counts[left[high]] + (0 if bins else begun)
        while low < high and filled + counts[left[high - 1]] < k:
            high -= 1
            content.append(left[high])
            filled += counts[left[high]]
        while filled < k and low < high:
            content.append(left[low])
            filled += counts[left[low]]
            low += 1
        if filled >= k:
            bins.append(content)
        else:
            bins[-1] += content
    bins[0] += empty  # so that an empty unit looks like its small siblings
    return bins


def _rows(forest: Forest, own: Ints, total: Ints, is_row: Bools, clusters: list[Cluster]) -> Rows:
    """The arrays of a report: rows, nesting, homes, reasons."""
    units = np.flatnonzero(is_row)
    row_of = np.full(forest.size, -1, dtype=np.int64)
    row_of[units] = np.arange(units.size)
    for number, cluster in enumerate(clusters, start=units.size):
        row_of[list(cluster.members)] = number
    parent = np.full(units.size + len(clusters), -1, dtype=np.int64)
    within = row_of.copy()
    for nodes in forest.levels:
        above = forest.parent[nodes]
        around = np.where(above >= 0, within[above], -1)
        mine = is_row[nodes]
        parent[row_of[nodes[mine]]] = around[mine]
        within[nodes] = np.where(row_of[nodes] >= 0, row_of[nodes], around)
    people = np.zeros(parent.size, dtype=np.int64)
    people[: units.size] = total[units]
    home = within.copy()
    for number, cluster in enumerate(clusters, start=units.size):
        parent[number] = within[cluster.parent] if cluster.parent >= 0 else -1
        people[number] = sum(int(total[member]) for member in cluster.members)
        if cluster.has_own:
            people[number] += own[cluster.parent]
            home[cluster.parent] = number
    shown = np.where(is_row, Shown.ITSELF, np.where(row_of >= 0, Shown.JOINTLY, Shown.NOT)).astype(np.int8)
    reason = np.select([is_row, total == 0], [Reason.NONE, Reason.EMPTY], Reason.FEW).astype(np.int8)
    unit = np.concatenate((units, np.full(len(clusters), -1, dtype=np.int64)))
    return Rows(unit, tuple(clusters), Forest(parent), people, home, shown, reason)


def without(forest: Forest, own: Ints, rows: Rows, given_up: Bools) -> Rows:
    """The rows that are left when some (rows,) are given up for what was released earlier.

    Their residuals go to the rows around them, so that residuals only grow.
    """
    units = rows.unit[(rows.unit >= 0) & ~given_up]
    is_row = np.zeros(forest.size, dtype=bool)
    is_row[units] = True
    first = rows.size - len(rows.clusters)
    kept = [each for each, gone in zip(rows.clusters, given_up[first:], strict=True) if not gone]
    own = np.asarray(own, dtype=np.int64)
    found = _rows(forest, own, forest.rolled(own), is_row, kept)
    reason = np.where(found.shown == Shown.ITSELF, Reason.NONE, rows.reason).astype(np.int8)
    reason[rows.unit[(rows.unit >= 0) & given_up]] = Reason.EARLIER
    return Rows(found.unit, found.clusters, found.forest, found.people, found.home, found.shown, reason)


def audit(forest: Forest, own: Ints, rows: Rows, *, k: int) -> Certificate:
    """The smallest group of people that can be derived from the rows, by subtracting what was published.

    Exact: the rows are nested, so their residuals are disjoint and span all that sums of rows can give; each
    group in that span is a union of residuals. Takes nothing from `protect` but the rows: what each row says
    is compared with the people counted again, unit by unit. Raises `KernelError` when they differ.
    """
    residual = rows.people.astype(np.int64)
    inner = rows.forest.parent >= 0
    residual -= np.bincount(
        rows.forest.parent[inner], weights=rows.people[inner], minlength=rows.size
    ).astype(np.int64)  # fmt: skip
    inside = rows.home >= 0
    counted = np.bincount(rows.home[inside], weights=np.asarray(own)[inside], minlength=rows.size)
    if rows.home.shape != (forest.size,) or not np.array_equal(residual, counted):
        raise KernelError("the rows do not say what the people are")
    return certified(residual, k)


def certified(residuals: Ints, k: int) -> Certificate:
    """The certificate of nested groups with these residuals, in any shape."""
    found = residuals[residuals > 0]
    smallest = int(found.min()) if found.size else None
    return Certificate(Method.RESIDUALS, k, smallest, int(found.size), int((found < k).sum()))
