"""Whatever day it is: things happen in order, nothing lies ahead, and the story's figures hold."""

import datetime as dt
import itertools
import random

import pytest

from styrfart.decisions.queries import quarter_of
from styrfart.demo import library
from styrfart.demo.days import Days
from styrfart.demo.library import TeamText
from styrfart.demo.schedule import IN_TIME_AFTER, IN_TIME_BEFORE, Slot, plan

TEAMS = library.organisation().teams
OFFICE = next(team for team in TEAMS if team.slug == "uk")
# A leap day, both ends of quarters, a weekend, and days in between.
DAYS = [dt.date(2026, 11, 22) + dt.timedelta(days=step) for step in range(0, 500, 13)]
DAYS += [dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 4, 1), dt.date(2028, 2, 29)]


def planned(team: TeamText, today: dt.date) -> list[Slot]:
    rng = random.Random(f"1/{team.slug}")  # noqa: S311  # a story, not a secret
    days = Days(today, "Europe/Stockholm", rng)
    return plan(library.matters(team.texts), days, days.ago(team.adopted or 300), rng)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_what_has_happened_has_happened_in_order_and_before_today(today: dt.date) -> None:
    for team in TEAMS:
        for slot in planned(team, today):
            ways = [
                [slot.handed_in, slot.routed, slot.decided, slot.taken_on, slot.done, slot.effect],
                [slot.decided, slot.due, slot.effect_on],
            ]
            for way in ways:
                known = [day for day in way if day]
                assert known == sorted(known), slot
            assert all(day < today for day in ways[0] if day), slot
            assert all(day.weekday() < 5 for day in (slot.handed_in, slot.routed, slot.decided) if day), slot


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_latest_quarter_is_eight_of_eleven_in_time(today: dt.date) -> None:
    quarter = quarter_of(today).before
    due = [s for s in planned(OFFICE, today) if s.due and quarter.first <= s.due <= quarter.last]
    in_time = [slot for slot in due if slot.due and slot.done and slot.done <= slot.due]
    assert (len(in_time), len(due)) == (8, 11)


@pytest.mark.parametrize("today", DAYS[::6], ids=str)
def test_decisions_slip_before_the_mandate_and_are_kept_after_it(today: dt.date) -> None:
    slots = [s for s in planned(OFFICE, today) if s.text.decision and s.text.decision.quarter is None]
    share = {}
    for year in (1, 2):
        of_year = [
            s for s in slots if s.text.year == year and s.due and s.due < today - dt.timedelta(days=70)
        ]
        share[year] = sum(bool(s.done and s.due and s.done <= s.due) for s in of_year) / len(of_year)
    assert abs(share[1] - IN_TIME_BEFORE) < 0.05
    assert share[2] >= IN_TIME_AFTER - 0.1


def test_seasonal_matters_come_in_their_month() -> None:
    slots = {slot.text: slot for slot in planned(OFFICE, DAYS[0])}
    seasonal = [slot for text, slot in slots.items() if text.month and text.year == 1]
    assert len(seasonal) >= 3
    assert [slot.handed_in.month for slot in seasonal] == [slot.text.month for slot in seasonal]


def test_the_two_years_are_full() -> None:
    slots = planned(OFFICE, DAYS[0])
    assert (DAYS[0] - slots[0].handed_in).days > 690
    gaps = [(later.handed_in - earlier.handed_in).days for earlier, later in itertools.pairwise(slots)]
    assert max(gaps) <= 35
