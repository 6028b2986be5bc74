"""The same problem for some of its people."""

from dataclasses import replace

import numpy as np

from styrfart.kernel.groups.problem import Ints, Problem


def subset(problem: Problem, people: Ints) -> Problem:
    """The problem of `people` (ascending) alone: renumbered, nobody fixed, the line between them kept."""
    number = np.full(problem.people, -1, dtype=np.int64)
    number[people] = np.arange(len(people))

    def inside(pairs: Ints) -> Ints:
        renumbered = number[pairs]
        return renumbered[(renumbered >= 0).all(axis=1)]

    return replace(
        problem,
        people=len(people),
        groups=None,
        free=problem.times[people],
        boss=None,
        # Links above them may not be among them, so the pairs of the line are given as they are.
        excluded=np.concatenate([inside(problem.excluded), inside(problem.line)]),
        met=inside(problem.met),
        limits=tuple(replace(each, labels=each.labels[people]) for each in problem.limits),
        criteria=tuple(replace(each, labels=each.labels[people]) for each in problem.criteria),
        fixed=None,
    )
