"""What the desk proposed, what was chosen, and what was handed over."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.models import DelegationPoint, Rule
from styrfart.matters.models.matter import Matter
from styrfart.matters.models.queryset import HandOverQuerySet
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
    matter_revision = models.PositiveIntegerField(default=1)  # of the matter that the choice was about

    proposed_route = models.CharField(max_length=10, choices=Route)
    proposed_rule = models.ForeignKey(Rule, models.PROTECT, null=True, related_name="routings")
    proposed_point = models.ForeignKey(DelegationPoint, models.PROTECT, null=True, related_name="+")
    reasons = models.JSONField(default=list)  # the proposal's reasons as they stood

    route = models.CharField(max_length=10, choices=Route)
    is_accepted = models.BooleanField()  # the proposal was followed, in route and in target
    note = models.TextField(blank=True)  # what more is needed, why no, greeting to the receiver
    home = models.CharField(_("rätt ställe"), max_length=200, blank=True)  # where a declined matter belongs
    before = models.JSONField(default=dict)  # the matter's fields before, for undoing
    told = models.JSONField(default=list)  # ids of the people who were written to, who hear of an undoing
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["team", "-at"], name="matters_routing_of_team")]
        constraints = [
            models.CheckConstraint(condition=~Q(route="unknown"), name="matters_routing_goes_somewhere"),
            models.CheckConstraint(
                condition=~Q(route="decline") | (~Q(note="") & ~Q(home="")),
                name="matters_declining_says_why_and_whither",
            ),
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
    # It ends in one of three ways.
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(_("svar"), blank=True)
    # Handed back by the receiver, or taken back by those who handed it over: the history says which.
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField(_("skäl"), blank=True)
    cancelled_at = models.DateTimeField(null=True)  # the routing was undone

    objects = HandOverQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(return_reason=""),
                name="matters_return_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, returned_at__isnull=True)
                | Q(answered_at__isnull=True, cancelled_at__isnull=True)
                | Q(returned_at__isnull=True, cancelled_at__isnull=True),
                name="matters_hand_over_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still waited for."""
        return not (self.answered_at or self.returned_at or self.cancelled_at)


class Preparation(models.Model):
    """A matter that only the committee may decide, on its way there: who writes the official report."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="preparations")
    routing = models.OneToOneField(Routing, models.CASCADE, related_name="preparation")
    owner = models.ForeignKey(
        Person, models.PROTECT, related_name="matters_to_prepare", verbose_name=_("skriver tjänsteutlåtandet")
    )
    report = models.CharField(_("tjänsteutlåtandet ska svara på"), max_length=300)
    committee_on = models.DateField(_("nämndens sammanträde"), null=True, blank=True)
    reference = models.CharField(_("var tjänsteutlåtandet finns"), max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="matters_preparation_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(reference=""),
                name="matters_preparation_done_is_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.report

    @property
    def is_open(self) -> bool:
        """Whether the report is still to be written."""
        return not (self.done_at or self.cancelled_at)
