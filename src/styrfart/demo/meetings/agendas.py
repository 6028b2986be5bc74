"""What was on the agenda of every meeting, how long it took, and who was there: nothing is written yet."""

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from styrfart.demo.history import LEVELS, PURPOSES, Room, fill
from styrfart.demo.library import MatterText
from styrfart.demo.meetings.calendar import Form, Sitting
from styrfart.demo.meetings.texts import Deck, TalkText, notes, talks
from styrfart.demo.schedule import Slot
from styrfart.matters.models import Asked, ItemPurpose, MatterLevel
from styrfart.meetings.actions.planning import CHECK_IN, CHECK_IN_MINUTES, WRAP_UP, WRAP_UP_MINUTES
from styrfart.meetings.models import ItemSource, ItemState
from styrfart.meetings.starting_points import kinds, wheel
from styrfart.people.models import Person

# How often something could not be taken up as it was not ready: before, in the first half-year, since.
UNREADY = (0.36, 0.16, 0.05)
HALF_YEAR = dt.timedelta(days=183)


@dataclass(eq=False)
class Point:
    """An item, as it was on the agenda and as it went."""

    source: ItemSource
    title: str
    purpose: ItemPurpose
    level: MatterLevel
    minutes: int
    outcome: str
    owner: Person
    seconds: int = 0
    notes: list[str] = field(default_factory=list)
    parked: str = ""
    slot: Slot | None = None  # of the matter
    follows: Slot | None = None  # whose decision is looked back at
    wheel: str = ""  # key
    material: str = ""
    standing: int | None = None  # which of the kind's
    state: ItemState = ItemState.DONE
    text: TalkText | None = None
    is_in_writing: bool = False
    why: str = ""
    needs_material: bool = False
    is_ready: bool = True
    is_late: bool = False
    came_from: "Point | None" = None
    excluded: Person | None = None
    has_round: bool = False
    begins: dt.datetime | None = None

    @property
    def ends(self) -> dt.datetime:
        assert self.begins is not None  # noqa: S101  # `time_of` has been here
        return self.begins + dt.timedelta(seconds=self.seconds)


@dataclass(eq=False)
class Held:
    """A meeting with its agenda; of one that has been held also who was there."""

    sitting: Sitting
    points: list[Point]
    there: list[Person] = field(default_factory=list)
    away: dict[Person, str] = field(default_factory=dict)
    remote: set[Person] = field(default_factory=set)
    substitutes: dict[Person, Person] = field(default_factory=dict)
    opened: dt.datetime | None = None
    ended: dt.datetime | None = None


class Composer:
    """Makes the agendas of a team, one after the other."""

    def __init__(self, room: Room, rng: random.Random, mandate_on: dt.date, codes: Sequence[str]) -> None:
        self.room, self.rng, self.mandate_on = room, rng, mandate_on
        self.codes = list(codes)  # of the units whose heads sit in the team
        said = notes()
        every = talks("ordinary", "information")
        self.told = {
            False: Deck([text for text in every if text.when != "after"], rng),
            True: Deck([text for text in every if text.when != "before"], rng),
        }
        self.talk = Deck(talks("ordinary", "talk"), rng)
        self.unready = Deck(talks("ordinary", "unready"), rng)
        self.writing = Deck(talks("ordinary", "writing"), rng)
        self.day = {
            Form.STRATEGY: Deck(talks("days", "strategy"), rng),
            Form.DEVELOPMENT: Deck(talks("days", "development"), rng),
        }
        self.of_matter, self.of_follow = Deck(said.matter, rng), Deck(said.follow, rng)
        self.since_last = Deck(said.since_last, rng)
        self.weekly = [Deck(said.weekly.news, rng), Deck(said.weekly.stuck, rng), Deck(said.weekly.done, rng)]
        self.left: list[Point] = []  # what the last ordinary meeting did not reach

    def compose(
        self, sitting: Sitting, decided: Sequence[Slot], seen: Sequence[Slot], due: Sequence[str]
    ) -> Held:
        """The agenda of a meeting that has been held. `due`: keys of the wheel."""
        points = [self._matter(slot) for slot in decided]
        is_after = sitting.day >= self.mandate_on
        match sitting.form:
            case Form.WEEKLY:
                points = self._weekly(points, is_after=is_after)
            case Form.ORDINARY:
                points = self._ordinary(points, sitting.day, seen, due, is_after=is_after)
            case Form.STRATEGY | Form.DEVELOPMENT:
                points = self._day(sitting.form, due)
        points = frame(self.room, sitting.form, points)
        for point in points:
            if not point.seconds and not point.is_in_writing and point.state == ItemState.DONE:
                point.seconds = round(point.minutes * 60 * self.rng.uniform(0.75, 1.2))
        return Held(sitting, points)

    def _weekly(self, points: list[Point], *, is_after: bool) -> list[Point]:
        found = standing(self.room, Form.WEEKLY)
        for point, deck in zip(found, self.weekly, strict=True):
            point.notes = [self._said(deck.draw(), point.owner)]
        found[0].seconds = round(self.rng.uniform(0.8, 1.2) * 60 * (9 if is_after else 17))
        if is_after:  # what has fastened is short when it goes on to the right meeting
            found[1].seconds = round(self.rng.uniform(0.7, 1.3) * 60 * 8)
        if not is_after and self.rng.random() < 0.5:  # every other week
            found[1].state, found[1].notes = ItemState.UNFINISHED, []
        return [*found, *points]

    def _ordinary(
        self, points: list[Point], day: dt.date, seen: Sequence[Slot], due: Sequence[str], *, is_after: bool
    ) -> list[Point]:
        found = standing(self.room, Form.ORDINARY)
        found[0].notes = [self._said(self.since_last.draw(), found[0].owner)]
        found += self._again() + points
        found += [self._wheel(key) for key in due]
        found += [self._follow(slot) for slot in seen[:2]]
        talks = 1 if is_after else self.rng.randint(0, 1)
        found += [self._talk(self.talk.draw()) for _ in range(talks)]
        if self.rng.random() < self._unready(day):
            found.append(self._returned())
        found += self._information(is_after=is_after)
        if not is_after and talks and self.rng.random() < 0.5:  # every other time
            self._run_out_of_time(found)
        return found

    def _information(self, *, is_after: bool) -> list[Point]:
        """Before: item after item. After: one, and the rest in writing."""
        found = []
        for _ in range(self.rng.randint(1, 2) if is_after else self.rng.randint(4, 5)):
            point = self._talk(self.told[is_after].draw())
            point.minutes = self.rng.choice([10, 15] if is_after else [15, 20, 20])
            point.is_ready = point.is_ready and (is_after or self.rng.random() < 0.4)  # a habit
            if is_after:
                point.why = "Gruppen behöver fråga varandra, inte bara läsa."
            found.append(point)
        for _ in range(self.rng.randint(1, 2) if is_after else 0):
            point = self._talk(self.writing.draw())
            point.is_in_writing, point.minutes = True, 5
            found.append(point)
        return found

    def _unready(self, day: dt.date) -> float:
        if day < self.mandate_on:
            return UNREADY[0]
        return UNREADY[1] if day < self.mandate_on + HALF_YEAR else UNREADY[2]

    def _returned(self) -> Point:
        point = self._talk(replace(self.unready.draw(), purpose="advice", level="tactical", minutes=15))
        assert point.text is not None  # noqa: S101  # it has just got one
        point.state, point.is_ready = ItemState.RETURNED, False
        point.notes, point.seconds = [self._said(point.text.note, point.owner)], self.rng.randint(180, 400)
        return point

    def _run_out_of_time(self, found: list[Point]) -> None:
        """The talk was last and was not reached; it comes back the next time."""
        point = next(
            each for each in reversed(found) if each.text and each.purpose != ItemPurpose.INFORMATION
        )
        if point.state != ItemState.DONE:
            return
        point.state, point.notes, point.parked = ItemState.UNFINISHED, [], ""
        found.remove(point)
        found.append(point)
        self.left.append(point)

    def _again(self) -> list[Point]:
        found = []
        for point in self.left:
            assert point.text is not None  # noqa: S101  # only talks are left
            again = self._talk(point.text, owner=point.owner)
            again.came_from = point
            found.append(again)
        self.left = []
        return found

    def _day(self, form: Form, due: Sequence[str]) -> list[Point]:
        found = standing(self.room, form)
        texts = [self.day[form].draw() for _ in range(2)]
        for point, text in zip(found, texts, strict=False):
            point.notes = [self._said(note, point.owner) for note in text.notes[:1]]
        found += [self._wheel(key) for key in due]
        for point in found[-len(due) :] if due else []:
            point.minutes = min(
                point.minutes, 45
            )  # what the kind always takes up is a part of the day's question
        if not due:
            found.append(self._talk(replace(self.day[form].draw(), level="strategic", minutes=30)))
        return found

    def _matter(self, slot: Slot) -> Point:
        text = slot.text
        owner = self.room.head(text.source)
        return Point(
            source=ItemSource.MATTER,
            title=fill(text.question, slot.handed_in),
            purpose=PURPOSES[Asked(text.asks)],
            level=LEVELS.get(text.rule, MatterLevel.OPERATIONAL),
            minutes=self.rng.choice([10, 15, 20, 20, 30] if text.year == 1 else [20, 25, 30, 30]),
            outcome=outcome_of(self.room, text),
            owner=owner,
            notes=[self._said(self.of_matter.draw(), owner) for _ in range(self.rng.randint(1, 2))],
            slot=slot,
            needs_material=True,
            is_ready=self.rng.random() < (0.92 if text.year != 1 else 0.5),  # a habit
            has_round=text.asks == "decision",
        )

    def _follow(self, slot: Slot) -> Point:
        decision = slot.text.decision
        assert decision is not None  # noqa: S101  # only decisions have an effect
        owner = self.room.head(decision.owner or slot.text.source)
        return Point(
            source=ItemSource.DECISION,
            title=f"Följ upp: {decision.text}"[:200],
            purpose=ItemPurpose.FOLLOW_UP,
            level=MatterLevel.TACTICAL,
            minutes=10,
            outcome="Vi vet om det hjälpte.",
            owner=owner,
            notes=[
                self._said(self.of_follow.draw(), owner),
                *([_sentence(decision.seen)] if decision.seen else []),
            ],
            follows=slot,
        )

    def _wheel(self, key: str) -> Point:
        values = wheel()[key]
        owner = self.room.seats.chair
        return Point(
            source=ItemSource.WHEEL,
            title=values.title,
            purpose=ItemPurpose(values.purpose),
            level=MatterLevel(values.level),
            minutes=values.minutes,
            outcome=values.outcome,
            owner=owner,
            notes=list(notes().wheel.get(values.period, ())),
            wheel=key,
            material=f"{values.title}, utkast",
            needs_material=True,
        )

    def _talk(self, text: TalkText, owner: Person | None = None) -> Point:
        code = text.unit or self.rng.choice(self.codes)
        owner = owner or self.room.head(code)
        unit = self.room.part(code).unit.name
        kept = [self._said(note, owner, unit) for note in text.notes]
        return Point(
            source=ItemSource.OWN,
            title=text.title.replace("{unit}", unit),
            purpose=ItemPurpose(text.purpose),
            level=MatterLevel(text.level),
            minutes=text.minutes,
            outcome=text.outcome,
            owner=owner,
            notes=[self.rng.choice(kept)] if text.purpose == "information" and kept else kept,
            parked=text.parked,
            text=text,
            is_in_writing=text.is_in_writing,
            why=text.why,
            needs_material=bool(text.material) or text.purpose != "information",
            is_ready=self.rng.random() < 0.85,  # most are
        )

    def _said(self, text: str, owner: Person, unit: str = "") -> str:
        return text.replace("{owner}", owner.full_name).replace("{unit}", unit)


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def outcome_of(room: Room, text: MatterText) -> str:
    """What is wanted of the meeting, as the desk puts it."""
    return text.outcome or {
        "decision": "Kontorschefens beslut efter gruppens råd"
        if room.team.level == "office"
        else "Ett beslut",
        "thinking": "En gemensam bild och ett beslut om nästa steg",
    }.get(text.asks, "Råd till ärendets ägare")


def standing(room: Room, form: Form) -> list[Point]:
    """What every meeting of the kind takes up."""
    return [
        Point(
            source=ItemSource.STANDING,
            title=each.title,
            purpose=ItemPurpose(each.purpose),
            level=MatterLevel(each.level),
            minutes=each.minutes,
            outcome=each.outcome,
            owner=room.seats.chair,
            standing=place,
        )
        for place, each in enumerate(kinds()[form].standing)
    ]


def frame(room: Room, form: Form, points: Iterable[Point]) -> list[Point]:
    """Check-in first and wrap-up last, where the kind has them; what goes out in writing stands after."""
    values = None if form is Form.EXTRA else kinds()[form].values
    every = list(points)
    found = [point for point in every if not point.is_in_writing]
    if values is None or values.has_check_in:
        found.insert(0, _frame(room, CHECK_IN, CHECK_IN_MINUTES, ItemSource.CHECK_IN, ItemPurpose.DIALOGUE))
    if values is None or values.has_wrap_up:
        found.append(_frame(room, WRAP_UP, WRAP_UP_MINUTES, ItemSource.WRAP_UP, ItemPurpose.FOLLOW_UP))
    return found + [point for point in every if point.is_in_writing]


def _frame(
    room: Room, words: tuple[str, str], minutes: int, source: ItemSource, purpose: ItemPurpose
) -> Point:
    return Point(source, words[0], purpose, MatterLevel.OPERATIONAL, minutes, words[1], room.seats.chair)
