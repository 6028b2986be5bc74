"""What the desk proposed, what was chosen, and what was handed over."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.models import DelegationPoint, Rule
from styrfart.matters.models.matter import Matter
from styrfart.people.models import Person, Team

UNDO_FOR = dt.timedelta(minutes=10)


class Route(models.TextChoices):
    """Where a matter is sent. The values are those of `kernel.triage.Route`."""

    MEETING = "meeting", _("ta upp på möte")
    DECIDE = "decide", _("besluta nu")
    POST = "post", _("lämna till en befattning")
    TEAM = "team", _("lämna till en annan grupp")
    LINE = "line", _("lämna till linjen")
    COMMITTEE = "committee", _("bereda till nämnden")
    WRITTEN = "written", _("skriftlig information")
    MORE = "more", _("be om mer")
    DECLINE = "decline", _("tacka nej")
    UNKNOWN = "unknown", _("vet inte")


class Routing(models.Model):
    """One choice of route, beside what the desk had proposed; so that each rule can be followed."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="routings")
    team = models.ForeignKey(Team, models.PROTECT, related_name="routings")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    proposed_route = models.CharField(max_length=10, choices=Route)
    proposed_rule = models.ForeignKey(Rule, models.PROTECT, null=True, related_name="routings")
    proposed_point = models.ForeignKey(DelegationPoint, models.PROTECT, null=True, related_name="+")
    reasons = models.JSONField(default=list)  # the proposal's reasons as they stood

    route = models.CharField(max_length=10, choices=Route)
    is_accepted = models.BooleanField()  # the proposal was followed, in route and in target
    note = models.TextField(blank=True)
    before = models.JSONField(default=dict)  # the matter's fields before, for undoing
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["team", "-at"], name="matters_routing_of_team")]
        constraints = [
            models.CheckConstraint(condition=~Q(route="unknown"), name="matters_routing_goes_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.get_route_display()}"

    @property
    def undo_until(self) -> dt.datetime:
        return self.at + UNDO_FOR


class HandOver(models.Model):
    """A matter handed to a person or another team, with receipt and the day when an answer is due."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="hand_overs")
    routing = models.OneToOneField(Routing, models.CASCADE, related_name="hand_over")
    to_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="hand_overs", verbose_name=_("mottagare")
    )
    to_team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="hand_overs")
    answer_by = models.DateField(_("svar senast"))
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(_("svar"), blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["to_person", "answered_at", "answer_by"], name="matters_to_answer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_person__isnull=False) ^ Q(to_team__isnull=False),
                name="matters_hand_over_has_one_receiver",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="matters_answer_has_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}"
