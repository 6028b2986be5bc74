"""Kinds of meeting and annual wheels to begin from. The texts are Swedish, as a team's own are."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.actions.structure import ItemValues, KindValues
from styrfart.meetings.actions.wheel import WheelValues
from styrfart.meetings.models import Rhythm

# In the order in which they are offered, with what the reader is told of each.
HINTS: Mapping[str, str | Promise] = {
    "weekly": _("Varje vecka, 30–45 minuter. Läget, inte diskussioner."),
    "ordinary": _("Var annan till var fjärde vecka, två till tre timmar. Det som bara ni kan göra."),
    "strategy": _("Fyra gånger om året: tre halvdagar och en heldag. Riktningen."),
    "development": _("Fyra gånger om året, två timmar. Hur ni arbetar ihop."),
    "consultation": _("Med facket. Kallelse 14 dagar före, underlag 7 dagar före."),
}


@dataclass(frozen=True)
class KindStart:
    """A kind of meeting before a team has made it its own."""

    key: str
    hint: str | Promise
    rhythm: Rhythm
    times_a_year: int
    values: KindValues
    standing: tuple[ItemValues, ...]

    @property
    def hours_a_year(self) -> int:
        """For each who is at all of them."""
        return round(self.times_a_year * self.values.minutes / 60)


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def kinds() -> Mapping[str, KindStart]:
    """Every kind to begin from, by key."""
    data = _read("kinds.toml")
    found = {}
    for key in HINTS:
        row = dict(data[key])
        standing = tuple(ItemValues(**each) for each in row.pop("standing", []))
        rhythm, times = Rhythm(row.pop("rhythm")), row.pop("times_a_year")
        found[key] = KindStart(key, HINTS[key], rhythm, times, KindValues(**row), standing)
    return found


@functools.cache
def wheel() -> Mapping[str, WheelValues]:
    """Everything that a wheel may begin with, by key, in the order of the year."""
    rows = {key: WheelValues(**row) for key, row in _read("wheel.toml").items()}
    return dict(sorted(rows.items(), key=lambda each: (each[1].month, each[1].day)))
