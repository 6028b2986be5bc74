"""The words of a release: how a unit is shown, why not, and the certificate. Imports nothing heavy."""

from dataclasses import dataclass
from enum import Enum, IntEnum


class Shown(IntEnum):
    """How a unit stands in the report. The reader sees the difference between the three, never the reason."""

    ITSELF = 0
    JOINTLY = 1  # as a part of a cluster of siblings, one row for all of them
    NOT = 2


class Reason(IntEnum):
    """Why a unit, an item or a cell is not shown: for the audit page, never for the report.

    Of several that hold, the one that was found first is kept.
    """

    NONE = 0  # it is shown
    EMPTY = 1  # nobody answered
    FEW = 2  # fewer answers than the threshold
    COMPLEMENT = 3  # it would show a smaller group by subtraction
    UNANIMOUS = 4  # all gave the same answer, or it would show that others did
    EARLIER = 5  # together with what was released before of the same answers it would show too few people
    WITHIN = 6  # it lies in a unit that is not shown
    ITEMS = 7  # an index of which an item is not shown


class Mode(Enum):
    """How a split by one attribute is shown."""

    WHOLE_UNITS = "whole_units"  # all categories of a unit, or none
    CELLS = "cells"  # each cell by itself, with others hidden so that none can be worked out


class Method(Enum):
    """What an audit rests on, that is: which guarantee it gives."""

    RESIDUALS = "residuals"
    """Exact. Nested groups: each group that can be derived is a union of residuals (disjoint), so the
    smallest residual is the smallest."""
    CUTS = "cuts"
    """Exact. Two partitions of the same people: the fewest people in any combination of published sums, with
    any coefficients, is the smallest cut of the graph whose nodes are the groups and whose edges the
    people."""
    CHAIN = "chain"
    """Safe, not exact. Three partitions or more: each was admitted against all that came before, with the
    reader granted every intersection of the earlier ones."""
    LINEAR_PROGRAM = "linear_program"
    """Exact for up to two partitions; for more a lower bound of the fewest people."""


@dataclass(frozen=True)
class Certificate:
    """What was proved of one release.

    `smallest`: people in the smallest group that can be derived (for CUTS and CHAIN: in any combination),
    None when nothing was released. `groups`: how many minimal groups, or cuts, were looked at. `leaks`: those
    of 1 to k - 1 people; 0 in everything this package releases.
    """

    method: Method
    k: int
    smallest: int | None
    groups: int
    leaks: int

    @property
    def holds(self) -> bool:
        return self.leaks == 0 and (self.smallest is None or self.smallest >= self.k)
