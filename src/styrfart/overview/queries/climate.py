"""What the latest survey said of the unit that somebody leads, in numbers that a verdict carries."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from styrfart.climate.models import Row
from styrfart.people.models import Person
from styrfart.people.standing import standing
from styrfart.shared.addresses import reverse
from styrfart.shared.prepared import Prepared

LATELY = dt.timedelta(days=180)
CLEAR, TOTAL = "clear", ".total"


@dataclass(frozen=True)
class Climate:
    """The latest report of a unit: what it is called, and how many areas have clearly changed."""

    title: str
    shown_on: dt.date
    changed: int
    is_changed: bool  # in an area, or only as a whole
    is_compared: bool  # with an earlier survey at all
    url: str


def climate(user: Person) -> Climate | None:
    """The latest report, of the last half year, of a unit that `user` is head of. One query, for heads."""
    units = [post.unit_id for post in standing(user).posts if post.is_head]
    if not units:
        return None
    for title, at, changes, code, asked in _LATEST.rows(units=units, since=timezone.now() - LATELY):
        clear = [key for key, each in changes.items() if each["strength"] == CLEAR]
        return Climate(
            title=title,
            shown_on=timezone.localdate(at),
            # A total follows from its areas, and is none of them.
            changed=sum(not key.endswith(TOTAL) for key in clear),
            is_changed=bool(clear),
            is_compared=bool(changes),
            url=reverse("climate:report", args=[code, asked]),
        )
    return None


def _latest(*, units: list[int], since: dt.datetime) -> "QuerySet[Row, tuple[object, ...]]":
    rows = Row.objects.filter(group__unit__in=units, release__made_at__gte=since)
    return rows.order_by("-release__made_at", "position").values_list(
        "release__round__title", "release__made_at", "changes", "group__unit__code", "release__round_id"
    )[:1]


_LATEST = Prepared(_latest, units=list, since=dt.datetime)
