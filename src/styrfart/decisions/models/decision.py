"""A decision: one authorised decider, how it came about, and its four steps to effect."""

import datetime as dt
from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.models import DelegationPoint
from styrfart.people.models import Person, Team, Unit
from styrfart.people.standing import User, standing
from styrfart.shared.addresses import reverse
from styrfart.shared.models import Record, RecordState

# After this a decision changes only by a new decision.
UNDO_FOR = dt.timedelta(minutes=10)


class Authority(models.TextChoices):
    """By what right somebody decides (domain rule 1)."""

    DELEGATION = "delegation", _("delegation")
    MANAGEMENT = "management", _("arbetsledning")


class DecisionStep(models.IntegerChoices):
    """The four steps on the way to effect."""

    DECIDED = 1, _("beslutat")
    DISTRIBUTED = 2, _("fördelat")
    DONE = 3, _("gjort")
    EFFECT = 4, _("effekt följd")


class EffectVerdict(models.TextChoices):
    CLEAR = "clear", _("tydlig förbättring")
    PROBABLE = "probable", _("trolig förbättring")
    NONE = "none", _("ingen påvisbar skillnad")
    WORSE = "worse", _("försämring")
    UNKNOWN = "unknown", _("går inte att bedöma")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, and who may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own teams, and those that the user made, owns or must hear of.

        What is marked as secret stays with the decider and in the team's room.
        """
        here = standing(user)
        return self.open_to(here.person_id, here.seats)

    def open_to(self, person: int, room: Collection[int]) -> Self:
        """Those that the person with this id may read, who sits in the teams of `room` (ids)."""
        mine = Recipient.objects.filter(decision=OuterRef("pk"), person_id=person)
        is_concerned = Q(owner=person) | Q(Exists(mine))
        return self.filter(Q(team__in=room) | Q(decided_by=person) | Q(is_concerned, secrecy_ground=""))

    def in_force(self) -> Self:
        """Neither undone nor replaced."""
        return self.filter(withdrawn_at__isnull=True, replaced_at__isnull=True)

    def readable_among(self, person: int, room: Collection[int]) -> Self:
        """As `open_to`, for a search through everything: each alternative is found by an index."""
        plain = Decision.objects.filter(secrecy_ground="").order_by()
        heard = Recipient.objects.filter(person_id=person, decision__secrecy_ground="").order_by()
        readable = Decision.objects.filter(team__in=room).order_by().values("pk")
        return self.filter(
            pk__in=readable.union(
                Decision.objects.filter(decided_by=person).order_by().values("pk"),
                plain.filter(owner=person).values("pk"),
                heard.values("decision"),
                all=True,
            )
        )


class Decision(Record):
    """What one authorised person decided. The team is where it was prepared, never who decided."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="decisions")
    # "41:1": the first decision of week 41. ISO year and week of the day it was made.
    year = models.PositiveSmallIntegerField()
    week = models.PositiveSmallIntegerField()
    sequence = models.PositiveSmallIntegerField()

    # What the decision concerns. None: the team's own unit.
    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("enheter"))
    text = models.TextField(_("beslut"))
    reasons = models.TextField(_("skäl"))
    alternatives = models.TextField(_("alternativ som vägdes"), blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="decisions_made")
    decided_as = models.CharField(_("befattning"), max_length=80)  # the title on the day of the decision
    authority = models.CharField(_("rätt att besluta"), max_length=12, choices=Authority)
    delegation_point = models.ForeignKey(
        DelegationPoint, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    rapporteur = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    cost = models.PositiveBigIntegerField(_("kostnad"), null=True, blank=True)  # kronor
    # A decision by delegation that the committee is to be told of, and when it was.
    is_to_be_reported = models.BooleanField(default=False)
    reported_on = models.DateField(null=True, blank=True)

    # A change of weight for those who work here (viktigare förändring) needs a written risk assessment and a
    # closed consultation with the unions before it is decided, or exceptional reasons (domain rule 4).
    is_major_change = models.BooleanField(default=False)
    risk_assessed_on = models.DateField(null=True)
    risk_reference = models.CharField(max_length=120, blank=True)
    consultation_closed_on = models.DateField(null=True)
    consultation_reference = models.CharField(max_length=120, blank=True)
    urgency_ground = models.CharField(max_length=300, blank=True)

    owner = models.ForeignKey(Person, models.PROTECT, related_name="decisions_owned")
    due_on = models.DateField(_("klart senast"))
    # The day that was promised first, once the date has been moved. None: it never was.
    first_due_on = models.DateField(_("först lovat datum"), null=True, blank=True)
    effect_question = models.CharField(_("hur ser vi att det fick effekt"), max_length=300)
    effect_on = models.DateField(_("effekten följs"))
    review_on = models.DateField(_("beslutet ses över"), null=True, blank=True)

    distributed_at = models.DateTimeField(null=True)  # the owner has taken it on
    done_at = models.DateTimeField(null=True)
    effect_at = models.DateTimeField(null=True)
    effect_verdict = models.CharField(max_length=10, choices=EffectVerdict, blank=True)
    effect_note = models.CharField(max_length=300, blank=True)

    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    # When another decision took its place; that one's `replaces` says which.
    replaced_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)  # undone within ten minutes
    revision = models.PositiveIntegerField(default=1)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-pk"]
        indexes = [
            models.Index(fields=["team", "-decided_at"], name="decisions_of_team"),
            models.Index(fields=["owner", "due_on"], name="decisions_of_owner"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "year", "week", "sequence"], name="decisions_decision_number_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(authority="management", delegation_point__isnull=True)
                | Q(authority="delegation", delegation_point__isnull=False),
                name="decisions_decision_has_one_authority",
            ),
            models.CheckConstraint(
                condition=Q(is_major_change=False)
                | Q(risk_assessed_on__isnull=False, consultation_closed_on__isnull=False)
                | ~Q(urgency_ground=""),
                name="decisions_major_change_is_prepared",
            ),
            models.CheckConstraint(
                condition=Q(effect_at__isnull=True) | Q(done_at__isnull=False),
                name="decisions_decision_effect_comes_after_done",
            ),
            models.CheckConstraint(
                condition=Q(effect_at__isnull=True) | ~Q(effect_verdict=""),
                name="decisions_decision_effect_has_verdict",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(distributed_at__isnull=False),
                name="decisions_decision_done_comes_after_distributed",
            ),
            models.CheckConstraint(
                condition=Q(effect_on__gte=models.F("due_on")),
                name="decisions_decision_effect_follows_due_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(replaces__isnull=True),
                name="decisions_decision_withdrawn_replaces_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"[:120]

    @property
    def log_label(self) -> str:
        """The number alone: what was decided may be secret."""
        return self.number

    @property
    def number(self) -> str:
        """As it is said in the room: week and running number."""
        return f"{self.week}:{self.sequence}"

    @property
    def slug(self) -> str:
        """As it is written in an address: year, week and running number."""
        return f"{self.year}-{self.week}-{self.sequence}"

    @property
    def step(self) -> DecisionStep:
        """How far the decision has come."""
        if self.effect_at:
            return DecisionStep.EFFECT
        if self.done_at:
            return DecisionStep.DONE
        if self.distributed_at:
            return DecisionStep.DISTRIBUTED
        return DecisionStep.DECIDED

    @property
    def undo_until(self) -> dt.datetime:
        return self.decided_at + UNDO_FOR

    @property
    def promised_on(self) -> dt.date:
        """The day that was promised first; the one that "in time" is measured by, however it was moved."""
        return self.first_due_on or self.due_on

    @property
    def record_state_now(self) -> RecordState:
        """A draft for as long as it can be undone, completed after that, whether or not a job has run."""
        if self.record_state != RecordState.DRAFT:
            return RecordState(self.record_state)
        if self.withdrawn_at or timezone.now() <= self.undo_until:
            return RecordState.DRAFT
        return RecordState.COMPLETED

    def get_absolute_url(self) -> str:
        """The page of the decision; `team` must have been fetched with it."""
        return reverse("decisions:show", args=[self.team.slug, self.year, self.week, self.sequence])


class Participant(models.Model):
    """Somebody who took part before the decision, or had to leave because of a conflict of interest."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Conflict of interest: neither took part nor was present (Local Government Act 6:28-32, 7:4).
    is_excluded = models.BooleanField(default=False)
    conflict_ground = models.CharField(_("jävsgrund"), max_length=200, blank=True)
    dissent = models.TextField(_("avvikande mening"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "person"], name="decisions_participant_once"),
            models.CheckConstraint(
                condition=Q(is_excluded=False) | Q(dissent=""), name="decisions_excluded_do_not_dissent"
            ),
            models.CheckConstraint(
                condition=Q(is_excluded=False) | ~Q(conflict_ground=""), name="decisions_exclusion_has_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Recipient(models.Model):
    """Somebody who must hear of the decision, with a receipt."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="recipients")
    person = models.ForeignKey(Person, models.PROTECT, related_name="decisions_to_hear")
    told_at = models.DateTimeField(auto_now_add=True)
    received_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "person"], name="decisions_recipient_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class ProgressKind(models.TextChoices):
    """What happened to a decision on its way."""

    NOTE = "note", _("läge")
    TAKEN_ON = "taken_on", _("ägaren tog sig an beslutet")
    DONE = "done", _("beslutet är genomfört")
    REOPENED = "reopened", _("beslutet är inte genomfört än")
    EFFECT = "effect", _("effekten är följd")
    MOVED = "moved", _("datumet flyttades")
    REVIEWED = "reviewed", _("beslutet sågs över")
    WITHDRAWN = "withdrawn", _("beslutet återtogs")
    REPLACED = "replaced", _("beslutet ersattes")
    RESTORED = "restored", _("beslutet gäller igen")


class Progress(models.Model):
    """Something that happened on the way: what, when, by whom, in their words."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="progress")
    kind = models.CharField(max_length=10, choices=ProgressKind, default=ProgressKind.NOTE)
    # MOVED: from which day to which.
    due_from = models.DateField(null=True)
    due_to = models.DateField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField(choices=DecisionStep)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="moved") | Q(due_from__isnull=False, due_to__isnull=False),
                name="decisions_progress_move_has_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.note}"
