"""Earlier matters like this one, from an index that each process keeps of each team's texts.

Texts are read from the database the first time they are needed, and again only when they have changed. What
somebody may not see is left out before anything is ranked.
"""

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from styrfart.matters import phrases, rules
from styrfart.matters.lean import PastRoute
from styrfart.matters.models import Matter, Route
from styrfart.people.standing import User

if TYPE_CHECKING:
    from styrfart.kernel.similarity import Index

MOST = 3
# How many of the nearest history is asked about.
ASKED = 12
# Less alike than this says nothing.
LEAST = 0.15
# How many teams' indexes a process keeps: about half a megabyte each.
KEPT_TEAMS = 128


@dataclass(frozen=True)
class Similar:
    """An earlier matter and how it was handled."""

    nr: int
    question: str
    route: Route
    at: dt.datetime
    likeness: float

    @property
    def told(self) -> str:
        return phrases.handled(self.route, self.at)


@dataclass(frozen=True)
class Past:
    """What the team's history says: the nearest matters, and which way they went if they agree."""

    similar: list[Similar] = field(default_factory=list)
    route: str = ""
    counted: int = 0

    @property
    def told(self) -> str:
        """What most of them have in common, only when there is enough to say so."""
        return phrases.agreed(self.route, self.counted) if self.route else ""


@dataclass(frozen=True)
class _Kept:
    """A team's index, the questions in it, and which state of each matter it holds.

    It never changes: a thread that searches it is not disturbed by one that makes the next.
    """

    index: "Index"
    questions: Mapping[int, str] = field(default_factory=dict)
    states: Mapping[int, object] = field(default_factory=dict)
    secret: frozenset[int] = frozenset()


_indexes: OrderedDict[int, _Kept] = OrderedDict()
_lock = Lock()


def earlier(user: User, matter: Matter, routes: Iterable[PastRoute]) -> Past:
    """At most three earlier matters of the team that are like this one; `routes` newest first.

    Whoever reads the desk may see every matter that has had a route there (`Matter.objects.visible_to`)
    but the secret ones that have moved on: no secret matter is shown or counted. Nobody else is shown any.
    """
    last: dict[int, PastRoute] = {}
    if rules.can_read_desk(user, matter.team):
        for row in routes:
            last.setdefault(row.matter, row)
    last = {nr: row for nr, row in last.items() if row.route != Route.MORE}
    if not last:
        return Past()
    from styrfart.kernel.similarity import route_from_history  # noqa: PLC0415  # numpy, only where it is used

    kept = _fresh(matter.team_id, last)
    may_see = kept.index.allow(last.keys() - kept.secret - {matter.pk})
    hits = kept.index.search(_text(matter.question, matter.why_us), allowed=may_see, k=ASKED)
    history = route_from_history(hits, labelled=kept.index.labelled(may_see))
    nearest = [
        Similar(nr, kept.questions[nr], Route(last[nr].route), last[nr].at, hit.similarity)
        for hit in hits[:MOST]
        if hit.similarity >= LEAST and (nr := int(hit.id))
    ]
    return Past(nearest, history.label or "", len(history.evidence))


def forget() -> None:
    """Drop every index, so that the next question reads from the database."""
    with _lock:
        _indexes.clear()


def _text(question: str, why_us: str) -> str:
    # The question says what it is about; it counts twice.
    return f"{question}\n{question}\n{why_us}"


def _fresh(team_id: int, last: dict[int, PastRoute]) -> _Kept:
    """The team's index with what has changed since it was last asked: no query when nothing has."""
    from styrfart.kernel.similarity import Document, Index, Remove  # noqa: PLC0415  # numpy, only where it is used

    with _lock:
        kept = _indexes.get(team_id) or _Kept(Index.empty())
        changed = {
            nr: state
            for nr, row in last.items()
            if kept.states.get(nr) != (state := (row.changed_at, row.route))
        }
        gone = kept.states.keys() - last.keys()
        if changed or gone:
            texts = Matter.objects.filter(pk__in=changed).values_list(
                "pk", "question", "why_us", "secrecy_ground"
            )
            found = {nr: (question, why_us, bool(ground)) for nr, question, why_us, ground in texts}
            # Of what is secret not even the words are kept.
            read = {nr: ("", "") if hid else (asked, why) for nr, (asked, why, hid) in found.items()}
            secret = {nr for nr, (_asked, _why, hid) in found.items() if hid}
            documents = [Document(nr, _text(*text), last[nr].route) for nr, text in read.items()]
            # Disposed of, or undone: no word of it stays in the process.
            over = gone | changed.keys()
            questions = {nr: asked for nr, asked in kept.questions.items() if nr not in over}
            kept = _Kept(
                index=kept.index.apply([*(Remove(nr) for nr in gone), *documents]),
                questions=questions | {nr: asked for nr, (asked, _why) in read.items()},
                states={nr: state for nr, state in kept.states.items() if nr not in gone} | changed,
                secret=kept.secret - over | secret,
            )
        _indexes[team_id] = kept
        _indexes.move_to_end(team_id)
        while len(_indexes) > KEPT_TEAMS:
            _indexes.popitem(last=False)
        return kept
