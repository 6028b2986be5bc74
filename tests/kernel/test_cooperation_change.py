"""Change over time: values by hand, the interval's laws, the verdict, and the same in every process."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from scipy.sparse import csr_array

from styrfart.kernel.cooperation import (
    Kind,
    Measure,
    Period,
    Promise,
    Tie,
    Verdict,
    change,
    change_in_promises,
)
from styrfart.kernel.cooperation.bootstrap import interval
from styrfart.kernel.errors import KernelError
from tests.kernel.processes import in_any_process


def tie(source: int, target: int, cluster: int, period: Period) -> Tie:
    return Tie(source, target, Kind.HAND_OVER, cluster, period=period)


def drawn(seed: int, before: float, after: float, *, matters: int = 60) -> list[Tie]:
    """Matters of one to four ties in each period, with these chances to cross."""
    rng = np.random.default_rng(seed)
    found = []
    for period, chance in ((Period.BEFORE, before), (Period.AFTER, after)):
        for matter in range(matters):
            crosses = rng.random() < chance
            for _ in range(rng.integers(1, 5)):
                source = int(rng.integers(4))
                target = (source + int(rng.integers(1, 4))) % 4 if crosses else source
                found.append(tie(source, target, matter + 1_000 * (period is Period.AFTER), period))
    return found


def test_by_hand() -> None:
    # Before 1 of 2 crosses, after 3 of 4: .25 more. Two clusters in each: too early to say.
    ties = [
        tie(0, 0, 1, Period.BEFORE), tie(0, 1, 2, Period.BEFORE),
        tie(0, 0, 3, Period.AFTER), tie(0, 1, 3, Period.AFTER),
        tie(1, 0, 4, Period.AFTER), tie(1, 0, 4, Period.AFTER),
    ]  # fmt: skip

    found = change(ties, 2, Measure.SHARE_ACROSS, seed=1)

    assert (found.before, found.after, found.difference) == (0.5, 0.75, 0.25)
    assert (found.low, found.high, found.verdict) == (None, None, Verdict.TOO_EARLY)
    assert (found.clusters_before, found.clusters_after) == (2, 2)
    # After: 0→1 once, 1→0 twice: twice the least of them ÷ 3. Before: nothing came back.
    assert change(ties, 2, Measure.RECIPROCITY, seed=1).difference == pytest.approx(2 / 3)


def test_a_clear_change_and_none() -> None:
    more = change(drawn(1, 0.2, 0.7), 4, Measure.SHARE_ACROSS, seed=1)
    less = change(drawn(1, 0.7, 0.2), 4, Measure.SHARE_ACROSS, seed=1)
    none = change(drawn(1, 0.5, 0.5), 4, Measure.SHARE_ACROSS, seed=1)
    apart = change(drawn(1, 0.7, 0.2), 4, Measure.MODULARITY, seed=1)

    assert [each.verdict for each in (more, less, none, apart)] == [
        Verdict.MORE,
        Verdict.LESS,
        Verdict.NO_CLEAR_DIFFERENCE,
        Verdict.MORE,
    ]
    for each in (more, less, none, apart):
        assert each.low is not None
        assert each.high is not None
        assert each.difference is not None
        assert each.low < each.difference < each.high


def test_a_period_without_ties_is_too_early() -> None:
    only = [each for each in drawn(1, 0.5, 0.5) if each.period is Period.AFTER]

    found = change(only, 4, Measure.SHARE_ACROSS, seed=1)

    assert (found.before, found.difference, found.verdict) == (None, None, Verdict.TOO_EARLY)
    assert change([], 4, Measure.SHARE_ACROSS, seed=1).verdict is Verdict.TOO_EARLY


def test_what_is_paired_stays_paired() -> None:
    # Each matter has as much across before as after, though the matters differ much: nothing has changed, and
    # that is certain, because each is drawn with both of its periods.
    ties = []
    for matter in range(30):
        for period in Period:
            ties += [tie(0, 1 if step < matter % 6 else 0, matter, period) for step in range(5)]

    paired = change(ties, 2, Measure.SHARE_ACROSS, seed=1)
    renamed = [replace(each, cluster=each.cluster + 100 * (each.period is Period.AFTER)) for each in ties]
    unpaired = change(renamed, 2, Measure.SHARE_ACROSS, seed=1)

    assert (paired.low, paired.high) == (0, 0)
    assert unpaired.low is not None
    assert unpaired.low < -0.1


def test_the_interval_of_a_mean_is_near_the_classical_one() -> None:
    # 200 numbers, normal: Student's interval of the mean is mean ± 1.972 · s ÷ √200.
    numbers = np.random.default_rng(3).normal(5, 2, size=200)
    parts = csr_array(np.column_stack([numbers, np.ones(200)]))

    found = interval(parts, lambda sums: sums[:, 0] / sums[:, 1], seed=1, level=0.95, draws=20_000)

    expected = stats.t.interval(0.95, 199, numbers.mean(), stats.sem(numbers))
    assert found == pytest.approx(expected, abs=0.02)


def test_the_same_as_another_bootstrap() -> None:
    # SciPy's own, bias-corrected and accelerated, of a skewed ratio.
    rng = np.random.default_rng(4)
    over, under = rng.exponential(2, size=60), rng.exponential(1, size=60) + 0.5
    parts = csr_array(np.column_stack([over, under]))

    found = interval(parts, lambda sums: sums[:, 0] / sums[:, 1], seed=1, level=0.9, draws=40_000)

    theirs = stats.bootstrap(
        (over, under), lambda one, other, axis: one.sum(axis) / other.sum(axis), paired=True,
        vectorized=True, confidence_level=0.9, n_resamples=40_000, method="BCa", rng=np.random.default_rng(5),
    ).confidence_interval  # fmt: skip
    assert found == pytest.approx((theirs.low, theirs.high), abs=0.02)


def test_a_measure_that_is_often_undefined_has_no_interval() -> None:
    # Ties cross in one matter of twelve: when it is not drawn, a third of the time, nothing can come back.
    ties = [tie(0, 0, matter, period) for matter in range(12) for period in Period]
    ties += [tie(0, 1, 0, Period.BEFORE), tie(1, 0, 0, Period.AFTER)]

    found = change(ties, 2, Measure.RECIPROCITY, seed=1)

    assert (found.difference, found.low, found.verdict) == (0, None, Verdict.TOO_EARLY)


def test_promises_by_hand_and_over_time() -> None:
    # Before: 12 matters, 3 kept. After: 12 matters, 11 kept, and one that has not fallen due.
    promises = [Promise(each, 5, 5, 5 if each < 3 else 9, Period.BEFORE) for each in range(12)]
    promises += [Promise(50 + each, 25, 25, 20 if each < 11 else None) for each in range(12)]
    promises += [Promise(99, 90, 90, 30)]

    found = change_in_promises(promises, today=40, seed=1)

    assert found.before == 0.25
    assert found.after == pytest.approx(11 / 12)
    assert (found.clusters_before, found.clusters_after, found.verdict) == (12, 12, Verdict.MORE)
    assert change_in_promises(promises, today=20, seed=1).verdict is Verdict.TOO_EARLY


def test_wrong_calls_are_refused() -> None:
    ties = drawn(1, 0.5, 0.5)
    with pytest.raises(KernelError):
        change(ties, 4, Measure.PROMISES_KEPT, seed=1)
    with pytest.raises(KernelError):
        change(ties, 3, Measure.SHARE_ACROSS, seed=1)
    with pytest.raises(KernelError):
        change(ties, 4, Measure.SHARE_ACROSS, seed=1, fewest=1)
    with pytest.raises(KernelError):
        change(ties, 4, Measure.SHARE_ACROSS, seed=1, level=1.0)
    with pytest.raises(KernelError):
        change(ties, 4, Measure.SHARE_ACROSS, seed=1, draws=99)


def test_every_process_answers_the_same() -> None:
    code = (
        "from tests.kernel.test_cooperation_change import drawn\n"
        "from styrfart.kernel.cooperation import *\n"
        "ties = drawn(1, 0.4, 0.6)\n"
        "print([change(ties, 4, each, seed=7) for each in list(Measure)[:3]])\n"
    )
    assert in_any_process(code).count("Change(") == 3
