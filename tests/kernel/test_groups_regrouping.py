"""Regrouping: rules kept, and no more moved than has to be, against trying everything."""

import itertools
from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from benchmarks.groups import managers
from styrfart.kernel.errors import KernelError
from styrfart.kernel.groups import (
    Criterion,
    Grouping,
    Limit,
    Problem,
    Refusal,
    Regrouping,
    certify,
    form,
    regroup,
)

NINE = Problem(people=9, smallest=2, largest=4)
THREES = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2])
AT_ONCE = np.zeros(3, dtype=np.int64)


def regrouped(
    problem: Problem, before: NDArray[np.int64], slot: NDArray[np.int64], *, loss: float = inf
) -> Regrouping:
    found = regroup(problem, before, slot, seed=1, loss=loss, effort=1)
    assert isinstance(found, Regrouping)
    return found


def fewest_moves(problem: Problem, before: NDArray[np.int64], slots: tuple[int, ...]) -> int | None:
    """The fewest moves that place everybody in the groups there were, by trying everything; None: no way."""
    best = None
    for group in itertools.product(range(len(slots)), repeat=problem.people):
        moves = int(((before >= 0) & (before != group)).sum())
        if (best is None or moves < best) and not certify(problem, group, slots, 0).breaches:
            best = moves
    return best


def test_where_nothing_changed_nobody_moves() -> None:
    found = regrouped(NINE, THREES, AT_ONCE)

    assert found.moved == ()
    assert found.least_moves == 0
    assert found.grouping.group == tuple(THREES.tolist())


def test_newcomers_come_where_there_is_room_and_nobody_else_moves() -> None:
    found = regrouped(replace(NINE, people=11), np.append(THREES, [-1, -1]), AT_ONCE)

    assert found.moved == ()
    assert found.grouping.group[:9] == tuple(THREES.tolist())
    assert min(found.grouping.group) >= 0


def test_a_rule_that_was_added_moves_one() -> None:
    found = regrouped(replace(NINE, excluded=np.array([[0, 1]])), THREES, AT_ONCE)

    # 0 or 1 goes to one of the threes: no exchange is needed, for four may sit together.
    assert len(found.moved) == found.least_moves == 1
    assert found.moved[0] in (0, 1)
    assert found.grouping.certificate.breaches == ()


def test_where_one_is_in_two_pairs_that_one_moves() -> None:
    # 0 with 1 and 0 with 2: one move mends both.
    found = regrouped(replace(NINE, excluded=np.array([[0, 1], [0, 2]])), THREES, AT_ONCE)

    assert found.moved == (0,)
    assert found.least_moves == 1


def test_a_group_that_became_too_small_gets_members_or_is_closed() -> None:
    # Eight of nine are left: the last group has one. Somebody joins them, or they move: one move.
    before = np.array([0, 0, 0, 1, 1, 1, 2])
    found = regrouped(Problem(people=7, smallest=2, largest=4), before, AT_ONCE)

    assert len(found.moved) == found.least_moves == 1
    assert found.grouping.certificate.breaches == ()


def test_a_lost_slot_is_exchanged_for_the_one_in_which_most_can_stay() -> None:
    free = np.ones((9, 3), dtype=bool)
    free[:, 0] = False  # the slot of the first group is lost
    free[2, 1] = False
    slot = np.array([0, 1, 2])

    found = regrouped(replace(NINE, free=free), THREES, slot)

    assert found.slots_changed == (0,)
    assert found.grouping.slot == (2, 1, 2)
    assert found.moved == ()


def test_enough_newcomers_make_a_group_of_their_own() -> None:
    before = np.append(THREES, [-1] * 6)
    problem = Problem(people=15, smallest=3, largest=3)

    found = regrouped(problem, before, AT_ONCE)

    assert found.moved == ()
    assert len(found.grouping.slot) == 5
    assert found.grouping.certificate.unplaced == 0


def test_what_was_allowed_to_be_lost_decides_who_else_moves() -> None:
    # Each group of one role only; nothing forces a move, but the criterion wants them mixed.
    problem = replace(NINE, criteria=(Criterion("role", THREES.copy()),))

    kept = regrouped(problem, THREES, AT_ONCE, loss=inf)
    mixed = regrouped(problem, THREES, AT_ONCE, loss=0.0)

    assert (kept.moved, kept.grouping.certificate.soft) == ((), 9)
    assert mixed.grouping.certificate.soft == mixed.grouping.certificate.soft_bound == 0
    assert mixed.is_within_loss
    assert len(mixed.moved) == 6  # one of each role stays in each group


@given(seed=st.integers(0, 5_000))
@settings(max_examples=25, deadline=None)
def test_no_fewer_moves_are_possible_than_the_least_and_rules_are_kept(seed: int) -> None:
    draw = np.random.default_rng(seed)
    people = 7
    problem = Problem(
        people=people,
        smallest=2,
        largest=4,
        excluded=draw.integers(0, people, (4, 2)),
        limits=(Limit("team", draw.integers(-1, 4, people)),),
    )
    before = draw.permutation(np.array([0, 0, 0, 1, 1, 1, -1]))

    found = regroup(problem, before, np.zeros(2, dtype=np.int64), seed=1, loss=inf, effort=1)

    fewest = fewest_moves(problem, before, (0, 0))
    if isinstance(found, Refusal):
        assert fewest is None
        return
    certificate = found.grouping.certificate
    assert certificate.breaches == ()
    if fewest is not None:
        assert found.least_moves <= fewest
        if certificate.unplaced == 0 and max(found.grouping.group) < 2:
            assert len(found.moved) >= fewest


def test_of_seventy_managers_few_move_when_four_leave() -> None:
    people = managers(70, 3)
    problem = people.problem(limits=False)
    first = form(problem, seed=1, effort=1)
    assert isinstance(first, Grouping)
    gone = np.array([5, 20, 40, 69])
    stay = np.setdiff1d(np.arange(70), gone)
    line = {tuple(pair) for pair in np.argwhere(np.isin(problem.line, stay).all(axis=1)).tolist()}
    rest = Problem(
        people=66, smallest=6, largest=8, free=people.free[stay],
        excluded=np.array(
            [[int(np.searchsorted(stay, each)) for each in problem.line[row]] for (row,) in sorted(line)]
        ),
        criteria=tuple(replace(each, labels=each.labels[stay]) for each in problem.criteria),
    )  # fmt: skip

    found = regrouped(rest, np.array(first.group)[stay], np.array(first.slot), loss=0.5)

    assert found.grouping.certificate.breaches == ()
    assert found.grouping.certificate.unplaced == 0
    assert found.is_within_loss
    assert found.least_moves <= len(found.moved) <= 8


@pytest.mark.parametrize(
    ("before", "loss"), [(THREES[:8], 0.1), (np.full(9, 3), 0.1), (np.full(9, -2), 0.1), (THREES, -0.1)]
)
def test_what_makes_no_sense_is_refused(before: NDArray[np.int64], loss: float) -> None:
    with pytest.raises(KernelError):
        regroup(NINE, before, AT_ONCE, seed=1, loss=loss)
