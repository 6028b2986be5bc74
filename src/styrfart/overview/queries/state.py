"""How things stand, in figures that say something: a team's own, all teams together, the system."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from styrfart.decisions.queries import Styrfart, quarter_of, styrfart
from styrfart.mandates.models import Mandate, MandateState
from styrfart.mandates.queries import adopted_in_brief
from styrfart.matters.models import Matter, Route, Routing
from styrfart.matters.queries.mirror import ENOUGH, NEVER_OURS, OPEN_STATES, YEAR
from styrfart.people.models import ImportRun, Team
from styrfart.shared.models import OutgoingMail
from styrfart.shared.prepared import Prepared

FEWEST_DECISIONS = 5
LATELY = dt.timedelta(days=7)


@dataclass(frozen=True)
class TeamState:
    """A team's own figures, shown to those in it and never beside another team's."""

    team: Team
    carried_out: Styrfart
    routed: int  # during the last year
    never_ours: int
    open: int
    oldest: dt.datetime | None  # of the open ones
    mandate: Mandate | None

    @property
    def ours(self) -> int:
        """How many of those routed that belonged here."""
        return self.routed - self.never_ours

    @property
    def has_styrfart(self) -> bool:
        """Whether enough decisions fell due in the quarter for a speed to be told from them."""
        return self.carried_out.due >= FEWEST_DECISIONS

    @property
    def says_something(self) -> bool:
        """Whether there are enough matters for a share to mean anything."""
        return self.routed >= ENOUGH


def team_state(team: Team) -> TeamState:
    """Decisions in time, matters that belonged, what is open, the mandate. Four queries."""
    now, today = timezone.now(), timezone.localdate()
    last = dict(_ROUTES.rows(team=team.pk, since=now - YEAR))
    opened = [at for (at,) in _OPEN.rows(team=team.pk)]
    return TeamState(
        team=team,
        carried_out=styrfart(team, quarter_of(today).before),
        routed=len(last),
        never_ours=sum(route in NEVER_OURS for route in last.values()),
        open=len(opened),
        oldest=opened[0] if opened else None,
        mandate=next(iter(adopted_in_brief([team.pk])), None),
    )


def _routes(*, team: int, since: dt.datetime) -> "QuerySet[Routing, tuple[int, str]]":
    """In order, so that the last choice for each matter is the one that is kept."""
    routings = Routing.objects.filter(team=team, undone_at=None, at__gte=since).exclude(route=Route.MORE)
    return routings.order_by("at", "pk").values_list("matter_id", "route")


def _open(*, team: int) -> "QuerySet[Matter, tuple[dt.datetime | None]]":
    matters = Matter.objects.filter(team=team, state__in=OPEN_STATES)
    return matters.order_by("handed_in_at").values_list("handed_in_at")


_ROUTES = Prepared(_routes, team=int, since=dt.datetime)
_OPEN = Prepared(_open, team=int)


@dataclass(frozen=True)
class Coverage:
    """How many of all teams have a mandate. Counts only: teams are never listed beside each other."""

    teams: int
    adopted: int
    to_review: int  # adopted, and the day of review has passed

    @property
    def without(self) -> int:
        return self.teams - self.adopted


def coverage() -> Coverage:
    """Mandates over all teams of today. Two queries."""
    today = timezone.localdate()
    teams = Team.objects.on(today)
    mandates = Mandate.objects.filter(state=MandateState.ADOPTED, team__in=teams)
    counts = mandates.aggregate(adopted=Count("pk"), late=Count("pk", filter=Q(review_on__lt=today)))
    return Coverage(teams=teams.count(), adopted=counts["adopted"], to_review=counts["late"])


@dataclass(frozen=True)
class Running:
    """How the system itself fares, for the one who looks after it."""

    failed_jobs: int  # lately
    mail_waiting: int
    mail_failed: int  # lately
    imported_at: dt.datetime | None


def running() -> Running:
    """Jobs, mail and the latest import. Three queries."""
    since = timezone.now() - LATELY
    state = OutgoingMail.State
    mail = OutgoingMail.objects.filter(created_at__gte=since).aggregate(
        waiting=Count("pk", filter=Q(state__in=[state.WAITING, state.HELD])),
        failed=Count("pk", filter=Q(state=state.FAILED)),
    )
    imports = ImportRun.objects.filter(applied_at__isnull=False).order_by("-applied_at")
    return Running(
        failed_jobs=DBTaskResult.objects.failed().filter(finished_at__gte=since).count(),
        mail_waiting=mail["waiting"],
        mail_failed=mail["failed"],
        imported_at=imports.values_list("applied_at", flat=True).first(),
    )
