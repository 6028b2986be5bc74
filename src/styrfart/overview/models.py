"""Which letters have been sent: at most one a day to a person, and never the same twice."""

from django.db import models

from styrfart.people.models import Person


class Letter(models.Model):
    """The letter of a day about what waits, to a person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    on = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)
    # The records whose words it tells, each as a letter names it and between spaces: " matters.matter/12 ".
    tells_of = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "on"], name="overview_letter_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.on}"
