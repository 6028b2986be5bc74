"""What falls due comes back by itself: to the owner, else to the chair."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from enum import Enum

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.decisions.models import Action, Decision, Recipient
from styrfart.decisions.phrases import short
from styrfart.decisions.queries.chairing import for_chair, of_chair, without_owner
from styrfart.decisions.queries.due import CHAIR_AFTER, Due, DueKind
from styrfart.people.models import TeamRole
from styrfart.people.standing import Standing, User, standing
from styrfart.shared.mail import about_of
from styrfart.shared.prepared import PreparedObjects
from styrfart.shared.templatetags.words import ago, day_short


class DueSource(Enum):
    """Where it is looked for: what whoever knows that there is nothing need not ask."""

    DECISIONS = "decisions"
    RECEIPTS = "receipts"
    ACTIONS = "actions"


def due_for(user: User, only: Collection[DueSource] | None = None) -> list[Due]:
    """What waits for `user` among decisions and actions, or in `only`, the most overdue first.

    A query for each source.
    """
    here = standing(user)
    if not here.person_id:
        return []
    sources = DueSource if only is None else only
    found = [one for source in sources for one in _FOUND_BY[source](here)]
    return sorted(found, key=lambda one: (one.on, one.kind.value, one.url))


def _decisions(here: Standing) -> Iterable[Due]:
    chaired = [pk for pk, role in here.seats.items() if role == TeamRole.CHAIR]
    found = _DECISIONS_DUE.all(
        me=here.person_id,
        room=list(here.seats),
        chaired=chaired,
        today=here.day,
        long_ago=here.day - CHAIR_AFTER,
    )
    ownerless = without_owner(found, here, chaired)
    for decision in found:
        if decision.owner_id == here.person_id:
            yield from _of_owner(decision, here.day)
        elif decision.team_id in chaired:
            yield from of_chair(decision, here.day, is_ownerless=decision.pk in ownerless)
        yield from _of_review(decision, here, chaired)


def _decisions_due(
    *, me: int, room: list[int], chaired: list[int], today: dt.date, long_ago: dt.date
) -> QuerySet[Decision]:
    # Each alternative is found by an index; what is secret waits only for those in the room.
    is_mine = (
        Q(owner=me)
        & (Q(secrecy_ground="") | Q(team__in=room))
        & (
            Q(distributed_at=None)
            | Q(done_at=None, due_on__lte=today)
            | Q(done_at__isnull=False, effect_at=None, effect_on__lte=today)
        )
    )
    is_chairs = Q(team__in=chaired) & for_chair(today, long_ago)
    return Decision.objects.in_force().filter(is_mine | is_chairs | Q(decided_by=me, review_on__lte=today))


_DECISIONS_DUE = PreparedObjects(
    _decisions_due,
    ("team", "owner", "decided_by"),
    me=int,
    room=list,
    chaired=list,
    today=dt.date,
    long_ago=dt.date,
)


def _of_review(decision: Decision, here: Standing, chaired: Collection[int]) -> Iterable[Due]:
    """For the decider, and for the chair when the decider has left."""
    is_mine = decision.decided_by_id == here.person_id
    is_chairs = decision.team_id in chaired and not decision.decided_by.is_active
    if (is_mine or is_chairs) and decision.review_on and decision.review_on <= here.day:
        yield Due(
            DueKind.REVIEW,
            decision.review_on,
            _("Se över beslut %(number)s") % {"number": decision.number},
            short(decision.text)
            if is_mine
            else _("%(name)s fattade det och har slutat.") % {"name": decision.decided_by},
            _("Se över"),
            f"{decision.get_absolute_url()}#oversyn",
            is_late=decision.review_on < here.day,
            about=about_of(decision),
        )


def _of_owner(decision: Decision, today: dt.date) -> Iterable[Due]:
    """The next step, when it is the owner's to take."""
    number, text, url = {"number": decision.number}, short(decision.text), decision.get_absolute_url()
    about = about_of(decision)
    if decision.done_at is None and decision.due_on <= today:
        yield Due(
            DueKind.DONE,
            decision.due_on,
            _("Rapportera hur det går med beslut %(number)s") % number,
            _("%(text)s Skulle vara klart %(day)s.") % {"text": text, "day": day_short(decision.due_on)}
            if decision.due_on < today
            else _("%(text)s Ska vara klart i dag.") % {"text": text},
            _("Rapportera läge"),
            f"{url}#lage",
            is_late=decision.due_on < today,
            about=about,
        )
    elif decision.distributed_at is None:
        decided = timezone.localdate(decision.decided_at)
        yield Due(
            DueKind.TAKE_ON,
            decided,
            _("Ta dig an beslut %(number)s") % number,
            _("%(name)s beslutade %(when)s. Klart senast %(day)s.")
            % {"name": decision.decided_by, "when": ago(decided, today), "day": day_short(decision.due_on)},
            _("Ta dig an"),
            f"{url}#nasta",
            is_late=False,
            about=about,
        )
    elif decision.done_at and not decision.effect_at and decision.effect_on <= today:
        yield Due(
            DueKind.EFFECT,
            decision.effect_on,
            _("Följ effekten av beslut %(number)s") % number,
            decision.effect_question,
            _("Följ effekten"),
            f"{url}#nasta",
            is_late=decision.effect_on < today,
            about=about,
        )


def _receipts(here: Standing) -> Iterable[Due]:
    for row in _UNREAD.all(me=here.person_id):
        decision = row.decision
        if decision.secrecy_ground and not here.is_in(decision.team_id):
            continue
        told = timezone.localdate(row.told_at)
        yield Due(
            DueKind.RECEIPT,
            told,
            _("Läs beslut %(number)s") % {"number": decision.number},
            _("%(name)s beslutade %(when)s och vill att du känner till det.")
            % {"name": decision.decided_by, "when": ago(told, here.day)},
            _("Läs beslutet"),
            decision.get_absolute_url(),
            is_late=False,
            about=about_of(decision),
        )


def _unread(*, me: int) -> QuerySet[Recipient]:
    return Recipient.objects.filter(
        person=me, received_at=None, decision__withdrawn_at=None, decision__replaced_at=None
    )


_UNREAD = PreparedObjects(_unread, ("decision__team", "decision__decided_by"), me=int)


def _actions(here: Standing) -> Iterable[Due]:
    today = here.day
    for action in _ACTIONS_DUE.all(me=here.person_id, today=today):
        yield Due(
            DueKind.ACTION,
            action.due_on,
            short(action.text),
            _("Åtgärd i %(team)s. Skulle vara klar %(day)s.")
            % {"team": action.team, "day": day_short(action.due_on)}
            if action.due_on < today
            else _("Åtgärd i %(team)s. Ska vara klar i dag.") % {"team": action.team},
            _("Markera klar"),
            action.get_absolute_url(),
            is_late=action.due_on < today,
            about=about_of(action),
        )


def _actions_due(*, me: int, today: dt.date) -> QuerySet[Action]:
    return Action.objects.in_force().filter(owner=me, done_at=None, due_on__lte=today)


_ACTIONS_DUE = PreparedObjects(_actions_due, ("team",), me=int, today=dt.date)

_FOUND_BY: dict[DueSource, Callable[[Standing], Iterable[Due]]] = {
    DueSource.DECISIONS: _decisions,
    DueSource.RECEIPTS: _receipts,
    DueSource.ACTIONS: _actions,
}
