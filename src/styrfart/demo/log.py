"""What was done, in the audit log as the actions write it: who, what, when, and whom it concerned."""

import datetime as dt
from collections.abc import Iterable

from django.db import models

from styrfart.demo.town import Town
from styrfart.people.models import Person
from styrfart.shared.audit import label_of
from styrfart.shared.models import AuditEntry


def note(
    town: Town,
    verb: str,
    obj: models.Model,
    *,
    by: Person,
    at: dt.datetime,
    concerns: Iterable[Person | None] = (),
) -> None:
    """A row of the log, readable by those concerned."""
    entry = town.store.add(
        AuditEntry(
            at=at,
            actor=by,
            verb=verb,
            object_type=obj._meta.label_lower,
            object_id=str(obj.pk),
            object_label=label_of(obj),
        )
    )
    for pk in sorted({person.pk for person in (by, *concerns) if person is not None}):
        town.store.join(AuditEntry.concerns.through, auditentry_id=entry.pk, person_id=pk)
