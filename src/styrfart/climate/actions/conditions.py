"""Limits of a unit's own for how many its managers lead: set, changed, and taken away."""

from django.db import IntegrityError, transaction

from styrfart.climate.models import SpanLimits
from styrfart.climate.models.conditions import Limits
from styrfart.people.models import Person, Unit
from styrfart.shared import audit


class LimitsMoved(Exception):
    """Somebody set or removed the unit's limits since the page was opened; `now` is what holds, if any."""

    def __init__(self, now: SpanLimits | None) -> None:
        super().__init__(now and now.pk)
        self.now = now


@transaction.atomic
def set_span_limits(*, unit: Unit, revision: int, limits: Limits, actor: Person) -> SpanLimits:
    """Let these hold for the unit and all below it without their own. Raises `LimitsMoved`.

    `revision`: of what was read, 0 where the unit had none of its own.
    """
    own = _own(unit, revision)
    before = str(own.limits) if own else ""
    if own is None:
        own = _begin(unit, limits)
    else:
        own.note, own.yellow, own.red = limits
        own.revision += 1
        own.save(update_fields=["note", "yellow", "red", "revision"])
    audit.record("climate.set_span_limits", own, actor=actor, detail={"limits": [before, str(limits)]})
    return own


@transaction.atomic
def remove_span_limits(*, unit: Unit, revision: int, actor: Person) -> None:
    """Let those above hold again. Raises `LimitsMoved`."""
    own = _own(unit, revision)
    if own is None:
        return
    audit.record("climate.remove_span_limits", own, actor=actor, detail={"limits": [str(own.limits), ""]})
    own.delete()


def _own(unit: Unit, revision: int) -> SpanLimits | None:
    own = SpanLimits.objects.select_for_update(of=("self",)).filter(unit=unit).first()
    if (own.revision if own else 0) != revision:
        raise LimitsMoved(own)
    return own


def _begin(unit: Unit, limits: Limits) -> SpanLimits:
    try:
        with transaction.atomic():
            return SpanLimits.objects.create(unit=unit, **limits._asdict())
    except IntegrityError:
        raise LimitsMoved(SpanLimits.objects.get(unit=unit)) from None
