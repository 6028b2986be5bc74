"""One calendar of what is asked of units: every room that plans something writes its claim here."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrfart.people.models import Person, Unit


class ClaimKind(models.TextChoices):
    SURVEY = "survey", _("enkät")
    CHANGE = "change", _("förändring")
    TRAINING = "training", _("utbildning")
    REPORTING = "reporting", _("rapportering")
    OTHER = "other", _("annat")


class Claim(models.Model):
    """Something that takes people's time: what, of whom, when, and how much.

    `source` and `reference` name the record of another room that wrote it ("climate.round", "17") and link
    to its page; both are empty for what somebody entered by hand. Lies on the units in `units` with all
    below them.
    """

    kind = models.CharField(_("slag"), max_length=10, choices=ClaimKind)
    title = models.CharField(_("vad"), max_length=120)
    source = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    link = models.CharField(max_length=200, blank=True)
    units = models.ManyToManyField(Unit, related_name="claims")
    starts_on = models.DateField(_("från och med"))
    ends_on = models.DateField(_("till och med"))
    # Of each person concerned, in all; and how many are concerned (None: everybody in the units).
    minutes = models.PositiveIntegerField(_("minuter per person"))
    people = models.PositiveIntegerField(_("antal personer"), null=True, blank=True)
    # How much it changes people's work, 1 to 5; 0: it only takes time.
    impact = models.PositiveSmallIntegerField(_("påverkan"), default=0)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="claims")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="load_claim_is_forward"),
            models.CheckConstraint(condition=Q(impact__lte=5), name="load_claim_impact_is_on_the_scale"),
            models.UniqueConstraint(
                fields=["source", "reference"],
                condition=~Q(source=""),
                name="load_record_has_one_claim",
            ),
        ]

    def __str__(self) -> str:
        return self.title
