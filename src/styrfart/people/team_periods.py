"""What a team was called on a day, and how a change ends one period and begins the next."""

import datetime as dt
from collections.abc import Collection

from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate

from styrfart.people.models import PeriodQuerySet, Team, TeamPeriod

ONE_DAY = dt.timedelta(days=1)


def begin_periods(teams: Collection[int], day: dt.date) -> None:
    """Let the teams, given by pk, have been what their rows say since `day`; what they were ends before it.

    What began that very day is corrected: it never was. The same few queries, however many the teams.
    """
    _close(teams, day)
    lately = {
        each.team_id: each for each in TeamPeriod.objects.filter(team__in=teams, valid_to=day - ONE_DAY)
    }
    rows = Team.objects.filter(pk__in=teams)
    # Changed and changed back on the same day: what was goes on.
    goes_on = {team.pk: lately[team.pk].pk for team in rows if _is_same(team, lately.get(team.pk))}
    TeamPeriod.objects.filter(pk__in=goes_on.values()).update(valid_to=None)
    TeamPeriod.objects.bulk_create(
        period_of(team, max(day, team.valid_from)) for team in rows if team.pk not in goes_on
    )


def end_periods(teams: Collection[int], day: dt.date) -> None:
    """Let what the teams are called end the day before; their rows already say which day was their last."""
    _close(teams, day)
    # A team that began the same day keeps the day before, and what it was called then.
    TeamPeriod.objects.bulk_create(
        period_of(team, team.valid_from, team.valid_to)
        for team in Team.objects.filter(pk__in=teams, periods=None)
    )


def period_of(team: Team, valid_from: dt.date, valid_to: dt.date | None = None) -> TeamPeriod:
    """What the team is now, as a period that is not written yet."""
    return TeamPeriod(
        team=team,
        name=team.name,
        unit_id=team.unit_id,
        level=team.level,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def name_then(team: str, *, on: str = "", at: str = "") -> Coalesce:
    """What the team by the relation `team` was called, as a column of the caller's own query.

    The day is in the caller's column `on`, or the moment in `at`. Before its first day a team is called what
    it is now, and while it was away what it was called when it went.
    """
    day = OuterRef(on) if on else TruncDate(ExpressionWrapper(OuterRef(at), DateTimeField()))
    periods: PeriodQuerySet[TeamPeriod] = TeamPeriod.objects.filter(team=OuterRef(team), valid_from__lte=day)
    return Coalesce(Subquery(periods.order_by("-valid_from").values("name")[:1]), F(f"{team}__name"))


def _close(teams: Collection[int], day: dt.date) -> None:
    open_now = TeamPeriod.objects.filter(team__in=teams, valid_to=None)
    open_now.filter(valid_from__gte=day).delete()
    open_now.update(valid_to=day - ONE_DAY)


def _is_same(team: Team, period: TeamPeriod | None) -> bool:
    return period is not None and (period.name, period.unit_id, period.level) == (
        team.name,
        team.unit_id,
        team.level,
    )
