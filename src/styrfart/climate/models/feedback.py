"""Feedback that somebody asked for, and whom they let read it. It belongs to the one who asked."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models.groups import Group
from styrfart.climate.models.rounds import Round
from styrfart.people.models import Person

MOST_ASKED = 6


class FeedbackRequest(models.Model):
    """A situation, a question, and a latest day. Only the asker, and whom they let in, read the answers."""

    asker = models.ForeignKey(Person, models.PROTECT, related_name="feedback_requests")
    situation = models.TextField(_("situation"), max_length=300)
    question = models.CharField(_("fråga"), max_length=200)
    latest_on = models.DateField(_("svar senast"))
    asked_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)  # the asker wants no more answers

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("climate:feedback-request", args=[self.pk])

    @property
    def log_label(self) -> str:
        """The log and lists of the system name it by number alone: its words are nobody else's business."""
        return gettext("Återkoppling %(number)s") % {"number": self.pk}


class FeedbackAnswer(models.Model):
    """Somebody who was asked, and what they answered; or that they would not, without reasons."""

    request = models.ForeignKey(FeedbackRequest, models.CASCADE, related_name="answers")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="given_feedback")
    text = models.TextField(_("svar"), max_length=600, blank=True)
    keep = models.CharField(_("fortsätt med"), max_length=200, blank=True)
    attempt = models.CharField(_("pröva"), max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "giver"], name="climate_feedback_is_asked_once"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(declined_at=None),
                name="climate_feedback_is_answered_or_declined",
            ),
        ]

    def __str__(self) -> str:
        return self.log_label

    @property
    def log_label(self) -> str:
        return gettext("Svar %(number)s om återkoppling") % {"number": self.pk}


class FeedbackShare(models.Model):
    """That the asker lets a person read the answers. Taken back: the row is gone, and so is the reading."""

    request = models.ForeignKey(FeedbackRequest, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.PROTECT, related_name="shared_feedback")
    shared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "person"], name="climate_feedback_is_shared_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ReviewRater(models.Model):
    """Whom a manager wants to ask in a 360 that has not been started. At the start: invitations."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="raters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    rater = models.CharField(max_length=8, choices=Group.Rater)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="climate_rater_is_asked_as_one")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ReviewShare(models.Model):
    """That the manager lets a person read the report of their 360."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.PROTECT, related_name="shared_reviews")
    shared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="climate_review_is_shared_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)
