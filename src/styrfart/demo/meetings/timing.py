"""How long everything took: the share that was information, and the clock of every meeting."""

import datetime as dt
import random
from collections.abc import Iterable, Sequence

from styrfart.demo.days import Days
from styrfart.demo.meetings.agendas import Held
from styrfart.matters.models import ItemPurpose

# The share of meeting time that went to information before the mandate, and goes there since.
INFORMED_BEFORE, INFORMED_AFTER = 0.48, 0.18
YEAR = dt.timedelta(days=365)


def weigh(meetings: Iterable[Held], today: dt.date, adopted_on: dt.date, shares: tuple[float, float]) -> None:
    """Let information take exactly its share of the year before the mandate and of the year since."""
    held = list(meetings)
    since = max(today - YEAR, adopted_on)
    _weigh([one for one in held if adopted_on - YEAR <= one.sitting.day < adopted_on], shares[0])
    _weigh([one for one in held if one.sitting.day >= since], shares[1])


def _weigh(held: Sequence[Held], share: float) -> None:
    points = [point for one in held for point in one.points if point.seconds]
    told = sum(point.seconds for point in points if point.purpose == ItemPurpose.INFORMATION)
    rest = sum(point.seconds for point in points) - told
    if not told:
        return
    factor = share / (1 - share) * rest / told
    for point in points:
        if point.purpose == ItemPurpose.INFORMATION:
            point.seconds = max(30, round(point.seconds * factor))


def time(held: Held, days: Days, rng: random.Random) -> None:
    """When it was opened, when each item began, and when it ended."""
    sitting = held.sitting
    start = days.at(sitting.day, sitting.starts_at.hour)
    held.opened = start.replace(minute=sitting.starts_at.minute, second=0) + dt.timedelta(
        seconds=rng.randint(0, 240)
    )
    at = held.opened
    for point in held.points:
        if point.is_in_writing or not point.seconds:
            continue
        point.begins = at
        at = point.ends
    held.ended = at + dt.timedelta(seconds=rng.randint(20, 90))
