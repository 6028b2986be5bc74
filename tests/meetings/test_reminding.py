"""Whom the morning's letter reminds of meetings."""

import datetime as dt

from styrfart.meetings import queries
from styrfart.people.models import Person, Team
from tests import make

THURSDAY, FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY = (dt.date(2027, 2, day) for day in range(11, 17))


def test_material_is_asked_for_two_workdays_ahead_and_on_its_day_never_twice_over_a_week_end(
    team: Team, member: Person
) -> None:
    """Five workdays before Tuesday 23 February is Tuesday 16 February."""
    make.item(make.meeting(team, held_on=TUESDAY + dt.timedelta(days=7)), owner=member)
    days = (THURSDAY, FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY)
    assert [day for day in days if queries.reminders(member, day)] == [FRIDAY, TUESDAY]
    assert [day for day in days if member.pk in queries.whom_to_remind(day)] == [FRIDAY, TUESDAY]
