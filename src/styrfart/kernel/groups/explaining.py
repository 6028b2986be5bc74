"""Why somebody is in a group, why not with somebody else, and what a change by hand would do."""

from collections.abc import Sequence

import numpy as np

from styrfart.kernel.errors import KernelError
from styrfart.kernel.groups import counting
from styrfart.kernel.groups.exchange import Exchange
from styrfart.kernel.groups.kinds import Apart, Because, Company, Effect, Grouping, Reason, Step, Why
from styrfart.kernel.groups.problem import Ints, Problem


class Explainer:
    """Answers about one grouping of one problem; costs are counted once, so that many answers are cheap."""

    def __init__(self, problem: Problem, grouping: Grouping) -> None:
        self._problem, self._grouping = problem, grouping
        self._group = np.asarray(grouping.group, dtype=np.int64)
        self._slot = np.asarray(grouping.slot, dtype=np.int64)
        if self._group.shape != (problem.people,) or (self._group >= len(self._slot)).any():
            raise KernelError("the grouping is not one of these people")
        self._exchange = Exchange(problem, self._group, self._slot, seed=0)
        self._sizes = [len(each) for each in self._exchange.members]
        self._changes_of: tuple[int, Ints] = (-1, self._group)

    def why(self, person: int) -> Because:
        """The reasons why `person` is in their group, and what else the rules allow."""
        here = int(self._group[person])
        slots = np.intersect1d(np.flatnonzero(self._problem.times[person]), self._slot)
        if here < 0:
            reason = next(each.reason for each in self._grouping.unplaced if each.person == person)
            return Because(person, -1, (), reason, tuple(slots.tolist()), (), None, ())
        tried = (self._into(person, group) for group in range(len(self._slot)) if group != here)
        steps = [step for step in tried if step is not None]
        best = min(steps, key=lambda step: (step.alone, step.soft, step.group), default=None)
        return Because(
            person, here, self._reasons(person, slots, best), None, tuple(slots.tolist()),
            tuple(step.group for step in steps), best, self._company(person),
        )  # fmt: skip

    def why_not(self, one: int, other: int) -> Apart:
        """Why `one` and `other` are not in the same group: what forbids it, or what it would cost."""
        here, there = int(self._group[one]), int(self._group[other])
        if one == other or here == there >= 0:
            return Apart((Reason.TOGETHER,))
        forbidden = self._forbids(one, other)
        if forbidden.reasons:
            return forbidden
        steps = [self._into(one, there, keep=other), self._into(other, here, keep=one)]
        possible = [step for step in steps if step is not None]
        if possible:
            cheapest = min(possible, key=lambda step: (step.alone, step.soft, step.person))
            return Apart((Reason.POSSIBLE,), step=cheapest)
        blocks = [*self._blocks(one, there), *self._blocks(other, here)]
        reasons = tuple(dict.fromkeys(reason for reason, _ in blocks))
        limits = tuple(dict.fromkeys(limit for _, limit in blocks if limit))
        return Apart(reasons or (Reason.RULES,), limits)

    def _reasons(self, person: int, slots: Ints, best: Step | None) -> tuple[Why, ...]:
        is_fixed = self._problem.fixed is not None and self._problem.fixed[person] >= 0
        found = [Why.FIXED] if is_fixed else []
        if len(slots) == 1 and len(np.unique(self._slot)) > 1:
            found.append(Why.ONLY_SLOT)
        if best is None:
            return (*found, Why.ONLY_GROUP)
        return (*found, Why.BEST_HERE if (best.alone, best.soft) >= (0, 0) else Why.BETTER_ELSEWHERE)

    def _company(self, person: int) -> tuple[Company, ...]:
        members, found = self._group == self._group[person], []
        for criterion in self._problem.criteria:
            label = criterion.labels[person]
            if label < 0:
                continue
            alike = criterion.labels == label
            even = float((alike & (self._group >= 0)).sum()) / self._grouping.certificate.groups
            found.append(Company(criterion.key, int((alike & members).sum()) - 1, even))
        return tuple(found)

    def _into(self, person: int, group: int, keep: int = -1) -> Step | None:
        """The cheapest way of `person` into `group` that breaks nothing, not in exchange for `keep`."""
        here = int(self._group[person])
        if group < 0 or self._is_fixed(person):
            return None
        members = [
            each for each in self._exchange.members[group] if each != keep and not self._is_fixed(each)
        ]
        offers: list[tuple[int, int]] = []
        if here >= 0 and members:
            change = self._changes(person)[members]
            offers.append((int(change.min()), members[int(change.argmin())]))
        if self._has_room(here, group):
            offers.append((int(self._exchange.enter[group, person] - self._exchange.own[person]), -1))
        least, partner = min(offers, default=(self._exchange.weights.hard, -1))
        if 2 * least >= self._exchange.weights.hard:
            return None
        unit = self._exchange.weights.alone
        alone = round(least / unit)
        return Step(person, partner, group, alone, least - alone * unit)

    def _changes(self, person: int) -> Ints:
        """The change in cost by each exchange of `person`; kept, since many groups are tried for one."""
        if self._changes_of[0] != person:
            self._changes_of = (person, self._exchange.changes(person))
        return self._changes_of[1]

    def _has_room(self, here: int, group: int) -> bool:
        sizes = self._sizes
        leaves_enough = here < 0 or sizes[here] > self._problem.smallest
        return leaves_enough and 0 < sizes[group] < self._problem.largest

    def _is_fixed(self, person: int) -> bool:
        return self._problem.fixed is not None and bool(self._problem.fixed[person] >= 0)

    def _forbids(self, one: int, other: int) -> Apart:
        """What keeps these two apart wherever they are."""
        problem = self._problem
        reasons = list(problem.why_apart(one, other))
        limits = tuple(
            each.key
            for each in problem.limits
            if each.at_most == 1 and each.labels[one] == each.labels[other] >= 0
        )
        reasons += [Reason.LIMIT] if limits else []
        common = np.flatnonzero(problem.times[one] & problem.times[other])
        if not common.size:
            reasons.append(Reason.NO_COMMON_SLOT)
        elif not np.isin(common, self._slot).any():
            reasons.append(Reason.TOO_FEW_IN_SLOT)
        if self._is_fixed(one) and self._is_fixed(other):
            reasons.append(Reason.FIXED)
        return Apart(tuple(reasons), limits)

    def _blocks(self, person: int, group: int) -> list[tuple[Reason, str]]:
        """What stands in the way of `person` in `group`, with its members as they are."""
        problem = self._problem
        if self._is_fixed(person):
            return [(Reason.FIXED, "")]
        if group < 0:
            return [(Reason.NOT_PLACED, "")]
        if not problem.times[person, self._slot[group]]:
            return [(Reason.NOT_FREE, "")]
        members = self._exchange.members[group]
        found = [(reason, "") for each in members for reason in problem.why_apart(person, each)]
        for limit in problem.limits:
            same = limit.labels[members] == limit.labels[person]
            if limit.labels[person] >= 0 and int(same.sum()) >= limit.at_most:
                found.append((Reason.LIMIT, limit.key))
        if not found and not self._has_room(int(self._group[person]), group):
            found.append((Reason.FULL if len(members) >= problem.largest else Reason.TOO_SMALL, ""))
        return found


def effect_of_swap(problem: Problem, grouping: Grouping, one: int, other: int) -> Effect:
    """What it does that `one` and `other` change places; one of them may be without a place."""
    group = list(grouping.group)
    group[one], group[other] = group[other], group[one]
    return effect(problem, grouping, group)


def effect_of_move(problem: Problem, grouping: Grouping, person: int, to: int) -> Effect:
    """What it does that `person` goes to the group `to`, or to none (-1)."""
    group = list(grouping.group)
    group[person] = to
    return effect(problem, grouping, group)


def effect(problem: Problem, grouping: Grouping, group: Sequence[int]) -> Effect:
    """What it does that the people are in the groups `group` instead (n,), recounted from the problem."""
    slot = np.asarray(grouping.slot, dtype=np.int64)
    old, new = np.asarray(grouping.group, dtype=np.int64), np.asarray(group, dtype=np.int64)
    if new.shape != old.shape or (new < -1).any() or (new >= len(slot)).any():
        raise KernelError("each person goes to one of the groups, or to none")
    before, after = counting.breaches(problem, old, slot), counting.breaches(problem, new, slot)
    was_alone, is_alone = counting.alone(problem, old), counting.alone(problem, new)
    scores = tuple(
        (each.key, counting.cost_of(each, new) - counting.cost_of(each, old)) for each in problem.criteria
    )
    return Effect(
        broken=tuple(each for each in after if each not in before),
        mended=tuple(each for each in before if each not in after),
        newly_alone=tuple(each for each in is_alone if each not in was_alone),
        no_longer_alone=tuple(each for each in was_alone if each not in is_alone),
        soft=sum(change for _, change in scores),
        scores=scores,
    )
