"""Whose turn it is to lead: set the order, swap two turns, skip one."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from styrfart.meetings import facts_plans as facts
from styrfart.meetings.actions.changing import hand_over_frame, lock_coming, save_plan
from styrfart.meetings.actions.telling_plans import tell_leaders
from styrfart.meetings.models import Meeting, MeetingKind, MeetingState, RotaPlace
from styrfart.meetings.queries.expected import there_on, to_seats
from styrfart.meetings.queries.rota import choose_leader, coming_of, turns_of
from styrfart.meetings.turns import Turns
from styrfart.people.models import Person, Team
from styrfart.shared import audit


@transaction.atomic
def set_rota(*, kind: MeetingKind, people: Sequence[Person], revision: int, actor: Person) -> list[Meeting]:
    """Let people lead in this order, the first at the next meeting that is not yet called; without people the
    chair leads. Those who lead other meetings than before get one letter each. Gives the meetings changed.
    """
    Team.objects.select_for_update().get(pk=kind.team_id)
    fresh = MeetingKind.objects.select_for_update(of=("self",)).select_related("team").get(pk=kind.pk)
    if fresh.revision != revision:
        raise facts.PlanChanged
    before = list(RotaPlace.objects.filter(kind=fresh).values_list("person_id", flat=True))
    after = [person.pk for person in people]
    if before == after:
        return []
    RotaPlace.objects.filter(kind=fresh).delete()
    RotaPlace.objects.bulk_create(
        RotaPlace(kind=fresh, position=position, person=person) for position, person in enumerate(people, 1)
    )
    MeetingKind.objects.filter(pk=fresh.pk).update(revision=F("revision") + 1)
    changed = _deal(fresh, after)
    audit.record(
        "meetings.set_rota",
        fresh,
        actor=actor,
        concerns=people,
        detail={"order": [None, ", ".join(map(str, people))]},
    )
    tell_leaders(changed, but=[actor], by=actor)
    return [meeting for meeting, _former in changed]


def _deal(kind: MeetingKind, order: Sequence[int]) -> list[tuple[Meeting, Person]]:
    """Give the coming meetings that are not called leaders by the order, from its beginning."""
    today = timezone.localdate()
    meetings = [each for each in coming_of(kind, today) if each.state == MeetingState.PLANNED]
    if not meetings:
        return []
    seats = to_seats(kind.team, meetings[0].held_on, meetings[-1].held_on)
    turns = Turns(order)
    changed = []
    for meeting in meetings:
        leader = choose_leader(turns, there_on(seats, meeting.held_on), meeting.leader)
        if leader != meeting.leader:
            former = meeting.leader
            _lead(meeting, leader)
            changed.append((meeting, former))
    return changed


def _lead(meeting: Meeting, leader: Person) -> None:
    former, meeting.leader = meeting.leader, leader
    hand_over_frame(meeting, former)
    save_plan(meeting)


@transaction.atomic
def swap_leaders(*, meeting: Meeting, other: Meeting, revision: int, actor: Person) -> None:
    """Let the leaders of two coming meetings of a team take each other's; both are told.

    LeaderIsNotThere when one of them has left the team by the other's day, or has not come yet.
    """
    first, second = lock_coming(meeting, revision=revision), lock_coming(other)
    if first.team_id != second.team_id or first.leader == second.leader:
        raise facts.CannotSwap
    if not _both_can(first, second):
        raise facts.LeaderIsNotThere
    _swap(first, second)
    audit.record(
        "meetings.swap_leaders",
        first,
        actor=actor,
        concerns=[first.leader, second.leader],
        detail={"with": [None, second.slug]},
    )
    tell_leaders([(first, second.leader), (second, first.leader)], but=[actor], by=actor)


def _both_can(first: Meeting, second: Meeting) -> bool:
    """Whether the leader of each has a seat on the other's day. One query."""
    seats = to_seats(first.team, *sorted((first.held_on, second.held_on)))
    return all(
        meeting.leader_id in {seat.person.pk for seat in there_on(seats, day)}
        for meeting, day in ((first, second.held_on), (second, first.held_on))
    )


def _swap(first: Meeting, second: Meeting) -> None:
    mine, theirs = first.leader, second.leader
    _lead(first, theirs)
    _lead(second, mine)


@transaction.atomic
def skip_turn(*, meeting: Meeting, revision: int, actor: Person) -> Meeting:
    """Let the next in turn lead a meeting; whoever was skipped leads the meeting that the next one had.

    Is no later meeting planned, the skipped one comes first when it is. Both are told. NobodyElseLeads when
    nobody else is in the rota and the team that day.
    """
    fresh = lock_coming(meeting, revision=revision)
    if fresh.kind is None:
        raise facts.NobodyElseLeads
    later = _next_of_another(fresh)
    former = fresh.leader
    if later is not None:
        _swap(fresh, later)
        changed = [(fresh, former), (later, fresh.leader)]
    else:
        _lead(fresh, _next_in_turn(fresh))
        changed = [(fresh, former)]
    audit.record("meetings.skip_turn", fresh, actor=actor, concerns=[former, fresh.leader], detail={})
    tell_leaders(changed, but=[actor], by=actor)
    return fresh


def _next_of_another(meeting: Meeting) -> Meeting | None:
    """The next meeting of the kind that somebody else leads, where each could lead the other's."""
    if meeting.kind is None:
        return None
    coming = coming_of(meeting.kind, meeting.held_on)
    seats = to_seats(
        meeting.team, meeting.held_on, max([each.held_on for each in coming], default=meeting.held_on)
    )
    here = {seat.person.pk for seat in there_on(seats, meeting.held_on)}
    for other in coming:
        is_later = (other.held_on, other.starts_at) > (meeting.held_on, meeting.starts_at)
        there = {seat.person.pk for seat in there_on(seats, other.held_on)}
        if (
            is_later
            and other.leader != meeting.leader
            and other.leader_id in here
            and meeting.leader_id in there
        ):
            return lock_coming(other)
    return None


def _next_in_turn(meeting: Meeting) -> Person:
    """Who leads when there is no later meeting to swap with."""
    assert meeting.kind  # noqa: S101  # asked by the caller
    seats = there_on(to_seats(meeting.team, meeting.held_on, meeting.held_on), meeting.held_on)
    others = {seat.person.pk: seat.person for seat in seats if seat.person != meeting.leader}
    found = turns_of(meeting.kind, before=meeting.held_on).next(others)
    if found is None:
        raise facts.NobodyElseLeads
    return others[found]
