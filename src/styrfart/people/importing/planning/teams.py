"""Teams and seats. A team in the file has the people of the file; what changes is ended and begun anew."""

from styrfart.people.importing.layout import Sheet
from styrfart.people.importing.planning.names import Names
from styrfart.people.importing.planning.plan import (
    Change,
    Closing,
    Difference,
    NewSeat,
    Plan,
    Redated,
    Tenure,
    span,
)
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.register import Register, SeatWish, TeamWish
from styrfart.people.importing.snapshot import SeatNow, Snapshot, TeamNow


def plan_teams(
    plan: Plan, register: Register, snapshot: Snapshot, closing: Closing, names: Names, *, is_whole: bool
) -> None:
    """Compare the teams of the register with those there are, and empty the seats of those who have left."""
    gone = frozenset(f"p{now.pk}" for now in plan.ended_people)
    has_teams = Sheet.TEAMS in register.sheets
    for wish in register.teams.values() if has_teams else ():
        _plan_team(plan, wish, snapshot, closing, names, tells_end=Sheet.TEAMS in register.tells_end)
    for now in snapshot.teams.values():
        if not now.is_open or now.slug in register.teams:
            continue
        seats = snapshot.seats.get(now.slug, [])
        if has_teams and is_whole:
            plan.ended_teams.append(now)
            if now.since > plan.day:
                closing.refuse(Tenure(now.pk, now.since, now.name))
            _tell(plan, "ended", now, names, lost=seats, won=[], extra=[], closing=closing)
        elif left := [seat for seat in seats if f"p{seat.person}" in gone]:
            _tell(plan, "changed", now, names, lost=left, won=[], extra=[], closing=closing)
        if not (has_teams and is_whole):
            _warn_of_ended_unit(plan, now)


def _warn_of_ended_unit(plan: Plan, now: TeamNow) -> None:
    for unit in plan.ended_units:
        if unit.code == now.unit:
            values = {"team": now.name, "unit": unit.name}
            plan.problems.append(Problem("team_in_ended_unit", values=values))


def _plan_team(
    plan: Plan, wish: TeamWish, snapshot: Snapshot, closing: Closing, names: Names, *, tells_end: bool
) -> None:
    now = snapshot.teams.get(wish.slug)
    current = snapshot.seats.get(wish.slug, [])
    lost, won, redated = _compare_seats(plan, wish, current, names, tells_end=tells_end)
    if now is None:
        plan.new_teams.append(wish)
        _tell(
            plan,
            "new",
            wish,
            names,
            lost=[],
            won=won,
            extra=[*_about(wish, names), *redated],
            closing=closing,
        )
        return
    changes = [*(_changes(now, wish, names) if now.is_open else _about(wish, names)), *redated]
    if not now.is_open or (now.name, now.level, now.unit) != (wish.name, wish.level, wish.unit):
        plan.changed_teams.append((now, wish))
    if not now.is_open or changes or lost or won:
        section = "changed" if now.is_open else "new"
        _tell(plan, section, wish, names, lost=lost, won=won, extra=changes, closing=closing)


def _about(wish: TeamWish, names: Names) -> list[Change]:
    return [Change("level", "", wish.level), Change("unit", "", names.unit_after(wish.unit))]


def _changes(now: TeamNow, wish: TeamWish, names: Names) -> list[Change]:
    found = []
    if now.name != wish.name:
        found.append(Change("name", now.name, wish.name))
    if now.level != wish.level:
        found.append(Change("level", now.level, wish.level))
    if now.unit != wish.unit:
        found.append(Change("unit", names.unit_before(now.unit), names.unit_after(wish.unit)))
    return found


def _compare_seats(
    plan: Plan, wish: TeamWish, current: list[SeatNow], names: Names, *, tells_end: bool
) -> tuple[list[SeatNow], list[SeatWish], list[Change]]:
    """The seats that end, those that begin, and the corrected days, which are noted in the plan."""
    left = list(current)
    won, redated = [], []
    for want in wish.seats:
        if want.valid_to is not None and want.valid_to < plan.day:
            continue
        part = (want.person, want.role, want.function)
        now = next((seat for seat in left if (f"p{seat.person}", seat.role, seat.function) == part), None)
        start = want.valid_from or (now.valid_from if now else plan.day)
        end = want.valid_to if tells_end or now is None else now.valid_to
        if now is None or (end is not None and end < start):
            won.append(want)
            continue
        left.remove(now)
        if (start, end) != (now.valid_from, now.valid_to):
            plan.seats.redated.append(Redated(now.pk, start, end))
            days = (span(now.valid_from, now.valid_to), span(start, end))
            redated.append(Change(f"days:{names.person(want.person)}", *days))
    return left, won, redated


def _tell(
    plan: Plan,
    section: str,
    team: TeamNow | TeamWish,
    names: Names,
    *,
    lost: list[SeatNow],
    won: list[SeatWish],
    extra: list[Change],
    closing: Closing,
) -> None:
    """Write the seats into the plan and tell the team's differences in one."""
    for seat in lost:
        closing.close(Tenure(seat.pk, seat.valid_from, names.person(f"p{seat.person}")), plan.seats)
    for want in won:
        start = want.valid_from or plan.day
        if any(f"p{seat.person}" == want.person for seat in lost):
            start = plan.day  # another part in the same team begins today
        end = want.valid_to if want.valid_to is None or want.valid_to >= start else None
        plan.new_seats.append(NewSeat(team.slug, want.person, want.role, want.function, start, end))
    before = {f"p{seat.person}": seat.role for seat in lost}
    after = {want.person: want.role for want in won}
    told = [
        Change(f"seat:{names.person(key)}", before.get(key, ""), after.get(key, ""))
        for key in dict.fromkeys([*before, *after])
    ]
    changes = [*extra, *told]
    concerns = tuple(dict.fromkeys([*before, *after]))
    plan.differences.append(
        Difference(
            section, "team", team.slug, team.name, names.unit_after(team.unit), tuple(changes), concerns
        )
    )
