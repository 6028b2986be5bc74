"""The meeting pulse: asking, counting, and showing meetings together once enough have answered."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from styrfart.meetings.models import (
    PULSE_OPEN_FOR,
    THERE,
    Meeting,
    MeetingState,
    PulseInvitation,
    PulseQuestion,
    PulseRelease,
    PulseTally,
)
from styrfart.people.models import Person, Team

# The ends of what is shown: a mean at the very end would say what each of them answered.
ENDS = dict.fromkeys(PulseQuestion, (1.2, 4.8)) | {PulseQuestion.TIME: (5.0, 95.0)}
# A question that too few answer is waited for until this many times the threshold stands behind another.
PATIENCE = 2


class PulseIsClosed(Exception):
    """It is too late, or the person has answered already, or was not there."""


def closes_at(meeting: Meeting) -> dt.datetime | None:
    """The moment after which no more is counted; None before the meeting has ended."""
    return meeting.ended_at + PULSE_OPEN_FOR if meeting.ended_at else None


def is_pulse_open(meeting: Meeting) -> bool:
    """Whether answers are still counted, as far as the clock knows."""
    closes = closes_at(meeting)
    return closes is not None and timezone.now() < closes


@transaction.atomic
def invite_to_pulse(*, meeting: Meeting) -> None:
    """Let everybody who was there answer. Every count begins at nought, so that answering adds no row."""
    people = meeting.attendees.filter(presence__in=THERE).values_list("person", flat=True)
    PulseInvitation.objects.bulk_create(
        (PulseInvitation(meeting=meeting, person_id=person) for person in people), ignore_conflicts=True
    )
    PulseTally.objects.bulk_create(
        (
            PulseTally(meeting=meeting, question=question, value=value)
            for question in PulseQuestion
            for value in question.values_offered
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def answer_pulse(*, meeting: Meeting, answers: Mapping[PulseQuestion, int], actor: Person) -> None:
    """Count the answers and forget them. The log says nothing: it would say when.

    A question that is not in `answers` was passed over. Raises `PulseIsClosed`.
    """
    # The meeting is locked, so that what is released and what is counted never cross.
    meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    if not is_pulse_open(meeting) or _is_released(meeting):
        raise PulseIsClosed
    mine = PulseInvitation.objects.filter(meeting=meeting, person=actor, is_used=False)
    if not mine.update(is_used=True):
        raise PulseIsClosed
    for question, value in answers.items():
        PulseTally.objects.filter(meeting=meeting, question=question, value=value).update(
            count=F("count") + 1
        )


@transaction.atomic
def release_pulse(*, team: Team) -> PulseRelease | None:
    """Show the meetings since the last time together, if their pulses are closed and enough have answered.

    No meeting is ever in two releases, so that no subtraction between them leaves a smaller group. A question
    that few answer holds the others back until twice as many stand behind one of those; then it is left out.
    """
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    waiting = _closed_meetings(team)
    if not waiting:
        return None
    tallies = PulseTally.objects.filter(meeting__in=waiting).values_list("question", "value", "count")
    sums = {question: [0, 0] for question in PulseQuestion}
    for question, value, count in tallies:
        sums[PulseQuestion(question)][0] += count
        sums[PulseQuestion(question)][1] += count * value
    enough = {question: row for question, row in sums.items() if row[0] >= settings.MIN_ANSWERS}
    most = max(count for count, _total in sums.values())
    if len(enough) < len(sums) and most < PATIENCE * settings.MIN_ANSWERS:
        return None
    return PulseRelease.objects.create(
        team=team,
        first_meeting=waiting[0],
        last_meeting=waiting[-1],
        meetings=len(waiting),
        answers=min(count for count, _total in enough.values()),
        threshold=settings.MIN_ANSWERS,
        means={question: _shown(question, total / count) for question, (count, total) in enough.items()},
    )


def _shown(question: PulseQuestion, mean: float) -> float:
    lowest, highest = ENDS[question]
    return round(min(max(mean, lowest), highest), 1)


def _closed_meetings(team: Team) -> list[Meeting]:
    """Ended meetings after the last that was released, in order, up to the first that is still open."""
    meetings = Meeting.objects.filter(team=team, state=MeetingState.ENDED).order_by("ended_at", "pk")
    last = PulseRelease.objects.filter(team=team).aggregate(last=Max("last_meeting__ended_at"))["last"]
    if last:
        meetings = meetings.filter(ended_at__gt=last)
    unused = set(
        PulseInvitation.objects.filter(meeting__in=meetings, is_used=False)
        .order_by()
        .values_list("meeting", flat=True)
    )
    closed = []
    for meeting in meetings.filter(pulse_invitations__isnull=False).distinct():
        if meeting.pk in unused and is_pulse_open(meeting):
            break
        closed.append(meeting)
    return closed


def _is_released(meeting: Meeting) -> bool:
    last = PulseRelease.objects.filter(team=meeting.team_id).aggregate(last=Max("last_meeting__ended_at"))[
        "last"
    ]
    return bool(last and meeting.ended_at and meeting.ended_at <= last)
