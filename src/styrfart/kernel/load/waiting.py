"""What could wait, so that nobody is above a limit: as few moves as possible, and how far that is proven."""

from dataclasses import replace

import numpy as np

from styrfart.kernel.load.exact import SLACK, Plan, best_plan, columns_of, entries_of
from styrfart.kernel.load.field import Cell, Field, field_of
from styrfart.kernel.load.greedy import by_relief
from styrfart.kernel.load.picture import Picture
from styrfart.kernel.load.program import Program
from styrfart.kernel.load.table import FINE
from styrfart.kernel.load.values import Limit, Move, Proof, Waiting


def what_could_wait(
    picture: Picture, *, nodes: int = 2_000, most_columns: int = 1_500, most_entries: int = 60_000
) -> Waiting:
    """The fewest claims to put off, and to when, so that as few people-weeks as possible are above a limit.

    Only claims with a `delay` move: later, by at most that, never past the picture's last week, and never to
    where they would add to a limit that is broken. First as few people-weeks above as can be, then as few
    moves, then as little waiting. Exact by integer programming where the problem is small (at most so many
    columns and entries; none for never) and the search ends within `nodes`; else by greatest relief.
    Where that is too large, exact among plans that move only what lies in crowded weeks now, if that is
    small. `bound` holds whatever the way: it also comes from the claims that would have to leave today's
    crowded weeks wherever they went. The work is counted in nodes, not seconds: the same plan on any machine.
    """
    field = field_of(picture)
    above = field.people_weeks(field.room)
    hopeless = field.people_weeks(field.without_movers())
    if above == hopeless:
        return Waiting((), 0, Proof.ALL, weeks_later=0, above=above, left=above)
    crowded = _crowded(field)
    asked = next((each for each in (field, crowded) if _is_small(each, most_columns, most_entries)), None)
    plan = None if asked is None else best_plan(asked, nodes)
    later, left = _better(field, asked, plan)
    bound = plan.fewest_moves if plan is not None and asked is field and left == plan.left else 0
    if bound < len(later):
        bound = max(bound, _must_leave(field, left, nodes))
    fewest_left = max(hopeless, plan.fewest_left) if plan is not None and asked is field else hopeless
    proof = Proof.NONE
    if (left, len(later)) == (fewest_left, bound):
        proof = Proof.ALL
    elif plan is not None and (left, len(later)) == (plan.fewest_left, plan.fewest_moves):
        proof = Proof.CROWDED
    moves = sorted((field.movers[number].claim, delay) for number, delay in later.items())
    claims = [(picture.claims[claim], delay) for claim, delay in moves]
    return Waiting(
        moves=tuple(Move(claim.key, claim.start, claim.start + delay) for claim, delay in claims),
        bound=bound,
        proof=proof,
        weeks_later=sum(later.values()),
        above=above,
        left=left,
    )


def _is_small(field: Field, most_columns: int, most_entries: int) -> bool:
    return len(columns_of(field)) <= most_columns and entries_of(field) <= most_entries


def _crowded(field: Field) -> Field:
    """The same with only those claims free to move that lie on somebody who is above a limit now."""
    return replace(
        field,
        movers=tuple(
            mover
            for mover in field.movers
            if any(
                (field.room[area.limit][area.segments, area.weeks] < 0).any()
                for area in mover.areas(0, field.weeks)
            )
        ),
    )


def _better(field: Field, asked: Field | None, plan: Plan | None) -> tuple[dict[int, int], int]:
    """Weeks later by the field's movers, and people-weeks left: of the exact plan and the quick one."""
    quick = by_relief(field)
    left = field.people_weeks(field.after(quick))
    if plan is None or asked is None or (plan.left, len(plan.later)) > (left, len(quick)):
        return quick, left
    numbers = {mover.claim: number for number, mover in enumerate(field.movers)}
    return {numbers[asked.movers[number].claim]: delay for number, delay in plan.later.items()}, plan.left


def _must_leave(field: Field, left: int, nodes: int) -> int:
    """The fewest claims whose leaving alone would bring all but `left` people-weeks within their limits.

    A bound for any plan that leaves as few: what it moves, gone altogether, clears at least what it clears.
    """
    broken = {limit: each < 0 for limit, each in field.room.items()}
    adds: dict[Cell, list[tuple[int, int]]] = {}
    for number, mover in enumerate(field.movers):
        for area in mover.areas(0, field.weeks):
            for cell in area.cells(broken[area.limit]):
                adds.setdefault(cell, []).append((number, area.value))
    count = len(field.movers)
    places = sorted({(segment, week) for _, segment, week in adds}) if left else []
    stays = {place: count + at for at, place in enumerate(places)}
    program = Program(count + len(stays))
    asked: dict[tuple[object, ...], float] = {}
    for (limit, segment, week), entries in adds.items():
        unit = 1 if limit is Limit.LARGE else FINE
        excess = -int(field.room[limit][segment, week]) / unit
        # The same claims asked for the same or less say nothing new.
        key = (limit, tuple(entries), stays.get((segment, week)))
        if asked.get(key, -1.0) < excess:
            asked[key] = excess
            extra = [(stays[segment, week], excess)] if left else []
            program.row([*((number, value / unit) for number, value in entries), *extra], low=excess - SLACK)
    if left:
        weights = [(column, float(field.people[segment])) for (segment, _), column in stays.items()]
        program.row(weights, high=float(left))
    costs = np.append(np.ones(count), np.zeros(len(stays)))
    _, bound, _ = program.solve(costs, nodes)
    return max(int(np.ceil(bound - SLACK)), 0)
