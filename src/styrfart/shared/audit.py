"""The audit log: one row for each deed, in the same transaction."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

from styrfart.shared.models import AuditEntry

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def record(
    verb: str,
    obj: models.Model,
    *,
    actor: "AbstractBaseUser | None",
    concerns: "Iterable[AbstractBaseUser | int | None]" = (),
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write that `actor` did `verb` to `obj`; those in `concerns` (people or their ids) may read it."""
    entry = AuditEntry.objects.create(
        actor_id=actor.pk if actor else None,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=label_of(obj),
        detail=detail or {},
    )
    ids = {who if isinstance(who, int) else who.pk for who in concerns if who is not None}
    if ids:
        through = AuditEntry.concerns.through
        rows = [through(auditentry_id=entry.pk, person_id=pk) for pk in sorted(ids)]
        through._default_manager.bulk_create(rows)
    return entry


def label_of(obj: models.Model) -> str:
    """What the log calls an object: its name, or its number where its words are not for everybody."""
    return str(getattr(obj, "log_label", obj))[:200]
