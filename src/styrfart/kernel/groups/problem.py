"""What a grouping is to heed: the people, the sizes, the hard rules and the soft criteria, checked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from styrfart.kernel.errors import KernelError
from styrfart.kernel.groups.kinds import Kind, Reason

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
HEAVIEST = 1000  # of a weight; 1 to 10 is enough in practice


def no_pairs() -> Ints:
    return np.empty((0, 2), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Criterion:
    """A soft criterion: a label for each person (n,), -1 where it is not known (then like nobody's).

    `nobody_alone`: a person should not be the only one in the group with their label; heeded before all
    weights, after the hard rules.
    """

    key: str
    labels: Ints
    kind: Kind = Kind.DISSIMILAR
    weight: int = 1
    nobody_alone: bool = False


@dataclass(frozen=True, eq=False)
class Limit:
    """A hard rule: at most so many in a group with the same label (n,); -1 belongs to none."""

    key: str
    labels: Ints
    at_most: int = 1


@dataclass(frozen=True, eq=False)
class Problem:
    """People to partition into groups of `smallest` to `largest`, and what to heed.

    `free` (n, slots): when each person is free; None when time does not matter (one slot, all free).
    `boss` (m,), m >= n: the index of each person's superior, -1 at the top; those from n on take no part but
    link the line. `excluded` and `met` (k, 2): pairs that may not sit together. `fixed` (n,): the group that
    a person must be in, -1 for any; those used must be 0, 1, 2 and so on. `groups`: how many, or None for as
    many as make `preferred` (else midway between smallest and largest) the usual size.

    Raises `KernelError` for arrays of other shapes, a line in a circle, pairs or labels out of range.
    """

    people: int
    smallest: int
    largest: int
    preferred: int | None = None
    groups: int | None = None
    free: Bools | None = None
    boss: Ints | None = None
    excluded: Ints = field(default_factory=no_pairs)
    met: Ints = field(default_factory=no_pairs)
    limits: tuple[Limit, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    fixed: Ints | None = None

    def __post_init__(self) -> None:
        self._check_numbers()
        self._check_people()
        _ = self.line  # a circle is found here

    def _check_numbers(self) -> None:
        if self.people < 0 or not 1 <= self.smallest <= self.usual <= self.largest:
            raise KernelError("sizes are 1 <= smallest <= preferred <= largest")
        if self.groups is not None and self.groups < 1:
            raise KernelError("the number of groups is at least 1")
        if any(each.at_most < 1 for each in self.limits):
            raise KernelError("a limit lets in at least one")
        if any(not 0 <= each.weight <= HEAVIEST for each in self.criteria):
            raise KernelError("weights are from 0 to 1000")
        keys = [limit.key for limit in self.limits] + [criterion.key for criterion in self.criteria]
        if len(set(keys)) < len(keys):
            raise KernelError("each limit and criterion has a key of its own")

    def _check_people(self) -> None:
        if self.free is not None and (self.free.ndim != 2 or len(self.free) != self.people):
            raise KernelError("free has a row for each person")
        given = [limit.labels for limit in self.limits] + [criterion.labels for criterion in self.criteria]
        for labels in given if self.fixed is None else [*given, self.fixed]:
            if labels.shape != (self.people,) or (labels < -1).any():
                raise KernelError("labels are one for each person, from 0, or -1")
        for pairs in (self.excluded, self.met):
            if pairs.ndim != 2 or pairs.shape[1] != 2 or ((pairs < 0) | (pairs >= self.people)).any():
                raise KernelError("pairs are (k, 2) and of people")
        used = [] if self.fixed is None else np.unique(self.fixed[self.fixed >= 0]).tolist()
        if used != list(range(self.fixed_groups)):
            raise KernelError("the groups that people are fixed to are 0, 1, 2 and so on")

    @property
    def usual(self) -> int:
        """The size that most groups should have."""
        return self.preferred if self.preferred is not None else (self.smallest + self.largest) // 2

    @cached_property
    def times(self) -> Bools:
        """`free`, or one slot in which all are."""
        return np.ones((self.people, 1), dtype=bool) if self.free is None else self.free

    @property
    def fixed_groups(self) -> int:
        return 0 if self.fixed is None or not self.people else int(self.fixed.max()) + 1

    @cached_property
    def line(self) -> Ints:
        """Pairs (k, 2) of people where the first is above the second, at any distance."""
        return line_pairs(self.boss, self.people)

    @cached_property
    def apart(self) -> Ints:
        """All pairs that may not sit together, each once, the lower index first, sorted."""
        pairs = np.sort(np.concatenate([self.line, self.excluded, self.met]), axis=1)
        return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)

    def why_apart(self, one: int, other: int) -> tuple[Reason, ...]:
        """Which of line, exclusion and earlier meeting keeps two people apart."""
        found = []
        for reason, pairs in (
            (Reason.LINE, self.line),
            (Reason.EXCLUDED, self.excluded),
            (Reason.MET, self.met),
        ):
            if (((pairs == (one, other)) | (pairs == (other, one))).all(axis=1)).any():
                found.append(reason)
        return tuple(found)


def line_pairs(boss: Ints | None, people: int) -> Ints:
    """Pairs (above, below) among the first `people`, at any distance; `boss` (m,) with -1 at the top.

    Raises `KernelError` for a circle, or a superior that is nobody.
    """
    if boss is None:
        return no_pairs()
    if boss.ndim != 1 or len(boss) < people or ((boss < -1) | (boss >= len(boss))).any():
        raise KernelError("boss has an index for each person, or -1")
    found: list[Ints] = []
    above = boss[:people].copy()
    below = np.arange(people)
    # All lines are followed one step at a time; in a forest the longest has fewer steps than people.
    for _ in range(len(boss) + 1):
        is_led = above >= 0
        if not is_led.any():
            return np.concatenate(found) if found else no_pairs()
        above, below = above[is_led], below[is_led]
        takes_part = above < people
        found.append(np.column_stack([above[takes_part], below[takes_part]]))
        above = boss[above]
    raise KernelError("the line goes in a circle")


def longest_line(boss: Ints | None, people: int) -> int:
    """The most people among the first `people` of whom each is above the next."""
    below = line_pairs(boss, people)[:, 1]
    return 0 if not people else 1 + int(np.bincount(below, minlength=1).max()) if len(below) else 1


def pairs_of(groups: Iterable[tuple[int, ...]] | Ints) -> Ints:
    """The pairs (k, 2) that sat together in earlier rounds, each a group for each person (-1: none)."""
    found = [no_pairs()]
    for round_ in groups:
        which = np.asarray(round_, dtype=np.int64)
        order = np.argsort(which, kind="stable")
        order = order[which[order] >= 0]
        cuts = np.flatnonzero(np.diff(which[order])) + 1
        for members in np.split(order, cuts):
            one, other = np.triu_indices(len(members), 1)
            found.append(np.column_stack([members[one], members[other]]))
    return np.unique(np.sort(np.concatenate(found), axis=1), axis=0)
