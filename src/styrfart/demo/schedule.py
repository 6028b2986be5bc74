"""When everything happens: from texts and a day called today to dates. Nothing here touches the database."""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from styrfart.decisions.queries import Quarter, quarter_of
from styrfart.demo.days import Days
from styrfart.demo.library import DecisionText, MatterText

# Of the decisions before the mandate and after it: how many are carried out in time.
IN_TIME_BEFORE, IN_TIME_AFTER = 0.42, 0.72
IN_QUARTER = 11  # decisions that fall due in the office's latest whole quarter
HISTORY = 725  # days
# Of what was ready on a day, was routed on another and is decided by a third: the day of its meeting.
MeetingFor = Callable[[dt.date, dt.date, dt.date], dt.date]


@dataclass(frozen=True)
class Slot:
    """A matter and its days. None: has not happened."""

    text: MatterText
    handed_in: dt.date
    routed: dt.date | None = None
    decided: dt.date | None = None
    due: dt.date | None = None
    taken_on: dt.date | None = None
    done: dt.date | None = None
    effect_on: dt.date | None = None
    effect: dt.date | None = None


def plan(
    texts: Iterable[MatterText],
    days: Days,
    mandate_on: dt.date,
    rng: random.Random,
    meeting_for: MeetingFor | None = None,
) -> list[Slot]:
    """Every matter in its time, by the day it was handed in. The mandate parts the two years.

    What is decided in a meeting is decided on the day of one, as `meeting_for` says; without it at any time.
    """
    quarter = quarter_of(days.today).before
    rows = list(texts)
    is_paced = any(text.decision and text.decision.quarter is not None for text in rows)
    before = [text for text in rows if text.year == 1]
    after = [text for text in rows if text.year != 1]
    first = days.today - dt.timedelta(days=HISTORY)
    slots = _first_year(before, days, first, mandate_on - dt.timedelta(days=5), rng)
    slots += _second_year(after, days, mandate_on, quarter if is_paced else None)
    in_time = _in_time(before, IN_TIME_BEFORE, rng) | _in_time(after, IN_TIME_AFTER, rng)
    last_due = quarter.first - dt.timedelta(days=3) if is_paced else None
    timed = [_follow(slot, days, rng, in_time, last_due, meeting_for) for slot in slots]
    return sorted(timed, key=lambda slot: (slot.handed_in, slot.text.question))


def _first_year(
    texts: list[MatterText], days: Days, first: dt.date, last: dt.date, rng: random.Random
) -> list[Slot]:
    """Seasonal matters in their month, the rest spread out in a random order."""
    slots, free = [], []
    for text in texts:
        day = days.in_month(text.month, first, last) if text.month else None
        if text.is_last:
            day = days.workday(last - dt.timedelta(days=33))
        if day:
            slots.append(Slot(text, day))
        else:
            free.append(text)
    rng.shuffle(free)
    return slots + [
        Slot(text, day) for text, day in zip(free, days.spread(len(free), first, last), strict=True)
    ]


def _second_year(
    texts: list[MatterText], days: Days, mandate_on: dt.date, quarter: Quarter | None
) -> list[Slot]:
    """In the order of the files; what waits this morning came in the latest workdays, one a day."""
    slots: list[Slot] = []
    waiting = [text for text in texts if text.state == "inbox"]
    slots += [
        Slot(text, days.workdays_ago(min(len(waiting) - place, 4))) for place, text in enumerate(waiting)
    ]
    texts = [text for text in texts if text.state != "inbox"]
    fixed = [slot for text in texts if (slot := _fixed(text, days, quarter))]
    slots += fixed
    free = [text for text in texts if text not in {slot.text for slot in fixed}]
    start = mandate_on + dt.timedelta(days=4)
    if quarter is None:
        return slots + _evenly(free, days, start, days.today - dt.timedelta(days=24))
    turn = quarter.first - dt.timedelta(days=62)
    slots += _evenly([text for text in free if text.half < 2], days, start, turn)
    return slots + _evenly(
        [text for text in free if text.half == 2], days, turn, days.today - dt.timedelta(days=30)
    )


def _fixed(text: MatterText, days: Days, quarter: Quarter | None) -> Slot | None:
    """What the story must have on a certain day."""
    if text.ago is not None:
        return Slot(text, days.ago(text.ago))
    decision = text.decision
    if quarter is None or decision is None or decision.quarter is None:
        return None
    due = due_in_quarter(decision, days, quarter)
    lead = 49 if decision.quarter else 64
    return Slot(text, days.workday(due - dt.timedelta(days=lead)), due=due)


def due_in_quarter(decision: DecisionText, days: Days, quarter: Quarter) -> dt.date:
    """The day on which one of the quarter's decisions falls due.

    Recent late decisions may fell due in the same quarter when it has just ended; then the last of the late
    ones gives up its place, so that the quarter always tells the same.
    """
    place = decision.quarter or 0
    gives_way = place == IN_QUARTER and days.ago(6) <= quarter.last
    if place == 0 or gives_way:
        return days.workday(quarter.first - dt.timedelta(days=8))
    length = (quarter.last - quarter.first).days - 4
    return days.workday(quarter.first + dt.timedelta(days=3 + round(length * (place - 0.5) / IN_QUARTER)))


def _evenly(texts: list[MatterText], days: Days, first: dt.date, last: dt.date) -> list[Slot]:
    return [Slot(text, day) for text, day in zip(texts, days.spread(len(texts), first, last), strict=True)]


def _in_time(texts: list[MatterText], share: float, rng: random.Random) -> set[str]:
    """Questions of the matters whose decisions are carried out in time: exactly the share, at random."""
    decided = [text.question for text in texts if text.decision and text.decision.quarter is None]
    rng.shuffle(decided)
    return set(decided[: round(len(decided) * share)])


def _follow(
    slot: Slot,
    days: Days,
    rng: random.Random,
    in_time: set[str],
    last_due: dt.date | None,
    meeting_for: MeetingFor | None,
) -> Slot:
    """From handing in to effect, as far as it has come by yesterday evening."""
    text = slot.text
    if text.state == "inbox":
        return slot
    slow = text.year == 1
    routed = days.after(slot.handed_in, 5, 15) if slow else days.after(slot.handed_in, 1, 4)
    slot = replace(slot, routed=routed)
    decision = text.decision
    if decision is None:
        return slot
    decided = routed
    if text.route == "meeting":
        decided = days.after(routed, 8, 20) if slow else days.after(routed, 4, 7)
        if meeting_for:
            latest = slot.due or (days.ago(decision.due) if decision.due is not None else days.today)
            decided = meeting_for(decided, routed, latest)
    due = slot.due or _due(decision, decided, days, rng, None if text.half == 2 else last_due)
    is_on_time = not decision.is_late if decision.quarter is not None else text.question in in_time
    slot = replace(slot, decided=decided, due=due)
    return _carry_out(slot, decision, days, rng, is_on_time=is_on_time)


def _due(
    decision: DecisionText, decided: dt.date, days: Days, rng: random.Random, last: dt.date | None
) -> dt.date:
    if decision.due is not None:
        return days.ago(decision.due)
    due = days.workday(decided + dt.timedelta(days=rng.randint(24, 45)))
    return max(decided, min(due, days.workday(last))) if last else due


def _carry_out(
    slot: Slot, decision: DecisionText, days: Days, rng: random.Random, *, is_on_time: bool
) -> Slot:
    if slot.decided is None or slot.due is None:
        return slot
    yesterday = days.workdays_ago(1)
    taken_on = days.after(slot.decided, 0, 4) if decision.is_taken_on else None
    done: dt.date | None = None
    if decision.due is None:  # those with a day of their own are still open
        early, late = rng.randint(0, 8), rng.randint(6, 34)
        wanted = slot.due + dt.timedelta(days=-early if is_on_time else late)
        done = max(days.workday(wanted), slot.decided)
        if not is_on_time and done <= slot.due:
            done = slot.due + dt.timedelta(days=(7 - slot.due.weekday()) % 7 or 3)
        if done > yesterday:
            done = yesterday if not is_on_time and slot.due < yesterday else None
    if done and taken_on:
        taken_on = min(taken_on, done)
    return _see_effect(replace(slot, taken_on=taken_on, done=done), decision, days, rng)


def _see_effect(slot: Slot, decision: DecisionText, days: Days, rng: random.Random) -> Slot:
    if slot.due is None:
        return slot
    yesterday = days.workdays_ago(1)
    if decision.effect_ago == 0:
        return replace(slot, effect_on=days.today if slot.done else slot.due + dt.timedelta(days=75))
    if not decision.seen:
        ahead = days.today + dt.timedelta(days=rng.randint(12, 70))
        return replace(slot, effect_on=days.workday(max(slot.due + dt.timedelta(days=60), ahead)))
    wait = 25 if decision.quarter else rng.randint(55, 90)
    effect_on = days.ago(decision.effect_ago) if decision.effect_ago else slot.due + dt.timedelta(days=wait)
    effect_on = max(days.workday(effect_on), slot.due)
    if slot.done is None or max(effect_on, slot.done) > yesterday:
        later = max(effect_on, days.today + dt.timedelta(days=rng.randint(5, 30)))
        return replace(slot, effect_on=days.workday(later) if days.workday(later) >= slot.due else later)
    return replace(slot, effect_on=effect_on, effect=max(effect_on, slot.done))
