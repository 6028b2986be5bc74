"""What falls due in the next weeks and does not wait yet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from styrfart.climate.models import Invitation, RoundState
from styrfart.decisions.models import Action, Decision
from styrfart.decisions.phrases import short
from styrfart.mandates.models import Mandate, MandateState
from styrfart.matters.models import HandOver
from styrfart.meetings.models import COMING, Meeting
from styrfart.people.models import Person, TeamRole
from styrfart.people.rules import can_see_organisation
from styrfart.people.standing import standing
from styrfart.shared.addresses import reverse
from styrfart.shared.mail import about_of
from styrfart.shared.prepared import Prepared, PreparedObjects
from styrfart.shared.templatetags.words import clock

AHEAD = dt.timedelta(days=30)
# Read from each kind; more than anybody looks at.
MOST = 12
# Titles wrap; only what nobody would read on a list is cut.
LONGEST = 200
KEEPERS = frozenset({TeamRole.CHAIR, TeamRole.SECRETARY})


@dataclass(frozen=True)
class Coming:
    """A day ahead, what it is about, and where to read more."""

    on: dt.date
    title: str
    what: str
    url: str
    about: str = ""  # the record whose words it tells, as a letter names it


def coming(
    user: Person, *, ahead: dt.timedelta = AHEAD, with_meetings: bool = False, with_pulses: bool = False
) -> list[Coming]:
    """What has its day after today and within `ahead`, soonest first. Four queries, and one for each more."""
    if not can_see_organisation(user):
        return []
    day = standing(user).day
    found = [
        *_decisions(user, day, day + ahead),
        *_actions(user, day, day + ahead),
        *_answers(user, day, day + ahead),
        *_reviews(user, day, day + ahead),
        *(_meetings(user, day, day + ahead) if with_meetings else ()),
        *(_pulses(user, day, day + ahead) if with_pulses else ()),
    ]
    return sorted(found, key=lambda one: (one.on, one.url))


def _decisions(user: Person, day: dt.date, last: dt.date) -> Iterable[Coming]:
    """Own ones; for chair and secretary also the team's."""
    seats = standing(user).seats
    kept = [pk for pk, role in seats.items() if role in KEEPERS]
    for decision in _DECISIONS.all(me=user.pk, room=list(seats), kept=kept, day=day, last=last):
        words = {"number": decision.number, "name": decision.owner}
        is_mine = decision.owner_id == user.pk
        title, url = short(decision.text, LONGEST), decision.get_absolute_url()
        if decision.done_at:
            mine, others = (
                _("Du följer effekten av beslut %(number)s."),
                _("%(name)s följer effekten av beslut %(number)s."),
            )
            yield Coming(
                decision.effect_on, title, (mine if is_mine else others) % words, url, about_of(decision)
            )
        else:
            mine, others = (
                _("Du ska ha genomfört beslut %(number)s."),
                _("%(name)s ska ha genomfört beslut %(number)s."),
            )
            yield Coming(
                decision.due_on, title, (mine if is_mine else others) % words, url, about_of(decision)
            )


def _decisions_ahead(
    *, me: int, room: list[int], kept: list[int], day: dt.date, last: dt.date
) -> QuerySet[Decision]:
    is_to_do = Q(done_at=None, due_on__gt=day, due_on__lte=last)
    is_to_follow = Q(done_at__isnull=False, effect_at=None, effect_on__gt=day, effect_on__lte=last)
    return (
        Decision.objects.open_to(me, room)
        .in_force()
        .filter(Q(owner=me) | Q(team__in=kept), is_to_do | is_to_follow)
        .order_by("due_on", "pk")[:MOST]
    )


_DECISIONS = PreparedObjects(
    _decisions_ahead, ("team", "owner"), me=int, room=list, kept=list, day=dt.date, last=dt.date
)


def _actions(user: Person, day: dt.date, last: dt.date) -> Iterable[Coming]:
    for action in _ACTIONS.all(me=user.pk, day=day, last=last):
        url = reverse("decisions:show-action", args=[action.team.slug, action.pk])
        yield Coming(
            action.due_on,
            short(action.text, LONGEST),
            _("Åtgärd i %(team)s.") % {"team": action.team},
            url,
            about_of(action),
        )


def _actions_ahead(*, me: int, day: dt.date, last: dt.date) -> QuerySet[Action]:
    mine = Action.objects.in_force().filter(owner=me, done_at=None, due_on__gt=day, due_on__lte=last)
    return mine.order_by("due_on", "pk")[:MOST]


_ACTIONS = PreparedObjects(_actions_ahead, ("team",), me=int, day=dt.date, last=dt.date)


def _answers(user: Person, day: dt.date, last: dt.date) -> Iterable[Coming]:
    """When others are to answer what you handed in, or handed over in a room where you still sit."""
    for over in _ANSWERS.all(me=user.pk, room=list(standing(user).seats), day=day, last=last):
        url = reverse("matters:find", args=[over.matter_id])
        what = _("%(name)s svarar.") % {"name": over.to_person}
        yield Coming(over.answer_by, over.matter.question, what, url, about_of(over.matter))


def _answers_ahead(*, me: int, room: list[int], day: dt.date, last: dt.date) -> QuerySet[HandOver]:
    waits = HandOver.objects.still_open().filter(
        ~Q(to_person=me), to_person__isnull=False, answer_by__gt=day, answer_by__lte=last
    )
    # A union and not an "or": each part is found by its own index, instead of in all that is handed over.
    asked = waits.filter(matter__handed_in_by=me).order_by().values("pk")
    sent = waits.filter(routing__by=me, routing__team__in=room).order_by().values("pk")
    found = HandOver.objects.filter(pk__in=asked.union(sent))
    return found.order_by("answer_by", "pk")[:MOST]


_ANSWERS = PreparedObjects(
    _answers_ahead, ("matter", "to_person"), me=int, room=list, day=dt.date, last=dt.date
)


def _reviews(user: Person, day: dt.date, last: dt.date) -> Iterable[Coming]:
    """Mandates of one's own teams that are to be looked through."""
    for mandate in _REVIEWS.all(day=day, last=last, teams=list(standing(user).seats)):
        if mandate.review_on:
            title = _("Mandatet för %(team)s ses över") % {"team": mandate.team}
            url = reverse("mandates:show", args=[mandate.team.slug])
            yield Coming(mandate.review_on, title, _("Senast den dagen."), url)


def _reviews_ahead(*, day: dt.date, last: dt.date, teams: list[int]) -> QuerySet[Mandate]:
    mandates = Mandate.objects.filter(
        team__in=teams, state=MandateState.ADOPTED, review_on__gt=day, review_on__lte=last
    )
    return mandates.order_by("review_on", "pk")[:MOST]


_REVIEWS = PreparedObjects(_reviews_ahead, ("team",), day=dt.date, last=dt.date, teams=list)


def _meetings(user: Person, day: dt.date, last: dt.date) -> Iterable[Coming]:
    """Meetings at which one is expected."""
    for meeting in _MEETINGS.all(me=user.pk, day=day, last=last):
        words = {"team": meeting.team, "time": clock(meeting.starts_at), "place": meeting.place}
        where = (
            _("%(team)s klockan %(time)s, %(place)s.") if meeting.place else _("%(team)s klockan %(time)s.")
        )
        yield Coming(meeting.held_on, meeting.title, where % words, meeting.get_absolute_url())


_MEETINGS: PreparedObjects[Meeting] = PreparedObjects(
    lambda me, day, last: Meeting.objects.filter(
        attendees__person=me, state__in=list(COMING), held_on__gt=day, held_on__lte=last
    ).order_by("held_on", "starts_at", "pk")[:MOST],
    ("team",),
    me=int,
    day=dt.date,
    last=dt.date,
)


def _pulses(user: Person, day: dt.date, last: dt.date) -> Iterable[Coming]:
    """Surveys that one is invited to, until they close: nobody knows who has answered, not even this page."""
    what = _("Sista dagen att svara. Länken är i ditt mejl.")
    if settings.DEMO:  # where no letter goes out
        what = _("Sista dagen att svara. Du svarar från sidan Klimat.")
    for title, closes_on, given, family in _PULSES.rows(me=user.pk, day=day, last=last):
        about = _("360 för %(name)s") % {"name": f"{given} {family}"} if given else title
        yield Coming(closes_on, about, what, reverse("climate:index"))


_PULSES = Prepared(
    lambda me, day, last: (
        Invitation.objects.filter(
            person=me, round__state=RoundState.OPEN, round__closes_on__gt=day, round__closes_on__lte=last
        )
        .order_by("round__closes_on", "round__title")
        .values_list(
            "round__title", "round__closes_on", "round__subject__given_name", "round__subject__family_name"
        )
        .distinct()[:MOST]
    ),
    me=int,
    day=dt.date,
    last=dt.date,
)
