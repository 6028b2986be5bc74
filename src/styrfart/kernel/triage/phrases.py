"""Where a matter says a word or a phrase."""

from collections.abc import Mapping, Sequence

from styrfart.kernel.triage.reading import Said
from styrfart.kernel.triage.vocabulary import COUNTED

_GAP = 3


def where(entries: Sequence[int], said_at: Mapping[int, tuple[Said, ...]]) -> tuple[Said, ...]:
    """Where the matter says the hint: one place, or for a phrase its words in order and close together."""
    every = [said_at.get(entry, ()) for entry in entries]
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
    return one.worth > COUNTED and one.part == before.part and 0 < one.place - before.place <= _GAP
