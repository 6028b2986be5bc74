"""Finding the words of rules in the words of a matter, also inside Swedish compounds."""

import functools
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from styrfart.kernel.swedish import FUNCTION_WORDS, has_vowel, snowball, stem
from styrfart.kernel.triage.lexicon import EMPTY_HEADS, GENERIC, OPAQUE, PARTICLES, PARTS, SUFFIXES

SAME = 1.0
"""The word itself, or a compound of which it is the last part: "sommarbemanningen" is bemanning."""
MODIFIER = 0.8
"""A compound that begins with the word: "bemanningsplan" is about bemanning."""
ABOUT = 0.9
"""The word said with an empty last part: "lokalfrågor" for "lokaler", or the other way round."""
PART = 0.45
"""A part of the word: "lokaler" for "lokalförsörjning"."""

COUNTED = 0.5
"""What must be reached for a word to count as said: more than a part of it."""

SHORT = 4
"""A part of at most so many letters counts in a compound only when the other part is a known word."""

_ENDINGS = ("", "s", "e", "u", "o", "a", "ings", "nings")
_SUFFIX = re.compile(
    rf"s?(?:{SUFFIXES}){{1,3}}$"
)  # three at most: without a bound the search could take years
_ANEW = frozenset({"om", "ny", "åter"})
_AGENT = re.compile(r"(?<=...)(?:are|aren|ares|arens)$")
_AGENTS = re.compile(r"(?<=...)(?:arna|arnas)$")
_RESULT = re.compile(r"(?<=...)else(?:n|ns|r|rna|rnas|s)?$")
_ACT = re.compile(r"ing(?:en|ens|s|ar|ars|arna|arnas)?$")
_WHO = re.compile(r"(?<=...)(?<!ing)arnas?$")
_QUALITY = re.compile(r"(?<=...)het(?:en|ens|er|erna)?$")
_DONE = re.compile(r"(?:ad|ade|ades|at|ats|ande)$")
"""A compound verb that is done, "slutförhandlade", is not the act itself, "förhandling"."""


@functools.lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """The stem of a folded word, told apart from other words with that stem by what kind of noun it is.

    "skrivare", "skrivelse" and "skriva" are three words.
    """
    root = stem(word)
    if _AGENT.search(word):
        return root + "+are"
    return root + "+else" if _RESULT.search(word) else root


def _keys(word: str) -> tuple[str, ...]:
    """The keys that a word of a matter may have: "skrivarna" may be "skrivare", "bilarna" are "bil".

    The stem takes the end of "licens" for a genitive, and that of "licenser" not: each is the other, too.
    """
    root = key(word)
    if _AGENTS.search(word):
        return root, root + "+are"
    if root.endswith("ns"):
        return root, key(root)
    return (root, word) if word.endswith("ns") else (root,)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all rules and points, as entries numbered from 0, ready to be found."""

    same: Mapping[str, int]
    """The key of a word to its entry."""
    tails: Mapping[str, tuple[int, ...]]
    """What a compound ends with when its last part is an entry."""
    heads: Mapping[str, tuple[int, ...]]
    """What a compound begins with when its first part is an entry."""
    within: Mapping[str, tuple[tuple[int, float], ...]]
    """Stem of a part of an entry to the entry and how much the part says of it."""
    acts: frozenset[int]
    """Entries of which every spelling is an act: "förhandling"."""
    known_ends: frozenset[str]
    known_beginnings: frozenset[str]

    def find(self, word: str) -> dict[int, float]:
        """The entries that the folded word says, and how fully: `SAME`, `ABOUT`, `MODIFIER` or `PART`."""
        roots = _keys(word)
        found = {entry: worth for root in roots for entry, worth in self.within.get(root, ())}
        if _QUALITY.search(word):  # "ensamhet" is no "ensamarbete"
            found = {entry: min(worth, PART) for entry, worth in found.items()}
        if len(word) > 5:
            plain = snowball(word)
            told = "+" in roots[0] or len(plain) <= len(roots[0])  # the stem has kept more, or as much
            self._find_in_compound(word, roots if told else (*roots, plain), found)
        for root in roots:
            if root in self.same:
                entry = self.same[root]
                is_who = entry in self.acts and _WHO.search(word)  # "handläggarna" are no "handläggning"
                found[entry] = PART if is_who else SAME
        return found

    def _find_in_compound(self, word: str, roots: tuple[str, ...], found: dict[int, float]) -> None:
        hits = self._hits(word, roots)
        if not hits or not OPAQUE.isdisjoint(roots):
            return
        joints = {
            at
            for at in range(2, len(word) - 2)
            if word[:at] in self.known_beginnings
            and (word[at:] in PARTS or any(root[at:] in self.known_ends for root in roots))
        }
        for at, entry, worth, is_long in hits:
            front, rest = word[:at], word[at:]
            if worth == SAME and front in PARTICLES:
                kept = MODIFIER if front in _ANEW and len(rest) > 2 * SHORT else 0.0
            elif (at not in joints and (joints or not is_long or not _could_join(front, rest, worth))) or (
                worth == MODIFIER and _SUFFIX.match(rest) and rest not in PARTS
            ):
                kept = 0.0
            elif worth == SAME and entry in self.acts and (_DONE.search(word) or _WHO.search(word)):
                kept = PART
            else:
                kept = ABOUT if worth == MODIFIER and stem(rest) in EMPTY_HEADS else worth
            if kept:
                found[entry] = max(kept, found.get(entry, 0.0))

    def _hits(self, word: str, roots: tuple[str, ...]) -> list[tuple[int, int, float, bool]]:
        """Where the word may be parted: place, entry, worth, whether the entry is long enough to trust."""
        hits: list[tuple[int, int, float, bool]] = []
        for at in range(2, len(word) - 1):
            front = word[:at]
            if front in self.heads:
                joined = front[-1] in "eu" and len(word) - at > 5  # "löneöversyn", but not "planering"
                hits += [(at, entry, MODIFIER, at > SHORT or joined) for entry in self.heads[front]]
            for root in roots:
                end = root[at:]
                if end in self.tails:
                    hits += [(at, entry, SAME, len(end) > SHORT) for entry in self.tails[end]]
        return hits


def _could_join(front: str, rest: str, worth: float) -> bool:
    """Whether two parts, one of them a word, look like a compound though the other is unknown."""
    if worth == SAME:
        return len(front) >= 3 and has_vowel(front)
    return len(rest) >= 4 and has_vowel(rest) and not _SUFFIX.match(rest) and rest[0] != rest[1]


def vocabulary(words: Iterable[str], *, alone: Collection[str] | None = None) -> Vocabulary:
    """The vocabulary of these folded words; words with the same key are one entry.

    `alone`: when given, only these are looked for as the first part of a compound, and no part of an entry
    says anything of the whole, as "lokaler" else does of "lokalförsörjning".
    """
    same: dict[str, int] = {}
    tails: dict[str, set[int]] = {}
    heads: dict[str, set[int]] = {}
    spelled: dict[int, set[str]] = {}
    for word in dict.fromkeys(words):
        entry = same.setdefault(key(word), len(same))
        spelled.setdefault(entry, set()).add(word)
        if word in FUNCTION_WORDS or len(word) < 3:
            continue
        tails.setdefault(key(word), set()).add(entry)
        for form in _first_forms(word) if alone is None or word in alone else ():
            heads.setdefault(form, set()).add(entry)
    known_ends = _KNOWN_ENDS | tails.keys()
    known_beginnings = _KNOWN_BEGINNINGS | heads.keys()
    within: dict[str, dict[int, float]] = {}
    for entry, spellings in spelled.items() if alone is None else ():
        for word in spellings:
            for part, worth in _parts(word, known_ends, known_beginnings):
                of_part = within.setdefault(part, {})
                of_part[entry] = max(worth, of_part.get(entry, 0.0))
    return Vocabulary(
        same,
        {end: tuple(sorted(entries)) for end, entries in tails.items()},
        {form: tuple(sorted(entries)) for form, entries in heads.items()},
        {part: tuple(sorted(of_part.items())) for part, of_part in within.items()},
        frozenset(entry for entry, forms in spelled.items() if all(_ACT.search(form) for form in forms)),
        frozenset(known_ends),
        frozenset(known_beginnings),
    )


def _first_forms(word: str) -> set[str]:
    """The forms that the word may have as the first part of a compound: lokal-, verksamhets-, gatu-."""
    root = stem(word)
    # What the stem keeps ("ledighet") must not be lost here: "lednings-" is another word.
    roots = (
        {word, root} if root in word and len(root) > len(snowball(word)) + 1 else {word, snowball(word), root}
    )
    forms = {root + ending for root in roots for ending in _ENDINGS}
    return {form for form in forms if len(form) >= 3}


def _parts(word: str, ends: Iterable[str], beginnings: Iterable[str]) -> list[tuple[str, float]]:
    """The stems of the two parts of a compound of known words, and how much each says of the whole."""
    found: list[tuple[str, float]] = []
    for at in range(3, len(word) - 2):
        front, rest = word[:at], word[at:]
        if (
            front in PARTICLES
            or front not in beginnings
            or not (rest in PARTS or key(rest) in ends or stem(rest) in ends)
        ):
            continue
        first = stem(front[:-1] if front.endswith("s") and front[:-1] in beginnings else front)
        is_empty = stem(rest) in EMPTY_HEADS
        if len(first) > SHORT and first not in GENERIC:
            found.append((first, ABOUT if is_empty else PART))
        if not is_empty and len(rest) > SHORT and rest not in FUNCTION_WORDS and stem(rest) not in GENERIC:
            found.append((key(rest), PART))
    return found


_KNOWN_ENDS = frozenset(
    root for part in PARTS for root in (stem(part), snowball(part)) if len(root) >= 3 and has_vowel(root)
)
_KNOWN_BEGINNINGS = frozenset(form for part in PARTS for form in _first_forms(part))
