"""Reads of the load calendar: its pages, and what a room asks before it plans something."""

from styrfart.load.queries.pages import (
    LoadPage,
    Week,
    claim_to_change,
    load_page,
    own_unit,
    units_below,
    writer_only,
)
from styrfart.load.queries.weeks import (
    WEEK,
    Lies,
    Near,
    Picture,
    beside,
    free_starts,
    monday_of,
    picture_of,
    pictures_of,
)

__all__ = [
    "WEEK",
    "Lies",
    "LoadPage",
    "Near",
    "Picture",
    "Week",
    "beside",
    "claim_to_change",
    "free_starts",
    "load_page",
    "monday_of",
    "own_unit",
    "picture_of",
    "pictures_of",
    "units_below",
    "writer_only",
]
