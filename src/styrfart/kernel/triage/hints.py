"""Hints: words and phrases by which a rule, a point or a subject is known in a matter."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from styrfart.kernel.swedish import FUNCTION_WORDS, stem, words
from styrfart.kernel.triage.lexicon import GENERIC, STATES, STATES_OF_PEOPLE, TITLES

SPECIFIC = 10
"""A hint of so many letters, or of two words with content, is said by those who mean it."""
_PAIR = 2
GENERIC_HINT = 0.6
"""A hint that is an everyday word: whoever wrote the rule meant it, but it is said often."""
SPREAD = 0.3
"""How much less a word weighs for each doubling of the rules that have it: 1 / (1 + SPREAD ln n)."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A word or phrase that the writer of a rule listed, or that a subject lends."""

    text: str
    entries: tuple[int, ...]
    weight: float
    is_title: bool = False
    """Whether it is only the title of a post, such as "enhetschef"."""
    is_specific: bool = False
    is_loose: bool = False
    """Whether it is said of other things, too: it needs company."""
    is_of_people: bool = False
    """Whether a person is company enough: ill is a tree, too."""


def hint(
    text: str, entries: Sequence[int], rarity: float = 1.0, *, said: Sequence[str] | None = None
) -> Hint:
    """The hint that a rule or point lists; `entries` are those of its words, `rarity` is for a single one.

    `said`: the words, when they are at hand.
    """
    said = words(text) if said is None else said
    is_title = len(said) == 1 and stem(said[0]) in TITLES
    telling = [word for word in said if not _is_everyday(word)]
    is_everyday = not (is_title or telling)
    is_phrase = len(telling) > 1 or (bool(telling) and len(said) > _PAIR)
    is_of_people = len(said) == 1 and stem(said[0]) in STATES_OF_PEOPLE
    is_loose = is_of_people or (len(said) == 1 and stem(said[0]) in STATES)
    is_specific = not (is_title or is_loose) and (is_phrase or any(len(word) >= SPECIFIC for word in telling))
    weight = GENERIC_HINT if is_everyday else 1.0
    return Hint(
        text,
        tuple(entries),
        weight if len(said) > 1 else weight * rarity,
        is_title,
        is_specific,
        is_loose,
        is_of_people,
    )


def rarity(sources: int) -> float:
    """What a word weighs that so many rules have."""
    return 1 / (1 + SPREAD * math.log(max(1, sources)))


def _is_everyday(word: str) -> bool:
    return word in FUNCTION_WORDS or stem(word) in GENERIC
