"""A person's own matters: handed in, handed to them, waiting for them."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.matters.models import CLOSED, HandOver, Matter, MatterState, Preparation
from styrfart.matters.queries.proposed import proposed_among
from styrfart.people.models import Person, Team, TeamRole
from styrfart.people.standing import standing
from styrfart.shared.prepared import Prepared, PreparedObjects
from styrfart.shared.templatetags import words

ON_A_PAGE = 20
OPEN_HAND_OVERS = HandOver.objects.filter(answered_at=None, returned_at=None, cancelled_at=None)
OPEN_PREPARATIONS = Preparation.objects.filter(done_at=None, cancelled_at=None)


def with_whereabouts(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Matters with what `phrases.where` needs: team, decision, who has it now. Three queries in all."""
    return matters.select_related("team", "decision__team", "decision__owner").prefetch_related(
        Prefetch(
            "hand_overs", OPEN_HAND_OVERS.select_related("to_person", "to_team"), to_attr="open_hand_overs"
        ),
        Prefetch("preparations", OPEN_PREPARATIONS.select_related("owner"), to_attr="open_preparations"),
    )


@dataclass(frozen=True)
class Mine:
    """Everything on the page "Mina ärenden"."""

    drafts: list[Matter]
    to_complete: list[Matter]
    under_way: list[Matter]
    closed: "Page[Matter]"
    to_answer: list[HandOver]
    to_prepare: list[Preparation]


def mine(user: Person, number: str = "1") -> Mine:
    """What `user` handed in or owns and where it is, and what was handed to them."""
    handed_in = Matter.objects.filter(handed_in_by=user).order_by().values("pk")
    owned = Matter.objects.filter(owner=user).exclude(state=MatterState.DRAFT).order_by().values("pk")
    own = with_whereabouts(Matter.objects.filter(pk__in=handed_in.union(owned)))
    now = list(own.exclude(state__in=CLOSED))
    return Mine(
        drafts=[matter for matter in now if matter.state == MatterState.DRAFT],
        to_complete=[matter for matter in now if matter.state == MatterState.MORE_ASKED],
        under_way=[
            matter for matter in now if matter.state not in {MatterState.DRAFT, MatterState.MORE_ASKED}
        ],
        closed=Paginator(own.filter(state__in=CLOSED), ON_A_PAGE).get_page(number),
        to_answer=list(
            OPEN_HAND_OVERS.filter(to_person=user)
            .select_related("matter__team", "matter__handed_in_by", "routing__by")
            .order_by("answer_by", "pk")
        ),
        to_prepare=list(
            OPEN_PREPARATIONS.filter(owner=user).select_related("matter__team").order_by("committee_on", "pk")
        ),
    )


class WaitingKind(Enum):
    ROUTE = "route"
    ANSWER = "answer"
    COMPLETE = "complete"
    PREPARE = "prepare"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody: a sentence, why, one verb. Fields as in `decisions.queries.Due`."""

    kind: WaitingKind
    on: dt.date  # the day it is due, or since when it has waited
    title: str
    why: str
    verb: str
    url: str
    is_late: bool
    matters: int = 1


def waiting_for(user: Person) -> list[Waiting]:
    """What waits for `user` at the desk: to route, to answer, to complete, to prepare.

    Four queries, and one for each team where somebody waits for a route.
    """
    found = [*_to_route(user), *_to_answer(user), *_to_complete(user), *_to_prepare(user)]
    return sorted(found, key=lambda one: (one.on, one.url))


def _to_route(user: Person) -> list[Waiting]:
    today = standing(user).day
    teams = {
        team.pk: team
        for team in standing(user).teams
        if standing(user).seats[team.pk] in {TeamRole.CHAIR, TeamRole.SECRETARY}
    }
    queues: dict[int, list[_InQueue]] = {}
    for row in _IN_THE_QUEUE.rows(teams=list(teams)) if teams else []:
        queues.setdefault(row[0], []).append(_InQueue(*row[1:]))
    return [
        Waiting(
            kind=WaitingKind.ROUTE,
            on=timezone.localdate(queue[0].handed_in_at),
            title=ngettext("Välj väg för ett nytt ärende", "Välj väg för %(count)s nya ärenden", len(queue))
            % {"count": words.in_words(len(queue))},
            why=_why_route(teams[team], queue),
            url=reverse("matters:queue", args=[teams[team].slug]),
            verb=_("Sortera ärenden"),
            is_late=any(one.latest_on is not None and one.latest_on < today for one in queue),
            matters=len(queue),
        )
        for team, queue in queues.items()
    ]


class _InQueue(NamedTuple):
    """A matter that waits for a route."""

    nr: int
    revision: int
    handed_in_at: dt.datetime
    latest_on: dt.date | None


def _why_route(team: Team, queue: list[_InQueue]) -> str:
    """Since when they wait, and how much of the sorting the mandate has done."""
    told = [
        _("%(team)s. Det äldsta kom in %(when)s.") % {"team": team, "when": words.ago(queue[0].handed_in_at)}
    ]
    proposed = proposed_among(team, [(one.nr, one.revision) for one in queue])
    if proposed and proposed == len(queue):
        told.append(ngettext("Mandatet föreslår en väg.", "Mandatet föreslår en väg för alla.", len(queue)))
    elif proposed:
        told.append(
            _("Mandatet föreslår en väg för %(count)s av dem.") % {"count": words.in_words(proposed, "ett")}
        )
    return " ".join(told)


def _in_the_queue(
    *, teams: list[int]
) -> "QuerySet[Matter, tuple[int, int, int, dt.datetime | None, dt.date | None]]":
    """What waits for a route, the oldest first."""
    found = Matter.objects.filter(team__in=teams, state=MatterState.INBOX)
    return found.order_by("handed_in_at", "pk").values_list(
        "team", "pk", "revision", "handed_in_at", "latest_on"
    )


_IN_THE_QUEUE = Prepared(_in_the_queue, teams=list)


def _to_answer(user: Person) -> list[Waiting]:
    today = standing(user).day
    return [
        Waiting(
            kind=WaitingKind.ANSWER,
            on=row.answer_by,
            title=_("Svara på: %(question)s") % {"question": row.matter.question},
            why=_("%(by)s lämnade ärendet till dig. Svar %(due)s.")
            % {"by": row.routing.by, "due": words.due(row.answer_by)},
            url=_page_of(row.matter),
            verb=_("Läs och svara"),
            is_late=row.answer_by < today,
        )
        for row in _TO_ANSWER.all(me=user.pk)
    ]


_TO_ANSWER: PreparedObjects[HandOver] = PreparedObjects(
    lambda me: OPEN_HAND_OVERS.filter(to_person=me).order_by("answer_by", "pk"),
    ("matter__team", "routing__by"),
    me=int,
)


def _to_complete(user: Person) -> list[Waiting]:
    today = standing(user).day
    return [
        Waiting(
            kind=WaitingKind.COMPLETE,
            on=timezone.localdate(row.changed_at),
            title=_("Komplettera: %(question)s") % {"question": row.question},
            why=_("%(team)s ber dig om mer.") % {"team": row.team},
            url=_page_of(row),
            verb=_("Komplettera"),
            is_late=bool(row.latest_on and row.latest_on < today),
        )
        for row in _TO_COMPLETE.all(me=user.pk)
    ]


_TO_COMPLETE: PreparedObjects[Matter] = PreparedObjects(
    lambda me: Matter.objects.filter(handed_in_by=me, state=MatterState.MORE_ASKED).order_by("pk"),
    ("team",),
    me=int,
)


def _to_prepare(user: Person) -> list[Waiting]:
    today = standing(user).day
    return [
        Waiting(
            kind=WaitingKind.PREPARE,
            on=row.committee_on or timezone.localdate(row.routing.at),
            title=_("Skriv tjänsteutlåtandet: %(report)s") % {"report": row.report},
            why=_("Nämnden sammanträder %(day)s.") % {"day": words.day(row.committee_on)}
            if row.committee_on
            else _("Nämnden beslutar."),
            url=_page_of(row.matter),
            verb=_("Öppna ärendet"),
            is_late=bool(row.committee_on and row.committee_on < today),
        )
        for row in _TO_PREPARE.all(me=user.pk)
    ]


_TO_PREPARE: PreparedObjects[Preparation] = PreparedObjects(
    lambda me: OPEN_PREPARATIONS.filter(owner=me).order_by("committee_on", "pk"),
    ("matter__team", "routing"),
    me=int,
)


def _page_of(matter: Matter) -> str:
    return reverse("matters:show", args=[matter.team.slug, matter.pk])
