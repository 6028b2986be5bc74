"""Meetings, what they take up, and who is there."""

import datetime as dt

from django.utils import timezone

from styrfart.decisions.models import Action
from styrfart.matters.models import ItemPurpose, Matter, MatterLevel
from styrfart.meetings.models import (
    AgendaItem,
    Attendee,
    AttendeeRole,
    Entry,
    EntryKind,
    ItemSource,
    ItemState,
    Meeting,
    MeetingKind,
    MeetingState,
    Minutes,
    MinutesSection,
    MinutesState,
    Presence,
)
from styrfart.people.models import Person, Team, TeamMember
from tests.make.people import person, team


def meeting_kind(of_team: Team | None = None, name: str = "Ledningsgruppens möte") -> MeetingKind:
    """A kind of meeting of two hours, since long ago."""
    return MeetingKind.objects.create(
        team=of_team or team(),
        name=name,
        purpose="Det som bara vi kan göra tillsammans.",
        minutes=120,
        valid_from=dt.date(2020, 1, 1),
    )


def meeting(
    of_team: Team | None = None,
    *,
    held_on: dt.date | None = None,
    starts_at: dt.time = dt.time(9, 0),
    leader: Person | None = None,
    secretary: Person | None = None,
    state: MeetingState = MeetingState.PLANNED,
    kind: MeetingKind | None = None,
) -> Meeting:
    """A meeting of two hours, in a week from today; everybody with a seat in the team is expected at it."""
    of_team = of_team or team()
    held_on = held_on or timezone.localdate() + dt.timedelta(days=7)
    now = timezone.now()
    same_day = Meeting.objects.filter(team=of_team, held_on=held_on).count()
    made = Meeting.objects.create(
        team=of_team,
        kind=kind,
        title=kind.name if kind else "Ledningsgruppens möte",
        held_on=held_on,
        starts_at=starts_at,
        minutes=120,
        slug=f"{held_on}-{same_day + 1}" if same_day else str(held_on),
        leader=leader or person(),
        secretary=secretary,
        state=state,
        called_at=None if state == MeetingState.PLANNED else now,
        opened_at=now if state in {MeetingState.OPEN, MeetingState.ENDED} else None,
        ended_at=now if state == MeetingState.ENDED else None,
        cancelled_at=now if state == MeetingState.CANCELLED else None,
        cancel_reason="För få kan komma." if state == MeetingState.CANCELLED else "",
    )
    seats = TeamMember.objects.on(held_on).filter(team=of_team).select_related("person")
    Attendee.objects.bulk_create(
        Attendee(meeting=made, person=seat.person, role=AttendeeRole(seat.role)) for seat in seats
    )
    return made


def attendee(at: Meeting, who: Person | None = None, *, presence: Presence = Presence.PRESENT) -> Attendee:
    """A guest at the meeting."""
    return Attendee.objects.create(
        meeting=at, person=who or person(), role=AttendeeRole.GUEST, presence=presence
    )


def item(
    at: Meeting | None = None,
    title: str = "Två eller tre introduktionsdagar?",
    *,
    matter: Matter | None = None,
    owner: Person | None = None,
    purpose: ItemPurpose = ItemPurpose.DECISION,
    minutes: int = 20,
    state: ItemState = ItemState.COMING,
) -> AgendaItem:
    """An item of the team's own, or of a matter, last in the meeting's order."""
    at = at or meeting()
    return AgendaItem.objects.create(
        meeting=at,
        position=at.items.count() + 1,
        title=title,
        purpose=purpose,
        level=MatterLevel.TACTICAL,
        minutes=minutes,
        owner=owner or at.leader,
        outcome="Ett beslut om hur introduktionen ser ut.",
        source=ItemSource.MATTER if matter else ItemSource.OWN,
        matter=matter,
        state=state,
        started_at=timezone.now() if state == ItemState.CURRENT else None,
    )


def entry(
    at: Meeting,
    text: str = "Vi prövar i vår.",
    *,
    by: Person | None = None,
    on: AgendaItem | None = None,
    action: Action | None = None,
) -> Entry:
    """A note on record, or an action."""
    kind = EntryKind.ACTION if action else EntryKind.NOTE
    return Entry.objects.create(
        meeting=at, item=on, kind=kind, text=text, author=by or at.leader, action=action
    )


def minutes(of_meeting: Meeting, heading: str = "Läget", text: str = "Vi prövar i vår.") -> Minutes:
    """Approved minutes of one part, sealed by name only; real ones are made by `actions.begin_minutes`."""
    made = Minutes.objects.create(
        meeting=of_meeting,
        state=MinutesState.APPROVED,
        approved_at=timezone.now(),
        digest="0" * 64,
    )
    MinutesSection.objects.create(minutes=made, position=1, heading=heading, text=text)
    return made
