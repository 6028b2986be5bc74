"""What differs between the register and the organisation: pure, and empty when nothing differs."""

import datetime as dt

from styrfart.people.importing.planning.names import Names
from styrfart.people.importing.planning.people import plan_people
from styrfart.people.importing.planning.plan import Change, Closing, Difference, Plan
from styrfart.people.importing.planning.posts import plan_posts
from styrfart.people.importing.planning.teams import plan_teams
from styrfart.people.importing.planning.units import plan_units
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.register import Register
from styrfart.people.importing.snapshot import Snapshot

__all__ = ["Change", "Difference", "Plan", "plan"]


def plan(register: Register, snapshot: Snapshot, *, day: dt.date, today: dt.date, is_whole: bool) -> Plan:
    """What to write so that the organisation is as the register says from `day`; `is_whole` ends the rest."""
    made = Plan(day)
    closing = Closing(day, today)
    names = Names(register, snapshot)
    ended = plan_people(made, register, snapshot, is_whole=is_whole)
    plan_units(made, register, snapshot, closing, is_whole=is_whole)
    plan_posts(made, register, snapshot, closing, names, ended)
    plan_teams(made, register, snapshot, closing, names, is_whole=is_whole)
    if closing.latest:
        values = {"label": closing.latest.label, "day": closing.latest.valid_from.isoformat()}
        made.problems.append(Problem("too_early", values=values))
    order = {"new": 0, "changed": 1, "ended": 2}
    made.differences.sort(key=lambda each: (each.kind, order[each.section]))
    return made
