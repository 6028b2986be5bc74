"""Minutes: begun from what was recorded, edited part by part, handed over, corrected, registered."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext

from styrfart.meetings import rules
from styrfart.meetings.actions import minutes_letters as letters
from styrfart.meetings.documents.content import digest_of_file
from styrfart.meetings.documents.making import make_pdf
from styrfart.meetings.facts_minutes import (
    CheckerIsMissing,
    MeetingIsNotOver,
    MinutesHaveMovedOn,
    ReasonIsMissing,
    SectionHasMovedOn,
)
from styrfart.meetings.models import (
    AgendaItem,
    Entry,
    ItemMaterial,
    Meeting,
    MeetingState,
    Minutes,
    MinutesAttachment,
    MinutesSection,
    MinutesState,
)
from styrfart.meetings.queries.minutes_reading import content_now, grounds_of
from styrfart.meetings.queries.recorded import entries_of, recorded_items, text_from_notes
from styrfart.people.models import Person
from styrfart.shared import audit, workdays
from styrfart.shared.jobs import enqueue

DEFAULT_APPROVE_DAYS = 3


@transaction.atomic
def begin_minutes(*, meeting: Meeting, actor: Person | None) -> Minutes:
    """A draft made of what was recorded: a part for each item, its notes as text. Gives the one that exists.

    `actor` None: the meeting ended, and they came by themselves.
    """
    meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    if actor is not None and not rules.can_minute(actor, meeting):
        raise PermissionDenied
    if meeting.state != MeetingState.ENDED:
        raise MeetingIsNotOver
    known = Minutes.objects.filter(meeting=meeting).order_by("-version").first()
    if known is not None:
        return known
    minutes = Minutes.objects.create(meeting=meeting, created_by=actor)
    entries = entries_of(meeting)
    items = recorded_items(meeting, entries)
    MinutesSection.objects.bulk_create(_sections(minutes, items, entries))
    _attach(minutes, items)
    audit.record("meetings.begin_minutes", minutes, actor=actor)
    return minutes


def _sections(minutes: Minutes, items: list[AgendaItem], entries: list[Entry]) -> list[MinutesSection]:
    made = [
        MinutesSection(
            minutes=minutes,
            item=item,
            position=position,
            heading=item.title,
            text=text_from_notes(entries, item),
        )
        for position, item in enumerate(items, start=1)
    ]
    if any(entry.item_id is None for entry in entries):
        made.append(
            MinutesSection(
                minutes=minutes,
                position=len(made) + 1,
                heading=_outside_the_agenda(),
                text=text_from_notes(entries, None),
            )
        )
    return made


def _outside_the_agenda() -> str:
    """In the language that the organisation writes in, whoever ended the meeting."""
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("Utanför dagordningen")


def _attach(minutes: Minutes, items: list[AgendaItem]) -> None:
    """The material of the items, in their order."""
    found = ItemMaterial.objects.filter(item__in=items).order_by("item__position", "item", "pk")
    MinutesAttachment.objects.bulk_create(
        MinutesAttachment(
            minutes=minutes,
            item_id=one.item_id,
            position=position,
            title=one.title,
            reference=one.reference,
            file_name=one.file.name or "",
        )
        for position, one in enumerate(found, start=1)
    )


@transaction.atomic
def edit_section(
    *, section: MinutesSection, heading: str, text: str, revision: int, actor: Person
) -> MinutesSection:
    """Save the language of one part. Raises `SectionHasMovedOn` with what another wrote meanwhile."""
    minutes = locked_minutes(section.minutes)
    if not rules.can_minute(actor, minutes.meeting):
        raise PermissionDenied
    if minutes.state != MinutesState.DRAFT:
        raise MinutesHaveMovedOn
    section = MinutesSection.objects.select_related("edited_by", "item").get(pk=section.pk, minutes=minutes)
    if (section.heading, section.text) == (heading.strip(), text.strip()):
        return section
    if section.revision != revision:
        raise SectionHasMovedOn(section)
    section.heading, section.text = heading.strip(), text.strip()
    section.revision += 1
    section.edited_by = actor
    section.save(update_fields=["heading", "text", "revision", "edited_by", "edited_at"])
    Minutes.objects.filter(pk=minutes.pk).update(revision=F("revision") + 1)
    audit.record("meetings.edit_minutes", minutes, actor=actor)
    return section


@transaction.atomic
def hand_over_minutes(
    *, minutes: Minutes, approver: Person, checker: Person | None, revision: int, actor: Person
) -> Minutes:
    """Hand the finished text to whoever approves it, and checks it, by a day; they are told after commit.

    From here on what they read is what they approve: the content is kept as it is now.
    """
    minutes = locked_minutes(minutes, revision)
    if not rules.can_minute(actor, minutes.meeting):
        raise PermissionDenied
    if minutes.state != MinutesState.DRAFT:
        raise MinutesHaveMovedOn
    kind = minutes.meeting.kind
    if (kind is not None and kind.has_checker and checker is None) or checker == approver:
        raise CheckerIsMissing
    _measure_attachments(minutes)
    content = content_now(minutes)
    now = timezone.now()
    days = kind.approve_days if kind else DEFAULT_APPROVE_DAYS
    minutes.content = content
    minutes.state = MinutesState.HANDED_OVER
    minutes.approver, minutes.checker = approver, checker
    minutes.handed_over_at, minutes.handed_over_by = now, actor
    minutes.approve_by = workdays.workdays_after(timezone.localdate(now), days)
    minutes.sent_back_note, minutes.reminded_at = "", None
    save_minutes(
        minutes, "content", "state", "approver", "checker", "handed_over_at", "handed_over_by", "approve_by",
        "sent_back_note", "reminded_at",
    )  # fmt: skip
    letters.ask_to_approve(minutes, actor)
    audit.record(
        "meetings.hand_over_minutes",
        minutes,
        actor=actor,
        concerns=[one for one in (approver, checker) if one],
    )
    return minutes


@transaction.atomic
def correct_minutes(*, minutes: Minutes, correction: str, actor: Person) -> Minutes:
    """Begin a new version of approved minutes, which says what it corrects and why. The old one stays."""
    minutes = locked_minutes(minutes)
    if not rules.can_correct(actor, minutes):
        raise PermissionDenied
    if not correction.strip():
        raise ReasonIsMissing
    if Minutes.objects.filter(meeting=minutes.meeting, version__gt=minutes.version).exists():
        raise MinutesHaveMovedOn
    new = Minutes.objects.create(
        meeting=minutes.meeting,
        version=minutes.version + 1,
        correction=correction.strip(),
        created_by=actor,
        secrecy_ground=minutes.secrecy_ground,
        registry_number=minutes.registry_number,
    )
    for section in minutes.sections.all():
        section.pk, section.minutes, section.revision = None, new, 1
        section.save(force_insert=True)
    for attachment in minutes.attachments.all():
        attachment.pk, attachment.minutes = None, new
        attachment.save(force_insert=True)
    audit.record(
        "meetings.correct_minutes", new, actor=actor, detail={"version": [minutes.version, new.version]}
    )
    return new


@transaction.atomic
def register_minutes(
    *, minutes: Minutes, registry_number: str, secrecy_ground: str, revision: int, actor: Person
) -> Minutes:
    """Set the registry number and the ground for secrecy: what stands about the record, never in it.

    It may be done when the minutes are locked too: content and digest stay as they were.
    """
    minutes = locked_minutes(minutes, revision)
    if not rules.can_minute(actor, minutes.meeting):
        raise PermissionDenied
    given = {"registry_number": registry_number.strip(), "secrecy_ground": secrecy_ground.strip()}
    detail = {
        name: [getattr(minutes, name), value]
        for name, value in given.items()
        if getattr(minutes, name) != value
    }
    if not detail:
        return minutes
    if given["secrecy_ground"] and not minutes.secrecy_ground:
        letters.withhold(minutes)
    minutes.registry_number, minutes.secrecy_ground = given["registry_number"], given["secrecy_ground"]
    save_minutes(minutes, "registry_number", "secrecy_ground")
    if minutes.state == MinutesState.APPROVED:
        make_documents(minutes)
    audit.record("meetings.register_minutes", minutes, actor=actor, detail=detail)
    return minutes


def prepare_pdf(*, minutes: Minutes, is_complete: bool, language: str) -> None:
    """Let a job make the PDF of minutes that take long."""
    enqueue(make_pdf, minutes.pk, is_complete, language)


def note_archived(*, team: Any, count: int, actor: Person) -> None:
    """Remember that the team's minutes were handed to the e-archive."""
    audit.record("meetings.archive_minutes", team, actor=actor, detail={"records": [None, count]})


def _measure_attachments(minutes: Minutes) -> None:
    """Write down what the bytes of each attachment are now."""
    for one in minutes.attachments.exclude(file_name=""):
        one.sha256 = digest_of_file(one.file_name)
        one.save(update_fields=["sha256"])


def locked_minutes(minutes: Minutes, revision: int | None = None) -> Minutes:
    """The row as it is now, held until the transaction ends. One is handled at a time."""
    found = (
        Minutes.objects.select_for_update(of=("self",), no_key=True)
        .select_related("meeting__team__unit", "meeting__kind", "meeting__leader", "meeting__secretary")
        .select_related("approver", "checker", "handed_over_by")
        .get(pk=minutes.pk)
    )
    if revision is not None and found.revision != revision:
        raise MinutesHaveMovedOn
    return found


def save_minutes(minutes: Minutes, *fields: str) -> None:
    minutes.revision += 1
    minutes.save(update_fields=[*fields, "revision"])


@transaction.atomic
def remind_of_minutes(*, today: dt.date) -> int:
    """Remind whoever has not approved by the day, once. Gives how many minutes waited."""
    late = (
        Minutes.objects.select_for_update(of=("self",), no_key=True)
        .filter(state=MinutesState.HANDED_OVER, approve_by__lte=today, reminded_at=None)
        .select_related("meeting__team", "approver", "checker")
    )
    found = list(late.order_by("pk"))
    for minutes in found:
        letters.remind(minutes)
        minutes.reminded_at = timezone.now()
        minutes.save(update_fields=["reminded_at"])
    return len(found)


def make_documents(minutes: Minutes) -> None:
    """The PDFs that will be asked for, made before somebody waits for them."""
    scopes = {True, not grounds_of(minutes, minutes.content)}
    for is_complete in sorted(scopes):
        enqueue(make_pdf, minutes.pk, is_complete, settings.LANGUAGE_CODE)
