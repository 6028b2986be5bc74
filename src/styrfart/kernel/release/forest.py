"""Units in trees: who stands under whom, and sums from below."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from styrfart.kernel.errors import KernelError

Ints = npt.NDArray[np.integer[Any]]
Bools = npt.NDArray[np.bool_]
DEEPEST = 200  # levels; a longer chain is taken for a circle


def starts_of(values: Ints) -> Ints:
    """Where each run of equal values begins."""
    changes = np.flatnonzero(values[1:] != values[:-1]) + 1
    return np.concatenate((np.zeros(min(values.size, 1), dtype=np.int64), changes))


@dataclass(frozen=True, eq=False)
class Forest:
    """Nodes by number; `parent` (nodes,) has each one's parent, -1 for a root.

    `order` (nodes,): by depth, then by parent, so that siblings lie side by side. `depth` (nodes,).
    Raises `KernelError` for a parent that is no node, a circle, or more than 200 levels.
    """

    parent: Ints

    def __post_init__(self) -> None:
        parent = np.asarray(self.parent, dtype=np.int64)
        if parent.ndim != 1 or (parent.size and (parent.min() < -1 or parent.max() >= parent.size)):
            raise KernelError("parent is one row of node numbers, -1 for a root")
        object.__setattr__(self, "parent", parent)
        _ = self.depth  # raises for a circle

    @property
    def size(self) -> int:
        return int(self.parent.size)

    @cached_property
    def depth(self) -> Ints:
        depth = np.zeros(self.size, dtype=np.int64)
        above = self.parent
        for _ in range(DEEPEST):
            has = above >= 0
            if not has.any():
                return depth
            depth += has
            above = np.where(has, self.parent[above], -1)
        raise KernelError("the units go in a circle, or more than 200 levels deep")

    @cached_property
    def order(self) -> Ints:
        # One key sorts quicker than two.
        return np.argsort(self.depth * (self.size + 1) + self.parent, kind="stable")

    @cached_property
    def levels(self) -> tuple[Ints, ...]:
        """The nodes of each depth, in order, the roots first."""
        ends = np.cumsum(np.bincount(self.depth, minlength=1)) if self.size else np.zeros(1, dtype=np.int64)
        return tuple(np.split(self.order, ends[:-1]))

    @cached_property
    def _spans(self) -> tuple[Ints, Ints]:
        """Where each node's children begin and end in `order`."""
        begin, end = np.zeros((2, self.size), dtype=np.int64)
        above = self.parent[self.order]
        if self.size:
            first = starts_of(above)
            last = np.append(first[1:], self.size)
            inner = above[first] >= 0
            begin[above[first[inner]]] = first[inner]
            end[above[first[inner]]] = last[inner]
        return begin, end

    def children(self, node: int) -> list[int]:
        """The children of a node, by number; of -1 the roots."""
        if node < 0:
            found: list[int] = self.levels[0].tolist() if self.size else []
            return found
        begin, end = self._spans
        below: list[int] = self.order[begin[node] : end[node]].tolist()
        return below

    def rolled(self, values: npt.NDArray[Any], where: Bools | None = None) -> npt.NDArray[Any]:
        """Each node's own values (nodes, …) with those of all below.

        With `where` (nodes,) or (nodes, …) only values for which it holds are handed on to the parent.
        """
        sums = np.array(values)
        for nodes in self.levels[:0:-1]:
            handed = sums[nodes]
            if where is not None:
                holds = where[nodes]
                handed = np.where(holds.reshape(holds.shape + (1,) * (handed.ndim - holds.ndim)), handed, 0)
            above = self.parent[nodes]
            first = starts_of(above)
            sums[above[first]] += np.add.reduceat(handed, first, axis=0)
        return sums
