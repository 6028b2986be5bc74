"""Add, change, move and remove the numbered rules of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from styrfart.mandates.actions.drafting import lock_draft, touch
from styrfart.mandates.facts import MandateChanged, RuleRemoved, TooManyRules
from styrfart.mandates.models import DelegationPoint, Destination, Mandate, Rule
from styrfart.people.models import Person, Team, Unit
from styrfart.shared import audit

MAX_RULES = 60
# What `change_rule` writes: all but whose rule it is and where it stands.
WRITTEN = (
    "concerns",
    "destination",
    "post_title",
    "post_unit",
    "to_team",
    "words",
    "amount_min",
    "amount_max",
    "revision",
    "changed_by",
)


@dataclass(frozen=True)
class RuleText:
    """What a rule says, as a form gives it."""

    concerns: str
    destination: Destination
    post_title: str = ""
    post_unit: Unit | None = None
    to_team: Team | None = None
    words: Sequence[str] = ()
    units: Sequence[Unit] = ()
    amount_min: int | None = None
    amount_max: int | None = None
    points: Sequence[DelegationPoint] = field(default=())


@transaction.atomic
def add_rule(*, mandate: Mandate, text: RuleText, actor: Person) -> Rule:
    """Put a rule last in a draft."""
    draft = lock_draft(mandate)
    if draft.rules.count() >= MAX_RULES:
        raise TooManyRules
    last = draft.rules.aggregate(last=Max("number"))["last"] or 0
    rule = Rule(mandate=draft, number=last + 1)
    _write(rule, text, revision=touch(draft), actor=actor)
    rule.save(force_insert=True)
    _point_out(rule, text)
    audit.record("mandates.add_rule", rule, actor=actor)
    return rule


@transaction.atomic
def change_rule(*, rule: Rule, text: RuleText, revision: int, actor: Person) -> Rule:
    """Write a rule anew, as read in the mandate's `revision`.

    MandateChanged when somebody has changed it after that, RuleRemoved when it is gone.
    """
    draft = lock_draft(rule.mandate)
    fresh = _lock_rule(rule)
    if _same(fresh, text):
        return fresh
    if fresh.revision > revision:
        raise MandateChanged(by=fresh.changed_by.full_name if fresh.changed_by else "")
    _write(fresh, text, revision=touch(draft), actor=actor)
    fresh.save(update_fields=WRITTEN)
    _point_out(fresh, text)
    audit.record("mandates.change_rule", fresh, actor=actor, detail={"revision": [revision, draft.revision]})
    return fresh


@transaction.atomic
def move_rule(*, rule: Rule, up: bool, actor: Person) -> Rule:
    """Let a rule change place with its neighbour; the first does not go up, nor the last down."""
    draft = lock_draft(rule.mandate)
    fresh = _lock_rule(rule)
    beside = (
        draft.rules.filter(number__lt=fresh.number).order_by("-number")
        if up
        else draft.rules.filter(number__gt=fresh.number).order_by("number")
    ).first()
    if beside is None:
        return fresh
    mine, theirs = fresh.number, beside.number
    # Numbers are unique at every moment, so the rule steps aside first.
    _number(fresh, (draft.rules.aggregate(last=Max("number"))["last"] or 0) + 1)
    _number(beside, mine)
    _number(fresh, theirs)
    touch(draft)
    audit.record("mandates.move_rule", fresh, actor=actor, detail={"number": [mine, theirs]})
    return fresh


@transaction.atomic
def remove_rule(*, rule: Rule, revision: int, actor: Person) -> None:
    """Take a rule out of a draft and close the gap in the numbers.

    MandateChanged when somebody has changed it after `revision`: what they wrote is not thrown away unread.
    """
    draft = lock_draft(rule.mandate)
    fresh = _lock_rule(rule)
    if fresh.revision > revision:
        raise MandateChanged(by=fresh.changed_by.full_name if fresh.changed_by else "")
    audit.record("mandates.remove_rule", fresh, actor=actor)
    fresh.delete()
    for number, left in enumerate(draft.rules.order_by("number"), 1):
        if left.number != number:
            _number(left, number)
    touch(draft)


def _lock_rule(rule: Rule) -> Rule:
    """The rule as it is now; the lock on the draft guards it."""
    fresh = Rule.objects.select_related("changed_by").filter(pk=rule.pk).first()
    if fresh is None:
        raise RuleRemoved
    return fresh


def _number(rule: Rule, number: int) -> None:
    rule.number = number
    rule.save(update_fields=["number"])


def _same(rule: Rule, text: RuleText) -> bool:
    return (
        rule.concerns == text.concerns
        and rule.destination == text.destination
        and rule.post_title == text.post_title
        and rule.post_unit == text.post_unit
        and rule.to_team == text.to_team
        and rule.words == list(text.words)
        and (rule.amount_min, rule.amount_max) == (text.amount_min, text.amount_max)
        and set(rule.units.all()) == set(text.units)
        and set(rule.points.all()) == set(text.points)
    )


def _write(rule: Rule, text: RuleText, *, revision: int, actor: Person) -> None:
    rule.concerns, rule.destination = text.concerns, text.destination
    rule.post_title, rule.post_unit, rule.to_team = text.post_title, text.post_unit, text.to_team
    rule.words = list(text.words)
    rule.amount_min, rule.amount_max = text.amount_min, text.amount_max
    rule.revision, rule.changed_by = revision, actor


def _point_out(rule: Rule, text: RuleText) -> None:
    rule.units.set(text.units)
    rule.points.set(text.points)
