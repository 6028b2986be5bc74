"""A partition counted anew from the problem alone: what it breaks, what it costs, and its certificate.

Nothing here is shared with the search, so that a fault there shows.
"""

from collections.abc import Sequence

import numpy as np

from styrfart.kernel.groups import bounds
from styrfart.kernel.groups.kinds import Breach, Certificate, Kind, Reason, Score
from styrfart.kernel.groups.problem import Criterion, Ints, Problem


def breaches(problem: Problem, group: Ints, slot: Ints) -> tuple[Breach, ...]:
    """Every hard rule that the groups break; `group` (n,) with -1 for nobody's, `slot` (G,)."""
    found = [*_by_size(problem, group, len(slot)), *_by_time(problem, group, slot)]
    for reason, pairs in (
        (Reason.LINE, problem.line), (Reason.EXCLUDED, problem.excluded), (Reason.MET, problem.met),
    ):  # fmt: skip
        one, other = group[pairs[:, 0]], group[pairs[:, 1]]
        together = np.flatnonzero((one == other) & (one >= 0) & (pairs[:, 0] != pairs[:, 1]))
        found += [Breach(reason, int(one[row]), tuple(pairs[row].tolist())) for row in together.tolist()]
    for limit in problem.limits:
        counted = (group >= 0) & (limit.labels >= 0)
        rows = np.column_stack([group, limit.labels])[counted]
        kinds, count = np.unique(rows, axis=0, return_counts=True)
        for which, label in kinds[count > limit.at_most].tolist():
            people = np.flatnonzero((group == which) & (limit.labels == label))
            found.append(Breach(Reason.LIMIT, which, tuple(people.tolist()), limit.key))
    if problem.fixed is not None:
        strayed = np.flatnonzero((problem.fixed >= 0) & (problem.fixed != group)).tolist()
        found += [Breach(Reason.FIXED, int(group[person]), (person,)) for person in strayed]
    return tuple(found)


def _by_size(problem: Problem, group: Ints, groups: int) -> list[Breach]:
    sizes = np.bincount(group[group >= 0], minlength=groups)
    return [
        Breach(
            Reason.TOO_SMALL if size < problem.smallest else Reason.TOO_LARGE,
            which,
            tuple(np.flatnonzero(group == which).tolist()),
        )
        for which, size in enumerate(sizes.tolist())
        if size and not problem.smallest <= size <= problem.largest
    ]


def _by_time(problem: Problem, group: Ints, slot: Ints) -> list[Breach]:
    placed = np.flatnonzero(group >= 0)
    busy = placed[~problem.times[placed, slot[group[placed]]]]
    return [Breach(Reason.NOT_FREE, int(group[person]), (person,)) for person in busy.tolist()]


def cost_of(criterion: Criterion, group: Ints) -> int:
    """What the criterion costs: its weight for each pair of a group that is not as it wants."""
    placed = group >= 0
    sizes = np.bincount(group[placed])
    known = placed & (criterion.labels >= 0)
    rows = np.column_stack([group, criterion.labels])[known]
    _, count = np.unique(rows, axis=0, return_counts=True)
    same = bounds.pairs(count)
    unlike = bounds.pairs(sizes) - same
    return criterion.weight * (same if criterion.kind is Kind.DISSIMILAR else unlike)


def alone(problem: Problem, group: Ints) -> tuple[tuple[str, int], ...]:
    """Criterion and person, where somebody is the only one in the group with a label that is guarded."""
    found = []
    for criterion in problem.criteria:
        if not criterion.nobody_alone:
            continue
        known = np.flatnonzero((group >= 0) & (criterion.labels >= 0))
        rows = np.column_stack([group, criterion.labels])[known]
        _, which, count = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
        found += [(criterion.key, person) for person in known[count[which.ravel()] == 1].tolist()]
    return tuple(found)


def certify(
    problem: Problem, group: Sequence[int] | Ints, slot: Sequence[int] | Ints, least: int
) -> Certificate:
    """The certificate of a partition; `least`: people who cannot have a place whatever is done, proven."""
    which, when = np.asarray(group, dtype=np.int64), np.asarray(slot, dtype=np.int64)
    placed = np.flatnonzero(which >= 0)
    sizes = np.bincount(which[placed], minlength=len(when))
    sizes = sizes[sizes > 0]  # a group that was closed keeps its number
    lonely = alone(problem, which)
    guarded = [each for each in problem.criteria if each.nobody_alone]
    least_alone = sum(bounds.alone_at_least(each, placed) for each in guarded)
    # Where somebody is alone who need not be, the bound must hold for partitions that allow it.
    tight = len(lonely) == least_alone
    scores = tuple(
        Score(
            each.key,
            cost_of(each, which),
            bounds.least_cost(each, placed, sizes, nobody_alone=each.nobody_alone and tight),
        )
        for each in problem.criteria
    )
    return Certificate(
        people=problem.people,
        groups=len(sizes),
        breaches=breaches(problem, which, when),
        unplaced=problem.people - len(placed),
        least_unplaced=least,
        alone=lonely,
        least_alone=least_alone,
        soft=sum(each.cost for each in scores),
        soft_bound=sum(each.bound for each in scores),
        scores=scores,
    )
