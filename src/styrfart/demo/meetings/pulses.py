"""The pulse of ordinary meetings: counted, never kept by person, and shown once enough have answered."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence

from django.conf import settings

from styrfart.demo.history import Room
from styrfart.demo.meetings.calendar import Form
from styrfart.demo.meetings.rows import Written
from styrfart.meetings.actions.pulse import ENDS
from styrfart.meetings.models import (
    PULSE_OPEN_FOR,
    Meeting,
    PulseInvitation,
    PulseQuestion,
    PulseRelease,
    PulseTally,
)

# The productive share of the time, in percent, before the mandate and now; and the other questions.
PRODUCTIVE, OTHERS = (60, 76), (3.1, 4.1)
ANSWERING = 0.3  # of those who were there
HOUR_OF_RELEASE = 5
Counts = dict[PulseQuestion, Counter[int]]


def count(room: Room, meetings: Sequence[Written], mandate_on: dt.date, rng: random.Random) -> None:
    """Invitations and counts of every ordinary meeting, and what has been released of them."""
    waiting: list[tuple[Meeting, Counts]] = []
    today = room.town.today
    for one in meetings:
        if one.held.sitting.form is not Form.ORDINARY or one.held.ended is None:
            continue
        day = one.held.sitting.day
        span = max((today - mandate_on).days, 1)
        progress = min(max((day - mandate_on).days / span, 0.0), 1.0)
        counts = _ask(room, one, progress, rng)
        if (one.held.ended + PULSE_OPEN_FOR).date() >= today:
            continue  # is still open
        waiting.append((one.meeting, counts))
        if min(sum(each[question].total() for _m, each in waiting) for question in PulseQuestion) >= (
            settings.MIN_ANSWERS
        ):
            _release(room, waiting)
            waiting = []


def _ask(room: Room, one: Written, progress: float, rng: random.Random) -> Counts:
    """Everybody who was there may answer; some do."""
    answered = 0
    for person in one.held.there:
        is_used = rng.random() < ANSWERING
        answered += is_used
        room.town.store.add(PulseInvitation(meeting=one.meeting, person=person, is_used=is_used))
    counts = {question: Counter[int]() for question in PulseQuestion}
    for question, tally in counts.items():
        for _ in range(answered):
            tally[_answer(question, progress, rng)] += 1
        for value in question.values_offered:
            room.town.store.add(
                PulseTally(meeting=one.meeting, question=question, value=value, count=tally[value])
            )
    return counts


def _answer(question: PulseQuestion, progress: float, rng: random.Random) -> int:
    low, high = PRODUCTIVE if question == PulseQuestion.TIME else OTHERS
    mean = low + (high - low) * progress
    if question == PulseQuestion.TIME:
        return min(100, max(0, round(rng.gauss(mean, 9) / 10) * 10))
    return min(5, max(1, round(rng.gauss(mean, 0.7))))


def _release(room: Room, waiting: Sequence[tuple[Meeting, Counts]]) -> None:
    """As `meetings.actions.release_pulse` does it the morning after the last has closed."""
    sums = {
        question: (
            sum(counts[question].total() for _meeting, counts in waiting),
            sum(value * times for _meeting, counts in waiting for value, times in counts[question].items()),
        )
        for question in PulseQuestion
    }
    last = waiting[-1][0]
    assert last.ended_at is not None  # noqa: S101  # only those are here
    closed = last.ended_at + PULSE_OPEN_FOR
    room.town.store.add(
        PulseRelease(
            team=room.team,
            first_meeting=waiting[0][0],
            last_meeting=last,
            meetings=len(waiting),
            answers=min(answers for answers, _total in sums.values()),
            threshold=settings.MIN_ANSWERS,
            means={
                question.value: round(min(max(total / answers, ENDS[question][0]), ENDS[question][1]), 1)
                for question, (answers, total) in sums.items()
            },
            released_at=room.town.days.at((closed + dt.timedelta(days=1)).date(), HOUR_OF_RELEASE),
        )
    )
