"""When a new claim would fit: the free weeks, what hinders the wished one, and what lies beside it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from styrfart.kernel.errors import KernelError
from styrfart.kernel.load.organisation import Ints
from styrfart.kernel.load.picture import Picture, excesses
from styrfart.kernel.load.table import FINE, STAGES, Table, table_of
from styrfart.kernel.load.values import Beside, Claim, FreeWeeks, Hinder, Limit


@dataclass(frozen=True, eq=False)
class Tight:
    """The tightest place of one part of a claim, week by week: how far it may rise, and where that is."""

    limit: Limit
    headroom: Ints
    row: Ints
    adds: Ints  # by stage


def free_weeks(picture: Picture, claim: Claim, *, earliest: int = 0, most: int | None = None) -> FreeWeeks:
    """Starts from `earliest` at which the claim breaks no limit that it adds to, anywhere that it lies.

    A limit that is broken already hinders only a claim that adds to it. Only starts whose whole claim lies
    within the picture are judged. `most`: give only so many. The claim is not one of the picture's; to ask
    about one that is, make the picture without it. Raises `KernelError` for a claim that is not one.
    """
    if any(each.key == claim.key for each in picture.claims):
        raise KernelError("a claim that is in the picture already would be counted twice")
    table = table_of(picture.org, [claim], picture.weights, picture.limits.large_from)
    tight = _tight(picture, table)
    blocked = np.zeros((STAGES, picture.weeks), dtype=np.bool_)
    for each in tight:
        blocked |= (each.headroom[None, :] < each.adds[:, None]) & (each.adds[:, None] > 0)
    before, live, after = claim.weeks
    starts = np.arange(max(earliest, before), picture.weeks - live - after + 1)
    hindered = np.zeros(starts.size, dtype=np.bool_)
    for stage, (since, until) in enumerate(((-before, 0), (0, live), (live, live + after))):
        sums = np.append(0, np.cumsum(blocked[stage]))
        hindered |= sums[starts + until] > sums[starts + since]
    free = starts[~hindered].tolist()
    return FreeWeeks(
        starts=tuple(free[:most]),
        hinders=_hinders(picture, table, tight),
        beside=beside(picture, claim),
    )


def beside(picture: Picture, claim: Claim) -> tuple[Beside, ...]:
    """What else lies on any of the claim's units in any of its weeks: most people first, then as given."""
    own = table_of(picture.org, [claim], picture.weights, picture.limits.large_from)
    table = picture.table
    heads = np.append(0, np.cumsum(picture.org.staffed))
    low = np.maximum(table.place[:, None], own.place[None, :])
    high = np.minimum(table.end[:, None], own.end[None, :])
    shared = np.where(high > low, heads[high] - heads[np.minimum(low, high)], 0).sum(axis=1)
    people = np.zeros(len(picture.claims), dtype=np.int64)
    np.add.at(people, table.claim, shared)
    since = np.maximum(table.edges[:, 0], own.edges[0, 0])
    until = np.minimum(table.edges[:, STAGES], own.edges[0, STAGES])
    found = [
        Beside(picture.claims[each].key, int(people[each]), tuple(range(int(since[each]), int(until[each]))))
        for each in np.flatnonzero((people > 0) & (until > since))
        if picture.claims[each].key != claim.key
    ]
    return tuple(sorted(found, key=lambda each: -each.people))


def additions(table: Table, part: int, claim: int) -> dict[Limit, Ints]:
    """What a part adds to each limit's sum in each stage."""
    large = np.full(STAGES, int(table.is_large[claim]), dtype=np.int64)
    return {Limit.LARGE: large, Limit.LOAD: table.load[part], Limit.SATURATION: table.hours[part]}


def _tight(picture: Picture, table: Table) -> tuple[Tight, ...]:
    """For each part and limit: the least headroom among the places with staff."""
    found: list[Tight] = []
    for limit, excess in excesses(picture, picture.grid).items():
        for part in range(table.claim.size):
            rows = np.arange(table.place[part], table.end[part])
            rows = rows[picture.org.staffed[rows] > 0]
            if rows.size:
                within = excess[rows]
                worst = within.argmax(axis=0)
                headroom = -within[worst, np.arange(picture.weeks)]
                found.append(Tight(limit, headroom, rows[worst], additions(table, part, 0)[limit]))
    return tuple(found)


def _hinders(picture: Picture, table: Table, tight: tuple[Tight, ...]) -> tuple[Hinder, ...]:
    """What breaks at the start that the claim has: for each limit its worst week."""
    stage = _stages(table.edges[0], picture.weeks)
    worst: dict[Limit, tuple[int, Hinder]] = {}
    for each in tight:
        adds = np.where(stage >= 0, each.adds[np.maximum(stage, 0)], 0)
        excess = np.where(adds > 0, adds - each.headroom, 0)
        week = int(excess.argmax())
        if excess[week] > worst.get(each.limit, (0, None))[0]:
            worst[each.limit] = (int(excess[week]), _hinder(picture, each, week, int(adds[week])))
    return tuple(worst[limit][1] for limit in Limit if limit in worst)


def _hinder(picture: Picture, tight: Tight, week: int, adds: int) -> Hinder:
    row = int(tight.row[week])
    grids = {
        Limit.LARGE: picture.grid.large,
        Limit.LOAD: picture.grid.load,
        Limit.SATURATION: picture.grid.hours,
    }
    here = int(grids[tight.limit][row, week])
    unit = 1 if tight.limit is Limit.LARGE else FINE
    allowed = (here + int(tight.headroom[week])) / unit
    return Hinder(tight.limit, week, int(picture.org.order[row]), (here + adds) / unit, allowed)


def _stages(edges: Ints, weeks: int) -> npt.NDArray[np.int64]:
    """The stage that each week of the picture is in for a claim; −1 outside it."""
    stage = np.searchsorted(edges, np.arange(weeks), side="right") - 1
    return np.asarray(np.where((stage >= 0) & (stage < STAGES), stage, -1))
