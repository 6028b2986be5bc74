"""Days on which people are at work in Sweden: not Saturdays and Sundays, public holidays and their eves.

The holidays are those of the act on public holidays (lag 1989:253 om allmänna helgdagar). Midsummer's Eve,
Christmas Eve and New Year's Eve are not in it, but count as holidays in the agreements of local government.
"""

import datetime as dt
from functools import cache

SATURDAY = 5
# Days from Easter Sunday: Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday.
WITH_EASTER = (-2, 0, 1, 39, 49)
FIXED = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))


def is_workday(day: dt.date) -> bool:
    """Whether an ordinary office is open."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def next_workday(day: dt.date) -> dt.date:
    """The day itself when it is a workday, else the first one after it."""
    while not is_workday(day):
        day += dt.timedelta(days=1)
    return day


def workdays_after(day: dt.date, count: int) -> dt.date:
    """The day that lies `count` workdays after `day`."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_workday(day)
    return day


@cache
def holidays(year: int) -> frozenset[dt.date]:
    """The public holidays of the year, and the three eves."""
    easter = easter_sunday(year)
    midsummer_eve = _friday_from(dt.date(year, 6, 19))
    return frozenset(
        [dt.date(year, month, day) for month, day in FIXED]
        + [easter + dt.timedelta(days=days) for days in WITH_EASTER]
        + [midsummer_eve, midsummer_eve + dt.timedelta(days=1)]
        + [_friday_from(dt.date(year, 10, 30)) + dt.timedelta(days=1)]  # All Saints' Day
    )


def easter_sunday(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar.

    The moon's age is reckoned as the church does: the golden number, corrected for the leap days that are
    left out in three centuries of four and for the moon's drift of a day in some three hundred years.
    """
    golden = year % 19
    century = year // 100
    left_out = century - century // 4
    drift = (century - (century - 17) // 25) // 3
    age = (left_out - drift + 19 * golden + 15) % 30
    # A full moon that would fall on 19 April, or on the 18th late in the cycle, comes a day early.
    full = age - (age // 28) * (1 - (29 // (age + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + full + 2 - left_out) % 7
    days = full - weekday
    month = 3 + (days + 40) // 44
    return dt.date(year, month, days + 28 - 31 * (month // 4))


def _friday_from(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(4 - day.weekday()) % 7)
