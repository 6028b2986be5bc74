"""Pairs of departments: nothing of fewer than k people, and no attacker who adds and subtracts finds any."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from styrfart.kernel.cooperation import Kind, Layout, PairTable, Shown, Tie, shown_pairs
from styrfart.kernel.errors import KernelError

K = 3


def ties(rows: dict[tuple[int, int], int]) -> list[Tie]:
    """So many people, all different, with one tie each, for each pair."""
    numbers = itertools.count()
    return [
        Tie(source, target, Kind.MATTER, 0, frozenset({next(numbers)}))
        for (source, target), count in rows.items()
        for _ in range(count)
    ]


def weights(table: PairTable) -> dict[tuple[int, int], float | None]:
    return {(each.first, each.second): each.weight for each in table.pairs}


def equations(table: PairTable) -> tuple[list[tuple[int, int]], np.ndarray, np.ndarray]:
    """The hidden pairs, and what an outsider knows of their sums."""
    hidden = [(each.first, each.second) for each in table.pairs if each.shown is Shown.HIDDEN]
    known = weights(table)
    lines, sums = [], []
    for group in table.groups:
        own = [key for key in known if group.first in (None, key[0])]
        if group.total is not None:
            lines.append([float(key in own) for key in hidden])
            sums.append(group.total - sum(known[key] or 0 for key in own))
    if table.total is not None:
        lines.append([1.0] * len(hidden))
        sums.append(table.total - sum(each or 0 for each in known.values()))
    return hidden, np.array(lines).reshape(len(sums), len(hidden)), np.array(sums)


def group_sums(table: PairTable) -> list[float]:
    """The sums of each department's hidden pairs, and of those together whose total is left out."""
    found = [each.others for each in table.groups if each.others is not None]
    if table.total is not None:
        closed = {each.first for each in table.groups if each.total is None}
        shown = sum(each.weight or 0 for each in table.pairs if each.first in closed)
        found.append(table.total - shown - sum(each.total or 0 for each in table.groups))
    return found


def bounds(table: PairTable) -> dict[tuple[int, int], tuple[float, float]]:
    """The least and the most that each hidden pair can be, by linear programming; inf when unbounded."""
    hidden, lines, sums = equations(table)
    found = {}
    for index, key in enumerate(hidden):
        aim = np.zeros(len(hidden))
        aim[index] = 1
        ends = []
        for sign in (1, -1):
            solved = linprog(
                sign * aim, A_eq=lines if len(lines) else None, b_eq=sums if len(lines) else None
            )
            ends.append(sign * solved.fun if solved.status == 0 else sign * -np.inf)
        found[key] = (ends[0], ends[1])
    return found


def test_small_pairs_go_together_with_their_sum() -> None:
    # Department 0 has 5 people with 1, 2 with 2, 1 with 3: the two small ones stand on 3 together.
    found = shown_pairs(ties({(0, 1): 5, (0, 2): 2, (0, 3): 1, (1, 0): 4}), 4, k=K)

    known = weights(found)
    assert (known[0, 1], known[0, 2], known[0, 3]) == (5, None, None)
    assert (found.groups[0].others, found.groups[0].total) == (3, 8)
    assert (known[1, 0], known[1, 2], found.groups[1].total) == (4, 0, 4)
    assert (found.total, found.smallest_group) == (12, 3)
    assert list(bounds(found)) == [(0, 2), (0, 3)]
    assert all(ends == pytest.approx((0, 3)) for ends in bounds(found).values())


def test_one_small_pair_takes_the_least_of_the_shown_with_it() -> None:
    # 1 alone would be the total less the shown. 2 has the fewest people of the others and is hidden too.
    found = shown_pairs(ties({(0, 1): 2, (0, 2): 4, (0, 3): 6}), 4, k=K)

    assert [weights(found)[0, other] for other in (1, 2, 3)] == [None, None, 6]
    assert (found.groups[0].others, found.groups[0].total, found.smallest_group) == (6, 12, 6)


def test_without_anything_to_hide_behind_the_total_goes_and_another_with_it() -> None:
    # Department 0 has one pair of 2 people: its total would tell. The total of all less the others' would
    # too, so that of department 1, which has hidden ones, goes as well. Department 2 keeps its.
    found = shown_pairs(
        ties({(0, 1): 2, (1, 0): 2, (1, 2): 2, (1, 3): 9, (2, 0): 5, (2, 1): 2, (2, 3): 2}), 4, k=K
    )

    assert [each.total for each in found.groups] == [None, None, 9, 0]
    assert weights(found)[1, 3] == 9
    assert (found.total, found.smallest_group) == (24, 4)


def test_when_that_does_not_help_the_total_of_all_goes() -> None:
    found = shown_pairs(ties({(0, 1): 2, (1, 0): 5}), 2, k=K)

    assert weights(found) == {(0, 1): None, (1, 0): 5}
    assert ([each.total for each in found.groups], found.total) == ([None, 5], None)


def test_the_same_person_counts_once() -> None:
    often = [Tie(0, 1, Kind.MATTER, matter, frozenset({7, 8})) for matter in range(20)]

    found = shown_pairs(often, 3, k=K)

    assert weights(found)[0, 1] is None
    assert (found.groups[0].total, found.total, found.smallest_group) == (None, None, None)


def test_both_ways_together() -> None:
    found = shown_pairs(
        ties({(0, 1): 2, (1, 0): 2, (2, 1): 1, (0, 2): 2, (3, 3): 9}), 4, k=K, layout=Layout.BOTH_WAYS
    )

    # 0 and 1 have 4 people; the small ones 1 with 2 and 0 with 2 have 3. Nobody with 3, who has ties within.
    assert {key for key, weight in weights(found).items() if weight is not None} == {(0, 1)}
    assert (found.groups[0].others, found.groups[0].total, found.total) == (3, 7, 7)
    assert all(ends == pytest.approx((0, 3)) for ends in bounds(found).values())


def test_a_tie_of_nobody_is_not_shown() -> None:
    assert weights(shown_pairs([Tie(0, 1, Kind.MATTER, 1)], 2, k=2))[0, 1] is None


@st.composite
def organisations(draw: st.DrawFn) -> tuple[list[Tie], int]:
    """Up to five departments whose few people do several things with each other."""
    count = draw(st.integers(2, 5))
    one = st.tuples(
        st.integers(0, count - 1), st.integers(0, count - 1), st.sets(st.integers(0, 9), max_size=3),
        st.sampled_from([0.25, 0.5, 1.0, 2.0]),
    )  # fmt: skip
    return [
        Tie(source, target, Kind.MATTER, 0, frozenset(people), weight)
        for source, target, people, weight in draw(st.lists(one, max_size=30))
    ], count


@given(organisations(), st.sampled_from(list(Layout)), st.integers(2, 4))
@settings(max_examples=60, deadline=None)
def test_no_hidden_pair_can_be_narrowed_down(drawn: tuple[list[Tie], int], layout: Layout, k: int) -> None:
    found = shown_pairs(*drawn, k=k, layout=layout)
    hidden, lines, _ = equations(found)

    for low, high in bounds(found).values():
        assert low == pytest.approx(0, abs=1e-9)
        assert high > 0.2
        # Not only is it no single value: it can be the whole of its group's sum, or anything.
        assert high in (np.inf, *(pytest.approx(each) for each in group_sums(found)))
    assert len(hidden) != 1 or not lines.any()


@given(organisations(), st.sampled_from(list(Layout)), st.integers(2, 4))
@settings(max_examples=60, deadline=None)
def test_no_sum_of_fewer_than_k_people_can_be_derived(
    drawn: tuple[list[Tie], int], layout: Layout, k: int
) -> None:
    # A sum of hidden pairs can be derived exactly when its row lies in the space of the equations' rows.
    found = shown_pairs(*drawn, k=k, layout=layout)
    hidden, lines, _ = equations(found)
    behind: dict[tuple[int, int], set[int]] = {}
    for each in drawn[0]:
        key = (each.source, each.target)
        key = (min(key), max(key)) if layout is Layout.BOTH_WAYS else key
        behind.setdefault(key, set()).update(each.people)
    has_ties = [index for index, key in enumerate(hidden) if key in behind]
    rank = np.linalg.matrix_rank(lines) if lines.size else 0
    nothing = [index for index in range(len(hidden)) if index not in has_ties]

    for size in (1, 2, 3):
        for some in itertools.combinations(has_ties, size):
            if len(set().union(*(behind[hidden[index]] for index in some))) >= k:
                continue
            # Pairs without ties add nothing, so that any of them may be in the sum: all the row's, or none.
            row = np.zeros((1 + len(nothing), len(hidden)))
            row[0, list(some)] = 1
            for step, index in enumerate(nothing, start=1):
                row[step, index] = 1
            if lines.size:
                free = np.linalg.matrix_rank(np.vstack([lines, row[1:]]))
                assert np.linalg.matrix_rank(np.vstack([lines, row])) > free
            assert rank == (np.linalg.matrix_rank(lines) if lines.size else 0)
    for pair in found.pairs:
        if pair.shown is Shown.WEIGHT:
            assert len(behind[pair.first, pair.second]) >= k
    assert found.smallest_group is None or found.smallest_group >= k


def test_the_attacker_finds_a_pair_where_only_the_small_ones_are_hidden() -> None:
    # What a table without complementary hiding would say: the total of 0, and all but one of its pairs.
    safe = shown_pairs(ties({(0, 1): 2, (0, 2): 4, (0, 3): 6}), 4, k=K)
    pairs = tuple(
        type(each)(each.first, each.second, Shown.WEIGHT, 4.0)
        if (each.first, each.second) == (0, 2)
        else each
        for each in safe.pairs
    )
    naive = PairTable(safe.layout, pairs, safe.groups, safe.total, safe.smallest_group)

    assert bounds(naive)[0, 1] == pytest.approx((2, 2))


def test_wrong_calls_are_refused() -> None:
    for wrong, k in ([], 1), ([Tie(0, 3, Kind.MATTER, 1)], 5):
        with pytest.raises(KernelError):
            shown_pairs(wrong, 3, k=k)
