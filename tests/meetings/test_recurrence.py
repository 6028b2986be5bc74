"""The days of a series."""

import datetime as dt

from dateutil.rrule import rrulestr  # an independent reader of the rule
from hypothesis import given
from hypothesis import strategies as st

from styrfart.meetings.models import Rhythm
from styrfart.meetings.recurrence import days, rule

REGULAR = [rhythm for rhythm in Rhythm if rhythm != Rhythm.SINGLE]
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))


def test_every_second_week_from_the_first_day() -> None:
    assert days(Rhythm.FORTNIGHTLY, dt.date(2026, 10, 8), dt.date(2026, 11, 10)) == [
        dt.date(2026, 10, 8), dt.date(2026, 10, 22), dt.date(2026, 11, 5)
    ]  # fmt: skip


def test_the_second_thursday_of_each_month() -> None:
    found = days(Rhythm.MONTHLY, dt.date(2026, 10, 8), dt.date(2027, 1, 31))
    assert found == [
        dt.date(2026, 10, 8), dt.date(2026, 11, 12), dt.date(2026, 12, 10), dt.date(2027, 1, 14)
    ]  # fmt: skip
    assert rule(Rhythm.MONTHLY, dt.date(2026, 10, 8)) == {"FREQ": "MONTHLY", "INTERVAL": 1, "BYDAY": "2TH"}


def test_the_fifth_of_a_weekday_is_the_last() -> None:
    assert days(Rhythm.MONTHLY, dt.date(2026, 10, 29), dt.date(2026, 12, 31)) == [
        dt.date(2026, 10, 29), dt.date(2026, 11, 26), dt.date(2026, 12, 31)
    ]  # fmt: skip


@given(st.sampled_from(REGULAR), DAYS, st.integers(0, 800))
def test_a_series_begins_on_its_first_day_and_keeps_the_weekday(
    rhythm: Rhythm, first: dt.date, length: int
) -> None:
    last = first + dt.timedelta(days=length)
    found = days(rhythm, first, last)
    assert found[0] == first
    assert found == sorted(set(found))
    assert {day.weekday() for day in found} == {first.weekday()}
    assert found[-1] <= last


@given(st.sampled_from(REGULAR), DAYS)
def test_the_calendar_rule_gives_the_same_days(rhythm: Rhythm, first: dt.date) -> None:

    last = first + dt.timedelta(days=400)
    text = ";".join(f"{key}={value}" for key, value in rule(rhythm, first).items())
    begin = dt.datetime.combine(first, dt.time(9))
    read = rrulestr(text, dtstart=begin).between(begin, dt.datetime.combine(last, dt.time(23)), inc=True)
    assert [moment.date() for moment in read] == days(rhythm, first, last)
