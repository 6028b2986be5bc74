"""Reads about people and the organisation: fetching is authorising."""

from styrfart.people.queries.persons import (
    PersonHit,
    choices,
    find_people,
    person_for,
    search_people,
    search_units,
)
from styrfart.people.queries.teams import MemberUnit, member_units, people_in, team_for
from styrfart.people.queries.units import (
    head_of,
    nearest_head,
    nearest_post,
    unit_for,
    units_under,
)
from styrfart.people.standing import HeldPost, Standing, standing

__all__ = [
    "HeldPost",
    "MemberUnit",
    "PersonHit",
    "Standing",
    "choices",
    "find_people",
    "head_of",
    "member_units",
    "nearest_head",
    "nearest_post",
    "people_in",
    "person_for",
    "search_people",
    "search_units",
    "standing",
    "team_for",
    "unit_for",
    "units_under",
]
