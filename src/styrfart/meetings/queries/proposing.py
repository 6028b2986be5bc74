"""A draft of an agenda: what waits, what the year brings, what falls due; the kernel chooses and says why."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from styrfart.decisions.models import Decision
from styrfart.kernel.agenda import MOST, Candidate, Placed, Why, draft
from styrfart.mandates.queries import adopted_in_brief
from styrfart.matters.models import ItemPurpose, Matter, MatterLevel
from styrfart.meetings.models import (
    COMING,
    AgendaItem,
    Entry,
    EntryKind,
    ItemSource,
    ItemState,
    Meeting,
    WheelItem,
)
from styrfart.meetings.purposes import MOST_INFORMATION
from styrfart.meetings.queries.agenda import items_of, sorted_out
from styrfart.meetings.queries.expected import teammates
from styrfart.meetings.queries.queue import Waiting, decisions_to_follow, waiting_matters
from styrfart.meetings.queries.wheel import Due, due_for
from styrfart.people.models import Person
from styrfart.people.standing import User

# Minutes for what does not say how long it takes.
MINUTES_OF_MATTER, MINUTES_OF_DECISION, MINUTES_OF_PARKED = 15, 10, 10
# Days to the next meeting when none is planned.
UNKNOWN_INTERVAL = 28
# In which order the meeting takes up what is proposed: what it decides while it is fresh.
ORDER = (
    ItemPurpose.DECISION,
    ItemPurpose.ADVICE,
    ItemPurpose.DIALOGUE,
    ItemPurpose.FOLLOW_UP,
    ItemPurpose.INFORMATION,
)


@dataclass(frozen=True)
class Proposed:
    """Something that could be taken up, with all that an agenda item needs."""

    key: str  # "matter-41", "wheel-7-2026", "decision-12", "parked-3"
    title: str
    purpose: ItemPurpose
    level: MatterLevel
    minutes: int
    owner: Person
    outcome: str
    source: ItemSource
    latest_on: dt.date | None
    waits_since: dt.date | None
    before: AgendaItem | None  # the same question at an earlier meeting
    matter: Matter | None = None
    decision: Decision | None = None
    wheel_item: WheelItem | None = None
    wheel_year: int | None = None
    parked: Entry | None = None
    is_ready: bool = True


@dataclass(frozen=True)
class Placing:
    """Something proposed, and why it is chosen or left."""

    proposed: Proposed
    why: tuple[Why, ...]


@dataclass(frozen=True)
class DraftAgenda:
    """What the draft would put on the agenda, what it leaves, and what it counts with."""

    chosen: list[Placing]
    left: list[Placing]
    in_writing: list[Proposed]
    minutes: int  # of the chosen
    minutes_free: int  # before them
    over: int
    next_on: dt.date | None


def draft_agenda(user: User, meeting: Meeting) -> DraftAgenda:
    """The draft for `meeting` as `user` may see it. Thirteen queries at most, however much waits."""
    next_on = next_meeting_day(meeting)
    found = _candidates(user, meeting, next_on)
    in_writing = [each for each in found if each.purpose == ItemPurpose.INFORMATION and not each.before]
    # What is least pressing of several hundred is not weighed: the queue tells of it.
    spoken = sorted((each for each in found if each not in in_writing), key=_pressing)[:MOST]
    ordered, _written, _left = sorted_out(items_of(meeting))
    taken: dict[str, int] = {}
    for item in ordered:
        taken[item.purpose] = taken.get(item.purpose, 0) + item.minutes
    free = max(meeting.minutes - sum(taken.values()), 0)
    days = (next_on - meeting.held_on).days if next_on else UNKNOWN_INTERVAL
    mandate = next(iter(adopted_in_brief([meeting.team_id])), None)
    shares = dict(mandate.target_mix) if mandate else {}
    result = draft(
        [_candidate(each, meeting.held_on) for each in spoken],
        minutes=free,
        next_in=max(days, 1),
        shares=shares or {ItemPurpose.INFORMATION: MOST_INFORMATION},
        taken=taken,
    )
    by_key = {each.key: each for each in spoken}
    chosen = sorted(_placings(result.chosen, by_key), key=_place)
    return DraftAgenda(
        chosen=chosen,
        left=_placings(result.left, by_key),
        in_writing=in_writing,
        minutes=result.minutes,
        minutes_free=free,
        over=result.over,
        next_on=next_on,
    )


def next_meeting_day(meeting: Meeting) -> dt.date | None:
    """The day of the team's next meeting after this one. One query."""
    return (
        Meeting.objects.filter(team=meeting.team_id, state__in=COMING, held_on__gt=meeting.held_on)
        .order_by("held_on")
        .values_list("held_on", flat=True)
        .first()
    )


def _pressing(each: Proposed) -> dt.date:
    return each.latest_on or dt.date.max


def _candidates(user: User, meeting: Meeting, next_on: dt.date | None) -> list[Proposed]:
    next_on = next_on or meeting.held_on + dt.timedelta(days=UNKNOWN_INTERVAL)
    today = timezone.localdate()
    waiting = waiting_matters(user, meeting)
    before = _earlier([each.matter.pk for each in waiting])
    dues = due_for(meeting.team, min(today, meeting.held_on), next_on - dt.timedelta(days=1))
    return [
        *(_of_matter(each, before.get(each.matter.pk)) for each in waiting),
        *(_of_wheel(due, meeting) for due in dues),
        *(_of_decision(decision) for decision in decisions_to_follow(user, meeting)),
        *_of_parked(meeting, _parked(meeting)),
    ]


def _of_matter(waiting: Waiting, before: AgendaItem | None) -> Proposed:
    matter = waiting.matter
    return Proposed(
        key=f"matter-{matter.pk}",
        title=matter.question,
        purpose=ItemPurpose(matter.purpose),
        level=MatterLevel(matter.level),
        minutes=matter.minutes or MINUTES_OF_MATTER,
        owner=matter.owner or matter.handed_in_by,
        outcome=matter.outcome,
        source=ItemSource.MATTER,
        latest_on=matter.latest_on,
        waits_since=timezone.localdate(matter.handed_in_at) if matter.handed_in_at else None,
        before=before,
        matter=matter,
        # Sent back as not ready: whoever prepares it says when it is.
        is_ready=not (before and before.state == ItemState.RETURNED),
    )


def _of_wheel(due: Due, meeting: Meeting) -> Proposed:
    item = due.item
    return Proposed(
        key=f"wheel-{item.pk}-{due.year}",
        title=item.title,
        purpose=ItemPurpose(item.purpose),
        level=MatterLevel(item.level),
        minutes=item.minutes,
        owner=item.owner or meeting.leader,
        outcome=item.outcome,
        source=ItemSource.WHEEL,
        latest_on=due.due_on,
        waits_since=due.from_day,
        before=None,
        wheel_item=item,
        wheel_year=due.year,
    )


def _of_decision(decision: Decision) -> Proposed:
    return Proposed(
        key=f"decision-{decision.pk}",
        title=decision.effect_question[:200],
        purpose=ItemPurpose.FOLLOW_UP,
        level=MatterLevel.TACTICAL,
        minutes=MINUTES_OF_DECISION,
        owner=decision.owner,
        outcome=decision.effect_question[:200],
        source=ItemSource.DECISION,
        latest_on=decision.effect_on,
        waits_since=None,
        before=None,
        decision=decision,
    )


def _of_parked(meeting: Meeting, entries: list[Entry]) -> list[Proposed]:
    """Each with who parked it, or who leads when that person has left the team. One query."""
    if not entries:
        return []
    here = {person.pk for person in teammates(meeting.team, meeting.held_on)}
    return [
        Proposed(
            key=f"parked-{entry.pk}",
            title=entry.text[:200],
            purpose=ItemPurpose.DIALOGUE,
            level=MatterLevel.OPERATIONAL,
            minutes=MINUTES_OF_PARKED,
            owner=entry.author if entry.author_id in here else meeting.leader,
            outcome=entry.text[:200],
            source=ItemSource.OWN,
            latest_on=entry.take_up_on,
            waits_since=timezone.localdate(entry.at),
            before=None,  # it came up beside an item, and is another question
            parked=entry,
        )
        for entry in entries
    ]


def _parked(meeting: Meeting) -> list[Entry]:
    """Parked questions that were to be taken up by then, and that nobody has dealt with. One query."""
    return list(
        Entry.objects.filter(
            meeting__team=meeting.team_id,
            kind=EntryKind.PARKED,
            removed_at=None,
            taken_up_at=None,
            take_up_on__lte=meeting.held_on,
        )
        .exclude(meeting=meeting)
        # It would become an item of the team's own, with its words in letters.
        .exclude(item__matter__secrecy_ground__gt="")
        .exclude(item__decision__secrecy_ground__gt="")
        .select_related("author")
        .order_by("take_up_on", "pk")
    )


def _earlier(matters: list[int]) -> dict[int, AgendaItem]:
    """The last time that each matter was on an agenda and was not dealt with. One query."""
    items = AgendaItem.objects.filter(
        matter__in=matters, state__in=[ItemState.POSTPONED, ItemState.UNFINISHED, ItemState.RETURNED]
    ).order_by("meeting__held_on", "pk")
    return {item.matter_id: item for item in items if item.matter_id}


def _candidate(each: Proposed, held_on: dt.date) -> Candidate:
    return Candidate(
        key=each.key,
        purpose=each.purpose,
        minutes=each.minutes,
        latest_in=(each.latest_on - held_on).days if each.latest_on else None,
        waited=(held_on - each.waits_since).days if each.waits_since else 0,
        is_returning=each.before is not None and each.is_ready,
        is_ready=each.is_ready,
    )


def _placings(placed: tuple[Placed, ...], by_key: dict[str, Proposed]) -> list[Placing]:
    return [Placing(by_key[str(each.candidate.key)], each.why) for each in placed]


def _place(placing: Placing) -> tuple[bool, int, dt.date]:
    proposed = placing.proposed
    latest = proposed.latest_on or dt.date.max
    return Why.RETURNING not in placing.why, ORDER.index(proposed.purpose), latest
