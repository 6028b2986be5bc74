"""What was shown of a round: written once, by the kernel; page, table, picture, export and API read it."""

from typing import Any

from django.db import models

from styrfart.climate.models.groups import Group
from styrfart.climate.models.rounds import Round


class Release(models.Model):
    """One release and its proof. Nothing of what is not shown is in it."""

    round = models.OneToOneField(Round, models.CASCADE, related_name="release")
    made_at = models.DateTimeField()
    least = models.PositiveSmallIntegerField()
    least_text = models.PositiveSmallIntegerField()
    invited = models.PositiveIntegerField()
    answered = models.PositiveIntegerField(null=True)  # None: too few to say
    # Certificates of `kernel.release` as JSON, and what the attacker with a linear program reached.
    certificate: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    attack: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    # SHA-256 of all rows in order: what is audited is what was shown.
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return str(self.round)


class Row(models.Model):
    """A group that is shown, or several that are shown as one.

    `figures`: for each measure of each part ("hme.total") what the report says, rounded outwards:
    {"index": 78, "low": 74, "high": 82, "answers": 41}, only where it is shown. `items`: distributions, only
    where they are shown. `changes`: for each measure the verdict against an earlier round. `beside`: the
    verdict against the whole. `texts`: by question, shuffled.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    # One group; or several siblings, and then `group` is None.
    group = models.OneToOneField(Group, models.CASCADE, null=True, related_name="row")
    members = models.ManyToManyField(Group, related_name="joint_rows")
    parent = models.ForeignKey(Group, models.CASCADE, null=True, related_name="joint_below")
    has_own = models.BooleanField(default=False)  # those who stand at `parent` itself are in it too
    invited = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    figures: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    items: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    changes: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    beside: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    texts: "models.JSONField[list[Any], list[Any]]" = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "position"], name="climate_row_has_one_place")
        ]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.position}"
