"""The desk of a team: the queue one at a time, and all its matters."""

import datetime as dt
import re
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils import timezone

from styrfart.matters import rules, similar, triage
from styrfart.matters.models import CLOSED, Matter, MatterState
from styrfart.matters.queries.access import whole_matter
from styrfart.matters.queries.left_behind import has_receiver_left
from styrfart.matters.queries.room import RuleUse, overruled_rules, past_routes
from styrfart.matters.queries.whereabouts import with_whereabouts
from styrfart.people.models import Person, Team
from styrfart.shared.prepared import Prepared

ON_A_PAGE = 25
# A matter whose answer is needed within so many days goes before older ones.
URGENT = dt.timedelta(days=14)


@dataclass(frozen=True)
class Desk:
    """One matter in the queue with all that the choice of its route needs."""

    matter: Matter
    proposal: triage.Proposal
    past: similar.Past
    overruled: list[RuleUse]
    position: int
    count: int
    previous: int | None
    next: int | None
    can_route: bool
    can_decide: bool


def waiting_ids(team: Team) -> list[int]:
    """Matters that wait for a route, in order: what is needed within two weeks, then the oldest."""
    soon = timezone.localdate() + URGENT
    keys = [
        (day if day and day <= soon else dt.date.max, handed_in_at, pk)
        for pk, day, handed_in_at in _WAITING.rows(team=team.pk)
    ]
    return [pk for _day, _at, pk in sorted(keys)]


_WAITING = Prepared(
    lambda team: (
        Matter.objects.filter(team=team, state=MatterState.INBOX)
        .order_by()
        .values_list("pk", "latest_on", "handed_in_at")
    ),
    team=int,
)


def next_waiting(matter: Matter) -> int | None:
    """The matter that comes after this one in its team's queue; the one before it when it is the last."""
    ids = waiting_ids(matter.team)
    if matter.pk not in ids:
        return ids[0] if ids else None
    at = ids.index(matter.pk)
    others = [*ids[at + 1 :], *ids[:at]]
    return others[0] if others else None


def queue(user: Person, team: Team, nr: int | None = None) -> Desk | None:
    """Matter `nr` of the queue (else the first) with the desk's proposal; None when nothing waits.

    `user` reads the team's desk (`desk_for`), and with it every matter in it.
    """
    ids = waiting_ids(team)
    if not ids:
        return None
    at = ids.index(nr) if nr in ids else 0
    matter = whole_matter(ids[at])
    if matter is None:
        raise Http404  # gone since the list was read
    matter.team = team
    return at_desk(
        user,
        matter,
        position=at + 1,
        count=len(ids),
        previous=ids[at - 1] if at > 0 else None,
        next_=ids[at + 1] if at + 1 < len(ids) else None,
    )


def at_desk(
    user: Person,
    matter: Matter,
    *,
    position: int = 0,
    count: int = 0,
    previous: int | None = None,
    next_: int | None = None,
) -> Desk:
    """The matter with the desk's proposal, similar earlier ones, and rules that are often passed over."""
    routes, ready = past_routes(matter.team), triage.rules_in_force(matter.team)
    may_route = rules.can_route(user, matter.team)
    return Desk(
        matter=matter,
        proposal=triage.propose(matter, ready),
        past=similar.earlier(user, matter, routes),
        overruled=overruled_rules(ready.rules.values(), routes) if may_route else [],
        position=position,
        count=count,
        previous=previous,
        next=next_,
        can_route=may_route,
        can_decide=rules.can_decide(user, matter.team),
    )


def team_matters(team: Team, *, state: str = "", text: str = "", number: str = "1") -> "Page[Matter]":
    """All the team's matters, newest first; each knows whether it is with somebody who has left."""
    here = Matter.objects.exclude(state=MatterState.DRAFT).filter(team=team)
    if state:
        here = here.filter(state=state)
    for word in text.split()[:6]:
        here = here.filter(question__iregex=re.escape(word))  # folds å, ä, ö on both databases
    matters = with_whereabouts(here).select_related(
        "handed_in_by", "team", "decision__team", "decision__owner"
    )
    matters = matters.annotate(receiver_left=has_receiver_left(timezone.localdate()))
    return Paginator(matters, ON_A_PAGE).get_page(number)  # type: ignore[return-value]  # each knows one thing more


def counts(team: Team) -> tuple[int, int]:
    """How many matters wait for a route, and how many are under way elsewhere."""
    waiting = Matter.objects.filter(team=team, state=MatterState.INBOX).count()
    under_way = Matter.objects.filter(team=team).exclude(
        state__in=[*CLOSED, MatterState.DRAFT, MatterState.INBOX]
    )
    return waiting, under_way.count()
