"""Ties between departments: published values, how often intervals hold the truth, an attacker on the pairs.

    .venv-bench/bin/python -m benchmarks.cooperation [--full]

The attacker knows every published number and asks by linear programming, pair by pair, how little and how
much a hidden one can be: 300 organisations in two layouts (`--full`: 5 000). Coverage: matters whose ties
hang together, 300 rounds of 400 draws (`--full`: 2 000 of 1 000). Time: 45 departments, 5 000 matters.
"""

import itertools
import sys
import time
from collections.abc import Iterator

import numpy as np

from benchmarks.comparison import Bound, Row, show
from styrfart.kernel.cooperation import (
    Kind,
    Layout,
    Measure,
    Period,
    Shown,
    Tie,
    change,
    joint_ties,
    modularity,
    shown_pairs,
    strengths,
    wilson,
)
from tests.kernel.test_cooperation_change import drawn
from tests.kernel.test_cooperation_measures import INSTRUCTOR, karate
from tests.kernel.test_cooperation_pairs import bounds

DEPARTMENTS, MATTERS, K = 45, 5_000, 7


def published() -> list[Row]:
    factions = np.array([0 if each in INSTRUCTOR else 1 for each in range(34)])
    low, high = wilson(81, 263)
    source = "Newcombe 1998, table I, method 3"
    return [
        Row("karate club, two factions", 0.3715, "Newman 2006", modularity(karate(), factions), "Q"),
        Row("81 of 263, lower end", 0.2553, source, low, ""),
        Row("81 of 263, upper end", 0.3662, source, high, ""),
    ]


def city(seed: int) -> list[Tie]:
    """Joint matters of one to four departments, near ones more often, with one or two people of each."""
    rng = np.random.default_rng(seed)
    ties: list[Tie] = []
    for matter in range(MATTERS):
        first = int(rng.integers(DEPARTMENTS))
        others = (first + rng.geometric(0.25, size=rng.integers(0, 4))) % DEPARTMENTS
        people = {
            each: (each * 40 + rng.integers(40, size=rng.integers(1, 3))).tolist()
            for each in {first, *others.tolist()}
        }
        period = Period.AFTER if matter % 2 else Period.BEFORE
        ties += joint_ties(people, kind=Kind.MATTER, cluster=matter, period=period)
    return ties


def small_cities(count: int) -> Iterator[tuple[list[Tie], int, int]]:
    """Random ties between two to eight departments, with k from 2 to 7."""
    for seed in range(count):
        rng = np.random.default_rng(seed)
        departments = int(rng.integers(2, 9))
        pool = int(rng.integers(3, 40))
        yield (
            [
                Tie(
                    int(rng.integers(departments)),
                    int(rng.integers(departments)),
                    Kind.DELIVERY,
                    0,
                    frozenset(rng.integers(pool, size=rng.integers(1, 4)).tolist()),
                    float(rng.choice([0.25, 0.5, 1.0])),
                )
                for _ in range(rng.integers(1, 25 * departments))
            ],
            departments,
            int(rng.integers(2, 8)),
        )


def attack(count: int) -> list[Row]:
    derived = hidden = small = shown = could = 0
    for (ties, departments, k), layout in itertools.product(small_cities(count), Layout):
        table = shown_pairs(ties, departments, k=k, layout=layout)
        ends = bounds(table)
        hidden += len(ends)
        derived += sum(high - low < 0.2 or low > 1e-9 for low, high in ends.values())
        small += table.smallest_group is not None and table.smallest_group < k
        behind = people(ties, layout)
        could += sum(len(each) >= k for each in behind.values())
        shown += sum(each.shown is Shown.WEIGHT for each in table.pairs)
    return [
        Row(
            f"hidden pairs narrowed down, of {hidden}", 0, "linear programming", derived, "", Bound.AT_MOST, 0
        ),
        Row("tables with a sum of fewer than k people", 0, "theory", small, "", Bound.AT_MOST, 0),
        Row("pairs of k people that are shown", 1, "threshold alone", shown / could, ""),
    ]


def people(ties: list[Tie], layout: Layout) -> dict[tuple[int, int], set[int]]:
    found: dict[tuple[int, int], set[int]] = {}
    for tie in ties:
        key = (tie.source, tie.target)
        key = (min(key), max(key)) if layout is Layout.BOTH_WAYS else key
        if tie.source != tie.target:
            found.setdefault(key, set()).update(tie.people)
    return found


def coverage(rounds: int, draws: int) -> Row:
    """Share across rises from .35 to .5; matters of one to four ties that all cross or none."""
    held = 0
    for seed in range(rounds):
        found = change(drawn(seed, 0.35, 0.5), 4, Measure.SHARE_ACROSS, seed=seed, draws=draws)
        held += found.low is not None and found.high is not None and found.low <= 0.15 <= found.high
    return Row(
        f"95 % intervals that hold the truth, {rounds} rounds", 0.95, "nominal", held / rounds, "",
        Bound.AT_LEAST, 0.92,
    )  # fmt: skip


def speed() -> list[Row]:
    ties = city(1)
    rows = []
    for name, work in (
        ("strengths", lambda: strengths(ties, DEPARTMENTS)),
        ("pairs that may be shown", lambda: shown_pairs(ties, DEPARTMENTS, k=K)),
        (
            "change of share across, 2 000 draws",
            lambda: change(ties, DEPARTMENTS, Measure.SHARE_ACROSS, seed=1),
        ),
        (
            "change of reciprocity, 2 000 draws",
            lambda: change(ties, DEPARTMENTS, Measure.RECIPROCITY, seed=1),
        ),
    ):
        start = time.perf_counter()
        work()
        rows.append(Row(name, None, f"{len(ties)} ties", (time.perf_counter() - start) * 1_000, "ms"))
    return rows


def main() -> int:
    full = "--full" in sys.argv[1:]
    rows = [
        *published(),
        *attack(5_000 if full else 300),
        coverage(*((2_000, 1_000) if full else (300, 400))),
        *speed(),
    ]
    return show("cooperation", rows)


if __name__ == "__main__":
    raise SystemExit(main())
