"""What a grouping can be told to heed, and what it answers: values without NumPy, cheap to import."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a soft criterion wants of a group's members."""

    SIMILAR = "similar"  # each pair of the same group with different labels costs the weight
    DISSIMILAR = "dissimilar"  # each pair of the same group with the same label costs the weight


class Reason(Enum):
    """Why people are apart, why a person has no place, or which hard rule a grouping breaks."""

    LINE = "line"  # one is above the other, at any distance
    EXCLUDED = "excluded"
    MET = "met"  # they were in the same group before
    LIMIT = "limit"  # more than so many of one team or administration
    NOT_FREE = "not_free"  # the person is not free when the group meets
    NO_COMMON_SLOT = "no_common_slot"  # no slot in which both are free
    NEVER_FREE = "never_free"  # the person is free in no slot
    TOO_FEW_IN_SLOT = "too_few_in_slot"  # in no slot of the person's does any group meet
    FULL = "full"  # every group that could take the person has its largest size
    TOO_SMALL = "too_small"  # the group would have, or has, fewer than the smallest size
    TOO_LARGE = "too_large"
    FIXED = "fixed"  # one of them belongs to a certain group
    RULES = "rules"  # groups with room, but each has somebody the person may not sit with
    NOT_PLACED = "not_placed"  # one of the two has no place at all
    TOGETHER = "together"  # they are in the same group
    POSSIBLE = "possible"  # nothing but the weighing of criteria keeps them apart


class Impossible(Enum):
    """Why there is no grouping at all: each is proven."""

    TOO_FEW_PEOPLE = "too_few_people"  # no slot has people enough for one group
    RULES = "rules"  # too few people are left who may sit with enough others
    TOO_FEW_FOR_GROUPS = "too_few_for_groups"  # the number of groups asked for cannot be opened
    FIXED_TOO_MANY = "fixed_too_many"  # more are fixed to a group than its largest size
    FIXED_CONFLICT = "fixed_conflict"  # two who may not sit together are fixed to the same group
    FIXED_LIMIT = "fixed_limit"  # more of one team are fixed to a group than may be
    FIXED_NO_COMMON_SLOT = "fixed_no_common_slot"  # those fixed to a group are never free together


class Why(Enum):
    """Why a person is in the group where they are; of several, all are given."""

    FIXED = "fixed"
    ONLY_SLOT = "only_slot"  # the person is free in one slot only of those in which groups meet
    ONLY_GROUP = "only_group"  # no single exchange or move to another group keeps the hard rules
    BEST_HERE = "best_here"  # no such exchange or move lowers the cost
    BETTER_ELSEWHERE = "better_elsewhere"  # one would: the search ended before, or the groups were changed


@dataclass(frozen=True)
class Refusal:
    """No grouping exists, for this reason; the people whom it concerns, and the group or the limit."""

    reason: Impossible
    people: tuple[int, ...] = ()
    group: int = -1
    limit: str = ""


@dataclass(frozen=True)
class Breach:
    """A hard rule that a group breaks, the people it is about, and which limit where it is one."""

    reason: Reason
    group: int
    people: tuple[int, ...]
    limit: str = ""


@dataclass(frozen=True)
class Unplaced:
    """A person without a place, and why."""

    person: int
    reason: Reason


@dataclass(frozen=True)
class Score:
    """A soft criterion: its cost (weight included), and a cost that no partition into such sizes is under."""

    key: str
    cost: int
    bound: int


@dataclass(frozen=True)
class Certificate:
    """What a buyer can check: each figure is recounted from the partition, each bound is proven.

    `least_unplaced` comes from the places of the slots (a mixed-integer programme solved to proof, see
    `slots`), from the longest line and from people who may sit with too few; it may be too low where other
    pairs that may not meet bind. `soft_bound` is the sum of the criteria's own bounds for this number of
    groups, these sizes and these people; it may be too low where criteria or rules pull against each other.
    Equality proves the optimum.
    """

    people: int
    groups: int
    breaches: tuple[Breach, ...]
    unplaced: int
    least_unplaced: int
    alone: tuple[tuple[str, int], ...]  # criterion and person: the only one with their label in the group
    least_alone: int  # people who would be alone in any partition: nobody else has their label
    soft: int
    soft_bound: int
    scores: tuple[Score, ...]

    @property
    def places_are_proven(self) -> bool:
        return self.unplaced == self.least_unplaced

    @property
    def is_optimal(self) -> bool:
        """Whether it is proven that no partition of these people into as many groups has a lower cost."""
        return (
            not self.breaches
            and self.places_are_proven
            and len(self.alone) == self.least_alone
            and self.soft == self.soft_bound
        )

    @property
    def gap(self) -> float:
        """How far above the bound the cost is at most, as a share of the bound; 0 where both are 0."""
        over = self.soft - self.soft_bound
        return over / self.soft_bound if self.soft_bound else float(over > 0)


@dataclass(frozen=True)
class Grouping:
    """Who is in which group (-1: none), when each group meets, and the certificate."""

    group: tuple[int, ...]
    slot: tuple[int, ...]
    unplaced: tuple[Unplaced, ...]
    certificate: Certificate

    def members(self, group: int) -> tuple[int, ...]:
        return tuple(person for person, each in enumerate(self.group) if each == group)


@dataclass(frozen=True)
class Regrouping:
    """A grouping after changes, who had to move, and how few had to at least.

    `least_moves` is proven for the groups as they were (smallest sets of members whose leaving mends each
    group, and the members that groups under the smallest size need beyond the newcomers).
    """

    grouping: Grouping
    moved: tuple[int, ...]  # had a group before, and have another or none now
    least_moves: int
    slots_changed: tuple[int, ...]  # groups that meet in another slot than before
    is_within_loss: bool  # the cost is at most what was allowed above the bound


@dataclass(frozen=True)
class Step:
    """A person goes to `group`; `partner` comes in exchange, -1 for nobody. What it changes in the cost."""

    person: int
    partner: int
    group: int
    alone: int
    soft: int


@dataclass(frozen=True)
class Company:
    """For one criterion: how many others in the group are like the person, and all in an even share."""

    key: str
    alike: int
    even: float


@dataclass(frozen=True)
class Because:
    """Why a person is where they are: reasons, what the rules leave open, and who they sit with."""

    person: int
    group: int
    reasons: tuple[Why, ...]
    unplaced: Reason | None
    slots: tuple[int, ...]  # in which the person is free and groups meet
    open_groups: tuple[int, ...]  # other groups by a single exchange or move that breaks no hard rule
    best: Step | None  # the cheapest of these
    company: tuple[Company, ...]


@dataclass(frozen=True)
class Apart:
    """Why two people are not in the same group; `limits` names those of `Reason.LIMIT`.

    `step` is the cheapest exchange or move that would bring them together in the group of one of them
    without breaking a rule, where there is one: then the only reason is `Reason.POSSIBLE`.
    """

    reasons: tuple[Reason, ...]
    limits: tuple[str, ...] = ()
    step: Step | None = None


@dataclass(frozen=True)
class Effect:
    """What a change by hand does: rules broken and mended, people alone and no longer alone, the cost."""

    broken: tuple[Breach, ...]
    mended: tuple[Breach, ...]
    newly_alone: tuple[tuple[str, int], ...]
    no_longer_alone: tuple[tuple[str, int], ...]
    soft: int
    scores: tuple[tuple[str, int], ...]  # the change for each criterion, weight included

    @property
    def is_allowed(self) -> bool:
        return not self.broken
