"""A meeting that goes on, with three items, for the tests of the live meeting."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from styrfart.matters.models import Matter, MatterState
from styrfart.meetings.models import (
    AgendaItem,
    Attendee,
    ItemState,
    Meeting,
    MeetingState,
    Presence,
)
from styrfart.people.models import Person, Team
from tests import make


@dataclass
class Going:
    """An open meeting, its items, and its addresses."""

    meeting: Meeting
    items: list[AgendaItem]

    @property
    def fresh(self) -> Meeting:
        return Meeting.objects.select_related("team__unit", "leader").get(pk=self.meeting.pk)

    @property
    def current(self) -> AgendaItem | None:
        return self.fresh.current_item

    def url(self, name: str, *more: object) -> str:
        return reverse(f"meetings:{name}", args=[self.meeting.team.slug, self.meeting.slug, *more])

    def send(self, client: Client, name: str, *more: object, live: bool = False, **data: Any) -> HttpResponse:
        headers = {"X-Live": "1"} if live else {}
        found: HttpResponse = client.post(self.url(name, *more), data, headers=headers)  # type: ignore[assignment]  # close enough
        return found

    def note(self, client: Client, text: str, key: uuid.UUID | None = None, **more: Any) -> HttpResponse:
        item = more.pop("item", self.items[0].pk)
        return self.send(client, "record-note", text=text, item=item, key=key or uuid.uuid4(), **more)

    def presence(self, who: Person, presence: Presence = Presence.PRESENT) -> Attendee:
        row, _is_new = Attendee.objects.update_or_create(
            meeting=self.meeting,
            person=who,
            defaults={"presence": presence, "arrived_at": timezone.now()},
            create_defaults={"presence": presence, "role": "guest", "arrived_at": timezone.now()},
        )
        return row


def going(team: Team, leader: Person, secretary: Person | None = None) -> Going:
    """Open since a while, everybody of the team is there, the first of three items goes on."""
    meeting = make.meeting(
        team,
        held_on=timezone.localdate(),
        leader=leader,
        secretary=secretary,
        state=MeetingState.OPEN,
    )
    meeting.attendees.update(presence=Presence.PRESENT, arrived_at=meeting.opened_at)
    first = make.item(meeting, "Två eller tre introduktionsdagar?", state=ItemState.CURRENT)
    second = make.item(meeting, "Vem äger frågorna?")
    third = make.item(meeting, "Budgetläget")
    meeting.current_item = first
    meeting.save(update_fields=["current_item"])
    return Going(meeting, [first, second, third])


def queued(team: Team, sender: Person, *, secret: str = "") -> Matter:
    """A matter that waits for a meeting."""
    matter = make.matter(team, by=sender)
    Matter.objects.filter(pk=matter.pk).update(
        state=MatterState.QUEUED,
        purpose="decision",
        level="tactical",
        outcome="Ett beslut",
        minutes=20,
        secrecy_ground=secret,
    )
    matter.refresh_from_db()
    return matter
