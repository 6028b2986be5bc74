"""A matter: a question that somebody wants a management team to answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.models import Decision
from styrfart.matters.models.queryset import MatterQuerySet
from styrfart.people.models import Person, Team, Unit
from styrfart.shared.models import Record


class Asked(models.TextChoices):
    """What the sender asks for. The values are those of `kernel.triage.Asked`."""

    DECISION = "decision", _("beslut")
    PREPARATION = "preparation", _("beredning")
    ADVICE = "advice", _("råd")
    THINKING = "thinking", _("tänka ihop")
    INFORMATION = "information", _("information")


class ItemPurpose(models.TextChoices):
    INFORMATION = "information", _("information")
    DIALOGUE = "dialogue", _("dialog")
    ADVICE = "advice", _("råd")
    DECISION = "decision", _("beslut")
    FOLLOW_UP = "follow_up", _("uppföljning")


class MatterLevel(models.TextChoices):
    STRATEGIC = "strategic", _("strategisk")
    TACTICAL = "tactical", _("taktisk")
    OPERATIONAL = "operational", _("operativ")


class MatterState(models.TextChoices):
    DRAFT = "draft", _("utkast")
    INBOX = "inbox", _("väntar på väg")
    MORE_ASKED = "more_asked", _("väntar på komplettering")
    QUEUED = "queued", _("i kö till möte")
    HANDED_OVER = "handed_over", _("lämnat vidare")
    PREPARING = "preparing", _("bereds till nämnden")
    PREPARED = "prepared", _("berett, nämnden beslutar")
    DECIDED = "decided", _("beslutat")
    INFORMED = "informed", _("gick ut skriftligt")
    DECLINED = "declined", _("tackat nej")
    ANSWERED = "answered", _("besvarat")
    WITHDRAWN = "withdrawn", _("återtaget")


# Where the chair or the secretary may still choose a route.
ROUTABLE = frozenset({MatterState.INBOX, MatterState.MORE_ASKED, MatterState.QUEUED})
# Where whoever handed in the matter may still change it.
EDITABLE = frozenset({MatterState.DRAFT, MatterState.INBOX, MatterState.MORE_ASKED})
# Nothing more happens to the matter itself.
CLOSED = frozenset(
    {
        MatterState.PREPARED,
        MatterState.DECIDED,
        MatterState.INFORMED,
        MatterState.DECLINED,
        MatterState.ANSWERED,
        MatterState.WITHDRAWN,
    }
)


class Matter(Record):
    """A matter and where it is. It keeps its number when it moves between teams."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="matters")
    state = models.CharField(max_length=12, choices=MatterState, default=MatterState.DRAFT)
    revision = models.PositiveIntegerField(default=1)

    question = models.CharField(_("frågan som ska besvaras"), max_length=200, blank=True)
    why_us = models.TextField(_("varför den här gruppen"), blank=True)
    asked = models.CharField(_("vad du ber om"), max_length=12, choices=Asked, blank=True)
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="matters_owned",
        verbose_name=_("ärendeägare"),
    )
    handed_in_by = models.ForeignKey(Person, models.PROTECT, related_name="matters_handed_in")
    latest_on = models.DateField(_("senast"), null=True, blank=True)
    units = models.ManyToManyField(
        Unit, blank=True, related_name="matters", verbose_name=_("berörda enheter")
    )
    cost = models.PositiveBigIntegerField(_("kostnad"), null=True, blank=True)  # kronor
    created_at = models.DateTimeField(auto_now_add=True)
    handed_in_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(
        auto_now=True, db_index=True
    )  # what the index of texts has to read again

    # What the meeting needs before the matter may enter an agenda (domain rule 2).
    purpose = models.CharField(_("syfte"), max_length=12, choices=ItemPurpose, blank=True)
    level = models.CharField(_("nivå"), max_length=12, choices=MatterLevel, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minuter"), null=True, blank=True)
    outcome = models.CharField(_("önskat utfall"), max_length=200, blank=True)

    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="matter")

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["-handed_in_at", "-pk"]
        indexes = [
            models.Index(fields=["team", "state", "handed_in_at"], name="matters_queue"),
            models.Index(fields=["handed_in_by", "state"], name="matters_of_sender"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft")
                | (Q(handed_in_at__isnull=False) & ~Q(question="") & ~Q(asked="") & Q(owner__isnull=False)),
                name="matters_handed_in_matter_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state="queued") | (~Q(purpose="") & ~Q(level="") & ~Q(outcome="")),
                name="matters_queued_matter_is_ready",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decision__isnull=False),
                name="matters_decided_matter_has_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.question}"[:120]

    @property
    def is_complete(self) -> bool:
        """Whether everything is there that a matter needs to be handed in."""
        return bool(self.question and self.why_us and self.asked and self.owner_id)


class Material(models.Model):
    """A document that belongs to a matter: an uploaded file or where it is kept."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="materials")
    title = models.CharField(_("rubrik"), max_length=200)
    file = models.FileField(_("fil"), upload_to="material/%Y/", blank=True)
    reference = models.CharField(_("var det finns"), max_length=300, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(reference=""), name="matters_material_is_somewhere"
            )
        ]

    def __str__(self) -> str:
        return self.title


class EventKind(models.TextChoices):
    HANDED_IN = "handed_in", _("lämnades in")
    CHANGED = "changed", _("ändrades")
    MORE_ASKED = "more_asked", _("komplettering begärdes")
    COMPLETED = "completed", _("kompletterades")
    QUEUED = "queued", _("togs upp på möte")
    HANDED_OVER = "handed_over", _("lämnades vidare")
    MOVED = "moved", _("flyttades till en annan grupp")
    RECEIVED = "received", _("togs emot")
    ANSWERED = "answered", _("besvarades")
    PREPARING = "preparing", _("bereds till nämnden")
    PREPARED = "prepared", _("lämnades till nämnden")
    RETURNED = "returned", _("lämnades tillbaka")
    TAKEN_BACK = "taken_back", _("togs tillbaka till kön")
    DECIDED = "decided", _("beslutades")
    INFORMED = "informed", _("gick ut skriftligt")
    DECLINED = "declined", _("tackades nej till")
    UNDONE = "undone", _("ångrades")
    WITHDRAWN = "withdrawn", _("återtogs")


class MatterEvent(models.Model):
    """What happened to a matter, for the one who handed it in and for those who handle it."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")  # where the matter was then
    # The choice of route that this tells of, if it tells of one.
    routing = models.ForeignKey("matters.Routing", models.CASCADE, null=True, related_name="events")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["matter", "at"], name="matters_history")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
