"""Begin a draft, answer its questions, discard it."""

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.db.models import Prefetch

from styrfart.mandates.facts import MandateAlreadyOpen, MandateChanged, MandateNotDraft
from styrfart.mandates.models import (
    Answer,
    DelegationPoint,
    Destination,
    Mandate,
    MandateState,
    Question,
    Result,
    Rule,
)
from styrfart.mandates.queries.delegation import points_for_triage, renewed
from styrfart.mandates.queries.mandates import OPEN
from styrfart.mandates.starting_points import ABOVE, StartingPoint, StartingRule
from styrfart.people.models import Person, Team
from styrfart.shared import audit

# An answer as a form gives it: a text, percent by purpose, or rows of (result, how it is seen).
Value = str | Mapping[str, int] | Sequence[tuple[str, str]]

# What a rule keeps when its mandate is copied to a new version.
COPIED = (
    "number",
    "key",
    "concerns",
    "destination",
    "post_title",
    "post_unit",
    "to_team",
    "words",
    "amount_min",
    "amount_max",
)


@transaction.atomic
def start_draft(*, team: Team, source: Mandate | StartingPoint | None, actor: Person) -> Mandate:
    """Open a new version of the team's mandate: a copy of `source`, or empty. Rules keep their keys."""
    Team.objects.select_for_update().get(pk=team.pk)  # two who begin at once: the second is told
    known = Mandate.objects.filter(team=team)
    if known.filter(state__in=OPEN).exists():
        raise MandateAlreadyOpen
    latest = known.order_by("-version").values_list("version", flat=True).first() or 0
    draft = Mandate(team=team, version=latest + 1, created_by=actor)
    if source is not None:
        draft.purpose, draft.only_we = source.purpose, source.only_we
        draft.team_type, draft.target_mix = source.team_type, dict(source.target_mix)
        draft.norms = source.norms if isinstance(source, Mandate) else "\n".join(source.norms)
    draft.save(force_insert=True)
    if isinstance(source, Mandate):
        _copy(source, draft)
    elif source is not None:
        _fill(draft, source)
    came_from = source.key if isinstance(source, StartingPoint) else source and source.version
    audit.record("mandates.start_draft", draft, actor=actor, detail={"from": [None, came_from]})
    return draft


def _copy(source: Mandate, draft: Mandate) -> None:
    Result.objects.bulk_create(
        Result(mandate=draft, position=row.position, text=row.text, measure=row.measure)
        for row in source.results.all()
    )
    points = Prefetch("points", DelegationPoint.objects.select_related("scheme"))
    now = points_for_triage(draft.team)
    for rule in Rule.objects.filter(mandate=source).prefetch_related("units", points):
        same = {name: getattr(rule, name) for name in COPIED}
        copy = Rule.objects.create(mandate=draft, **same)
        copy.units.set(rule.units.all())
        copy.points.set(renewed(rule.points.all(), now))


def _fill(draft: Mandate, start: StartingPoint) -> None:
    Result.objects.bulk_create(
        Result(mandate=draft, position=position, text=text, measure=measure)
        for position, (text, measure) in enumerate(start.results, 1)
    )
    above = _team_above(draft.team)
    Rule.objects.bulk_create(
        _rule(draft, number, row, above if row.to == ABOVE else None)
        for number, row in enumerate(start.rules, 1)
    )


def _rule(draft: Mandate, number: int, row: StartingRule, to_team: Team | None) -> Rule:
    """A rule of a starting point. What goes to the team above goes to the line where there is none."""
    leads_nowhere = row.destination == Destination.TEAM and to_team is None
    return Rule(
        mandate=draft,
        number=number,
        concerns=row.concerns,
        destination=Destination.LINE if leads_nowhere else row.destination,
        post_title=row.post_title,
        to_team=to_team,
        words=list(row.words),
        amount_min=row.amount_min,
        amount_max=row.amount_max,
    )


def _team_above(team: Team) -> Team | None:
    """The team of the nearest unit above the team's own."""
    above = team.unit.ancestor_ids[:-1]
    teams = {found.unit_id: found for found in Team.objects.filter(unit__in=above, valid_to=None)}
    return next((teams[pk] for pk in reversed(above) if pk in teams), None)


def lock_draft(mandate: Mandate) -> Mandate:
    """The draft re-read under lock; MandateNotDraft when it is one no more."""
    fresh = (
        Mandate.objects.select_for_update(of=("self",)).select_related("team").filter(pk=mandate.pk).first()
    )
    if fresh is None or fresh.state != MandateState.DRAFT:
        raise MandateNotDraft
    return fresh


def touch(mandate: Mandate) -> int:
    """Raise the mandate's revision: something in it changed. Gives the new one."""
    mandate.revision += 1
    mandate.save(update_fields=["revision"])
    return mandate.revision


@transaction.atomic
def answer_question(
    *, mandate: Mandate, question: Question, value: Value, revision: int, actor: Person
) -> Mandate:
    """Save the answer to a question of a draft, as read in `revision`.

    MandateChanged when the same question has been answered after that; other questions do not matter.
    """
    draft = lock_draft(mandate)
    last = Answer.objects.filter(mandate=draft, question=question).select_related("by").first()
    if _stored(draft, question) == _comparable(question, value):
        return draft
    if last is not None and last.revision > revision:
        raise MandateChanged(by=last.by.full_name)
    _SAVE[question](draft, value)
    Answer.objects.update_or_create(
        mandate=draft, question=question, defaults={"revision": touch(draft), "by": actor}
    )
    audit.record(
        "mandates.answer_question",
        draft,
        actor=actor,
        detail={"question": [None, question.value], "revision": [revision, draft.revision]},
    )
    return draft


def _stored(draft: Mandate, question: Question) -> Value:
    if question == Question.RESULTS:
        return [(row.text, row.measure) for row in draft.results.all()]
    value: Value = getattr(draft, question.value)
    return value


def _comparable(question: Question, value: Value) -> Value:
    return [tuple(row) for row in value] if question == Question.RESULTS else value  # type: ignore[misc]  # rows only then


def _save_field(name: str) -> Callable[[Mandate, Value], None]:
    def save(draft: Mandate, value: Value) -> None:
        setattr(draft, name, value)
        draft.save(update_fields=[name])

    return save


def _save_results(draft: Mandate, value: Value) -> None:
    draft.results.all().delete()
    Result.objects.bulk_create(
        Result(mandate=draft, position=position, text=row[0], measure=row[1])
        for position, row in enumerate(value, 1)
    )


_SAVE: Mapping[Question, Callable[[Mandate, Value], None]] = {
    Question.PURPOSE: _save_field("purpose"),
    Question.ONLY_WE: _save_field("only_we"),
    Question.TEAM_TYPE: _save_field("team_type"),
    Question.NORMS: _save_field("norms"),
    Question.TARGET_MIX: _save_field("target_mix"),
    Question.RESULTS: _save_results,
}


@transaction.atomic
def discard_draft(*, mandate: Mandate, actor: Person) -> None:
    """Throw a draft away. It is working material that nobody has adopted; what is in force stays."""
    draft = lock_draft(mandate)
    audit.record("mandates.discard_draft", draft, actor=actor)
    draft.delete()
