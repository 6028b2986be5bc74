"""Nobody gains by another list than the true one: every permutation and truncation is tried."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest

from styrfart.kernel.matching import (
    Market,
    Matching,
    Side,
    deferred_acceptance,
    least_ranks,
    market,
    one_lottery,
)

EVERY_LIST = [each for length in range(4) for each in itertools.permutations(range(3), length)]


@dataclass(frozen=True)
class Setting:
    """What stays when one changes the own list."""

    capacities: tuple[int, ...]
    draw: tuple[int, ...]
    priorities: list[list[list[int]]]
    departments: tuple[int, ...]
    ceilings: tuple[int, ...] | None

    def market(self, lists: list[tuple[int, ...]]) -> Market:
        return market(
            lists,
            self.capacities,
            draw=self.draw,
            priorities=self.priorities,
            departments=self.departments,
            ceilings=self.ceilings,
        )


def setting(seed: int) -> tuple[Setting, list[tuple[int, ...]]]:
    """Four people, three programmes; every other seed with a ceiling of one to two of a department."""
    rng = np.random.default_rng(seed)
    lists = [EVERY_LIST[each] for each in rng.integers(1, len(EVERY_LIST), size=4)]
    return Setting(
        capacities=tuple(rng.integers(1, 3, size=3).tolist()),
        draw=tuple(rng.permutation(4).tolist()),
        priorities=[[[each] for each in rng.permutation(4).tolist()] for _ in range(3)],
        departments=(0, 0, 0, 1),
        ceilings=tuple(rng.integers(1, 3, size=3).tolist()) if seed % 2 else None,
    ), lists


def gains(
    given: Setting, lists: list[tuple[int, ...]], method: Callable[[Market], Matching]
) -> list[tuple[int, tuple[int, ...]]]:
    """Each person who gets something better by another list, and that list."""
    honest: Matching = method(given.market(lists))
    found = []
    for person, true in enumerate(lists):
        for told in EVERY_LIST:
            got = method(given.market([*lists[:person], told, *lists[person + 1 :]])).places[person]
            has = honest.places[person]
            if got in true and (has is None or true.index(got) < true.index(has)):
                found.append((person, told))
    return found


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("method", [deferred_acceptance, one_lottery])
def test_no_applicant_gains_by_another_list(method: Callable[[Market], Matching], seed: int) -> None:
    assert gains(*setting(seed), method) == []


def test_the_search_sees_a_gain_where_there_is_one() -> None:
    # Both list A, B, one place each. Who leaves out B has to be given A, or fewer would be placed: whichever
    # of the two has B when both are honest, gains.
    by_number = Setting((1, 1, 1), (0, 1), [[[0, 1]]] * 3, (0, 0), None)
    lists: list[tuple[int, ...]] = [(0, 1), (0, 1)]

    assert [told for _, told in gains(by_number, lists, least_ranks)] != []


def test_the_search_sees_a_gain_when_programmes_propose() -> None:
    # Gale and Shapley's example: when programmes propose each applicant gets the last choice. Who lists the
    # first alone declines the others, they offer elsewhere, and it comes round to that one's first.
    cycle = Setting(
        (1, 1, 1), (0, 1, 2), [[[1], [2], [0]], [[2], [0], [1]], [[0], [1], [2]]], (0, 0, 0), None
    )
    lists: list[tuple[int, ...]] = [(0, 1, 2), (1, 2, 0), (2, 0, 1)]

    def from_programmes(given: Market) -> Matching:
        return deferred_acceptance(given, proposing=Side.PROGRAMMES)

    assert (0, (0,)) in gains(cycle, lists, from_programmes)


@pytest.mark.parametrize("seed", range(30))
def test_no_programme_with_one_place_gains_by_another_order_when_programmes_propose(seed: int) -> None:
    given, lists = setting(2 * seed)
    given = replace(given, capacities=(1, 1, 1))
    honest = deferred_acceptance(given.market(lists), proposing=Side.PROGRAMMES).places
    for programme, true in enumerate([[each[0] for each in order] for order in given.priorities]):
        for length in range(5):
            for told in itertools.permutations(range(4), length):
                orders = list(given.priorities)
                orders[programme] = [[each] for each in told]
                lied = replace(given, priorities=orders).market(lists)
                got = deferred_acceptance(lied, proposing=Side.PROGRAMMES).places
                if programme in got:
                    assert programme in honest
                    assert true.index(honest.index(programme)) <= true.index(got.index(programme))


@pytest.mark.parametrize("ceilings", [None, (1, 1)])
@pytest.mark.parametrize("capacities", [(1, 1), (2, 1)])
@pytest.mark.parametrize("method", [deferred_acceptance, one_lottery])
def test_nobody_gains_in_any_instance_of_three_people_and_two_programmes(
    method: Callable[[Market], Matching], capacities: tuple[int, int], ceilings: tuple[int, int] | None
) -> None:
    # All of them: 36 pairs of priorities × 5³ lists, and each as what one of the three tells instead of
    # another. 0 and 1 are of one department. The draw
    # goes through all orders too.
    every = [each for length in range(3) for each in itertools.permutations(range(2), length)]
    orders = list(itertools.permutations(range(3)))
    for one, other in itertools.product(orders, orders):
        given = Setting(
            capacities, one, [[[each] for each in one], [[each] for each in other]], (0, 0, 1), ceilings
        )
        table = {
            lists: method(given.market(list(lists))).places for lists in itertools.product(every, repeat=3)
        }
        for lists, places in table.items():
            for person, true in enumerate(lists):
                has = true.index(places[person]) if places[person] in true else 9
                told = (table[*lists[:person], each, *lists[person + 1 :]][person] for each in every)
                assert all(got not in true or true.index(got) >= has for got in told)
