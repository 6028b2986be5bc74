"""What is said in the pulses of the demonstration, as values."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class RoundText:
    """A round: how many days ago it opened, where the answers of the whole office lie (0 to 100), and what
    was done after it.
    """

    title: str
    why: str
    ago: int
    means: Mapping[str, float]
    done: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class ReviewText:
    """A 360: whom it is about, who is asked, how many days ago it opened, and where the answers lie."""

    subject: str
    why: str
    ago: int
    manager: str
    peers: tuple[str, ...]
    own: float
    seen: float
    reports: tuple[str, ...] = ()
    report_units: tuple[str, ...] = ()
    shown_to: tuple[str, ...] = ()
    differ: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class ClimateText:
    """The whole story."""

    unit: str
    owner: str
    instruments: tuple[str, ...]
    rate: float
    question: Mapping[str, str]
    rounds: tuple[RoundText, ...]
    reviews: tuple[ReviewText, ...]
    units: Mapping[str, Mapping[str, float]]
    conversation: Mapping[str, str]
    comments: tuple[str, ...]

    @property
    def latest(self) -> RoundText:
        """The last round that has been shown."""
        return [each for each in self.rounds if each.ago][-1]


@cache
def climate() -> ClimateText:
    """The texts, read once."""
    text = resources.files("styrfart.demo").joinpath("texts/climate.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return ClimateText(
        unit=data["unit"],
        owner=data["owner"],
        instruments=tuple(data["instruments"]),
        rate=data["rate"],
        question=data["question"],
        rounds=tuple(RoundText(**row) for row in data["rounds"]),
        reviews=tuple(ReviewText(**row) for row in data["reviews"]),
        units=data["units"],
        conversation=data["conversation"],
        comments=tuple(data["comments"]["texts"]),
    )
