"""A small network to plan: activities with needs of several resources, and what a plan of it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.model import Proof


@dataclass(frozen=True)
class Project:
    """The resource-constrained project scheduling problem (RCPSP; Brucker et al. 1999: PS | prec | Cmax).

    Activity i lasts `durations[i]` whole units of time and holds `needs[i][r]` of resource r throughout;
    `before` are pairs, the first finished before the second starts; `capacity[r]` of each resource exists.
    KernelError for shapes that differ, negative numbers, needs beyond capacity, or a circle.
    """

    durations: tuple[int, ...]
    needs: tuple[tuple[int, ...], ...]
    before: tuple[tuple[int, int], ...]
    capacity: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.needs) != self.size or any(len(row) != len(self.capacity) for row in self.needs):
            raise KernelError("needs are (activities, resources)")
        if min(self.durations, default=0) < 0 or not self.size:
            raise KernelError("at least one activity, none shorter than 0")
        if any(
            not 0 <= need <= has for row in self.needs for need, has in zip(row, self.capacity, strict=True)
        ):
            raise KernelError("needs are 0 or more, and within capacity")
        if any(not 0 <= each < self.size for pair in self.before for each in pair):
            raise KernelError("before holds pairs of activities")
        if len(self.order) < self.size:
            raise KernelError("activities wait for each other in a circle")

    @property
    def size(self) -> int:
        return len(self.durations)

    @cached_property
    def predecessors(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.durations]
        for first, second in sorted(set(self.before)):
            found[second].append(first)
        return tuple(map(tuple, found))

    @cached_property
    def successors(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.durations]
        for first, second in sorted(set(self.before)):
            found[first].append(second)
        return tuple(map(tuple, found))

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The activities, none before what it waits for; shorter than all of them when there is a circle."""
        waiting = [len(each) for each in self.predecessors]
        order = [each for each, count in enumerate(waiting) if not count]
        for each in order:
            for later in self.successors[each]:
                waiting[later] -= 1
                if not waiting[later]:
                    order.append(later)
        return tuple(order)

    def reversed(self) -> "Project":
        """The same project seen from its end."""
        return Project(self.durations, self.needs, tuple((b, a) for a, b in self.before), self.capacity)


@dataclass(frozen=True)
class Plan:
    """Starts, how long it all takes, and the certificate: no plan takes less than `bound`."""

    starts: tuple[int, ...]
    makespan: int
    bound: int
    proof: Proof
    nodes: int = 0  # looked at by the search

    @property
    def gap(self) -> float:
        """How much longer than the bound, as a share of it; 0 is proven optimal."""
        return (self.makespan - self.bound) / self.bound if self.bound else float(self.makespan > 0)


def broken(project: Project, starts: Sequence[int]) -> tuple[int, ...]:
    """The activities that start too early or that, when they start, hold more than there is; none if valid.

    Independent of how the starts were found: what anybody can check.
    """
    if len(starts) != project.size:
        raise KernelError("a start for each activity")
    found = {
        second
        for first, second in project.before
        if starts[second] < starts[first] + project.durations[first]
    }
    found |= {each for each, start in enumerate(starts) if start < 0}
    for each, now in enumerate(starts):
        running = [
            other
            for other, start in enumerate(starts)
            if start <= now < start + project.durations[other] and project.durations[each]
        ]
        for resource, has in enumerate(project.capacity):
            if sum(project.needs[other][resource] for other in running) > has:
                found.add(each)
    return tuple(sorted(found))
