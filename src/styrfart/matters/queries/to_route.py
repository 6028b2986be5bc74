"""What waits for those who route: the queue, what is with somebody who has left, what ended teams left."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.matters.models import ROUTABLE, HandOver, Matter, MatterState
from styrfart.matters.queries.left_behind import led_units, who_place
from styrfart.matters.queries.proposed import proposed_among
from styrfart.matters.rules import ROUTING_SEATS
from styrfart.people.models import Person, Team, Unit
from styrfart.people.standing import standing
from styrfart.shared.addresses import reverse
from styrfart.shared.prepared import Prepared
from styrfart.shared.templatetags import words


class WaitingKind(Enum):
    ROUTE = "route"
    TAKE_BACK = "take_back"
    PLACE = "place"
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
    about: str = ""  # the record whose words it tells, as a letter names it


class _Row(NamedTuple):
    """A matter that nobody but a router brings further."""

    team: int
    nr: int
    revision: int
    handed_in_at: dt.datetime
    latest_on: dt.date | None
    state: str
    unit_path: str


def to_route(user: Person) -> list[Waiting]:
    """A row for each team's queue, one for each team's matters with somebody who has left, one to place.

    One query; two more when ended teams near `user` have left something; one for each queue.
    """
    here = standing(user)
    teams = {team.pk: team for team in here.teams if here.seats[team.pk] in ROUTING_SEATS}
    queues: dict[int, list[_Row]] = defaultdict(list)
    stuck: dict[int, list[_Row]] = defaultdict(list)
    left: list[_Row] = []
    for row in _rows(list(teams), led_units(user), here.day):
        if row.team not in teams:
            left.append(row)
        elif row.state == MatterState.INBOX:
            queues[row.team].append(row)
        elif row.state == MatterState.HANDED_OVER:
            stuck[row.team].append(row)
    return [
        *(_of_queue(teams[team], queue, here.day) for team, queue in queues.items()),
        *(_of_stuck(teams[team], rows) for team, rows in stuck.items()),
        *_to_place(user, left),
    ]


def _rows(teams: list[int], led: list[int], day: dt.date) -> list[_Row]:
    if led:
        return [_Row(*row) for row in _FOR_LEADERS.rows(teams=teams, led=led, day=day)]
    return [_Row(*row) for row in _FOR_ROUTERS.rows(teams=teams, day=day)] if teams else []


COLUMNS = ("team", "pk", "revision", "handed_in_at", "latest_on", "state", "team__unit__path")
Rows = QuerySet[Matter, tuple[int, int, int, dt.datetime | None, dt.date | None, str, str]]


def _for_routers(*, teams: list[int], day: dt.date) -> Rows:
    """Of these teams: what waits for a route, and what is with somebody who has left. Oldest first."""
    return _in_order(_queued(teams), _stuck(day).filter(team__in=teams))


def _for_leaders(*, teams: list[int], led: list[int], day: dt.date) -> Rows:
    """The same, and what waits in ended teams at or below the units with the ids `led`."""
    above = Unit.objects.filter(pk__in=led).order_by()
    below = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    is_below = Exists(above.alias(below=below).filter(below__startswith=F("path")))
    # By team and not by matter: few teams have ended, and their matters are found by an index.
    ended = Team.objects.filter(is_below, valid_to__lt=day).order_by().values("pk")
    waits = Matter.objects.order_by().filter(team__in=ended, state__in=ROUTABLE)
    stuck = _stuck(day)
    return _in_order(_queued(teams), stuck.filter(team__in=teams), waits, stuck.filter(team__in=ended))


def _queued(teams: list[int]) -> QuerySet[Matter]:
    return Matter.objects.order_by().filter(team__in=teams, state=MatterState.INBOX)


def _stuck(day: dt.date) -> QuerySet[Matter]:
    """Matters with somebody who has left."""
    stuck = HandOver.objects.still_open().receiver_left(day).order_by()
    return Matter.objects.order_by().filter(
        Exists(stuck.filter(matter=OuterRef("pk"))), state=MatterState.HANDED_OVER
    )


def _in_order(first: QuerySet[Matter], *others: QuerySet[Matter]) -> Rows:
    # A union and not an "or": each part is found by its own index, on both databases.
    found = first.values("pk").union(*(matters.values("pk") for matters in others))
    return Matter.objects.filter(pk__in=found).order_by("handed_in_at", "pk").values_list(*COLUMNS)


_FOR_ROUTERS = Prepared(_for_routers, teams=list, day=dt.date)
_FOR_LEADERS = Prepared(_for_leaders, teams=list, led=list, day=dt.date)


def _of_queue(team: Team, queue: Sequence[_Row], today: dt.date) -> Waiting:
    return Waiting(
        kind=WaitingKind.ROUTE,
        on=timezone.localdate(queue[0].handed_in_at),
        title=ngettext("Välj väg för ett nytt ärende", "Välj väg för %(count)s nya ärenden", len(queue))
        % {"count": words.in_words(len(queue))},
        why=_why_route(team, queue),
        url=reverse("matters:queue", args=[team.slug]),
        verb=_("Sortera ärenden"),
        is_late=any(one.latest_on is not None and one.latest_on < today for one in queue),
        matters=len(queue),
    )


def _why_route(team: Team, queue: Sequence[_Row]) -> str:
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


def _of_stuck(team: Team, rows: Sequence[_Row]) -> Waiting:
    return Waiting(
        kind=WaitingKind.TAKE_BACK,
        on=timezone.localdate(rows[0].handed_in_at),
        title=ngettext("Ta tillbaka ett ärende till kön", "Ta tillbaka %(count)s ärenden till kön", len(rows))
        % {"count": words.in_words(len(rows))},
        why=ngettext(
            "%(team)s. Den som fick ärendet har slutat.",
            "%(team)s. De som fick ärendena har slutat.",
            len(rows),
        )
        % {"team": team},
        url=f"{reverse('matters:all', args=[team.slug])}?lage={MatterState.HANDED_OVER}",
        verb=_("Visa ärendet") if len(rows) == 1 else _("Visa ärendena"),
        is_late=False,
        matters=len(rows),
    )


def _to_place(user: Person, rows: Iterable[_Row]) -> Iterable[Waiting]:
    """One row for all that ended teams have left to `user`."""
    rows = list(rows)
    units = {row.team: [int(part) for part in row.unit_path.split("/") if part] for row in rows}
    placed = {team for team, people in who_place(units).items() if user.pk in people}
    mine = [row for row in rows if row.team in placed]
    if mine:
        yield Waiting(
            kind=WaitingKind.PLACE,
            on=timezone.localdate(mine[0].handed_in_at),
            title=ngettext(
                "Hitta en ny väg för ett ärende", "Hitta nya vägar för %(count)s ärenden", len(mine)
            )
            % {"count": words.in_words(len(mine))},
            why=ngettext(
                "Gruppen finns inte längre, och du tar över efter den.",
                "Grupperna finns inte längre, och du tar över efter dem.",
                len(placed),
            ),
            url=reverse("matters:left-behind"),
            verb=_("Visa ärendet") if len(mine) == 1 else _("Visa ärendena"),
            is_late=False,
            matters=len(mine),
        )
