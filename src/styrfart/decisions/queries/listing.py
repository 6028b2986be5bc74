"""The log of a team, the list for the committee, and search."""

import datetime as dt
import re
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from styrfart.decisions import rules
from styrfart.decisions.models import Authority, Decision, DecisionQuerySet, DecisionStep
from styrfart.people.models import Team
from styrfart.people.queries import team_for
from styrfart.people.standing import User, standing

LONGEST_SEARCH = 100


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
    found = (
        Decision.objects.visible_to(user)
        .filter(team=team)
        .select_related("owner", "decided_by")
        .prefetch_related("replaced_by")
        .order_by("-decided_at", "-pk")
    )
    return _narrow(found, narrowed or LogFilter())


def log_choices(user: User, team: Team) -> tuple[list[int], list[tuple[int, str]]]:
    """The years and the owners that the log can be narrowed to."""
    seen = Decision.objects.visible_to(user).filter(team=team).order_by()
    years = sorted(seen.values_list("year", flat=True).distinct(), reverse=True)
    owners = seen.values_list("owner", "owner__given_name", "owner__family_name").distinct()
    return years, sorted(
        ((pk, f"{given} {family}") for pk, given, family in owners), key=lambda owner: owner[1].casefold()
    )


def _narrow(found: DecisionQuerySet, by: LogFilter) -> DecisionQuerySet:
    if by.year:
        found = found.filter(year=by.year)
    if by.owner_id:
        found = found.filter(owner=by.owner_id)
    if by.step:
        found = found.in_force().filter(_at_step(by.step))
    if by.is_late:
        found = found.in_force().filter(done_at=None, due_on__lt=timezone.localdate())
    return found.filter(_holds(by.text)) if by.text else found


def _at_step(step: DecisionStep) -> Q:
    return {
        DecisionStep.DECIDED: Q(distributed_at=None),
        DecisionStep.DISTRIBUTED: Q(distributed_at__isnull=False, done_at=None),
        DecisionStep.DONE: Q(done_at__isnull=False, effect_at=None),
        DecisionStep.EFFECT: Q(effect_at__isnull=False),
    }[step]


def _holds(text: str) -> Q:
    """Every word of `text` stands in the decision; "41:1" is its number.

    By regular expression, because SQLite compares å, ä and ö with their capitals only there.
    """
    found = Q()
    for word in _words(text):
        if number := re.fullmatch(r"(\d{1,2}):(\d{1,4})", word):
            found &= Q(week=int(number[1]), sequence=int(number[2]))
        else:
            pattern = re.escape(word)
            found &= Q(text__iregex=pattern) | Q(reasons__iregex=pattern) | Q(effect_question__iregex=pattern)
    return found


def _words(text: str) -> list[str]:
    return text.replace("\0", "")[:LONGEST_SEARCH].split()


def search(user: User, text: str, *, limit: int = 20) -> list[Decision]:
    """Decisions that hold every word of `text`, among those `user` may read; newest first. One query."""
    if not _words(text):
        return []
    found = Decision.objects.readable_among(user).filter(_holds(text), withdrawn_at=None)
    return list(found.select_related("team", "owner").order_by("-decided_at", "-pk")[:limit])


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
