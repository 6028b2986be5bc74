"""Permuted start times, bands, trends before the start, what can be seen, and the whole answer."""

import hashlib

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.effects.staggered import (
    NEVER,
    Comparison,
    GroupTimeEffects,
    Panel,
    group_time_effects,
    usable,
)
from styrfart.kernel.effects.staggered_aggregate import Aggregation, aggregate
from styrfart.kernel.effects.staggered_effect import staggered_effect
from styrfart.kernel.effects.staggered_inference import careful_band, pre_trend, uniform_band
from styrfart.kernel.effects.staggered_permutation import deal, permutation_reference, two_sided
from styrfart.kernel.effects.staggered_plan import Noise, Rollout, noise_of, plan_staggered
from styrfart.kernel.effects.values import Caution, Design, Direction, Method, Refusal, Verdict
from styrfart.kernel.effects.verdict import judge
from styrfart.kernel.errors import KernelError
from tests.kernel.processes import in_any_process
from tests.kernel.test_effects_staggered import estimated, mpdta, needs_mpdta, rows

Table = npt.NDArray[np.float64]
NYT = Comparison.NOT_YET_TREATED


def noisy(units: int, periods: int, *, seed: int, correlation: float = 0.6) -> Table:
    """Units with levels of their own, what strikes all alike, and noise of deviation 1."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(units, periods))
    for period in range(1, periods):
        values[:, period] = (
            correlation * values[:, period - 1] + (1 - correlation**2) ** 0.5 * values[:, period]
        )
    return np.asarray(values + 3 * rng.normal(size=(units, 1)) + rng.normal(size=periods))


def test_start_times_are_dealt_in_every_way_once() -> None:
    # 8 units, 2 + 2 start and 4 do not: 8! / (2! 2! 4!) = 420; 4 units, 2 start: 6, and 2/6 at least as p.
    starts = [2, 2, 3, 3, NEVER, NEVER, NEVER, NEVER]
    every = deal(usable(Panel(np.zeros((8, 4)), starts, range(4))))
    few = deal(usable(Panel(np.zeros((4, 4)), [2, 2, NEVER, NEVER], range(4))))

    assert (every.count, len(every.dealt), every.is_complete) == (420, 420, True)
    assert len({tuple(row) for row in every.dealt.tolist()}) == 420
    assert {tuple(sorted(row)) for row in every.dealt.tolist()} == {(0, 0, 1, 1, 2, 2, 2, 2)}
    assert few.count == 6
    assert few.smallest_p == pytest.approx(1 / 3)


def test_more_deals_than_the_limit_are_sampled_with_the_seed() -> None:
    units = usable(Panel(np.zeros((12, 5)), [2] * 4 + [3] * 4 + [NEVER] * 4, range(5)))

    one, same, other = (deal(units, draws=50, limit=100, seed=seed) for seed in (1, 1, 2))

    assert (one.count, len(one.dealt), one.is_complete, one.seed) == (34_650, 51, False, 1)
    assert one.dealt.tobytes() == same.dealt.tobytes() != other.dealt.tobytes()


@pytest.mark.parametrize("comparison", Comparison)
@pytest.mark.parametrize("aggregation", Aggregation)
@pytest.mark.parametrize("anticipation", [0, 1])
def test_the_p_value_is_that_of_estimating_every_deal_anew(
    aggregation: Aggregation, comparison: Comparison, anticipation: int
) -> None:
    starts = np.array([2, 2, 3, NEVER, NEVER, NEVER, NEVER])
    outcomes = noisy(7, 5, seed=4)

    def estimate(start: npt.NDArray[np.int64]) -> GroupTimeEffects:
        panel = Panel(outcomes, start, range(5))
        return group_time_effects(panel, comparison=comparison, anticipation=anticipation)

    found = estimate(starts)
    deals = deal(found.units)

    anew = [aggregate(estimate(deals.starts[row]), aggregation).overall for row in deals.dealt]

    effect = aggregate(found, aggregation).overall
    tail = min(np.mean(np.array(anew) <= effect + 1e-12), np.mean(np.array(anew) >= effect - 1e-12))
    assert two_sided(permutation_reference(found, aggregation, deals)) == pytest.approx(
        min(1, 2 * tail), abs=1e-12
    )


@given(seed=st.integers(0, 2**32), share=st.floats(0.05, 0.95))
@settings(max_examples=8, deadline=None)
def test_the_interval_holds_exactly_the_effects_that_are_not_rejected(seed: int, share: float) -> None:
    starts, outcomes = np.array([2, 2, 3, 4, NEVER, NEVER, NEVER, NEVER]), noisy(8, 6, seed=seed)
    started = np.arange(6) >= starts[:, None]
    found = group_time_effects(Panel(outcomes, starts, range(6)), comparison=NYT)
    deals = deal(found.units)
    interval = permutation_reference(found, Aggregation.GROUP, deals).interval(0.9)
    width = interval.high - interval.low

    for effect, is_inside in (
        (interval.low + share * width, True),
        (interval.low - 1e-6 - share * width, False),
        (interval.high + 1e-6 + share * width, False),
    ):
        less = group_time_effects(Panel(outcomes - effect * started, starts, range(6)), comparison=NYT)
        assert (two_sided(permutation_reference(less, Aggregation.GROUP, deals)) > 0.1) is is_inside


def test_estimating_anew_gives_the_same_as_the_table_of_means() -> None:
    # Weights that change by nothing that counts send the same question the slow way.
    starts, outcomes = np.array([2, 2, 3, NEVER, NEVER, NEVER, NEVER]), noisy(7, 5, seed=5)
    plain = group_time_effects(Panel(outcomes, starts, range(5)), comparison=NYT)
    slow = group_time_effects(
        Panel(outcomes, starts, range(5), weights=1 + 1e-9 * np.arange(5) * np.ones((7, 1))), comparison=NYT
    )
    deals = deal(plain.units)

    fast = permutation_reference(plain, Aggregation.GROUP, deals)
    anew = permutation_reference(slow, Aggregation.GROUP, deals)

    assert (two_sided(anew), anew.endless) == (two_sided(fast), fast.endless)
    assert anew.shifts == pytest.approx(fast.shifts, abs=1e-6)


@pytest.mark.parametrize("sizes", [(2, 2, 4), (3, 3, 3, 3), (7, 7, 6)])
def test_with_few_units_the_test_keeps_its_level(sizes: tuple[int, ...]) -> None:
    # 8, 12 and 20 units; the benchmark does it with thousands. 150 panels: 6 % + 2 standard errors is 10 %.
    starts = np.repeat([*(3, 5, 6)[: len(sizes) - 1], NEVER], sizes)
    alarms = 0
    for seed in range(150):
        found = group_time_effects(Panel(noisy(starts.size, 8, seed=seed), starts, range(8)), comparison=NYT)
        deals = deal(found.units, draws=199, limit=500, seed=1)
        alarms += two_sided(permutation_reference(found, Aggregation.GROUP, deals)) <= 0.05
    assert alarms <= 15


@needs_mpdta
@pytest.mark.parametrize("scenario", ["mpdta_nev_dr", "mpdta_nyt_dr", "mpdta_nev_reg_cov", "mpdta_nev_ipw"])
def test_the_test_of_trends_before_is_that_of_r(scenario: str) -> None:
    reference = next(row for row in rows("ref_pretest.csv") if row["scenario"] == scenario)

    found = pre_trend(estimated(scenario), Aggregation.GROUP)

    assert found is not None
    assert found.wald == pytest.approx(float(reference["W"]), abs=1e-8)
    assert found.p_large_sample == pytest.approx(float(reference["Wpval"]), abs=1e-5)  # R rounds it
    assert found.degrees == 5


def test_a_trend_that_the_test_can_see_is_seen_as_often_as_it_says() -> None:
    # 60 units; a drift of the stated size, of those who start alone: 80 % of the panels, here 100 of them.
    starts = np.repeat([4, 6, NEVER], 20)
    seen, sizes = 0, []
    for seed in range(100):
        outcomes = noisy(60, 8, seed=seed)
        found = pre_trend(group_time_effects(Panel(outcomes, starts, range(8))), Aggregation.GROUP)
        assert found is not None
        sizes.append(found.detectable)
        drift = np.median(sizes) * np.arange(8) * (starts < NEVER)[:, None]
        moved = pre_trend(group_time_effects(Panel(outcomes + drift, starts, range(8))), Aggregation.GROUP)
        assert moved is not None
        seen += moved.p <= 0.05
    assert 68 <= seen <= 93


def test_a_band_is_wider_than_intervals_and_the_same_for_a_seed() -> None:
    effects = aggregate(
        group_time_effects(Panel(noisy(60, 8, seed=1), np.repeat([4, 6, NEVER], 20), range(8))),
        Aggregation.DYNAMIC,
    )

    band = uniform_band(effects.effects, effects.influence, effects.clusters, seed=3)
    same = uniform_band(effects.effects, effects.influence, effects.clusters, seed=3)

    # Nine effects at once: between one normal quantile and Bonferroni's for nine, 2.77.
    assert 1.96 < band.critical < 2.78
    assert (band.high - effects.effects) == pytest.approx(band.critical * effects.standard_errors)
    assert band.low.tobytes() == same.low.tobytes()
    with pytest.raises(KernelError, match="two clusters"):
        uniform_band(effects.effects, effects.influence, np.zeros(60, dtype=np.int64), seed=3)


def test_with_few_units_the_band_is_wider() -> None:
    # Nine effects at once, Bonferroni and t with 9 degrees: the quantile of 1 − .025/9 is 3.6.
    effects = aggregate(
        group_time_effects(Panel(noisy(12, 8, seed=1), np.repeat([4, 6, NEVER], 4), range(8))),
        Aggregation.DYNAMIC,
    )

    band = careful_band(effects.effects, effects.influence, effects.clusters, degrees=9)

    assert band.critical == pytest.approx(3.6, abs=0.1)
    assert (band.draws, band.seed) == (0, None)
    held = 0
    for seed in range(40):
        found = staggered_effect(
            Panel(noisy(12, 8, seed=seed), np.repeat([4, 6, NEVER], 4), range(8)), draws=9
        )
        assert found.band is not None
        held += bool(((found.band.low <= 0) & (found.band.high >= 0)).all())
    assert held >= 34  # of 40; 38 are expected
    with pytest.raises(KernelError, match="one degree"):
        careful_band(effects.effects, effects.influence, effects.clusters, degrees=0)


def test_the_noise_of_many_units_is_found_again() -> None:
    for correlation in (0.0, 0.4, 0.8):
        found = noise_of(2 * noisy(4_000, 6, seed=1, correlation=correlation))
        assert found.deviation == pytest.approx(2, abs=0.1)
        assert found.correlation == pytest.approx(correlation, abs=0.04)


@pytest.mark.parametrize(
    ("starts", "never", "refusals"),
    [
        ({2: 2}, 4, (Refusal.TOO_FEW_UNITS, Refusal.LEVEL_OUT_OF_REACH)),  # 2 of 15 is .13
        ({2: 1}, 9, (Refusal.TOO_FEW_TREATED, Refusal.LEVEL_OUT_OF_REACH)),  # 2 of 10 is .20
        ({2: 8}, 0, (Refusal.NO_COMPARISON, Refusal.TOO_FEW_COMPARED, Refusal.LEVEL_OUT_OF_REACH)),
        ({2: 9}, 1, (Refusal.TOO_FEW_COMPARED, Refusal.LEVEL_OUT_OF_REACH)),
    ],
)
def test_a_plan_that_cannot_reach_certainty_is_refused_before_it_starts(
    starts: dict[int, int], never: int, refusals: tuple[Refusal, ...]
) -> None:
    found = plan_staggered(Rollout(starts, never, tuple(range(6))), Noise(1.0, 0.5))

    assert (found.refusals, found.effect, found.can_be_seen) == (refusals, float("inf"), False)


@pytest.mark.parametrize(("starts", "never", "panels"), [({3: 4, 5: 4}, 4, 100), ({3: 14, 4: 14}, 14, 40)])
def test_the_smallest_visible_effect_is_seen_as_often_as_planned(
    starts: dict[int, int], never: int, panels: int
) -> None:
    # 12 units by simulation of the test, 42 by formula; panels of other seeds: .8 ± 3 standard errors.
    plan = Rollout(starts, never, tuple(range(8)))
    found = plan_staggered(plan, Noise(1.0, 0.6), simulations=400, seed=1)
    first = np.array([each for each in starts for _ in range(starts[each])] + [NEVER] * never)
    seen = 0
    for seed in range(panels):
        outcomes = noisy(first.size, 8, seed=seed) + found.effect * (np.arange(8) >= first[:, None])
        panel = Panel(outcomes, first, range(8))
        if first.size < 40:
            effects = group_time_effects(panel, comparison=NYT)
            deals = deal(effects.units, draws=299)
            p = two_sided(permutation_reference(effects, Aggregation.GROUP, deals))
        else:
            p = staggered_effect(panel, draws=9).estimate.p or 0.0
        seen += p <= 0.05
    assert abs(seen / panels - 0.8) <= 3 * (0.16 / panels) ** 0.5


def test_the_whole_answer_leads_to_a_verdict() -> None:
    starts = np.repeat([3, 5, NEVER], [4, 4, 6])
    outcomes = noisy(14, 8, seed=8, correlation=0.2)
    outcomes += 3 * (np.arange(8) >= starts[:, None])

    found = staggered_effect(Panel(outcomes, starts, range(8)), draws=999, seed=5)
    estimate = found.estimate

    assert (estimate.design, estimate.method) == (Design.STAGGERED, Method.PERMUTATION_SAMPLED)
    assert (estimate.treated, estimate.compared, estimate.draws, estimate.seed) == (8, 10, 1_000, 5)
    assert estimate.smallest_p == 2 / 1_000
    assert estimate.p is not None
    assert estimate.p <= 0.01
    assert estimate.interval(0.95).holds(3)
    assert estimate.refusals == ()
    assert estimate.cautions == (Caution.NO_RANDOMISATION,)
    assert found.check is not None
    assert found.check.method is Method.INFLUENCE_FUNCTION
    assert found.without_one is not None
    assert found.without_one[0] < estimate.effect < found.without_one[1]
    verdict = judge(estimate, direction=Direction.HIGHER, worthwhile=1.0).verdict
    assert verdict is Verdict.CLEAR_IMPROVEMENT


@needs_mpdta
def test_many_units_are_judged_by_the_influence_function() -> None:
    outcomes, starts, _, _ = mpdta()

    found = staggered_effect(
        Panel(outcomes, starts, (2003, 2004, 2005, 2006, 2007)), comparison=Comparison.NEVER_TREATED
    )

    assert found.estimate.method is Method.INFLUENCE_FUNCTION
    assert found.estimate.effect == pytest.approx(-0.0310182822, abs=1e-8)
    # The published error times √(500 / 496): three groups of starters and those who never start.
    assert found.estimate.standard_error == pytest.approx(0.0124460593 * (500 / 496) ** 0.5, abs=1e-8)
    assert Caution.EFFECT_VARIES_WITH_EXPOSURE in found.estimate.cautions


def test_too_few_units_are_only_described() -> None:
    found = staggered_effect(Panel(noisy(6, 5, seed=1), [2, 2, 2, NEVER, NEVER, NEVER], range(5)))

    assert found.estimate.refusals == (Refusal.TOO_FEW_UNITS, Refusal.LEVEL_OUT_OF_REACH)  # 2 of 20 is .10
    assert (found.estimate.p, found.estimate.intervals, found.estimate.method) == (
        None, (), Method.DESCRIPTION,
    )  # fmt: skip
    assert np.isfinite(found.estimate.effect)
    assert judge(found.estimate, direction=Direction.LOWER, worthwhile=1).verdict is Verdict.CANNOT_BE_JUDGED


@pytest.mark.parametrize(
    ("starts", "refusal"),
    [([2] * 10, Refusal.NO_COMPARISON), ([0] * 5 + [NEVER] * 5, Refusal.NO_POINT_BEFORE)],
)
def test_nobody_to_compare_with_or_nothing_before_is_refused(starts: list[int], refusal: Refusal) -> None:
    found = staggered_effect(Panel(noisy(10, 5, seed=1), starts, range(5)))

    assert found.estimate.refusals == (refusal,)
    assert (found.overall, found.band, found.check) == (None, None, None)


def test_the_same_value_everywhere_is_refused() -> None:
    found = staggered_effect(Panel(np.ones((10, 5)), [2] * 5 + [NEVER] * 5, range(5)))

    assert found.estimate.refusals == (Refusal.NO_VARIATION,)


def test_an_effect_of_few_people_is_not_shown() -> None:
    panel = Panel(noisy(10, 5, seed=1), [2] * 5 + [NEVER] * 5, range(5))

    few = staggered_effect(panel, people=[2] * 10, smallest_group=7)
    enough = staggered_effect(panel, people=[3] * 10, smallest_group=7)

    assert (few.estimate.refusals, enough.estimate.refusals) == ((Refusal.TOO_FEW_PEOPLE,), ())


def test_what_one_must_know_is_said() -> None:
    starts = np.repeat([3, 5, NEVER], [4, 4, 6])
    outcomes = noisy(14, 8, seed=8, correlation=0.2)
    drift = outcomes + 1.5 * np.arange(8) * (starts < NEVER)[:, None]
    lacking = np.vstack([outcomes, np.full((1, 8), np.nan), outcomes[:1]])
    # One unit makes all of it: without it the effect has the other sign.
    alone = outcomes * 0.01 - 0.05 * (np.arange(8) >= starts[:, None])
    alone[0, 3:] += 40

    assert Caution.TRENDS_DIFFERED in cautions(drift, starts)
    with_gaps = cautions(lacking, np.append(starts, [NEVER, 0]))
    assert {Caution.ATTRITION, Caution.CROSSOVER} <= with_gaps
    assert not {Caution.ATTRITION, Caution.CROSSOVER, Caution.TRENDS_DIFFERED} & cautions(outcomes, starts)
    found = staggered_effect(Panel(alone, starts, range(8)), draws=99)
    assert found.without_one is not None
    assert found.without_one[0] < 0 < found.estimate.effect


def cautions(outcomes: Table, starts: npt.NDArray[np.int64]) -> set[Caution]:
    return set(staggered_effect(Panel(outcomes, starts, range(8)), draws=199).estimate.cautions)


def test_starts_that_differ_within_a_cluster_leave_the_influence_function_alone() -> None:
    starts = np.repeat([3, NEVER], 10)
    outcomes = noisy(20, 6, seed=2)

    mixed = staggered_effect(Panel(outcomes, starts, range(6), clusters=np.tile(np.arange(10), 2)))
    together = staggered_effect(Panel(outcomes, starts, range(6), clusters=np.repeat(np.arange(10), 2)))

    assert mixed.estimate.method is Method.INFLUENCE_FUNCTION
    assert Caution.FEW_UNITS in mixed.estimate.cautions
    assert together.estimate.method is Method.PERMUTATION
    assert (together.estimate.treated, together.estimate.compared, together.estimate.draws) == (5, 5, 252)


DIGEST = """
import hashlib
import numpy as np
from styrfart.kernel.effects.staggered import NEVER, Panel
from styrfart.kernel.effects.staggered_effect import staggered_effect
from styrfart.kernel.effects.staggered_plan import Noise, Rollout, plan_staggered
rng = np.random.default_rng(1)
panel = Panel(rng.normal(size=(14, 8)), np.repeat([3, 5, NEVER], [4, 4, 6]), range(8))
found = staggered_effect(panel, draws=199, seed=2)
plan = plan_staggered(Rollout({3: 4, 5: 4}, 6, tuple(range(8))), Noise(1.0, 0.5), simulations=100)
print(hashlib.sha256(repr((found.estimate, found.check, found.pre_trend, plan)).encode()
      + found.band.low.tobytes()).hexdigest())
"""


def test_the_answer_is_the_same_in_any_process() -> None:
    assert len(in_any_process(DIGEST)) == len(hashlib.sha256().hexdigest())
