"""A split of answers: the cells of `split`, less those that would show that all in some group agreed."""

import numpy as np

from styrfart.kernel.errors import KernelError
from styrfart.kernel.release.forest import Bools, Forest, Ints
from styrfart.kernel.release.items import at_rows, of_one_mind, people_in
from styrfart.kernel.release.rows import Rows
from styrfart.kernel.release.splits import Split, split
from styrfart.kernel.release.values import Mode


def split_answers(
    forest: Forest,
    rows: Rows,
    people: Ints,
    counts: Ints,
    *,
    k: int,
    mode: Mode,
    may: Bools | None = None,
) -> Split:
    """The cells that may be shown of a split with the means of all items.

    `people` (units, categories) who answered anything; `counts` (units, categories, items, answers) what,
    both where they stand. Cover is the fewest answers to any item. Besides what `split` holds: on no item
    is a shown cell of one mind, nor the rest of a shown cell less the shown cells within it, nor a row less
    its shown cells. Those groups, not every combination of more of them, are looked at for that.
    Raises `KernelError` as `split`, and for counts that do not fit.
    """
    counts = np.asarray(counts)
    if counts.ndim != 4 or counts.shape[:2] != np.shape(people):
        raise KernelError("counts are units by categories by items by answers")
    answered = people_in(counts)
    base = at_rows(rows, counts)
    total = rows.forest.rolled(base)
    allowed = np.broadcast_to(True if may is None else may, total.shape[:2]).copy()
    allowed &= ~_agreed(total)
    while True:
        found = split(forest, rows, people, k=k, mode=mode, cover=answered.min(axis=2), may=allowed)
        barred = _barred(rows, found, base, total)
        if not barred.any():
            return found
        allowed &= ~barred


def _agreed(counts: Ints) -> Bools:
    """(…,): on some item everybody gave the same answer; over the last two axes, items and answers."""
    return np.asarray(of_one_mind(counts, people_in(counts)).any(axis=-1), dtype=bool)


def _barred(rows: Rows, found: Split, base: Ints, total: Ints) -> Bools:
    """(rows, categories): shown cells to give up, since what is left beside or within them is of one mind."""
    left = rows.forest.rolled(base, where=~found.shown)
    barred = np.array(found.shown & _agreed(left), dtype=bool)
    beside = np.where(found.shown[..., None, None], 0, total).sum(axis=1)
    told = _agreed(beside) & found.shown.any(axis=1)
    size = np.where(found.shown, found.people, np.iinfo(np.int64).max)
    barred[told, size.argmin(axis=1)[told]] = True
    return barred
