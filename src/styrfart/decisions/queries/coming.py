"""What falls due comes back by itself; what is on its way to effect."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.decisions.models import Action, Decision, Recipient
from styrfart.decisions.phrases import short
from styrfart.decisions.queries.reading import Row, row_of
from styrfart.people.models import Team, TeamRole
from styrfart.people.standing import Standing, User, standing
from styrfart.shared.prepared import PreparedObjects
from styrfart.shared.templatetags.words import ago, day, day_short, due

# The chair is reminded when a decision has been overdue for so long.
CHAIR_AFTER = dt.timedelta(days=14)
# A decision whose effect has been followed stays on the home page for so long.
SHOW_EFFECT_FOR = dt.timedelta(days=30)
# How many decisions on their way a page shows.
SHOWN = 3


class DueKind(Enum):
    TAKE_ON = "take_on"
    DONE = "done"
    OVERDUE = "overdue"
    EFFECT = "effect"
    REVIEW = "review"
    RECEIPT = "receipt"
    ACTION = "action"


@dataclass(frozen=True)
class Due:
    """One thing that waits for somebody: a sentence, why, one verb, and where to do it."""

    kind: DueKind
    on: dt.date
    title: str
    why: str
    verb: str
    url: str
    is_late: bool


def due_for(user: User) -> list[Due]:
    """What waits for `user` among decisions and actions, the most overdue first. Three queries."""
    here = standing(user)
    if not here.person_id:
        return []
    found = [*_decisions(here), *_receipts(here), *_actions(here.person_id, here.day)]
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
    for decision in found:
        yield from _of_decision(decision, here.person_id, chaired, here.day)


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
    is_forgotten = Q(team__in=chaired, done_at=None, due_on__lte=long_ago)
    return Decision.objects.in_force().filter(is_mine | is_forgotten | Q(decided_by=me, review_on__lte=today))


_DECISIONS_DUE = PreparedObjects(
    _decisions_due,
    ("team", "owner", "decided_by"),
    me=int,
    room=list,
    chaired=list,
    today=dt.date,
    long_ago=dt.date,
)


def _of_decision(decision: Decision, me: int, chaired: list[int], today: dt.date) -> Iterable[Due]:
    """All that one decision asks of one person."""
    number, text, url = {"number": decision.number}, short(decision.text), decision.get_absolute_url()
    if decision.owner_id == me:
        yield from _of_owner(decision, today)
    if decision.team_id in chaired and decision.owner_id != me and _is_forgotten(decision, today):
        yield Due(
            DueKind.OVERDUE,
            decision.due_on,
            _("Beslut %(number)s är %(late)s") % {**number, "late": due(decision.due_on, today)},
            _("%(name)s skulle ha genomfört det %(day)s.")
            % {"name": decision.owner, "day": day(decision.due_on)},
            _("Se läget"),
            f"{url}#lage",
            is_late=True,
        )
    if decision.decided_by_id == me and decision.review_on and decision.review_on <= today:
        yield Due(
            DueKind.REVIEW,
            decision.review_on,
            _("Se över beslut %(number)s") % number,
            text,
            _("Se över"),
            f"{url}#oversyn",
            is_late=decision.review_on < today,
        )


def _of_owner(decision: Decision, today: dt.date) -> Iterable[Due]:
    """The next step, when it is the owner's to take."""
    number, text, url = {"number": decision.number}, short(decision.text), decision.get_absolute_url()
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
        )


def _is_forgotten(decision: Decision, today: dt.date) -> bool:
    return decision.done_at is None and decision.due_on <= today - CHAIR_AFTER


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
        )


def _unread(*, me: int) -> QuerySet[Recipient]:
    return Recipient.objects.filter(
        person=me, received_at=None, decision__withdrawn_at=None, decision__replaced_at=None
    )


_UNREAD = PreparedObjects(_unread, ("decision__team", "decision__decided_by"), me=int)


def _actions(me: int, today: dt.date) -> Iterable[Due]:
    for action in _ACTIONS_DUE.all(me=me, today=today):
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
        )


def _actions_due(*, me: int, today: dt.date) -> QuerySet[Action]:
    return Action.objects.filter(owner=me, done_at=None, due_on__lte=today)


_ACTIONS_DUE = PreparedObjects(_actions_due, ("team",), me=int, today=dt.date)


def on_their_way(user: User, *, team: Team | None = None) -> list[Row]:
    """The first decisions on their way to effect: the team's, or those of the user's teams and own ones.

    What should have been done first comes first; effects followed lately are shown too. One query.
    """
    here = standing(user)
    values = {
        "me": here.person_id,
        "room": list(here.seats),
        "since": timezone.now() - SHOW_EFFECT_FOR,
    }
    found = _OF_TEAM.all(**values, team=team.pk) if team else _OWN.all(**values)
    for decision in found:  # in force: nothing has replaced it, and nobody needs to ask
        Decision._meta.get_field("replaced_by").set_cached_value(decision, None)
    return [row_of(decision, here.day) for decision in found]


def _under_way(*, me: int, room: list[int], since: dt.datetime, **chosen: int) -> QuerySet[Decision]:
    is_chosen = Q(**chosen) if chosen else Q(team__in=room) | Q(owner=me)
    return (
        Decision.objects.open_to(me, room)
        .in_force()
        .filter(is_chosen, Q(effect_at=None) | Q(effect_at__gte=since))
        .order_by(F("done_at").asc(nulls_first=True), "due_on", "pk")[:SHOWN]
    )


_OWN = PreparedObjects(_under_way, ("team", "owner"), me=int, room=list, since=dt.datetime)
_OF_TEAM = PreparedObjects(_under_way, ("team", "owner"), me=int, room=list, since=dt.datetime, team=int)
