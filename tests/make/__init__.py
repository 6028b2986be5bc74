"""The smallest valid object of each kind."""

from tests.make.climate import climate_group, climate_round, counted, invitation
from tests.make.decisions import action, decision
from tests.make.load import claim
from tests.make.mandates import mandate, point, rule, scheme
from tests.make.matters import hand_over, matter, preparation, routing
from tests.make.meetings import attendee, entry, item, meeting, meeting_kind, minutes
from tests.make.people import earlier_name, member, person, post, role, team, unit

__all__ = [
    "action",
    "attendee",
    "claim",
    "climate_group",
    "climate_round",
    "counted",
    "decision",
    "earlier_name",
    "entry",
    "hand_over",
    "invitation",
    "item",
    "mandate",
    "matter",
    "meeting",
    "meeting_kind",
    "member",
    "minutes",
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
