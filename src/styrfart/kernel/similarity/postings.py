"""Which documents hold which features, and how often: two levels of sorted arrays that never change.

The first level is grouped by feature and large; what was added later waits in a small second level, sorted
the same way, until it is folded in. Adding a document therefore copies the small level only (kilobytes),
and an index that is being searched by one thread is never changed by another.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint32]
Rows = NDArray[np.uint32]
Counts = NDArray[np.uint8]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LATE_ENTRIES = 400_000
"""How many entries wait in the second level before they are folded into the first (about 1 000 matters)."""

MOST_ROWS = 1 << 24
"""Rows are numbered below this: 16 million documents, removed ones not yet compacted away included."""


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Features of documents, one entry for each pair: which feature, which row, how often (at most 255)."""

    keys: Keys
    rows: Rows
    counts: Counts

    @classmethod
    def none(cls) -> "Entries":
        """No entries."""
        return cls(np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.uint8))

    def from_row(self, first: int) -> "Entries":
        """The same entries, rows counted from `first`."""
        return Entries(self.keys, self.rows + np.uint32(first), self.counts)

    def sorted(self) -> "Entries":
        """The same entries by feature, then row."""
        # One number of 64 bits for each entry sorts ten times faster than an order of three arrays.
        packed = self.keys.astype(np.uint64) << np.uint64(32)
        packed |= self.rows.astype(np.uint64) << np.uint64(8)
        packed |= self.counts
        packed.sort()
        return Entries(
            (packed >> np.uint64(32)).astype(np.uint32),
            (packed >> np.uint64(8)).astype(np.uint32) & np.uint32(MOST_ROWS - 1),
            packed.astype(np.uint8),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """All entries of one kind of feature.

    `keys` are the distinct features of the first level, ascending; the entries of `keys[i]` stand at
    `starts[i]:starts[i + 1]` of `rows` and `counts`, by row. `late` is the second level, sorted by feature.
    """

    keys: Keys
    starts: NDArray[np.int64]
    rows: Rows
    counts: Counts
    late: Entries

    @classmethod
    def none(cls) -> "Postings":
        """No documents."""
        empty = Entries.none()
        return cls(empty.keys, np.zeros(1, np.int64), empty.rows, empty.counts, empty)

    @property
    def size(self) -> int:
        """Number of entries in both levels."""
        return self.rows.size + self.late.keys.size

    def find(self, wanted: Keys) -> list[list[tuple[Rows, Counts]]]:
        """The entries of each wanted feature: at most one pair of rows and counts a level, not copied."""
        if not wanted.size:
            return []
        place = np.searchsorted(self.keys, wanted)
        known = place < self.keys.size
        known[known] = self.keys[place[known]] == wanted[known]
        place = np.where(known, place, 0)
        begin = self.starts[place].tolist()
        end = np.where(known, self.starts[np.minimum(place + 1, self.starts.size - 1)], begin).tolist()
        late_begin = np.searchsorted(self.late.keys, wanted, side="left").tolist()
        late_end = np.searchsorted(self.late.keys, wanted, side="right").tolist()
        late = self.late
        return [
            [
                (rows[first:last], counts[first:last])
                for rows, counts, first, last in (
                    (self.rows, self.counts, a, b),
                    (late.rows, late.counts, c, d),
                )
                if last > first
            ]
            for a, b, c, d in zip(begin, end, late_begin, late_end, strict=True)
        ]

    def with_entries(self, added: Entries) -> "Postings":
        """These postings and the entries of new rows, which must be higher than every row here."""
        if not added.keys.size:
            return self
        added = added.sorted()
        if added.keys.size > LATE_ENTRIES:
            whole = self.folded()
            return Postings(whole.keys, whole.starts, whole.rows, whole.counts, added).folded()
        at = np.searchsorted(self.late.keys, added.keys, side="right")
        late = Entries(
            np.insert(self.late.keys, at, added.keys),
            np.insert(self.late.rows, at, added.rows),
            np.insert(self.late.counts, at, added.counts),
        )
        grown = Postings(self.keys, self.starts, self.rows, self.counts, late)
        return grown.folded() if late.keys.size > LATE_ENTRIES else grown

    def folded(self) -> "Postings":
        """The same entries in the first level only."""
        late = self.late
        if not late.keys.size:
            return self
        if not self.keys.size:
            return _grouped(late)
        # Rows of the second level are higher than those of the first: they go last within their feature.
        at = np.searchsorted(self.keys, late.keys, side="right")
        behind = self.starts[at]
        keys, counted = np.unique(late.keys, return_counts=True)
        every = np.union1d(self.keys, keys)
        lengths = np.zeros(every.size, np.int64)
        lengths[np.searchsorted(every, self.keys)] = np.diff(self.starts)
        lengths[np.searchsorted(every, keys)] += counted
        return Postings(
            every,
            np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths))),
            np.insert(self.rows, behind, late.rows),
            np.insert(self.counts, behind, late.counts),
            Entries.none(),
        )

    def keeping(self, alive: Flags) -> "Postings":
        """The entries of the rows that are alive, renumbered in order, in the first level only."""
        whole = self.folded()
        kept = alive[whole.rows]
        new_rows = (np.cumsum(alive) - 1).astype(np.uint32)
        keys = np.repeat(whole.keys, np.diff(whole.starts))[kept]
        return _grouped(Entries(keys, new_rows[whole.rows[kept]], whole.counts[kept]))


def _grouped(entries: Entries) -> Postings:
    """The first level of entries that are sorted by feature, then row."""
    keys, starts = np.unique(entries.keys, return_index=True)
    ends = np.append(starts, entries.keys.size).astype(np.int64)
    return Postings(keys, ends, entries.rows, entries.counts, Entries.none())
