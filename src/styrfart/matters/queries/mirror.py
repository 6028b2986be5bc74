"""How the team works with its matters: counts for the team itself, never beside another team's."""

import datetime as dt
import statistics
from collections import Counter
from dataclasses import dataclass
from enum import Enum

from django.utils import timezone

from styrfart.decisions.queries import Quarter, Styrfart, quarter_of, styrfart
from styrfart.matters.models import Matter, MatterState, Route, Routing
from styrfart.matters.queries.room import RuleUse, past_routes, rule_use
from styrfart.matters.triage import rules_in_force
from styrfart.people.models import Team

QUARTERS = 8
YEAR = dt.timedelta(days=365)
# Fewer than this say nothing in general; the figure is shown as a count and no more.
ENOUGH = 10
OPEN_STATES = (MatterState.INBOX, MatterState.MORE_ASKED, MatterState.QUEUED)


class Way(Enum):
    """Four groups of routes, so that a drawing can be read."""

    MEETING = "meeting"
    DECIDED = "decided"
    PASSED_ON = "passed_on"
    DECLINED = "declined"


WAY_OF = {
    Route.MEETING: Way.MEETING,
    Route.DECIDE: Way.DECIDED,
    Route.POST: Way.PASSED_ON,
    Route.TEAM: Way.PASSED_ON,
    Route.LINE: Way.PASSED_ON,
    Route.COMMITTEE: Way.MEETING,
    Route.WRITTEN: Way.PASSED_ON,
    Route.DECLINE: Way.DECLINED,
}
# Somebody else's from the beginning: declined, or handed to a post, another team or the line.
NEVER_OURS = frozenset({Route.DECLINE, Route.POST, Route.TEAM, Route.LINE})


@dataclass(frozen=True)
class QuarterWays:
    """How many matters went which way in a quarter."""

    quarter: Quarter
    counts: dict[Way, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Mirror:
    """What the team sees of itself."""

    routed: int
    never_ours: int
    proposed: int
    followed: int
    quarters: list[QuarterWays]
    ages: list[int]  # days, of matters that are still open, ascending
    uses: list[RuleUse]
    carried_out: Styrfart

    @property
    def middle_age(self) -> int:
        """The age in days that half of what is open has at most; 0 when nothing is."""
        return statistics.median_low(self.ages) if self.ages else 0


def mirror(team: Team) -> Mirror:
    """The last year and the last eight quarters of the team. Six queries."""
    now, today = timezone.now(), timezone.localdate()
    quarters = [quarter_of(today)]
    while len(quarters) < QUARTERS:
        quarters.insert(0, quarters[0].before)
    first = timezone.make_aware(dt.datetime.combine(quarters[0].first, dt.time()))
    last_of: dict[int, tuple[dt.datetime, Route, Route, bool]] = {}
    rows = Routing.objects.filter(team=team, undone_at=None, at__gte=min(first, now - YEAR)).exclude(
        route=Route.MORE
    )
    for matter, at, route, proposed, is_accepted in rows.order_by("at", "pk").values_list(
        "matter_id", "at", "route", "proposed_route", "is_accepted"
    ):
        last_of[matter] = (at, Route(route), Route(proposed), is_accepted)
    year = [row for row in last_of.values() if row[0] >= now - YEAR]
    told = [row for row in year if row[2] != Route.UNKNOWN]
    by_quarter: dict[Quarter, Counter[Way]] = {quarter: Counter() for quarter in quarters}
    for at, route, _proposed, _accepted in last_of.values():
        if (quarter := quarter_of(timezone.localdate(at))) in by_quarter:
            by_quarter[quarter][WAY_OF[route]] += 1
    opened = Matter.objects.filter(team=team, state__in=OPEN_STATES).values_list("handed_in_at", flat=True)
    return Mirror(
        routed=len(year),
        never_ours=sum(row[1] in NEVER_OURS for row in year),
        proposed=len(told),
        followed=sum(row[3] for row in told),
        quarters=[QuarterWays(quarter, dict(counts)) for quarter, counts in by_quarter.items()],
        ages=sorted((now - at).days for at in opened if at),
        uses=[use for use in rule_use(rules_in_force(team).rules.values(), past_routes(team)) if use.used],
        carried_out=styrfart(team, quarter_of(today).before),
    )
