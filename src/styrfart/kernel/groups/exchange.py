"""The exchange: partners are swapped as long as that lowers the cost, and shaken where it does not.

The cost of a partition is a sum over groups: of a function of how many members have each label (criteria,
people alone with their label, limits), of pairs that may not sit together, and of people in a group where
they cannot be. Hard rules weigh more than any change by a swap in what comes after, then moves, then people
who are alone, then the weighted criteria: the order is lexicographic and in whole numbers.

`enter[g, i]` is what it would cost that i came to g, `own[i]` what it would save that i left. The change by a
swap is the sum of the four, less what the two count against each other; for one person it is found for all
partners at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from styrfart.kernel.groups.kinds import Kind
from styrfart.kernel.groups.problem import Ints, Problem

NEVER = np.int64(1) << 60
FRESH = 20  # tries between looking for restless people anew


@dataclass(frozen=True)
class Weights:
    """The weight of one hard breach, of one move, and of one person alone, in units of the criteria."""

    hard: int
    move: int
    alone: int


def weights_of(problem: Problem) -> Weights:
    """Weights where no swap (two who leave and two who come) can buy a higher with a lower."""
    each = sum(criterion.weight for criterion in problem.criteria) * (problem.largest + 1)
    alone = 4 * each + 1
    move = alone * (8 * len(problem.criteria) + 2)
    return Weights(hard=4 * move, move=move, alone=alone)


class Labels:
    """All labels of criteria and limits in one numbering, and the cost of so many of a label in a group."""

    def __init__(self, problem: Problem, weights: Weights) -> None:
        most = problem.people + 3
        count = np.arange(most)
        pairs = count * (count - 1) // 2
        rows: list[tuple[Ints, Ints]] = []
        for criterion in problem.criteria:
            cost = (pairs if criterion.kind is Kind.DISSIMILAR else -pairs) * criterion.weight
            if criterion.nobody_alone:
                cost = cost + weights.alone * (count == 1)
            rows.append((criterion.labels, cost))
        rows += [
            (limit.labels, weights.hard * np.maximum(count - limit.at_most, 0)) for limit in problem.limits
        ]
        similar = sum(each.weight for each in problem.criteria if each.kind is Kind.SIMILAR)
        if similar:  # what sizes alone cost: all pairs, of which the same are taken off again above
            rows.append((np.zeros(problem.people, dtype=np.int64), pairs * similar))
        self.number = np.zeros((len(rows), problem.people), dtype=np.int64)
        self.rule: list[int] = []
        for row, (labels, _) in enumerate(rows):
            self._add(row, labels)
        self.rule_of = np.array(self.rule, dtype=np.int64)
        cost_of = np.array([cost for _, cost in rows], dtype=np.int64).reshape(-1, most)
        self.up = np.diff(cost_of, axis=1, append=cost_of[:, -1:])
        down = np.diff(cost_of, axis=1, prepend=0)
        self.bend = self.up - down
        inner = self.bend[:, 1:-1]
        self.flat = [int(each[0]) if (each == each[0]).all() else None for each in inner]
        order = np.argsort(self.number, axis=1, kind="stable")
        self.people_of: list[Ints] = [np.empty(0, dtype=np.int64)] * len(self.rule)
        for row in range(len(rows)):
            sorted_ = self.number[row][order[row]]
            for part in np.split(order[row], np.flatnonzero(np.diff(sorted_)) + 1):
                if part.size:
                    self.people_of[int(self.number[row][part[0]])] = part

    def _add(self, row: int, labels: Ints) -> None:
        # Unknown labels are like nobody's: each gets a number of its own.
        own = np.where(labels < 0, -1 - np.arange(len(labels)), labels)
        _, number = np.unique(own, return_inverse=True)
        self.number[row] = number + len(self.rule)
        self.rule += [row] * (int(number.max()) + 1 if number.size else 0)


class Exchange:
    """A partition that can be improved; `group` (n,) with -1 for people without a place, `slot` (G,).

    `before` (n,): the groups people had, where a move costs. People who are fixed to a group stay in theirs.
    """

    def __init__(
        self,
        problem: Problem,
        group: Ints,
        slot: Ints,
        *,
        seed: int,
        before: Ints | None = None,
    ) -> None:
        self.problem, self.weights = problem, weights_of(problem)
        self.group, self.slot = group.copy(), slot
        self._labels = Labels(problem, self.weights)
        self._draw = np.random.default_rng(seed)
        self._groups = len(slot)
        self.scans = 0  # people whose partners have been compared
        self._barred = np.where(group < 0, NEVER, np.int64(0))
        if problem.fixed is not None:
            self._barred[problem.fixed >= 0] = NEVER
        self._rivals = _neighbours(problem.apart, problem.people)
        self.members: list[list[int]] = [[] for _ in range(self._groups)]
        for person, each in enumerate(group.tolist()):
            if each >= 0:
                self.members[each].append(person)
        self._count(before)

    def _count(self, before: Ints | None) -> None:
        labels, problem = self._labels, self.problem
        placed = np.flatnonzero(self.group >= 0)
        self._counts = np.zeros((self._groups, len(labels.rule)), dtype=np.int64)
        for row in labels.number:
            np.add.at(self._counts, (self.group[placed], row[placed]), 1)
        self.enter = np.zeros((self._groups, problem.people), dtype=np.int64)
        entering = labels.up[labels.rule_of[None, :], self._counts] if labels.rule else self._counts
        for row in labels.number:
            self.enter += entering[:, row]
        self.enter += self.weights.hard * ~problem.times[:, self.slot].T
        if before is not None:
            had = np.flatnonzero(before >= 0)
            self.enter[:, had] += self.weights.move
            self.enter[before[had], had] -= self.weights.move
        for one, other in (problem.apart.T, problem.apart.T[::-1]):
            here = self.group[one] >= 0
            np.add.at(self.enter, (self.group[one[here]], other[here]), self.weights.hard)
        self.own = np.zeros(problem.people, dtype=np.int64)
        for each in range(self._groups):
            self._weigh(each)

    def _weigh(self, group: int) -> None:
        """What it would save that each member of `group` left."""
        members, labels = self.members[group], self._labels
        number = labels.number[:, members]
        bend = labels.bend[np.arange(len(number))[:, None], self._counts[group, number]]
        self.own[members] = self.enter[group, members] - bend.sum(axis=0)

    def changes(self, person: int) -> Ints:
        """The change in cost by a swap of `person` with each other (n,); NEVER where there is no swap."""
        labels, here = self._labels, int(self.group[person])
        change = self.enter[:, person][self.group]
        change += self.enter[here]
        change -= self.own
        change -= self.own[person]
        for row, label in enumerate(labels.number[:, person].tolist()):
            alike, flat = labels.people_of[label], labels.flat[row]
            if alike.size == self.problem.people and flat is not None:
                change -= 2 * flat
            elif alike.size > 1 and flat is not None:
                change[alike] -= 2 * flat
            elif alike.size > 1:
                bend, counts = labels.bend[row], self._counts[:, label]
                change[alike] -= bend[counts[self.group[alike]]] + bend[counts[here]]
        change[self._rivals[person]] -= 2 * self.weights.hard
        change += self._barred
        change[self.members[here]] = NEVER
        return change

    def swap(self, one: int, other: int) -> None:
        here, there = int(self.group[one]), int(self.group[other])
        self._replace(here, [one], [other])
        self._replace(there, [other], [one])

    def move(self, person: int, there: int) -> None:
        """Put `person` in `there`; -1 takes the place away."""
        here = int(self.group[person])
        if here >= 0:
            self._replace(here, [person], [])
        if there >= 0:
            self._replace(there, [], [person])
            fixed = self.problem.fixed
            self._barred[person] = NEVER if fixed is not None and fixed[person] >= 0 else 0
        else:
            self.group[person] = -1
            self.own[person], self._barred[person] = 0, NEVER

    def _replace(self, group: int, gone: Sequence[int], come: Sequence[int]) -> None:
        labels, counts = self._labels, self._counts[group]
        touched = labels.number[:, [*gone, *come]].ravel()
        rule = labels.rule_of[touched]
        before = labels.up[rule, counts[touched]]
        for person in gone:
            counts[labels.number[:, person]] -= 1
            self.enter[group, self._rivals[person]] -= self.weights.hard
            self.members[group].remove(person)
        for person in come:
            counts[labels.number[:, person]] += 1
            self.enter[group, self._rivals[person]] += self.weights.hard
            self.members[group].append(person)
            self.group[person] = group
        change = np.zeros(len(labels.rule), dtype=np.int64)
        change[touched] = labels.up[rule, counts[touched]] - before
        self.enter[group] += change[labels.number].sum(axis=0)
        self._weigh(group)

    def descend(self, budget: int, first: Sequence[int] | None = None) -> tuple[int, list[tuple[int, int]]]:
        """Make the best swap of each person, one after the other, until none helps: the change in cost and
        the swaps, in order.

        Begins with the people `first` (else all, in drawn order) and goes on with those in groups that
        changed; `budget`: people whose partners are compared, at most.
        """
        waiting = list(first) if first is not None else self._draw.permutation(self.movable()).tolist()
        is_waiting = np.zeros(self.problem.people, dtype=bool)
        is_waiting[waiting] = True
        made: list[tuple[int, int]] = []
        total = 0
        for person in waiting:  # grows while it is gone through
            if self._barred[person]:
                continue
            self.scans += 1
            budget -= 1
            if budget < 0:
                break
            is_waiting[person] = False
            change = self.changes(person)
            partner = int(change.argmin())
            if change[partner] >= 0:
                continue
            total += int(change[partner])
            self.swap(person, partner)
            made.append((person, partner))
            for each in (*self.members[self.group[person]], *self.members[self.group[partner]]):
                if not is_waiting[each]:
                    waiting.append(each)
                    is_waiting[each] = True
        return total, made

    def shake(self, budget: int, target: int) -> None:
        """Try swaps that cost little, and what they open, until the cost is `target` or the budget is spent.

        Begins at people in groups that are not as even as they could be. What makes the whole worse is undone
        (iterated local search; Lourenço, Martin and Stützle, Handbook of Metaheuristics, 2003).
        """
        cost, end = self.cost(), self.scans + budget
        restless = self._restless()
        tries = 0
        while cost > target and self.scans < end and restless.size:
            person = int(restless[self._draw.integers(restless.size)])
            partner, change = self._sideways(person)
            tries += 1
            if partner >= 0:
                self.swap(person, partner)
                touched = [*self.members[self.group[person]], *self.members[self.group[partner]]]
                gained, made = self.descend(end - self.scans, touched)
                if change + gained > 0:
                    for one, other in reversed(made):
                        self.swap(one, other)
                    self.swap(person, partner)
                else:
                    cost += change + gained
            if tries % FRESH == 0:
                restless = self._restless()

    def _sideways(self, person: int) -> tuple[int, int]:
        """One of the cheapest partners of `person`, drawn, and the change; -1 where there is none."""
        self.scans += 1
        change = self.changes(person)
        least = change.min()
        if least >= self.weights.hard:
            return -1, 0
        cheapest = np.flatnonzero(change == least)
        return int(cheapest[self._draw.integers(cheapest.size)]), int(least)

    def _restless(self) -> Ints:
        """People in groups that have more of a label than an even share, or fewer; all where none has."""
        known = np.bincount(self._labels.number[: len(self.problem.criteria)].ravel())
        counts, parts = self._counts[:, : len(known)], max(self._groups, 1)
        uneven = np.any((counts > -(-known // parts)) | (counts < known // parts), axis=1)
        free = self.movable()
        restless = free[uneven[self.group[free]]]
        return restless if restless.size else free

    def movable(self) -> Ints:
        """People who have a place and are not fixed to it."""
        return np.flatnonzero(self._barred == 0)

    def cost(self) -> int:
        """The whole cost; only differences mean something."""
        labels = self._labels
        # cost(c) is the sum of what each newcomer would have added.
        steps = np.concatenate(
            [np.zeros((len(labels.up), 1), dtype=np.int64), labels.up.cumsum(axis=1)], axis=1
        )
        total = int(steps[labels.rule_of[None, :], self._counts].sum()) if labels.rule else 0
        placed = np.flatnonzero(self.group >= 0)
        alone = self.enter[self.group[placed], placed] - labels.up[
            np.arange(len(labels.number))[:, None], self._counts[self.group[placed], labels.number[:, placed]]
        ].sum(axis=0)
        one, other = self.problem.apart.T
        both = (self.group[one] == self.group[other]) & (self.group[one] >= 0)
        return total + int(alone.sum()) - self.weights.hard * int(both.sum())


def _neighbours(pairs: Ints, people: int) -> list[Ints]:
    """For each person those in a pair with them."""
    one = np.concatenate([pairs[:, 0], pairs[:, 1]])
    other = np.concatenate([pairs[:, 1], pairs[:, 0]])
    order = np.argsort(one, kind="stable")
    cuts = np.searchsorted(one[order], np.arange(1, people)) if people else np.empty(0, dtype=np.int64)
    return np.split(other[order], cuts)
