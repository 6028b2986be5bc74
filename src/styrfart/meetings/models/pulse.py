"""The meeting pulse: who has answered, apart from what was answered, which is only ever counted."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.models.meeting import Meeting
from styrfart.people.models import Person, Team

# How long after the meeting it can be answered. What is shown must not change afterwards.
PULSE_OPEN_FOR = dt.timedelta(days=5)
SCALE = range(1, 6)
PERCENT = range(0, 101, 10)


class PulseQuestion(models.TextChoices):
    """Our own five items, not validated (domain.md 2.3)."""

    PURPOSE = "M1", _("Syftet med varje punkt var tydligt.")
    MATERIAL = "M2", _("Underlagen kom i tid och räckte.")
    CONTRIBUTION = "M3", _("Det jag kunde bidra med kom till nytta.")
    COMMITMENTS = "M4", _("Vi lämnade mötet med tydliga ansvar och datum.")
    TIME = "M5", _("Hur stor del av mötestiden var väl använd?")

    @property
    def values_offered(self) -> range:
        """The values that can be chosen: 1 to 5, or percent by tens."""
        return PERCENT if self == PulseQuestion.TIME else SCALE


class PulseInvitation(models.Model):
    """Somebody was there and may answer; `is_used` once they have. Says nothing of what or when."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="pulse_invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_used = models.BooleanField(default=False)

    class Meta:
        ordering = ["meeting", "person"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="meetings_pulse_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class PulseTally(models.Model):
    """How many chose a value (1 to 5; M5 in percent). No answer is a row: it is counted and forgotten."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="pulse_tallies")
    question = models.CharField(max_length=2, choices=PulseQuestion)
    value = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["meeting", "question", "value"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "question", "value"], name="meetings_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.value}"


class PulseRelease(models.Model):
    """What is shown: meetings in a row, pooled until enough answers stand behind it. No meeting is in two."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="pulse_releases")
    first_meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    last_meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    meetings = models.PositiveSmallIntegerField()
    answers = models.PositiveSmallIntegerField()  # the fewest behind any of those shown
    threshold = models.PositiveSmallIntegerField()  # in force when it was made
    means = models.JSONField()  # {"M1": 4.2, …, "M5": 71.0}; without those that too few have answered
    released_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-released_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answers__gte=F("threshold")) & Q(threshold__gte=7),
                name="meetings_pulse_release_has_enough_answers",
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.answers}"
