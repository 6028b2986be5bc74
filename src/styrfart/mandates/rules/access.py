"""Who may read, write, adopt and archive a mandate, and read in a scheme of delegation."""

from styrfart.people import rules as people
from styrfart.people.models import Team, TeamRole
from styrfart.people.standing import User

# The team in the sense of the mandate: those who adopt it. Secretary and adjunct are in the room only.
VOTING = frozenset({TeamRole.CHAIR, TeamRole.MEMBER})


def can_see_mandate(user: User, team: Team) -> bool:
    """Whoever may see the team, an external coach excepted."""
    return people.can_see_team(user, team) and people.can_see_organisation(user)


def can_see_draft(user: User, team: Team) -> bool:
    """Whoever has a seat, an external coach excepted: a draft is the team's working material."""
    return people.is_in_room(user, team) and people.can_see_organisation(user)


def can_write_mandate(user: User, team: Team) -> bool:
    """Chair, members and secretary."""
    return people.is_member(user, team) or people.is_secretary(user, team)


def can_lead_mandate(user: User, team: Team) -> bool:
    """Propose, take back, discard, keep: the chair."""
    return people.is_chair(user, team)


def can_confirm_mandate(user: User, team: Team) -> bool:
    """Confirm, or ask for a change: the chair and the members."""
    return people.is_member(user, team)


def can_archive_mandate(user: User, team: Team) -> bool:
    """Fetch the adopted versions for the e-archive: the secretary."""
    return people.is_secretary(user, team)


def can_import_scheme(user: User) -> bool:
    """Read in a scheme of delegation: the system owner."""
    return people.is_system_owner(user)
