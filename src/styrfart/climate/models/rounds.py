"""A round: an instrument put to some units or teams between two days, and shown on a third."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from styrfart.climate.instruments import Instrument, instrument_of
from styrfart.people.models import Person, Team, Unit

LEAST, LEAST_TEXT = 7, 10  # fixed here; an installation may raise them, nobody can lower them
LEAST_REVIEW = 3  # raters of a kind in a 360 (peers, reports), else they are folded together


class RoundKind(models.TextChoices):
    PULSE = "pulse", _("puls")
    FOLLOW_UP = "follow_up", _("uppföljning")  # whether what was chosen after a pulse has helped
    REVIEW = "review", _("360")  # for one manager, by groups of raters


class RoundState(models.TextChoices):
    DRAFT = "draft", _("utkast")
    LAUNCHING = "launching", _("startas")  # links are being made and sent
    OPEN = "open", _("öppen")
    CLOSED = "closed", _("stängd")  # no answer is taken any more; the report is not yet released
    RELEASED = "released", _("visad")
    STOPPED = "stopped", _("avbruten")  # stopped before its time: every answer was thrown away


class Round(models.Model):
    """One round. Thresholds, groups and questions are locked when it is launched."""

    kind = models.CharField(max_length=10, choices=RoundKind, default=RoundKind.PULSE)
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.DRAFT)
    title = models.CharField(_("namn"), max_length=120)
    why = models.TextField(_("varför vi frågar"), blank=True, max_length=600)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="climate_rounds")
    # Whom it is about: units with all below them, or teams. A review: one person.
    units = models.ManyToManyField(Unit, blank=True, related_name="climate_rounds")
    teams = models.ManyToManyField(Team, blank=True, related_name="climate_rounds")
    subject = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="reviews")
    # Keys of instruments while it is a draft ("hme", "eget-4"); from launch on the questions themselves.
    instruments = models.JSONField(default=list)
    form: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(default=list)
    # At most two questions that are answered in words: [{"sv": …, "en": …}].
    text_questions = models.JSONField(default=list)
    languages = models.JSONField(default=list)  # ["sv", "en"]
    opens_on = models.DateField(_("öppnar"))
    closes_on = models.DateField(_("stänger"))  # answers are taken up to and including this day
    report_on = models.DateField(_("visas"))  # for everybody at the same time
    reminds_on = models.DateField(_("påminner"), null=True, blank=True)
    least = models.PositiveSmallIntegerField(default=LEAST)
    least_text = models.PositiveSmallIntegerField(default=LEAST_TEXT)
    # To seal answers with. The other half lies in a file outside the database and is destroyed at the count.
    public_key = models.BinaryField(null=True)
    # When a worker did not find the key: a web server never looks, and need not have the folder.
    key_missed_at = models.DateTimeField(null=True)
    after = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    created_at = models.DateTimeField(auto_now_add=True)
    launched_at = models.DateTimeField(null=True)
    # When the reminder began to go out. To whom is written nowhere: it would say who had not answered.
    reminded_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")) & Q(closes_on__lt=F("report_on")),
                name="climate_round_days_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind="review", least__gte=LEAST_REVIEW) | Q(least__gte=LEAST),
                name="climate_round_threshold_is_never_lowered",
            ),
            models.CheckConstraint(
                condition=Q(least_text__gte=LEAST_TEXT), name="climate_round_text_threshold_is_never_lowered"
            ),
            models.CheckConstraint(
                condition=Q(kind="review", subject__isnull=False) | (~Q(kind="review") & Q(subject=None)),
                name="climate_round_only_a_review_is_about_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(launched_at__isnull=False),
                name="climate_round_was_launched_before_it_opened",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False),
                name="climate_round_released_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("climate:round", args=[self.pk])

    @property
    def asked(self) -> tuple[Instrument, ...]:
        """The questions as they were when the round was launched, part by part."""
        return tuple(instrument_of(each) for each in self.form)

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN

    def takes_answers_on(self, day: dt.date) -> bool:
        """Whether an answer of that day is taken."""
        return self.is_open and self.opens_on <= day <= self.closes_on


def thresholds() -> tuple[int, int]:
    """Answers for an index, and for distributions and free text, that a new round is launched with."""
    return max(LEAST, settings.MIN_ANSWERS), max(LEAST_TEXT, settings.MIN_ANSWERS_TEXT)
