"""What is said at meetings: the texts, read once into plain values."""

import functools
import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class TalkText:
    """Something to take up, and what was noted when it was."""

    title: str
    outcome: str
    purpose: str = "information"
    level: str = "operational"
    when: str = ""  # "before" or "after" the mandate; empty: at any time
    notes: tuple[str, ...] = ()
    note: str = ""
    parked: str = ""
    minutes: int = 20
    unit: str = ""  # whose head answers for it
    background: str = ""
    proposal: str = ""
    arguments_for: str = ""
    arguments_against: str = ""
    why: str = ""
    is_in_writing: bool = False
    material: tuple[str, ...] = ()


@dataclass(frozen=True)
class WeeklyText:
    news: tuple[str, ...]
    stuck: tuple[str, ...]
    done: tuple[str, ...]


@dataclass(frozen=True)
class NotesText:
    """What was noted at items that have their words from elsewhere."""

    excuses: tuple[str, ...]
    conflict_note: str
    matter: tuple[str, ...]
    follow: tuple[str, ...]
    since_last: tuple[str, ...]
    wheel: dict[str, tuple[str, ...]]  # by reporting period
    weekly: WeeklyText


@functools.cache
def talks(file: str, kind: str) -> tuple[TalkText, ...]:
    """The texts of one kind in a file, in their order."""
    return tuple(TalkText(**_frozen(row)) for row in _read(file)[kind])


@functools.cache
def notes() -> NotesText:
    """The notes."""
    data = _read("notes")
    return NotesText(
        excuses=tuple(data["excuses"]),
        conflict_note=data["conflict_note"],
        matter=tuple(data["matter"]),
        follow=tuple(data["follow"]),
        since_last=tuple(data["since_last"]),
        wheel={period: tuple(texts) for period, texts in data["wheel"].items()},
        weekly=WeeklyText(**_frozen(data["weekly"])),
    )


class Deck(Generic[T]):
    """Cards in a random order: none comes again before all have come."""

    def __init__(self, cards: Sequence[T], rng: random.Random) -> None:
        self._cards, self._rng, self._left = list(cards), rng, list[T]()

    def draw(self) -> T:
        """The next card."""
        if not self._left:
            self._left = self._cards[:]
            self._rng.shuffle(self._left)
        return self._left.pop()


def _read(name: str) -> dict[str, Any]:
    text = (
        resources.files("styrfart.demo").joinpath(f"texts/meetings/{name}.toml").read_text(encoding="utf-8")
    )
    return tomllib.loads(text)


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
