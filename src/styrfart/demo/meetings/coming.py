"""What lies ahead: the next meeting with its notice, and a meeting that can be opened at once."""

import datetime as dt
from collections.abc import Sequence

from styrfart.demo.history import IN_QUEUE, LEVELS, PURPOSES, Room, fill
from styrfart.demo.meetings.agendas import Held, Point, frame, outcome_of, standing
from styrfart.demo.meetings.calendar import Form, Sitting
from styrfart.demo.meetings.rows import Written
from styrfart.demo.meetings.texts import TalkText, notes, talks
from styrfart.demo.schedule import Slot
from styrfart.matters.models import Asked, ItemPurpose, MatterLevel
from styrfart.meetings.models import Advice, Attendee, ItemSource, MeetingState, Presence
from styrfart.meetings.queries.notice import notice_of
from styrfart.meetings.starting_points import wheel

# Notices go out a week ahead.
AHEAD = dt.timedelta(days=7)


def agenda(
    room: Room, sitting: Sitting, queued: Sequence[Slot], due: Sequence[str], *, is_next: bool
) -> Held:
    """What stands on the agenda of a coming meeting already."""
    if sitting.form is Form.EXTRA:
        return Held(sitting, [])
    points = standing(room, sitting.form)
    if is_next:
        points += [_matter(room, slot) for slot in queued]
        if room.team.slug == "uk":
            points += [_own(room, text) for text in talks("days", "next")]
    if sitting.day == room.town.today and room.team.slug == "uk":
        points += [_own(room, text) for text in talks("days", "today")]
    points += [_of_wheel(room, key) for key in due]
    return Held(sitting, frame(room, sitting.form, points))


def _matter(room: Room, slot: Slot) -> Point:
    """From the queue. What is to be thought about has no material yet."""
    text = slot.text
    return Point(
        source=ItemSource.MATTER,
        title=fill(text.question, slot.handed_in),
        purpose=PURPOSES[Asked(text.asks)],
        level=LEVELS.get(text.rule, MatterLevel.OPERATIONAL),
        minutes=IN_QUEUE.get(text.asks, 15),
        outcome=outcome_of(room, text),
        owner=room.head(text.source),
        slot=slot,
        needs_material=True,
        is_ready="förändringstryck" not in text.question,
    )


def _own(room: Room, text: TalkText) -> Point:
    return Point(
        source=ItemSource.OWN,
        title=text.title,
        purpose=ItemPurpose(text.purpose),
        level=MatterLevel(text.level),
        minutes=text.minutes,
        outcome=text.outcome,
        owner=room.head(text.unit),
        text=text,
        is_in_writing=text.is_in_writing,
        why=text.why,
        needs_material=bool(text.material),
        has_round=text.purpose == "decision",
    )


def _of_wheel(room: Room, key: str) -> Point:
    values = wheel()[key]
    return Point(
        source=ItemSource.WHEEL,
        title=values.title,
        purpose=ItemPurpose(values.purpose),
        level=MatterLevel(values.level),
        minutes=min(values.minutes, 60),
        outcome=values.outcome,
        owner=room.seats.chair,
        wheel=key,
        needs_material=True,
        is_ready=False,
    )


def call(room: Room, coming: Sequence[Written]) -> None:
    """The notices of the next week have gone, so has that of the next ordinary meeting. All is written."""
    days = room.town.days
    ordinary = next((one for one in coming if one.held.sitting.form is Form.ORDINARY), None)
    for one in coming:
        if one is not ordinary and one.held.sitting.day > days.today + AHEAD:
            continue
        meeting = one.meeting
        sent = days.at(days.workdays_ago(2), 14)
        is_away = one is ordinary and room.team.slug == "uk"
        if is_away:
            away = Attendee.objects.filter(meeting=meeting, person=room.head("trafik"))
            away.update(presence=Presence.ABSENT, excuse=notes().excuses[2])
        Attendee.objects.filter(meeting=meeting).exclude(presence=Presence.ABSENT).update(called_at=sent)
        meeting.called_with = notice_of(meeting).said
        meeting.state, meeting.called_at = MeetingState.CALLED, sent
        meeting.save(update_fields=["called_with", "state", "called_at"])
        if is_away:
            _ask(room, one, sent)


def _ask(room: Room, one: Written, sent: dt.datetime) -> None:
    """The head of HR wants the chair's advice before the meeting, and has that of the one who is away."""
    item = next(item for point, item in one.items.items() if point.text and point.has_round)
    by = one.meeting.held_on - dt.timedelta(days=1)
    for person, text in (
        (room.seats.chair, ""),
        (room.head("trafik"), "Ta tre dagar, men lägg den tredje på en plats där någon har löst samma sak."),
    ):
        room.town.store.add(
            Advice(
                item=item,
                asked_of=person,
                asked_by=item.owner,
                asked_at=sent + dt.timedelta(minutes=30),
                question="Vad skulle en tredje dag ge hos dig?",
                answer_by=by,
                text=text,
                given_at=sent + dt.timedelta(hours=2) if text else None,
                revision=2 if text else 1,
            )
        )
