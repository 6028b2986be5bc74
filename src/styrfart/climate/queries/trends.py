"""How a measure of one unit or team has gone over rounds, also across reorganisations: the unit is the same.

A trend is a chain of comparisons that may be made: from each point to the round that it was compared with.
Where a comparison is withheld the chain ends, and what came before is in the reports of those rounds.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from styrfart.climate.models import Group, Row
from styrfart.climate.queries.released import Change, Earlier, Figure, Measure, Point, Report, Trend
from styrfart.climate.queries.reports import verdict_of

Told = Mapping[str, Mapping[str, Any]]


def trends_of(report: Report) -> tuple[Trend, ...]:
    """The trend of each headline of the report, the earliest point first: two queries."""
    rounds = {each.pk: each for each in report.earlier}
    rounds[report.round_pk] = Earlier(report.round_pk, report.title, report.opens_on, report.closes_on)
    group = Group.objects.only("unit_id", "team_id").get(pk=report.group_pk)
    same = Q(group__unit=group.unit_id) if group.unit_id else Q(group__team=group.team_id)
    stored = {
        pk: (figures, changes)
        for pk, figures, changes in Row.objects.filter(same, release__round__in=rounds)
        .order_by()
        .values_list("release__round", "figures", "changes")
    }
    return tuple(_trend(measure, report.round_pk, rounds, stored) for measure in report.headlines)


def _trend(
    measure: Measure, start: int, rounds: Mapping[int, Earlier], stored: Mapping[int, tuple[Told, Told]]
) -> Trend:
    points: list[Point] = []
    here: int | None = start
    while here is not None and here in stored and here in rounds:
        figures, changes = stored[here]
        if measure.key not in figures:
            break
        said = changes.get(measure.key)
        since = rounds.get(said["since"]) if said else None
        change = Change(since, said["before"], verdict_of(said)) if said and since else None
        points.append(Point(rounds[here], Figure(**figures[measure.key]), change))
        here = since.pk if change and since and change.before is not None else None
    return Trend(measure, tuple(reversed(points)))
