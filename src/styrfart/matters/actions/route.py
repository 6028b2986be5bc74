"""Choosing a route for a matter: one verb for each. The desk's proposal is logged beside the choice."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from styrfart.decisions.actions import make_decision
from styrfart.matters import phrases, triage
from styrfart.matters.actions.telling import note_event, tell
from styrfart.matters.facts import AlreadyRouted, MatterChanged, OnlyCommitteeDecides
from styrfart.matters.models import (
    CLOSED,
    ROUTABLE,
    EventKind,
    HandOver,
    Matter,
    MatterState,
    Preparation,
    Route,
    Routing,
)
from styrfart.people.models import Person, Team
from styrfart.shared import audit
from styrfart.shared.models import RecordState

# What undoing puts back.
RESTORED = (
    "state",
    "record_state",
    "team_id",
    "purpose",
    "level",
    "minutes",
    "outcome",
    "closed_at",
    "decision_id",
)


@dataclass(frozen=True)
class Step:
    """A matter under lock, what the desk proposed for it, and how it was before."""

    matter: Matter
    proposal: triage.Proposal
    before: dict[str, Any]
    actor: Person


@transaction.atomic
def take_up(
    *,
    matter: Matter,
    revision: int,
    purpose: str,
    level: str,
    outcome: str,
    minutes: int | None,
    actor: Person,
) -> Routing:
    """The matter waits for a meeting, with purpose, level and requested outcome (domain rule 2)."""
    step = _begin(matter, revision, actor)
    step.matter.purpose, step.matter.level = purpose, level
    step.matter.outcome, step.matter.minutes = outcome, minutes
    routing = _choose(step, Route.MEETING, MatterState.QUEUED)
    return _finish(step, routing, EventKind.QUEUED)


@transaction.atomic
def decide_now(*, matter: Matter, revision: int, actor: Person, **decision: Any) -> Routing:
    """One authorised person decides at once. `decision` is what `decisions.make_decision` asks for."""
    step = _begin(matter, revision, actor)
    if step.proposal.is_for_committee_only:
        raise OnlyCommitteeDecides
    step.matter.decision = make_decision(team=step.matter.team, actor=actor, **decision)
    routing = _choose(step, Route.DECIDE, MatterState.DECIDED, person=step.matter.decision.decided_by)
    told = [step.matter.decision.owner_id]  # has been written to by the decision itself
    return _finish(step, routing, EventKind.DECIDED, without=told)


@transaction.atomic
def hand_over(
    *,
    matter: Matter,
    revision: int,
    to: Person,
    answer_by: dt.date,
    actor: Person,
    note: str = "",
    route: Route = Route.POST,
) -> Routing:
    """Hand the matter to a person, who answers by a day. The receiver is told at once."""
    step = _begin(matter, revision, actor)
    routing = _choose(step, route, MatterState.HANDED_OVER, person=to, note=note)
    HandOver.objects.create(matter=step.matter, routing=routing, to_person=to, answer_by=answer_by)
    return _finish(step, routing, EventKind.HANDED_OVER, also=[to])


@transaction.atomic
def hand_over_draft(
    *, matter: Matter, revision: int, to: Person, answer_by: dt.date, actor: Person, note: str = ""
) -> Routing:
    """Hand a matter that was just written straight to the one who decides it, past the team's queue."""
    fresh = _lock(matter, revision, {MatterState.DRAFT})
    fresh.handed_in_at = timezone.now()
    fresh.owner = fresh.owner or actor
    note_event(fresh, EventKind.HANDED_IN, by=actor)
    step = Step(fresh, triage.propose(fresh), _as_it_is(fresh), actor)
    routing = _choose(step, Route.POST, MatterState.HANDED_OVER, person=to, note=note)
    HandOver.objects.create(matter=fresh, routing=routing, to_person=to, answer_by=answer_by)
    return _finish(step, routing, EventKind.HANDED_OVER, also=[to])


@transaction.atomic
def hand_to_team(
    *, matter: Matter, revision: int, to: Team, answer_by: dt.date, actor: Person, note: str = ""
) -> Routing:
    """Move the matter with its history to another team's queue; it keeps its number."""
    step = _begin(matter, revision, actor)
    routing = _choose(step, Route.TEAM, MatterState.INBOX, team=to, note=note)
    HandOver.objects.create(matter=step.matter, routing=routing, to_team=to, answer_by=answer_by)
    step.matter.team = to
    return _finish(step, routing, EventKind.MOVED)


@transaction.atomic
def prepare(
    *, matter: Matter, revision: int, owner: Person, report: str, committee_on: dt.date | None, actor: Person
) -> Routing:
    """The committee decides; somebody writes the official report. The writer is told at once."""
    step = _begin(matter, revision, actor)
    routing = _choose(step, Route.COMMITTEE, MatterState.PREPARING)
    Preparation.objects.create(
        matter=step.matter, routing=routing, owner=owner, report=report, committee_on=committee_on
    )
    return _finish(step, routing, EventKind.PREPARING, also=[owner])


@transaction.atomic
def send_out(*, matter: Matter, revision: int, actor: Person) -> Routing:
    """Send the matter in writing to everybody in the team, outside any meeting."""
    step = _begin(matter, revision, actor)
    routing = _choose(step, Route.WRITTEN, MatterState.INFORMED)
    today = timezone.localdate()
    people = Person.objects.filter(memberships__in=step.matter.team.members.on(today)).distinct()
    return _finish(step, routing, EventKind.INFORMED, also=people)


@transaction.atomic
def ask_for_more(*, matter: Matter, revision: int, note: str, actor: Person) -> Routing:
    """Ask the one who handed in the matter for what is missing; it comes back with the answer."""
    step = _begin(matter, revision, actor)
    routing = _choose(step, Route.MORE, MatterState.MORE_ASKED, note=note)
    return _finish(step, routing, EventKind.MORE_ASKED)


@transaction.atomic
def decline(*, matter: Matter, revision: int, note: str, home: str, actor: Person) -> Routing:
    """Say no for the team, why, and where the matter belongs."""
    step = _begin(matter, revision, actor)
    routing = _choose(step, Route.DECLINE, MatterState.DECLINED, note=note, home=home)
    return _finish(step, routing, EventKind.DECLINED)


def _begin(matter: Matter, revision: int, actor: Person) -> Step:
    """The matter under lock with the desk's proposal, if nobody has been there since the page was loaded."""
    fresh = _lock(matter, revision, ROUTABLE)
    return Step(fresh, triage.propose(fresh), _as_it_is(fresh), actor)


def _lock(matter: Matter, revision: int, states: Iterable[str]) -> Matter:
    # Without joins: on PostgreSQL a row whose team somebody else has just changed would not be found.
    fresh = Matter.objects.select_for_update().get(pk=matter.pk)
    last = fresh.routings.filter(undone_at=None).select_related("by").first()
    has_moved = fresh.revision != revision and (last is not None and last.matter_revision >= revision)
    if fresh.state not in states or has_moved:
        raise AlreadyRouted(fresh, last)
    if fresh.revision != revision:
        raise MatterChanged(fresh)
    return fresh


def _as_it_is(matter: Matter) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value := getattr(matter, name), dt.datetime) else value
        for name in RESTORED
    }


def _choose(
    step: Step,
    route: Route,
    state: MatterState,
    *,
    person: Person | None = None,
    team: Team | None = None,
    note: str = "",
    home: str = "",
) -> Routing:
    """Log the choice beside the proposal, and move the matter to its new state."""
    matter, proposal = step.matter, step.proposal
    matter.state = state
    matter.closed_at = timezone.now() if state in CLOSED else None
    matter.record_state = RecordState.COMPLETED if state in CLOSED else RecordState.DRAFT
    return Routing.objects.create(
        matter=matter,
        team=matter.team,
        by=step.actor,
        matter_revision=matter.revision,
        proposed_route=proposal.route,
        proposed_rule_id=proposal.rule_id,
        proposed_point_id=proposal.point_id,
        reasons=proposal.as_json(),
        route=route,
        is_accepted=proposal.is_followed_by(
            route, person=person, team=team, was_taken_up=step.before["state"] == MatterState.QUEUED
        ),
        note=note,
        home=home,
        before=step.before,
    )


def _answer_for_team(step: Step, routing: Routing) -> int | None:
    """A matter from another team is answered when this one chooses a route; gives the hand-over's id."""
    came = step.matter.hand_overs.filter(
        to_team_id=routing.team_id, answered_at=None, returned_at=None, cancelled_at=None
    ).first()
    if came is None or routing.route == Route.MORE:
        return None
    came.received_at, came.received_by = came.received_at or timezone.now(), came.received_by or step.actor
    came.answered_at, came.answer = timezone.now(), phrases.moved(routing)
    came.save(update_fields=["received_at", "received_by", "answered_at", "answer"])
    return came.pk


def _finish(
    step: Step,
    routing: Routing,
    kind: EventKind,
    *,
    also: Iterable[Person] = (),
    without: Iterable[int] = (),
) -> Routing:
    """Save the matter, note it in the history and the audit log, and tell those whom it concerns."""
    matter = step.matter
    matter.revision += 1
    matter.save()
    event = note_event(matter, kind, by=step.actor, note=routing.note, routing=routing)
    concerned = [matter.handed_in_by, matter.owner, *also]
    known = set(without)
    routing.told = tell(event, to=[who for who in concerned if who and who.pk not in known])
    routing.before["answered_hand_over"] = _answer_for_team(step, routing)
    routing.save(update_fields=["told", "before"])
    audit.record(
        f"matters.{kind}",
        matter,
        actor=step.actor,
        concerns=[*concerned, *known],
        detail={"state": [step.before["state"], matter.state]},
    )
    return routing
