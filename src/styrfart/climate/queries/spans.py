"""Which limits of how many a manager leads hold where: a unit's own, the nearest above it, or everybody's."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from styrfart.climate import rules
from styrfart.climate.models import SpanLimits
from styrfart.climate.models.conditions import Limits
from styrfart.people.models import Unit
from styrfart.people.queries import unit_for
from styrfart.people.standing import User


@dataclass(frozen=True)
class SpanRules:
    """All limits that hold today."""

    own: Mapping[int, SpanLimits]  # by unit
    everybodys: Limits

    def at(self, unit: Unit) -> SpanLimits | None:
        """The unit's own or the nearest above that has its own; None where the installation's hold."""
        return next((self.own[pk] for pk in reversed(unit.ancestor_ids) if pk in self.own), None)

    def of(self, unit: Unit) -> Limits:
        """What holds for the unit."""
        found = self.at(unit)
        return found.limits if found else self.everybodys


@dataclass(frozen=True)
class SpanLimitsPage:
    """A unit's limits, what holds without them, and where else there are some."""

    unit: Unit
    own: SpanLimits | None
    else_from: Unit | None  # whose limits hold without own; None: everybody's
    otherwise: Limits
    others: tuple[SpanLimits, ...]


def span_rules() -> SpanRules:
    """One query."""
    units = Unit.objects.on(timezone.localdate())
    own = SpanLimits.objects.filter(unit__in=units).select_related("unit")
    return SpanRules({each.unit_id: each for each in own}, Limits(*settings.SPAN_OF_CONTROL))


def span_limits_page(user: User, code: str) -> SpanLimitsPage:
    """Of the unit, for whoever sets limits; 403 to others who work here, 404 to outsiders."""
    unit = unit_for(user, code)
    if not rules.can_set_span_limits(user):
        raise PermissionDenied
    known = span_rules()
    without = SpanRules({pk: each for pk, each in known.own.items() if pk != unit.pk}, known.everybodys)
    above = without.at(unit)
    return SpanLimitsPage(
        unit=unit,
        own=known.own.get(unit.pk),
        else_from=above.unit if above else None,
        otherwise=without.of(unit),
        others=tuple(without.own.values()),
    )
