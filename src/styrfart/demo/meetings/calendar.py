"""On which days a team meets, in two years that end today and the months ahead. No database, no chance."""

import datetime as dt
import enum
from dataclasses import dataclass

from styrfart.demo.days import Days
from styrfart.shared.workdays import is_workday, next_workday

THURSDAY = 3
HISTORY, AHEAD = 728, 126  # days
FORTNIGHT = 14
# What a decision may wait for: at most so long after it was ready does it take another meeting, or its own.
PATIENCE = dt.timedelta(days=18)


class Form(enum.StrEnum):
    """Kinds of meeting; all but the last as the starting points call them."""

    WEEKLY = "weekly"
    ORDINARY = "ordinary"
    STRATEGY = "strategy"
    DEVELOPMENT = "development"
    EXTRA = "extra"


@dataclass(frozen=True)
class Pace:
    """How a team meets."""

    history: int = HISTORY
    ahead: int = AHEAD
    has_weekly: bool = False
    meets_today: bool = False
    strategy: tuple[int, ...] = (2, 5, 9, 11)  # months
    development: tuple[int, ...] = (3, 6, 10, 12)
    starts_at: dt.time = dt.time(9)


@dataclass(frozen=True)
class Sitting:
    """One meeting in the calendar."""

    form: Form
    day: dt.date
    starts_at: dt.time
    minutes: int
    slot: dt.date | None = None  # the day of the series for which it stands


class Calendar:
    """A team's meetings in order of day; a decision finds its meeting here."""

    def __init__(self, days: Days, pace: Pace) -> None:
        self.today, self._days = days.today, days
        found = [*_ordinary(days, pace), *_quarterly(days, pace)]
        found += _weekly(days, pace) if pace.has_weekly else []
        if pace.meets_today and not any(each.day == self.today for each in found):
            found.append(Sitting(Form.WEEKLY, self.today, dt.time(15), 45))
        self.sittings = sorted(found, key=_order)

    def meeting_for(self, ready: dt.date, routed: dt.date, latest: dt.date) -> dt.date:
        """The day of the meeting at which something is decided that was ready on a day.

        After the day it was routed and by `latest`: the nearest ordinary meeting, rather later than earlier,
        else one of another kind; else the day itself, when a meeting is held for it.
        """
        latest = min(latest, self._days.workdays_ago(1))
        for forms in ({Form.ORDINARY}, {Form.WEEKLY, Form.EXTRA}):
            near = [
                one.day
                for one in self.sittings
                if one.form in forms and routed < one.day <= latest and abs(one.day - ready) <= PATIENCE
            ]
            if near:
                return min(near, key=lambda day: (day < ready, abs(day - ready)))
        return ready

    def meet_on(self, day: dt.date) -> None:
        """Something was decided together on the day: if nobody met then, they met for it."""
        if not any(one.day == day and one.form in DECIDING for one in self.sittings):
            self.sittings = sorted([*self.sittings, _extra(day)], key=_order)


# Where a matter of the desk may be decided.
DECIDING = frozenset({Form.ORDINARY, Form.WEEKLY, Form.EXTRA})


def next_ordinary(today: dt.date) -> dt.date:
    """Thursday in the coming week."""
    return today + dt.timedelta(days=(THURSDAY - today.weekday()) % 7 or 7)


def rests(day: dt.date) -> bool:
    """July, Christmas and New Year, when teams do not meet."""
    return (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 7) or day.month == 7  # July


def held_on(days: Days, slot: dt.date) -> dt.date:
    """The day itself, or a workday beside it that lies on the same side of today."""
    day = days.workday(slot)
    return next_workday(slot) if day <= days.today < slot else day


def _order(one: Sitting) -> tuple[dt.date, dt.time]:
    return one.day, one.starts_at


def _ordinary(days: Days, pace: Pace) -> list[Sitting]:
    first = next_ordinary(days.today)
    back, on = pace.history // FORTNIGHT, pace.ahead // FORTNIGHT
    slots = [first + dt.timedelta(days=FORTNIGHT * step) for step in range(-back, on + 1)]
    # The next meeting is held whatever the season, so that there is one to look at.
    slots = [slot for slot in slots if slot == first or not rests(slot)]
    return [
        Sitting(Form.ORDINARY, held_on(days, slot), pace.starts_at, 120, slot)
        for slot in slots
        if days.today - dt.timedelta(days=pace.history) <= slot
    ]


def _weekly(days: Days, pace: Pace) -> list[Sitting]:
    monday = days.today - dt.timedelta(days=days.today.weekday())
    slots = [monday + dt.timedelta(days=7 * step) for step in range(-(pace.history // 7), 9)]
    return [
        Sitting(Form.WEEKLY, slot, dt.time(15) if slot == days.today else dt.time(8, 30), 45, slot)
        for slot in slots
        if days.today - dt.timedelta(days=pace.history) <= slot
        and is_workday(slot)
        and (slot == days.today or not rests(slot))
    ]


def _quarterly(days: Days, pace: Pace) -> list[Sitting]:
    """Half-days of strategy on third Tuesdays, meetings about the team itself on second Wednesdays."""
    found = []
    first, last = days.today - dt.timedelta(days=pace.history), days.today + dt.timedelta(days=pace.ahead)
    for year in range(first.year, last.year + 1):
        for form, months, week, weekday, minutes in (
            (Form.STRATEGY, pace.strategy, 3, 1, 240),
            (Form.DEVELOPMENT, pace.development, 2, 2, 120),
        ):
            for month in months:
                day = days.workday(_nth(year, month, week, weekday))
                if first <= day <= last and day != days.today:
                    found.append(Sitting(form, day, dt.time(13), minutes))
    return found


def _nth(year: int, month: int, week: int, weekday: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (week - 1))


def _extra(day: dt.date) -> Sitting:
    return Sitting(Form.EXTRA, day, dt.time(13), 60)
