"""Days that the desk counts in."""

import datetime as dt

from django.utils import timezone

from styrfart.shared.workdays import workdays_after

ANSWER_WITHIN = 10  # workdays, unless somebody says otherwise


def answer_day() -> dt.date:
    """When whoever gets a matter today is to have answered, unless somebody says otherwise."""
    return workdays_after(timezone.localdate(), ANSWER_WITHIN)
