"""What people would answer: a mean for each area, a difference for each unit, and a person behind it."""

import random
from collections.abc import Mapping, Sequence

from styrfart.climate.answering import signs_of
from styrfart.climate.instruments import Instrument, Item

BETWEEN_PEOPLE, WITHIN = 0.55, 0.75  # standard deviations, in steps
SILENT = 0.02  # of the answers are "would not say"


def areas_of(asked: Sequence[Instrument]) -> list[str]:
    """For each question in order the area whose mean it follows: its sub-index, or itself."""
    return [_area(part, item) for part in asked for item in part.items]


def _area(part: Instrument, item: Item) -> str:
    return next((each.key for each in part.sub_indices if item.key in each.items), item.key)


def answer(
    asked: Sequence[Instrument], means: Mapping[str, float], shift: Mapping[str, float], rng: random.Random
) -> str:
    """One person's answers, as signs."""
    person = rng.gauss(0, BETWEEN_PEOPLE)
    steps: list[int | None] = []
    tops = [len(part.steps) for part in asked for _item in part.items]
    for area, top in zip(areas_of(asked), tops, strict=True):
        middle = 1 + (means[area] + shift.get(area, 0)) / 100 * (top - 1)
        step = round(middle + person + rng.gauss(0, WITHIN))
        steps.append(None if rng.random() < SILENT else min(max(step, 1), top))
    return signs_of(steps)
