"""Minutes of what was recorded, with the product's own content and digest: approved, waiting, corrected."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass
class Draft:
    """Minutes on their way."""

    of: Written
    minutes: Minutes
    sections: list[MinutesSection]
    is_waiting: bool


class Sealer:
    """Makes the minutes of a team's meetings; what they are made of must have been written."""

    def __init__(self, room: Room, rng: random.Random) -> None:
        self.room, self.rng = room, rng
        self.store, self.days = room.town.store, room.town.days
        self.writer: Person = room.seats.secretary or room.seats.chair
        self.materials: dict[int, list[ItemMaterial]] = {}

    def seal(self, meetings: Sequence[Written]) -> None:
        """Minutes of every meeting that has been held; the latest ordinary one waits for the chair."""
        held = [one for one in meetings if one.held.ended]
        ordinary = [one for one in held if one.held.sitting.form is Form.ORDINARY]
        for row in ItemMaterial.objects.filter(item__meeting__team=self.room.team):
            self.materials.setdefault(row.item_id, []).append(row)
        drafts = [self._draft(one, is_waiting=bool(ordinary) and one is ordinary[-1]) for one in held]
        for draft in drafts:
            self._finish(draft)
        if self.room.team.slug == "uk" and len(ordinary) > CORRECTED:
            self._correct(next(draft for draft in drafts if draft.of is ordinary[-CORRECTED]))

    def _draft(self, one: Written, *, is_waiting: bool) -> Draft:
        """Made when the meeting ended, handed over the same day; what waits, yesterday."""
        ended = one.held.ended
        assert ended is not None  # noqa: S101  # only those are here
        handed_over = ended + dt.timedelta(minutes=self.rng.randint(40, 170))
        if is_waiting:
            handed_over = max(handed_over, self.days.at(self.days.workdays_ago(1), 15))
        return self._begin(one, ended, handed_over, is_waiting=is_waiting)

    def _begin(
        self,
        one: Written,
        begun: dt.datetime,
        handed_over: dt.datetime,
        *,
        is_waiting: bool = False,
        correction: str = "",
    ) -> Draft:
        kind = one.meeting.kind
        days = kind.approve_days if kind else APPROVE_DAYS
        minutes = self.store.number(
            Minutes(
                meeting=one.meeting,
                version=2 if correction else 1,
                correction=correction,
                state=MinutesState.HANDED_OVER,
                created_by=self.writer,
                created_at=begun,
                handed_over_at=handed_over,
                handed_over_by=self.writer,
                approver=self.room.seats.chair,
                approve_by=workdays_after(timezone.localdate(handed_over), days),
                revision=2,
            )
        )
        recorded = [item for item in one.items.values() if item.source not in UNRECORDED]
        items = sorted(recorded, key=lambda item: (item.is_in_writing, item.position))
        sections = [
            self.store.add(
                MinutesSection(
                    minutes=minutes,
                    item=item,
                    position=position,
                    heading=item.title,
                    text=text_from_notes(one.entries, item),
                    edited_at=begun,
                )
            )
            for position, item in enumerate(items, start=1)
        ]
        self._attach(minutes, items)
        return Draft(one, minutes, sections, is_waiting=is_waiting)

    def _attach(self, minutes: Minutes, items: Sequence[AgendaItem]) -> None:
        ordered = sorted(items, key=lambda one: one.position)
        rows = [row for item in ordered for row in self.materials.get(item.pk, [])]
        attached = [
            self.store.add(
                MinutesAttachment(
                    minutes=minutes,
                    item_id=row.item_id,
                    position=position,
                    title=row.title,
                    reference=row.reference,
                )
            )
            for position, row in enumerate(rows, start=1)
        ]
        # The content asks for them before the minutes are written, so they are here as if fetched.
        minutes._prefetched_objects_cache = {"attachments": attached}  # type: ignore[attr-defined]  # noqa: SLF001  # Django's own

    def _finish(self, draft: Draft) -> None:
        """The content as it was handed over; approved within a day, but for what waits."""
        minutes = draft.minutes
        handed_over = minutes.handed_over_at
        assert handed_over is not None  # noqa: S101  # it has just been set
        minutes.content = content_of(minutes, draft.sections, entries_of(draft.of.meeting))
        self._log("hand_over_minutes", minutes, self.writer, handed_over)
        approved = handed_over + dt.timedelta(minutes=self.rng.randint(20, 300))
        if approved.hour >= 20 or self.rng.random() < 0.4:  # often the morning after
            approved = self.days.at(next_workday(timezone.localdate(handed_over) + dt.timedelta(days=1)), 8)
        if not draft.is_waiting and timezone.localdate(approved) < self.days.today:
            self._approve(minutes, approved)
        self.store.add(minutes)

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

    def _correct(self, first: Draft) -> None:
        """A new version beside the old: the secretary found a wrong time a few days later."""
        if first.minutes.approved_at is None:
            return
        day = next_workday(timezone.localdate(first.minutes.approved_at) + dt.timedelta(days=2))
        begun = self.days.at(day, 9)
        draft = self._begin(first.of, begun, begun + dt.timedelta(minutes=20), correction=CORRECTION)
        section, minutes = draft.sections[0], draft.minutes
        section.text = f"{section.text}\n\n{CORRECTED_TEXT}".strip()
        section.revision, section.edited_by = 2, self.writer
        self.store.write()  # the new version names the digest of the old
        minutes.content = content_of(minutes, draft.sections, entries_of(first.of.meeting))
        self._log("correct_minutes", minutes, self.writer, begun)
        self._log("hand_over_minutes", minutes, self.writer, begun + dt.timedelta(minutes=20))
        self._approve(minutes, begun + dt.timedelta(minutes=95))
        self.store.add(minutes)

    def _log(self, verb: str, minutes: Minutes, by: Person, at: dt.datetime) -> None:
        if self.room.town.is_told:
            log.note(
                self.room.town, f"meetings.{verb}", minutes, by=by, at=at, concerns=[self.room.seats.chair]
            )
