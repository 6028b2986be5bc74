"""Who may do what with meetings. Answered from `standing` and the meeting itself, without queries."""

import datetime as dt

from styrfart.matters.models.queryset import seats_with_insight
from styrfart.meetings.models import (
    COMING,
    LEFT,
    Advice,
    AgendaItem,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
)
from styrfart.people.models import Team, TeamRole
from styrfart.people.standing import User, standing

PLANNING_SEATS = frozenset({TeamRole.CHAIR, TeamRole.SECRETARY})


def can_see_meetings(user: User, team: Team) -> bool:
    """The team's meetings, wheel and logs: whoever has a seat in the team, an external coach excepted."""
    return team.pk in seats_with_insight(user)


def can_plan(user: User, team: Team) -> bool:
    """Kinds, wheel, rota, meetings, agenda and notice: the chair and the secretary."""
    return standing(user).seats.get(team.pk) in PLANNING_SEATS


def can_change_turn(user: User, meeting: Meeting) -> bool:
    """Swap or skip the turn to lead a meeting that is to come: those who plan, and whoever leads it."""
    is_mine = standing(user).person_id == meeting.leader_id and can_see_meetings(user, meeting.team)
    return can_plan(user, meeting.team) or (meeting.state in COMING and is_mine)


def can_lead(user: User, meeting: Meeting) -> bool:
    """Move the group on, open and end: who leads this meeting, the chair, and the secretaries."""
    return standing(user).person_id in {meeting.leader_id, meeting.secretary_id} or can_plan(
        user, meeting.team
    )


def can_minute(user: User, meeting: Meeting) -> bool:
    """Keep the record: the chair, the secretary, and who does at this meeting for as long as in the room."""
    is_keeper = standing(user).person_id == meeting.secretary_id
    return (is_keeper and can_see_meetings(user, meeting.team)) or can_plan(user, meeting.team)


def can_write_minutes(user: User, minutes: Minutes) -> bool:
    """Edit their language, for as long as they are being written; `meeting` and its `team` are fetched."""
    return minutes.state == MinutesState.DRAFT and can_minute(user, minutes.meeting)


def can_approve(user: User, minutes: Minutes) -> bool:
    """Approve what was handed over: the named approver; the chair too, who may change during the time."""
    me = standing(user)
    is_chair = me.seats.get(minutes.meeting.team_id) == TeamRole.CHAIR
    return minutes.state == MinutesState.HANDED_OVER and (me.person_id == minutes.approver_id or is_chair)


def can_check(user: User, minutes: Minutes) -> bool:
    """Check what was handed over: the checker, once."""
    return (
        minutes.state == MinutesState.HANDED_OVER
        and minutes.checker_id == standing(user).person_id
        and minutes.checked_at is None
    )


def can_correct(user: User, minutes: Minutes) -> bool:
    """Begin a new version of approved minutes: whoever keeps the team's record."""
    return minutes.state == MinutesState.APPROVED and can_minute(user, minutes.meeting)


def can_archive_minutes(user: User, team: Team) -> bool:
    """Hand the team's minutes to the e-archive: its secretary."""
    return standing(user).seats.get(team.pk) == TeamRole.SECRETARY


def is_open(meeting: Meeting) -> bool:
    """Whether the meeting is going on."""
    return meeting.state == MeetingState.OPEN


def was_never_opened(meeting: Meeting, today: dt.date) -> bool:
    """Whether its day has passed and nobody has opened it or cancelled it."""
    return meeting.state in COMING and meeting.held_on < today


def can_change_agenda(user: User, meeting: Meeting) -> bool:
    """What is taken up: those who plan; while the meeting goes on, those who lead it or keep its record."""
    if meeting.state in COMING:
        return can_plan(user, meeting.team)
    return is_open(meeting) and (can_lead(user, meeting) or can_minute(user, meeting))


def can_prepare(user: User, item: AgendaItem) -> bool:
    """Its words and its material: its owner, and those who change the agenda, until it has been dealt with.

    `meeting` and its `team` must have been fetched.
    """
    if item.state in LEFT or item.meeting.state not in {*COMING, MeetingState.OPEN}:
        return False
    return standing(user).person_id == item.owner_id or can_change_agenda(user, item.meeting)


def can_advise(user: User, advice: Advice) -> bool:
    """Give advice: the one who was asked."""
    return standing(user).person_id == advice.asked_of_id
