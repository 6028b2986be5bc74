"""Bounds that no partition goes under: worked by hand, and against all partitions of few people."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.groups import Criterion, Kind, Problem, certify
from styrfart.kernel.groups.bounds import alone_at_least, least_cost, same_at_least, same_at_most, spread


def test_a_label_is_spread_as_evenly_as_possible() -> None:
    # 10 in 4 groups: 3 + 3 + 2 + 2, pairs 3 + 3 + 1 + 1 = 8. The department of 497 in 357 groups: 140 groups
    # with two, so 140 pairs.
    assert spread(10, 4) == 8
    assert spread(497, 357) == 140
    assert spread(3, 5) == 0


def test_a_group_with_more_members_than_labels_has_pairs_whatever_the_counts() -> None:
    # Two groups of 5, two labels of 5: by label 3 + 2 each, 3 + 1 pairs twice = 8. By group the same.
    # Labels of 9 and 1: by label 5 + 4 and 1, 10 + 6 = 16. By group only 8.
    assert same_at_least(np.array([5, 5]), np.array([5, 5]), nobody_alone=False) == 8
    assert same_at_least(np.array([9, 1]), np.array([5, 5]), nobody_alone=False) == 16


def test_where_nobody_may_be_alone_a_label_comes_in_twos() -> None:
    # Five in five groups: one each, no pair. In twos: 2 + 3, 1 + 3 pairs.
    assert same_at_least(np.array([5]), np.full(5, 1), nobody_alone=False) == 0
    assert same_at_least(np.array([5, 20]), np.full(5, 5), nobody_alone=True) == 4 + 30


def test_a_label_fills_whole_groups_at_most() -> None:
    # Groups of 4 and 3; six alike fill the four and two of the three: 6 + 1. Seven fill both: 6 + 3.
    assert same_at_most(np.array([6, 1]), np.array([3, 4])) == 7
    assert same_at_most(np.array([7]), np.array([3, 4])) == 9


@given(
    labels=st.lists(st.integers(-1, 2), min_size=6, max_size=6),
    kind=st.sampled_from(list(Kind)),
    sizes=st.sampled_from([(3, 3), (2, 2, 2), (2, 4), (1, 2, 3)]),
    guarded=st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_no_partition_costs_less_than_the_bound(
    labels: list[int], kind: Kind, sizes: tuple[int, ...], guarded: bool
) -> None:
    criterion = Criterion("a", np.array(labels), kind=kind, weight=3, nobody_alone=guarded)
    problem = Problem(people=6, smallest=1, largest=4, criteria=(criterion,))
    slot = np.zeros(len(sizes), dtype=np.int64)
    seen = []
    for group in set(itertools.permutations(np.repeat(np.arange(len(sizes)), sizes).tolist())):
        certificate = certify(problem, group, slot, 0)
        assert certificate.soft >= certificate.soft_bound
        assert len(certificate.alone) >= certificate.least_alone
        seen.append((len(certificate.alone), certificate.soft))

    # The bound on the criterion alone holds, too, for the best of those with the fewest alone.
    fewest, cost = min(seen)
    everybody = np.arange(6)
    tight = guarded and fewest == alone_at_least(criterion, everybody)
    assert least_cost(criterion, everybody, np.array(sizes), nobody_alone=tight) <= cost


@pytest.mark.parametrize(("size", "count"), [(7, 70), (6, 60)])
def test_the_bound_is_met_where_labels_divide_evenly(size: int, count: int) -> None:
    labels = np.arange(count) % size
    problem = Problem(people=count, smallest=size, largest=size, criteria=(Criterion("a", labels),))

    assert certify(problem, np.arange(count) // size, np.zeros(10, dtype=np.int64), 0).soft_bound == 0
