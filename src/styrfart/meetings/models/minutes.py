"""Minutes: written from what was recorded, approved, locked, and corrected only by a new version."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.models.agenda import AgendaItem
from styrfart.meetings.models.meeting import Meeting
from styrfart.people.models import Person
from styrfart.shared.models import Record


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("skrivs")
    HANDED_OVER = "handed_over", _("väntar på godkännande")
    APPROVED = "approved", _("godkända")


class Minutes(Record):
    """One version of a meeting's minutes. Approved, its `content` is the record and `digest` seals it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="written")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=11, choices=MinutesState, default=MinutesState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    correction = models.CharField(_("vad som rättas och varför"), max_length=300, blank=True)

    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # None: by itself
    created_at = models.DateTimeField(auto_now_add=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approve_by = models.DateField(_("godkänns senast"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True)  # whoever has not approved in time, once
    approver = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="minutes_to_approve", verbose_name=_("godkänner")
    )
    checker = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="minutes_to_check",
        verbose_name=_("justerare"),
    )
    checked_at = models.DateTimeField(null=True)
    approver_approved_at = models.DateTimeField(null=True)
    sent_back_note = models.CharField(_("vad som ska ändras"), max_length=500, blank=True)

    # Set when the last of them has approved; after that nothing here changes.
    approved_at = models.DateTimeField(null=True)
    content = models.JSONField(default=dict)  # the whole text, as it was approved
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 over content and attachments

    class Meta:
        ordering = ["meeting", "-version"]
        # What waits for somebody is a handful among all that have been approved.
        indexes = [
            models.Index(fields=["state", "approver"], name="meetings_minutes_to_approve"),
            models.Index(fields=["state", "checker"], name="meetings_minutes_to_check"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="meetings_minutes_version_is_unique"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(state__in=["draft", "handed_over"]),
                name="meetings_one_open_version_of_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | (Q(approved_at__isnull=False) & ~Q(digest="")),
                name="meetings_approved_minutes_are_sealed",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(correction=""), name="meetings_new_version_says_what_it_corrects"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.version}"


class MinutesSection(models.Model):
    """The text of one item in minutes that are being written; two who write in different items never meet."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="sections")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(_("rubrik"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    revision = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["minutes", "position", "pk"]

    def __str__(self) -> str:
        return self.heading


class MinutesAttachment(models.Model):
    """A document that the minutes hold to: what it is, where it is, and what it was then."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="attachments")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("rubrik"), max_length=200)
    reference = models.CharField(_("var det finns"), max_length=300, blank=True)
    file_name = models.CharField(max_length=300, blank=True)  # in the store, kept as long as the minutes are
    sha256 = models.CharField(max_length=64, blank=True)  # of the file when the minutes were approved

    class Meta:
        ordering = ["minutes", "position", "pk"]

    def __str__(self) -> str:
        return self.title
