"""Which items may be shown in which rows, when not everybody answered every item.

Each item has people of its own: those who answered it. In every row where an item is shown at least k
answered it and they did not all answer the same; and the same holds for each residual of the rows where
that item is shown, so that nothing of the kind comes out by subtraction. What is given up for that is the
item in the smallest row below, never the row.
"""

import heapq
from dataclasses import dataclass

import numpy as np

from styrfart.kernel.release.forest import Bools, Ints, starts_of
from styrfart.kernel.release.rows import Rows, certified
from styrfart.kernel.release.values import Certificate, Reason


@dataclass(frozen=True, eq=False)
class Items:
    """`shown` (rows, items) and why not (`reason`, a `Reason` in each cell)."""

    shown: Bools
    reason: Ints


def at_rows(rows: Rows, counts: Ints) -> Ints:
    """(rows, …): the counts (units, …) of each row's own residual."""
    inside = np.flatnonzero(rows.home >= 0)
    order = inside[np.argsort(rows.home[inside], kind="stable")]
    home = rows.home[order]
    sums = np.zeros((rows.size, *counts.shape[1:]), dtype=counts.dtype)
    if order.size:
        first = starts_of(home)
        sums[home[first]] = np.add.reduceat(counts[order], first, axis=0)
    return sums


def show_items(
    rows: Rows, base: Ints, *, k: int, may: Bools | None = None, total: Ints | None = None
) -> Items:  # fmt: skip
    """Which items may be shown of `base` (rows, items, answers): counts of each row's own residual.

    `may` (rows, items): where an item may be shown at all. `total`: `base` rolled up, when it is at hand.
    An item with a single kind of answer (a count of texts, say) is never unanimous.
    """
    total = rows.forest.rolled(base) if total is None else total
    people = people_in(total)
    allowed = np.ones(people.shape, dtype=bool) if may is None else may
    few, same = people < k, of_one_mind(total, people)
    shown = allowed & ~few & ~same
    rest = rows.forest.rolled(base, where=~shown)
    left = people_in(rest)
    bad = np.argwhere(shown & (left > 0) & ((left < k) | of_one_mind(rest, left)))
    for row, item in bad[np.argsort(-rows.forest.depth[bad[:, 0]], kind="stable")].tolist():
        _give_up(rows, row, item, people, rest, left, shown, k)
    reason = np.select(
        [shown, ~allowed, people == 0, few, same],
        [Reason.NONE, Reason.WITHIN, Reason.EMPTY, Reason.FEW, Reason.UNANIMOUS],
        Reason.COMPLEMENT,
    )
    return Items(shown, reason.astype(np.int8))


def people_in(counts: Ints) -> Ints:
    """(…,): the sum over the last axis; by slices, which is several times as quick for a short one."""
    people = counts[..., 0].astype(np.int64)
    for answer in range(1, counts.shape[-1]):
        people += counts[..., answer]
    return people


def of_one_mind(counts: Ints, people: Ints) -> Bools:
    """(…,): everybody counted gave the same answer."""
    same = np.zeros(people.shape, dtype=bool)
    if counts.shape[-1] > 1:
        for answer in range(counts.shape[-1]):
            same |= counts[..., answer] == people
    return same & (people > 0)


def _give_up(
    rows: Rows, row: int, item: int, people: Ints, rest: Ints, left: Ints, shown: Bools, k: int
) -> None:  # fmt: skip
    """Give up the item in rows below, the smallest first, until this row's residual is k and not of one mind.

    With all below given up the residual is the row itself, which is.
    """
    waiting: list[tuple[bool, int, int]] = []

    def add(under: int) -> None:
        for child in rows.forest.children(under):
            if shown[child, item]:
                heapq.heappush(waiting, (not left[child, item], int(people[child, item]), child))

    add(row)
    while left[row, item] < k or _agree(rest[row, item].tolist(), int(left[row, item])):
        *_, given = heapq.heappop(waiting)
        shown[given, item] = False
        rest[row, item] += rest[given, item]
        left[row, item] += left[given, item]
        add(given)


def _agree(counts: list[int], people: int) -> bool:
    return len(counts) > 1 and max(counts) == people


def audit_items(rows: Rows, shown: Bools, total: Ints, *, k: int) -> tuple[Certificate, int]:
    """What can be derived of each item by subtraction, and how many of those groups are of one mind.

    `total` (rows, items, answers): the published counts. Exact, as `rows.audit`, for each item by itself:
    from every row where the item is shown, the next ones below where it is shown are subtracted.
    """
    items = shown.shape[1]
    residual = np.where(shown[..., None], total, 0).astype(np.int64)
    around = np.full(shown.shape, -1, dtype=np.int64)  # the nearest row above where the item is shown
    for nodes in rows.forest.levels[1:]:
        above = rows.forest.parent[nodes]
        around[nodes] = np.where(shown[above], above[:, None], around[above])
    row, item = np.nonzero(shown & (around >= 0))
    key = around[row, item] * items + item
    for answer in range(total.shape[2]):
        gone = np.bincount(key, weights=total[row, item, answer], minlength=shown.size)
        residual[:, :, answer] -= gone.astype(np.int64).reshape(shown.shape)
    derived = residual[shown]
    people = people_in(derived)
    return certified(people, k), int(of_one_mind(derived, people).sum())
