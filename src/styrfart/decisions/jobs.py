"""What falls due comes back by itself: reminders each morning, and drafts that have become records."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.models import UNDO_FOR, Action, Decision, Reminder, ReminderKind
from styrfart.decisions.queries import CHAIR_AFTER
from styrfart.people.models import Person, TeamMember, TeamRole
from styrfart.people.standing import standing
from styrfart.shared import mail
from styrfart.shared.jobs import Daily, Every, job, schedule
from styrfart.shared.models import RecordState

# A morning without a worker is made up for within so many days; what is older waits on the home page only.
MADE_UP_FOR = dt.timedelta(days=3)


@dataclass(frozen=True)
class _Call:
    """A reason to remind somebody of one thing."""

    person: Person
    kind: ReminderKind
    on: dt.date
    thing: Decision | Action


@job()
def remind() -> None:
    """Remind each person, in one mail, of what falls due today. Once more the same day it sends nothing."""
    today = timezone.localdate()
    calls: dict[Person, list[_Call]] = defaultdict(list)
    for call in [*_of_decisions(today), *_of_actions(today)]:
        calls[call.person].append(call)
    for person, theirs in calls.items():
        _send(person, theirs)


def _of_decisions(today: dt.date) -> Iterable[_Call]:
    """Owners on the day, chairs fourteen days later; owners of effects, deciders of reviews, on the day."""
    since = today - MADE_UP_FOR
    found = (
        Decision.objects.in_force()
        .filter(
            Q(done_at=None, due_on__range=(since, today))
            | Q(done_at=None, due_on__range=(since - CHAIR_AFTER, today - CHAIR_AFTER))
            | Q(done_at__isnull=False, effect_at=None, effect_on__range=(since, today))
            | Q(review_on__range=(since, today))
        )
        .select_related("team", "owner", "decided_by")
    )
    chairs = _chairs(today, {decision.team_id for decision in found})
    for decision in found:
        chair = chairs.get(decision.team_id)
        # Who may not read a secret decision is not reminded of it: the chair is.
        owner = decision.owner if _may_read(decision.owner, decision) else chair
        if decision.done_at is None:
            yield from _call(owner, ReminderKind.DUE, decision.due_on, decision, since, today)
            overdue_on = decision.due_on + CHAIR_AFTER
            if chair != owner:
                yield from _call(chair, ReminderKind.OVERDUE, overdue_on, decision, since, today)
        elif decision.effect_at is None:
            yield from _call(owner, ReminderKind.EFFECT, decision.effect_on, decision, since, today)
        if decision.review_on:
            yield from _call(
                decision.decided_by, ReminderKind.REVIEW, decision.review_on, decision, since, today
            )


def _of_actions(today: dt.date) -> Iterable[_Call]:
    since = today - MADE_UP_FOR
    for action in Action.objects.filter(done_at=None, due_on__range=(since, today)).select_related(
        "team", "owner"
    ):
        yield from _call(action.owner, ReminderKind.DUE, action.due_on, action, since, today)


def _call(
    person: Person | None,
    kind: ReminderKind,
    on: dt.date,
    thing: Decision | Action,
    since: dt.date,
    today: dt.date,
) -> Iterable[_Call]:
    if person is not None and since <= on <= today:
        yield _Call(person, kind, on, thing)


def _chairs(today: dt.date, teams: set[int]) -> dict[int, Person]:
    seats = TeamMember.objects.on(today).filter(team__in=teams, role=TeamRole.CHAIR)
    return {seat.team_id: seat.person for seat in seats.select_related("person")}


def _may_read(person: Person, decision: Decision) -> bool:
    return not decision.secrecy_ground or standing(person).is_in(decision.team_id)


@transaction.atomic
def _send(person: Person, calls: list[_Call]) -> None:
    """One mail about everything that has not been reminded of; each reason is remembered with it."""
    fresh = [call for call in calls if _is_first(call)]
    if not fresh:
        return
    mail.send(
        person,
        subject=_("Det här väntar på dig i dag"),
        template="decisions/mail/remind.txt",
        context={"calls": fresh},
        link="/",
    )


def _is_first(call: _Call) -> bool:
    """Whether nobody has reminded this person of this before; remembers that it is done now."""
    _reminder, is_first = Reminder.objects.get_or_create(
        person=call.person,
        kind=call.kind,
        on=call.on,
        decision=call.thing if isinstance(call.thing, Decision) else None,
        action=call.thing if isinstance(call.thing, Action) else None,
    )
    return is_first


@job()
def complete_records() -> None:
    """Write down that decisions which can no longer be undone are completed records."""
    Decision.objects.filter(
        record_state=RecordState.DRAFT, withdrawn_at=None, decided_at__lt=timezone.now() - UNDO_FOR
    ).update(record_state=RecordState.COMPLETED)
    Action.objects.filter(record_state=RecordState.DRAFT, done_at__isnull=False).update(
        record_state=RecordState.COMPLETED
    )
    Action.objects.filter(record_state=RecordState.COMPLETED, done_at=None).update(
        record_state=RecordState.DRAFT
    )


schedule("decisions.remind", remind, Daily(hour=6, minute=30))
schedule("decisions.complete_records", complete_records, Every(minutes=15))
