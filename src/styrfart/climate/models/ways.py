"""How somebody works best, in their own words, for those whom they let read it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.people.models import Person, Team, Unit

LONGEST_WAY = 400


class WayOfWorking(models.Model):
    """A page of one's own: five answers, each of which may be empty. Nothing about health is asked."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="way_of_working")
    best = models.TextField(_("Så arbetar jag bäst"), max_length=LONGEST_WAY, blank=True)
    feedback = models.TextField(_("Så vill jag ha återkoppling"), max_length=LONGEST_WAY, blank=True)
    pressed = models.TextField(_("Det här behöver jag när det är mycket"), max_length=LONGEST_WAY, blank=True)
    ask_me = models.TextField(_("Fråga mig gärna om"), max_length=LONGEST_WAY, blank=True)
    misread = models.TextField(_("Det här missförstår människor ibland"), max_length=LONGEST_WAY, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["person__name_key", "pk"]

    def __str__(self) -> str:
        return str(self.pk)


class WayShown(models.Model):
    """A team or a unit whose people may read the page, for as long as its writer is one of them."""

    way = models.ForeignKey(WayOfWorking, models.CASCADE, related_name="shown")
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, team=None) | Q(unit=None, team__isnull=False),
                name="climate_way_is_shown_to_one",
            ),
            models.UniqueConstraint(
                fields=["way", "team"],
                condition=Q(team__isnull=False),
                name="climate_way_is_shown_once_to_team",
            ),
            models.UniqueConstraint(
                fields=["way", "unit"],
                condition=Q(unit__isnull=False),
                name="climate_way_is_shown_once_to_unit",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
