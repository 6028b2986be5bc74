"""From answers to counts: who answered what, unit by unit. All that is published comes from these counts."""

from typing import Any

import numpy as np
import numpy.typing as npt

from styrfart.kernel.errors import KernelError
from styrfart.kernel.release.forest import Bools, Ints

MOST_BINS = 1 << 18  # in one pass: what stays in the cache; more passes over fewer bins are quicker

Answers = npt.NDArray[np.integer[Any]]


def tally(answers: Answers, unit: Ints, *, units: int, scale: int) -> tuple[Bools, Ints, Ints]:
    """Who answered anything (people,), how many of them (units,), and counts (units, items, scale) of each
    answer.

    `answers` (people, items): 1 to `scale`, 0 for no answer. `unit` (people,): where each one stands. Several
    items are counted in one pass, as one number in base scale + 1, and taken apart afterwards.
    Raises `KernelError` for answers or units out of range and shapes that do not fit.
    """
    answers, unit = _checked(answers, unit, units, scale)
    items = answers.shape[1]
    base = scale + 1
    step = 1
    while units * base ** (step + 1) <= MOST_BINS and base ** (step + 1) <= 256 and step < items:
        step += 1
    bins = base**step
    place = unit * bins
    counts = np.zeros((units, items, scale), dtype=np.int32)
    answered = np.zeros(unit.size, dtype=bool)
    for first in range(0, items, step):
        width = min(step, items - first)
        code = answers[:, first].copy()
        for item in range(first + 1, first + width):
            code *= np.uint8(base)
            code += answers[:, item]
        answered |= code > 0
        table = np.bincount(place + code, minlength=units * bins).reshape(units, bins)[:, : base**width]
        for item, marginal in enumerate(_marginals(base, width), start=first):
            counts[:, item] = table @ marginal
    return answered, np.bincount(unit[answered], minlength=units), counts


def _marginals(base: int, width: int) -> list[Ints]:
    """For each of `width` digits: (base**width, base - 1), 1 where the digit is that answer."""
    code = np.arange(base**width)
    return [
        (code[:, None] // base ** (width - 1 - digit) % base == np.arange(1, base)).astype(np.int64)
        for digit in range(width)
    ]


def _checked(answers: Answers, unit: Ints, units: int, scale: int) -> tuple[npt.NDArray[np.uint8], Ints]:
    answers, unit = np.asarray(answers), np.asarray(unit)
    if answers.ndim != 2 or unit.shape != answers.shape[:1] or not 2 <= scale <= 100:
        raise KernelError("answers are people by items, each person has a unit, a scale has 2 to 100 steps")
    if answers.size and (answers.max() > scale or (answers.dtype.kind != "u" and answers.min() < 0)):
        raise KernelError("an answer is 1 to the scale's length, or 0 for none")
    if unit.size and (unit.min() < 0 or unit.max() >= units):
        raise KernelError("each person stands in one of the units")
    return answers.astype(np.uint8, copy=False), unit.astype(np.int64, copy=False)
