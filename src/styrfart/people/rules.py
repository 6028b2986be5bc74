"""Who is what, as small questions that every room asks. All are answered from `standing`, without queries."""

from styrfart.people.models import Role, Team, TeamRole, Unit
from styrfart.people.standing import User, standing


def is_member(user: User, team: Team) -> bool:
    """Of the team: its chair or a member. A secretary or an adjunct is in the room, not of the team."""
    return standing(user).seats.get(team.pk) in {TeamRole.CHAIR, TeamRole.MEMBER}


def is_chair(user: User, team: Team) -> bool:
    """Chairs the team."""
    return standing(user).seats.get(team.pk) == TeamRole.CHAIR


def is_secretary(user: User, team: Team) -> bool:
    """Keeps the team's record."""
    return standing(user).seats.get(team.pk) == TeamRole.SECRETARY


def is_in_room(user: User, team: Team) -> bool:
    """Has any seat in the team: chair, member, secretary or adjunct."""
    return standing(user).is_in(team.pk)


def is_system_owner(user: User) -> bool:
    """Looks after the system (förvaltare)."""
    return Role.SYSTEM_OWNER in standing(user).roles


def is_hr_developer(user: User) -> bool:
    """Develops leaders and teams across the organisation."""
    return Role.HR_DEVELOPER in standing(user).roles


def is_top_management(user: User) -> bool:
    """Belongs to the organisation's highest management."""
    return Role.TOP_MANAGEMENT in standing(user).roles


def is_coach(user: User) -> bool:
    """Is an external coach."""
    return Role.COACH in standing(user).roles


def leads(user: User, unit: Unit) -> bool:
    """Is head of the unit, or of a unit above it."""
    return standing(user).leads_path(unit.path)


def can_see_team(user: User, team: Team) -> bool:
    """Whoever has a seat, leads the team's unit or one above it, top management and the system owner."""
    return (
        is_in_room(user, team) or is_top_management(user) or is_system_owner(user) or leads(user, team.unit)
    )


def can_see_organisation(user: User) -> bool:
    """Everyone who works here; an external coach sees only their own sessions, never the organisation."""
    here = standing(user)
    return here.person_id != 0 and (not is_coach(user) or bool(here.posts))
