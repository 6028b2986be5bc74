"""What of the meetings waits for somebody, and which meeting is their next: for home and for letters."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.matters.models import Matter
from styrfart.meetings.deadlines import notice_due
from styrfart.meetings.models import (
    COMING,
    PULSE_OPEN_FOR,
    Advice,
    AgendaItem,
    Attendee,
    ItemState,
    Meeting,
    MeetingState,
    Presence,
    PulseInvitation,
)
from styrfart.meetings.purposes import VERBS, Part, parts
from styrfart.meetings.queries import minutes_finding
from styrfart.meetings.queries.coming import owed_by
from styrfart.meetings.queries.minutes_finding import Asked, WaitingMinutes
from styrfart.meetings.queries.secrecy import hidden_from, is_secret
from styrfart.meetings.queries.unopened import never_opened, who_sees_to_it
from styrfart.meetings.rules import PLANNING_SEATS
from styrfart.people.models import Person, Team
from styrfart.people.standing import User, standing
from styrfart.shared.addresses import reverse
from styrfart.shared.mail import about_of
from styrfart.shared.prepared import PreparedObjects
from styrfart.shared.templatetags.words import ago, clock, day_short, due, in_words

# How far ahead a notice that has not gone is told of.
NOTICE_AHEAD = dt.timedelta(days=2)
MONTH = dt.timedelta(days=31)
# No notice goes out longer than this before its meeting.
FURTHEST_NOTICE = dt.timedelta(days=40)


class WaitingKind(Enum):
    GOES_ON = "goes_on"
    UNOPENED = "unopened"
    APPROVE = "approve"
    CHECK = "check"
    WRITE = "write"
    ADVICE = "advice"
    MATERIAL = "material"
    NOTICE = "notice"
    PULSE = "pulse"


class Source(Enum):
    """Where it is looked for: what whoever knows that there is nothing need not ask."""

    MEETINGS = "meetings"
    MINUTES = "minutes"
    ADVICE = "advice"
    MATERIAL = "material"
    PULSES = "pulses"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody: a sentence, why, one verb. Fields as in `matters.queries`."""

    kind: WaitingKind
    on: dt.date  # the day it is due, or since when it has waited
    title: str
    why: str
    verb: str
    url: str
    is_late: bool = False
    about: str = ""  # the record whose words it tells, as a letter names it


@dataclass(frozen=True)
class NextLine:
    """An item of the next meeting as somebody may read it."""

    title: str
    what: str  # its purpose as a verb
    minutes: int
    is_ready: bool


@dataclass(frozen=True)
class NextMeeting:
    """The next meeting of somebody, or of a team, with its agenda as the reader may read it."""

    meeting: Meeting
    strip: list[Part]
    lines: list[NextLine]
    expected: int
    absent: list[Person]
    goes_on: bool


def waiting_for(user: Person, only: Collection[Source] | None = None) -> list[Waiting]:
    """All that waits for `user` in meetings, or what is found in `only`. A query for each source."""
    found = [one for source in only or Source for one in _FOUND_BY[source](user)]
    return sorted(found, key=lambda one: (one.on, one.url))


def _meetings(user: Person) -> Iterable[Waiting]:
    """A meeting that goes on; one that nobody opened; and notices that should go, for those who plan."""
    here = standing(user)
    planned = [pk for pk, role in here.seats.items() if role in PLANNING_SEATS]
    until = here.day + FURTHEST_NOTICE
    for meeting in _MEETINGS.all(me=here.person_id, teams=planned, day=here.day, until=until):
        at = [meeting.team.slug, meeting.slug]
        if meeting.state == MeetingState.OPEN:
            yield Waiting(
                WaitingKind.GOES_ON,
                meeting.held_on,
                _("%(title)s pågår") % {"title": meeting.title},
                _("%(team)s, sedan %(time)s.") % {"team": meeting.team, "time": clock(meeting.opened_at)},
                _("Gå till mötet"),
                reverse("meetings:live", args=at),
            )
        elif meeting.held_on < here.day:
            yield Waiting(
                WaitingKind.UNOPENED,
                meeting.held_on,
                _("Mötet den %(day)s öppnades aldrig") % {"day": day_short(meeting.held_on)},
                _("%(team)s. Öppna det i efterhand eller ställ in det.") % {"team": meeting.team},
                _("Gå till mötet"),
                meeting.get_absolute_url(),
                is_late=True,
            )
        elif meeting.team_id in planned and notice_due(meeting) <= here.day + NOTICE_AHEAD:
            by = notice_due(meeting)
            yield Waiting(
                WaitingKind.NOTICE,
                by,
                _("Skicka kallelsen till mötet %(day)s") % {"day": day_short(meeting.held_on)},
                _("%(team)s. Den ska gå senast %(day)s.") % {"team": meeting.team, "day": day_short(by)},
                _("Läs och skicka"),
                reverse("meetings:call", args=at),
                is_late=by < here.day,
            )


def _minutes(user: Person) -> Iterable[Waiting]:
    for one in minutes_finding.waiting_for(user):
        yield _of_minutes(one, standing(user).day)


def _of_minutes(one: WaitingMinutes, today: dt.date) -> Waiting:
    minutes, meeting = one.minutes, one.minutes.meeting
    on = {"day": day_short(meeting.held_on)}
    if one.asked == Asked.WRITE:
        return Waiting(
            WaitingKind.WRITE,
            meeting.held_on,
            _("Skriv klart anteckningarna från %(day)s") % on,
            _("%(team)s. Utkastet är gjort av det som fördes in.") % {"team": meeting.team},
            _("Läs och skriv"),
            one.url,
        )
    is_check = one.asked == Asked.CHECK
    handed_over = timezone.localdate(minutes.handed_over_at) if minutes.handed_over_at else today
    by = minutes.approve_by or today
    return Waiting(
        WaitingKind.CHECK if is_check else WaitingKind.APPROVE,
        by,
        (_("Justera anteckningarna från %(day)s") if is_check else _("Godkänn anteckningarna från %(day)s"))
        % on,
        _("%(who)s lämnade över dem %(when)s.")
        % {"who": minutes.handed_over_by or meeting.team, "when": ago(handed_over, today)},
        _("Läs och justera") if is_check else _("Läs och godkänn"),
        one.url,
        is_late=by < today,
    )


def _advice(user: Person) -> Iterable[Waiting]:
    today = standing(user).day
    for advice in _ADVICE.all(me=user.pk, day=today):
        item = advice.item
        secret = is_secret(item)
        yield Waiting(
            WaitingKind.ADVICE,
            advice.answer_by,
            _("Ge %(who)s råd inför mötet %(day)s")
            % {"who": advice.asked_by, "day": day_short(item.meeting.held_on)}
            if secret
            else _("Ge %(who)s råd: %(title)s") % {"who": advice.asked_by, "title": item.title},
            _("Svar %(due)s.") % {"due": due(advice.answer_by, today)},
            _("Ge ditt råd"),
            reverse("meetings:advice", args=[advice.pk]),
            is_late=advice.answer_by < today,
            about=about_of(item.matter) if item.matter else about_of(advice),
        )


def _material(user: Person) -> Iterable[Waiting]:
    """Material that one owes oneself, a row for each meeting; that of others is on the meeting's page."""
    for owed in owed_by(user):
        if owed.count > 1:
            title = _("Lämna underlag till %(count)s punkter") % {"count": in_words(owed.count)}
        elif owed.title:
            title = _("Lämna underlag: %(title)s") % {"title": owed.title}
        else:
            title = _("Lämna underlag till en sekretessmarkerad punkt")
        words = {"day": day_short(owed.held_on), "due": day_short(owed.due_on)}
        yield Waiting(
            WaitingKind.MATERIAL,
            owed.due_on,
            title,
            _("Till mötet %(day)s. Underlaget ska vara klart %(due)s.") % words,
            _("Lägg till underlag"),
            owed.item_url if owed.count == 1 else owed.meeting_url,
            is_late=owed.is_late,
            about=owed.about,
        )


def _pulses(user: Person) -> Iterable[Waiting]:
    since = timezone.now() - PULSE_OPEN_FOR
    for invitation in _PULSES.all(me=user.pk, since=since):
        meeting = invitation.meeting
        ended = timezone.localdate(meeting.ended_at) if meeting.ended_at else meeting.held_on
        yield Waiting(
            WaitingKind.PULSE,
            ended + PULSE_OPEN_FOR,
            _("Hur var mötet %(day)s?") % {"day": day_short(meeting.held_on)},
            _("%(team)s. Fem frågor, en halv minut.") % {"team": meeting.team},
            _("Svara"),
            reverse("meetings:pulse", args=[meeting.team.slug, meeting.slug]),
        )


_FOUND_BY: dict[Source, Callable[[Person], Iterable[Waiting]]] = {
    Source.MEETINGS: _meetings,
    Source.MINUTES: _minutes,
    Source.ADVICE: _advice,
    Source.MATERIAL: _material,
    Source.PULSES: _pulses,
}


def next_meeting(user: User) -> NextMeeting | None:
    """The meeting that goes on or comes next for `user`, within a month. Three queries at most."""
    here = standing(user)
    meeting = _NEXT.first(me=here.person_id, day=here.day, until=here.day + MONTH)
    return _next(user, meeting) if meeting else None


def next_of(user: User, team: Team) -> NextMeeting | None:
    """The meeting of `team` that goes on or comes next within a month. Three queries at most."""
    day = standing(user).day
    meeting = _NEXT_OF.first(team=team.pk, day=day, until=day + MONTH)
    return _next(user, meeting) if meeting else None


def meeting_of(matter: Matter) -> Meeting | None:
    """The meeting on whose agenda the matter stands, or stood last. One query."""
    item = _TAKEN_UP.first(matter=matter.pk)
    return item.meeting if item else None


def _next(user: User, meeting: Meeting) -> NextMeeting:
    items = _ITEMS.all(meeting=meeting.pk)
    for item in items:
        item.meeting = meeting
    hidden = hidden_from(user, meeting, items)
    spoken = [item for item in items if not item.is_in_writing]
    people = _PEOPLE.all(meeting=meeting.pk)
    absent = [each.person for each in people if each.presence == Presence.ABSENT]
    return NextMeeting(
        meeting=meeting,
        strip=parts((item.purpose, item.minutes) for item in spoken),
        lines=[_line(item, is_hidden=item.pk in hidden) for item in spoken],
        expected=len(people) - len(absent),
        absent=absent,
        goes_on=meeting.state == MeetingState.OPEN,
    )


def _line(item: AgendaItem, *, is_hidden: bool) -> NextLine:
    return NextLine(
        title=_("Sekretessmarkerad punkt") if is_hidden else item.title,
        what=str(VERBS[item.purpose]),
        minutes=item.minutes,
        is_ready=is_hidden or not item.needs_material or item.ready_at is not None,
    )


def _of_meetings(*, me: int, teams: list[int], day: dt.date, until: dt.date) -> "QuerySet[Meeting]":
    mine = Attendee.objects.filter(person=me).order_by().values("meeting")
    left = who_sees_to_it(day).filter(person=me).values("team")
    return Meeting.objects.filter(
        Q(state=MeetingState.OPEN, pk__in=mine)
        | Q(pk__in=never_opened(day).filter(team__in=left).order_by().values("pk"))
        | Q(state=MeetingState.PLANNED, team__in=teams, held_on__gte=day, held_on__lte=until)
    ).order_by("held_on", "starts_at", "pk")


_MEETINGS: PreparedObjects[Meeting] = PreparedObjects(
    _of_meetings, ("team", "kind"), me=int, teams=list, day=dt.date, until=dt.date
)
_ADVICE: PreparedObjects[Advice] = PreparedObjects(
    lambda me, day: Advice.objects.filter(
        asked_of=me,
        given_at=None,
        declined_at=None,
        item__state=ItemState.COMING,
        item__meeting__state__in=list(COMING),
        item__meeting__held_on__gte=day,
    ).order_by("answer_by", "pk"),
    ("item__meeting__team", "item__matter", "item__decision", "asked_by"),
    me=int,
    day=dt.date,
)
_PULSES: PreparedObjects[PulseInvitation] = PreparedObjects(
    lambda me, since: PulseInvitation.objects.filter(
        person=me, is_used=False, meeting__ended_at__gt=since
    ).order_by("meeting"),
    ("meeting__team",),
    me=int,
    since=dt.datetime,
)
_NEXT: PreparedObjects[Meeting] = PreparedObjects(
    lambda me, day, until: Meeting.objects.filter(
        Q(state=MeetingState.OPEN) | Q(state__in=list(COMING), held_on__gte=day, held_on__lte=until),
        attendees__person=me,
    ).order_by("held_on", "starts_at", "pk")[:1],
    ("team",),
    me=int,
    day=dt.date,
    until=dt.date,
)
_NEXT_OF: PreparedObjects[Meeting] = PreparedObjects(
    lambda team, day, until: Meeting.objects.filter(
        Q(state=MeetingState.OPEN) | Q(state__in=list(COMING), held_on__gte=day, held_on__lte=until),
        team=team,
    ).order_by("held_on", "starts_at", "pk")[:1],
    ("team",),
    team=int,
    day=dt.date,
    until=dt.date,
)
_ITEMS: PreparedObjects[AgendaItem] = PreparedObjects(
    lambda meeting: AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk"),
    ("matter", "decision"),
    meeting=int,
)
_TAKEN_UP: PreparedObjects[AgendaItem] = PreparedObjects(
    lambda matter: (
        AgendaItem.objects.filter(matter=matter)
        .exclude(meeting__state=MeetingState.CANCELLED)
        .order_by("-meeting__held_on", "-meeting__starts_at", "-pk")[:1]
    ),
    ("meeting__team",),
    matter=int,
)
_PEOPLE: PreparedObjects[Attendee] = PreparedObjects(
    lambda meeting: Attendee.objects.filter(meeting=meeting).order_by("pk"), ("person",), meeting=int
)
