"""How many a manager leads before the page of conditions says so, where that is not as elsewhere."""

from typing import NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrfart.people.models import Unit

MOST_LED = 999


class Limits(NamedTuple):
    """Above which a span is to be seen to, strained, and too wide."""

    note: int
    yellow: int
    red: int

    def __str__(self) -> str:
        return f"{self.note}/{self.yellow}/{self.red}"


class SpanLimits(models.Model):
    """Limits of a unit's own: for it and all below it, but for units there that have theirs."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="span_limits")
    note = models.PositiveSmallIntegerField(_("att se över"))
    yellow = models.PositiveSmallIntegerField(_("ansträngt"))
    red = models.PositiveSmallIntegerField(_("för många"))
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["unit__path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(note__lt=F("yellow"), yellow__lt=F("red")), name="climate_span_limits_rise"
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def limits(self) -> Limits:
        return Limits(self.note, self.yellow, self.red)
