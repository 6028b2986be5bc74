"""Portfolios under chance: common shocks, arrivals, targets, criticality, capacity, and the same bits."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast import (
    Correlation,
    Draws,
    Policy,
    Portfolio,
    Run,
    by_date,
    criticality,
    dispatch_order,
    draw,
    finish_quantiles,
    homes_by,
    offered_load,
    pert,
    portfolio,
    ranks,
    reference_class,
    schedule,
    which_capacity,
    with_arrivals,
)
from tests.kernel.processes import in_any_process

RATIOS = reference_class(np.exp(np.random.default_rng(7).normal(0.3, 0.4, 80)))
INDEPENDENT = Correlation(0.0, 0.0)


def projects(count: int = 40) -> Portfolio:
    """`count` projects of plan, permit and building in three departments, 100 homes each."""
    chance = np.random.default_rng(3)
    n = 3 * count
    first = np.arange(n) // 3 * 3
    step = np.arange(n) % 3
    return portfolio(
        chance.uniform(4, 16, n),
        step,
        before=[(task - 1, task) for task in range(n) if task % 3],
        release=np.where(step == 0, first / 3, 0.0),
        homes=np.where(step == 2, 100, 0),
        year=((first / 3 + 10 * step) // 12).astype(int),
    )


def run_of(tasks: Portfolio, draws: Draws, capacity: list[int]) -> Run:
    order = dispatch_order(tasks, capacity, rank=ranks(tasks, Policy.FIRST_COME), ratios=RATIOS.mean())
    return schedule(tasks, draws, capacity, order=order)


def test_durations_have_the_distribution_of_their_class() -> None:
    tasks = portfolio([2.0, 10.0], [0, 0], kind=[0, 1])
    classes = [RATIOS, pert(0.9, 1.0, 1.2)]

    found = draw(tasks, classes, seed=1, simulations=40_000).durations

    for row, planned, each in zip(found, [2.0, 10.0], classes, strict=True):
        assert row.mean() == pytest.approx(planned * each.mean(), rel=0.01)
        levels = [0.05, 0.2, 0.5, 0.8, 0.95]
        # The share below the quantile is the level, within four standard errors of at most .0025.
        shares = (row[:, None] <= planned * each.quantile(levels)).mean(axis=0)
        assert shares == pytest.approx(levels, abs=0.01)


def test_the_score_table_costs_no_more_than_a_hundredth_of_a_percent() -> None:
    # Independent of chance: the mean over all 65 536 scores against the exact mean (a + 4m + b) / 6.
    from styrfart.kernel.forecast.draws import NODES, PER_SCORE, SCORES, _table

    table = _table(pert(0.9, 1.0, 1.2).ratios)
    nodes = (SCORES * PER_SCORE + (NODES - 1) / 2 + 0.5).astype(int)

    assert table[nodes].mean(dtype=float) == pytest.approx((0.9 + 4 + 1.2) / 6, rel=1e-4)


def test_durations_move_together_as_much_as_they_were_told() -> None:
    # Department 0 in year 0 twice, department 0 in year 2, department 1 in year 0.
    tasks = portfolio(np.ones(4), [0, 0, 0, 1], year=[0, 0, 2, 0])
    correlation = Correlation(everywhere=0.1, department_year=0.3, persistence=0.5)

    found = draw(tasks, [RATIOS], seed=2, simulations=40_000, correlation=correlation).durations

    scores = stats.norm.ppf((stats.rankdata(found, axis=1) - 0.5) / 40_000)
    together = np.corrcoef(scores)[0]
    assert together[1] == pytest.approx(0.4, abs=0.02)
    assert together[2] == pytest.approx(0.1 + 0.3 * 0.5**2, abs=0.02)
    assert together[3] == pytest.approx(0.1, abs=0.02)


def test_independent_durations_make_totals_far_too_certain() -> None:
    tasks = projects()
    spreads = []
    for correlation in (INDEPENDENT, Correlation(0.1, 0.2)):
        draws = draw(tasks, [RATIOS], seed=3, simulations=4_000, correlation=correlation)
        total = run_of(tasks, draws, [6, 6, 6]).finishes.max(axis=0)
        spreads.append(np.subtract(*np.quantile(total, [0.9, 0.1])))

    assert spreads[1] > 1.4 * spreads[0]

    # And of the sum itself, where theory says by how much: 120 equal tasks, correlation .3 between all.
    same = portfolio(np.ones(120), np.zeros(120, int))
    deviations = [
        draw(same, [RATIOS], seed=4, simulations=4_000, correlation=each).durations.sum(axis=0).std()
        for each in (INDEPENDENT, Correlation(0.1, 0.2))
    ]
    # Normal ones would be sqrt(1 + 119 * .3) = 6.1 times as wide.
    assert 5.0 < deviations[1] / deviations[0] < 6.5


def test_what_comes_later_in_the_list_leaves_earlier_draws_alone() -> None:
    few, many = projects(10), projects(12)

    one, other = (draw(each, [RATIOS], seed=5, simulations=101).durations for each in (few, many))

    ratio = one / few.planned[:, None].astype(np.float32)
    assert ratio == pytest.approx(other[:30] / many.planned[:30, None].astype(np.float32), rel=1e-6)


def test_a_task_under_way_lasts_what_is_left_of_it() -> None:
    tasks = portfolio([10.0, 10.0], [0, 0], elapsed=[0.0, 12.0])

    found = draw(tasks, [RATIOS], seed=6, simulations=20_000, correlation=INDEPENDENT)

    whole = 10 * RATIOS.quantile((np.arange(20_000) + 0.5) / 20_000)
    assert found.durations[1].mean() == pytest.approx((whole[whole > 12] - 12).mean(), rel=0.03)
    assert found.outlasted == ()


def test_a_task_that_outlasted_its_class_is_told() -> None:
    tasks = portfolio([1.0, 1.0], [0, 0], elapsed=[0.0, 99.0])

    assert draw(tasks, [RATIOS], seed=6, simulations=10).outlasted == (1,)


def test_homes_by_date_by_hand() -> None:
    # Finishes of two tasks in five simulations: 100 homes by the first, 10 by the second.
    tasks = portfolio([1.0, 1.0], [0, 1], homes=[100, 10])
    durations = np.array([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]], np.float32)
    run = schedule(tasks, Draws(durations, (), np.empty((0, 5), np.float32)), [1, 1], order=[0, 1])

    found = by_date(run, [3.0], target=100, levels=[0.2, 0.5, 0.8])

    # By 3: 100, 100, 110, 10, 10; in order 10, 10, 100, 100, 110.
    assert homes_by(run, [3.0]).tolist() == [[100, 100, 110, 10, 10]]
    assert found.quantiles.tolist() == [[10, 100, 100]]
    assert (found.mean.tolist(), found.most) == ([66.0], 110)
    assert found.chance[0].share == 0.6
    assert finish_quantiles(run, [0, 1], levels=[0.5]).tolist() == [[3.0], [3.0]]


def test_more_work_for_the_same_hands_comes_as_told_and_delays_what_is_known() -> None:
    tasks = projects()
    labels = np.arange(tasks.tasks) // 3
    capacity = [12, 12, 12]
    delivered, known = [], []
    for multiplier in (1.0, 1.4):
        grown = with_arrivals(tasks, labels, gap=1.0, until=60.0, multiplier=multiplier, seed=8)
        draws = draw(grown, [RATIOS], seed=9, simulations=2_000)
        arrived = (draws.arrivals <= 60.0).sum(axis=0)
        # Poisson: mean and variance are the number expected, within four standard errors.
        expected = 60.0 * multiplier
        assert arrived.mean() == pytest.approx(expected, abs=4 * np.sqrt(expected / 2_000))
        assert arrived.var() == pytest.approx(expected, rel=0.15)
        run = run_of(grown, draws, capacity)
        delivered.append(homes_by(run, [70.0])[0].mean())
        known.append(run.finishes[: tasks.tasks].mean())
    assert known[1] > known[0]
    assert delivered[0] > 0


def test_a_larger_workload_is_the_same_projects_sooner_and_more_at_the_end() -> None:
    tasks, labels = projects(5), np.arange(15) // 3
    one, other = (with_arrivals(tasks, labels, gap=2.0, until=20.0, multiplier=m, seed=8) for m in (1.0, 1.4))

    assert other.tasks > one.tasks
    assert other.planned[: one.tasks].tolist() == one.planned.tolist()
    draws = [draw(each, [RATIOS], seed=1, simulations=50) for each in (one, other)]
    slots = draws[0].arrivals.shape[0]
    assert draws[1].arrivals[:slots] * 1.4 == pytest.approx(draws[0].arrivals, rel=1e-5)
    assert sorted(set(one.planned[15:30].tolist())) == sorted(one.planned[:15].tolist())  # each once first
    assert one.before[10:12].tolist() == [[15, 16], [16, 17]]
    assert one.arrival[15:21].tolist() == [0, -1, -1, 1, -1, -1]


def test_draws_without_the_arrivals_are_refused() -> None:
    grown = with_arrivals(projects(2), np.arange(6) // 3, gap=1.0, until=5.0, seed=1)
    draws = replace(draw(grown, [RATIOS], seed=1, simulations=3), arrivals=np.empty((0, 3), np.float32))

    with pytest.raises(KernelError):
        schedule(grown, draws, [1, 1, 1], order=np.arange(grown.tasks))


def test_no_time_is_no_arrivals() -> None:
    tasks = projects(2)

    assert with_arrivals(tasks, np.arange(6) // 3, gap=1.0, until=0.0, seed=1) is tasks


def test_offered_load_by_hand() -> None:
    # Two servers for 10 months can do 20. Task 0 does 6; task 1 starts at 6 and does 4 of its 8 by then.
    tasks = portfolio([6.0, 8.0], [0, 0], before=[(0, 1)])

    assert offered_load(tasks, [2], ratios=1.0, within=10.0).tolist() == [0.5]


def test_criticality_by_hand() -> None:
    # One server: 0 then 1. Task 2 in its own department ends first. All of 1's homes hang on 0 as well.
    tasks = portfolio([1.0] * 3, [0, 0, 1], homes=[0, 300, 100])
    draws = Draws(np.array([[5.0], [4.0], [2.0]], np.float32), (), np.empty((0, 1), np.float32))
    run = schedule(tasks, draws, [1, 1], order=[0, 1, 2])

    found = criticality(run, draws)

    assert found.index.tolist() == [1.0, 1.0, 0.0]
    assert found.homes.tolist() == [0.75, 0.75, 0.25]
    assert found.waiting.tolist() == [0.0, 5.0, 0.0]


def test_criticality_is_how_much_later_homes_come_when_a_task_is() -> None:
    tasks, capacity, simulations = projects(20), [3, 3, 3], 200
    draws = draw(tasks, [RATIOS], seed=10, simulations=simulations)
    run = run_of(tasks, draws, capacity)
    found = criticality(run, draws, simulations=simulations)

    share = tasks.homes / tasks.homes.sum()
    for task in (0, 1, 5, 17, 30, 45):
        longer = draws.durations.copy()
        longer[task] += np.float32(2**-8)
        later = schedule(tasks, replace(draws, durations=longer), capacity, order=run.order)
        delay = (later.finishes - run.finishes).mean(axis=1, dtype=float) * 2**8
        assert found.homes[task] == pytest.approx((share * delay).sum(), abs=0.01)


def test_the_bottleneck_buys_most_and_idle_hands_buy_nothing() -> None:
    tasks = projects()
    capacity = [20, 4, 40]
    draws = draw(tasks, [RATIOS], seed=11, simulations=2_000)
    run = run_of(tasks, draws, capacity)

    found = which_capacity(tasks, draws, capacity, order=run.order, date=60.0, target=2_000)

    assert found[0].department == 1
    assert found[0].is_apart
    assert found[0].homes > 20 * found[0].homes_error > 0
    nothing = next(each for each in found if each.department == 2)
    assert (nothing.homes, nothing.homes_error, nothing.chance) == (0.0, 0.0, 0.0)
    # The pair is compared, not two runs: the error is far below that of two independent ones.
    alone = homes_by(run, [60.0])[0].std() / np.sqrt(2_000)
    assert found[0].homes_error < alone


BITS = """
import hashlib
import numpy as np
from styrfart.kernel.forecast import *
n = 60
tasks = portfolio(np.linspace(2, 9, n), np.arange(n) % 4, before=[(i, i + 3) for i in range(n - 3)],
                  homes=np.arange(n), year=np.arange(n) % 3)
tasks = with_arrivals(tasks, np.arange(n) // 6, gap=3.0, until=20.0, multiplier=1.4, seed=2)
own = reference_class(np.linspace(0.5, 3, 41), outside=[1.0, 2.0])
draws = draw(tasks, [own], seed=42, simulations=1_001)
order = dispatch_order(tasks, [3, 3, 3, 3], rank=ranks(tasks, Policy.MOST_HOMES), ratios=own.mean())
run = schedule(tasks, draws, [3, 3, 3, 3], order=order)
gains = which_capacity(tasks, draws, [3, 3, 3, 3], order=order, date=50.0, target=500)
print(hashlib.sha256(run.finishes.tobytes() + repr((order.tolist(), gains)).encode()).hexdigest())
"""


def test_the_same_seed_gives_the_same_bits_in_any_process() -> None:
    assert len(in_any_process(BITS)) == 64


def test_another_seed_is_another_answer() -> None:
    tasks = projects(2)
    digests = {
        hashlib.sha256(draw(tasks, [RATIOS], seed=seed, simulations=10).durations.tobytes()).hexdigest()
        for seed in (1, 2)
    }

    assert len(digests) == 2


@pytest.mark.parametrize(
    "call",
    [
        lambda: draw(projects(1), [], seed=1),
        lambda: draw(projects(1), [RATIOS], seed=1, simulations=0),
        lambda: draw(projects(1), [RATIOS], seed=1, correlation=Correlation(0.5, 0.5)),
        lambda: draw(projects(1), [RATIOS], seed=1, correlation=Correlation(-0.1, 0.5)),
        lambda: draw(projects(1), [RATIOS], seed=1, correlation=Correlation(0.1, 0.5, 1.1)),
        lambda: with_arrivals(projects(1), [0, 0], gap=1.0, until=9.0, seed=1),
        lambda: with_arrivals(projects(1), [0] * 3, gap=0.0, until=9.0, seed=1),
        lambda: offered_load(projects(1), [1, 1, 1], ratios=1.0, within=0.0),
    ],
)
def test_what_cannot_be_drawn_is_refused(call: object) -> None:
    with pytest.raises(KernelError):
        call()  # type: ignore[operator]  # each is a call


def test_what_cannot_be_asked_of_a_run_is_refused() -> None:
    tasks = projects(1)
    draws = draw(tasks, [RATIOS], seed=1, simulations=10)
    run = run_of(tasks, draws, [1, 1, 1])

    for call in (
        lambda: by_date(run, []),
        lambda: by_date(run, [1.0], levels=[1.0]),
        lambda: finish_quantiles(run, [0], levels=[]),
        lambda: criticality(run, draws, simulations=0),
        lambda: which_capacity(tasks, draws, [1, 1, 1], order=run.order, date=1.0, target=1, more=0),
    ):
        with pytest.raises(KernelError):
            call()
