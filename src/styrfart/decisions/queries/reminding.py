"""Who is to be told what today: what falls due comes back by itself. The letter is another room's."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from styrfart.decisions.models import Action, Decision, Reminder, ReminderKind
from styrfart.decisions.queries.due import CHAIR_AFTER
from styrfart.people.models import Person, TeamMember, TeamRole
from styrfart.people.standing import standing
from styrfart.shared.templatetags.words import day

# A morning without a letter is made up for within so many days; what is older waits on the home page only.
MADE_UP_FOR = dt.timedelta(days=3)


@dataclass(frozen=True)
class Call:
    """A reason to remind somebody of one thing."""

    person: Person
    kind: ReminderKind
    on: dt.date
    thing: Decision | Action

    @property
    def url(self) -> str:
        return self.thing.get_absolute_url()

    @property
    def told(self) -> str:
        """The reason as a sentence, in the language of the moment. Never the words of the decision."""
        if isinstance(self.thing, Action):
            words = {"team": self.thing.team, "day": day(self.on)}
            return _("En åtgärd i %(team)s ska vara klar %(day)s.") % words
        decision = self.thing
        words = {"number": decision.number, "team": decision.team, "day": day(decision.due_on)}
        match self.kind:
            case ReminderKind.DUE:
                return (
                    _("Beslut %(number)s i %(team)s ska vara genomfört %(day)s. Rapportera hur det går.")
                    % words
                )
            case ReminderKind.OVERDUE:
                return _(
                    "Beslut %(number)s i %(team)s skulle ha varit genomfört %(day)s. %(owner)s äger det."
                ) % {**words, "owner": decision.owner}
            case ReminderKind.EFFECT:
                return _("Effekten av beslut %(number)s i %(team)s ska följas.") % words
            case _:
                return _("Beslut %(number)s i %(team)s ska ses över.") % words


def to_remind(today: dt.date, people: Collection[int] | None = None) -> dict[int, list[Call]]:
    """What each person (of `people`, by id) has not been reminded of and is to hear today. Four queries."""
    since = today - MADE_UP_FOR
    said = set(
        Reminder.objects.filter(on__range=(since, today)).values_list(
            "person", "kind", "on", "decision", "action"
        )
    )
    calls: dict[int, list[Call]] = defaultdict(list)
    for call in [*_of_decisions(today, people), *_of_actions(today, people)]:
        is_decision = isinstance(call.thing, Decision)
        ids = (call.thing.pk, None) if is_decision else (None, call.thing.pk)
        is_asked = people is None or call.person.pk in people
        if is_asked and since <= call.on <= today and (call.person.pk, call.kind, call.on, *ids) not in said:
            calls[call.person.pk].append(call)
    return dict(calls)


def _of_decisions(today: dt.date, people: Collection[int] | None) -> Iterable[Call]:
    """Owners on the day, chairs fourteen days later; owners of effects, deciders of reviews, on the day."""
    since = today - MADE_UP_FOR
    found = Decision.objects.in_force().filter(
        Q(done_at=None, due_on__range=(since, today))
        | Q(done_at=None, due_on__range=(since - CHAIR_AFTER, today - CHAIR_AFTER))
        | Q(done_at__isnull=False, effect_at=None, effect_on__range=(since, today))
        | Q(review_on__range=(since, today))
    )
    if people is not None:
        chaired = TeamMember.objects.on(today).filter(person__in=people, role=TeamRole.CHAIR).values("team")
        found = found.filter(Q(owner__in=people) | Q(decided_by__in=people) | Q(team__in=chaired))
    decisions = list(found.select_related("team", "owner", "decided_by").order_by("pk"))
    chairs = _chairs(today, {decision.team_id for decision in decisions})
    for decision in decisions:
        yield from _of_decision(decision, chairs.get(decision.team_id))


def _of_decision(decision: Decision, chair: Person | None) -> Iterable[Call]:
    # Who has left, or may not read a secret decision, is not reminded of it: the chair is.
    owner = decision.owner if decision.owner.is_active and _may_read(decision.owner, decision) else chair
    reviewer = decision.decided_by if decision.decided_by.is_active else chair
    if decision.done_at is None:
        if owner is not None:
            yield Call(owner, ReminderKind.DUE, decision.due_on, decision)
        if chair is not None and chair != owner:
            yield Call(chair, ReminderKind.OVERDUE, decision.due_on + CHAIR_AFTER, decision)
    elif decision.effect_at is None and owner is not None:
        yield Call(owner, ReminderKind.EFFECT, decision.effect_on, decision)
    if decision.review_on and reviewer is not None:
        yield Call(reviewer, ReminderKind.REVIEW, decision.review_on, decision)


def _of_actions(today: dt.date, people: Collection[int] | None) -> Iterable[Call]:
    found = Action.objects.in_force().filter(done_at=None, due_on__range=(today - MADE_UP_FOR, today))
    if people is not None:
        found = found.filter(owner__in=people)
    for action in found.select_related("team", "owner").order_by("pk"):
        yield Call(action.owner, ReminderKind.DUE, action.due_on, action)


def _chairs(today: dt.date, teams: set[int]) -> dict[int, Person]:
    seats = TeamMember.objects.on(today).filter(team__in=teams, role=TeamRole.CHAIR)
    return {seat.team_id: seat.person for seat in seats.select_related("person")}


def _may_read(person: Person, decision: Decision) -> bool:
    return not decision.secrecy_ground or standing(person).is_in(decision.team_id)
