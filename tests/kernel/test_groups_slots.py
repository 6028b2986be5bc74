"""Slots first: the fewest without a place, against trying everything; limits, fixed members and refusals."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from styrfart.kernel.groups import Impossible, Limit, Problem, Refusal
from styrfart.kernel.groups.slots import Plan, plan, unplaceable


def planned(problem: Problem) -> Plan:
    found = plan(problem, seed=1, is_thorough=True)
    assert isinstance(found, Plan)
    return found


def fewest_without_a_place(
    free: NDArray[np.bool_], low: int, high: int, labels: NDArray[np.int64] | None
) -> int:
    """By trying every slot, and none, for everybody."""
    people, slots = free.shape
    best = 0
    for choice in itertools.product(range(-1, slots), repeat=people):
        given_ = np.array(choice)
        placed = np.flatnonzero(given_ >= 0)
        if len(placed) <= best or not free[placed, given_[placed]].all():
            continue
        if all(_opens(np.flatnonzero(given_ == slot), low, high, labels) for slot in range(slots)):
            best = len(placed)
    return int(people - best)


def _opens(members: NDArray[np.int64], low: int, high: int, labels: NDArray[np.int64] | None) -> bool:
    """Whether some number of groups takes just these people, with at most one of a label in each."""
    most = 0 if labels is None or not len(members) else int(np.bincount(labels[members]).max())
    return any(
        groups * low <= len(members) <= groups * high and groups >= most for groups in range(len(members) + 1)
    )


def test_a_slot_with_too_few_for_a_group_is_worth_nothing() -> None:
    # Five are free on Monday, five on Tuesday, one on both. Groups of six: one can meet, four are left over.
    free = np.zeros((9, 2), dtype=bool)
    free[:5, 0] = free[4:, 1] = True

    # Monday 5, Tuesday 5: no group at all.
    refused = plan(Problem(people=9, smallest=6, largest=8, free=free), seed=1)
    # With groups of five the one who can do both goes to either, and the other slot has four: no group.
    found = planned(Problem(people=9, smallest=5, largest=8, free=free))

    assert refused == Refusal(Impossible.TOO_FEW_PEOPLE)
    assert found.least_unplaced == 4 == int((found.slot_of < 0).sum())


@given(
    free=st.lists(st.lists(st.booleans(), min_size=2, max_size=2), min_size=4, max_size=7),
    low=st.integers(2, 3),
    more=st.integers(0, 1),
    labels=st.none() | st.lists(st.integers(0, 2), min_size=7, max_size=7),
)
@settings(max_examples=60, deadline=None)
def test_no_choice_of_slots_places_more_people(
    free: list[list[bool]], low: int, more: int, labels: list[int] | None
) -> None:
    times, people = np.array(free), len(free)
    label = None if labels is None else np.array(labels[:people])
    limits = () if label is None else (Limit("team", label),)
    fewest = fewest_without_a_place(times, low, low + more, label)

    found = plan(Problem(people=people, smallest=low, largest=low + more, free=times, limits=limits), seed=1)

    if isinstance(found, Refusal):
        assert fewest == people
        return
    assert found.least_unplaced == fewest == int((found.slot_of < 0).sum())
    for slot, groups in enumerate(found.groups.tolist()):
        members = np.flatnonzero(found.slot_of == slot)
        assert times[members, slot].all()
        assert groups * low <= len(members) <= groups * (low + more)


def test_who_is_above_all_others_fits_nowhere() -> None:
    boss = np.array([-1, 0, 0, 0, 0])
    problem = Problem(people=5, smallest=2, largest=4, boss=boss)

    assert unplaceable(problem).tolist() == [True, False, False, False, False]
    assert planned(problem).least_unplaced == 1


def test_each_of_a_line_needs_a_group_of_their_own() -> None:
    # 0 above 1 above 2 above 3, and four others. Two groups of four would take two of the line and six
    # others, and there are four: one group, with one of the line or none.
    boss = np.array([-1, 0, 1, 2, -1, -1, -1, -1])

    assert planned(Problem(people=8, smallest=4, largest=4, boss=boss)).least_unplaced == 4


def test_a_limit_that_binds_in_all_groups_is_counted() -> None:
    # Ten people are two groups of four or five. Six are of one team, of which a group may have two: two of
    # them have no place, and the eight who are left are two groups of four.
    team = np.array([0] * 6 + [1, 2, 3, 4])

    found = planned(Problem(people=10, smallest=4, largest=5, limits=(Limit("team", team, at_most=2),)))

    assert found.least_unplaced == 2


def test_a_number_of_groups_is_kept() -> None:
    found = planned(Problem(people=20, smallest=3, largest=8, groups=3))

    assert found.groups.tolist() == [3]
    assert found.least_unplaced == 0


def test_a_fixed_group_meets_when_its_members_can() -> None:
    free = np.ones((8, 2), dtype=bool)
    free[0] = [False, True]
    fixed = np.array([0, 0, -1, -1, -1, -1, -1, -1])

    found = planned(Problem(people=8, smallest=4, largest=4, free=free, fixed=fixed))

    assert found.fixed_slot.tolist() == [1]
    assert found.slot_of[:2].tolist() == [1, 1]


FIXED = np.array([0, 0, 0, -1, -1, -1])
ONE_TEAM = Limit("team", np.zeros(6, dtype=np.int64))


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (Problem(people=3, smallest=4, largest=5), Impossible.TOO_FEW_PEOPLE),
        (Problem(people=6, smallest=3, largest=5, groups=3), Impossible.TOO_FEW_FOR_GROUPS),
        (Problem(people=6, smallest=2, largest=2, fixed=FIXED), Impossible.FIXED_TOO_MANY),
        (
            Problem(people=6, smallest=2, largest=4, fixed=FIXED, excluded=np.array([[1, 0]])),
            Impossible.FIXED_CONFLICT,
        ),
        (
            Problem(people=6, smallest=2, largest=4, fixed=FIXED, limits=(ONE_TEAM,)),
            Impossible.FIXED_LIMIT,
        ),
        (
            Problem(
                people=6, smallest=2, largest=4, fixed=FIXED,
                free=np.array([[True, False], [False, True], *[[True, True]] * 4]),
            ),
            Impossible.FIXED_NO_COMMON_SLOT,
        ),
        (Problem(people=3, smallest=2, largest=3, boss=np.array([-1, 0, 1])), Impossible.RULES),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_binds(problem: Problem, reason: Impossible) -> None:
    found = plan(problem, seed=1)

    assert isinstance(found, Refusal)
    assert found.reason is reason
