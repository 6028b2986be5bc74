"""Results of others' instruments: figures are written down, by hand or from a file, and taken away."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from styrfart.climate.models import ExternalResult
from styrfart.climate.models.rounds import thresholds
from styrfart.people.models import Person, Team, Unit
from styrfart.shared import audit


class ResultIsThere(Exception):
    """The figure, or one in the file, has been written down already."""


@dataclass(frozen=True)
class Few:
    """A unit whose figure, less those of the units below it, is of fewer people than the limit."""

    row: int  # the number, among those that were to be written down, of the first that has a part in it
    unit: str
    answers: int
    below: int


class LeavesFew(Exception):
    """Between a figure and those below it there would be the figure of a few people."""

    def __init__(self, few: Sequence[Few]) -> None:
        super().__init__(few)
        self.few = few


@transaction.atomic
def record_result(
    *,
    instrument: str,
    unit: Unit | None,
    team: Team | None,
    measured_on: dt.date,
    measure: str,
    value: Decimal,
    scale: str,
    answers: int,
    source: str,
    actor: Person,
) -> ExternalResult:
    """Write down one figure. Raises `ResultIsThere` and `LeavesFew`."""
    row = {
        "instrument": instrument,
        "unit_id": unit.pk if unit else None,
        "team_id": team.pk if team else None,
        "measured_on": measured_on,
        "measure": measure,
        "value": value,
        "scale": scale,
        "answers": answers,
        "source": source,
    }
    made = _create([row], actor)[0]
    audit.record("climate.record_result", made, actor=actor)
    return made


@transaction.atomic
def import_results(*, rows: Sequence[dict[str, Any]], actor: Person) -> int:
    """Write down every figure of a file, or none. Raises `ResultIsThere` and `LeavesFew`."""
    made = _create(rows, actor)
    audit.record("climate.import_results", made[0], actor=actor, detail={"rows": len(made)})
    return len(made)


@transaction.atomic
def remove_result(*, result: ExternalResult, actor: Person) -> None:
    """Take a figure away: it was wrong. The log keeps that it was there."""
    audit.record("climate.remove_result", result, actor=actor)
    ExternalResult.objects.filter(pk=result.pk).delete()


def _create(rows: Sequence[dict[str, Any]], actor: Person) -> list[ExternalResult]:
    try:
        with transaction.atomic():
            made = ExternalResult.objects.bulk_create(
                [ExternalResult(**row, recorded_by=actor) for row in rows], batch_size=500
            )
    except IntegrityError as error:
        raise ResultIsThere from error
    few = sorted(_few_left(made), key=lambda each: each.row)
    if few:
        raise LeavesFew(few)
    return made


def _few_left(made: Sequence[ExternalResult]) -> Iterator[Few]:
    """The units of which too few are left when what is written down below them is taken away."""
    least, _least_text = thresholds()
    place = {each.pk: number for number, each in enumerate(made)}
    stored = ExternalResult.objects.filter(
        unit__isnull=False,
        instrument__in={each.instrument for each in made},
        measured_on__in={each.measured_on for each in made},
    )
    families: dict[tuple[str, dt.date, str], list[ExternalResult]] = defaultdict(list)
    for each in stored.select_related("unit").order_by("unit__path"):
        families[each.instrument, each.measured_on, each.measure].append(each)
    for family in families.values():
        for above, below in _nested(family):
            number = sum(each.answers for each in below)
            mine = [place[each.pk] for each in (above, *below) if each.pk in place]
            if mine and below and 0 < above.answers - number < least:
                yield Few(min(mine), str(above.unit), above.answers, number)


def _nested(family: Sequence[ExternalResult]) -> list[tuple[ExternalResult, list[ExternalResult]]]:
    """Each figure with those directly below it, of figures by the path of their unit."""
    found: list[tuple[ExternalResult, list[ExternalResult]]] = []
    around: list[tuple[str, list[ExternalResult]]] = []
    for each in family:
        path = each.unit.path if each.unit else ""
        while around and not path.startswith(around[-1][0]):
            around.pop()
        if around:
            around[-1][1].append(each)
        below: list[ExternalResult] = []
        around.append((path, below))
        found.append((each, below))
    return found
