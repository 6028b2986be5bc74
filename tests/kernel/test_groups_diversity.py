"""The maximally diverse grouping problem: exact sizes, the optimum of what can be tried, the same bits."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from styrfart.kernel.errors import KernelError
from styrfart.kernel.groups import Engine, Search, best_sizes, diversity
from styrfart.kernel.groups.compiled import compiled
from styrfart.kernel.groups.diversity import upper_bound
from tests.kernel.processes import in_any_process


def distances(people: int, seed: int) -> NDArray[np.float64]:
    upper = np.triu(np.random.default_rng(seed).integers(1, 101, (people, people)), 1)
    return (upper + upper.T).astype(np.float64)


def optimum(distance: NDArray[np.float64], low: list[int], high: list[int]) -> float:
    """The best of all partitions, by trying them."""
    best = 0.0
    for group in itertools.product(range(len(low)), repeat=len(distance)):
        sizes = np.bincount(group, minlength=len(low))
        if (sizes >= low).all() and (sizes <= high).all():
            best = max(best, diversity(distance, group))
    return best


def test_the_value_is_the_sum_of_distances_within_groups() -> None:
    distance = np.array([[0, 1, 2, 3], [1, 0, 4, 5], [2, 4, 0, 6], [3, 5, 6, 0]])

    # {0, 3} and {1, 2}: 3 + 4. All four: 1 + 2 + 3 + 4 + 5 + 6. Without a group nobody counts.
    assert diversity(distance, [0, 1, 1, 0]) == 7
    assert diversity(distance, [0, 0, 0, 0]) == 21
    assert diversity(distance, [-1, 0, 0, -1]) == 4


def test_sizes_are_as_unequal_as_the_bounds_allow() -> None:
    # 2 + 3 + 5: 4 + 9 + 25 = 38, against 9 + 9 + 16 = 34 for 3 + 3 + 4.
    assert sorted(best_sizes([2, 2, 2], [5, 5, 5], 10).tolist()) == [2, 3, 5]


@given(
    bounds=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=4),
    people=st.integers(0, 16),
)
@settings(max_examples=150, deadline=None)
def test_no_other_sizes_have_a_greater_sum_of_squares(bounds: list[tuple[int, int]], people: int) -> None:
    low, high = [least for least, _ in bounds], [least + more for least, more in bounds]
    ways = itertools.product(*(range(a, b + 1) for a, b in zip(low, high, strict=True)))
    sums = [sum(size * size for size in sizes) for sizes in ways if sum(sizes) == people]
    if not sums:
        with pytest.raises(KernelError):
            best_sizes(low, high, people)
        return

    sizes = best_sizes(low, high, people)

    assert sizes.sum() == people
    assert int((sizes * sizes).sum()) == max(sums)


@pytest.mark.parametrize("engine", [Engine.ARRAYS, Engine.PLAIN])
@pytest.mark.parametrize(("low", "high"), [([4, 4], [4, 4]), ([2, 2, 2], [3, 3, 3]), ([1, 2, 2], [3, 4, 5])])
def test_the_search_finds_the_optimum_of_eight_people(
    engine: Engine, low: list[int], high: list[int]
) -> None:
    distance = distances(8, seed=len(low) + sum(high))

    search = Search(distance, low, high, seed=1, engine=engine)
    search.improve(20_000)
    found = search.result()

    assert found.value == optimum(distance, low, high)
    assert found.value <= found.upper_bound
    assert all(a <= size <= b for a, size, b in zip(low, found.sizes, high, strict=True))


@given(seed=st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_nothing_is_above_the_upper_bound(seed: int) -> None:
    distance = distances(6, seed)

    assert optimum(distance, [2, 4], [2, 4]) <= upper_bound(distance, [2, 4])


def test_an_improvement_never_loses_the_best() -> None:
    search = Search(distances(30, 5), [5] * 5, [7] * 5, seed=2)

    values = [search.improve(5_000) for _ in range(6)]

    assert values == sorted(values)
    assert values[-1] == pytest.approx(search.result().value)


def test_the_compiled_search_gives_the_same_bits_as_the_plain() -> None:
    if compiled() is None:
        pytest.skip("numba is not installed here: it is an extra")
    distance = np.sqrt(distances(12, 9))  # not whole numbers, so that a sum in another order would show
    found = []
    for engine in (Engine.PLAIN, Engine.COMPILED):
        search = Search(distance, [2, 3, 3], [5, 5, 6], seed=4, engine=engine)
        found.append(([search.improve(3_000).hex() for _ in range(2)], search.result()))

    assert found[0] == found[1]


def test_without_the_compiler_the_compiled_search_says_so() -> None:
    if compiled() is not None:
        pytest.skip("numba is installed here")
    with pytest.raises(KernelError):
        Search(distances(6, 1), [3, 3], [3, 3], seed=1, engine=Engine.COMPILED)


def test_the_same_seed_gives_the_same_bits_in_any_process() -> None:
    code = (
        "import numpy as np; from styrfart.kernel.groups import Search\n"
        "u = np.triu(np.random.default_rng(3).random((24, 24)), 1)\n"
        "s = Search(u + u.T, [4] * 4, [8] * 4, seed=7); s.improve(40_000)\n"
        "r = s.result(); print(r.group, r.value.hex(), r.upper_bound.hex())"
    )
    assert in_any_process(code) != ""


@pytest.mark.parametrize(
    "distance",
    [
        np.ones((2, 3)),
        np.ones((2, 2)),
        np.array([[0.0, 1.0], [2.0, 0.0]]),
        np.array([[0.0, -1.0], [-1.0, 0.0]]),
    ],
)
def test_what_is_no_distance_is_refused(distance: NDArray[np.float64]) -> None:
    with pytest.raises(KernelError):
        Search(distance, [1, 1], [1, 1], seed=1)


def test_one_group_and_equal_distances_need_no_search() -> None:
    alone = Search(distances(5, 1), [5], [5], seed=1)
    equal = Search(np.ones((4, 4)) - np.eye(4), [2, 2], [2, 2], seed=1)

    assert alone.improve(100) == distances(5, 1).sum() / 2
    assert equal.improve(100) == 2.0
