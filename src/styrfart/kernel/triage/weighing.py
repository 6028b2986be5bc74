"""How strongly a matter fits each rule and each point: evidence is added up, contradictions rule out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from styrfart.kernel.triage.model import Asked, Destination, Matter, Reason, ReasonKind
from styrfart.kernel.triage.preparing import Hint, Prepared, ReadyPoint, ReadyRule, Scope, Text
from styrfart.kernel.triage.reading import Reading, Said
from styrfart.kernel.triage.standing import Standing
from styrfart.kernel.triage.thresholds import Thresholds

_FADING = (1.0, 0.6, 0.4)
_PHRASE_GAP = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """How strongly a text was said, and by which words."""

    strength: float = 0.0
    hints: tuple[str, ...] = ()
    hinted_by: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleFit:
    """A rule that fits: its strength, whether it waits for the cost, and why."""

    ready: ReadyRule
    strength: float
    needs_cost: bool = False
    reasons: tuple[Reason, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class PointFit:
    """A point of delegation that fits."""

    ready: ReadyPoint
    strength: float
    reasons: tuple[Reason, ...] = field(default=(), compare=False)


def weigh_text(text: Text, reading: Reading, thresholds: Thresholds) -> Fit:
    """The evidence that the matter concerns what the text says."""
    if text.entries.isdisjoint(reading.said):
        return Fit()
    hits = _different(
        [(_worth(hint, said), hint, said) for hint in text.hints if (said := _phrase(hint, reading))]
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
    return Fit(
        thresholds.hint * by_hints + thresholds.text * by_text,
        tuple(hint.text for _, hint, _ in hits),
        tuple(dict.fromkeys(one.word for _, _, said in hits for one in said)),
        tuple(dict.fromkeys(word for _, word in found)),
    )


def _different(
    hits: list[tuple[float, Hint, tuple[Said, ...]]],
) -> list[tuple[float, Hint, tuple[Said, ...]]]:
    """The hits, worthiest first, each given by words or entries that no worthier one has used."""
    kept: list[tuple[float, Hint, tuple[Said, ...]]] = []
    places: set[tuple[int, int]] = set()
    entries: set[tuple[int, ...]] = set()
    for worth, hint, said in sorted(hits, key=lambda hit: (-hit[0], -len(hit[1].entries), hit[1].text)):
        here = {(one.part, one.place) for one in said}
        if not here <= places and hint.entries not in entries:
            kept.append((worth, hint, said))
        places |= here
        entries.add(hint.entries)
    return kept


def _worth(hint: Hint, said: Sequence[Said]) -> float:
    return hint.weight * min(one.worth * one.weight for one in said)


def _phrase(hint: Hint, reading: Reading) -> tuple[Said, ...]:
    """Where the matter says the hint: one place, or for a phrase its words in order and close together."""
    every = [reading.said.get(entry, ()) for entry in hint.entries]
    if not all(every):
        return ()
    if len(every) == 1:
        return every[0][:1] if every[0][0].worth > 0.5 else ()
    whole = [
        one for one in every[0] if all(any(_is_same(one, other) for other in rest) for rest in every[1:])
    ]
    if whole and whole[0].worth > 0.5:
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
    return one.worth > 0.5 and one.part == before.part and 0 < one.place - before.place <= _PHRASE_GAP


def weigh_points(prepared: Prepared, reading: Reading, thresholds: Thresholds) -> list[PointFit]:
    """The points that the matter fits at all, strongest first; equal ones by code."""
    fits: list[PointFit] = []
    for ready in prepared.points:
        fit = weigh_text(ready.text, reading, thresholds)
        if fit.strength > 0:
            # The words around an act ("gata", "park") are said in many matters; the act itself must be, too.
            told = bool(fit.hints) or _says(reading, ready.text.first)
            strength = fit.strength if told else fit.strength * thresholds.act
            fits.append(PointFit(ready, strength, _text_reasons(fit, "point", ready.point.code)))
    return sorted(fits, key=lambda fit: (-fit.strength, fit.ready.point.code))


def _says(reading: Reading, entry: int | None) -> bool:
    places = () if entry is None else reading.said.get(entry, ())
    return bool(places) and places[0].worth > 0.5


def weigh_rules(
    prepared: Prepared,
    matter: Matter,
    reading: Reading,
    standing: Standing,
    points: Sequence[PointFit],
    thresholds: Thresholds,
) -> list[RuleFit]:
    """The rules that the matter fits at all, strongest first; equal ones by number."""
    strong = {fit.ready.point.code: fit.strength for fit in points if fit.strength >= thresholds.likely}
    fits = [
        fit
        for ready in prepared.rules
        if (fit := _weigh_rule(ready, matter, reading, standing, strong, thresholds)) is not None
    ]
    return sorted(fits, key=lambda fit: (-fit.strength, fit.ready.rule.number))


def _weigh_rule(
    ready: ReadyRule,
    matter: Matter,
    reading: Reading,
    standing: Standing,
    points: dict[str, float],
    thresholds: Thresholds,
) -> RuleFit | None:
    rule = ready.rule
    fit = weigh_text(ready.text, reading, thresholds)
    strength = fit.strength
    reasons = list(_text_reasons(fit, "rule", rule.number))
    named = [code for code in rule.points if code in points]
    if named:
        best = max(named, key=lambda code: (points[code], code))
        strength += thresholds.point * min(points[best], 2.0)
        reasons.append(Reason(ReasonKind.RULE_POINT, (("rule", rule.number), ("point", best))))
    if rule.units and matter.touched:
        inside = standing.share_within(rule.units)
        if not inside:
            return None
        strength += thresholds.unit * inside
        reasons.append(Reason(ReasonKind.RULE_UNITS, (("rule", rule.number),)))
    by_amount = _weigh_amount(ready, matter, reasons)
    if by_amount is None:
        return None
    if strength > 0:
        strength += thresholds.amount * by_amount
    strength = _weigh_scope(ready, standing, strength, thresholds, reasons)
    strength = _weigh_asked(rule.destination, matter.asked, strength, thresholds)
    if strength <= 0:
        return None
    strength += _agreement(rule.destination, matter, reading, standing, thresholds)
    needs_cost = by_amount == 0 and _has_limit(ready)
    return RuleFit(ready, strength, needs_cost, tuple(reasons))


def _has_limit(ready: ReadyRule) -> bool:
    return ready.amount_min is not None or ready.amount_max is not None


def _weigh_amount(ready: ReadyRule, matter: Matter, reasons: list[Reason]) -> float | None:
    """None: the cost contradicts the rule. 0: nothing known. 1: it confirms the rule."""
    if not _has_limit(ready) or matter.cost is None:
        return 0.0
    least = ready.amount_min if ready.amount_min is not None else 0
    most = ready.amount_max if ready.amount_max is not None else math.inf
    if not least <= matter.cost <= most:
        return None
    reasons.append(Reason(ReasonKind.RULE_AMOUNT, (("rule", ready.rule.number), ("cost", matter.cost))))
    return 1.0


def _weigh_scope(
    ready: ReadyRule, standing: Standing, strength: float, thresholds: Thresholds, reasons: list[Reason]
) -> float:
    if ready.scope is None or not standing.areas:
        return strength
    areas = len(standing.areas)
    fits = (areas == 1) == (ready.scope is Scope.ONE)
    if not fits:
        return strength * thresholds.out_of_scope - thresholds.scope
    if strength > 0 or ready.text.whole < 1.0:
        reasons.append(Reason(ReasonKind.RULE_SCOPE, (("rule", ready.rule.number), ("areas", areas))))
        return strength + thresholds.scope
    return strength


def _weigh_asked(destination: Destination, asked: Asked, strength: float, thresholds: Thresholds) -> float:
    """Information fits rules on what is written, questions do not; thoughts are not for the committee."""
    if strength <= 0:
        return strength
    if destination is Destination.WRITTEN:
        return strength + thresholds.asked if asked is Asked.INFORMATION else strength * thresholds.asked
    if destination is Destination.COMMITTEE and asked is Asked.THINKING:
        return strength * thresholds.asked
    return strength


def _agreement(
    destination: Destination, matter: Matter, reading: Reading, standing: Standing, thresholds: Thresholds
) -> float:
    """A little more for a rule that leads where the matter's reach points anyway; it settles no tie."""
    if destination is Destination.MEETING and len(standing.areas) > 1:
        return thresholds.agreement
    if destination is Destination.COMMITTEE and matter.asked is Asked.PREPARATION and reading.committee:
        return thresholds.agreement
    return 0.0


def _text_reasons(fit: Fit, name: str, number: int | str) -> tuple[Reason, ...]:
    kinds = {
        "rule": (ReasonKind.RULE_WORDS, ReasonKind.RULE_TEXT),
        "point": (ReasonKind.POINT_WORDS, ReasonKind.POINT_TEXT),
    }[name]
    reasons: list[Reason] = []
    if fit.hints:
        reasons.append(Reason(kinds[0], ((name, number), ("words", fit.hints), ("found", fit.hinted_by))))
    if fit.said_by:
        reasons.append(Reason(kinds[1], ((name, number), ("found", fit.said_by))))
    return tuple(reasons)
