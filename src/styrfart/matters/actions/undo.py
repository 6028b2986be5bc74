"""Undoing a choice of route within ten minutes."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from styrfart.decisions.actions import DecisionRefused, undo_decision
from styrfart.decisions.models import Decision
from styrfart.matters.actions.route import RESTORED
from styrfart.matters.actions.telling import note_event, tell
from styrfart.matters.facts import CannotUndo
from styrfart.matters.models import EventKind, HandOver, Matter, Route, Routing
from styrfart.people.models import Person
from styrfart.shared import audit


@transaction.atomic
def undo(*, routing: Routing, actor: Person) -> Matter:
    """Everything is as before: matter, decision, what was handed over. Those who were told hear of it."""
    if routing.route == Route.DECIDE:
        return _undo_decision(routing, actor)
    matter = Matter.objects.select_for_update().get(pk=routing.matter_id)
    _check(matter, routing)
    return _restore(matter, routing, actor)


def _undo_decision(routing: Routing, actor: Person) -> Matter:
    """The decision is locked before its matter, as on its own page: else each could wait for the other."""
    matter = Matter.objects.select_related("decision").get(pk=routing.matter_id)
    _check(matter, routing)
    try:
        if matter.decision is None:
            raise CannotUndo
        undo_decision(decision=matter.decision, actor=actor)  # calls `follow_undone_decision`
    except DecisionRefused as refused:
        raise CannotUndo from refused
    matter.refresh_from_db()
    return matter


def _check(matter: Matter, routing: Routing) -> None:
    last = matter.routings.filter(undone_at=None).first()
    is_last = last is not None and last.pk == routing.pk
    # Answered, handed back, completed: undoing would throw away what somebody else has done since.
    is_untouched = matter.revision == routing.matter_revision + 1
    if not is_last or not is_untouched or timezone.now() >= routing.undo_until:
        raise CannotUndo


def follow_undone_decision(decision: Decision, actor: Person) -> None:
    """A decision made at the desk was undone, here or on its own page: its matter waits for a route again."""
    matter = Matter.objects.select_for_update().filter(decision=decision).first()
    if matter is None:
        return
    routing = matter.routings.filter(undone_at=None, route=Route.DECIDE).first()
    if routing is not None:
        _restore(matter, routing, actor)


def _restore(matter: Matter, routing: Routing, actor: Person) -> Matter:
    now = timezone.now()
    before = dict(routing.before)
    if before["closed_at"]:
        before["closed_at"] = dt.datetime.fromisoformat(before["closed_at"])
    for name in RESTORED:
        setattr(matter, name, before[name])
    matter.revision += 1
    matter.save()
    matter.hand_overs.filter(routing=routing).update(cancelled_at=now)
    matter.preparations.filter(routing=routing).update(cancelled_at=now)
    if before.get("answered_hand_over"):
        HandOver.objects.filter(pk=before["answered_hand_over"]).update(answered_at=None, answer="")
    routing.undone_at = now
    routing.save(update_fields=["undone_at"])
    event = note_event(matter, EventKind.UNDONE, by=actor, routing=routing)
    told = list(Person.objects.filter(pk__in=routing.told))
    tell(event, to=told)
    audit.record(
        "matters.undo", matter, actor=actor, concerns=[matter.handed_in_by_id, matter.owner_id, *told]
    )
    return matter
