"""An integer program of columns that are 0 or 1, built row by row and solved by HiGHS."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from styrfart.kernel.load.organisation import Floats


class Program:
    """Rows over columns of 0 and 1; the smallest cost that keeps every row within its bounds."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self._rows: list[int] = []
        self._columns: list[int] = []
        self._values: list[float] = []
        self._low: list[float] = []
        self._high: list[float] = []

    def row(self, entries: list[tuple[int, float]], *, low: float = -np.inf, high: float = np.inf) -> None:
        for column, value in entries:
            self._rows.append(len(self._low))
            self._columns.append(column)
            self._values.append(value)
        self._low.append(low)
        self._high.append(high)

    def solve(self, costs: Floats, nodes: int) -> tuple[Floats | None, float, bool]:
        """The best columns found (None: none), a bound that no choice goes below, and whether any can exist.

        The search is counted in nodes, never in seconds: the same answer on any machine.
        """
        matrix = csr_array((self._values, (self._rows, self._columns)), shape=(len(self._low), self.columns))
        done = milp(
            costs,
            integrality=np.ones(self.columns),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, self._low, self._high),
            options={"node_limit": nodes, "mip_rel_gap": 0.0},
        )
        bound = done.mip_dual_bound
        found = None if done.x is None else np.asarray(np.round(done.x), dtype=np.float64)
        is_bounded = bound is not None and np.isfinite(bound)
        return found, float(bound) if is_bounded else 0.0, done.status != 2
