"""Most placed, then least squared ranks: by hand, against every matching and against another algorithm."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from styrfart.kernel.errors import KernelError
from styrfart.kernel.matching import (
    Market,
    Matching,
    Optimum,
    breaches,
    deferred_acceptance,
    least_ranks,
    lower_bound,
    market,
    one_lottery,
)
from tests.kernel.test_matching_market import every_matching, random_market


def cost(given: Market, places: tuple[int | None, ...]) -> tuple[int, int]:
    """How many have no place, and the squared ranks of the others."""
    ranks = [given.rank(each, place) for each, place in enumerate(places)]
    return ranks.count(None), sum(rank * rank for rank in ranks if rank)


def proved(found: Matching) -> Optimum:
    assert found.optimum is not None
    return found.optimum


def test_more_are_placed_before_ranks_are_looked_at() -> None:
    # 0 lists A, B, C; 1 lists A; 2 lists B. One place each. All are placed only when 0 has C: 9 + 1 + 1 = 11.
    # 0 in A and 2 in B would be 1 + 1, but 1 has none.
    found = least_ranks(market([[0, 1, 2], [0], [1]], [1, 1, 1], draw=[0, 1, 2]))

    assert found.places == (2, 0, 1)
    assert (proved(found).placed, proved(found).squares) == (3, 11)
    # No place costs 3 people × 3² + 1 = 28, so the bound is 11.
    assert (proved(found).unplaced_cost, proved(found).bound) == (28, 11)


def test_squares_spread_the_disappointment() -> None:
    # 0: A B. 1: B C. 2: D A E C, where D and E have no places. All are placed in (A, B, C) with ranks
    # 1, 1, 4 and in (B, C, A) with 2, 2, 2: both sum to 6, squares 18 and 12.
    given = market([[0, 1], [1, 2], [3, 0, 4, 2]], [1, 1, 1, 0, 0], draw=[2, 1, 0])

    found = least_ranks(given)

    assert found.places == (1, 2, 0)
    assert proved(found).squares == 12


@pytest.mark.parametrize("ceilings", [False, True])
@pytest.mark.parametrize("seed", range(40))
def test_no_matching_at_all_is_better(seed: int, ceilings: bool) -> None:
    given = random_market(seed, people=5, programmes=3, ceilings=ceilings)

    found = least_ranks(given)

    assert cost(given, found.places) == min(cost(given, each) for each in every_matching(given))
    assert lower_bound(given, proved(found)) == proved(found).bound


@pytest.mark.parametrize("seed", range(5))
def test_the_same_cost_as_an_assignment_seat_by_seat(seed: int) -> None:
    # Independent: the Hungarian method on people × seats, and a seat of nobody's for each person.
    rng = np.random.default_rng(seed)
    lists = [rng.permutation(20)[:6].tolist() for _ in range(150)]
    capacities = rng.integers(2, 9, size=20)
    given = market(lists, capacities.tolist(), draw=rng.permutation(150).tolist())
    seat_of = np.repeat(np.arange(20), capacities)
    table = np.full((150, seat_of.size + 150), 1e9)
    for person, chosen in enumerate(lists):
        for rank, programme in enumerate(chosen, start=1):
            table[person, :-150][seat_of == programme] = rank * rank
        table[person, seat_of.size + person] = 10_000
    rows, columns = linear_sum_assignment(table)

    expected = int(table[rows, columns].sum())

    unplaced, squares = cost(given, least_ranks(given).places)
    assert unplaced * 10_000 + squares == expected


@pytest.mark.parametrize("seed", range(20))
def test_it_places_as_many_as_any_other_method_and_within_every_limit(seed: int) -> None:
    given = random_market(seed, people=30, programmes=8, ceilings=True)

    found = least_ranks(given)

    assert breaches(given, found.places) == ()
    for other in (deferred_acceptance(given), one_lottery(given)):
        assert cost(given, found.places) <= cost(given, other.places)


@pytest.mark.parametrize("seed", range(20))
def test_how_people_are_listed_does_not_matter(seed: int) -> None:
    given = random_market(seed, people=20, programmes=5)
    order = np.random.default_rng(seed).permutation(20).tolist()
    turned = market(
        [given.choices[each] for each in order],
        given.capacities,
        draw=[order.index(each) for each in given.draw],
    )
    plain = market(given.choices, given.capacities, draw=given.draw)

    places = least_ranks(plain).places
    assert least_ranks(turned).places == tuple(places[each] for each in order)


def test_nobody_who_can_be_placed() -> None:
    found = least_ranks(market([[], [0]], [1], draw=[0, 1], priorities=[[]]))

    assert found.places == (None, None)
    assert proved(found).bound == 2 * proved(found).unplaced_cost


def test_prices_that_prove_nothing_are_refused() -> None:
    given = market([[0, 1], [0]], [1, 1], draw=[0, 1], departments=[0, 0], ceilings=[1, 1])
    right = proved(least_ranks(given))
    assert lower_bound(given, right) == 5  # 2² + 1²

    for wrong in (
        replace(right, programmes=(-1, 0)),
        replace(right, applicants=(5, 2)),
        replace(right, applicants=(right.unplaced_cost + 1, 1)),
        replace(right, departments=((0, 0, -1),)),
    ):
        with pytest.raises(KernelError):
            lower_bound(given, wrong)
    with pytest.raises(KernelError):
        lower_bound(market([[0]], [1], draw=[0]), replace(right, applicants=(1,), departments=((0, 0, 1),)))


def test_a_worse_matching_is_not_reached_by_its_bound() -> None:
    given = market([[0, 1], [0]], [1, 1], draw=[0, 1])
    lazy = replace(proved(least_ranks(given)), applicants=(0, 0), programmes=(0, 0))

    assert lower_bound(given, lazy) == 0
