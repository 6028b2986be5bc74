"""Who is asked: groups as they were at launch, and invitations. Nothing here says who answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models.rounds import Round
from styrfart.people.models import Person, Team, Unit


class Group(models.Model):
    """A unit or a team as it was when the round was launched: its name, its place, how many were invited.

    In a review: a kind of rater.
    """

    class Planned(models.IntegerChoices):
        """How it would be reported if people answered as expected (`kernel.release.Shown`)."""

        ITSELF = 0, _("visas")
        JOINTLY = 1, _("visas tillsammans med andra")
        NOT = 2, _("visas inte")

    class Rater(models.TextChoices):
        SELF = "self", _("chefen själv")
        MANAGER = "manager", _("chefens chef")
        PEER = "peer", _("kollegor")
        REPORT = "report", _("medarbetare")

    round = models.ForeignKey(Round, models.CASCADE, related_name="groups")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="climate_groups")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="climate_groups")
    rater = models.CharField(max_length=8, choices=Rater, blank=True)
    name = models.CharField(max_length=120)
    # Depth first from the top: a parent before those below it, siblings in the order of their names.
    position = models.PositiveIntegerField()
    invited = models.PositiveIntegerField(default=0)  # who stand at the group itself
    invited_below = models.PositiveIntegerField(default=0)  # with all below it
    planned = models.PositiveSmallIntegerField(choices=Planned, default=Planned.NOT)
    planned_with = models.PositiveIntegerField(null=True)  # the same number: reported jointly

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="climate_group_has_one_place"),
            models.UniqueConstraint(
                fields=["round", "unit"], condition=Q(unit__isnull=False), name="climate_unit_is_asked_once"
            ),
            models.UniqueConstraint(
                fields=["round", "team"], condition=Q(team__isnull=False), name="climate_team_is_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """One right to answer. Whoever holds the link may answer once; whether they did is not written here.

    `digest` is of the link's secret, which the database never holds: for mail it is computed from the
    round's key when the letter is sent, on paper it was drawn and shown once. Erased at the count.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("mejl")
        PAPER = "paper", _("papper")

    round = models.ForeignKey(Round, models.CASCADE, related_name="invitations")
    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    channel = models.CharField(max_length=5, choices=Channel)
    # Who was invited; on paper nobody in particular: each draws a slip.
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="climate_invitations")
    digest = models.CharField(max_length=64, null=True, unique=True)  # many are erased, none is empty
    sent_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="mail", person__isnull=False) | Q(channel="paper", person=None),
                name="climate_invitation_by_mail_is_to_a_person",
            ),
            models.UniqueConstraint(
                fields=["round", "group", "person"], name="climate_person_is_invited_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.pk}"
