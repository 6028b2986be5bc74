"""When everything is done, in every simulation at once, with the servers that there are.

The model, plainly. Tasks are taken in one fixed order, the same in all simulations. Each starts when what
it waits for is finished, its release has passed, and as many servers as it needs of each department are
free; it takes those that have been free the shortest time, so that the others are left for what can start
sooner, and holds them to its finish. A server that waits for a task is not lent out meanwhile, and nobody
works on two things at once: the result is a schedule that can be carried out, not the shortest one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.draws import Draws
from styrfart.kernel.forecast.portfolio import IntArray, Portfolio, checked_capacity, predecessors
from styrfart.kernel.forecast.shocks import Rows

AHEAD = 1  # a row of infinity after the servers, for those that are not there


@dataclass(frozen=True, eq=False)
class Run:
    """Moments of finish (tasks, simulations), float32, and the capacity and order that gave them.

    `starts` and `ready` are empty unless they were asked for; ready is when a task could have started had
    servers been free.
    """

    tasks: Portfolio
    capacity: IntArray
    order: IntArray
    finishes: Rows
    starts: Rows
    ready: Rows

    @property
    def simulations(self) -> int:
        return int(self.finishes.shape[1])


def schedule(
    tasks: Portfolio, draws: Draws, capacity: ArrayLike, *, order: ArrayLike, keep_starts: bool = False
) -> Run:
    """Schedule `tasks` in every simulation of `draws`.

    `capacity` (d,) is the servers of each department and `order` (n,) the tasks, none before what it waits
    for (`dispatch_order` gives one). For every department the moments at which its servers become free are
    kept as sorted rows, one a server; a task's finish is sorted in by minima and maxima over all
    simulations (serial schedule generation, Kolisch 1996, without filling earlier gaps).

    Raises KernelError when an order is no order of the tasks or puts one before what it waits for.
    """
    servers = checked_capacity(tasks, capacity)
    sequence = _checked_order(tasks, order)
    simulations = draws.simulations
    if draws.durations.shape[0] != tasks.tasks or draws.arrivals.shape[0] <= int(tasks.arrival.max()):
        raise KernelError("draws are of other tasks")
    rows = [np.zeros((count + AHEAD, simulations), np.float32) for count in servers.tolist()]
    for each in rows:
        each[-1] = np.inf
    kept = (tasks.tasks if keep_starts else 0, simulations)
    run = Run(
        tasks,
        servers,
        sequence,
        np.empty((tasks.tasks, simulations), np.float32),
        np.empty(kept, np.float32),
        np.empty(kept, np.float32),
    )
    _fill(run, draws, rows)
    return run


def _checked_order(tasks: Portfolio, order: ArrayLike) -> IntArray:
    sequence = np.asarray(order, np.int64)
    if sequence.shape != (tasks.tasks,) or not bool((np.sort(sequence) == np.arange(tasks.tasks)).all()):
        raise KernelError("an order holds each task once")
    place = np.empty(tasks.tasks, np.int64)
    place[sequence] = np.arange(tasks.tasks)
    if bool((place[tasks.before[:, 0]] >= place[tasks.before[:, 1]]).any()):
        raise KernelError("the order puts a task before one that it waits for")
    return sequence


def _fill(run: Run, draws: Draws, rows: list[Rows]) -> None:
    tasks, finishes = run.tasks, run.finishes
    first = predecessors(tasks)
    release, arrival = tasks.release.astype(np.float32), tasks.arrival.tolist()
    needs = [[(k, int(row[k])) for k in np.flatnonzero(row).tolist()] for row in tasks.needs]
    start: Rows = np.empty(draws.simulations, np.float32)
    spare: NDArray[np.int32] = np.empty(draws.simulations, np.int32)
    for task in run.order.tolist():
        if arrival[task] < 0:
            start.fill(release[task])
        else:
            np.copyto(start, draws.arrivals[arrival[task]])
        for before in first[task]:
            np.maximum(start, finishes[before], out=start)
        if run.ready.size:
            run.ready[task] = start
        for department, count in needs[task]:
            np.maximum(start, rows[department][count - 1], out=start)
        if run.starts.size:
            run.starts[task] = start
        np.add(start, draws.durations[task], out=finishes[task])
        for department, count in needs[task]:
            _take(rows[department], count, start, finishes[task], spare)


def _take(rows: Rows, count: int, start: Rows, finish: Rows, spare: NDArray[np.int32]) -> None:
    """Of the servers free at `start`, the `count` last freed are free again at `finish`; rows stay sorted.

    With `count` copies of `finish` sorted in above what is left, row j becomes
    min(row[j + count], max(row[j], finish)), unless row[j + count] is free at `start` too: then row j is
    none of the last freed and stays. Rows rise, so each row reads only rows not yet written.

    Moments are 0 or more, and such floats are ordered as their bits are as whole numbers; so the sign of
    start - row[j + count] masks the finish without a branch or a second pass.
    """
    servers = rows.shape[0] - AHEAD
    bits, begun, done = rows.view(np.int32), start.view(np.int32), finish.view(np.int32)
    for j in range(servers):
        above = bits[min(j + count, servers)]
        np.subtract(begun, above, out=spare)
        np.right_shift(spare, 31, out=spare)
        np.bitwise_and(spare, done, out=spare)
        np.maximum(bits[j], spare, out=bits[j])
        np.minimum(bits[j], above, out=bits[j])
