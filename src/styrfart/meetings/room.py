"""What the meetings add to the team's room: the next one, with its agenda."""

from styrfart.matters.parts import Part
from styrfart.meetings import queries, rules
from styrfart.people.models import Team
from styrfart.people.standing import User


def room_part(user: User, team: Team) -> Part | None:
    """The meeting that goes on or comes next, for those who see the team's meetings. Three queries."""
    if not rules.can_see_meetings(user, team):
        return None
    found = queries.next_of(user, team)
    return Part("meetings/parts/next.html", found) if found else None
