"""What a run says: homes by date, the chance of a target, when tasks finish, and what they hang on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.draws import Draws
from styrfart.kernel.forecast.durations import FloatArray
from styrfart.kernel.forecast.model import Interval
from styrfart.kernel.forecast.portfolio import IntArray, predecessors
from styrfart.kernel.forecast.schedule import Run, schedule
from styrfart.kernel.forecast.scores import wilson
from styrfart.kernel.forecast.shocks import Rows

LEVELS = (0.1, 0.5, 0.8, 0.9)


@dataclass(frozen=True, eq=False)
class ByDate:
    """Homes delivered by each date.

    `quantiles` (dates, levels): with probability `levels[l]` at most that many are delivered, so to be sure
    of a number at 8 of 10 read the level .2. `chance` is of `target` or more, with the 95 % interval of the
    simulation itself (not of the model). `most` is the sum of everything that can come.
    """

    dates: tuple[float, ...]
    levels: tuple[float, ...]
    quantiles: IntArray
    mean: FloatArray
    target: int
    chance: tuple[Interval, ...]
    most: int


@dataclass(frozen=True, eq=False)
class Criticality:
    """What the finish hangs on, per task (n,), over `simulations`.

    `index`: the share of simulations in which the task lies on the chain that ends last, be the links waits
    for work or for servers (the criticality index, Dodin & Elmaghraby 1985, with servers). `homes`: the mean
    share of all homes whose delivery would be later if the task were. `waiting`: mean time it was ready and
    had no server.
    """

    index: FloatArray
    homes: FloatArray
    waiting: FloatArray
    simulations: int


def homes_by(run: Run, dates: Sequence[float]) -> NDArray[np.int32]:
    """Homes delivered at the latest on each date, (dates, simulations)."""
    delivering = np.flatnonzero(run.tasks.homes)
    if int(run.tasks.homes.sum()) > np.iinfo(np.int32).max:
        raise KernelError("more homes than can be counted")
    counts = np.zeros((len(dates), run.simulations), np.int32)
    spare = np.empty(run.simulations, np.int32)
    for task in delivering.tolist():
        homes, finish = np.int32(run.tasks.homes[task]), run.finishes[task]
        for row, date in enumerate(dates):
            np.multiply(finish <= np.float32(date), homes, out=spare)
            counts[row] += spare
    return counts


def by_date(run: Run, dates: Sequence[float], *, target: int = 0, levels: Sequence[float] = LEVELS) -> ByDate:
    """Quantiles of homes by each of `dates` and the chance of `target`.

    Quantiles are numbers that occurred: the smallest that at least `levels[l]` of the simulations do not
    exceed. Raises KernelError for levels outside 0 to 1 or no dates.
    """
    if not dates or not levels or not all(0 < level < 1 for level in levels):
        raise KernelError("at least one date, and levels between 0 and 1")
    counts = homes_by(run, dates)
    reached = (counts >= target).sum(axis=1).tolist()
    mean = counts.sum(axis=1, dtype=np.int64) / run.simulations
    counts.sort(axis=1)
    at = np.ceil(np.asarray(levels) * run.simulations - 1e-9).astype(np.int64) - 1
    return ByDate(
        tuple(dates),
        tuple(levels),
        counts[:, np.maximum(at, 0)].astype(np.int64),
        mean,
        target,
        tuple(wilson(each, run.simulations) for each in reached),
        int(run.tasks.homes.sum()),
    )


def finish_quantiles(run: Run, which: ArrayLike, *, levels: Sequence[float] = LEVELS) -> FloatArray:
    """Quantiles (tasks asked for, levels) of the moments at which tasks finish."""
    if not levels or not all(0 < level < 1 for level in levels):
        raise KernelError("levels are between 0 and 1")
    rows = np.sort(run.finishes[np.atleast_1d(np.asarray(which, np.int64))], axis=1)
    at = np.ceil(np.asarray(levels) * run.simulations - 1e-9).astype(np.int64) - 1
    return rows[:, np.maximum(at, 0)].astype(np.float64)


def criticality(run: Run, draws: Draws, *, simulations: int = 1_000) -> Criticality:
    """What the finish hangs on, by going back along the chains of the first `simulations` of a run.

    A task hangs on another that finishes at the very moment it starts: one that it waits for, or one that
    hands over a server. Several at the same moment count each.
    """
    count = min(simulations, run.simulations)
    if count < 1:
        raise KernelError("at least one simulation")
    part = Draws(
        np.ascontiguousarray(draws.durations[:, :count]),
        draws.outlasted,
        np.ascontiguousarray(draws.arrivals[:, :count]),
    )
    again = schedule(run.tasks, part, run.capacity, order=run.order, keep_starts=True)
    homes = np.repeat(run.tasks.homes[:, None].astype(np.float32), count, axis=1)
    index = (again.finishes == again.finishes.max(axis=0)).astype(np.float32)
    _follow(again, (homes, index))
    total = max(1, int(run.tasks.homes.sum()))
    return Criticality(
        np.minimum(index, 1.0).mean(axis=1, dtype=np.float64),
        homes.mean(axis=1, dtype=np.float64) / total,
        (again.starts - again.ready).mean(axis=1, dtype=np.float64),
        count,
    )


def _follow(run: Run, weights: tuple[Rows, ...]) -> None:
    """Add each task's weights to those that it hangs on, last task first."""
    first, order = predecessors(run.tasks), run.order
    # [place, earlier place]: whether the two share a department, so that one can hand over to the other.
    uses = run.tasks.needs[order] > 0
    shares = np.tril((uses[:, None, :] & uses[None, :, :]).any(axis=2), -1)
    for place in range(order.size - 1, -1, -1):
        task = int(order[place])
        start = run.starts[task]
        for other in first[task]:
            _add(weights, other, task, run.finishes[other] == start)
        waits = start > run.ready[task]
        if bool(waits.any()):
            others = order[np.flatnonzero(shares[place])]
            hands_over = (run.finishes[others] == start) & waits
            for row in np.flatnonzero(hands_over.any(axis=1)).tolist():
                _add(weights, int(others[row]), task, hands_over[row])


def _add(weights: tuple[Rows, ...], to: int, of: int, where: NDArray[np.bool_]) -> None:
    for each in weights:
        each[to] += each[of] * where
