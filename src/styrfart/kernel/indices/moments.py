"""The sums that indices and their intervals need of each group; they add up from leaf to root."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from styrfart.kernel.errors import KernelError
from styrfart.kernel.indices.scale import Scale

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
MISSING = -1
ROWS = 1 << 16  # at a time: little memory, and sums of products that 32 bits hold without rounding


@dataclass(frozen=True, eq=False)
class Moments:
    """Of each group and pair of items, over those who answered both. Steps are counted from the lowest, and
    of reversed items from the highest.

    Whole numbers when counted from people, and so the same in whatever order they are added. They tell more
    than what may be published: they are for the process that computes, never for a table or a file.
    """

    people: Ints  # [group]: who answered anything
    pairs: Floats  # [group, item, item]: how many
    sums: Floats  # [group, item, item]: of the second item's steps
    products: Floats  # [group, item, item]

    def __len__(self) -> int:
        return len(self.people)

    @property
    def answers(self) -> Floats:
        """[group, item]: how many answered the item."""
        answers: Floats = np.diagonal(self.pairs, axis1=1, axis2=2)
        return answers

    @property
    def means(self) -> Floats:
        """[group, item]: the mean step; nan where nobody answered."""
        counted = self.answers
        total = np.diagonal(self.sums, axis1=1, axis2=2)
        means: Floats = np.divide(total, counted, out=np.full(counted.shape, np.nan), where=counted > 0)
        return means

    def merged(self, into: npt.ArrayLike, *, count: int) -> "Moments":
        """The moments of `count` larger groups. `into`: [group], which one each belongs to, or -1 for none.

        Raises `KernelError` for an `into` of another length or outside -1 to `count` - 1.
        """
        target = _whole(into)
        if target.shape != (len(self),) or np.any((target < -1) | (target >= count)):
            raise KernelError("`into` gives each group the number of a larger one, or -1")
        kept = target >= 0
        order = np.argsort(target[kept], kind="stable")
        sorted_to = target[kept][order]
        starts = np.flatnonzero(np.r_[True, sorted_to[1:] != sorted_to[:-1]]) if sorted_to.size else sorted_to

        def together(of: Floats) -> Floats:
            whole = np.zeros((count, *of.shape[1:]))
            if starts.size:
                whole[sorted_to[starts]] = np.add.reduceat(of[kept][order], starts, axis=0)
            return whole

        people = together(self.people.astype(np.float64)).astype(np.int64)
        return Moments(people, together(self.pairs), together(self.sums), together(self.products))

    def without(self, part: "Moments") -> "Moments":
        """The rest of each group when the `part` that is in it is taken out.

        Raises `KernelError` when a part has more answers than the whole.
        """
        if len(self) not in (1, len(part)) or self.pairs.shape[1:] != part.pairs.shape[1:]:
            raise KernelError("each part has its whole, or all have the same one, on the same scale")
        rest = Moments(
            self.people - part.people,
            self.pairs - part.pairs,
            self.sums - part.sums,
            self.products - part.products,
        )
        if np.any(rest.pairs < 0) or np.any(rest.people < 0) or np.any(rest.sums < 0):
            raise KernelError("a part has more answers than its whole")
        return rest


def count(answers: npt.ArrayLike, groups: npt.ArrayLike, *, scale: Scale, number: int) -> Moments:
    """The moments of `number` groups from people's answers.

    `answers`: [person, item], steps from `scale.lowest` to `scale.highest`; -1 or nan where there is none.
    `groups`: [person], 0 to `number` - 1, or -1 for nobody's. Deterministic to the bit: the sums are whole
    numbers.

    Raises `KernelError` for other shapes, steps or groups.
    """
    steps = _steps(answers, scale)
    belongs = _whole(groups)
    if belongs.shape != steps.shape[:1] or np.any((belongs < -1) | (belongs >= number)):
        raise KernelError("each person has one group from 0 to `number` - 1, or -1")
    order = np.argsort(belongs.astype(_narrow(number)), kind="stable")
    edges = np.searchsorted(belongs, np.arange(number + 1), sorter=order)
    width = len(scale.items)
    people = np.zeros(number)
    whole = np.zeros((number, 2 * width, 2 * width))
    exact = np.float32 if ROWS * scale.steps**2 < 2**24 else np.float64
    for first in range(0, len(order), ROWS):
        last = min(first + ROWS, len(order))
        rows = steps.take(order[first:last], axis=0)
        there = rows >= 0
        both = np.empty((last - first, 2 * width), dtype=exact)
        both[:, :width] = there
        np.maximum(rows, 0, out=both[:, width:])
        inside = np.clip(edges - first, 0, last - first)
        heard = np.r_[0, np.cumsum(there.any(axis=1))]
        people += heard[inside[1:]] - heard[inside[:-1]]
        for group in np.flatnonzero(inside[1:] > inside[:-1]):
            own = both[inside[group] : inside[group + 1]]
            whole[group] += own.T @ own
    return Moments(
        people.astype(np.int64),
        whole[:, :width, :width].copy(),
        whole[:, :width, width:].copy(),
        whole[:, width:, width:].copy(),
    )


def from_counts(counts: npt.ArrayLike, *, scale: Scale, correlation: float = 1.0) -> Moments:
    """The moments of groups of which only the answers to each item are known, not who gave which together.

    `counts`: [group, item, step from lowest to highest]. `correlation` between items within people is taken
    to be this; 1, the greatest possible, makes the intervals of sub-indices and total at least as wide as
    those from people (up to 1.4 times as wide for the total of HME). Count larger groups before, not after.

    Raises `KernelError` for another shape, negative counts or a correlation outside 0 to 1.
    """
    counted = np.asarray(counts, dtype=np.float64)
    if counted.ndim != 3 or counted.shape[1:] != (len(scale.items), scale.steps + 1):
        raise KernelError("counts are by group, item and step of the scale")
    if np.any(counted < 0) or not 0 <= correlation <= 1:
        raise KernelError("counts are not negative, and the correlation is from 0 to 1")
    step = np.broadcast_to(np.arange(scale.steps + 1.0), counted.shape[1:]).copy()
    step[_reversed(scale)] = step[_reversed(scale), ::-1]
    answers = counted.sum(axis=2)
    total = (counted * step).sum(axis=2)
    means = np.divide(total, answers, out=np.zeros_like(total), where=answers > 0)
    spread = np.maximum((counted * step**2).sum(axis=2) - means * total, 0)
    pairs = np.minimum(answers[:, :, None], answers[:, None, :])
    # The spread of as many as can have answered both.
    share = np.divide(pairs, answers[:, :, None], out=np.zeros_like(pairs), where=answers[:, :, None] > 0)
    deviation = np.sqrt(spread)[:, :, None] * np.sqrt(share)
    likeness = np.where(np.eye(len(scale.items), dtype=bool), 1.0, correlation)
    crossed = likeness * deviation * np.swapaxes(deviation, 1, 2)
    return Moments(
        answers.max(axis=1).astype(np.int64),
        pairs,
        pairs * means[:, None, :],
        crossed + pairs * means[:, :, None] * means[:, None, :],
    )


def _steps(answers: npt.ArrayLike, scale: Scale) -> npt.NDArray[Any]:
    """[person, item]: steps from the lowest, reversed ones from the highest; -1 where there is no answer."""
    given = np.asarray(answers)
    if given.ndim != 2 or given.shape[1] != len(scale.items):
        raise KernelError("answers are by person and item")
    if given.dtype.kind == "f":
        given = np.where(np.isnan(given), MISSING, given)
        if np.any(given != np.rint(given)):
            raise KernelError("an answer is a whole step")
    elif given.dtype.kind not in "iu":
        raise KernelError("answers are numbers")
    is_there = given != MISSING
    if np.any(is_there & ((given < scale.lowest) | (given > scale.highest))):
        raise KernelError("an answer is a step of the scale, or missing")
    steps = np.where(is_there, given - scale.lowest, MISSING).astype(
        np.int8 if scale.steps < 127 else np.int64
    )
    turned = _reversed(scale)
    if turned.size:
        steps[:, turned] = np.where(is_there[:, turned], scale.steps - steps[:, turned], MISSING)
    return steps


def _reversed(scale: Scale) -> Ints:
    return np.array(
        [at for at, item in enumerate(scale.items) if item in scale.reversed_items], dtype=np.int64
    )


def _whole(numbers: npt.ArrayLike) -> Ints:
    given = np.asarray(numbers)
    if given.dtype.kind not in "iu" and given.size:
        raise KernelError("groups are whole numbers")
    return given.astype(np.int64)


def _narrow(number: int) -> type[np.int16] | type[np.int64]:
    """The type whose stable sorting is fastest."""
    return np.int16 if number < 2**15 else np.int64
