"""Two years of a team's matters as rows: handed in, routed, handed over, prepared, decided."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from styrfart.decisions.models import Action
from styrfart.demo import deciding, log
from styrfart.demo.library import MatterText
from styrfart.demo.schedule import Slot
from styrfart.demo.town import Part, Seats, Town
from styrfart.mandates.models import Mandate, Rule
from styrfart.matters.models import (
    Asked,
    EventKind,
    HandOver,
    ItemPurpose,
    Material,
    Matter,
    MatterEvent,
    MatterLevel,
    MatterState,
    Preparation,
    Route,
    Routing,
)
from styrfart.people.models import Person, Team
from styrfart.shared.models import RecordState

# Where a declined matter belongs, by what it concerns.
HOMES = {
    "hus": "Digital och administration",
    "inkop": "Den chef som har budgeten",
    "arbetssatt": "HR och kommunikation",
    "enhet": "Enheten själv",
    "skriftligt": "En arbetsplatsträff",
    "prio": "Den egna chefen",
}
PURPOSES = {
    Asked.DECISION: ItemPurpose.DECISION,
    Asked.PREPARATION: ItemPurpose.ADVICE,
    Asked.ADVICE: ItemPurpose.ADVICE,
    Asked.THINKING: ItemPurpose.DIALOGUE,
    Asked.INFORMATION: ItemPurpose.INFORMATION,
}
LEVELS = {
    "prio": MatterLevel.TACTICAL,
    "arbetssatt": MatterLevel.TACTICAL,
    "forandring": MatterLevel.STRATEGIC,
}
# Where the action is not called as the event that it leaves.
VERBS = {
    EventKind.HANDED_IN: "hand_in",
    EventKind.RECEIVED: "receive",
    EventKind.ANSWERED: "answer",
    EventKind.PREPARED: "finish_preparation",
}
FOLLOWED = {MatterState.QUEUED, MatterState.MORE_ASKED}
# Minutes wanted by what waits for a meeting, by what it asks for.
IN_QUEUE = {"decision": 20, "thinking": 25}
FOLDER = "Samarbetsytan, mappen Ledningsgruppen"


@dataclass(frozen=True)
class TakenUp:
    """How a matter was taken up in a meeting: when it was decided, and by whom it was heard."""

    at: dt.datetime
    minutes: int
    there: list[Person]
    excluded: Person | None = None


@dataclass
class Room:
    """A team and its surroundings: where its matters come from and to whom they go."""

    town: Town
    team: Team
    seats: Seats
    rng: random.Random
    committee: str = ""  # code of the committee whose scheme of delegation holds
    mandates: list[Mandate] = field(default_factory=list)
    sequences: dict[tuple[int, int], int] = field(default_factory=dict)  # decisions by year and week
    # Who plays the units of the texts, when they are not the story's own.
    cast: Mapping[str, Part] = field(default_factory=dict)
    taken_up: dict[str, TakenUp] = field(default_factory=dict)  # by question
    # What was told: matters by question, actions by their decision.
    matters: dict[str, Matter] = field(default_factory=dict)
    actions: dict[int, list[Action]] = field(default_factory=dict)

    def part(self, code: str) -> Part:
        """The unit, who leads it and who works there."""
        return self.cast[code] if self.cast else self.town.part(code)

    def head(self, code: str) -> Person:
        """Who leads the unit, else the chair."""
        return self.part(code).head or self.seats.chair

    def mandate_on(self, day: dt.date) -> Mandate | None:
        """The version in force on the day."""
        in_force = [mandate for mandate in self.mandates if mandate.adopted_on and mandate.adopted_on <= day]
        return in_force[-1] if in_force else None

    def rule_on(self, day: dt.date, slug: str) -> Rule | None:
        """The rule of that name in the version in force on the day."""
        mandate = self.mandate_on(day)
        return self.town.rules[mandate.pk].get(slug) if mandate else None


def tell(room: Room, slots: Sequence[Slot]) -> None:
    """Write the team's history. Routing and deciding go in order of day, as they did."""
    for slot in slots:
        _tell_of(room, slot)


def _tell_of(room: Room, slot: Slot) -> None:
    text = slot.text
    matter = _hand_in(room, slot)
    if slot.routed is None:
        return
    routing = _route(room, matter, slot)
    match routing.route:
        case Route.MEETING:
            _take_up(room, matter, routing, slot)
        case Route.DECIDE:
            _decide(room, matter, routing, slot)
        case Route.POST | Route.LINE:
            _hand_over(room, matter, routing, text)
        case Route.TEAM:
            _move(room, matter, routing, slot)
        case Route.COMMITTEE:
            _prepare(room, matter, routing, slot)
        case Route.WRITTEN:
            _end(room, matter, routing, MatterState.INFORMED, EventKind.INFORMED)
        case Route.MORE:
            matter.state = MatterState.MORE_ASKED
            _note(room, matter, EventKind.MORE_ASKED, routing.by, routing.at, routing=routing)
        case _:
            _end(room, matter, routing, MatterState.DECLINED, EventKind.DECLINED)


def _hand_in(room: Room, slot: Slot) -> Matter:
    """The matter as its sender wrote it: the head of the unit, or one of those who work there."""
    town, text, rng = room.town, slot.text, room.rng
    owner = room.head(text.source)
    staff = room.part(text.source).staff
    sender = rng.choice(staff) if staff and rng.random() < 0.4 else owner
    if staff and text.state in FOLLOWED:
        sender = staff[0]  # somebody without a team of their own, who wants to see where it is
    at = town.days.at(slot.handed_in)
    latest = slot.handed_in + dt.timedelta(days=rng.randint(20, 60)) if text.asks == "decision" else None
    matter = town.store.add(
        Matter(
            team=room.team,
            state=MatterState.INBOX,
            question=fill(text.question, slot.handed_in),
            why_us=fill(text.why, slot.handed_in),
            asked=Asked(text.asks),
            owner=owner,
            handed_in_by=sender,
            latest_on=town.days.workday(latest) if latest else None,
            cost=text.cost,
            created_at=at - dt.timedelta(minutes=rng.randint(4, 50)),
            handed_in_at=at,
            changed_at=at,
            revision=2,
            record_state=RecordState.COMPLETED,
        )
    )
    for unit in dict.fromkeys(room.part(code).unit for code in text.touches):
        town.store.join(Matter.units.through, matter_id=matter.pk, unit_id=unit.pk)
    for title in text.material:
        town.store.add(
            Material(matter=matter, title=title, reference=f"{FOLDER}: {title}", added_by=sender, added_at=at)
        )
    _note(room, matter, EventKind.HANDED_IN, sender, at)
    room.matters[text.question] = matter
    return matter


def fill(text: str, day: dt.date) -> str:
    """Years in a text, counted from the day it was written."""
    return text.replace("{next_year}", str(day.year + 1)).replace("{year}", str(day.year))


def _route(room: Room, matter: Matter, slot: Slot) -> Routing:
    """The choice of route beside what the mandate of the day proposed."""
    town, text = room.town, slot.text
    day = slot.routed or slot.handed_in
    rule = room.rule_on(day, text.rule)
    route = Route(text.route)
    by = room.seats.chair
    # What is decided together the same day was routed in the morning.
    at = town.days.at(day, 8 if text.question in room.taken_up and slot.decided == day else None)
    if room.seats.secretary and route != Route.DECIDE and room.rng.random() < 0.3:
        by = room.seats.secretary
    receiver = _receiver(room, matter, text, rule)
    return town.store.add(
        Routing(
            matter=matter,
            team=room.team,
            at=max(at, town.days.later(matter.handed_in_at or at, 20)),
            by=by,
            matter_revision=matter.revision,
            proposed_route=Route(rule.destination) if rule else Route.UNKNOWN,
            proposed_rule=rule,
            reasons=_reasons(matter, rule),
            route=route,
            is_accepted=rule is not None and rule.destination == route,
            note="" if route == Route.MEETING else text.note.replace("{name}", receiver.given_name),
            home=HOMES.get(text.rule, "Linjen") if route == Route.DECLINE else "",
            told=[person.pk for person in {matter.handed_in_by, matter.owner} if person and person != by],
        )
    )


def _reasons(matter: Matter, rule: Rule | None) -> list[dict[str, object]]:
    """Which of the rule's words stood in the matter, in the form in which the desk logs its reasons."""
    if rule is None:
        return []
    text = f"{matter.question} {matter.why_us}".casefold()
    found = [word for word in rule.words if word in text]
    return [{"kind": "rule_words", "rule": rule.number, "words": found, "found": found}] if found else []


def _receiver(room: Room, matter: Matter, text: MatterText, rule: Rule | None) -> Person:
    """To whom a matter is handed: the post that the rule names, else the head of the unit it comes from."""
    if rule and rule.post_unit:
        return room.head(rule.post_unit.code)
    for code in text.touches:
        head = room.part(code).head
        if head and head != room.seats.chair:
            return head
    return matter.owner or room.seats.chair


def _take_up(room: Room, matter: Matter, routing: Routing, slot: Slot) -> None:
    """In the queue; then the meeting, where the chair decides."""
    text = slot.text
    matter.purpose = PURPOSES[Asked(text.asks)]
    matter.level = LEVELS.get(text.rule, MatterLevel.OPERATIONAL)
    taken_up = room.taken_up.get(text.question)
    matter.minutes = taken_up.minutes if taken_up else IN_QUEUE.get(text.asks, 15)
    matter.outcome = text.outcome or {
        "decision": "Kontorschefens beslut efter gruppens råd"
        if room.team.level == "office"
        else "Ett beslut",
        "thinking": "En gemensam bild och ett beslut om nästa steg",
    }.get(text.asks, "Råd till ärendets ägare")
    matter.state, matter.revision = MatterState.QUEUED, matter.revision + 1
    _note(room, matter, EventKind.QUEUED, routing.by, routing.at, routing=routing)
    if text.decision and slot.decided:
        town = room.town
        at = max(town.days.at(slot.decided, 10), town.days.later(routing.at, 45))
        at = max(taken_up.at, town.days.later(routing.at, 1)) if taken_up else at
        decided = town.store.add(
            Routing(
                matter=matter,
                team=room.team,
                at=at,
                by=room.seats.chair,
                matter_revision=matter.revision,
                proposed_route=routing.proposed_route,
                proposed_rule=routing.proposed_rule,
                reasons=routing.reasons,
                route=Route.DECIDE,
                is_accepted=routing.is_accepted,
                told=routing.told,
            )
        )
        _decide(room, matter, decided, slot)


def _decide(room: Room, matter: Matter, routing: Routing, slot: Slot) -> None:
    """The chair decides, by management of work or by a point of the scheme of delegation."""
    matter.decision = deciding.add_decision(room, matter, slot, routing.at)
    _end(room, matter, routing, MatterState.DECIDED, EventKind.DECIDED)


def _hand_over(room: Room, matter: Matter, routing: Routing, text: MatterText) -> None:
    """Handed to a person, who confirms it and answers; unless the story says that it still waits."""
    town, days = room.town, room.town.days
    receiver = _receiver(room, matter, text, routing.proposed_rule)
    routed = routing.at.date()
    matter.state, matter.revision = MatterState.HANDED_OVER, matter.revision + 1
    over = town.store.add(
        HandOver(
            matter=matter,
            routing=routing,
            to_person=receiver,
            answer_by=days.workday(routed + dt.timedelta(days=14)),
        )
    )
    _note(room, matter, EventKind.HANDED_OVER, routing.by, routing.at, routing=routing)
    if text.state == MatterState.HANDED_OVER:
        over.answer_by = max(over.answer_by, days.ago(-3))
        return
    received = days.at(days.after(routed, 0, 3), 16)
    over.received_at = max(received, days.later(routing.at, 15))
    over.received_by = receiver
    answered = days.at(days.after(routed, 3, 11 if room.rng.random() < 0.8 else 24), 15)
    over.answered_at = max(answered, days.later(over.received_at, 10))
    over.answer = fill(text.answer, routed)
    matter.state, matter.closed_at = MatterState.ANSWERED, over.answered_at
    matter.changed_at, matter.revision = over.answered_at, matter.revision + 1
    _note(room, matter, EventKind.RECEIVED, receiver, over.received_at)
    _note(room, matter, EventKind.ANSWERED, receiver, over.answered_at, note=over.answer)


def _move(room: Room, matter: Matter, routing: Routing, slot: Slot) -> None:
    """Moved to another team, whose chair hands it to the one who answers."""
    town, days = room.town, room.town.days
    rule = routing.proposed_rule
    target = rule.to_team if rule and rule.to_team else _team_above(room)
    there = Room(town, target, town.seats[target.slug], room.rng)
    over = town.store.add(
        HandOver(
            matter=matter,
            routing=routing,
            to_team=target,
            answer_by=days.workday(routing.at.date() + dt.timedelta(days=21)),
        )
    )
    _note(room, matter, EventKind.MOVED, routing.by, routing.at, routing=routing)
    matter.team, matter.revision = target, matter.revision + 1
    day = days.after(routing.at.date(), 2, 6)
    chair = there.seats.chair
    onward = town.store.add(
        Routing(
            matter=matter,
            team=target,
            at=max(days.at(day, 14), days.later(routing.at, 30)),
            by=chair,
            matter_revision=matter.revision,
            proposed_route=Route.UNKNOWN,
            route=Route.POST,
            is_accepted=False,
            told=[matter.handed_in_by_id],
        )
    )
    over.received_at = over.answered_at = onward.at
    over.received_by = chair
    _hand_over(there, matter, onward, slot.text)
    to = _receiver(there, matter, slot.text, None)
    over.answer = f"{chair.full_name} har lämnat ärendet till {to.full_name}, som svarar."


def _team_above(room: Room) -> Team:
    """The team of the nearest unit above, else the city's own."""
    above = room.team.unit.parent
    while above is not None:
        if above.code in room.town.team_of:
            return room.town.team_of[above.code]
        above = above.parent
    return room.town.teams["staden"]


def _prepare(room: Room, matter: Matter, routing: Routing, slot: Slot) -> None:
    """Somebody writes the official report; the committee meets ten times a year."""
    town, days, rng = room.town, room.town.days, room.rng
    routed = routing.at.date()
    matter.state, matter.revision = MatterState.PREPARING, matter.revision + 1
    preparation = town.store.add(
        Preparation(
            matter=matter,
            routing=routing,
            owner=matter.owner,
            report=matter.question,
            committee_on=days.workday(routed + dt.timedelta(days=rng.randint(30, 44))),
        )
    )
    _note(room, matter, EventKind.PREPARING, routing.by, routing.at, routing=routing)
    if slot.text.state == MatterState.PREPARING:
        return
    done = max(days.at(days.after(routed, 8, 24), 15), days.later(routing.at, 60))
    preparation.done_at = done
    preparation.reference = f"Dnr {room.team.slug.split('-')[0].upper()} {done.year}/{rng.randint(40, 980)}"
    matter.state, matter.closed_at, matter.changed_at = MatterState.PREPARED, done, done
    matter.revision += 1
    writer = matter.owner or room.seats.chair
    _note(room, matter, EventKind.PREPARED, writer, done, note=preparation.reference)


def _end(room: Room, matter: Matter, routing: Routing, state: MatterState, kind: EventKind) -> None:
    matter.state, matter.closed_at, matter.changed_at = state, routing.at, routing.at
    matter.revision += 1
    _note(room, matter, kind, routing.by, routing.at, routing=routing)


def _note(
    room: Room,
    matter: Matter,
    kind: EventKind,
    by: Person,
    at: dt.datetime,
    *,
    routing: Routing | None = None,
    note: str = "",
) -> None:
    matter.changed_at = at
    room.town.store.add(
        MatterEvent(
            matter=matter,
            kind=kind,
            at=at,
            by=by,
            team=matter.team,
            routing=routing,
            note=routing.note if routing else note,
        )
    )
    if room.town.is_told:
        verb = f"matters.{VERBS.get(kind, kind)}"
        log.note(room.town, verb, matter, by=by, at=at, concerns=[matter.handed_in_by, matter.owner])
