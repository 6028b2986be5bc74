"""A meeting, who is expected at it, and who was there."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.matters.models.queryset import seats_with_insight
from styrfart.meetings.models.structure import LONGEST, SHORTEST, MeetingKind, Series
from styrfart.people.models import Person, Team
from styrfart.people.standing import User, standing
from styrfart.shared.addresses import reverse


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planeras")
    CALLED = "called", _("kallelse skickad")
    OPEN = "open", _("pågår")
    ENDED = "ended", _("avslutat")
    CANCELLED = "cancelled", _("inställt")


# Where the agenda may still be changed freely; in an open meeting only who leads or keeps the record does.
COMING = frozenset({MeetingState.PLANNED, MeetingState.CALLED})


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own teams, and those that the user is or was expected at."""
        mine = Attendee.objects.filter(person=standing(user).person_id).order_by().values("meeting")
        return self.filter(Q(team__in=seats_with_insight(user)) | Q(pk__in=mine))


class Meeting(models.Model):
    """One meeting of a team, by the clock on the wall: `held_on` and `starts_at` are local."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="meetings")
    kind = models.ForeignKey(MeetingKind, models.PROTECT, null=True, blank=True, related_name="meetings")
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="meetings")
    # Which of the series' days it stands for, also when it has been moved (RECURRENCE-ID).
    slot = models.DateField(null=True, blank=True)
    title = models.CharField(_("namn"), max_length=80)
    held_on = models.DateField(_("dag"))
    starts_at = models.TimeField(_("börjar"))
    minutes = models.PositiveSmallIntegerField(_("längd i minuter"))
    place = models.CharField(_("plats"), max_length=120, blank=True)
    # The day, and a number when the team meets more than once on it: "2026-10-08", "2026-10-08-2".
    slug = models.SlugField(max_length=14)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    leader = models.ForeignKey(
        Person, models.PROTECT, related_name="meetings_led", verbose_name=_("mötesledare")
    )
    secretary = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings_minuted",
        verbose_name=_("för anteckningarna"),
    )
    note = models.CharField(_("hälsning i kallelsen"), max_length=500, blank=True)

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in calendars
    sequence = models.PositiveIntegerField(default=0)  # rises with every change that calendars must hear of
    revision = models.PositiveIntegerField(default=1)  # of the plan: two tabs never overwrite each other
    # Rises with everything that happens in the meeting, in the same transaction: what open pages ask for.
    tick = models.PositiveIntegerField(default=0)
    current_item = models.ForeignKey(
        "meetings.AgendaItem", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    changed_at = models.DateTimeField(null=True)  # when `sequence` last rose
    created_at = models.DateTimeField(auto_now_add=True)
    called_at = models.DateTimeField(null=True)  # the notice was sent
    # What the latest notice said (`actions.notice`): the next one tells only what differs.
    called_with = models.JSONField(default=dict)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # None: by itself
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(_("varför"), max_length=200, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "starts_at", "pk"]
        indexes = [
            models.Index(fields=["team", "state", "held_on"], name="meetings_of_team"),
            models.Index(fields=["state", "held_on"], name="meetings_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["team", "slug"], name="meetings_meeting_address_is_unique"),
            models.UniqueConstraint(fields=["series", "slot"], name="meetings_series_has_day_once"),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST),
                name="meetings_meeting_has_a_possible_length",
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True) | Q(slot__isnull=False),
                name="meetings_meeting_of_series_has_slot",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "ended"]) | Q(opened_at__isnull=False),
                name="meetings_open_meeting_was_opened",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_at__isnull=False), name="meetings_ended_meeting_ended"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                name="meetings_cancelled_meeting_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.held_on}"

    def get_absolute_url(self) -> str:
        """The page of the meeting; `team` must have been fetched with it."""
        return reverse("meetings:show", args=[self.team.slug, self.slug])

    @property
    def log_label(self) -> str:
        """What the log calls it: its day."""
        return self.slug

    @property
    def begins(self) -> dt.datetime:
        """The moment it begins. At the hour that the clock skips in spring: an hour later by the clock."""
        return timezone.make_aware(dt.datetime.combine(self.held_on, self.starts_at))

    @property
    def ends(self) -> dt.datetime:
        """The moment it is planned to end: so many minutes after it began, whatever the clock does."""
        return (self.begins.astimezone(dt.UTC) + dt.timedelta(minutes=self.minutes)).astimezone(
            timezone.get_current_timezone()
        )


class MeetingAddress(models.Model):
    """An address that a meeting had before it was moved to another day; links in letters keep working."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="addresses")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=14)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["team", "slug"], name="meetings_old_address")]

    def __str__(self) -> str:
        return self.slug


class AttendeeRole(models.TextChoices):
    CHAIR = "chair", _("ordförande")
    MEMBER = "member", _("ledamot")
    SECRETARY = "secretary", _("sekreterare")
    ADJUNCT = "adjunct", _("adjungerad")
    SUBSTITUTE = "substitute", _("ersättare")
    GUEST = "guest", _("gäst")


class Presence(models.TextChoices):
    EXPECTED = "expected", _("väntas")
    PRESENT = "present", _("på plats")
    REMOTE = "remote", _("på distans")
    ABSENT = "absent", _("frånvarande")


# Who takes part, wherever they sit.
THERE = frozenset({Presence.PRESENT, Presence.REMOTE})


class Attendee(models.Model):
    """Somebody who is expected at a meeting, and whether they came. Stays when they leave the team."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="meetings_attended")
    role = models.CharField(_("roll"), max_length=10, choices=AttendeeRole)
    function = models.CharField(_("funktion"), max_length=80, blank=True)  # "HR-partner"
    stands_in_for = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("i stället för")
    )
    presence = models.CharField(max_length=8, choices=Presence, default=Presence.EXPECTED)
    excuse = models.CharField(_("skäl till frånvaro"), max_length=120, blank=True)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)  # the invitation has gone to this person

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="meetings_attendee_once"),
            models.CheckConstraint(
                condition=~Q(role="substitute") | Q(stands_in_for__isnull=False),
                name="meetings_substitute_stands_in_for_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"

    @property
    def is_there(self) -> bool:
        """Whether the person takes part now."""
        return self.presence in THERE and self.left_at is None
