"""What differs between two versions of a mandate or of a scheme of delegation. Calculation only."""

import difflib
import enum
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

# Above this a word-by-word comparison says less than the two texts one after the other, and costs more.
MAX_WORDS = 3000


class Kind(enum.Enum):
    SAME = "same"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Piece:
    """A run of text that stands in both versions, only in the new or only in the old one."""

    kind: Kind
    text: str


def compare_texts(before: str, after: str) -> list[Piece]:
    """The two texts as one, word by word: pieces not NEW spell `before`, pieces not GONE spell `after`."""
    if before == after:
        return [Piece(Kind.SAME, before)] if before else []
    old, new = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, after))
    if len(old) + len(new) > MAX_WORDS:
        return [piece for piece in (Piece(Kind.GONE, before), Piece(Kind.NEW, after)) if piece.text]
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece(Kind.GONE, "".join(old[a:b])))
        if d > c:
            pieces.append(Piece(Kind.NEW, "".join(new[c:d])))
    return pieces


@dataclass(frozen=True)
class Pair(Generic[T]):
    """A row in two versions; None on the side where it is not."""

    before: T | None
    after: T | None
    has_moved: bool = False

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_removed(self) -> bool:
        return self.after is None

    @property
    def is_changed(self) -> bool:
        """In both, and not alike."""
        return self.before is not None and self.after is not None and self.before != self.after

    @property
    def is_same(self) -> bool:
        return self.before == self.after and not self.has_moved


def compare_rows(before: Mapping[K, T], after: Mapping[K, T]) -> list[Pair[T]]:
    """Rows matched by key, in the new order, each removed one where it stood.

    A row has moved when its place among the rows that stand in both has changed; that another row was
    put in or taken out above it moves nothing. As few rows as possible are said to have moved.
    """
    common = [key for key in after if key in before]
    place = {key: number for number, key in enumerate(key for key in before if key in after)}
    stayed = _longest_rising([place[key] for key in common])
    moved = {key for key in common if place[key] not in stayed}
    pairs = [(key, Pair(before.get(key), after[key], has_moved=key in moved)) for key in after]
    order = [key for key, _ in pairs]
    for index, (key, row) in enumerate(before.items()):
        if key not in after:
            # After the nearest row above it that still stands (or has been put back in this loop).
            above = next((k for k in reversed(list(before)[:index]) if k in order), None)
            spot = order.index(above) + 1 if above is not None else 0
            order.insert(spot, key)
            pairs.insert(spot, (key, Pair(row, None)))
    return [pair for _, pair in pairs]


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The numbers of a longest rising subsequence; quadratic, for some dozens of rules."""
    runs: list[list[int]] = [[]]  # for each number, the longest rising one that ends with it
    for number in numbers:
        before = [run for run in runs if not run or run[-1] < number]
        runs.append([*max(before, key=len), number])
    longest: list[int] = max(runs, key=len)
    return set(longest)
