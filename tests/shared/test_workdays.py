"""Workdays and holidays, against almanacs."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrfart.shared.workdays import easter_sunday, holidays, is_workday, next_workday, workdays_after

# The year's Easter Sunday in printed almanacs; 1954, 1981, 2049 and 2076 are the two exceptions to the rule.
EASTER = [
    (1954, 4, 18),
    (1981, 4, 19),
    (2000, 4, 23),
    (2008, 3, 23),
    (2011, 4, 24),
    (2024, 3, 31),
    (2025, 4, 20),
    (2026, 4, 5),
    (2027, 3, 28),
    (2038, 4, 25),
    (2049, 4, 18),
    (2076, 4, 19),
    (2285, 3, 22),
]


@pytest.mark.parametrize(("year", "month", "day"), EASTER)
def test_easter_is_when_the_almanac_says(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == dt.date(year, month, day)


@given(st.integers(1900, 2299))
def test_easter_is_a_sunday_from_22_march_to_25_april(year: int) -> None:
    day = easter_sunday(year)
    assert day.isoweekday() == 7
    assert dt.date(year, 3, 22) <= day <= dt.date(year, 4, 25)


def test_the_holidays_of_2026() -> None:
    expected = [
        (1, 1),
        (1, 6),
        (4, 3),
        (4, 5),
        (4, 6),
        (5, 1),
        (5, 14),
        (5, 24),
        (6, 6),
        (6, 19),
        (6, 20),
        (10, 31),
        (12, 24),
        (12, 25),
        (12, 26),
        (12, 31),
    ]
    assert sorted(holidays(2026)) == [dt.date(2026, month, day) for month, day in expected]


@pytest.mark.parametrize(("year", "eve"), [(2025, 20), (2026, 19), (2027, 25), (2028, 23)])
def test_midsummers_eve_is_a_friday_from_the_19th_to_the_25th(year: int, eve: int) -> None:
    assert dt.date(year, 6, eve) in holidays(year)
    assert dt.date(year, 6, eve).isoweekday() == 5


def test_christmas_is_passed_over() -> None:
    assert workdays_after(dt.date(2026, 12, 23), 1) == dt.date(2026, 12, 28)
    assert workdays_after(dt.date(2026, 12, 23), 5) == dt.date(2027, 1, 5)
    assert next_workday(dt.date(2026, 4, 3)) == dt.date(2026, 4, 7)
    assert next_workday(dt.date(2026, 4, 8)) == dt.date(2026, 4, 8)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2199, 1, 1)), st.integers(1, 60))
def test_so_many_workdays_lie_between(day: dt.date, count: int) -> None:
    end = workdays_after(day, count)
    between = (day + dt.timedelta(days=step) for step in range(1, (end - day).days + 1))
    assert is_workday(end)
    assert sum(is_workday(one) for one in between) == count
