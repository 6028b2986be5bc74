"""What every room writes to: the audit log, jobs, outgoing mail; and what every record carries."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Who did what to which object, and when. Written in the same transaction as the deed."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    # None: the system itself (a job, an import from the command line).
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="audit_entries"
    )
    verb = models.CharField(max_length=60)  # "matters.hand_in": room and action
    object_type = models.CharField(max_length=60)  # "matters.matter"
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)  # field -> [before, after]; never free text about a person
    # Those whom the deed concerns and who may therefore read the row.
    concerns = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="audit_about")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="shared_audit_object")]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}"


class Tick(models.Model):
    """One planned run of a scheduled job; the constraint lets exactly one worker take it."""

    job = models.CharField(max_length=80)
    slot = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "slot"], name="shared_tick_once")]

    def __str__(self) -> str:
        return f"{self.job} {self.slot:%Y-%m-%d %H:%M}"


class WorkerPulse(models.Model):
    """A worker process and when it last showed that it lives; once silent, its jobs are taken over."""

    worker = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker


class OutgoingMail(models.Model):
    """A mail on its way: written with the deed that causes it, sent by a job after commit."""

    class State(models.TextChoices):
        WAITING = "waiting", _("väntar")
        SENT = "sent", _("skickat")
        FAILED = "failed", _("misslyckades")
        HELD = "held", _("hålls kvar: ingen e-postserver är inställd")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="outgoing_mail"
    )
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)  # the kind of error, never its text
    # The body holds a key to the account: nobody but the recipient reads it, and it is erased when sent.
    is_secret = models.BooleanField(default=False)
    # The record that it tells of, "matters.matter/12": what becomes of that becomes of this.
    about = models.CharField(max_length=100, blank=True)
    # What a calendar reads (RFC 5545), and what it asks of the calendar (RFC 5546): REQUEST or CANCEL.
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "created_at"], name="shared_mail_state"),
            models.Index(fields=["about"], name="shared_mail_about"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def topic(self) -> str:
        """What the letter is about. What follows a colon is somebody's own words: the recipient's alone."""
        return self.subject.partition(": ")[0]


class RecordState(models.TextChoices):
    """Where a text stands as an official document (Freedom of the Press Act 2:10)."""

    DRAFT = "draft", _("utkast")
    COMPLETED = "completed", _("färdigställd")
    APPROVED = "approved", _("justerad")


class Record(models.Model):
    """What everything written carries, since it may be an official document (domain rule 15)."""

    record_state = models.CharField(max_length=10, choices=RecordState, default=RecordState.DRAFT)
    secrecy_ground = models.CharField(_("sekretessgrund"), max_length=120, blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)

    class Meta:
        abstract = True

    @property
    def log_label(self) -> str:
        """What the log calls it: its number. Not everybody who reads the log may read its words."""
        return str(self.pk)


class RetentionRule(models.Model):
    """How long a type of record is kept, and by which decision it may be disposed of."""

    record_type = models.CharField(max_length=60, unique=True)  # "matters.matter"
    # None: preserved for ever.
    keep_years = models.PositiveSmallIntegerField(null=True, blank=True)
    decision_reference = models.CharField(_("gallringsbeslut"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(keep_years__isnull=True) | ~models.Q(decision_reference=""),
                name="shared_retention_disposal_has_decision",
            ),
            # No years at all would dispose of what ended yesterday.
            models.CheckConstraint(
                condition=models.Q(keep_years__isnull=True) | models.Q(keep_years__gte=1),
                name="shared_retention_keeps_a_year_or_more",
            ),
        ]

    def __str__(self) -> str:
        return self.record_type


class DisposalRun(models.Model):
    """A disposal: of what, by which decision, how much. It is kept for ever and names nobody it concerned."""

    record_type = models.CharField(max_length=60)
    keep_years = models.PositiveSmallIntegerField()
    decision_reference = models.CharField(_("gallringsbeslut"), max_length=120)
    before = models.DateField()  # what ended before this day
    ordered_at = models.DateTimeField(auto_now_add=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # It ends in one of two ways: carried out, or stopped since the rule had changed.
    done_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    count = models.PositiveIntegerField(null=True)
    oldest = models.DateField(null=True)
    newest = models.DateField(null=True)

    class Meta:
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decision_reference=""), name="shared_disposal_has_decision"
            ),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True, count__isnull=True)
                | models.Q(done_at__isnull=False, count__isnull=False, stopped_at__isnull=True),
                name="shared_disposal_done_is_counted",
            ),
            models.UniqueConstraint(
                fields=["record_type"],
                condition=models.Q(done_at__isnull=True, stopped_at__isnull=True),
                name="shared_disposal_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.decision_reference
