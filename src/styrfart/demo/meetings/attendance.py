"""Who was there, who was not and why, and who left the room."""

import random
from collections.abc import Iterator

from styrfart.demo.history import Room, TakenUp
from styrfart.demo.meetings.agendas import Held, Point
from styrfart.demo.meetings.texts import notes
from styrfart.meetings.models import ItemSource, ItemState
from styrfart.people.models import Person

AWAY, REMOTE, SUBSTITUTED, CONFLICT = 0.11, 0.12, 0.3, 0.02


def expected(room: Room, held: Held) -> list[Person]:
    """Everybody with a seat on the day, in the order of their roles."""
    seats = room.seats
    found = [*seats.all, *([seats.secretary] if seats.secretary else [])]
    return found + [who for who, _function, since in seats.adjuncts if since <= held.sitting.day]


def attend(room: Room, held: Held, rng: random.Random) -> None:
    """Those who answer for something came; of the others, some were away."""
    needed = {room.seats.chair, room.seats.secretary}
    for point in held.points:
        needed |= people_of(room, point)
    excuses = notes().excuses
    for person in expected(room, held):
        if person not in needed and rng.random() < AWAY:
            held.away[person] = rng.choice(excuses)
            _stand_in(room, held, person, rng)
            continue
        held.there.append(person)
        if person != room.seats.chair and rng.random() < REMOTE:
            held.remote.add(person)


def people_of(room: Room, point: Point) -> set[Person]:
    """Who answers for the item and owns what was decided at it."""
    found = {point.owner}
    if point.slot and point.slot.text.decision and point.slot.text.decision.owner:
        found.add(room.head(point.slot.text.decision.owner))
    return found


def _stand_in(room: Room, held: Held, person: Person, rng: random.Random) -> None:
    """Somebody from the unit comes instead, now and then."""
    if not room.town.is_told or rng.random() >= SUBSTITUTED:
        return
    staff = next((room.town.staff[code] for code, head in room.town.heads.items() if head == person), [])
    known = {*expected(room, held), *held.substitutes}
    substitute = next((one for one in staff if one not in known), None)
    if substitute is not None:
        held.substitutes[substitute] = person
        held.there.append(substitute)


def settle(room: Room, held: Held, rng: random.Random, *, has_conflict: bool) -> None:
    """What the decisions of the meeting need to know: when, who took part, and who had left the room."""
    for point in decided(held):
        slot = point.slot
        assert slot is not None  # noqa: S101  # that is what was decided
        involved = {*people_of(room, point), room.seats.chair, room.seats.secretary}
        free = [who for who in room.seats.members if who in held.there and who not in involved]
        if len(free) > 2 and (has_conflict or rng.random() < CONFLICT):  # enough are left
            point.excluded, has_conflict = free[-1], False
            point.notes.insert(0, notes().conflict_note)
        room.taken_up[slot.text.question] = TakenUp(
            at=point.ends,
            minutes=point.minutes,
            there=[who for who in held.there if who != room.seats.chair],
            excluded=point.excluded,
        )


def decided(held: Held) -> Iterator[Point]:
    """The items at which a matter was decided."""
    return (
        point
        for point in held.points
        if point.source == ItemSource.MATTER and point.state == ItemState.DONE and point.slot
    )
