"""Which letters have been sent, so that nobody gets the same one twice."""

from django.db import models

from styrfart.people.models import Person


class LetterKind(models.TextChoices):
    DIGEST = "digest"  # what waits, once a week
    TODAY = "today"  # what others wait for today


class Letter(models.Model):
    """A letter about what waits, to a person, for a week (its Monday) or a day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=LetterKind)
    on = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "on"], name="overview_letter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
