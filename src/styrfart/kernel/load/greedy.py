"""What could wait, quickly: move what relieves most people-weeks to its first free week, then take back."""

from dataclasses import dataclass

import numpy as np

from styrfart.kernel.load.field import Field, Mover, Room
from styrfart.kernel.load.organisation import Ints
from styrfart.kernel.load.table import STAGES
from styrfart.kernel.load.values import Limit


def by_relief(field: Field) -> dict[int, int]:
    """Weeks later, by the mover's number, of those that are moved. No move adds to a limit that is broken."""
    room = field.copy()
    areas = _areas(field)
    moved: dict[int, int] = {}
    tried: set[int] = set()
    while (number := _most_relieving(field, room, areas, [*moved, *sorted(tried)])) is not None:
        field.put(room, number, 0, -1)
        later = next(iter(free_delays(field, room, field.movers[number])), 0)
        field.put(room, number, later, 1)
        if later:
            moved[number] = later
            # What had no free week before may have one now.
            tried.clear()
        else:
            tried.add(number)
    _take_back(field, room, moved)
    return dict(sorted(moved.items()))


def free_delays(field: Field, room: Room, mover: Mover) -> list[int]:
    """Delays of at least a week at which it breaks nothing that it adds to, given the room without it."""
    delays = np.arange(mover.delay + 1)
    is_free = delays > 0
    for piece in mover.pieces:
        for limit, adds in piece.adds.items():
            least = room[limit][piece.first : piece.after].min(axis=0)
            for stage in range(STAGES):
                if adds[stage] > 0:
                    sums = np.append(0, np.cumsum(least < adds[stage]))
                    since, until = (
                        np.clip(mover.edges[stage + at] + delays, 0, field.weeks) for at in (0, 1)
                    )
                    is_free &= sums[until] == sums[since]
    return [int(each) for each in np.flatnonzero(is_free)]


@dataclass(frozen=True, eq=False)
class Areas:
    """Where all movers lie now, for one limit: a row each."""

    number: Ints
    corners: Ints  # first segment, after, first week, after


def _areas(field: Field) -> dict[Limit, Areas]:
    rows: dict[Limit, list[tuple[int, int, int, int, int]]] = {limit: [] for limit in field.room}
    for number, mover in enumerate(field.movers):
        for each in mover.areas(0, field.weeks):
            rows[each.limit].append(
                (number, each.segments.start, each.segments.stop, each.weeks.start, each.weeks.stop)
            )
    found = {}
    for limit, each_row in rows.items():
        table = np.array(each_row, dtype=np.int64).reshape(-1, 5)
        found[limit] = Areas(table[:, 0], table[:, 1:])
    return found


def _most_relieving(field: Field, room: Room, areas: dict[Limit, Areas], done: list[int]) -> int | None:
    """The mover under which most people-weeks are above a limit that it adds to; the first of equal ones."""
    relief = np.zeros(len(field.movers), dtype=np.int64)
    sums = np.zeros((field.people.size + 1, field.weeks + 1), dtype=np.int64)
    for limit, each in room.items():
        broken = field.people[:, None] * (each < 0)
        if broken.any():
            np.cumsum(np.cumsum(broken, axis=0), axis=1, out=sums[1:, 1:])
            first, after, since, until = areas[limit].corners.T
            lying = sums[after, until] - sums[first, until] - sums[after, since] + sums[first, since]
            np.add.at(relief, areas[limit].number, lying)
    relief[done] = 0
    best = int(relief.argmax()) if relief.size else 0
    return best if relief.size and relief[best] > 0 else None


def _take_back(field: Field, room: Room, moved: dict[int, int]) -> None:
    """Let each stay, or wait less, where others' moves made room: the longest delay first."""
    for number in sorted(moved, key=lambda each: (-moved[each], each)):
        before = _broken(field, room)
        field.put(room, number, moved[number], -1)
        field.put(room, number, 0, 1)
        if _broken(field, room) <= before:
            del moved[number]
            continue
        field.put(room, number, 0, -1)
        moved[number] = next(iter(free_delays(field, room, field.movers[number])), moved[number])
        field.put(room, number, moved[number], 1)


def _broken(field: Field, room: Room) -> int:
    """People-weeks above each limit, all limits together."""
    return sum(int((field.people[:, None] * (each < 0)).sum()) for each in room.values())
