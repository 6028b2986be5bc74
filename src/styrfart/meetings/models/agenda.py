"""What a meeting takes up: items in order, each with purpose, level, minutes, owner and requested outcome."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.models import Decision
from styrfart.matters.models import ItemPurpose, Matter, MatterLevel
from styrfart.meetings.models.meeting import Meeting
from styrfart.meetings.models.structure import LONGEST, StandingItem
from styrfart.meetings.models.wheel import WheelItem
from styrfart.people.models import Person


class ItemSource(models.TextChoices):
    """Where an item comes from; each names what it comes from, but the team's own."""

    MATTER = "matter", _("ärende")
    STANDING = "standing", _("stående punkt")
    WHEEL = "wheel", _("årshjulet")
    DECISION = "decision", _("beslut att följa upp")
    CHECK_IN = "check_in", _("incheckning")
    WRAP_UP = "wrap_up", _("avrundning")
    OWN = "own", _("egen punkt")


class ItemState(models.TextChoices):
    COMING = "coming", _("kommer")
    CURRENT = "current", _("pågår")
    DONE = "done", _("klar")
    POSTPONED = "postponed", _("bordlagd")
    RETURNED = "returned", _("lämnad tillbaka, inte färdig")
    UNFINISHED = "unfinished", _("hann inte tas upp")


# What has been left behind in the meeting, in whichever way.
LEFT = frozenset({ItemState.DONE, ItemState.POSTPONED, ItemState.RETURNED, ItemState.UNFINISHED})


class RoundKind(models.TextChoices):
    """How the positions of a round are shown."""

    NONE = "", _("ingen runda")
    OPEN = "open", _("öppen")
    SILENT = "silent", _("tyst tills alla har svarat")


class AgendaItem(models.Model):
    """An item of a meeting. What goes out in writing stands beside the order and takes no meeting time."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("punkt"), max_length=200)
    purpose = models.CharField(_("syfte"), max_length=12, choices=ItemPurpose)
    level = models.CharField(_("nivå"), max_length=12, choices=MatterLevel)
    minutes = models.PositiveSmallIntegerField(
        _("minuter"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, related_name="agenda_items", verbose_name=_("ansvarig för punkten")
    )
    outcome = models.CharField(_("önskat utfall"), max_length=200)
    background = models.TextField(_("bakgrund"), blank=True)
    proposal = models.TextField(_("förslag till beslut"), blank=True)
    arguments_for = models.TextField(_("talar för"), blank=True)  # one a line
    arguments_against = models.TextField(_("talar emot"), blank=True)  # one a line
    is_in_writing = models.BooleanField(_("går ut skriftligt"), default=False)
    # Information goes out in writing; when the meeting takes it up all the same, this says why.
    why_in_meeting = models.CharField(_("varför mötet tar upp det"), max_length=200, blank=True)

    source = models.CharField(max_length=9, choices=ItemSource)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    standing_item = models.ForeignKey(StandingItem, models.SET_NULL, null=True, blank=True, related_name="+")
    wheel_item = models.ForeignKey(
        WheelItem, models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    wheel_year = models.PositiveSmallIntegerField(null=True, blank=True)
    decision = models.ForeignKey(  # to follow up
        Decision, models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    came_from = models.ForeignKey(  # the same question at an earlier meeting
        "self", models.SET_NULL, null=True, blank=True, related_name="went_to"
    )

    needs_material = models.BooleanField(_("behöver underlag"), default=True)
    ready_at = models.DateTimeField(null=True)  # its owner has said that the material is complete
    asked_ready_at = models.DateTimeField(null=True)  # its owner has been reminded
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    is_late = models.BooleanField(default=False)  # added when the notice had gone, or its material too late
    # Why the draft agenda proposed it: values of the kernel's or the room's enums, never sentences.
    reasons = models.JSONField(default=list)

    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.COMING)
    started_at = models.DateTimeField(null=True)  # of the latest time it was taken up
    seconds_used = models.PositiveIntegerField(default=0)  # before `started_at`
    round_kind = models.CharField(max_length=6, choices=RoundKind, default=RoundKind.NONE, blank=True)
    round_opened_at = models.DateTimeField(null=True)
    round_shown_at = models.DateTimeField(null=True)  # all had answered, or who leads showed it
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["meeting", "position"], name="meetings_agenda_order"),
            # Who leads for years owns thousands of items; what comes is a handful.
            models.Index(fields=["owner", "state"], name="meetings_items_of_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1) & ~Q(outcome="") & ~Q(title=""),
                name="meetings_item_is_ready_for_an_agenda",
            ),
            models.CheckConstraint(
                condition=~Q(source="matter") | Q(matter__isnull=False), name="meetings_item_has_its_matter"
            ),
            models.CheckConstraint(
                condition=~Q(source="wheel") | Q(wheel_item__isnull=False, wheel_year__isnull=False),
                name="meetings_item_has_its_wheel_item",
            ),
            models.CheckConstraint(
                condition=~Q(source="decision") | Q(decision__isnull=False),
                name="meetings_item_has_its_decision",
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(state__in=["coming", "current"]),
                name="meetings_matter_is_on_one_coming_agenda",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state="current"), name="meetings_one_item_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title[:120]

    @property
    def log_label(self) -> str:
        """The number alone: what the item says may be secret."""
        return str(self.pk)


class ItemMaterial(models.Model):
    """A document that belongs to an item: an uploaded file or where it is kept."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="materials")
    title = models.CharField(_("rubrik"), max_length=200)
    file = models.FileField(_("fil"), upload_to="moten/%Y/", blank=True)
    reference = models.CharField(_("var det finns"), max_length=300, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(reference=""), name="meetings_material_is_somewhere"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Advice(models.Model):
    """Advice on an item, asked before the meeting of somebody who is away or knows the question."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="advice")
    asked_of = models.ForeignKey(Person, models.PROTECT, related_name="advice_to_give")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    question = models.CharField(_("vad du vill ha råd om"), max_length=300)
    answer_by = models.DateField(_("svar senast"))
    text = models.TextField(_("ditt råd"), blank=True)
    given_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "asked_of"], name="meetings_advice_asked_once"),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | ~Q(text=""), name="meetings_given_advice_has_text"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
