"""The most people who can have a place: a mixed-integer programme over slots and kinds of people, proven."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse

from styrfart.kernel.errors import KernelError
from styrfart.kernel.groups.kinds import Impossible, Refusal
from styrfart.kernel.groups.problem import Bools, Floats, Ints, Problem

NODES = 300  # of one search; beyond, its bound is still proven but need not be met


@dataclass(frozen=True)
class Cut:
    """People of whom a group may take only so many, so a slot with y groups at most y times as many."""

    people: tuple[int, ...]
    at_most: int


@dataclass(frozen=True)
class Kinds:
    """People who are alike to the slots: when they are free, how many of each, and who."""

    free: Bools
    count: Ints
    of_person: Ints  # -1 for people who are fixed to a group
    cut: tuple[Bools, ...]  # for each cut: which kinds are of it


@dataclass(frozen=True)
class Found:
    """People of each kind in each slot, groups in each slot, slots of fixed groups, and a proven most."""

    amounts: Ints
    groups: Ints
    fixed_slot: Ints
    at_most: int
    is_proven: bool  # whether the solver came to an end within its nodes


class Rows:
    """Rows of a linear programme, gathered one by one."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self._row: list[Ints] = []
        self._column: list[Ints] = []
        self._value: list[Floats] = []
        self._low: list[float] = []
        self._high: list[float] = []

    def add(self, low: float, high: float, *parts: tuple[Ints, float | Floats]) -> None:
        """low <= sum of coefficient times column over `parts` <= high."""
        for columns, value in parts:
            self._row.append(np.full(len(columns), len(self._low)))
            self._column.append(columns)
            self._value.append(np.broadcast_to(np.asarray(value, dtype=np.float64), columns.shape))
        self._low.append(low)
        self._high.append(high)

    def constraint(self) -> Any:  # SciPy has no types
        where = (np.concatenate(self._row), np.concatenate(self._column))
        matrix = sparse.csr_matrix((np.concatenate(self._value), where), shape=(len(self._low), self.columns))
        return optimize.LinearConstraint(matrix, self._low, self._high)


def by_programme(problem: Problem, kinds: Kinds, cuts: list[Cut]) -> Found | Refusal:
    """As many people as possible; then groups as near the usual size as that allows.

    Only the numbers of groups (and the slots of fixed groups) need be whole: with these given the rest is a
    flow, whose corners are whole. Where people are told apart by rules that cross each other it need not be,
    and everything is asked to be whole.
    """
    model = _Model(problem, kinds, cuts)
    most = model.solve(model.place_all, model.any_groups)
    if most is None and not model.is_proven:
        raise KernelError("the solver found no solution within its nodes")
    if most is None:
        return Refusal(Impossible.TOO_FEW_FOR_GROUPS if problem.groups else Impossible.TOO_FEW_PEOPLE)
    placed = int(model.amounts(most[0]).sum())
    if placed + model.fixed_people == 0:
        return Refusal(Impossible.TOO_FEW_PEOPLE)
    at_most = int(np.floor(-most[1] + 1e-6)) + model.fixed_people
    solution = most[0]
    for groups in _usual_groups(problem, kinds, placed + model.fixed_people):
        nearer = model.solve(model.near_usual, (groups, groups))
        if nearer is not None and int(model.amounts(nearer[0]).sum()) == placed:
            solution = nearer[0]
            break
    else:
        chosen = model.groups(solution)
        solution = (model.solve(model.near_usual, (chosen, chosen)) or most)[0]
    return Found(
        model.amounts(solution), model.groups(solution), model.fixed_slots(solution), at_most, model.is_proven
    )


def _usual_groups(problem: Problem, kinds: Kinds, placed: int) -> list[Ints]:
    """Numbers of groups for the slots, in proportion to demand, so that most have the usual size."""
    choices = np.maximum(kinds.free.sum(axis=1), 1)
    demand = (kinds.free / choices[:, None] * kinds.count[:, None]).sum(axis=0)
    if problem.groups is not None:
        return [shared(demand, problem.groups)] if demand.any() else []
    wanted = max(round(placed / problem.usual), 1)
    totals = dict.fromkeys((wanted, -(-placed // problem.largest), max(placed // problem.smallest, 1)))
    return [shared(demand, total) for total in totals] if demand.any() else []


def shared(demand: Floats, wanted: int) -> Ints:
    """`wanted` shared in proportion to demand, by largest remainder."""
    exact = demand / demand.sum() * wanted
    whole: Ints = np.floor(exact).astype(np.int64)
    missing = wanted - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    return whole


def _is_nested(cuts: list[Cut]) -> bool:
    """Whether no two cuts cross: then each is a node of the flow."""
    sets = [set(cut.people) for cut in cuts]
    return all(
        one.isdisjoint(other) or one <= other or other <= one
        for at, one in enumerate(sets)
        for other in sets[:at]
    )


class _Model:
    """Columns: people on each free (kind, slot); groups of each slot; each fixed group's slot; deviations."""

    def __init__(self, problem: Problem, kinds: Kinds, cuts: list[Cut]) -> None:
        self._problem, self._kinds = problem, kinds
        self.is_proven = True
        self._kind, self._slot = kinds.free.nonzero()
        self._slots = problem.times.shape[1]
        edges, fixed = len(self._kind), problem.fixed_groups
        self._y = edges + np.arange(self._slots)
        self._w = edges + self._slots + np.arange(fixed * self._slots).reshape(fixed, self._slots)
        self._over = edges + self._slots + self._w.size + np.arange(self._slots)
        self._columns = int(self._over[-1]) + 1
        self._members = [np.flatnonzero(problem.fixed == each) for each in range(fixed)]
        self.fixed_people = sum(len(each) for each in self._members)
        self._rows = Rows(self._columns)
        self._fill(cuts)
        self._whole = np.zeros(self._columns)
        self._whole[self._y] = self._whole[self._w] = 1
        if not _is_nested(cuts):
            self._whole[:edges] = 1
        self._high = np.full(self._columns, float(problem.people))
        self._high[:edges] = kinds.count[self._kind]
        for group, members in enumerate(self._members):
            self._high[self._w[group]] = problem.times[members].all(axis=0)

    def _fill(self, cuts: list[Cut]) -> None:
        problem, rows = self._problem, self._rows
        sizes = np.array([len(each) for each in self._members], dtype=np.float64)
        for kind, count in enumerate(self._kinds.count.tolist()):
            rows.add(0, count, (np.flatnonzero(self._kind == kind), 1.0))
        for group in range(len(sizes)):
            rows.add(1, 1, (self._w[group], 1.0))
        for slot in range(self._slots):
            people, groups, fixed = (
                np.flatnonzero(self._slot == slot),
                self._y[slot : slot + 1],
                self._w[:, slot],
            )
            missing = np.maximum(problem.smallest - sizes, 0.0)
            rows.add(
                0, np.inf, (people, 1.0), (groups, -problem.smallest), (fixed, problem.smallest - missing)
            )
            rows.add(-np.inf, 0, (people, 1.0), (groups, -problem.largest), (fixed, sizes))
            rows.add(0, np.inf, (groups, 1.0), (fixed, -1.0))
            over, usual = self._over[slot : slot + 1], float(problem.usual)
            rows.add(0, np.inf, (over, 1.0), (people, 1.0), (fixed, sizes), (groups, -usual))
            rows.add(0, np.inf, (over, 1.0), (people, -1.0), (fixed, -sizes), (groups, usual))
        if problem.groups is not None:
            rows.add(problem.groups, problem.groups, (self._y, 1.0))
        for at, cut in enumerate(cuts):
            self._cut(at, cut)

    def _cut(self, at: int, cut: Cut) -> None:
        same = np.array([float(np.isin(each, cut.people).sum()) for each in self._members])
        mine = self._kinds.cut[at][self._kind]
        for slot in np.unique(self._slot[mine]).tolist():
            people, groups = np.flatnonzero((self._slot == slot) & mine), self._y[slot : slot + 1]
            self._rows.add(-np.inf, 0, (people, 1.0), (groups, -cut.at_most), (self._w[:, slot], same))

    @property
    def place_all(self) -> Floats:
        cost = np.zeros(self._columns)
        cost[: len(self._kind)] = -1.0
        return cost

    @property
    def near_usual(self) -> Floats:
        """As many people as possible, and of such solutions the one nearest to the usual size."""
        cost = self.place_all
        cost[self._over] = 1.0 / (4.0 * max(self._problem.people, 1))
        return cost

    @property
    def any_groups(self) -> tuple[Ints, Ints]:
        return np.zeros(self._slots, dtype=np.int64), np.full(self._slots, self._problem.people)

    def solve(self, cost: Floats, groups: tuple[Ints, Ints]) -> tuple[Floats, float] | None:
        """The solution with numbers of groups in this range and the proven bound on the cost, or None."""
        found = self._milp(cost, groups, self._whole)
        if found is None:
            return None
        people, bound = found.x[: len(self._kind)], float(found.mip_dual_bound)
        if np.abs(people - np.round(people)).max(initial=0.0) > 1e-6:
            # A solution between corners: a corner is asked for, with the numbers of groups that were found.
            whole = np.where(np.arange(self._columns) < len(self._kind), 1, self._whole)
            chosen = self.groups(np.round(found.x))
            found = self._milp(cost, (chosen, chosen), whole) or found
        return np.round(found.x), bound

    def _milp(self, cost: Floats, groups: tuple[Ints, Ints], whole: Floats) -> Any:
        low, high = np.zeros(self._columns), self._high.copy()
        low[self._y], high[self._y] = groups
        found = optimize.milp(
            cost,
            constraints=[self._rows.constraint()],
            integrality=whole,
            bounds=optimize.Bounds(low, high),
            options={"mip_rel_gap": 0.0, "node_limit": NODES},
        )
        if found.status == 2:  # proven to have no solution
            return None
        self.is_proven &= found.status == 0
        if found.x is None and found.status != 1:  # 1: no solution within the nodes
            raise KernelError(f"the solver gave no answer: status {found.status}")
        return None if found.x is None else found

    def amounts(self, solution: Floats) -> Ints:
        amounts = np.zeros(self._kinds.free.shape, dtype=np.int64)
        amounts[self._kind, self._slot] = solution[: len(self._kind)]
        return amounts

    def groups(self, solution: Floats) -> Ints:
        return solution[self._y].astype(np.int64)

    def fixed_slots(self, solution: Floats) -> Ints:
        return np.asarray(solution[self._w].argmax(axis=1), dtype=np.int64).reshape(len(self._members))
