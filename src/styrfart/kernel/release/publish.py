"""A survey's release: from answers in memory to what may be shown, with its certificates.

The same values feed page, table, picture, export and trend. Nothing that is not shown is in them, apart from
the fields that say so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from styrfart.kernel.errors import KernelError
from styrfart.kernel.release.admission import Admission, admit
from styrfart.kernel.release.forest import Bools, Forest, Ints
from styrfart.kernel.release.items import at_rows, audit_items, people_in, show_items
from styrfart.kernel.release.rows import Rows, audit, protect, without
from styrfart.kernel.release.tally import Answers, tally
from styrfart.kernel.release.values import Certificate

K, K_DETAIL = 7, 10
"""Answers for a mean, and for a distribution, free text or a split. Callers may raise them."""


@dataclass(frozen=True, eq=False)
class Release:
    """What may be shown of one survey, row by row and item by item.

    `rows`: the rows, nested, and how each unit stands. `answered`, `sums` (rows, items): answers and their
    sum, 0 where the item is not shown; `means` (rows, items): to one decimal, halves up, NaN where not
    shown. `counts` (rows, items, answers): shown distributions, 0 where they are not. `shown`, `detailed`
    (rows, items): where mean and distribution are shown; `reason` (rows, items): why a mean is not, a
    `Reason`. `texts` (rows,): where free text may be shown. `indices` (rows, parts): where an index of
    several items may be shown: only where each of them is, since the missing one would follow from it.
    `part` (people,): where each person was counted, to be kept and passed as `earlier` when the same
    answers are released again; it belongs with the answers and is never shown. Certificates: `people` of
    the rows, `items` of all items together, `details` of distributions, `joint` with what was released
    earlier (None when nothing was). `unanimous`: derivable groups of one mind, 0.
    """

    rows: Rows
    answered: Ints
    sums: Ints
    means: npt.NDArray[np.float64]
    counts: Ints
    shown: Bools
    detailed: Bools
    reason: Ints
    texts: Bools
    indices: Bools
    part: Ints
    people: Certificate
    items: Certificate
    details: Certificate
    joint: Certificate | None
    unanimous: int

    @property
    def holds(self) -> bool:
        """Every certificate holds: nothing below its threshold can be derived, and nobody is of one mind."""
        proofs = [self.people, self.items, self.details, *([self.joint] if self.joint else [])]
        return self.unanimous == 0 and all(each.holds for each in proofs)


def release(
    answers: Answers,
    unit: Ints,
    forest: Forest,
    *,
    scale: int,
    k: int = K,
    k_detail: int = K_DETAIL,
    parts: Sequence[Sequence[int]] = (),
    wrote: Bools | None = None,
    earlier: Sequence[Ints] = (),
    beside: Callable[[Rows], Admission] | None = None,
) -> Release:
    """What may be shown of `answers` (people, items), 1 to `scale`, 0 for none, of people at `unit`
    (people,).

    `forest`: the units. Who answered nothing is not counted. `k` for rows and means, `k_detail`, not below
    it, for distributions and free text; `wrote` (people,): who wrote something. `parts`: the items of each
    index. `earlier`: `part` of each earlier release of the same answers (or, where those who stayed are
    taken to have answered as before, of earlier rounds), one number for each of the same people. `beside`:
    the same where it is known who was asked and not who answered: it is given the rows and says which of them
    to give up (`admit`). Raises `KernelError` for shapes and numbers that do not fit, and for both at once.
    """
    if k_detail < k:
        raise KernelError("the threshold for details is not below the one for means")
    if earlier and beside:
        raise KernelError("what was released earlier is told by `earlier` or by `beside`, not by both")
    some, own, counted = tally(answers, unit, units=forest.size, scale=scale)
    rows = protect(forest, own, k=k)
    admission = None
    if earlier:
        now = np.where(some, rows.home[unit], -1)
        every: Bools = np.min(np.asarray(answers), axis=1, initial=scale) > 0
        admission = admit(earlier, now, rows.forest.parent, rows.people, k=k, complete=every)
    elif beside:
        admission = beside(rows)
    if admission:
        rows = without(forest, own, rows, admission.given_up)
    base = at_rows(rows, counted)
    total = rows.forest.rolled(base)
    means = show_items(rows, base, k=k, total=total)
    details = show_items(rows, base, k=k_detail, may=means.shown, total=total)
    people = audit(forest, own, rows, k=k)
    of_items, unanimous = audit_items(rows, means.shown, total, k=k)
    of_details, alike = audit_items(rows, details.shown, total, k=k_detail)
    answered = np.where(means.shown, people_in(total), 0)
    weighed = sum((total[:, :, each] * (each + 1) for each in range(scale)), start=np.zeros_like(answered))
    sums = np.where(means.shown, weighed, 0)
    return Release(
        rows=rows,
        answered=answered,
        sums=sums,
        means=rounded_means(sums, answered),
        counts=np.where(details.shown[..., None], total, 0),
        shown=means.shown,
        detailed=details.shown,
        reason=means.reason,
        texts=_texts(rows, forest, unit, wrote, k_detail),
        indices=_indices(means.shown, parts),
        part=np.where(some, rows.home[unit], -1),
        people=people,
        items=of_items,
        details=of_details,
        joint=admission.certificate if admission else None,
        unanimous=unanimous + alike,
    )


def rounded_means(sums: Ints, answered: Ints) -> npt.NDArray[np.float64]:
    """Means to one decimal, halves up, by whole numbers, so that no machine rounds another way; NaN for
    none.
    """
    tenths = (20 * sums + answered) // np.maximum(2 * answered, 1)
    return np.where(answered > 0, tenths / 10, np.nan)


def _texts(rows: Rows, forest: Forest, unit: Ints, wrote: Bools | None, k: int) -> Bools:
    """(rows,): text of a row less that of the rows below is text of a residual: k wrote it, or nobody."""
    if wrote is None:
        return np.zeros(rows.size, dtype=bool)
    writers = np.bincount(np.asarray(unit)[wrote], minlength=forest.size)
    return show_items(rows, at_rows(rows, writers)[:, None, None], k=k).shown[:, 0]


def _indices(shown: Bools, parts: Sequence[Sequence[int]]) -> Bools:
    found = np.zeros((shown.shape[0], len(parts)), dtype=bool)
    for place, items in enumerate(parts):
        found[:, place] = shown[:, list(items)].all(axis=1)
    return found
