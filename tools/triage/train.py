"""Learn what matters are like: from matters that were sorted by hand to the weights that the desk reads.

    python -m tools.triage.train             write the weights that the desk reads
    python -m tools.triage.train measure DIR write, for each set, weights that were learned without it

Learned from: the questions beside this file (written for it, a subject each), the words that the subjects
are called by, and the matters in tests/matters, of which a reader said the rule. A rule has one subject or
several: that one of them is meant is all that is learned from such a matter; where the mandate has no rule,
that none of the mandate's is.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from styrfart.kernel.swedish import FUNCTION_WORDS, fold, stem, words
from styrfart.kernel.triage import Asked, Matter
from styrfart.kernel.triage.lexicon import GENERIC
from styrfart.kernel.triage.likeness import Concepts, data_from, features, frame, told
from styrfart.kernel.triage.subjects import SUBJECTS
from tools.triage import desks

HERE = Path(__file__).resolve().parent
SETS = (
    "realistic",
    "held_out",
    "division",
    "district",
    "later",
    "blind",
    "blind_again",
    "third_blind",
    "fourth_blind",
)
WEIGHTS = desks.ROOT / "src/styrfart/matters/subject_weights.bin"

PHRASE, LOOSE = 0.5, 0.17
"""What a sure phrase of a subject counts, and a loose one, beside a whole matter."""
TOLD = {"told_beside": 0.5, "told_reasons": 0.5}
TOLD_IN_PASSING = 0.25
"""What the questions count that were told as stories and in passing: each says little for sure."""
RIDGE = 0.15
LEAST = 2
"""A feature is learned when so many texts have it ..."""
FAINT = 3
"""... and kept when it speaks for some class with at least so many units."""
UNITS = 127
STEPS = 60

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lesson:
    """A text, the classes of which one is meant, and how much it counts."""

    matter: Matter
    classes: frozenset[str]
    weight: float = 1.0
    is_framed: bool = False
    """Whether it is known what was asked, what it costs and what it touches."""


def written() -> list[Lesson]:
    """The questions beside this file: "question | reason" under "== subject"."""
    lessons: list[Lesson] = []
    for path in sorted(HERE.glob("*.txt")):
        called = ""
        weight = TOLD.get(path.stem, TOLD_IN_PASSING if path.stem.startswith("told_") else 1.0)
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("=="):
                called = line[2:].strip()
            elif line.strip():
                question, _, reason = line.partition("|")
                lessons.append(Lesson(_matter(question.strip(), reason.strip()), frozenset({called}), weight))
    return lessons


def classes() -> tuple[str, ...]:
    """The classes in the order in which the questions have them."""
    return tuple(dict.fromkeys(name for lesson in written() for name in lesson.classes))


@cache
def concepts() -> Concepts:
    """What kinds of things the words of municipalities are, by stem and as they stand: "== kind", words."""
    found: dict[str, set[str]] = {}
    for part in (HERE / "concepts/concepts.txt").read_text("utf-8").split("== ")[1:]:
        named, _, listed = part.partition("\n")
        for word in words(fold(listed)):
            if word not in FUNCTION_WORDS and stem(word) not in GENERIC:
                for key in (word, stem(word)):
                    found.setdefault(key, set()).add(f"#{named}")
    return {key: tuple(sorted(named)) for key, named in sorted(found.items())}


def phrases() -> list[Lesson]:
    """What the subjects are called."""
    by_subject = _by_subject()
    return [
        Lesson(_matter(phrase), frozenset({by_subject[place]}), weight)
        for place, subject in enumerate(SUBJECTS)
        for said, weight in (((*subject.names, *subject.sure), PHRASE), (subject.loose, LOOSE))
        for phrase in said
    ]


def sorted_by_readers(name: str) -> list[Lesson]:
    """The matters of a set of which a reader said the rule, or that there is none."""
    lessons: list[Lesson] = []
    for given in desks.matters(name):
        desk = desks.desk_of(given, name)
        meant = _meant(given["right"], desk.start)
        if meant:
            lessons.append(Lesson(desks.with_cost(given, desk), meant, is_framed=True))
    return lessons


def learn(lessons: Sequence[Lesson]) -> bytes:
    """The weights as data."""
    called = classes()
    usual = _usual_frame(lessons)
    texts = [
        _features(lesson.matter) | (frame(lesson.matter) if lesson.is_framed else usual) for lesson in lessons
    ]
    spread = Counter(feature for text in texts for feature in text)
    names = sorted(feature for feature, times in spread.items() if times >= LEAST)
    places = {name: place for place, name in enumerate(names)}
    cells = [
        (row, places[name], value)
        for row, text in enumerate(texts)
        for name, value in text.items()
        if name in places
    ]
    rows, columns, values = zip(*cells, strict=True)
    told_by = csr_matrix((values, (rows, columns)), shape=(len(texts), len(names)))
    meant = np.array([[name in lesson.classes for name in called] for lesson in lessons], dtype=np.float64)
    found, bias = _fit(told_by, meant, np.array([lesson.weight for lesson in lessons]))
    scale = float(f"{np.abs(found).max() / UNITS:.6f}")
    units = np.clip(np.rint(found / scale), -UNITS, UNITS).astype(int)
    kept = {name: units[place].tolist() for name, place in places.items() if abs(units[place]).max() >= FAINT}
    return data_from(called, bias.tolist(), scale, kept, concepts())


def _usual_frame(lessons: Sequence[Lesson]) -> dict[str, float]:
    """The average of what is known, for texts of which nobody said what is asked: it speaks for nothing."""
    framed = [lesson.matter for lesson in lessons if lesson.is_framed]
    total: dict[str, float] = {}
    for matter in framed:
        for feature, value in frame(matter).items():
            total[feature] = total.get(feature, 0.0) + value / len(framed)
    return total


def _fit(told_by: Any, meant: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Multinomial regression with a ridge, for texts of which one of several classes is meant."""
    across = told_by.T.tocsr()
    shape = (told_by.shape[1], meant.shape[1])
    size = shape[0] * shape[1]

    def loss(flat: Floats) -> tuple[float, Floats]:
        found, bias = flat[:size].reshape(shape), flat[size:]
        scores = told_by @ found + bias
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        right = shares * meant
        whole = right.sum(axis=1)
        pull = (shares - right / whole[:, None]) * weight[:, None]
        slope = np.concatenate([(across @ pull + RIDGE * found).ravel(), pull.sum(axis=0)])
        return float(RIDGE / 2 * (found * found).sum() - (weight * np.log(whole)).sum()), slope

    best = minimize(
        loss, np.zeros(size + shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}
    ).x
    return best[:size].reshape(shape), best[size:]


def _features(matter: Matter) -> dict[str, float]:
    found: dict[str, float] = {}
    for word, worth in told(matter):
        for feature, value in features(word, concepts()).items():
            found[feature] = found.get(feature, 0.0) + worth * value
    return found


def _matter(question: str, reason: str = "", material: tuple[str, ...] = ()) -> Matter:
    return Matter(question=question, why_us=reason, material=material, asked=Asked.DECISION)


@cache
def _by_subject() -> Mapping[int, str]:
    return {
        place: name for name in classes() for place, subject in enumerate(SUBJECTS) if name in subject.names
    }


def _meant(right: Iterable[Sequence[Any]], start: str) -> frozenset[str]:
    of_rules = _of_rules(start)
    rules = [rule for _, rule in right if rule is not None]
    if rules:
        return frozenset(name for rule in rules for name in of_rules[rule])
    return (
        frozenset() if right else frozenset(classes()) - {name for one in of_rules.values() for name in one}
    )


@cache
def _of_rules(start: str) -> Mapping[int, tuple[str, ...]]:
    by_subject = _by_subject()
    return {
        ready.rule.number: tuple(by_subject[place] for place, _ in ready.text.subjects)
        for ready in desks.mandate(start).rules
    }


def weights(without: str = "") -> bytes:
    """The weights, learned from all but one set."""
    known = [lesson for name in SETS if name != without for lesson in sorted_by_readers(name)]
    return learn([*written(), *phrases(), *known])


def main() -> None:
    """Write the weights, or, for each set, weights that were learned without it."""
    if sys.argv[1:2] == ["measure"]:
        to = Path(sys.argv[2])
        for name in SETS:
            (to / f"{name}.bin").write_bytes(weights(without=name))
        return
    WEIGHTS.write_bytes(weights())


if __name__ == "__main__":
    main()
