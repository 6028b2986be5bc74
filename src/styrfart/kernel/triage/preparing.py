"""Rules and points made ready to be weighed against many matters."""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from styrfart.kernel.errors import KernelError
from styrfart.kernel.swedish import FUNCTION_WORDS, fold, stem, words
from styrfart.kernel.triage.lexicon import GENERIC, TITLES
from styrfart.kernel.triage.model import Mandate, Point, Rule, Scheme
from styrfart.kernel.triage.reading import is_content
from styrfart.kernel.triage.subjects import NAMED, SUBJECTS
from styrfart.kernel.triage.vocabulary import Vocabulary, key, vocabulary

GENERIC_WEIGHT = 0.25
SPECIFIC = 10
"""A hint of so many letters, or of two words with content, is said by those who mean it."""
_PAIR = 2
GENERIC_HINT = 0.6
"""A hint that is an everyday word: whoever wrote the rule meant it, but it is said often."""
ASIDE = 0.5
"""What follows "inom", "enligt" or the like tells where or how, not what."""
SURE = 0.85
"""What a word weighs that a subject lends to a rule, beside a hint of the rule's own ..."""
LOOSE = 0.5
"""... and one that is said of other things, too."""
SPREAD = 0.3
"""How much less a word weighs for each doubling of the rules that have it: 1 / (1 + SPREAD ln n)."""

_ASIDE = frozenset(
    (
        "inom",
        "med",
        "före",
        "efter",
        "enligt",
        "utan",
        "som",
        "där",
        "när",
        "genom",
        "inför",
        "utöver",
        "utom",
    )
)


class Scope(Enum):
    """Whether a rule is for what lies within one area, or for what several share."""

    ONE = "one"
    SEVERAL = "several"


_UNITS = r"(?:enhet|avdelning|verksamhet|område)"
_ONE = re.compile(
    rf"\b(?:inom|(?:be)?rör (?:bara|endast))(?: (?:en|ett|den|egna|enskild|enskilda))* {_UNITS}(?:en|et|t)?\b"
)
_SEVERAL = re.compile(
    r"\b(?:flera|fler än en|mer än en|minst två|två eller fler|olika|mellan|samtliga|alla|båda)"
    rf"(?: (?:av|våra|de))* {_UNITS}\w*"
)
_SCOPES = ((Scope.ONE, _ONE), (Scope.SEVERAL, _SEVERAL))

_NUMBER = r"(\d[\d \u00a0.]*)"
_UNIT = r"\s*(kronor|kr|tkr|tusen kronor|miljoner kronor|miljon kronor|mnkr|mkr|miljoner|miljon)?"
_ABOVE = re.compile(rf"\b(över|mer än|överstig\w*|från|minst)\s+{_NUMBER}{_UNIT}")
_BELOW = re.compile(rf"\b(upp till|högst|under|till och med|mindre än|max|maximalt)\s+{_NUMBER}{_UNIT}")
_TIMES = {"tkr": 1000, "tusen kronor": 1000, "kronor": 1, "kr": 1}


@dataclass(frozen=True, slots=True)
class Hint:
    """A word or phrase that the writer of a rule listed."""

    text: str
    entries: tuple[int, ...]
    weight: float
    is_title: bool = False
    """Whether it is only the title of a post, such as "enhetschef"."""
    is_specific: bool = False
    lent_by: str = ""
    """The rule's own word, when the hint is lent by a subject that this word names."""

    @property
    def quoted(self) -> str:
        """What the rule itself says: the hint, or the word that lends it."""
        return self.lent_by or self.text


@dataclass(frozen=True, slots=True)
class Text:
    """What a rule or a point says it concerns."""

    hints: tuple[Hint, ...]
    words: tuple[tuple[int, float], ...]
    """Entry and weight of each distinct word with content."""
    whole: float
    """The sum of those weights."""
    entries: frozenset[int]
    """All entries of hints and words."""
    first: int | None
    """The entry of the first word that is not an everyday one: in a scheme of delegation, the act itself."""


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule, its text and its limits, those said in the text included."""

    rule: Rule
    text: Text
    scope: Scope | None
    amount_min: int | None
    amount_max: int | None


@dataclass(frozen=True, slots=True)
class ReadyPoint:
    """A point and its text."""

    point: Point
    text: Text


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A mandate and a scheme of delegation, ready. Depends on nothing else: keep it as long as both hold."""

    rules: tuple[ReadyRule, ...]
    points: tuple[ReadyPoint, ...]
    vocabulary: Vocabulary


def prepare(mandate: Mandate, scheme: Scheme) -> Prepared:
    """The mandate and the scheme made ready for `propose`: takes some milliseconds, so keep the result.

    Raises `KernelError` when two rules have the same number or two points the same code.
    """
    _refuse_doubles("rule", [rule.number for rule in mandate.rules])
    _refuse_doubles("point", [point.code for point in scheme.points])
    rules = sorted(mandate.rules, key=lambda rule: rule.number)
    points = sorted(scheme.points, key=lambda point: point.code)
    sources: list[Rule | Point] = [*rules, *points]
    lent = {rule.number: _lent(rule) for rule in rules}
    texts = [text for source in sources for text in _texts(source)]
    texts += [text for one in lent.values() for text in one]
    known = vocabulary(word for text in texts for word in words(text))
    spread = Counter(entry for source in sources for entry in _entries_of(source, known))
    hinted = Counter(
        entry for rule in rules for entry in {e for hint in rule.words for e in _entries(hint, known)}
    )
    return Prepared(
        tuple(_ready_rule(rule, known, spread, hinted, lent[rule.number]) for rule in rules),
        tuple(ReadyPoint(point, _text(point, known, spread, Counter(), {})) for point in points),
        known,
    )


def _refuse_doubles(what: str, names: Sequence[object]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise KernelError(f"More than one {what} is called {twice[0]}.")


def _entries(text: str, known: Vocabulary) -> list[int]:
    return [known.same[key(word)] for word in words(text)]


def _entries_of(source: Rule | Point, known: Vocabulary) -> set[int]:
    return {entry for text in _texts(source) for entry in _entries(text, known)}


def _texts(source: Rule | Point) -> tuple[str, ...]:
    heading = source.heading if isinstance(source, Point) else ""
    return source.text, heading, *source.words


Lent = Mapping[str, tuple[str, float]]
"""A hint that a subject lends, to the rule's own word that names the subject and the weight."""


def _lent(rule: Rule) -> Lent:
    """What the subjects that the rule names lend it."""
    text = [_key(word) for word, factor in _telling(rule) if factor == 1.0]
    hints = {tuple(map(_key, words(hint))): hint for hint in rule.words}
    lent: dict[str, tuple[str, float]] = {}
    for names, sure, loose in _subjects():
        named = [name for said, name in names if _stands_in(said, text)]
        hinted = [hints[said] for said, _ in names if said in hints]
        if not named and len(hinted) < NAMED:
            continue
        name = hinted[0] if hinted else named[0]
        for weight, phrases in ((SURE, sure), (LOOSE, loose)):
            for phrase in phrases:
                lent[phrase] = max((name, weight), lent.get(phrase, ("", 0.0)), key=lambda one: one[1])
    return {phrase: lent[phrase] for phrase in lent if tuple(map(_key, words(phrase))) not in hints}


@functools.cache
def _key(word: str) -> str:
    return key(word)


@functools.cache
def _subjects() -> tuple[
    tuple[tuple[tuple[tuple[str, ...], str], ...], tuple[str, ...], tuple[str, ...]], ...
]:
    return tuple(
        (tuple((tuple(map(_key, words(name))), name) for name in one.names), one.sure, one.loose)
        for one in SUBJECTS
    )


def _stands_in(said: Sequence[str], text: Sequence[str]) -> bool:
    return any(tuple(text[at : at + len(said)]) == said for at in range(len(text) - len(said) + 1))


def _ready_rule(
    rule: Rule, known: Vocabulary, spread: Mapping[int, int], hinted: Mapping[int, int], lent: Lent
) -> ReadyRule:
    folded = fold(rule.text)
    said_min, said_max = _amounts(folded)
    explicit = rule.amount_min is not None or rule.amount_max is not None
    scope = next((scope for scope, pattern in _SCOPES if pattern.search(folded)), None)
    return ReadyRule(
        rule,
        _text(rule, known, spread, hinted, lent),
        scope,
        rule.amount_min if explicit else said_min,
        rule.amount_max if explicit else said_max,
    )


def _text(
    source: Rule | Point,
    known: Vocabulary,
    spread: Mapping[int, int],
    hinted: Mapping[int, int],
    lent: Lent,
) -> Text:
    weights: dict[int, float] = {}
    first: int | None = None
    for word, factor in _telling(source):
        root = stem(word)
        entry = known.same[key(word)]
        first = entry if first is None and root not in GENERIC else first
        weight = factor * (GENERIC_WEIGHT if root in GENERIC else 1.0) * _rarity(spread[entry])
        weights[entry] = max(weight, weights.get(entry, 0.0))
    hints = tuple(_hint(text, known, hinted) for text in dict.fromkeys(source.words) if words(text))
    own = {hint.entries for hint in hints}
    hints += tuple(
        replace(hint, lent_by=name, weight=weight)
        for phrase, (name, weight) in lent.items()
        if (hint := _hint(phrase, known, {})).entries not in own
    )
    entries = frozenset(weights).union(*(hint.entries for hint in hints))
    return Text(hints, tuple(sorted(weights.items())), sum(weights.values()), entries, first)


def _telling(source: Rule | Point) -> Iterable[tuple[str, float]]:
    """The words that can say what it concerns, with how much they count: the text's in order, the heading's
    last."""
    for part in re.split(r"[:;]", source.text):
        factor = 1.0
        said = words(part)
        for before, word in zip(["", *said], said, strict=False):
            factor = ASIDE if word in _ASIDE else factor
            # The "tjänst" of "e-tjänst" is no service of its own; the "gata" of "i gata" is a street.
            if is_content(word) and (len(before) != 1 or before in FUNCTION_WORDS):
                yield word, factor
    if isinstance(source, Point):
        yield from ((word, ASIDE) for word in words(source.heading) if is_content(word))


def _hint(text: str, known: Vocabulary, hinted: Mapping[int, int]) -> Hint:
    said = words(text)
    entries = tuple(_entries(text, known))
    is_title = len(said) == 1 and stem(said[0]) in TITLES
    is_everyday = not is_title and all(_is_everyday(word) for word in said)
    telling = [word for word in said if not _is_everyday(word)]
    is_phrase = len(telling) > 1 or (bool(telling) and len(said) > _PAIR)
    is_specific = not is_title and (is_phrase or any(len(word) >= SPECIFIC for word in telling))
    weight = GENERIC_HINT if is_everyday else 1.0
    weight = weight if len(said) > 1 else weight * _rarity(hinted.get(entries[0], 1))
    return Hint(text, entries, weight, is_title, is_specific)


def _is_everyday(word: str) -> bool:
    return word in FUNCTION_WORDS or stem(word) in GENERIC


def _rarity(sources: int) -> float:
    return 1 / (1 + SPREAD * math.log(max(1, sources)))


def _amounts(folded: str) -> tuple[int | None, int | None]:
    """The limits in kronor that a text states, such as "över 500 000 kronor"; None where it states none."""
    least, most = _amount(_ABOVE.finditer(folded)), _amount(_BELOW.finditer(folded))
    if least is not None and least[1] not in ("från", "minst"):  # "över": more than that
        least = (least[0] + 1, least[1])
    if most is not None and most[1] in ("under", "mindre än"):
        most = (most[0] - 1, most[1])
    return least[0] if least else None, most[0] if most else None


def _amount(found: Iterable[re.Match[str]]) -> tuple[int, str] | None:
    for match in found:
        digits = re.sub(r"\D", "", match[2])
        unit = match[3]
        # A number without a unit is money only when it is as large as money is: "fler än 25 bostäder" is not.
        if digits and len(digits) < 13 and (unit or int(digits) >= 10_000):
            return int(digits) * _TIMES.get(unit or "kr", 1_000_000), match[1]
    return None
