"""Plans from lists of activities: serial schedule generation, justification, and a search among lists."""

from collections.abc import Sequence

import numpy as np

from styrfart.kernel.forecast.project import Project

POPULATION = 40
NOISE = 0.3  # of the longest tail, about which random keys are drawn
MUTATED = 0.08  # of the neighbours in a child


class Generator:
    """Serial schedule generation (Kolisch 1996) for one project, forward or backward.

    What is left of all resources at a moment is one whole number, a field a resource with a guard bit above
    each: needs fit when subtracting them leaves every guard bit standing. Fields are wide enough for all
    activities at once.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        widths = [(has * project.size).bit_length() + 1 for has in project.capacity]
        shifts = [sum(widths[:r]) for r in range(len(widths))]
        self.guard_of = [1 << (shift + width - 1) for shift, width in zip(shifts, widths, strict=True)]
        self.guards = sum(self.guard_of)
        self.full = self.guards + sum(
            has << shift for has, shift in zip(project.capacity, shifts, strict=True)
        )
        self.packed = [
            sum(need << shift for need, shift in zip(row, shifts, strict=True)) for row in project.needs
        ]
        self.horizon = sum(project.durations)

    def starts(self, sequence: Sequence[int]) -> list[int]:
        """Each activity in its turn as early as it fits."""
        project, guards = self.project, self.guards
        durations, predecessors, packed = project.durations, project.predecessors, self.packed
        left = [self.full] * (self.horizon + 1)
        finish = [0] * project.size
        for each in sequence:
            at = max([finish[other] for other in predecessors[each]], default=0)
            need, end = packed[each], at + durations[each]
            now = at
            while now < end:
                if (left[now] - need) & guards != guards:
                    at = now + 1
                    end = at + durations[each]
                now += 1
            for now in range(at, end):
                left[now] -= need
            finish[each] = end
        return [end - last for end, last in zip(finish, durations, strict=True)]


class Improver:
    """Forward-backward improvement of plans (justification; Valls, Ballestín & Quintanilla 2005)."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.forward = Generator(project)
        self.backward = Generator(project.reversed())
        self.schedules = 0

    def improved(self, sequence: Sequence[int]) -> tuple[int, list[int], list[int]]:
        """Makespan, starts, and the list that gives them: never longer than the list's own plan."""
        durations = self.project.durations
        starts = self.forward.starts(sequence)
        length = self._length(starts)
        self.schedules += 1
        while True:
            late = sorted(sequence, key=lambda i: (-starts[i] - durations[i], -starts[i]))
            mirrored = self.backward.starts(self._feasible(late, self.project.successors))
            end = self._length(mirrored)
            order = sorted(sequence, key=lambda i: (end - mirrored[i] - durations[i], -mirrored[i]))
            order = self._feasible(order, self.project.predecessors)
            better = self.forward.starts(order)
            self.schedules += 2
            shorter = self._length(better)
            if shorter >= length:
                return (length, starts, list(sequence)) if shorter > length else (shorter, better, order)
            length, starts, sequence = shorter, better, order

    def _length(self, starts: Sequence[int]) -> int:
        return max(start + last for start, last in zip(starts, self.project.durations, strict=True))

    def _feasible(self, wanted: list[int], waits: Sequence[Sequence[int]]) -> list[int]:
        """`wanted` with activities of no length put after what they wait for at the same moment."""
        done: set[int] = set()
        order: list[int] = []
        rest = wanted
        while rest:
            put_off = []
            for each in rest:
                if all(other in done for other in waits[each]):
                    done.add(each)
                    order.append(each)
                else:
                    put_off.append(each)
            rest = put_off
        return order


def tails(project: Project) -> list[int]:
    """From the start of each activity to the end of everything after it, without limits of resources."""
    found = [0] * project.size
    for each in reversed(project.order):
        found[each] = project.durations[each] + max(
            (found[other] for other in project.successors[each]), default=0
        )
    return found


def by_keys(project: Project, keys: Sequence[float]) -> list[int]:
    """The list that takes, of what may come next, the activity of the greatest key."""
    waiting = [len(each) for each in project.predecessors]
    ready = [each for each, count in enumerate(waiting) if not count]
    order = []
    while ready:
        best = max(ready, key=lambda each: (keys[each], -each))
        ready.remove(best)
        order.append(best)
        for later in project.successors[best]:
            waiting[later] -= 1
            if not waiting[later]:
                ready.append(later)
    return order


def search_lists(project: Project, *, goal: int, lists: int, seed: int) -> tuple[int, list[int]]:
    """The best makespan and starts among `lists` lists; ends when one reaches `goal`.

    Priority rules (latest finish, most successors, greatest resource use, longest), then random keys around
    latest finish, then a genetic search: two-point crossover of lists, neighbours exchanged, each child
    improved forward and backward (Hartmann 1998; Valls et al. 2008).
    """
    chance = np.random.Generator(np.random.SFC64(seed))
    improver, after = Improver(project), tails(project)
    spread = max(after)
    pool = [improver.improved(by_keys(project, keys)) for keys in _rules(project, after)]
    looked_at = len(pool)
    while looked_at < min(lists, POPULATION) and min(each[0] for each in pool) > goal:
        noise = chance.uniform(-NOISE, NOISE, project.size) * spread
        pool.append(
            improver.improved(by_keys(project, [a + b for a, b in zip(after, noise.tolist(), strict=True)]))
        )
        looked_at += 1
    pool.sort(key=lambda each: each[0])
    while looked_at < lists and pool[0][0] > goal:
        child = _child(project, pool, chance)
        found = improver.improved(child)
        looked_at += 1
        if found[0] <= pool[-1][0] and all(found[1] != each[1] for each in pool):
            pool[-1] = found
            pool.sort(key=lambda each: each[0])
    return pool[0][0], pool[0][1]


def _rules(project: Project, after: Sequence[int]) -> list[list[float]]:
    reached: list[int] = [0] * project.size
    for each in reversed(project.order):
        reached[each] = 1 << each
        for later in project.successors[each]:
            reached[each] |= reached[later]
    use = [
        last * sum(need / has for need, has in zip(row, project.capacity, strict=True) if has)
        for row, last in zip(project.needs, project.durations, strict=True)
    ]
    return [
        [float(each) for each in after],
        [float(each.bit_count()) for each in reached],
        [sum(use[other] for other in range(project.size) if bits >> other & 1) for bits in reached],
        [float(after[each] - project.durations[each]) for each in range(project.size)],
    ]


def _child(
    project: Project, pool: Sequence[tuple[int, list[int], list[int]]], chance: np.random.Generator
) -> list[int]:
    """A list that takes its middle from one parent and the rest, in order, from another; then mutated."""
    size = project.size
    one, two, rival_one, rival_two = chance.integers(0, len(pool), 4).tolist()
    father, mother = pool[min(one, rival_one)][2], pool[min(two, rival_two)][2]
    cuts: list[int] = sorted(chance.integers(0, size + 1, 2).tolist())
    head: list[int] = father[: cuts[0]]
    taken = set(head)
    middle = [each for each in mother if each not in taken][: cuts[1] - cuts[0]]
    taken.update(middle)
    child = head + middle + [each for each in father if each not in taken]
    for at in np.flatnonzero(chance.uniform(size=size - 1) < MUTATED).tolist():
        if child[at] not in project.predecessors[child[at + 1]]:
            child[at], child[at + 1] = child[at + 1], child[at]
    return child
