"""Earlier matters like this one, from an index that each process keeps of each team's texts.

The index is read from the database the first time it is asked for, and after that only what has changed is
read again. What somebody may not see is left out before anything is ranked.
"""

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery

from styrfart.matters import phrases
from styrfart.matters.models import Matter, MatterState, Routing
from styrfart.people.models import Team
from styrfart.people.standing import User

if TYPE_CHECKING:
    from styrfart.kernel.similarity import Index

MOST = 3
# How many of the nearest history is asked about.
ASKED = 12
# Less alike than this says nothing.
LEAST = 0.2
# How many teams' indexes a process keeps: about half a megabyte each.
KEPT_TEAMS = 128
# A transaction may be committed this much later than the moment it wrote in `changed_at`.
OVERLAP = dt.timedelta(seconds=60)
NOT_YET_EARLIER = (MatterState.DRAFT, MatterState.INBOX, MatterState.MORE_ASKED)


@dataclass(frozen=True)
class Similar:
    """An earlier matter and how it was handled."""

    matter: Matter
    routing: Routing | None
    likeness: float

    @property
    def told(self) -> str:
        return phrases.handled(self.routing) if self.routing else ""


@dataclass(frozen=True)
class Past:
    """What the team's history says: the nearest matters, and which way they went if they agree."""

    similar: list[Similar] = field(default_factory=list)
    route: str = ""
    share: float = 0
    counted: int = 0


@dataclass
class _Kept:
    """A team's index, how far it has been read, and which revision of each matter it holds."""

    index: "Index"
    read_to: dt.datetime | None = None
    revisions: dict[int, int] = field(default_factory=dict)


_indexes: OrderedDict[int, _Kept] = OrderedDict()
_lock = Lock()


def earlier(user: User, matter: Matter) -> Past:
    """Earlier matters of the team that `user` may see and that are like this one. Four queries at most."""
    from styrfart.kernel.similarity import route_from_history  # noqa: PLC0415  # numpy, only where it is used

    index = _fresh_index(matter.team)
    allowed = set(
        Matter.objects.visible_to(user)
        .filter(_of(matter.team))
        .exclude(pk=matter.pk)
        .exclude(state__in=NOT_YET_EARLIER)
        .values_list("pk", flat=True)
    )
    if not allowed:
        return Past()
    may_see = index.allow(allowed)
    hits = index.search(_text(matter.question, matter.why_us), allowed=may_see, k=ASKED)
    history = route_from_history(hits, labelled=index.labelled(may_see))
    nearest = {int(hit.id): hit.similarity for hit in hits[:MOST] if hit.similarity >= LEAST}
    return Past(_shown(nearest), history.label or "", history.share, len(history.evidence))


def _shown(nearest: dict[int, float]) -> list[Similar]:
    """The matters with how each was handled, most alike first."""
    if not nearest:
        return []
    found = Matter.objects.filter(pk__in=nearest).select_related("team")
    routings = Routing.objects.filter(matter__in=nearest, undone_at=None).order_by("at", "pk")
    last = {routing.matter_id: routing for routing in routings}
    shown = [Similar(matter, last.get(matter.pk), nearest[matter.pk]) for matter in found]
    return sorted(shown, key=lambda each: -each.likeness)


def forget() -> None:
    """Drop every index, so that the next question reads from the database."""
    with _lock:
        _indexes.clear()


def _of(team: Team) -> Q:
    """Matters that are or have been in the team."""
    return Q(team=team) | Q(pk__in=Routing.objects.filter(team=team, undone_at=None).values("matter"))


def _text(question: str, why_us: str) -> str:
    # The question says what it is about; it counts twice.
    return f"{question}\n{question}\n{why_us}"


def _fresh_index(team: Team) -> "Index":
    """The team's index with what has changed since it was last asked."""
    from styrfart.kernel.similarity import Document, Index  # noqa: PLC0415  # numpy, only where it is used

    with _lock:
        kept = _indexes.get(team.pk) or _Kept(Index.empty())
        rows = Matter.objects.exclude(state=MatterState.DRAFT).filter(_of(team))
        if kept.read_to:
            rows = rows.filter(changed_at__gte=kept.read_to - OVERLAP)
        last_route = Routing.objects.filter(matter=OuterRef("pk"), undone_at=None).values("route")[:1]
        documents = []
        for pk, revision, question, why_us, changed_at, route in (
            rows.annotate(route=Subquery(last_route))
            .order_by("pk")
            .values_list("pk", "revision", "question", "why_us", "changed_at", "route")
        ):
            kept.read_to = max(kept.read_to or changed_at, changed_at)
            if kept.revisions.get(pk) != revision:
                kept.revisions[pk] = revision
                documents.append(Document(pk, _text(question, why_us), route))
        kept.index = kept.index.apply(documents)
        _indexes[team.pk] = kept
        _indexes.move_to_end(team.pk)
        while len(_indexes) > KEPT_TEAMS:
            _indexes.popitem(last=False)
        return kept.index
