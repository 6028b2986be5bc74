"""Places for those who have listed what they want: how fast, and against what others find.

    .venv-bench/bin/python -m benchmarks.matching [--full]

2 000 people, 120 programmes, 2 000 places, lists of 8 with a common pull; wall time, best of five. Beside it:
`matching` 1.4.3 on the same people (with the recursion limit raised: without it, it stops at RecursionError)
and on 1 000 random instances from both sides; every list that one could tell instead of the true one; every
matching of small instances with linked applicants; and a flow of least cost by OR-Tools where that is
installed. `--full` takes ten times as many of the exhaustive ones.
"""

import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from benchmarks.comparison import Bound, Row, show
from styrfart.kernel.matching import (
    Links,
    Market,
    Side,
    blocking_pairs,
    compare,
    deferred_acceptance,
    is_proof,
    joint,
    least_ranks,
    lottery,
    lower_bound,
    market,
    one_lottery,
    with_links,
)
from tests.kernel.test_matching_library import Orders, by_the_library, drawn_instance
from tests.kernel.test_matching_links import case, stable
from tests.kernel.test_matching_truth import gains, setting

PEOPLE, PROGRAMMES, LISTED = 2_000, 120, 8
T = TypeVar("T")


def timed(work: Callable[[], T], rounds: int = 5) -> tuple[T, float]:
    """What it gave, and the least wall time in milliseconds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - start)
    return found, best * 1_000


def deep(work: Callable[[], T]) -> T:
    """Run it in a thread with a stack for 100 000 calls: the library's deep copy needs that."""
    threading.stack_size(512 * 1024 * 1024)
    found: list[T] = []
    thread = threading.Thread(target=lambda: found.append(work()))
    thread.start()
    thread.join()
    return found[0]


def rotation(seed: int = 1) -> tuple[list[list[int]], list[int], Orders]:
    """The product case: who wants what, capacities that sum to the people, and each programme's order."""
    rng = np.random.default_rng(seed)
    pull = 2 * rng.normal(size=PROGRAMMES)  # as hard as the design's: a fifth without a place
    lists = [np.argsort(-(pull + rng.gumbel(size=PROGRAMMES)))[:LISTED].tolist() for _ in range(PEOPLE)]
    capacities = rng.multinomial(PEOPLE, np.full(PROGRAMMES, 1 / PROGRAMMES)).tolist()
    wanted: Orders = [[] for _ in range(PROGRAMMES)]
    for person in rng.permutation(PEOPLE).tolist():
        for programme in lists[person]:
            wanted[programme].append(person)
    return lists, capacities, wanted


def speed() -> list[Row]:
    lists, capacities, orders = rotation()
    draw = lottery("2026-11-22", [f"p{each}" for each in range(PEOPLE)]).order
    classes = [[[person] for person in order] for order in orders]
    given, building = timed(lambda: market(lists, capacities, draw=draw, priorities=classes))
    stable_one, ours = timed(lambda: deferred_acceptance(given))
    _, theirs_side = timed(lambda: deferred_acceptance(given, proposing=Side.PROGRAMMES))
    by_lot, lot = timed(lambda: one_lottery(given))
    least, least_time = timed(lambda: least_ranks(given), rounds=3)
    theirs, library = deep(lambda: timed(lambda: by_the_library(given, orders, Side.APPLICANTS), rounds=1))
    departments = np.random.default_rng(2).integers(45, size=PEOPLE).tolist()
    capped = market(
        lists, capacities, draw=draw, priorities=classes, departments=departments, ceilings=[2] * PROGRAMMES
    )
    within, capped_time = timed(lambda: deferred_acceptance(capped))
    for each in compare(given, stable_one, by_lot, least):
        print(each)
    same = "matching 1.4.3, same people, same run"
    blocking = len(stable_one.blocking) + len(within.blocking)
    return [
        Row("stable, 2 000 × 120 × 8, with its check", library, same, ours, "ms", Bound.AT_MOST, 25),
        Row("people placed differently", 0, same, differing(theirs, stable_one.places), "", Bound.AT_MOST, 0),
        Row("blocking pairs, with and without ceilings", 0, "theory", blocking, "", Bound.AT_MOST, 0),
        Row("the market from lists", None, "no other", building, "ms"),
        Row("programmes propose", None, "no other", theirs_side, "ms"),
        Row("at most 2 of a department in a programme", None, "no other", capped_time, "ms"),
        Row("one lottery, with its check", 3.5, "design's prototype, no check", lot, "ms"),
        *least_ranks_rows(given, least_time),
        *linked_rows(given),
    ]


def differing(one: tuple[int | None, ...], other: tuple[int | None, ...]) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def least_ranks_rows(given: Market, ours: float) -> list[Row]:
    found = least_ranks(given).optimum
    assert found is not None
    gap = found.bound - lower_bound(given, found)
    rows = [Row("least ranks: above the proved bound", 0, "dual prices, integers", gap, "", Bound.AT_MOST, 0)]
    try:
        cost, theirs = timed(lambda: by_flow(given), rounds=3)
    except ImportError:
        return [*rows, Row("least ranks", None, "OR-Tools is not installed", ours, "ms")]
    source = "OR-Tools 9.15 min-cost flow, same run"
    return [
        *rows,
        Row("least ranks: cost", cost, source, found.bound, "", Bound.AT_MOST, cost),
        Row("least ranks, with proof", theirs, source, ours, "ms"),
    ]


def by_flow(given: Market) -> int:
    """The least cost by OR-Tools: source, people, programmes, sink; no place straight to the sink."""
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415  # an extra

    flow = min_cost_flow.SimpleMinCostFlow()
    people = len(given.choices)
    source, sink = people + PROGRAMMES, people + PROGRAMMES + 1
    none = people * LISTED * LISTED + 1
    for person, chosen in enumerate(given.choices):
        flow.add_arc_with_capacity_and_unit_cost(source, person, 1, 0)
        flow.add_arc_with_capacity_and_unit_cost(person, sink, 1, none)
        for rank, programme in enumerate(chosen, start=1):
            flow.add_arc_with_capacity_and_unit_cost(person, people + programme, 1, rank * rank)
    for programme, capacity in enumerate(given.capacities):
        flow.add_arc_with_capacity_and_unit_cost(people + programme, sink, capacity, 0)
    flow.set_node_supply(source, people)
    flow.set_node_supply(sink, -people)
    assert flow.solve() == flow.OPTIMAL
    return int(flow.optimal_cost())


def linked_rows(given: Market) -> list[Row]:
    """Fifty pairs who want programmes of the same ten."""
    near = {
        (one, other) for one in range(PROGRAMMES) for other in range(PROGRAMMES) if one // 10 == other // 10
    }
    links = [joint(given, 2 * each, 2 * each + 1, allowed=near) for each in range(50)]
    found, ours = timed(lambda: with_links(given, links), rounds=3)
    assert found.verdict is Links.STABLE
    return [Row("50 linked pairs among the 2 000", None, "no other", ours, "ms")]


def against_the_library(count: int) -> Row:
    same = 0
    for seed in range(count):
        given, orders = drawn_instance(
            seed, people=10 + seed % 60, programmes=2 + seed % 12, longest=1 + seed % 8
        )
        same += all(
            deferred_acceptance(given, proposing=side).places == by_the_library(given, orders, side)
            for side in Side
        )
    return Row(
        "random instances the same, both sides", count, "matching 1.4.3", same, "", Bound.AT_LEAST, count
    )


def truth(count: int) -> list[Row]:
    """4 people, 3 programmes, each of 16 lists told instead of the true one; half with ceilings."""
    methods = {"applicants propose": deferred_acceptance, "one lottery": one_lottery}
    return [
        Row(
            f"gains by another list, {name}, {count * 64} lies", 0, "theory",
            sum(len(gains(*setting(seed), method)) for seed in range(count)), "", Bound.AT_MOST, 0,
        )
        for name, method in methods.items()
    ]  # fmt: skip


def linked(count: int) -> list[Row]:
    right = proofs = refusals = 0
    for seed in range(count):
        given, links = case(seed)
        found = with_links(given, links)
        every = stable(given, links)
        if found.matching is None:
            refusals += 1
            proofs += found.refutation is not None and is_proof(given, links, found.refutation)
            right += not every
        else:
            right += found.matching.places in every and not blocking_outside(given, found.matching.places)
    return [
        Row("linked, small: as every matching says", count, "all tried", right, "", Bound.AT_LEAST, count),
        Row("refusals that are proofs", refusals, "checked apart", proofs, "", Bound.AT_LEAST, refusals),
    ]


def blocking_outside(given: Market, places: tuple[int | None, ...]) -> bool:
    """Whether anybody without a link blocks: people 4 and up have none in these cases."""
    return any(each.applicant >= 4 for each in blocking_pairs(given, places))


def main() -> int:
    times = 10 if "--full" in sys.argv[1:] else 1
    rows = [
        *speed(),
        deep(lambda: against_the_library(1_000 * times)),
        *truth(2_000 * times),
        *linked(1_000 * times),
    ]
    return show("matching", rows)


if __name__ == "__main__":
    raise SystemExit(main())
