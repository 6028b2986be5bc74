"""Reads that combine rooms: what waits, what comes, how things stand, and search over everything."""

from styrfart.overview.queries.coming import Coming, coming
from styrfart.overview.queries.finding import Found, Group, search
from styrfart.overview.queries.home import Home, home
from styrfart.overview.queries.state import Coverage, Running, TeamState, coverage, running, team_state
from styrfart.overview.queries.waiting import Item, waiting

__all__ = [
    "Coming",
    "Coverage",
    "Found",
    "Group",
    "Home",
    "Item",
    "Running",
    "TeamState",
    "coming",
    "coverage",
    "home",
    "running",
    "search",
    "team_state",
    "waiting",
]
