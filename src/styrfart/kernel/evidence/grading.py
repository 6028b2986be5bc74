"""The grade of a trial, and of a way of working, from design and data. Its effect has no part in it.

Sources: the ladder stands beside those of Nesta and Maryland. That sides 0.25 standard deviations apart at
baseline are not alike is the What Works Clearinghouse's; the other tolerances are ours. All are arguments.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from math import comb, isfinite

from styrfart.kernel.errors import KernelError
from styrfart.kernel.evidence.values import (
    Deduction,
    Design,
    Grade,
    Graded,
    Needs,
    Reason,
    Registration,
    Trial,
)

BY_DESIGN = {
    Design.NONE: Grade.LOGIC,
    Design.BEFORE_AFTER: Grade.FOLLOWED,
    Design.TREND: Grade.FOLLOWED,
    Design.SERIES: Grade.FOLLOWED,
    Design.DIFFERENCE: Grade.COMPARED,
    Design.CONTROLLED_SERIES: Grade.COMPARED,
    Design.NEAR_RANDOM: Grade.ASSIGNED,
    Design.RANDOM_START: Grade.ASSIGNED,
    Design.RANDOMISED: Grade.ASSIGNED,
}
ALLOCATED = frozenset({Design.NEAR_RANDOM, Design.RANDOM_START, Design.RANDOMISED})
BY_UNITS = ALLOCATED | {Design.DIFFERENCE}
COMPARING = BY_UNITS | {Design.CONTROLLED_SERIES}
SEVERAL = 2  # replications by others


def grade_trial(trial: Trial, *, has_logic: bool, needs: Needs | None = None) -> Graded:
    """The grade that design and data give: each thing that they do not carry costs steps, and is told.

    A trial by lot with too few units is what it can be without its comparison: before and after. Beyond that
    each breach costs a step, two where it is more than twice what is tolerated, or not known. A plan that was
    never locked costs as much as one that was changed in both outcome and analysis: keeping none must not
    pay. Never under logic (1) where that is described, else idea (0). Neither size nor direction of the
    result is looked at.

    Raises `KernelError` for shares outside 0 to 1, negative numbers, a trial by units without any, or a
    random start without its number of arrangements.
    """
    needs = needs or Needs()
    _check(trial)
    floor = Grade.LOGIC if has_logic else Grade.IDEA
    if trial.design is Design.NONE:
        return Graded(floor, floor, floor, ())
    top = BY_DESIGN[trial.design]
    carried = tuple(_not_carried(trial, needs))
    deductions = (*carried, *_breaches(trial, needs))
    grade = max(top - sum(each.steps for each in deductions), floor)
    return Graded(Grade(grade), top, floor, deductions)


def grade_method(
    trials: Sequence[Trial],
    *,
    originator: Hashable,
    has_logic: bool,
    has_manual: bool,
    needs: Needs | None = None,
) -> tuple[Graded, int, int]:
    """The grade of a way of working: of its best trial, more when others have repeated it.

    Credible trials (3 or more) by two who are not the same make it 4: independent replication. With a manual,
    and credible trials by others than the originator in at least two places of their own, 5. Gives the
    grade, how many have credible trials, and how many replications by others there are. Raises `KernelError`
    as `grade_trial`, and for two trials with the same key.
    """
    if len({trial.key for trial in trials}) != len(trials):
        raise KernelError("each trial has a key of its own")
    floor = Grade.LOGIC if has_logic else Grade.IDEA
    graded = [grade_trial(trial, has_logic=has_logic, needs=needs) for trial in trials]
    credible = [trial for trial, each in zip(trials, graded, strict=True) if each.grade >= Grade.COMPARED]
    best = max(graded, key=lambda each: each.grade, default=Graded(floor, floor, floor, ()))
    # Who is not named cannot be known to be another.
    doers = {trial.by for trial in credible if trial.by is not None}
    replications = _in_own_places([trial for trial in credible if trial.by not in (None, originator)])
    if len(doers) >= SEVERAL:
        best = replace(best, grade=max(best.grade, Grade.ASSIGNED))
    if best.grade >= Grade.ASSIGNED and has_manual and replications >= SEVERAL:
        best = replace(best, grade=Grade.REPEATED)
    return best, len(doers), replications


def smallest_p_value(trial: Trial) -> float:
    """The two-sided p-value of the clearest outcome there could be: 2 over the equally likely allocations."""
    units = trial.treated + trial.compared
    arrangements = trial.arrangements or comb(units, trial.treated)
    return min(2 / arrangements, 1.0)


def _in_own_places(trials: Sequence[Trial]) -> int:
    """How many of the trials share no place with those counted before: the same unit twice is one."""
    seen: set[Hashable] = set()
    count = 0
    for trial in trials:
        if trial.places and not seen.intersection(trial.places):
            seen.update(trial.places)
            count += 1
    return count


def _not_carried(trial: Trial, needs: Needs) -> Iterator[Deduction]:
    """The design falls to what its data carry: at most one reason, with as many steps as it falls."""
    top = BY_DESIGN[trial.design]
    reason, value, allowed = _shortfall(trial, needs)
    if reason is None:
        return
    has_both = trial.before > 0 and trial.after > 0
    if trial.design is Design.CONTROLLED_SERIES:
        has_both = has_both and trial.before + trial.after >= needs.chart_points
    falls_to = Grade.FOLLOWED if has_both and trial.design in COMPARING else Grade.LOGIC
    yield Deduction(reason, top - falls_to, value, allowed)


def _shortfall(trial: Trial, needs: Needs) -> tuple[Reason | None, float | None, float | None]:
    """What the design needs and does not have."""
    needs_before = trial.design not in ALLOCATED
    if trial.after == 0 or (needs_before and trial.before == 0):
        return Reason.NO_OUTCOME, 0, 1
    points = trial.before + trial.after
    if trial.design is Design.TREND and points < needs.chart_points:
        return Reason.TOO_FEW_POINTS, points, needs.chart_points
    fewest = min(trial.before, trial.after)
    if trial.design in {Design.SERIES, Design.CONTROLLED_SERIES} and fewest < needs.series_points:
        return Reason.TOO_FEW_POINTS, fewest, needs.series_points
    if trial.design in BY_UNITS:
        units = trial.treated + trial.compared
        if units < needs.units:
            return Reason.TOO_FEW_UNITS, units, needs.units
        if smallest_p_value(trial) > needs.p_value:
            return Reason.CANNOT_REACH_CERTAINTY, smallest_p_value(trial), needs.p_value
    return None, None, None


def _breaches(trial: Trial, needs: Needs) -> Iterator[Deduction]:
    if trial.observations < trial.minimum:
        steps = 2 if 2 * trial.observations < trial.minimum else 1
        yield Deduction(Reason.MINIMUM_DATA_MISSING, steps, trial.observations, trial.minimum)
    if trial.registration is not Registration.LOCKED:
        yield Deduction(Reason.NOT_REGISTERED, 2)
    else:
        if trial.outcome_changed:
            yield Deduction(Reason.OUTCOME_CHANGED, 1)
        if trial.analysis_changed:
            yield Deduction(Reason.ANALYSIS_CHANGED, 1)
    measures = [(Reason.ATTRITION, trial.attrition, needs.attrition)]
    if trial.design in COMPARING:
        measures += [
            (Reason.CROSSOVER, trial.crossover, needs.crossover),
            (Reason.UNEQUAL_ATTRITION, trial.attrition_gap, needs.attrition_gap),
            (Reason.IMBALANCE, trial.imbalance, needs.imbalance),
        ]
    for reason, value, allowed in measures:
        if value is None or value > allowed:
            yield Deduction(reason, 2 if value is None or value > 2 * allowed else 1, value, allowed)
    if not trial.side_effects_measured:
        yield Deduction(Reason.SIDE_EFFECTS_UNMEASURED, 1)
    if trial.chosen_by_outcome and trial.design not in ALLOCATED:
        yield Deduction(Reason.CHOSEN_BY_OUTCOME, 1)


def _check(trial: Trial) -> None:
    shares = [each for each in (trial.crossover, trial.attrition, trial.attrition_gap) if each is not None]
    if not all(0 <= each <= 1 for each in shares):
        raise KernelError("shares are 0 to 1")
    if trial.imbalance is not None and not (trial.imbalance >= 0 and isfinite(trial.imbalance)):
        raise KernelError("imbalance is a difference in standard deviations, not negative")
    counts = (trial.treated, trial.compared, trial.before, trial.after, trial.minimum, trial.observations)
    if min(counts) < 0 or (trial.arrangements is not None and trial.arrangements < 1):
        raise KernelError("counts are not negative, and there is at least one allocation")
    if trial.design in BY_UNITS and not trial.treated:
        raise KernelError("a trial by units has units that try")
    if trial.design is Design.RANDOM_START and trial.arrangements is None:
        raise KernelError("a random start says how many orders of start were equally likely")
