"""What becomes of a matter when it has been taken up at a meeting. Called with the matter under lock."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.decisions.models import Decision
from styrfart.matters.actions.telling import note_event, tell
from styrfart.matters.models import ROUTABLE, EventKind, HandOver, Matter, MatterState
from styrfart.people.models import Person
from styrfart.shared import audit
from styrfart.shared.models import RecordState


@transaction.atomic
def close_as_taken_up(*, matter: Matter, note: str, actor: Person) -> bool:
    """The group has talked about it or given its advice: who handed it in and who owns it are told.

    Gives False, and does nothing, when the matter has gone another way since.
    """
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if matter.state not in ROUTABLE:
        return False
    _close(matter, MatterState.ANSWERED, note, actor)
    event = note_event(matter, EventKind.ANSWERED, by=actor, note=note)
    tell(event, to=[matter.handed_in_by, matter.owner])
    concerned: list[Person | int | None] = [actor, matter.handed_in_by_id, matter.owner_id]
    audit.record("matters.close_as_taken_up", matter, actor=actor, concerns=concerned)
    return True


@transaction.atomic
def adopt_decision(*, matter: Matter, decision: Decision, actor: Person) -> bool:
    """A decision of the meeting answers the matter, in place of one that was undone."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if matter.state not in ROUTABLE:
        return False
    matter.decision = decision
    note = _("Beslut %(number)s.") % {"number": decision.number}
    _close(matter, MatterState.DECIDED, note, actor)
    event = note_event(matter, EventKind.ANSWERED, by=actor, note=note)
    tell(event, to=[who for who in (matter.handed_in_by, matter.owner) if who != decision.owner])
    concerned: list[Person | int | None] = [actor, matter.handed_in_by_id, matter.owner_id]
    audit.record("matters.adopt_decision", matter, actor=actor, concerns=concerned)
    return True


def _close(matter: Matter, state: MatterState, answer: str, actor: Person) -> None:
    now = timezone.now()
    matter.state, matter.closed_at, matter.record_state = state, now, RecordState.COMPLETED
    matter.revision += 1
    matter.save(
        update_fields=["state", "closed_at", "record_state", "revision", "changed_at", "decision"],
    )
    # One that another team had handed here has got its answer.
    HandOver.objects.filter(matter=matter, to_team_id=matter.team_id).still_open().update(
        received_at=now, received_by=actor, answered_at=now, answer=answer
    )
