"""Exact search for a small project: delaying alternatives, with what others dominate cut off."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from styrfart.kernel.forecast.generation import Generator
from styrfart.kernel.forecast.project import Project
from styrfart.kernel.forecast.windows import Windows

MOST_KEPT = 300_000  # states that are remembered; the search goes on when there are more


@dataclass(frozen=True)
class Node:
    """A moment of decision: what is done, what runs on, and when each of these started."""

    now: int
    done: int  # bits
    running: tuple[int, ...]
    starts: tuple[int, ...]  # meaningful for what is done or runs


class Search:
    """Depth first over the conflicts of a plan that starts all it can.

    The procedure of Demeulemeester & Herroelen (1992, 1997). At each finish everything whose predecessors
    are done is started. When resources do not suffice, one of the smallest sets of activities whose removal
    resolves the conflict has to wait until the next finish among the others, also if it had begun. A state
    is cut off when the same activities had begun no later in another (cut-set rule), when a start could be
    one unit earlier (left-shift rule), and when an activity or the work left cannot end by the deadline: one
    unit less than the best plan, with the windows that propagation leaves.
    """

    def __init__(
        self, project: Project, windows: Windows, *, starts: list[int], makespan: int, goal: int
    ) -> None:
        made = Generator(project)
        self.project, self.windows, self.goal = project, windows, goal
        self.full, self.guards, self.packed = made.full, made.guards, made.packed
        self.guard_of = made.guard_of
        self.wait_for = [sum(1 << other for other in each) for each in project.predecessors]
        self.work = [
            [need * last for need in row] for row, last in zip(project.needs, project.durations, strict=True)
        ]
        self.everything = (1 << project.size) - 1
        self.starts, self.makespan, self.nodes, self.is_closed = starts, makespan, 0, False
        self.latest: list[int] = []
        self.seen: dict[int, list[tuple[int, dict[int, int]]]] = {}
        self.kept = 0

    def run(self, *, budget: int) -> None:
        """Look at up to `budget` nodes; `is_closed` tells whether the best is proven."""
        self.is_closed = not self._lower_deadline()
        root = Node(0, 0, (), (0,) * self.project.size)
        stack = [iter([root])]
        while stack and not self.is_closed and self.nodes < budget:
            node = next(stack[-1], None)
            if node is None:
                stack.pop()
                continue
            self.nodes += 1
            stack.append(self._children(node))
        self.is_closed = self.is_closed or not stack

    def _lower_deadline(self) -> bool:
        """Ask for one unit less than the best; False when there is nothing less."""
        found = self.windows.within(self.makespan - 1) if self.makespan > self.goal else None
        if found is not None:
            self.latest = found[1].tolist()
        return found is not None

    def _children(self, node: Node) -> Iterator[Node]:
        node = self._past_milestones(node)
        begun = node.done | sum(1 << each for each in node.running)
        if begun == self.everything:
            self._record(node)
            return
        finishes = self._finishes(node)
        if self._is_late(node, begun, finishes) or self._is_dominated(node, begun, finishes):
            return
        new = self._eligible(node.done, begun)
        starts = list(node.starts)
        for each in new:
            starts[each] = node.now
            finishes[each] = node.now + self.project.durations[each]
        together = (*node.running, *new)
        left = self.full - sum(self.packed[each] for each in together)
        if left & self.guards == self.guards:
            yield self._advanced(node, together, tuple(starts), finishes)
        else:
            yield from self._delayed(node, together, tuple(starts), finishes, left)
        # Only what has been looked at to the end may cut: a state must not be cut by the one it grew from.
        if self.kept < MOST_KEPT:
            self.kept += 1
            self.seen.setdefault(begun, []).append((node.now, self._finishes(node)))

    def _past_milestones(self, node: Node) -> Node:
        """Activities of no length are done as soon as they may begin."""
        done, starts = node.done, list(node.starts)
        begun = done | sum(1 << each for each in node.running)
        while new := [each for each in self._eligible(done, begun) if not self.project.durations[each]]:
            for each in new:
                starts[each] = node.now
                done |= 1 << each
                begun |= 1 << each
        return Node(node.now, done, node.running, tuple(starts)) if done != node.done else node

    def _eligible(self, done: int, begun: int) -> list[int]:
        return [
            each for each, waits in enumerate(self.wait_for) if not begun >> each & 1 and not waits & ~done
        ]

    def _finishes(self, node: Node) -> dict[int, int]:
        return {each: node.starts[each] + self.project.durations[each] for each in node.running}

    def _record(self, node: Node) -> None:
        """A plan that is shorter than the best: remember it and ask for a shorter one."""
        ends = [start + last for start, last in zip(node.starts, self.project.durations, strict=True)]
        if max(ends) < self.makespan:
            self.makespan, self.starts = max(ends), list(node.starts)
            self.is_closed = not self._lower_deadline()

    def _is_late(self, node: Node, begun: int, finishes: dict[int, int]) -> bool:
        """Whether something, or all the work together, cannot be done before the best plan is."""
        deadline, durations = self.makespan - 1, self.project.durations
        earliest = dict(finishes)
        left_over = []
        for each in self.project.order:
            if begun >> each & 1:
                continue
            at = max([earliest.get(other, 0) for other in self.project.predecessors[each]], default=0)
            at = max(at, node.now)
            if at > self.latest[each]:
                return True
            earliest[each] = at + durations[each]
            left_over.append(each)
        if max(finishes.values(), default=0) > deadline:
            return True
        rest = [sum(self.work[each][r] for each in left_over) for r in range(len(self.project.capacity))]
        return any(
            use + sum(self.project.needs[each][r] * (end - node.now) for each, end in finishes.items())
            > has * (deadline - node.now)
            for r, (use, has) in enumerate(zip(rest, self.project.capacity, strict=True))
        )

    def _is_dominated(self, node: Node, begun: int, finishes: dict[int, int]) -> bool:
        """Cut-set rule: in a state looked at before the same had begun, and each of it was free no later."""
        return any(
            now <= node.now
            and all(end <= node.now or end <= finishes.get(each, 0) for each, end in ends.items())
            for now, ends in self.seen.get(begun, ())
        )

    def _advanced(
        self, node: Node, together: tuple[int, ...], starts: tuple[int, ...], finishes: dict[int, int]
    ) -> Node:
        """The next finish among what runs."""
        now = min(finishes[each] for each in together)
        done = node.done
        for each in together:
            if finishes[each] == now:
                done |= 1 << each
        return Node(now, done, tuple(each for each in together if finishes[each] > now), starts)

    def _delayed(
        self,
        node: Node,
        together: tuple[int, ...],
        starts: tuple[int, ...],
        finishes: dict[int, int],
        left: int,
    ) -> Iterator[Node]:
        """A child for each smallest set that can wait, the one with most time to spare first."""
        children: list[tuple[int, int, tuple[int, ...]]] = []
        for waiting in self._smallest_sets(together, left):
            stays = tuple(each for each in together if each not in waiting)
            now = min(finishes[each] for each in stays)
            spare = min(self.latest[each] for each in waiting) - now
            if spare < 0 or self._could_start_sooner(node, stays, waiting, starts):
                continue
            children.append((-spare, len(children), stays))
        children.sort()
        for _, _, stays in children:
            yield self._advanced(node, stays, starts, finishes)

    def _smallest_sets(self, together: tuple[int, ...], left: int) -> Iterator[tuple[int, ...]]:
        """Minimal sets whose removal lets the others run at once."""
        lacking = [r for r, guard in enumerate(self.guard_of) if not left & guard]
        users = [each for each in together if any(self.project.needs[each][r] for r in lacking)]
        found: list[int] = []
        for size in range(1, len(users) + 1):
            for chosen in itertools.combinations(users, size):
                bits = sum(1 << each for each in chosen)
                if any(bits & other == other for other in found):
                    continue
                if (left + sum(self.packed[each] for each in chosen)) & self.guards == self.guards:
                    found.append(bits)
                    yield chosen

    def _could_start_sooner(
        self, node: Node, stays: tuple[int, ...], waiting: tuple[int, ...], starts: tuple[int, ...]
    ) -> bool:
        """Left-shift rule: what waits had begun, and without it something could start one unit earlier."""
        now = node.now
        if all(starts[each] == now for each in waiting):
            return False
        durations = self.project.durations
        ends_now = [
            each
            for each in range(self.project.size)
            if node.done >> each & 1 and durations[each] and starts[each] + durations[each] == now
        ]
        left = self.full - sum(self.packed[each] for each in (*stays, *ends_now) if starts[each] < now)
        return any(
            (left - self.packed[each]) & self.guards == self.guards
            and all(starts[o] + durations[o] < now for o in self.project.predecessors[each])
            for each in stays
            if starts[each] == now
        )
