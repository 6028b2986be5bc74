"""An action: something that somebody has undertaken to do by a day."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.models.decision import UNDO_FOR, Decision
from styrfart.people.models import Person, Team
from styrfart.people.standing import User, standing
from styrfart.shared.addresses import reverse
from styrfart.shared.models import Record, RecordState


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions, and who may read them."""

    def in_force(self) -> Self:
        """Not taken back: all that a list, a letter or a figure knows of."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """Those in force of the user's own teams, and those that the user owns."""
        return self.readable_by(user).in_force()

    def readable_by(self, user: User) -> Self:
        """As `visible_to`, with those that were taken back: their own page says so."""
        here = standing(user)
        return self.filter(Q(team__in=list(here.seats)) | Q(owner=here.person_id))


class Action(Record):
    """Owner, date, done. May belong to a decision."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="actions")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="actions")
    text = models.CharField(_("åtgärd"), max_length=300)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="actions_owned")
    due_on = models.DateField(_("klart senast"))
    first_due_on = models.DateField(_("först lovat datum"), null=True, blank=True)  # None: never moved
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)  # recorded by mistake, and taken back
    revision = models.PositiveIntegerField(default=1)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["owner", "done_at", "due_on"], name="decisions_action_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(done_at__isnull=True),
                name="decisions_action_withdrawn_is_not_done",
            )
        ]

    def __str__(self) -> str:
        return self.text[:120]

    def get_absolute_url(self) -> str:
        """The page of the action; `team` must have been fetched with it."""
        return reverse("decisions:show-action", args=[self.team.slug, self.pk])

    @property
    def undo_until(self) -> dt.datetime:
        return self.created_at + UNDO_FOR

    @property
    def record_state_now(self) -> RecordState:
        """A draft until it is done: then what was undertaken stands."""
        return RecordState.COMPLETED if self.done_at else RecordState.DRAFT
