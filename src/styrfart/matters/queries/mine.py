"""A person's own matters: handed in, handed to them, waiting for them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.matters.models import CLOSED, HandOver, Matter, MatterState, Preparation
from styrfart.matters.queries.to_route import Waiting, WaitingKind, to_route
from styrfart.matters.queries.whereabouts import OPEN_HAND_OVERS, OPEN_PREPARATIONS, with_whereabouts
from styrfart.people.models import Person
from styrfart.people.standing import standing
from styrfart.shared.addresses import reverse
from styrfart.shared.mail import about_of
from styrfart.shared.prepared import PreparedObjects
from styrfart.shared.templatetags import words

ON_A_PAGE = 20


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


class WaitingSource(Enum):
    """Where it is looked for: what whoever knows that there is nothing need not ask."""

    ROUTES = "routes"
    ANSWERS = "answers"
    QUESTIONS = "questions"
    REPORTS = "reports"


def waiting_for(user: Person, only: Collection[WaitingSource] | None = None) -> list[Waiting]:
    """What waits for `user` at the desk: to route, to answer, to complete, to prepare; or what is in `only`.

    A query for each source, and one for each team where somebody waits for a route (see `to_route`).
    """
    sources = WaitingSource if only is None else only
    found = [one for source in sources for one in _FOUND_BY[source](user)]
    return sorted(found, key=lambda one: (one.on, one.url))


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
            about=about_of(row.matter),
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
            about=about_of(row),
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
            about=about_of(row.matter),
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


_FOUND_BY: dict[WaitingSource, Callable[[Person], Sequence[Waiting]]] = {
    WaitingSource.ROUTES: to_route,
    WaitingSource.ANSWERS: _to_answer,
    WaitingSource.QUESTIONS: _to_complete,
    WaitingSource.REPORTS: _to_prepare,
}


def _page_of(matter: Matter) -> str:
    return reverse("matters:show", args=[matter.team.slug, matter.pk])
