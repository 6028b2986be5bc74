"""The team's room on one page, and the rules that are often overruled."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from styrfart.decisions.queries import Row, on_their_way
from styrfart.mandates.models import Mandate, Rule
from styrfart.mandates.queries import ReviewCall, adopted_in_brief, review_call
from styrfart.matters import lean, rules
from styrfart.matters.lean import PastRoute
from styrfart.matters.models import Matter, MatterState, Route
from styrfart.people.models import Person, Team, TeamMember, TeamRole
from styrfart.people.queries import people_in
from styrfart.shared.prepared import PreparedObjects

SHOWN = 4
ROLES = [TeamRole.CHAIR, TeamRole.MEMBER, TeamRole.SECRETARY, TeamRole.ADJUNCT]
# A rule is shown to the chair when it has been used so often in so long, and passed over so often.
OVERRULED_TIMES = 5
OVERRULED_SHARE = 0.4
OVERRULED_WITHIN = dt.timedelta(days=365)


@dataclass(frozen=True)
class Room:
    """Everything on the team's page."""

    mandate: Mandate | None
    review: ReviewCall | None
    waiting: int
    oldest: dt.datetime | None
    queued: list[Matter]
    queued_count: int
    decisions: list[Row]
    seats: list[TeamMember]
    can_read_desk: bool
    can_route: bool


def room(user: Person, team: Team) -> Room:
    """The team's room as `user` sees it; the desk only for those who may read it."""
    may_read = rules.can_read_desk(user, team)
    waiting: list[dt.datetime] = []
    queued: list[Matter] = []
    if may_read:
        found = _HERE.all(team=team.pk)
        queued = [matter for matter in found if matter.state == MatterState.QUEUED]
        waiting = [
            matter.handed_in_at
            for matter in found
            if matter.state == MatterState.INBOX and matter.handed_in_at
        ]
    mandate = next(iter(adopted_in_brief([team.pk])), None)
    return Room(
        mandate=mandate,
        review=review_call(mandate) if mandate else None,
        waiting=len(waiting),
        oldest=waiting[0] if waiting else None,
        queued=queued[:SHOWN],
        queued_count=len(queued),
        decisions=on_their_way(user, team=team),
        seats=sorted(
            people_in(team, timezone.localdate()), key=lambda seat: ROLES.index(TeamRole(seat.role))
        ),
        can_read_desk=may_read,
        can_route=rules.can_route(user, team),
    )


_HERE: PreparedObjects[Matter] = PreparedObjects(
    lambda team: Matter.objects.filter(team=team, state__in=[MatterState.INBOX, MatterState.QUEUED]).order_by(
        "handed_in_at", "pk"
    ),
    team=int,
)


@dataclass(frozen=True)
class RuleUse:
    """How a rule of the mandate in force has fared: used, passed over, and which way was chosen instead."""

    rule: Rule
    used: int
    overruled: int
    instead: Route | None

    @property
    def is_often_overruled(self) -> bool:
        """Whether the team would do well to look at it."""
        return self.used >= OVERRULED_TIMES and self.overruled >= OVERRULED_SHARE * self.used


def past_routes(team: Team) -> list[PastRoute]:
    """The team's choices of route, newest first; recent are those by which its rules are judged."""
    return lean.past_routes(team.pk, timezone.now() - OVERRULED_WITHIN)


def rule_use(in_force: Iterable[Rule], routes: Iterable[PastRoute]) -> list[RuleUse]:
    """How each of the rules in force has fared during the last year, by number.

    Each matter counts once, by its latest choice. A rule that was changed in this version is counted from
    then: what was overruled was another rule.
    """
    last: dict[int, PastRoute] = {}
    for row in routes:
        last.setdefault(row.matter, row)
    rows = [row for row in last.values() if row.is_recent and row.rule is not None]
    uses = []
    for rule in in_force:
        own = [
            row
            for row in rows
            if row.rule == rule.pk or (row.rule_key == rule.key and rule.changed_by_id is None)
        ]
        instead = Counter(Route(row.route) for row in own if not row.is_accepted)
        uses.append(
            RuleUse(rule, len(own), sum(instead.values()), instead.most_common(1)[0][0] if instead else None)
        )
    return uses


def overruled_rules(in_force: Iterable[Rule], routes: Iterable[PastRoute]) -> list[RuleUse]:
    """Rules that the team often passes over, the most often first."""
    often = [use for use in rule_use(in_force, routes) if use.is_often_overruled]
    return sorted(often, key=lambda use: (-use.overruled / use.used, use.rule.number))
