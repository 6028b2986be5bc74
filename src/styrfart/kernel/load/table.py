"""Claims as columns of whole numbers: what each adds, where, and when.

All sums are of whole billionths. Decimals with up to nine digits are held exactly, so sums do not depend on
the order of adding, a limit of 3.0 is not passed by ten times 0.3, and every process says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from styrfart.kernel.errors import KernelError
from styrfart.kernel.load.organisation import Floats, Ints, Organisation
from styrfart.kernel.load.values import Claim, Weights

FINE = 1_000_000_000
STAGES = 3
MOST_IMPACT = 5


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of parts, sorted by claim and place. `edges` and the flags are by claim, in the order given."""

    claim: Ints  # of each part
    unit: Ints
    place: Ints
    end: Ints
    share: Floats
    load: Ints  # parts × stages, billionths
    hours: Ints  # parts × stages, billionths of an hour per person of the unit
    edges: Ints  # claims × 4: first week of each stage, and the first week after
    is_change: npt.NDArray[np.bool_]
    is_large: npt.NDArray[np.bool_]


def table_of(org: Organisation, claims: Sequence[Claim], weights: Weights, large_from: float) -> Table:
    """The claims as columns. Raises `KernelError` for what `Claim` does not allow."""
    if len({claim.key for claim in claims}) != len(claims):
        raise KernelError("each claim has a key of its own")
    parts = [(each, part.unit, part.share) for each, claim in enumerate(claims) for part in claim.parts]
    claim = np.array([row[0] for row in parts], dtype=np.int64)
    unit = np.array([row[1] for row in parts], dtype=np.int64)
    share = np.array([row[2] for row in parts], dtype=np.float64)
    start = np.array([each.start for each in claims], dtype=np.int64)
    weeks = np.array([each.weeks for each in claims], dtype=np.int64).reshape(-1, STAGES)
    impact = np.array([each.impact for each in claims], dtype=np.float64)
    hours = np.array([each.hours for each in claims], dtype=np.float64).reshape(-1, STAGES)
    _check(org, unit, share, weeks, impact, hours)
    if any(not each.parts or each.delay < 0 for each in claims):
        raise KernelError("a claim lies on some unit, and is not put off by less than nothing")
    order = np.lexsort((org.place[unit], claim))
    claim, unit, share = claim[order], unit[order], share[order]
    place, end = org.place[unit], org.end[unit]
    if ((claim[1:] == claim[:-1]) & (place[1:] < end[:-1])).any():
        raise KernelError("no two parts of a claim lie on the same unit, or one below the other")
    stage_weights = np.array([weights.prepare, weights.live, weights.settle])
    if stage_weights.min() < 0:
        raise KernelError("no stage weighs less than nothing")
    first = start - weeks[:, 0]
    edges = np.stack([first, start, start + weeks[:, 1], start + weeks[:, 1] + weeks[:, 2]], axis=1)
    return Table(
        claim=claim,
        unit=unit,
        place=place,
        end=end,
        share=share,
        load=fine((impact[claim] * share)[:, None] * stage_weights),
        hours=fine(share[:, None] * hours[claim]),
        edges=edges,
        is_change=impact > 0,
        is_large=(impact > 0) & (impact >= large_from),
    )


def fine(values: Floats) -> Ints:
    """In whole billionths."""
    return np.rint(values * FINE).astype(np.int64)


def _check(org: Organisation, unit: Ints, share: Floats, weeks: Ints, impact: Floats, hours: Floats) -> None:
    if unit.size and (unit.min() < 0 or unit.max() >= org.staff.size):
        raise KernelError("a claim lies on units of the organisation")
    if not ((share >= 0) & (share <= 1)).all():
        raise KernelError("a share of staff is 0 to 1")
    if not ((impact == 0) | ((impact >= 1) & (impact <= MOST_IMPACT))).all():
        raise KernelError("the impact of a change is 1 to 5; of an activity it is 0")
    # 168 hours a week; a claim of no week at all would not be seen.
    if weeks.size and (weeks.min() < 0 or weeks.sum(axis=1).min() < 1):
        raise KernelError("a claim has at least one week in some stage")
    if not ((hours >= 0) & (hours <= 168)).all():
        raise KernelError("hours a week are 0 to 168")
