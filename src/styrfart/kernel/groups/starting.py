"""The first partition: people of each slot are dealt to its groups, those alike to different ones."""

import heapq

import numpy as np

from styrfart.kernel.groups.problem import Ints, Problem
from styrfart.kernel.groups.slots import Plan, spread_by


def dealt(problem: Problem, plan: Plan, *, seed: int) -> tuple[Ints, Ints]:
    """The group of each person (n,) and the slot of each group: fixed groups first, then slot by slot.

    Each next person goes to the smallest group of the slot, so sizes differ by one at most, and people
    with the same label, who come after each other, go to different groups.
    """
    fixed = plan.fixed_slot
    others = plan.groups - np.bincount(fixed, minlength=len(plan.groups))
    slot = np.concatenate([fixed, np.repeat(np.arange(len(plan.groups)), others)]).astype(np.int64)
    group = np.full(problem.people, -1, dtype=np.int64)
    if problem.fixed is not None:
        group[problem.fixed >= 0] = problem.fixed[problem.fixed >= 0]
    sizes = np.bincount(group[group >= 0], minlength=len(slot))
    order = np.random.default_rng(seed).permutation(problem.people)
    order = order[np.argsort(spread_by(problem)[order], kind="stable")]
    for each in range(len(plan.groups)):
        waiting = [(int(sizes[which]), int(which)) for which in np.flatnonzero(slot == each)]
        heapq.heapify(waiting)
        for person in order[(plan.slot_of[order] == each) & (group[order] < 0)].tolist():
            size, which = waiting[0]
            group[person] = which
            heapq.heapreplace(waiting, (size + 1, which))
    return group, slot
