"""Plans from lists of activities: serial schedule generation, justification, and a search among lists."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from styrfart.kernel.forecast.project import Project

LARGEST_POOL, SMALLEST_POOL, PER_MEMBER = 100, 10, 20  # members; and lists looked at for each
NOISE = 0.8  # of the longest tail, about which random keys are drawn
MUTATED = 0.15  # of the neighbours in a child


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


@dataclass(frozen=True)
class Found:
    """A plan and a list that gives it; the shorter, then the earlier in sum, is the better."""

    length: int
    sum: int
    starts: tuple[int, ...]
    sequence: tuple[int, ...]


class Improver:
    """Forward-backward improvement of plans (justification; Valls, Ballestín & Quintanilla 2005)."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.forward = Generator(project)
        self.backward = Generator(project.reversed())

    def improved(self, sequence: Sequence[int]) -> Found:
        """The plan of a list, moved late and early again until that makes it no shorter."""
        durations = self.project.durations
        starts = self.forward.starts(sequence)
        length = self._length(starts)
        while True:
            late = sorted(sequence, key=lambda i: (-starts[i] - durations[i], -starts[i]))
            mirrored = self.backward.starts(_in_turn(late, self.project.successors))
            end = self._length(mirrored)
            early = sorted(sequence, key=lambda i: (end - mirrored[i] - durations[i], -mirrored[i]))
            early = _in_turn(early, self.project.predecessors)
            better = self.forward.starts(early)
            shorter = self._length(better)
            if shorter < length or (shorter == length and sum(better) < sum(starts)):
                starts, sequence = better, early
            if shorter >= length:
                break
            length = shorter
        order = sorted(range(self.project.size), key=lambda i: (starts[i], starts[i] + durations[i], i))
        return Found(length, sum(starts), tuple(starts), tuple(_in_turn(order, self.project.predecessors)))

    def _length(self, starts: Sequence[int]) -> int:
        return max(start + last for start, last in zip(starts, self.project.durations, strict=True))


def _in_turn(wanted: list[int], waits: Sequence[Sequence[int]]) -> list[int]:
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

    Priority rules (longest tail, most successors, most work after it, tail alone), random keys around the
    tail, then a genetic search in generations: two-point crossover, neighbours exchanged, every list
    justified, equal plans kept once (Hartmann 1998; Valls et al. 2008).
    """
    chance = np.random.Generator(np.random.SFC64(seed))
    improver, after = Improver(project), tails(project)
    size = min(LARGEST_POOL, max(SMALLEST_POOL, lists // PER_MEMBER))
    pool = []
    for keys in itertools.islice(_keys(project, after, chance), min(size, lists)):
        pool.append(improver.improved(by_keys(project, keys)))
        if pool[-1].length <= goal:
            break
    looked_at = len(pool)
    while looked_at < lists and min(each.length for each in pool) > goal:
        children = [improver.improved(each) for each in _children(project, pool, chance)[: lists - looked_at]]
        looked_at += len(children)
        pool = _survivors([*pool, *children], size)
    best = min(pool, key=lambda each: each.length)
    return best.length, list(best.starts)


def _keys(project: Project, after: Sequence[int], chance: np.random.Generator) -> Iterator[Sequence[float]]:
    yield from _rules(project, after)
    spread = NOISE * max(after)
    while True:
        noise = chance.uniform(-spread, spread, project.size).tolist()
        yield [tail + extra for tail, extra in zip(after, noise, strict=True)]


def _children(project: Project, pool: Sequence[Found], chance: np.random.Generator) -> list[list[int]]:
    """Two of each pair that chance makes of the pool; with a pool of one, its mutants."""
    couples = chance.permutation(len(pool)).tolist()
    pairs = list(zip(couples[::2], couples[1::2], strict=False)) or [(0, 0)]
    return [
        _child(project, pool[father].sequence, pool[mother].sequence, chance)
        for one, other in pairs
        for father, mother in ((one, other), (other, one))
    ]


def _survivors(pool: Sequence[Found], size: int) -> list[Found]:
    distinct = {each.starts: each for each in pool}
    return sorted(distinct.values(), key=lambda each: (each.length, each.sum, each.starts))[:size]


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
    project: Project, father: Sequence[int], mother: Sequence[int], chance: np.random.Generator
) -> list[int]:
    """A list that takes its middle from the mother and the rest, in order, from the father; then mutated."""
    cuts: list[int] = sorted(chance.integers(0, project.size + 1, 2).tolist())
    child = list(father[: cuts[0]])
    taken = set(child)
    middle = [each for each in mother if each not in taken][: cuts[1] - cuts[0]]
    taken.update(middle)
    child += middle + [each for each in father if each not in taken]
    for at in np.flatnonzero(chance.uniform(size=project.size - 1) < MUTATED).tolist():
        if child[at] not in project.predecessors[child[at + 1]]:
            child[at], child[at + 1] = child[at + 1], child[at]
    return child
