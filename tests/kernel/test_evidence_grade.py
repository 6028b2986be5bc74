"""The grade: each step of the ladder, each thing that lowers it, and that the effect has no part in it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.errors import KernelError
from styrfart.kernel.evidence import (
    Deduction,
    Design,
    Grade,
    Method,
    Needs,
    Reason,
    Registration,
    Result,
    Trial,
    evidence_of,
    grade_method,
    grade_trial,
    smallest_p_value,
)

# A trial with nothing to find fault with: eight units of sixteen, registered, complete.
SOUND = Trial(
    "t", Design.RANDOMISED, by="a", places=("p",), treated=8, compared=8, before=12, after=12, minimum=100,
    observations=120, registration=Registration.LOCKED, crossover=0.0, attrition=0.05, attrition_gap=0.02,
    imbalance=0.1, side_effects_measured=True,
)  # fmt: skip


def grade(**changed: Any) -> Grade:
    return grade_trial(replace(SOUND, **changed), has_logic=True).grade


def reasons(**changed: Any) -> list[tuple[Reason, int]]:
    deductions = grade_trial(replace(SOUND, **changed), has_logic=True).deductions
    return [(each.reason, each.steps) for each in deductions]


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (Design.NONE, Grade.LOGIC),
        (Design.BEFORE_AFTER, Grade.FOLLOWED),
        (Design.TREND, Grade.FOLLOWED),
        (Design.SERIES, Grade.FOLLOWED),
        (Design.DIFFERENCE, Grade.COMPARED),
        (Design.CONTROLLED_SERIES, Grade.COMPARED),
        (Design.NEAR_RANDOM, Grade.ASSIGNED),
        (Design.RANDOM_START, Grade.ASSIGNED),
        (Design.RANDOMISED, Grade.ASSIGNED),
    ],
)
def test_each_design_has_its_grade(design: Design, expected: Grade) -> None:
    assert grade(design=design, arrangements=1000) == expected
    assert reasons(design=design, arrangements=1000) == []


def test_an_idea_is_not_yet_described() -> None:
    assert grade_trial(Trial("t", Design.NONE), has_logic=False).grade == Grade.IDEA
    assert grade_method([], originator="a", has_logic=False, has_manual=True)[0].grade == Grade.IDEA
    assert grade_method([], originator="a", has_logic=True, has_manual=True)[0].grade == Grade.LOGIC


@pytest.mark.parametrize(
    ("changed", "expected", "lowered"),
    [
        ({"after": 0}, Grade.LOGIC, [(Reason.NO_OUTCOME, 3)]),
        ({"treated": 3, "compared": 4}, Grade.FOLLOWED, [(Reason.TOO_FEW_UNITS, 2)]),
        ({"treated": 3, "compared": 4, "before": 0}, Grade.LOGIC, [(Reason.TOO_FEW_UNITS, 3)]),
        ({"treated": 1, "compared": 20}, Grade.FOLLOWED, [(Reason.CANNOT_REACH_CERTAINTY, 2)]),
        ({"observations": 99}, Grade.COMPARED, [(Reason.MINIMUM_DATA_MISSING, 1)]),
        ({"observations": 49}, Grade.FOLLOWED, [(Reason.MINIMUM_DATA_MISSING, 2)]),
        ({"registration": Registration.NONE}, Grade.FOLLOWED, [(Reason.NOT_REGISTERED, 2)]),
        ({"registration": Registration.LATE}, Grade.FOLLOWED, [(Reason.NOT_REGISTERED, 2)]),
        ({"outcome_changed": True}, Grade.COMPARED, [(Reason.OUTCOME_CHANGED, 1)]),
        ({"analysis_changed": True}, Grade.COMPARED, [(Reason.ANALYSIS_CHANGED, 1)]),
        ({"crossover": 0.11}, Grade.COMPARED, [(Reason.CROSSOVER, 1)]),
        ({"crossover": 0.21}, Grade.FOLLOWED, [(Reason.CROSSOVER, 2)]),
        ({"attrition": 0.3}, Grade.COMPARED, [(Reason.ATTRITION, 1)]),
        ({"attrition_gap": 0.15}, Grade.COMPARED, [(Reason.UNEQUAL_ATTRITION, 1)]),
        ({"imbalance": 0.3}, Grade.COMPARED, [(Reason.IMBALANCE, 1)]),
        ({"imbalance": None}, Grade.FOLLOWED, [(Reason.IMBALANCE, 2)]),
        ({"side_effects_measured": False}, Grade.COMPARED, [(Reason.SIDE_EFFECTS_UNMEASURED, 1)]),
    ],
)
def test_each_thing_that_data_do_not_carry_lowers_it(
    changed: dict[str, Any], expected: Grade, lowered: list[tuple[Reason, int]]
) -> None:
    assert grade(**changed) == expected
    assert reasons(**changed) == lowered


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"design": Design.TREND, "before": 6, "after": 6}, Grade.FOLLOWED),
        ({"design": Design.TREND, "before": 6, "after": 5}, Grade.LOGIC),
        ({"design": Design.SERIES, "before": 8, "after": 8}, Grade.FOLLOWED),
        ({"design": Design.SERIES, "before": 20, "after": 7}, Grade.LOGIC),
        ({"design": Design.CONTROLLED_SERIES, "before": 8, "after": 8}, Grade.COMPARED),
        ({"design": Design.CONTROLLED_SERIES, "before": 7, "after": 8}, Grade.FOLLOWED),
        ({"design": Design.CONTROLLED_SERIES, "before": 5, "after": 6}, Grade.LOGIC),
        ({"design": Design.BEFORE_AFTER, "before": 1, "after": 1}, Grade.FOLLOWED),
        ({"design": Design.BEFORE_AFTER, "before": 0}, Grade.LOGIC),
        ({"design": Design.RANDOMISED, "before": 0}, Grade.ASSIGNED),
    ],
)
def test_a_series_needs_its_points(changed: dict[str, Any], expected: Grade) -> None:
    assert grade(**changed) == expected


def test_the_worst_come_nearer_the_mean_by_themselves_unless_lots_were_drawn_among_them() -> None:
    chosen = {"chosen_by_outcome": True}

    assert reasons(design=Design.BEFORE_AFTER, **chosen) == [(Reason.CHOSEN_BY_OUTCOME, 1)]
    assert grade(design=Design.DIFFERENCE, **chosen) == Grade.FOLLOWED
    assert grade(design=Design.RANDOMISED, **chosen) == Grade.ASSIGNED


def test_a_deduction_tells_what_was_found_and_what_is_allowed() -> None:
    graded = grade_trial(replace(SOUND, crossover=0.25, side_effects_measured=False), has_logic=True)

    assert (graded.by_design, graded.floor) == (Grade.ASSIGNED, Grade.LOGIC)
    assert graded.deductions == (
        Deduction(Reason.CROSSOVER, 2, 0.25, 0.1),
        Deduction(Reason.SIDE_EFFECTS_UNMEASURED, 1),
    )
    assert graded.grade == Grade.LOGIC


@pytest.mark.parametrize(
    ("treated", "compared", "expected"),
    # domain.md 5.4, one-sided 1/C: .17, .05, .014; two-sided is twice that. One of twenty: .05, here .10.
    [(2, 2, 2 / 6), (3, 3, 2 / 20), (4, 4, 2 / 70), (1, 19, 2 / 20)],
)
def test_the_smallest_p_value_that_a_trial_can_reach(treated: int, compared: int, expected: float) -> None:
    assert smallest_p_value(replace(SOUND, treated=treated, compared=compared)) == expected


def test_thresholds_are_arguments() -> None:
    small = replace(SOUND, treated=4, compared=3)

    assert grade_trial(small, has_logic=True, needs=Needs(units=7, p_value=0.06)).grade == Grade.ASSIGNED


# --- A way of working ---


def method_grade(trials: list[Trial], *, has_manual: bool = True) -> tuple[Grade, int, int]:
    graded, doers, replications = grade_method(trials, originator="a", has_logic=True, has_manual=has_manual)
    return graded.grade, doers, replications


def compared(key: str, by: str | None, *places: str) -> Trial:
    return replace(SOUND, key=key, design=Design.DIFFERENCE, by=by, places=places)


def test_an_independent_repetition_makes_four() -> None:
    assert method_grade([compared("1", "a", "p"), compared("2", "a", "q")]) == (Grade.COMPARED, 1, 0)
    assert method_grade([compared("1", "a", "p"), compared("2", "b", "q")]) == (Grade.ASSIGNED, 2, 1)


def test_repeated_by_others_in_several_places_with_a_manual_makes_five() -> None:
    trials = [compared("1", "a", "p"), compared("2", "b", "q"), compared("3", "c", "r")]

    assert method_grade(trials) == (Grade.REPEATED, 3, 2)
    assert method_grade(trials, has_manual=False) == (Grade.ASSIGNED, 3, 2)
    # The same place twice is one place.
    assert method_grade([*trials[:2], compared("3", "c", "q")]) == (Grade.ASSIGNED, 3, 1)
    # Who is not named may be the originator.
    assert method_grade([*trials[:2], compared("3", None, "r")]) == (Grade.ASSIGNED, 2, 1)


def test_weak_repetitions_do_not_count() -> None:
    weak = replace(compared("2", "b", "q"), registration=Registration.NONE)

    assert method_grade([compared("1", "a", "p"), weak]) == (Grade.COMPARED, 1, 0)


# --- Laws ---


@st.composite
def trials(draw: st.DrawFn) -> Trial:
    share = st.none() | st.sampled_from([0.0, 0.05, 0.12, 0.3, 0.6])
    return Trial(
        "t",
        draw(st.sampled_from(Design)),
        by="a",
        treated=draw(st.integers(1, 12)),
        compared=draw(st.integers(0, 12)),
        arrangements=draw(st.sampled_from([1, 20, 100])),
        before=draw(st.integers(0, 14)),
        after=draw(st.integers(0, 14)),
        minimum=100,
        observations=draw(st.sampled_from([20, 60, 99, 100, 400])),
        registration=draw(st.sampled_from(Registration)),
        outcome_changed=draw(st.booleans()),
        analysis_changed=draw(st.booleans()),
        crossover=draw(share),
        attrition=draw(share),
        attrition_gap=draw(share),
        imbalance=draw(share),
        side_effects_measured=draw(st.booleans()),
        chosen_by_outcome=draw(st.booleans()),
        result=Result(draw(st.floats(-5, 5)), 1.0),
    )


@given(trials(), st.floats(-9, 9), st.booleans())
@settings(max_examples=150, deadline=None)
def test_neither_size_nor_direction_of_the_effect_moves_the_grade(
    trial: Trial, effect: float, up: bool
) -> None:
    def graded(result: Result | None, higher_is_better: bool) -> object:
        method = Method(
            "a", (replace(trial, result=result),), has_logic=True, higher_is_better=higher_is_better
        )
        return evidence_of(method).graded

    assert graded(trial.result, True) == graded(Result(effect, 0.1), up) == graded(None, up)


WORSE: list[dict[str, Any]] = [
    {"before": 0}, {"after": 0}, {"treated": 1}, {"compared": 0}, {"observations": 1},
    {"registration": Registration.NONE}, {"outcome_changed": True}, {"analysis_changed": True},
    {"crossover": 1.0}, {"attrition": 1.0}, {"attrition_gap": 1.0}, {"imbalance": 9.0},
    {"crossover": None}, {"attrition": None}, {"attrition_gap": None}, {"imbalance": None},
    {"side_effects_measured": False}, {"chosen_by_outcome": True},
]  # fmt: skip


@given(trials(), st.sampled_from(WORSE))
@settings(max_examples=300, deadline=None)
def test_worse_data_or_leaving_a_figure_out_never_raises_the_grade(
    trial: Trial, worse: dict[str, Any]
) -> None:
    changed = replace(trial, arrangements=trial.arrangements if "treated" not in worse else 1, **worse)

    before, after = (grade_trial(each, has_logic=True).grade for each in (trial, changed))

    assert after <= before


@given(trials())
@settings(max_examples=150, deadline=None)
def test_the_grade_is_the_designs_less_the_steps_and_never_under_its_floor(trial: Trial) -> None:
    for has_logic in (False, True):
        graded = grade_trial(trial, has_logic=has_logic)
        steps = sum(each.steps for each in graded.deductions)
        assert graded.grade == max(graded.by_design - steps, graded.floor)
        assert graded.floor == (Grade.LOGIC if has_logic else Grade.IDEA)
        assert all(each.steps > 0 for each in graded.deductions)


def test_not_registering_is_no_better_than_changing_the_plan() -> None:
    changed = grade(outcome_changed=True, analysis_changed=True)

    assert grade(registration=Registration.NONE) <= changed


@pytest.mark.parametrize(
    "changed",
    [
        {"crossover": 1.1}, {"attrition": -0.1}, {"imbalance": float("nan")}, {"imbalance": -1.0},
        {"before": -1}, {"treated": 0}, {"arrangements": 0}, {"design": Design.RANDOM_START},
        {"attrition": float("nan")},
    ],
)  # fmt: skip
def test_what_is_no_trial_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(KernelError):
        grade(**changed)


def test_two_trials_with_one_key_are_refused() -> None:
    with pytest.raises(KernelError):
        method_grade([compared("1", "a", "p"), compared("1", "b", "q")])
