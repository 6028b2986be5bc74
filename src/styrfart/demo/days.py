"""Workdays and moments, counted from a day that is called today, so that the story is alive."""

import datetime as dt
import random
from zoneinfo import ZoneInfo

from styrfart.shared.workdays import is_workday


class Days:
    """The calendar of the story. Nothing lies after the evening before today, but for dates ahead."""

    def __init__(self, today: dt.date, zone: str, rng: random.Random) -> None:
        self.today = today
        self._zone = ZoneInfo(zone)
        self._rng = rng

    def ago(self, days: int) -> dt.date:
        """The workday `days` ago, or the one before it; a negative number lies ahead."""
        return self.workday(self.today - dt.timedelta(days=days))

    def workday(self, day: dt.date) -> dt.date:
        """The day itself, or the last workday before a weekend or a holiday."""
        while not is_workday(day):
            day -= dt.timedelta(days=1)
        return day

    def workdays_ago(self, count: int) -> dt.date:
        """So many workdays before today."""
        day = self.today
        while count:
            day -= dt.timedelta(days=1)
            count -= is_workday(day)
        return day

    def after(self, day: dt.date, low: int, high: int) -> dt.date:
        """A workday `low` to `high` days later, and never later than yesterday."""
        later = self.workday(day + dt.timedelta(days=self._rng.randint(low, high)))
        return max(day, min(later, self.workdays_ago(1)))

    def at(self, day: dt.date, hour: int | None = None) -> dt.datetime:
        """A moment in office hours on the day."""
        time = dt.time(hour or self._rng.randint(8, 16), self._rng.randint(0, 59), self._rng.randint(0, 59))
        return dt.datetime.combine(day, time, self._zone)

    def later(self, moment: dt.datetime, minutes: int) -> dt.datetime:
        """A while after a moment, the same day."""
        return moment + dt.timedelta(minutes=minutes, seconds=self._rng.randint(0, 59))

    def in_month(self, month: int, first: dt.date, last: dt.date) -> dt.date | None:
        """Some workday of the month between two days; None when the month is not there."""
        span = (last - first).days
        days = [first + dt.timedelta(days=step) for step in range(span + 1)]
        fitting = [day for day in days if day.month == month and is_workday(day)]
        return self._rng.choice(fitting) if fitting else None

    def spread(self, count: int, first: dt.date, last: dt.date) -> list[dt.date]:
        """So many workdays between two days, in order and not too even."""
        span = (last - first).days
        gaps = [self._rng.uniform(0.4, 1.6) for _ in range(count)]
        steps = [span * (sum(gaps[:place]) + gaps[place] / 2) / sum(gaps) for place in range(count)]
        return [self.workday(first + dt.timedelta(days=round(step))) for step in steps]
