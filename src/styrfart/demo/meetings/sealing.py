"""Minutes of what was recorded, with the product's own content and digest: approved, waiting, corrected."""

import datetime as dt
import random
from collections.abc import Sequence

from django.utils import timezone

from styrfart.demo import log
from styrfart.demo.history import Room
from styrfart.demo.meetings.calendar import Form
from styrfart.demo.meetings.rows import Written
from styrfart.meetings.documents.content import Content, digest_of
from styrfart.meetings.models import (
    AgendaItem,
    ItemMaterial,
    Minutes,
    MinutesAttachment,
    MinutesSection,
    MinutesState,
)
from styrfart.meetings.queries.recorded import UNRECORDED, content_of, entries_of, text_from_notes
from styrfart.people.models import Person
from styrfart.shared.models import RecordState
from styrfart.shared.workdays import next_workday, workdays_after

APPROVE_DAYS = 3
# Which of the office's minutes were corrected: so many meetings from the end, and what was wrong.
CORRECTED, CORRECTION = (
    4,
    "Fel tid för nästa avstämning i texten om läget sedan sist. Ändrat till klockan 13.",
)
CORRECTED_TEXT = "Nästa avstämning är klockan 13."


class Sealer:
    """Makes the minutes of a team's meetings; what they are made of must have been written."""

    def __init__(self, room: Room, rng: random.Random) -> None:
        self.room, self.rng = room, rng
        self.store, self.days = room.town.store, room.town.days
        self.writer: Person = room.seats.secretary or room.seats.chair

    def seal(self, meetings: Sequence[Written]) -> None:
        """Minutes of every meeting that has been held; the latest ordinary one waits for the chair."""
        held = [one for one in meetings if one.held.ended]
        ordinary = [one for one in held if one.held.sitting.form is Form.ORDINARY]
        materials: dict[int, list[ItemMaterial]] = {}
        for row in ItemMaterial.objects.filter(item__meeting__team=self.room.team):
            materials.setdefault(row.item_id, []).append(row)
        for one in held:
            minutes = self._write(one, materials, is_waiting=bool(ordinary) and one is ordinary[-1])
            if self.room.team.slug == "uk" and len(ordinary) > CORRECTED and one is ordinary[-CORRECTED]:
                self._correct(one, minutes, materials)

    def _write(self, one: Written, materials: dict[int, list[ItemMaterial]], *, is_waiting: bool) -> Minutes:
        ended = one.held.ended
        assert ended is not None  # noqa: S101  # only those are here
        days = self.days
        handed_over = ended + dt.timedelta(minutes=self.rng.randint(40, 170))
        if is_waiting:
            handed_over = max(handed_over, days.at(days.workdays_ago(1), 15))
        day = timezone.localdate(handed_over)
        minutes = Minutes(
            meeting=one.meeting,
            state=MinutesState.HANDED_OVER,
            created_by=self.writer,
            created_at=ended,
            handed_over_at=handed_over,
            handed_over_by=self.writer,
            approver=self.room.seats.chair,
            approve_by=workdays_after(
                day, one.meeting.kind.approve_days if one.meeting.kind else APPROVE_DAYS
            ),
            revision=2,
        )
        sections = self._sections(one, minutes, materials)
        minutes.content = content_of(minutes, sections, entries_of(one.meeting))
        self._log("hand_over_minutes", minutes, self.writer, handed_over)
        if is_waiting:
            return minutes
        approved = handed_over + dt.timedelta(minutes=self.rng.randint(20, 300))
        if approved.hour >= 20 or self.rng.random() < 0.4:  # often the morning after
            approved = days.at(next_workday(day + dt.timedelta(days=1)), 8)
        if timezone.localdate(approved) < days.today:
            self._approve(minutes, approved)
        return minutes

    def _sections(
        self, one: Written, minutes: Minutes, materials: dict[int, list[ItemMaterial]]
    ) -> list[MinutesSection]:
        """A part for each item, and the documents of all of them."""
        recorded = [item for item in one.items.values() if item.source not in UNRECORDED]
        items = sorted(recorded, key=lambda item: (item.is_in_writing, item.position))
        self.store.add(minutes)
        found = [
            self.store.add(
                MinutesSection(
                    minutes=minutes,
                    item=item,
                    position=position,
                    heading=item.title,
                    text=text_from_notes(one.entries, item),
                    edited_at=minutes.created_at,
                )
            )
            for position, item in enumerate(items, start=1)
        ]
        self._attach(minutes, items, materials)
        return found

    def _attach(
        self, minutes: Minutes, items: Sequence[AgendaItem], materials: dict[int, list[ItemMaterial]]
    ) -> None:
        rows = [
            row for item in sorted(items, key=lambda one: one.position) for row in materials.get(item.pk, [])
        ]
        for position, row in enumerate(rows, start=1):
            self.store.add(
                MinutesAttachment(
                    minutes=minutes,
                    item_id=row.item_id,
                    position=position,
                    title=row.title,
                    reference=row.reference,
                )
            )
        if rows:
            self.store.write()  # the content asks for them

    def _approve(self, minutes: Minutes, at: dt.datetime) -> None:
        """The chair approved it as it was handed over, and it was sealed."""
        chair = self.room.seats.chair
        content: Content = minutes.content
        stamp = timezone.localtime(at).isoformat(timespec="seconds")
        minutes.content = {
            **content,
            "approvals": [{"as": "approver", "name": chair.full_name, "at": stamp}],
        }
        minutes.digest = digest_of(minutes.content)
        minutes.approver_approved_at = minutes.approved_at = at
        minutes.state, minutes.record_state = MinutesState.APPROVED, RecordState.APPROVED
        minutes.revision += 2
        self._log("approve_minutes", minutes, chair, at)

    def _correct(self, one: Written, first: Minutes, materials: dict[int, list[ItemMaterial]]) -> None:
        """A new version beside the old: the secretary found a wrong time a few days later."""
        if first.approved_at is None:
            return
        self.store.write()  # the new version names the digest of the old
        days = self.days
        begun = days.at(next_workday(timezone.localdate(first.approved_at) + dt.timedelta(days=2)), 9)
        minutes = Minutes(
            meeting=one.meeting,
            version=2,
            correction=CORRECTION,
            state=MinutesState.HANDED_OVER,
            created_by=self.writer,
            created_at=begun,
            handed_over_at=begun + dt.timedelta(minutes=20),
            handed_over_by=self.writer,
            approver=self.room.seats.chair,
            approve_by=workdays_after(timezone.localdate(begun), APPROVE_DAYS),
            revision=2,
        )
        sections = self._sections(one, minutes, materials)
        sections[0].text = f"{sections[0].text}\n\n{CORRECTED_TEXT}".strip()
        sections[0].revision, sections[0].edited_by = 2, self.writer
        minutes.content = content_of(minutes, sections, entries_of(one.meeting))
        self._log("correct_minutes", minutes, self.writer, begun)
        self._log("hand_over_minutes", minutes, self.writer, begun + dt.timedelta(minutes=20))
        self._approve(minutes, begun + dt.timedelta(minutes=95))

    def _log(self, verb: str, minutes: Minutes, by: Person, at: dt.datetime) -> None:
        if self.room.town.is_told:
            log.note(
                self.room.town, f"meetings.{verb}", minutes, by=by, at=at, concerns=[self.room.seats.chair]
            )
