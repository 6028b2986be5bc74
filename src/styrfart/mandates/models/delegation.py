"""The scheme of delegation: what a committee lets which post decide (Local Government Act 6:38, 7:5-8)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.people.models import Period, PeriodQuerySet, Person, Unit


class DelegationScheme(Period):
    """One committee's decisions about who may decide in its place, valid for a time."""

    committee = models.ForeignKey(Unit, models.PROTECT, related_name="delegation_schemes")
    name = models.CharField(_("namn"), max_length=120)
    decision_reference = models.CharField(_("nämndens beslut"), max_length=120, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["committee", "-valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(valid_to__isnull=True),
                name="mandates_committee_has_one_open_scheme",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DelegationPoint(models.Model):
    """A kind of decision. Not delegable: only the committee decides, everybody else prepares."""

    scheme = models.ForeignKey(DelegationScheme, models.CASCADE, related_name="points")
    # The order of the document; codes do not sort ("2.10" after "2.9").
    position = models.PositiveIntegerField()
    code = models.CharField(_("punkt"), max_length=20)
    heading = models.CharField(_("område"), max_length=120, blank=True)
    text = models.TextField(_("vad som får beslutas"))
    is_delegable = models.BooleanField(_("får delegeras"), default=True)
    is_reported = models.BooleanField(_("anmäls till nämnden"), default=True)
    may_be_subdelegated = models.BooleanField(_("får vidaredelegeras"), default=False)
    law = models.CharField(_("lagrum"), max_length=120, blank=True)
    conditions = models.TextField(_("villkor"), blank=True)
    # The part of the manager's licence that the post must hold; empty: none.
    licence_part = models.SlugField(_("del av chefskörkortet"), max_length=60, blank=True)
    words = models.JSONField(_("ledord"), default=list, blank=True)  # list of str: hints for the matter desk

    class Meta:
        ordering = ["scheme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="mandates_point_code_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"[:120]


class Delegate(models.Model):
    """A post that may decide by a point, up to a limit."""

    point = models.ForeignKey(DelegationPoint, models.CASCADE, related_name="delegates")
    title = models.CharField(_("befattning"), max_length=80)
    # Kronor; None: no limit.
    amount_limit = models.PositiveBigIntegerField(_("beloppsgräns"), null=True, blank=True)

    class Meta:
        ordering = ["point", "pk"]  # the order of the document
        constraints = [
            models.UniqueConstraint(fields=["point", "title"], name="mandates_delegate_is_named_once"),
        ]

    def __str__(self) -> str:
        return self.title


class WaitingScheme(models.Model):
    """A scheme that has been read from a spreadsheet and waits for somebody to see the differences."""

    committee = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    name = models.CharField(_("namn"), max_length=120)
    decision_reference = models.CharField(_("nämndens beslut"), max_length=120, blank=True)
    valid_from = models.DateField(_("gäller från och med"))
    points = models.JSONField()  # as `importing.points.as_json` writes them
    warnings = models.JSONField(default=list)  # problems that do not hinder, as `Problem.as_json` writes them
    # The version that the differences were counted from; another one means that they no longer hold.
    base = models.ForeignKey(DelegationScheme, models.CASCADE, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    read_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["read_by"], name="mandates_one_waiting_scheme_each"),
        ]

    def __str__(self) -> str:
        return self.name
