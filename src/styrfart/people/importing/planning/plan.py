"""A plan: what is to be written, and the same told as differences that a reader can judge."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from styrfart.people.importing.problems import Problem
from styrfart.people.importing.register import PersonWish, TeamWish, UnitWish
from styrfart.people.importing.snapshot import PersonNow, TeamNow, UnitNow

ONE_DAY = dt.timedelta(days=1)


class Change(NamedTuple):
    """One thing about an object: before and after, empty when there is none."""

    field: str
    before: str
    after: str


class Difference(NamedTuple):
    """One object that is new, changed or ended."""

    section: str  # ImportLine.Section
    kind: str  # "unit", "person", "team"
    key: str  # code, key of the person, slug
    label: str
    note: str
    changes: tuple[Change, ...]
    concerns: tuple[str, ...]  # keys of people


class NewPost(NamedTuple):
    """A post to write."""

    person: str
    unit: str
    title: str
    is_head: bool
    valid_from: dt.date
    valid_to: dt.date | None


class NewSeat(NamedTuple):
    """A seat to write."""

    team: str
    person: str
    role: str
    function: str
    valid_from: dt.date
    valid_to: dt.date | None


class Redated(NamedTuple):
    """A row whose days the file corrects."""

    pk: int
    valid_from: dt.date
    valid_to: dt.date | None


def span(first: dt.date, last: dt.date | None) -> str:
    """Days as they are kept in a change: "2024-01-01/", "2024-01-01/2026-12-31"."""
    return f"{first.isoformat()}/{last.isoformat() if last else ''}"


@dataclass
class Tenures:
    """What happens to posts or seats."""

    ended: list[int] = field(default_factory=list)  # last day: the day before
    removed: list[int] = field(default_factory=list)  # began that very day, or not yet: never took effect
    redated: list[Redated] = field(default_factory=list)


@dataclass
class Plan:
    """Everything an import would write, on `day`."""

    day: dt.date
    new_units: list[UnitWish] = field(default_factory=list)
    changed_units: list[tuple[UnitNow, UnitWish]] = field(default_factory=list)
    ended_units: list[UnitNow] = field(default_factory=list)
    new_people: list[PersonWish] = field(default_factory=list)
    changed_people: list[tuple[PersonNow, dict[str, Any]]] = field(default_factory=list)
    ended_people: list[PersonNow] = field(default_factory=list)
    new_posts: list[NewPost] = field(default_factory=list)
    posts: Tenures = field(default_factory=Tenures)
    new_teams: list[TeamWish] = field(default_factory=list)
    changed_teams: list[tuple[TeamNow, TeamWish]] = field(default_factory=list)
    ended_teams: list[TeamNow] = field(default_factory=list)
    new_seats: list[NewSeat] = field(default_factory=list)
    seats: Tenures = field(default_factory=Tenures)
    differences: list[Difference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not self.differences

    def counts(self) -> dict[str, int]:
        """How many of each kind in each section: "person.new" -> 12."""
        return dict(Counter(f"{each.kind}.{each.section}" for each in self.differences))

    def digest(self) -> str:
        """Equal for plans that write the same on the same organisation."""
        content = [self.day.isoformat(), self.differences, self._tenures()]
        return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()

    def _tenures(self) -> list[Any]:
        parts = (self.new_posts, *asdict(self.posts).values(), self.new_seats, *asdict(self.seats).values())
        return [part for part in parts if part]


class Tenure(NamedTuple):
    """The days of a post or a seat, and whose it is."""

    pk: int
    valid_from: dt.date
    label: str


@dataclass
class Closing:
    """Ends rows without rewriting what was."""

    day: dt.date
    today: dt.date
    latest: Tenure | None = None  # a row that began after the day: the plan cannot be made for that day

    def close(self, row: Tenure, tenures: Tenures) -> None:
        """Let the day before be the row's last; a row that never took effect disappears."""
        if self.took_effect_before(row.valid_from):
            tenures.ended.append(row.pk)
        elif self.never_was(row.valid_from):
            tenures.removed.append(row.pk)
        else:
            self.refuse(row)

    def took_effect_before(self, valid_from: dt.date) -> bool:
        """Whether what began then is history that stays."""
        return valid_from < self.day

    def never_was(self, valid_from: dt.date) -> bool:
        """Whether what begins then may be changed without a trace: it begins that very day, or is planned."""
        return valid_from == self.day or valid_from > self.today

    def begin(self, told: dt.date | None, past: Iterable[dt.date | None]) -> dt.date:
        """The first day of what begins: as the file tells, never back over what ended in the `past`."""
        return max(told or self.day, *(end + ONE_DAY for end in past if end), dt.date.min)

    def correct(self, told: dt.date | None, known: dt.date, past: Iterable[dt.date | None]) -> dt.date:
        """The first day of what goes on, and began on `known`.

        The file may move it back, but never over what was before it. It is not moved ahead once it has taken
        effect: a register tells a new first day at each reorganisation, and the days until then were.
        """
        if told is None:
            return known
        if told > known:
            return told if self.never_was(known) else known
        return min(self.begin(told, past), known)

    def refuse(self, row: Tenure) -> None:
        """Note that `row` began too late for the plan's day."""
        if self.latest is None or row.valid_from > self.latest.valid_from:
            self.latest = row
