"""What came of a report: what a group chose to keep and to change, and what was done about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models.groups import Group
from styrfart.climate.models.rounds import Round
from styrfart.people.models import Person

LONGEST = 300


class Conversation(models.Model):
    """What a group chose when it had talked about its report: one thing to keep, one to change."""

    group = models.OneToOneField(Group, models.CASCADE, related_name="conversation")
    keep = models.CharField(_("det vi behåller"), max_length=LONGEST)
    change = models.CharField(_("det vi ändrar"), max_length=LONGEST)
    chosen_on = models.DateField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="climate_conversations")
    # The round that asked the group, a month later, whether it has become better.
    follow_up = models.OneToOneField(Round, models.SET_NULL, null=True, related_name="follows_up")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(keep="") & ~Q(change=""), name="climate_conversation_chose_both"
            )
        ]

    def __str__(self) -> str:
        return self.change


class SaidAndDone(models.Model):
    """What a group said in a round, and what was done about it: told before the next round asks."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="said_and_done")
    said = models.CharField(_("ni sa"), max_length=LONGEST)
    done = models.CharField(_("vi gjorde"), max_length=LONGEST)
    link = models.CharField(_("länk"), max_length=200, blank=True)  # to a page of this installation
    position = models.PositiveSmallIntegerField()
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(said="") & ~Q(done=""), name="climate_said_and_done_is_both")
        ]

    def __str__(self) -> str:
        return self.said
