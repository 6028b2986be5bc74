"""One decision: the page, and what the reader may do there."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from styrfart.decisions import rules
from styrfart.decisions.models import (
    Action,
    Decision,
    Participant,
    Progress,
    Recipient,
)
from styrfart.decisions.phrases import state_of, state_of_action
from styrfart.people.models import Person, Unit
from styrfart.people.standing import User, standing
from styrfart.people.team_periods import name_then

LONGEST_SEARCH = 100
TEAM_THEN = name_then("team", at="decided_at")  # what the team was called when it decided


@dataclass(frozen=True)
class Row:
    """A decision in a list, with its state in a word and a tone."""

    decision: Decision
    word: str
    tone: str

    @property
    def has_track(self) -> bool:
        """Whether the decision is on its way: not undone, not replaced."""
        return rules.is_in_force(self.decision)


@dataclass(frozen=True)
class ActionRow:
    """An action in a list, with its state and whether the reader may mark it."""

    action: Action
    word: str
    tone: str
    can_complete: bool
    can_withdraw: bool


@dataclass(frozen=True)
class DecisionPage:
    """Everything on the page of one decision, and what the reader may do there."""

    decision: Decision
    row: Row
    participants: list[Participant]
    recipients: list[Recipient]
    history: list[Progress]
    actions: list[ActionRow]
    units: list[str]
    receipt: Recipient | None  # the reader's own, when it has not been confirmed
    can_undo: bool
    can_take_on: bool
    can_follow_up: bool
    can_review: bool
    can_register: bool
    can_replace: bool
    can_create_action: bool

    @property
    def took_part(self) -> list[Participant]:
        return [one for one in self.participants if not one.is_excluded]

    @property
    def excluded(self) -> list[Participant]:
        """Those who had a conflict of interest."""
        return [one for one in self.participants if one.is_excluded]

    @property
    def dissenting(self) -> list[Participant]:
        return [one for one in self.participants if one.dissent]

    @property
    def is_report_open(self) -> bool:
        """Whether the report stands open at once: the day is here and nothing else comes first."""
        return not self.can_take_on and self.decision.due_on <= timezone.localdate()

    @property
    def is_review_due(self) -> bool:
        return self.decision.review_on is not None and self.decision.review_on <= timezone.localdate()


def decision_for(user: User, slug: str, year: int, week: int, sequence: int) -> Decision:
    """The decision with this number, if `user` may read it; otherwise it does not exist."""
    found = (
        Decision.objects.visible_to(user)
        .filter(team__slug=slug, year=year, week=week, sequence=sequence)
        .select_related(
            "team__unit",
            "decided_by",
            "recorded_by",
            "owner",
            "rapporteur",
            "delegation_point__scheme",
            "replaces__team",
            "replaced_by__team",
        )
        .annotate(team_then=TEAM_THEN)
        .first()
    )
    if found is None:
        raise Http404
    return found


def decision_to_replace(user: User, slug: str, year: int, week: int, sequence: int) -> Decision:
    """The decision, if `user` may try to replace it; 403 to others who may read it."""
    found = decision_for(user, slug, year, week, sequence)
    if not rules.can_replace(user, found, units_of(found)):
        raise PermissionDenied
    return found


def units_of(decision: Decision) -> list[Unit]:
    """The units that the decision concerns."""
    return list(decision.units.all()) or [decision.team.unit]


def people_of(decision: Decision) -> list[Person]:
    """Its owner and those who had to hear of it: to choose among when it is replaced."""
    return [decision.owner, *(row.person for row in decision.recipients.select_related("person"))]


def decision_page(user: User, decision: Decision) -> DecisionPage:
    """What the page of the decision shows to `user`: five queries, however much has happened."""
    today = timezone.localdate()
    recipients = list(decision.recipients.select_related("person"))
    me = standing(user).person_id
    is_in_force = rules.is_in_force(decision)
    units = units_of(decision)
    actions = decision.actions.in_force().select_related("owner").order_by("done_at", "due_on", "pk")
    return DecisionPage(
        decision=decision,
        row=row_of(decision, today),
        participants=list(decision.participants.select_related("person")),
        recipients=recipients,
        history=list(decision.progress.select_related("by")),
        actions=[action_row(user, action, today) for action in actions],
        units=[unit.name for unit in units],
        receipt=next(
            (row for row in recipients if row.person_id == me and row.received_at is None and is_in_force),
            None,
        ),
        can_undo=rules.can_undo(user, decision),
        can_take_on=is_in_force and decision.distributed_at is None and rules.can_take_on(user, decision),
        can_follow_up=is_in_force and rules.can_follow_up(user, decision),
        can_review=is_in_force and rules.can_review(user, decision),
        can_register=rules.can_register(user, decision),
        can_replace=rules.can_replace(user, decision, units),
        can_create_action=is_in_force
        and (rules.can_create_action(user, decision.team) or rules.can_follow_up(user, decision)),
    )


def row_of(decision: Decision, today: dt.date) -> Row:
    """The decision as it stands in a list; of a replaced one `replaced_by` has been fetched."""
    return Row(decision, *state_of(decision, today))


def action_row(user: User, action: Action, today: dt.date) -> ActionRow:
    return ActionRow(
        action,
        *state_of_action(action, today),
        can_complete=rules.can_complete(user, action),
        can_withdraw=rules.can_withdraw(user, action),
    )
