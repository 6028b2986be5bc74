"""Which of the waiting questions a meeting should take up, when there is not time for all of them.

Each question has a worth a minute, so that a long one is not put aside for being long. What cannot wait until
the next meeting is always taken up. The rest is chosen so that the sum of worth is the greatest possible
within the time, where a minute beyond the share of time that the team has set for a purpose costs as much as
an ordinary minute is worth: what goes beyond its share has to be more pressing than usual. The choice is
exact (a knapsack for each purpose, joined over purposes), not greedy.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import gcd

from styrfart.kernel.errors import KernelError

# Points a minute.
ORDINARY = 10  # of any question; and what a minute beyond its purpose's share costs
RETURNING = 20  # it was on an agenda already and was not reached, or was put off
SOON = 15  # its latest day comes before the meeting after the next
WEEKS = 12  # a point for each week that it has waited, at most
LONG_WAIT = 28  # days of waiting that are worth a word
LONGEST = 24 * 60  # minutes
MOST = 500  # candidates


class Why(Enum):
    """Why a question was chosen, or left. Of several the first that holds is given first."""

    CANNOT_WAIT = "cannot_wait"  # its latest day comes before the next meeting
    RETURNING = "returning"
    SOON = "soon"
    LONG_WAIT = "long_wait"
    FITS = "fits"  # nothing but that there was time for it
    NOT_READY = "not_ready"
    NO_TIME = "no_time"
    SHARE_IS_FULL = "share_is_full"  # there was time, but its purpose has had its share


@dataclass(frozen=True)
class Candidate:
    """A question that waits. Days are counted from the day of the meeting that is planned."""

    key: Hashable
    purpose: str
    minutes: int
    latest_in: int | None = None  # days until its latest day; negative when that has passed
    waited: int = 0  # days
    is_returning: bool = False
    is_ready: bool = True


@dataclass(frozen=True)
class Placed:
    """A question and why it was chosen or left."""

    candidate: Candidate
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Draft:
    """The choice, its certificate, and what was left."""

    chosen: tuple[Placed, ...]  # in the order given
    left: tuple[Placed, ...]  # in the order given
    minutes: int  # of the chosen
    over: int  # minutes that what cannot wait goes beyond the time
    worth: int  # points; no other choice within the time has more


def draft(
    candidates: Sequence[Candidate],
    *,
    minutes: int,
    next_in: int,
    shares: Mapping[str, float] | None = None,
    taken: Mapping[str, int] | None = None,
) -> Draft:
    """The best choice of `candidates` for a meeting with `minutes` left to fill.

    `next_in`: days from this meeting to the next. `shares`: percent of the whole meeting that each purpose
    should have; a purpose that is not named has no share of its own and may take any. `taken`: minutes by
    purpose that are on the agenda already (they are not in `minutes`).

    Raises `KernelError` for a negative or too long time, a candidate without minutes, two with the same key,
    or more than 500 candidates.
    """
    _check(candidates, minutes, next_in)
    taken = taken or {}
    whole = minutes + sum(taken.values())
    room = {purpose: share * whole / 100 for purpose, share in (shares or {}).items()}
    must = [each for each in candidates if _cannot_wait(each, next_in)]
    used = dict(taken)
    for each in must:
        used[each.purpose] = used.get(each.purpose, 0) + each.minutes
    spent = sum(each.minutes for each in must)
    free = [each for each in candidates if each.is_ready and not _cannot_wait(each, next_in)]
    best = _best(free, max(minutes - spent, 0), room, used, next_in)
    keys = {each.key for each in must} | {each.key for each in best}
    total = sum(each.minutes for each in candidates if each.key in keys)
    return Draft(
        chosen=tuple(
            Placed(each, _why_chosen(each, next_in)) for each in candidates if each.key in keys
        ),
        left=tuple(
            Placed(each, (_why_left(each, minutes - total),)) for each in candidates if each.key not in keys
        ),
        minutes=total,
        over=max(total - minutes, 0),
        worth=worth_of(
            [each for each in candidates if each.key in keys], next_in=next_in, room=room, taken=taken
        ),
    )  # fmt: skip


def worth_of(
    chosen: Sequence[Candidate],
    *,
    next_in: int,
    room: Mapping[str, float],
    taken: Mapping[str, int],
) -> int:
    """The points of a choice: worth a minute times minutes, less what goes beyond each purpose's `room`."""
    used = dict(taken)
    for each in chosen:
        used[each.purpose] = used.get(each.purpose, 0) + each.minutes
    gained = sum(_points(each, next_in) * each.minutes for each in chosen)
    return gained - sum(_cost(used[purpose], room.get(purpose)) for purpose in used)


def _check(candidates: Sequence[Candidate], minutes: int, next_in: int) -> None:
    if not 0 <= minutes <= LONGEST or next_in < 1:
        raise KernelError("a meeting has 0 to 1440 minutes, and the next is at least a day away")
    if len(candidates) > MOST or len({each.key for each in candidates}) != len(candidates):
        raise KernelError("at most 500 candidates, each with a key of its own")
    if any(not 1 <= each.minutes <= LONGEST for each in candidates):
        raise KernelError("a candidate takes 1 to 1440 minutes")


def _cannot_wait(each: Candidate, next_in: int) -> bool:
    return each.latest_in is not None and each.latest_in < next_in


def _is_soon(each: Candidate, next_in: int) -> bool:
    return each.latest_in is not None and each.latest_in < 2 * next_in


def _points(each: Candidate, next_in: int) -> int:
    """What a minute of it is worth."""
    return (
        ORDINARY
        + RETURNING * each.is_returning
        + SOON * _is_soon(each, next_in)
        + min(max(each.waited, 0) // 7, WEEKS)
    )


def _cost(used: float, room: float | None) -> int:
    return 0 if room is None else round(ORDINARY * max(used - room, 0))


def _why_chosen(each: Candidate, next_in: int) -> tuple[Why, ...]:
    found = [
        why
        for why, holds in (
            (Why.CANNOT_WAIT, _cannot_wait(each, next_in)),
            (Why.RETURNING, each.is_returning),
            (Why.SOON, _is_soon(each, next_in) and not _cannot_wait(each, next_in)),
            (Why.LONG_WAIT, each.waited >= LONG_WAIT),
            (Why.NOT_READY, not each.is_ready),
        )
        if holds
    ]
    return tuple(found) or (Why.FITS,)


def _why_left(each: Candidate, minutes_left: int) -> Why:
    if not each.is_ready:
        return Why.NOT_READY
    return Why.NO_TIME if each.minutes > minutes_left else Why.SHARE_IS_FULL


Sack = tuple[int, int]  # points, and the chosen as bits


def _best(
    free: Sequence[Candidate],
    minutes: int,
    room: Mapping[str, float],
    used: Mapping[str, int],
    next_in: int,
) -> list[Candidate]:
    """The subset with the most points within the time; of equal ones that with the fewest minutes."""
    unit = gcd(minutes, *(each.minutes for each in free)) or 1
    steps = minutes // unit
    whole: list[Sack | None] = [(0, 0), *[None] * steps]
    by_purpose: dict[str, list[int]] = {}
    for index, each in enumerate(free):
        by_purpose.setdefault(each.purpose, []).append(index)
    for purpose, indices in by_purpose.items():
        sack = _sack(free, indices, steps, unit, next_in)
        before = used.get(purpose, 0)
        free_cost = _cost(before, room.get(purpose))
        worth = [
            (each[0] - _cost(before + step * unit, room.get(purpose)) + free_cost, each[1]) if each else None
            for step, each in enumerate(sack)
        ]
        whole = _joined(whole, worth)
    best = max((each for each in whole if each), key=lambda each: each[0])
    return [each for index, each in enumerate(free) if best[1] >> index & 1]


def _sack(
    free: Sequence[Candidate], indices: Sequence[int], steps: int, unit: int, next_in: int
) -> list[Sack | None]:
    """For each exact number of time steps: the most points that questions of one purpose reach, and which."""
    sack: list[Sack | None] = [(0, 0), *[None] * steps]
    for index in indices:
        size = free[index].minutes // unit
        gain = _points(free[index], next_in) * free[index].minutes
        for step in range(steps, size - 1, -1):
            before = sack[step - size]
            if before is not None:
                sack[step] = _better(sack[step], (before[0] + gain, before[1] | 1 << index))
    return sack


def _joined(one: Sequence[Sack | None], other: Sequence[Sack | None]) -> list[Sack | None]:
    """The best of two purposes together, for each exact number of time steps."""
    joined: list[Sack | None] = [None] * len(one)
    given = [(step, each) for step, each in enumerate(other) if each is not None]
    for step, each in enumerate(one):
        if each is None:
            continue
        for more, extra in given:
            if step + more >= len(joined):
                break
            joined[step + more] = _better(joined[step + more], (each[0] + extra[0], each[1] | extra[1]))
    return joined


def _better(one: Sack | None, other: Sack) -> Sack:
    """The one with more points; of equal ones the one whose questions come first in the order given."""
    if one is None or other[0] > one[0]:
        return other
    if other[0] < one[0]:
        return one
    differing = one[1] ^ other[1]
    first = differing & -differing
    return one if one[1] & first or not differing else other
