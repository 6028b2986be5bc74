"""Claims of the load calendar."""

import datetime as dt
from typing import Any

from styrfart.load.models import Claim, ClaimKind
from styrfart.people.models import Unit


def claim(
    at: Unit, title: str = "Arbetsmiljöenkäten", *, starts_on: dt.date, weeks: int = 2, **fields: Any
) -> Claim:
    """An hour's survey of everybody in the unit, entered by hand."""
    values: dict[str, Any] = {"kind": ClaimKind.SURVEY, "minutes": 60} | fields
    made = Claim.objects.create(
        title=title, starts_on=starts_on, ends_on=starts_on + dt.timedelta(days=7 * weeks - 1), **values
    )
    made.units.set([at])
    return made
