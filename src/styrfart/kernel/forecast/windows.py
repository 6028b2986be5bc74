"""Between which moments each activity must start if all is to be done by a deadline; or that it cannot be.

Refuting a deadline proves a lower bound (destructive improvement, Klein & Scholl 1999).
"""

import numpy as np
from numpy.typing import NDArray

from styrfart.kernel.forecast.project import Project

IntArray = NDArray[np.int64]


class Windows:
    """Propagation for one project: precedence, pairs that cannot overlap, and energy over intervals.

    Energetic reasoning (Baptiste, Le Pape & Nuijten 1999) compares what must be done within an interval with
    what can be; it finds all that time-tables and edge-finding do on the intervals it looks at.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.durations = np.array(project.durations, np.int64)
        self.needs = np.array(project.needs, np.int64).reshape(project.size, -1)
        self.capacity = np.array(project.capacity, np.int64)
        over = np.any(self.needs[:, None, :] + self.needs[None, :, :] > self.capacity, axis=2)
        over &= ~np.eye(project.size, dtype=np.bool_)
        lasts = self.durations > 0
        self.apart = over & lasts[:, None] & lasts[None, :]
        self.path = self._longest_paths()

    def _longest_paths(self) -> IntArray:
        """The least time from start to start along precedence; very negative where there is none."""
        size = self.project.size
        path = np.full((size, size), -(1 << 40), np.int64)
        np.fill_diagonal(path, 0)
        for each in self.project.order:
            for other in self.project.predecessors[each]:
                np.maximum(path[:, each], path[:, other] + self.durations[other], out=path[:, each])
        return path

    def critical_path(self) -> int:
        """The least makespan without limits of resources."""
        return int((self.path + self.durations[None, :]).max())

    def within(self, deadline: int, *, rounds: int = 30) -> tuple[IntArray, IntArray] | None:
        """Earliest and latest starts (n,) for all to be done by `deadline`, or None: that is impossible."""
        earliest = self.path.max(axis=0)
        latest = deadline - (self.path + self.durations[None, :]).max(axis=1)
        path = self.path.copy()
        for _ in range(rounds):
            before = int(earliest.sum() - latest.sum())
            if not self._spread(path, earliest, latest):
                return None
            if not self._energy(earliest, latest):
                return None
            if int(earliest.sum() - latest.sum()) == before:
                break
        return earliest, latest

    def _spread(self, path: IntArray, earliest: IntArray, latest: IntArray) -> bool:
        """Precedence, also of activities that cannot overlap and have one order left; to a fixed point."""
        while True:
            earliest[:] = (earliest[:, None] + path).max(axis=0)
            latest[:] = (latest[None, :] - path).min(axis=1)
            if bool((earliest > latest).any()):
                return False
            # i cannot come before j when it would end after j must have started: then j comes before i.
            not_before = (earliest + self.durations)[:, None] > latest[None, :]
            forced = self.apart & not_before.T & (path < self.durations[:, None])  # [i, j]: i before j
            if not bool(forced.any()):
                return True
            if bool((forced & forced.T).any()):
                return False
            for first, second in np.argwhere(forced).tolist():
                through = path[:, first, None] + self.durations[first] + path[None, second, :]
                np.maximum(path, through, out=path)
            if bool((np.diagonal(path) > 0).any()):
                return False

    def _energy(self, earliest: IntArray, latest: IntArray) -> bool:
        """Refute by energy, or move windows by it."""
        lasts, needs = self.durations, self.needs
        ends, last_ends = earliest + lasts, latest + lasts
        begin = np.unique(np.concatenate((earliest, latest, ends)))
        end = np.unique(np.concatenate((last_ends, ends, latest)))
        left, right = (each.ravel() for each in np.meshgrid(begin, end, indexing="ij"))
        wide = right > left
        left, right = left[wide], right[wide]
        length = right - left
        shifted_left = np.clip(ends[None, :] - left[:, None], 0, None)
        shifted_right = np.clip(right[:, None] - latest[None, :], 0, None)
        fits = np.minimum(lasts[None, :], length[:, None])
        from_left, from_right = np.minimum(fits, shifted_left), np.minimum(fits, shifted_right)
        least = np.minimum(from_left, from_right)
        room = self.capacity[None, :] * length[:, None] - least @ needs  # (intervals, resources)
        if bool((room < 0).any()):
            return False
        for resource in range(needs.shape[1]):
            need = needs[:, resource]
            free = (
                room[:, resource, None] + least * need[None, :]
            )  # to one activity, the others at their least
            share = free // np.maximum(need, 1)[None, :]
            too_early = (from_left * need[None, :] > free) & (need > 0)[None, :]
            too_late = (from_right * need[None, :] > free) & (need > 0)[None, :]
            moved = np.where(too_early, right[:, None] - share, np.iinfo(np.int64).min)
            np.maximum(earliest, moved.max(axis=0, initial=0), out=earliest)
            kept = np.where(too_late, left[:, None] + share - lasts[None, :], np.iinfo(np.int64).max)
            np.minimum(latest, kept.min(axis=0, initial=1 << 40), out=latest)
        return not bool((earliest > latest).any())


def lower_bound(windows: Windows, *, at_most: int) -> int:
    """A proven lower bound of the makespan, as high as `at_most` when no shorter deadline stands.

    At least the critical path and the work over the capacity of each resource; then the least deadline that
    propagation does not refute. What is refuted stays so for every shorter one, so the interval is halved.
    """
    work = (windows.durations[:, None] * windows.needs).sum(axis=0)
    by_work = -(-work // np.maximum(windows.capacity, 1))
    low = min(at_most, max(windows.critical_path(), int(by_work.max(initial=0))))
    high = at_most
    while low < high:
        middle = (low + high) // 2
        if windows.within(middle) is None:
            low = middle + 1
        else:
            high = middle
    return low
