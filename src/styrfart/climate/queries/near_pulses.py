"""Pulses that put the same questions to others within weeks: what they show is held together (ADR 28)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from styrfart.climate.instruments import Instrument
from styrfart.climate.models import Group, Round, RoundKind, RoundState

NEAR = dt.timedelta(weeks=8)  # from the day that one closes to the day that the next opens
LAUNCHED = (RoundState.LAUNCHING, RoundState.OPEN, RoundState.CLOSED, RoundState.RELEASED)
Place = tuple[int | None, int | None]  # a unit or a team, by number


def pulses_near(of: Round, asked: Sequence[Instrument], places: Collection[Place]) -> list[Round]:
    """Other pulses, launched and near in time, with some part of `asked` and other groups than those at
    `places`, by number. Two queries.

    Not one of just the same groups: nobody can plan it so that few people are left between the two.
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
        .order_by("pk")
    )
    keys = {part.key for part in asked}
    same = [each for each in near if keys & {part.key for part in each.asked}]
    theirs: dict[int, set[Place]] = defaultdict(set)
    if same:
        groups = Group.objects.filter(round__in=same).order_by().values_list("round", "unit", "team")
        for pk, unit, team in groups:
            theirs[pk].add((unit, team))
    here = set(places)
    return [each for each in same if theirs[each.pk] != here]
