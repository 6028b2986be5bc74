"""Whether anything may wait for somebody, asked of every room at once."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone

from styrfart.decisions.models import Action, Decision, Recipient
from styrfart.decisions.queries import CHAIR_AFTER, DueSource, for_chair
from styrfart.mandates.models import Mandate, MandateState
from styrfart.mandates.rules import VOTING
from styrfart.matters.models import ROUTABLE, HandOver, Matter, MatterState, Preparation
from styrfart.matters.queries import WaitingSource
from styrfart.meetings.models import (
    COMING,
    PULSE_OPEN_FOR,
    Advice,
    AgendaItem,
    Attendee,
    ItemState,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    PulseInvitation,
)
from styrfart.meetings.queries import FURTHEST_NOTICE, Source, never_opened, who_sees_to_it
from styrfart.people.models import Person, Post, Team, TeamMember, TeamRole
from styrfart.people.standing import standing
from styrfart.shared.prepared import Prepared

WHO_SORTS = [TeamRole.CHAIR, TeamRole.SECRETARY]


@dataclass(frozen=True)
class Gate:
    """Which rooms have to be asked. True where there may be something, False where there is nothing."""

    # At the desk: to sort, to answer, to complete, to prepare.
    routes: bool
    answers: bool
    questions: bool
    reports: bool
    # What falls due, and decisions to read.
    decisions: bool
    receipts: bool
    actions: bool
    to_confirm: bool
    to_review: bool
    keeps: bool  # the record of a team with decisions to report
    follows: bool  # matters of their own that are under way
    # Where in meetings there may be something.
    meetings: bool
    minutes: bool
    advice: bool
    material: bool
    pulses: bool

    @property
    def desk(self) -> bool:
        return bool(self.at_desk)

    @property
    def decided(self) -> bool:
        return bool(self.due)

    @property
    def at_desk(self) -> list[WaitingSource]:
        """Where at the desk to look."""
        asked = (
            (WaitingSource.ROUTES, self.routes),
            (WaitingSource.ANSWERS, self.answers),
            (WaitingSource.QUESTIONS, self.questions),
            (WaitingSource.REPORTS, self.reports),
        )
        return [source for source, is_there in asked if is_there]

    @property
    def due(self) -> list[DueSource]:
        """Where among decisions to look."""
        asked = (
            (DueSource.DECISIONS, self.decisions),
            (DueSource.RECEIPTS, self.receipts),
            (DueSource.ACTIONS, self.actions),
        )
        return [source for source, is_there in asked if is_there]

    @property
    def meets(self) -> list[Source]:
        """Where in meetings to look."""
        asked = (
            (Source.MEETINGS, self.meetings),
            (Source.MINUTES, self.minutes),
            (Source.ADVICE, self.advice),
            (Source.MATERIAL, self.material),
            (Source.PULSES, self.pulses),
        )
        return [source for source, is_there in asked if is_there]


def gate(user: Person) -> Gate:
    """One query. What a room then answers may still be nothing; what is False never is something."""
    day = standing(user).day
    rows = _GATE.rows(
        me=user.pk,
        day=day,
        long_ago=day - CHAIR_AFTER,
        ahead=day + FURTHEST_NOTICE,
        ended=timezone.now() - PULSE_OPEN_FOR,
    )
    return Gate(*(bool(value) for value in rows[0])) if rows else Gate(*[True] * len(fields(Gate)))


def _questions(
    *, me: int, day: dt.date, long_ago: dt.date, ahead: dt.date, ended: dt.datetime
) -> "QuerySet[Person, tuple[bool, ...]]":
    def seat(roles: Collection[TeamRole], **team: object) -> Exists:
        return Exists(TeamMember.objects.on(day).filter(person=me, role__in=roles, **team))

    open_overs = HandOver.objects.still_open()
    in_force = Decision.objects.in_force()
    stuck = open_overs.receiver_left(day).filter(matter__state=MatterState.HANDED_OVER)
    # By team and not by matter: few teams have ended, and their matters are found by an index.
    waits = Matter.objects.filter(team=OuterRef("pk"), state__in=ROUTABLE).order_by()
    left = Team.objects.filter(
        Q(Exists(waits)) | Exists(stuck.filter(matter__team=OuterRef("pk"))), valid_to__lt=day
    )
    is_mine = Q(owner=me) & (Q(distributed_at=None) | Q(done_at=None, due_on__lte=day) | _to_follow(day))
    to_route = (
        seat(WHO_SORTS, team__matters__state=MatterState.INBOX)
        | Exists(stuck.filter(matter__team__in=_teams(me, day, WHO_SORTS)))
        | Exists(left.filter(_is_below(me, day)))
    )
    decided = (
        Exists(in_force.filter(is_mine))
        | Exists(Decision.objects.filter(decided_by=me, review_on__lte=day))
        | Exists(in_force.filter(for_chair(day, long_ago), team__in=_teams(me, day, [TeamRole.CHAIR])))
    )
    to_report = Decision.objects.filter(is_to_be_reported=True, reported_on=None, withdrawn_at=None)
    kept = TeamMember.objects.on(day).filter(person=me, role=TeamRole.SECRETARY)
    unread = Mandate.objects.filter(state=MandateState.PROPOSED, team=OuterRef("team")).exclude(
        confirmations__person=me
    )
    # The day has passed, or somebody came after the mandate was adopted: the room says whether it matters.
    came = TeamMember.objects.on(day).filter(team=OuterRef("team"), valid_from__gt=OuterRef("adopted_on"))
    aged = Mandate.objects.filter(Q(review_on__lt=day) | Exists(came), state=MandateState.ADOPTED)
    aged = aged.filter(team=OuterRef("team"))
    chairs = TeamMember.objects.on(day).filter(person=me, role=TeamRole.CHAIR)
    votes = TeamMember.objects.on(day).filter(person=me, role__in=VOTING)
    return Person.objects.filter(pk=me).values_list(
        ExpressionWrapper(to_route, BooleanField()),
        Exists(open_overs.filter(to_person=me)),
        Exists(Matter.objects.filter(handed_in_by=me, state=MatterState.MORE_ASKED)),
        Exists(Preparation.objects.filter(owner=me, done_at=None, cancelled_at=None)),
        ExpressionWrapper(decided, BooleanField()),
        Exists(Recipient.objects.filter(person=me, received_at=None)),
        Exists(Action.objects.in_force().filter(owner=me, done_at=None, due_on__lte=day)),
        Exists(votes.filter(Exists(unread))),
        Exists(chairs.filter(Exists(aged))),
        Exists(kept.filter(Exists(to_report.filter(team=OuterRef("team"))))),
        Exists(Matter.objects.filter(handed_in_by=me, closed_at=None)),
        *_in_meetings(me, day, ahead, ended),
    )


def _in_meetings(
    me: int, day: dt.date, ahead: dt.date, ended: dt.datetime
) -> "list[Exists | ExpressionWrapper[Q]]":
    """A meeting that goes on, that nobody opened, or with a notice to send; minutes and so on."""
    handed_over = Minutes.objects.filter(state=MinutesState.HANDED_OVER)
    # Each by its own index.
    minutes = (
        Q(Exists(handed_over.filter(approver=me)))
        | Exists(handed_over.filter(checker=me, checked_at=None))
        | Exists(Minutes.objects.filter(state=MinutesState.DRAFT, meeting__secretary=me))
    )
    planned = Meeting.objects.filter(
        state=MeetingState.PLANNED,
        held_on__gte=day,
        held_on__lte=ahead,
        team=OuterRef("team"),
    )
    owed = AgendaItem.objects.filter(
        owner=me,
        state=ItemState.COMING,
        needs_material=True,
        ready_at=None,
        meeting__state__in=list(COMING),
        meeting__held_on__gte=day,
    )
    unopened = never_opened(day).filter(team=OuterRef("team"))
    to_see_to = Exists(who_sees_to_it(day).filter(Exists(unopened), person=me))
    open_ones = Meeting.objects.filter(state=MeetingState.OPEN).order_by().values("pk")
    goes_on = Exists(Attendee.objects.filter(person=me, meeting__in=open_ones))
    to_call = Exists(TeamMember.objects.on(day).filter(Exists(planned), person=me, role__in=WHO_SORTS))
    return [
        ExpressionWrapper(Q(goes_on) | to_call | to_see_to, BooleanField()),
        ExpressionWrapper(minutes, BooleanField()),
        Exists(Advice.objects.filter(asked_of=me, given_at=None, declined_at=None)),
        Exists(owed),
        Exists(PulseInvitation.objects.filter(person=me, is_used=False, meeting__ended_at__gt=ended)),
    ]


def _teams(me: int, day: dt.date, roles: Collection[TeamRole]) -> "QuerySet[TeamMember, Any]":
    """The teams in which somebody sits with one of these roles."""
    return TeamMember.objects.on(day).filter(person=me, role__in=roles).order_by().values("team")


def _is_below(me: int, day: dt.date) -> Q:
    """Of an ended team: whether somebody leads its unit or one above, by a post or as a chair."""
    below = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    headed = Post.objects.on(day).filter(person=me, is_head=True).order_by().alias(below=below)
    chaired = TeamMember.objects.on(day).filter(person=me, role=TeamRole.CHAIR).order_by().alias(below=below)
    return Q(
        Exists(headed.filter(below__startswith=F("unit__path")))
        | Exists(chaired.filter(below__startswith=F("team__unit__path")))
    )


def _to_follow(day: dt.date) -> Q:
    return Q(done_at__isnull=False, effect_at=None, effect_on__lte=day)


_GATE = Prepared(_questions, me=int, day=dt.date, long_ago=dt.date, ahead=dt.date, ended=dt.datetime)
