"""The meeting while it goes on, as one person sees it: who is there, the order, the item, the round."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.decisions.models import Action
from styrfart.meetings import purposes, rules
from styrfart.meetings.models import (
    COMING,
    Advice,
    AgendaItem,
    Attendee,
    AttendeeRole,
    Entry,
    Exclusion,
    ItemSource,
    ItemState,
    Meeting,
    MeetingState,
    Position,
    Presence,
    Ready,
)
from styrfart.meetings.queries.access import meeting_for
from styrfart.meetings.queries.live_log import LogLine, entries_of_meeting, log_lines
from styrfart.meetings.queries.live_round import Round, round_of
from styrfart.meetings.queries.secrecy import hidden_from, is_secret
from styrfart.people.models import Person
from styrfart.people.standing import User, standing
from styrfart.shared.prepared import Prepared, PreparedObjects
from styrfart.shared.templatetags.words import clock, in_words

# Asked by every open page every other second: authorises and answers in one.
_TICK = Prepared(
    lambda team, slug, person: (
        Meeting.objects.filter(team__slug=team, slug=slug, attendees__person_id=person)
        .order_by()
        .values_list("tick", "state")
    ),
    team=str,
    slug=str,
    person=int,
)
_PEOPLE: PreparedObjects[Attendee] = PreparedObjects(
    lambda meeting: Attendee.objects.filter(meeting=meeting).order_by("pk"),
    ("person", "stands_in_for"),
    meeting=int,
)
_ITEMS: PreparedObjects[AgendaItem] = PreparedObjects(
    lambda meeting: AgendaItem.objects.filter(meeting=meeting, is_in_writing=False).order_by(
        "position", "pk"
    ),
    ("owner", "matter", "decision"),
    meeting=int,
)
_EXCLUSIONS: PreparedObjects[Exclusion] = PreparedObjects(
    lambda meeting: Exclusion.objects.filter(item__meeting=meeting).order_by("pk"), ("person",), meeting=int
)
_POSITIONS: PreparedObjects[Position] = PreparedObjects(
    lambda item: Position.objects.filter(item=item).order_by("pk"), ("person",), item=int
)
_READY = Prepared(lambda item: Ready.objects.filter(item=item).values_list("person_id"), item=int)
_ADVICE: PreparedObjects[Advice] = PreparedObjects(
    lambda item: Advice.objects.filter(item=item, given_at__isnull=False).order_by("pk"),
    ("asked_of",),
    item=int,
)
# Where everybody says something, and nothing is proposed.
SPOKEN = frozenset({ItemSource.CHECK_IN, ItemSource.WRAP_UP})
# Who comes from outside the room, and so reads nothing that is secret.
OUTSIDERS = frozenset({AttendeeRole.GUEST, AttendeeRole.SUBSTITUTE})


@dataclass(frozen=True)
class Stop:
    """An item in the rail."""

    item: AgendaItem
    number: int
    title: str
    note: str  # "Klar på 9 minuter", "Besluta, 09.35-09.55"
    is_hidden: bool
    is_current: bool
    is_shown: bool
    is_decided: bool

    @property
    def is_done(self) -> bool:
        return self.item.state == ItemState.DONE

    @property
    def is_set_aside(self) -> bool:
        return self.item.state in {ItemState.POSTPONED, ItemState.RETURNED, ItemState.UNFINISHED}


@dataclass(frozen=True)
class Shown:
    """The item on the table, or the one that the reader has chosen to look at."""

    stop: Stop
    purpose: str
    exclusion: Exclusion | None  # the reader's own
    excluded: list[Exclusion]
    asked: list[Attendee]  # who takes part in the item
    ready: frozenset[int]  # people
    i_am_ready: bool
    round: Round
    advice: list[Advice]

    @property
    def item(self) -> AgendaItem:
        return self.stop.item

    @property
    def is_spoken(self) -> bool:
        """Check-in and wrap-up: everybody says something, nothing is proposed."""
        return self.item.source in SPOKEN

    @property
    def is_wrap_up(self) -> bool:
        return self.item.source == ItemSource.WRAP_UP

    @property
    def arguments_for(self) -> list[str]:
        return lines_of(self.item.arguments_for)

    @property
    def arguments_against(self) -> list[str]:
        return lines_of(self.item.arguments_against)

    @property
    def ready_count(self) -> int:
        return sum(row.person_id in self.ready for row in self.asked)

    @property
    def may_be_read(self) -> bool:
        return not self.stop.is_hidden


@dataclass(frozen=True)
class LivePage:
    """Everything on the page."""

    meeting: Meeting
    now: dt.datetime
    me: Attendee | None
    people: list[Attendee]
    stops: list[Stop]
    shown: Shown | None
    current: Stop | None
    previous: Stop | None  # of the one shown to the group
    next: Stop | None
    log: list[LogLine]
    can_lead: bool
    can_minute: bool
    can_join: bool  # is expected, or of the room

    @property
    def is_open(self) -> bool:
        return self.meeting.state == MeetingState.OPEN

    @property
    def is_alive(self) -> bool:
        """Goes on, or is to begin: something may happen that the page should show."""
        return self.is_open or self.meeting.state in COMING

    @property
    def is_unopened(self) -> bool:
        """Whether its day has passed without it."""
        return rules.was_never_opened(self.meeting, timezone.localdate(self.now))

    @property
    def there(self) -> list[Attendee]:
        return [row for row in self.people if row.is_there]

    @property
    def i_am_there(self) -> bool:
        return self.me is not None and self.me.is_there

    @property
    def can_write(self) -> bool:
        """Put something on record about what is shown."""
        may = self.i_am_there or self.can_lead or self.can_minute
        return self.is_open and may and (self.shown is None or self.shown.may_be_read)

    @property
    def looks_around(self) -> bool:
        """Whether the reader looks at something else than the group does."""
        return bool(self.current and self.shown and self.shown.item.pk != self.current.item.pk)

    @property
    def is_kept_from_the_screen(self) -> bool:
        """Whether the group's item is not for everybody who sits in the room."""
        if self.current is None:
            return False
        return self.current.is_hidden or (is_secret(self.current.item) and self.has_outsiders)

    @property
    def has_outsiders(self) -> bool:
        """Whether somebody who reads nothing secret sits in the room."""
        return any(row.role in OUTSIDERS for row in self.there)

    @property
    def decided_now(self) -> list[LogLine]:
        """What has been put on record on the group's item, but notes, and that everybody there may read."""
        if self.current is None:
            return []
        of_item = (line for line in self.log if line.entry.item_id == self.current.item.pk)
        return [line for line in of_item if line.counts and not (line.is_secret and self.has_outsiders)]

    @property
    def says_attendance(self) -> str:
        return attendance_words(self.people)


def state_for(user: User, team: str, slug: str) -> int | None:
    """The meeting's tick, for those who are expected at it; None: ask `meeting_for`. One query, no more."""
    found = _TICK.rows(team=team, slug=slug, person=standing_id(user))
    return int(found[0][0]) if found else None


def standing_id(user: User) -> int:
    """Who asks, without reading what they are in the organisation."""
    return int(user.pk or 0)


def live_page(
    user: User, meeting: Meeting, wanted: int | None = None, *, is_for_room: bool = False
) -> LivePage:
    """The page as `user` sees it: the group's item, or the `wanted` one. At most eight queries.

    `is_for_room`: on the screen nobody is "du".
    """
    people = _PEOPLE.all(meeting=meeting.pk)
    items = _ITEMS.all(meeting=meeting.pk)
    exclusions = _EXCLUSIONS.all(meeting=meeting.pk)
    me = next((row for row in people if row.person_id == standing(user).person_id), None)
    if me is not None and isinstance(user, Person):
        me.person = user  # who knows already what they are in the organisation
    for item in items:
        item.meeting = meeting
    hidden = closed_items(user, meeting, items, exclusions)
    entries = entries_of_meeting(meeting.pk)
    decided = {row.item_id for row in entries if row.decision and not row.decision.withdrawn_at}
    shown_pk = wanted if any(item.pk == wanted for item in items) else meeting.current_item_id
    if shown_pk is None and items:
        shown_pk = items[0].pk if meeting.state != MeetingState.ENDED else None
    stops = [
        _stop(
            item,
            number,
            is_hidden=item.pk in hidden,
            is_shown=item.pk == shown_pk,
            is_decided=item.pk in decided,
        )
        for number, item in enumerate(items, 1)
    ]
    current = next((stop for stop in stops if stop.is_current), None)
    at = stops.index(current) if current else -1
    can_minute = rules.can_minute(user, meeting)
    chosen = next((stop for stop in stops if stop.is_shown), None)
    return LivePage(
        meeting=meeting,
        now=timezone.now(),
        me=me,
        people=people,
        stops=stops,
        shown=_shown(chosen, people, exclusions, 0 if is_for_room else standing(user).person_id)
        if chosen
        else None,
        current=current,
        previous=stops[at - 1] if at > 0 else None,
        next=_next(stops, at),
        log=log_lines(user, meeting, entries, hidden, sees_removed=can_minute),
        can_lead=rules.can_lead(user, meeting),
        can_minute=can_minute,
        can_join=me is not None or standing(user).is_in(meeting.team_id),
    )


def closed_items(
    user: User, meeting: Meeting, items: Collection[AgendaItem], exclusions: Iterable[Exclusion]
) -> set[int]:
    """Ids of the items whose words `user` may not read while the meeting goes on."""
    hidden = hidden_from(user, meeting, items)
    if meeting.state == MeetingState.OPEN:
        hidden |= {row.item_id for row in exclusions if row.person_id == standing(user).person_id}
    return hidden


def item_to_take_part(user: User, team: str, slug: str, pk: int) -> tuple[Meeting, AgendaItem]:
    """The item for somebody who takes part in the meeting; 404 when its words are not for them."""
    meeting = meeting_to_take_part(user, team, slug)
    item = (
        AgendaItem.objects.select_related("matter", "decision", "owner")
        .filter(meeting=meeting, pk=pk, is_in_writing=False)
        .first()
    )
    if item is None or item.pk in hidden_from(user, meeting, [item]):
        raise Http404
    return meeting, item


def meeting_to_take_part(user: User, team: str, slug: str) -> Meeting:
    """The meeting, for those who are there and those who keep it; 403 to others who see it."""
    meeting = meeting_for(user, team, slug)
    if rules.can_lead(user, meeting) or rules.can_minute(user, meeting):
        return meeting
    row = Attendee.objects.filter(meeting=meeting, person=standing(user).person_id).first()
    if row is None or not row.is_there:
        raise PermissionDenied
    return meeting


def meeting_to_keep(user: User, team: str, slug: str) -> Meeting:
    """The meeting, for those who lead it or keep its record: they note who is there."""
    meeting = meeting_for(user, team, slug)
    if not (rules.can_lead(user, meeting) or rules.can_minute(user, meeting)):
        raise PermissionDenied
    return meeting


def meeting_to_join(user: User, team: str, slug: str) -> Meeting:
    """The meeting, for those who are expected at it and those of the room; 403 to others who see it."""
    meeting = meeting_for(user, team, slug)
    if (
        not rules.can_see_meetings(user, meeting.team)
        and not meeting.attendees.filter(person=user.pk).exists()
    ):
        raise PermissionDenied
    return meeting


def _closed(user: User, meeting: Meeting, item: AgendaItem) -> set[int]:
    return closed_items(user, meeting, [item], _EXCLUSIONS.all(meeting=meeting.pk))


def taking_part(item: AgendaItem, people: Iterable[Attendee], out: Collection[int]) -> list[Attendee]:
    """Who takes part in the item: is there, has no conflict of interest, and may read what is secret."""
    closed = is_secret(item)
    return [
        row
        for row in people
        if row.is_there and row.person_id not in out and not (closed and row.role in OUTSIDERS)
    ]


def attendance_words(people: Iterable[Attendee]) -> str:
    """Sex av sju. Lena Bergqvist: sjuk."""
    rows = list(people)
    there = sum(row.presence in {Presence.PRESENT, Presence.REMOTE} for row in rows)
    said = _("%(there)s av %(all)s är med.") % {
        "there": in_words(there).capitalize(),
        "all": in_words(len(rows)),
    }
    away = [f"{row.person}: {row.excuse}." for row in rows if row.presence == Presence.ABSENT and row.excuse]
    return " ".join([said, *away])


def lines_of(text: str) -> list[str]:
    """One argument a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _next(stops: list[Stop], at: int) -> Stop | None:
    """What comes after the current item; when none is current, the first that has not been taken up."""
    if at >= 0:
        return stops[at + 1] if at < len(stops) - 1 else None
    return next((stop for stop in stops if stop.item.state == ItemState.COMING), None)


def _stop(item: AgendaItem, number: int, *, is_hidden: bool, is_shown: bool, is_decided: bool) -> Stop:
    secret = is_hidden and is_secret(item)
    return Stop(
        item=item,
        number=number,
        title=_("Sekretessmarkerad punkt") if secret else item.title,
        note=_note(item, is_decided=is_decided and not is_hidden),
        is_hidden=is_hidden,
        is_current=item.state == ItemState.CURRENT,
        is_shown=is_shown,
        is_decided=is_decided,
    )


def _note(item: AgendaItem, *, is_decided: bool) -> str:
    verb = str(purposes.VERBS[item.purpose] if item.source not in SPOKEN else ItemSource(item.source).label)
    verb = verb[:1].upper() + verb[1:]
    match item.state:
        case ItemState.DONE:
            if is_decided:
                return _("Beslut fattat")
            minutes = max(1, round(item.seconds_used / 60))
            return ngettext("Klar på %(count)s minut", "Klar på %(count)s minuter", minutes) % {
                "count": minutes
            }
        case ItemState.POSTPONED:
            return _("Bordlagd")
        case ItemState.RETURNED:
            return _("Lämnad tillbaka")
        case ItemState.UNFINISHED:
            return _("Hanns inte med")
        case ItemState.CURRENT if item.started_at:
            began = item.started_at - dt.timedelta(seconds=item.seconds_used)
            until = began + dt.timedelta(minutes=item.minutes)
            return f"{verb}, {clock(item.started_at)}–{clock(until)}" if until > item.started_at else verb
        case _:
            return _("%(verb)s, %(minutes)s min") % {"verb": verb, "minutes": item.minutes}


def _shown(stop: Stop, people: list[Attendee], exclusions: list[Exclusion], person: int) -> Shown:
    of_item = [row for row in exclusions if row.item_id == stop.item.pk]
    mine = next((row for row in of_item if row.person_id == person), None)
    asked = taking_part(stop.item, people, {row.person_id for row in of_item})
    ready = frozenset(pk for (pk,) in _READY.rows(item=stop.item.pk))
    positions = [] if stop.is_hidden else _POSITIONS.all(item=stop.item.pk)
    return Shown(
        stop=stop,
        purpose=str(purposes.VERBS[stop.item.purpose]),
        exclusion=mine,
        excluded=of_item,
        asked=asked,
        ready=ready,
        i_am_ready=person in ready,
        round=round_of(stop.item, positions, asked, person),
        advice=[] if stop.is_hidden else _ADVICE.all(item=stop.item.pk),
    )


def item_to_keep(user: User, team: str, slug: str, pk: int) -> tuple[Meeting, AgendaItem]:
    """The item, for those who lead the meeting or keep its record; 404 when its words are not for them."""
    meeting = meeting_to_keep(user, team, slug)
    item = AgendaItem.objects.select_related("matter", "decision").filter(meeting=meeting, pk=pk).first()
    if item is None or item.pk in _closed(user, meeting, item):
        raise Http404
    return meeting, item


def entry_to_change(user: User, team: str, slug: str, pk: int) -> tuple[Meeting, Entry]:
    """What was entered, for its author and for those who keep the record."""
    meeting = meeting_to_take_part(user, team, slug)
    entry = (
        Entry.objects.select_related("item__matter", "item__decision", "author", "action__owner")
        .filter(meeting=meeting, pk=pk)
        .first()
    )
    if entry is None or (entry.item and entry.item.pk in _closed(user, meeting, entry.item)):
        raise Http404
    if entry.author_id != standing(user).person_id and not rules.can_minute(user, meeting):
        raise PermissionDenied
    return meeting, entry


def action_to_withdraw(user: User, team: str, slug: str, pk: int) -> tuple[Meeting, Action]:
    """The action that was entered, as `entry_to_change`; 404 when the entry is no action."""
    meeting, entry = entry_to_change(user, team, slug, pk)
    if entry.action is None:
        raise Http404
    return meeting, entry.action
