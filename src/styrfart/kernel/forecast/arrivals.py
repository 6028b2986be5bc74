"""Projects that nobody knows of yet: more work for the same hands."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.durations import FloatArray
from styrfart.kernel.forecast.portfolio import IntArray, Portfolio, checked_capacity, earliest_starts

SPREADS = 4.0  # so many standard deviations of arrivals are made room for: 3 in 100 000 runs have more


def with_arrivals(
    tasks: Portfolio,
    projects: ArrayLike,
    *,
    gap: float,
    until: float,
    multiplier: float = 1.0,
    seed: int,
    year_length: float = 12.0,
) -> Portfolio:
    """`tasks` and the projects that arrive until `until`: like the known ones, on average `gap` apart.

    `projects` (n,) says which project each task belongs to. Arrivals are a Poisson process of rate
    `multiplier` / `gap`, so 1.4 is a workload 40 % larger with the capacity unchanged. Each is a copy of a
    known project, begun from the start; every known project is copied once before any is copied twice, in an
    order drawn from `seed`. The mix is thereby the same in all simulations, and the moments are not.

    Known tasks keep their places, and a larger multiplier only adds projects at the end and makes the same
    ones come sooner: scenarios of one seed are compared arrival by arrival. `year_length` is a year in the
    portfolio's unit of time.
    """
    labels: NDArray[np.generic] = np.asarray(projects)
    if labels.shape != (tasks.tasks,) or tasks.gap:
        raise KernelError("a project for each task, in a portfolio without arrivals")
    if not (gap > 0 and until >= 0 and multiplier > 0 and year_length > 0):
        raise KernelError("gap, multiplier and year_length are above 0, until 0 or more")
    between = gap / multiplier
    expected = until / between
    count = int(np.ceil(expected + SPREADS * np.sqrt(expected))) if expected else 0
    if not count:
        return tasks
    chosen = _sequence(labels, count, seed)
    members = [np.flatnonzero(labels == label) for label in chosen]
    return _joined(tasks, members, between, year_length)


def offered_load(tasks: Portfolio, capacity: ArrayLike, *, ratios: ArrayLike, within: float) -> FloatArray:
    """Of each department (d,): the work it would do until `within` with unlimited servers, by what it can do.

    Each task lasts `ratios` (one, or (n,)) times its plan and starts as soon as its release, its expected
    arrival and what it waits for let it. Above 1 a queue is certain, whatever the order: the bound of the
    forecast that needs no simulation.
    """
    servers = checked_capacity(tasks, capacity)
    if not 0 < within < np.inf or bool((servers == 0).any()):
        raise KernelError("a time above 0, and at least one server in each department")
    lasts = np.maximum(np.asarray(ratios, np.float64) * tasks.planned - tasks.elapsed, 0.0)
    work = np.clip(within - earliest_starts(tasks, lasts), 0.0, lasts)[:, None] * tasks.needs
    return np.asarray(work.sum(axis=0) / (servers * within))


def _sequence(labels: NDArray[np.generic], count: int, seed: int) -> NDArray[np.generic]:
    """Which project each arrival is a copy of."""
    known: NDArray[np.generic] = np.unique(labels)
    generator = np.random.Generator(np.random.SFC64(seed))
    rounds = [known[generator.permutation(known.size)] for _ in range(-(-count // known.size))]
    return np.concatenate(rounds)[:count]


def _joined(tasks: Portfolio, members: list[IntArray], between: float, year_length: float) -> Portfolio:
    copied = np.concatenate(members)
    slot = np.repeat(np.arange(len(members)), [each.size for each in members])
    moment = (slot + 1) * between
    place = np.full(tasks.tasks, -1)
    begins, arcs, at = [], [tasks.before], tasks.tasks
    for each in members:
        place[each] = at + np.arange(each.size)
        inside = np.isin(tasks.before, each).all(axis=1)
        pairs = place[tasks.before[inside]]
        begins.append(~np.isin(place[each], pairs[:, 1]))
        arcs.append(pairs)
        at += each.size
    first_year = np.concatenate([np.full(each.size, tasks.year[each].min()) for each in members])
    year = tasks.year[copied] - first_year + (moment // year_length).astype(np.int64)

    def both(known: np.ndarray, new: np.ndarray) -> np.ndarray:
        return np.concatenate((known, new))

    return replace(
        tasks,
        planned=both(tasks.planned, tasks.planned[copied]),
        kind=both(tasks.kind, tasks.kind[copied]),
        needs=both(tasks.needs, tasks.needs[copied]),
        before=np.concatenate(arcs),
        release=both(tasks.release, moment),
        elapsed=both(tasks.elapsed, np.zeros(copied.size)),
        homes=both(tasks.homes, tasks.homes[copied]),
        department=both(tasks.department, tasks.department[copied]),
        year=both(tasks.year, year),
        arrival=both(tasks.arrival, np.where(np.concatenate(begins), slot, -1)),
        gap=between,
    )
