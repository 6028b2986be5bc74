"""The load picture: per unit and week what its people carry, and the same rolled up to any unit or group."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from styrfart.kernel.errors import KernelError
from styrfart.kernel.load.organisation import Floats, Ints, Organisation, common_ancestor
from styrfart.kernel.load.table import FINE, STAGES, Table, fine, table_of
from styrfart.kernel.load.values import Asked, Claim, Limit, Limits, Weights

BITS = {Limit.LARGE: 1, Limit.LOAD: 2, Limit.SATURATION: 4}
MOST = 2**62


@dataclass(frozen=True, eq=False)
class Grid:
    """Units (in the organisation's order) × weeks, in whole numbers; billionths for load and hours."""

    load: Ints
    hours: Ints
    changes: Ints
    large: Ints


@dataclass(frozen=True, eq=False)
class Rolled:
    """Groups × weeks. Means are over all staff of the group, weighed by heads."""

    people: Ints  # by group
    change_load: Floats  # mean
    hours: Floats  # mean, a person and week
    person_hours: Floats
    changes: Ints  # different changes that lie on someone in the group
    large: Ints
    above: Ints  # people in units above some limit


@dataclass(frozen=True, eq=False)
class Picture:
    """What lies on whom and when. Arrays are units × weeks, by the unit's number, of its own staff."""

    org: Organisation
    claims: tuple[Claim, ...]
    weeks: int
    limits: Limits
    weights: Weights
    table: Table
    grid: Grid
    room: Ints | None  # billionths of an hour that may be asked, in the organisation's order

    @cached_property
    def change_load(self) -> Floats:
        """Σ impact × share affected × weight of the stage."""
        return np.asarray(self.grid.load[self.org.place] / FINE)

    @cached_property
    def hours(self) -> Floats:
        """Asked of a person on average, a week."""
        return np.asarray(self.grid.hours[self.org.place] / FINE)

    @cached_property
    def changes(self) -> Ints:
        """Changes at once, in any stage: the plain count, always beside the load."""
        return self.grid.changes[self.org.place]

    @cached_property
    def large(self) -> Ints:
        """Large changes at once."""
        return self.grid.large[self.org.place]

    @cached_property
    def over(self) -> npt.NDArray[np.uint8]:
        """Which limits are broken, as bits: 1 large, 2 load, 4 saturation. 0 where a unit has no staff."""
        return self.broken[self.org.place]

    @cached_property
    def broken(self) -> npt.NDArray[np.uint8]:
        """As `over`, in the organisation's order."""
        found = np.zeros(self.grid.load.shape, dtype=np.uint8)
        for limit, excess in excesses(self, self.grid).items():
            found |= (excess > 0).astype(np.uint8) * np.uint8(BITS[limit])
        found[self.org.staffed == 0] = 0
        return found


def load_picture(
    org: Organisation,
    claims: Sequence[Claim],
    *,
    weeks: int,
    capacity: npt.ArrayLike | None = None,
    limits: Limits | None = None,
    weights: Weights | None = None,
) -> Picture:
    """The load of `weeks` weeks from week 0: a claim lies on its units and all below, in each of its stages.

    `capacity`: hours that may be asked of a person a week: one number, or an array that broadcasts to units ×
    weeks (holidays are weeks with less). Weeks of claims outside the picture are not seen. A claim's part on
    a unit asks `share` of the staff of each unit below it alike.

    Raises `KernelError` for no weeks, negative capacity, or what `Claim` does not allow.
    """
    limits, weights = limits or Limits(), weights or Weights()
    if weeks < 1:
        raise KernelError("a picture has at least one week")
    table = table_of(org, claims, weights, limits.large_from)
    whole = [(table.edges[table.claim, 0], table.edges[table.claim, STAGES])]
    stages = [(table.edges[table.claim, at], table.edges[table.claim, at + 1]) for at in range(STAGES)]
    count = org.staff.size
    grid = Grid(
        load=spread(table, stages, table.load, count, weeks),
        hours=spread(table, stages, table.hours, count, weeks),
        changes=spread(table, whole, table.is_change[table.claim, None].astype(np.int64), count, weeks),
        large=spread(table, whole, table.is_large[table.claim, None].astype(np.int64), count, weeks),
    )
    most = max(int(grid.load.max()), int(grid.hours.max()))
    if most * max(int(org.staff.sum()), 1) > MOST:
        raise KernelError("the load is too great to add up exactly")
    room = _room(org, capacity, limits, weeks)
    return Picture(org, tuple(claims), weeks, limits, weights, table, grid, room)


def spread(table: Table, spans: Sequence[tuple[Ints, Ints]], values: Ints, count: int, weeks: int) -> Ints:
    """The sum of each part's values over its places and weeks: corners added once, then summed both ways."""
    corners = np.zeros((count + 1, weeks + 1), dtype=np.int64)
    for stage, (first, after) in enumerate(spans):
        # Values may pass 2^63 on the way (in signatures); sums wrap around and come out right.
        since, until = np.clip(first, 0, weeks), np.clip(after, 0, weeks)
        value = values[:, stage]
        np.add.at(corners, (table.place, since), value)
        np.add.at(corners, (table.place, until), -value)
        np.add.at(corners, (table.end, since), -value)
        np.add.at(corners, (table.end, until), value)
    np.cumsum(corners, axis=0, out=corners)
    np.cumsum(corners, axis=1, out=corners)
    return corners[:count, :weeks]


def excesses(picture: Picture, grid: Grid) -> dict[Limit, Ints]:
    """How far each limit that is set is passed (positive), unit by week, in the organisation's order."""
    found: dict[Limit, Ints] = {}
    if picture.limits.large is not None:
        found[Limit.LARGE] = grid.large - picture.limits.large
    if picture.limits.load is not None:
        found[Limit.LOAD] = grid.load - round(picture.limits.load * FINE)
    if picture.room is not None:
        found[Limit.SATURATION] = grid.hours - picture.room
    return found


def below(picture: Picture) -> Rolled:
    """Each unit with all below it: means over its people, different changes, people above a limit."""
    org = picture.org
    staff = org.staffed[:, None]
    load, hours = (_summed(org, staff * each) for each in (picture.grid.load, picture.grid.hours))
    people = _summed(org, staff)[:, 0]
    above = _summed(org, staff * (picture.broken > 0))
    changes, large = (
        _different(picture, flags) for flags in (picture.table.is_change, picture.table.is_large)
    )
    return _rolled(people, load, hours, changes, large, above)


def of_groups(picture: Picture, groups: Sequence[Sequence[tuple[int, int]]]) -> Rolled:
    """Any groups of people: an occupation, what a manager leads. Each is (unit, people of it) pairs.

    Raises `KernelError` for a unit twice in a group, or more people than its staff.
    """
    org, weeks = picture.org, picture.weeks
    shape = (len(groups), weeks)
    load, hours, changes, large, above = (np.zeros(shape, dtype=np.int64) for _ in range(5))
    people = np.zeros(len(groups), dtype=np.int64)
    for row, group in enumerate(groups):
        unit = np.array([each for each, _ in group], dtype=np.int64)
        heads = np.array([each for _, each in group], dtype=np.int64)
        if np.unique(unit).size != unit.size or (heads < 0).any() or (heads > org.staff[unit]).any():
            raise KernelError("a group has each unit once, and no more people than its staff")
        places = org.place[unit]
        people[row] = heads.sum()
        load[row] = (heads[:, None] * picture.grid.load[places]).sum(axis=0)
        hours[row] = (heads[:, None] * picture.grid.hours[places]).sum(axis=0)
        above[row] = (heads[:, None] * (picture.broken[places] > 0)).sum(axis=0)
        touched = _touching(picture, np.sort(places[heads > 0]))
        changes[row] = _running(picture, touched & picture.table.is_change)
        large[row] = _running(picture, touched & picture.table.is_large)
    return _rolled(people, load, hours, changes, large, above)


def asked(picture: Picture) -> tuple[Asked, ...]:
    """What each claim asks in all, in the order given: people, and person-hours before, from and after start.

    Weeks outside the picture count: moving a claim changes nothing of this.
    """
    org, table = picture.org, picture.table
    heads = _summed(org, org.staffed[:, None])[:, 0][table.unit]
    lengths = np.diff(table.edges, axis=1)[table.claim]
    count = len(picture.claims)
    people = np.bincount(table.claim, heads * table.share, minlength=count)
    totals = np.zeros((count, STAGES), dtype=np.int64)
    np.add.at(totals, table.claim, heads[:, None] * table.hours * lengths)
    return tuple(
        Asked(float(who), *(float(each) / FINE for each in row))
        for who, row in zip(people, totals.tolist(), strict=True)
    )


def _room(org: Organisation, capacity: npt.ArrayLike | None, limits: Limits, weeks: int) -> Ints | None:
    if capacity is None or limits.saturation is None:
        return None
    hours = np.broadcast_to(np.asarray(capacity, dtype=np.float64), (org.staff.size, weeks))
    if not ((hours >= 0) & (hours <= 168)).all() or limits.saturation < 0:
        raise KernelError("capacity is 0 to 168 hours a week, and saturation is not negative")
    return fine(hours[org.order] * limits.saturation)


def _summed(org: Organisation, values: Ints) -> Ints:
    """Sums over each unit and all below it, by the unit's number, of values in the organisation's order."""
    sums = np.zeros((values.shape[0] + 1, values.shape[1]), dtype=np.int64)
    np.cumsum(values, axis=0, out=sums[1:])
    return np.asarray(sums[org.end] - sums[org.place])


def _different(picture: Picture, flags: npt.NDArray[np.bool_]) -> Ints:
    """Different claims with a flag that lie on anyone in each unit or below it, week by week.

    A claim from above (or here) is one interval and counts once. Of parts below, each counts, less one where
    two that follow each other in the order have their lowest unit in common: then each claim counts once.
    """
    org, table, weeks = picture.org, picture.table, picture.weeks
    first, after = (np.clip(table.edges[:, at], 0, weeks)[table.claim] for at in (0, STAGES))
    value = flags[table.claim].astype(np.int64)
    follows = np.flatnonzero(table.claim[1:] == table.claim[:-1])
    meets = common_ancestor(org, table.unit[follows], table.unit[follows + 1])
    follows, meets = follows[meets >= 0], meets[meets >= 0]
    marks = np.zeros((org.staff.size, weeks + 1), dtype=np.int64)
    for at, sign in ((first, 1), (after, -1)):
        np.add.at(marks, (table.place, at), sign * value)
        np.add.at(marks, (org.place[meets], at[follows]), -sign * value[follows])
    within = _summed(org, np.cumsum(marks, axis=1)[:, :weeks])
    # Strictly above: as the claim's own interval, without the unit that it lies on.
    corners = np.zeros((org.staff.size + 1, weeks + 1), dtype=np.int64)
    for at, sign in ((first, 1), (after, -1)):
        np.add.at(corners, (table.place + 1, at), sign * value)
        np.add.at(corners, (table.end, at), -sign * value)
    above = np.cumsum(np.cumsum(corners, axis=0), axis=1)[:-1, :weeks][org.place]
    return np.asarray(within + above)


def _touching(picture: Picture, places: Ints) -> npt.NDArray[np.bool_]:
    """Which claims lie on any of these places (sorted)."""
    table = picture.table
    inside = np.searchsorted(places, table.end) > np.searchsorted(places, table.place)
    touched = np.zeros(len(picture.claims), dtype=np.bool_)
    touched[table.claim[inside]] = True
    return touched


def _running(picture: Picture, which: npt.NDArray[np.bool_]) -> Ints:
    """How many of these claims there are in each week."""
    edges = np.clip(picture.table.edges[which], 0, picture.weeks)
    starts = np.bincount(edges[:, 0], minlength=picture.weeks + 1)
    ends = np.bincount(edges[:, STAGES], minlength=picture.weeks + 1)
    return np.asarray(np.cumsum(starts - ends)[: picture.weeks], dtype=np.int64)


def _rolled(people: Ints, load: Ints, hours: Ints, changes: Ints, large: Ints, above: Ints) -> Rolled:
    heads = np.maximum(people, 1)[:, None]
    return Rolled(
        people=people,
        change_load=np.asarray(load / (FINE * heads)),
        hours=np.asarray(hours / (FINE * heads)),
        person_hours=np.asarray(hours / FINE),
        changes=changes,
        large=large,
        above=above,
    )
