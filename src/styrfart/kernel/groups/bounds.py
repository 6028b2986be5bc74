"""Costs that no partition goes under, for each criterion: what makes a grouping provably the best."""

import numpy as np

from styrfart.kernel.groups.kinds import Kind
from styrfart.kernel.groups.problem import Criterion, Ints

TWO_LABELS = 4_000_000  # groups times people up to which the bound on two labels is exact


def pairs(count: Ints) -> int:
    return int((count * (count - 1) // 2).sum())


def spread(count: int, parts: int) -> int:
    """The fewest same pairs when `count` alike are shared among `parts` groups: as evenly as possible.

    The number of pairs is convex in a group's share, so q or q + 1 in each is best (Jensen).
    """
    if parts == 0:
        return 0
    each, more = divmod(count, parts)
    return more * (each * (each + 1) // 2) + (parts - more) * (each * (each - 1) // 2)


def same_at_least(counts: Ints, sizes: Ints, *, nobody_alone: bool) -> int:
    """The fewest pairs with the same label in groups of `sizes`, when labels have `counts` people each.

    The larger of two bounds: each label spread over the groups, and each group's members over the labels.
    Where nobody may be alone with their label, a label comes in twos at least.
    """
    by_label = 0
    for count in counts.tolist():
        parts = min(len(sizes), count // 2) if nobody_alone and count > 1 else len(sizes)
        by_label += spread(count, parts)
    by_group = sum(spread(size, len(counts)) for size in sizes.tolist()) if len(counts) else 0
    return max(by_label, by_group)


def same_at_most(counts: Ints, sizes: Ints) -> int:
    """The most pairs with the same label: each label by itself fills the largest groups, one after the other.

    The number of pairs is convex, so the sum over groups is largest at a corner: full groups and a rest.
    """
    widest = np.sort(sizes)[::-1]
    filled = np.concatenate([[0], np.cumsum(widest)])
    within = np.concatenate([[0], np.cumsum(widest * (widest - 1) // 2)])
    total = 0
    for count in counts.tolist():
        full = int(np.searchsorted(filled, count, side="right")) - 1
        rest = count - int(filled[full])
        total += int(within[full]) + rest * (rest - 1) // 2
    return min(total, pairs(sizes))


def least_of_two(first: int, second: int, sizes: Ints, *, nobody_alone: bool) -> int | None:
    """The fewest pairs with the same label when there are two labels of so many people: exactly.

    Dynamic programming over groups and how many of the first label are placed so far; None where nobody may
    be alone and that cannot be.
    """
    far = np.iinfo(np.int64).max // 4
    least = np.full(first + 1, far, dtype=np.int64)
    least[0] = 0
    for size in sizes.tolist():
        after = np.full_like(least, far)
        for share in range(min(size, first) + 1):
            rest = size - share
            is_alone = (share == 1 and first > 1) or (rest == 1 and second > 1)
            if nobody_alone and is_alone:
                continue
            cost = share * (share - 1) // 2 + rest * (rest - 1) // 2
            np.minimum(after[share:], least[: first + 1 - share] + cost, out=after[share:])
        least = after
    return int(least[first]) if least[first] < far else None


def least_cost(criterion: Criterion, placed: Ints, sizes: Ints, *, nobody_alone: bool) -> int:
    """A cost of `criterion` that no partition of the people `placed` into groups of `sizes` goes under."""
    labels = criterion.labels[placed]
    counts = np.bincount(labels[labels >= 0])
    counts = counts[counts > 0]
    if criterion.kind is Kind.DISSIMILAR:
        unknown = np.ones(int((labels < 0).sum()), dtype=np.int64)
        all_counts = np.concatenate([counts, unknown])
        least = same_at_least(all_counts, sizes, nobody_alone=nobody_alone)
        if len(counts) == 2 and not unknown.size and len(sizes) * len(placed) <= TWO_LABELS:
            exact = least_of_two(int(counts[0]), int(counts[1]), sizes, nobody_alone=nobody_alone)
            least = least if exact is None else exact
        return criterion.weight * least
    return criterion.weight * (pairs(sizes) - same_at_most(counts, sizes))


def alone_at_least(criterion: Criterion, placed: Ints) -> int:
    """People who are alone with their label whatever is done: nobody else who is placed has it."""
    labels = criterion.labels[placed]
    return int((np.bincount(labels[labels >= 0]) == 1).sum())
