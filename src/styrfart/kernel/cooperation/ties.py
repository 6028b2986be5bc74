"""What binds departments together, as it comes in and as it goes out: values and enums, nothing heavy."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import inf

from styrfart.kernel.errors import KernelError


class Kind(Enum):
    """What the departments did with each other."""

    MATTER = "matter"  # prepared together
    DECISION = "decision"  # taken together
    HAND_OVER = "hand_over"  # from one to another
    DELIVERY = "delivery"  # from one to another


class Period(Enum):
    """Which of the two that are compared."""

    BEFORE = "before"
    AFTER = "after"


class Measure(Enum):
    """What a change is a change of."""

    SHARE_ACROSS = "share_across"
    MODULARITY = "modularity"  # departments as communities: expected share across less the share
    RECIPROCITY = "reciprocity"  # weighted
    PROMISES_KEPT = "promises_kept"


class Verdict(Enum):
    """What the interval of a change says."""

    MORE = "more"
    LESS = "less"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    TOO_EARLY = "too_early"  # too few clusters in a period


@dataclass(frozen=True)
class Tie:
    """Something that went from one department to another, or stayed within one.

    `cluster`: the matter it belongs to; what hangs together is drawn together. `people`: who did it, numbers
    that are the same for the same person everywhere.
    """

    source: int
    target: int
    kind: Kind
    cluster: int
    people: frozenset[int] = frozenset()
    weight: float = 1.0
    period: Period = Period.AFTER


@dataclass(frozen=True)
class Promise:
    """A day that was promised. Days are numbers of any one calendar; open until `delivered`."""

    cluster: int
    first_promised: int
    latest_promised: int
    delivered: int | None = None
    period: Period = Period.AFTER


@dataclass(frozen=True)
class Across:
    """Share of the ties that cross between departments, and what their strengths alone would give."""

    total: float
    across: float
    share: float | None  # None without ties
    expected: float | None
    ratio: float | None  # share ÷ expected; None when nothing could cross


@dataclass(frozen=True)
class Reciprocity:
    """How much of what goes one way comes back."""

    weighted: float | None  # None without ties across
    links: float | None
    expected: float | None  # of links, when the same number were laid out by chance: the density
    beyond_chance: float | None  # 1: all come back; 0: as by chance; below: avoided


@dataclass(frozen=True)
class Kept:
    """Promises that fell due, and those that were kept on the first promised day."""

    kept: int
    due: int
    share: float | None
    low: float
    high: float
    kept_as_latest: int  # had the latest promised day counted: shown beside, never instead
    not_yet_due: int
    effective: float  # promises that tell as much, were each one a matter of its own


@dataclass(frozen=True)
class Change:
    """A measure in two periods, and the interval of the difference."""

    measure: Measure
    before: float | None
    after: float | None
    difference: float | None
    low: float | None
    high: float | None
    clusters_before: int
    clusters_after: int
    verdict: Verdict


def check_ties(ties: Sequence[Tie], departments: int) -> None:
    """Raises `KernelError` for a department out of range, or a weight that is not a number above zero."""
    for tie in ties:
        if not (0 <= tie.source < departments and 0 <= tie.target < departments and 0 < tie.weight < inf):
            raise KernelError("a tie is between departments of the table, with a weight above zero")


def joint_ties(
    departments: Mapping[int, Collection[int]], *, kind: Kind, cluster: int, period: Period = Period.AFTER
) -> tuple[Tie, ...]:
    """What is done together, as ties: each pair both ways, 1 ÷ 2(departments − 1) each.

    So each department's strength, in and out together, is 1 from each joint matter however many take part
    (Newman 2001, Physical Review E 64, 016132); one alone has ½ within. `departments`: those who took part,
    with their people; the people of a tie are those of its two departments. Raises `KernelError` for none.
    """
    if not departments:
        raise KernelError("somebody takes part")
    those = sorted(departments)
    if len(those) == 1:
        only = those[0]
        return (Tie(only, only, kind, cluster, frozenset(departments[only]), 0.5, period),)
    weight = 1 / (2 * (len(those) - 1))
    return tuple(
        Tie(
            source, target, kind, cluster,
            frozenset(departments[source]) | frozenset(departments[target]), weight, period,
        )
        for source in those
        for target in those
        if source != target
    )  # fmt: skip
