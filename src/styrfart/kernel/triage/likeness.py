"""What a matter is like: how probable each subject is by matters that were sorted before.

A linear model over stems, pieces of words, the concepts that words belong to, and what is asked, what it
costs and how much it touches. Learned ahead (`tools/triage/train.py`). The weights are data: whoever asks
reads them once and hands them to `weights_from`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from styrfart.kernel.errors import KernelError
from styrfart.kernel.swedish import FUNCTION_WORDS, stem, words
from styrfart.kernel.triage.model import Matter
from styrfart.kernel.triage.subjects import SUBJECTS

QUESTION = 1.0
BESIDE = 0.5
"""What a word of the reasons, or of a material's title, counts beside one of the question."""
PIECE = 4
"""How many letters a piece has: a compound is heard by the pieces of its parts."""
PIECES = 0.7
"""What all pieces of a word weigh together, beside its stem."""
CONCEPT = 1.5
"""What the concept that a word belongs to weighs beside its stem ..."""
PART = 0.8
"""... and how much of that is left when only a part of the word belongs to it."""
FRAME = 0.4
"""What each of what is asked, the cost and the reach weighs, beside a text of one word."""
_SHORTEST_PART = 4
_JOINTS = frozenset("seuoa")
_MOST_REACH = 3
_COSTS = (50_000, 500_000, 2_000_000)
_MOST_WORDS = 300
_MOST_TEXT = 6_000
_MOST_KEPT = 20_000

Vector = tuple[float, ...]
Concepts = Mapping[str, tuple[str, ...]]
"""A stem, or a word as it stands, to the features of the concepts that it belongs to."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A learned model: for each class, how much each feature speaks for it."""

    classes: tuple[str, ...]
    """Names of subjects, and of what no subject of `SUBJECTS` is about."""
    bias: Vector
    scale: float
    rows: Mapping[str, bytes]
    """Feature to one signed byte for each class, in units of `scale`."""
    concepts: Concepts = field(default_factory=dict)
    known: dict[str, Vector | None] = field(default_factory=dict)
    """Words that have been asked about, so that a word is taken to pieces once a process."""

    def of_word(self, word: str) -> Vector | None:
        """What the folded word says of each class; None for what says nothing."""
        if word not in self.known:
            if len(self.known) >= _MOST_KEPT:
                self.known.clear()
            self.known[word] = self.of(features(word, self.concepts))
        return self.known[word]

    def of(self, found: Mapping[str, float]) -> Vector | None:
        """What the features say of each class; None when there are none."""
        if not found:
            return None
        total = [0.0] * len(self.classes)
        for feature, weight in found.items():
            row = self.rows.get(feature)
            if row is not None:
                share = weight * self.scale
                total = [
                    one + share * (each if each < 128 else each - 256)
                    for one, each in zip(total, row, strict=True)
                ]
        return tuple(total)


def features(word: str, concepts: Concepts) -> dict[str, float]:
    """The features of a folded word and what they weigh: stem, pieces, concepts. Words of grammar: none."""
    if word in FUNCTION_WORDS or word.isdigit():
        return {}
    whole = f"^{word}$"
    root = stem(word)
    pieces = sorted({whole[at : at + PIECE] for at in range(len(whole) - PIECE + 1)})
    found = {f"={root}": 1.0}
    for piece in pieces:
        found[piece] = PIECES / math.sqrt(len(pieces))
    for concept, share in _concepts(word, root, concepts).items():
        found[concept] = CONCEPT * share
    return found


def _concepts(word: str, root: str, concepts: Concepts) -> dict[str, float]:
    """The concepts of a word, or of the longest last part and the longest first part that have any."""
    if root in concepts:
        return dict.fromkeys(concepts[root], 1.0)
    found: dict[str, float] = {}
    for at in range(2, len(root) - _SHORTEST_PART + 1):
        if root[at:] in concepts:
            found = dict.fromkeys(concepts[root[at:]], PART)
            break
    for at in range(len(word) - 2, _SHORTEST_PART - 1, -1):
        front = word[:at]
        named = concepts.get(front) or (concepts.get(front[:-1]) if front[-1] in _JOINTS else None)
        if named:
            found.update(dict.fromkeys(named, PART))
            break
    return found


def frame(matter: Matter) -> dict[str, float]:
    """What is asked, what it costs and how many units it touches, as features."""
    cost = "-" if matter.cost is None else str(sum(matter.cost > limit for limit in _COSTS))
    reach = min(len(matter.touched), _MOST_REACH)
    return {f"$asked {matter.asked}": FRAME, f"$cost {cost}": FRAME, f"$reach {reach}": FRAME}


def told(matter: Matter) -> list[tuple[str, float]]:
    """The matter's words that may say what it is about, with what each counts; the squares sum to one."""
    texts = [(matter.question, QUESTION), (matter.why_us, BESIDE)]
    texts += [(title, BESIDE) for title in matter.material[:20]]
    found = [
        (word, worth)
        for text, worth in texts
        for word in words(text, _MOST_TEXT)[:_MOST_WORDS]
        if word not in FUNCTION_WORDS and not word.isdigit()
    ]
    length = math.sqrt(sum(worth * worth for _, worth in found))
    return [(word, worth / length) for word, worth in found]


def likeness(matter: Matter, weights: Weights) -> Vector:
    """How probable it is that the matter is about each of `SUBJECTS`, in their order; together at most 1."""
    total = list(weights.bias)
    framed = weights.of(frame(matter))
    if framed is not None:
        total = [one + each for one, each in zip(total, framed, strict=True)]
    for word, worth in told(matter):
        said = weights.of_word(word)
        if said is not None:
            total = [one + worth * each for one, each in zip(total, said, strict=True)]
    most = max(total)
    shares = [math.exp(one - most) for one in total]
    whole = sum(shares)
    found = [0.0] * len(SUBJECTS)
    for name, share in zip(weights.classes, shares, strict=True):
        place = _PLACES.get(name)
        if place is not None:
            found[place] += share / whole
    return tuple(found)


def weights_from(data: bytes) -> Weights:
    """The model that `data_from` wrote. Raises `KernelError` when it is none."""
    try:
        head, names, told_by, rest = data.split(b"\n\n", 3)
        classes, scale, bias = head.decode("utf-8").split("\n")
        known = names.decode("utf-8").split("\n")
        concepts = [line.split("\t") for line in told_by.decode("utf-8").splitlines()]
    except ValueError as problem:
        raise KernelError("These are no weights.") from problem
    called = tuple(classes.split("\t"))
    size = len(called)
    if len(rest) != size * len(known):
        raise KernelError("The weights are not whole.")
    return Weights(
        called,
        tuple(float(one) for one in bias.split("\t")),
        float(scale),
        {name: rest[at * size : (at + 1) * size] for at, name in enumerate(known)},
        {word: tuple(named) for word, *named in concepts},
    )


def data_from(
    classes: Sequence[str],
    bias: Iterable[float],
    scale: float,
    rows: Mapping[str, Sequence[int]],
    concepts: Concepts | None = None,
) -> bytes:
    """The model as `weights_from` reads it: names, concepts, a signed byte for each feature and class."""
    head = "\n".join(("\t".join(classes), repr(scale), "\t".join(f"{one:.4f}" for one in bias)))
    names = sorted(rows)
    body = bytes(each & 0xFF for name in names for each in rows[name])
    told_by = "\n".join("\t".join((word, *named)) for word, named in sorted((concepts or {}).items()))
    return b"\n\n".join((head.encode(), "\n".join(names).encode(), told_by.encode(), body))


_PLACES = {name: place for place, subject in enumerate(SUBJECTS) for name in subject.names}
