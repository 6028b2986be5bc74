"""Which rules bind in a slot: sets of people of whom its groups can take only so many each."""

import numpy as np

from styrfart.kernel.groups.problem import Bools, Ints, Problem
from styrfart.kernel.groups.programme import Cut

FEW = 4  # groups in a slot: among more, people who may not sit together find different groups


def binding(problem: Problem, slot_of: Ints, groups: Ints, *, cliques: bool) -> list[Cut]:
    """The sets that have more people in some slot of `slot_of` (n,) than its `groups` may take, each once."""
    found = _limits(problem, slot_of, groups)
    if cliques:
        found += _cliques(problem, slot_of, groups)
    return list(dict.fromkeys(found))


def _limits(problem: Problem, slot_of: Ints, groups: Ints) -> list[Cut]:
    found: list[Cut] = []
    for limit in problem.limits:
        counted = (slot_of >= 0) & (limit.labels >= 0)
        rows = np.column_stack([limit.labels, slot_of])[counted]
        kinds, count = np.unique(rows, axis=0, return_counts=True)
        over = count > limit.at_most * groups[kinds[:, 1]]
        for label in np.unique(kinds[over, 0]).tolist():
            people = np.flatnonzero(limit.labels == label)
            found.append(Cut(tuple(people.tolist()), limit.at_most))
    return found


def _cliques(problem: Problem, slot_of: Ints, groups: Ints) -> list[Cut]:
    """People of whom none may sit with another, more than there are groups in the slot."""
    found: list[Cut] = []
    few = np.flatnonzero((groups > 0) & (groups <= FEW)).tolist()
    if not few:
        return found
    rivals, everybody = _rivals(problem), np.arange(problem.people)
    for slot in few:
        members = np.flatnonzero(slot_of == slot)
        for first in members[rivals[np.ix_(members, members)].any(axis=1)].tolist():
            clique = _grown([first], rivals, members)
            if len(clique) > groups[slot]:
                # Whoever else is a rival of all makes the set bind harder, in other slots, too.
                found.append(Cut(tuple(sorted(_grown(clique, rivals, everybody))), 1))
    return found


def _rivals(problem: Problem) -> Bools:
    """Who may not sit with whom (n, n): kept apart, or of the same team where a group takes one of it."""
    rivals = np.zeros((problem.people, problem.people), dtype=bool)
    rivals[problem.apart[:, 0], problem.apart[:, 1]] = True
    rivals |= rivals.T
    for limit in problem.limits:
        if limit.at_most == 1:
            known = limit.labels >= 0
            rivals |= (limit.labels[:, None] == limit.labels[None, :]) & known[:, None]
    np.fill_diagonal(rivals, False)  # noqa: FBT003  # NumPy's own signature
    return rivals


def _grown(clique: list[int], rivals: Bools, among: Ints) -> list[int]:
    """The clique with people of `among` who are rivals of all in it, those with most rivals first."""
    grown = list(clique)
    common = np.intersect1d(among, np.flatnonzero(rivals[grown].all(axis=0)))
    while common.size:
        inside = rivals[np.ix_(common, common)].sum(axis=1)
        chosen = int(common[inside.argmax()])
        grown.append(chosen)
        common = common[rivals[chosen, common]]
    return grown
