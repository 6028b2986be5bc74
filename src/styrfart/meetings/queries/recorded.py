"""What was recorded in a meeting, as the content of its minutes: facts from their records, and the texts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone

from styrfart.decisions.models import Action, Decision, Participant
from styrfart.meetings.documents.content import SCHEMA, Content
from styrfart.meetings.models import (
    AgendaItem,
    Attendee,
    Entry,
    EntryKind,
    Exclusion,
    ItemSource,
    Meeting,
    Minutes,
    MinutesAttachment,
    MinutesSection,
)
from styrfart.people.models import Person
from styrfart.people.team_periods import name_then
from styrfart.shared.prepared import Prepared, PreparedObjects, remember

# What is said at the beginning and the end is not for the record.
UNRECORDED = frozenset({ItemSource.CHECK_IN, ItemSource.WRAP_UP})


_SECTIONS: PreparedObjects[MinutesSection] = PreparedObjects(
    lambda minutes: MinutesSection.objects.filter(minutes=minutes).order_by("position", "pk"),
    ("item__owner", "item__matter", "item__decision", "edited_by"),
    minutes=int,
)
_ENTRIES: PreparedObjects[Entry] = PreparedObjects(
    lambda meeting: Entry.objects.filter(
        meeting=meeting, removed_at=None, decision__withdrawn_at=None
    ).order_by("at", "pk"),
    (
        "decision__decided_by",
        "decision__owner",
        "decision__rapporteur",
        "decision__delegation_point",
        "action__owner",
    ),
    meeting=int,
)
_PARTICIPANTS: PreparedObjects[Participant] = PreparedObjects(
    lambda decisions: Participant.objects.filter(decision__in=decisions).order_by("pk"),
    ("person",),
    decisions=list,
)
_EXCLUSIONS: PreparedObjects[Exclusion] = PreparedObjects(
    lambda meeting: Exclusion.objects.filter(item__meeting=meeting).order_by("pk"), ("person",), meeting=int
)
_PEOPLE: PreparedObjects[Attendee] = PreparedObjects(
    lambda meeting: Attendee.objects.filter(meeting=meeting).order_by("pk"),
    ("person", "stands_in_for"),
    meeting=int,
)
_NEXT_DAYS = Prepared(
    lambda meeting: (
        AgendaItem.objects.filter(came_from__meeting=meeting)
        .order_by("meeting__held_on", "pk")
        .values_list("came_from", "meeting__held_on")
    ),
    meeting=int,
)
_TEAM_THEN = Prepared(
    lambda meeting: (
        Meeting.objects.filter(pk=meeting).order_by().values_list(name_then("team", on="held_on"))
    ),
    meeting=int,
)


def content_of(minutes: Minutes, sections: Iterable[MinutesSection], entries: Iterable[Entry]) -> Content:
    """The whole content as it would be approved now. `meeting` with `leader` and `secretary` is fetched.

    Five queries beside those of `sections` and `entries`, however much was recorded.
    """
    meeting = minutes.meeting
    by_item: dict[int | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_item[entry.item_id].append(entry)
    excluded: dict[int, list[Exclusion]] = defaultdict(list)
    for one in _EXCLUSIONS.all(meeting=meeting.pk):
        excluded[one.item_id].append(one)
    next_days = _next_days(meeting)
    return {
        "schema": SCHEMA,
        "language": settings.LANGUAGE_CODE,
        "organisation": settings.ORGANISATION_NAME,
        **_whose(meeting),
        "meeting": _of_meeting(meeting),
        "leader": _name(meeting.leader),
        "secretary": _name(meeting.secretary),
        "version": minutes.version,
        "correction": minutes.correction,
        "corrects": _corrected(minutes),
        "people": _people(meeting),
        "sections": [
            _section(
                section,
                by_item.get(section.item_id, []),
                excluded.get(section.item_id or 0, []),
                next_days.get(section.item_id or 0),
            )
            for section in sections
        ],
        "attachments": [_attachment(one) for one in minutes.attachments.all()],
        "approvals": [],
    }


def sections_of(minutes: Minutes) -> list[MinutesSection]:
    """Its sections in order, with items and who wrote last. One query."""
    return _SECTIONS.all(minutes=minutes.pk)


def entries_of(meeting: Meeting) -> list[Entry]:
    """What stands on record: not what was taken away, nor a decision that was undone. Two queries."""
    entries = _ENTRIES.all(meeting=meeting.pk)
    decisions = {entry.decision.pk: entry.decision for entry in entries if entry.decision}
    took_part: dict[int, list[Participant]] = {pk: [] for pk in decisions}
    for one in _PARTICIPANTS.all(decisions=list(decisions)) if decisions else []:
        took_part[one.decision_id].append(one)
    for pk, decision in decisions.items():
        remember(decision, "participants", took_part[pk])
    return entries


def recorded_items(meeting: Meeting, entries: Iterable[Entry]) -> list[AgendaItem]:
    """The items that the minutes tell of: all but check-in and wrap-up, unless more was recorded there."""
    has_more = {entry.item_id for entry in entries if entry.kind != EntryKind.NOTE}
    items = meeting.items.order_by("is_in_writing", "position", "pk")
    return [item for item in items if item.source not in UNRECORDED or item.pk in has_more]


def text_from_notes(entries: Iterable[Entry], item: AgendaItem | None) -> str:
    """The notes of an item, one paragraph each, in the order they were written."""
    if item is not None and item.source in UNRECORDED:
        return ""
    of_item = item.pk if item else None
    notes = [
        entry.text.strip() for entry in entries if entry.kind == EntryKind.NOTE and entry.item_id == of_item
    ]
    return "\n\n".join(notes)


def _whose(meeting: Meeting) -> dict[str, Any]:
    """The team, as it was called that day, and its unit."""
    ((name,),) = _TEAM_THEN.rows(meeting=meeting.pk)
    return {
        "team": {"slug": meeting.team.slug, "name": name},
        "unit": meeting.team.unit.name,
    }


def _of_meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": meeting.title,
        "slug": meeting.slug,
        "day": meeting.held_on.isoformat(),
        "starts_at": meeting.starts_at.strftime("%H:%M"),
        "opened_at": _moment(meeting.opened_at),
        "ended_at": _moment(meeting.ended_at),
        "place": meeting.place,
    }


def _people(meeting: Meeting) -> list[dict[str, Any]]:
    found = _PEOPLE.all(meeting=meeting.pk)
    return [
        {
            "id": one.pk,
            "name": one.person.full_name,
            "role": one.role,
            "function": one.function,
            "stands_in_for": _name(one.stands_in_for),
            "presence": one.presence,
            "excuse": one.excuse,
            "arrived_at": _moment(one.arrived_at),
            "left_at": _moment(one.left_at),
        }
        for one in found
    ]


def _section(
    section: MinutesSection, entries: list[Entry], excluded: list[Exclusion], next_day: dt.date | None
) -> dict[str, Any]:
    item = section.item
    return {
        "id": section.pk,
        "heading": section.heading,
        "text": section.text,
        "item": _item(item, next_day) if item else None,
        "matter": item.matter_id if item else None,
        "follows_up": item.decision_id if item else None,
        "secrecy": _ground(item, entries),
        "excluded": [{"name": one.person.full_name, "ground": one.ground} for one in excluded],
        "decisions": [_decision(entry.decision) for entry in entries if entry.decision],
        "actions": [_action(entry.action) for entry in entries if entry.action],
        "parked": [
            {"text": entry.text, "take_up_on": _day(entry.take_up_on)}
            for entry in entries
            if entry.kind == EntryKind.PARKED
        ],
    }


def _item(item: AgendaItem, next_day: dt.date | None) -> dict[str, Any]:
    return {
        "id": item.pk,
        "purpose": item.purpose,
        "owner": item.owner.full_name,
        "outcome": item.outcome,
        "state": item.state,
        "is_in_writing": item.is_in_writing,
        "next_day": _day(next_day),
    }


def _ground(item: AgendaItem | None, entries: list[Entry]) -> str:
    """On which ground the part is secret: as what it takes up is, or a decision or an action in it."""
    grounds = [about.secrecy_ground for about in (item.matter, item.decision) if about] if item else []
    grounds += [entry.decision.secrecy_ground for entry in entries if entry.decision]
    grounds += [entry.action.secrecy_ground for entry in entries if entry.action]
    return next((ground for ground in grounds if ground), "")


def _decision(decision: Decision) -> dict[str, Any]:
    point = decision.delegation_point
    people = list(decision.participants.all())
    return {
        "id": decision.pk,
        "number": decision.number,
        "slug": decision.slug,
        "text": decision.text,
        "reasons": decision.reasons,
        "alternatives": decision.alternatives,
        "decided_by": decision.decided_by.full_name,
        "decided_as": decision.decided_as,
        "authority": decision.authority,
        "point": f"{point.code} {point.text}" if point else "",
        "rapporteur": _name(decision.rapporteur),
        "excluded": [
            {"name": one.person.full_name, "ground": one.conflict_ground} for one in people if one.is_excluded
        ],
        "dissent": [{"name": one.person.full_name, "text": one.dissent} for one in people if one.dissent],
        "owner": decision.owner.full_name,
        # As it was promised then, however it was moved since.
        "due_on": _day(decision.promised_on),
        "effect_question": decision.effect_question,
        "effect_on": _day(decision.effect_on),
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "id": action.pk,
        "text": action.text,
        "owner": action.owner.full_name,
        "due_on": _day(action.first_due_on or action.due_on),
    }


def _attachment(one: MinutesAttachment) -> dict[str, Any]:
    return {
        "position": one.position,
        "item": one.item_id,
        "title": one.title,
        "reference": one.reference,
        "file": one.file_name,
        "sha256": one.sha256,
    }


def _corrected(minutes: Minutes) -> dict[str, Any] | None:
    """The version that this one corrects, and its seal."""
    if minutes.version == 1:
        return None
    before = Minutes.objects.filter(meeting=minutes.meeting_id, version=minutes.version - 1)
    version, digest = before.values_list("version", "digest").get()
    return {"version": version, "digest": digest}


def _next_days(meeting: Meeting) -> dict[int, dt.date]:
    """Where items that were put off stand now: item to the day of that meeting."""
    return {int(item): day for item, day in _NEXT_DAYS.rows(meeting=meeting.pk)}


def _name(person: Person | None) -> str:
    return person.full_name if person else ""


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: dt.datetime | None) -> str:
    """By the clock on the wall, with its distance from UTC, to the minute."""
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""
