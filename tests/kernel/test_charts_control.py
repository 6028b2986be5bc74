"""XmR and p-charts against the NIST handbook, by hand, and their laws."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.charts import Caution, ControlPhase, Limits, Reading, Rule, Side, p_chart, xmr_chart
from styrfart.kernel.errors import KernelError

FILE = Path(__file__).parents[2].parent / "shared" / "data" / "nist_spc" / "nist_spc.csv"
TOLERANCE = 5e-5


def nist(chart: str) -> list[float]:
    if not FILE.is_file():
        pytest.skip("the NIST series are not here: ../shared/data/nist_spc")
    with FILE.open() as lines:
        return [float(row["value"]) for row in csv.DictReader(lines) if row["chart"] == chart]


def test_nist_flow_rates() -> None:
    # e-Handbook 6.3.2.2: mean 50.81, mean range 1.8778, limits 55.8041 and 45.8159; nothing outside.
    [phase] = xmr_chart(nist("xmr"), least=10).phases

    assert phase.centre == pytest.approx(50.81, abs=TOLERANCE)
    assert phase.mean_range == pytest.approx(1.8778, abs=TOLERANCE)
    assert phase.upper[0] == pytest.approx(55.8041, abs=TOLERANCE)
    assert phase.lower[0] == pytest.approx(45.8159, abs=TOLERANCE)
    assert phase.reading is Reading.NOISE


def test_nist_wafers() -> None:
    # e-Handbook 6.3.3.2: fractions of 50 chips; mean .2313, limits .4102 and .0524; 15 and 23 outside.
    events = [int(value) for value in nist("p_n50")]
    [phase] = p_chart(events, [50] * 30).phases

    assert phase.centre == pytest.approx(0.2313, abs=TOLERANCE)
    assert phase.upper[0] == pytest.approx(0.4102, abs=TOLERANCE)
    assert phase.lower[0] == pytest.approx(0.0524, abs=TOLERANCE)
    assert [(each.rule, each.points, each.side) for each in phase.signals] == [
        (Rule.BEYOND_LIMIT, (14,), Side.ABOVE),
        (Rule.BEYOND_LIMIT, (22,), Side.ABOVE),
    ]


def test_ten_points_are_too_few_unless_asked_for() -> None:
    [phase] = xmr_chart([1.0, 2.0] * 5).phases

    assert (phase.reading, phase.centre, phase.upper) == (Reading.TOO_FEW_POINTS, None, (None,) * 10)


def test_individual_values_by_hand() -> None:
    # 4 and 6 in turn, twelve: mean 5, every range 2, reach 3 · 2 / 1.128 = 5.3191. Range limit 3.267 · 2.
    [phase] = xmr_chart([4, 6] * 6, row_of=8).phases

    assert phase.centre == 5
    assert phase.upper[0] == pytest.approx(10.3191, abs=TOLERANCE)
    assert phase.lower[0] == pytest.approx(-0.3191, abs=TOLERANCE)
    assert phase.range_limit == pytest.approx(6.534)
    assert phase.cautions == (Caution.LIMITS_FROM_FEW,)


def test_a_frozen_baseline_judges_what_comes_after() -> None:
    # As above, and then 11: beyond 10.3191. Taken into its own limits it would hide.
    chart = xmr_chart([4, 6] * 6 + [5, 11], baseline=12)

    assert [(each.rule, each.points, each.value) for each in chart.signals] == [
        (Rule.BEYOND_LIMIT, (13,), 11)
    ]
    assert chart.phases[0].based_on == 12


def test_eight_in_a_row_on_one_side_is_rule_two() -> None:
    eight = xmr_chart([4, 6] * 6 + [5.5] * 7, baseline=12)

    # The last 6 of the baseline and seven after it.
    assert [(each.rule, each.points, each.side) for each in eight.signals] == [
        (Rule.ONE_SIDE, tuple(range(11, 19)), Side.ABOVE)
    ]
    assert xmr_chart([4, 6] * 6 + [5.5] * 7, baseline=12, row_of=9).signals == ()


def test_phases_have_their_own_centre_and_limits() -> None:
    chart = xmr_chart([4, 6] * 6 + [14, 15] * 6, changes=[12])

    assert [phase.centre for phase in chart.phases] == [5, 14.5]
    assert [phase.mean_range for phase in chart.phases] == [2, 1]
    assert chart.signals == ()


def test_a_range_is_not_taken_over_a_gap() -> None:
    # 4 6 4 6 4 6 | missing | 104 106 ...: nine ranges of 2 within, none of 98 across.
    [phase] = xmr_chart([4, 6, 4, 6, 4, 6, None, 104, 106, 104, 106, 104, 106]).phases

    assert phase.mean_range == 2
    assert phase.upper[6] is None


def test_points_without_neighbours_say_nothing_of_spread() -> None:
    [phase] = xmr_chart([value for _ in range(12) for value in (1.0, None)]).phases

    assert phase.reading is Reading.TOO_FEW_POINTS


@pytest.mark.parametrize("value", [0.1, 7.0, 1 / 3, -2.7e6])
def test_a_series_without_variation_is_noise_and_says_so(value: float) -> None:
    # The mean of twelve 0.1 need not be 0.1 in binary; that is no run of twelve on one side.
    [phase] = xmr_chart([value] * 25).phases

    assert (phase.reading, phase.cautions) == (Reading.NOISE, (Caution.NO_VARIATION,))


def test_limits_follow_each_denominator() -> None:
    # Half of each: centre .5; with 100 cases 3 · √(.25/100) = .15, with 25 twice that.
    [phase] = p_chart([50, 12, 13] * 4, [100, 24, 26] * 4).phases

    assert phase.upper[0] == pytest.approx(0.65)
    assert phase.upper[1] == pytest.approx(0.5 + 1.5 / math.sqrt(24))
    assert phase.centre == 0.5


def test_the_centre_is_all_events_of_all_cases() -> None:
    # Shares 1/10 and 0/990: the mean of shares would be .05; all together it is 1 in 1 000.
    [phase] = p_chart([1, 0] * 6, [10, 990] * 6).phases

    assert phase.centre == pytest.approx(0.001)
    assert Caution.FEW_EVENTS in phase.cautions


def test_a_period_without_cases_is_a_missing_point() -> None:
    chart = p_chart([5, None, 0, *[5] * 11], [10, 10, 0, *[10] * 11])

    assert chart.values[1:3] == (None, None)
    assert chart.phases[0].based_on == 12


def test_limits_stay_within_nothing_and_all() -> None:
    [phase] = p_chart([1, 9] * 8, [10] * 16).phases

    # 3 · √(.25 / 10) = .4743
    assert phase.lower[0] == pytest.approx(0.0257, abs=TOLERANCE)
    assert phase.upper[0] == pytest.approx(0.9743, abs=TOLERANCE)
    [rare] = p_chart([1, 0] * 8, [10] * 16).phases
    assert rare.lower[0] == 0.0


def test_nothing_but_zeros_is_no_variation() -> None:
    [phase] = p_chart([0] * 14, [10] * 14).phases

    assert (phase.reading, phase.dispersion) == (Reading.NOISE, None)
    assert Caution.NO_VARIATION in phase.cautions


def test_a_great_spread_between_neighbours_is_told_and_laney_widens_for_it() -> None:
    # 45 and 55 of 100 in turn: each 1 sigma from the centre, ranges of 2 sigma: 2 / 1.128 = 1.773.
    plain, laney = (
        p_chart([45, 55] * 10, [100] * 20, limits=limits).phases[0]
        for limits in (Limits.BINOMIAL, Limits.LANEY)
    )

    assert plain.dispersion == laney.dispersion == pytest.approx(2 / 1.128)
    assert plain.cautions == laney.cautions == (Caution.OVERDISPERSED,)
    assert plain.upper[0] == pytest.approx(0.65)
    assert laney.upper[0] == pytest.approx(0.5 + 0.15 * 2 / 1.128)


def test_too_even_a_series_is_told_too() -> None:
    assert Caution.UNDERDISPERSED in p_chart([50, 51] * 12, [100] * 24).phases[0].cautions


def test_the_dispersion_caution_is_as_rare_as_stated() -> None:
    # Binomial series of 24 points: beyond 1 ± 1.96 · √(.8264 / 23) about five times in a hundred (the mean
    # range is a little skew, and the centre is estimated).
    rng = np.random.default_rng(7)
    told = 0
    for _ in range(600):
        cautions = p_chart(rng.binomial(400, 0.4, 24).tolist(), [400] * 24).phases[0].cautions
        told += Caution.OVERDISPERSED in cautions or Caution.UNDERDISPERSED in cautions

    assert 0.025 < told / 600 < 0.08


@given(
    st.lists(st.integers(-40, 40), min_size=12, max_size=40),
    st.integers(1, 9),
    st.integers(-99, 99),
)
@settings(max_examples=60, deadline=None)
def test_scale_and_origin_move_the_lines_with_the_points(values: list[int], scale: int, origin: int) -> None:
    [one] = xmr_chart(values).phases
    [other] = xmr_chart([scale * value + origin for value in values]).phases

    assert one.centre is not None
    assert one.upper[0] is not None
    assert other.centre == pytest.approx(scale * one.centre + origin)
    assert other.upper[0] == pytest.approx(scale * one.upper[0] + origin)
    assert [each.points for each in one.signals] == [each.points for each in other.signals]


@given(
    st.lists(st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
             min_size=12, max_size=40)
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_events_and_their_absence_mirror_each_other(counts: list[tuple[int, int]]) -> None:
    cases = [of for _, of in counts]
    [some] = p_chart([event for event, _ in counts], cases).phases
    [none] = p_chart([of - event for event, of in counts], cases).phases

    def shown(phase: ControlPhase) -> list[tuple[Rule, tuple[int, ...]]]:
        return [(each.rule, each.points) for each in phase.signals]

    assert some.centre is not None
    assert none.centre is not None
    assert some.centre + none.centre == pytest.approx(1)
    assert shown(some) == shown(none)


@pytest.mark.parametrize(
    "call",
    [
        lambda: xmr_chart([1.0] * 20, row_of=6),
        lambda: p_chart([1] * 12, [10] * 13),
        lambda: p_chart([11] * 12, [10] * 12),
        lambda: p_chart([-1] * 12, [10] * 12),
        lambda: p_chart([1] * 12, [10] * 12, least=5),
    ],
)
def test_what_no_chart_can_stand_on_is_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(KernelError):
        call()
