"""Rules and points made ready to be weighed against many matters."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from styrfart.kernel.errors import KernelError
from styrfart.kernel.swedish import FUNCTION_WORDS, fold, stem, words
from styrfart.kernel.triage.hearing import named
from styrfart.kernel.triage.hints import Hint, hint, rarity
from styrfart.kernel.triage.lexicon import GENERIC, INFORMATION
from styrfart.kernel.triage.model import Mandate, Point, Rule, Scheme
from styrfart.kernel.triage.reading import is_content
from styrfart.kernel.triage.vocabulary import Vocabulary, key, vocabulary

GENERIC_WEIGHT = 0.25
ASIDE = 0.5
"""What follows "inom", "enligt" or the like tells where or how, not what."""
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
    subjects: tuple[tuple[int, str], ...] = ()
    """The subjects that a rule names, and by which of its words."""


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule, its text and its limits, those said in the text included."""

    rule: Rule
    text: Text
    scope: Scope | None
    amount_min: int | None
    amount_max: int | None
    is_on_information: bool
    """Whether it is on information as such, not on some kind of it."""


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
    subjects: frozenset[int]
    """All subjects that the rules name."""


def prepare(mandate: Mandate, scheme: Scheme) -> Prepared:
    """The mandate and the scheme made ready for `propose`: takes some milliseconds, so keep the result.

    Raises `KernelError` when two rules have the same number or two points the same code.
    """
    _refuse_doubles("rule", [rule.number for rule in mandate.rules])
    _refuse_doubles("point", [point.code for point in scheme.points])
    rules = sorted(mandate.rules, key=lambda rule: rule.number)
    points = sorted(scheme.points, key=lambda point: point.code)
    sources: list[Rule | Point] = [*rules, *points]
    known = vocabulary(word for source in sources for text in _texts(source) for word in words(text))
    spread = Counter(entry for source in sources for entry in _entries_of(source, known))
    hinted = Counter(
        entry for rule in rules for entry in {e for hint in rule.words for e in _entries(hint, known)}
    )
    ready = tuple(_ready_rule(rule, known, spread, hinted) for rule in rules)
    return Prepared(
        ready,
        tuple(ReadyPoint(point, _text(point, known, spread, Counter())) for point in points),
        known,
        frozenset(subject for one in ready for subject, _ in one.text.subjects),
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


def _ready_rule(
    rule: Rule, known: Vocabulary, spread: Mapping[int, int], hinted: Mapping[int, int]
) -> ReadyRule:
    folded = fold(rule.text)
    said_min, said_max = _amounts(folded)
    explicit = rule.amount_min is not None or rule.amount_max is not None
    scope = next((scope for scope, pattern in _SCOPES if pattern.search(folded)), None)
    return ReadyRule(
        rule,
        _text(rule, known, spread, hinted),
        scope,
        rule.amount_min if explicit else said_min,
        rule.amount_max if explicit else said_max,
        any(stem(word) in INFORMATION for text in _texts(rule) for word in words(text)),
    )


def _text(
    source: Rule | Point,
    known: Vocabulary,
    spread: Mapping[int, int],
    hinted: Mapping[int, int],
) -> Text:
    weights: dict[int, float] = {}
    first: int | None = None
    for word, factor in _telling(source):
        root = stem(word)
        entry = known.same[key(word)]
        first = entry if first is None and root not in GENERIC else first
        weight = factor * (GENERIC_WEIGHT if root in GENERIC else 1.0) * rarity(spread[entry])
        weights[entry] = max(weight, weights.get(entry, 0.0))
    hints = tuple(_hint(text, known, hinted) for text in dict.fromkeys(source.words) if words(text))
    entries = frozenset(weights).union(*(hint.entries for hint in hints))
    subjects: tuple[tuple[int, str], ...] = ()
    if isinstance(source, Rule):
        subjects = named([word for word, factor in _telling(source) if factor == 1.0], source.words)
    return Text(hints, tuple(sorted(weights.items())), sum(weights.values()), entries, first, subjects)


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
    entries = _entries(text, known)
    return hint(text, entries, rarity(hinted.get(entries[0], 1)))


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
