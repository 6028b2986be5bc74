"""Decisions and actions as rows, with everything that surrounds them, as far as they have come."""

import datetime as dt
from typing import TYPE_CHECKING

from styrfart.decisions.models import (
    Action,
    Authority,
    Decision,
    DecisionStep,
    EffectVerdict,
    Participant,
    Progress,
    ProgressKind,
    Recipient,
)
from styrfart.demo import log
from styrfart.demo.library import DecisionText
from styrfart.demo.schedule import Slot
from styrfart.matters.models import Matter
from styrfart.people.models import Person
from styrfart.shared.models import RecordState

if TYPE_CHECKING:
    from styrfart.demo.history import Room

# How somebody says what came of a decision, when it was not for the better.
VERDICTS = (
    ("För tidigt", EffectVerdict.UNKNOWN),
    ("Ingen tydlig", EffectVerdict.NONE),
    ("För få", EffectVerdict.UNKNOWN),
    ("En av riskerna föll ut", EffectVerdict.WORSE),
)
CONFLICT = "Närstående arbetar hos den som beslutet gynnar"


def add_decision(room: "Room", matter: Matter, slot: Slot, at: dt.datetime) -> Decision:
    """One decision by the chair, who alone is authorised; the team is recorded as participants."""
    text = slot.text.decision
    if text is None or slot.due is None or slot.effect_on is None:
        raise ValueError(slot)  # the schedule gives days to everything that is decided
    town, chair = room.town, room.seats.chair
    year, week, _day = at.isocalendar()
    room.sequences[year, week] = room.sequences.get((year, week), 0) + 1
    point = town.points.get(room.committee, {}).get(text.point)
    decision = town.store.add(
        Decision(
            team=room.team,
            year=year,
            week=week,
            sequence=room.sequences[year, week],
            text=text.text,
            reasons=text.reasons,
            alternatives=text.alternatives,
            decided_by=chair,
            decided_as=room.seats.title,
            authority=Authority.DELEGATION if point else Authority.MANAGEMENT,
            delegation_point=point,
            rapporteur=matter.owner if matter.owner != chair else None,
            decided_at=at,
            recorded_by=room.seats.secretary
            if room.seats.secretary and slot.text.route == "meeting"
            else chair,
            cost=matter.cost,
            is_to_be_reported=point is not None and point.is_reported,
            owner=_owner(room, matter, text),
            due_on=slot.due,
            effect_question=text.effect,
            effect_on=slot.effect_on,
            record_state=RecordState.COMPLETED,
        )
    )
    if slot.text.rule == "forandring":
        _assess(room, decision)
    for unit in dict.fromkeys(room.part(code).unit for code in slot.text.touches):
        town.store.join(Decision.units.through, decision_id=decision.pk, unit_id=unit.pk)
    if room.town.is_told:
        heard = [decision.owner, decision.rapporteur]
        log.note(town, "decisions.make_decision", decision, by=chair, at=at, concerns=heard)
    _report(room, decision)
    _attend(room, decision, slot)
    _let_hear(room, decision, slot)
    _carry_out(room, decision, text, slot)
    _act(room, decision, text, slot)
    return decision


def _owner(room: "Room", matter: Matter, text: DecisionText) -> Person:
    if text.owner:
        return room.head(text.owner)
    return matter.owner or room.seats.chair


def _assess(room: "Room", decision: Decision) -> None:
    """A major change for staff: assessed for risks and consulted on before it was decided."""
    days, decided = room.town.days, decision.decided_at.date()
    decision.is_major_change = True
    decision.risk_assessed_on = days.workday(decided - dt.timedelta(days=13))
    decision.risk_reference = "Riskbedömning, samarbetsytan"
    decision.consultation_closed_on = days.workday(decided - dt.timedelta(days=6))
    decision.consultation_reference = "Protokoll från samverkansgruppen, § 3"


def _report(room: "Room", decision: Decision) -> None:
    """The committee is told at its next meeting but one; of the latest it has not been yet."""
    if not decision.is_to_be_reported:
        return
    day = room.town.days.workday(decision.decided_at.date() + dt.timedelta(days=40))
    if day < room.town.today:
        decision.reported_on = day


def _attend(room: "Room", decision: Decision, slot: Slot) -> None:
    """Those who were at the meeting; outside one, those whom the chair asked. One with a conflict was not."""
    rng, text = room.rng, slot.text.decision
    if text is None:
        return
    # Who owns the decision or answers for the matter was there and took part.
    needed = {decision.owner, decision.rapporteur}
    if taken_up := room.taken_up.get(slot.text.question):
        present, excluded = taken_up.there, taken_up.excluded
    else:
        present, excluded = [person for person in room.seats.members if rng.random() < 0.9], None
        if len(present) > 3 and rng.random() < 0.05:
            excluded = next((one for one in reversed(present) if one not in needed), None)
    heard = [
        person for person in present if person in room.seats.members and person not in {*needed, excluded}
    ]
    dissenting = heard[0] if text.dissent and heard else None
    for person in present:
        is_excluded = person == excluded
        room.town.store.add(
            Participant(
                decision=decision,
                person=person,
                is_excluded=is_excluded,
                conflict_ground=CONFLICT if is_excluded else "",
                dissent=text.dissent if person == dissenting else "",
            )
        )


def _let_hear(room: "Room", decision: Decision, slot: Slot) -> None:
    """Heads of the units concerned, but for the owner and the decider. Of the latest, one has not read it."""
    days = room.town.days
    is_recent = (room.town.today - decision.decided_at.date()).days < 40
    hearers = {room.head(code) for code in slot.text.touches} - {decision.owner, decision.decided_by}
    for place, person in enumerate(sorted(hearers, key=lambda who: who.pk)):
        row = Recipient(decision=decision, person=person, told_at=decision.decided_at)
        if place or not is_recent:
            read = days.at(days.after(decision.decided_at.date(), 0, 4), 16)
            row.received_at = max(read, days.later(decision.decided_at, 30))
        room.town.store.add(row)


def _carry_out(room: "Room", decision: Decision, text: DecisionText, slot: Slot) -> None:
    """The steps to effect, each with its moment and a line in the decision's history."""
    days, owner = room.town.days, decision.owner
    last = decision.decided_at
    if slot.taken_on:
        last = decision.distributed_at = max(days.at(slot.taken_on, 16), days.later(last, 30))
        _progress(room, decision, ProgressKind.TAKEN_ON, DecisionStep.DISTRIBUTED, last, owner)
    if slot.done and slot.taken_on:
        last = decision.done_at = max(days.at(slot.done, 15), days.later(last, 20))
        _progress(room, decision, ProgressKind.DONE, DecisionStep.DONE, last, owner)
    if slot.effect and decision.done_at:
        last = decision.effect_at = max(days.at(slot.effect, 14), days.later(last, 20))
        decision.effect_verdict = _verdict(text.seen, room)
        decision.effect_note = text.seen
        _progress(room, decision, ProgressKind.EFFECT, DecisionStep.EFFECT, last, owner, note=text.seen)
    decision.revision = 1 + sum(
        bool(at) for at in (decision.distributed_at, decision.done_at, decision.effect_at)
    )


def _verdict(seen: str, room: "Room") -> EffectVerdict:
    for beginning, verdict in VERDICTS:
        if seen.startswith(beginning):
            return verdict
    return EffectVerdict.CLEAR if room.rng.random() < 0.6 else EffectVerdict.PROBABLE


def _progress(
    room: "Room",
    decision: Decision,
    kind: ProgressKind,
    step: DecisionStep,
    at: dt.datetime,
    by: Person,
    *,
    note: str = "",
) -> None:
    room.town.store.add(Progress(decision=decision, kind=kind, at=at, by=by, step=step, note=note))
    if room.town.is_told:
        heard = [decision.decided_by, decision.owner]
        log.note(room.town, f"decisions.{kind.value}", decision, by=by, at=at, concerns=heard)


def _act(room: "Room", decision: Decision, text: DecisionText, slot: Slot) -> None:
    """Actions that follow: the first is the owner's, the others are spread among those concerned."""
    town, rng = room.town, room.rng
    concerned = [room.head(code) for code in slot.text.touches] or [decision.owner]
    for place, words in enumerate(text.actions):
        owner = decision.owner if place == 0 else rng.choice(concerned)
        day = decision.decided_at.date()
        span = max((decision.due_on - day).days, 2)
        due = town.days.workday(
            day + dt.timedelta(days=max(1, round(span * (place + 1) / len(text.actions))))
        )
        action = town.store.add(
            Action(
                team=room.team,
                decision=decision,
                text=words,
                owner=owner,
                due_on=max(due, day),
                created_by=decision.recorded_by,
                created_at=decision.decided_at,
            )
        )
        room.actions.setdefault(decision.pk, []).append(action)
        if decision.done_at or place + 1 < len(text.actions):
            _finish(room, action, decision)


def _finish(room: "Room", action: Action, decision: Decision) -> None:
    """Done about when it should be; no later than the decision itself is carried out."""
    days, rng = room.town.days, room.rng
    done = days.workday(action.due_on + dt.timedelta(days=rng.randint(-4, 2 if rng.random() < 0.8 else 12)))
    if decision.done_at:
        done = min(done, decision.done_at.date())
    if done >= room.town.today:
        return
    action.done_at = max(days.at(done, 13), days.later(decision.decided_at, 25))
    action.done_by, action.revision = action.owner, 2
