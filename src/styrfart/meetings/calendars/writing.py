"""Events as iCalendar text (RFC 5545, 5546, 7986) that Outlook, Google and Thunderbird read.

The same events give the same bytes: nothing here asks what time it is.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from styrfart.meetings.calendars.events import Event
from styrfart.meetings.models import AttendeeRole, Presence

if TYPE_CHECKING:
    from icalendar import Calendar, Component, vCalAddress

PRODUCT = "-//Styrfart//Meetings//SV"
# How often a program that subscribes should ask again.
ASK_AGAIN = "PT4H"
# What no line of iCalendar may hold; some programs break lines at the last three.
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]+")
_ROLES = {
    AttendeeRole.CHAIR: "CHAIR",
    AttendeeRole.ADJUNCT: "OPT-PARTICIPANT",
    AttendeeRole.GUEST: "OPT-PARTICIPANT",
}
_ANSWERS = {
    Presence.EXPECTED: "NEEDS-ACTION",
    Presence.PRESENT: "ACCEPTED",
    Presence.REMOTE: "ACCEPTED",
    Presence.ABSENT: "DECLINED",
}


@dataclass(frozen=True)
class Invited:
    """Somebody who is expected, as their own calendar and those of the others see them."""

    name: str
    address: str
    language: str
    role: AttendeeRole
    presence: Presence = Presence.EXPECTED


def write_feed(events: Iterable[Event], *, name: str) -> bytes:
    """A calendar to subscribe to, in the language of the moment. Names nobody."""
    calendar = _calendar("PUBLISH")
    calendar.add("name", _clean(name))
    calendar.add("x-wr-calname", _clean(name))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", _hours(ASK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN)
    return _finished(calendar, [(event, ()) for event in events])


def write_letter(
    method: str, events: Iterable[tuple[Event, Sequence[Invited]]], *, written_at: dt.datetime
) -> str:
    """What goes with a letter, in the language of the moment: a REQUEST or a CANCEL (RFC 5546)."""
    # Of a letter the stamp is when it was written: of two with the same number the later one counts.
    stamped = [(replace(event, changed_at=written_at), people) for event, people in events]
    return _finished(_calendar(method), stamped).decode()


def organiser_address() -> str:
    """Who a calendar says invites: an address of the installation's own domain that nobody answers at."""
    return f"svara-inte@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}"


def _calendar(method: str) -> "Calendar":
    from icalendar import Calendar  # noqa: PLC0415  # only where a calendar is written

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _finished(calendar: "Calendar", events: Sequence[tuple[Event, Sequence[Invited]]]) -> bytes:
    years = {moment.year for event, _people in events for moment in (event.begins, event.ends)}
    calendar.add_component(_time_zone(min(years, default=2026), max(years, default=2026)))
    for event, people in events:
        calendar.add_component(_written(event, people))
    text: bytes = calendar.to_ical()
    return text


def _written(event: Event, people: Sequence[Invited]) -> "Component":
    from icalendar import Event as Written  # noqa: PLC0415  # only where a calendar is written

    title = f"{event.title}, {event.team}"
    written = Written()
    written.add("uid", event.uid)
    written.add("dtstamp", _whole(event.changed_at))
    written.add("created", _whole(event.created_at))
    written.add("last-modified", _whole(event.changed_at))
    written.add("sequence", event.sequence)
    written.add("dtstart", _local(event.begins))
    if event.begins.utcoffset() == event.ends.utcoffset():
        written.add("dtend", _local(event.ends))
    else:
        # The clock changes during it: so many minutes are exact, an hour on the wall may come twice.
        written.add("duration", event.ends.astimezone(dt.UTC) - event.begins.astimezone(dt.UTC))
    if event.rule and event.until:
        written.add("rrule", {**dict(event.rule), "UNTIL": event.until.astimezone(dt.UTC)})
    if event.without:
        written.add("exdate", [_local(moment) for moment in event.without])
    if event.replaces:
        written.add("recurrence-id", _local(event.replaces))
    url = f"{settings.BASE_URL}{event.path}"
    written.add(
        "summary", _clean(_("Inställt: %(title)s") % {"title": title} if event.is_cancelled else title)
    )
    written.add(
        "description",
        _("Dagordning och underlag: %(url)s") % {"url": url},
        parameters={"LANGUAGE": translation.get_language() or settings.LANGUAGE_CODE},
    )
    if event.place:
        written.add("location", _clean(event.place))
    written.add("url", url)
    written.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    written.add("transp", "TRANSPARENT" if event.is_cancelled else "OPAQUE")
    # Answers would go to a box that nobody reads: who cannot come says so on the meeting's page.
    written.add("x-microsoft-disallow-counter", "TRUE")
    written.add("organizer", _address(organiser_address(), CN=_name(event.team)), encode=False)
    for person in people:
        written.add("attendee", _attendee(person), encode=False)
    return written


def _attendee(person: Invited) -> "vCalAddress":
    return _address(
        person.address,
        CN=_name(person.name),
        CUTYPE="INDIVIDUAL",
        LANGUAGE=person.language,
        PARTSTAT=_ANSWERS[person.presence],
        ROLE=_ROLES.get(person.role, "REQ-PARTICIPANT"),
        RSVP="FALSE",
    )


def _address(address: str, **parameters: str) -> "vCalAddress":
    from icalendar import vCalAddress  # noqa: PLC0415  # only where a calendar is written

    written = vCalAddress(f"mailto:{address}")
    for name, value in parameters.items():
        written.params[name] = value
    return written


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text)


def _name(text: str) -> str:
    """A name as a parameter, which can hold neither quotation marks nor lines (RFC 5545, 3.1.1)."""
    return " ".join(_clean(text).replace('"', "'").split())


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment)


def _whole(moment: dt.datetime) -> dt.datetime:
    """In UTC, in whole seconds: iCalendar knows no parts of them."""
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def _hours(text: str) -> dt.timedelta:
    return dt.timedelta(hours=int(text.removeprefix("PT").removesuffix("H")))


def _time_zone(first: int, last: int) -> "Component":
    """When the clock changes, by the rule of the European Union if that is what the zone follows."""
    from icalendar import (  # noqa: PLC0415  # only where a calendar is written
        Timezone,
        TimezoneDaylight,
        TimezoneStandard,
    )

    zone = timezone.get_default_timezone()
    winter = dt.datetime(first, 1, 15, 12, tzinfo=zone)
    summer = dt.datetime(first, 7, 15, 12, tzinfo=zone)
    if not all(_follows_the_union(zone, year) for year in range(first, last + 1)):
        return Timezone.from_tzid(
            settings.TIME_ZONE, first_date=dt.date(first, 1, 1), last_date=dt.date(last + 1, 1, 1)
        )
    found = Timezone()
    found.add("tzid", settings.TIME_ZONE)
    for part, before, after, month, day in (
        (TimezoneDaylight(), winter, summer, 3, 31),
        (TimezoneStandard(), summer, winter, 10, 27),
    ):
        # 1996 is the first year of today's rule; the hour is that of the clock before it changes.
        turns = (dt.datetime(1996, month, day, 1, tzinfo=dt.UTC) + _offset(before)).replace(tzinfo=None)
        part.add("dtstart", turns)
        part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        part.add("tzname", str(after.tzname()))
        part.add("tzoffsetfrom", _offset(before))
        part.add("tzoffsetto", _offset(after))
        found.add_component(part)
    return found


def _follows_the_union(zone: dt.tzinfo, year: int) -> bool:
    """Whether the clock goes forward at 01.00 UTC the last Sunday of March and back that of October."""
    offsets = []
    for month in (3, 10):
        end = dt.datetime(year, month, 31, 1, tzinfo=dt.UTC)
        turns = end - dt.timedelta(days=(end.weekday() + 1) % 7)
        offsets += [
            _offset((turns - dt.timedelta(seconds=1)).astimezone(zone)),
            _offset(turns.astimezone(zone)),
        ]
    hour = dt.timedelta(hours=1)
    return offsets == [offsets[0], offsets[0] + hour, offsets[0] + hour, offsets[0]]


def _offset(moment: dt.datetime) -> dt.timedelta:
    return moment.utcoffset() or dt.timedelta()
