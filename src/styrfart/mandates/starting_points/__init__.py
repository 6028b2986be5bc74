"""Mandates to begin from and adapt: an office, a division, a district administration.

The texts are Swedish, as a mandate is; each file beside this one is data, read once.
"""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.models import Destination, TeamType

NAMES: Mapping[str, str | Promise] = {
    "office": _("Ett kontor eller en fackförvaltning"),
    "division": _("En avdelning"),
    "district": _("En stadsdelsförvaltning"),
}
# In a file: the team of the nearest unit above.
ABOVE = "above"


@dataclass(frozen=True)
class StartingRule:
    concerns: str
    destination: Destination
    words: tuple[str, ...]
    post_title: str = ""
    to: str = ""
    amount_min: int | None = None
    amount_max: int | None = None


@dataclass(frozen=True)
class StartingPoint:
    """What a mandate says before a team has made it its own."""

    key: str
    name: str | Promise
    purpose: str
    only_we: str
    team_type: TeamType
    norms: tuple[str, ...]
    target_mix: Mapping[str, int]
    results: tuple[tuple[str, str], ...]
    rules: tuple[StartingRule, ...]


@functools.cache
def read(key: str) -> StartingPoint:
    """The starting point called `key`; KeyError when there is none."""
    name = NAMES[key]
    text = resources.files(__package__).joinpath(f"{key}.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return StartingPoint(
        key=key,
        name=name,
        purpose=data["purpose"].strip(),
        only_we=data["only_we"].strip(),
        team_type=TeamType(data["team_type"]),
        norms=tuple(data["norms"]),
        target_mix=data["target_mix"],
        results=tuple((row["text"], row["measure"]) for row in data["results"]),
        rules=tuple(
            StartingRule(
                **{
                    **row,
                    "destination": Destination(row["destination"]),
                    "words": tuple(row["words"]),
                }
            )
            for row in data["rules"]
        ),
    )


def all_of_them() -> list[StartingPoint]:
    """Every starting point, in the order of `NAMES`."""
    return [read(key) for key in NAMES]
