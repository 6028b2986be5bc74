"""What may be said of many differences at once."""

from dataclasses import replace

import numpy as np

from styrfart.kernel.errors import KernelError
from styrfart.kernel.indices.differences import Differences
from styrfart.kernel.indices.moments import Floats
from styrfart.kernel.indices.results import Direction, Rule, Strength, Verdict, Why

ORDINARY = Rule()


def judge(differences: Differences, *, rule: Rule = ORDINARY) -> tuple[Verdict, ...]:
    """The verdict on every difference, group by group and measure by measure; together they are one family.

    Too few answers or too low a response: too early, whatever is seen; such a difference is not in the family
    (what decides it is not the answers' content). The others are CLEAR when Holm's adjusted p is at most
    `rule.clear`, else PROBABLE when Benjamini and Hochberg's is at most `rule.probable`; else, when half the
    interval is wider than `rule.widest`, too early, for then a difference of weight could hide in it; else
    NO_CLEAR_DIFFERENCE. Judge in one call what is shown on one page.

    Sources: Holm (1979), strong control of the family-wise error under any dependence; Benjamini and Hochberg
    (1995). Raises `KernelError` for a rule with limits outside 0 to 1, or `clear` above `probable`.
    """
    _check(rule)
    low, high = differences.interval(1 - rule.clear)
    difference, p = differences.difference, differences.probability(rule.margin)
    barred = _barred(differences, rule)
    is_judged = np.array([why is None for why in barred])
    clear, probable = np.full(p.size, np.nan), np.full(p.size, np.nan)
    clear[is_judged] = holm(p.ravel()[is_judged])
    probable[is_judged] = benjamini_hochberg(p.ravel()[is_judged])
    family = int(is_judged.sum())
    width = len(differences.measures)
    spoken = zip(
        difference.ravel().tolist(), low.ravel().tolist(), high.ravel().tolist(), p.ravel().tolist(),
        clear.tolist(), probable.tolist(), _answers(differences), barred, strict=True,
    )  # fmt: skip
    return tuple(
        _verdict(
            Verdict(
                measure=differences.measures[at % width],
                strength=Strength.TOO_EARLY,
                direction=Direction.NEITHER,
                is_better=None,
                why=why,
                difference=_known(seen),
                low=_known(lowest),
                high=_known(highest),
                p=None if why else alone,
                p_clear=None if why else in_family,
                p_probable=None if why else in_list,
                answers=answers,
                family=family,
                rule=rule,
            ),
            higher_is_better=differences.higher_is_better,
        )
        for at, (seen, lowest, highest, alone, in_family, in_list, answers, why) in enumerate(spoken)
    )


def holm(p: Floats) -> Floats:
    """Adjusted so that those at most a: the chance of any false one among them is at most a. Holm (1979)."""
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(stepped, 1)
    return adjusted


def benjamini_hochberg(p: Floats) -> Floats:
    """Adjusted so that of those at most q, an expected share of at most q is false. JRSS B 57 (1995)."""
    order = np.argsort(-p, kind="stable")
    stepped = np.minimum.accumulate(p[order] * p.size / np.arange(p.size, 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(stepped, 1)
    return adjusted


def _check(rule: Rule) -> None:
    if not 0 < rule.clear <= rule.probable < 1:
        raise KernelError("clear and probable are between 0 and 1, and what is clear is probable")
    if not (
        0 <= rule.least_response <= 1 and rule.margin >= 0 and rule.widest > 0 and rule.least_answers >= 1
    ):
        raise KernelError("a rule's limits are not negative")


def _barred(differences: Differences, rule: Rule) -> list[Why | None]:
    """Why nothing is to be judged, flat by group and measure."""
    answers = np.minimum(*differences.answers)
    response = np.minimum(*differences.response)[:, None]
    lacks = np.isnan(differences.difference)
    grounds = (
        (Why.NO_ANSWERS, lacks),
        (Why.FEW_ANSWERS, answers < rule.least_answers),
        (Why.LOW_RESPONSE, np.broadcast_to(response < rule.least_response, lacks.shape)),
    )
    barred: list[Why | None] = [None] * lacks.size
    for why, holds in reversed(grounds):
        for at in np.flatnonzero(holds):
            barred[at] = why
    return barred


def _verdict(unsaid: Verdict, *, higher_is_better: bool | None) -> Verdict:
    """With the strength and what follows from it; as it is where it was not judged."""
    if unsaid.why or unsaid.p_clear is None or unsaid.p_probable is None or unsaid.difference is None:
        return unsaid
    rule = unsaid.rule
    strength = (
        Strength.CLEAR
        if unsaid.p_clear <= rule.clear
        else Strength.PROBABLE
        if unsaid.p_probable <= rule.probable
        else None
    )
    if strength is None:
        return _unseen(unsaid)
    is_higher = unsaid.difference > 0
    return replace(
        unsaid,
        strength=strength,
        direction=Direction.HIGHER if is_higher else Direction.LOWER,
        is_better=None if higher_is_better is None else is_higher == higher_is_better,
    )


def _unseen(unsaid: Verdict) -> Verdict:
    """No difference is seen: was there anything to see it with?"""
    half = ((unsaid.high or 0.0) - (unsaid.low or 0.0)) / 2
    if half > unsaid.rule.widest:
        return replace(unsaid, why=Why.WIDE_INTERVAL)
    return replace(unsaid, strength=Strength.NO_CLEAR_DIFFERENCE)


def _answers(differences: Differences) -> list[tuple[int, int | None]]:
    first, second = (each.ravel().tolist() for each in differences.answers)
    return [
        (int(one), None if np.isinf(other) else int(other)) for one, other in zip(first, second, strict=True)
    ]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
