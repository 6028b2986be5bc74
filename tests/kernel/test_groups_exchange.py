"""The exchange's arithmetic: each change it foresees is the difference of two costs counted from nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.errors import KernelError
from styrfart.kernel.groups import Criterion, Kind, Limit, Problem, certify, pairs_of
from styrfart.kernel.groups.exchange import NEVER, Exchange
from styrfart.kernel.groups.problem import line_pairs, longest_line


def invented(seed: int, *, people: int = 14, groups: int = 3) -> tuple[Problem, np.ndarray, np.ndarray]:
    """A problem with rules and criteria of every kind, and a partition that heeds none of them."""
    draw = np.random.default_rng(seed)
    boss = np.array([-1 if person == 0 else int(draw.integers(-1, person)) for person in range(people)])
    problem = Problem(
        people=people,
        smallest=1,
        largest=8,
        free=draw.random((people, 2)) < 0.7,
        boss=boss,
        excluded=draw.integers(0, people, (3, 2)),
        met=draw.integers(0, people, (4, 2)),
        limits=(
            Limit("team", draw.integers(-1, 4, people), 1),
            Limit("unit", draw.integers(-1, 3, people), 2),
        ),
        criteria=(
            Criterion("role", draw.integers(-1, 3, people), weight=3),
            Criterion("level", draw.integers(-1, 3, people), kind=Kind.SIMILAR, weight=2),
            Criterion("sex", draw.integers(-1, 2, people), weight=1, nobody_alone=True),
        ),
    )
    return problem, draw.integers(0, groups, people), draw.integers(0, 2, groups)


def counted_cost(problem: Problem, group: np.ndarray, slot: np.ndarray) -> int:
    """The exchange's cost by the recount, which shares nothing with it; only differences mean something."""
    weights = Exchange(problem, group, slot, seed=0).weights
    certificate = certify(problem, group, slot, 0)
    hard = 0
    for breach in certificate.breaches:
        if breach.reason.value == "limit":
            at_most = next(each.at_most for each in problem.limits if each.key == breach.limit)
            hard += len(breach.people) - at_most
        elif breach.reason.value == "not_free":
            hard += 1
    # A pair that is kept apart for two reasons is one hard breach to the exchange.
    apart = group[problem.apart]
    hard += int(((apart[:, 0] == apart[:, 1]) & (apart[:, 0] >= 0)).sum())
    unknown = sum(
        int(((each.labels < 0) & (group >= 0)).sum()) for each in problem.criteria if each.nobody_alone
    )
    return weights.hard * hard + weights.alone * (len(certificate.alone) + unknown) + certificate.soft


@given(seed=st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_foreseen_change_of_every_swap_is_the_difference_of_two_recounts(seed: int) -> None:
    problem, group, slot = invented(seed)
    exchange = Exchange(problem, group, slot, seed=1)
    cost = counted_cost(problem, group, slot)
    assert exchange.cost() == cost

    for one in range(0, problem.people, 4):
        foreseen = exchange.changes(one)
        for other in range(problem.people):
            if group[one] == group[other]:
                assert foreseen[other] >= NEVER
                continue
            swapped = group.copy()
            swapped[[one, other]] = swapped[[other, one]]
            assert foreseen[other] == counted_cost(problem, swapped, slot) - cost


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_after_swaps_and_moves_everything_is_as_if_counted_from_nothing(seed: int) -> None:
    problem, group, slot = invented(seed)
    exchange = Exchange(problem, group, slot, seed=1)
    draw = np.random.default_rng(seed)
    for _ in range(6):
        one, other = draw.choice(np.flatnonzero(exchange.group >= 0), 2, replace=False).tolist()
        if exchange.group[one] != exchange.group[other]:
            exchange.swap(one, other)
        exchange.move(int(draw.integers(problem.people)), int(draw.integers(-1, len(slot))))

    anew = Exchange(problem, exchange.group, slot, seed=1)

    placed = exchange.group >= 0
    assert (exchange.enter == anew.enter).all()
    assert (exchange.own[placed] == anew.own[placed]).all()
    assert exchange.cost() == anew.cost() == counted_cost(problem, exchange.group, slot)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_a_descent_gains_what_it_says_and_leaves_no_better_swap(seed: int) -> None:
    problem, group, slot = invented(seed)
    exchange = Exchange(problem, group, slot, seed=1)
    before = exchange.cost()

    change, _ = exchange.descend(10_000)

    assert exchange.cost() == before + change <= before
    assert all(exchange.changes(person).min() >= 0 for person in range(problem.people))


def test_a_shake_never_makes_it_worse() -> None:
    problem, group, slot = invented(5, people=40, groups=6)
    exchange = Exchange(problem, group, slot, seed=1)
    exchange.descend(10_000)
    before = exchange.cost()

    exchange.shake(2_000, target=0)

    assert exchange.cost() <= before
    assert (np.bincount(exchange.group) == np.bincount(group)).all()


def test_a_line_is_followed_at_any_distance_and_through_people_who_take_no_part() -> None:
    # 4 leads 0, 0 leads 1, 1 leads 2; 5 (takes no part) leads 3 and is led by 0.
    boss = np.array([4, 0, 1, 5, -1, 0])

    pairs = {tuple(pair) for pair in line_pairs(boss, 5).tolist()}

    assert pairs == {(4, 0), (0, 1), (4, 1), (1, 2), (0, 2), (4, 2), (0, 3), (4, 3)}
    assert longest_line(boss, 5) == 4


@pytest.mark.parametrize("boss", [[1, 0], [0, -1], [5, -1], [-2, -1], [-1]])
def test_a_line_in_a_circle_or_to_nobody_is_refused(boss: list[int]) -> None:
    with pytest.raises(KernelError):
        line_pairs(np.array(boss), 2)


def test_pairs_of_earlier_rounds_are_each_given_once() -> None:
    assert pairs_of([(0, 0, 1, 1, -1), (0, 0, 1, -1, -1)]).tolist() == [[0, 1], [2, 3]]
    assert pairs_of([]).shape == (0, 2)


ONE = Criterion("a", np.zeros(4, dtype=np.int64))


@pytest.mark.parametrize(
    "wrong",
    [
        {"smallest": 0},
        {"smallest": 5},
        {"preferred": 5},
        {"groups": 0},
        {"free": np.ones((3, 1), dtype=bool)},
        {"criteria": (Criterion("a", np.zeros(3, dtype=np.int64)),)},
        {"criteria": (Criterion("a", np.full(4, -2)),)},
        {"criteria": (Criterion("a", np.zeros(4, dtype=np.int64), weight=-1),)},
        {"criteria": (ONE, ONE)},
        {"limits": (Limit("b", np.zeros(4, dtype=np.int64), 0),)},
        {"excluded": np.array([[0, 4]])},
        {"met": np.array([0, 1])},
        {"fixed": np.array([1, -1, -1, -1])},
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(KernelError):
        Problem(**{"people": 4, "smallest": 2, "largest": 4, **wrong})  # type: ignore[arg-type]  # on purpose
