"""Which claims collide: for everyone above a limit, exactly the claims that lie on them that week."""

from collections.abc import Hashable

import numpy as np

from styrfart.kernel.load.organisation import Ints
from styrfart.kernel.load.picture import BITS, Picture, spread
from styrfart.kernel.load.table import FINE, STAGES
from styrfart.kernel.load.values import Collision

GOLDEN = 0x9E3779B97F4A7C15
WORD = 2**64


def collisions(picture: Picture) -> tuple[Collision, ...]:
    """Each set of claims under which somebody is above a limit: most people-weeks first, then earliest.

    Units and weeks with the same claims on them are one collision. Sets are told apart by the sum of 64-bit
    marks, one for each claim; that two sets share a sum has a chance of one in 10^18 for a thousand sets.
    """
    rows, columns = np.nonzero(picture.broken)
    if not rows.size:
        return ()
    signature = _signatures(picture)[rows, columns]
    _, group = np.unique(signature, return_inverse=True)
    order = np.argsort(group, kind="stable")
    cuts = np.flatnonzero(np.diff(group[order])) + 1
    found = [_collision(picture, rows[cells], columns[cells]) for cells in np.split(order, cuts)]
    return tuple(sorted(found, key=lambda each: (-each.people_weeks, each.weeks, each.units)))


def _collision(picture: Picture, rows: Ints, columns: Ints) -> Collision:
    broken = int(np.bitwise_or.reduce(picture.broken[rows, columns]))
    return Collision(
        claims=lying_on(picture, int(rows[0]), int(columns[0])),
        units=tuple(np.unique(picture.org.order[rows]).tolist()),
        weeks=tuple(np.unique(columns).tolist()),
        limits=tuple(limit for limit, bit in BITS.items() if broken & bit),
        people_weeks=int(picture.org.staffed[rows].sum()),
        large=int(picture.grid.large[rows, columns].max()),
        load=float(picture.grid.load[rows, columns].max()) / FINE,
        hours=float(picture.grid.hours[rows, columns].max()) / FINE,
    )


def lying_on(picture: Picture, row: int, week: int) -> tuple[Hashable, ...]:
    """Keys of the claims on one place of the order in one week, in the order given."""
    table = picture.table
    on = (table.place <= row) & (row < table.end)
    claims = np.unique(table.claim[on])
    edges = table.edges[claims]
    return tuple(
        picture.claims[each].key for each in claims[(edges[:, 0] <= week) & (week < edges[:, STAGES])]
    )


def _signatures(picture: Picture) -> Ints:
    table = picture.table
    marks = np.array([_mark(each) for each in range(len(picture.claims))], dtype=np.uint64).astype(np.int64)
    spans = [(table.edges[table.claim, 0], table.edges[table.claim, STAGES])]
    return spread(table, spans, marks[table.claim, None], picture.org.staff.size, picture.weeks)


def _mark(number: int) -> int:
    """The number's 64 bits well mixed (splitmix64, Steele and others 2014)."""
    z = (number + 1) * GOLDEN % WORD
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % WORD
    z = (z ^ z >> 27) * 0x94D049BB133111EB % WORD
    return z ^ z >> 31
