"""The intervals: by hand, at the ends, and how often they hold the truth."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from benchmarks.indices import KINDS, covered, group_of
from styrfart.kernel.errors import KernelError
from styrfart.kernel.indices import HME, Figure, Population, Scale, count, lowest_coverage, measure, usual
from styrfart.kernel.indices.coverage import MEASURED
from styrfart.kernel.indices.intervals import score_interval
from styrfart.kernel.indices.spread import Spread

ONE = Scale(items=("a",))


def figure(answers: list[int], invited: int | None, population: Population = Population.INVITED) -> Figure:
    moments = count([[each] for each in answers], [0] * len(answers), scale=ONE, number=1)
    asked = None if invited is None else [invited]
    return measure(moments, scale=ONE, invited=asked, population=population).of(0, "a")


def test_an_interval_by_hand() -> None:
    # Answers 3, 4, 4, 5 of 8 invited: shares .5, .75, .75, 1; mean T .75; S^2 = .125 / 3 = .0416667.
    # Finite population: 1/4 - 1/8 = .125. Own k = S^2 x .125 / (T (1 - T) + S^2 x .125)
    #   = .0052083 / .1927083 = .0270270. Usual k = .23^2 x .125 / (.78 x .22) = .0385344: more, so it counts
    # as 80: k = (80 x .0385344 + 3 x .0270270) / 83 = .0381185. Freedom .5 + 3; t(.975) = 2.940089;
    # q = t^2 k = .3295005. Low (T + q/2 - sqrt(q T (1 - T) + q^2/4)) / (1 + q) = .4637448.
    # High would be .9123363, but the four silent can make it (3 + 4) / 8 = .875 at most.
    found = figure([3, 4, 4, 5], 8)

    assert (found.index, found.answers, found.invited) == (75.0, 4, 8)
    assert found.low == pytest.approx(46.37448, abs=1e-5)
    assert (found.least, found.most, found.high) == (37.5, 87.5, 87.5)


@pytest.mark.parametrize(("of", "n"), [(8, 10), (0, 7), (7, 7), (263, 320)])
def test_for_yes_and_no_it_is_the_interval_of_wilson(of: int, n: int) -> None:
    # The independent oracle: SciPy's interval for a binomial share, which varies as T (1 - T) / n.
    found = Spread(np.array([of / n]), np.array([1 / n]), np.array([1e9]))
    expected = stats.binomtest(of, n).proportion_ci(0.95, method="wilson")

    low, high = score_interval(found, np.array([stats.norm.ppf(0.975)]))

    assert (low.item(), high.item()) == pytest.approx((expected.low, expected.high))


def test_when_all_have_answered_nothing_is_uncertain_of_them() -> None:
    found = figure([3, 4, 4, 5], 4)

    assert (found.low, found.index, found.high) == pytest.approx((75, 75, 75))
    assert (found.least, found.most) == (75, 75)


def test_when_all_have_answered_the_workplace_is_still_uncertain() -> None:
    found = figure([3, 4, 4, 5], 4, population=Population.LASTING)

    assert (found.low, found.high) == pytest.approx((36.03824, 94.10845), abs=1e-5)


def test_unanimous_answers_have_an_interval_that_ends_at_the_end_of_the_scale() -> None:
    found = figure([5] * 7, 12)

    assert found.index == found.high == 100
    assert found.low is not None
    assert 70 < found.low < 95


def test_an_index_with_an_item_that_nobody_answered_is_not_known() -> None:
    answers = [[4, 4, -1, *[4] * 6]] * 8
    found = measure(count(answers, [0] * 8, scale=HME, number=1), scale=HME, invited=[10])

    assert [found.of(0, name).index for name in ("hme_3", "motivation", "leadership", "total")] == [
        None,
        None,
        75,
        None,
    ]
    assert found.of(0, "total").low is found.of(0, "total").least is None
    assert (found.of(0, "motivation").answers, found.of(0, "motivation").fewest) == (8, 0)


def test_without_the_number_of_invited_the_interval_is_of_what_lasts() -> None:
    found = figure([3, 4, 4, 5], None)

    assert (found.population, found.invited, found.least, found.most) == (Population.LASTING, None, 0, 100)


@pytest.mark.parametrize(
    ("n", "invited", "low", "high"), [(7, 10, 6, 8), (10, 14, 5, 6), (20, 26, 3, 4), (100, 130, 1.5, 1.6)]
)
def test_intervals_are_as_wide_as_the_design_says(n: int, invited: int, low: float, high: float) -> None:
    # domain.md 2.1, own calculation: a person's standard deviation of 15 to 18, in whole points.
    found = measure(group_of(n, 16.5), scale=HME, invited=[invited]).of(0, "total")

    assert found.low is not None
    assert found.high is not None
    assert low <= (found.high - found.low) / 2 <= high + 0.3


@pytest.mark.parametrize("name", list(KINDS))
@pytest.mark.parametrize("response", [None, 0.8])
def test_intervals_hold_the_truth_as_often_as_they_say(name: str, response: float | None) -> None:
    # The large simulation is benchmarks/indices.py; 1 200 groups here: three standard errors are .019.
    rng = np.random.default_rng([4, len(name)])
    shares = covered(KINDS[name], 8, response, runs=1_200, rng=rng, held_to=usual(HME))

    assert shares[-1] >= 0.935 - 0.019


def test_intervals_hold_the_truth_when_many_answers_are_missing() -> None:
    # Sixty groups of 100 of 150, a fifth of the answers missing, drawn until it says something: 1 000 groups.
    rng = np.random.default_rng(8)
    level = rng.normal(3.9, 0.8, (1_000, 150, 1))
    answers = np.clip(np.rint(level + rng.normal(0, 0.7, (1_000, 150, 9))), 1, 5)
    heard = np.where(rng.random((1_000, 100, 9)) < 0.2, np.nan, answers[:, :100])
    moments = count(heard.reshape(-1, 9), np.repeat(np.arange(1_000), 100), scale=HME, number=1_000)
    found = measure(moments, scale=HME, invited=np.full(1_000, 150), held_to=usual(HME, moments))
    truth = 25 * (answers.mean(axis=(1, 2)) - 1)

    held = (found.low[:, -1] <= truth) & (truth <= found.high[:, -1])

    assert 0.93 <= held.mean() <= 0.97


def test_a_calm_sample_is_held_to_what_is_usual_and_a_troubled_one_is_believed() -> None:
    widths = {}
    for deviation in (4, 16.5, 30):
        found = measure(group_of(10, deviation), scale=HME).of(0, "total")
        assert found.low is not None
        assert found.high is not None
        widths[deviation] = found.high - found.low

    assert widths[4] > 0.85 * widths[16.5]
    assert widths[30] > 1.5 * widths[16.5]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=30), st.integers(0, 30))
def test_laws_of_the_interval(answers: list[int], silent: int) -> None:
    found = figure(answers, len(answers) + silent)
    lasting = figure(answers, len(answers) + silent, population=Population.LASTING)
    values = (found.least, found.low, found.index, found.high, found.most)
    known = [each for each in values if each is not None]

    assert len(known) == 5
    assert all(one <= other + 1e-5 for one, other in pairwise(known))
    assert known[0] >= 0
    assert known[-1] <= 100
    assert lasting.low is not None
    assert lasting.low <= known[1] + 1e-9
    assert lasting.high is not None
    assert lasting.high >= known[3] - 1e-9


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=20), st.integers(0, 9))
def test_turning_the_scale_round_turns_the_interval_round(answers: list[int], silent: int) -> None:
    invited = len(answers) + silent
    held_to = usual(ONE)
    middle = type(held_to)(np.array([0.5]), held_to.covariance)

    def interval(scale: Scale) -> tuple[float, float]:
        moments = count([[each] for each in answers], [0] * len(answers), scale=scale, number=1)
        found = measure(moments, scale=scale, invited=[invited], held_to=middle)
        return float(found.low[0, 0]), float(found.high[0, 0])

    low, high = interval(ONE)
    other_low, other_high = interval(Scale(items=("a",), reversed_items=frozenset({"a"})))

    assert (100 - other_high, 100 - other_low) == pytest.approx((low, high), abs=1e-5)


@pytest.mark.parametrize("invited", [[3], [4, 4], [float("nan")]])
def test_invited_that_cannot_be_are_refused(invited: list[float]) -> None:
    moments = count([[3]] * 4, [0] * 4, scale=ONE, number=1)
    with pytest.raises(KernelError):
        measure(moments, scale=ONE, invited=invited)


def test_other_mistakes_are_refused() -> None:
    moments = count([[3]] * 4, [0] * 4, scale=ONE, number=1)
    with pytest.raises(KernelError):
        measure(moments, scale=HME)
    with pytest.raises(KernelError):
        measure(moments, scale=ONE, level=0.4)
    with pytest.raises(KernelError):
        measure(moments, scale=ONE).of(0, "b")


def test_each_figure_tells_the_coverage_that_was_measured() -> None:
    assert [lowest_coverage(n, Population.INVITED) for n in (4, 5, 6)] == [
        None,
        MEASURED[Population.INVITED][0][1],
        MEASURED[Population.INVITED][0][1],
    ]
    assert (
        measure(group_of(60, 16), scale=HME).of(0, "total").coverage == dict(MEASURED[Population.LASTING])[50]
    )
    assert measure(group_of(60, 16), scale=HME, level=0.9).of(0, "total").coverage is None


@pytest.mark.parametrize("population", list(Population))
def test_the_lowest_coverage_is_near_the_level_from_five_answers_up(population: Population) -> None:
    assert [n for n, _ in MEASURED[population]] == [5, 7, 10, 20, 50, 100, 300, 1000]
    assert all(share >= 0.93 for _, share in MEASURED[population])
