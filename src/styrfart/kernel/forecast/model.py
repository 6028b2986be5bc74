"""The words of a forecast: what a result can say, in values. No NumPy here."""

from dataclasses import dataclass
from enum import Enum


class Basis(Enum):
    """What a distribution of durations rests on."""

    OWN = "own"  # own closed projects alone
    SHRUNK = "shrunk"  # own closed projects and an outside class
    OUTSIDE = "outside"  # an outside class alone
    PERT = "pert"  # three points that somebody guessed


class Policy(Enum):
    """Who goes first when two could begin: a choice of policy, so show what each of them gives."""

    FIRST_COME = "first_come"  # who by plan could begin first
    MOST_HOMES = "most_homes"  # by the homes that hang on it
    LONGEST_LEFT = "longest_left"  # by planned time left until everything after it is done


class Proof(Enum):
    """How a plan's gap came to be what it is."""

    OPTIMAL = "optimal"  # the bound equals the makespan
    OUT_OF_BUDGET = "out_of_budget"  # the search ended on its count; the gap says what may be left


@dataclass(frozen=True)
class Correlation:
    """How durations move together: shares of the variance of the normal scores, 0 to below 1 in sum.

    Two tasks of one department and year have the correlation `everywhere + department_year`; of one
    department, k years apart, `everywhere + department_year * persistence**k`; of two departments,
    `everywhere`. All zero is independence, which makes totals far too certain. The defaults are in sum what
    phases of one kind and year have shared in New York City's school projects (.12, 90 % .07 to .24);
    measure your own by `common_shock`.
    """

    everywhere: float = 0.05
    department_year: float = 0.10
    persistence: float = 0.0


@dataclass(frozen=True)
class Interval:
    """A share with its interval and what it is a share of: never told without its denominator."""

    share: float
    low: float
    high: float
    of: int
