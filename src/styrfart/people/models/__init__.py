"""Units, persons, posts, teams and roles; everything is valid from a day to a day."""

from styrfart.people.models.importing import ImportFile, ImportLine, ImportRun
from styrfart.people.models.organisation import Post, Unit, UnitKind, UnitPeriod
from styrfart.people.models.period import Period, PeriodQuerySet
from styrfart.people.models.person import Person, PersonManager, Role, RoleAssignment
from styrfart.people.models.team import Team, TeamLevel, TeamMember, TeamPeriod, TeamRole

__all__ = [
    "ImportFile",
    "ImportLine",
    "ImportRun",
    "Period",
    "PeriodQuerySet",
    "Person",
    "PersonManager",
    "Post",
    "Role",
    "RoleAssignment",
    "Team",
    "TeamLevel",
    "TeamMember",
    "TeamPeriod",
    "TeamRole",
    "Unit",
    "UnitKind",
    "UnitPeriod",
]
