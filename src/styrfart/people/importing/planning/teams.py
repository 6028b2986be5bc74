"""Teams and seats. A team in the file has the people of the file; what changes is ended and begun anew."""

import datetime as dt
from dataclasses import dataclass

from styrfart.people.importing.layout import Sheet
from styrfart.people.importing.planning.names import Names
from styrfart.people.importing.planning.plan import (
    ONE_DAY,
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
from styrfart.people.models import TeamRole


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
            _refuse_if_overtaken(now, closing)
            _refuse_if_begun_later(now, closing)
            _end_seats(plan, seats, closing, names)
            _tell(plan, "ended", now, names, lost=seats, won=[], extra=[])
            continue
        if left := [seat for seat in seats if f"p{seat.person}" in gone]:
            _end_seats(plan, left, closing, names)
            _tell(plan, "changed", now, names, lost=left, won=[], extra=[])
        _warn_of_ended_unit(plan, now)


def _refuse_if_overtaken(now: TeamNow, closing: Closing) -> None:
    """A team that ended on a later day cannot be told of as if it had not."""
    if now.ends is not None:
        closing.refuse(Tenure(now.pk, now.ends + ONE_DAY, now.name))


def _refuse_if_begun_later(now: TeamNow, closing: Closing) -> None:
    """What a team has been called since a later day is not ended before that day."""
    if now.since > closing.day:
        closing.refuse(Tenure(now.pk, now.since, now.name))


def _warn_of_ended_unit(plan: Plan, now: TeamNow) -> None:
    for unit in plan.ended_units:
        if unit.code == now.unit:
            values = {"team": now.name, "unit": unit.name}
            plan.problems.append(Problem("team_in_ended_unit", values=values))


def _plan_team(
    plan: Plan, wish: TeamWish, snapshot: Snapshot, closing: Closing, names: Names, *, tells_end: bool
) -> None:
    now = snapshot.teams.get(wish.slug)
    seats = _Seats(plan, wish, snapshot, closing, names)
    lost, won, redated = seats.compare(tells_end=tells_end)
    _end_seats(plan, lost, closing, names)
    seats.begin(won, lost)
    if now is None:
        plan.new_teams.append(wish)
        _tell(plan, "new", wish, names, lost=[], won=won, extra=[*_about(wish, names), *redated])
        return
    if now.is_open:
        _refuse_if_overtaken(now, closing)
    changes = [*(_changes(now, wish, names) if now.is_open else _about(wish, names)), *redated]
    if not now.is_open or (now.name, now.level, now.unit) != (wish.name, wish.level, wish.unit):
        plan.changed_teams.append((now, wish))
        if now.is_open:
            _refuse_if_begun_later(now, closing)
    if not now.is_open or changes or lost or won:
        section = "changed" if now.is_open else "new"
        _tell(plan, section, wish, names, lost=lost, won=won, extra=changes)


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


@dataclass(frozen=True)
class _Seats:
    """The seats of a team, as they are and as they should be."""

    plan: Plan
    wish: TeamWish
    snapshot: Snapshot
    closing: Closing
    names: Names

    def compare(self, *, tells_end: bool) -> tuple[list[SeatNow], list[SeatWish], list[Change]]:
        """The seats that end, those that begin, and the corrected days, which are noted in the plan."""
        left = list(self.snapshot.seats.get(self.wish.slug, []))
        won, redated = [], []
        for want in self.wish.seats:
            if want.valid_to is not None and want.valid_to < self.plan.day:
                continue
            now = _same(left, want)
            if now is None:
                won.append(want)
                continue
            start = self.closing.correct(want.valid_from, now.valid_from, self._past(want))
            end = want.valid_to if tells_end else now.valid_to
            if end is not None and end < start:
                won.append(want)
                continue
            left.remove(now)
            if (start, end) != (now.valid_from, now.valid_to):
                self.plan.seats.redated.append(Redated(now.pk, start, end))
                days = (span(now.valid_from, now.valid_to), span(start, end))
                redated.append(Change(f"days:{self.names.person(want.person)}", *days))
        return left, won, redated

    def begin(self, won: list[SeatWish], lost: list[SeatNow]) -> None:
        """Write the new seats into the plan: nobody has two at once, and a team has one chair."""
        before = self.closing.day - ONE_DAY
        ended = [seat for seat in lost if self.closing.took_effect_before(seat.valid_from)]
        for want in won:
            follows = any(
                f"p{seat.person}" == want.person or seat.role == want.role == TeamRole.CHAIR for seat in ended
            )
            start = self.closing.begin(want.valid_from, [before] if follows else self._past(want))
            seat = NewSeat(self.wish.slug, want.person, want.role, want.function, start, want.valid_to)
            self.plan.new_seats.append(seat)

    def _past(self, want: SeatWish) -> list[dt.date | None]:
        """The last days of what the seat may not reach back over."""
        person = int(want.person[1:]) if want.person.startswith("p") else 0
        chaired = self.snapshot.past_chairs.get(self.wish.slug) if want.role == TeamRole.CHAIR else None
        return [self.snapshot.past_seats.get((self.wish.slug, person)), chaired]


def _same(left: list[SeatNow], want: SeatWish) -> SeatNow | None:
    """The seat that goes on as wished: an empty function leaves what is known, days tell seats apart."""
    found = [
        seat
        for seat in left
        if (f"p{seat.person}", seat.role) == (want.person, want.role) and want.function in {"", seat.function}
    ]
    return min(
        found,
        key=lambda seat: (seat.function != want.function, seat.valid_from != want.valid_from),
        default=None,
    )


def _end_seats(plan: Plan, lost: list[SeatNow], closing: Closing, names: Names) -> None:
    for seat in lost:
        closing.close(Tenure(seat.pk, seat.valid_from, names.person(f"p{seat.person}")), plan.seats)


def _tell(
    plan: Plan,
    section: str,
    team: TeamNow | TeamWish,
    names: Names,
    *,
    lost: list[SeatNow],
    won: list[SeatWish],
    extra: list[Change],
) -> None:
    """Tell the team's differences in one."""
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
