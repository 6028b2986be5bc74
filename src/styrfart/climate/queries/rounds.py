"""Rounds that concern the reader: to answer, to read, to plan; and one round with its plan."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from styrfart.climate import promise, rules
from styrfart.climate.instruments import Instrument, Words
from styrfart.climate.models import Group, Invitation, Round, RoundKind, RoundState
from styrfart.climate.models.rounds import thresholds
from styrfart.climate.queries.instruments import NoSuchInstrument, find
from styrfart.climate.queries.near_pulses import pulses_near
from styrfart.climate.queries.planning import (
    EXPECTED_RATE,
    MOST_IN_A_PULSE,
    Planned,
    Roster,
    Stand,
    answering_of,
    minutes_of,
    people_without_post,
    plan_of,
    roster_of,
)
from styrfart.load import queries as load
from styrfart.people import rules as people_rules
from styrfart.people.models import Team, TeamRole, Unit
from styrfart.people.standing import User, standing

FITS = 60  # rows of a table that a reader takes in without opening anything
MOST_NAMED = 3
LISTED = 30  # rounds on the first page
SOURCE = "climate.round"


# --- the first page ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class ToRead:
    """A round that has been shown, and the groups whose report the reader is led to."""

    asked: Round
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class ClimateIndex:
    """What concerns the reader."""

    to_answer: tuple[Invitation, ...]
    to_read: tuple[ToRead, ...]
    planned: tuple[Round, ...]
    can_plan: bool
    sees_every: bool
    works_here: bool


def climate_index(user: User) -> ClimateIndex:
    """Rounds to answer, reports to read, rounds that the reader plans; for whoever has signed in.

    An external coach is invited to nothing and reads nothing, and is told so.
    """
    can_plan, sees_every = rules.can_plan(user), rules.sees_every_round(user)
    return ClimateIndex(
        to_answer=tuple(_invitations(user)),
        to_read=_to_read(user, sees_every=sees_every),
        planned=_planned(user, sees_every=sees_every) if can_plan or sees_every else (),
        can_plan=can_plan,
        sees_every=sees_every,
        works_here=rules.can_enter(user),
    )


def invitation_for(user: User, pk: int) -> Invitation:
    """The reader's own invitation to an open round; 404 to those who were not invited."""
    found = next((each for each in _invitations(user) if each.round_id == pk), None)
    if found is None or found.round.state != RoundState.OPEN:
        raise Http404
    return found


def _invitations(user: User) -> list[Invitation]:
    """Of rounds that are or will be open; whether they have been used nobody knows."""
    today = timezone.localdate()
    found = Invitation.objects.filter(
        person=standing(user).person_id,
        round__state__in=[RoundState.LAUNCHING, RoundState.OPEN],
        round__closes_on__gte=today,
    )
    return list(found.select_related("round", "group").order_by("round__closes_on", "pk"))


def _to_read(user: User, *, sees_every: bool) -> tuple[ToRead, ...]:
    here = standing(user)
    # By a query of its own: joined, every invitation of every round would be read to find the reader's.
    mine = Q(pk__in=Invitation.objects.filter(person=here.person_id).order_by().values("group"))
    led = Q(unit__in=[post.unit_id for post in here.posts if post.is_head])
    seats = Q(team__in=[pk for pk, role in here.seats.items() if role in {TeamRole.CHAIR, TeamRole.MEMBER}])
    top = Q(parent=None) if sees_every else Q(pk__in=[])
    found = (
        Group.objects.filter(mine | led | seats | top, round__release__isnull=False)
        .exclude(round__kind=RoundKind.REVIEW)
        .select_related("round", "unit", "team")
        .order_by("-round__released_at", "-round", "position")
    )
    groups: dict[int, list[Group]] = {}
    for group in found[: LISTED * 4]:
        groups.setdefault(group.round_id, []).append(group)
    return tuple(ToRead(rows[0].round, tuple(rows)) for rows in groups.values())[:LISTED]


def _planned(user: User, *, sees_every: bool) -> tuple[Round, ...]:
    here = standing(user)
    found = Round.objects.exclude(kind=RoundKind.REVIEW).select_related("owner")
    if not sees_every:
        mine = Q(owner=here.person_id)
        for post in here.posts:
            if post.is_head:
                mine |= Q(units__path__startswith=post.unit_path)
        mine |= Q(teams__in=[pk for pk, role in here.seats.items() if role == TeamRole.CHAIR])
        found = found.filter(mine).distinct()
    rows = found.prefetch_related("units", "teams").order_by("-opens_on", "-pk")[:LISTED]
    return tuple(each for each in rows if rules.can_see_round(user, each))


def planner_only(user: User) -> None:
    """Goes on for those who plan rounds; 403 to others who work here, 404 to outsiders."""
    if not rules.can_enter(user):
        raise Http404
    if not rules.can_plan(user):
        raise PermissionDenied


# --- one round --------------------------------------------------------------------------------------
def round_for(user: User, pk: int) -> Round:
    """The round, for those who may see how it is planned; 404 to others."""
    found = (
        Round.objects.select_related("owner").prefetch_related("units", "teams__unit").filter(pk=pk).first()
    )
    if found is None or not rules.can_enter(user) or not rules.can_see_round(user, found):
        raise Http404
    return found


def round_to_change(user: User, pk: int) -> Round:
    """The round, for those who may change it; 403 to those who only see it."""
    found = round_for(user, pk)
    if not rules.can_change_round(user, found):
        raise PermissionDenied
    return found


def round_to_stop(user: User, pk: int) -> Round:
    """The round, for those who may stop it; 403 when it has ended, too."""
    found = round_for(user, pk)
    if not rules.can_stop_round(user, found):
        raise PermissionDenied
    return found


@dataclass(frozen=True)
class PlanRow:
    """A group as the plan tells of it."""

    stand: Stand
    invited: int  # with all below
    shown: int  # `Group.Planned`
    together: int | None
    if_all: int
    partners: str  # names of the others in the same row
    below: int  # how many groups lie directly below
    is_open: bool

    @property
    def step(self) -> int:
        """How far in the name stands: deeper than five is not told apart."""
        return min(self.stand.depth, 5)

    @property
    def may_come(self) -> bool:
        """Not shown at the expected share, but if all answer."""
        return self.shown != Group.Planned.ITSELF and self.if_all == Group.Planned.ITSELF


@dataclass(frozen=True)
class Plan:
    """Which groups the report would show, in the order of the organisation; folded."""

    roster: Roster
    planned: Planned
    rate: float
    rows: tuple[PlanRow, ...]
    without_post: int | None  # None: not asked, the round is about a part
    together: str  # the pulses that it will be held together with, by name

    @property
    def percent(self) -> int:
        return round(self.rate * 100)

    @property
    def groups(self) -> int:
        return len(self.roster.stands)

    @property
    def invited(self) -> int:
        return len(self.roster.seats)

    @property
    def by_mail(self) -> int:
        return self.invited - self.on_paper

    @property
    def on_paper(self) -> int:
        return sum(self.roster.without_mail)

    @property
    def itself(self) -> int:
        return self.planned.number(Group.Planned.ITSELF)

    @property
    def jointly(self) -> int:
        return self.planned.number(Group.Planned.JOINTLY)

    @property
    def hidden(self) -> int:
        return self.planned.number(Group.Planned.NOT)

    @property
    def itself_if_all(self) -> int:
        return self.planned.number_if_all(Group.Planned.ITSELF)


@dataclass(frozen=True)
class RoundPage:
    """A round from draft to report: what its page tells."""

    asked: Round
    instruments: tuple[Instrument, ...]
    unknown: tuple[str, ...]  # questionnaires that are no longer there
    minutes: int
    sentences: tuple[str, ...]
    plan: Plan | None  # of a draft
    near: tuple[load.Near, ...] = ()
    free: tuple[dt.date, ...] = ()
    invited: int = 0
    by_mail: int = 0
    unsent: int = 0  # letters of an open round that have not gone
    slips: int = 0
    numbers: dict[int, int] = field(default_factory=dict)  # groups by `Group.Planned`, as it was launched
    key_is_missing: bool = False
    can_change: bool = False
    can_stop: bool = False

    @cached_property
    def questions(self) -> int:
        return sum(len(each.items) for each in self.instruments)

    @property
    def text_questions(self) -> tuple[Words, ...]:
        return tuple(Words(each) for each in self.asked.text_questions)

    @property
    def is_long(self) -> bool:
        """More than a pulse should ask."""
        return self.questions > MOST_IN_A_PULSE

    @property
    def on_paper(self) -> int:
        return self.invited - self.by_mail

    @property
    def itself(self) -> int:
        return self.numbers.get(Group.Planned.ITSELF, 0)

    @property
    def jointly(self) -> int:
        return self.numbers.get(Group.Planned.JOINTLY, 0)

    @property
    def hidden(self) -> int:
        return self.numbers.get(Group.Planned.NOT, 0)


def round_page(user: User, asked: Round, *, rate: float = EXPECTED_RATE, opened: str = "") -> RoundPage:
    """What the round's page tells: of a draft the plan, of a launched one how far it has come."""
    if asked.state == RoundState.DRAFT:
        return _draft_page(user, asked, rate, opened)
    numbers = dict(asked.groups.order_by().values_list("planned").annotate(number=Count("pk")))
    mails = asked.invitations.filter(channel=Invitation.Channel.MAIL)
    sums = asked.invitations.aggregate(
        by_mail=Count("pk", filter=Q(channel=Invitation.Channel.MAIL)),
        slips=Count("pk", filter=Q(channel=Invitation.Channel.PAPER)),
        unsent=Count("pk", filter=Q(channel=Invitation.Channel.MAIL, sent_on=None)),
    )
    invited = sum(asked.groups.filter(parent=None).values_list("invited_below", flat=True))
    is_prepared = mails.exists() or asked.public_key is not None
    return RoundPage(
        asked=asked,
        instruments=asked.asked,
        unknown=(),
        minutes=minutes_of(asked.asked, len(asked.text_questions)),
        sentences=promise.sentences(asked),
        plan=None,
        invited=invited,
        by_mail=sums["by_mail"] if is_prepared else invited,
        unsent=sums["unsent"] if asked.state == RoundState.OPEN else 0,
        slips=sums["slips"],
        numbers=numbers,
        key_is_missing=asked.key_missed_at is not None and asked.counted_at is None,
        can_change=rules.can_change_round(user, asked),
        can_stop=rules.can_stop_round(user, asked),
    )


def instruments_of(asked: Round) -> tuple[tuple[Instrument, ...], tuple[str, ...]]:
    """The questionnaires of a draft as they would be asked now, and the keys of those that are gone."""
    found: list[Instrument] = []
    unknown: list[str] = []
    for key in asked.instruments:
        try:
            found.append(find(key))
        except NoSuchInstrument:
            unknown.append(str(key))
    return tuple(found), tuple(unknown)


def _draft_page(user: User, asked: Round, rate: float, opened: str) -> RoundPage:
    instruments, unknown = instruments_of(asked)
    # In memory only: what it would be launched with.
    asked.least, asked.least_text = thresholds()
    minutes = minutes_of(instruments, len(asked.text_questions))
    units = list(asked.units.all()) or [team.unit for team in asked.teams.all()]
    own = (SOURCE, str(asked.pk))
    near = load.beside(units, asked.opens_on, asked.closes_on, but=own)
    free = load.free_starts(
        units,
        max(asked.opens_on, timezone.localdate() + load.WEEK),
        max(asked.opens_on, timezone.localdate() + load.WEEK) + (asked.closes_on - asked.opens_on),
        minutes=minutes,
        but=own,
    )
    return RoundPage(
        asked=asked,
        instruments=instruments,
        unknown=unknown,
        minutes=minutes,
        sentences=promise.sentences(asked),
        plan=_plan(user, asked, instruments, rate, opened),
        near=near,
        free=free,
        can_change=rules.can_change_round(user, asked),
        can_stop=rules.can_stop_round(user, asked),
    )


def _plan(user: User, asked: Round, instruments: Sequence[Instrument], rate: float, opened: str) -> Plan:
    today = timezone.localdate()
    roster = roster_of(asked, today, answering_of(instruments))
    planned = plan_of(roster, least=asked.least, rate=rate)
    is_whole = any(unit.parent_id is None for unit in asked.units.all())
    counts = people_without_post(today) if is_whole and people_rules.is_hr_developer(user) else None
    together = _in_words(_held_together(asked, instruments, roster))
    return Plan(roster, planned, rate, tuple(_rows(roster, planned, opened)), counts, together)


def _held_together(asked: Round, instruments: Sequence[Instrument], roster: Roster) -> list[str]:
    """The pulses near in time that put the same questions to some of the same people, in other groups."""
    near = pulses_near(asked, instruments)
    if not near:
        return []
    who = {seat.person_id for seat in roster.seats}
    invited = Invitation.objects.filter(round__in=near).order_by().values_list("round", "person")
    also = {pk for pk, person in invited if person in who}
    return [each.title for each in near if each.pk in also]


def _rows(roster: Roster, planned: Planned, opened: str) -> Iterable[PlanRow]:
    """The top, and the branch that the reader has opened; levels below as long as they fit."""
    children = [0] * len(roster.stands)
    for stand in roster.stands:
        if stand.parent >= 0:
            children[stand.parent] += 1
    unfolded = _unfolded(roster, opened)
    for at, stand in enumerate(roster.stands):
        if stand.parent < 0 or stand.parent in unfolded:
            yield PlanRow(
                stand=stand,
                invited=roster.below[at],
                shown=planned.shown[at],
                together=planned.together[at],
                if_all=planned.if_all[at],
                partners=_partners(roster, planned, at),
                below=children[at],
                is_open=at in unfolded,
            )


def _partners(roster: Roster, planned: Planned, at: int) -> str:
    """The others that are reported in the same row, by name; the first three."""
    number = planned.together[at]
    if number is None:
        return ""
    others = [nr for nr, each in enumerate(planned.together) if each == number and nr != at]
    names = [roster.stands[nr].name for nr in others]
    more = len(names) - MOST_NAMED
    if more > 0:
        rest = ngettext("en till", "%(number)s till", more) % {"number": more}
        names = [*names[:MOST_NAMED], rest]
    return _in_words(names)


def _in_words(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return gettext("%(names)s och %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _unfolded(roster: Roster, opened: str) -> set[int]:
    """Which stands show those directly below them."""
    found: set[int] = set()
    at = next((nr for nr, stand in enumerate(roster.stands) if stand.code == opened), -1) if opened else -1
    while at >= 0:
        found.add(at)
        at = roster.stands[at].parent
    levels: dict[int, list[int]] = {}
    for nr, stand in enumerate(roster.stands):
        levels.setdefault(stand.depth, []).append(nr)
    rows = len(levels.get(0, []))
    for depth in sorted(levels):
        rows += len(levels.get(depth + 1, []))
        if rows > FITS and depth > 0:
            break
        if depth == 0 or rows <= FITS:
            found.update(levels[depth])
    return found


# --- what may be chosen -----------------------------------------------------------------------------
def units_to_choose(user: User) -> list[Unit]:
    """What may be ticked: the units that one plans for, from the top, as long as they fit. One query."""
    today, here = timezone.localdate(), standing(user)
    every = Unit.objects.on(today)
    if people_rules.is_hr_developer(user):
        tops = Q(parent=None) | Q(parent__parent=None)
    else:
        led = [post.unit_id for post in here.posts if post.is_head]
        tops = Q(pk__in=led) | Q(parent__in=led)
    found = list(every.filter(tops).select_related("parent")[: FITS + 1])
    if len(found) > FITS:
        found = [unit for unit in found if unit.parent_id is None][:FITS] or found[:FITS]
    places = {unit.pk: unit for unit in found}

    def place(unit: Unit) -> tuple[tuple[str, int], ...]:
        above = places.get(unit.parent_id or 0)
        return (*(place(above) if above else ()), (unit.name_key, unit.pk))

    return sorted(found, key=place)


def teams_to_choose(user: User) -> list[Team]:
    """Teams that one plans for: an HR developer's all, a chair's own. One query."""
    every = Team.objects.on(timezone.localdate()).select_related("unit").order_by("name", "pk")
    if people_rules.is_hr_developer(user):
        return list(every)
    chaired = [pk for pk, role in standing(user).seats.items() if role == TeamRole.CHAIR]
    return list(every.filter(pk__in=chaired))


@dataclass(frozen=True)
class Slipless:
    """A group with people who have no address: how many, and how many slips it has been given."""

    group: Group
    people: int
    drawn: int
    is_locked: bool  # its slips may have been used: there are no others


def groups_without_mail(asked: Round) -> tuple[Slipless, ...]:
    """Groups in which somebody is invited and has no address, in the organisation's order. One query."""
    groups = asked.groups.annotate(
        by_mail=Count("invitations", filter=Q(invitations__channel=Invitation.Channel.MAIL)),
        drawn=Count("invitations", filter=Q(invitations__channel=Invitation.Channel.PAPER)),
    )
    return tuple(
        Slipless(group, group.invited - group.by_mail, group.drawn, bool(group.drawn and asked.is_open))
        for group in groups.filter(invited__gt=0)
        if group.invited > group.by_mail or group.drawn
    )
