"""The matter as an official document: secrecy, and the e-archive."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from styrfart.matters import rules
from styrfart.matters.actions.telling import withhold_words
from styrfart.matters.facts import SecrecyChanged
from styrfart.matters.models import Matter
from styrfart.people.models import Person, Team
from styrfart.shared import audit
from styrfart.shared.models import AuditEntry


@transaction.atomic
def mark_secret(*, matter: Matter, ground: str, known: str, actor: Person) -> Matter:
    """Only those named in the matter and the room where it is now see it; log and letters lose its words."""
    fresh = _locked(matter, known)
    if not rules.can_mark_secret(actor, fresh):
        raise PermissionDenied
    before, fresh.secrecy_ground = fresh.secrecy_ground, ground.strip()
    _save(fresh)
    rows = AuditEntry.objects.filter(object_type=fresh._meta.label_lower, object_id=str(fresh.pk))
    rows.update(object_label=str(fresh.pk))
    withhold_words(fresh)
    _record("matters.mark_secret", fresh, before, actor)
    return fresh


@transaction.atomic
def lift_secrecy(*, matter: Matter, known: str, actor: Person) -> Matter:
    """The matter is seen as any other. What the log has lost of its words stays lost."""
    fresh = _locked(matter, known)
    if not rules.can_lift_secrecy(actor, fresh):
        raise PermissionDenied
    before, fresh.secrecy_ground = fresh.secrecy_ground, ""
    _save(fresh)
    _record("matters.lift_secrecy", fresh, before, actor)
    return fresh


def _locked(matter: Matter, known: str) -> Matter:
    fresh = Matter.objects.select_for_update().get(pk=matter.pk)
    if fresh.secrecy_ground != known:
        raise SecrecyChanged(fresh)
    return fresh


def _save(matter: Matter) -> None:
    # No new revision: a choice of route can be undone all the same. `changed_at` tells the index of texts.
    matter.save(update_fields=["secrecy_ground", "changed_at"])


def _record(verb: str, matter: Matter, before: str, actor: Person) -> None:
    audit.record(
        verb,
        matter,
        actor=actor,
        concerns=[actor, matter.handed_in_by_id, matter.owner_id],
        detail={"secrecy_ground": [before, matter.secrecy_ground]},
    )


def note_archived(*, team: Team, count: int, actor: Person) -> None:
    """Somebody fetched the team's closed matters for the e-archive; the log remembers how many."""
    if not rules.can_archive(actor, team):
        raise PermissionDenied
    audit.record("matters.archive", team, actor=actor, concerns=[actor], detail={"records": ["", str(count)]})
