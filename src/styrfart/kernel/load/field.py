"""The problem of what could wait: places that carry the same claims taken as one, and what can move."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from styrfart.kernel.load.free import additions
from styrfart.kernel.load.organisation import Ints
from styrfart.kernel.load.picture import Picture, excesses
from styrfart.kernel.load.table import STAGES
from styrfart.kernel.load.values import Limit

Room = dict[Limit, Ints]
Cell = tuple[Limit, int, int]  # limit, segment, week


@dataclass(frozen=True, eq=False)
class Piece:
    """One part of a claim that can move: its segments (first, and first after), and what it adds by stage."""

    first: int
    after: int
    adds: dict[Limit, Ints]


@dataclass(frozen=True, eq=False)
class Area:
    """Where a claim adds so much to a limit: segments and weeks that follow each other."""

    limit: Limit
    segments: slice
    weeks: slice
    value: int

    def cells(self, chosen: npt.NDArray[np.bool_]) -> Iterator[Cell]:
        """Those of its cells that are chosen in a whole grid."""
        for segment, week in np.argwhere(chosen[self.segments, self.weeks]).tolist():
            yield self.limit, segment + self.segments.start, week + self.weeks.start

    def holds(self, cell: Cell) -> bool:
        limit, segment, week = cell
        return (
            limit is self.limit
            and self.segments.start <= segment < self.segments.stop
            and self.weeks.start <= week < self.weeks.stop
        )


@dataclass(frozen=True, eq=False)
class Mover:
    """A claim that can wait: its number, its pieces, its weeks now, and how many weeks at most."""

    claim: int
    pieces: tuple[Piece, ...]
    edges: tuple[int, ...]
    delay: int

    def areas(self, later: int, weeks: int) -> Iterator[Area]:
        """Where it lies when put off so long."""
        for stage in range(STAGES):
            since = max(self.edges[stage] + later, 0)
            until = min(self.edges[stage + 1] + later, weeks)
            if since < until:
                for piece in self.pieces:
                    for limit, adds in piece.adds.items():
                        if adds[stage] > 0:
                            yield Area(
                                limit, slice(piece.first, piece.after), slice(since, until), int(adds[stage])
                            )


@dataclass(frozen=True, eq=False)
class Field:
    """Segments × weeks: people, and how far each limit's sum may rise with every claim where it is now."""

    people: Ints
    room: Room
    movers: tuple[Mover, ...]
    weeks: int

    def put(self, room: Room, number: int, later: int, sign: int) -> None:
        """Take (sign 1) what a mover asks from the room, or give it back (sign −1)."""
        for area in self.movers[number].areas(later, self.weeks):
            room[area.limit][area.segments, area.weeks] -= sign * area.value

    def copy(self) -> Room:
        return {limit: each.copy() for limit, each in self.room.items()}

    def after(self, later: dict[int, int]) -> Room:
        """The room when these movers are put off so many weeks."""
        room = self.copy()
        for number, delay in later.items():
            self.put(room, number, 0, -1)
            self.put(room, number, delay, 1)
        return room

    def without_movers(self) -> Room:
        """The room if nothing that can wait were there at all."""
        room = self.copy()
        for number in range(len(self.movers)):
            self.put(room, number, 0, -1)
        return room

    def people_weeks(self, room: Room) -> int:
        """People above any limit, each week."""
        above = np.zeros((self.people.size, self.weeks), dtype=np.bool_)
        for each in room.values():
            above |= each < 0
        return int((self.people[:, None] * above).sum())


def field_of(picture: Picture) -> Field:
    """Neighbours in the order that carry the same claims and have the same room are one segment."""
    table, staffed = picture.table, picture.org.staffed
    is_cut = np.zeros(staffed.size + 1, dtype=np.bool_)
    is_cut[0] = True
    is_cut[table.place] = True
    is_cut[table.end] = True
    if picture.room is not None:
        is_cut[1:-1] |= (picture.room[1:] != picture.room[:-1]).any(axis=1)
    starts = np.flatnonzero(is_cut[:-1])
    people = np.add.reduceat(staffed, starts)
    kept = people > 0
    # How many kept segments begin before each place.
    before = np.zeros(staffed.size + 1, dtype=np.int64)
    before[starts[kept] + 1] = 1
    before = np.cumsum(before)
    room = {
        limit: np.ascontiguousarray(-excess[starts][kept])
        for limit, excess in excesses(picture, picture.grid).items()
    }
    pieces: dict[int, list[Piece]] = {}
    for part, claim in enumerate(table.claim.tolist()):
        first, after = int(before[table.place[part]]), int(before[table.end[part]])
        if first < after:
            adds = {limit: add for limit, add in additions(table, part, claim).items() if limit in room}
            pieces.setdefault(claim, []).append(Piece(first, after, adds))
    return Field(people[kept], room, _movers(picture, pieces), picture.weeks)


def _movers(picture: Picture, pieces: dict[int, list[Piece]]) -> tuple[Mover, ...]:
    movers = []
    for claim, each in enumerate(picture.claims):
        edges = tuple(picture.table.edges[claim].tolist())
        # Put off beyond the picture's last week nobody sees what it breaks.
        delay = min(each.delay, picture.weeks - edges[STAGES])
        if delay > 0 and edges[STAGES] > 0 and claim in pieces:
            movers.append(Mover(claim, tuple(pieces[claim]), edges, delay))
    return tuple(movers)
