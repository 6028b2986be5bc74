"""What a matter is like: how probable each subject is by matters that were sorted before.

A linear model over stems and pieces of words, learned ahead (`tools/triage/train.py`). The weights are data:
whoever asks reads them once and hands them to `weights_from`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from styrfart.kernel.errors import KernelError
from styrfart.kernel.swedish import FUNCTION_WORDS, stem, words
from styrfart.kernel.triage.model import Matter
from styrfart.kernel.triage.subjects import SUBJECTS

QUESTION = 1.0
BESIDE = 0.3
"""What a word of the reasons, or of a material's title, counts beside one of the question."""
PIECE = 4
"""How many letters a piece has: a compound is heard by the pieces of its parts."""
PIECES = 0.7
"""What all pieces of a word weigh together, beside its stem."""
_MOST_WORDS = 300
_MOST_TEXT = 6_000
_MOST_KEPT = 20_000

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A learned model: for each class, how much each feature speaks for it."""

    classes: tuple[str, ...]
    """Names of subjects, and of what no subject of `SUBJECTS` is about."""
    bias: Vector
    scale: float
    rows: Mapping[str, bytes]
    """Feature to one signed byte for each class, in units of `scale`."""
    known: dict[str, Vector | None] = field(default_factory=dict)
    """Words that have been asked about, so that a word is taken to pieces once a process."""

    def of_word(self, word: str) -> Vector | None:
        """What the folded word says of each class; None for what says nothing."""
        if word not in self.known:
            if len(self.known) >= _MOST_KEPT:
                self.known.clear()
            self.known[word] = self._sum(features(word))
        return self.known[word]

    def _sum(self, found: Mapping[str, float]) -> Vector | None:
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


def features(word: str) -> dict[str, float]:
    """The features of a folded word and what they weigh: stem and pieces; none for words of grammar."""
    if word in FUNCTION_WORDS or word.isdigit():
        return {}
    whole = f"^{word}$"
    pieces = sorted({whole[at : at + PIECE] for at in range(len(whole) - PIECE + 1)})
    found = {f"={stem(word)}": 1.0}
    for piece in pieces:
        found[piece] = PIECES / math.sqrt(len(pieces))
    return found


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
    for word, worth in told(matter):
        vector = weights.of_word(word)
        if vector is not None:
            total = [one + worth * each for one, each in zip(total, vector, strict=True)]
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
        head, names, rest = data.split(b"\n\n", 2)
        classes, scale, bias = head.decode("utf-8").split("\n")
        known = names.decode("utf-8").split("\n")
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
    )


def data_from(
    classes: Sequence[str], bias: Iterable[float], scale: float, rows: Mapping[str, Sequence[int]]
) -> bytes:
    """The model as `weights_from` reads it: names, then one signed byte for each feature and class."""
    head = "\n".join(("\t".join(classes), repr(scale), "\t".join(f"{one:.4f}" for one in bias)))
    names = sorted(rows)
    body = bytes(each & 0xFF for name in names for each in rows[name])
    return b"\n\n".join((head.encode(), "\n".join(names).encode(), body))


_PLACES = {name: place for place, subject in enumerate(SUBJECTS) for name in subject.names}
