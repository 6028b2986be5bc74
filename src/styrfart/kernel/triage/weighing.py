"""How strongly a matter fits each rule and each point: evidence is added up, contradictions rule out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from styrfart.kernel.triage.evidence import Fit, Spoken, spoken, weigh_text
from styrfart.kernel.triage.lexicon import STEERING
from styrfart.kernel.triage.model import Asked, Destination, Matter, Reason, ReasonKind, Ref, Rule
from styrfart.kernel.triage.preparing import Prepared, ReadyPoint, ReadyRule, Scope
from styrfart.kernel.triage.reading import Reading
from styrfart.kernel.triage.standing import Standing
from styrfart.kernel.triage.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class RuleFit:
    """A rule that fits: its strength, whether it waits for the cost, and why."""

    ready: ReadyRule
    strength: float
    needs_cost: bool = False
    is_to_the_point: bool = False
    """Whether the question itself says a specific hint of the rule."""
    hinted_by: tuple[str, ...] = ()
    share: float | None = None
    """How probable it is that the matter is about the rule's subjects; None when that is not known."""
    chance: float | None = None
    """How probable it is that the matter goes where the rule leads; None when that is not known."""
    reasons: tuple[Reason, ...] = field(default=(), compare=False)

    @property
    def goal(self) -> tuple[Destination, Ref | None, str]:
        """Where the rule leads."""
        rule = self.ready.rule
        return rule.destination, rule.target, rule.post_title.casefold()


@dataclass(frozen=True, slots=True)
class PointFit:
    """A point of delegation that fits."""

    ready: ReadyPoint
    strength: float
    reasons: tuple[Reason, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Alike:
    """How probable it is that the matter is about a rule's subjects."""

    share: float
    word: str
    """The rule's own word for the most probable of its subjects."""


def weigh_points(prepared: Prepared, reading: Reading, thresholds: Thresholds) -> list[PointFit]:
    """The points that the matter fits at all, strongest first; equal ones by code."""
    fits: list[PointFit] = []
    for ready in prepared.points:
        fit = weigh_text(ready.text, reading, thresholds, {})
        if fit.strength > 0:
            # The words around an act ("gata", "park") are said in many matters; the act itself must be, too.
            told = bool(fit.hints) or _says(reading, ready.text.first)
            strength = fit.strength if told else fit.strength * thresholds.act
            if fit.is_thin:
                strength = min(strength, thresholds.likely * thresholds.reasons)
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
    like: Sequence[float] = (),
) -> list[RuleFit]:
    """The rules that the matter fits at all, strongest first; equal ones by number.

    `like`: how probable each subject is, when that is known.
    """
    subjects = spoken(reading)
    alike = _alike(prepared, like)
    strong = {fit.ready.point.code: fit.strength for fit in points if fit.strength >= thresholds.likely}
    fits = [
        fit
        for ready, share in zip(prepared.rules, alike, strict=True)
        if (fit := _weigh_rule(ready, matter, reading, standing, strong, subjects, share, thresholds))
        is not None
    ]
    if len(standing.areas) > 1:
        several = [
            fit for fit in fits if fit.ready.scope is Scope.SEVERAL and fit.strength >= thresholds.likely
        ]
        said = {word for fit in several for word in fit.hinted_by}
        fits = [_giving_way(fit, said, thresholds) for fit in fits]
    return sorted(fits, key=lambda fit: (-fit.strength, fit.ready.rule.number))


def _alike(prepared: Prepared, like: Sequence[float]) -> list[Alike | None]:
    """For each rule that has subjects, how probable these are."""
    if not like:
        return [None] * len(prepared.rules)
    shares = [sum(like[subject] for subject, _ in ready.text.subjects) for ready in prepared.rules]
    return [
        Alike(share, max(ready.text.subjects, key=lambda one: like[one[0]])[1])
        if ready.text.subjects
        else None
        for ready, share in zip(prepared.rules, shares, strict=True)
    ]


def _giving_way(fit: RuleFit, said: set[str], thresholds: Thresholds) -> RuleFit:
    """A rule for one unit gives way when another, for several, fits by the same words."""
    if fit.ready.scope is not Scope.ONE or said.isdisjoint(fit.hinted_by):
        return fit
    return replace(fit, strength=fit.strength * thresholds.out_of_scope)


def _weigh_rule(
    ready: ReadyRule,
    matter: Matter,
    reading: Reading,
    standing: Standing,
    points: dict[str, float],
    subjects: Spoken,
    alike: Alike | None,
    thresholds: Thresholds,
) -> RuleFit | None:
    rule = ready.rule
    if standing.is_at_least(reading.appointed, rule.target, rule.post_title):
        return None
    fit = weigh_text(ready.text, reading, thresholds, subjects)
    reasons = list(_text_reasons(fit, "rule", rule.number))
    if alike is not None and fit.strength < thresholds.likely:  # words do not carry it alone
        reasons.append(Reason(ReasonKind.RULE_LIKE, (("rule", rule.number), ("word", alike.word))))
    strength = fit.strength + _weigh_points(rule, points, thresholds, reasons)
    by_units = _weigh_units(rule, matter, standing, reasons)
    by_amount = _weigh_amount(ready, matter, reasons)
    if by_units is None or by_amount is None:
        return None
    strength += thresholds.unit * by_units
    if strength > 0:
        strength += thresholds.amount * by_amount
    strength = _weigh_scope(ready, standing, reading, strength, thresholds, reasons)
    if rule.destination is Destination.LINE and (matter.cost or 0) > thresholds.large_cost:
        strength *= thresholds.out_of_scope  # what costs so much is not everyday work
    is_policy = any(STEERING.search(word) for word in fit.hinted_by)
    strength = _weigh_asked(ready, matter, strength, thresholds, is_policy=is_policy)
    if strength <= 0 and alike is None:
        return None
    strength = max(strength, 0.0)
    if strength:
        strength += _agreement(rule.destination, matter, reading, standing, thresholds)
    if fit.is_thin and points.keys().isdisjoint(rule.points):
        strength = min(strength, thresholds.likely * thresholds.reasons)
    return RuleFit(
        ready,
        strength,
        needs_cost=by_amount == 0 and _has_limit(ready),
        is_to_the_point=fit.is_to_the_point,
        hinted_by=fit.hinted_by,
        share=None if alike is None else alike.share,
        reasons=tuple(reasons),
    )


def _weigh_points(
    rule: Rule, points: dict[str, float], thresholds: Thresholds, reasons: list[Reason]
) -> float:
    """What the best point of delegation that the rule names gives."""
    named = [code for code in rule.points if code in points]
    if not named:
        return 0.0
    best = max(named, key=lambda code: (points[code], code))
    reasons.append(Reason(ReasonKind.RULE_POINT, (("rule", rule.number), ("point", best))))
    return thresholds.point * min(points[best], 2.0)


def _weigh_units(rule: Rule, matter: Matter, standing: Standing, reasons: list[Reason]) -> float | None:
    """None: the matter touches nothing that the rule is for. Else the share of what it touches."""
    if not rule.units or not matter.touched:
        return 0.0
    inside = standing.share_within(rule.units)
    if not inside:
        return None
    reasons.append(Reason(ReasonKind.RULE_UNITS, (("rule", rule.number),)))
    return inside


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
    ready: ReadyRule,
    standing: Standing,
    reading: Reading,
    strength: float,
    thresholds: Thresholds,
    reasons: list[Reason],
) -> float:
    if ready.scope is None or not standing.areas:
        return strength
    areas = len(standing.areas)
    fits = (areas == 1) == (ready.scope is Scope.ONE)
    if not fits and ready.scope is Scope.ONE and not says_shared(reading):
        return strength * thresholds.ticked
    if not fits:
        return strength * thresholds.out_of_scope - thresholds.scope
    if strength > 0 or ready.text.whole < 1.0:
        reasons.append(Reason(ReasonKind.RULE_SCOPE, (("rule", ready.rule.number), ("areas", areas))))
        return strength + thresholds.scope
    return strength


def _weigh_asked(
    ready: ReadyRule, matter: Matter, strength: float, thresholds: Thresholds, *, is_policy: bool
) -> float:
    """Information fits rules on what is written, questions do not; thoughts are not for the committee, and
    neither thoughts nor preparation are what one post or the line is for.

    `is_policy`: the matter is on rules for all cases of what the rule concerns. What the committee decides in
    each case it decides for all of them, also while others think of it; what a post decides in each case it
    does not decide for all.
    """
    if strength <= 0:
        return strength
    destination, asked = ready.rule.destination, matter.asked
    if destination is Destination.WRITTEN:
        return strength + thresholds.asked if asked is Asked.INFORMATION else strength * thresholds.asked
    if destination is Destination.COMMITTEE:
        if asked is Asked.PREPARATION:
            return strength + thresholds.prepared
        return strength * thresholds.asked if asked is Asked.THINKING and not is_policy else strength
    if is_policy and destination in (Destination.POST, Destination.LINE):
        strength *= thresholds.out_of_scope
    if destination in (Destination.POST, Destination.LINE) and asked in (Asked.THINKING, Asked.PREPARATION):
        # Who thinks aloud about a thing, without a cost, is not buying it.
        is_bought = asked is Asked.PREPARATION or matter.cost is not None or not _has_limit(ready)
        return strength * thresholds.thinking * (1.0 if is_bought else thresholds.out_of_scope)
    return strength


def _agreement(
    destination: Destination, matter: Matter, reading: Reading, standing: Standing, thresholds: Thresholds
) -> float:
    """A little more for a rule that leads where what is asked, or the matter's reach, points anyway."""
    if destination is Destination.COMMITTEE and matter.asked is Asked.PREPARATION and reading.committee:
        return thresholds.committee
    if destination is Destination.MEETING and len(standing.areas) > 1 and says_shared(reading):
        return thresholds.agreement
    return 0.0


def says_shared(reading: Reading) -> bool:
    """Whether the text says that several share the matter, must agree on it or weigh it."""
    return bool(reading.shared or reading.joint or reading.precedent)


def _text_reasons(fit: Fit, name: str, number: int | str) -> tuple[Reason, ...]:
    kinds = {
        "rule": (ReasonKind.RULE_WORDS, ReasonKind.RULE_TEXT),
        "point": (ReasonKind.POINT_WORDS, ReasonKind.POINT_TEXT),
    }[name]
    reasons: list[Reason] = []
    for told in fit.hints:
        lent = (("lent", told.is_lent),) if name == "rule" else ()
        reasons.append(
            Reason(kinds[0], ((name, number), ("words", told.words), ("found", told.found), *lent))
        )
    if fit.said_by:
        reasons.append(Reason(kinds[1], ((name, number), ("found", fit.said_by))))
    return tuple(reasons)
