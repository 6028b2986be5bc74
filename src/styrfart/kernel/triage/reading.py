"""Reading a matter: which words of the rules it says, where, and what it says about its reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from styrfart.kernel.swedish import FUNCTION_WORDS, stem, words
from styrfart.kernel.triage.lexicon import (
    CHANGE,
    COMMITTEE,
    PRECEDENT,
    SHARED,
    SHARED_PHRASES,
)
from styrfart.kernel.triage.model import Matter
from styrfart.kernel.triage.vocabulary import Vocabulary

QUESTION = 1.0
BESIDE = 0.55
"""What a word in the reasons or in a title of material counts, beside one in the question."""
FAR = 120
"""After so many words, later ones count less and less: a long text mentions everything."""
_MOST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Said:
    """One place where the matter says a word of the rules."""

    part: int
    """0 the question, 1 the reasons, 2 and on the titles of material."""
    place: int
    worth: float
    """How fully the word says the entry, 0 to 1."""
    weight: float
    """How much the place counts, 0 to 1."""
    word: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What triage has read out of a matter's text."""

    said: dict[int, tuple[Said, ...]]
    """Entries of the vocabulary to the places, best first."""
    question_words: int
    reason_words: int
    """How many words the question and the reasons have."""
    committee: tuple[str, ...]
    shared: tuple[str, ...]
    precedent: tuple[str, ...]
    change: tuple[str, ...]


def read(matter: Matter, vocabulary: Vocabulary) -> Reading:
    """The matter's words as the vocabulary knows them. Any text can be read."""
    parts = [words(matter.question, _MOST_TEXT), words(matter.why_us, _MOST_TEXT)]
    parts += [words(title, 500) for title in matter.material[:20]]
    found: dict[str, dict[int, float]] = {}
    said: dict[int, list[Said]] = {}
    for number, part in enumerate(parts):
        for place, word in enumerate(part):
            entries = found.get(word)
            if entries is None:
                entries = found[word] = vocabulary.find(word)
            for entry, worth in entries.items():
                said.setdefault(entry, []).append(Said(number, place, worth, _weight(number, place), word))
    everything = [word for part in parts for word in part]
    return Reading(
        {entry: tuple(sorted(places, key=_best_first)) for entry, places in said.items()},
        len(parts[0]),
        len(parts[1]),
        tuple(dict.fromkeys(word for word in everything if stem(word).endswith(COMMITTEE))),
        _signals(everything, SHARED) + _pairs(parts),
        _signals(everything, PRECEDENT),
        _signals(everything, CHANGE),
    )


def _weight(part: int, place: int) -> float:
    return (QUESTION if part == 0 else BESIDE) * min(1.0, FAR / (place + 1))


def _best_first(said: Said) -> tuple[float, int, int]:
    return -said.worth * said.weight, said.part, said.place


def is_content(word: str) -> bool:
    """Whether the word can say what something concerns."""
    return len(word) > 1 and word not in FUNCTION_WORDS and not word.isdigit()


def _signals(everything: Sequence[str], stems: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in everything if stem(word) in stems))


def _pairs(parts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    pairs = {pair for part in parts for pair in pairwise(part)}
    return tuple(" ".join(pair) for pair in SHARED_PHRASES if pair in pairs)
