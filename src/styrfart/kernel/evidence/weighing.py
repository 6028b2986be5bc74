"""Effect, security, cost and maturity: each a value of its own, none of them the grade."""

from collections.abc import Hashable
from math import isfinite

from styrfart.kernel.errors import KernelError
from styrfart.kernel.evidence.combining import combine
from styrfart.kernel.evidence.grading import grade_method, grade_trial
from styrfart.kernel.evidence.values import (
    Certainty,
    Combined,
    Cost,
    CostLevel,
    CostUnit,
    Design,
    Effect,
    Evidence,
    Matured,
    Maturity,
    Method,
    Needs,
    Outcome,
    Requirement,
    Result,
    Security,
    Trial,
    Use,
)

NORMAL = 1.959963984540054  # 95 percent, two-sided
# Ours, for one unit's first year; hours at about 500 kronor. Arguments, as all thresholds.
COST_BOUNDS = {CostUnit.HOURS: (40.0, 200.0), CostUnit.KRONOR: (20_000.0, 100_000.0)}


def evidence_of(method: Method, *, needs: Needs | None = None) -> Evidence:
    """All that may be said of a way of working: grade and maturity, and effect, security and cost apart.

    The effect is that of the credible trials (3 or more); where none of those has a result, of those with a
    follow-up (2); else of any. Several are combined. Trials are chosen by grade alone, so the choice cannot
    favour a direction. Raises `KernelError` as `grade_method` and `combine`, and for a worthwhile effect that
    is not positive.
    """
    graded, independent, replications = grade_method(
        method.trials,
        originator=method.originator,
        has_logic=method.has_logic,
        has_manual=method.use.has_manual,
        needs=needs,
    )
    measured = _best_measured(method, needs)
    results = [_turned(result, is_kept=method.higher_is_better) for _, result in measured]
    combined = combine(results) if len(results) > 1 else None
    effect = effect_of(combined or (results[0] if results else None), worthwhile=method.worthwhile)
    doers = len({trial.by for trial, _ in measured if trial.by is not None})
    return Evidence(
        graded=graded,
        independent=independent,
        replications=replications,
        maturity=maturity_of(method),
        effect=effect,
        security=_security(effect, combined, method.worthwhile, len(results), doers),
        cost=method.cost,
        combined=combined,
        based_on=tuple(trial.key for trial, _ in measured),
    )


def _best_measured(method: Method, needs: Needs | None) -> list[tuple[Trial, Result]]:
    """Trials with a result, of the best of three tiers that has any."""
    tiers: dict[int, list[tuple[Trial, Result]]] = {3: [], 2: [], 1: []}
    for trial in method.trials:
        if trial.result is not None:
            grade = grade_trial(trial, has_logic=method.has_logic, needs=needs).grade
            tiers[min(max(int(grade), 1), 3)].append((trial, trial.result))
    return tiers[3] or tiers[2] or tiers[1]


def effect_of(found: Combined | Result | None, *, worthwhile: float | None) -> Effect:
    """What came of it, by its interval; positive is better. None: not measured.

    The interval excludes nothing on the good side: worked (too small where it also excludes what is worth
    while); on the bad side: harmed; includes nothing but excludes what is worth while: did not work; else
    unclear. Without a smallest worthwhile effect nothing can be said not to work. Raises `KernelError` for
    a worthwhile effect that is not positive, or an interval that does not hold its estimate.
    """
    if worthwhile is not None and not worthwhile > 0:
        raise KernelError("the smallest worthwhile effect is positive")
    if found is None:
        return Effect(Outcome.NOT_MEASURED, None, None, None, None)
    low, high = _interval(found)
    if low > 0:
        outcome = Outcome.TOO_SMALL if worthwhile is not None and high < worthwhile else Outcome.WORKED
    elif high < 0:
        outcome = Outcome.HARMED
    elif worthwhile is not None and high < worthwhile:
        outcome = Outcome.DID_NOT_WORK
    else:
        outcome = Outcome.UNCLEAR
    times = None if worthwhile is None else found.estimate / worthwhile
    return Effect(outcome, found.estimate, low, high, times)


def cost_of(
    *, start: float, yearly: float, unit: CostUnit, bounds: tuple[float, float] | None = None
) -> Cost:
    """What it takes for one unit, and the level of its first year: low or high beyond the two bounds.

    Raises `KernelError` for a negative cost or bounds out of order.
    """
    low, high = bounds or COST_BOUNDS[unit]
    if not (start >= 0 and yearly >= 0 and isfinite(start + yearly)) or not 0 <= low <= high:
        raise KernelError("a cost is not negative, and bounds rise")
    first = start + yearly
    level = CostLevel.LOW if first <= low else CostLevel.MEDIUM if first <= high else CostLevel.HIGH
    return Cost(unit, start, yearly, level)


def maturity_of(method: Method) -> Matured:
    """How far it has come in use: each step needs all before it; with what the next one lacks."""
    reached = Maturity.THOUGHT
    for step, lacking in _steps(method):
        if lacking:
            return Matured(reached, lacking)
        reached = step
    return Matured(reached, ())


def _steps(method: Method) -> tuple[tuple[Maturity, tuple[Requirement, ...]], ...]:
    use = method.use
    others = _others(use, method.originator)
    asked: tuple[tuple[Maturity, tuple[tuple[Requirement, bool], ...]], ...] = (
        (Maturity.DESCRIBED, ((Requirement.DESCRIPTION, use.is_described and method.has_logic),)),
        (Maturity.TRIED, ((Requirement.FOLLOWED_TRIAL, any(map(_is_followed, method.trials))),)),
        (
            Maturity.ADOPTED,
            (
                (Requirement.DECISION, bool(use.adopted_by)),
                (Requirement.KNOWN_COST, method.cost is not None),
            ),
        ),
        (
            Maturity.CARRIED,
            ((Requirement.MANUAL, use.has_manual), (Requirement.ANOTHER_USER, others >= 1)),
        ),
        (
            Maturity.ROOTED,
            ((Requirement.SEVERAL_USERS, others > 1), (Requirement.FOLLOW_UP, use.is_followed_up)),
        ),
    )
    return tuple((step, tuple(each for each, is_met in needs if not is_met)) for step, needs in asked)


def _others(use: Use, originator: Hashable) -> int:
    return len({user for user in use.adopted_by if user != originator})


def _is_followed(trial: Trial) -> bool:
    return trial.design is not Design.NONE and trial.after > 0


def _security(
    effect: Effect, combined: Combined | None, worthwhile: float | None, trials: int, doers: int
) -> Security:
    """Of several trials by the prediction where there is one: the next place is what is asked about."""
    inconsistency = None if combined is None else combined.inconsistency
    if effect.low is None or effect.high is None:
        return Security(Certainty.NONE, None, trials, doers, inconsistency)
    low, high = effect.low, effect.high
    if combined is not None and combined.prediction is not None:
        low, high = combined.prediction
    within = (high - low) / 2
    certainty = Certainty.NONE
    if worthwhile is not None:
        certainty = Certainty.LOW
        if within <= worthwhile:
            certainty = Certainty.HIGH if within <= worthwhile / 2 else Certainty.MODERATE
    return Security(certainty, within, trials, doers, inconsistency)


def _interval(found: Combined | Result) -> tuple[float, float]:
    if isinstance(found, Combined):
        return found.low, found.high
    if found.low is not None and found.high is not None:
        low, high = found.low, found.high
    elif found.error > 0:
        low, high = found.estimate - NORMAL * found.error, found.estimate + NORMAL * found.error
    else:
        raise KernelError("a result has an interval, or a positive standard error")
    if not low <= found.estimate <= high:
        raise KernelError("an interval holds its estimate")
    return low, high


def _turned(result: Result, *, is_kept: bool) -> Result:
    if is_kept:
        return result
    low, high = result.low, result.high
    return Result(
        -result.estimate, result.error, None if high is None else -high, None if low is None else -low
    )
