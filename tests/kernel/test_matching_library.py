"""The same as an independent library, from both sides (`matching`; 1 000 in the benchmark)."""

import sys
import warnings

import numpy as np
import pytest

from styrfart.kernel.matching import Market, Side, deferred_acceptance, market

Orders = list[list[int]]


def drawn_instance(seed: int, *, people: int, programmes: int, longest: int) -> tuple[Market, Orders]:
    """A random market, and each programme's strict order of those who apply to it."""
    rng = np.random.default_rng(seed)
    pull = rng.normal(size=programmes)
    lists = [
        np.argsort(-(pull + rng.gumbel(size=programmes)))[: rng.integers(1, longest + 1)].tolist()
        for _ in range(people)
    ]
    orders = [
        [person for person in rng.permutation(people).tolist() if programme in lists[person]]
        for programme in range(programmes)
    ]
    capacities = rng.integers(1, max(2, 2 * people // programmes), size=programmes).tolist()
    given = market(
        lists,
        capacities,
        draw=rng.permutation(people).tolist(),
        priorities=[[[person] for person in order] for order in orders],
    )
    return given, orders


def by_the_library(given: Market, orders: Orders, side: Side) -> tuple[int | None, ...]:
    """What `matching` answers. Programmes without applicants are left out: it takes only who has a list."""
    from matching.games import HospitalResident

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, 100_000))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            game = HospitalResident.create_from_dictionaries(
                dict(enumerate(map(list, given.choices))),
                {programme: order for programme, order in enumerate(orders) if order},
                dict(enumerate(given.capacities)),
            )
            solved = game.solve(optimal="resident" if side is Side.APPLICANTS else "hospital")
    finally:
        sys.setrecursionlimit(limit)
    places: list[int | None] = [None] * len(given.choices)
    for programme, people in solved.items():
        for person in people:
            places[person.name] = programme.name
    return tuple(places)


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("seed", range(50))
def test_the_same_as_an_independent_library(seed: int, side: Side) -> None:
    given, orders = drawn_instance(seed, people=30, programmes=6, longest=5)

    assert deferred_acceptance(given, proposing=side).places == by_the_library(given, orders, side)
