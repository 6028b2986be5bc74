"""Allocations, and the p values and intervals that follow, against counting by hand and by force."""

from itertools import combinations
from math import comb, inf

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from styrfart.kernel.effects.lots import draw, limits, listed, orthonormal, p_values, reference
from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]


def test_three_against_three_counted_by_hand() -> None:
    # Outcomes 6 5 4 | 3 2 1: of the 20 allocations only this one has so great a difference (5 − 2 = 3), so
    # one tail is 1/20 and p = 2/20. Its mirror has −3.
    lot = draw([1, 1, 1, 0, 0, 0])
    found = reference(np.array([6.0, 5, 4, 3, 2, 1]), lot, np.ones((6, 1)))

    assert (found.p, lot.smallest_p, lot.count) == (0.1, 0.1, 20)
    assert found.effect == pytest.approx(3)


def test_two_against_two_the_interval_by_hand() -> None:
    # Outcomes 5 3 | 2 0: effect 3, e = y − 3z − mean = 1 −1 1 −1. Allocations of two of four, z'Mz = 1 each;
    # the divisor is 1 − z*'Mz = 2 − (units shared with z), and z*'e is 2, 0 or −2. So τ = −z*'e / divisor:
    # {1,3}: 2/1 → −2; {1,4}, {2,3}: 0; {2,4}: −2/1 → +2; {3,4}: 0/2 = 0; {1,2} has no end.
    lot = draw([1, 1, 0, 0])
    found = reference(np.array([5.0, 3, 2, 0]), lot, np.ones((4, 1)))

    assert found.shifts == pytest.approx([-2, 0, 0, 0, 2], abs=1e-12)
    assert (found.endless, found.looked_at) == (1, 6)
    # Tail at 1/3 level: floor(1/2 · 2/3 · 6) = 2 allocations may be more extreme, one has no end: the second
    # of the others, which is 0. With ⅓ the limits are the effect itself.
    assert found.interval(1 / 3).low == pytest.approx(3.0)
    # At 0.6: floor(.2 · 6) = 1: the first of the others, −2 and +2.
    interval = found.interval(0.6)
    assert (interval.low, interval.high) == pytest.approx((1, 5))
    assert found.interval(0.95).is_endless


@given(st.integers(0, 10_000), st.integers(5, 9), st.booleans(), st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_limits_are_where_the_test_begins_to_reject(
    seed: int, units: int, has_baseline: bool, has_strata: bool
) -> None:
    generator = np.random.default_rng(seed)
    started = np.zeros(units)
    started[generator.permutation(units)[: units // 2]] = 1
    strata = np.arange(units) % 2 if has_strata else np.zeros(units, dtype=int)
    adjusted = (strata[:, None] == np.arange(int(strata.max()) + 1)).astype(float)
    if has_baseline:
        adjusted = np.column_stack([adjusted, generator.normal(size=units)])
    outcome = generator.normal(size=units) + started
    lot = draw(started, strata=strata)
    assume(np.linalg.matrix_rank(np.column_stack([started, adjusted])) > adjusted.shape[1])
    found = reference(outcome, lot, adjusted)

    for level in (0.6, 0.8, 0.9):
        interval = found.interval(level)
        for limit, way in ((interval.low, -1e-5), (interval.high, 1e-5)):
            if abs(limit) < inf:
                out = way * (1 + abs(limit))
                inside, outside = p_values(
                    outcome - np.array([[limit - out], [limit + out]]) * started, lot, adjusted
                )
                assert outside <= 1 - level + 1e-9 < inside + 2e-9
    assert p_values(outcome[None, :], lot, adjusted)[0] == pytest.approx(found.p)
    low, high = limits(outcome[None, :], lot, adjusted, level=0.8)
    ends = (found.interval(0.8).low, found.interval(0.8).high)
    assert (low[0], high[0]) == pytest.approx(ends, rel=1e-6, abs=1e-6)


def test_without_adjustment_p_is_the_share_of_differences_as_great() -> None:
    generator = np.random.default_rng(3)
    outcome = generator.normal(size=9)
    started = np.array([1, 0, 1, 0, 0, 1, 1, 0, 0])
    observed = outcome[started == 1].mean() - outcome[started == 0].mean()
    others = [
        outcome[list(chosen)].mean() - np.delete(outcome, chosen).mean()
        for chosen in combinations(range(9), 4)
    ]
    tails = [np.mean(np.array(others) >= observed - 1e-12), np.mean(np.array(others) <= observed + 1e-12)]

    found = reference(outcome, draw(started), np.ones((9, 1)))

    assert found.p == pytest.approx(2 * min(tails))
    assert found.effect == pytest.approx(observed)


def test_a_stratified_lot_holds_each_allocation_once() -> None:
    lot = draw([1, 0, 1, 0, 0, 1, 0], strata=["a", "a", "b", "b", "b", "c", "c"])

    assert (lot.count, len(lot.others), len(np.unique(lot.others, axis=0))) == (12, 12, 12)
    assert lot.others[:, :2].sum(axis=1).tolist() == [1.0] * 12
    assert lot.others[:, 2:5].sum(axis=1).tolist() == [1.0] * 12
    assert (lot.others == lot.drawn).all(axis=1).sum() == 1


def test_a_sample_counts_the_drawn_one_in_and_keeps_to_the_strata() -> None:
    lot = draw(np.repeat([1, 0], 15), strata=np.tile([0, 1], 15), limit=100, draws=99, seed=4)

    assert (lot.is_complete, lot.looked_at, lot.count) == (False, 100, comb(15, 8) * comb(15, 7))
    assert set(lot.others[:, ::2].sum(axis=1)) == {8.0}
    assert lot.smallest_p == 0.02
    extreme = reference(np.repeat([9.0, 0.0], 15) + np.tile([0.1, 0.2], 15), lot, np.ones((30, 1)))
    assert extreme.p == 0.02


@given(st.integers(0, 1000), st.floats(-50, 50), st.floats(0.01, 100))
@settings(max_examples=30, deadline=None)
def test_shift_and_scale_of_the_outcome_carry_over(seed: int, shift: float, scale: float) -> None:
    outcome = np.random.default_rng(seed).normal(size=8)
    lot = draw([1, 0, 1, 0, 1, 0, 1, 0])
    one = reference(outcome, lot, np.ones((8, 1)))
    other = reference(outcome * scale + shift, lot, np.ones((8, 1)))

    assert other.effect == pytest.approx(one.effect * scale, abs=1e-9 * (scale + abs(shift)))
    assert other.p == pytest.approx(one.p)
    assert other.interval(0.9).low == pytest.approx(one.interval(0.9).low * scale, rel=1e-6, abs=1e-6)


def test_swapping_the_groups_turns_the_sign_and_nothing_else() -> None:
    outcome = np.random.default_rng(8).normal(size=9)
    started = np.array([1, 1, 1, 0, 0, 0, 0, 0, 0])
    one = reference(outcome, draw(started), np.ones((9, 1)))
    other = reference(outcome, draw(1 - started), np.ones((9, 1)))

    assert (one.effect, one.p) == pytest.approx((-other.effect, other.p))
    assert one.interval(0.9).low == pytest.approx(-other.interval(0.9).high)


def test_a_restricted_lot_has_only_its_own_allocations() -> None:
    rows = [[1, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 1]]
    lot = listed(rows[0], rows)

    assert (lot.count, lot.smallest_p) == (4, 0.5)
    assert reference(np.array([4.0, 3, 2, 1]), lot, np.ones((4, 1))).p == 0.5


@pytest.mark.parametrize(
    ("started", "allocations"),
    [
        ([1, 1, 0, 0], [[1, 0, 1, 0], [0, 1, 0, 1]]),  # the drawn one is not there
        ([1, 1, 0, 0], [[1, 1, 0, 0], [1, 1, 0, 0]]),  # twice
        ([1, 1, 0, 0], [[1, 1, 0, 0], [1, 1, 1, 1]]),  # nobody to compare with
        ([1, 1, 0, 0], [[1, 1, 0], [0, 0, 1]]),
        ([1, 1, 0, 0], [[1, 1, 0, 0], [2, 0, 0, 0]]),
    ],
)
def test_a_restricted_lot_that_makes_no_sense_is_refused(
    started: list[int], allocations: list[list[int]]
) -> None:
    with pytest.raises(KernelError):
        listed(started, allocations)


@pytest.mark.parametrize("started", [[1, 1], [0, 0], [1, 0.5], [[1, 0]]])
def test_some_start_and_some_do_not(started: list[float]) -> None:
    with pytest.raises(KernelError):
        draw(started)


def test_an_allocation_that_follows_from_the_baseline_tells_nothing() -> None:
    lot = draw([1, 1, 0, 0, 0])

    with pytest.raises(KernelError):
        reference(np.arange(5.0), lot, np.column_stack([np.ones(5), lot.drawn * 3]))


def test_a_basis_leaves_out_what_adds_nothing() -> None:
    basis = orthonormal(np.array([[1.0, 2, 1], [1, 2, 0], [1, 2, 0]]))

    assert basis.shape == (3, 2)
    assert basis.T @ basis == pytest.approx(np.eye(2), abs=1e-12)
