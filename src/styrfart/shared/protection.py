"""What the page about protection tells of each room: rooms above register their parts when they are ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Part:
    """A heading and the sentences under it; `anchor` is where links lead: /skydd/#puls."""

    anchor: str
    title: Promise
    sentences: Callable[[], Sequence[str]]


PARTS: list[Part] = []


def tell(*parts: Part) -> None:
    """Let the page tell these parts, too, after those that are there."""
    PARTS.extend(part for part in parts if part not in PARTS)
