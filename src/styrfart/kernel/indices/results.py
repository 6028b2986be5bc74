"""What the indices answer with: values and enums, without NumPy."""

from dataclasses import dataclass
from enum import Enum


class Population(Enum):
    """Whom an interval is about."""

    INVITED = "invited"  # those who were asked, at that time: when all have answered nothing is uncertain
    LASTING = "lasting"  # the workplace as such, of which those who were asked are a sample


class Strength(Enum):
    """How sure a difference is."""

    CLEAR = "clear"
    PROBABLE = "probable"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    TOO_EARLY = "too_early"


class Why(Enum):
    """Why it is too early to say. Of several the first that holds is given."""

    NO_ANSWERS = "no_answers"  # an item that the index needs has none
    FEW_ANSWERS = "few_answers"
    LOW_RESPONSE = "low_response"
    WIDE_INTERVAL = "wide_interval"  # nothing is seen, but a difference of weight could hide in it


class Direction(Enum):
    """Of the first beside the second: the later round beside the earlier, the group beside its reference."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"  # nothing is said


@dataclass(frozen=True)
class Figure:
    """One index of one group, 0 to 100, unrounded; None where an item that it needs has no answer.

    `low` to `high`: the interval at `level`, when those who did not answer are like those who did. `least` to
    `most`: where the index of all invited must lie whatever they would have answered. `coverage`: the lowest
    share of such intervals that held the truth in the simulation of `coverage.py`.
    """

    measure: str
    index: float | None
    low: float | None
    high: float | None
    least: float | None
    most: float | None
    answers: int  # to the item with the most: at least so many are heard
    fewest: int  # to the item with the fewest
    invited: int | None
    level: float
    population: Population
    coverage: float | None  # None for another level than was simulated, or fewer answers


@dataclass(frozen=True)
class Rule:
    """When a difference is said to be clear or probable, and when it is too early to say.

    All differences that are judged in one call are one family: what one page shows. `clear`: the chance that
    the family holds any false "clear" (Holm). `probable`: the expected share of false ones among those said
    to be clear or probable (Benjamini and Hochberg). `margin`: only what is larger is a difference, in
    points. `least_answers`: to the item with the most, in each of the two. `least_response`: of the invited,
    in each of the two. `widest`: half the interval of a difference in which nothing was seen; 12.5 points are
    half a step on a scale from 1 to 5.
    """

    clear: float = 0.05
    probable: float = 0.10
    margin: float = 0.0
    least_answers: int = 7
    least_response: float = 0.5
    widest: float = 12.5


@dataclass(frozen=True)
class Verdict:
    """The verdict on one difference, with its certificate.

    `difference`: first less second, in points; `low` to `high`: its interval at 1 - `rule.clear`, of this
    difference alone. `p`: of this difference alone; `p_clear` and `p_probable`: after the rule for many, to
    be compared with the rule's limits. None where it was not judged. `family`: how many were judged together.
    """

    measure: str
    strength: Strength
    direction: Direction
    is_better: bool | None  # None when nothing is said, or neither end of the scale is the better one
    why: Why | None  # only when it is too early
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    p_clear: float | None
    p_probable: float | None
    answers: tuple[int, int | None]  # None: a reference without answers of its own
    family: int
    rule: Rule
