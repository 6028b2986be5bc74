"""The mandate of a management team, in versions that its members confirm."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.models.delegation import DelegationPoint
from styrfart.people.models import Person, Team, Unit
from styrfart.shared.models import Record


class TeamType(models.TextChoices):
    """How much the members depend on each other (Wageman et al.)."""

    INFORMATIONAL = "informational", _("informerar varandra")
    CONSULTATIVE = "consultative", _("ger chefen råd")
    COORDINATING = "coordinating", _("samordnar")
    DECISION_MAKING = "decision_making", _("chefen beslutar i gruppen")


class MandateState(models.TextChoices):
    DRAFT = "draft", _("utkast")
    PROPOSED = "proposed", _("föreslaget")
    ADOPTED = "adopted", _("antaget")
    SUPERSEDED = "superseded", _("ersatt")


class TimeUse(models.TextChoices):
    """What the team's meeting time goes to. The values are those of `matters.ItemPurpose`."""

    INFORMATION = "information", _("information")
    DIALOGUE = "dialogue", _("dialog")
    ADVICE = "advice", _("råd")
    DECISION = "decision", _("beslut")
    FOLLOW_UP = "follow_up", _("uppföljning")


class Question(models.TextChoices):
    """The questions that a mandate answers, in the order in which they are asked."""

    PURPOSE = "purpose", _("Vad är gruppen till för?")
    ONLY_WE = "only_we", _("Vad kan bara ni göra tillsammans?")
    TEAM_TYPE = "team_type", _("Vilken typ av grupp är ni?")
    RESULTS = "results", _("Vilka resultat ska ni nå i år?")
    NORMS = "norms", _("Hur vill ni arbeta tillsammans?")
    TARGET_MIX = "target_mix", _("Vad ska mötestiden gå till?")
    RULES = "rules", _("Vilka ärenden hör hemma hos er, och vart går de andra?")


class Mandate(Record):
    """One version of what a team is for. A draft is written, proposed by the chair, confirmed, adopted."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="mandates")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=MandateState, default=MandateState.DRAFT)
    revision = models.PositiveIntegerField(default=1)  # rises with every save: two tabs never overwrite

    purpose = models.TextField(_("vad gruppen är till för"), blank=True)
    only_we = models.TextField(_("det bara vi kan göra tillsammans"), blank=True)
    team_type = models.CharField(_("typ av grupp"), max_length=20, choices=TeamType, blank=True)
    norms = models.TextField(_("normer"), blank=True)  # one a line
    # Percent of meeting time by purpose: {"information": 20, "dialogue": 30, ...}; sums to 100 or is empty.
    target_mix = models.JSONField(_("målbild för mötestiden"), default=dict, blank=True)

    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    adopted_on = models.DateField(null=True)
    superseded_on = models.DateField(null=True)
    review_on = models.DateField(_("ses över senast"), null=True, blank=True)
    # The chair looked through the adopted version and it still held; changes in the team count from then.
    reviewed_on = models.DateField(null=True)
    review_called_at = models.DateTimeField(null=True)  # the chair has been told that a review is due

    class Meta:
        ordering = ["team", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["team", "version"], name="mandates_mandate_version_is_unique"),
            models.UniqueConstraint(
                fields=["team"], condition=Q(state="adopted"), name="mandates_team_has_one_adopted_mandate"
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(state__in=["draft", "proposed"]),
                name="mandates_team_has_one_open_draft",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed"]) | Q(adopted_on__isnull=False),
                name="mandates_adopted_mandate_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.version}"

    @property
    def log_label(self) -> str:
        """Whose mandate, and which version."""
        return str(self)


class Answer(models.Model):
    """When a question of a draft was last answered, and by whom; so that no answer is written over unseen."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=10, choices=Question)
    revision = models.PositiveIntegerField()  # the mandate's revision that the answer made
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "question"], name="mandates_question_answered_once"),
        ]

    def __str__(self) -> str:
        return self.get_question_display()


class Result(models.Model):
    """A result for the year that only this team can deliver."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="results")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("resultat"), max_length=300)
    measure = models.CharField(_("så ser vi det"), max_length=200, blank=True)

    class Meta:
        ordering = ["mandate", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "position"],
                name="mandates_result_position_is_unique",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Destination(models.TextChoices):
    """Where a matter of a kind goes. The values are those of `kernel.triage.Destination`."""

    MEETING = "meeting", _("vårt möte")
    POST = "post", _("en namngiven befattning beslutar")
    TEAM = "team", _("en annan ledningsgrupp")
    LINE = "line", _("linjen")
    COMMITTEE = "committee", _("nämnden, genom oss")
    WRITTEN = "written", _("skriftlig information")


class Rule(models.Model):
    """A numbered rule: what it concerns, in words, and where such matters go; with hints for the desk."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="rules")
    number = models.PositiveSmallIntegerField()
    # The same rule keeps its key through versions, so that how often it is overruled can be followed.
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    concerns = models.CharField(_("vad regeln gäller"), max_length=300)
    destination = models.CharField(_("dit går ärendet"), max_length=10, choices=Destination)
    # POST: whose decision it is. Without a unit: the post with the title nearest above the matter's owner.
    post_title = models.CharField(_("befattning"), max_length=80, blank=True)
    post_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    to_team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")

    words = models.JSONField(_("ledord"), default=list, blank=True)  # list of str
    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("enheter"))
    amount_min = models.PositiveBigIntegerField(_("från belopp"), null=True, blank=True)
    amount_max = models.PositiveBigIntegerField(_("till belopp"), null=True, blank=True)
    points = models.ManyToManyField(
        DelegationPoint, blank=True, related_name="+", verbose_name=_("punkter i delegationsordningen")
    )
    # The mandate's revision in which the rule last changed, and who changed it; None: as it was copied.
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["mandate", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "number"],
                name="mandates_rule_number_is_unique",
            ),
            models.CheckConstraint(
                condition=~Q(destination="post") | ~Q(post_title=""), name="mandates_rule_to_post_names_it"
            ),
            models.CheckConstraint(
                condition=~Q(destination="team") | Q(to_team__isnull=False),
                name="mandates_rule_to_team_names_it",
            ),
            models.CheckConstraint(
                condition=Q(amount_min__isnull=True)
                | Q(amount_max__isnull=True)
                | Q(amount_min__lte=models.F("amount_max")),
                name="mandates_rule_amounts_are_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.concerns}"

    @property
    def log_label(self) -> str:
        """Which rule of which mandate: the words of a draft are for the room alone."""
        return f"{self.number}, {self.mandate}"


class Confirmation(models.Model):
    """A member has confirmed a proposed mandate."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="confirmations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mandate", "person"], name="mandates_confirmation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.mandate}"


class Remark(models.Model):
    """What a member wants changed before confirming; it sends the proposal back to being a draft."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="remarks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("vad du vill ändra"))
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="mandates_remark_has_text"),
        ]

    def __str__(self) -> str:
        return self.text[:120]
