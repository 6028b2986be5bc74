"""The smallest valid object of each kind."""

from tests.make.decisions import action, decision
from tests.make.mandates import mandate, point, rule, scheme
from tests.make.matters import hand_over, matter, preparation, routing
from tests.make.people import member, person, post, role, team, unit

__all__ = [
    "action",
    "decision",
    "hand_over",
    "mandate",
    "matter",
    "member",
    "person",
    "point",
    "post",
    "preparation",
    "role",
    "routing",
    "rule",
    "scheme",
    "team",
    "unit",
]
