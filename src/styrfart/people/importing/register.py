"""The organisation as the files want it. A person has a key: "p17" is in the database, "r14" is row 14."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from styrfart.people.importing.layout import Sheet
from styrfart.people.models import TeamLevel, TeamRole, UnitKind


class UnitWish(NamedTuple):
    """A unit; `parent` is a code, empty at the top."""

    row: int
    code: str
    name: str
    kind: UnitKind
    parent: str


class PostWish(NamedTuple):
    """A title in a unit. Days that the file does not tell are None."""

    unit: str
    title: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    row: int = 0


@dataclass
class PersonWish:
    """A person with their posts; an empty address or number leaves what is known."""

    row: int
    email: str
    number: str
    given_name: str
    family_name: str
    head: str = ""  # as written: who is said to be their head
    pk: int | None = None
    posts: list[PostWish] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"r{self.row}" if self.pk is None else f"p{self.pk}"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class SeatWish(NamedTuple):
    """A person in a team."""

    row: int
    person: str
    role: TeamRole
    function: str
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclass
class TeamWish:
    """A team with those who sit in it."""

    row: int
    slug: str
    name: str
    level: TeamLevel
    unit: str
    seats: list[SeatWish] = field(default_factory=list)
    by_person: dict[str, list[SeatWish]] = field(default_factory=dict)


@dataclass
class Register:
    """Everything the files say, resolved: codes and keys that are mentioned exist."""

    sheets: frozenset[Sheet] = frozenset()
    tells_end: frozenset[Sheet] = frozenset()  # those with a column for the last day
    tells_posts: bool = True  # whether the people have columns for unit and title
    units: dict[str, UnitWish] = field(default_factory=dict)
    people: dict[str, PersonWish] = field(default_factory=dict)
    teams: dict[str, TeamWish] = field(default_factory=dict)
    heads: dict[str, tuple[str, ...]] = field(default_factory=dict)  # code of a unit in the file -> keys
