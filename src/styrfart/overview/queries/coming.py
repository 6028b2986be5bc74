"""What falls due in the next weeks and does not wait yet; and what is on its way to effect."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.decisions.models import Action, Decision
from styrfart.decisions.phrases import short
from styrfart.decisions.queries import Row, row_of
from styrfart.decisions.queries.coming import SHOW_EFFECT_FOR
from styrfart.mandates.models import Mandate, MandateState
from styrfart.matters.models import HandOver
from styrfart.overview.stand_in import KINDS, reader, seats_of, teams_in
from styrfart.people.models import Person
from styrfart.people.rules import can_see_organisation
from styrfart.people.standing import standing
from styrfart.shared.prepared import PreparedObjects

AHEAD = dt.timedelta(days=30)
# Read from each kind; more than anybody looks at.
MOST = 12
ON_THEIR_WAY = 3


@dataclass(frozen=True)
class Coming:
    """A day ahead, what it is about, and where to read more."""

    on: dt.date
    title: str
    what: str
    url: str


def coming(user: Person, *, ahead: dt.timedelta = AHEAD) -> list[Coming]:
    """What has its day after today and within `ahead`, soonest first. Four queries."""
    if not can_see_organisation(user):
        return []
    day = standing(user).day
    found = [
        *_decisions(user, day, day + ahead),
        *_actions(user, day, day + ahead),
        *_answers(user, day, day + ahead),
        *_reviews(user, day, day + ahead),
    ]
    return sorted(found, key=lambda one: (one.on, one.url))


def on_their_way(user: Person) -> list[Row]:
    """Decisions of the user's teams and their own, as `decisions.queries.on_their_way`. One query."""
    day = standing(user).day
    since = timezone.now() - SHOW_EFFECT_FOR
    found = _ON_THEIR_WAY.all(me=user.pk, since=since, **_only_teams(user))
    for decision in found:  # in force: nothing has replaced it, and nobody needs to ask
        Decision._meta.get_field("replaced_by").set_cached_value(decision, None)
    return [row_of(decision, day) for decision in found]


def _on_their_way(*, me: int, since: dt.datetime, **teams: int) -> QuerySet[Decision]:
    here = teams_in(teams, "team")
    return (
        Decision.objects.visible_to(reader(me, here))
        .in_force()
        .filter(Q(team__in=here) | Q(owner=me), Q(effect_at=None) | Q(effect_at__gte=since))
        .order_by(F("done_at").asc(nulls_first=True), "due_on", "pk")[:ON_THEIR_WAY]
    )


_TEAMS = {name: kind for name, kind in KINDS.items() if name.startswith("team")}
_ON_THEIR_WAY = PreparedObjects(_on_their_way, ("team", "owner"), me=int, since=dt.datetime, **_TEAMS)


def _decisions(user: Person, day: dt.date, last: dt.date) -> Iterable[Coming]:
    """Own ones; for chair and secretary also the team's."""
    for decision in _DECISIONS.all(me=user.pk, day=day, last=last, **seats_of(user)):
        words = {"number": decision.number, "name": decision.owner}
        is_mine = decision.owner_id == user.pk
        title, url = short(decision.text, 80), decision.get_absolute_url()
        if decision.done_at:
            mine, others = (
                _("Du följer effekten av beslut %(number)s."),
                _("%(name)s följer effekten av beslut %(number)s."),
            )
            yield Coming(decision.effect_on, title, (mine if is_mine else others) % words, url)
        else:
            mine, others = (
                _("Du ska ha genomfört beslut %(number)s."),
                _("%(name)s ska ha genomfört beslut %(number)s."),
            )
            yield Coming(decision.due_on, title, (mine if is_mine else others) % words, url)


def _decisions_ahead(*, me: int, day: dt.date, last: dt.date, **teams: int) -> QuerySet[Decision]:
    is_to_do = Q(done_at=None, due_on__gt=day, due_on__lte=last)
    is_to_follow = Q(done_at__isnull=False, effect_at=None, effect_on__gt=day, effect_on__lte=last)
    return (
        Decision.objects.visible_to(reader(me, teams_in(teams, "team")))
        .in_force()
        .filter(Q(owner=me) | Q(team__in=teams_in(teams, "kept")), is_to_do | is_to_follow)
        .order_by("due_on", "pk")[:MOST]
    )


_DECISIONS = PreparedObjects(_decisions_ahead, ("team", "owner"), me=int, day=dt.date, last=dt.date, **KINDS)


def _actions(user: Person, day: dt.date, last: dt.date) -> Iterable[Coming]:
    for action in _ACTIONS.all(me=user.pk, day=day, last=last):
        url = reverse("decisions:show-action", args=[action.team.slug, action.pk])
        yield Coming(action.due_on, short(action.text), _("Åtgärd i %(team)s.") % {"team": action.team}, url)


def _actions_ahead(*, me: int, day: dt.date, last: dt.date) -> QuerySet[Action]:
    mine = Action.objects.filter(owner=me, done_at=None, due_on__gt=day, due_on__lte=last)
    return mine.order_by("due_on", "pk")[:MOST]


_ACTIONS = PreparedObjects(_actions_ahead, ("team",), me=int, day=dt.date, last=dt.date)


def _answers(user: Person, day: dt.date, last: dt.date) -> Iterable[Coming]:
    """When others are to answer what you handed in or handed over."""
    for over in _ANSWERS.all(me=user.pk, day=day, last=last):
        url = reverse("matters:find", args=[over.matter_id])
        what = _("%(name)s svarar.") % {"name": over.to_person}
        yield Coming(over.answer_by, short(over.matter.question, 80), what, url)


def _answers_ahead(*, me: int, day: dt.date, last: dt.date) -> QuerySet[HandOver]:
    found = HandOver.objects.filter(
        Q(matter__handed_in_by=me) | Q(routing__by=me),
        ~Q(to_person=me),
        to_person__isnull=False,
        answered_at=None,
        returned_at=None,
        cancelled_at=None,
        answer_by__gt=day,
        answer_by__lte=last,
    )
    return found.order_by("answer_by", "pk")[:MOST]


_ANSWERS = PreparedObjects(_answers_ahead, ("matter", "to_person"), me=int, day=dt.date, last=dt.date)


def _reviews(user: Person, day: dt.date, last: dt.date) -> Iterable[Coming]:
    """Mandates of one's own teams that are to be looked through."""
    for mandate in _REVIEWS.all(day=day, last=last, **_only_teams(user)):
        if mandate.review_on:
            title = _("Mandatet för %(team)s ses över") % {"team": mandate.team}
            url = reverse("mandates:show", args=[mandate.team.slug])
            yield Coming(mandate.review_on, title, _("Senast den dagen."), url)


def _only_teams(user: Person) -> dict[str, int]:
    return {name: pk for name, pk in seats_of(user).items() if name in _TEAMS}


def _reviews_ahead(*, day: dt.date, last: dt.date, **teams: int) -> QuerySet[Mandate]:
    mandates = Mandate.objects.filter(
        team__in=teams_in(teams, "team"), state=MandateState.ADOPTED, review_on__gt=day, review_on__lte=last
    )
    return mandates.order_by("review_on", "pk")[:MOST]


_REVIEWS = PreparedObjects(_reviews_ahead, ("team",), day=dt.date, last=dt.date, **_TEAMS)
