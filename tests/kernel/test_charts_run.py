"""The Anhøj rules: the published table, exact rates by two ways, and hand-made series."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from styrfart.kernel.charts import (
    Reading,
    Rule,
    Side,
    crossings_needed,
    false_signal_rate,
    longest_allowed,
    rate_given_sides,
    run_chart,
)
from styrfart.kernel.errors import KernelError

# Anhøj and Olesen 2014: points off the median, longest run allowed, crossings needed.
TABLE = [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10), (36, 8, 13)]


@pytest.mark.parametrize(("useful", "longest", "needed"), TABLE)
def test_the_table_of_critical_values(useful: int, longest: int, needed: int) -> None:
    assert (longest_allowed(useful), crossings_needed(useful)) == (longest, needed)


def test_crossings_needed_is_the_five_percent_quantile() -> None:
    ours = [crossings_needed(n) for n in range(2, 400)]

    assert ours == [int(binom.ppf(0.05, n - 1, 0.5)) for n in range(2, 400)]


def shape(sides: tuple[int, ...]) -> tuple[int, int]:
    """Longest run and crossings, by another way than the kernel's."""
    lengths = [len(list(run)) for _, run in itertools.groupby(sides)]
    return max(lengths), len(lengths) - 1


@pytest.mark.parametrize("n", [10, 12, 13])
def test_the_exact_rate_is_what_counting_every_sequence_gives(n: int) -> None:
    shapes = [shape(sides) for sides in itertools.product((0, 1), repeat=n)]
    signals = sum(run > longest_allowed(n) or crossed < crossings_needed(n) for run, crossed in shapes)

    assert false_signal_rate(n) == signals / 2**n


def test_crossings_alone_signal_less_than_one_time_in_twenty() -> None:
    rates = [float(binom.cdf(crossings_needed(n) - 1, n - 1, 0.5)) for n in range(10, 200)]

    assert max(rates) < 0.05


def test_both_rules_together_signal_more_often_than_either() -> None:
    rates = [false_signal_rate(n) for n in range(10, 101)]
    own = [rate_given_sides(n // 2, n // 2) for n in range(10, 101, 2)]

    # Said on the chart rather than smoothed over: one time in 27 to one in 9 about a known centre.
    assert (round(min(rates), 3), round(max(rates), 3)) == (0.037, 0.109)
    # About the points' own median it is rarer, for each number of points.
    assert all(mine < known for mine, known in zip(own, rates[::2], strict=True))


@pytest.mark.parametrize("n", [10, 13, 24, 37])
def test_the_rate_given_the_sides_adds_up_to_the_rate(n: int) -> None:
    rates = [math.comb(n, above) * rate_given_sides(above, n - above) for above in range(n + 1)]

    assert sum(rates) / 2**n == pytest.approx(false_signal_rate(n), rel=1e-12)


@pytest.mark.parametrize(("above", "below"), [(5, 5), (6, 6), (4, 8), (12, 0)])
def test_the_rate_given_the_sides_is_what_counting_every_order_gives(above: int, below: int) -> None:
    n = above + below
    shapes = [
        shape(tuple(int(place in high) for place in range(n)))
        for high in itertools.combinations(range(n), above)
    ]
    signals = sum(run > longest_allowed(n) or crossed < crossings_needed(n) for run, crossed in shapes)

    assert rate_given_sides(above, below) == signals / len(shapes)


def test_a_chart_of_chance_signals_as_seldom_as_stated() -> None:
    rng = np.random.default_rng(20_26)
    sides = rng.integers(0, 2, (20_000, 24))
    crossed = (sides[:, 1:] != sides[:, :-1]).sum(axis=1)
    longest = np.array([max(len(list(run)) for _, run in itertools.groupby(row)) for row in sides.tolist()])
    rate = float(((longest > longest_allowed(24)) | (crossed < crossings_needed(24))).mean())

    assert rate == pytest.approx(false_signal_rate(24), abs=3.5 * math.sqrt(0.066 * 0.934 / 20_000))


def test_a_shift_is_found_by_its_run() -> None:
    # Twelve about 10, then nine higher. Sorted: median of 21 = the 11th. Low: 9,10,11 in turn.
    values = [9, 11, 10, 9.5, 10.5, 9, 11, 9.5, 10.5, 10, 9, 11, 13, 14, 13, 14, 13, 14, 13, 14, 13]
    [phase] = run_chart(values).phases

    # The 11th smallest of 21: 9 9 9 9.5 9.5 10 10 10.5 10.5 11 | 11 | 11 13 ...: the median is 11.
    assert phase.median == 11
    # Three points are on it (places 1, 6, 11): 18 useful, round(log2 18 + 3) = round(7.17) = 7.
    assert (phase.useful, phase.longest_allowed, phase.crossings_needed) == (18, 7, 5)
    assert phase.reading is Reading.SIGNAL
    # Nine below and nine above: one crossing.
    assert (phase.longest_run, phase.crossings) == (9, 1)
    assert [(each.rule, each.side, each.value, each.limit) for each in phase.signals] == [
        (Rule.LONG_RUN, Side.BELOW, 9, 7),
        (Rule.LONG_RUN, Side.ABOVE, 9, 7),
        (Rule.FEW_CROSSINGS, None, 1, 5),
    ]
    assert phase.signals[1].points == tuple(range(12, 21))


def test_a_run_and_crossings_at_their_limits_are_still_ordinary() -> None:
    # The last 3 and six more: seven in a row of 18, where round(log2 18 + 3) = 7. One more of 19: eight.
    seven, eight = (run_chart([1, 3] * 6 + [3] * more, baseline=12).phases[0] for more in (6, 7))
    # Twelve points need three crossings: 3, 3, 3, 3 has them; 4, 6, 2 has two, and no long run.
    three = run_chart([2, 2, 2, 1, 1, 1] * 2).phases[0]
    two = run_chart([2] * 4 + [1] * 6 + [2] * 2).phases[0]

    assert (seven.longest_run, seven.reading) == (7, Reading.NOISE)
    assert (eight.longest_run, eight.reading) == (8, Reading.SIGNAL)
    assert (three.crossings, three.reading) == (3, Reading.NOISE)
    assert [each.rule for each in two.signals] == [Rule.FEW_CROSSINGS]


def test_alternating_points_are_noise() -> None:
    chart = run_chart([1, 3] * 8)

    assert chart.phases[0].reading is Reading.NOISE
    assert chart.signals == ()
    assert chart.phases[0].rate == rate_given_sides(8, 8)


def test_fewer_points_than_asked_are_refused() -> None:
    [phase] = run_chart([1, 3] * 5 + [2]).phases

    assert (phase.reading, phase.signals, phase.rate) == (Reading.TOO_FEW_POINTS, (), None)
    assert run_chart([1, 3] * 5 + [2], least=10).phases[0].reading is Reading.NOISE


def test_points_on_the_median_do_not_carry_a_judgement() -> None:
    [phase] = run_chart([5] * 9 + [9] * 8).phases

    # Seventeen points, nine on the median: eight useful. A run of eight would look like a signal.
    assert (phase.useful, phase.reading) == (8, Reading.TOO_FEW_OFF_THE_MEDIAN)


def test_a_missing_point_neither_breaks_a_run_nor_counts() -> None:
    values = [1, 3] * 6 + [3, 3, 3, 3, 3, 3, 3]
    gaps = [1, 3] * 6 + [3, None, 3, 3, float("nan"), 3, 3, 3, 3]
    whole, gapped = run_chart(values, baseline=12).phases[0], run_chart(gaps, baseline=12).phases[0]

    assert (whole.median, gapped.median) == (2, 2)
    assert whole.longest_run == gapped.longest_run == 8
    assert gapped.signals[0].points == (11, 12, 14, 15, 17, 18, 19, 20)


def test_a_frozen_baseline_keeps_its_median() -> None:
    values = [1, 3] * 6 + [8] * 8

    assert run_chart(values).phases[0].median == 3
    frozen = run_chart(values, baseline=12).phases[0]
    assert frozen.median == 2
    # The last 3 and the eight 8s: nine in a row above 2. 20 useful: 7 allowed.
    assert [(each.rule, each.points) for each in frozen.signals] == [(Rule.LONG_RUN, tuple(range(11, 20)))]


def test_each_phase_has_its_own_median_and_its_own_signals() -> None:
    chart = run_chart([1, 3] * 6 + [8, 9] * 6, changes=[12])

    assert [phase.median for phase in chart.phases] == [2, 8.5]
    assert [phase.reading for phase in chart.phases] == [Reading.NOISE] * 2
    assert run_chart([1, 3] * 6 + [8, 9] * 6).phases[0].reading is Reading.SIGNAL


def test_a_young_phase_is_refused_while_the_old_one_stands() -> None:
    chart = run_chart([1, 3] * 6 + [8] * 3, changes=[12])

    assert [phase.reading for phase in chart.phases] == [Reading.NOISE, Reading.TOO_FEW_POINTS]


def test_a_value_on_the_median_but_for_rounding_is_on_it() -> None:
    # (0.1 + 0.2) / 2 is not 0.15 in binary.
    [phase] = run_chart([0.1, 0.2] * 6 + [0.15]).phases

    assert phase.useful == 12


@given(
    st.lists(st.integers(-5, 5), min_size=12, max_size=60),
    st.floats(0.1, 50),
    st.integers(-1000, 1000),
)
@settings(max_examples=60, deadline=None)
def test_scale_and_origin_do_not_matter(values: list[int], scale: float, origin: int) -> None:
    def told(series: list[float]) -> list[object]:
        return [(each.useful, each.longest_run, each.crossings, each.signals and each.signals[0].points)
                for each in run_chart(series).phases]  # fmt: skip

    assert told([float(value) for value in values]) == told([value * scale + origin for value in values])


@given(st.lists(st.integers(-5, 5), min_size=12, max_size=60))
@settings(max_examples=60, deadline=None)
def test_a_series_read_backwards_or_upside_down_says_the_same(values: list[int]) -> None:
    def told(series: list[int]) -> tuple[int, int, int, Reading]:
        [phase] = run_chart(series).phases
        return phase.useful, phase.longest_run, phase.crossings, phase.reading

    assert told(values) == told(values[::-1]) == told([-value for value in values])


@pytest.mark.parametrize(
    "call",
    [
        lambda: run_chart([]),
        lambda: run_chart([1.0] * 20, changes=[0]),
        lambda: run_chart([1.0] * 20, changes=[20]),
        lambda: run_chart([1.0] * 20, changes=[12, 6]),
        lambda: run_chart([1.0] * 20, least=9),
        lambda: run_chart([1.0] * 20, baseline=11),
        lambda: run_chart([1.0] * 30, baseline=16, changes=[14]),
        lambda: run_chart([1.0] * 19 + [math.inf]),
        lambda: longest_allowed(0),
        lambda: crossings_needed(0),
        lambda: false_signal_rate(401),
    ],
)
def test_what_no_chart_can_stand_on_is_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(KernelError):
        call()
