"""What planning needs to know: who is in the team on a day, and what stands in the way."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from styrfart.meetings import recurrence
from styrfart.meetings.models import (
    COMING,
    Attendee,
    Meeting,
    MeetingKind,
    MeetingState,
    Rhythm,
)
from styrfart.people.models import Person, Team, TeamMember
from styrfart.shared import workdays

ALIVE = COMING | {MeetingState.OPEN}


@dataclass(frozen=True)
class SeriesDay:
    """A day that a series gives, and what speaks against it."""

    slot: dt.date
    is_red: bool = False
    move_to: dt.date | None = None  # the workday that is proposed instead of a red day
    is_july: bool = False
    # At that hour, of the day that is proposed: the team's other meetings, and those expected elsewhere.
    own: tuple[Meeting, ...] = ()
    busy: tuple[Person, ...] = ()

    @property
    def is_clear(self) -> bool:
        return not (self.is_red or self.own or self.busy)


@dataclass(frozen=True)
class Preview:
    """The days of a series before it is planned."""

    days: list[SeriesDay] = field(default_factory=list)

    @property
    def marked(self) -> list[SeriesDay]:
        return [day for day in self.days if not day.is_clear or day.is_july]


# How many days a meeting on a red day may be moved.
FURTHEST = 7
# In July most of local government is on leave.
JULY = 7


def preview(
    team: Team,
    *,
    rhythm: Rhythm,
    first_on: dt.date,
    last_on: dt.date,
    starts_at: dt.time,
    minutes: int,
    besides: Sequence[int] = (),
    moves: bool = True,
) -> Preview:
    """Every day of the series with red days and collisions. Two queries; `besides` are meetings that go.

    `moves`: collisions of a red day are those of the workday that is proposed instead.
    """
    slots = recurrence.days(rhythm, first_on, last_on)
    if not slots:
        return Preview()
    shift = dt.timedelta(days=FURTHEST + 1)
    near = list(
        Meeting.objects.filter(
            state__in=ALIVE, held_on__gte=slots[0] - shift, held_on__lte=slots[-1] + shift, team=team
        )
        .exclude(pk__in=besides)
        .select_related("team")
    )
    elsewhere = _elsewhere(team, slots[0] - shift, slots[-1] + shift)
    found = []
    for slot in slots:
        is_red = not workdays.is_workday(slot)
        move_to = _nearest_workday(slot, slots) if is_red else None
        begins = timezone.make_aware(dt.datetime.combine(move_to if moves and move_to else slot, starts_at))
        ends = begins + dt.timedelta(minutes=minutes)
        found.append(
            SeriesDay(
                slot=slot,
                is_red=is_red,
                move_to=move_to,
                is_july=slot.month == JULY,
                own=tuple(each for each in near if each.begins < ends and begins < each.ends),
                busy=tuple(
                    {
                        row.person_id: row.person
                        for row in elsewhere
                        if row.meeting.begins < ends and begins < row.meeting.ends
                    }.values()
                ),
            )
        )
    return Preview(found)


def busy_at(meeting: Meeting) -> list[Person]:
    """Those expected at the meeting who are also expected elsewhere at that hour, by name. One query."""
    rows = Attendee.objects.filter(
        meeting__state__in=ALIVE,
        meeting__held_on__range=(
            meeting.held_on - dt.timedelta(days=1),
            meeting.held_on + dt.timedelta(days=1),
        ),
        person__in=Attendee.objects.filter(meeting=meeting).order_by().values("person"),
    ).exclude(meeting=meeting)
    found = {
        row.person.pk: row.person
        for row in rows.select_related("person", "meeting").order_by("person__name_key")
        if row.meeting.begins < meeting.ends and meeting.begins < row.meeting.ends
    }
    return list(found.values())


def _elsewhere(team: Team, first: dt.date, last: dt.date) -> list[Attendee]:
    """Where the people of the team are expected at the meetings of other teams."""
    return list(
        Attendee.objects.filter(
            meeting__state__in=ALIVE,
            meeting__held_on__gte=first,
            meeting__held_on__lte=last,
            person__in=TeamMember.objects.filter(team=team, valid_from__lte=last)
            .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
            .order_by()
            .values("person"),
        )
        .exclude(meeting__team=team)
        .select_related("meeting", "person")
        .order_by("person__name_key", "pk")
    )


def _nearest_workday(day: dt.date, taken: Sequence[dt.date]) -> dt.date | None:
    """The workday nearest to `day` within a week, sooner rather than later; none that the series has."""
    for distance in range(1, FURTHEST + 1):
        for other in (day - dt.timedelta(days=distance), day + dt.timedelta(days=distance)):
            if workdays.is_workday(other) and other not in taken:
                return other
    return None


def kind_on(kind: MeetingKind, day: dt.date) -> bool:
    """Whether meetings of the kind may be planned on `day`."""
    return kind.valid_to is None or day <= kind.valid_to


def obstacles(
    team: Team, day: dt.date, starts_at: dt.time, minutes: int, *, besides: Sequence[int] = ()
) -> SeriesDay:
    """What speaks against one meeting. Two queries."""
    found = preview(
        team,
        rhythm=Rhythm.WEEKLY,
        first_on=day,
        last_on=day,
        starts_at=starts_at,
        minutes=minutes,
        besides=besides,
        moves=False,
    )
    return found.days[0]


def kinds_on(team: Team, day: dt.date) -> list[MeetingKind]:
    """The kinds of meeting that the team has on `day`, by name. One query."""
    return list(MeetingKind.objects.on(day).filter(team=team).order_by("name"))
