"""What a report says, as values: page, table, CSV, JSON, picture and trend are all told from these alone.

What is not shown is not here. A hidden column has its name and nothing else, and a measure that is not shown
is simply not among a column's figures: nothing tells why, and no reader of these values can tell either.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from styrfart.climate.models import RoundKind

FEW = 15  # fewer answers than this: a hollow dot, to be read with care


class Strength(StrEnum):
    """How sure a difference is; what `kernel.indices.Strength` says."""

    CLEAR = "clear"
    PROBABLE = "probable"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    TOO_EARLY = "too_early"


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Why(StrEnum):
    """Why it is too early to say: the kernel's grounds, and ours."""

    NO_ANSWERS = "no_answers"
    FEW_ANSWERS = "few_answers"
    LOW_RESPONSE = "low_response"
    WIDE_INTERVAL = "wide_interval"
    FEW_MOVED = "few_moved"  # a few people came or left: before and after would tell of them (ADR 26)
    SLIPS = "slips"  # some drew a slip of paper: nobody knows who came or left (ADR 26)


@dataclass(frozen=True)
class Measure:
    """Something that is shown as an index from 0 to 100."""

    key: str  # "hme.motivation"
    name: str  # in the reader's language
    instrument: str  # "hme@1"
    is_total: bool
    is_item: bool  # one question; it has an index, and never a verdict
    higher_is_better: bool | None
    kolada: str  # the national database's indicator, "" where there is none

    @property
    def is_headline(self) -> bool:
        """An area or the total: what the figure shows and verdicts are given on."""
        return not self.is_item


@dataclass(frozen=True)
class Figure:
    """One index, as it may be said: whole points, the interval rounded outwards."""

    index: int
    low: int
    high: int
    answers: int

    @property
    def margin(self) -> int:
        """The "±" of a cell: the longer half of the interval."""
        return max(self.high - self.index, self.index - self.low)

    @property
    def is_few(self) -> bool:
        return self.answers < FEW


@dataclass(frozen=True)
class Verdict:
    """How sure it is that one value differs from another."""

    strength: Strength
    direction: Direction
    is_better: bool | None  # None: nothing is said, or neither end is the better one
    why: Why | None  # only when it is too early

    @property
    def is_said(self) -> bool:
        """Whether a difference is claimed: "tydligt" or "troligen"."""
        return self.strength in {Strength.CLEAR, Strength.PROBABLE}


@dataclass(frozen=True)
class Earlier:
    """An earlier round that something is compared with."""

    pk: int
    title: str
    opens_on: dt.date
    closes_on: dt.date


@dataclass(frozen=True)
class Change:
    """A measure beside the latest earlier round in which the same group was shown and asked the same.

    `before` is None when before and after may not be put beside each other: FEW_MOVED or SLIPS in `verdict`.
    """

    since: Earlier
    before: int | None
    verdict: Verdict


class ColumnKind(StrEnum):
    WHOLE = "whole"  # the group that the report is about
    PART = "part"  # a group directly below it
    JOINT = "joint"  # several of those, shown as one
    AROUND = "around"  # the nearest group above that is shown, for one that is not


@dataclass(frozen=True)
class Column:
    """A group, or several shown as one, in the report's table. Hidden: `figures` is empty and nothing else
    is said but the name.
    """

    kind: ColumnKind
    name: str  # of a joint column the names of all in it, "Analys och Kansli"
    names: tuple[str, ...]  # of a joint column each one's
    has_own: bool = False  # of a joint column: those who stand at the group itself are in it too
    unit: str = ""  # the unit's code, or
    team: str = ""  # the team's slug: what the address of its report is made of; "" for a joint column
    invited: int | None = None
    answered: int | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)  # by measure
    # Against the column WHOLE, and where that is hidden against `Report.around`; headlines only.
    beside: Mapping[str, Verdict] = field(default_factory=dict)

    @property
    def is_shown(self) -> bool:
        return self.answered is not None

    @property
    def is_few(self) -> bool:
        return self.answered is not None and self.answered < FEW


@dataclass(frozen=True)
class Distribution:
    """How many gave each answer to one question, where that is shown."""

    measure: Measure
    steps: tuple[str, ...]  # what each step is called, the lowest first
    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Said:
    """What was written to one question, where it is shown: shuffled. `texts` may be the first of `number`."""

    question: str
    texts: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class Place:
    """A group on the way from the top, for links."""

    name: str
    unit: str
    team: str


@dataclass(frozen=True)
class Part:
    """One instrument of the round, as it was asked."""

    key: str
    name: str  # "hme@1"
    title: str
    source: str
    licence: str
    is_validated: bool
    validation: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Report:
    """All that the report of one group says.

    `whole` is the group's own column, hidden or not. `around`: when it is hidden, what the reader gets in its
    place: the joint column that it is part of, or the nearest group above that is shown. `columns`: the
    groups below in the order of the organisation, each joint column after the last of its groups. `changes`,
    `distributions` and `texts` are of `whole`.
    """

    round_pk: int
    group_pk: int
    title: str
    kind: RoundKind
    why: str
    opens_on: dt.date
    closes_on: dt.date
    released_on: dt.date
    least: int
    least_text: int
    path: tuple[Place, ...]  # from the top down to the group itself
    parts: tuple[Part, ...]
    whole: Column
    around: Column | None
    columns: tuple[Column, ...]
    changes: Mapping[str, Change]
    distributions: tuple[Distribution, ...]
    texts: tuple[Said, ...]
    earlier: tuple[Earlier, ...]  # rounds in which the same unit or team had a report, the latest first

    @property
    def place(self) -> Place:
        return self.path[-1]

    @property
    def is_shown(self) -> bool:
        return self.whole.is_shown

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Those of all parts, in the order of the page: areas, total, questions."""
        return tuple(measure for part in self.parts for measure in part.measures)

    @property
    def headlines(self) -> tuple[Measure, ...]:
        """Areas and totals; the questions themselves of an instrument that has neither."""
        return tuple(
            measure
            for part in self.parts
            for measure in part.measures
            if measure.is_headline or all(each.is_item for each in part.measures)
        )

    @property
    def hidden(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.is_shown)


@dataclass(frozen=True)
class Point:
    """A measure of a unit or a team in one round."""

    round: Earlier
    figure: Figure
    change: Change | None


@dataclass(frozen=True)
class Trend:
    """A measure of one unit or team over rounds, the earliest first: each compared with the one before it."""

    measure: Measure
    points: tuple[Point, ...]
