"""One-way splits: which cells of unit by category may be shown, so that no hidden one can be worked out.

Every person is in one residual of the rows and in one category. The shown cells of a category are nested as
the units are, so the people of that category are parted among residuals of cells, as the people of the unit
tree are among residuals of rows. A split is a second partition of the same people, and both attacks on it are
questions about one bipartite graph, residuals of rows on one side and residuals of cells on the other, people
(hidden cells) as edges:

- somebody who knows who belongs where combines published sums to reach the answers of few: a small cut;
- somebody who only reads computes bounds for the number in a hidden cell, never below 0: a transportation
  polytope, where the bounds are flows (D. Gusfield, 1988, for when they meet).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from styrfart.kernel.errors import KernelError
from styrfart.kernel.release.admission import admit
from styrfart.kernel.release.flows import Table, table_of, too_narrow
from styrfart.kernel.release.forest import Bools, Forest, Ints
from styrfart.kernel.release.merging import Offer, certificate_of, given_up_for, standing, tied
from styrfart.kernel.release.rows import Rows
from styrfart.kernel.release.values import Certificate, Mode


@dataclass(frozen=True, eq=False)
class Split:
    """The shown cells of a split, and its certificate.

    `shown` (rows, categories). `people` (rows, categories): in every cell, also in hidden ones: never to be
    shown where `shown` is false. `part` (rows, categories): the residual that the people of a row's own
    residual are in, by number, -1 for none; with it a later release is tied to this one. `narrowest`:
    proved of the interval for the number in each hidden cell that is not empty: k - 1, or as wide as if no
    cell were shown, when that is less (a row smaller than k); None when no cell is hidden.
    """

    shown: Bools
    people: Ints
    part: Ints
    narrowest: int | None
    certificate: Certificate


def split(
    forest: Forest,
    rows: Rows,
    people: Ints,
    *,
    k: int,
    mode: Mode,
    cover: Ints | None = None,
    may: Bools | None = None,
) -> Split:
    """The cells that may be shown of `people` (units, categories), counted at the unit where they stand.

    Each person is in one category; those who named none are a category too, with `may` false. `cover` (units,
    categories): those who answered every item, `people` unless given; thresholds are held by them. `may`
    (categories,) or (rows, categories): what may be shown at all.
    A shown cell holds k; so does every combination of shown rows and cells, except that a row of fewer than k
    (by the lower threshold for means) stands as it is; and the number in a hidden cell that is not empty
    stays unknown by k - 1 at least. In `Mode.WHOLE_UNITS` a unit's non-empty cells are shown all or none.
    Raises `KernelError` when the shapes do not fit or a row's people and its cells' are not as many.
    """
    people, cover = _checked(forest, rows, people, cover, k)
    inside = rows.home >= 0
    base = _at_home(rows, people, inside)
    total = rows.forest.rolled(base)
    if not np.array_equal(total.sum(axis=1), rows.people):
        raise KernelError("each person of a row is in one category")
    covered = _at_home(rows, cover, inside)
    allowed = np.broadcast_to(np.ones(1, dtype=bool) if may is None else may, total.shape)
    offered = allowed & (rows.forest.rolled(covered) >= k)
    if mode is Mode.WHOLE_UNITS:
        whole = (offered | (total == 0)).all(axis=1) & ((total > 0).sum(axis=1) > 1)
        offered = np.broadcast_to(whole[:, None], total.shape)
    offer = _offer(rows, base, covered, total, k, mode)
    gone = given_up_for(offer, k, given_up=~offered.ravel())
    table = table_of(rows.forest, offer, base, gone)
    cleared: set[int] = set()
    while narrow := too_narrow(table, k - 1, cleared=cleared):
        _widen(offer, table, narrow, gone)
        gone = given_up_for(offer, k, given_up=gone)
        table = table_of(rows.forest, offer, base, gone)
    if mode is Mode.CELLS:  # what is shown below it is all of it: nothing new
        gone &= ~((rows.forest.rolled(base, where=gone.reshape(base.shape)) == 0) & offered).ravel()
        table = table_of(rows.forest, offer, base, gone)
    return _result(offer, base, total, gone, table, k)


def split_beside(
    rows: Rows,
    found: Split,
    unit: Ints,
    category: Ints,
    earlier: Sequence[Ints],
    *,
    k: int,
    complete: Bools | None = None,
    mode: Mode,
) -> Split:
    """A split as `split` found it, less the cells that earlier splits or releases of the same answers forbid.

    `unit`, `category` (people,): where each person was counted, -1 for who was not. `earlier`: each earlier
    partition of the same people, that of the rows themselves first (`Release.part`, `part_of`). `complete`
    (people,): who answered every item. Thresholds as in `admit`; hidden numbers only become less known.
    """
    size, width = found.shown.shape
    gone = ~found.shown.ravel()
    parent = rows.forest.parent
    up = np.where(parent[:, None] >= 0, parent[:, None] * width + np.arange(width), -1).ravel()
    bundle = np.arange(size * width) // (width if mode is Mode.WHOLE_UNITS else 1)
    now = part_of(rows, found, unit, category)
    admission = admit(
        earlier, now, up, found.people.ravel(), k=k, complete=complete, bundle=bundle, given_up=gone
    )
    hub = standing(up, admission.given_up)
    part = np.where(found.part >= 0, np.append(hub, -1)[found.part], -1)
    shown = found.shown & ~admission.given_up.reshape(size, width)
    return replace(found, shown=shown, part=part, certificate=admission.certificate)


def part_of(rows: Rows, found: Split, unit: Ints, category: Ints) -> Ints:
    """(people,): the residual of a cell that each person is in, -1 for none: for later releases."""
    inside = (np.asarray(unit) >= 0) & (np.asarray(category) >= 0)
    home = np.where(inside, rows.home[np.where(inside, unit, 0)], -1)
    held = home >= 0
    part = np.full(home.size, -1, dtype=np.int64)
    part[held] = found.part[home[held], np.asarray(category)[held]]
    return part


def _checked(
    forest: Forest, rows: Rows, people: Ints, cover: Ints | None, k: int
) -> tuple[Ints, Ints]:  # fmt: skip
    people = np.asarray(people, dtype=np.int64)
    cover = people if cover is None else np.asarray(cover, dtype=np.int64)
    if people.ndim != 2 or people.shape != cover.shape or people.shape[0] != forest.size:
        raise KernelError("people and cover are units by categories")
    if k < 2 or rows.home.shape != (forest.size,) or (cover < 0).any() or (cover > people).any():
        raise KernelError("k is at least 2, and those who answered everything are among the people")
    return people, cover


def _at_home(rows: Rows, values: Ints, inside: Bools) -> Ints:
    """(rows, categories): the values of each row's own residual."""
    width = values.shape[1]
    key = rows.home[inside, None] * width + np.arange(width)
    sums = np.bincount(key.ravel(), weights=values[inside].ravel(), minlength=rows.size * width)
    return sums.astype(np.int64).reshape(rows.size, width)


def _offer(rows: Rows, base: Ints, covered: Ints, total: Ints, k: int, mode: Mode) -> Offer:
    """Every cell as an offered group, under the cell of the row around it."""
    size, width = base.shape
    row, category = np.nonzero(base)
    ends = tied(row, size + row * width + category, covered[row, category], covered.sum(axis=1) < k)
    cell = np.arange(size * width)
    parent = rows.forest.parent
    up = np.where(parent[:, None] >= 0, parent[:, None] * width + np.arange(width), -1)
    by_row = mode is Mode.WHOLE_UNITS
    return Offer(
        fixed=size,
        one=ends[0],
        other=ends[1],
        cover=ends[2],
        up=up.ravel(),
        cost=np.repeat(total.sum(axis=1), width) if by_row else total.ravel(),
        bundle=cell // width if by_row else cell,
    )


def _widen(offer: Offer, table: Table, narrow: list[int], gone: Bools) -> None:
    """For each hidden cell that is known too well, give up the smallest shown cell beside it.

    Beside it: in the same row; else the cell that holds its people's residual, and what lies in it, unless
    that residual was changed just now.
    """
    if gone.all():
        raise KernelError("a hidden number is known though no cell is shown")
    width = table.width
    touched: set[int] = set()
    for cell in narrow:
        line = range(cell // width * width, (cell // width + 1) * width)
        if beside := [each for each in line if not gone[each]]:
            _give_up_least(offer, beside, gone)
            touched.update(int(table.hub[each]) for each in line)
    for cell in narrow:
        hub = int(table.hub[cell])
        if hub not in touched:
            shown = np.flatnonzero(~gone)
            near = shown[(shown % width == cell % width) & ((shown == hub) | (table.host[shown] == hub))]
            _give_up_least(offer, (near if near.size else shown).tolist(), gone)


def _give_up_least(offer: Offer, groups: list[int], gone: Bools) -> None:
    if groups:
        least = min(groups, key=lambda each: (offer.cost[each], each))
        gone |= offer.bundle == offer.bundle[least]


def _result(
    offer: Offer, base: Ints, total: Ints, gone: Bools, table: Table, k: int
) -> Split:  # fmt: skip
    shown = ~gone.reshape(total.shape) & (total > 0)
    part = np.where(base > 0, table.hub.reshape(base.shape), -1)
    return Split(
        shown=shown,
        people=total,
        part=part,
        narrowest=min([k - 1, *table.hidden.values()]) if table.hidden and shown.any() else None,
        certificate=certificate_of(offer, gone, k),
    )
