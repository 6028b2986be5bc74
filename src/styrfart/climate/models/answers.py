"""Answers, without person, link, token, time or order.

While a round is open an answer is a sealed ballot; which links have been used stands in another table, and
neither has a column that leads to a person. When the round is counted the ballots are opened all at once,
sorted by what they say and added up; ballots, used links and the key to them are destroyed.
"""

from django.db import models

from styrfart.climate.models.groups import Group
from styrfart.climate.models.rounds import Round


class UsedLink(models.Model):
    """That some link of the round has been used. Made from the link's secret by another way than the
    invitation's digest, so that the two cannot be joined without the secret itself.
    """

    # 63 bits of the digest: rows lie in the order of these, not in the order in which they came.
    id = models.BigIntegerField(primary_key=True)
    # Not checked by the database, which would lock the round's row for each answer: the gate holds it.
    round = models.ForeignKey(Round, models.CASCADE, related_name="used_links", db_constraint=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class Ballot(models.Model):
    """A sealed answer, or a sealed text. Only the round's private key opens it."""

    # Drawn by chance: no sequence, and rows do not lie in the order in which they came.
    id = models.BigIntegerField(primary_key=True)
    round = models.ForeignKey(Round, models.CASCADE, related_name="ballots", db_constraint=False)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    """How many people of a group gave exactly these answers: one sign for each question, in order.

    "0": would not say; "1" the lowest step, and so on ("a" is the tenth, "b" the eleventh).
    """

    pk = models.CompositePrimaryKey("group", "values")
    group = models.ForeignKey(Group, models.CASCADE, related_name="answers")
    values = models.CharField(max_length=240)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="climate_answer_was_given")
        ]

    def __str__(self) -> str:
        return f"{self.number} × {self.values}"


class Comment(models.Model):
    """What somebody in a group wrote. Nothing joins it to the other answers of the same person."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="comments")
    group = models.ForeignKey(Group, models.CASCADE, related_name="comments")
    question = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["pk"]  # written all at once, sorted by their own words

    def __str__(self) -> str:
        return self.text[:40]
