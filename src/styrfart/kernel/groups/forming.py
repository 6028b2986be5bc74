"""Partition people into groups: slots first, then exchange, then whoever breaks a rule is taken out.

A grouping never breaks a hard rule in silence: who cannot be placed without a breach has no place, with the
reason, and the certificate says how few could have been without.
"""

from dataclasses import replace

import numpy as np

from styrfart.kernel.groups import bounds, counting
from styrfart.kernel.groups.exchange import Exchange
from styrfart.kernel.groups.kinds import Grouping, Reason, Refusal, Unplaced
from styrfart.kernel.groups.placing import Placing
from styrfart.kernel.groups.problem import Ints, Problem
from styrfart.kernel.groups.slots import Plan, plan
from styrfart.kernel.groups.starting import dealt

EFFORT = 10
SMALL = 2_000  # people: a smaller problem gets as much effort as one of so many


def form(problem: Problem, *, seed: int, effort: int = EFFORT) -> Grouping | Refusal:
    """Groups of the people, or why there can be none.

    As many people as possible have a place (see `slots`), no hard rule is broken, as few as possible are
    alone with their label where a criterion guards against it, and the weighted criteria cost as little as
    the search finds; it ends early when the cost meets its lower bound. `effort`: how many times each person
    is compared with all others, at most. The same seed gives the same groups.
    """
    slots = plan(problem, seed=seed)
    if isinstance(slots, Refusal):
        return slots
    found = _formed(problem, slots, seed=seed, effort=effort)
    if found.certificate.places_are_proven:
        return found
    # Somebody has no place because of whom they may not sit with: these rules become part of the proof.
    closer = plan(problem, seed=seed, is_thorough=True)
    if isinstance(closer, Refusal):
        return closer
    again = _formed(problem, closer, seed=seed, effort=effort)
    best = min(found, again, key=lambda each: (each.certificate.unplaced, each.certificate.soft))
    return replace(best, certificate=replace(best.certificate, least_unplaced=closer.least_unplaced))


def _formed(problem: Problem, slots: Plan, *, seed: int, effort: int) -> Grouping:
    group, slot = dealt(problem, slots, seed=seed)
    exchange = Exchange(problem, group, slot, seed=seed)
    budget = effort * max(SMALL, problem.people)
    exchange.descend(budget)
    exchange.shake(budget - exchange.scans, _target(problem, exchange))
    if Placing(exchange, least_unplaced=slots.least_unplaced).mend():
        exchange.descend(budget)
        exchange.shake(budget // 2, _target(problem, exchange))
    return concluded(problem, exchange.group, slot, slots.least_unplaced)


def concluded(
    problem: Problem, group: Ints, slot: Ints, least_unplaced: int, *, drop_empty: bool = True
) -> Grouping:
    """The partition as a result, with reasons for those without a place and its certificate."""
    if drop_empty:
        group, slot = without_empty(group, slot)
    certificate = counting.certify(problem, group, slot, least_unplaced)
    sizes = np.bincount(group[group >= 0], minlength=len(slot))
    unplaced = tuple(
        Unplaced(person, _why_unplaced(problem, slot, sizes, person))
        for person in np.flatnonzero(group < 0).tolist()
    )
    return Grouping(tuple(group.tolist()), tuple(slot.tolist()), unplaced, certificate)


def without_empty(group: Ints, slot: Ints) -> tuple[Ints, Ints]:
    """The same partition with the groups that have members numbered from 0, in the same order."""
    kept = np.bincount(group[group >= 0], minlength=len(slot)) > 0
    number = np.append(np.cumsum(kept) - 1, -1)  # the last is for people without a place
    return number[group], slot[kept]


def _why_unplaced(problem: Problem, slot: Ints, sizes: Ints, person: int) -> Reason:
    free = problem.times[person]
    if not free.any():
        return Reason.NEVER_FREE
    possible = free[slot] & (sizes > 0)
    if not possible.any():
        return Reason.TOO_FEW_IN_SLOT
    return Reason.RULES if (sizes[possible] < problem.largest).any() else Reason.FULL


def _target(problem: Problem, exchange: Exchange) -> int:
    """The exchange's cost at which nothing can be better: no breach, the criteria at their bounds."""
    placed = np.flatnonzero(exchange.group >= 0)
    sizes = np.bincount(exchange.group[placed], minlength=len(exchange.slot))
    total = 0
    for criterion in problem.criteria:
        guarded = criterion.nobody_alone
        total += bounds.least_cost(criterion, placed, sizes, nobody_alone=guarded)
        if guarded:  # whose label is not known counts as alone wherever they are
            least = bounds.alone_at_least(criterion, placed)
            total += exchange.weights.alone * (least + int((criterion.labels[placed] < 0).sum()))
    return total
