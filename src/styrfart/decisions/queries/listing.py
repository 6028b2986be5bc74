"""The log of a team, and the list for the committee."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Value
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from styrfart.decisions import rules
from styrfart.decisions.models import Authority, Decision, DecisionQuerySet, DecisionStep
from styrfart.decisions.queries.finding import holds_all, kinds, sought
from styrfart.decisions.queries.reading import row_of
from styrfart.people.models import Team
from styrfart.people.queries import team_for
from styrfart.people.standing import User, standing
from styrfart.shared.prepared import Prepared, PreparedObjects
from styrfart.shared.templatetags.words import day

PER_PAGE = 25
LONGEST_TEXT = 220


@dataclass(frozen=True)
class LogFilter:
    """How the log is narrowed down. Empty values narrow nothing."""

    text: str = ""
    year: int | None = None
    step: DecisionStep | None = None
    owner_id: int | None = None
    is_late: bool = False


def log(user: User, team: Team, narrowed: LogFilter | None = None) -> DecisionQuerySet:
    """Those of the team's decisions that `user` may read, newest first."""
    by = narrowed or LogFilter()
    found = _log(step=by.step, **_who(user, team), **_asked(by))
    return found.select_related("owner", "decided_by").prefetch_related("replaced_by")


@dataclass(frozen=True)
class LogRow:
    """A decision in the log, in words."""

    decision: Decision
    url: str
    text: str
    meta: str
    step: DecisionStep
    word: str
    tone: str
    has_track: bool


def log_rows(
    team: Team, decisions: Iterable[Decision], owners: Iterable[tuple[int, str]], today: dt.date
) -> list[LogRow]:
    """The team's decisions as they stand in the log, with owners out of `log_choices`.

    Of a replaced one `replaced_by` has been fetched.
    """
    rows, names = [], dict(owners)
    for decision in decisions:
        decision.team = team
        # The decision may have been made since the owners were read.
        owner = names.get(decision.owner_id) or decision.owner.full_name
        row = row_of(decision, today)
        rows.append(
            LogRow(
                decision,
                url=decision.get_absolute_url(),
                text=_cut(decision.text),
                meta=_meta(decision, owner),
                step=decision.step,
                word=row.word,
                tone=row.tone,
                has_track=row.has_track,
            )
        )
    return rows


def _cut(text: str) -> str:
    # Most are short enough, and looking for where to cut asks of every letter.
    return text if len(text) <= LONGEST_TEXT else Truncator(text).chars(LONGEST_TEXT)


def _meta(decision: Decision, owner: str) -> str:
    made = _("Beslut %(number)s, %(day)s.") % {"number": decision.number, "day": day(decision.decided_at)}
    due = _("%(owner)s, klart senast %(due)s.") % {"owner": owner, "due": day(decision.due_on)}
    return f"{made} {due}"


class LogPages(Paginator[Decision]):
    """The same decisions a page at a time, each with what replaced it. Two queries a page."""

    def __init__(self, user: User, team: Team, narrowed: LogFilter) -> None:
        super().__init__((), PER_PAGE)
        self._step = narrowed.step
        self._given = _who(user, team) | _asked(narrowed)

    @cached_property
    def count(self) -> int:
        """How many there are."""
        found = _log_count(tuple(self._given), self._step).rows(**self._given)
        return int(found[0][0]) if found else 0

    def page(self, number: int | str) -> Page[Decision]:
        """The page with this number."""
        number = self.validate_number(number)
        start = (number - 1) * PER_PAGE
        rows = _log_page(tuple(self._given), self._step, start).all(**self._given) if self.count else []
        return Page(rows, number, self)


def log_choices(user: User, team: Team) -> tuple[list[int], list[tuple[int, str]]]:
    """The years and the owners that the log can be narrowed to. One query."""
    found = _LOG_CHOICES.rows(**_who(user, team))
    owners = {(pk, f"{given} {family}") for _year, pk, given, family in found}
    years = sorted({year for year, _pk, _given, _family in found}, reverse=True)
    return years, sorted(owners, key=lambda owner: (owner[1].casefold(), owner[0]))


def _who(user: User, team: Team) -> dict[str, Any]:
    here = standing(user)
    return {"me": here.person_id, "room": list(here.seats), "team": team.pk}


def _asked(by: LogFilter) -> dict[str, Any]:
    """By what the log is narrowed down, but for the step: keywords for a prepared query."""
    given: dict[str, Any] = {}
    if by.year:
        given["year"] = by.year
    if by.owner_id:
        given["owner"] = by.owner_id
    if by.is_late:
        given["today"] = timezone.localdate()
    return given | sought(by.text)


def _log(
    *, me: int, room: list[int], team: int, step: DecisionStep | None = None, **given: Any
) -> DecisionQuerySet:
    found = Decision.objects.open_to(me, room).filter(holds_all(given), team=team)
    if "year" in given:
        found = found.filter(year=Value(given["year"]))
    if "owner" in given:
        found = found.filter(owner=given["owner"])
    if step:
        found = found.in_force().filter(_at_step(step))
    if "today" in given:
        found = found.in_force().filter(done_at=None, due_on__lt=given["today"])
    return found.order_by("-decided_at", "-pk")


_LOG_CHOICES = Prepared(
    lambda **who: (
        _log(**who)
        .order_by()
        .values_list("year", "owner", "owner__given_name", "owner__family_name")
        .distinct()
    ),
    me=int,
    room=list,
    team=int,
)


@lru_cache(maxsize=64)
def _log_count(names: tuple[str, ...], step: DecisionStep | None) -> Prepared:
    return Prepared(
        lambda **given: (
            _log(step=step, **given)
            .order_by()
            .values("team")
            .annotate(count=Count("pk"))
            .values_list("count")
        ),
        **kinds(names),
    )


@lru_cache(maxsize=64)
def _log_page(names: tuple[str, ...], step: DecisionStep | None, start: int) -> PreparedObjects[Decision]:
    return PreparedObjects(
        lambda **given: _log(step=step, **given)[start : start + PER_PAGE],
        ("replaced_by",),
        **kinds(names),
    )


def _at_step(step: DecisionStep) -> Q:
    return {
        DecisionStep.DECIDED: Q(distributed_at=None),
        DecisionStep.DISTRIBUTED: Q(distributed_at__isnull=False, done_at=None),
        DecisionStep.DONE: Q(done_at__isnull=False, effect_at=None),
        DecisionStep.EFFECT: Q(effect_at__isnull=False),
    }[step]


def team_to_report_for(user: User, slug: str) -> Team:
    """The team, for those in its room; 403 to others who can see it."""
    team = team_for(user, slug)
    if not standing(user).is_in(team.pk):
        raise PermissionDenied
    return team


def team_to_archive_for(user: User, slug: str) -> Team:
    """The team, for its secretary; 403 to others who can see it."""
    team = team_for(user, slug)
    if not rules.can_archive(user, team):
        raise PermissionDenied
    return team


def to_report(
    user: User,
    team: Team,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    with_reported: bool = False,
) -> QuerySet[Decision]:
    """The team's decisions by delegation that the committee is to be told of, oldest first."""
    found = (
        Decision.objects.visible_to(user)
        .filter(team=team, authority=Authority.DELEGATION, is_to_be_reported=True, withdrawn_at=None)
        .select_related("decided_by", "delegation_point")
        .order_by("decided_at", "pk")
    )
    if not with_reported:
        found = found.filter(reported_on=None)
    if first:
        found = found.filter(decided_at__gte=_midnight(first))
    if last:
        found = found.filter(decided_at__lt=_midnight(last + dt.timedelta(days=1)))
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
