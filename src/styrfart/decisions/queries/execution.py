"""How many decisions are carried out in time: the measure that the product is named after."""

import datetime as dt
from dataclasses import dataclass

from django.db.models.functions import Coalesce
from django.utils import timezone

from styrfart.decisions.models import Decision
from styrfart.people.models import Team


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
    found = Decision.objects.annotate(promised=Coalesce("first_due_on", "due_on")).filter(
        team=team, withdrawn_at=None, promised__range=(quarter.first, quarter.last)
    )
    dots = []
    for decision in found.order_by("promised", "pk"):
        day = decision.promised_on
        done_on = decision.done_at and timezone.localdate(decision.done_at)
        if done_on is None and (day >= today or _replaced_by(decision, day)):
            continue
        dots.append(done_on is not None and done_on <= day)
    return Styrfart(quarter, sum(dots), len(dots), tuple(dots))


def _replaced_by(decision: Decision, day: dt.date) -> bool:
    """Whether a new decision had taken its place by `day`."""
    return decision.replaced_at is not None and timezone.localdate(decision.replaced_at) <= day
