"""What the meetings add to the team's room and to a matter: the next meeting, and which one takes it up."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from styrfart.matters.models import Matter, MatterState
from styrfart.matters.parts import Part
from styrfart.meetings import queries, rules
from styrfart.meetings.models import COMING, Meeting, MeetingState
from styrfart.people.models import Team
from styrfart.people.standing import User
from styrfart.shared.templatetags.words import weekday

# In the others no meeting has it, or had it.
ON_AGENDAS = frozenset({MatterState.QUEUED, MatterState.DECIDED, MatterState.ANSWERED})


def room_part(user: User, team: Team) -> Part | None:
    """The meeting that goes on or comes next, for those who see the team's meetings. Three queries."""
    if not rules.can_see_meetings(user, team):
        return None
    found = queries.next_of(user, team)
    return Part("meetings/parts/next.html", found) if found else None


@dataclass(frozen=True)
class TakenUp:
    """At which meeting a matter is taken up, or was last."""

    meeting: Meeting
    words: str
    may_open: bool


def matter_part(user: User, matter: Matter) -> Part | None:
    """The meeting that takes the matter up or did, for whoever may see the matter. One query."""
    meeting = queries.meeting_of(matter) if matter.state in ON_AGENDAS else None
    if meeting is None:
        return None
    day = {"day": weekday(meeting.held_on)}
    if meeting.state in COMING:
        words = _("Står på dagordningen till mötet %(day)s.") % day
    elif meeting.state == MeetingState.OPEN:
        words = _("Mötet som tar upp ärendet pågår.")
    else:
        words = _("Stod på dagordningen till mötet %(day)s.") % day
    return Part(
        "meetings/parts/of_matter.html", TakenUp(meeting, words, rules.can_see_meetings(user, meeting.team))
    )
