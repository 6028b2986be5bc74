"""Figures of the national database, as they were when somebody fetched them."""

from django.db import models
from django.db.models import Q

ALL_MUNICIPALITIES = "G2328"  # the database's own name for the unweighted mean of them all


class NationalFigure(models.Model):
    """The unweighted mean of all municipalities for an indicator and a year: raw, never computed by us.

    What we compute with it is not stored, and does not name the database as its source.
    """

    indicator = models.CharField(max_length=12)  # "U00200"
    year = models.PositiveSmallIntegerField()
    value = models.FloatField()
    count = models.PositiveIntegerField(null=True)  # how many municipalities the mean is of
    source = models.CharField(max_length=80)  # "Kolada"
    fetched_on = models.DateField()

    class Meta:
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="climate_national_figure_once_a_year"),
            models.CheckConstraint(
                condition=Q(value__gte=0, value__lte=100), name="climate_national_figure_is_an_index"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"
