"""Who applies where, whom each programme puts first, and how many it takes: strict, after one lottery."""

from collections.abc import Sequence
from dataclasses import dataclass

from styrfart.kernel.errors import KernelError

NOT_ACCEPTED = -1


@dataclass(frozen=True)
class Market:
    """The input of every method; made by `market`, which checks it.

    `choices`: programmes by applicant, best first. `standings`: for each choice the applicant's place in the
    programme's strict order (lower goes first; no two the same in a programme), or -1 when the programme does
    not take the applicant. `ceilings`: by programme and department, or None.
    """

    choices: tuple[tuple[int, ...], ...]
    standings: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]
    draw: tuple[int, ...]
    departments: tuple[int, ...]
    ceilings: tuple[tuple[int, ...], ...] | None

    def standing(self, applicant: int, programme: int) -> int:
        """The applicant's place in the programme's order; -1 when not taken or not applied for."""
        chosen = self.choices[applicant]
        return self.standings[applicant][chosen.index(programme)] if programme in chosen else NOT_ACCEPTED

    def rank(self, applicant: int, programme: int | None) -> int | None:
        """1 for the applicant's first choice; None for no programme."""
        return None if programme is None else self.choices[applicant].index(programme) + 1


def market(
    choices: Sequence[Sequence[int]],
    capacities: Sequence[int],
    *,
    draw: Sequence[int],
    priorities: Sequence[Sequence[Sequence[int]]] | None = None,
    departments: Sequence[int] | None = None,
    ceilings: Sequence[int] | Sequence[Sequence[int]] | None = None,
) -> Market:
    """The market with each programme's order made strict by the one lottery.

    `choices`: by applicant, programmes 0… best first, those the applicant would accept. `draw`: all
    applicants, first to last (`lottery(...).order`). `priorities`: by programme, classes of applicants who
    are equal to it, the first class first; who is in no class is not taken; None: all are equal everywhere,
    so that the lottery alone decides. `departments`: by applicant, 0…. `ceilings`: at most so many of one
    department in a programme; a number by programme, or numbers by programme and department.

    Ties are broken once, by the same draw everywhere (single tie-breaking: Abdulkadiroğlu, Pathak & Roth
    2009).
    Raises `KernelError` for numbers out of range, a programme twice in a list, an applicant twice in a
    programme's classes, a draw that is no order of the applicants, or ceilings without departments.
    """
    people, programmes = len(choices), len(capacities)
    if sorted(draw) != list(range(people)):
        raise KernelError("a draw is an order of all applicants")
    if any(each < 0 for each in capacities):
        raise KernelError("a capacity is at least 0")
    lists = tuple(tuple(each) for each in choices)
    for each in lists:
        if len(set(each)) != len(each) or (each and not 0 <= min(each) <= max(each) < programmes):
            raise KernelError("a list has programmes of the market, each once")
    turn = [0] * people
    for position, applicant in enumerate(draw):
        turn[applicant] = position
    return Market(
        choices=lists,
        standings=_standings(lists, turn, priorities, programmes),
        capacities=tuple(capacities),
        draw=tuple(draw),
        departments=_departments(departments, people),
        ceilings=_ceilings(ceilings, departments, programmes),
    )


def _standings(
    choices: tuple[tuple[int, ...], ...],
    turn: Sequence[int],
    priorities: Sequence[Sequence[Sequence[int]]] | None,
    programmes: int,
) -> tuple[tuple[int, ...], ...]:
    if priorities is None:
        return tuple((turn[applicant],) * len(chosen) for applicant, chosen in enumerate(choices))
    if len(priorities) != programmes:
        raise KernelError("priorities are given by programme")
    orders = [_order(classes, turn) for classes in priorities]
    return tuple(
        tuple([orders[programme].get(applicant, NOT_ACCEPTED) for programme in chosen])
        for applicant, chosen in enumerate(choices)
    )


def _order(classes: Sequence[Sequence[int]], turn: Sequence[int]) -> dict[int, int]:
    """Each applicant's place in the strict order."""
    line: list[int] = []
    for each in classes:
        line += each if len(each) == 1 else sorted(each, key=turn.__getitem__)
    order = dict(zip(line, range(len(line)), strict=True))
    if len(order) != len(line) or (line and not 0 <= min(line) <= max(line) < len(turn)):
        raise KernelError("a programme's classes have applicants of the market, each once")
    return order


def _departments(departments: Sequence[int] | None, people: int) -> tuple[int, ...]:
    if departments is None:
        return (0,) * people
    if len(departments) != people or any(each < 0 for each in departments):
        raise KernelError("departments are given by applicant, from 0")
    return tuple(departments)


def _ceilings(
    ceilings: Sequence[int] | Sequence[Sequence[int]] | None,
    departments: Sequence[int] | None,
    programmes: int,
) -> tuple[tuple[int, ...], ...] | None:
    if ceilings is None:
        return None
    if departments is None or len(ceilings) != programmes:
        raise KernelError("ceilings are given by programme, and need departments")
    count = max(departments, default=-1) + 1
    table = tuple((each,) * count if isinstance(each, int) else tuple(each) for each in ceilings)
    if any(len(row) < count or min(row, default=0) < 0 for row in table):
        raise KernelError("a programme has one ceiling, or one for each department, at least 0")
    return table
