"""How the team uses its meeting time: actual minutes, for the team itself."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Min
from django.utils import timezone

from styrfart.mandates.models import Mandate, MandateState
from styrfart.matters.models import ItemPurpose, MatterLevel
from styrfart.meetings.models import AgendaItem, ItemState, MeetingState
from styrfart.people.models import Team

YEAR = dt.timedelta(days=365)
# Fewer meetings than this say nothing in general.
ENOUGH_MEETINGS = 3


@dataclass
class SpentTime:
    """What a time's meetings went to, in seconds that were really used."""

    meetings: set[int] = field(default_factory=set)
    purposes: Counter[ItemPurpose] = field(default_factory=Counter)
    levels: Counter[MatterLevel] = field(default_factory=Counter)

    @property
    def seconds(self) -> int:
        return self.purposes.total()

    @property
    def says_something(self) -> bool:
        """Whether it holds enough meetings with time in them."""
        return len(self.meetings) >= ENOUGH_MEETINGS and self.seconds > 0

    def share(self, purpose: ItemPurpose) -> float:
        """Percent of the time."""
        return 100 * self.purposes[purpose] / self.seconds if self.seconds else 0.0

    def level_share(self, level: MatterLevel) -> float:
        """Percent of the time."""
        return 100 * self.levels[level] / self.seconds if self.seconds else 0.0

    def gap(self, target: dict[ItemPurpose, int]) -> float:
        """Half the sum of the differences from the target, in percent: what would have to change place."""
        return sum(abs(self.share(purpose) - target.get(purpose, 0)) for purpose in ItemPurpose) / 2


@dataclass(frozen=True)
class MeetingMirror:
    """The last year, and the year before the team had a mandate."""

    now: SpentTime
    before: SpentTime
    adopted_on: dt.date | None  # the team's first mandate
    target: dict[ItemPurpose, int]  # percent; empty when the mandate says nothing
    items: int
    returned: int
    needing_material: int
    material_in_time: int


def meeting_mirror(team: Team) -> MeetingMirror:
    """What the meetings' time went to since the mandate, at most a year, and before it. Three queries."""
    today = timezone.localdate()
    adopted_on = Mandate.objects.filter(team=team).aggregate(first=Min("adopted_on"))["first"]
    mix = (
        Mandate.objects.filter(team=team, state=MandateState.ADOPTED)
        .values_list("target_mix", flat=True)
        .first()
    )
    begins = max(today - YEAR, adopted_on) if adopted_on else today - YEAR
    before_from = adopted_on - YEAR if adopted_on else begins
    now, before, counted = SpentTime(), SpentTime(), Counter[str]()
    for meeting, held_on, purpose, level, seconds, state, needs, ready_at, is_late in _items(
        team, min(begins, before_from)
    ):
        use = now if held_on >= begins else before if adopted_on and held_on < adopted_on else None
        if use is None:
            continue
        if seconds:
            use.meetings.add(meeting)
            use.purposes[ItemPurpose(purpose)] += seconds
            use.levels[MatterLevel(level)] += seconds
        if use is now:
            counted["items"] += 1
            counted["returned"] += state == ItemState.RETURNED
            counted["needing"] += needs
            counted["in_time"] += bool(needs and ready_at and not is_late)
    return MeetingMirror(
        now=now,
        before=before,
        adopted_on=adopted_on,
        target={ItemPurpose(purpose): int(share) for purpose, share in (mix or {}).items()},
        items=counted["items"],
        returned=counted["returned"],
        needing_material=counted["needing"],
        material_in_time=counted["in_time"],
    )


Row = tuple[int, dt.date, str, str, int, str, bool, dt.datetime | None, bool]


def _items(team: Team, since: dt.date) -> list[Row]:
    return list(
        AgendaItem.objects.filter(
            meeting__team=team,
            meeting__state=MeetingState.ENDED,
            meeting__held_on__gte=since,
            is_in_writing=False,
        )
        .order_by()
        .values_list(
            "meeting_id",
            "meeting__held_on",
            "purpose",
            "level",
            "seconds_used",
            "state",
            "needs_material",
            "ready_at",
            "is_late",
        )
    )
