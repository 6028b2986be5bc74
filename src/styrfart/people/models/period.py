"""Validity in time: from a day up to and including a day."""

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


class PeriodQuerySet(models.QuerySet[M]):
    """Rows that have a period of validity."""

    def on(self, day: dt.date) -> Self:
        """Those valid on `day`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class Period(models.Model):
    """Valid from `valid_from` up to and including `valid_to` (None: until further notice)."""

    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till och med"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_period_is_forward",
            )
        ]

    def is_valid_on(self, day: dt.date) -> bool:
        """Whether the row is valid on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
