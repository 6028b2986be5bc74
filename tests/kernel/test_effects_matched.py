"""Matching against every possible pairing, and hidden bias against published bounds and every sign."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from styrfart.kernel.effects import (
    Caution,
    Direction,
    Matching,
    Method,
    Refusal,
    Verdict,
    bound,
    judge,
    least_squares,
    match,
    matched,
    tolerated,
)
from styrfart.kernel.effects.sensitivity import normal_tail
from styrfart.kernel.errors import KernelError

# Lead in the blood (µg/dl) of 33 children whose parent worked with lead, and of a matched child each.
# Morton, Saah, Silberg, Owens, Roberts and Saah 1982; Rosenbaum 2002, Table 3.1.
EXPOSED = np.array(
    [38, 23, 41, 18, 37, 36, 23, 62, 31, 34, 24, 14, 21, 17, 16, 20, 15,
     10, 45, 39, 22, 35, 49, 48, 44, 35, 43, 39, 34, 13, 73, 25, 27]
)  # fmt: skip
MATCHED = np.array(
    [16, 18, 18, 24, 19, 11, 10, 15, 16, 18, 18, 13, 19, 10, 16, 16, 24,
     13, 9, 14, 21, 19, 7, 18, 19, 12, 11, 22, 25, 16, 13, 11, 13]
)  # fmt: skip


@pytest.mark.parametrize(
    ("gamma", "published"), [(2, 0.0018), (3, 0.0136), (4, 0.0388), (4.25, 0.0468), (5, 0.0740)]
)
def test_hidden_bias_as_published_for_lead(gamma: float, published: float) -> None:
    """Rosenbaum 2002, Table 4.1: greatest one-sided p by the normal approximation. Rank sum 527."""
    ranks = stats.rankdata(np.abs(EXPOSED - MATCHED))
    differs, above = EXPOSED != MATCHED, EXPOSED > MATCHED
    approximate = normal_tail(ranks[differs], ranks[above].sum(), gamma / (1 + gamma))

    assert ranks[above].sum() == 527
    assert approximate == pytest.approx(published, abs=0.00005)
    # The exact tail is lighter than the normal one out there.
    assert 0 < bound(EXPOSED - MATCHED, gamma=gamma).p < approximate


@given(st.lists(st.integers(-6, 6), min_size=1, max_size=8), st.floats(1, 6))
@settings(max_examples=60, deadline=None)
def test_the_bound_is_the_sum_over_every_sign(differences: list[int], gamma: float) -> None:
    given_ = np.array(differences, dtype=float)
    if not given_.any():
        with pytest.raises(KernelError):
            bound(given_, gamma=gamma)
        return
    ranks = stats.rankdata(np.abs(given_))
    kept, share = ranks[given_ != 0], gamma / (1 + gamma)
    observed = ranks[given_ > 0].sum()
    total = sum(
        np.prod([share if sign else 1 - share for sign in signs])
        for signs in product((0, 1), repeat=kept.size)
        if np.dot(signs, kept) >= observed - 1e-9
    )

    assert bound(given_, gamma=gamma).p == pytest.approx(total)


def test_what_is_tolerated_is_where_the_bound_passes_the_level() -> None:
    found = tolerated(EXPOSED - MATCHED)

    assert bound(EXPOSED - MATCHED, gamma=found).p <= 0.025
    assert bound(EXPOSED - MATCHED, gamma=found + 1e-4).p > 0.025
    assert found == pytest.approx(tolerated(MATCHED - EXPOSED))
    assert tolerated(np.array([1.0, -1, 2, -2])) == 0.0


def test_many_pairs_take_the_normal_distribution() -> None:
    differences = np.random.default_rng(1).normal(size=61) + 0.5

    assert not bound(differences, gamma=1.5).is_exact
    assert bound(differences[:60], gamma=1.5).is_exact
    assert bound(differences, gamma=1.5).p == pytest.approx(bound(differences[:60], gamma=1.5).p, abs=0.05)


@pytest.mark.parametrize(("differences", "gamma"), [([1.0, 2], 0.9), ([0.0], 1), ([np.nan], 1)])
def test_a_bound_that_makes_no_sense_is_refused(differences: list[float], gamma: float) -> None:
    with pytest.raises(KernelError):
        bound(differences, gamma=gamma)


@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(4, 6))
@settings(max_examples=40, deadline=None)
def test_no_other_pairing_is_closer(seed: int, few: int, many: int) -> None:
    generator = np.random.default_rng(seed)
    started = np.repeat([1, 0], [few, many])
    x = generator.normal(size=(few + many, 2))
    spread = np.sqrt((x[:few].var(axis=0, ddof=1) + x[few:].var(axis=0, ddof=1)) / 2)
    apart = np.linalg.norm((x[:few, None, :] - x[None, few:, :]) / spread, axis=2)
    totals = [sum(apart[i, j] for i, j in enumerate(chosen)) for chosen in permutations(range(many), few)]

    best, nearest = match(started, x), match(started, x, matching=Matching.NEAREST)

    assert best.total == pytest.approx(min(totals))
    assert best.total <= nearest.total + 1e-12
    assert sorted(set(best.compared)) == sorted(best.compared)
    assert nearest.distances[int(np.argmin(nearest.distances))] == pytest.approx(apart.min())


@given(st.integers(0, 10_000), st.floats(0.2, 2))
@settings(max_examples=40, deadline=None)
def test_a_caliper_leaves_as_few_as_possible_without(seed: int, caliper: float) -> None:
    generator = np.random.default_rng(seed)
    started = np.repeat([1, 0], [4, 5])
    x = generator.normal(size=9)
    spread = np.sqrt((x[:4].var(ddof=1) + x[4:].var(ddof=1)) / 2)
    apart = np.abs(x[:4, None] - x[None, 4:]) / spread
    choices = [
        [(i, j) for i, j in enumerate(chosen) if apart[i, j] <= caliper]
        for chosen in permutations(range(5), 4)
    ]
    most = max(len(each) for each in choices)
    least = min(sum(apart[i, j] for i, j in each) for each in choices if len(each) == most)

    found = match(started, x, caliper=caliper)

    assert len(found.treated) == most
    assert found.total == pytest.approx(least)
    assert all(each <= caliper for each in found.distances)
    assert sorted(found.treated + found.unmatched) == [0, 1, 2, 3]


def cohort(effect: float, *, hidden: float = 0.0, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    started = np.repeat([1, 0], [12, 60])
    x = generator.normal(size=(72, 2)) + 0.8 * started[:, None]
    return x.sum(axis=1) + (effect + hidden) * started + 0.5 * generator.normal(size=72), started, x


def test_matching_mends_what_was_measured_and_adjusting_what_is_left_of_it() -> None:
    outcome, started, x = cohort(1.0)
    raw = outcome[started == 1].mean() - outcome[started == 0].mean()
    found, adjusted = matched(outcome, started, x), matched(outcome, started, x, adjust=True)

    assert found.estimate.effect - 1.0 < 0.5 * (raw - 1.0)
    assert adjusted.estimate.effect == pytest.approx(1.0, abs=0.4)
    assert adjusted.pairs == found.pairs
    assert max(abs(each) for each in found.pairs.after) < min(abs(each) for each in found.pairs.before)
    assert found.estimate.method is Method.SIGN_FLIPS
    assert found.estimate.smallest_p == 2 / 2**12
    assert Caution.NO_RANDOMISATION in found.estimate.cautions


def test_adjusting_is_the_regression_of_differences_on_differences() -> None:
    outcome, started, x = cohort(0.7, seed=5)
    found = matched(outcome, started, x, adjust=True)
    mine, other = list(found.pairs.treated), list(found.pairs.compared)
    apart = x[mine] - x[other]
    oracle = least_squares(outcome[mine] - outcome[other], np.column_stack([np.ones(12), apart]))

    assert found.estimate.effect == pytest.approx(oracle.coefficients[0])
    assert found.estimate.standard_error == pytest.approx(oracle.standard_errors[0])


def test_sign_flips_are_counted_over_every_sign() -> None:
    outcome, started, x = cohort(0.2)
    found = matched(outcome, started, x)
    within = outcome[list(found.pairs.treated)] - outcome[list(found.pairs.compared)]
    signs = np.array(list(product((-1, 1), repeat=12)))
    means = (signs * within).mean(axis=1)
    tails = [(means >= within.mean() - 1e-12).mean(), (means <= within.mean() + 1e-12).mean()]

    assert found.estimate.effect == pytest.approx(within.mean())
    assert found.estimate.p == pytest.approx(2 * min(tails))
    assert found.estimate.standard_error == pytest.approx(within.std(ddof=1) / np.sqrt(12))


def test_a_small_effect_that_hidden_bias_would_explain_is_at_most_probable() -> None:
    outcome, started, x = cohort(0.45, seed=3)
    found = matched(outcome, started, x)

    assert found.tolerated_bias is not None
    assert found.tolerated_bias < 1.5
    assert Caution.HIDDEN_BIAS in found.estimate.cautions
    assert judge(found.estimate, direction=Direction.HIGHER, worthwhile=0.2).verdict is not (
        Verdict.CLEAR_IMPROVEMENT
    )


def test_too_few_pairs_are_described() -> None:
    outcome, started, x = cohort(1.0)
    kept = np.r_[0:5, 12:72]
    found = matched(outcome[kept], started[kept], x[kept])

    assert found.estimate.refusals == (Refusal.LEVEL_OUT_OF_REACH,)  # 2/32
    assert found.estimate.p is None


def test_nobody_within_the_caliper_is_said() -> None:
    outcome, started, x = cohort(1.0)
    found = matched(outcome, started, x + 50 * started[:, None], caliper=0.5)
    some = matched(outcome, started, x, caliper=0.3)

    assert found.estimate.refusals == (Refusal.NO_MATCHES,)
    assert (found.pairs.treated, len(found.pairs.unmatched), found.tolerated_bias) == ((), 12, None)
    assert some.pairs.unmatched
    assert Caution.UNMATCHED in some.estimate.cautions


def test_pairs_whose_members_crossed_over_are_said() -> None:
    outcome, started, x = cohort(1.0)
    found = matched(outcome, started, x, taken_up=np.zeros(72))

    assert found.crossover is not None
    assert found.crossover.treated_without == 1.0
    assert Caution.CROSSOVER in found.estimate.cautions


def test_pairs_that_are_still_unlike_are_said() -> None:
    outcome, started, x = cohort(1.0)
    found = matched(outcome, started, x + 2.0 * started[:, None])

    assert Caution.IMBALANCE in found.estimate.cautions


@pytest.mark.parametrize(
    ("covariates", "caliper"),
    [(np.ones((4, 1)), None), (np.arange(3.0), None), (np.arange(4.0), 0.0), (np.full(4, np.nan), None)],
)
def test_matching_that_makes_no_sense_is_refused(covariates: np.ndarray, caliper: float | None) -> None:
    with pytest.raises(KernelError):
        match([1, 1, 0, 0], covariates, caliper=caliper)


def test_an_outcome_for_each_unit() -> None:
    with pytest.raises(KernelError):
        matched([1.0, 2, 3], [1, 1, 0, 0], np.arange(4.0))
