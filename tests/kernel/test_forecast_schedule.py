"""Schedules in all simulations at once: by hand, and against a schedule made one simulation at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast import (
    Draws,
    Policy,
    Portfolio,
    Run,
    dispatch_order,
    portfolio,
    ranks,
    schedule,
)


def drawn(durations: object) -> Draws:
    rows = np.asarray(durations, np.float32)
    return Draws(rows, (), np.empty((0, rows.shape[1]), np.float32))


def one_by_one(tasks: Portfolio, draws: Draws, capacity: list[int], order: list[int]) -> np.ndarray:
    """The model in words: one simulation, one task, one list of free moments for each department."""
    finishes = np.zeros_like(draws.durations)
    for simulation in range(draws.simulations):
        free = [[np.float32(0)] * servers for servers in capacity]
        for task in order:
            start = np.float32(tasks.release[task])
            for first, second in tasks.before.tolist():
                if second == task:
                    start = max(start, finishes[first, simulation])
            for department, count in enumerate(tasks.needs[task].tolist()):
                if count:
                    start = max(start, sorted(free[department])[count - 1])
            finish = start + draws.durations[task, simulation]
            for department, count in enumerate(tasks.needs[task].tolist()):
                for _ in range(count):
                    shortest_free = max(each for each in free[department] if each <= start)
                    free[department].remove(shortest_free)
                free[department] += [finish] * count
            finishes[task, simulation] = finish
    return finishes


def test_three_tasks_share_two_servers() -> None:
    # 0 takes 5 and 1 takes 3 at once; 2 takes the server that 1 leaves at 3, and is done at 3 + 4 = 7.
    tasks = portfolio([1.0, 1.0, 1.0], [0, 0, 0])

    run = schedule(tasks, drawn([[5.0], [3.0], [4.0]]), [2], order=[0, 1, 2])

    assert run.finishes.ravel().tolist() == [5.0, 3.0, 7.0]


def test_a_task_leaves_the_server_that_has_waited_longest_for_those_who_can_start_sooner() -> None:
    # Servers are free at 1 and 3 when task 2 is ready at 4: it takes the one of 3, and task 3 starts at 1.
    tasks = portfolio([1.0] * 4, [0, 0, 0, 0], release=[0, 0, 4, 0])

    run = schedule(tasks, drawn([[1.0], [3.0], [2.0], [2.0]]), [2], order=[0, 1, 2, 3])

    assert run.finishes.ravel().tolist() == [1.0, 3.0, 6.0, 3.0]


def test_a_task_of_two_departments_waits_for_both() -> None:
    # Task 2 needs two servers of the first and one of the second: free at 2 and 4, and at 6.
    tasks = portfolio([1.0] * 3, [[1, 0], [1, 1], [2, 1]])

    run = schedule(tasks, drawn([[2.0], [6.0], [1.0]]), [2, 1], order=[0, 1, 2], keep_starts=True)

    assert run.starts.ravel().tolist() == [0.0, 0.0, 6.0]
    assert run.ready.ravel().tolist() == [0.0, 0.0, 0.0]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Portfolio, Draws, list[int], list[int]]:
    n, d = draw(st.integers(1, 9)), draw(st.integers(1, 3))
    whole = st.integers(0, 2)
    needs = draw(st.lists(st.lists(whole, min_size=d, max_size=d), min_size=n, max_size=n))
    arcs = [(a, b) for b in range(n) for a in range(b) if draw(st.integers(0, 4)) == 0]
    release = draw(st.lists(st.integers(0, 6), min_size=n, max_size=n))
    tasks = portfolio(np.ones(n), needs, before=arcs, release=release)
    capacity = [draw(st.integers(2, 4)) for _ in range(d)]
    # Whole numbers make servers free at the same moment, where a slip would show.
    generator = np.random.default_rng(draw(st.integers(0, 10**6)))
    durations = generator.integers(0, 7, (n, 4)) + draw(st.sampled_from([0.0, 0.3]))
    return tasks, drawn(durations), capacity, list(range(n))


@given(cases())
@settings(max_examples=120, deadline=None)
def test_all_at_once_is_one_by_one_to_the_bit(case: tuple[Portfolio, Draws, list[int], list[int]]) -> None:
    tasks, draws, capacity, order = case

    run = schedule(tasks, draws, capacity, order=order)

    assert run.finishes.tobytes() == one_by_one(tasks, draws, capacity, order).tobytes()


@given(cases())
@settings(max_examples=60, deadline=None)
def test_no_department_ever_holds_more_than_it_has_and_nothing_starts_too_soon(
    case: tuple[Portfolio, Draws, list[int], list[int]],
) -> None:
    tasks, draws, capacity, order = case
    run = schedule(tasks, draws, capacity, order=order, keep_starts=True)

    for first, second in tasks.before.tolist():
        assert bool((run.starts[second] >= run.finishes[first]).all())
    assert bool((run.starts >= tasks.release[:, None]).all())
    for task in range(tasks.tasks):
        works = (run.starts <= run.starts[task]) & (run.finishes > run.starts[task])
        assert bool((np.einsum("ts,td->ds", works, tasks.needs) <= np.array(capacity)[:, None]).all())


def test_servers_for_everybody_are_no_limit() -> None:
    chance = np.random.default_rng(4)
    arcs = [(a, b) for b in range(20) for a in range(b) if chance.uniform() < 0.15]
    tasks = portfolio(np.ones(20), np.zeros(20, int), before=arcs)
    draws = drawn(chance.uniform(1, 9, (20, 50)))

    run = schedule(tasks, draws, [20], order=np.arange(20), keep_starts=True)

    assert bool((run.starts == run.ready).all())


def test_one_more_server_never_hurts_a_department_without_precedence() -> None:
    # With waits it can (Graham 1969); without them earlier free servers are earlier starts.
    chance = np.random.default_rng(6)
    tasks = portfolio(np.ones(30), np.zeros(30, int))
    draws = drawn(chance.uniform(1, 9, (30, 50)))

    few, more = (schedule(tasks, draws, [servers], order=np.arange(30)) for servers in (3, 4))

    assert bool((more.finishes <= few.finishes).all())


def test_what_is_first_come_and_what_brings_most_homes() -> None:
    # Two projects of permit then building; the second is released later and brings more.
    tasks = portfolio(
        [2.0, 2.0, 2.0, 2.0],
        [0, 1, 0, 1],
        before=[(0, 1), (2, 3)],
        release=[0, 0, 0.5, 0],
        homes=[0, 100, 0, 900],
    )

    first_come = dispatch_order(tasks, [1, 1], rank=ranks(tasks, Policy.FIRST_COME))
    most_homes = dispatch_order(tasks, [1, 1], rank=ranks(tasks, Policy.MOST_HOMES))

    assert ranks(tasks, Policy.FIRST_COME).tolist() == [0, 2, 0.5, 2.5]
    assert ranks(tasks, Policy.MOST_HOMES).tolist() == [-100, -100, -900, -900]
    assert ranks(tasks, Policy.LONGEST_LEFT).tolist() == [-4, -2, -4, -2]
    assert first_come.tolist() == [0, 2, 1, 3]
    # Nothing is held back for what is not released yet: 0 goes first all the same.
    assert most_homes.tolist() == [0, 2, 1, 3]
    # At the same release the one with more homes goes first.
    at_once = portfolio([2.0, 2.0], [0, 0], homes=[100, 900])
    assert dispatch_order(at_once, [1], rank=ranks(at_once, Policy.MOST_HOMES)).tolist() == [1, 0]


def test_homes_reached_by_two_ways_count_once() -> None:
    tasks = portfolio([1.0] * 4, [0] * 4, before=[(0, 1), (0, 2), (1, 3), (2, 3)], homes=[0, 0, 0, 7])

    assert ranks(tasks, Policy.MOST_HOMES).tolist() == [-7, -7, -7, -7]


def test_what_is_under_way_goes_first() -> None:
    tasks = portfolio([2.0, 2.0], [0, 0], elapsed=[0.0, 1.0])

    assert dispatch_order(tasks, [1], rank=[0, 1]).tolist() == [1, 0]


@given(cases())
@settings(max_examples=60, deadline=None)
def test_the_list_of_a_run_is_one_that_can_be_run(
    case: tuple[Portfolio, Draws, list[int], list[int]],
) -> None:
    tasks, draws, capacity, _ = case
    order = dispatch_order(tasks, capacity, rank=ranks(tasks, Policy.LONGEST_LEFT))

    assert isinstance(schedule(tasks, draws, capacity, order=order), Run)


@pytest.mark.parametrize(
    "call",
    [
        lambda: portfolio([], []),
        lambda: portfolio([0.0], [0]),
        lambda: portfolio([1.0], [[-1]]),
        lambda: portfolio([1.0, 1.0], [0]),
        lambda: portfolio([1.0], [0], homes=[1, 2]),
        lambda: portfolio([1.0], [0], release=-1.0),
        lambda: portfolio([1.0], [0], release=np.inf),
        lambda: portfolio([1.0], [0], before=[(0, 1)]),
        lambda: portfolio([1.0, 1.0], [0, 0], before=[(0, 1), (1, 0)]),
        lambda: schedule(portfolio([1.0], [[2]]), drawn([[1.0]]), [1], order=[0]),
        lambda: schedule(portfolio([1.0], [0]), drawn([[1.0]]), [1, 1], order=[0]),
        lambda: schedule(portfolio([1.0], [0]), drawn([[1.0]]), [1], order=[1]),
        lambda: schedule(portfolio([1.0], [0]), drawn([[1.0], [1.0]]), [1], order=[0]),
        lambda: schedule(
            portfolio([1.0, 1.0], [0, 0], before=[(0, 1)]), drawn([[1.0], [1.0]]), [1], order=[1, 0]
        ),
    ],
)
def test_what_cannot_be_scheduled_is_refused(call: object) -> None:
    with pytest.raises(KernelError):
        call()  # type: ignore[operator]  # each is a call
