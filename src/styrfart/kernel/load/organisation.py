"""Units in an order where all below a unit follows right after it, so that a claim is one interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from styrfart.kernel.errors import KernelError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Organisation:
    """A forest of units with their own staff. Units are numbered from 0; all arrays are by unit but `order`.

    `place`: where the unit stands in the order; `end`: the first place after all that is below it; `order`:
    the unit at each place; `staff`: people employed in the unit itself, not below it.
    """

    parents: Ints
    staff: Ints
    place: Ints
    end: Ints
    order: Ints
    depth: Ints

    @property
    def staffed(self) -> Ints:
        """Staff at each place of the order."""
        return self.staff[self.order]


def organisation(parents: Sequence[int] | Ints, staff: Sequence[int] | Ints) -> Organisation:
    """The organisation of units whose parents are given by number (−1: none), with each unit's own staff.

    Raises `KernelError` for unequal lengths, a parent that is no unit, a circle, or negative staff.
    """
    above = np.asarray(parents, dtype=np.int64)
    own = np.asarray(staff, dtype=np.int64)
    count = above.size
    if above.shape != own.shape or above.ndim != 1 or not count:
        raise KernelError("each unit has a parent and a number of staff, and there is a unit")
    if above.min() < -1 or above.max() >= count or own.min() < 0:
        raise KernelError("a parent is a unit's number or -1, and staff is not negative")
    depth = _depths(above)
    sizes = np.ones(count, dtype=np.int64)
    for level in range(int(depth.max()), 0, -1):
        units = np.flatnonzero(depth == level)
        np.add.at(sizes, above[units], sizes[units])
    place = np.empty(count, dtype=np.int64)
    for level in range(int(depth.max()) + 1):
        units = np.flatnonzero(depth == level)
        units = units[np.argsort(above[units], kind="stable")]
        before = np.cumsum(sizes[units]) - sizes[units]
        is_first = np.append(True, above[units][1:] != above[units][:-1])
        since = before - np.maximum.accumulate(np.where(is_first, before, 0))
        place[units] = since if level == 0 else place[above[units]] + 1 + since
    order = np.empty(count, dtype=np.int64)
    order[place] = np.arange(count)
    return Organisation(above, own, place, place + sizes, order, depth)


def _depths(above: Ints) -> Ints:
    depth = np.zeros(above.size, dtype=np.int64)
    reached = above.copy()
    while (inside := reached >= 0).any():
        depth += inside
        if depth.max() >= above.size:
            raise KernelError("units stand in a circle")
        reached = np.where(inside, above[reached], -1)
    return depth


def common_ancestor(org: Organisation, ones: Ints, others: Ints) -> Ints:
    """The lowest unit that both lie below (or are), pair by pair; −1 where they have none in common."""
    ones, others = ones.copy(), others.copy()
    while (apart := ones != others).any():
        depth_of_one = np.where(ones >= 0, org.depth[ones], -1)
        depth_of_other = np.where(others >= 0, org.depth[others], -1)
        climbs = apart & (depth_of_one >= depth_of_other)
        other_climbs = apart & (depth_of_other >= depth_of_one)
        ones = np.where(climbs, org.parents[ones], ones)
        others = np.where(other_climbs, org.parents[others], others)
    return ones
