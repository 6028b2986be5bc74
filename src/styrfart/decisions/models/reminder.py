"""A reminder that has been sent, so that no day brings the same one twice."""

from django.db import models
from django.db.models import Q

from styrfart.decisions.models.action import Action
from styrfart.decisions.models.decision import Decision
from styrfart.people.models import Person


class ReminderKind(models.TextChoices):
    DUE = "due"  # to the owner, on the day
    OVERDUE = "overdue"  # to the chair, fourteen days later
    EFFECT = "effect"  # to the owner, on the day when the effect is followed
    REVIEW = "review"  # to the decider, on the day when the decision is reviewed


class Reminder(models.Model):
    """Somebody was reminded of something that falls due `on` a day."""

    decision = models.ForeignKey(Decision, models.CASCADE, null=True, related_name="reminders")
    action = models.ForeignKey(Action, models.CASCADE, null=True, related_name="reminders")
    kind = models.CharField(max_length=10, choices=ReminderKind)
    on = models.DateField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False) ^ Q(action__isnull=False),
                name="decisions_reminder_is_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["decision", "kind", "on", "person"], name="decisions_reminder_once"
            ),
            models.UniqueConstraint(
                fields=["action", "kind", "on", "person"], name="decisions_action_reminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
