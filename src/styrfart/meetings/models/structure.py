"""How a team meets: kinds of meeting, when they recur, what they always hold, whose turn it is to lead."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrfart.matters.models import ItemPurpose, MatterLevel
from styrfart.people.models import Period, PeriodQuerySet, Person, Team

# The shortest and the longest meeting that may be planned, in minutes.
SHORTEST, LONGEST = 10, 10 * 60


class Rhythm(models.TextChoices):
    """How often. What is not regular is planned a meeting at a time."""

    WEEKLY = "weekly", _("varje vecka")
    FORTNIGHTLY = "fortnightly", _("varannan vecka")
    THIRD_WEEK = "third_week", _("var tredje vecka")
    FOURTH_WEEK = "fourth_week", _("var fjärde vecka")
    MONTHLY = "monthly", _("en gång i månaden")
    QUARTERLY = "quarterly", _("en gång i kvartalet")
    SINGLE = "single", _("när det behövs")


class MeetingKind(Period):
    """A kind of meeting: what it is for, how long, who, and what holds for every one of them."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="meeting_kinds")
    name = models.CharField(_("namn"), max_length=80)
    purpose = models.CharField(_("vad mötet är till för"), max_length=300)
    minutes = models.PositiveSmallIntegerField(
        _("längd i minuter"), validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    place = models.CharField(_("plats"), max_length=120, blank=True)
    # Working days before the meeting when the material of every item is there.
    lead_days = models.PositiveSmallIntegerField(_("arbetsdagar före mötet"), default=5)
    # Working days before the meeting when the notice goes out; joint consultation wants ten.
    call_days = models.PositiveSmallIntegerField(_("kallelse, arbetsdagar före mötet"), default=5)
    has_adjuncts = models.BooleanField(_("adjungerade är med"), default=True)
    has_check_in = models.BooleanField(_("börjar med incheckning"), default=True)
    has_wrap_up = models.BooleanField(_("slutar med avrundning"), default=True)
    has_silent_round = models.BooleanField(_("rundan är tyst tills alla har svarat"), default=False)
    has_checker = models.BooleanField(_("en justerare läser anteckningarna"), default=False)
    approve_days = models.PositiveSmallIntegerField(_("arbetsdagar för att godkänna"), default=3)
    revision = models.PositiveIntegerField(default=1)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["team", "name", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["team", "name"],
                condition=Q(valid_to__isnull=True),
                name="meetings_kind_is_named_once",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST),
                name="meetings_kind_has_a_possible_length",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """When the meetings of a kind recur, by the clock on the wall. A new rhythm is a new series.

    In a calendar it is one event with a rule; a meeting of it that was moved or cancelled is an exception.
    """

    kind = models.ForeignKey(MeetingKind, models.PROTECT, related_name="series")
    rhythm = models.CharField(
        _("hur ofta"), max_length=12, choices=[each for each in Rhythm.choices if each[0] != Rhythm.SINGLE]
    )
    first_on = models.DateField(_("första mötet"))
    last_on = models.DateField(_("till och med"))
    starts_at = models.TimeField(_("börjar"))
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in calendars
    sequence = models.PositiveIntegerField(default=0)  # rises with every change that calendars must hear of
    changed_at = models.DateTimeField(null=True)  # when `sequence` last rose
    ended_at = models.DateTimeField(null=True)  # no more meetings are made of it
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="meetings_series_is_forward")
        ]

    def __str__(self) -> str:
        return f"{self.get_rhythm_display()} {self.first_on}"


class StandingItem(models.Model):
    """What every meeting of a kind takes up."""

    kind = models.ForeignKey(MeetingKind, models.CASCADE, related_name="standing_items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("punkt"), max_length=200)
    purpose = models.CharField(_("syfte"), max_length=12, choices=ItemPurpose)
    level = models.CharField(_("nivå"), max_length=12, choices=MatterLevel)
    minutes = models.PositiveSmallIntegerField(_("minuter"), validators=[MinValueValidator(1)])
    # None: who leads the meeting.
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ansvarig")
    )
    outcome = models.CharField(_("önskat utfall"), max_length=200)

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1) & ~Q(outcome=""), name="meetings_standing_item_is_ready"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RotaPlace(models.Model):
    """Whose turn it is to lead, in order. Without a rota the chair leads."""

    kind = models.ForeignKey(MeetingKind, models.CASCADE, related_name="rota")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "person"], name="meetings_rota_has_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.person}"
