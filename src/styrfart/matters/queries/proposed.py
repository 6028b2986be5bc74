"""For how many of the matters in a queue the mandate proposes a route, for the sentence on the home page."""

from collections.abc import Collection

from django.utils import timezone

from styrfart.matters import triage
from styrfart.matters.models import Route
from styrfart.matters.queries.access import whole_matter
from styrfart.people.models import Team

# In a longer queue than this it is not counted: each matter costs some milliseconds the first time.
LONGEST = 10


def proposed_among(team: Team, waiting: Collection[tuple[int, int]]) -> int | None:
    """How many of the matters (id, revision) have a proposed route; None when the queue is too long.

    One query, when neither the mandate nor the matters have changed since the last time today.
    """
    if len(waiting) > LONGEST:
        return None
    ready = triage.rules_in_force(team)
    return sum(_has_route(ready, nr, revision) for nr, revision in waiting)


def _has_route(ready: triage.Ready, nr: int, revision: int) -> bool:
    as_of = (revision, timezone.localdate())
    known = ready.has_route.get(nr)
    if known is None or known[0] != as_of:
        matter = whole_matter(nr)
        known = as_of, matter is not None and triage.propose(matter, ready).route != Route.UNKNOWN
        ready.has_route[nr] = known
    return known[1]
