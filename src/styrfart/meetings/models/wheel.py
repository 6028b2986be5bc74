"""The annual wheel: what comes back every year, tied to the organisation's reporting periods."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrfart.matters.models import ItemPurpose, MatterLevel
from styrfart.people.models import Person, Team


class ReportingPeriod(models.TextChoices):
    """What of the organisation's year the item belongs to."""

    PLAN = "plan", _("verksamhetsplan")
    BUDGET = "budget", _("budget")
    TERTIAL_1 = "tertial_1", _("tertialrapport 1")
    TERTIAL_2 = "tertial_2", _("tertialrapport 2")
    ANNUAL_REPORT = "annual_report", _("verksamhetsberättelse")
    SURVEY = "survey", _("medarbetarenkät")
    SALARY = "salary", _("lönerevision")
    RISK = "risk", _("riskanalys")
    STRATEGY = "strategy", _("strategidag")
    TEAM = "team", _("vi som ledningsgrupp")
    OWN = "own", _("eget")


class WheelItem(models.Model):
    """A question that a team takes up every year, some weeks before its day."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="wheel")
    title = models.CharField(_("punkt"), max_length=200)
    period = models.CharField(_("hör till"), max_length=14, choices=ReportingPeriod)
    month = models.PositiveSmallIntegerField(
        _("månad"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(_("dag"), validators=[MinValueValidator(1), MaxValueValidator(31)])
    # How long before its day it should stand on an agenda.
    weeks_before = models.PositiveSmallIntegerField(_("veckor före"), default=3)
    purpose = models.CharField(_("syfte"), max_length=12, choices=ItemPurpose)
    level = models.CharField(_("nivå"), max_length=12, choices=MatterLevel)
    minutes = models.PositiveSmallIntegerField(_("minuter"), validators=[MinValueValidator(1)])
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ansvarig")
    )
    outcome = models.CharField(_("önskat utfall"), max_length=200)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True)  # None: until further notice
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["team", "month", "day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12, day__gte=1, day__lte=31),
                name="meetings_wheel_item_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1) & ~Q(outcome=""), name="meetings_wheel_item_is_ready"
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="meetings_wheel_item_is_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class WheelYear(models.Model):
    """What differs in one year: another day, or not at all."""

    item = models.ForeignKey(WheelItem, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("dag det året"), null=True, blank=True)
    is_skipped = models.BooleanField(_("hoppas över"), default=False)
    note = models.CharField(_("varför"), max_length=200, blank=True)

    class Meta:
        ordering = ["item", "year"]
        constraints = [
            models.UniqueConstraint(fields=["item", "year"], name="meetings_wheel_year_once"),
            models.CheckConstraint(
                condition=Q(is_skipped=True) | Q(due_on__isnull=False), name="meetings_wheel_year_differs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.year}"
