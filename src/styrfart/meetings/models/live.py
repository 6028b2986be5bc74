"""What happens while a meeting is open: exclusions, positions, ready signals, and what is entered."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.models import Action, Decision
from styrfart.meetings.models.agenda import AgendaItem
from styrfart.meetings.models.meeting import Meeting
from styrfart.people.models import Person


class Exclusion(models.Model):
    """Conflict of interest: neither takes part in the item nor is present (Local Government Act 6:28–32)."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="exclusions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ground = models.CharField(_("jävsgrund"), max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="meetings_excluded_once"),
            models.CheckConstraint(condition=~Q(ground=""), name="meetings_exclusion_has_ground"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("stöder")
    CAN_LIVE_WITH = "can_live_with", _("kan leva med")
    WANTS_CHANGE = "wants_change", _("vill ändra")


class Position(models.Model):
    """Where somebody stands in the round on an item."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="positions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stance = models.CharField(max_length=14, choices=Stance)
    reason = models.CharField(_("varför"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="meetings_position_once")]

    def __str__(self) -> str:
        return str(Stance(self.stance).label)


class Ready(models.Model):
    """Somebody is ready to go on from an item (in check-in and wrap-up: has said theirs)."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="ready")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="meetings_ready_once")]

    def __str__(self) -> str:
        return f"{self.person_id}"


class EntryKind(models.TextChoices):
    DECISION = "decision", _("beslut")
    ACTION = "action", _("åtgärd")
    PARKED = "parked", _("parkerat")
    NOTE = "note", _("anteckning")


class Entry(models.Model):
    """What somebody put on record in a meeting. The same key twice is one entry, so sending again is safe."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="entries")
    item = models.ForeignKey(AgendaItem, models.CASCADE, null=True, blank=True, related_name="entries")
    kind = models.CharField(max_length=8, choices=EntryKind)
    key = models.UUIDField(default=uuid.uuid4)  # made by the page that sends it
    text = models.TextField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="meeting_entry"
    )
    action = models.OneToOneField(Action, models.PROTECT, null=True, blank=True, related_name="meeting_entry")
    take_up_on = models.DateField(_("tas upp"), null=True, blank=True)  # parked
    taken_up_at = models.DateTimeField(null=True)  # parked: somebody has dealt with it

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["meeting", "at"], name="meetings_record")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "key"], name="meetings_entry_arrives_once"),
            models.CheckConstraint(condition=~Q(text=""), name="meetings_entry_has_text"),
            models.CheckConstraint(
                condition=(Q(kind="decision") & Q(decision__isnull=False))
                | (Q(kind="action") & Q(action__isnull=False))
                | (Q(kind__in=["parked", "note"]) & Q(decision__isnull=True, action__isnull=True)),
                name="meetings_entry_points_at_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:120]

    @property
    def log_label(self) -> str:
        """The number alone: what was entered may be secret."""
        return str(self.pk)
