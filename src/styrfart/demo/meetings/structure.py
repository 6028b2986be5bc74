"""A team's kinds of meeting, series, rota and annual wheel, begun from the product's own starting points."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from styrfart.demo.history import Room
from styrfart.demo.meetings.calendar import Form, Sitting
from styrfart.meetings.models import (
    MeetingKind,
    Rhythm,
    RotaPlace,
    Series,
    StandingItem,
    WheelItem,
    WheelYear,
)
from styrfart.meetings.starting_points import kinds, wheel
from styrfart.shared.workdays import is_workday

KEYS = uuid.UUID(
    "0f0d8c7e-64b5-4f7c-a1a4-6b9f0f1d2c33"
)  # our own name space: calendars know the same meetings
PLACES = ("Rum Kompassen", "Rum Ankaret", "Rum Fyren", "Rum Sjökortet", "Rum Lotsen")
CONTINUOUS = {Form.WEEKLY: Rhythm.WEEKLY, Form.ORDINARY: Rhythm.FORTNIGHTLY}


@dataclass
class Structure:
    """What the meetings of a team hang on."""

    place: str
    kinds: dict[Form, MeetingKind] = field(default_factory=dict)
    standing: dict[Form, list[StandingItem]] = field(default_factory=dict)
    series: dict[Form, Series] = field(default_factory=dict)
    wheel: dict[str, WheelItem] = field(default_factory=dict)


def build(room: Room, sittings: Sequence[Sitting], since: dt.date) -> Structure:
    """Everything that recurs."""
    found = Structure(place=PLACES[room.team.pk % len(PLACES)])
    forms = [form for form in Form if form is not Form.EXTRA and any(one.form is form for one in sittings)]
    for form in forms:
        _kind(room, found, form, since)
        if form in CONTINUOUS:
            _series(room, found, form, sittings, since)
    for key, values in wheel().items():
        found.wheel[key] = room.town.store.add(
            WheelItem(
                team=room.team,
                title=values.title,
                period=values.period,
                month=values.month,
                day=values.day,
                weeks_before=values.weeks_before,
                purpose=values.purpose,
                level=values.level,
                minutes=values.minutes,
                outcome=values.outcome,
                first_year=since.year,
            )
        )
    if room.town.is_told:
        _differ(room, found)
        _rota(room, found)
    return found


def _kind(room: Room, found: Structure, form: Form, since: dt.date) -> None:
    start = kinds()[form]
    values = start.values
    found.kinds[form] = room.town.store.add(
        MeetingKind(
            team=room.team,
            name=values.name,
            purpose=values.purpose,
            minutes=values.minutes,
            place=found.place,
            lead_days=values.lead_days,
            call_days=values.call_days,
            has_adjuncts=values.has_adjuncts,
            has_check_in=values.has_check_in,
            has_wrap_up=values.has_wrap_up,
            approve_days=values.approve_days,
            valid_from=since,
        )
    )
    found.standing[form] = [
        room.town.store.add(
            StandingItem(
                kind=found.kinds[form],
                position=position,
                title=each.title,
                purpose=each.purpose,
                level=each.level,
                minutes=each.minutes,
                outcome=each.outcome,
            )
        )
        for position, each in enumerate(start.standing, start=1)
    ]


def _series(room: Room, found: Structure, form: Form, sittings: Sequence[Sitting], since: dt.date) -> None:
    slots = [one.slot for one in sittings if one.form is form and one.slot]
    starts = [one.starts_at for one in sittings if one.form is form and one.slot]
    writer = room.seats.secretary or room.seats.chair
    found.series[form] = room.town.store.add(
        Series(
            kind=found.kinds[form],
            rhythm=CONTINUOUS[form],
            first_on=slots[0],
            last_on=slots[-1],
            starts_at=starts[0],
            uid=uuid.uuid5(KEYS, f"{room.team.slug}/{form}/series"),
            created_by=writer,
            created_at=room.town.days.at(room.town.days.workday(since - dt.timedelta(days=20)), 10),
        )
    )


def _differ(room: Room, found: Structure) -> None:
    """Last year the survey came later: the supplier was changed."""
    year = room.town.today.year - 1
    later = dt.date(year, 11, 29)
    while not is_workday(later):
        later += dt.timedelta(days=1)
    room.town.store.add(
        WheelYear(item=found.wheel["survey"], year=year, due_on=later, note="Enkäten bytte leverantör.")
    )


def _rota(room: Room, found: Structure) -> None:
    """Where a team meets every week, its members take turns to lead."""
    kind = found.kinds.get(Form.WEEKLY)
    if kind is None:
        return
    for position, person in enumerate(room.seats.all, start=1):
        room.town.store.add(RotaPlace(kind=kind, position=position, person=person))
