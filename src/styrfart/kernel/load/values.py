"""Who is asked for how much, when, by what: claims, limits, and what is found, without NumPy."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum


class Limit(Enum):
    """What can be broken. There is no universal threshold: each is the organisation's own."""

    LARGE = "large"  # more large changes at once than a group should carry
    LOAD = "load"  # more change load than the organisation allows
    SATURATION = "saturation"  # more hours asked than there is capacity


@dataclass(frozen=True)
class Part:
    """Where a claim lies: on a unit and all below it, and on which share of the staff there (0 to 1)."""

    unit: int
    share: float = 1.0


@dataclass(frozen=True)
class Claim:
    """What is asked of people: a change (impact 1 to 5), or an activity that only takes time (impact 0).

    Weeks are whole numbers from any first week. `start` is the week of go-live (of a survey: when it opens).
    `weeks`: how many weeks it is prepared before the start, goes on from the start, and settles after.
    `hours`: asked of each person concerned, a week, in each of the three. `delay`: most weeks that it may be
    put off; 0 means that it cannot wait.
    """

    key: Hashable
    parts: tuple[Part, ...]
    start: int
    weeks: tuple[int, int, int] = (0, 1, 0)
    impact: float = 0.0
    hours: tuple[float, float, float] = (0.0, 0.0, 0.0)
    delay: int = 0


@dataclass(frozen=True)
class Weights:
    """What a week of each stage counts in the change load."""

    prepare: float = 0.3
    live: float = 1.0
    settle: float = 0.5


@dataclass(frozen=True)
class Limits:
    """Above which a group is warned for; None: not at all.

    `large`: how many large changes at once; `large_from`: the impact from which a change is large. `load`:
    change load. `saturation`: hours asked over hours of capacity; without capacity it is not judged.
    """

    large: int | None = 2
    large_from: float = 4.0
    load: float | None = None
    saturation: float | None = 1.0


@dataclass(frozen=True)
class Asked:
    """What a claim asks in all: people concerned, and person-hours before, from and after its start."""

    people: float
    before: float
    live: float
    after: float

    @property
    def hours(self) -> float:
        return self.before + self.live + self.after


@dataclass(frozen=True)
class Collision:
    """Claims that together break a limit for the same people: exactly these lie on them in those weeks."""

    claims: tuple[Hashable, ...]  # in the order given
    units: tuple[int, ...]
    weeks: tuple[int, ...]
    limits: tuple[Limit, ...]  # which are broken, in the order of `Limit`
    people_weeks: int  # staff of the units, each week that they are above a limit
    large: int  # the most of each in any of these units and weeks
    load: float
    hours: float


@dataclass(frozen=True)
class Beside:
    """Another claim on some of the same units in some of the same weeks."""

    key: Hashable
    people: int  # staff of the units that both lie on; how many are asked by both is not known
    weeks: tuple[int, ...]


@dataclass(frozen=True)
class Hinder:
    """Why a week is not free: the unit that is tightest, and what it would come to there."""

    limit: Limit
    week: int
    unit: int
    value: float
    allowed: float


@dataclass(frozen=True)
class FreeWeeks:
    """Starts at which a new claim breaks no limit that it adds to; and what hinders the wished one."""

    starts: tuple[int, ...]
    hinders: tuple[Hinder, ...]  # at the start that was wished; empty when that is free or out of sight
    beside: tuple[Beside, ...]  # what else lies there at the start that was wished


class Proof(Enum):
    """Among which plans none leaves fewer people-weeks above, and with as few, none moves fewer claims."""

    ALL = "all"
    CROWDED = "crowded"  # those that move only claims on somebody who is above a limit today
    NONE = "none"  # a good plan, with its bound


@dataclass(frozen=True)
class Move:
    key: Hashable
    start: int
    later: int  # its new start


@dataclass(frozen=True)
class Waiting:
    """What could wait, and until when; with how far that is proven.

    `bound`: no plan at all that leaves as few people-weeks above their limits moves fewer claims.
    """

    moves: tuple[Move, ...]  # in the order given
    bound: int
    proof: Proof
    weeks_later: int  # sum of delays
    above: int  # people-weeks above a limit before
    left: int  # and after

    @property
    def gap(self) -> int:
        """How many moves more than the bound: none of the true smallest number is more than this away."""
        return len(self.moves) - self.bound
