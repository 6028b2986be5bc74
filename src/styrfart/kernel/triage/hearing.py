"""The subjects of public administration as triage hears them: prepared once, for every mandate."""

import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from styrfart.kernel.swedish import words
from styrfart.kernel.triage.hints import Hint, hint
from styrfart.kernel.triage.subjects import NAMED, SUBJECTS
from styrfart.kernel.triage.vocabulary import Vocabulary, key, vocabulary

SURE = 0.85
"""What a word weighs that a subject lends to a rule, beside a hint of the rule's own ..."""
LOOSE = 0.5
"""... and one that is said of other things, too."""


@dataclass(frozen=True, slots=True, eq=False)
class _Subjects:
    vocabulary: Vocabulary
    lent: Mapping[int, tuple[tuple[int, Hint], ...]]
    """The first entry of a hint to the subjects that lend it."""
    names: tuple[tuple[tuple[tuple[str, ...], str], ...], ...]
    """Of each subject: the keys of a name, and the name."""


@functools.lru_cache(maxsize=1 << 15)
def find(word: str) -> tuple[tuple[int, float], ...]:
    """The entries of the subjects' vocabulary that the folded word says, and how fully."""
    return tuple(_subjects().vocabulary.find(word).items())


def lent(entry: int) -> tuple[tuple[int, Hint], ...]:
    """The hints that begin with the entry, each with the place of its subject in `SUBJECTS`."""
    return _subjects().lent.get(entry, ())


def named(text: Sequence[str], hints: Collection[str]) -> tuple[tuple[int, str], ...]:
    """The subjects that a rule names, by the words of its text or its hints; with each, the rule's own word.

    The word is the subject's name as the rule has it, so that it can be quoted.
    """
    told = [key(word) for word in text]
    listed = {tuple(map(key, words(hint))) for hint in hints}
    found: list[tuple[int, str]] = []
    for subject, names in enumerate(_subjects().names):
        said = [name for keys, name in names if _stand_in(keys, told)]
        hinted = {keys: name for keys, name in reversed(names) if keys in listed}
        if said or len(hinted) >= NAMED:
            found.append((subject, said[0] if said else list(hinted.values())[-1]))
    return tuple(found)


def _stand_in(keys: Sequence[str], told: Sequence[str]) -> bool:
    return any(tuple(told[at : at + len(keys)]) == keys for at in range(len(told) - len(keys) + 1))


@functools.cache
def _subjects() -> _Subjects:
    every = [phrase for subject in SUBJECTS for phrase in (*subject.names, *subject.sure, *subject.loose)]
    said = [words(phrase) for phrase in every]
    known = vocabulary(
        (word for one in said for word in one), alone={one[0] for one in said if len(one) == 1}
    )
    by_entry: dict[int, list[tuple[int, Hint]]] = {}
    for number, subject in enumerate(SUBJECTS):
        # A name of one word ("fördelning") is often said of other things by those who do not write rules.
        phrases = [name for name in subject.names if " " in name]
        for made in _hints((*phrases, *subject.sure), SURE, known):
            by_entry.setdefault(made.entries[0], []).append((number, made))
        alone = [name for name in subject.names if " " not in name]
        for made in _hints((*alone, *subject.loose), LOOSE, known):
            loose = replace(made, is_loose=True, is_specific=False)
            by_entry.setdefault(made.entries[0], []).append((number, loose))
    return _Subjects(
        known,
        {entry: tuple(made) for entry, made in by_entry.items()},
        tuple(tuple((tuple(map(key, words(name))), name) for name in subject.names) for subject in SUBJECTS),
    )


def _hints(phrases: Iterable[str], weight: float, known: Vocabulary) -> Iterable[Hint]:
    for phrase in phrases:
        yield replace(hint(phrase, [known.same[key(word)] for word in words(phrase)]), weight=weight)
