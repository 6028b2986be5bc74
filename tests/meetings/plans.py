"""What the tests of planning share: a kind with something in it, a series, one meeting."""

import datetime as dt

from styrfart.matters.models import ItemPurpose
from styrfart.meetings import actions
from styrfart.meetings.actions.changing import as_planned
from styrfart.meetings.models import Attendee, Meeting, MeetingKind, Rhythm, StandingItem
from styrfart.people.models import Person, Team
from tests import make

THURSDAY = dt.date(2027, 1, 14)
NINE = dt.time(9, 0)


def whole_kind(team: Team) -> MeetingKind:
    """With check-in, wrap-up and one standing item of the leader's."""
    made = make.meeting_kind(team)
    StandingItem.objects.create(
        kind=made,
        position=1,
        title="Läget sedan sist",
        purpose=ItemPurpose.FOLLOW_UP,
        level="tactical",
        minutes=15,
        outcome="Vi vet vad som har hänt.",
    )
    return made


def series(kind: MeetingKind, actor: Person, *, first: dt.date = THURSDAY, number: int = 4) -> list[Meeting]:
    """Every other Thursday, from 14 January 2027."""
    days = [first + dt.timedelta(weeks=2 * at) for at in range(number)]
    actions.plan_series(
        kind=kind,
        rhythm=Rhythm.FORTNIGHTLY,
        first_on=days[0],
        last_on=days[-1],
        starts_at=NINE,
        days=[(day, day) for day in days],
        actor=actor,
    )
    return list(Meeting.objects.filter(kind=kind))


def single(team: Team, actor: Person, *, kind: MeetingKind | None = None, day: dt.date = THURSDAY) -> Meeting:
    return actions.plan_meeting(
        team=team, kind=kind, wish=actions.Wish(held_on=day, starts_at=NINE, minutes=90), actor=actor
    )


def changed(meeting: Meeting, **to: object) -> actions.Change:
    values = {name: getattr(as_planned(meeting), name) for name in actions.Change.__dataclass_fields__}
    return actions.Change(**{**values, **to})


def people_at(meeting: Meeting) -> list[tuple[str, str]]:
    rows = Attendee.objects.filter(meeting=meeting).order_by("person__name_key")
    return [(row.person.full_name, row.role) for row in rows]
