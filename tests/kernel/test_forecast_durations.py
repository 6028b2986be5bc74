"""Reference classes, open projects, and three points: hand-worked, published, and by simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast import Basis, common_shock, pert, reference_class
from styrfart.kernel.forecast.durations import PROBABILITIES, _product_limit, remaining

RATIOS = st.lists(st.floats(0.0, 20.0), min_size=1, max_size=30)


def test_quantiles_stand_at_i_of_n_plus_one() -> None:
    # Three closed: 1, 2, 3 stand at 1/4, 2/4, 3/4; straight lines between; level beyond.
    found = reference_class([3.0, 1.0, 2.0])

    assert found.quantile([0.1, 0.25, 0.5, 0.625, 0.75, 0.9]).tolist() == [1.0, 1.0, 2.0, 2.5, 3.0, 3.0]
    assert (found.basis, found.own, found.own_weight, found.tail) == (Basis.OWN, 3, 1.0, 0.0)


def test_a_new_project_falls_below_the_level_80_quantile_eight_times_of_ten() -> None:
    # Nine closed, uniform: the chance that a tenth falls below the quantile is the quantile itself.
    chance = np.random.default_rng(1)
    found = [reference_class(chance.uniform(size=9)).quantile(0.8) for _ in range(4_000)]

    # Standard error .12 / sqrt(4 000) = .002. numpy.quantile would give .74.
    assert np.mean(found) == pytest.approx(0.8, abs=0.006)


def test_few_own_projects_lean_on_the_outside_class() -> None:
    # Ten own at 1 and an outside class at 2 that weighs as ten: half the distribution each.
    found = reference_class([1.0] * 10, outside=[2.0] * 5, strength=10.0)

    assert (found.basis, found.own_weight) == (Basis.SHRUNK, 0.5)
    assert found.quantile([0.3, 0.7]).tolist() == [1.0, 2.0]
    assert found.mean() == pytest.approx(1.5, abs=0.02)  # a straight line joins the two


def test_many_own_projects_hardly_lean() -> None:
    assert reference_class([1.0] * 990, outside=[2.0]).own_weight == 0.99


def test_without_own_projects_the_outside_class_stands_alone() -> None:
    found = reference_class([], still_open=[0.5], outside=[1.0, 2.0, 3.0])

    assert (found.basis, found.own_weight, found.open) == (Basis.OUTSIDE, 0.0, 0)
    assert found.quantile(0.5) == 2.0


def test_no_strength_is_no_leaning() -> None:
    assert reference_class([1.0, 2.0], outside=[9.0], strength=0.0).basis is Basis.OWN


def test_the_product_limit_is_the_published_one() -> None:
    # Freireich et al. 1963, 6-mercaptopurine, weeks; survival as in all textbooks since.
    closed = np.array([6, 6, 6, 7, 10, 13, 16, 22, 23], float)
    still_open = np.array([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], float)

    values, weights, tail = _product_limit(closed, still_open)

    survival = 1 - np.cumsum(weights[:-1]) / 21
    assert values.tolist() == [6, 7, 10, 13, 16, 22, 23, 35]
    assert survival == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert tail == pytest.approx(0.448, abs=5e-4)


def test_open_projects_make_the_class_slower_and_tell_of_their_tail() -> None:
    closed = [0.8, 1.0, 1.2, 1.4]
    alone, together = reference_class(closed), reference_class(closed, still_open=[1.3, 2.0])

    assert bool((together.ratios >= alone.ratios).all())
    # Survival: 5/6, 4/6, 3/6, and at 1.4 two are left, one closes: 1/4.
    assert together.tail == pytest.approx(0.25)
    assert together.quantile(0.99) == 2.0
    assert together.open == 2


@given(RATIOS, RATIOS, RATIOS)
@settings(max_examples=60, deadline=None)
def test_quantiles_rise_and_stay_within_what_was_seen(
    closed: list[float], still_open: list[float], outside: list[float]
) -> None:
    found = reference_class(closed, still_open=still_open, outside=outside)
    seen = closed + still_open + outside

    assert bool((np.diff(found.ratios) >= 0).all())
    assert min(seen) - 1e-9 <= found.ratios[0] <= found.ratios[-1] <= max(seen) + 1e-9
    assert 0 <= found.tail <= 1


@given(RATIOS, st.floats(0.0, 20.0))
@settings(max_examples=60, deadline=None)
def test_the_chance_is_the_quantile_backwards(closed: list[float], ratio: float) -> None:
    found = reference_class(closed)
    chance = found.chance_at_most(ratio)

    if 0 < chance < 1:
        assert found.quantile(chance) == pytest.approx(ratio, abs=1e-6)


@pytest.mark.parametrize("points", [(0.9, 1.0, 1.2), (0.0, 1.0, 5.0), (1.0, 1.0, 2.0), (0.5, 3.0, 3.0)])
def test_pert_is_the_beta_distribution_with_its_mean(points: tuple[float, float, float]) -> None:
    least, likely, most = points
    width = most - least
    oracle = stats.beta(1 + 4 * (likely - least) / width, 1 + 4 * (most - likely) / width, least, width)
    found = pert(*points)

    assert found.ratios == pytest.approx(oracle.ppf(PROBABILITIES), rel=1e-9)
    # The 1 025 points leave .02 % of the mean (Malcolm et al. 1959: (a + 4m + b) / 6).
    assert found.mean() == pytest.approx((least + 4 * likely + most) / 6, rel=2e-4)


def test_what_is_left_is_what_is_above_the_time_that_has_passed() -> None:
    uniform = reference_class(np.linspace(0, 1, 2_001))

    left, has_outlasted = remaining(uniform, 0.5)

    # Uniform on 0 to 1, given more than a half, less that half: uniform on 0 to a half.
    assert not has_outlasted
    assert left == pytest.approx(PROBABILITIES / 2, abs=2e-3)


def test_who_outlasted_everybody_begins_anew() -> None:
    found = reference_class([1.0, 2.0])

    left, has_outlasted = remaining(found, 2.0)

    assert has_outlasted
    assert left is found.ratios


def test_the_common_shock_is_found_again() -> None:
    # 40 departments and years with 12 projects each, correlation .3 in normal scores.
    chance = np.random.default_rng(5)
    found = []
    for _ in range(120):
        shared = np.repeat(chance.standard_normal(40), 12) * np.sqrt(0.3)
        scores = shared + chance.standard_normal(480) * np.sqrt(0.7)
        found.append(common_shock(np.exp(0.4 * scores), np.repeat(np.arange(40), 12)))

    assert np.mean([each.share for each in found]) == pytest.approx(0.3, abs=0.02)
    # A 90 % interval: of 120 on average 108, standard deviation 3.3.
    assert 96 <= sum(each.low <= 0.3 <= each.high for each in found) <= 118


def test_no_common_shock_is_told_as_none() -> None:
    # Both groups have the same ratios: less between groups than chance would give.
    found = common_shock([1.0, 2.0, 3.0, 1.0, 2.0, 3.0], [0, 0, 0, 1, 1, 1])

    assert (found.share, found.low, found.groups, found.projects) == (0.0, 0.0, 2, 6)


@pytest.mark.parametrize(
    "call",
    [
        lambda: reference_class([]),
        lambda: reference_class([-0.1]),
        lambda: reference_class([np.nan]),
        lambda: reference_class([[1.0]]),
        lambda: reference_class([1.0], strength=-1.0),
        lambda: pert(1.0, 0.9, 1.2),
        lambda: pert(1.0, 1.0, 1.0),
        lambda: common_shock([1.0, 2.0], [0, 1]),
        lambda: common_shock([1.0, 2.0], [0, 0]),
        lambda: common_shock([1.0, 2.0], [0, 0, 1]),
    ],
)
def test_what_makes_no_distribution_is_refused(call: object) -> None:
    with pytest.raises(KernelError):
        call()  # type: ignore[operator]  # each is a call
