"""Slots first: how many groups meet when, and in which slot each person has a place.

A group needs `smallest` people who are free in the same slot, so a slot is worth nothing to fewer: the number
of people who can have a place is not a plain flow. With a whole number of groups y[s] in each slot, and
people counted by what they have in common, the most that can be placed is the optimum of a mixed-integer
programme; the solver's bound on it is the certificate. Where everybody has a place (a flow shows it) no proof
is needed. Rules are added where they turn out to bind: of a set of people of whom a group may take m, a slot
takes at most m times its groups (`binding`). Each addition only makes the bound better.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from styrfart.kernel.groups.binding import binding
from styrfart.kernel.groups.kinds import Impossible, Kind, Refusal
from styrfart.kernel.groups.problem import Bools, Ints, Problem, longest_line
from styrfart.kernel.groups.programme import Cut, Found, Kinds, by_programme, shared

ROUNDS = 20  # of finding rules that bind; after fewer the bound holds, too, but may be too low


@dataclass(frozen=True)
class Plan:
    """The slot of each person (n,), -1 without a place; the groups in each slot; the proven minimum."""

    slot_of: Ints
    groups: Ints
    fixed_slot: Ints  # of each group that people are fixed to
    least_unplaced: int


def plan(problem: Problem, *, seed: int, is_thorough: bool = False) -> Plan | Refusal:
    """Give as many people as possible a slot, and say how many cannot have one whatever is done.

    `is_thorough`: sets of people of whom none may sit with another are looked for, too. That is needed only
    where slots have few groups, and can take minutes where these sets are many.
    """
    refused = _refused(problem)
    if refused is not None:
        return refused
    out = unplaceable(problem)
    if int((~out).sum()) < problem.smallest:
        return Refusal(Impossible.RULES, tuple(np.flatnonzero(out).tolist()))
    times = problem.times & ~out[:, None]
    most = problem.groups if problem.groups is not None else problem.people // problem.smallest
    cuts: list[Cut] = []
    at_most = problem.people
    for _ in range(ROUNDS):
        kinds = _kinds(problem, times, cuts)
        answer = (_by_flow(problem, kinds) if not cuts else None) or by_programme(problem, kinds, cuts)
        if isinstance(answer, Refusal):
            return answer
        found = answer
        at_most = min(at_most, found.at_most)
        slot_of = _given(problem, kinds, found, seed)
        more = [
            each for each in binding(problem, slot_of, found.groups, cliques=is_thorough) if each not in cuts
        ]
        if not more or not found.is_proven:
            break
        cuts += more
    least = max(problem.people - at_most, longest_line(problem.boss, problem.people) - most, 0)
    return Plan(slot_of, found.groups, found.fixed_slot, least)


def _refused(problem: Problem) -> Refusal | None:
    if problem.groups is not None and problem.people < problem.groups * problem.smallest:
        return Refusal(Impossible.TOO_FEW_FOR_GROUPS)
    if problem.people < problem.smallest:
        return Refusal(Impossible.TOO_FEW_PEOPLE)
    for group in range(problem.fixed_groups):
        assert problem.fixed is not None  # noqa: S101  # fixed_groups is 0 without it
        members = np.flatnonzero(problem.fixed == group)
        people = tuple(members.tolist())
        if len(people) > problem.largest:
            return Refusal(Impossible.FIXED_TOO_MANY, people, group)
        if not problem.times[members].all(axis=0).any():
            return Refusal(Impossible.FIXED_NO_COMMON_SLOT, people, group)
        inside = np.isin(problem.apart, members).all(axis=1)
        if inside.any():
            return Refusal(Impossible.FIXED_CONFLICT, tuple(problem.apart[inside][0].tolist()), group)
        for limit in problem.limits:
            for label in np.unique(limit.labels[members][limit.labels[members] >= 0]).tolist():
                same = members[limit.labels[members] == label]
                if len(same) > limit.at_most:
                    return Refusal(Impossible.FIXED_LIMIT, tuple(same.tolist()), group, limit.key)
    return None


def unplaceable(problem: Problem) -> Bools:
    """People who fit in no group (n,): fewer may sit with them than the smallest group has others.

    Counted again without them until nothing changes, as in a core of a graph (Seidman, Social Networks 5,
    1983). People who are fixed to a group are not judged.
    """
    out = np.zeros(problem.people, dtype=bool)
    loose = problem.fixed < 0 if problem.fixed is not None else np.ones(problem.people, dtype=bool)
    while True:
        one, other = problem.apart[~out[problem.apart].any(axis=1)].T
        rivals = np.bincount(np.concatenate([one, other]), minlength=problem.people)
        company = int((~out).sum()) - 1 - rivals
        more = loose & ~out & (company < problem.smallest - 1)
        if not more.any():
            return out
        out |= more


def _kinds(problem: Problem, times: Bools, cuts: list[Cut]) -> Kinds:
    columns = []
    for cut in cuts:
        column = np.zeros(problem.people, dtype=bool)
        column[list(cut.people)] = True
        columns.append(column)
    loose = np.flatnonzero(problem.fixed < 0) if problem.fixed is not None else np.arange(problem.people)
    key = np.column_stack([times, *columns])[loose]
    rows, which, count = np.unique(key, axis=0, return_inverse=True, return_counts=True)
    of_person = np.full(problem.people, -1, dtype=np.int64)
    of_person[loose] = which.ravel()
    slots = problem.times.shape[1]
    return Kinds(rows[:, :slots], count, of_person, tuple(rows[:, slots + at] for at in range(len(cuts))))


def _by_flow(problem: Problem, kinds: Kinds) -> Found | None:
    """Everybody placed, by groups in proportion to demand and one flow; None where that fails."""
    if problem.fixed_groups or not kinds.free.any(axis=1).all():
        return None
    wanted = problem.groups if problem.groups is not None else round(problem.people / problem.usual)
    wanted = max(wanted, -(-problem.people // problem.largest))
    if not wanted * problem.smallest <= problem.people <= wanted * problem.largest:
        return None
    choices = kinds.free.sum(axis=1)
    demand = (kinds.free / choices[:, None] * kinds.count[:, None]).sum(axis=0)
    groups = shared(demand, wanted)
    sizes = np.full(wanted, problem.people // wanted)
    sizes[: problem.people % wanted] += 1
    # The larger groups are spread over the slots, so that none has only large ones.
    order = np.argsort(
        np.concatenate([(np.arange(each) + 0.5) / each for each in groups if each]), kind="stable"
    )
    slot_of_group = np.repeat(np.arange(len(groups)), groups)[order]
    room = np.bincount(slot_of_group, weights=sizes, minlength=len(groups)).astype(np.int64)
    amounts = _flow(kinds, room)
    if int(amounts.sum()) < problem.people:
        return None
    return Found(amounts, groups, np.empty(0, dtype=np.int64), problem.people, is_proven=True)


def _flow(kinds: Kinds, room: Ints) -> Ints:
    """As many people of each kind as possible in each slot, with `room` in each: a maximum flow."""
    rows, slots = len(kinds.count), len(room)
    one, other = kinds.free.nonzero()
    end = rows + slots + 1
    start = np.concatenate([np.zeros(rows, dtype=np.int64), one + 1, np.arange(slots) + rows + 1])
    stop = np.concatenate([np.arange(rows) + 1, other + rows + 1, np.full(slots, end)])
    most = np.concatenate([kinds.count, kinds.count[one], room])
    graph = sparse.csr_matrix((most.astype(np.int32), (start, stop)), shape=(end + 1, end + 1))
    flow = csgraph.maximum_flow(graph, 0, end).flow
    return np.asarray(flow[1 : rows + 1, rows + 1 : end].toarray(), dtype=np.int64)


def _given(problem: Problem, kinds: Kinds, found: Found, seed: int) -> Ints:
    """The slot of each person: who of a kind comes where is drawn, with like people spread over the slots."""
    slot_of = np.full(problem.people, -1, dtype=np.int64)
    if problem.fixed is not None:
        is_fixed = problem.fixed >= 0
        slot_of[is_fixed] = found.fixed_slot[problem.fixed[is_fixed]]
    drawn = np.random.default_rng(seed).permutation(problem.people)
    drawn = drawn[np.argsort(spread_by(problem)[drawn], kind="stable")]
    drawn = drawn[np.argsort(kinds.of_person[drawn], kind="stable")]
    drawn = drawn[kinds.of_person[drawn] >= 0]
    starts = np.concatenate([[0], np.cumsum(kinds.count)])
    for kind, amounts in enumerate(found.amounts):
        people = drawn[starts[kind] : starts[kind + 1]]
        shares = np.append(amounts, len(people) - amounts.sum())  # the last: without a place
        turn = np.concatenate([(np.arange(share) + 0.5) / share for share in shares if share])
        slots = np.repeat(np.append(np.arange(len(amounts)), -1), shares)
        slot_of[people] = slots[np.argsort(turn, kind="stable")]
    return slot_of


def spread_by(problem: Problem) -> Ints:
    """The labels of the heaviest criterion that wants people spread (n,); zeros without one."""
    spread = [each for each in problem.criteria if each.kind is Kind.DISSIMILAR]
    if not spread:
        return np.zeros(problem.people, dtype=np.int64)
    return max(spread, key=lambda each: each.weight).labels
