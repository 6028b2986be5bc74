"""To make a decision, to undo it within ten minutes, to replace it."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from styrfart.decisions import rules
from styrfart.decisions.actions import refusals, telling
from styrfart.decisions.models import Authority, Decision, Participant, Progress, ProgressKind, Recipient
from styrfart.mandates.models import DelegationPoint
from styrfart.people.models import Person, Team, Unit
from styrfart.people.standing import standing
from styrfart.shared import audit

# Rooms above decisions (the matter desk, a meeting) add here what must follow when a decision is undone.
# Each is called in the same transaction with the decision and the person who undid it.
ON_UNDO: list[Callable[[Decision, Person], None]] = []


@dataclass(frozen=True)
class Attendance:
    """Somebody who took part before the decision, or had to leave because of a conflict of interest."""

    person: Person
    is_excluded: bool = False
    conflict_ground: str = ""
    dissent: str = ""


@dataclass(frozen=True)
class MajorChange:
    """A change of weight for those who work here (viktigare förändring) and what must precede the decision.

    The written risk assessment and the closed consultation with the unions, each with its day and where it is
    kept; or the exceptional reasons (synnerliga skäl) for deciding before that.
    """

    risk_assessed_on: dt.date | None = None
    risk_reference: str = ""
    consultation_closed_on: dt.date | None = None
    consultation_reference: str = ""
    urgency_ground: str = ""

    @property
    def is_prepared(self) -> bool:
        """Whether it may be decided now."""
        return bool(self.risk_assessed_on and self.consultation_closed_on) or bool(
            self.urgency_ground.strip()
        )


class NewDecision(TypedDict):
    """The keywords of `make_decision`."""

    team: Team
    text: str
    reasons: str
    decided_by: Person
    authority: Authority | str
    owner: Person
    due_on: dt.date
    effect_question: str
    effect_on: dt.date
    actor: Person
    alternatives: NotRequired[str]
    delegation_point: NotRequired[DelegationPoint | None]
    review_on: NotRequired[dt.date | None]
    participants: NotRequired[Iterable[Attendance]]
    recipients: NotRequired[Iterable[Person]]
    cost: NotRequired[int | None]
    rapporteur: NotRequired[Person | None]
    secrecy_ground: NotRequired[str]
    replaces: NotRequired[Decision | None]
    # The units that the matter concerns; none: the team's own.
    units: NotRequired[Collection[Unit]]
    # Points of the scheme that it touches: one that is not delegable stops it, by whatever right it is made.
    points: NotRequired[Collection[DelegationPoint]]
    # A change of weight for those who work here, and what has preceded it.
    change: NotRequired[MajorChange | None]
    # The team's secretary records it for the decider in a meeting.
    is_minuted: NotRequired[bool]


@transaction.atomic
def make_decision(**given: Unpack[NewDecision]) -> Decision:
    """Write down what one authorised person decided; owner and recipients are told after commit.

    Raises a `DecisionRefused`.
    """
    team, actor, decided_by = given["team"], given["actor"], given["decided_by"]
    replaces, now = given.get("replaces"), timezone.now()
    attendance, recipients = list(given.get("participants", ())), list(given.get("recipients", ()))
    if not rules.can_record(actor, decider=decided_by, team=team, is_minuted=given.get("is_minuted", False)):
        raise refusals.NotTheDecider
    point, title = _right(given)
    _check(given, attendance, recipients, timezone.localdate(now))
    # One writer a team at a time, so that numbers follow on each other. SQLite has the write lock already.
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    if replaces is not None:
        replaces = _in_force(replaces, team)
    decision = _write(given, now=now, title=title, point=point, replaces=replaces)
    Participant.objects.bulk_create(
        Participant(
            decision=decision,
            person=each.person,
            is_excluded=each.is_excluded,
            conflict_ground=each.conflict_ground.strip() if each.is_excluded else "",
            dissent=each.dissent.strip(),
        )
        for each in attendance
    )
    told = _must_hear(decision, recipients)
    Recipient.objects.bulk_create(Recipient(decision=decision, person=person) for person in told)
    telling.tell_of_new(decision, told)
    if replaces is not None:
        _note_replaced(replaces, decision, actor)
    audit.record(
        "decisions.make_decision",
        decision,
        actor=actor,
        concerns=[
            decided_by, decision.owner, decision.rapporteur, *told, *(each.person for each in attendance)
        ],
        detail={"replaces": [None, replaces.number]} if replaces else {},
    )  # fmt: skip
    return decision


def _right(given: NewDecision) -> tuple[DelegationPoint | None, str]:
    """The point decided by, if any, and the title of the post that decides; refuses who has no right."""
    point, points = given.get("delegation_point"), list(given.get("points", ()))
    if point is not None:
        point = (
            DelegationPoint.objects.select_related("scheme__committee")
            .prefetch_related("delegates")
            .get(pk=point.pk)
        )
        points.append(point)
    if not rules.is_delegable(points):
        raise refusals.NotDelegable
    post = rules.deciding_post(
        given["decided_by"],
        authority=Authority(given["authority"]),
        point=point,
        units=list(given.get("units", ())) or [given["team"].unit],
        cost=given.get("cost"),
    )
    if post is None:
        raise refusals.NotAuthorised
    return point, post.title


def _check(
    given: NewDecision, attendance: list[Attendance], recipients: list[Person], today: dt.date
) -> None:
    """Everything else that a decision must fulfil."""
    _check_words(given["text"], given["reasons"], given["effect_question"])
    _check_days(today, given["due_on"], given["effect_on"], given.get("review_on"))
    _check_attendance(attendance, given["decided_by"], given.get("rapporteur"))
    change = given.get("change")
    if change is not None and not change.is_prepared:
        raise refusals.ChangeNotPrepared
    if given.get("secrecy_ground", "").strip():
        _check_room(given["team"], [given["owner"], *recipients])


def _write(
    given: NewDecision,
    *,
    now: dt.datetime,
    title: str,
    point: DelegationPoint | None,
    replaces: Decision | None,
) -> Decision:
    """The row, numbered within its team and week."""
    team, change = given["team"], given.get("change")
    year, week, _day = timezone.localtime(now).isocalendar()
    decision = Decision.objects.create(
        team=team,
        year=year,
        week=week,
        sequence=_next_sequence(team, year, week),
        text=given["text"].strip(),
        reasons=given["reasons"].strip(),
        alternatives=given.get("alternatives", "").strip(),
        decided_by=given["decided_by"],
        decided_as=title,
        authority=given["authority"],
        delegation_point=point,
        rapporteur=given.get("rapporteur"),
        secrecy_ground=given.get("secrecy_ground", "").strip(),
        decided_at=now,
        recorded_by=given["actor"],
        cost=given.get("cost"),
        is_to_be_reported=point is not None and point.is_reported,
        owner=given["owner"],
        due_on=given["due_on"],
        effect_question=given["effect_question"].strip(),
        effect_on=given["effect_on"],
        review_on=given.get("review_on"),
        # Nobody needs to be asked when the decider is the owner.
        distributed_at=now if given["owner"].pk == given["decided_by"].pk else None,
        replaces=replaces,
        is_major_change=change is not None,
        **(asdict(change) if change else {}),
    )
    decision.units.set(given.get("units", ()))
    return decision


@transaction.atomic
def undo_decision(*, decision: Decision, actor: Person) -> Decision:
    """Take the decision back within ten minutes; those who were told of it learn that it no longer holds."""
    decision = (
        Decision.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team")
        .get(pk=decision.pk)
    )
    if decision.withdrawn_at:
        raise refusals.NotInForce
    if actor.pk != decision.decided_by_id:
        raise refusals.NotTheDecider
    if not rules.can_undo(actor, decision):
        raise refusals.UndoTimeIsOver
    before = decision.replaces
    decision.withdrawn_at = timezone.now()
    decision.replaces = None  # what it replaced is in force again
    decision.revision += 1
    decision.save(update_fields=["withdrawn_at", "replaces", "revision"])
    Progress.objects.create(decision=decision, by=actor, kind=ProgressKind.WITHDRAWN, step=decision.step)
    if before:
        Decision.objects.filter(pk=before.pk).update(revision=F("revision") + 1, replaced_at=None)
        Progress.objects.create(
            decision=before, by=actor, kind=ProgressKind.RESTORED, step=before.step, note=decision.number
        )
    again = telling.tell_of_restored(before, decision) if before else []
    told = [*again, *telling.tell_of_undone(decision, but=again)]
    audit.record(
        "decisions.undo_decision",
        decision,
        actor=actor,
        concerns=[actor, *told],
        detail={"replaces": [before.number, None]} if before else {},
    )
    for follow in ON_UNDO:
        follow(decision, actor)
    return decision


def replace_decision(*, decision: Decision, revision: int | None = None, **values: object) -> Decision:
    """Decide anew: the new decision takes the old one's place. `values` are those of `make_decision`."""
    with transaction.atomic():
        old = (
            Decision.objects.select_for_update(of=("self",), no_key=True)
            .select_related("team")
            .get(pk=decision.pk)
        )
        if revision is not None and revision != old.revision:
            raise refusals.HasMovedOn
        units = list(old.units.all()) or [old.team.unit]
        if rules.is_in_force(old) and not rules.can_replace(values["decided_by"], old, units):  # type: ignore[arg-type]  # a person
            raise refusals.NotAuthorised
        return make_decision(team=old.team, replaces=old, **values)  # type: ignore[arg-type]  # same keywords


def _check_words(text: str, reasons: str, effect_question: str) -> None:
    if not (text.strip() and reasons.strip() and effect_question.strip()):
        raise refusals.TextIsMissing


def _check_days(today: dt.date, due_on: dt.date, effect_on: dt.date, review_on: dt.date | None) -> None:
    if not today <= due_on <= effect_on or (review_on is not None and review_on <= today):
        raise refusals.DatesAreOutOfOrder


def _check_attendance(attendance: list[Attendance], decided_by: Person, rapporteur: Person | None) -> None:
    excluded = {each.person.pk for each in attendance if each.is_excluded}
    if decided_by.pk in excluded or (rapporteur is not None and rapporteur.pk in excluded):
        raise refusals.ConflictOfInterest
    if any(each.is_excluded and each.dissent.strip() for each in attendance):
        raise refusals.ConflictOfInterest
    if any(each.is_excluded and not each.conflict_ground.strip() for each in attendance):
        raise refusals.GroundIsMissing
    named = [each.person.pk for each in attendance]
    if len(named) != len(set(named)) or decided_by.pk in named:
        raise refusals.DeciderDissents


def _check_room(team: Team, hearers: list[Person]) -> None:
    if not all(standing(person).is_in(team.pk) for person in hearers):
        raise refusals.SecretStaysInRoom


def _next_sequence(team: Team, year: int, week: int) -> int:
    """The next number of the week. Undone decisions keep theirs, so none is used twice."""
    last = Decision.objects.filter(team=team, year=year, week=week).aggregate(last=Max("sequence"))["last"]
    return (last or 0) + 1


def _in_force(decision: Decision, team: Team) -> Decision:
    """The decision to be replaced, read again under lock."""
    found = (
        Decision.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=decision.pk, team=team)
        .first()
    )
    if found is None or not rules.is_in_force(found):
        raise refusals.NotInForce
    return found


def _must_hear(decision: Decision, recipients: Iterable[Person]) -> list[Person]:
    """Each once; the owner is told in a mail of their own and the decider knows."""
    found = {person.pk: person for person in recipients}
    return [person for pk, person in found.items() if pk not in {decision.owner_id, decision.decided_by_id}]


def _note_replaced(old: Decision, new: Decision, actor: Person) -> None:
    """The old one remembers what took its place, and those who knew of it learn that it no longer holds."""
    Progress.objects.create(
        decision=old, by=actor, kind=ProgressKind.REPLACED, step=old.step, note=new.number
    )
    Decision.objects.filter(pk=old.pk).update(revision=old.revision + 1, replaced_at=new.decided_at)
    telling.tell_of_replaced(old, new)
