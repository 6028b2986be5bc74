"""How many decisions are carried out in time: the measure that the product is named after."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from styrfart.decisions.models import Decision
from styrfart.people.models import Team
from styrfart.shared.prepared import Prepared


@dataclass(frozen=True)
class Quarter:
    """A quarter of a calendar year."""

    year: int
    number: int  # 1–4

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> dt.date:
        after = Quarter(self.year + self.number // 4, self.number % 4 + 1)
        return after.first - dt.timedelta(days=1)

    @property
    def before(self) -> "Quarter":
        """The quarter before this one."""
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)


def quarter_of(day: dt.date) -> Quarter:
    """The quarter in which the day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


@dataclass(frozen=True)
class Styrfart:
    """How many decisions that fell due in a quarter were carried out in time; `dots` in order of day."""

    quarter: Quarter
    on_time: int
    due: int
    dots: tuple[bool, ...]


def styrfart(team: Team, quarter: Quarter) -> Styrfart:
    """Decisions carried out by the day first promised, of those promised for the quarter. One query.

    Open ones whose day has passed count as not done. A moved day does not make a late decision timely. What
    was undone, or replaced before its day, was never due.
    """
    today = timezone.localdate()
    dots = []
    for day, done_at, replaced_at in _PROMISED.rows(team=team.pk, first=quarter.first, last=quarter.last):
        done_on = done_at and timezone.localdate(done_at)
        was_replaced = replaced_at is not None and timezone.localdate(replaced_at) <= day
        if done_on is None and (day >= today or was_replaced):
            continue
        dots.append(done_on is not None and done_on <= day)
    return Styrfart(quarter, sum(dots), len(dots), tuple(dots))


def _promised(
    *, team: int, first: dt.date, last: dt.date
) -> "QuerySet[Decision, tuple[dt.date, dt.datetime | None, dt.datetime | None]]":
    """By which day each was promised, when it was done, when replaced; in order of day."""
    return (
        Decision.objects.annotate(promised=Coalesce("first_due_on", "due_on"))
        .filter(team=team, withdrawn_at=None, promised__range=(first, last))
        .order_by("promised", "pk")
        .values_list("promised", "done_at", "replaced_at")
    )


_PROMISED = Prepared(_promised, team=int, first=dt.date, last=dt.date)
