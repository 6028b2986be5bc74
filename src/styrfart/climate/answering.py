"""How an answer is written as signs, one for each question in order, and read back."""

from collections.abc import Sequence

from styrfart.climate.instruments import Instrument

SIGNS = "0123456789ab"  # "0" would not say, "1" the lowest step, "b" the eleventh
SILENT = SIGNS[0]
MOST_QUESTIONS = 120  # in a round; half of what a stored answer and a cookie have room for


def steps_of(asked: Sequence[Instrument]) -> list[int]:
    """How many steps each question has, in order."""
    return [len(part.steps) for part in asked for _item in part.items]


def signs_of(steps: Sequence[int | None]) -> str:
    """The answer as signs: steps from 1, None for would not say."""
    return "".join(SIGNS[step or 0] for step in steps)


def fits(values: str, asked: Sequence[Instrument]) -> bool:
    """Whether the signs are an answer to these questions."""
    most = steps_of(asked)
    return len(values) == len(most) and all(
        sign in SIGNS and SIGNS.index(sign) <= top for sign, top in zip(values, most, strict=True)
    )
