"""What calendars are told: by an address of one's own, and by letters."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.models.meeting import Meeting
from styrfart.meetings.models.structure import Series
from styrfart.people.models import Person


class CalendarKey(models.Model):
    """The secret address by which a calendar program reads a person's meetings (docs/adr/0021).

    Only the digest of the secret is kept: the address is shown when it is made and never again.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_key")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256, in hexadecimal
    created_at = models.DateTimeField(default=timezone.now)
    last_read_on = models.DateField(null=True)  # the day and no more: not when somebody's telephone is awake

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person_id}"


class CalendarChoice(models.Model):
    """Whether somebody wants invitations by mail. Without a row they do."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_choice")
    has_invitations = models.BooleanField(_("kallelser till kalendern med e-post"), default=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person_id}"


class Invitation(models.Model):
    """A meeting stands in somebody's calendar by a letter of ours; they hear when it changes."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="meeting_invitations")
    # What the calendar calls it: a day of a series, or a meeting by itself. Later letters must call it that.
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="+")
    slot = models.DateField(null=True)
    # What the calendar was last told, as a digest, and under which number: nobody hears what they know.
    told = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="meetings_invited_once"),
            models.CheckConstraint(
                condition=models.Q(series__isnull=True, slot__isnull=True)
                | models.Q(series__isnull=False, slot__isnull=False),
                name="meetings_invited_to_a_day_of_a_series",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id}"
