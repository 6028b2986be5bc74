"""Management teams and who belongs to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.people.models.organisation import Unit
from styrfart.people.models.period import Period, PeriodQuerySet
from styrfart.people.models.person import Person


class TeamLevel(models.TextChoices):
    CITY = "city", _("stadens ledning")
    OFFICE = "office", _("förvaltningens ledning")
    DIVISION = "division", _("avdelningens ledning")
    UNIT = "unit", _("enhetens ledning")


class Team(Period):
    """A management team as it is now; how it was before is in its `periods`.

    It has no power to decide in law; its chair or another named post has.
    """

    slug = models.SlugField(_("kortnamn i adressen"), max_length=60, unique=True)
    name = models.CharField(_("namn"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="teams")
    level = models.CharField(_("nivå"), max_length=20, choices=TeamLevel)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class TeamPeriod(Period):
    """What a team was called, which unit it led and at which level during a time."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="periods")
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=TeamLevel)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["team", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["team"], condition=Q(valid_to__isnull=True), name="people_team_has_one_open_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class TeamRole(models.TextChoices):
    CHAIR = "chair", _("ordförande")
    MEMBER = "member", _("ledamot")
    SECRETARY = "secretary", _("sekreterare")
    ADJUNCT = "adjunct", _("adjungerad")


class TeamMember(Period):
    """A person in a team for a time. A secretary or adjunct is in the room, but not of the team."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(_("roll"), max_length=10, choices=TeamRole)
    function = models.CharField(_("funktion"), max_length=80, blank=True)  # "HR-partner", "coach"

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["pk"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(valid_to__isnull=True),
                name="people_member_is_in_team_once",
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(valid_to__isnull=True, role="chair"),
                name="people_team_has_one_chair",
            ),
        ]

    def __str__(self) -> str:
        return str(TeamRole(self.role).label)
