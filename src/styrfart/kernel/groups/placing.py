"""Taking out of groups whoever breaks a hard rule there, and finding places for those who have none."""

import numpy as np

from styrfart.kernel.groups.exchange import Exchange
from styrfart.kernel.groups.problem import Ints

CHAINS = 400  # groups tried for one person by moving somebody else


class Placing:
    """Changes an exchange's partition until it breaks no hard rule, with as many placed as it finds."""

    def __init__(self, exchange: Exchange, *, least_unplaced: int) -> None:
        self._exchange, self._problem = exchange, exchange.problem
        self._least = least_unplaced  # fewer is proven to be impossible, and is not tried
        self._fixed = exchange.problem.fixed

    def mend(self) -> bool:
        """Take out who breaks a rule, place those without a place, close groups that stay too small."""
        before = self._exchange.group.copy()
        self._take_out()
        self._place_all()
        if self._close_small():
            self._place_all()
            self._close_small()
        return bool((before != self._exchange.group).any())

    def fill(self) -> None:
        """Give groups that are too small the people without a place, then members that others can spare."""
        self._place_all()
        for group, members in enumerate(self._exchange.members):
            while 0 < len(members) < self._problem.smallest and self._fetch(group):
                pass

    def _fetch(self, group: int) -> bool:
        """Move to `group` the cheapest member of a group that can spare one; false where none may come."""
        exchange, sizes = self._exchange, self._sizes()
        people = exchange.movable()
        people = people[sizes[exchange.group[people]] > self._problem.smallest]
        people = people[exchange.group[people] != group]
        if not people.size:
            return False
        change = exchange.enter[group, people] - exchange.own[people]
        if 2 * change.min() >= exchange.weights.hard + 2 * exchange.weights.move:
            return False
        exchange.move(int(people[change.argmin()]), group)
        return True

    def _sizes(self) -> Ints:
        return np.array([len(each) for each in self._exchange.members], dtype=np.int64)

    def _breaks(self, person: int) -> int:
        """How many hard rules fewer would be broken if the person left their group."""
        exchange = self._exchange
        return round(float(exchange.own[person]) / exchange.weights.hard)

    def _is_fixed(self, person: int) -> bool:
        return self._fixed is not None and bool(self._fixed[person] >= 0)

    def _take_out(self) -> None:
        """From each group, as long as a rule is broken there, the one who breaks most."""
        for members in self._exchange.members:
            while True:
                loose = [each for each in members if not self._is_fixed(each)]
                worst = max(loose, key=lambda each: (self._breaks(each), -each), default=-1)
                too_many = len(members) > self._problem.largest
                if worst < 0 or (self._breaks(worst) < 1 and not too_many):
                    break
                self._exchange.move(worst, -1)

    def _place_all(self) -> None:
        """Places for people without one, first in groups that are too small, as long as anybody gets one."""
        waiting = np.flatnonzero(self._exchange.group < 0).tolist()
        while len(waiting) > self._least:
            left = [
                person for person in waiting if not (self._place(person) or self._place_by_moving(person))
            ]
            if len(left) == len(waiting):
                return
            waiting = left

    def _room(self) -> Ints:
        return np.flatnonzero(self._sizes() < self._problem.largest)

    def _place(self, person: int) -> bool:
        """Put the person where it breaks no rule and costs least, first in a group that lacks people."""
        room, hard = self._room(), self._exchange.weights.hard
        if self._is_fixed(person) and self._fixed is not None:
            room = room[room == self._fixed[person]]
        cost = self._exchange.enter[room, person]
        room, cost = room[cost < hard // 2], cost[cost < hard // 2]
        if not room.size:
            return False
        sizes = self._sizes()[room]
        lacks = (sizes < self._problem.smallest) & (sizes > 0)
        order = np.lexsort((cost, sizes == 0, ~lacks))
        if sizes[order[0]] == 0 and self._problem.smallest > 1:
            return False
        self._exchange.move(person, int(room[order[0]]))
        return True

    def _place_by_moving(self, person: int) -> bool:
        """Put the person in somebody else's place, who gets a place in another group."""
        exchange, hard = self._exchange, self._exchange.weights.hard
        if self._is_fixed(person):
            return False
        clashes = np.round(exchange.enter[:, person] / hard)
        sizes = self._sizes()
        near = np.flatnonzero((clashes <= 1) & (sizes >= self._problem.smallest))
        for group in near[np.lexsort((near, clashes[near]))][:CHAINS].tolist():
            for other in list(exchange.members[group]):
                if not self._is_fixed(other) and self._trade(person, other, group):
                    return True
        return False

    def _trade(self, person: int, other: int, group: int) -> bool:
        exchange, hard = self._exchange, self._exchange.weights.hard
        room = self._room()
        room = room[(room != group) & (self._sizes()[room] > 0)]
        cost = exchange.enter[room, other]
        if not (cost < hard // 2).any():
            return False
        exchange.move(other, int(room[cost.argmin()]))
        if exchange.enter[group, person] < hard // 2:
            exchange.move(person, group)
            return True
        exchange.move(other, group)
        return False

    def _close_small(self) -> bool:
        """Groups with fewer than the smallest size lose their members, who may be placed elsewhere."""
        closed = False
        for members in self._exchange.members:
            if 0 < len(members) < self._problem.smallest:
                closed = True
                for person in list(members):
                    if not self._is_fixed(person):
                        self._exchange.move(person, -1)
        return closed
