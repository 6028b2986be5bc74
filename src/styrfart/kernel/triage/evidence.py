"""What a matter says of a rule's or a point's text: its hints, and the words of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from styrfart.kernel.triage.preparing import Hint, Text
from styrfart.kernel.triage.reading import QUESTION, Reading, Said
from styrfart.kernel.triage.thresholds import Thresholds
from styrfart.kernel.triage.vocabulary import COUNTED, SAME

_FADING = (1.0, 0.6, 0.4)
_PHRASE_GAP = 3
_VAGUE = 2

Hits = list[tuple[float, Hint, tuple[Said, ...]]]


@dataclass(frozen=True, slots=True)
class Fit:
    """How strongly a text was said, and by which words."""

    strength: float = 0.0
    hints: tuple[str, ...] = ()
    hinted_by: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    is_to_the_point: bool = False
    """Whether the question itself says a specific hint, whole."""
    is_thin: bool = False
    """Whether only the reasons, or a title in passing, say it: they tell the surroundings, too."""


def weigh_text(text: Text, reading: Reading, thresholds: Thresholds) -> Fit:
    """The evidence that the matter concerns what the text says."""
    if text.entries.isdisjoint(reading.said):
        return Fit()
    hits = _different(
        [
            (_worth(hint, said, reading, thresholds), hint, said)
            for hint in text.hints
            if hint.entries[0] in reading.said and (said := _phrase(hint, reading))
        ]
    )
    by_hints = sum(
        worth * (_FADING[rank] if rank < len(_FADING) else 0.3) for rank, (worth, _, _) in enumerate(hits)
    )
    used = {entry for _, hint, _ in hits for entry in hint.entries}
    mass = covered = 0.0
    found: list[tuple[float, str]] = []
    for entry, weight in text.words:
        places = reading.said.get(entry)
        if not places:
            continue
        best = places[0]
        covered += weight * best.worth
        if entry not in used:
            mass += weight * best.worth * best.weight
            found.append((-weight * best.worth * best.weight, best.word))
    share = covered / text.whole if text.whole else 0.0
    by_text = mass * (thresholds.coverage + (1 - thresholds.coverage) * share)
    found.sort()
    only_reasons = not any(
        one.part == 0 or (one.part > 1 and hint.is_specific) for _, hint, said in hits for one in said
    )
    return Fit(
        thresholds.hint * by_hints + thresholds.text * by_text,
        tuple(dict.fromkeys(hint.quoted for _, hint, _ in hits)),
        tuple(dict.fromkeys(one.word for _, _, said in hits for one in said)),
        tuple(dict.fromkeys(word for _, word in found)),
        any(_is_to_the_point(hint, said) for _, hint, said in hits),
        only_reasons and not _is_in_question(text, reading) and not _tells_in_reasons(hits, reading),
    )


def _tells_in_reasons(hits: Hits, reading: Reading) -> bool:
    """Whether the question says so little ("Hur mår vi?") that the reasons, said twice, must tell."""
    return reading.telling <= _VAGUE and len(hits) > 1


def _is_in_question(text: Text, reading: Reading) -> bool:
    return any(
        one.part == 0 and one.worth > COUNTED
        for entry, weight in text.words
        if weight > COUNTED
        for one in reading.said.get(entry, ())
    )


def _is_to_the_point(hint: Hint, said: Sequence[Said]) -> bool:
    return hint.is_specific and all(
        one.part == 0 and one.worth == SAME and one.weight == QUESTION for one in said
    )


def _different(
    hits: Hits,
) -> Hits:
    """The hits, worthiest first, each given by words or entries that no worthier one has used."""
    kept: Hits = []
    places: set[tuple[int, int]] = set()
    entries: set[tuple[int, ...]] = set()
    for worth, hint, said in sorted(hits, key=lambda hit: (-hit[0], -len(hit[1].entries), hit[1].text)):
        here = {(one.part, one.place) for one in said}
        if not here <= places and hint.entries not in entries:
            kept.append((worth, hint, said))
        places |= here
        entries.add(hint.entries)
    return kept


def _worth(hint: Hint, said: Sequence[Said], reading: Reading, thresholds: Thresholds) -> float:
    weight = hint.weight
    if hint.is_title and not reading.appointed:
        weight *= thresholds.title
    if hint.is_specific:
        weight *= thresholds.specific
    return weight * min(one.worth * one.weight for one in said)


def _phrase(hint: Hint, reading: Reading) -> tuple[Said, ...]:
    """Where the matter says the hint: one place, or for a phrase its words in order and close together."""
    every = [reading.said.get(entry, ()) for entry in hint.entries]
    if not all(every):
        return ()
    if len(every) == 1:
        return every[0][:1] if every[0][0].worth > COUNTED else ()
    whole = [
        one for one in every[0] if all(any(_is_same(one, other) for other in rest) for rest in every[1:])
    ]
    if whole and whole[0].worth > COUNTED:
        return (whole[0],)
    for first in every[0]:
        said = [first]
        for rest in every[1:]:
            follows = [one for one in rest if _follows(said[-1], one)]
            if not follows:
                break
            said.append(min(follows, key=lambda one: one.place))
        if len(said) == len(every):
            return tuple(said)
    return ()


def _is_same(one: Said, other: Said) -> bool:
    return one.part == other.part and one.place == other.place


def _follows(before: Said, one: Said) -> bool:
    return one.worth > COUNTED and one.part == before.part and 0 < one.place - before.place <= _PHRASE_GAP
