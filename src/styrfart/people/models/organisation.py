"""Units in a tree of any depth, and the posts that people hold in them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.people.models.name_key import NameKeyField
from styrfart.people.models.period import Period, PeriodQuerySet


class UnitKind(models.TextChoices):
    CITY = "city", _("stad")
    COMMITTEE = "committee", _("nämnd")
    ADMINISTRATION = "administration", _("förvaltning")
    DIVISION = "division", _("avdelning")
    UNIT = "unit", _("enhet")


class Unit(Period):
    """A part of the organisation as it is now; how it was before is in its `periods`."""

    code = models.CharField(_("enhetskod"), max_length=40, unique=True)
    name = models.CharField(_("namn"), max_length=120)
    name_key = NameKeyField("name")
    kind = models.CharField(_("slag"), max_length=20, choices=UnitKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # "/1/7/42/": the ids from the top down to the unit itself, so that a subtree is a prefix.
    path = models.CharField(max_length=255, db_index=True, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids from the top down to and including the unit itself."""
        return [int(part) for part in self.path.strip("/").split("/") if part]


class UnitPeriod(Period):
    """What a unit was called, what it was and to whom it belonged during a time."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="periods")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=UnitKind)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["unit", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to__isnull=True), name="people_unit_has_one_open_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class Post(Period):
    """A person in a unit with a title, for a time; `is_head` when the post leads the unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="posts")
    title = models.CharField(_("befattning"), max_length=80, db_index=True)
    is_head = models.BooleanField(_("chef för enheten"), default=False)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["-is_head", "title", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "person", "title"],
                condition=Q(valid_to__isnull=True),
                name="people_post_is_held_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title
