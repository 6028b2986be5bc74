"""What a matter says of a rule's or a point's text: its hints, and the words of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from styrfart.kernel.triage.hearing import lent
from styrfart.kernel.triage.hints import Hint
from styrfart.kernel.triage.phrases import where
from styrfart.kernel.triage.preparing import Text
from styrfart.kernel.triage.reading import QUESTION, Reading, Said
from styrfart.kernel.triage.thresholds import Thresholds
from styrfart.kernel.triage.vocabulary import COUNTED, SAME, key

_FADING = (1.0, 0.6, 0.4)
_VAGUE = 5
"""A question with so few words that tell what it concerns lets the reasons tell."""
_COMPANY = 2
"""So many loose hints in the question are no chance."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A hint that the matter says: how much it is worth, where, and the rule's own word for it."""

    worth: float
    hint: Hint
    said: tuple[Said, ...]
    quoted: str
    is_lent: bool = False


Spoken = Mapping[int, Sequence[tuple[Hint, tuple[Said, ...]]]]
"""Subjects to their hints that the matter says, and where."""


def spoken(reading: Reading) -> Spoken:
    """The subjects that the matter speaks of."""
    found: dict[int, list[tuple[Hint, tuple[Said, ...]]]] = {}
    places: dict[tuple[int, ...], tuple[Said, ...]] = {}
    for entry in reading.heard:
        for subject, hint in lent(entry):
            if hint.entries not in places:
                places[hint.entries] = where(hint.entries, reading.heard)
            if places[hint.entries]:
                found.setdefault(subject, []).append((hint, places[hint.entries]))
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """Words of a rule that the matter says, and by which of its own."""

    words: tuple[str, ...]
    found: tuple[str, ...]
    is_lent: bool = False
    """Whether the matter's words are others, and only of the subject that the rule's word names."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How strongly a text was said, and by which words."""

    strength: float = 0.0
    hints: tuple[Told, ...] = ()
    hinted_by: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    is_to_the_point: bool = False
    """Whether the question itself says a specific hint, whole."""
    is_thin: bool = False
    """Whether only the reasons, or a title in passing, say it: they tell the surroundings, too."""


def weigh_text(text: Text, reading: Reading, thresholds: Thresholds, subjects: Spoken) -> Fit:
    """The evidence that the matter concerns what the text says."""
    if text.entries.isdisjoint(reading.said) and not any(one in subjects for one, _ in text.subjects):
        return Fit()
    hits = _different(_hits(text, reading, thresholds, subjects))
    by_hints = sum(
        hit.worth * (_FADING[rank] if rank < len(_FADING) else 0.3) for rank, hit in enumerate(hits)
    )
    used = {entry for hit in hits if not hit.is_lent for entry in hit.hint.entries}
    taken = {(one.part, one.place) for hit in hits if hit.is_lent for one in hit.said}
    mass = covered = 0.0
    found: list[tuple[float, str]] = []
    for entry, weight in text.words:
        places = reading.said.get(entry)
        if not places:
            continue
        best = places[0]
        covered += weight * best.worth
        if entry not in used and (best.part, best.place) not in taken:
            mass += weight * best.worth * best.weight
            found.append((-weight * best.worth * best.weight, best.word))
    share = covered / text.whole if text.whole else 0.0
    by_text = mass * (thresholds.coverage + (1 - thresholds.coverage) * share)
    found.sort()
    return Fit(
        thresholds.hint * by_hints + thresholds.text * by_text,
        _told(hits),
        tuple(dict.fromkeys(one.word for hit in hits for one in hit.said)),
        tuple(dict.fromkeys(word for _, word in found)),
        any(_is_to_the_point(hit) for hit in hits),
        _is_alone(hits, reading)
        and not _is_in_question(text, reading)
        and not _tells_in_reasons(hits, reading),
    )


def _told(hits: Sequence[Hit]) -> tuple[Told, ...]:
    """What the hits say, together for the rule's own hints and for each word that names a subject."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        is_other = hit.is_lent and [key(one.word) for one in hit.said] != [key(hit.quoted)]
        groups.setdefault(hit.quoted if is_other else "", []).append(hit)
    return tuple(
        Told((name,), tuple(dict.fromkeys(_phrase(hit) for hit in group)), is_lent=True)
        if name
        else Told(
            tuple(dict.fromkeys(hit.quoted for hit in group)),
            tuple(dict.fromkeys(one.word for hit in group for one in hit.said)),
        )
        for name, group in groups.items()
    )


def _phrase(hit: Hit) -> str:
    return " ".join(one.word for one in sorted(hit.said, key=lambda one: (one.part, one.place)))


def _hits(text: Text, reading: Reading, thresholds: Thresholds, subjects: Spoken) -> list[Hit]:
    own = [
        Hit(_worth(hint, said, reading, thresholds), hint, said, hint.text)
        for hint in text.hints
        if hint.entries[0] in reading.said and (said := where(hint.entries, reading.said))
    ]
    return own + [
        Hit(_worth(hint, said, reading, thresholds), hint, said, name, is_lent=True)
        for subject, name in text.subjects
        for hint, said in subjects.get(subject, ())
    ]


def _is_alone(hits: Sequence[Hit], reading: Reading) -> bool:
    """Whether the question, and what the titles say fully, has no more than one loose hint."""
    said = [
        hit
        for hit in hits
        if any(one.part == 0 or (one.part > 1 and hit.hint.is_specific) for one in hit.said)
    ]
    if any(not hit.hint.is_loose or (hit.hint.is_of_people and reading.names_people) for hit in said):
        return False
    return len(said) < _COMPANY


def _tells_in_reasons(hits: Sequence[Hit], reading: Reading) -> bool:
    """Whether the question says so little ("Hur mår vi?") that the reasons must tell, with two hints."""
    return reading.telling <= _VAGUE and len(hits) > 1


def _is_in_question(text: Text, reading: Reading) -> bool:
    return any(
        one.part == 0 and one.worth > COUNTED
        for entry, weight in text.words
        if weight > COUNTED
        for one in reading.said.get(entry, ())
    )


def _is_to_the_point(hit: Hit) -> bool:
    return hit.hint.is_specific and all(
        one.part == 0 and one.worth == SAME and one.weight == QUESTION for one in hit.said
    )


def _different(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, worthiest first, each given by words or entries that no worthier one has used."""
    kept: list[Hit] = []
    places: set[tuple[int, int]] = set()
    entries: set[tuple[bool, tuple[int, ...]]] = set()
    for hit in sorted(hits, key=lambda hit: (-hit.worth, hit.is_lent, -len(hit.hint.entries), hit.hint.text)):
        here = {(one.part, one.place) for one in hit.said}
        same = (hit.is_lent, hit.hint.entries)
        if not here <= places and same not in entries:
            kept.append(hit)
        places |= here
        entries.add(same)
    return kept


def _worth(hint: Hint, said: Sequence[Said], reading: Reading, thresholds: Thresholds) -> float:
    weight = hint.weight
    if hint.is_title and not reading.appointed:
        weight *= thresholds.title
    if hint.is_specific:
        weight *= thresholds.specific
    return weight * min(one.worth * one.weight for one in said)
