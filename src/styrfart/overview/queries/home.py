"""The home page: what waits, what comes, what is on its way to effect, how things stand."""

from dataclasses import dataclass

from styrfart.decisions.queries import Row, on_their_way
from styrfart.matters.models import CLOSED, Matter
from styrfart.matters.phrases import where
from styrfart.matters.queries import with_whereabouts
from styrfart.meetings.queries import NextMeeting, next_meeting
from styrfart.overview.queries.climate import Climate, climate
from styrfart.overview.queries.coming import Coming, coming
from styrfart.overview.queries.gate import gate
from styrfart.overview.queries.state import Coverage, Running, TeamState, coverage, running, team_state
from styrfart.overview.queries.waiting import Item, waiting
from styrfart.people.models import Person, Team, TeamLevel, TeamRole
from styrfart.people.rules import can_see_organisation, is_hr_developer, is_system_owner, is_top_management
from styrfart.people.standing import standing

SHOWN = 5
COMING = 6
MINE = 3
# Which of several teams the figures are about: the one somebody leads, then keeps, then sits in.
BY_ROLE = [TeamRole.CHAIR, TeamRole.SECRETARY, TeamRole.MEMBER]
BY_LEVEL = [TeamLevel.CITY, TeamLevel.OFFICE, TeamLevel.DIVISION, TeamLevel.UNIT]


@dataclass(frozen=True)
class Mine:
    """A matter that the reader has handed in, and where it is now."""

    matter: Matter
    where: str


@dataclass(frozen=True)
class Home:
    """Everything on somebody's home page. None: does not concern them."""

    waiting: list[Item]
    coming: list[Coming]
    on_their_way: list[Row]
    mine: list[Mine]
    team: TeamState | None
    coverage: Coverage | None
    running: Running | None
    next_meeting: NextMeeting | None
    climate: Climate | None
    sees_organisation: bool

    @property
    def shown(self) -> list[Item]:
        return self.waiting[:SHOWN]

    @property
    def more(self) -> int:
        """How many wait besides those shown."""
        return max(0, len(self.waiting) - SHOWN)


def home(user: Person) -> Home:
    """The page of `user`, by what they are today."""
    here = standing(user)
    sees = can_see_organisation(user)
    team = own_team(user)
    may = gate(user)
    return Home(
        waiting=waiting(user, may),
        coming=coming(user, with_pulses=True)[:COMING],
        on_their_way=on_their_way(user) if sees else [],
        mine=_mine(user) if sees and may.follows and not here.seats else [],
        team=team_state(team) if team and sees else None,
        coverage=coverage() if is_top_management(user) or is_hr_developer(user) else None,
        running=running() if is_system_owner(user) else None,
        next_meeting=next_meeting(user) if sees else None,
        climate=climate(user) if sees else None,
        sees_organisation=sees,
    )


def own_team(user: Person) -> Team | None:
    """The team whose figures are on the home page; None for those who only visit a team."""
    here = standing(user)
    seated = [team for team in here.teams if here.seats[team.pk] in BY_ROLE]

    def first(team: Team) -> tuple[int, int]:
        return BY_ROLE.index(here.seats[team.pk]), BY_LEVEL.index(TeamLevel(team.level))

    return min(seated, key=first, default=None)


def _mine(user: Person) -> list[Mine]:
    """What somebody without a team has handed in and still follows, the latest first."""
    open_ones = Matter.objects.filter(handed_in_by=user).exclude(state__in=CLOSED)
    return [Mine(matter, where(matter)) for matter in with_whereabouts(open_ones)[:MINE]]
