"""Days that a decision offers with one press: in two weeks, in a month, by the next four-month report."""

import calendar
import datetime as dt

from django.utils.translation import gettext as _

from styrfart.shared.templatetags.words import day_short
from styrfart.shared.workdays import next_workday

CHIPS = ("2v", "1m", "tertial")
# A four-month period that ends sooner than this leaves no time to do anything.
LEAST_TO_TERTIAL = dt.timedelta(days=14)


def months_later(wanted: dt.date, months: int) -> dt.date:
    """The same day of the month so many months later, or that month's last day."""
    year, month = divmod(wanted.year * 12 + wanted.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(wanted.day, last))


def tertial_end(today: dt.date) -> dt.date:
    """The end of the four-month period that is at least two weeks away: 30 April, 31 August, 31 December."""
    ends = [
        dt.date(today.year + add, month, last)
        for add in (0, 1)
        for month, last in ((4, 30), (8, 31), (12, 31))
    ]
    return next(end for end in ends if end - today >= LEAST_TO_TERTIAL)


def chip_day(chip: str, today: dt.date) -> dt.date:
    """The day that a chip stands for."""
    if chip == "2v":
        return next_workday(today + dt.timedelta(days=14))
    return next_workday(months_later(today, 1)) if chip == "1m" else tertial_end(today)


def chip_label(chip: str, today: dt.date) -> str:
    """The chip in words, with its day."""
    words = {"2v": _("Om två veckor"), "1m": _("Om en månad"), "tertial": _("Till nästa tertial")}
    return f"{words[chip]}, {day_short(chip_day(chip, today))}"
