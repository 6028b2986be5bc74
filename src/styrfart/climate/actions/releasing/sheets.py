"""What a round is calculated from, as arrays: its groups in order, and one line for each answer.

Imports NumPy: only what calculates imports this.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from styrfart.climate.answering import SIGNS
from styrfart.climate.instruments import Instrument
from styrfart.climate.models import Answer, Comment, Round, RoundKind

Ints = npt.NDArray[np.int64]
Steps = npt.NDArray[np.uint8]

BATCH = 20_000
_STEP = np.full(256, 255, dtype=np.uint8)
_STEP[[ord(sign) for sign in SIGNS]] = np.arange(len(SIGNS))


class AnswersDoNotFit(Exception):
    """A stored answer is not an answer to the round's questions: the table has been changed by hand."""


@dataclass(frozen=True, eq=False)
class Groups:
    """The groups of a round in their order, by place from 0: a parent before those below it."""

    pk: tuple[int, ...]
    parent: tuple[int, ...]  # place, -1 for none
    unit: tuple[int | None, ...]
    team: tuple[int | None, ...]
    invited: tuple[int, ...]  # who stand at the group itself

    @cached_property
    def place(self) -> dict[int, int]:
        """The place of each group, by its key."""
        return {pk: place for place, pk in enumerate(self.pk)}


@dataclass(frozen=True, eq=False)
class Sheets:
    """One line for each answer: `unit` [line], the place of its group; `steps` [line, question], 1 and up,
    0 where somebody would not say."""

    unit: Ints
    steps: Steps

    def of_part(self, asked: Sequence[Instrument], number: int) -> Steps:
        """The columns of one part."""
        first = sum(len(part.items) for part in asked[:number])
        return self.steps[:, first : first + len(asked[number].items)]


def groups_of(of: Round) -> Groups:
    """The groups that are reported in rows. Of a review those whose raters are many: colleagues, reports."""
    groups = of.groups.order_by("position")
    if of.kind == RoundKind.REVIEW:
        groups = groups.filter(rater__in=["peer", "report"])
    rows = list(groups.values_list("pk", "parent", "unit", "team", "invited"))
    place = {pk: number for number, (pk, *_) in enumerate(rows)}
    return Groups(
        pk=tuple(row[0] for row in rows),
        parent=tuple(place.get(row[1], -1) if row[1] else -1 for row in rows),
        unit=tuple(row[2] for row in rows),
        team=tuple(row[3] for row in rows),
        invited=tuple(row[4] for row in rows),
    )


def sheets_of(of: Round, place: dict[int, int]) -> Sheets:
    """Every counted answer of the round whose group has a place. Raises `AnswersDoNotFit`."""
    stored = Answer.objects.filter(group__round=of).values_list("group_id", "values", "number")
    return sheets_from(stored.iterator(BATCH), place, questions=_questions(of.asked))


def sheets_from(stored: Iterable[tuple[int, str, int]], place: dict[int, int], *, questions: int) -> Sheets:
    """Sheets from rows of (group, signs, how many); answers of groups that have no place are left out.

    Raises `AnswersDoNotFit` for another number of signs than questions, or for a sign that is none.
    """
    at: list[int] = []
    signs: list[str] = []
    times: list[int] = []
    for group, values, number in stored:
        if group in place:
            at.append(place[group])
            signs.append(values)
            times.append(number)
    if any(len(values) != questions for values in signs):
        raise AnswersDoNotFit
    written = np.frombuffer("".join(signs).encode("ascii", "replace"), dtype=np.uint8)
    steps = _STEP[written].reshape(len(signs), questions)
    if steps.size and steps.max() == _STEP[0]:
        raise AnswersDoNotFit
    many = np.array(times, dtype=np.int64)
    return Sheets(np.repeat(np.array(at, dtype=np.int64), many), np.repeat(steps, many, axis=0))


def texts_of(of: Round, place: dict[int, int]) -> list[tuple[int, int, str]]:
    """What was written: (place of the group, question, text)."""
    stored: Any = Comment.objects.filter(round=of).values_list("group_id", "question", "text")
    return [
        (place[group], question, text)
        for group, question, text in stored.iterator(BATCH)
        if group in place
    ]  # fmt: skip


def _questions(asked: Sequence[Instrument]) -> int:
    return sum(len(part.items) for part in asked)
