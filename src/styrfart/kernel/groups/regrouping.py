"""A new grouping after changes that moves few: people left or came, a slot was lost, a rule was added."""

from itertools import combinations
from math import comb, inf

import numpy as np

from styrfart.kernel.errors import KernelError
from styrfart.kernel.groups import counting
from styrfart.kernel.groups.exchange import Exchange
from styrfart.kernel.groups.forming import EFFORT, SMALL, concluded, form
from styrfart.kernel.groups.kinds import Refusal, Regrouping
from styrfart.kernel.groups.placing import Placing
from styrfart.kernel.groups.problem import Ints, Problem
from styrfart.kernel.groups.slots import Plan, plan
from styrfart.kernel.groups.subset import subset

CHOICES = 20_000  # sets of members tried for one group before its least is only bounded
CLOSED = 12  # groups under the smallest size of which every set is tried for closing


def regroup(
    problem: Problem, before: Ints, slot: Ints, *, seed: int, loss: float = 0.05, effort: int = EFFORT
) -> Regrouping | Refusal:
    """The groups `before` (n,), -1 for newcomers, mended by moving as few as possible.

    `problem` is of the people there are now; `slot` (G,) says when each group met, -1 where that slot is
    lost. Hard rules come first, then moves, then who is alone, then the criteria. Where the criteria cost
    more than `loss` above their bound (a share of it; `math.inf` for any), further people are moved, those
    first who lower it most, until they do not or nothing helps. Groups keep their numbers; a closed one has
    no members; new ones come last.
    """
    if before.shape != (problem.people,) or (before < -1).any() or (before >= len(slot)).any() or loss < 0:
        raise KernelError("each person has one of the groups before, or -1, and the loss is not negative")
    slots = plan(problem, seed=seed)
    if isinstance(slots, Refusal):
        return slots
    when = _slots_now(problem, before, slot, slots)
    staying, least = _staying(problem, before, when)
    exchange = Exchange(problem, staying, when, seed=seed, before=before)
    placing = Placing(exchange, least_unplaced=slots.least_unplaced)
    placing.fill()
    placing.mend()
    exchange.descend(effort * max(SMALL, problem.people))
    group = exchange.group
    # A group that others are fixed to keeps its number even where it was closed; new ones come after all.
    group, when = _opened(problem, group, when, seed)
    group = _within_loss(problem, group, when, before, loss, seed)
    grouping = concluded(problem, group, when, slots.least_unplaced, drop_empty=False)
    moved = np.flatnonzero((before >= 0) & (before != group))
    changed = np.flatnonzero(when[: len(slot)] != slot)
    certificate = grouping.certificate
    return Regrouping(
        grouping=grouping,
        moved=tuple(moved.tolist()),
        least_moves=least,
        slots_changed=tuple(each for each in changed.tolist() if (group == each).any()),
        is_within_loss=certificate.soft <= _allowed(certificate.soft_bound, loss),
    )


def _allowed(bound: int, loss: float) -> int:
    if loss == inf:
        return 1 << 62
    return int(np.floor(bound * (1.0 + loss) + 1e-9))


def _slots_now(problem: Problem, before: Ints, slot: Ints, slots: Plan) -> Ints:
    """A slot for each group: its own where it has one, else the one in which most members are free."""
    when = slot.copy()
    is_used = np.append(np.any(problem.times, axis=0), False)  # the last is for groups whose slot is lost
    for group in np.flatnonzero(~is_used[slot]).tolist():
        free = problem.times[before == group].sum(axis=0)
        when[group] = int(np.lexsort((np.arange(len(free)), -slots.groups, -free))[0])
    return when


def _staying(problem: Problem, before: Ints, when: Ints) -> tuple[Ints, int]:
    """Who can stay in each group, as many as possible, and how few moves are needed at least."""
    staying = before.copy()
    if problem.fixed is not None:
        staying[problem.fixed >= 0] = problem.fixed[problem.fixed >= 0]
    forced, sizes = int(((staying != before) & (before >= 0)).sum()), []
    for group in range(len(when)):
        members = np.flatnonzero(staying == group)
        leaving, least = _leaving(problem, members, int(when[group]))
        staying[leaving] = -1
        forced += least
        sizes.append(len(members) - least)
    newcomers = int((before < 0).sum())
    return staying, forced + _extra(problem.smallest, sizes, newcomers + forced)


def _leaving(problem: Problem, members: Ints, slot: int) -> tuple[Ints, int]:
    """The fewest members without whom the group breaks no rule, and a proven least number."""
    fixed = np.zeros(len(members), dtype=bool) if problem.fixed is None else problem.fixed[members] >= 0
    busy = members[~problem.times[members, slot] & ~fixed]
    left = members[np.isin(members, busy, invert=True)]
    clashes = problem.apart[np.isin(problem.apart, left).all(axis=1)]
    too_many = max(len(left) - problem.largest, 0)
    loose = members[~fixed & np.isin(members, left)]
    for count in range(too_many, len(loose) + 1):
        if comb(len(loose), count) > CHOICES:
            return np.concatenate([busy, _greedily(problem, left, loose)]), len(busy) + count
        for gone in combinations(loose.tolist(), count):
            if _is_mended(problem, left, clashes, gone):
                return np.concatenate([busy, np.array(gone, dtype=np.int64)]), len(busy) + count
    return np.concatenate([busy, loose]), len(busy) + len(loose)


def _is_mended(problem: Problem, members: Ints, clashes: Ints, gone: tuple[int, ...]) -> bool:
    kept = members[np.isin(members, gone, invert=True)]
    if not np.isin(clashes, gone).any(axis=1).all():
        return False
    for limit in problem.limits:
        labels = limit.labels[kept]
        if np.bincount(labels[labels >= 0], minlength=1).max() > limit.at_most:
            return False
    return True


def _greedily(problem: Problem, members: Ints, loose: Ints) -> Ints:
    """Members without whom the group breaks no rule: each is kept that fits with those kept before."""
    gone: list[int] = []
    kept = members[np.isin(members, loose, invert=True)]
    for person in loose.tolist():
        more = np.append(kept, person)
        clashes = problem.apart[np.isin(problem.apart, more).all(axis=1)]
        if len(more) <= problem.largest and _is_mended(problem, more, clashes, ()):
            kept = more
        else:
            gone.append(person)
    return np.array(gone, dtype=np.int64)


def _extra(smallest: int, sizes: list[int], loose: int) -> int:
    """Moves beyond the forced that too small groups need at least, where `loose` people have no place.

    Each such group is filled, first by those who are loose and then by others' members, or closed.
    """
    small = [size for size in sizes if 0 < size < smallest]
    if len(small) > CLOSED:
        return 0
    least = sum(small)
    for count in range(len(small) + 1):
        for closed in combinations(range(len(small)), count):
            gone = sum(small[each] for each in closed)
            lacking = sum(smallest - size for at, size in enumerate(small) if at not in closed)
            least = min(least, gone + max(lacking - loose - gone, 0))
    return least


def _opened(problem: Problem, group: Ints, when: Ints, seed: int) -> tuple[Ints, Ints]:
    """New groups of those without a place, where there are enough of them."""
    left = np.flatnonzero(group < 0)
    if problem.groups is not None or len(left) < problem.smallest:
        return group, when
    more = form(subset(problem, left), seed=seed)
    if isinstance(more, Refusal):
        return group, when
    own = np.asarray(more.group, dtype=np.int64)
    group = group.copy()
    group[left] = np.where(own >= 0, own + len(when), -1)
    return group, np.concatenate([when, np.asarray(more.slot, dtype=np.int64)])


def _within_loss(problem: Problem, group: Ints, when: Ints, before: Ints, loss: float, seed: int) -> Ints:
    """The partition after further swaps, those that lower the cost most, until it is within the loss."""
    exchange = Exchange(problem, group, when, seed=seed)
    placed = before >= 0
    while True:
        certificate = counting.certify(problem, exchange.group, when, 0)
        over = certificate.soft - _allowed(certificate.soft_bound, loss)
        if over <= 0:
            return exchange.group
        offers = []
        for person in exchange.movable().tolist():
            change = exchange.changes(person)
            # Of equal gains the partner who was moved already, or is new, comes first.
            partner = int(np.lexsort((placed & (before == exchange.group), change))[0])
            offers.append((int(change[partner]), person, partner))
        if not _take_best(exchange, sorted(offers), over):
            return exchange.group


def _take_best(exchange: Exchange, offers: list[tuple[int, int, int]], over: int) -> bool:
    """Make the best swaps between groups not yet touched until `over` is gained; whether any was made."""
    touched: set[int] = set()
    gained = 0
    for change, one, other in offers:
        pair = {int(exchange.group[one]), int(exchange.group[other])}
        if change >= 0 or gained >= over:
            break
        if not pair & touched:
            exchange.swap(one, other)
            touched |= pair
            gained -= change
    return gained > 0
