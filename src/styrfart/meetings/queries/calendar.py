"""What stands in somebody's calendar, and by which address a calendar program reads it."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.matters.models.queryset import seats_with_insight
from styrfart.meetings.calendars.events import Event, Listed, events, has_its_day
from styrfart.meetings.calendars.writing import write_feed
from styrfart.meetings.models import (
    THERE,
    Attendee,
    AttendeeRole,
    CalendarChoice,
    CalendarKey,
    MeetingState,
)
from styrfart.people import rules as people_rules
from styrfart.people.models import Person

# How far back a calendar reaches.
DAYS_BACK = 90
# Places at a meeting that do not follow from a seat in the team.
INVITED = frozenset({AttendeeRole.GUEST, AttendeeRole.SUBSTITUTE})


def key_of(person: Person) -> CalendarKey | None:
    """The address that the person has made, if any."""
    return CalendarKey.objects.filter(person=person).first()


def wants_invitations(person: Person) -> bool:
    """Whether meetings come to the person's calendar by mail."""
    choice = CalendarChoice.objects.filter(person=person).first()
    return choice is None or choice.has_invitations


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is too long to be guessed, so the digest needs no salt and no delay."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key_for(secret: str) -> CalendarKey:
    """Whose calendar the secret opens; 404 when it opens none, also after its owner has left.

    Looked up by digest: how long the answer takes says nothing of how near a guess was.
    """
    found = CalendarKey.objects.select_related("person").filter(digest=digest_of(secret)).first()
    if found is None or not found.person.is_active:
        raise Http404
    return found


@dataclass(frozen=True)
class Feed:
    """A person's meetings as their calendar is to show them, in the language of the moment."""

    events: list[Event]
    language: str

    @cached_property
    def tag(self) -> str:
        """Changes exactly when the text does, and costs less to know."""
        seen = (
            version("styrfart"),
            settings.BASE_URL,
            settings.DEFAULT_FROM_EMAIL,
            self.language,
            self.events,
        )
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]

    @property
    def text(self) -> bytes:
        """The calendar, as iCalendar."""
        return write_feed(self.events, name=_("Möten i Styrfart"))


def feed_of(person: Person) -> Feed:
    """The meetings that the person is expected at, from 90 days back to all that are planned."""
    return Feed(events(_listed_for(person)), person.language)


def _listed_for(person: Person) -> list[Listed]:
    """Those of teams where the person has a seat, and those that the person was asked to in person.

    Of a team that the person has left, those that were held with the person there. What an external coach
    has is no seat: of the team's meetings nothing is listed.
    """
    today = timezone.localdate()
    seats = set(seats_with_insight(person))
    works_here = people_rules.can_see_organisation(person)
    rows = Attendee.objects.filter(
        person=person, meeting__held_on__gte=today - dt.timedelta(days=DAYS_BACK)
    ).select_related("meeting__team", "meeting__series")
    found = []
    for row in rows:
        meeting = row.meeting
        is_invited = row.role in INVITED
        was_there = works_here and row.presence in THERE and meeting.state == MeetingState.ENDED
        if meeting.team_id in seats or is_invited or was_there:
            found.append(Listed(meeting, in_series=not is_invited and has_its_day(meeting)))
    return found
