"""Who carries how much at the same time, what collides, when there is room, and what could wait?

Claims (changes and activities) over units and weeks, hours before and after a start, capacity, limits of the
organisation's own, and flags for how many a manager leads. This package imports NumPy and SciPy: a web
worker imports it in the function that calculates.
"""

from styrfart.kernel.load.collisions import collisions
from styrfart.kernel.load.free import beside, free_weeks
from styrfart.kernel.load.organisation import Organisation, organisation
from styrfart.kernel.load.picture import Picture, Rolled, asked, below, load_picture, of_groups
from styrfart.kernel.load.span import Flag, Span, span_of_control
from styrfart.kernel.load.values import (
    Asked,
    Beside,
    Claim,
    Collision,
    FreeWeeks,
    Hinder,
    Limit,
    Limits,
    Move,
    Part,
    Proof,
    Waiting,
    Weights,
)
from styrfart.kernel.load.waiting import what_could_wait

__all__ = [
    "Asked",
    "Beside",
    "Claim",
    "Collision",
    "Flag",
    "FreeWeeks",
    "Hinder",
    "Limit",
    "Limits",
    "Move",
    "Organisation",
    "Part",
    "Picture",
    "Proof",
    "Rolled",
    "Span",
    "Waiting",
    "Weights",
    "asked",
    "below",
    "beside",
    "collisions",
    "free_weeks",
    "load_picture",
    "of_groups",
    "organisation",
    "span_of_control",
    "what_could_wait",
]
