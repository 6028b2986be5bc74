"""What rooms above add to the team's room and to its mirror: each gives a template of its own and content.

A function is added once, when the room's app is ready. It is asked for every page, so it says what it costs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from styrfart.people.models import Team
from styrfart.people.standing import User


@dataclass(frozen=True)
class Part:
    """A part of a page: its template sees `content` as `part`."""

    template: str
    content: object


Offer = Callable[[User, Team], Part | None]

ROOM: list[Offer] = []
MIRROR: list[Offer] = []


def offered(offers: list[Offer], user: User, team: Team) -> list[Part]:
    """The parts that have something to show this reader, in the order of their rooms."""
    return [part for offer in offers if (part := offer(user, team)) is not None]
