"""Share across, modularity, reciprocity: by hand, published values, and laws that hold for every table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from styrfart.kernel.cooperation import (
    Kind,
    Tie,
    joint_ties,
    modularity,
    reciprocity,
    share_across,
    strengths,
)
from styrfart.kernel.errors import KernelError

# Zachary 1977, Journal of Anthropological Research 33: 34 members, 78 friendships; by the lower number.
KARATE = {
    0: (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31),
    1: (2, 3, 7, 13, 17, 19, 21, 30),
    2: (3, 7, 8, 9, 13, 27, 28, 32),
    3: (7, 12, 13),
    4: (6, 10),
    5: (6, 10, 16),
    6: (16,),
    8: (30, 32, 33),
    9: (33,),
    13: (33,),
    14: (32, 33),
    15: (32, 33),
    18: (32, 33),
    19: (33,),
    20: (32, 33),
    22: (32, 33),
    23: (25, 27, 29, 32, 33),
    24: (25, 27, 31),
    25: (31,),
    26: (29, 33),
    27: (33,),
    28: (31, 33),
    29: (32, 33),
    30: (32, 33),
    31: (32, 33),
    32: (33,),
}
INSTRUCTOR = (0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 16, 17, 19, 21)

tables = st.integers(2, 6).flatmap(
    lambda count: arrays(np.int64, (count, count), elements=st.integers(0, 9))
).filter(lambda table: table.sum() > 0)  # fmt: skip


def karate() -> np.ndarray:
    table = np.zeros((34, 34))
    for one, others in KARATE.items():
        for other in others:
            table[one, other] = table[other, one] = 1
    return table


def test_the_karate_club_and_its_two_factions() -> None:
    table = karate()
    factions = np.array([0 if each in INSTRUCTOR else 1 for each in range(34)])

    assert table.sum() == 2 * 78
    # 0.3715: the two factions, as the leading eigenvector gives them (Newman 2006, PNAS 103).
    assert modularity(table, factions) == pytest.approx(0.3715, abs=5e-5)


def test_the_karate_club_at_its_best() -> None:
    # 0.4198 with four communities: the proved maximum (Brandes et al. 2008, IEEE TKDE 20).
    best = np.zeros(34, dtype=int)
    best[[4, 5, 6, 10, 16]] = 1
    best[[8, 9, 14, 15, 18, 20, 22, 26, 29, 30, 32, 33]] = 2
    best[[23, 24, 25, 27, 28, 31]] = 3

    assert modularity(karate(), best) == pytest.approx(0.4198, abs=5e-5)


def test_three_departments_by_hand() -> None:
    # Total 20, within 4 + 2 + 4 = 10: share ½. Out 7, 6, 7; in 6, 6, 8.
    # By chance within: (7·6 + 6·6 + 7·8) ÷ 400 = 134 ÷ 400 = .335, across .665. Ratio .5 ÷ .665.
    # Modularity with departments as communities: .5 − .335 = .165 = .665 − .5.
    table = np.array([[4, 2, 1], [1, 2, 3], [1, 2, 4]])

    found = share_across(table)

    assert (found.total, found.across, found.share) == (20, 10, 0.5)
    assert found.expected == pytest.approx(0.665)
    assert found.ratio == pytest.approx(0.5 / 0.665)
    assert modularity(table, [0, 1, 2]) == pytest.approx(0.165)
    # The first two together: within 4 + 2 + 1 + 2 + 4 = 13 ÷ 20; out 13, 7; in 12, 8: (156 + 56) ÷ 400 = .53.
    assert modularity(table, [0, 0, 1]) == pytest.approx(0.65 - 0.53)
    assert modularity(table, [0, 0, 1], resolution=0.5) == pytest.approx(0.65 - 0.265)


def test_reciprocity_by_hand() -> None:
    # Across: 0→1 3, 1→0 1, 0→2 2, 2→1 4: sum 10. Back and forth min(3, 1) twice = 2: .2.
    # Links 4, of which two have one back: ½. Density 4 ÷ 6 = ⅔; (½ − ⅔) ÷ (1 − ⅔) = −½. 5 within: left out.
    found = reciprocity([[5, 3, 2], [1, 0, 0], [0, 4, 0]])

    assert found.weighted == pytest.approx(0.2)
    assert found.links == 0.5
    assert found.expected == pytest.approx(2 / 3)
    assert found.beyond_chance == pytest.approx(-0.5)


def test_all_and_none_come_back() -> None:
    every = reciprocity([[0, 2], [2, 0]])
    assert (every.weighted, every.links, every.beyond_chance) == (
        1,
        1,
        None,
    )  # nothing is beyond: all are there
    none = reciprocity([[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    assert (none.weighted, none.links, none.expected, none.beyond_chance) == (0, 0, 0.5, -1)


def test_joint_ties_by_hand() -> None:
    # Three departments: six ties of ¼, so that each has ½ out and ½ in.
    people = {0: [1, 2], 2: [3], 4: [1, 5]}

    ties = joint_ties(people, kind=Kind.MATTER, cluster=7)

    table = strengths(ties, 5)
    assert table.sum(axis=0).tolist() == table.sum(axis=1).tolist() == [0.5, 0, 0.5, 0, 0.5]
    assert {each.weight for each in ties} == {0.25}
    assert {(each.source, each.target, each.people) for each in ties if each.source == 0} == {
        (0, 2, frozenset({1, 2, 3})),
        (0, 4, frozenset({1, 2, 5})),
    }
    alone = joint_ties({3: [9]}, kind=Kind.DECISION, cluster=8)
    assert [(each.source, each.target, each.weight) for each in alone] == [(3, 3, 0.5)]
    assert strengths([*ties, *alone], 5, kinds=[Kind.DECISION]).sum() == 0.5


def test_no_ties_have_no_share() -> None:
    assert share_across(np.zeros((2, 2))).share is None
    assert reciprocity([[1, 0], [0, 1]]).weighted is None
    assert share_across([[3]]).ratio is None  # alone, nothing can cross


@given(tables, st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_departments_does_not_matter(table: np.ndarray, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(table))))
    turned = table[np.ix_(order, order)]
    labels = np.arange(len(table)) % 2

    assert modularity(turned, labels[order]) == pytest.approx(modularity(table, labels), abs=1e-12)
    assert share_across(turned).expected == pytest.approx(share_across(table).expected)
    assert reciprocity(turned).weighted == pytest.approx(reciprocity(table).weighted)


@given(tables, st.sampled_from([0.5, 3, 1e6]))
@settings(max_examples=60, deadline=None)
def test_twice_the_ties_give_the_same(table: np.ndarray, times: float) -> None:
    labels = np.arange(len(table)) % 2

    assert modularity(table * times, labels) == pytest.approx(modularity(table, labels), abs=1e-12)
    assert share_across(table * times).ratio == pytest.approx(share_across(table).ratio)
    assert reciprocity(table * times).weighted == pytest.approx(reciprocity(table).weighted)
    assert reciprocity(table * times).links == reciprocity(table).links


@given(tables)
@settings(max_examples=60, deadline=None)
def test_bounds_and_what_is_known(table: np.ndarray) -> None:
    count = len(table)
    own = np.arange(count)
    across, back = share_across(table), reciprocity(table)

    assert modularity(table, np.zeros(count, dtype=int)) == pytest.approx(0, abs=1e-12)
    assert -1 <= modularity(table, own) < 1
    assert across.share is not None
    assert across.expected is not None
    assert 0 <= across.share <= 1
    assert modularity(table, own) == pytest.approx(across.expected - across.share)
    assert reciprocity(table + table.T).weighted in (None, pytest.approx(1))
    if back.weighted is not None and back.links is not None:
        assert 0 <= back.weighted <= 1
        assert reciprocity(table.T).weighted == pytest.approx(back.weighted)


@given(tables, st.integers(0, 100))
@settings(max_examples=30, deadline=None)
def test_merging_departments_into_communities_first_gives_the_same(table: np.ndarray, seed: int) -> None:
    labels = np.random.default_rng(seed).integers(2, size=len(table))
    labels[0] = 1
    merged = np.array([[table[np.ix_(labels == a, labels == b)].sum() for b in (0, 1)] for a in (0, 1)])

    assert modularity(merged, [0, 1]) == pytest.approx(modularity(table, labels), abs=1e-12)


def test_what_chance_would_give_is_what_drawn_ties_give() -> None:
    # Each tie keeps its source, the targets are dealt out anew: the mean of 4 000 deals, the standard error
    # of which is below .002.
    rng = np.random.default_rng(1)
    source, target = rng.integers(4, size=200), np.minimum(rng.integers(6, size=200), 3)
    table = np.zeros((4, 4))
    np.add.at(table, (source, target), 1)

    dealt = [np.mean(source != rng.permutation(target)) for _ in range(4_000)]

    assert np.mean(dealt) == pytest.approx(share_across(table).expected, abs=0.003)


@pytest.mark.parametrize(
    ("weights", "labels"),
    [
        ([[1, 2]], [0]),
        ([[1, -1], [0, 0]], [0, 1]),
        ([[1, np.nan], [0, 0]], [0, 1]),
        ([[0, 0], [0, 0]], [0, 1]),
        ([[1, 0], [0, 0]], [0]),
        ([[1, 0], [0, 0]], [0, -1]),
        ([[1, 0], [0, 0]], [0.0, 1.0]),
    ],
)
def test_tables_that_are_none_are_refused(weights: object, labels: object) -> None:
    with pytest.raises(KernelError):
        modularity(weights, labels)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    "tie",
    [
        Tie(0, 2, Kind.MATTER, 1),
        Tie(-1, 0, Kind.MATTER, 1),
        Tie(0, 1, Kind.MATTER, 1, weight=0),
        Tie(0, 1, Kind.MATTER, 1, weight=float("nan")),
    ],
)
def test_ties_outside_the_table_are_refused(tie: Tie) -> None:
    with pytest.raises(KernelError):
        strengths([tie], 2)
    with pytest.raises(KernelError):
        joint_ties({}, kind=Kind.MATTER, cluster=1)
