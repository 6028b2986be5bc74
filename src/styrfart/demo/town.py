"""What the builders share: where rows go, what day it is, who is who."""

import datetime as dt
import random
from dataclasses import dataclass, field

from styrfart.demo.days import Days
from styrfart.demo.people import Names
from styrfart.demo.store import Store
from styrfart.mandates.models import DelegationPoint, Mandate, Rule
from styrfart.people.models import Person, Team, Unit

DOMAIN = "demostad.example"


def seeded(seed: int, part: str) -> random.Random:
    """Chance of its own for each part, so that a change in one does not move all the others."""
    return random.Random(f"{seed}/{part}")  # noqa: S311  # invents a town, guards nothing


@dataclass
class Seats:
    """Who sits where in a team."""

    chair: Person
    title: str  # of the post by which the chair leads
    members: list[Person] = field(default_factory=list)
    secretary: Person | None = None
    adjuncts: list[tuple[Person, str, dt.date]] = field(default_factory=list)  # function, since

    @property
    def all(self) -> list[Person]:
        """The chair and the members."""
        return [self.chair, *self.members]


@dataclass
class Part:
    """A unit, who leads it, and some of those who work there."""

    unit: Unit
    head: Person | None
    staff: list[Person] = field(default_factory=list)


@dataclass
class Town:
    """A municipality in the making."""

    store: Store
    days: Days
    names: Names
    seed: int
    units: dict[str, Unit] = field(default_factory=dict)
    heads: dict[str, Person] = field(default_factory=dict)  # unit code -> who leads it
    titles: dict[str, str] = field(default_factory=dict)  # unit code -> what its head is called
    staff: dict[str, list[Person]] = field(default_factory=dict)  # unit code -> who works in it
    known: dict[str, Person] = field(default_factory=dict)  # by name: those whom the story needs
    teams: dict[str, Team] = field(default_factory=dict)
    team_of: dict[str, Team] = field(default_factory=dict)  # unit code -> its team
    seats: dict[str, Seats] = field(default_factory=dict)  # team slug -> who sits there
    points: dict[str, dict[str, DelegationPoint]] = field(default_factory=dict)  # committee -> code -> point
    mandates: dict[str, list[Mandate]] = field(
        default_factory=dict
    )  # team slug -> versions in force, oldest first
    rules: dict[int, dict[str, Rule]] = field(default_factory=dict)  # mandate -> slug -> rule

    # Whether what is being built is the story itself, or the rest of a city around it.
    is_told: bool = True

    @property
    def today(self) -> dt.date:
        return self.days.today

    def part(self, code: str) -> Part:
        """One of the story's own units."""
        return Part(self.units[code], self.heads.get(code), self.staff.get(code, []))

    def chance(self, part: str) -> random.Random:
        return seeded(self.seed, part)
