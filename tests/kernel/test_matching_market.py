"""The input: strict orders from classes and one draw, and what it refuses. Makers for the other tests."""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from styrfart.kernel.errors import KernelError
from styrfart.kernel.matching import Market, breaches, market

Places = tuple[int | None, ...]


def random_market(seed: int, *, people: int, programmes: int, ceilings: bool = False) -> Market:
    """Strict random priorities, lists of random length, one or two places each."""
    rng = np.random.default_rng(seed)
    wanted = [rng.permutation(programmes)[: rng.integers(1, programmes + 1)].tolist() for _ in range(people)]
    limits: dict[str, Any] = {}
    if ceilings:
        limits["departments"] = [0, *rng.integers(2, size=people - 2).tolist(), 1]
        limits["ceilings"] = rng.integers(1, 3, size=(programmes, 2)).tolist()
    return market(
        wanted,
        rng.integers(1, 3, size=programmes).tolist(),
        draw=rng.permutation(people).tolist(),
        priorities=[[[each] for each in rng.permutation(people).tolist()] for _ in range(programmes)],
        **limits,
    )


def every_matching(given: Market) -> Iterator[Places]:
    """All ways to give places that break no rule: the oracle of small instances."""
    for places in itertools.product(*[(None, *each) for each in given.choices]):
        if not breaches(given, places):
            yield places


def test_classes_become_an_order_by_the_one_draw() -> None:
    # Programme 0 puts 2 before the others, who are equal: the draw 1, 0, 2 puts 1 before 0. So 2, 1, 0.
    # Programme 1 takes 0 and 1 only, both equal: 1, 0.
    given = market([[0, 1], [0, 1], [0, 1]], [1, 1], draw=[1, 0, 2], priorities=[[[2], [0, 1]], [[0, 1]]])

    assert given.standings == ((2, 1), (1, 0), (0, -1))


def test_without_priorities_the_draw_is_the_order_everywhere() -> None:
    assert market([[1, 0], [0]], [1, 1], draw=[1, 0]).standings == ((1, 1), (0,))


def test_ceilings_are_for_all_departments_or_for_each() -> None:
    given = market([[0], [1]], [1, 1], draw=[0, 1], departments=[0, 1], ceilings=[1, 0])
    table = market([[0], [1]], [1, 1], draw=[0, 1], departments=[0, 1], ceilings=[[1, 1], [0, 0]])

    assert given == table


@pytest.mark.parametrize(
    "changed",
    [
        {"draw": [0]},
        {"draw": [0, 0]},
        {"capacities": [1, -1]},
        {"choices": [[0, 2], [0]]},
        {"choices": [[-1], [0]]},
        {"choices": [[0, 0], [0]]},
        {"priorities": [[[0, 1]]]},
        {"priorities": [[[0], [0]], [[1]]]},
        {"priorities": [[[0, 1]], [[2]]]},
        {"departments": [0]},
        {"departments": [0, -1]},
        {"ceilings": [1, 1]},
        {"ceilings": [1], "departments": [0, 1]},
        {"ceilings": [[1], [1]], "departments": [0, 1]},
        {"ceilings": [-1, 1], "departments": [0, 1]},
    ],
)
def test_a_market_that_hangs_together_badly_is_refused(changed: dict[str, Any]) -> None:
    right: dict[str, Any] = {"choices": [[0, 1], [0]], "capacities": [1, 1], "draw": [0, 1]}
    market(**right)

    with pytest.raises(KernelError):
        market(**(right | changed))
