"""Meetings as rows: who was expected and came, the agenda, and what was put on record."""

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from styrfart.decisions.models import Decision
from styrfart.demo import log
from styrfart.demo.deciding import CONFLICT
from styrfart.demo.history import FOLDER, Room
from styrfart.demo.meetings.agendas import Held, Point
from styrfart.demo.meetings.attendance import expected
from styrfart.demo.meetings.calendar import Form
from styrfart.demo.meetings.structure import KEYS, Structure
from styrfart.meetings.deadlines import workdays_before
from styrfart.meetings.models import (
    AgendaItem,
    Attendee,
    AttendeeRole,
    Entry,
    EntryKind,
    Exclusion,
    ItemMaterial,
    ItemSource,
    ItemState,
    Meeting,
    MeetingState,
    Position,
    Presence,
    RoundKind,
    Stance,
)
from styrfart.people.models import Person

STANCES = (Stance.SUPPORTS, Stance.SUPPORTS, Stance.SUPPORTS, Stance.CAN_LIVE_WITH, Stance.WANTS_CHANGE)
ASKS = "Jag vill att vi ser efter om ett halvår."
PARKED_FOR = dt.timedelta(days=30)


@dataclass
class Written:
    """A meeting and its rows."""

    held: Held
    meeting: Meeting
    items: dict[Point, AgendaItem]
    entries: list[Entry]


class Writer:
    """Writes the meetings of one team, in order."""

    def __init__(self, room: Room, structure: Structure, rng: random.Random) -> None:
        self.room, self.structure, self.rng = room, structure, rng
        self.store, self.days = room.town.store, room.town.days
        self.addresses: set[str] = set()
        self.items: dict[Point, AgendaItem] = {}
        self.turn = 0

    def write(self, held: Held) -> Written:
        """One meeting with everything on it."""
        meeting = self._meeting(held)
        self._people(meeting, held)
        done = Written(held, meeting, {}, [])
        for position, point in enumerate(held.points, start=1):
            item = self._item(meeting, held, point, position)
            done.items[point] = self.items[point] = item
            if held.ended:
                self._round(item, held, point)
                self._record(done, item, point)
        meeting.tick = 2 * len(done.entries) + len(held.points)
        self._note(meeting)
        return done

    def _meeting(self, held: Held) -> Meeting:
        sitting, seats, days = held.sitting, self.room.seats, self.days
        kind = self.structure.kinds.get(sitting.form)
        planned = days.at(days.workday(sitting.day - dt.timedelta(days=60)), 10)
        planned = min(planned, days.at(days.workdays_ago(20), 10))
        called = None
        if held.ended:
            called = days.at(workdays_before(sitting.day, max(kind.call_days if kind else 2, 1)), 14)
        number = sum(slug.startswith(sitting.day.isoformat()) for slug in self.addresses) + 1
        slug = sitting.day.isoformat() + (f"-{number}" if number > 1 else "")
        self.addresses.add(slug)
        return self.store.add(
            Meeting(
                team=self.room.team,
                kind=kind,
                series=self.structure.series.get(sitting.form) if sitting.slot else None,
                slot=sitting.slot,
                title=kind.name if kind else "Extra möte",
                held_on=sitting.day,
                starts_at=sitting.starts_at,
                minutes=sitting.minutes,
                place=self.structure.place,
                slug=slug,
                state=MeetingState.ENDED if held.ended else MeetingState.PLANNED,
                leader=self._leader(held),
                secretary=seats.secretary,
                uid=uuid.uuid5(KEYS, f"{self.room.team.slug}/{slug}"),
                created_at=min(planned, called - dt.timedelta(days=1)) if called else planned,
                called_at=called,
                opened_at=held.opened,
                ended_at=held.ended,
                ended_by=(seats.secretary or seats.chair) if held.ended else None,
            )
        )

    def _leader(self, held: Held) -> Person:
        """The chair; where members take turns, the next of those who are there."""
        seats = self.room.seats
        if held.sitting.form is not Form.WEEKLY or held.sitting.day == self.days.today:
            return seats.chair
        for _ in seats.all:
            person = seats.all[self.turn % len(seats.all)]
            self.turn += 1
            if not held.ended or person in held.there:
                return person
        return seats.chair

    def _people(self, meeting: Meeting, held: Held) -> None:
        seats = self.room.seats
        functions = {who: function for who, function, _since in seats.adjuncts}
        for person in expected(self.room, held):
            role = AttendeeRole.MEMBER
            if person == seats.chair:
                role = AttendeeRole.CHAIR
            elif person == seats.secretary:
                role = AttendeeRole.SECRETARY
            elif person in functions:
                role = AttendeeRole.ADJUNCT
            self._attendee(meeting, held, person, role, functions.get(person, ""))
        for person, absent in held.substitutes.items():
            self._attendee(meeting, held, person, AttendeeRole.SUBSTITUTE, "", stands_in_for=absent)

    def _attendee(
        self,
        meeting: Meeting,
        held: Held,
        person: Person,
        role: AttendeeRole,
        function: str,
        *,
        stands_in_for: Person | None = None,
    ) -> None:
        row = Attendee(
            meeting=meeting,
            person=person,
            role=role,
            function=function,
            stands_in_for=stands_in_for,
            called_at=meeting.called_at,
        )
        if person in held.away:
            row.presence, row.excuse = Presence.ABSENT, held.away[person]
        elif held.opened:
            row.presence = Presence.REMOTE if person in held.remote else Presence.PRESENT
            late = self.rng.randint(5, 14) if self.rng.random() < 0.04 else 0  # now and then
            is_needed = person in {meeting.leader, meeting.secretary, self.room.seats.chair}
            row.arrived_at = held.opened + dt.timedelta(minutes=0 if is_needed else late)
        self.store.add(row)

    def _item(self, meeting: Meeting, held: Held, point: Point, position: int) -> AgendaItem:
        room = self.room
        matter = room.matters.get(point.slot.text.question) if point.slot else None
        follows = room.matters.get(point.follows.text.question) if point.follows else None
        text = point.text
        ready = self.days.at(self.days.workday(meeting.held_on - dt.timedelta(days=8)), 15)
        is_ended = held.ended is not None
        added = ready - dt.timedelta(days=6, hours=3) if is_ended else meeting.created_at
        standing = self.structure.standing.get(held.sitting.form, [])
        proposal = text.proposal if text else ""
        if point.slot and point.slot.text.decision and point.slot.text.year != 1:
            proposal = point.slot.text.decision.text
        item = AgendaItem(
            meeting=meeting,
            position=position,
            title=point.title,
            purpose=point.purpose,
            level=point.level,
            minutes=point.minutes,
            owner=meeting.leader if self._is_frame(point) else point.owner,
            outcome=point.outcome,
            background=matter.why_us if matter else text.background if text else "",
            proposal=proposal,
            arguments_for=text.arguments_for if text else "",
            arguments_against=text.arguments_against if text else "",
            is_in_writing=point.is_in_writing,
            why_in_meeting=point.why,
            source=point.source,
            matter=matter,
            decision=follows.decision if follows else None,
            standing_item=standing[point.standing] if point.standing is not None else None,
            wheel_item=self.structure.wheel[point.wheel] if point.wheel else None,
            wheel_year=meeting.held_on.year if point.wheel else None,
            came_from=self.items.get(point.came_from) if point.came_from else None,
            needs_material=point.needs_material,
            added_at=added,
            added_by=room.seats.secretary or room.seats.chair,
            is_late=is_ended and not point.is_ready and point.state != ItemState.RETURNED,
            state=(ItemState.COMING if point.is_in_writing else point.state)
            if is_ended
            else ItemState.COMING,
            started_at=point.begins,
            seconds_used=point.seconds if is_ended else 0,
        )
        if point.needs_material and (point.is_ready or item.is_late):
            item.ready_at = (
                ready if point.is_ready or not is_ended else min(ready + dt.timedelta(days=6), added)
            )
        if is_ended and point.needs_material and item.is_late:
            item.ready_at = self.days.at(meeting.held_on, 7)
        self.store.add(item)
        self._material(item, point)
        return item

    def _is_frame(self, point: Point) -> bool:
        return point.source in {ItemSource.CHECK_IN, ItemSource.WRAP_UP, ItemSource.STANDING}

    def _material(self, item: AgendaItem, point: Point) -> None:
        titles: Sequence[str] = point.text.material if point.text else ()
        if point.material and item.ready_at:
            titles = [point.material]
        for title in titles:
            self.store.add(
                ItemMaterial(
                    item=item,
                    title=title,
                    reference=f"{FOLDER}: {title}",
                    added_by=item.owner,
                    added_at=item.ready_at or item.added_at,
                )
            )

    # --- In the meeting ----------------------------------------------------------------------------------
    def _round(self, item: AgendaItem, held: Held, point: Point) -> None:
        """Where those who were there stood, at decisions since the mandate."""
        if point.begins is None or point.state != ItemState.DONE:
            return
        if point.excluded:
            self.store.add(
                Exclusion(
                    item=item,
                    person=point.excluded,
                    ground=CONFLICT,
                    at=point.begins,
                    by=self.room.seats.chair,
                )
            )
        if not (self.room.town.is_told and point.has_round):
            return
        item.round_kind = self.rng.choice([RoundKind.OPEN, RoundKind.SILENT])
        item.round_opened_at = point.begins + dt.timedelta(seconds=point.seconds // 2)
        item.round_shown_at = item.round_opened_at + dt.timedelta(seconds=point.seconds // 6)
        voices = [who for who in held.there if who in self.room.seats.members and who != point.excluded]
        for place, person in enumerate(voices):
            stance = self.rng.choice(STANCES)
            self.store.add(
                Position(
                    item=item,
                    person=person,
                    stance=stance,
                    reason=ASKS if stance == Stance.WANTS_CHANGE else "",
                    at=item.round_opened_at + dt.timedelta(seconds=place * point.seconds // 60),
                )
            )

    def _record(self, done: Written, item: AgendaItem, point: Point) -> None:
        """Notes while it went on, then what was decided and who does what, then what was parked."""
        if point.begins is None or item.source in {ItemSource.CHECK_IN, ItemSource.WRAP_UP}:
            return
        for place, text in enumerate(point.notes, start=1):
            at = point.begins + dt.timedelta(seconds=point.seconds * place // (len(point.notes) + 2))
            self._enter(done, item, EntryKind.NOTE, text, at)
        decision = self._decision(point)
        if decision is not None:
            self._enter(done, item, EntryKind.DECISION, decision.text, decision.decided_at, decision=decision)
            for place, action in enumerate(self.room.actions.get(decision.pk, []), start=1):
                at = decision.decided_at + dt.timedelta(seconds=place)
                self._enter(done, item, EntryKind.ACTION, action.text, at, action=action)
        if point.parked:
            self._park(done, item, point)

    def _decision(self, point: Point) -> Decision | None:
        if point.slot is None or point.source != ItemSource.MATTER:
            return None
        return self.room.matters[point.slot.text.question].decision

    def _park(self, done: Written, item: AgendaItem, point: Point) -> None:
        days, on = self.days, self.days.workday(done.meeting.held_on + PARKED_FOR)
        is_dealt_with = on < days.today and self.rng.random() < 0.85  # most are
        self._enter(
            done,
            item,
            EntryKind.PARKED,
            point.parked,
            point.ends - dt.timedelta(seconds=5),
            take_up_on=on,
            taken_up_at=days.at(on, 9) if is_dealt_with else None,
        )

    def _enter(
        self, done: Written, item: AgendaItem, kind: EntryKind, text: str, at: dt.datetime, **more: object
    ) -> None:
        number = len(done.entries)
        entry = Entry(
            meeting=done.meeting,
            item=item,
            kind=kind,
            key=uuid.uuid5(done.meeting.uid, str(number)),
            text=text,
            author=self.room.seats.secretary or self.room.seats.chair,
            at=at,
            **more,
        )
        done.entries.append(self.store.add(entry))

    def _note(self, meeting: Meeting) -> None:
        """Who called, opened and ended it, in the log."""
        if not self.room.town.is_told or meeting.opened_at is None or meeting.ended_at is None:
            return
        writer = self.room.seats.secretary or self.room.seats.chair
        if meeting.called_at:
            log.note(self.room.town, "meetings.call_meeting", meeting, by=writer, at=meeting.called_at)
        heard = [meeting.leader]
        log.note(
            self.room.town,
            "meetings.open_meeting",
            meeting,
            by=meeting.leader,
            at=meeting.opened_at,
            concerns=heard,
        )
        log.note(
            self.room.town, "meetings.end_meeting", meeting, by=writer, at=meeting.ended_at, concerns=heard
        )
