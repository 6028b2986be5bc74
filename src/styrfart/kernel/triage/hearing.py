"""The subjects of public administration as triage hears them: prepared once, for every mandate."""

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

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
    phrases = {
        phrase: words(phrase)
        for subject in SUBJECTS
        for phrase in (*subject.names, *subject.sure, *subject.loose)
    }
    known = vocabulary(
        (word for said in phrases.values() for word in said),
        alone={said[0] for said in phrases.values() if len(said) == 1},
    )
    by_entry: dict[int, list[tuple[int, Hint]]] = {}
    for number, subject in enumerate(SUBJECTS):
        # A name of one word ("fördelning") is often said of other things by those who do not write rules.
        sure = (*(name for name in subject.names if " " in name), *subject.sure)
        loose = (*(name for name in subject.names if " " not in name), *subject.loose)
        for given, is_loose in ((sure, False), (loose, True)):
            for phrase in given:
                said = phrases[phrase]
                made = _lent(
                    hint(phrase, [known.same[key(word)] for word in said], said=said), is_loose=is_loose
                )
                by_entry.setdefault(made.entries[0], []).append((number, made))
    return _Subjects(
        known,
        {entry: tuple(made) for entry, made in by_entry.items()},
        tuple(
            tuple((tuple(map(key, phrases[name])), name) for name in subject.names) for subject in SUBJECTS
        ),
    )


def _lent(own: Hint, *, is_loose: bool) -> Hint:
    """The hint as a subject lends it: it weighs less, and a loose one is not specific."""
    return Hint(
        own.text,
        own.entries,
        LOOSE if is_loose else SURE,
        own.is_title,
        own.is_specific and not is_loose,
        own.is_loose or is_loose,
        own.is_of_people,
    )
