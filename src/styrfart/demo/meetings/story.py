"""A team's meetings from first to last: what they took up before its history is told, their rows after it."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

from styrfart.demo.days import Days
from styrfart.demo.history import Room
from styrfart.demo.meetings import attendance, coming, pulses, structure, timing
from styrfart.demo.meetings.agendas import Composer, Held
from styrfart.demo.meetings.calendar import Calendar, Form, Pace, Sitting
from styrfart.demo.meetings.rows import Writer, Written
from styrfart.demo.meetings.sealing import Sealer
from styrfart.demo.schedule import Slot
from styrfart.meetings.starting_points import wheel

PACES = {
    "uk": Pace(has_weekly=True, meets_today=True),
    "vasterang": Pace(has_weekly=True),
}
PACE = Pace(strategy=(5, 11), development=(3, 10))
BULK = Pace(history=364, ahead=56, strategy=(), development=(10,))
# Of meeting time, to information: before the mandate and since.
SHARES = {"uk": (timing.INFORMED_BEFORE, timing.INFORMED_AFTER)}
# What belongs to a kind of meeting of its own, by how the wheel calls it.
OWN_FORM = {"strategy": Form.STRATEGY, "team": Form.DEVELOPMENT}
NEAR = dt.timedelta(days=30)


@dataclass
class Story:
    """The meetings of one team on their way to rows."""

    room: Room
    rng: random.Random
    mandate_on: dt.date
    calendar: Calendar
    held: list[Held]
    slots: list[Slot]
    due: dict[Sitting, list[str]]
    written: list[Written]


def pace_of(slug: str, *, is_told: bool) -> Pace:
    """How the team meets."""
    return PACES.get(slug, PACE) if is_told else BULK


def begin(
    room: Room,
    slots: Sequence[Slot],
    calendar: Calendar,
    days: Days,
    mandate_on: dt.date,
    codes: Sequence[str],
) -> Story:
    """Let the matters that are decided together be taken up in meetings, from the first to the last."""
    rng = room.town.chance(f"meetings/{room.team.slug}")
    since = calendar.sittings[0].day if calendar.sittings else days.today
    together = [
        slot
        for slot in slots
        if slot.text.route == "meeting" and slot.decided and since <= slot.decided < days.today
    ]
    for slot in together:
        calendar.meet_on(slot.decided or days.today)
    composer = Composer(room, rng, mandate_on, codes)
    due = _due(calendar.sittings, days.today)
    story = Story(room, rng, mandate_on, calendar, [], list(slots), due, [])
    latest = since - dt.timedelta(days=30)
    for sitting in calendar.sittings:
        if sitting.day >= days.today:
            break
        decided = [slot for slot in together if _takes_up(calendar, sitting, slot)]
        seen = [slot for slot in slots if slot.effect and latest < slot.effect <= sitting.day]
        is_ordinary = sitting.form is Form.ORDINARY
        story.held.append(
            composer.compose(sitting, decided, seen if is_ordinary else [], due.get(sitting, []))
        )
        latest = sitting.day if is_ordinary else latest
    shares = SHARES.get(room.team.slug, (rng.uniform(0.38, 0.52), rng.uniform(0.14, 0.27)))
    timing.weigh(story.held, days.today, mandate_on, shares)
    _hold(story, days)
    return story


def _hold(story: Story, days: Days) -> None:
    """Who came, when everything happened, and what the decisions need to know of it."""
    has_conflict = story.room.team.slug == "uk"
    for held in story.held:
        attendance.attend(story.room, held, story.rng)
        timing.time(held, days, story.rng)
        is_now = has_conflict and held.sitting.day >= story.mandate_on
        attendance.settle(story.room, held, story.rng, has_conflict=is_now)
        if any(point.excluded for point in held.points) and is_now:
            has_conflict = False


def _takes_up(calendar: Calendar, sitting: Sitting, slot: Slot) -> bool:
    """Whether this of the day's meetings decides it: the ordinary one, where there is one."""
    if slot.decided != sitting.day:
        return False
    forms = (Form.ORDINARY, Form.EXTRA, Form.WEEKLY)
    there = [one for one in calendar.sittings if one.day == sitting.day and one.form in forms]
    return sitting is min(there, key=lambda one: forms.index(one.form))


def _due(sittings: Sequence[Sitting], today: dt.date) -> dict[Sitting, list[str]]:
    """What of the wheel stands on which agenda."""
    found: dict[Sitting, list[str]] = {}
    for year in range(today.year - 2, today.year + 2):
        for key, values in wheel().items():
            day = dt.date(year, values.month, values.day)
            form = OWN_FORM.get(values.period, Form.ORDINARY)
            there = [one for one in sittings if one.form is form and abs(one.day - day) <= NEAR]
            if form is Form.ORDINARY:
                earliest = day - dt.timedelta(weeks=values.weeks_before)
                there = [one for one in there if earliest <= one.day <= day]
            if there:
                best = min(there, key=lambda one: abs(one.day - day))
                found.setdefault(best, []).append(key)
    return found


def write(story: Story) -> None:
    """The rows of everything but the minutes, and what is planned ahead. The team's history has been told."""
    room, days = story.room, story.room.town.days
    sittings = story.calendar.sittings
    if not sittings:
        return
    hangs_on = structure.build(room, sittings, min(sittings[0].day, days.today))
    writer = Writer(room, hangs_on, story.rng)
    story.written = [writer.write(held) for held in story.held]
    ahead = [one for one in sittings if one.day >= days.today]
    first = next((one for one in ahead if one.form is Form.ORDINARY), None)
    queued = [slot for slot in story.slots if slot.text.state == "queued" and slot.routed]
    for sitting in ahead:
        held = coming.agenda(room, sitting, queued, story.due.get(sitting, []), is_next=sitting is first)
        story.written.append(writer.write(held))
    if room.town.is_told:
        pulses.count(room, story.written, story.mandate_on, story.rng)


def seal(story: Story) -> None:
    """The minutes, and the notice of what comes; all that they are made of has been written."""
    Sealer(story.room, story.rng).seal(story.written)
    coming.call(story.room, [one for one in story.written if one.held.ended is None])
