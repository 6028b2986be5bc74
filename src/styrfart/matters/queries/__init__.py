"""Reads at the matter desk: fetching is authorising."""

from styrfart.matters.queries.access import (
    desk_for,
    draft_for,
    hand_over_for,
    hand_over_to_take_back,
    history,
    last_routing,
    material_for,
    matter_for,
    matter_to_decide,
    matter_to_edit,
    matter_to_mark,
    matter_to_move,
    matter_to_route,
    mirror_for,
    preparation_for,
    routing_in,
    routing_to_undo,
    team_to_hand_in,
)
from styrfart.matters.queries.archiving import archive_records, team_to_archive_for
from styrfart.matters.queries.desk import (
    Desk,
    at_desk,
    counts,
    next_waiting,
    queue,
    team_matters,
    waiting_ids,
)
from styrfart.matters.queries.finding import search
from styrfart.matters.queries.left_behind import has_left, left_behind, places, who_place_left_behind
from styrfart.matters.queries.mine import Mine, mine, waiting_for
from styrfart.matters.queries.mirror import ENOUGH, Mirror, QuarterWays, Way, mirror
from styrfart.matters.queries.room import Room, RuleUse, overruled_rules, past_routes, room, rule_use
from styrfart.matters.queries.teams import TeamToChoose, teams_to_choose
from styrfart.matters.queries.to_route import Waiting, WaitingKind
from styrfart.matters.queries.whereabouts import with_whereabouts

__all__ = [
    "ENOUGH",
    "Desk",
    "Mine",
    "Mirror",
    "QuarterWays",
    "Room",
    "RuleUse",
    "TeamToChoose",
    "Waiting",
    "WaitingKind",
    "Way",
    "archive_records",
    "at_desk",
    "counts",
    "desk_for",
    "draft_for",
    "hand_over_for",
    "hand_over_to_take_back",
    "has_left",
    "history",
    "last_routing",
    "left_behind",
    "material_for",
    "matter_for",
    "matter_to_decide",
    "matter_to_edit",
    "matter_to_mark",
    "matter_to_move",
    "matter_to_route",
    "mine",
    "mirror",
    "mirror_for",
    "next_waiting",
    "overruled_rules",
    "past_routes",
    "places",
    "preparation_for",
    "queue",
    "room",
    "routing_in",
    "routing_to_undo",
    "rule_use",
    "search",
    "team_matters",
    "team_to_archive_for",
    "team_to_hand_in",
    "teams_to_choose",
    "waiting_for",
    "waiting_ids",
    "who_place_left_behind",
    "with_whereabouts",
]
