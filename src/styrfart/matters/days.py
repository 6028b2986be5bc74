"""Days that the desk counts in."""

import datetime as dt

from django.utils import timezone

ANSWER_WITHIN = 10  # working days, unless somebody says otherwise


def working_days_after(count: int, start: dt.date | None = None) -> dt.date:
    """The day that lies `count` Mondays to Fridays after `start` (None: today). Holidays are counted."""
    day = start or timezone.localdate()
    while count > 0:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5
    return day
