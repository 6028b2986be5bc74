"""Questionnaires composed here, and results of others' instruments. Of those nothing but figures is kept."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.climate.instruments import Instrument, instrument_of
from styrfart.people.models import Person, Team, Unit

LEAST_ANSWERS = 7  # behind a figure that is recorded: what this product itself would not show is not taken in


class OwnInstrument(models.Model):
    """One version of a questionnaire of the organisation's own. A version that may be used never changes:
    another wording is another version.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("utkast")
        READY = "ready", _("klart")
        RETIRED = "retired", _("används inte längre")

    class Origin(models.TextChoices):
        """By what right the organisation puts these words to people."""

        OWN = "own", _("Vi har skrivit frågorna själva")
        PERMISSION = "permission", _("Upphovsmannen har gett oss tillstånd")
        FREE = "free", _("Texten har en öppen licens")

    key = models.CharField(max_length=40)  # "eget-4"
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    title = models.CharField(max_length=120)
    spec: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    # The declaration: whose text it is, and who answers for it that we may use it.
    origin = models.CharField(max_length=10, choices=Origin)
    text_owner = models.CharField(max_length=200)
    declared_by = models.ForeignKey(Person, models.PROTECT, related_name="declared_instruments")
    declared_at = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title", "key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="climate_own_instrument_has_one_name"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="draft"), name="climate_own_instrument_has_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(ready_at__isnull=False),
                name="climate_own_instrument_in_use_was_made_ready",
            ),
            models.CheckConstraint(
                condition=~Q(text_owner=""), name="climate_own_instrument_says_whose_text_it_is"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def instrument(self) -> Instrument:
        """The questionnaire itself."""
        return instrument_of(self.spec)


class ExternalResult(models.Model):
    """A figure that somebody else's instrument gave a unit or a team. There is no place for its questions."""

    instrument = models.CharField(_("instrument"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="external_results")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="external_results")
    measured_on = models.DateField(_("mätt"))
    measure = models.CharField(_("mått"), max_length=60)
    value: "models.DecimalField[Decimal, Decimal]" = models.DecimalField(
        _("värde"), max_digits=8, decimal_places=2
    )
    scale = models.CharField(_("skala"), max_length=80)
    answers = models.PositiveIntegerField(_("antal svar"))
    source = models.CharField(_("källa"), max_length=200)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="recorded_results")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-measured_on", "instrument", "measure", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, team=None) | Q(unit=None, team__isnull=False),
                name="climate_external_result_is_of_one",
            ),
            models.CheckConstraint(
                condition=Q(answers__gte=LEAST_ANSWERS), name="climate_external_result_has_answers_enough"
            ),
            models.UniqueConstraint(
                fields=["instrument", "measure", "measured_on", "unit"],
                condition=Q(unit__isnull=False),
                name="climate_external_result_of_unit_is_once",
            ),
            models.UniqueConstraint(
                fields=["instrument", "measure", "measured_on", "team"],
                condition=Q(team__isnull=False),
                name="climate_external_result_of_team_is_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}, {self.measure}"
