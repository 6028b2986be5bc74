"""What rooms above add to the team's room, to its mirror and to a matter: a template of its own and content.

A function is added once, when the room's app is ready. It is asked for every page, so it says what it costs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from styrfart.matters.models import Matter
from styrfart.people.models import Team
from styrfart.people.standing import User


@dataclass(frozen=True)
class Part:
    """A part of a page: its template sees `content` as `part`."""

    template: str
    content: object


About = TypeVar("About", Team, Matter)

ROOM: list[Callable[[User, Team], Part | None]] = []
MIRROR: list[Callable[[User, Team], Part | None]] = []
# Beside where the matter is; the reader is somebody who may see it.
MATTER: list[Callable[[User, Matter], Part | None]] = []


def offered(offers: list[Callable[[User, About], Part | None]], user: User, about: About) -> list[Part]:
    """The parts that have something to show this reader, in the order of their rooms."""
    return [part for offer in offers if (part := offer(user, about)) is not None]
