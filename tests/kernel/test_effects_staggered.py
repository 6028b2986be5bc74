"""Group-time effects and their aggregations against R's `did`, and by hand."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.effects.staggered import (
    NEVER,
    Base,
    Comparison,
    GroupTimeEffects,
    Panel,
    WeightPeriod,
    group_time_effects,
)
from styrfart.kernel.effects.staggered_aggregate import Aggregation, aggregate
from styrfart.kernel.effects.staggered_cells import Adjustment
from styrfart.kernel.errors import KernelError

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "mpdta"
needs_mpdta = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="mpdta, the county panel of Callaway and Sant'Anna, is not here"
)
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
YEARS = (2003, 2004, 2005, 2006, 2007)


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def mpdta() -> tuple[Floats, Integers, Floats, Integers]:
    """Outcomes, starts, the covariate lpop, and the counties' numbers."""
    given_rows = rows("mpdta.csv")
    counties = sorted({int(row["countyreal"]) for row in given_rows})
    place = {county: index for index, county in enumerate(counties)}
    outcomes = np.full((len(counties), len(YEARS)), np.nan)
    starts, population = np.zeros(len(counties), dtype=np.int64), np.zeros(len(counties))
    for row in given_rows:
        index = place[int(row["countyreal"])]
        outcomes[index, YEARS.index(int(row["year"]))] = float(row["lemp"])
        starts[index] = int(row["first.treat"]) or NEVER
        population[index] = float(row["lpop"])
    return outcomes, starts, population, np.array(counties)


@cache
def estimated(scenario: str) -> GroupTimeEffects:
    outcomes, starts, population, _ = mpdta()
    return {
        "mpdta_nev_dr": lambda: group_time_effects(Panel(outcomes, starts, YEARS)),
        "mpdta_nyt_dr": lambda: group_time_effects(
            Panel(outcomes, starts, YEARS), comparison=Comparison.NOT_YET_TREATED
        ),
        "mpdta_nev_reg_cov": lambda: group_time_effects(
            Panel(outcomes, starts, YEARS, covariates=population[:, None]), adjustment=Adjustment.REGRESSION
        ),
        "mpdta_nev_ipw": lambda: group_time_effects(
            Panel(outcomes, starts, YEARS), adjustment=Adjustment.WEIGHTING
        ),
    }[scenario]()


SCENARIOS = ("mpdta_nev_dr", "mpdta_nyt_dr", "mpdta_nev_reg_cov", "mpdta_nev_ipw")


@needs_mpdta
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_group_time_effects_and_standard_errors_are_those_of_r(scenario: str) -> None:
    found = estimated(scenario)
    reference = [row for row in rows("ref_attgt.csv") if row["scenario"] == scenario]

    places = [found.at(int(row["group"]), int(row["t"])) for row in reference]

    assert len(reference) == len(found.cells) == 12
    # The design asks for 1e-8 without covariates and 1e-4 with; both are the same to the last digits.
    assert found.effects[places] == pytest.approx([float(row["att"]) for row in reference], abs=1e-12)
    assert found.standard_errors[places] == pytest.approx([float(row["se"]) for row in reference], abs=1e-12)


@needs_mpdta
@pytest.mark.parametrize("aggregation", Aggregation)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_aggregations_and_standard_errors_are_those_of_r(scenario: str, aggregation: Aggregation) -> None:
    found = aggregate(estimated(scenario), aggregation)
    reference = [
        row
        for row in rows("ref_aggte.csv")
        if row["scenario"] == scenario and row["type"] == aggregation.value
    ]
    parts = [row for row in reference if row["egt"] != "NA"]

    assert found.overall == pytest.approx(float(reference[0]["overall_att"]), abs=1e-12)
    assert found.overall_standard_error == pytest.approx(float(reference[0]["overall_se"]), abs=1e-12)
    assert found.keys.tolist() == [int(row["egt"]) for row in parts]
    assert found.effects == pytest.approx([float(row["att_egt"]) for row in parts], abs=1e-12)
    assert found.standard_errors == pytest.approx([float(row["se_egt"]) for row in parts], abs=1e-12)


@needs_mpdta
def test_the_figures_of_the_design_are_reached() -> None:
    found = estimated("mpdta_nev_dr")
    covariate = estimated("mpdta_nev_reg_cov")

    # shared/design/kernel.md, part D; the source is R's did 2.x on mpdta.
    first = found.at(2004, 2004)
    assert found.effects[first] == pytest.approx(-0.0105032462, abs=1e-8)
    assert found.standard_errors[first] == pytest.approx(0.0232510364, abs=1e-8)
    for aggregation, effect, error in (
        (Aggregation.SIMPLE, -0.0399512752, 0.0120340128),
        (Aggregation.GROUP, -0.0310182822, 0.0124460593),
        (Aggregation.DYNAMIC, -0.0772398215, 0.0199649891),
        (Aggregation.CALENDAR, -0.0417004321, 0.0159718519),
    ):
        overall = aggregate(found, aggregation)
        assert (overall.overall, overall.overall_standard_error) == pytest.approx((effect, error), abs=1e-8)
    simple = aggregate(estimated("mpdta_nyt_dr"), Aggregation.SIMPLE)
    assert (simple.overall, simple.overall_standard_error) == pytest.approx(
        (-0.0397636256, 0.0120524248), abs=1e-8
    )
    for aggregation, effect, error in (
        (Aggregation.SIMPLE, -0.0420, 0.0114),
        (Aggregation.GROUP, -0.0329, 0.0119),
        (Aggregation.DYNAMIC, -0.0808, 0.0187),
    ):
        overall = aggregate(covariate, aggregation)
        assert (overall.overall, overall.overall_standard_error) == pytest.approx((effect, error), abs=1e-4)


@needs_mpdta
@pytest.mark.parametrize(
    ("period", "tag"),
    [
        (WeightPeriod.EARLIER, "none"),
        (WeightPeriod.BASE, "base_period"),
        (WeightPeriod.FIRST, "first_period"),
        (WeightPeriod.EACH, "varying"),
    ],
)
def test_weights_that_change_are_used_as_in_r(period: WeightPeriod, tag: str) -> None:
    outcomes, starts, _, counties = mpdta()
    # The reference's weights: from 1, by the county's number and by the year.
    weights = 1 + 0.05 * (counties % 7)[:, None] + 0.1 * np.arange(len(YEARS))
    reference = [row for row in rows("ref_fixweights.csv") if row["fix_weights"] == tag]

    found = group_time_effects(Panel(outcomes, starts, YEARS, weights=weights), weight_period=period)

    places = [found.at(int(row["group"]), int(row["t"])) for row in reference]
    assert len(places) == 12
    assert found.effects[places] == pytest.approx([float(row["att"]) for row in reference], abs=1e-12)
    assert found.standard_errors[places] == pytest.approx([float(row["se"]) for row in reference], abs=1e-12)


# csdid 0.4.3 (MIT), ~lpop: comparison, adjustment, base, anticipation, group, year, effect, error.
NEV, NYT = Comparison.NEVER_TREATED, Comparison.NOT_YET_TREATED
BY_OTHERS = (
    (NEV, Adjustment.DOUBLY_ROBUST, Base.VARYING, 0, 2004, 2004, -0.014529668304898711, 0.022129157238335542),
    (NEV, Adjustment.DOUBLY_ROBUST, Base.VARYING, 0, 2006, 2004, -0.000472146088485370, 0.02222343703665833),
    (NEV, Adjustment.DOUBLY_ROBUST, Base.UNIVERSAL, 0, 2007, 2003, 0.006296261757384868, 0.02453668705697528),
    (NYT, Adjustment.DOUBLY_ROBUST, Base.VARYING, 0, 2004, 2004, -0.02118305347875805, 0.021648207714727564),
    (NYT, Adjustment.DOUBLY_ROBUST, Base.VARYING, 0, 2006, 2006, 0.008660699867713275, 0.01683906095637533),
    (NEV, Adjustment.WEIGHTING, Base.VARYING, 0, 2004, 2004, -0.01454843115413966, 0.02211453311143675),
    (NEV, Adjustment.WEIGHTING, Base.VARYING, 0, 2007, 2007, -0.028894766614560228, 0.01624640937717923),
    (NYT, Adjustment.WEIGHTING, Base.VARYING, 1, 2006, 2007, -0.047705472082109436, 0.025747175175800503),
    (NYT, Adjustment.WEIGHTING, Base.VARYING, 1, 2007, 2007, -0.057235070419395934, 0.019794398518026293),
    (NYT, Adjustment.REGRESSION, Base.UNIVERSAL, 1, 2006, 2003, 0.008082062762613862, 0.021765470267059484),
    (NYT, Adjustment.REGRESSION, Base.UNIVERSAL, 1, 2007, 2007, -0.05729159460768327, 0.019792352107320135),
)  # fmt: skip


@needs_mpdta
@pytest.mark.parametrize(
    ("comparison", "adjustment", "base", "anticipation", "group", "year", "effect", "error"), BY_OTHERS
)
def test_covariates_bases_and_anticipation_are_as_in_another_package(
    comparison: Comparison,
    adjustment: Adjustment,
    base: Base,
    anticipation: int,
    group: int,
    year: int,
    effect: float,
    error: float,
) -> None:
    outcomes, starts, population, _ = mpdta()

    found = group_time_effects(
        Panel(outcomes, starts, YEARS, covariates=population[:, None]),
        comparison=comparison,
        adjustment=adjustment,
        base=base,
        anticipation=anticipation,
    )

    place = found.at(group, year)
    assert found.effects[place] == pytest.approx(effect, abs=1e-10)
    assert found.standard_errors[place] == pytest.approx(error, abs=1e-10)


def by_hand() -> Panel:
    # Two start in period 2, one in period 3, one never; four periods.
    outcomes = [[1, 2, 6, 8], [3, 4, 6, 8], [0, 1, 2, 9], [5, 6, 7, 8]]
    return Panel(outcomes, [2, 2, 3, NEVER], [0, 1, 2, 3])


def test_a_panel_worked_by_hand() -> None:
    found = group_time_effects(by_hand(), comparison=Comparison.NOT_YET_TREATED)

    effects = {(cell.group, cell.time): found.effects[place] for place, cell in enumerate(found.cells)}

    assert effects == pytest.approx(
        {
            (2, 1): 0,  # (1 + 1)/2 − (1 + 1)/2
            (2, 2): 2,  # (4 + 2)/2 − (1 + 1)/2
            (2, 3): 3,  # (6 + 4)/2 − 2: the third started in period 3 and is no longer compared with
            (3, 1): 0,  # 1 − (1 + 1 + 1)/3: all others are not yet treated
            (3, 2): 0,  # 1 − 1: only the fourth
            (3, 3): 6,  # 7 − 1
        },
        abs=1e-12,
    )
    # Simple: 2, 3 and 6 with two, two and one units: (4 + 6 + 6) / 5. By group: 2.5 and 6: (5 + 6) / 3.
    # By exposure: (2·2 + 6)/3 at once and 3 a period later; by period: 2, then (2·3 + 6)/3.
    assert aggregate(found, Aggregation.SIMPLE).overall == pytest.approx(3.2)
    assert aggregate(found, Aggregation.GROUP).overall == pytest.approx(11 / 3)
    assert aggregate(found, Aggregation.DYNAMIC).overall == pytest.approx((10 / 3 + 3) / 2)
    assert aggregate(found, Aggregation.CALENDAR).overall == pytest.approx((2 + 4) / 2)


def test_the_last_to_start_have_nobody_to_compare_with() -> None:
    outcomes = np.random.default_rng(1).normal(size=(6, 5))
    found = group_time_effects(
        Panel(outcomes, [2, 2, 3, 3, 4, 4], range(5)), comparison=Comparison.NOT_YET_TREATED
    )

    assert {(cell.group, cell.time) for cell in found.not_estimable} == {
        (2, 4), (3, 4), (4, 3), (4, 4)
    }  # fmt: skip
    with pytest.raises(KernelError, match="could not be estimated"):
        found.at(4, 4)
    with pytest.raises(KernelError, match="no effect after a start"):
        aggregate(group_time_effects(Panel(outcomes, [2] * 6, range(5))), Aggregation.SIMPLE)


def test_units_that_miss_a_value_or_began_before_are_left_out_and_listed() -> None:
    outcomes = np.random.default_rng(2).normal(size=(8, 4))
    starts = np.array([2, 2, 2, 0, 0, NEVER, NEVER, NEVER])
    gap = outcomes.copy()
    gap[6, 1] = np.nan

    found = group_time_effects(Panel(gap, starts, range(4)))

    kept = [0, 1, 2, 5, 7]
    assert (found.units.incomplete, found.units.began_before) == ((6,), (3, 4))
    assert found.units.kept.tolist() == kept
    alone = group_time_effects(Panel(outcomes[kept], starts[kept], range(4)))
    assert found.effects.tolist() == alone.effects.tolist()


def test_covariates_that_foretell_who_starts_leave_no_estimate() -> None:
    outcomes = np.random.default_rng(3).normal(size=(20, 4))
    starts = np.repeat([2, NEVER], 10)
    told = (np.arange(20) < 10)[:, None].astype(float)

    for adjustment in Adjustment:
        found = group_time_effects(Panel(outcomes, starts, range(4), covariates=told), adjustment=adjustment)
        assert len(found.cells) == 0
        assert len(found.not_estimable) == 3


@pytest.mark.parametrize(
    ("panel", "match"),
    [
        (Panel([[1, 2]], [1, 2], [0, 1]), "N × T"),
        (Panel([[1, 2]], [1], [1, 0]), "time rises"),
        (Panel([[1, 2]], [1.5], [0, 1]), "whole numbers"),
        (Panel([[1, 2]], [1], [0, 1], weights=[0]), "above zero"),
        (Panel([[1, 2]], [1], [0, 1], covariates=[1.0]), "N × K"),
        (Panel([[1, 2]], [1], [0, 1], clusters=[1, 2]), "cluster for each"),
    ],
)
def test_a_panel_that_does_not_fit_is_refused(panel: Panel, match: str) -> None:
    with pytest.raises(KernelError, match=match):
        group_time_effects(panel)


@given(
    shift=st.floats(-100, 100),
    common=st.lists(st.floats(-100, 100), min_size=5, max_size=5),
    seed=st.integers(0, 2**32),
)
@settings(max_examples=15, deadline=None)
def test_levels_of_units_and_what_strikes_all_change_nothing(
    shift: float, common: list[float], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    outcomes, starts = rng.normal(size=(12, 5)), np.repeat([2, 3, 4, NEVER], 3)
    moved = outcomes + shift * rng.normal(size=(12, 1)) + np.array(common)

    for comparison in Comparison:
        one = group_time_effects(Panel(outcomes, starts, range(5)), comparison=comparison)
        other = group_time_effects(Panel(moved, starts, range(5)), comparison=comparison)
        assert other.effects == pytest.approx(one.effects, abs=1e-9)


@given(effect=st.floats(-50, 50), seed=st.integers(0, 2**32))
@settings(max_examples=10, deadline=None)
def test_a_constant_effect_is_found_by_every_aggregation(effect: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    outcomes, starts = rng.normal(size=(12, 5)), np.repeat([2, 3, 4, NEVER], 3)
    treated = np.arange(5) >= starts[:, None]

    for aggregation in Aggregation:
        for comparison in Comparison:
            without = group_time_effects(Panel(outcomes, starts, range(5)), comparison=comparison)
            with_it = group_time_effects(
                Panel(outcomes + effect * treated, starts, range(5)), comparison=comparison
            )
            gained = aggregate(with_it, aggregation).overall - aggregate(without, aggregation).overall
            assert gained == pytest.approx(effect, abs=1e-9)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=4, deadline=None)
def test_influence_is_the_derivative_by_the_weight_of_a_unit(seed: int) -> None:
    # The influence of unit i is how the effect moves with its weight, times N, at equal weights.
    rng = np.random.default_rng(seed)
    outcomes, starts = rng.normal(size=(12, 5)), np.repeat([2, 3, NEVER], 4)
    covariates, unit, step = rng.normal(size=(12, 1)), int(rng.integers(12)), 1e-5

    for adjustment in (None, *Adjustment):
        for aggregation in Aggregation:
            found = []
            for sign in (-1, 0, 1):
                weights = np.ones(12)
                weights[unit] += sign * step
                panel = Panel(outcomes, starts, range(5), covariates if adjustment else None, weights=weights)
                effects = group_time_effects(panel, adjustment=adjustment or Adjustment.REGRESSION)
                if effects.not_estimable:
                    return  # the covariate foretold who starts
                found.append(aggregate(effects, aggregation))
            slope = (found[2].overall - found[0].overall) / (2 * step)
            assert found[1].overall_influence[unit] / 12 == pytest.approx(slope, rel=1e-3, abs=1e-5)
