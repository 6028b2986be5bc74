"""Pulses that put the same questions to others within weeks: what they show is held together (ADR 28)."""

import datetime as dt
from collections.abc import Sequence

from styrfart.climate.instruments import Instrument
from styrfart.climate.models import Round, RoundKind, RoundState

NEAR = dt.timedelta(weeks=8)  # from the day that one closes to the day that the next opens
LAUNCHED = (RoundState.LAUNCHING, RoundState.OPEN, RoundState.CLOSED, RoundState.RELEASED)


def pulses_near(of: Round, asked: Sequence[Instrument]) -> list[Round]:
    """Other pulses, launched and near in time, with some part of `asked` and about other units or teams, by
    number. One query, and two where there are some, besides those for the units and teams of `of`.

    Not one that was planned for just the same: nobody can choose who are left between the two.
    """
    if of.kind != RoundKind.PULSE:
        return []
    near = (
        Round.objects.filter(
            kind=RoundKind.PULSE,
            state__in=LAUNCHED,
            closes_on__gte=of.opens_on - NEAR,
            opens_on__lte=of.closes_on + NEAR,
        )
        .exclude(pk=of.pk)
        .prefetch_related("units", "teams")
        .order_by("pk")
    )
    keys, about = {part.key for part in asked}, _about(of)
    return [each for each in near if keys & {part.key for part in each.asked} and _about(each) != about]


def _about(of: Round) -> tuple[set[int], set[int]]:
    return {unit.pk for unit in of.units.all()}, {team.pk for team in of.teams.all()}
