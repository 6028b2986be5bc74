"""A meeting that has been held, with something of everything that minutes tell of."""

import datetime as dt
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils import timezone

from styrfart.decisions.models import Action, Decision, Participant
from styrfart.matters.models import ItemPurpose, Matter
from styrfart.meetings import actions
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
    Minutes,
    MinutesSection,
    Presence,
)
from styrfart.people.models import Person, Team, TeamMember, TeamRole
from tests import make

DAY = dt.date(2026, 10, 8)
GROUND = "OSL 39 kap. 2 §"
SECRET_WORDS = "Omplacering av enhetschefen"


@dataclass
class Held:
    """The meeting, and those in it."""

    meeting: Meeting
    open_item: AgendaItem
    secret_item: AgendaItem
    matter: Matter
    decision: Decision
    action: Action
    guest: Person
    outsider: Person  # owns an action and was not expected


def held(team: Team, *, has_checker: bool = False) -> Held:
    """Chair and secretary of the team hold a meeting with a guest: one open item, one secret, one put off."""
    seats = {seat.role: seat.person for seat in TeamMember.objects.filter(team=team)}
    chair, secretary = seats[TeamRole.CHAIR], seats[TeamRole.SECRETARY]
    kind = make.meeting_kind(team)
    kind.has_checker = has_checker
    kind.save()
    meeting = make.meeting(
        team, held_on=DAY, leader=chair, secretary=secretary, state=MeetingState.ENDED, kind=kind
    )
    nine = dt.datetime(2026, 10, 8, 9, 2, tzinfo=timezone.get_default_timezone())
    Meeting.objects.filter(pk=meeting.pk).update(
        place="Kompassen", opened_at=nine, ended_at=nine + dt.timedelta(minutes=108)
    )
    meeting.refresh_from_db()
    meeting.attendees.update(presence=Presence.PRESENT, arrived_at=nine)
    guest = make.attendee(meeting, make.person("Greta", "Gäst")).person
    away = make.person("Karl", "Borta")
    Attendee.objects.create(
        meeting=meeting,
        person=away,
        role=AttendeeRole.MEMBER,
        presence=Presence.ABSENT,
        excuse="Föräldraledig",
    )
    Attendee.objects.create(
        meeting=meeting,
        person=make.person("Eva", "Ersättare"),
        role=AttendeeRole.SUBSTITUTE,
        stands_in_for=away,
        presence=Presence.REMOTE,
        arrived_at=nine,
        left_at=nine + dt.timedelta(minutes=30),
    )
    make_check_in(meeting)
    first = make.item(meeting, state=ItemState.DONE, owner=chair)
    matter = make.matter(team, SECRET_WORDS, by=chair)
    matter.secrecy_ground = GROUND
    matter.save()
    secret = make.item(meeting, SECRET_WORDS, matter=matter, owner=chair, state=ItemState.DONE)
    make.item(meeting, "Budgetläget", purpose=ItemPurpose.INFORMATION, state=ItemState.POSTPONED, owner=chair)
    decision = make.decision(team, "Introduktionen blir två dagar.", by=chair, owner=secretary, at=nine)
    outsider = make.person("Ulla", "Utanför")
    action = make.action(team, "Boka lokal för introduktionen", owner=outsider)
    Participant.objects.create(decision=decision, person=guest, dissent="Tre dagar behövs.")
    Exclusion.objects.create(item=first, person=away, ground="närstående till sökanden", by=chair)
    make.entry(meeting, "Två spår vägdes.", on=first, by=secretary)
    make.entry(meeting, "Halvdagarna ligger före samtalen.", on=first, by=secretary)
    make.entry(meeting, "Samtal med facket pågår.", on=secret, by=secretary)
    _on_record(meeting, first, EntryKind.DECISION, decision.text, chair, decision=decision)
    _on_record(meeting, first, EntryKind.ACTION, action.text, chair, action=action)
    _on_record(
        meeting, first, EntryKind.PARKED, "Ska mentorerna få ersättning?", chair,
        take_up_on=dt.date(2026, 10, 22),
    )  # fmt: skip
    material = ItemMaterial(item=first, title="Underlag", added_by=chair)
    material.file.save("underlag.txt", ContentFile(b"Kostnad per dag"))
    ItemMaterial.objects.create(item=secret, title="Hemligt underlag", reference="Akt 12", added_by=chair)
    return Held(meeting, first, secret, matter, decision, action, guest, outsider)


def make_check_in(meeting: Meeting) -> Meeting:
    """Check-in, with something said in it that is not for the record."""
    item = make.item(meeting, "Incheckning", state=ItemState.DONE)
    item.source = ItemSource.CHECK_IN
    item.save()
    make.entry(meeting, "Sagt i incheckningen.", on=item)
    return meeting


def _on_record(
    meeting: Meeting, item: AgendaItem, kind: EntryKind, text: str, by: Person, **more: object
) -> Entry:
    return Entry.objects.create(meeting=meeting, item=item, kind=kind, text=text, author=by, **more)


def draft(of: Held) -> Minutes:
    """Its minutes, being written."""
    return actions.begin_minutes(meeting=of.meeting, actor=of.meeting.secretary)


def handed_over(of: Held, *, checker: Person | None = None) -> Minutes:
    """Its minutes, waiting for the chair."""
    minutes = draft(of)
    return actions.hand_over_minutes(
        minutes=minutes,
        approver=of.meeting.leader,
        checker=checker,
        revision=minutes.revision,
        actor=of.meeting.secretary or of.meeting.leader,
    )


def approved(of: Held) -> Minutes:
    """Its minutes, sealed."""
    minutes = handed_over(of)
    return actions.approve_minutes(minutes=minutes, revision=minutes.revision, actor=of.meeting.leader)


def section_of(minutes: Minutes, item: AgendaItem) -> MinutesSection:
    """What they say of an item."""
    return minutes.sections.get(item=item)
