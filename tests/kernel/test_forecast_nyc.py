"""Forecasts of real municipal phases as of three days, scored when they had closed.

Phases of school projects, New York City School Construction Authority (NYC Open Data, snapshot of June
2025). As of each day only what had closed by then is known. What starts until the next of the days, half a
year on, is forecast, so that no phase is forecast twice.
"""

import csv
import datetime as dt
import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from styrfart.kernel.forecast import Durations, Scores, pert, pinball, reference_class, score

FILE = Path(__file__).parents[2].parent / "shared" / "data" / "nyc_sca" / "phases.csv"
DAYS = (dt.date(2021, 7, 1), dt.date(2022, 1, 1), dt.date(2022, 7, 1))
KINDS = ("Scope", "Design")
LEVELS = (0.1, 0.5, 0.8, 0.9)
MONTHS = 6

here = pytest.mark.skipif(not FILE.is_file(), reason="the phases of NYC SCA are not beside the project")


@dataclass(frozen=True)
class Phase:
    kind: str
    start: dt.date
    planned: int  # days
    end: dt.date | None

    def ratio(self, on: dt.date | None = None) -> float:
        """Days taken, or passed by `on`, as a share of the planned ones."""
        last = self.end if on is None else on
        assert last is not None
        return (last - self.start).days / self.planned


@dataclass(frozen=True)
class AsOf:
    """What was known of one kind on a day, and how what then started turned out."""

    closed: list[float]
    still_open: list[float]
    outcomes: list[float]
    never_closed: list[float]  # so far passed at the snapshot


@functools.cache
def phases() -> tuple[Phase, ...]:
    """All phases of the two kinds; those with no planned day or that end before they start are no data."""
    found = []
    with FILE.open(newline="") as file:
        for row in csv.DictReader(file):
            start, planned_end = (dt.date.fromisoformat(row[name]) for name in ("start", "planned_end"))
            end = dt.date.fromisoformat(row["actual_end"]) if row["actual_end"] else None
            if row["phase"] in KINDS and planned_end > start and (end is None or end >= start):
                found.append(Phase(row["phase"], start, (planned_end - start).days, end))
    return tuple(found)


def as_of(day: dt.date, kind: str, months: int = MONTHS) -> AsOf:
    snapshot = max(each.end for each in phases() if each.end)
    until = dt.date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    of_kind = [each for each in phases() if each.kind == kind]
    then = [each for each in of_kind if each.start < day]
    test = [each for each in of_kind if day <= each.start < until]
    return AsOf(
        [each.ratio() for each in then if each.end and each.end < day],
        [each.ratio(day) for each in then if not (each.end and each.end < day)],
        [each.ratio() for each in test if each.end],
        [each.ratio(snapshot) for each in test if not each.end],
    )


def classes(method: str, case: AsOf) -> Durations:
    if method == "pert":
        return pert(0.9, 1.0, 1.2)
    return reference_class(case.closed, still_open=case.still_open if method == "with open" else ())


def scored(method: str, months: int = MONTHS) -> tuple[Scores, np.ndarray]:
    """The scores over all days and kinds, and the mean loss of each forecast."""
    quantiles, outcomes, open_quantiles, never_closed = [], [], [], []
    for day in DAYS:
        for kind in KINDS:
            case = as_of(day, kind, months)
            forecast = classes(method, case).quantile(LEVELS)
            quantiles += [forecast] * len(case.outcomes)
            open_quantiles += [forecast] * len(case.never_closed)
            outcomes += case.outcomes
            never_closed += case.never_closed
    found = score(quantiles, LEVELS, outcomes, still_open=never_closed, open_quantiles=open_quantiles)
    return found, pinball(quantiles, LEVELS, outcomes).mean(axis=1)


@here
def test_eight_of_ten_phases_end_within_the_quantile_that_says_so() -> None:
    found, _ = scored("completed")

    assert found.closed == 702
    assert 0.75 <= found.coverage[2].share <= 0.85
    assert 0.75 <= found.if_open_late[2] <= found.if_open_soon[2] <= 0.85


@here
def test_the_reference_class_loses_far_less_than_plan_with_three_points() -> None:
    ours, theirs = scored("completed")[0], scored("pert")[0]

    assert ours.mean_pinball <= 0.85 * theirs.mean_pinball
    assert ours.crps < theirs.crps
    # Guessed points promise eight of ten and keep little more than half (kernel.md: .598).
    assert theirs.coverage[2].share < 0.62


@here
def test_with_open_phases_the_forecast_is_more_cautious() -> None:
    completed, with_open = scored("completed")[0], scored("with open")[0]

    assert with_open.coverage[2].share > completed.coverage[2].share
