"""Reading a matter: which words of the rules it says, where, and what it says about its reach."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from styrfart.kernel.swedish import FUNCTION_WORDS, fold, stem, words
from styrfart.kernel.triage.hearing import find
from styrfart.kernel.triage.lexicon import (
    APPOINTING,
    CHANGE,
    CIRCUMSTANCES,
    COMMITTEE,
    COMMITTEES,
    GENERIC,
    JOINT,
    JOINT_LIGHT,
    JOINT_PHRASES,
    LEAVING,
    NOT_COMMITTEE,
    PEOPLE,
    PRECEDENT,
    RELATIVE,
    SHARED,
    SHARED_PHRASES,
    TITLES,
    UNITS,
)
from styrfart.kernel.triage.model import Matter
from styrfart.kernel.triage.vocabulary import Vocabulary

QUESTION = 1.0
CIRCUMSTANCE = 0.55
"""What a word counts in a clause of the question that only says when, why or despite what."""
AFTERWARDS = 0.85
"""What it counts in what follows the first sentence of the question: that says what the matter is about."""
MATERIAL = 0.5
REASONS = 0.4
"""What a word in the reasons counts: they tell the surroundings, the question what it is about."""
FAR = 120
"""After so many words, later ones count less and less: a long text mentions everything."""
_MOST_TEXT = 20_000
_NEAR = 3
_SENTENCES = re.compile(r"[.?!;:\n]\s")
_CAPITALS = re.compile(r"\b[A-ZÅÄÖ]{2,5}\b")


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
    heard: dict[int, tuple[Said, ...]]
    """The same for the words of the subjects."""
    question_words: int
    reason_words: int
    """How many words the question and the reasons have."""
    committee: tuple[str, ...]
    shared: tuple[str, ...]
    joint: tuple[str, ...]
    """Words by which somebody says that members must weigh, agree or tell their areas apart."""
    precedent: tuple[str, ...]
    asks_of_several: tuple[str, ...]
    """Words of `shared` and `precedent` that stand in the question itself."""
    change: tuple[str, ...]
    appointed: frozenset[str]
    """The stems of titles in the question that somebody is to get."""
    telling: int
    """How many words of the question can say what it concerns."""
    names_people: bool
    """Whether the question speaks of somebody who works here."""


def read(matter: Matter, vocabulary: Vocabulary) -> Reading:
    """The matter's words as the vocabulary knows them. Any text can be read."""
    parts = [words(matter.question, _MOST_TEXT), words(matter.why_us, _MOST_TEXT)]
    parts += [words(title, 500) for title in matter.material[:20]]
    aside = _circumstances(matter.question)
    first = _first_sentence(matter.question)
    found: dict[str, dict[int, float]] = {}
    said: dict[int, list[Said]] = {}
    heard: dict[int, list[Said]] = {}
    for number, part in enumerate(parts):
        for place, word in enumerate(part):
            if word not in found:
                found[word] = vocabulary.find(word)
            weight = _weight(number, place, aside, first)
            for entry, worth in found[word].items():
                said.setdefault(entry, []).append(Said(number, place, worth, weight, word))
            for entry, worth in find(word):
                heard.setdefault(entry, []).append(Said(number, place, worth, weight, word))
    everything = [word for part in parts for word in part]
    shared = _signals(everything, SHARED) + _pairs(parts, SHARED_PHRASES)
    precedent = _signals(everything, PRECEDENT)
    return Reading(
        {entry: tuple(sorted(places, key=_best_first)) for entry, places in said.items()},
        {entry: tuple(sorted(places, key=_best_first)) for entry, places in heard.items()},
        len(parts[0]),
        len(parts[1]),
        _committee(matter, everything),
        shared,
        _joint(parts, everything),
        precedent,
        _within(parts[0], (*shared, *precedent)),
        _signals(everything, CHANGE),
        _appointed(parts[0]),
        sum(is_content(word) and stem(word) not in GENERIC for word in parts[0]),
        any(stem(word) in PEOPLE for word in parts[0]),
    )


def _circumstances(question: str) -> frozenset[int]:
    """The places of the words of the question that stand in a clause of circumstance.

    "Vem tar över när chefen går på ledighet?" is about who takes over, and so is "När chefen går på ledighet,
    vem tar över?". "En familj som har fått vänta på tomten" is about a family.
    """
    places: set[int] = set()
    start = 0
    for sentence in _SENTENCES.split(fold(question)):
        clauses = [words(clause) for clause in sentence.split(",")]
        said = [word for clause in clauses for word in clause]
        at = next((place for place in range(len(said)) if _begins_circumstance(said, place)), None)
        if at == 0:
            places.update(range(start, start + len(clauses[0]) if len(clauses) > 1 else start))
        elif at is not None and any(is_content(word) for word in said[:at]):
            places.update(range(start + at, start + len(said)))
        places.update(start + place for place in _relative(clauses))
        places.update(start + place for place in _unit_names(said))
        start += len(said)
    return frozenset(places)


def _relative(clauses: Sequence[Sequence[str]]) -> list[int]:
    """Where a clause stands that tells of the word before it: "tomten som vi har sålt"."""
    places: list[int] = []
    start = 0
    for clause in clauses:
        at = next(
            (
                place
                for place in range(1, len(clause) - 1)
                if clause[place] == "som" and clause[place + 1] in RELATIVE and is_content(clause[place - 1])
            ),
            len(clause),
        )
        places += range(start + at, start + len(clause))
        start += len(clause)
    return places


def _unit_names(said: Sequence[str]) -> list[int]:
    """Where a unit's name stands: "enheten för tomträtt och arrende" is not about tomträtt."""
    named: list[int] = []
    for place in range(len(said) - 2):
        if said[place + 1] == "för" and stem(said[place]) in UNITS:
            named.append(place + 2)
            if said[place + 3 : place + 4] == ["och"]:
                named.append(place + 4)
    return [place for place in named if place < len(said)]


def _begins_circumstance(said: Sequence[str], place: int) -> bool:
    word, following = said[place], said[place + 1 : place + 2]
    return word in CIRCUMSTANCES or (word == "om" and following == ["att"])


def _appointed(question: Sequence[str]) -> frozenset[str]:
    """The stems of titles that somebody is to get: "utse ny avdelningschef", "enhetschefen slutar"."""
    found: set[str] = set()
    for place, word in enumerate(question):
        if stem(word) not in TITLES:
            continue
        before = question[max(0, place - _NEAR) : place]
        if any(_appoints(other) for other in before) or any(
            other in LEAVING for other in question[place + 1 : place + 1 + _NEAR]
        ):
            found.add(stem(word))
    return frozenset(found)


def _appoints(word: str) -> bool:
    return word in APPOINTING or stem(word) in APPOINTING


def _committee(matter: Matter, everything: Sequence[str]) -> tuple[str, ...]:
    """What the matter calls the committee or the council by, words first and then abbreviations."""
    named = [word for word in everything if stem(word).endswith(COMMITTEE) and word not in NOT_COMMITTEE]
    for text in (matter.question, matter.why_us, *matter.material[:20]):
        head = text[:_MOST_TEXT]
        if not head.isupper():  # in capitals throughout, "en" is no committee
            named += [word for word in _CAPITALS.findall(head) if word in COMMITTEES]
    return tuple(dict.fromkeys(named))


def _joint(parts: Sequence[Sequence[str]], everything: Sequence[str]) -> tuple[str, ...]:
    strong = (*_signals(everything, JOINT), *_pairs(parts, JOINT_PHRASES))
    light = tuple(dict.fromkeys(word for word in everything if word in JOINT_LIGHT))
    return (*strong, *light) if strong or len(light) > 1 else ()


def _first_sentence(question: str) -> int:
    """How many words the first sentence of the question has, if it says enough; else all that there are."""
    said = words(_SENTENCES.split(fold(question))[0])
    telling = sum(is_content(word) and stem(word) not in GENERIC for word in said)
    return len(said) if telling > 1 else _MOST_TEXT


def _weight(part: int, place: int, aside: frozenset[int], first: int) -> float:
    if part == 0:
        worth = CIRCUMSTANCE if place in aside else QUESTION if place < first else AFTERWARDS
    else:
        worth = REASONS if part == 1 else MATERIAL
    return worth * min(1.0, FAR / (place + 1))


def _best_first(said: Said) -> tuple[float, int, int]:
    return -said.worth * said.weight, said.part, said.place


def is_content(word: str) -> bool:
    """Whether the word can say what something concerns."""
    return len(word) > 1 and word not in FUNCTION_WORDS and not word.isdigit()


def _signals(everything: Sequence[str], stems: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in everything if stem(word) in stems))


def _pairs(parts: Sequence[Sequence[str]], wanted: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    pairs = {pair for part in parts for pair in pairwise(part)}
    return tuple(" ".join(pair) for pair in wanted if pair in pairs)


def _within(part: Sequence[str], said: Sequence[str]) -> tuple[str, ...]:
    """Those of the words and phrases that stand in the part."""
    if not said:
        return ()
    text = f" {' '.join(part)} "
    return tuple(one for one in said if f" {one} " in text)
