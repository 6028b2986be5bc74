"""The smallest valid object of each kind."""

from tests.make.decisions import action, decision
from tests.make.mandates import mandate, point, rule, scheme
from tests.make.matters import matter
from tests.make.people import member, person, post, role, team, unit

__all__ = [
    "action",
    "decision",
    "mandate",
    "matter",
    "member",
    "person",
    "point",
    "post",
    "role",
    "rule",
    "scheme",
    "team",
    "unit",
]
