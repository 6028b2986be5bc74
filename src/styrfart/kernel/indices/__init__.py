"""What do the answers to a survey say, how sure is it, and is the difference a difference?

`count` gives the moments of each group from people's answers, once, when a round is closed; `measure` gives
every index with its interval; `between`, `with_whole` and `with_reference` give differences, and `judge` the
verdicts on them. This package imports NumPy and SciPy: a room imports it in the function that uses it.

The indices are unrounded and cover every group: what may be shown is for `kernel.release` to say, and the
width of an interval is a figure too. Round outwards to whole points before anything is shown.
"""

from styrfart.kernel.indices.coverage import LEVEL, lowest_coverage
from styrfart.kernel.indices.differences import (
    Differences,
    Reference,
    Side,
    between,
    with_reference,
    with_whole,
)
from styrfart.kernel.indices.intervals import Indices, index_of, measure
from styrfart.kernel.indices.moments import Moments, count, from_counts
from styrfart.kernel.indices.results import Direction, Figure, Population, Rule, Strength, Verdict, Why
from styrfart.kernel.indices.scale import HME, TOTAL, Scale, SubIndex
from styrfart.kernel.indices.spread import Usual, usual
from styrfart.kernel.indices.verdicts import benjamini_hochberg, holm, judge

__all__ = [
    "HME",
    "LEVEL",
    "TOTAL",
    "Differences",
    "Direction",
    "Figure",
    "Indices",
    "Moments",
    "Population",
    "Reference",
    "Rule",
    "Scale",
    "Side",
    "Strength",
    "SubIndex",
    "Usual",
    "Verdict",
    "Why",
    "benjamini_hochberg",
    "between",
    "count",
    "from_counts",
    "holm",
    "index_of",
    "judge",
    "lowest_coverage",
    "measure",
    "usual",
    "with_reference",
    "with_whole",
]
