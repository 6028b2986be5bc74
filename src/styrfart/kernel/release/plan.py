"""Before launch: which units will be reported, which joined, and how sure that is."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

from styrfart.kernel.errors import KernelError
from styrfart.kernel.release.forest import Bools, Forest, Ints
from styrfart.kernel.release.publish import K
from styrfart.kernel.release.rows import Rows, protect


@dataclass(frozen=True, eq=False)
class Plan:
    """What the report is going to look like, if people answer as expected.

    `expected` (units,): answers expected from the people who stand at each unit. `rows`: the rows they
    would give, with clusters. `everybody`: the rows if all invited answer. `chance` (units,): the
    probability that a unit, with those below, reaches k if each invited answers by chance at the same rate,
    one by one (binomial): it says which promises are safe, not what will happen. It is 0 for a unit with
    fewer than k invited, which can never have a row of its own.
    """

    expected: Ints
    rows: Rows
    everybody: Rows
    chance: npt.NDArray[np.float64]

    @property
    def may_come(self) -> Bools:
        """(units,): a row of its own if all answer, though not as expected."""
        own = np.zeros((2, self.chance.size), dtype=bool)
        for place, rows in enumerate((self.rows, self.everybody)):
            own[place, rows.unit[rows.unit >= 0]] = True
        found: Bools = own[1] & ~own[0]
        return found


def plan(forest: Forest, invited: Ints, *, rate: float, k: int = K) -> Plan:
    """The report that `invited` (units,) people, counted where they stand, would give at a response `rate`.

    Expected answers are rounded along the tree, so that each unit with all below it is within one of its
    expectation: what rounding takes from one unit is given to the next.
    Raises `KernelError` for a rate outside 0 to 1 and for counts that do not fit.
    """
    invited = np.asarray(invited, dtype=np.int64)
    if not 0 <= rate <= 1 or invited.shape != (forest.size,) or (invited.size and invited.min() < 0):
        raise KernelError("a rate is between 0 and 1, and each unit has a number of invited")
    order = _preorder(forest)
    running = np.floor(np.cumsum(invited[order]) * rate + 0.5)
    expected = np.zeros(forest.size, dtype=np.int64)
    expected[order] = np.minimum(np.diff(running, prepend=0), invited[order])
    chance = binom.sf(k - 1, forest.rolled(invited), rate)
    return Plan(expected, protect(forest, expected, k=k), protect(forest, invited, k=k), chance)


def _preorder(forest: Forest) -> Ints:
    """Units so that each comes before those below it, and a unit's own lie side by side."""
    found: list[int] = []
    waiting = forest.children(-1)[::-1]
    while waiting:
        unit = waiting.pop()
        found.append(unit)
        waiting += forest.children(unit)[::-1]
    return np.array(found, dtype=np.int64)
