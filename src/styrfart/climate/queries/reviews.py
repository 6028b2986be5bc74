"""A 360 as its manager sees it, and whom they let in. Nobody else finds it, whatever their role."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from styrfart.climate.answering import SIGNS
from styrfart.climate.instruments import Instrument
from styrfart.climate.models import (
    Answer,
    Group,
    Invitation,
    ReviewRater,
    ReviewShare,
    Round,
    RoundKind,
    RoundState,
    Row,
)
from styrfart.climate.models.rounds import LEAST_REVIEW
from styrfart.climate.queries.led import led_by
from styrfart.people.models import Person, Post, TeamMember, TeamRole, Unit
from styrfart.people.queries import nearest_head
from styrfart.people.standing import standing

Rater = Group.Rater
AS_MEMBER = (TeamRole.CHAIR, TeamRole.MEMBER)
MOST_RATERS = 30  # of a kind
HEADINGS: dict[str, Promise | str] = {
    Rater.SELF: _("Du själv"),
    Rater.MANAGER: _("Din chef"),
    Rater.PEER: _("Kollegor"),
    Rater.REPORT: _("Medarbetare"),
}
TOGETHER = _("Kollegor och medarbetare")


@dataclass(frozen=True)
class ReviewsHome:
    own: list[Round]
    shared: list[ReviewShare]
    may_ask: bool


def can_ask_review(user: Person) -> bool:
    """Whoever leads a unit may ask for a 360 of themself. Nobody can ask for somebody else's."""
    return any(post.is_head for post in standing(user).posts)


def reviews_home(user: Person) -> ReviewsHome:
    """The reader's own, and those that others show them. Two queries."""
    shared = ReviewShare.objects.filter(person=user, round__state=RoundState.RELEASED)
    return ReviewsHome(
        own=list(Round.objects.filter(kind=RoundKind.REVIEW, subject=user)),
        shared=list(shared.select_related("round__subject").order_by("-pk")),
        may_ask=can_ask_review(user),
    )


def review_asker_only(user: Person) -> None:
    """403 to whoever leads nothing."""
    if not can_ask_review(user):
        raise PermissionDenied


def raters_to_begin_with(user: Person) -> dict[str, list[Person]]:
    """The nearest head above, those in the same management teams and the heads beside, and those whom the
    reader leads: to be struck out and added to. None of a kind of which there are too many to ask.
    """
    today = timezone.localdate()
    led = list(Unit.objects.filter(pk__in=[post.unit_id for post in standing(user).posts if post.is_head]))
    manager = _nearest_manager(user, sorted(led, key=lambda unit: unit.path), today)
    by_head = led_by([unit.path for unit in led], today)
    reports = set[int]().union(*(by_head.get(unit.path, ()) for unit in led))
    seats = [pk for pk, role in standing(user).seats.items() if role in AS_MEMBER]
    members = TeamMember.objects.on(today).filter(team__in=seats, role__in=AS_MEMBER)
    beside = Post.objects.on(today).filter(
        is_head=True, unit__parent__in=[unit.parent_id for unit in led if unit.parent_id]
    )
    peers = {*members.values_list("person", flat=True), *beside.values_list("person", flat=True)}
    known = {user.pk} | ({manager.pk} if manager else set())
    return {
        Rater.MANAGER: [manager] if manager else [],
        Rater.PEER: _few_enough(peers - known - reports),
        Rater.REPORT: _few_enough(reports - known),
    }


def _nearest_manager(user: Person, led: Sequence[Unit], today: dt.date) -> Person | None:
    for unit in led:
        head = nearest_head(unit, today, but=user)
        if head is not None:
            return head.person
    return None


def _few_enough(found: set[int]) -> list[Person]:
    """Those who can get a letter, by name; nobody where they are more than may be asked."""
    if len(found) > MOST_RATERS:
        return []
    return list(
        Person.objects.filter(pk__in=found, is_active=True).exclude(email="").order_by("name_key", "pk")
    )


@dataclass(frozen=True)
class Cell:
    """What a kind of rater says of a behaviour: a step in words for one person, an index for several.

    `index` None and no `step`: not shown.
    """

    step: str = ""
    index: int | None = None
    low: int | None = None
    high: int | None = None

    @property
    def is_wide(self) -> bool:
        """Whether there is any uncertainty to show: when all who were asked have answered there is none,
        and what is left is the rounding to whole points.
        """
        return self.low is not None and self.high is not None and self.high - self.low > 1


@dataclass(frozen=True)
class Line:
    """One behaviour, and what each column says of it."""

    text: str
    cells: list[Cell]


@dataclass(frozen=True)
class Column:
    """A kind of rater in the report: several are never fewer than three."""

    heading: str | Promise
    asked: int
    answers: int | None  # None where it is not shown


@dataclass(frozen=True)
class Contrast:
    """A behaviour of which the manager's own picture lies outside what a group's answers carry."""

    text: str
    lower: list[str | Promise]  # the groups that see it less often than the manager does
    higher: list[str | Promise]  # and more often


@dataclass(frozen=True)
class Report:
    columns: list[Column]
    lines: list[Line]
    whole: Line  # the index of all behaviours, group by group; none is made up for one person
    contrasts: list[Contrast]


@dataclass(frozen=True)
class ReviewPage:
    """A 360 in whatever state it is."""

    round: Round
    is_subject: bool
    raters: dict[str, list[Person]]  # by kind; only for the one it is about
    shares: list[ReviewShare]
    report: Report | None

    @property
    def is_draft(self) -> bool:
        return self.round.state == RoundState.DRAFT

    @property
    def is_stoppable(self) -> bool:
        """Until it is shown."""
        return self.round.state in {RoundState.LAUNCHING, RoundState.OPEN, RoundState.CLOSED}

    @property
    def groups(self) -> list[tuple[str | Promise, list[Person]]]:
        """Who is asked, by kind, in words; without the manager themself."""
        kinds = (Rater.MANAGER, Rater.PEER, Rater.REPORT)
        return [(HEADINGS[kind], self.raters.get(kind, [])) for kind in kinds]

    @property
    def is_folded(self) -> bool:
        """Whether colleagues and reports can only be shown together, so few are asked."""
        return any(len(self.raters.get(kind, [])) < LEAST_REVIEW for kind in (Rater.PEER, Rater.REPORT))

    @property
    def has_enough(self) -> bool:
        """Whether anything of colleagues and reports can be shown at all."""
        return sum(len(self.raters.get(kind, [])) for kind in (Rater.PEER, Rater.REPORT)) >= LEAST_REVIEW

    @property
    def last_day_has_passed(self) -> bool:
        return self.round.closes_on < timezone.localdate()


def review_for(user: Person, pk: int, *, language: str) -> ReviewPage:
    """The 360, for the one it is about, and its report for whom they let in; 404 to everybody else."""
    found = Round.objects.select_related("subject").filter(pk=pk, kind=RoundKind.REVIEW).first()
    if found is None:
        raise Http404
    is_subject = found.subject_id == user.pk
    if not is_subject and not (
        found.state == RoundState.RELEASED and found.shares.filter(person=user).exists()
    ):
        raise Http404
    return ReviewPage(
        round=found,
        is_subject=is_subject,
        raters=_raters(found) if is_subject else {},
        shares=list(found.shares.select_related("person")) if is_subject else [],
        report=_report(found, language) if found.state == RoundState.RELEASED else None,
    )


def own_review_for(user: Person, pk: int) -> Round:
    """The 360, for the one it is about: 403 to those who were let in to read, 404 to others."""
    found = Round.objects.filter(
        Q(subject=user) | Q(shares__person=user, state=RoundState.RELEASED), pk=pk, kind=RoundKind.REVIEW
    ).first()
    if found is None:
        raise Http404
    if found.subject_id != user.pk:
        raise PermissionDenied
    return found


def _raters(asked: Round) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    if asked.state == RoundState.DRAFT:
        for rater in ReviewRater.objects.filter(round=asked).select_related("person").order_by("pk"):
            found.setdefault(rater.rater, []).append(rater.person)
        return found
    invited = Invitation.objects.filter(round=asked).select_related("person", "group")
    # By name: the order in which they were chosen is nobody's business.
    for each in invited.order_by("person__name_key", "pk"):
        if each.person is not None:
            found.setdefault(each.group.rater, []).append(each.person)
    return found


# --- the report


def _report(asked: Round, language: str) -> Report:
    """What may be shown: the manager's and their own manager's answers as they are, since both were told that
    they stand there by name; of the others what was released. Three queries.
    """
    groups = {group.rater: group for group in asked.groups.all()}
    instrument = asked.asked[0]
    alone = _alone(asked)
    rows = list(Row.objects.filter(release__round=asked).order_by("position"))
    columns, sides = _columns(groups, alone, rows)
    lines = [
        Line(
            item.text.to(language),
            [_cell(side, instrument, place, item.key, language) for side in sides],
        )
        for place, item in enumerate(instrument.items)
    ]
    return Report(
        columns=columns,
        lines=lines,
        whole=Line(
            instrument.total.to(language), [_whole(side, f"{instrument.key}.total") for side in sides]
        ),
        contrasts=_contrasts(instrument, alone.get(Rater.SELF, ""), columns, sides, language),
    )


Side = str | Row | None  # the signs of one person's answer, a released row, nothing


def _alone(asked: Round) -> dict[str, str]:
    """What the manager and their own manager answered."""
    stored = Answer.objects.filter(group__round=asked, group__rater__in=[Rater.SELF, Rater.MANAGER])
    return dict(stored.values_list("group__rater", "values"))


def _columns(
    groups: Mapping[str, Group], alone: Mapping[str, str], rows: list[Row]
) -> tuple[list[Column], list[Side]]:
    columns: list[Column] = []
    sides: list[Side] = []
    for kind in (Rater.SELF, Rater.MANAGER):
        if groups[kind].invited:
            columns.append(Column(HEADINGS[kind], groups[kind].invited, 1 if kind in alone else None))
            # By name: that they did not answer is seen, too. Nothing is left of either after disposal.
            sides.append(alone.get(kind, "") if alone else None)
    of_group = {row.group_id: row for row in rows}
    for kind in (Rater.PEER, Rater.REPORT):
        group = groups.get(kind)
        if group is not None and group.invited:
            row = of_group.get(group.pk)
            # Folded together at the release: what is left of the two is one group.
            heading = HEADINGS[kind] if Rater.REPORT in groups else TOGETHER
            columns.append(Column(heading, group.invited, row.answered if row else None))
            sides.append(row)
    return columns, sides


def _cell(side: Side, instrument: Instrument, place: int, key: str, language: str) -> Cell:
    if isinstance(side, Row):
        return _of_row(side, f"{instrument.key}.{key}")
    if not isinstance(side, str):
        return Cell()
    step = SIGNS.index(side[place]) if side else 0
    return Cell(step=instrument.steps[step - 1].to(language) if step else _now("svarade inte"))


def _of_row(row: Row, key: str) -> Cell:
    figure = row.figures.get(key)
    return Cell(index=figure["index"], low=figure["low"], high=figure["high"]) if figure else Cell()


def _whole(side: Side, key: str) -> Cell:
    if isinstance(side, Row):
        return _of_row(side, key)
    return Cell(step="–") if isinstance(side, str) else Cell()


def _contrasts(
    instrument: Instrument, own: str, columns: list[Column], sides: list[Side], language: str
) -> list[Contrast]:
    """Where the manager's own step lies outside the interval of a group, widened by half a step: what is
    nearer than that is no difference to talk about.
    """
    width = 100 / (len(instrument.steps) - 1)
    found = []
    for place, item in enumerate(instrument.items):
        step = SIGNS.index(own[place]) if own else 0
        mine = (step - 1) * width
        lower: list[str | Promise] = []
        higher: list[str | Promise] = []
        for column, side in zip(columns, sides, strict=True):
            cell = _of_row(side, f"{instrument.key}.{item.key}") if isinstance(side, Row) else Cell()
            if step and cell.low is not None and cell.high is not None:
                if mine > cell.high + width / 2:
                    lower.append(column.heading)
                elif mine < cell.low - width / 2:
                    higher.append(column.heading)
        if lower or higher:
            found.append(Contrast(item.text.to(language), lower, higher))
    return found
