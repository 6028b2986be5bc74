"""Ending a period: it keeps its last day; what never took effect disappears."""

import datetime as dt
import hashlib

from django.db import models

from styrfart.people.models import Period


def end(row: Period, last_day: dt.date) -> None:
    """Let `last_day` be the last; a row that would begin after it was never valid, and is removed."""
    if row.valid_from > last_day:
        row.delete()
        return
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])


def day_before(day: dt.date) -> dt.date:
    """Yesterday, seen from `day`."""
    return day - dt.timedelta(days=1)


def revision_of(row: models.Model, *fields: str) -> str:
    """What the fields hold, as a short text that changes when any of them does: for two tabs."""
    held = "\x1f".join(str(row.serializable_value(name)) for name in fields)
    return hashlib.sha256(held.encode()).hexdigest()[:16]
