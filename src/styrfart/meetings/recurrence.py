"""On which days the meetings of a series fall, and how a calendar writes that."""

import calendar
import datetime as dt
from collections.abc import Iterator

from styrfart.meetings.models import Rhythm

WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2, Rhythm.THIRD_WEEK: 3, Rhythm.FOURTH_WEEK: 4}
MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def days(rhythm: Rhythm, first_on: dt.date, last_on: dt.date) -> list[dt.date]:
    """Every day of the series, from `first_on` up to and including `last_on` at most.

    By the month: the same weekday of the same week of the month as `first_on`; the fifth means the last.
    """
    found = _weekly(first_on, WEEKS[rhythm]) if rhythm in WEEKS else _monthly(first_on, MONTHS[rhythm])
    taken = []
    for day in found:
        if day > last_on:
            break
        taken.append(day)
    return taken


def rule(rhythm: Rhythm, first_on: dt.date) -> dict[str, str | int]:
    """The parts of the RRULE (RFC 5545, 3.3.10) that give the same days, without its end."""
    if rhythm in WEEKS:
        return {"FREQ": "WEEKLY", "INTERVAL": WEEKS[rhythm]}
    week = _week_of_month(first_on)
    return {
        "FREQ": "MONTHLY",
        "INTERVAL": MONTHS[rhythm],
        "BYDAY": f"{-1 if week == 5 else week}{WEEKDAYS[first_on.weekday()]}",
    }


def _weekly(first_on: dt.date, weeks: int) -> Iterator[dt.date]:
    day = first_on
    while True:
        yield day
        day += dt.timedelta(weeks=weeks)


def _monthly(first_on: dt.date, months: int) -> Iterator[dt.date]:
    week = _week_of_month(first_on)
    # The fifth of a weekday is its last, in every month.
    year, month = first_on.year, first_on.month
    while True:
        yield _nth_weekday(year, month, first_on.weekday(), week)
        year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1


def _week_of_month(day: dt.date) -> int:
    return (day.day - 1) // 7 + 1


def _nth_weekday(year: int, month: int, weekday: int, week: int) -> dt.date:
    found = [
        each
        for each in calendar.Calendar().itermonthdates(year, month)
        if each.month == month and each.weekday() == weekday
    ]
    return found[-1] if week == 5 else found[week - 1]
