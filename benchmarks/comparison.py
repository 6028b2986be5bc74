"""One way to show what a benchmark found: a table for the reader, a JSON line a row for the machine.

rows = [Row("rostering, 2 000 people", 580.0, "matching 1.4.3, same run", 18.0, "ms", Bound.AT_MOST, 25.0)]
raise SystemExit(show("matching", rows))
"""

import enum
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


class Bound(enum.StrEnum):
    AT_MOST = "at most"
    AT_LEAST = "at least"
    NONE = "no limit"


@dataclass(frozen=True)
class Row:
    """What was measured beside what it is compared with, in the same unit.

    `reference` is a figure that was published, or measured in the same run; None where there is none, and
    then `source` says why. `limit` is what the design asks of `ours`.
    """

    what: str
    reference: float | None
    source: str
    ours: float
    unit: str
    bound: Bound = Bound.NONE
    limit: float = 0.0

    @property
    def ratio(self) -> float | None:
        return self.ours / self.reference if self.reference else None

    @property
    def is_met(self) -> bool:
        if self.bound is Bound.AT_MOST:
            return self.ours <= self.limit
        return self.bound is Bound.NONE or self.ours >= self.limit


def show(benchmark: str, rows: Sequence[Row]) -> int:
    """Print the rows as a table and as JSON lines; 1 when a limit is missed, else 0: a process's answer."""
    head = ("", "reference", "ours", "ratio", "limit", "", "reference is from")
    table = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(head))]
    print(f"\n{benchmark}")
    for line in table:
        first, *rest = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join([first, *rest]).rstrip())
    for row in rows:
        print(json.dumps({"benchmark": benchmark, **asdict(row), "ratio": row.ratio, "is_met": row.is_met}))
    return 0 if all(row.is_met for row in rows) else 1


def _cells(row: Row) -> tuple[str, ...]:
    reference = "" if row.reference is None else f"{row.reference:.6g} {row.unit}"
    ratio = "" if row.ratio is None else f"{row.ratio:.4f}"
    limit = "" if row.bound is Bound.NONE else f"{row.bound} {row.limit:.6g}"
    met = "" if row.bound is Bound.NONE else "met" if row.is_met else "MISSED"
    return row.what, reference, f"{row.ours:.6g} {row.unit}", ratio, limit, met, row.source
