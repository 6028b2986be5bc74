"""Results of others' instruments: figures are written down, by hand or from a file, and taken away."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from styrfart.climate.models import ExternalResult
from styrfart.people.models import Person, Team, Unit
from styrfart.shared import audit


class ResultIsThere(Exception):
    """The figure, or one in the file, has been written down already."""


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
    """Write down one figure. Raises `ResultIsThere`."""
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
    """Write down every figure of a file, or none. Raises `ResultIsThere`."""
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
            return ExternalResult.objects.bulk_create(
                [ExternalResult(**row, recorded_by=actor) for row in rows], batch_size=500
            )
    except IntegrityError as error:
        raise ResultIsThere from error
