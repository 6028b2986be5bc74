"""What is to be done: tasks with plans, what they need, what goes before what, and who goes first."""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.durations import FloatArray
from styrfart.kernel.forecast.model import Policy

IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Portfolio:
    """n tasks over d departments. Time is any unit, counted from the moment the forecast is made.

    A task holds `needs[i, k]` servers (teams, case workers) of department k from its start to its finish;
    at least one of some department unless it is a wait that nobody works on (an appeal in court). What it
    finishes brings `homes[i]`.
    """

    planned: FloatArray  # (n,) planned duration, more than 0
    kind: IntArray  # (n,) which of the duration distributions
    needs: IntArray  # (n, d) servers
    before: IntArray  # (m, 2) the first is finished before the second starts
    release: FloatArray  # (n,) may not start earlier
    elapsed: FloatArray  # (n,) for how long it has been under way; 0 when not begun
    homes: IntArray  # (n,) what its finish delivers
    department: IntArray  # (n,) whose shocks it shares
    year: IntArray  # (n,) in which year, by plan, it is worked on: whose shocks it shares
    arrival: IntArray  # (n,) which of the projects not yet known it begins; -1 for all other tasks
    gap: float = 0.0  # mean time between arrivals of projects not yet known; 0 when none are expected

    @property
    def tasks(self) -> int:
        return self.planned.size

    @property
    def departments(self) -> int:
        return int(self.needs.shape[1])


def portfolio(
    planned: ArrayLike,
    needs: ArrayLike,
    *,
    kind: ArrayLike = 0,
    before: ArrayLike = (),
    release: ArrayLike = 0.0,
    elapsed: ArrayLike = 0.0,
    homes: ArrayLike = 0,
    year: ArrayLike = 0,
) -> Portfolio:
    """The tasks, checked; a single value stands for all of them. `Portfolio` tells shapes and units.

    `needs` may be (n,): the one department of each task, of which it holds one server. A task belongs to
    the department that it holds most of (the first of equals).

    Raises KernelError for shapes that differ, negative numbers, and a circle of tasks.
    """
    plan = np.atleast_1d(np.asarray(planned, np.float64))
    if plan.ndim != 1 or not plan.size or not bool((np.isfinite(plan) & (plan > 0)).all()):
        raise KernelError("planned durations are one row of numbers above 0")
    held = _needs(needs, plan.size)
    made = Portfolio(
        planned=plan,
        kind=_whole(kind, plan.size),
        needs=held,
        before=np.asarray(before, np.int64).reshape(-1, 2),
        release=_real(release, plan.size),
        elapsed=_real(elapsed, plan.size),
        homes=_whole(homes, plan.size),
        department=held.argmax(axis=1),
        year=_whole(year, plan.size),
        arrival=np.full(plan.size, -1),
    )
    for name in ("kind", "needs", "release", "elapsed", "homes", "year"):
        if not bool((getattr(made, name) >= 0).all()):
            raise KernelError(f"{name} is 0 or more")
    if made.before.size and not 0 <= made.before.min() <= made.before.max() < plan.size:
        raise KernelError("before holds pairs of tasks")
    topological(made)
    return made


def _whole(given: ArrayLike, n: int) -> IntArray:
    values: IntArray = np.asarray(given, np.int64)
    _check_shape(values.shape, n)
    return np.array(np.broadcast_to(values, (n,)))


def _real(given: ArrayLike, n: int) -> FloatArray:
    values: FloatArray = np.asarray(given, np.float64)
    _check_shape(values.shape, n)
    if not bool(np.isfinite(values).all()):
        raise KernelError("numbers are finite")
    return np.array(np.broadcast_to(values, (n,)))


def _check_shape(shape: tuple[int, ...], n: int) -> None:
    if shape not in ((), (n,)):
        raise KernelError(f"one value, or one for each of {n} tasks")


def _needs(given: ArrayLike, n: int) -> IntArray:
    needs = np.asarray(given, np.int64)
    if needs.ndim == 1 and needs.shape == (n,) and bool((needs >= 0).all()):
        one = np.zeros((n, int(needs.max()) + 1), np.int64)
        one[np.arange(n), needs] = 1
        return one
    if needs.ndim != 2 or needs.shape[0] != n or needs.shape[1] < 1:
        raise KernelError("needs is a department for each task, or servers (tasks, departments)")
    return needs


def predecessors(tasks: Portfolio) -> list[list[int]]:
    """For each task, which go before it, rising."""
    found: list[list[int]] = [[] for _ in range(tasks.tasks)]
    for first, second in np.unique(tasks.before, axis=0):
        found[second].append(int(first))
    return found


def successors(tasks: Portfolio) -> list[list[int]]:
    """For each task, which come after it, rising."""
    found: list[list[int]] = [[] for _ in range(tasks.tasks)]
    for first, second in np.unique(tasks.before, axis=0):
        found[first].append(int(second))
    return found


def topological(tasks: Portfolio) -> list[int]:
    """An order in which nothing comes before what it waits for; KernelError for a circle."""
    after, waiting = successors(tasks), [len(each) for each in predecessors(tasks)]
    order = [task for task, count in enumerate(waiting) if count == 0]
    for task in order:
        for later in after[task]:
            waiting[later] -= 1
            if waiting[later] == 0:
                order.append(later)
    if len(order) < tasks.tasks:
        raise KernelError("tasks wait for each other in a circle")
    return order


def earliest_starts(tasks: Portfolio, lasts: FloatArray) -> FloatArray:
    """When each task (n,) can begin by its release and what it waits for, with servers for everybody."""
    first, begins = predecessors(tasks), tasks.release.copy()
    for task in topological(tasks):
        for before in first[task]:
            begins[task] = max(begins[task], begins[before] + lasts[before])
    return begins


def ranks(tasks: Portfolio, policy: Policy) -> FloatArray:
    """The priority of each task (n,), lowest first, by a policy."""
    if policy is Policy.FIRST_COME:
        return earliest_starts(tasks, tasks.planned)
    after = successors(tasks)
    backwards = topological(tasks)[::-1]
    if policy is Policy.LONGEST_LEFT:
        left = np.zeros(tasks.tasks)
        for task in backwards:
            left[task] = tasks.planned[task] + max((left[later] for later in after[task]), default=0.0)
        return -left
    # Bits of what hangs on each task, so that homes reached by two ways count once.
    reached = [0] * tasks.tasks
    for task in backwards:
        reached[task] = 1 << task
        for later in after[task]:
            reached[task] |= reached[later]
    delivering = np.flatnonzero(tasks.homes).tolist()
    return -np.array(
        [float(sum(int(tasks.homes[d]) for d in delivering if bits >> d & 1)) for bits in reached]
    )


def dispatch_order(
    tasks: Portfolio, capacity: ArrayLike, *, rank: ArrayLike, ratios: ArrayLike = 1.0
) -> IntArray:
    """The order (n,) in which tasks start when each lasts `ratios` times its plan: the fixed list of a run.

    Whenever a server is free, the waiting task of lowest `rank` that fits starts (parallel schedule
    generation, Kelley 1963); what is under way goes first. A fixed list keeps simulations from foreseeing
    what they cannot know.
    """
    servers = checked_capacity(tasks, capacity)
    keys = _real(rank, tasks.tasks).tolist()
    lasts = (_real(ratios, tasks.tasks) * tasks.planned).tolist()
    release, needs = tasks.release.tolist(), [np.flatnonzero(row).tolist() for row in tasks.needs]
    after, waiting = successors(tasks), [len(each) for each in predecessors(tasks)]
    under_way = (tasks.elapsed > 0).tolist()
    free, now = servers.tolist(), 0.0
    order: list[int] = []
    events = [(release[task], task, False) for task, count in enumerate(waiting) if not count]
    heapq.heapify(events)
    ready: list[tuple[bool, float, int]] = []
    while events:
        now = events[0][0]
        while events and events[0][0] <= now:
            _, task, is_done = heapq.heappop(events)
            if not is_done:
                ready.append((not under_way[task], keys[task], task))
                continue
            for department in needs[task]:
                free[department] += int(tasks.needs[task, department])
            for later in after[task]:
                waiting[later] -= 1
                if not waiting[later]:
                    heapq.heappush(events, (max(now, release[later]), later, False))
        for entry in sorted(ready):
            task = entry[2]
            if all(free[k] >= tasks.needs[task, k] for k in needs[task]):
                ready.remove(entry)
                order.append(task)
                for department in needs[task]:
                    free[department] -= int(tasks.needs[task, department])
                heapq.heappush(events, (now + lasts[task], task, True))
    return np.array(order, np.int64)


def checked_capacity(tasks: Portfolio, capacity: ArrayLike) -> IntArray:
    """Servers of each department (d,); KernelError when a task needs more than there are."""
    servers = np.asarray(capacity, np.int64)
    if servers.shape != (tasks.departments,) or bool((tasks.needs.max(axis=0) > servers).any()):
        raise KernelError("capacity is servers for each department, at least what any one task needs")
    return servers
